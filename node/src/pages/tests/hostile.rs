//! A hundred hostile texts in every field that somebody else can fill, in every template. A page with hostile text must
//! have the same elements and attributes as the same page with a plain word, and no address of elsewhere.

use std::time::Instant;

use askama::Template;
use sesame_api::backup::{Backup, Passphrase};
use sesame_api::care::{Finding, Health, Place, Report, Severity};
use sesame_api::circle::{
    Advice, Audience, Circle, Confidence, Contact, Invitation, Marks, Rating, Reason, Standing as Met, Trust, Waiting,
};
use sesame_api::data::{Hole, Import, Series};
use sesame_api::desk::Standing;
use sesame_api::node::{Language, NetworkStatus, State, Status, VaultStatus};
use sesame_api::safe::Safe;
use sesame_api::vendor::{AccountStanding, KnowsState, Stage};
use sesame_api::webhook;
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::sample;
use crate::pages::decide::{self, Card, Decide};
use crate::pages::desk::attestations;
use crate::pages::facts::{self, Typed};
use crate::pages::frame::{Frame, ProblemPage, Room, Trouble};
use crate::pages::organisations::request::Asked;
use crate::pages::organisations::sheet::{Line, Sheet};
use crate::pages::{
    attest, care, choose, circle, data, desk, finding, home, knows, label, organisations, records, series, settings,
    setup, share, unlock, upload,
};

const PAYLOADS: [&str; 25] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<a href=\"https://evil.tld\">x</a>",
    "<form action=\"https://evil.tld\"><input name=token>",
    "<base href=\"https://evil.tld/\">",
    "<meta http-equiv=refresh content=\"0;url=https://evil.tld\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3C;script&#x3E;",
    "{{ 7*7 }}{% include 'x' %}",
    "\u{202e}>tpircs<\u{200b}\u{feff}x",
    "<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
    "//evil.tld/?x=<b>",
];

/// Each payload alone, in the middle, at the end of an open quote, and after a line break.
fn hostile_texts() -> Vec<String> {
    let wrap = [("", ""), ("a ", " b"), ("\"", "'"), ("a\r\n", "\n\n")];
    PAYLOADS.iter().flat_map(|payload| wrap.map(|(before, after)| format!("{before}{payload}{after}"))).collect()
}

fn frame(text: &str) -> Frame {
    let words = Words::of(Language::Fr);
    let problem =
        Problem::new(Code::BadFile).with("file", text).with("why", text).with("line", text).with("value", text);
    Frame {
        words,
        title: Safe(text).to_string(),
        room: Room::Data,
        path: choose::address(text),
        token: "0".repeat(64),
        state: State::Open,
        fingerprint: text.to_owned(),
        notice: Some(text.to_owned()),
        trouble: Some(Trouble::of(words, &problem, Some("file"))),
        decisions: 2,
        is_desk: false,
    }
}

fn one_import(text: &str) -> Import {
    let hole = || vec![Hole { day: text.into(), present: 1, expected: 2 }];
    Import {
        id: "1".into(),
        name: text.into(),
        format: text.into(),
        at: text.into(),
        bytes: 1,
        series: "1".into(),
        readings: 1,
        added: 1,
        known: 1,
        differing: 1,
        estimated: 1,
        missing: 1,
        days: 1,
        from: text.into(),
        to: text.into(),
        holes: hole(),
        clock_changes: hole(),
        dry_run: true,
    }
}

fn one_series(text: &str) -> Series {
    Series {
        id: "1".into(),
        vendor: text.into(),
        quantity: text.into(),
        meter: Some(text.into()),
        step: 1800,
        from: text.into(),
        to: text.into(),
        readings: 1,
        watt_hours: 1,
        counts: true,
    }
}

fn one_contact(text: &str) -> Contact {
    let words = || vec![text.to_owned(); 6];
    let waiting = Waiting { what: text.into(), why: text.into(), since: text.into(), until: text.into() };
    Contact {
        id: "1".into(),
        name: text.into(),
        did: text.into(),
        standing: Met::Changed,
        trust: Trust::Some,
        linked: true,
        words_en: words(),
        words_fr: words(),
        recommendations: 1,
        waiting: vec![waiting],
    }
}

