use super::*;
use crate::{Parsed, parse};

const HALF_HOURS: &[u8] = include_bytes!("../../fixtures/enedis-30min.csv");
const TEN_MINUTES: &[u8] = include_bytes!("../../fixtures/enedis-10min-newest-first.csv");
const PRODUCTION: &[u8] = include_bytes!("../../fixtures/enedis-production.csv");

/// 2025-10-25T00:00:00+02:00.
const START: i64 = 1_761_343_200;

fn read(bytes: &[u8]) -> Result<Parsed, Error> {
    parse(bytes, None, &mut |_, _| {})
}

/// A preamble with this step and these rows.
fn file(step: &str, rows: &str) -> Vec<u8> {
    let preamble = "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape \
        metier;Unite;Pas en minutes\n00000000000001;Courbe de charge;01/06/2025;02/06/2025;Energie active;Consommation;\
        Comptage Brut;W;";
    format!("{preamble}{step}\nHorodate;Valeur\n{rows}").into_bytes()
}

fn fault(bytes: &[u8]) -> (u64, LineFault) {
    match read(bytes) {
        Err(Error::Line { number, what }) => (number, what),
        other => panic!("{other:?}"),
    }
}

/// Rows of this many minutes each, from midnight UTC on.
fn rows(minutes: i64, steps: std::ops::Range<i64>) -> String {
    let row = |step: i64| {
        let at = step * minutes;
        format!("2025-06-{:02}T{:02}:{:02}:00Z;5\n", 1 + at / 1440, at / 60 % 24, at % 60)
    };
    steps.map(row).collect()
}

#[test]
fn a_stamp_is_the_end_of_its_step() {
    let parsed = read(HALF_HOURS).unwrap();
    assert_eq!((parsed.readings[0].at, parsed.readings[0].value), (START, 200));
    assert_eq!((parsed.step, parsed.meter.as_deref()), (1800, Some("00000000000001")));
    assert_eq!(parsed.report.from.to_string(), "2025-10-25");
    assert_eq!(parsed.report.to.to_string(), "2025-10-26");
}

#[test]
fn the_clock_change_loses_nothing_and_empty_values_are_missing() {
    let report = read(HALF_HOURS).unwrap().report;
    assert_eq!((report.readings, report.empty_values, report.missing), (95, 3, 3));
    assert_eq!(report.clock_changes.iter().map(|day| (day.present, day.expected)).collect::<Vec<_>>(), [(50, 50)]);
    assert_eq!(report.holes.iter().map(|day| (day.present, day.expected)).collect::<Vec<_>>(), [(45, 48)]);
}

#[test]
fn a_step_that_the_file_does_not_name_is_found_in_its_rows() {
    let parsed = read(TEN_MINUTES).unwrap();
    assert_eq!((parsed.step, parsed.report.readings, parsed.report.missing), (600, 297, 3));
    assert_eq!(parsed.readings[0].at, START);
}

#[test]
fn power_given_to_the_grid_is_refused_by_name() {
    assert_eq!(fault(PRODUCTION), (2, LineFault::Production { found: "Production".into() }));
}

#[test]
fn offsets_with_and_without_a_colon_are_the_same_instant() {
    let midnight = stamp(b"2025-06-01T00:00:00Z");
    assert_eq!(midnight, Some(1_748_736_000));
    for same in [
        "2025-06-01T02:00:00+02:00",
        "2025-06-01T02:00:00+0200",
        "2025-05-31 19:00:00-05:00",
        "2025-06-01T00:00:00.000Z",
    ] {
        assert_eq!(stamp(same.as_bytes()), midnight, "{same}");
    }
    for wrong in [
        "2025-06-01T02:00:00",
        "2025-06-01",
        "2025-06-31T00:00:00Z",
        "2025-06-01T24:00:00Z",
        "2025-06-01T00:00:00+15:00",
        "2025-06-01T00:00:00.5Z",
        "2025-06-01T00:00:00.Z",
        "1999-06-01T00:00:00Z",
        "2025-06-01T00:00:00 02:00",
    ] {
        assert_eq!(stamp(wrong.as_bytes()), None, "{wrong}");
    }
}

#[test]
fn a_file_whose_step_changes_is_refused_where_it_changes() {
    let finer = rows(30, 1..20) + &rows(10, 58..80);
    let longer = rows(10, 1..20) + &rows(30, 7..30);
    assert_eq!(read(&file("30", &finer)), Err(Error::Mixed { line: 23, step: 1800, found: 600 }));
    assert_eq!(read(&file("10", &longer)), Err(Error::Mixed { line: 24, step: 600, found: 1800 }));
    assert!(matches!(read(&file("", &finer)), Err(Error::Mixed { step: 600, found: 1800, .. })));
    assert!(matches!(read(&file("", &longer)), Err(Error::Mixed { step: 600, found: 1800, .. })));
}

#[test]
fn every_fault_names_its_line() {
    let row = "2025-06-01T00:30:00Z;5\n";
    let with = |from: &str, to: &str| {
        let text = String::from_utf8(file("30", row)).unwrap();
        assert!(text.contains(from));
        text.replacen(from, to, 1).into_bytes()
    };
    let found = |text: &str| text.to_owned();
    assert_eq!(fault(&with(";W;", ";kW;")), (2, LineFault::Unit { found: found("kW") }));
    assert_eq!(fault(&with("Energie active", "Tension")), (2, LineFault::Quantity { found: found("Tension") }));
    assert_eq!(fault(&with("00000000000001", "0000000001")), (2, LineFault::Meter { found: 10 }));
    assert_eq!(fault(&with(";W;30", ";W;7")), (2, LineFault::Step { found: found("7") }));
    assert_eq!(fault(&file("", row)), (4, LineFault::Step { found: found("one row") }));
    assert_eq!(fault(&file("30", "01/06/2025;5\n")), (4, LineFault::Stamp { found: found("01/06/2025") }));
    assert_eq!(fault(&file("30", "2025-06-01T00:30:00Z;x\n")), (4, LineFault::Value { found: found("x") }));
    assert_eq!(fault(&file("30", "2025-06-01T00:30:00Z;5;6\n")), (4, LineFault::Columns { expected: 2, found: 3 }));
    assert_eq!(fault(&with("Valeur", "Puissance")).0, 3);
    let twice = format!("{row}2025-06-01T02:30:00+02:00;6\n");
    assert_eq!(fault(&file("30", &twice)), (5, LineFault::Twice { first: 4, expected: 5, found: 6 }));
    let off = LineFault::OffGrid { found: found("60 s"), step: 1800 };
    assert_eq!(fault(&file("30", "2025-06-01T00:31:00Z;5\n")), (4, off));
    assert_eq!(read(&file("30", "2025-06-01T00:30:00Z;\n")), Err(Error::NoReadings));
}

#[test]
fn a_row_without_an_end_of_line_may_be_cut() {
    assert_eq!(fault(&file("30", "2025-06-01T00:30:00Z;5")), (4, LineFault::Cut));
}
