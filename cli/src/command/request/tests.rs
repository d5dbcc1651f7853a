use sesame_api::circle::Waiting;
use sesame_api::node::Language;
use sesame_api::vendor::{AskedField, Need, No, Source};

use super::*;
use crate::sheet::Look;

fn field(name: &str, need: Need, suggestion: &str) -> AskedField {
    AskedField {
        field: name.into(),
        need,
        before: None,
        identifies: false,
        special: false,
        suggestion: suggestion.into(),
        source: if suggestion.is_empty() { Source::None } else { Source::Said },
    }
}

fn request() -> Request {
    Request {
        id: "c0ffee0123456789".into(),
        account: "a1".into(),
        vendor: "f0".into(),
        vendor_name: "Vol\u{1b}[2Jta".into(),
        at: "2026-11-20T10:00:00Z".into(),
        until: "2026-12-18T10:00:00Z".into(),
        stage: Stage::Asked,
        purpose: "quote".into(),
        why: "Pour un\u{202e} devis.\nMerci".into(),
        terms: "SD-BASE-A".into(),
        terms_are_looser: true,
        retention_days: 365,
        retention_days_justified: 90,
        recipients: vec!["siren:55208\u{9b}1317".into()],
        fields: vec![
            field("electricity_year_kwh", Need::Needed, "4120"),
            field("postal_code", Need::Useful, ""),
            AskedField { identifies: true, ..field("telephone", Need::Excess, "") },
            AskedField {
                special: true,
                before: Some("2026-01-05T10:00:00Z".into()),
                ..field("religion", Need::Excess, "")
            },
            field("volta.score", Need::Unknown, ""),
        ],
        needed: 1,
        excess: 3,
        smaller: vec!["electricity_year_kwh".into()],
        smaller_days: 90,
        no: None,
    }
}

fn given(smaller: bool, give: &[&str]) -> Given {
    Given { smaller, give: give.iter().map(|text| (*text).to_owned()).collect(), from: None }
}

fn values(found: BTreeMap<String, Option<String>>) -> Vec<(String, Option<String>)> {
    found.into_iter().collect()
}

#[test]
fn over_asking_is_said_in_the_same_three_sentences_everywhere() {
    let mut request = request();
    request.vendor_name = "Volta".into();
    let english = verdict::over_asking(Words::of(Language::En), &request);
    assert_eq!(english, "Volta asks for 5 things. A quote needs one. The other 4 are marked.");
    request.needed = 0;
    let none = verdict::over_asking(Words::of(Language::Fr), &request);
    assert!(none.ends_with(&Words::of(Language::Fr).text("terms-verdict-all-marked")), "{none}");
}

#[test]
fn every_field_has_a_sign_and_a_word_of_its_own() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let text = verdict::sheet(words, &request()).drawn(Look::default());
        for (name, sign, word) in [
            ("electricity_year_kwh", '●', "terms-need-needed"),
            ("postal_code", '◐', "terms-need-useful"),
            ("telephone", '✕', "terms-need-excess"),
            ("volta.score", '?', "terms-need-unknown"),
        ] {
            let line = text.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {text}"));
            assert!(line.trim_start().starts_with(sign) && line.contains(&words.text(word)), "{line}");
        }
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn what_is_too_much_is_said_beside_what_would_do() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let text = verdict::sheet(words, &request()).drawn(Look::default());
        let said = [
            words.with("terms-verdict-retention", &[("days", 365_u64.into()), ("longest", 90_u64.into())]),
            words.text("terms-verdict-special"),
            words.text("cli-request-identifies"),
            words.text("cli-request-looser"),
            words.text("terms-roster-SD-BASE-A-means"),
            words.with("terms-verdict-before", &[("date", (&words.date("2026-01-05")).into())]),
            "siren:552081317".to_owned(),
            "4120".to_owned(),
            "Pour un devis. Merci".to_owned(),
            "sesame request answer c0ffee012345 --smaller".to_owned(),
        ];
        for part in said {
            assert!(text.contains(&part), "{part}: {text}");
        }
        let modest = Request {
            retention_days: 30,
            recipients: Vec::new(),
            terms_are_looser: false,
            smaller: Vec::new(),
            ..request()
        };
        let text = verdict::sheet(words, &modest).drawn(Look::default());
        assert!(text.contains(&words.text("terms-verdict-nobody-else")), "{text}");
        assert!(text.contains(&words.text("terms-verdict-smaller-none")), "{text}");
        assert!(!text.contains(&words.text("cli-request-looser")), "{text}");
    }
}

