use sesame_api::circle::Waiting;
use sesame_api::node::Language;
use sesame_api::vendor::{Deleted, Knows, KnowsState, No, Withdrawn};

use super::*;
use crate::sheet::Look;

const BOTH: [Language; 2] = [Language::En, Language::Fr];

fn share(stage: Stage) -> Share {
    Share {
        id: "c0ffee0123456789".into(),
        account: "a1".into(),
        vendor: "f0".into(),
        vendor_name: "Vol\u{1b}[2Jta".into(),
        stage,
        purpose: "quote".into(),
        terms: "SD-BASE".into(),
        retention_days: 30,
        values: [("electricity_year_kwh".to_owned(), "41\u{202e}20".to_owned())].into(),
        special: Vec::new(),
        offered: "2025-11-20T10:00:00Z".into(),
        shown: None,
        received: None,
        due: "2025-12-21T10:00:00Z".into(),
        agreement: "bafyagreement".into(),
        no: None,
        withdrawn: None,
        deleted: None,
        overdue: false,
        waiting: Vec::new(),
    }
}

fn shown() -> Share {
    Share {
        shown: Some("2025-11-21T10:00:00Z".into()),
        received: Some("2025-11-22T10:00:00Z".into()),
        ..share(Stage::Shared)
    }
}

fn taken_back(told: bool) -> Share {
    let withdrawn = Withdrawn {
        at: "2025-11-25T10:00:00Z".into(),
        told: told.then(|| "2025-11-26T10:00:00Z".into()),
        deadline: "2025-12-25T10:00:00Z".into(),
    };
    Share { withdrawn: Some(withdrawn), ..shown() }
}

fn drawn(words: &Words, share: &Share) -> String {
    sheet(words, share).drawn(Look::default())
}

/// The signs at the beginning of the lines of a life.
fn signs(text: &str) -> String {
    text.lines().filter_map(|line| line.chars().next()).filter(|sign| "✓○✕✗".contains(*sign)).collect()
}

#[test]
fn a_life_says_each_step_and_whether_it_happened() {
    for language in BOTH {
        let words = Words::of(language);
        assert_eq!(signs(&drawn(words, &share(Stage::Offered))), "✓○○○");
        assert_eq!(signs(&drawn(words, &share(Stage::Agreed))), "✓✓○○");
        assert_eq!(signs(&drawn(words, &shown())), "✓✓✓✓");
        let text = drawn(words, &shown());
        for part in ["2025-11-21", "2025-11-22", "2025-12-21"].map(|day| words.date(day)) {
            assert!(text.contains(&part), "{part}: {text}");
        }
        assert!(text.contains("4120") && text.contains("bafyagreement") && text.contains("SD-BASE"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn withdrawn_told_and_deleted_are_three_facts() {
    for language in BOTH {
        let words = Words::of(language);
        assert_eq!(signs(&drawn(words, &taken_back(false))), "✓✓✓✓✓○○");
        let told = drawn(words, &taken_back(true));
        assert_eq!(signs(&told), "✓✓✓✓✓✓○");
        assert!(told.contains(&words.date("2025-12-25")), "{told}");
        let deleted = Deleted { at: "2025-11-27T10:00:00Z".into(), how: "erased".into() };
        let gone = drawn(words, &Share { deleted: Some(deleted), ..taken_back(true) });
        assert_eq!(signs(&gone), "✓✓✓✓✓✓✓");
        assert!(gone.contains(&words.text("org-deleted-erased")) && !gone.contains("erased\""), "{gone}");
        let overdue = drawn(words, &Share { overdue: true, ..taken_back(true) });
        assert_eq!(signs(&overdue), "✓✓✓✓✓✓○✗");
    }
}

#[test]
fn a_no_is_said_with_whose_it_was_and_nothing_is_expected_after_it() {
    for language in BOTH {
        let words = Words::of(language);
        let no = No { mine: false, reason: "their\u{1b}own".into(), alternative: None };
        let text = drawn(words, &Share { no: Some(no), ..share(Stage::Refused) });
        assert_eq!(signs(&text), "✓✕");
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}

#[test]
fn a_withdrawal_says_what_it_does_and_what_it_cannot_do() {
    for language in BOTH {
        let words = Words::of(language);
        let mut taken = taken_back(false);
        taken.waiting = vec![Waiting {
            what: "withdrawal".into(),
            why: "unreachable".into(),
            since: "2025-11-25T10:00:00Z".into(),
            until: "2025-12-23T10:00:00Z".into(),
        }];
        let text = withdrawn(words, &taken).drawn(Look::default());
        assert!(text.contains(&words.date("2025-12-25")) && text.contains(&words.date("2025-12-23")), "{text}");
        let unseen = withdrawn(words, &Share { shown: None, ..taken }).drawn(Look::default());
        assert_ne!(text.lines().next(), unseen.lines().next());
    }
}

#[test]
fn the_list_and_who_knows_what_say_what_came_last() {
    for language in BOTH {
        let words = Words::of(language);
        for (share, key) in [
            (share(Stage::Offered), "org-stage-offered"),
            (taken_back(false), "org-state-withdrawn"),
            (taken_back(true), "org-state-told"),
            (Share { overdue: true, ..taken_back(true) }, "org-state-overdue"),
        ] {
            let text = list(words, &Shares { shares: vec![share] }).drawn(Look::default());
            assert!(text.contains(&words.text(key)) && text.contains("c0ffee012345"), "{text}");
        }
        let row = Knows {
            vendor: "f0".into(),
            vendor_name: "Vol\u{9b}ta".into(),
            field: "electricity_year_kwh".into(),
            value: "4120".into(),
            since: "2025-11-21T10:00:00Z".into(),
            until: "2025-12-21T10:00:00Z".into(),
            terms: "SD-BASE".into(),
            purpose: "quote".into(),
            share: "c0ffee".into(),
            state: KnowsState::Allowed,
        };
        let text = who_knows(words, &WhoKnows { rows: vec![row] }).drawn(Look::default());
        assert!(text.contains("4120") && text.contains(&words.text("org-state-allowed")), "{text}");
        assert!(!text.contains('\u{9b}'), "{text}");
        assert!(!who_knows(words, &WhoKnows::default()).drawn(Look::default()).is_empty());
        assert!(!list(words, &Shares::default()).drawn(Look::default()).is_empty());
    }
}
