//! Between the rows of a format and the finished reading: order, repetitions, the step and its grid. Every format ends
//! here, so that the same rules hold for all of them.

use crate::clock::{self, Clock};
use crate::error::{Error, LineFault};
use crate::format::Format;
use crate::limits;
use crate::report::{Counts, Report};
use crate::{Parsed, Reading};

/// After how many equal longer distances in a row a file is held to have changed its step, rather than to lack every
/// second value: eight in a row are four hours of half-hours, and holes are not that regular.
const LONGER_STEPS_MAX: u32 = 8;

/// The rows of a file, in any order.
pub struct Draft {
    meter: Option<String>,
    step: Option<u32>,
    /// Everything counted on the way.
    pub(crate) counts: Counts,
    rows: Vec<Row>,
}

/// One row of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// The end of the step, in seconds since 1970 UTC.
    pub(crate) end: i64,
    /// Watts, or nothing when the file has an empty value.
    pub(crate) value: Option<i64>,
    /// Whether the organisation calls it estimated.
    pub(crate) estimated: bool,
    /// The line, from 1. Files are too small for it to exceed 32 bits.
    pub(crate) line: u32,
}

impl Draft {
    /// No row yet, from this delivery point, with this step in seconds when the format or the file says it.
    pub(crate) fn new(meter: Option<String>, step: Option<u32>) -> Self {
        Self { meter, step, counts: Counts::default(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: Row) -> Result<(), Error> {
        self.room(row.line, 0)?;
        self.counts.empty_values += u64::from(row.value.is_none());
        self.rows.push(row);
        Ok(())
    }

    /// Whether one row more fits, beside those that were added and `waiting` others that are yet to be.
    pub(crate) fn room(&self, line: u32, waiting: usize) -> Result<(), Error> {
        if self.rows.len() + waiting >= limits::READINGS_MAX {
            return Err(Error::TooMany { line: line.into(), limit: limits::READINGS_MAX as u64 });
        }
        Ok(())
    }

    /// Makes of the rows what the file says.
    pub(crate) fn settle(mut self, format: &dyn Format) -> Result<Parsed, Error> {
        self.rows.sort_unstable_by_key(|row| (row.end, row.line));
        self.once()?;
        let step = self.step.map_or_else(|| step(&self.rows), Ok)?;
        on_grid(&self.rows, step)?;
        unmixed(&self.rows, step)?;
        let reading = |row: &Row| {
            let at = row.end - i64::from(step);
            row.value.map(|value| Reading { at, value, estimated: row.estimated })
        };
        let readings: Vec<_> = self.rows.iter().filter_map(reading).collect();
        let report = Report::of(&readings, step, &Clock::paris(), self.counts).ok_or(Error::NoReadings)?;
        Ok(Parsed {
            format: format.id(),
            vendor: format.vendor(),
            quantity: "electricity",
            unit: "W",
            meter: self.meter,
            step,
            zone: clock::PARIS,
            readings,
            report,
        })
    }

    /// Leaves each instant once. A value counts before an empty one; two values for one step are a fault.
    fn once(&mut self) -> Result<(), Error> {
        let mut fault = None;
        let repeated = &mut self.counts.repeated;
        self.rows.dedup_by(|row, kept| {
            if row.end != kept.end {
                return false;
            }
            match (kept.value, row.value) {
                (Some(first), Some(second)) if first != second => {
                    let what = LineFault::Twice { first: kept.line.into(), expected: first, found: second };
                    fault.get_or_insert(Error::line(row.line.into(), what));
                }
                (None, Some(_)) => *kept = *row,
                _ => *repeated += 1,
            }
            true
        });
        fault.map_or(Ok(()), Err)
    }
}

/// The shortest distance between two rows, which is the step when the file does not name it.
fn step(rows: &[Row]) -> Result<u32, Error> {
    let distance = |pair: &[Row]| (pair[1].end - pair[0].end, pair[1].line);
    let Some((shortest, line)) = rows.windows(2).map(distance).min() else {
        let number = rows.first().ok_or(Error::NoReadings)?.line.into();
        return Err(Error::line(number, LineFault::Step { found: "one row".to_owned() }));
    };
    let known = |step: &u32| i64::from(*step) == shortest;
    let fault = || Error::line(line.into(), LineFault::Step { found: format!("{shortest} s") });
    limits::STEPS.into_iter().find(known).ok_or_else(fault)
}

/// Refuses what lies between two steps. Local time is whole hours from UTC, so the grid of the one is that of the other.
fn on_grid(rows: &[Row], step: u32) -> Result<(), Error> {
    let Some(row) = rows.iter().filter(|row| row.end % i64::from(step) != 0).min_by_key(|row| row.line) else {
        return Ok(());
    };
    let line = row.line.into();
    let finer = |finer: &&u32| **finer < step && row.end % i64::from(**finer) == 0;
    Err(match limits::STEPS.iter().rev().find(finer) {
        Some(finer) => Error::Mixed { line, step, found: *finer },
        None => Error::line(line, LineFault::OffGrid { found: format!("{} s", row.end % i64::from(step)), step }),
    })
}

/// Refuses a file that goes over to longer steps: added up as short ones they would weigh too little.
fn unmixed(rows: &[Row], step: u32) -> Result<(), Error> {
    let (mut longer, mut times, mut line) = (0, 0, 0);
    for pair in rows.windows(2) {
        let distance = pair[1].end - pair[0].end;
        (times, line) = if distance == longer { (times + 1, line) } else { (1, pair[1].line) };
        longer = distance;
        let found = limits::STEPS.into_iter().find(|known| *known > step && i64::from(*known) == distance);
        if let (Some(found), true) = (found, times >= LONGER_STEPS_MAX) {
            return Err(Error::Mixed { line: line.into(), step, found });
        }
    }
    Ok(())
}
