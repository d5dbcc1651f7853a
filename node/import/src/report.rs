//! What a file holds and what it lacks, counted in local days.

use jiff::civil::Date;

use crate::Reading;
use crate::clock::{self, Clock};
use crate::limits;

/// What a file holds and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Lines of the file.
    pub lines: u64,
    /// Readings, each step once.
    pub readings: u64,
    /// Readings that the organisation calls estimated.
    pub estimated: u64,
    /// Steps between the first and the last reading for which the file has no value.
    pub missing: u64,
    /// Local days with at least one reading.
    pub days: u64,
    /// The first local day with a reading.
    pub from: Date,
    /// The last local day with a reading.
    pub to: Date,
    /// The first [`limits::DAYS_NAMED_MAX`] days from `from` to `to` that are not whole. The first and the last day count
    /// as holes when the file begins or ends inside them, although nothing of that is `missing`.
    pub holes: Vec<Day>,
    /// How many such days there are.
    pub holes_count: u64,
    /// The first [`limits::DAYS_NAMED_MAX`] days on which the clocks change.
    pub clock_changes: Vec<Day>,
    /// Rows that have a time and no value.
    pub empty_values: u64,
    /// Rows that say once more what another row says.
    pub repeated: u64,
    /// Values with a fraction of a watt, which were rounded.
    pub rounded: u64,
    /// Rows whose nature is a word that is not known. They count as measured.
    pub unknown_natures: u64,
}

/// A local day and how whole it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: Date,
    /// Readings that it has.
    pub present: u64,
    /// Readings that it should have: fewer or more than usual when the clocks change.
    pub expected: u64,
}

/// What the rows showed that the readings no longer do.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) lines: u64,
    pub(crate) empty_values: u64,
    pub(crate) repeated: u64,
    pub(crate) rounded: u64,
    pub(crate) unknown_natures: u64,
}

impl Report {
    /// Counts the readings, which are in order of time; nothing when there are none.
    pub(crate) fn of(readings: &[Reading], step: u32, clock: &Clock, counts: Counts) -> Option<Self> {
        let (first, last) = (readings.first()?, readings.last()?);
        let (from, to) = (clock.day(first.at), clock.day(last.at));
        let steps = (last.at - first.at) / i64::from(step) + 1;
        let mut report = Self {
            lines: counts.lines,
            readings: readings.len() as u64,
            estimated: readings.iter().filter(|reading| reading.estimated).count() as u64,
            missing: u64::try_from(steps).unwrap_or(0).saturating_sub(readings.len() as u64),
            days: 0,
            from,
            to,
            holes: Vec::new(),
            holes_count: 0,
            clock_changes: Vec::new(),
            empty_values: counts.empty_values,
            repeated: counts.repeated,
            rounded: counts.rounded,
            unknown_natures: counts.unknown_natures,
        };
        report.walk(readings, step, clock);
        Some(report)
    }

    /// Holds every local day against what it should have.
    fn walk(&mut self, readings: &[Reading], step: u32, clock: &Clock) {
        let mut rest = readings;
        let (mut day, mut start) = (self.from, clock.start(self.from));
        while day <= self.to {
            let next = clock::after(day);
            let end = clock.start(next);
            let (today, later) = rest.split_at(rest.partition_point(|reading| reading.at < end));
            let expected = u64::try_from((end - start) / i64::from(step)).unwrap_or(0);
            let seen = Day { day, present: today.len() as u64, expected };
            self.days += u64::from(seen.present > 0);
            if seen.present < expected {
                self.holes_count += 1;
                name(&mut self.holes, seen);
            }
            if end - start != clock::DAY {
                name(&mut self.clock_changes, seen);
            }
            (rest, day, start) = (later, next, end);
        }
    }
}

/// Names a day while there is room.
fn name(days: &mut Vec<Day>, day: Day) {
    if days.len() < limits::DAYS_NAMED_MAX {
        days.push(day);
    }
}
