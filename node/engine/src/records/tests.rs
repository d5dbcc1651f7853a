//! What a person may keep, correct and forget; and that nothing of the special drawer comes out by itself.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sesame_protocol::key::Seed;

use super::*;
use crate::decide::{Decision, Outcome, Refusal};
use crate::engine::{Effect, Engine, Input, Step, turn};
use crate::shelf::Write;
use crate::view::Memory;
use crate::{erasure, facts, own, search};

const NOW: Timestamp = Timestamp::from_seconds(1_772_323_200);

/// A person's node over memory, with the writes of its last turn.
pub(crate) struct Person {
    pub(crate) memory: Memory,
    engine: Engine,
    rng: ChaCha20Rng,
    now: Timestamp,
    last: Vec<Write>,
}

impl Person {
    pub(crate) fn new() -> Self {
        let mut rng = ChaCha20Rng::from_seed([7; 32]);
        let mut memory = Memory::default();
        let born = own::Born { name: "Alice", is_person: true };
        memory.commit(own::birth(&Seed::from_entropy([7; 32]), born, NOW, &mut rng).unwrap());
        let engine = Engine::open(&memory).unwrap();
        let mut person = Self { memory, engine, rng, now: NOW, last: Vec::new() };
        person.step(Input::Started);
        person
    }

    fn step(&mut self, input: Input) -> Vec<Effect> {
        self.now = Timestamp::from_seconds(self.now.seconds() + 60);
        let Step { writes, effects } =
            turn(&mut self.engine, &self.memory, vec![input], self.now, &mut self.rng).unwrap();
        self.last.clone_from(&writes);
        self.memory.commit(writes);
        effects
    }

    pub(crate) fn decide(&mut self, decision: Decision) -> Result<Outcome, Refusal> {
        let effects = self.step(Input::Asked { ask: 1, decision });
        let reply = effects.into_iter().find_map(|effect| match effect {
            Effect::Reply { outcome, .. } => Some(outcome),
            _ => None,
        });
        reply.expect("a decision is answered")
    }

    fn keep(&mut self, name: Option<&str>, kind: Kind, content: Content) -> Result<Name, Refusal> {
        self.keep_in(name, kind, content, false)
    }

    fn keep_in(&mut self, name: Option<&str>, kind: Kind, content: Content, is_special: bool) -> Result<Name, Refusal> {
        let saying = Box::new(Saying { content, file: None, says: Says::Me, source: None });
        let name = name.map(|name| Name::parse(name).unwrap());
        match self.decide(Decision::Record(Choice::Keep { name, kind, saying, is_special }))? {
            Outcome::Kept(name) => Ok(name),
            other => panic!("{other:?}"),
        }
    }

    fn forget(&mut self, name: &str, whole: bool, is_special: bool) -> Result<Forgotten, Refusal> {
        let name = Name::parse(name).unwrap();
        match self.decide(Decision::Record(Choice::Forget { name, whole, is_special }))? {
            Outcome::Forgotten(forgotten) => Ok(*forgotten),
            other => panic!("{other:?}"),
        }
    }

    fn found(&self, words: &str, is_special: bool) -> Vec<String> {
        let query = search::Query { words: words.into(), is_special, ..search::Query::default() };
        let hits = search::records(&self.memory, &query, 100, &|_| String::new()).unwrap();
        hits.records.iter().map(|found| found.name.to_string()).collect()
    }
}

fn said(text: &str) -> Content {
    Content { text: text.into(), ..Content::default() }
}

fn event(text: &str, on: &str) -> Content {
    Content { on: Some(on.into()), ..said(text) }
}

