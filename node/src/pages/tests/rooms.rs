//! The rooms of organisations in every state and in both languages, rendered without a node: no state lacks its words, and
//! yes never weighs more than no.

use askama::Template;
use sesame_api::node::Language;
use sesame_api::vendor::{AccountStanding, KnowsState, Stage};
use sesame_api::words::Words;

use super::sample::{self, DESK_STANDINGS, HOOKS, KNOWN, LONG_AGO, STAGES, STANDINGS, frame};
use crate::pages::desk::attestations;
use crate::pages::frame::Frame;
use crate::pages::organisations::request::Asked;
use crate::pages::organisations::sheet::{Line, Sheet};
use crate::pages::organisations::{Kept, Organisations};
use crate::pages::{attest, decide, desk, home, knows, label, share};

const BOTH: [Language; 2] = [Language::En, Language::Fr];

/// Every page with every state, each with its name.
fn pages(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let text = "Volta";
    let frame = || frame(language, text);
    let mut pages = Vec::new();
    let mut add = |name: String, page: Result<String, askama::Error>| {
        pages.push((name, page.expect("every template renders")));
    };
    for standing in STANDINGS {
        let mut vendor = sample::vendor(text);
        vendor.accounts.retain(|account| account.standing == standing);
        let asked = [sample::request(text, Stage::Asked)];
        let kept = vec![Kept::of(words, &vendor, &asked)];
        let list = Organisations { frame: frame(), kept, met: Vec::new(), code: String::new(), name: String::new() };
        add(format!("list {standing:?}"), list.render());
        let lines = STAGES.map(|stage| Line::of(words, &sample::request(text, stage))).into();
        let sheet = Sheet { said: said(words, false), ..Sheet::of(frame(), vendor, lines) };
        add(format!("sheet {standing:?}"), sheet.render());
    }
    for (name, blocked, seen) in [("blocked", true, None), ("unseen", false, None), ("alone", false, Some(text))] {
        let accounts = Vec::new();
        let vendor =
            sesame_api::vendor::Vendor { blocked, seen: seen.map(str::to_owned), accounts, ..sample::vendor("") };
        let kept = vec![Kept::of(words, &vendor, &[])];
        let list = Organisations { frame: frame(), kept, met: Vec::new(), code: String::new(), name: String::new() };
        add(format!("list {name}"), list.render());
        add(format!("sheet {name}"), Sheet::of(frame(), vendor, Vec::new()).render());
    }
    for stage in STAGES {
        let asked = || sample::request(text, stage);
        add(format!("request {stage:?}"), Asked::of(frame(), asked(), None, LONG_AGO).render());
        add(format!("request {stage:?}, too late"), Asked::of(frame(), asked(), None, "9").render());
        let shared = sample::share(text, stage, None);
        add(format!("share {stage:?}"), share::Shown::of(frame(), shared, Some(share::paper(words, ""))).render());
    }
    for state in KNOWN {
        let shared = sample::share(text, Stage::Shared, Some(state));
        add(format!("share {state:?}"), share::Shown::of(frame(), shared, None).render());
    }
    let holders = knows::holders(words, sample::known(text));
    let things = knows::things(words, &holders);
    let matrix = knows::Knows {
        frame: frame(),
        holders,
        things,
        series: Vec::new(),
        people: vec![text.into()],
        card: text.into(),
        shared: 1,
    };
    add("knows".into(), matrix.render());
    let cards = vec![
        decide::of_account(words, &sample::account(text, AccountStanding::Asked)),
        decide::of_account(words, &sample::account("", AccountStanding::Asked)),
        decide::of_request(words, &sample::request(text, Stage::Asked)),
    ];
    add("decide".into(), decide::Decide { frame: frame(), cards }.render());
    pages.extend(desk_pages(language));
    pages
}

/// What I say of an organisation, however it stands.
fn said(words: &'static Words, is_named: bool) -> Vec<attest::Said> {
    let one = |(ended, changed)| attest::Said::of(words, sample::attested("seat", ended, changed), is_named);
    [(false, false), (false, true), (true, false)].map(one).into()
}

