//! The bounds of an import, each with its reason. A file beyond one of them is refused, never cut.

/// The largest file, in bytes. Ten years of ten-minute readings are some 20 MB.
pub const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The longest line, in bytes without its end. The widest known layout needs some 300; no more than this is ever looked
/// at in search of an end of line.
pub const LINE_BYTES_MAX: usize = 64 * 1024;

/// The most rows of readings in one file: 38 years of ten-minute steps.
pub const READINGS_MAX: usize = 2_000_000;

/// How much of a file may decide which format it is in, in bytes.
pub const HEAD_BYTES: usize = 8 * 1024;

/// The most days that a report names as holes or clock changes; what is beyond is counted only.
pub const DAYS_NAMED_MAX: usize = 50;

/// The largest mean power that is believed, in watts: a gigawatt, a thousand times any connection that gets such files.
pub const WATTS_MAX: i64 = 1_000_000_000;

/// The years in which a reading may lie. Load meters did not exist before; the end bounds every walk over days.
pub const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// The steps that are believed, in seconds: 5, 10, 15, 30 and 60 minutes.
pub const STEPS: [u32; 5] = [300, 600, 900, 1800, 3600];

/// The most lines before the heading of the columns.
pub const PREAMBLE_LINES_MAX: u64 = 20;

/// The most characters of a file that an error repeats.
pub const EXCERPT_CHARS_MAX: usize = 24;

/// How many bytes pass between two calls of `progress`.
pub const PROGRESS_BYTES: usize = 256 * 1024;
