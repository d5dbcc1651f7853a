use std::path::{Path, PathBuf};

use super::*;

const EDF: &[u8] = include_bytes!("../fixtures/edf-newest-first.csv");
const ENEDIS: &[u8] = include_bytes!("../fixtures/enedis-30min.csv");

fn read(bytes: &[u8]) -> Result<Parsed, Error> {
    parse(bytes, None, &mut |_, _| {})
}

/// A file of the sample data beside the project, when it is there.
fn sample(name: &str) -> Option<Vec<u8>> {
    let given = std::env::var_os("SESAME_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/data"));
    let file = given.into_iter().chain(beside).map(|folder| folder.join(name)).find(|file| file.is_file());
    if file.is_none() {
        eprintln!("skipped: {name} is not there (SESAME_DATA is not set and no shared/data is found)");
    }
    file.map(|file| std::fs::read(file).unwrap())
}

#[test]
fn two_years_of_edf_are_34812_half_hours_on_727_days_with_three_holes() {
    let Some(file) = sample("energy/mes-puissances-atteintes-30min.csv") else { return };
    let parsed = read(&file).unwrap();
    let report = &parsed.report;
    assert_eq!((parsed.format, parsed.vendor, parsed.step, parsed.meter), ("edf-30min", "EDF", 1800, None));
    assert_eq!((report.readings, report.days, report.estimated, report.missing), (34_812, 727, 356, 84));
    assert_eq!((report.from.to_string(), report.to.to_string()), ("2024-02-04".into(), "2026-01-30".into()));
    let holes: Vec<_> = report.holes.iter().map(|day| (day.day.to_string(), day.present, day.expected)).collect();
    let hole = |day: &str| (day.to_owned(), 20, 48);
    assert_eq!(holes, [hole("2025-02-14"), hole("2025-10-20"), hole("2025-10-21")]);
    let changes: Vec<_> = report.clock_changes.iter().map(|day| (day.present, day.expected)).collect();
    assert_eq!(changes, [(46, 46), (50, 50), (46, 46), (50, 50)]);
    assert_eq!(report.lines, 36_270);
}

#[test]
fn two_months_of_enedis_are_2878_rows_of_which_24_are_empty() {
    let Some(file) = sample("energy/enedis-courbe-de-charge.csv") else { return };
    let parsed = read(&file).unwrap();
    let report = &parsed.report;
    assert_eq!((parsed.format, parsed.step), ("enedis-load-curve", 1800));
    assert_eq!(parsed.meter.as_deref().map(str::len), Some(14));
    assert_eq!((report.readings, report.empty_values, report.missing, report.days), (2854, 24, 24, 60));
    assert_eq!((report.from.to_string(), report.to.to_string()), ("2025-03-01".into(), "2025-04-29".into()));
    assert_eq!(report.holes_count, 4);
}

#[test]
fn an_enedis_file_of_indexes_is_named_and_refused() {
    let Some(file) = sample("energy/enedis-index.csv") else { return };
    assert_eq!(read(&file), Err(Error::UnknownFormat { looks: Some(Look::EnedisIndex) }));
}

#[test]
fn what_is_no_known_file_is_refused_with_what_it_looks_like() {
    let looks = |bytes: &[u8]| match read(bytes) {
        Err(Error::UnknownFormat { looks }) => looks.map(Look::id),
        other => panic!("{other:?}"),
    };
    assert_eq!(looks(include_bytes!("../fixtures/login.csv")), Some("html"));
    assert_eq!(looks(include_bytes!("../fixtures/enedis-index.csv")), Some("enedis-index"));
    assert_eq!(looks(b"PK\x03\x04and more"), Some("zip"));
    assert_eq!(looks(b"\xff\xfeH\0o\0r\0"), Some("utf-16"));
    assert_eq!(looks(b"some\0bytes"), Some("binary"));
    assert_eq!(looks(b"<?xml version=\"1.0\"?><feed xmlns:e=\"http://naesb.org/espi\">"), Some("green-button"));
    assert_eq!(looks(b"Date;Valeur (en Wh)\n01/01/2025;12\n"), Some("enedis-daily"));
    assert_eq!(looks(b"Horodate;Valeur\n2025-01-01T00:30:00+01:00;5\n"), Some("enedis"));
    assert_eq!(looks(b"Date;Libelle;Montant\n"), Some("table"));
    assert_eq!(looks(b"hello"), None);
}

