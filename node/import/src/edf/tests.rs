use super::*;
use crate::{Day, Parsed, parse};

const NEWEST: &[u8] = include_bytes!("../../fixtures/edf-newest-first.csv");
const OLDEST: &[u8] = include_bytes!("../../fixtures/edf-oldest-first-utf8.csv");
const AUTUMN: &[u8] = include_bytes!("../../fixtures/edf-autumn.csv");
const SPRING: &[u8] = include_bytes!("../../fixtures/edf-spring.csv");

/// 2025-06-01T00:00:00+02:00.
const FIRST_OF_JUNE: i64 = 1_748_728_800;

fn read(bytes: &[u8]) -> Result<Parsed, Error> {
    parse(bytes, None, &mut |_, _| {})
}

/// A heading and these rows, in UTF-8.
fn file(rows: &str) -> Vec<u8> {
    let heading = "\r\nRécapitulatif\r\n\r\nDate et heure de relève par le distributeur;Puissance atteinte (W);Nature de \
        la donnée\r\n\r\n";
    format!("{heading}{rows}").into_bytes()
}

fn fault(rows: &str) -> (u64, LineFault) {
    match read(&file(rows)) {
        Err(Error::Line { number, what }) => (number, what),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stamp_is_the_end_of_its_step_and_midnight_the_end_of_its_day() {
    let parsed = read(NEWEST).unwrap();
    let (first, last) = (parsed.readings[0], parsed.readings[47]);
    assert_eq!((first.at, first.value), (FIRST_OF_JUNE, 200), "the row 00:30:00");
    assert_eq!((last.at, last.value), (FIRST_OF_JUNE + 47 * 1800, 200 + 47 * 37 % 900), "the row 00:00:00");
}

#[test]
fn both_encodings_ends_of_line_and_directions_give_the_same_readings() {
    let (newest, oldest) = (read(NEWEST).unwrap(), read(OLDEST).unwrap());
    assert!(NEWEST.windows(6).any(|word| word == b"R\xe9elle"), "the fixture is in Latin-1 for real");
    assert_eq!(newest.readings, oldest.readings);
    assert_eq!(newest.report.estimated, 3);
}

#[test]
fn a_day_that_ends_in_the_morning_is_a_hole() {
    let report = read(NEWEST).unwrap().report;
    let hole = Day { day: jiff::civil::date(2025, 6, 3), present: 20, expected: 48 };
    assert_eq!((report.holes, report.holes_count, report.days), (vec![hole], 1, 3));
    assert_eq!(report.missing, 0, "nothing lacks between the first and the last reading");
}

#[test]
fn a_day_of_25_hours_has_its_equal_times_in_the_order_of_the_file() {
    let newest = read(AUTUMN).unwrap();
    assert_eq!(newest.readings.len(), 50);
    assert_eq!(newest.report.missing, 0);
    let values: Vec<_> = newest.readings.iter().map(|reading| reading.value).collect();
    let expected: Vec<_> = (0..50).map(|number| 200 + number * 37 % 900).collect();
    assert_eq!(values, expected);
    let mut lines: Vec<_> = AUTUMN.split_inclusive(|byte| *byte == b'\n').collect();
    lines[6..].reverse();
    assert_eq!(read(&lines.concat()).unwrap().readings, newest.readings);
}

#[test]
fn a_hole_in_the_repeated_hour_leaves_the_other_times_in_place() {
    let rows = |times: &[&str]| {
        let rows: Vec<_> = times.iter().map(|time| format!("{time}:00;5;Réelle\r\n")).collect();
        let parsed = read(&file(&format!("26/10/2025;;\r\n{}", rows.concat()))).unwrap();
        parsed.readings.iter().map(|reading| (reading.at + 1800 - 1_761_436_800) / 1800).collect::<Vec<_>>()
    };
    // Half-hours after 02:00 summer time, the first time that is shown twice.
    assert_eq!(rows(&["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]), [-1, 0, 1, 2, 3, 4]);
    assert_eq!(rows(&["01:30", "02:00", "02:00", "02:30", "03:00"]), [-1, 0, 2, 3, 4]);
    assert_eq!(rows(&["03:00", "02:30", "02:30", "02:00", "01:30"]), [-1, 0, 1, 3, 4]);
    assert_eq!(rows(&["01:30", "02:00", "02:30", "03:00"]), [-1, 0, 1, 4]);
}

#[test]
fn one_row_of_a_day_of_25_hours_takes_its_direction_from_the_file() {
    let twice = "26/10/2025;;\r\n02:00:00;5;Réelle\r\n02:00:00;6;Réelle\r\n";
    let newest = file(&format!("{twice}25/10/2025;;\r\n12:00:00;1;Réelle\r\n11:30:00;2;Réelle\r\n"));
    let oldest = file(&format!("25/10/2025;;\r\n11:30:00;2;Réelle\r\n12:00:00;1;Réelle\r\n{twice}"));
    let values = |file: &[u8]| read(file).unwrap().readings.iter().map(|reading| reading.value).collect::<Vec<_>>();
    assert_eq!(values(&newest), [2, 1, 6, 5]);
    assert_eq!(values(&oldest), [2, 1, 5, 6]);
}

#[test]
fn rows_under_a_day_of_25_hours_count_too_while_they_wait() {
    // What cannot be read comes after the last row that fits: a bound that holds is met before it.
    let too_many = |days: [(&str, usize); 2]| {
        let rows = days.map(|(day, count)| format!("{day};;\r\n{}", "00:30;;\r\n".repeat(count)));
        let found = read(&file(&format!("{}rubbish\r\n", rows.concat())));
        let bound = Error::TooMany { line: 2_000_008, limit: 2_000_000 };
        assert_eq!(found, Err(bound), "{days:?}");
    };
    let (most, few) = (limits::READINGS_MAX, 1000);
    too_many([("26/10/2025", most - few), ("26/10/2025", few + 1)]);
    too_many([("26/10/2025", few), ("27/10/2025", most - few + 1)]);
    too_many([("25/10/2025", most - few), ("26/10/2025", few + 1)]);
}

#[test]
fn the_hour_that_a_day_of_23_hours_has_not_is_no_hole() {
    let parsed = read(SPRING).unwrap();
    assert_eq!((parsed.readings.len(), parsed.report.holes_count, parsed.report.missing), (46, 0, 0));
    let change = Day { day: jiff::civil::date(2025, 3, 30), present: 46, expected: 46 };
    assert_eq!(parsed.report.clock_changes, [change]);
}

#[test]
fn a_time_that_the_clocks_jump_over_is_refused() {
    let (number, what) = fault("30/03/2025;;\r\n02:30:00;5;Réelle\r\n");
    assert_eq!((number, what), (7, LineFault::NoSuchTime { found: "2025-03-30 02:30:00".into() }));
}

#[test]
fn the_same_row_twice_counts_once_and_another_value_is_refused() {
    let day = "01/06/2025;;\r\n00:30:00;5;Réelle\r\n";
    let parsed = read(&file(&format!("{day}00:30:00;5;Réelle\r\n"))).unwrap();
    assert_eq!((parsed.report.readings, parsed.report.repeated), (1, 1));
    let (number, what) = fault(&format!("{day}00:30:00;6;Réelle\r\n"));
    assert_eq!((number, what), (8, LineFault::Twice { first: 7, expected: 5, found: 6 }));
}

#[test]
fn an_empty_value_is_missing_and_an_unknown_nature_is_counted() {
    let rows = "01/06/2025;;\r\n00:30:00;5;Corrigée\r\n01:00:00;;\r\n01:30:00;7;ESTIMEE\r\n";
    let report = read(&file(rows)).unwrap().report;
    assert_eq!((report.readings, report.empty_values, report.missing), (2, 1, 1));
    assert_eq!((report.unknown_natures, report.estimated), (2, 1), "an empty nature is unknown too");
}

#[test]
fn every_fault_names_its_line() {
    let day = "01/06/2025;;\r\n";
    let found = |text: &str| text.to_owned();
    assert_eq!(fault("00:30:00;5;Réelle\r\n"), (6, LineFault::NoDay));
    assert_eq!(fault("31/02/2025;;\r\n"), (6, LineFault::Date { found: found("31/02/2025") }));
    assert_eq!(fault("01/06/1999;;\r\n"), (6, LineFault::Date { found: found("01/06/1999") }));
    assert_eq!(fault("1/6/2025;;\r\n"), (6, LineFault::Date { found: found("1/6/2025") }));
    assert_eq!(fault(&format!("{day}24:00:00;5;Réelle\r\n")), (7, LineFault::Time { found: found("24:00:00") }));
    let off = LineFault::OffGrid { found: found("00:10:00"), step: 1800 };
    assert_eq!(fault(&format!("{day}00:10:00;5;Réelle\r\n")), (7, off));
    assert_eq!(fault(&format!("{day}00:30:00;-5;Réelle\r\n")), (7, LineFault::Value { found: found("-5") }));
    assert_eq!(fault(&format!("{day}00:30:00;5\r\n")), (7, LineFault::Columns { expected: 3, found: 2 }));
    assert_eq!(fault(&format!("{day}Total;5;\r\n")), (7, LineFault::Row { found: found("Total") }));
    assert_eq!(read(&file(day)), Err(Error::NoReadings));
}

#[test]
fn hours_instead_of_half_hours_are_refused() {
    let rows: Vec<_> = (1..12).map(|hour| format!("{hour:02}:00:00;5;Réelle\r\n")).collect();
    let mixed = read(&file(&format!("01/06/2025;;\r\n00:30:00;5;Réelle\r\n{}", rows.concat())));
    assert!(matches!(mixed, Err(Error::Mixed { step: 1800, found: 3600, .. })), "{mixed:?}");
}
