//! What is told, when, how often, and what ends it: over memory, with a clock that the test moves.

use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use sesame_protocol::letter::LetterId;
use sesame_protocol::relation::RelationId;

use super::*;
use crate::desk::{Event, Told};
use crate::view::Memory;

const START: Timestamp = Timestamp::from_seconds(1_772_323_200);
const ACCOUNT: RelationId = RelationId::from_bytes([0xa1; 32]);
const REQUEST: LetterId = LetterId::from_bytes([0xb2; 16]);
const DOWN: Outcome = Outcome::Failed { why: Failure::Unreachable, pause: None };

/// A desk that has nothing but a webhook.
struct Bench {
    memory: Memory,
    rng: ChaCha20Rng,
    now: Timestamp,
}

impl Bench {
    fn new() -> Self {
        Self { memory: Memory::default(), rng: ChaCha20Rng::from_seed([7; 32]), now: START }
    }

    /// One whose webhook listens.
    fn listening() -> Self {
        let mut bench = Self::new();
        bench.set("https://example.com/hook").unwrap();
        bench
    }

    fn hook(&self) -> Webhook {
        Webhook::load(&self.memory).unwrap()
    }

    fn health(&self) -> Health {
        *self.hook().health()
    }

    /// Commits as a store does: not when what it was decided on has changed.
    fn commit(&mut self, (guards, writes): Batch) -> bool {
        let stands = |guard: &Guard| self.memory.get(&guard.key).unwrap().map(|value| hash::plain(&value)) == guard.is;
        let all_stand = guards.iter().all(stands);
        if all_stand {
            self.memory.commit(writes);
        }
        all_stand
    }

    fn set(&mut self, address: &str) -> Option<String> {
        let (secret, batch) = self.hook().set(Address::parse(address).unwrap(), self.now, &mut self.rng);
        assert!(self.commit(batch));
        secret.map(|secret| secret.to_string())
    }

    fn happen(&mut self, events: &[Event]) {
        let told: Vec<Told> = events.iter().map(|event| Told::new(*event, self.now, &mut self.rng)).collect();
        let listens = Listens::load(&self.memory).unwrap();
        let batch = (vec![listens.guard()], queue::puts(&listens, &ACCOUNT, &told));
        assert!(self.commit(batch));
    }

    fn due(&self) -> Option<Due> {
        match self.hook().next(&self.memory, self.now).unwrap() {
            Next::Send(due) => Some(*due),
            Next::At(_) | Next::Nothing => None,
        }
    }

    fn settle(&mut self, due: &Due, outcome: Outcome) -> bool {
        let batch = self.hook().settle(due, outcome, &self.memory, self.now).unwrap();
        batch.is_some_and(|batch| self.commit(batch))
    }

    /// The types of all that is told, each taken at once.
    fn told(&mut self) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(due) = self.due() {
            let body: serde_json::Value = serde_json::from_str(&due.message.body).unwrap();
            all.push(body["type"].as_str().unwrap().to_owned());
            assert!(self.settle(&due, Outcome::Taken));
        }
        all
    }

    fn waiting(&self) -> usize {
        self.hook().waiting(&self.memory).unwrap().0
    }
}

#[test]
fn a_webhook_is_told_what_happens_from_when_it_is_set_in_the_order_in_which_it_happens() {
    let mut bench = Bench::new();
    bench.happen(&[Event::Opened]);
    assert_eq!(bench.memory.rows().count(), 0, "nobody listens, and nothing is kept");
    let secret = bench.set("https://example.com/hook").unwrap();
    assert!(secret.starts_with("whsec_"), "{secret}");
    bench.happen(&[Event::Proffered(REQUEST), Event::Held(REQUEST)]);
    bench.now = bench.now.plus(Duration::from_millis(1));
    bench.happen(&[Event::Deleted(REQUEST), Event::Closed]);
    assert_eq!(bench.hook().waiting(&bench.memory).unwrap(), (4, Some(START)));
    assert_eq!(bench.told(), ["share.proffered", "share.held", "share.deleted", "account.closed"]);
    assert_eq!((bench.waiting(), bench.health().taken), (0, Some(bench.now)));
    bench.happen(&[Event::Declined, Event::Refused(REQUEST), Event::Opened]);
    assert_eq!(bench.told(), ["account.declined", "request.refused", "account.opened"]);
}

#[test]
fn a_message_names_account_and_request_and_nothing_else() {
    let mut bench = Bench::listening();
    bench.happen(&[Event::Held(REQUEST)]);
    let message = bench.due().unwrap().message;
    let (account, request) = ("a1".repeat(32), "b2".repeat(16));
    let body = format!(
        "{{\"type\":\"share.held\",\"timestamp\":\"2026-03-01T00:00:00Z\",\"data\":{{\"account\":\"{account}\",\"request\":\"{request}\"}}}}"
    );
    assert_eq!(message.body, body);
    assert!(message.id.strip_prefix("msg_").is_some_and(|id| id.len() == 32 && !id.contains('.')), "{}", message.id);
    assert_eq!((message.seconds, message.signature.split(' ').count()), (START.seconds(), 1));
    let test = bench.hook().test(bench.now, &mut bench.rng).unwrap();
    assert_eq!(test.body, "{\"type\":\"test\",\"timestamp\":\"2026-03-01T00:00:00Z\",\"data\":{}}");
    assert_ne!(test.id, message.id);
}