fn one_rating(text: &str) -> Rating {
    Rating {
        id: "1".into(),
        subject: text.into(),
        label: text.into(),
        market: Some(text.into()),
        marks: Marks { overall: Some(1), ..Marks::default() },
        text: text.into(),
        audience: Audience::Contacts,
        at: text.into(),
        retracted: false,
    }
}

fn one_advice(text: &str) -> Advice {
    let reason = Reason {
        through: text.into(),
        contact: "1".into(),
        percent: 3,
        trust: Trust::Some,
        mark: 1,
        marks: Marks::default(),
        text: text.into(),
        at: text.into(),
        id: "1".into(),
    };
    Advice {
        subject: text.into(),
        label: text.into(),
        score: Some(3),
        confidence: Confidence::One,
        price: 4,
        reasons: vec![reason],
        mine: Some(one_rating(text)),
    }
}

fn one_card(text: &str) -> Card {
    Card {
        title: text.into(),
        what: text.into(),
        why: text.into(),
        action: ("/decide".into(), text.into()),
        other: Some(("/decide".into(), text.into())),
        is_grave: true,
    }
}

fn one_settings(text: &str) -> settings::Settings {
    let backup = Backup {
        id: text.into(),
        at: text.into(),
        place: text.into(),
        file: false,
        batch: 1,
        entries: 1,
        bytes: 1,
        digest: text.into(),
        passphrase: Passphrase::Today,
        checked: Some(text.into()),
    };
    let (webhook, backups) = (Some(text.into()), vec![backup]);
    let care = one_care(text);
    settings::Settings { frame: frame(text), status: one_status(text), care, webhook, backups, place: text.into() }
}

fn one_status(text: &str) -> Status {
    let vault = VaultStatus {
        name: text.into(),
        vendor: false,
        did: text.into(),
        batch: 1,
        journal_bytes: 1,
        readings: 1,
        contacts: 1,
        words_checked: false,
        index_rebuilt: false,
        backup: None,
        checked: None,
    };
    let network = NetworkStatus { listening: vec![text.into()], ..NetworkStatus::default() };
    Status {
        state: State::Open,
        version: text.into(),
        pid: 1,
        since: text.into(),
        home: text.into(),
        page: text.into(),
        fingerprint: text.into(),
        vault: Some(vault),
        network: Some(network),
        problem: None,
    }
}

fn one_care(text: &str) -> care::Care {
    let of = |severity, kind: &str| Finding {
        severity,
        kind: kind.into(),
        file: Some(text.into()),
        offset: Some(1),
        bytes: Some(1),
        batch: None,
        mode: None,
    };
    let findings = vec![of(Severity::Notice, "stray"), of(Severity::Lost, "frames")];
    let places = vec![Place { path: text.into(), kind: "settings".into(), sealed: false }];
    let report = Report { findings, ..Report::default() };
    let health = Health { places, freeable: true, ..Health::default() };
    care::Care::of(Words::of(Language::En), health, Some(&report))
}

fn one_finding(text: &str) -> finding::Finding {
    finding::Finding {
        sentence: text.into(),
        meaning: text.into(),
        chart: String::new(),
        description: text.into(),
        how: text.into(),
        rows: vec![one_row(text)],
        source: "/data".into(),
    }
}

fn one_row(text: &str) -> series::Row {
    series::Row { label: text.into(), energy: text.into(), note: text.into() }
}

/// Every template with `text` wherever somebody else can write.
fn pages(text: &str) -> Vec<(&'static str, String)> {
    people(text)
        .into_iter()
        .chain(things(text))
        .chain(market(text))
        .chain(desk_rooms(text))
        .map(|(name, page)| (name, page.expect("every template renders")))
        .collect()
}