#[test]
fn a_correction_is_a_version_more_and_the_earlier_ones_stay() {
    let mut alice = Person::new();
    for value in ["1 rue Haute", "2 rue Basse", "2 rue Basse"] {
        alice.keep(Some("streetAddress"), Kind::Fact, said(value)).unwrap();
    }
    let found = one(&alice.memory, &Name::parse("street_address").unwrap()).unwrap().unwrap();
    let texts: Vec<_> = found.record.versions.iter().map(|version| version.content.text.as_str()).collect();
    assert_eq!(texts, ["1 rue Haute", "2 rue Basse"], "the same word twice is one version");
    let newest = found.record.newest().unwrap();
    assert!(newest.at > found.record.versions[0].at && newest.says == Says::Me);
    assert_eq!(newest.device.map(serde_bytes::ByteArray::into_array), Some(own::load(&alice.memory).unwrap().device));
    assert_eq!(facts::all(&alice.memory).unwrap()[0].1.value, "2 rue Basse");

    assert_eq!(alice.forget("street_address", false, false).unwrap().versions, 1);
    assert_eq!(one(&alice.memory, &found.name).unwrap().unwrap().record.versions.len(), 1);
    assert_eq!(alice.forget("street_address", true, false).unwrap().versions, 1);
    assert_eq!(one(&alice.memory, &found.name).unwrap(), None);
    assert_eq!(alice.forget("street_address", true, false), Err(Refusal::NotFound));
}

#[test]
fn a_special_record_needs_to_be_called_so_and_comes_out_of_nothing_by_itself() {
    let mut alice = Person::new();
    assert_eq!(alice.keep(Some("religion"), Kind::Fact, said("quaker")), Err(Refusal::Special));
    alice.keep_in(Some("religion"), Kind::Fact, said("quaker"), true).unwrap();
    let illness = alice.keep_in(None, Kind::Event, event("migraine", "2026-02-01"), true).unwrap().to_string();
    assert!(facts::all(&alice.memory).unwrap().is_empty());
    assert!(alice.found("", false).is_empty() && alice.found("migraine", false).is_empty());
    assert_eq!(alice.found("Migr", true), [illness.as_str()]);
    assert_eq!(alice.found("", true).len(), 2);
    let words = alice.memory.rows().filter(|(key, _)| key.shelf == Shelf::Words).count();
    assert_eq!(words, 0, "nothing of it may be in what is searched");
    assert_eq!(alice.keep(Some(&illness), Kind::Event, event("x", "2026-02-01")), Err(Refusal::Special));
    assert_eq!(alice.forget(&illness, true, false), Err(Refusal::Special));
    let forgotten = alice.forget(&illness, true, true).unwrap();
    assert_eq!(forgotten.entries.len(), 1);
    assert_eq!(alice.found("", true), ["religion"]);
}

#[test]
fn a_record_that_becomes_special_leaves_the_ordinary_drawer_and_the_search() {
    let mut alice = Person::new();
    let name = alice.keep(None, Kind::Event, event("clinic", "2026-02-01")).unwrap().to_string();
    assert_eq!(alice.found("clinic", false), [name.as_str()]);
    alice.keep_in(Some(&name), Kind::Event, event("clinic, room 3", "2026-02-01"), true).unwrap();
    assert!(alice.found("clinic", false).is_empty());
    assert_eq!(alice.found("clinic", true), [name.as_str()]);
    let found = one(&alice.memory, &Name::parse(&name).unwrap()).unwrap().unwrap();
    assert!(found.is_special && found.record.versions.len() == 2);
    let asked = |shelf| {
        let is_asked = |write: &Write| matches!(write, Write::Put(key, _) if key.shelf == Shelf::Erasing && key.name.starts_with(&(shelf as u16).to_be_bytes()));
        alice.last.iter().any(is_asked)
    };
    assert!(asked(Shelf::Record) && asked(Shelf::Words), "both must be erased, and not only dropped");
}

