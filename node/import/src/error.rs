//! What can be wrong with a file: its line, what stands there, and what would be right. Words for people are made
//! elsewhere, from [`Error::facts`].

use thiserror::Error as ThisError;

use crate::format::{Look, formats};

/// Why a file was not imported. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The file holds nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// No format recognises the file's beginning.
    #[error("the file is in no known format{}", Look::clause(*.looks))]
    UnknownFormat {
        /// What it looks like, when that is cheap to tell.
        looks: Option<Look>,
    },
    /// The caller named a format that does not exist.
    #[error("there is no format {asked:?}; there are {}", ids())]
    NoSuchFormat {
        /// What was asked for, shortened.
        asked: String,
    },
    /// The file is larger than [`crate::limits::FILE_BYTES_MAX`].
    #[error("the file has {bytes} bytes, at most {limit} are accepted")]
    TooLarge {
        /// Bytes of the file.
        bytes: u64,
        /// Bytes accepted.
        limit: u64,
    },
    /// A line is longer than [`crate::limits::LINE_BYTES_MAX`].
    #[error("line {line} is longer than {limit} bytes")]
    TooLong {
        /// The line, from 1.
        line: u64,
        /// Bytes accepted.
        limit: u64,
    },
    /// The file has more readings than [`crate::limits::READINGS_MAX`].
    #[error("line {line}: the file has more than {limit} readings")]
    TooMany {
        /// The first line too many, from 1.
        line: u64,
        /// Readings accepted.
        limit: u64,
    },
    /// The step changes inside the file, so that its values cannot be added up as one series.
    #[error("line {line}: a step of {found} s in a file of steps of {step} s")]
    Mixed {
        /// Where the other step is met, from 1.
        line: u64,
        /// Seconds of the file's step.
        step: u32,
        /// Seconds of the other step.
        found: u32,
    },
    /// One line is not what it should be.
    #[error("line {number}: {what}")]
    Line {
        /// The line, from 1.
        number: u64,
        /// What is wrong there.
        what: LineFault,
    },
    /// The layout is right and there is not one value in it.
    #[error("the file holds no reading")]
    NoReadings,
}

impl Error {
    /// A fault of one line.
    pub(crate) fn line(number: u64, what: LineFault) -> Self {
        Self::Line { number, what }
    }

    /// Which of the three kinds of refusal this is.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Empty | Self::UnknownFormat { .. } | Self::NoSuchFormat { .. } => Fault::Unknown,
            Self::TooLarge { .. } | Self::TooLong { .. } | Self::TooMany { .. } => Fault::TooLarge,
            Self::Mixed { .. } | Self::Line { .. } | Self::NoReadings => Fault::Damaged,
        }
    }

    /// The numbers and names in it, for words made elsewhere. `what` is always there and stable: a word such as
    /// `no-such-time`.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        let what = match self {
            Self::Empty => "empty",
            Self::UnknownFormat { looks } => {
                facts.extend(looks.map(|look| ("looks", look.id().to_owned())));
                "unknown-format"
            }
            Self::NoSuchFormat { asked } => {
                facts.push(("found", asked.clone()));
                facts.push(("expected", ids()));
                "no-such-format"
            }
            Self::TooLarge { bytes, limit } => {
                facts.push(("bytes", bytes.to_string()));
                facts.push(("limit", limit.to_string()));
                "too-large"
            }
            Self::TooLong { line, limit } => {
                facts.push(("line", line.to_string()));
                facts.push(("limit", limit.to_string()));
                "too-long"
            }
            Self::TooMany { line, limit } => {
                facts.push(("line", line.to_string()));
                facts.push(("limit", limit.to_string()));
                "too-many"
            }
            Self::Mixed { line, step, found } => {
                facts.push(("line", line.to_string()));
                facts.push(("expected", format!("{step} s")));
                facts.push(("found", format!("{found} s")));
                "mixed-steps"
            }
            Self::Line { number, what } => {
                facts.push(("line", number.to_string()));
                facts.extend(what.found().map(|found| ("found", found)));
                facts.push(("expected", what.expected()));
                what.id()
            }
            Self::NoReadings => "no-readings",
        };
        facts.insert(0, ("what", what.to_owned()));
        facts
    }
}

/// The kinds of refusal, for whoever maps them to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file, or the name of its format, is not known.
    Unknown,
    /// The format is known and the file damaged, incomplete or of a kind that is not imported.
    Damaged,
    /// A bound is exceeded.
    TooLarge,
}