type Rendered = (&'static str, Result<String, askama::Error>);

/// The rooms of people and of what they say.
fn people(text: &str) -> Vec<Rendered> {
    let (frame, words, advice) = (|| frame(text), Words::of(Language::Fr), one_advice(text));
    let form = || choose::Form::about(words, &advice);
    let invitation = || Invitation { id: "1".into(), name: text.into(), code: text.into(), expires: text.into() };
    let circle = Circle { contacts: vec![one_contact(text)], invitations: vec![invitation()] };
    let circle = circle::Shown { frame: frame(), circle, has_invitation: true, code: text.into(), name: text.into() };
    let weights = ["much", "some", "little", "none"].map(|word| (word, text.to_owned(), false));
    let person = circle::Person { frame: frame(), contact: one_contact(text), is_french: true, weights };
    let made = circle::Made { frame: frame(), invitation: invitation(), picture: None };
    let choose = choose::Shown {
        frame: frame(),
        subjects: vec![one_advice(text)],
        ratings: vec![one_rating(text)],
        form: form(),
        subject: text.into(),
    };
    let about = choose::About { frame: frame(), advice: one_advice(text), form: form() };
    let organisation = organisations::Met {
        name: text.into(),
        readings: 1,
        mine: Some(1),
        circle: Some(1),
        address: choose::address(text),
        data: "/data/series/1".into(),
    };
    vec![
        ("circle", circle.render()),
        ("contact", person.render()),
        ("invitation", made.render()),
        ("choose", choose.render()),
        ("about", about.render()),
        ("organisations", organisations(text, organisation)),
    ]
}

/// The rooms of a desk.
fn desk_rooms(text: &str) -> Vec<Rendered> {
    let (frame, words) = (|| frame(text), Words::of(Language::Fr));
    let account = |standing| sample::desk_account(text, standing);
    let typed = || desk::Typed { code: text.into(), name: text.into(), message: text.into(), reference: text.into() };
    let list = desk::Shown {
        frame: frame(),
        accounts: sample::DESK_STANDINGS.map(account).into(),
        next: None,
        is_first: true,
        missing: vec![text.into()],
        typed: typed(),
    };
    let form = || desk::account::Form {
        own: text.into(),
        why: text.into(),
        days: text.into(),
        recipients: text.into(),
        ..desk::account::Form::empty(words)
    };
    let one = |standing| desk::account::Shown::of(frame(), account(standing), form()).render();
    let profile = desk::profile::Shown::of(frame(), sample::own(text), None);
    let held = account(Standing::Open).requests;
    let (own, form) = (sample::own(text), attest::Form::empty(words, &sample::vendor(text)));
    let typed = attestations::Typed { code: text.into(), link: text.into(), name: text.into() };
    let looked = vec![("/desk".to_owned(), Safe(text).to_string())];
    let words_of = attestations::Shown { frame: frame(), held: own, said: said(text, true), looked, typed };
    let about = attestations::About { frame: frame(), vendor: sample::vendor(text), said: said(text, false), form };
    let hook = |state| desk::webhook::Shown {
        frame: frame(),
        webhook: sample::webhook(text, state),
        secret: Some(text.to_owned().into()),
        url: text.into(),
    };
    vec![
        ("desk", list.render()),
        ("desk account", one(Standing::Open)),
        ("desk account asked", one(Standing::Missing)),
        ("desk attestations", words_of.render()),
        ("desk attest", about.render()),
        ("desk inbox", desk::Held { frame: frame(), held: held.clone() }.render()),
        ("desk decide", desk::ToDecide { frame: frame(), cards: vec![one_card(text)], todo: held }.render()),
        ("desk webhook", hook(webhook::State::Failing).render()),
        ("desk webhook gone", hook(webhook::State::Gone).render()),
        // A link that is too long for a picture has none, so its length must not differ.
        ("desk profile", desk::profile::Shown { picture: None, ..profile }.render()),
    ]
}

/// What I say of an organisation, however it stands. A code that is too long for a picture has none.
fn said(text: &str, is_named: bool) -> Vec<attest::Said> {
    let one = |(ended, changed)| {
        let said = attest::Said::of(Words::of(Language::Fr), sample::attested(text, ended, changed), is_named);
        attest::Said { picture: None, ..said }
    };
    [(false, false), (false, true), (true, false)].map(one).into()
}

fn organisations(text: &str, met: organisations::Met) -> Result<String, askama::Error> {
    let words = Words::of(Language::Fr);
    let kept = vec![organisations::Kept::of(words, &sample::vendor(text), &[sample::request(text, Stage::Asked)])];
    let (frame, met) = (frame(text), vec![met]);
    organisations::Organisations { frame, kept, met, code: text.into(), name: text.into() }.render()
}

/// The rooms of organisations: who they are, what they ask for, what they know.
fn market(text: &str) -> Vec<Rendered> {
    let (frame, words) = (|| frame(text), Words::of(Language::Fr));
    let asked = |stage| Asked::of(frame(), sample::request(text, stage), None, sample::LONG_AGO).render();
    let lines = vec![Line::of(words, &sample::request(text, Stage::Asked))];
    let shared = |ending| sample::share(text, Stage::Shared, ending);
    let paper = share::Paper { rows: vec![("page-receipt-who", text.into())], is_signed: true };
    let holders = knows::holders(words, sample::known(text));
    let things = knows::things(words, &holders);
    let (series, people) = (vec![one_series(text)], vec![text.into()]);
    let knows = knows::Knows { frame: frame(), holders, things, series, people, card: text.into(), shared: 2 };
    let cards = vec![
        decide::of_account(words, &sample::account(text, AccountStanding::Asked)),
        decide::of_request(words, &sample::request(text, Stage::Asked)),
    ];
    vec![
        ("organisation", Sheet { said: said(text, false), ..Sheet::of(frame(), sample::vendor(text), lines) }.render()),
        ("request", asked(Stage::Asked)),
        ("request refused", asked(Stage::Refused)),
        ("request shared", asked(Stage::Shared)),
        ("share", share::Shown::of(frame(), shared(None), Some(paper)).render()),
        ("share overdue", share::Shown::of(frame(), shared(Some(KnowsState::Overdue)), None).render()),
        ("knows", knows.render()),
        ("decide market", Decide { frame: frame(), cards }.render()),
    ]
}

/// All other pages.
fn things(text: &str) -> Vec<Rendered> {
    let frame = || frame(text);
    let home = home::Home {
        frame: frame(),
        state: text.into(),
        is_grave: true,
        cards: vec![one_card(text)],
        more: 1,
        finding: Some(one_finding(text)),
        compare: None,
        known: vec![home::Recent {
            name: text.into(),
            fields: text.into(),
            mark: label::knows(KnowsState::Told),
            address: knows::share_address("1"),
        }],
        next: None,
    };
    let words = Words::of(Language::Fr);
    let lines =
        vec![facts::Line::of(words, sample::fact(text, true)), facts::Line::of(words, sample::fact(text, false))];
    let form = facts::Form { own: text.into(), value: text.into(), ..facts::Form::of(words, &lines, Typed::default()) };
    let (ask, typed) = sample::search(text);
    let found = ["fact", "event", "organisation", "contact", "import"].map(|kind| sample::hit(kind, text));
    let groups = records::groups(words, &found);
    let records = records::All {
        frame: frame(),
        ask,
        groups,
        next: Some(format!("/data/records?{}", sample::search(text).0.query())),
        form: typed.clone(),
        special: records::special(words),
    };
    let record = records::Shown::of(frame(), sample::record(text), typed);
    let data = data::Data {
        frame: frame(),
        series: vec![one_series(text)],
        imports: vec![one_import(text)],
        facts: lines,
        form,
    };
    vec![
        ("home", home.render()),
        ("data", data.render()),
        ("records", records.render()),
        ("record", record.render()),
        ("look", upload::Look { frame: frame(), found: one_import(text) }.render()),
        ("decide", Decide { frame: frame(), cards: vec![one_card(text)] }.render()),
        ("settings", one_settings(text).render()),
        ("ailing", unlock::Ailing { frame: frame(), home: text.into() }.render()),
        ("problem", ProblemPage { frame: frame() }.render()),
        ("check", setup::Check { frame: frame(), asked: vec![(3, text.into())] }.render()),
    ]
}

/// The elements of a page with the names of their attributes, and for addresses how they begin.
fn skeleton(html: &str) -> Vec<String> {
    let mut elements = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let (element, after) = element(rest);
        elements.push(element);
        rest = after;
    }
    elements
}

