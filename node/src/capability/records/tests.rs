//! What a search costs over a real vault. The figure is in docs/CONTRIBUTING.md.

use std::time::{Duration, Instant};

use sesame_engine::{Engine, Input, own, turn};
use sesame_protocol::key::Seed;
use sesame_vault::{Costs, New, Vault};

use super::*;
use crate::runtime::{chance, now, write};

/// How long a search may take.
const GOAL: Duration = Duration::from_millis(200);

#[test]
#[ignore = "writes a hundred thousand records: a measurement"]
fn a_word_is_found_among_a_hundred_thousand_records_in_a_fifth_of_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let seed = Seed::from_entropy([7; 32]);
    let born = own::Born { name: "Alice", is_person: true };
    let first: Vec<_> = own::birth(&seed, born, now(), &mut chance()).unwrap().into_iter().map(write).collect();
    let recovery = seed.recovery().public();
    let new = New { passphrase: b"six words", costs: Costs::TEST, recovery: &recovery, first: &first };
    let mut vault = Vault::create(folder.path(), new).unwrap();
    let view = VaultView::new(vault.reader());
    let mut engine = Engine::open(&view).unwrap();
    let count = sesame_engine::limits::RECORDS_MAX as u64;
    let begun = Instant::now();
    for batch in 0..count / 500 {
        let keep = |number: u64| {
            let text = format!("Facture {number} d'électricité, rue {} à Lyon", number * 7919 % 10_007);
            let on = Some(format!("20{:02}-{:02}-{:02}", number % 30, number % 12 + 1, number % 28 + 1));
            let organisation = format!("Fournisseur {}", number % 50);
            let content = records::Content { text, on, organisation, ..records::Content::default() };
            let saying = Box::new(Saying { content, file: None, says: records::Says::Me, source: None });
            let kind = records::Kind::Event;
            let decision = Decision::Record(Choice::Keep { name: None, kind, saying, is_special: false });
            Input::Asked { ask: number, decision }
        };
        let inputs = (batch * 500..(batch + 1) * 500).map(keep).collect();
        let step = turn(&mut engine, &view, inputs, now(), &mut chance()).unwrap();
        vault.commit(step.writes.into_iter().map(write).collect::<Vec<_>>()).unwrap();
    }
    println!("{count} records are kept in {:.1} s", begun.elapsed().as_secs_f64());
    for (words, at_least) in [("electricite 9001", 1), ("facture", FOUND_MAX), ("nowhere", 0)] {
        let mut best = Duration::MAX;
        for _ in 0..5 {
            let begun = Instant::now();
            let query = Query { words: words.to_owned(), ..Query::default() };
            let hits = search::everything(&view, &query, FOUND_MAX, &label).unwrap();
            best = best.min(begun.elapsed());
            assert!(hits.records.len() >= at_least && (at_least > 0 || hits.records.is_empty()), "{words}");
        }
        println!("{words:?} is looked for in {:.0} ms", best.as_secs_f64() * 1000.0);
        assert!(best < GOAL, "{words:?} took {best:?}");
    }
    let size = walk(folder.path());
    println!("the vault takes {} MB", size / 1_000_000);
}

/// Bytes of all files below a folder.
fn walk(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries.map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { entry.metadata().unwrap().len() }).sum()
}
