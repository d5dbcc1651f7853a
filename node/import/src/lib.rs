//! Reads the files that organisations hand out and turns them into one plain shape: readings in order of time.
//!
//! [`parse`] finds out which format a file is in, reads it, and either returns every reading together with a
//! [`Report`] of what the file holds and lacks, or an [`Error`] that names the line and what would be right there.
//! Nothing is imported by halves. The crate opens no file, keeps nothing and knows no other crate of the house; what a
//! reading becomes in the vault is for its caller to say. A format is one file here and one line in the registry.
//!
//! ```
//! let file = sesame_import::sample::edf(7, 30, jiff::civil::date(2025, 1, 1));
//! let parsed = sesame_import::parse(&file, None, &mut |_done, _total| {})?;
//! assert_eq!(parsed.format, "edf-30min");
//! assert_eq!(parsed.report.days, 30);
//! # Ok::<(), sesame_import::Error>(())
//! ```

mod clock;
mod draft;
mod edf;
mod enedis;
mod error;
mod format;
pub mod limits;
mod lines;
mod report;
pub mod sample;
mod value;

pub use error::{Error, Fault, LineFault};
pub use format::{Format, Look, detect, formats};
pub use report::{Day, Report};

use lines::Lines;

/// All that one file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The id of the format, such as `edf-30min`.
    pub format: &'static str,
    /// The organisation that hands such files out, such as `EDF`.
    pub vendor: &'static str,
    /// What is measured: `electricity`.
    pub quantity: &'static str,
    /// The unit of every value: `W`.
    pub unit: &'static str,
    /// The fourteen digits of the delivery point (PRM) when the file names it. Personal data: never shown whole.
    pub meter: Option<String>,
    /// Seconds of a step.
    pub step: u32,
    /// The IANA time zone whose days the file speaks of.
    pub zone: &'static str,
    /// The readings, in order of time, each instant once.
    pub readings: Vec<Reading>,
    /// What the file holds and what it lacks.
    pub report: Report,
}

/// One reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The start of the step, in seconds since 1970 UTC. Files often stamp the end: that is undone here.
    pub at: i64,
    /// Mean power over the step, in watts.
    pub value: i64,
    /// Whether the organisation itself calls the value estimated.
    pub estimated: bool,
}

/// Reads a whole file. With `format` the id of that format is believed, without it the file's beginning decides.
///
/// `progress` is told (bytes read, bytes in all) every [`limits::PROGRESS_BYTES`] and at the end. Time is linear in the
/// size of the file, memory at most some [`limits::READINGS_MAX`] rows.
pub fn parse(bytes: &[u8], format: Option<&str>, progress: &mut dyn FnMut(u64, u64)) -> Result<Parsed, Error> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits::FILE_BYTES_MAX {
        return Err(Error::TooLarge { bytes: size, limit: limits::FILE_BYTES_MAX });
    }
    if bytes.iter().take(limits::HEAD_BYTES).all(u8::is_ascii_whitespace) && bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    let format = match format {
        Some(id) => format::named(id)?,
        None => detect(bytes).ok_or_else(|| Error::UnknownFormat { looks: Look::of(bytes) })?,
    };
    let draft = format.read(&mut Lines::new(bytes, progress))?;
    draft.settle(format)
}

#[cfg(test)]
mod tests;
