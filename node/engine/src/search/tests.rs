//! What is found, and what is not.

use super::*;
use crate::records::tests::Person;
use crate::records::{Choice, Content, Saying, Says};
use crate::shelf::{Key, Shelf, Write};
use crate::{Decision, Outcome};

fn keep(person: &mut Person, kind: Kind, text: &str, on: &str, organisation: &str) -> u64 {
    let organisation = organisation.to_owned();
    let content = Content { text: text.into(), on: Some(on.into()), organisation, ..Content::default() };
    let saying = Box::new(Saying { content, file: None, says: Says::Me, source: None });
    let choice = Choice::Keep { name: None, kind, saying, is_special: false };
    match person.decide(Decision::Record(choice)) {
        Ok(Outcome::Kept(Name::Number(number))) => number,
        other => panic!("{other:?}"),
    }
}

fn imported(name: &str) -> Decision {
    let source = series::Source {
        vendor: "EDF".into(),
        quantity: "electricity".into(),
        unit: "W".into(),
        meter: None,
        step: 3600,
        zone: "Europe/Paris".into(),
    };
    Decision::Import(Box::new(series::Import {
        source,
        format: "edf-30min".into(),
        name: name.into(),
        bytes: 1,
        digest: [1; 32],
        points: vec![series::chunk::Point { at: 0, value: 1, estimated: false }],
        original: vec![1],
        report: series::Report { from: "1970-01-01".into(), to: "1970-01-01".into(), ..series::Report::default() },
    }))
}

fn numbers(person: &Person, query: &Query, most: usize) -> (Vec<u64>, Option<u64>) {
    let hits = everything(&person.memory, query, most, &|_| String::new()).unwrap();
    let number = |found: &Found| match found.name {
        Name::Number(number) => number,
        Name::Field(_) => 0,
    };
    (hits.records.iter().map(number).collect(), hits.next)
}

#[test]
fn words_organisation_days_and_kind_must_all_hold() {
    let mut alice = Person::new();
    let bill = keep(&mut alice, Kind::Paper, "Facture d'électricité", "2026-01-15", "Volta");
    let call = keep(&mut alice, Kind::Event, "Appel au sujet de la facture", "2026-02-03T14:30", "Volta");
    let lease = keep(&mut alice, Kind::Paper, "Bail", "2020-06-01", "Régie du Parc");
    let ask = |query: Query| numbers(&alice, &query, 10).0;
    let none = Query::default;
    assert_eq!(ask(none()), [lease, call, bill], "newest first");
    assert_eq!(ask(Query { words: "FACTURE".into(), ..none() }), [call, bill]);
    assert_eq!(ask(Query { words: "electricite fact".into(), ..none() }), [bill]);
    assert_eq!(ask(Query { organisation: "regie".into(), ..none() }), [lease]);
    assert_eq!(ask(Query { kinds: [Sort::Record(Kind::Event)].into(), ..none() }), [call]);
    let span = |from: &str, to: &str| Query { from: Some(from.into()), to: Some(to.into()), ..none() };
    assert_eq!(ask(span("2026-01-15", "2026-01-31")), [bill]);
    assert_eq!(ask(span("2026-02-03", "2026-02-03")), [call]);
    assert!(ask(Query { kinds: [Sort::Contact].into(), ..none() }).is_empty());
}

#[test]
fn an_answer_that_is_full_says_where_the_next_begins() {
    let mut alice = Person::new();
    let all: Vec<u64> =
        (0..5).map(|day| keep(&mut alice, Kind::Event, "x", &format!("2026-01-0{}", day + 1), "")).collect();
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let (some, next) = numbers(&alice, &Query { before, ..Query::default() }, 2);
        seen.extend(some);
        before = next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(seen, all.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn a_fact_is_found_by_its_field_in_every_spelling() {
    let mut alice = Person::new();
    alice.decide(Decision::Fact { field: "family_name".into(), value: "Mårtensson".into() }).unwrap();
    let label = |field: &str| if field == "family_name" { "nom de famille".into() } else { String::new() };
    for words in ["martensson", "family", "familyName", "Nom de famille"] {
        let query = Query { words: words.into(), ..Query::default() };
        assert_eq!(records(&alice.memory, &query, 9, &label).unwrap().records.len(), 1, "{words}");
    }
}

#[test]
fn what_is_no_record_is_found_once_however_many_answers_there_are() {
    let mut alice = Person::new();
    for day in 1..=3 {
        keep(&mut alice, Kind::Event, "meter", &format!("2026-01-0{day}"), "");
    }
    alice.decide(imported("meter.csv")).unwrap();
    let ask = |before| {
        let query = Query { words: "meter".into(), before, ..Query::default() };
        everything(&alice.memory, &query, 2, &|_| String::new()).unwrap()
    };
    let first = ask(None);
    assert_eq!((first.records.len(), first.imports.len()), (2, 1));
    let second = ask(first.next);
    assert_eq!((second.records.len(), second.imports.len(), second.next), (1, 0, None));
}

#[test]
fn what_went_into_the_special_drawer_while_it_was_looked_for_is_not_found() {
    let mut alice = Person::new();
    let number = keep(&mut alice, Kind::Event, "migraine", "2026-02-03", "");
    let pages = alice.memory.walk(Shelf::Words, &[], None, 9).unwrap();
    let content = Content { text: "migraine".into(), on: Some("2026-02-04".into()), ..Content::default() };
    let saying = Box::new(Saying { content, file: None, says: Says::Me, source: None });
    let name = Some(Name::Number(number));
    alice.decide(Decision::Record(Choice::Keep { name, kind: Kind::Event, saying, is_special: true })).unwrap();
    // The lines as they were read before.
    alice.memory.commit(pages.into_iter().map(|(name, line)| Write::Put(Key::new(Shelf::Words, name), line)).collect());
    let ask = |is_special| {
        numbers(&alice, &Query { words: "migraine".into(), is_special, ..Query::default() }, 9).0.contains(&number)
    };
    assert!(!ask(false) && ask(true));
}
