use jiff::civil::date;

use super::*;
use crate::{Parsed, parse};

fn read(file: &[u8]) -> Parsed {
    parse(file, None, &mut |_, _| {}).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let first = date(2025, 1, 1);
    assert_eq!(edf(1, 60, first), edf(1, 60, first));
    assert_ne!(edf(1, 60, first), edf(2, 60, first));
}

#[test]
fn two_years_read_back_with_clock_changes_and_one_or_two_holes() {
    for seed in 0..5 {
        let parsed = read(&edf(seed, 727, date(2024, 2, 4)));
        let report = &parsed.report;
        assert_eq!((parsed.format, report.days), ("edf-30min", 727));
        assert!((1..=2).contains(&report.holes_count), "seed {seed}: {:?}", report.holes);
        assert!(report.holes.iter().all(|day| day.present == 20 && day.day != report.from && day.day != report.to));
        assert_eq!(report.clock_changes.len(), 4);
        assert!((100..1000).contains(&report.estimated), "seed {seed}: {}", report.estimated);
    }
}

#[test]
fn a_short_sample_is_whole() {
    let report = read(&edf(3, 29, date(2025, 6, 1))).report;
    assert_eq!((report.readings, report.holes_count, report.missing), (29 * 48, 0, 0));
}

#[test]
fn a_year_looks_like_a_household() {
    let parsed = read(&edf(7, 365, date(2025, 1, 1)));
    let kilowatt_hours = |from: i64, days: i64| {
        let start = 1_735_686_000 + from * DAY;
        let span = start..start + days * DAY;
        let watts: i64 =
            parsed.readings.iter().filter(|reading| span.contains(&reading.at)).map(|reading| reading.value).sum();
        watts / 2000
    };
    let (year, january, july) = (kilowatt_hours(0, 365), kilowatt_hours(0, 31), kilowatt_hours(181, 31));
    assert!((4000..12_000).contains(&year), "{year} kWh");
    assert!(january > 2 * july, "{january} kWh in January, {july} kWh in July");
    let night = parsed.readings.iter().map(|reading| reading.value).min();
    assert!(night.is_some_and(|watts| (FORGOTTEN..260).contains(&watts)), "{night:?}");
}

#[test]
fn nothing_lies_beyond_the_years_that_are_believed() {
    assert_eq!(read(&edf(1, 400, date(2100, 12, 30))).report.days, 2);
    assert!(edf(1, 0, date(2025, 1, 1)).ends_with(b"Nature de la donn\xe9e\r\n"), "a heading and no day");
}
