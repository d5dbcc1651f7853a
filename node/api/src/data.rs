//! My data: imports and series.

use serde::{Deserialize, Serialize};

/// `POST /v1/imports?name=…&format=…&dry_run=…`, the file as the body (`application/octet-stream`).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportAsk {
    /// The name of the file, for the person; never a path.
    pub name: String,
    /// The id of a format, or nothing to find it out.
    #[serde(default)]
    pub format: Option<String>,
    /// Read and report, but keep nothing.
    #[serde(default)]
    pub dry_run: bool,
}

/// What an import found and did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The id of the import; empty for a dry run.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// The id of the format, such as `edf-30min`.
    pub format: String,
    /// When it was imported (RFC 3339, UTC).
    pub at: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// The series that it went into.
    pub series: String,
    /// Readings in the file.
    pub readings: u64,
    /// Readings that were new.
    pub added: u64,
    /// Readings that were there already with the same value.
    pub known: u64,
    /// Readings that were there with another value: both are kept, the earlier one counts.
    pub differing: u64,
    /// Readings that the organisation itself calls estimated.
    pub estimated: u64,
    /// Steps between the first and the last reading for which the file has no value.
    pub missing: u64,
    /// Local days covered.
    pub days: u64,
    /// First local day (`YYYY-MM-DD`).
    pub from: String,
    /// Last local day (`YYYY-MM-DD`), included.
    pub to: String,
    /// Days that are not whole, with what they lack. At most 50.
    pub holes: Vec<Hole>,
    /// Days with a clock change, and how many readings they have.
    pub clock_changes: Vec<Hole>,
    /// Whether nothing was kept.
    pub dry_run: bool,
}

/// A day that differs from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// The local day (`YYYY-MM-DD`).
    pub day: String,
    /// Readings that it has.
    pub present: u64,
    /// Readings that it should have.
    pub expected: u64,
}

/// `GET /v1/imports`, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Imports {
    /// The imports.
    pub imports: Vec<Import>,
}

/// `GET /v1/series`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AllSeries {
    /// One entry per source.
    pub series: Vec<Series>,
}

/// A series: readings over time from one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The id of the series.
    pub id: String,
    /// The organisation that handed the readings out, such as `EDF`.
    pub vendor: String,
    /// What is measured, such as `electricity`.
    pub quantity: String,
    /// The id of the meter when the file names it, shortened to its last four digits.
    pub meter: Option<String>,
    /// Seconds of a step.
    pub step: u32,
    /// First local day (`YYYY-MM-DD`).
    pub from: String,
    /// Last local day, included.
    pub to: String,
    /// Readings held.
    pub readings: u64,
    /// Energy in watt-hours, over all readings.
    pub watt_hours: u64,
    /// Whether it counts in the totals of Home (the longest one does).
    pub counts: bool,
}

/// `GET /v1/series/{id}?from=…&to=…`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Readings {
    /// The series.
    pub series: Series,
    /// The readings, in order of time. At most 20,000 per answer.
    pub readings: Vec<Reading>,
    /// Whether more follow: ask again from the last day on.
    pub more: bool,
}

/// One reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The start of the step (RFC 3339, with the local offset).
    pub at: String,
    /// Mean power over the step, in watts.
    pub watts: i64,
    /// Whether the organisation calls it estimated.
    pub estimated: bool,
}