/// Reads one element up to its `>`, minding quotes as an HTML parser does.
fn element(text: &str) -> (String, &str) {
    let mut shape = String::new();
    let mut name = String::new();
    let mut quote = None;
    let mut value = String::new();
    for (place, sign) in text.char_indices() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => {
                if matches!(name.as_str(), "href" | "src" | "action" | "data-events") {
                    let is_ours = value.starts_with(['#', '?']) || (value.starts_with('/') && !value.starts_with("//"));
                    shape.push_str(if is_ours { "=ours" } else { "=FOREIGN" });
                }
                quote = None;
                value.clear();
            }
            (Some(_), sign) => value.push(sign),
            (None, '"' | '\'') => quote = Some(sign),
            (None, '>') => {
                shape.push_str(&name);
                return (shape, &text[place + 1..]);
            }
            (None, sign) if sign.is_whitespace() => {
                shape.push_str(&name);
                shape.push(' ');
                name.clear();
            }
            (None, '=') => {
                shape.push_str(&name);
            }
            (None, sign) => name.push(sign),
        }
    }
    (format!("OPEN {shape}"), "")
}

#[test]
fn the_reading_of_elements_sees_what_a_browser_sees() {
    assert_eq!(skeleton("<a href=\"/x\">y</a><b>"), ["a href=ourshref", "/a", "b"]);
    assert!(skeleton("<a href=\"https://evil.tld\">").concat().contains("FOREIGN"));
    assert!(skeleton("<a href=\"//evil.tld\">").concat().contains("FOREIGN"));
    assert_ne!(skeleton("<i title=\"x\" onclick=\"y\">"), skeleton("<i title=\"x\">"));
}