#[test]
fn what_was_decided_no_longer_asks_for_a_decision() {
    let words = Words::of(Language::Fr);
    let no = No { mine: false, reason: "closed".into(), alternative: None };
    let refused = Request { stage: Stage::Refused, no: Some(no), ..request() };
    let text = verdict::sheet(words, &refused).drawn(Look::default());
    assert!(text.contains(&words.text("org-stage-refused")) && !text.contains("--smaller"), "{text}");
    let all = Requests { requests: vec![refused] };
    assert!(!list(words, &all).drawn(Look::default()).contains("2026-12-18"));
    let all = Requests { requests: vec![request()] };
    let text = list(words, &all).drawn(Look::default());
    assert!(text.contains("sesame request show c0ffee012345") && !text.contains('\u{1b}'), "{text}");
    assert!(list(words, &Requests::default()).drawn(Look::default()).contains(&words.text("cli-requests-none")));
}

#[test]
fn the_smaller_answer_takes_what_was_said_before_and_a_given_value_wins() {
    let (request, own) = (request(), |text: &str| Some(text.to_owned()));
    let key = "electricity_year_kwh".to_owned();
    let chosen_of = |given: Given, lines: &str| chosen(&request, &given, lines).map(values);
    assert_eq!(chosen_of(given(true, &[]), "").unwrap(), [(key.clone(), own("4120"))]);
    assert_eq!(chosen_of(given(true, &["electricity_year_kwh=4000"]), "").unwrap(), [(key.clone(), own("4000"))]);
    assert_eq!(chosen_of(given(false, &["electricity_year_kwh"]), "").unwrap(), [(key.clone(), own("4120"))]);
    let asked = chosen_of(given(false, &["postal_code"]), "").unwrap();
    assert_eq!(asked, [("postal_code".to_owned(), None)], "nothing is known, so the person is asked");
}

#[test]
fn values_come_from_lines_so_that_no_argument_holds_one() {
    let lines = "# mine\n\nelectricity_year_kwh = 4120\nnote=a=b\n";
    assert_eq!(pairs(lines).unwrap(), [("electricity_year_kwh", "4120"), ("note", "a=b")]);
    let wrong = pairs("a secret without a name").unwrap_err();
    assert_eq!(wrong.code, Code::BadValue);
    assert!(!wrong.facts.values().any(|fact| fact.contains("secret")), "{wrong:?}");
}

#[test]
fn an_offer_says_what_is_lent_and_that_nothing_is_seen_yet() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let share = Share {
            id: "c0ffee0123456789".into(),
            account: "a1".into(),
            vendor: "f0".into(),
            vendor_name: "Vol\u{1b}[2Jta".into(),
            stage: Stage::Offered,
            purpose: "quote".into(),
            terms: "SD-BASE".into(),
            retention_days: 30,
            values: [("electricity_year_kwh".to_owned(), "4120".to_owned())].into(),
            special: Vec::new(),
            offered: "2026-11-20T10:00:00Z".into(),
            shown: None,
            received: None,
            due: "2026-12-20T10:00:00Z".into(),
            agreement: "bafy".into(),
            no: None,
            withdrawn: None,
            deleted: None,
            overdue: false,
            waiting: vec![Waiting {
                what: "offer".into(),
                why: "not_tried".into(),
                since: "2026-11-20T10:00:00Z".into(),
                until: "2026-12-18T10:00:00Z".into(),
            }],
        };
        let text = offered(words, &share).drawn(Look::default());
        assert!(text.contains(&words.text("terms-roster-yours")) && text.contains("30"), "{text}");
        assert!(text.contains(&wording::field(words, "electricity_year_kwh")), "{text}");
        assert!(text.contains(&words.date("2026-12-18")) && !text.contains('\u{1b}'), "{text}");
    }
}