#[test]
fn forgetting_names_every_copy_that_must_go() {
    let mut alice = Person::new();
    let saying = |bytes: &[u8]| {
        let file = Some(Upload { name: "../../bail\u{202e}.pdf".into(), bytes: bytes.to_vec() });
        Box::new(Saying { content: said("Bail"), file, says: Says::Organisation("Régie".into()), source: None })
    };
    let long = vec![5; limits::ORIGINAL_PIECE_BYTES + 1];
    let keep = |name, bytes: &[u8]| {
        Decision::Record(Choice::Keep { name, kind: Kind::Paper, saying: saying(bytes), is_special: false })
    };
    let Ok(Outcome::Kept(name)) = alice.decide(keep(None, &long)) else { panic!("it is kept") };
    alice.decide(keep(Some(name.clone()), &long)).unwrap();
    alice.decide(keep(Some(name.clone()), b"other")).unwrap();
    let found = one(&alice.memory, &name).unwrap().unwrap();
    assert_eq!(found.record.versions.len(), 2, "the same file twice is one version");
    let kept = found.record.versions[0].content.file.clone().unwrap();
    assert_eq!(kept.name, "bail.pdf");
    assert_eq!(file(&alice.memory, &kept).unwrap(), Some(long));
    let mut damaged = alice.memory.clone();
    let piece = damaged.rows().find(|(key, _)| key.shelf == Shelf::File).map(|(key, _)| key.clone()).unwrap();
    damaged.commit(vec![Write::Drop(piece)]);
    assert_eq!(file(&damaged, &kept).unwrap(), None, "part of it is no file");
    assert_eq!(alice.found("regie bail", false), [name.to_string()]);

    let forgotten = alice.forget(&name.to_string(), true, false).unwrap();
    let shelves: Vec<_> = forgotten.entries.iter().map(|key| key.shelf).collect();
    assert_eq!(shelves, [Shelf::File, Shelf::File, Shelf::File, Shelf::Words, Shelf::Record]);
    for key in &forgotten.entries {
        let mut writes = alice.last.clone();
        assert!(erasure::prepare(&mut writes).is_some());
        let place = [(key.shelf as u16).to_be_bytes().as_slice(), &key.name].concat();
        let is_asked =
            |write: &Write| matches!(write, Write::Put(row, _) if row.shelf == Shelf::Erasing && row.name == place);
        assert!(alice.last.iter().any(is_asked), "{key:?} is not erased");
    }
    let left = [Shelf::File, Shelf::Words, Shelf::Record];
    assert_eq!(alice.memory.rows().filter(|(key, _)| left.contains(&key.shelf)).count(), 0);
    assert!(alice.found("", false).is_empty());
}

#[test]
fn what_a_record_says_is_bounded_and_of_its_kind() {
    let mut alice = Person::new();
    let long = "é".repeat(limits::SAID_CHARS_MAX + 1);
    let blank = |field: &str| Err(Refusal::Blank { field: field.into() });
    assert_eq!(alice.keep(None, Kind::Event, said("moved")), blank("on"));
    assert_eq!(alice.keep(None, Kind::Conclusion, said("a good payer")), blank("organisation"));
    assert_eq!(alice.keep(None, Kind::Paper, said(" \u{200b} ")), blank("text"));
    assert!(matches!(alice.keep(None, Kind::Event, event(&long, "2026-01-01")), Err(Refusal::TooLong { .. })));
    let foreign = Content { basis: "x".into(), ..said("v") };
    assert_eq!(alice.keep(Some("email"), Kind::Fact, foreign), Err(Refusal::NoPart { kind: "fact", part: "basis" }));
    for on in ["", "2026-02-30", "2026-2-1", "20260201", "2026-02-01T25:00", "2026-02-01T10:00:00", "-026-02-01"] {
        assert!(matches!(alice.keep(None, Kind::Event, event("x", on)), Err(Refusal::NoDay { .. })), "{on}");
    }
    for name in ["R7", "nothing_there"] {
        assert_eq!(alice.keep(Some(name), Kind::Event, event("x", "2026-02-01")), Err(Refusal::NotFound));
    }
    for name in ["R", "R01", "R-1", "R99999999999999999999", "a/b", "", "Été"] {
        assert_eq!(Name::parse(name), None, "{name}");
    }
    assert_eq!(alice.memory.rows().filter(|(key, _)| key.shelf == Shelf::Record).count(), 0);
}

#[test]
fn a_record_is_corrected_until_it_is_full_and_then_says_so() {
    let mut alice = Person::new();
    for number in 0..limits::VERSIONS_MAX {
        alice.keep(Some("email"), Kind::Fact, said(&format!("{number}@b.example"))).unwrap();
    }
    let refused = alice.keep(Some("email"), Kind::Fact, said("x@b.example"));
    assert_eq!(refused, Err(Refusal::Full { what: "versions", most: limits::VERSIONS_MAX }));
    alice.forget("email", false, false).unwrap();
    alice.keep(Some("email"), Kind::Fact, said("x@b.example")).unwrap();
}