#[test]
fn an_empty_file_and_a_missing_format_are_refused() {
    assert_eq!(read(b""), Err(Error::Empty));
    assert_eq!(read(b" \r\n\r\n"), Err(Error::Empty));
    let asked = parse(EDF, Some("edf-60min\u{1b}[2J"), &mut |_, _| {});
    assert_eq!(asked, Err(Error::NoSuchFormat { asked: "edf-60min[2J".into() }));
    assert_eq!(asked.unwrap_err().fault(), Fault::Unknown);
}

#[test]
fn a_format_that_is_named_is_believed() {
    assert!(parse(EDF, Some("edf-30min"), &mut |_, _| {}).is_ok());
    let wrong = parse(ENEDIS, Some("edf-30min"), &mut |_, _| {}).unwrap_err();
    assert!(matches!(wrong, Error::Line { number: 20, what: LineFault::Heading { .. } }), "{wrong}");
}

#[test]
fn a_file_beyond_the_bound_is_refused_unread() {
    let bytes = vec![b'x'; 64 * 1024 * 1024 + 1];
    let expected = Error::TooLarge { bytes: 67_108_865, limit: 67_108_864 };
    assert_eq!(read(&bytes), Err(expected));
}

#[test]
fn a_line_without_end_is_refused_after_one_window() {
    for start in [EDF, ENEDIS] {
        let mut bytes = start.to_vec();
        bytes.resize(30 << 20, b'1');
        let mut furthest = 0;
        let refused = parse(&bytes, None, &mut |done, _| furthest = furthest.max(done)).unwrap_err();
        assert!(matches!(refused, Error::TooLong { limit: 65_536, .. }), "{refused}");
        assert!(furthest < 1 << 20);
        assert_eq!(refused.fault(), Fault::TooLarge);
    }
}

#[test]
fn a_file_of_two_million_readings_and_one_is_refused() {
    let mut bytes = ENEDIS.split_inclusive(|byte| *byte == b'\n').take(3).collect::<Vec<_>>().concat();
    let row = b"2025-01-01T00:30:00Z;1\n";
    let fit = (usize::try_from(limits::FILE_BYTES_MAX).unwrap() - bytes.len()) / row.len();
    assert!(fit > limits::READINGS_MAX);
    bytes.extend(row.repeat(limits::READINGS_MAX + 1));
    assert_eq!(read(&bytes), Err(Error::TooMany { line: 2_000_004, limit: 2_000_000 }));
}

/// Cuts at every byte: the file is either refused or what remains are whole lines.
#[test]
fn half_a_file_is_never_read_as_something_else() {
    for file in [EDF, ENEDIS] {
        let whole = read(file).unwrap();
        for cut in 0..file.len() {
            let Ok(parsed) = read(&file[..cut]) else { continue };
            let is_whole_line = matches!(file[cut - 1], b'\n' | b'\r') || file[cut..].starts_with(b"\r\n");
            assert!(is_whole_line, "cut at {cut}: {:?}", lines::excerpt(&file[cut.saturating_sub(20)..cut]));
            let known = |reading: &Reading| whole.readings.contains(reading);
            assert!(parsed.readings.iter().all(known), "cut at {cut}");
        }
    }
}

#[test]
fn a_cut_names_its_line() {
    let (edf, enedis) = (&EDF[..EDF.len() - 4], &ENEDIS[..ENEDIS.len() - 2]);
    let last = |file: &[u8]| file.split(|byte| *byte == b'\n').count() as u64;
    assert_eq!(read(edf), Err(Error::line(last(edf), LineFault::Cut)));
    assert_eq!(read(enedis), Err(Error::line(last(enedis), LineFault::Cut)));
}

#[test]
fn progress_ends_at_the_end() {
    let mut told = Vec::new();
    parse(&sample::edf(1, 400, jiff::civil::date(2024, 1, 1)), None, &mut |done, total| told.push((done, total)))
        .unwrap();
    assert!(told.len() >= 2 && told.is_sorted());
    assert!(told.last().is_some_and(|(done, total)| done == total));
}