#[test]
fn what_is_not_taken_is_tried_again_for_three_days_under_one_name_and_then_given_up() {
    let mut bench = Bench::listening();
    bench.happen(&[Event::Opened, Event::Held(REQUEST)]);
    let name = bench.due().unwrap().message.id;
    for wait in limits::TOLD_AGAIN_AFTER {
        let due = bench.due().unwrap();
        assert_eq!((&due.message.id, due.message.seconds), (&name, bench.now.seconds()));
        assert!(bench.settle(&due, DOWN));
        bench.now = bench.now.plus(wait).minus(Duration::from_millis(1));
        assert!(bench.due().is_none(), "too early after {wait:?}");
        bench.now = bench.now.plus(Duration::from_millis(1));
    }
    assert_eq!(bench.now, START.plus(Duration::from_secs(75 * 3600 + 35 * 60 + 5)), "as the specification has it");
    let due = bench.due().unwrap();
    assert!(bench.settle(&due, DOWN));
    let Health { given_up, tries, failed, .. } = bench.health();
    assert_eq!((given_up, tries, failed), (1, 0, Some((bench.now, Failure::Unreachable))));
    assert_eq!(bench.told(), ["share.held"], "the next one is tried at once");
}

#[test]
fn a_pause_that_the_receiver_asks_for_is_kept_but_for_no_longer_than_a_day() {
    for (asked, kept) in [(1, 5), (600, 600), (10_000_000, 86_400)] {
        let mut bench = Bench::listening();
        bench.happen(&[Event::Opened]);
        let due = bench.due().unwrap();
        let pause = Some(Duration::from_secs(asked));
        assert!(bench.settle(&due, Outcome::Failed { why: Failure::Status(429), pause }));
        assert_eq!(bench.health().next, bench.now.plus(Duration::from_secs(kept)), "{asked}");
    }
}

#[test]
fn a_receiver_that_is_gone_is_told_nothing_more_until_it_is_set_anew() {
    let gone = Outcome::Failed { why: Failure::Status(410), pause: None };
    let mut bench = Bench::listening();
    bench.happen(&[Event::Opened, Event::Closed]);
    let due = bench.due().unwrap();
    assert!(bench.settle(&due, gone));
    assert_eq!(bench.hook().settings().unwrap().gone, Some(bench.now));
    assert_eq!((bench.health().dropped, bench.waiting()), (2, 0));
    bench.happen(&[Event::Opened]);
    assert_eq!(bench.memory.rows().filter(|(key, _)| key.shelf == Shelf::Telling).count(), 0);
    assert!(bench.hook().test(bench.now, &mut bench.rng).is_none());
    assert!(bench.hook().rotate(bench.now, &mut bench.rng).is_none());
    bench.now = bench.now.plus(Duration::from_secs(1));
    assert!(bench.set("https://example.com/hook").is_some(), "it has a new secret");
    bench.happen(&[Event::Opened]);
    assert_eq!((bench.told(), bench.health().dropped), (vec!["account.opened".to_owned()], 0));

    bench.happen(&[Event::Opened]);
    let batch = bench.hook().tested(gone, &bench.memory, bench.now).unwrap().unwrap();
    assert!(bench.commit(batch));
    assert_eq!((bench.hook().settings().unwrap().gone, bench.health().dropped), (Some(bench.now), 1));
}

#[test]
fn a_secret_that_was_replaced_signs_beside_the_new_one_for_a_day() {
    let mut bench = Bench::listening();
    bench.happen(&[Event::Opened]);
    let before = bench.due().unwrap().message.signature;
    let (first, batch) = bench.hook().rotate(bench.now, &mut bench.rng).unwrap();
    assert!(bench.commit(batch));
    let both = bench.due().unwrap().message.signature;
    let (new, old) = both.split_once(' ').unwrap();
    assert_eq!(old, before);
    assert_ne!(new, before);
    let (second, batch) = bench.hook().rotate(bench.now, &mut bench.rng).unwrap();
    assert!(bench.commit(batch));
    assert_ne!(*first, *second);
    let again = bench.due().unwrap().message.signature;
    assert_eq!(again.split(' ').nth(1), Some(new), "only the one before it is kept");
    assert_eq!(again.split(' ').count(), 2);
    bench.now = bench.now.plus(limits::SECRETS_OVERLAP);
    assert_eq!(bench.due().unwrap().message.signature.split(' ').count(), 1);
    assert_eq!(bench.hook().settings().unwrap().overlap(bench.now), None);
}

