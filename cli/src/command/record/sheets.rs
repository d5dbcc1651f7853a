//! Records as text: in a list, one with its history, what was found, what was forgotten.

use sesame_api::records::{Forgotten, Hits, Kind, Record, Records, Says, Version};
use sesame_api::words::Words;

use super::super::{day, moment, short, wording};
use crate::sheet::{Sheet, Tone};

/// The records of a list below what stands there already, a table a kind.
pub(super) fn records(words: &Words, all: &Records, sheet: Sheet) -> Sheet {
    let mut sheet = sheet;
    let mut is_first = true;
    for kind in Kind::ALL {
        let of: Vec<&Record> = all.records.iter().filter(|record| record.kind == kind).collect();
        if of.is_empty() {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            sheet = sheet.gap();
        }
        let header = ["name", text_part(kind), "on", organisation_part(kind), "says"];
        let mut header: Vec<String> = header.map(|part| words.text(&format!("record-part-{part}"))).to_vec();
        header.push(words.text("cli-record-versions"));
        let rows = of.into_iter().map(|record| {
            let newest = &record.newest;
            vec![
                record.name.clone(),
                marked(words, record),
                words.date(&record.day),
                newest.organisation.clone(),
                says(words, newest),
                words.number(record.versions),
            ]
        });
        let title = words.text(&format!("record-kind-{}", kind.code()));
        sheet = sheet.title(title).table(header, rows.collect(), &[5]);
    }
    match &all.next {
        Some(next) => sheet.gap().line(words.with("cli-record-more", &[("name", next.into())])),
        None => sheet,
    }
}

/// One record.
pub(super) fn record(words: &Words, record: &Record, with_history: bool) -> Sheet {
    let label = match record.kind {
        Kind::Fact => wording::field(words, &record.name),
        _ => record.newest.text.clone(),
    };
    let mut sheet = Sheet::new().title(label).pairs([(words.text("record-part-name"), record.name.clone())]);
    if record.special {
        sheet = sheet.toned(Tone::Warn, words.text("record-special"));
    }
    sheet = sheet.pairs(parts(words, record.kind, &record.newest));
    if !with_history {
        return sheet;
    }
    if record.earlier.is_empty() {
        return sheet.gap().line(words.text("cli-record-history-none"));
    }
    sheet = sheet.gap().title(words.text("cli-record-history"));
    for version in &record.earlier {
        sheet = sheet.gap().pairs(parts(words, record.kind, version));
    }
    sheet
}

/// What was found.
pub(super) fn hits(words: &Words, hits: &Hits) -> Sheet {
    if hits.hits.is_empty() {
        return Sheet::new().line(words.text("cli-find-none"));
    }
    let header = ["cli-what", "record-part-name", "cli-value", "record-part-organisation", "record-part-on"];
    let rows = hits.hits.iter().map(|hit| {
        let kind = words.text(&format!("record-kind-{}", hit.kind));
        let kind = if hit.special { format!("{kind} ({})", words.text("record-special")) } else { kind };
        let is_record = Kind::ALL.iter().any(|kind| kind.code() == hit.kind) || hit.kind == "import";
        let name = if is_record { hit.name.clone() } else { short(&hit.name) };
        let day = if hit.day.is_empty() { String::new() } else { words.date(&hit.day) };
        vec![kind, name, hit.text.clone(), hit.organisation.clone(), day]
    });
    let sheet = Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[]);
    match &hits.next {
        Some(next) => sheet.line(words.with("cli-record-more", &[("name", next.into())])),
        None => sheet,
    }
}

/// What was forgotten, and how far.
pub(super) fn forgotten(words: &Words, gone: &Forgotten, earlier: bool) -> String {
    let erased = if gone.erased { "yes" } else { "no" };
    let key = if earlier { "cli-forgotten-earlier" } else { "cli-forgotten" };
    let name = wording::field(words, &gone.name);
    let mut said = vec![words.with(key, &[("name", (&name).into()), ("erased", erased.into())])];
    if gone.readings > 0 {
        said.push(words.with("cli-forgotten-readings", &[("readings", gone.readings.into())]));
    }
    if gone.readings_kept > 0 {
        said.push(words.with("cli-forgotten-kept", &[("readings", gone.readings_kept.into())]));
    }
    said.extend(gone.held(words));
    said.join("\n")
}

