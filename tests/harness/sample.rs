//! Files to import, made from a seed: the same on every machine, and of nobody; and what is in them, read in the plainest
//! way, so that what the program says of a file is held against something that is not the program.

use jiff::Span;
use jiff::civil::{Date, date};

/// A file as EDF hands it out, of so many days, the last of them in December 2025.
pub fn edf(seed: u64, days: u32) -> Vec<u8> {
    edf_from(seed, days, date(2025, 12, 31).saturating_sub(Span::new().days(i64::from(days) - 1)))
}

/// A file as EDF hands it out, of so many days from a day on.
pub fn edf_from(seed: u64, days: u32, first: Date) -> Vec<u8> {
    sesame_import::sample::edf(seed, days, first)
}

/// The values of such a file in watts, one each half-hour, in the order of the file.
pub fn watts(file: &[u8]) -> Vec<u64> {
    let text = String::from_utf8_lossy(file);
    text.lines().filter_map(|line| line.split(';').nth(1)?.parse().ok()).collect()
}

/// The energy of such a file in watt-hours.
pub fn watt_hours(file: &[u8]) -> u64 {
    watts(file).iter().sum::<u64>() / 2
}
