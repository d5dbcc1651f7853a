use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::*;

const BOTH: [Language; 2] = [Language::En, Language::Fr];

fn files(language: Language) -> &'static Files {
    match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
    }
}

/// The arguments that a text names, in alphabetical order.
fn arguments(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .map(|rest| rest.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').next().unwrap())
        .collect()
}

/// The text that people see: without selectors, keys of variants and placeables.
fn visible(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_end().ends_with("->") && line.trim() != "}")
        .map(|line| {
            let line = line.trim();
            let variant = line.strip_prefix('*').unwrap_or(line);
            match variant.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
                Some((_, text)) => text,
                None => line,
            }
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_file_is_sound_and_no_key_stands_twice() {
    for language in BOTH {
        let mut seen = BTreeSet::new();
        for (name, source) in files(language) {
            let resource = FluentResource::try_new((*source).to_owned());
            let resource = resource.unwrap_or_else(|(_, errors)| panic!("{language:?}/{name}: {errors:?}"));
            let messages = entries(source).into_iter().filter(|entry| !entry.key.contains('.')).count();
            assert_eq!(words_in(&resource, source), messages, "{language:?}/{name}: the parsers disagree");
            for entry in entries(source) {
                assert!(seen.insert(entry.key.clone()), "{language:?}/{name}: {} stands twice", entry.key);
            }
        }
    }
}

/// How many messages of a file a bundle really knows.
fn words_in(resource: &FluentResource, source: &str) -> usize {
    let mut bundle = FluentBundle::new_concurrent(vec![langid!("en")]);
    bundle.add_resource(FluentResource::try_new(resource.source().to_owned()).unwrap()).unwrap();
    entries(source).iter().filter(|entry| bundle.has_message(&entry.key)).count()
}

#[test]
fn both_languages_say_the_same_things_with_the_same_arguments() {
    let table = |language| -> BTreeMap<String, BTreeSet<String>> {
        let all = files(language).iter().flat_map(|(_, source)| entries(source));
        all.map(|entry| (entry.key, arguments(&entry.text).into_iter().map(str::to_owned).collect())).collect()
    };
    let (english, french) = (table(Language::En), table(Language::Fr));
    let names = |table: &BTreeMap<String, BTreeSet<String>>| table.keys().cloned().collect::<BTreeSet<_>>();
    let apart: Vec<_> = names(&english).symmetric_difference(&names(&french)).cloned().collect();
    assert!(apart.is_empty(), "in one language only: {apart:?}");
    for (key, arguments) in &english {
        assert_eq!(arguments, &french[key], "{key}");
    }
    assert_eq!(keys(Language::En), keys(Language::Fr));
}

#[test]
fn every_code_has_three_parts_that_read_well_without_facts() {
    for language in BOTH {
        let words = Words::of(language);
        for code in Code::ALL {
            let bare = words.problem(&Problem::new(*code));
            for part in [&bare.what, &bare.why, &bare.remedy] {
                assert!(!part.is_empty() && !part.starts_with(&message_of(*code)), "{language:?} {code}: {part}");
                for junk in ["{", "}", "$", "absent", "  ", "\n"] {
                    assert!(!part.contains(junk), "{language:?} {code}: {part}");
                }
                assert!(!part.ends_with('.'), "{language:?} {code}: {part}");
            }
        }
    }
}

#[test]
fn a_fact_that_is_known_is_shown() {
    for language in BOTH {
        let words = Words::of(language);
        let source = files(language).iter().find(|(name, _)| *name == "errors").unwrap().1;
        for entry in entries(source) {
            for argument in arguments(&entry.text) {
                assert!(FACTS.contains(&argument), "{}: ${argument} is no known fact", entry.key);
            }
        }
        let held = Problem::new(Code::VaultInUse).with("pid", 4121).with("since", "09:14");
        assert!(words.problem(&held).why.contains("4121"));
        assert!(words.problem(&held).why.contains("09:14"));
        let large = Problem::new(Code::TooLarge).with("limit_bytes", 64_000_000);
        assert!(words.problem(&large).why.contains("64\u{a0}M"));
        let again = Problem::new(Code::NothingNew).with("name", "meter.csv").with("known", 96);
        assert!(words.problem(&again).what.contains("meter.csv") && words.problem(&again).why.contains("96"));
        let line = Problem::new(Code::BadFile).with("what", "date").with("line", 12).with("found", "32/01/2025");
        assert!(words.problem(&line).why.contains("12") && words.problem(&line).why.contains("32/01/2025"));
    }
}

#[test]
fn a_clause_becomes_a_sentence() {
    assert_eq!(sentence("écrivez-le ; puis réessayez"), "Écrivez-le ; puis réessayez.");
    assert_eq!(sentence("is it there?"), "Is it there?");
    assert_eq!(sentence(""), "");
}

#[test]
fn the_example_of_the_manual_reads_as_it_should() {
    let problem = Problem::new(Code::VaultInUse).with("pid", 4121).with("since", "09:14");
    let said = Words::of(Language::Fr).problem(&problem);
    assert_eq!(said.code, "E0601");
    assert_eq!(said.what, "le coffre est déjà ouvert par un autre processus");
    assert_eq!(said.why, "sesame (PID 4121, depuis 09:14) tient le verrou");
}

#[test]
fn over_asking_is_said_in_three_sentences() {
    let said = |language, count: u64, needed: u64, excess: u64| {
        let words = Words::of(language);
        let asks = words.with("terms-verdict-asks", &[("vendor", "Grand Courant".into()), ("count", count.into())]);
        let needs = words.with("terms-needs-quote", &[("needed", needed.into())]);
        let marked = words.with("terms-verdict-marked", &[("excess", excess.into())]);
        format!("{asks} {needs} {marked}")
    };
    let english = "Grand Courant asks for 7 things. A quote needs 3. The other 4 are marked.";
    assert_eq!(said(Language::En, 7, 3, 4), english);
    let french = "Grand Courant demande 7 informations. Pour un devis, 3 suffisent. Les 4 autres sont marquées.";
    assert_eq!(said(Language::Fr, 7, 3, 4), french);
    let english = "Grand Courant asks for one thing. A quote needs one. Nothing else is asked.";
    assert_eq!(said(Language::En, 1, 1, 0), english);
    let french = "Grand Courant demande une information. Pour un devis, une seule suffit. Rien d’autre n’est demandé.";
    assert_eq!(said(Language::Fr, 1, 1, 0), french);
    // French counts none with one; none needed has a sentence of its own
    let none = Words::of(Language::Fr).with("terms-needs-quote", &[("needed", 0_u64.into())]);
    assert_eq!(none, "Pour un devis, aucune n’est nécessaire.");
}

#[test]
fn french_has_its_spaces_and_no_text_has_two() {
    for language in BOTH {
        for (name, source) in files(language) {
            for entry in entries(source) {
                let text = visible(&entry.text);
                assert!(!text.contains("  "), "{language:?}/{name} {}: two spaces", entry.key);
                if language == Language::Fr {
                    let wrong = misplaced(&text);
                    assert!(wrong.is_none(), "{name} {}: {wrong:?} in {text}", entry.key);
                }
            }
        }
    }
}

/// The first sign of a French text that lacks its space: U+202F before `; ! ? » %` and after `«`, U+00A0 before a colon
/// that ends a clause (one inside a code such as `siren:552` needs none).
fn misplaced(text: &str) -> Option<char> {
    let signs: Vec<char> = text.chars().collect();
    signs.iter().enumerate().find_map(|(place, sign)| {
        let before = place.checked_sub(1).map(|place| signs[place]);
        let after = signs.get(place + 1).copied();
        let right = match sign {
            ';' | '!' | '?' | '»' | '%' => before == Some('\u{202F}'),
            '«' => after == Some('\u{202F}'),
            ':' if after.is_none_or(char::is_whitespace) => before == Some('\u{A0}') || after == Some('\u{202F}'),
            _ => true,
        };
        (!right).then_some(*sign)
    })
}

#[test]
fn every_key_in_the_sources_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = Vec::new();
    for folder in ["cli/src", "node/src", "node/templates"] {
        gather(&root.join(folder), &mut sources);
    }
    let mut used = 0;
    for path in sources {
        let source = std::fs::read_to_string(&path).unwrap();
        for key in asked(&source) {
            used += 1;
            assert!(Words::of(Language::En).has(key), "{}: no words for {key:?}", path.display());
        }
    }
    assert!(used > 50, "only {used} keys were found: does the search still work?");
}

/// The keys that a source asks for by `text("…")`, and by `with("…"` where `words` is asked.
fn asked(source: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for (call, receivers) in [(".text(", &[""][..]), (".with(", &["words", "words()", "w"][..])] {
        for (place, _) in source.match_indices(call) {
            let before = source[..place].trim_end();
            if !receivers.iter().any(|receiver| before.ends_with(receiver)) {
                continue;
            }
            let rest = source[place + call.len()..].trim_start().trim_start_matches('&');
            if let Some(key) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                keys.push(key);
            }
        }
    }
    keys
}

