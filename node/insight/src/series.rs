//! The readings that go in, and the span of days that is asked about.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar;
use crate::error::Error;

/// Readings of one source.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// Seconds of a step: a divisor of an hour.
    pub step: u32,
    /// The IANA name of the zone whose days and hours are meant.
    pub zone: &'a str,
    /// The readings in order of time, no two at the same instant. Out of order, they are counted on wrong days.
    pub points: &'a [Point],
}

/// One reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The start of the step, in seconds since 1970 UTC.
    pub at: i64,
    /// Mean power over the step.
    pub watts: i64,
    /// Whether the organisation calls it estimated.
    pub estimated: bool,
}

/// Local days, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Series<'_> {
    /// The days from the first to the last reading; nothing when there is none.
    pub fn whole_span(&self) -> Result<Option<Span>, Error> {
        let zone = calendar::zone(self.zone)?;
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return Ok(None) };
        let day = |at: i64| Timestamp::from_second(at).ok().map(|at| zone.to_datetime(at).date());
        Ok(day(first.at).zip(day(last.at)).map(|(from, to)| Span { from, to }))
    }

    /// The step, when an hour holds a whole number of it.
    pub(crate) fn step(&self) -> Result<i64, Error> {
        if self.step == 0 || 3600 % self.step != 0 {
            return Err(Error::Step { step: self.step });
        }
        Ok(self.step.into())
    }
}

impl Span {
    /// The most days that are added up: a hundred years.
    pub const DAYS_MAX: u64 = 36_525;

    /// How many days there are, or why they are not added up.
    pub fn days(&self) -> Result<u64, Error> {
        let Ok(days) = u64::try_from(calendar::days_between(self.from, self.to)) else {
            return Err(Error::Span { from: self.from, to: self.to });
        };
        let days = days + 1;
        if days > Self::DAYS_MAX {
            return Err(Error::TooLong { days, limit: Self::DAYS_MAX });
        }
        Ok(days)
    }
}
