//! Local days and times in the zone of the files. Everything is in whole seconds since 1970 UTC; the rules of the zone
//! come from the database that is part of the program, never from the machine's.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::limits;

/// The zone of the French grid on the mainland.
pub(crate) const PARIS: &str = "Europe/Paris";

/// A day without a clock change, in seconds.
pub(crate) const DAY: i64 = 86_400;

/// What the clocks on the wall say in one zone.
pub(crate) struct Clock {
    zone: TimeZone,
}

/// The instants at which a wall clock shows a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Never: the clocks jumped over it.
    Never,
    /// Once, nearly always.
    Once(i64),
    /// Twice, an hour apart, when the clocks go back.
    Twice(i64, i64),
}

impl Clock {
    /// The clocks of the French mainland.
    pub(crate) fn paris() -> Self {
        Self { zone: TimeZone::get(PARIS).expect("the bundled time zones hold Europe/Paris") }
    }

    /// When a local day begins.
    pub(crate) fn start(&self, day: Date) -> i64 {
        self.zone.to_timestamp(day.at(0, 0, 0, 0)).expect("a day of a bounded year is an instant").as_second()
    }

    /// When a local day begins and ends.
    pub(crate) fn span(&self, day: Date) -> (i64, i64) {
        (self.start(day), self.start(after(day)))
    }

    /// The local day of an instant.
    pub(crate) fn day(&self, at: i64) -> Date {
        let at = Timestamp::from_second(at).expect("an instant of a bounded year is in range");
        self.zone.to_datetime(at).date()
    }

    /// Minutes from midnight that the clocks show at an instant.
    pub(crate) fn minutes(&self, at: i64) -> i64 {
        let at = Timestamp::from_second(at).expect("an instant of a bounded year is in range");
        let local = self.zone.to_datetime(at);
        i64::from(local.hour()) * 60 + i64::from(local.minute())
    }

    /// When the clocks show this time.
    pub(crate) fn shown(&self, local: DateTime) -> Shown {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let at = |offset: jiff::tz::Offset| {
            offset.to_timestamp(local).expect("a time of a bounded year is an instant").as_second()
        };
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { offset } => Shown::Once(at(offset)),
            AmbiguousOffset::Gap { .. } => Shown::Never,
            AmbiguousOffset::Fold { before, after } => Shown::Twice(at(before), at(after)),
        }
    }
}

/// The day after.
pub(crate) fn after(day: Date) -> Date {
    day.tomorrow().expect("a day of a bounded year has one after it")
}

/// Midnight of a day in UTC, in seconds since 1970.
pub(crate) fn utc(day: Date) -> i64 {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).expect("a day of a bounded year is an instant").as_second()
}

/// A day of the calendar in the years that are believed.
pub(crate) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    limits::YEARS.contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_of_a_clock_change_have_23_and_25_hours() {
        let clock = Clock::paris();
        let hours = |day| {
            let (start, end) = clock.span(day);
            (end - start) / 3600
        };
        assert_eq!([hours(date(2025, 3, 30)), hours(date(2025, 10, 26)), hours(date(2025, 6, 1))], [23, 25, 24]);
    }

    #[test]
    fn a_time_is_shown_never_once_or_twice() {
        let clock = Clock::paris();
        assert_eq!(clock.shown(date(2025, 3, 30).at(2, 30, 0, 0)), Shown::Never);
        // 02:00 UTC and so 03:00 CET, an hour after the clocks went back.
        assert_eq!(clock.shown(date(2025, 10, 26).at(3, 0, 0, 0)), Shown::Once(1_761_444_000));
        assert_eq!(clock.shown(date(2025, 10, 26).at(2, 0, 0, 0)), Shown::Twice(1_761_436_800, 1_761_440_400));
    }
}
