use sesame_api::node::Language;
use sesame_api::vendor::{Account, AccountStanding};

use super::*;
use crate::sheet::Look;

fn field(name: &str, standing: SheetStanding, by: Option<&str>) -> SheetField {
    SheetField {
        field: name.into(),
        value: if standing == SheetStanding::Missing { String::new() } else { format!("{name} says\u{1b}[31m so") },
        mandatory: true,
        standing,
        by: by.map(str::to_owned),
        how: by.map(|_| "seen in the\nregister".into()),
        until: by.map(|_| "2027-01-01T10:00:00Z".into()),
    }
}

fn vendor(name: &str) -> Vendor {
    Vendor {
        id: "b66dc101daf43fe9".into(),
        name: name.into(),
        did: "did:key:z6Mk".into(),
        since: "2026-11-20T10:00:00Z".into(),
        seen: Some("2026-11-21T10:00:00Z".into()),
        blocked: false,
        sheet: vec![
            field("legal_name", SheetStanding::Proven, Some("Chloé")),
            field("seat", SheetStanding::Stated, None),
            field("owners", SheetStanding::Stated, Some("Str\u{202e}anger")),
            field("tax_country", SheetStanding::Missing, None),
        ],
        missing: vec!["tax_country".into()],
        subjects: vec!["siren:552081317".into()],
        markets: vec!["04.5.1".into()],
        terms: vec!["SD-BASE".into(), "their-own".into()],
        uses: vec!["quote".into()],
        accounts: Vec::new(),
    }
}

fn account() -> Account {
    Account {
        id: "a1b2c3d4e5f60718".into(),
        vendor: "b66dc101daf43fe9".into(),
        vendor_name: "Volta".into(),
        standing: AccountStanding::Open,
        missing: Vec::new(),
        since: "2026-11-20T10:00:00Z".into(),
        message: String::new(),
        reference: String::new(),
        visited: None,
        next: None,
        waiting: Vec::new(),
        door: None,
    }
}

#[test]
fn every_field_says_whose_word_it_is_by_a_sign_and_a_word() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let text = sheet(words, &vendor("Vol\u{9b}ta")).drawn(Look::default());
        let line = |name: &str| {
            let label = wording::said(words, name);
            text.lines().find(|line| line.contains(&label)).unwrap_or_else(|| panic!("{name}: {text}")).to_owned()
        };
        for (name, sign, other) in
            [("legal_name", '◆', "Chloé"), ("seat", '◇', ""), ("owners", '◇', "Stranger"), ("tax_country", '○', "")]
        {
            let line = line(name);
            assert!(line.trim_start().starts_with(sign) && line.contains(other), "{line}");
        }
        assert!(line("legal_name").contains("seen in the register"), "{text}");
        assert!(line("legal_name").contains(&words.date("2027-01-01")), "{text}");
        assert!(text.contains("SD-BASE") && text.contains("their-own") && text.contains("siren:552081317"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn without_an_account_the_next_step_is_a_door() {
    let words = Words::of(Language::Fr);
    let alone = sheet(words, &vendor("Volta")).drawn(Look::default());
    assert!(alone.contains("sesame vendor door b66dc101daf4"), "{alone}");
    let mut known = vendor("Volta");
    known.accounts.push(account());
    let text = sheet(words, &known).drawn(Look::default());
    assert!(text.contains("a1b2c3d4e5f6") && !text.contains("sesame vendor door"), "{text}");
    let mut blocked = vendor("Volta");
    blocked.blocked = true;
    assert!(!sheet(words, &blocked).drawn(Look::default()).contains("sesame vendor door"));
}

#[test]
fn the_list_says_in_a_few_words_how_open_each_is() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let (mut open, mut unseen, mut blocked) = (vendor("Open"), vendor(""), vendor("Blocked"));
        open.missing.clear();
        open.accounts.push(account());
        unseen.seen = None;
        blocked.blocked = true;
        let all = Vendors { vendors: vec![open, vendor("Volta"), unseen, blocked] };
        let text = list(words, &all).drawn(Look::default());
        for part in ["cli-vendor-unseen", "cli-vendor-is-blocked", "org-account-open"] {
            assert!(text.contains(&words.text(part)), "{part}: {text}");
        }
        for count in [0_u64, 1] {
            assert!(text.contains(&words.with("cli-vendor-lacks", &[("count", count.into())])), "{text}");
        }
        assert!(text.contains(&wording::organisation(words, "", "b66dc101daf43fe9")), "{text}");
        assert!(list(words, &Vendors::default()).drawn(Look::default()).contains("sesame vendor add"));
    }
}

#[test]
fn a_door_shows_its_code_whole_and_what_to_do_with_it() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let door = Door {
            account: "a1b2c3d4e5f60718".into(),
            code: "SESAME:D1:ABCDEF".into(),
            expires: "2026-12-07T10:00:00Z".into(),
        };
        let text = door_sheet(words, &vendor("Volta"), &door).drawn(Look { width: Some(80), colour: false });
        assert!(text.lines().any(|line| line == "SESAME:D1:ABCDEF"), "{text}");
        assert!(text.contains(&words.date("2026-12-07")) && text.contains('▀'), "{text}");
        assert!(text.contains("sesame vendor visit a1b2c3d4e5f6"), "{text}");
    }
}