/// What is wrong with one line. `found` repeats at most [`crate::limits::EXCERPT_CHARS_MAX`] characters of it, without
/// control characters.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum LineFault {
    /// The file ends inside this line, or may do so.
    #[error("the file ends inside this line; a whole file ends with an end of line")]
    Cut,
    /// The number of columns is wrong.
    #[error("{found} columns, {expected} expected")]
    Columns {
        /// Columns expected.
        expected: usize,
        /// Columns found.
        found: usize,
    },
    /// The heading of the columns does not come where it should.
    #[error("{found:?} where the heading {expected:?} was expected")]
    Heading {
        /// The beginning of the heading.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// Neither a day nor a time.
    #[error("{found:?} is neither a day such as 31/01/2025 nor a time such as 14:30:00")]
    Row {
        /// What stands there.
        found: String,
    },
    /// A time before any day.
    #[error("a time before any day; a line such as 31/01/2025;; comes first")]
    NoDay,
    /// A day that the calendar does not have, or a year out of bounds.
    #[error("{found:?} is no day between 2000 and 2100, such as 31/01/2025")]
    Date {
        /// What stands there.
        found: String,
    },
    /// No time of day.
    #[error("{found:?} is no time of day such as 14:30:00")]
    Time {
        /// What stands there.
        found: String,
    },
    /// A local time that the clock change jumps over.
    #[error("{found} does not exist on that day, when the clocks go forward")]
    NoSuchTime {
        /// The local time.
        found: String,
    },
    /// No instant with an offset.
    #[error("{found:?} is no instant such as 2025-01-31T14:30:00+01:00")]
    Stamp {
        /// What stands there.
        found: String,
    },
    /// A time between two steps.
    #[error("{found} lies between two steps of {step} s")]
    OffGrid {
        /// What stands there.
        found: String,
        /// Seconds of a step.
        step: u32,
    },
    /// No power in watts.
    #[error("{found:?} is no power in watts between 0 and 1000000000")]
    Value {
        /// What stands there.
        found: String,
    },
    /// A step that the file gives twice, with two values.
    #[error("{found} W for a step that line {first} gives as {expected} W")]
    Twice {
        /// The line that came first.
        first: u64,
        /// The value there.
        expected: i64,
        /// The value here.
        found: i64,
    },
    /// A unit other than watts.
    #[error("{found:?} is not the unit W")]
    Unit {
        /// What stands there.
        found: String,
    },
    /// Power given to the grid, which is not imported yet.
    #[error("{found:?}: only consumption is imported, not power given to the grid")]
    Production {
        /// What stands there.
        found: String,
    },
    /// Something other than active energy.
    #[error("{found:?} is not active energy (Energie active)")]
    Quantity {
        /// What stands there.
        found: String,
    },
    /// The delivery point is not named by fourteen digits. The text itself is personal and not repeated.
    #[error("the delivery point (PRM) has {found} digits, 14 expected")]
    Meter {
        /// Digits found.
        found: usize,
    },
    /// No step that load meters use, or none that can be found out.
    #[error("{found:?} is no step of 5, 10, 15, 30 or 60 minutes")]
    Step {
        /// What stands there, or what the data show.
        found: String,
    },
}

impl LineFault {
    /// A stable word for the kind of fault.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Columns { .. } => "columns",
            Self::Heading { .. } => "heading",
            Self::Row { .. } => "row",
            Self::NoDay => "no-day",
            Self::Date { .. } => "date",
            Self::Time { .. } => "time",
            Self::NoSuchTime { .. } => "no-such-time",
            Self::Stamp { .. } => "stamp",
            Self::OffGrid { .. } => "off-grid",
            Self::Value { .. } => "value",
            Self::Twice { .. } => "twice",
            Self::Unit { .. } => "unit",
            Self::Production { .. } => "production",
            Self::Quantity { .. } => "quantity",
            Self::Meter { .. } => "meter",
            Self::Step { .. } => "step",
        }
    }

    /// What stands in the line, when it may be repeated.
    fn found(&self) -> Option<String> {
        match self {
            Self::Cut | Self::NoDay => None,
            Self::Columns { found, .. } | Self::Meter { found } => Some(found.to_string()),
            Self::Twice { found, .. } => Some(found.to_string()),
            Self::Heading { found, .. }
            | Self::Row { found }
            | Self::Date { found }
            | Self::Time { found }
            | Self::NoSuchTime { found }
            | Self::Stamp { found }
            | Self::OffGrid { found, .. }
            | Self::Value { found }
            | Self::Unit { found }
            | Self::Production { found }
            | Self::Quantity { found }
            | Self::Step { found } => Some(found.clone()),
        }
    }

    /// What would be right there, as an example or a number.
    fn expected(&self) -> String {
        match self {
            Self::Cut => "\\n".to_owned(),
            Self::Columns { expected, .. } => expected.to_string(),
            Self::Heading { expected, .. } => (*expected).to_owned(),
            Self::Row { .. } => "31/01/2025;; | 14:30:00;512;Réelle".to_owned(),
            Self::NoDay => "31/01/2025;;".to_owned(),
            Self::Date { .. } => "31/01/2025".to_owned(),
            Self::Time { .. } | Self::NoSuchTime { .. } => "14:30:00".to_owned(),
            Self::Stamp { .. } => "2025-01-31T14:30:00+01:00".to_owned(),
            Self::OffGrid { step, .. } => format!("{step} s"),
            Self::Value { .. } => "512".to_owned(),
            Self::Twice { expected, .. } => expected.to_string(),
            Self::Unit { .. } => "W".to_owned(),
            Self::Production { .. } => "Consommation".to_owned(),
            Self::Quantity { .. } => "Energie active".to_owned(),
            Self::Meter { .. } => "14".to_owned(),
            Self::Step { .. } => "5, 10, 15, 30, 60".to_owned(),
        }
    }
}

/// The ids of all formats, for an error.
fn ids() -> String {
    formats().iter().map(|format| format.id()).collect::<Vec<_>>().join(", ")
}