#[test]
fn every_error_has_facts_for_words() {
    let error = Error::line(7, LineFault::Twice { first: 3, expected: 5, found: 6 });
    let fact = |name: &'static str, value: &str| (name, value.to_owned());
    assert_eq!(error.facts(), [fact("what", "twice"), fact("line", "7"), fact("found", "6"), fact("expected", "5")]);
    assert_eq!(error.to_string(), "line 7: 6 W for a step that line 3 gives as 5 W");
    let unknown = Error::UnknownFormat { looks: Some(Look::Html) };
    assert_eq!(unknown.facts(), [fact("what", "unknown-format"), fact("looks", "html")]);
    assert_eq!(unknown.to_string(), "the file is in no known format; it looks like html");
}

mod properties {
    use proptest::prelude::{any, prop};
    use proptest::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    /// The heading and the days of a sample, apart.
    fn days(file: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let mut blocks: Vec<Vec<u8>> = vec![Vec::new()];
        for line in file.split_inclusive(|byte| *byte == b'\n') {
            if line.contains(&b'/') {
                blocks.push(Vec::new());
            }
            blocks.last_mut().unwrap().extend_from_slice(line);
        }
        (blocks.remove(0), blocks)
    }

    /// A day with its rows the other way round.
    fn turned(block: &[u8]) -> Vec<u8> {
        let mut lines: Vec<_> = block.split_inclusive(|byte| *byte == b'\n').collect();
        lines[1..].reverse();
        lines.concat()
    }

    proptest! {
        #[test]
        fn the_order_of_days_and_of_rows_in_a_day_does_not_matter(
            seed in any::<u64>(), order in prop::collection::vec((any::<u32>(), any::<bool>()), 40),
        ) {
            // Forty days round the day of 25 hours.
            let file = sample::edf(seed, 40, jiff::civil::date(2025, 10, 1));
            let expected = read(&file).unwrap();
            let (heading, blocks) = days(&file);
            prop_assert_eq!(blocks.len(), 40);
            let mut shuffled: Vec<_> = order.into_iter().zip(blocks).collect();
            shuffled.sort_by_key(|((key, _), _)| *key);
            let block = |((_, is_turned), block): ((u32, bool), Vec<u8>)| if is_turned { turned(&block) } else { block };
            let bytes: Vec<u8> = std::iter::once(heading).chain(shuffled.into_iter().map(block)).flatten().collect();
            let parsed = read(&bytes).unwrap();
            prop_assert_eq!(parsed.readings, expected.readings);
        }

        #[test]
        fn the_order_of_rows_does_not_matter_for_a_load_curve(keys in prop::collection::vec(any::<u32>(), 98)) {
            let lines: Vec<_> = ENEDIS.split_inclusive(|byte| *byte == b'\n').collect();
            let mut rows: Vec<_> = keys.into_iter().zip(&lines[3..]).collect();
            rows.sort_by_key(|(key, _)| *key);
            let bytes: Vec<u8> =
                lines[..3].iter().chain(rows.iter().map(|(_, row)| *row)).flat_map(|line| line.to_vec()).collect();
            prop_assert_eq!(read(&bytes).unwrap().readings, read(ENEDIS).unwrap().readings);
        }

        #[test]
        fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..4000), format in 0..3_usize) {
            let format = ["edf-30min", "enedis-load-curve"].get(format).copied();
            let outcome = parse(&bytes, format, &mut |_, _| {});
            prop_assert!(outcome.is_err());
        }

        #[test]
        fn damage_never_panics(
            place in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..12), is_edf in any::<bool>(),
        ) {
            let mut file = if is_edf { EDF.to_vec() } else { ENEDIS.to_vec() };
            let at = place.index(file.len());
            let end = (at + bytes.len()).min(file.len());
            file.splice(at..end, bytes);
            if let Ok(parsed) = read(&file) {
                prop_assert!(parsed.readings.is_sorted_by(|one, other| one.at < other.at));
            }
        }
    }
}