fn gather(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html" || ending == "svg") {
            into.push(path);
        }
    }
}

#[test]
fn the_flag_wins_then_the_variable_then_the_locale() {
    let with = |flag, pairs: &[(&str, &str)]| {
        choose(flag, |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    };
    assert_eq!(with(Some("fr"), &[("SESAME_LANG", "en")]), Language::Fr);
    assert_eq!(with(None, &[("SESAME_LANG", "fr"), ("LC_ALL", "en_GB.UTF-8")]), Language::Fr);
    assert_eq!(with(None, &[("LC_ALL", ""), ("LANG", "fr_CA.UTF-8")]), Language::Fr);
    assert_eq!(with(None, &[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]), Language::En);
    assert_eq!(with(None, &[("LC_MESSAGES", "fr_FR"), ("LANG", "en_GB")]), Language::Fr);
    assert_eq!(with(None, &[]), Language::En);
}

#[test]
fn numbers_are_written_the_way_of_the_language() {
    let (english, french) = (Words::of(Language::En), Words::of(Language::Fr));
    assert_eq!(english.number(34_812), "34,812");
    assert_eq!(french.number(34_812), "34\u{202f}812");
    assert_eq!(french.number(1_234_567), "1\u{202f}234\u{202f}567");
    assert_eq!(english.number(999), "999");
    assert_eq!(french.decimal(-1234.5, 2), "-1\u{202f}234,50");
    assert_eq!(french.percent(64), "64\u{202f}%");
    assert_eq!(english.percent(64), "64%");
}

#[test]
fn energy_is_rounded_before_its_unit_is_chosen() {
    let (english, french) = (Words::of(Language::En), Words::of(Language::Fr));
    assert_eq!(english.energy(0), "0\u{a0}Wh");
    assert_eq!(english.energy(999), "999\u{a0}Wh");
    assert_eq!(french.energy(4_249), "4,2\u{a0}kWh");
    assert_eq!(french.energy(412_400), "412\u{a0}kWh");
    assert_eq!(english.energy(999_600), "1.0\u{a0}MWh");
    assert_eq!(french.energy(1_300_000), "1,3\u{a0}MWh");
    assert_eq!(english.energy(12_723_400), "12.7\u{a0}MWh");
    assert_eq!(french.energy(u64::MAX).split('\u{a0}').next_back(), Some("GWh"));
    assert_eq!(french.bytes(64_000_000), "64\u{a0}Mo");
    assert_eq!(english.bytes(1_500), "1.5\u{a0}kB");
}

#[test]
fn dates_are_written_the_way_of_the_language() {
    let (english, french) = (Words::of(Language::En), Words::of(Language::Fr));
    assert_eq!(english.date("2025-03-02"), "2 Mar 2025");
    assert_eq!(french.date("2025-03-02"), "02/03/2025");
    assert_eq!(french.day_of("2025-03-02T23:30:00Z"), "02/03/2025");
    assert_eq!(french.month("2025-01"), "janvier 2025");
    assert_eq!(english.month("2025-12"), "December 2025");
    for junk in ["", "2025-13-01", "2025-00-10", "é025-01-01", "2025-1-1", "2025-01-01-01"] {
        assert_eq!(english.date(junk), junk);
    }
    assert_eq!(french.day_of("aujourd'hui"), "aujourd'hui");
    assert_eq!(french.weekday(1), "lundi");
    assert_eq!(french.weekday(8), "8");
    assert_eq!(french.hour(7), "7\u{a0}h");
}