/// What a version says, part by part; what it has not is left out.
fn parts(words: &Words, kind: Kind, version: &Version) -> Vec<(String, String)> {
    let part = |name: &str| words.text(&format!("record-part-{name}"));
    let mut pairs = vec![(part(text_part(kind)), version.text.clone())];
    let mut push = |name: String, value: String| {
        if !value.is_empty() {
            pairs.push((name, value));
        }
    };
    push(part("on"), version.on.as_deref().map(|on| moment_of(words, on)).unwrap_or_default());
    push(part(organisation_part(kind)), version.organisation.clone());
    push(part("basis"), version.basis.clone());
    for dated in &version.dates {
        push(dated.what.clone(), words.date(&dated.on));
    }
    let file = version.file.as_ref();
    let file =
        file.map(|file| words.with("record-file", &[("name", (&file.name).into()), ("bytes", file.bytes.into())]));
    push(part("file"), file.unwrap_or_default());
    push(part("says"), says(words, version));
    push(part("at"), moment(words, &version.at));
    push(part("import"), version.import.clone().unwrap_or_default());
    push(part("credential"), version.credential.as_deref().map(short).unwrap_or_default());
    push(part("device"), version.device.as_deref().map(short).unwrap_or_default());
    pairs
}

/// A day, with the minute when there is one: it is in the person's own time already.
fn moment_of(words: &Words, on: &str) -> String {
    match on.split_once('T') {
        Some((day, hour)) => format!("{} {hour}", words.date(day)),
        None => day(words, on),
    }
}

fn says(words: &Words, version: &Version) -> String {
    match (version.says, &version.says_name) {
        (Says::Organisation, Some(name)) => name.clone(),
        (Says::Import, _) => words.text("record-says-import"),
        _ => words.text("record-says-me"),
    }
}

fn marked(words: &Words, record: &Record) -> String {
    let text = &record.newest.text;
    if record.special { format!("{text} ({})", words.text("record-special")) } else { text.clone() }
}

fn text_part(kind: Kind) -> &'static str {
    match kind {
        Kind::Fact => "text-fact",
        Kind::Event => "text-event",
        Kind::Paper => "text-paper",
        Kind::Conclusion => "text-conclusion",
    }
}

fn organisation_part(kind: Kind) -> &'static str {
    if kind == Kind::Conclusion { "organisation-conclusion" } else { "organisation" }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;
    use sesame_api::records::{Dated, File, Holding};

    use super::*;
    use crate::sheet::Look;

    fn paper() -> Record {
        let newest = Version {
            text: "Ba\u{1b}[2Jil".into(),
            on: Some("2026-02-03T14:30".into()),
            organisation: "Ré\u{202e}gie".into(),
            basis: String::new(),
            dates: vec![Dated { what: "préavis".into(), on: "2027-03-01".into() }],
            file: Some(File { name: "bail\u{7}.pdf".into(), bytes: 1_234, blake3: "ab".into() }),
            says: Says::Organisation,
            says_name: Some("La Régie".into()),
            at: "2026-11-20T10:00:00Z".into(),
            device: Some("c".repeat(64)),
            import: None,
            credential: None,
        };
        let before = Version { text: "Bail de 2020".into(), ..newest.clone() };
        Record {
            name: "R12".into(),
            kind: Kind::Paper,
            property: None,
            special: true,
            day: "2026-02-03".into(),
            versions: 2,
            newest,
            earlier: vec![before],
        }
    }

    #[test]
    fn a_record_says_who_when_and_what_it_was_and_steers_no_terminal() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = record(words, &paper(), true).drawn(Look::default());
            for part in ["R12", "14:30", "La Régie", "préavis", "Bail de 2020", &words.date("2027-03-01")] {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(text.contains(&words.text("record-special")), "{text}");
            assert!(!record(words, &paper(), false).drawn(Look::default()).contains("Bail de 2020"));
            let all = Records { records: vec![paper()], next: Some("R12".into()) };
            let list = records(words, &all, Sheet::new()).drawn(Look::default());
            assert!(list.contains("R12") && list.contains("--before R12"), "{list}");
            assert!(!list.contains("data list"), "what was asked for would be lost: {list}");
            for text in [text, list] {
                assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text:?}");
            }
        }
    }

    #[test]
    fn what_is_not_erased_yet_is_not_called_erased() {
        let gone = Forgotten {
            name: "email".into(),
            versions: 1,
            files: 0,
            readings: 3,
            readings_kept: 1,
            erased: true,
            backups: Vec::new(),
            backups_more: 0,
        };
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let done = forgotten(words, &gone, false);
            let waits = forgotten(words, &Forgotten { erased: false, ..gone.clone() }, false);
            assert_eq!(done.lines().count(), 3, "{done}");
            assert_ne!(done, waits);
            let held = Holding { place: "/media/\u{1b}stick".into(), at: "2026-11-20T10:00:00Z".into() };
            let held = forgotten(words, &Forgotten { backups: vec![held], backups_more: 2, ..gone.clone() }, false);
            assert!(held.starts_with(&done) && held.contains("/media/stick"), "{held}");
            assert!(held.contains(&words.date("2026-11-20")) && held.contains('3') && held.contains('2'), "{held}");
            assert!(
                !waits.contains(&words.with("cli-forgotten", &[("name", "email".into()), ("erased", "yes".into())]))
            );
        }
    }
}