/// The attestations of a desk: with all of them, with none, and about an organisation that was not reached.
fn attestations(language: Language) -> Vec<(String, Result<String, askama::Error>)> {
    let words = Words::of(language);
    let frame = || Frame { is_desk: true, ..frame(language, "Volta") };
    let looked = || vec![("/desk/attestations/of/1".to_owned(), "Volta".to_owned())];
    let shown = |held, said, looked| {
        let typed = attestations::Typed::default();
        attestations::Shown { frame: frame(), held, said, looked, typed }.render()
    };
    let about = |vendor: sesame_api::vendor::Vendor, said| {
        let form = attest::Form::empty(words, &vendor);
        attestations::About { frame: frame(), vendor, said, form }.render()
    };
    let nothing = sesame_api::desk::Desk { attestations: Vec::new(), ..sample::own("") };
    let unseen = sesame_api::vendor::Vendor { seen: None, sheet: Vec::new(), ..sample::vendor("") };
    let silent = sesame_api::vendor::Vendor { sheet: Vec::new(), ..sample::vendor("") };
    vec![
        ("desk, attestations".to_owned(), shown(sample::own("seat"), said(words, true), looked())),
        ("desk, no attestations".to_owned(), shown(nothing, Vec::new(), Vec::new())),
        ("desk, attest".to_owned(), about(sample::vendor("Volta"), said(words, false))),
        ("desk, attest unseen".to_owned(), about(unseen, Vec::new())),
        ("desk, attest silent".to_owned(), about(silent, Vec::new())),
    ]
}

/// The rooms of a desk with every state.
fn desk_pages(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let frame = || Frame { is_desk: true, ..frame(language, "Volta") };
    let account = |standing| sample::desk_account("Alice", standing);
    let accounts = DESK_STANDINGS.map(account).into();
    let (next, missing) = (Some("1".to_owned()), vec!["seat".to_owned()]);
    let list = desk::Shown { frame: frame(), accounts, next, is_first: false, missing, typed: desk::Typed::default() };
    let requests = || account(sesame_api::desk::Standing::Open).requests;
    let profile = |own| desk::profile::Shown::of(frame(), own, None).render();
    let nothing = sesame_api::desk::Desk {
        link: String::new(),
        missing: Vec::new(),
        published: false,
        attestations: Vec::new(),
        ..sample::own("")
    };
    let mut pages = vec![
        ("desk".to_owned(), list.render()),
        ("desk, inbox".to_owned(), desk::Held { frame: frame(), held: requests() }.render()),
        ("desk, empty inbox".to_owned(), desk::Held { frame: frame(), held: Vec::new() }.render()),
        ("desk, decide".to_owned(), desk::ToDecide { frame: frame(), cards: Vec::new(), todo: requests() }.render()),
        ("desk, nothing".to_owned(), desk::ToDecide { frame: frame(), cards: Vec::new(), todo: Vec::new() }.render()),
        ("desk, profile".to_owned(), profile(sample::own("seat"))),
        ("desk, no profile".to_owned(), profile(nothing)),
    ];
    pages.extend(attestations(language));
    for state in HOOKS {
        let webhook = sample::webhook("2026-03-01T10:00:00Z", state);
        let page = desk::webhook::Shown { frame: frame(), webhook, secret: None, url: String::new() };
        pages.push((format!("desk, webhook {state:?}"), page.render()));
    }
    for standing in DESK_STANDINGS {
        let form = desk::account::Form::empty(words);
        let page = desk::account::Shown::of(frame(), account(standing), form);
        pages.push((format!("desk, {standing:?}"), page.render()));
    }
    pages.into_iter().map(|(name, page)| (name, page.expect("every template renders"))).collect()
}

#[test]
fn a_desk_has_rooms_of_its_own_and_none_of_a_person() {
    for (name, html) in desk_pages(Language::En) {
        assert!(html.contains("<body class=\"open desk\">"), "{name}");
        for room in ["/desk", "/desk/decide", "/desk/inbox", "/desk/profile", "/desk/attestations", "/settings"] {
            assert!(html.contains(&format!("href=\"{room}\"")), "{name} has no way to {room}");
        }
        for room in ["/data", "/who-knows", "/circle", "/choose", "/organisations"] {
            assert!(!html.contains(&format!("href=\"{room}\"")), "{name} leads to {room}");
        }
    }
}