#[test]
fn another_address_keeps_the_secret_and_what_waits() {
    let mut bench = Bench::listening();
    bench.happen(&[Event::Opened]);
    let due = bench.due().unwrap();
    assert!(bench.settle(&due, DOWN));
    assert!(bench.due().is_none());
    assert_eq!(bench.set("https://example.org/other"), None, "no new secret");
    let moved = bench.due().unwrap().message;
    assert_eq!((moved.address.host().as_str(), &moved.id), ("example.org", &due.message.id));
    assert_eq!(moved.signature, due.message.signature);
}

#[test]
fn more_than_the_bound_drops_the_oldest_and_counts_them() {
    let mut bench = Bench::listening();
    for _ in 0..limits::TELLING_MAX + 3 {
        bench.now = bench.now.plus(Duration::from_millis(1));
        bench.happen(&[Event::Opened]);
    }
    let batch = bench.hook().trim(&bench.memory).unwrap().unwrap();
    assert!(bench.commit(batch));
    assert_eq!((bench.health().dropped, bench.waiting()), (3, limits::TELLING_MAX));
    let first = bench.hook().waiting(&bench.memory).unwrap().1;
    assert_eq!(first, Some(START.plus(Duration::from_millis(4))), "the oldest went");
    assert!(bench.hook().trim(&bench.memory).unwrap().is_none());
}

#[test]
fn what_was_meant_for_a_webhook_that_is_off_is_told_to_no_other() {
    let mut bench = Bench::listening();
    for _ in 0..=limits::TELLING_DROPPED_MAX {
        bench.happen(&[Event::Opened]);
    }
    let due = bench.due().unwrap();
    let batch = bench.hook().off(&bench.memory).unwrap().unwrap();
    assert!(bench.commit(batch));
    assert!(bench.hook().off(&bench.memory).unwrap().is_none(), "there is none any more");
    assert!(!bench.settle(&due, Outcome::Taken), "what was under way changes nothing");
    bench.now = bench.now.plus(Duration::from_secs(1));
    bench.set("https://example.org/").unwrap();
    assert!(!bench.settle(&due, Outcome::Taken), "nor does it of the next one");
    assert!(bench.due().is_none(), "a row is left, and is not told");
    let batch = bench.hook().trim(&bench.memory).unwrap().unwrap();
    assert!(bench.commit(batch));
    assert_eq!(bench.health().dropped, 0, "nobody was to be told of it");
    assert_eq!(bench.memory.rows().filter(|(key, _)| key.shelf == Shelf::Telling).count(), 0);
}

#[test]
fn what_happens_while_a_webhook_is_being_set_is_committed_again() {
    let mut bench = Bench::new();
    let before = Listens::load(&bench.memory).unwrap();
    let told = [Told::new(Event::Opened, bench.now, &mut bench.rng)];
    let batch = (vec![before.guard()], queue::puts(&before, &ACCOUNT, &told));
    bench.set("https://example.com/hook").unwrap();
    assert!(!bench.commit(batch), "it was decided when nobody listened");
    let during = Listens::load(&bench.memory).unwrap();
    bench.happen(&[Event::Opened]);
    let due = bench.due().unwrap();
    assert!(bench.settle(&due, DOWN));
    let batch = (vec![during.guard()], queue::puts(&during, &ACCOUNT, &told));
    assert!(bench.commit(batch), "how it fares is nothing that an event is committed against");
}

#[test]
fn a_test_that_is_taken_sends_what_waits_at_once_and_one_that_is_not_changes_no_wait() {
    let mut bench = Bench::listening();
    bench.happen(&[Event::Opened]);
    for _ in 0..2 {
        let due = bench.due().unwrap();
        assert!(bench.settle(&due, DOWN));
        bench.now = bench.health().next;
    }
    bench.now = bench.now.minus(Duration::from_secs(1));
    let next = bench.health().next;
    let late = Outcome::Failed { why: Failure::Late, pause: None };
    let batch = bench.hook().tested(late, &bench.memory, bench.now).unwrap().unwrap();
    assert!(bench.commit(batch));
    assert_eq!((bench.health().next, bench.health().failed), (next, Some((bench.now, Failure::Late))));
    let batch = bench.hook().tested(Outcome::Taken, &bench.memory, bench.now).unwrap().unwrap();
    assert!(bench.commit(batch));
    assert_eq!(bench.told(), ["account.opened"]);
}

#[test]
fn a_clock_that_was_put_back_makes_nobody_wait_for_years() {
    let mut bench = Bench::listening();
    bench.happen(&[Event::Opened]);
    let due = bench.due().unwrap();
    bench.now = START.plus(Duration::from_hours(24 * 365));
    assert!(bench.settle(&due, DOWN));
    bench.now = START;
    assert!(bench.due().is_some(), "it waits for a year");
}
