use sesame_api::desk::{Stage, Standing};
use sesame_api::node::Language;

use super::*;
use crate::sheet::Look;

const BOTH: [Language; 2] = [Language::En, Language::Fr];

fn request(id: &str, stage: Stage) -> Request {
    Request {
        id: id.into(),
        account: "a1b2c3d4e5f60718".into(),
        agreement: None,
        account_name: "Cust\u{1b}[2Jomer 42".into(),
        fields: vec!["electricity_year_kwh".into(), "their-own".into()],
        purpose: "quote".into(),
        retention_days: 30,
        at: "2025-11-20T10:00:00Z".into(),
        stage,
        offered: vec!["electricity_year_kwh".into()],
        terms: Some("SD-BASE-DP".into()),
        offered_days: Some(21),
        values: std::collections::BTreeMap::new(),
        held: None,
        due: None,
        no: None,
        no_is_mine: false,
        deleted: None,
        deleted_why: None,
    }
}

fn held() -> Request {
    Request {
        values: [("electricity_year_kwh".to_owned(), "41\u{202e}20".to_owned())].into(),
        held: Some("2025-11-21T10:00:00Z".into()),
        due: Some("2025-12-21T10:00:00Z".into()),
        ..request("c0ffee0123456789", Stage::Held)
    }
}

fn account(standing: Standing) -> Account {
    Account {
        id: "a1b2c3d4e5f60718".into(),
        name: "Cust\u{1b}[2Jomer 42".into(),
        standing,
        missing: vec!["seat".into()],
        since: "2025-11-20T10:00:00Z".into(),
        visited: None,
        waiting: 2,
        requests: vec![held()],
    }
}

#[test]
fn a_request_is_found_by_the_beginning_of_its_id_and_a_short_one_is_not() {
    let all = [request("c0ffee01", Stage::Asked), request("c0ffee02", Stage::Asked)];
    assert_eq!(one_of(&all, "C0FFEE01").unwrap().id, "c0ffee01");
    assert_eq!(one_of(&all, "c0ffee0").unwrap_err().facts["why"], "ambiguous");
    assert_eq!(one_of(&all, "c0ff").unwrap_err().code, Code::NotFound);
}

#[test]
fn the_inbox_says_how_to_decide_and_when_what_is_held_is_deleted() {
    for language in BOTH {
        let words = Words::of(language);
        let inbox = Inbox { todo: vec![request("badcafe012345678", Stage::Proffered)], held: vec![held()] };
        let text = ledger::inbox(words, &inbox).drawn(Look::default());
        for part in ["sesame desk accept badcafe01234 --account a1b2c3d4e5f6", "SD-BASE-DP", "21"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(text.contains(&words.date("2025-12-21")), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        let empty = ledger::inbox(words, &Inbox::default()).drawn(Look::default());
        assert!(empty.contains(&words.text("cli-inbox-nothing")), "{empty}");
    }
}

#[test]
fn every_standing_and_stage_has_its_own_words() {
    use Stage::{Agreed, Asked, Ended, Held, Proffered, Refused};
    for language in BOTH {
        let words = Words::of(language);
        let mut seen = Vec::new();
        for standing in [Standing::Asked, Standing::Open, Standing::Refused, Standing::Missing, Standing::Closed] {
            let page = Accounts { accounts: vec![account(standing)], next: Some("a1b2c3d4e5f60718".into()) };
            let text = ledger::accounts(words, &page).drawn(Look::default());
            assert!(text.contains("--after a1b2c3d4e5f60718") && !text.contains('\u{1b}'), "{text}");
            assert!(!seen.contains(&text), "{text}");
            seen.push(text);
        }
        for stage in [Asked, Proffered, Agreed, Held, Refused, Ended] {
            let mut one = account(Standing::Open);
            one.requests = vec![request("c0ffee0123456789", stage)];
            let text = ledger::account(words, &one).drawn(Look::default());
            assert!(!seen.contains(&text) && text.contains("their-own"), "{text}");
            seen.push(text);
        }
    }
}

#[test]
fn an_account_shows_what_is_held_and_how_it_went() {
    for language in BOTH {
        let words = Words::of(language);
        let text = ledger::account(words, &account(Standing::Missing)).drawn(Look::default());
        for part in ["4120", &words.date("2025-12-21"), "seat", "sesame desk again a1b2c3d4e5f6"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
        let mut texts = Vec::new();
        for why in ["withdrawn", "due", "closed", "other"] {
            let ended = Request {
                deleted: Some("2025-11-25T10:00:00Z".into()),
                deleted_why: Some(why.into()),
                ..request("c0ffee0123456789", Stage::Ended)
            };
            let mut one = account(Standing::Open);
            one.requests = vec![ended];
            let text = ledger::account(words, &one).drawn(Look::default());
            assert!(text.contains(&words.date("2025-11-25")) && !texts.contains(&text), "{text}");
            texts.push(text);
        }
    }
}
