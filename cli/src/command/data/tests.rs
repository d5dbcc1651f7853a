use sesame_api::data::Hole;
use sesame_api::node::Language;

use super::*;
use crate::sheet::Look;

fn import() -> Import {
    Import {
        id: "i1".into(),
        name: "meter\u{1b}]0;owned\u{7}.csv".into(),
        format: "edf-30min".into(),
        at: "2026-11-23T09:14:00Z".into(),
        bytes: 1_000,
        series: "s1".into(),
        readings: 34_812,
        added: 34_812,
        known: 0,
        differing: 0,
        estimated: 12,
        missing: 84,
        days: 727,
        from: "2023-03-12".into(),
        to: "2025-03-08".into(),
        holes: (1..=7).map(|day| Hole { day: format!("2024-01-0{day}"), present: 46, expected: 48 }).collect(),
        clock_changes: vec![Hole { day: "2024-03-31".into(), present: 46, expected: 46 }],
        dry_run: true,
    }
}

#[test]
fn an_import_names_its_holes_and_says_when_nothing_was_kept() {
    let words = Words::of(Language::Fr);
    let text = import_sheet(words, &import()).drawn(Look::default());
    assert!(text.contains("34\u{202f}812"), "{text}");
    assert!(text.contains("01/01/2024") && !text.contains("06/01/2024"), "{text}");
    assert!(text.contains(&words.text("cli-import-dry")), "{text}");
    assert!(!text.contains(&words.text("cli-import-differing")), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn a_negative_power_keeps_its_sign() {
    assert_eq!(watts(Words::of(Language::En), -1_200), "-1,200\u{a0}W");
}

#[test]
fn an_unknown_quantity_is_shown_as_it_is() {
    assert_eq!(quantity(Words::of(Language::En), "steps"), "steps");
    assert_ne!(quantity(Words::of(Language::Fr), "electricity"), "electricity");
}
