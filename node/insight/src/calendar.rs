//! Readings handed out by local day. Days have 23, 24 or 25 hours; which hour a step belongs to is what the clocks on the
//! wall show at its beginning.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::error::Error;
use crate::series::{Point, Series, Span};

/// Seconds of a day without a clock change.
pub(crate) const DAY: i64 = 86_400;

/// One local day and its readings.
pub(crate) struct Day<'a> {
    pub(crate) date: Date,
    /// When it begins, in seconds since 1970 UTC.
    pub(crate) start: i64,
    /// When it ends.
    pub(crate) end: i64,
    /// Its readings, in order of time.
    pub(crate) points: &'a [Point],
    zone: &'a TimeZone,
}

impl Day<'_> {
    /// The hour that the clocks show at an instant of this day, 0 to 23.
    pub(crate) fn hour(&self, at: i64) -> usize {
        let hours = if self.end - self.start == DAY {
            (at - self.start) / 3600
        } else {
            Timestamp::from_second(at).map_or(0, |at| self.zone.to_datetime(at).hour().into())
        };
        usize::try_from(hours).unwrap_or(0).min(23)
    }

    /// The instants at which its whole hours of time begin: 23, 24 or 25 of them.
    pub(crate) fn hours(&self) -> impl Iterator<Item = i64> {
        let (start, end) = (self.start, self.end);
        (0..).map(move |hour| start + hour * 3600).take_while(move |at| *at < end)
    }
}

/// A zone of the database that is part of the program.
pub(crate) fn zone(name: &str) -> Result<TimeZone, Error> {
    TimeZone::get(name).map_err(|_| Error::Zone { zone: name.chars().take(64).collect() })
}

/// Days from one date to another; below zero when the other is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_secs() / DAY
}

/// Hands every day of the span to `see`, in order, with its readings.
pub(crate) fn walk(
    series: &Series<'_>,
    zone: &TimeZone,
    span: Span,
    mut see: impl FnMut(&Day<'_>),
) -> Result<(), Error> {
    span.days()?;
    let start_of = |day: Date| {
        let start = zone.to_timestamp(day.at(0, 0, 0, 0)).map_err(|_| Error::Far { day })?;
        Ok(start.as_second())
    };
    let (mut date, mut start) = (span.from, start_of(span.from)?);
    let mut rest = &series.points[series.points.partition_point(|point| point.at < start)..];
    while date <= span.to {
        let next = date.tomorrow().map_err(|_| Error::Far { day: date })?;
        let end = start_of(next)?;
        let (points, later) = rest.split_at(rest.partition_point(|point| point.at < end));
        see(&Day { date, start, end, points, zone });
        (date, start, rest) = (next, end, later);
    }
    Ok(())
}