#[test]
fn numbers_are_never_given_twice() {
    let mut alice = Person::new();
    let first = alice.keep(None, Kind::Event, event("one", "2026-02-01")).unwrap();
    alice.forget(&first.to_string(), true, false).unwrap();
    let second = alice.keep(None, Kind::Event, event("two", "2026-02-01")).unwrap();
    assert!(second > first);
}

#[test]
fn facts_of_an_older_program_are_read_and_their_special_ones_get_their_drawer() {
    #[derive(Serialize)]
    struct Old {
        value: String,
        at: Timestamp,
    }
    let mut alice = Person::new();
    for field in ["email", "religion"] {
        alice.memory.commit(vec![row::put(Shelf::Fact, field, &Old { value: "v".into(), at: NOW })]);
    }
    let fields =
        |alice: &Person| facts::all(&alice.memory).unwrap().into_iter().map(|(field, _)| field).collect::<Vec<_>>();
    assert_eq!(fields(&alice), ["email"], "even before the node has started");
    alice.step(Input::Started);
    assert_eq!(fields(&alice), ["email"]);
    let special = special(&alice.memory).unwrap();
    assert_eq!((special.len(), special[0].record.versions[0].at), (1, NOW));
    assert_eq!(alice.found("", false), ["email"]);
    alice.step(Input::Started);
    assert!(!alice.last.iter().any(|write| matches!(write, Write::Put(key, _) if key.shelf == Shelf::Fact)));
}

#[test]
fn sixty_four_of_the_longest_records_are_kept_and_found_in_every_script() {
    let mut alice = Person::new();
    // A letter that falls apart into eighteen when it is folded.
    let long =
        |beginning: &str| format!("{beginning} {}", "\u{fdfa}".repeat(limits::SAID_CHARS_MAX - beginning.len() - 1));
    for number in 0..=limits::LINES_PER_PAGE {
        let organisation = "\u{fdfa}".repeat(sesame_protocol::limits::NAME_CHARS_MAX);
        let text = long(&format!("n{number}"));
        let content = Content { text, organisation, basis: long("basis"), ..Content::default() };
        alice.keep(None, Kind::Conclusion, content).unwrap();
        let puts = alice.last.iter().filter_map(|write| match write {
            Write::Put(key, bytes) => Some((key.shelf, bytes.len())),
            Write::Drop(_) => None,
        });
        for (shelf, bytes) in puts {
            assert!(bytes <= limits::ROW_BYTES_MAX, "{shelf:?} has a row of {bytes} bytes");
        }
    }
    assert_eq!(alice.found("n64", false).len(), 1);
}

#[test]
fn a_record_that_would_outgrow_its_row_is_refused_before_anything_is_written() {
    let mut alice = Person::new();
    let long = |number: usize| {
        let text = format!("{number:04}{}", "𝕏".repeat(limits::SAID_CHARS_MAX - 4));
        let organisation = "𝕏".repeat(sesame_protocol::limits::NAME_CHARS_MAX);
        Content { organisation, basis: text.clone(), text, ..Content::default() }
    };
    let name = alice.keep(None, Kind::Conclusion, long(0)).unwrap().to_string();
    let refused = (1..limits::VERSIONS_MAX).find_map(|number| {
        alice.keep(Some(&name), Kind::Conclusion, long(number)).err().map(|refusal| (number, refusal))
    });
    let (number, refusal) = refused.expect("a row of more than the vault takes");
    assert_eq!(refusal, Refusal::Full { what: "versions", most: number });
    assert!(alice.last.is_empty(), "{:?}", alice.last);
    alice.forget(&name, false, false).unwrap();
    alice.keep(Some(&name), Kind::Conclusion, long(number)).unwrap();
}

#[test]
fn a_correction_writes_no_count_that_stayed_the_same() {
    let mut alice = Person::new();
    let name = alice.keep(None, Kind::Event, event("one", "2026-02-01")).unwrap().to_string();
    alice.keep(Some(&name), Kind::Event, event("two", "2026-02-01")).unwrap();
    alice.keep(Some("email"), Kind::Fact, Content { text: "a@b.example".into(), ..Content::default() }).unwrap();
    assert!(!alice.last.iter().any(|write| matches!(write, Write::Put(key, _) if key.shelf == Shelf::Own)));
}