#[test]
fn a_hundred_hostile_texts_stay_text_in_every_page() {
    let start = Instant::now();
    let texts = hostile_texts();
    assert_eq!(texts.len(), 100);
    let plain: Vec<(&str, Vec<String>)> =
        pages("plain").into_iter().map(|(name, html)| (name, skeleton(&html))).collect();
    for (name, shape) in &plain {
        assert!(!shape.iter().any(|element| element.contains("FOREIGN") || element.starts_with("OPEN")), "{name}");
    }
    for text in &texts {
        for ((name, html), (_, expected)) in pages(text).iter().zip(&plain) {
            assert_eq!(&skeleton(html), expected, "{name} with {text:?}");
            assert!(!html.contains("<script>") && !html.contains("onerror=alert(1)>"), "{name} with {text:?}");
        }
    }
    println!("{} pages in {:?}", texts.len() * plain.len(), start.elapsed());
}

/// What somebody else wrote stands in `<bdi>`, so that it cannot turn the sentence round it, and without signs that
/// turn or hide.
#[test]
fn what_turns_text_round_is_shown_nowhere() {
    let mut seen = 0;
    for (name, html) in pages("Volta\u{202e}x\u{2066}\u{200b}") {
        // One that is no contact's, no file's and no peer's: the node made it clean before it came here.
        for part in html
            .split("<bdi>")
            .skip(1)
            .filter_map(|rest| rest.split("</bdi>").next())
            .filter(|_| name != "organisations")
        {
            assert!(!part.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "{name} shows {part:?}");
            seen += 1;
        }
    }
    assert!(seen > 15, "{seen}");
}