#[test]
fn every_state_has_its_words_in_both_languages() {
    for language in BOTH {
        let pages = pages(language);
        assert!(pages.len() > 30, "{}", pages.len());
        for (name, html) in pages {
            for key in [">page-", "\"page-", " page-", "terms-", ">webhook-", " webhook-", "{$", "{ $", "{%", " style="]
            {
                assert!(!html.contains(key), "{language:?}, {name}: {key} in {html}");
            }
            assert_eq!(html.matches("<h1").count(), 1, "{language:?}, {name}");
            assert_eq!(html.matches("<main").count(), 1, "{language:?}, {name}");
        }
    }
}

#[test]
fn yes_and_no_are_buttons_of_one_kind() {
    for language in BOTH {
        for (name, html) in pages(language) {
            for pair in html.split("<div class=\"pair\">").skip(1) {
                let pair = pair.split("</div>").next().expect("a pair ends");
                assert!(!pair.contains("class=\"main\""), "{name}: one of two weighs more in {pair}");
                assert_eq!(pair.matches("<button").count() + pair.matches("<a class=\"button\"").count(), 2, "{name}");
            }
        }
    }
}

#[test]
fn only_what_is_needed_is_ticked_and_the_strictest_terms_are_chosen() {
    let asked = |stage| {
        let page = Asked::of(frame(Language::En, ""), sample::request("x", stage), None, LONG_AGO);
        page.render().expect("every template renders")
    };
    let html = asked(Stage::Asked);
    let ticked: Vec<&str> = html.split("<input ").filter(|input| input.contains(" checked>")).collect();
    assert_eq!(ticked.len(), 2, "{ticked:?}");
    assert!(ticked[0].contains("electricity_month_kwh") && ticked[1].contains("value=\"SD-BASE\""), "{ticked:?}");
    assert!(html.contains("Answer with one") && html.contains("formaction=\"/organisations/requests/1/refuse\""));
    let html = asked(Stage::Refused);
    assert!(
        !html.contains("name=\"terms\" value=\"SD-BASE\" required checked"),
        "they said that they would not sign it"
    );
    assert!(html.contains("value=\"SD-BASE-A\"") && !html.contains("/refuse\""));
}

#[test]
fn a_withdrawal_is_three_facts_and_an_overdue_proof_is_marked() {
    let shown = |state| {
        let page = share::Shown::of(frame(Language::En, ""), sample::share("Volta", Stage::Shared, Some(state)), None);
        page.render().expect("every template renders")
    };
    let of = |html: &str| {
        html.split("id=\"ending\"").nth(1).and_then(|rest| rest.split("</section>").next()).map(str::to_owned)
    };
    for (state, words) in [
        (KnowsState::Withdrawn, ["No longer allowed", "Not told yet", "Proof awaited"]),
        (KnowsState::Told, ["No longer allowed", "Told", "Proof awaited"]),
        (KnowsState::Deleted, ["No longer allowed", "Told", "They say that it is deleted"]),
        (KnowsState::Overdue, ["No longer allowed", "Told", "Overdue"]),
    ] {
        let ending = of(&shown(state)).expect("the section is there");
        assert_eq!(ending.matches("<li>").count(), 3, "{state:?}");
        for word in words {
            assert!(ending.contains(word), "{state:?} does not say {word}: {ending}");
        }
    }
    let overdue = label::knows(KnowsState::Overdue);
    assert_eq!((overdue.shape, overdue.class), ("✕", "danger"));
}

#[test]
fn home_says_what_was_shown_last() {
    let recent = home::Recent {
        name: "Volta".into(),
        fields: "IBAN".into(),
        mark: label::knows(KnowsState::Allowed),
        address: knows::share_address("1"),
    };
    let page = home::Home {
        frame: frame(Language::En, "Home"),
        state: String::new(),
        is_grave: false,
        cards: Vec::new(),
        more: 0,
        finding: None,
        compare: None,
        known: vec![recent],
        next: None,
    };
    let html = page.render().expect("the template renders");
    assert!(html.contains("href=\"/who-knows/share/1\"") && html.contains("May use it"), "{html}");
}
