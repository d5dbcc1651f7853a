//! People and organisations in one simulated market: a door, an account, a request, an answer on the person's terms, a
//! receipt, a withdrawal, a proof of deletion; under an unkind network, with crashes at every step, and against desks that
//! do not play fair.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on ends there")]

#[path = "market/hand.rs"]
mod hand;
#[path = "market/stage.rs"]
mod stage;

use std::collections::BTreeSet;
use std::time::Duration;

use harness::world::Faults;
use sesame_engine::desk::{self, Stage as DeskStage, Standing as DeskStanding, Task, Why};
use sesame_engine::relations::{self, Standing};
use sesame_engine::shares::{self, Stage};
use sesame_engine::{Decision, Refusal, limits, profile, vendors};
use sesame_protocol::letter::evidence::{Body, How};
use sesame_protocol::wire::Reason;
use sesame_protocol::wire::mail::Outcome;
use stage::{Market, days, minutes};

#[test]
fn a_person_and_an_organisation_go_the_whole_way_and_both_keep_the_proof() {
    let mut market = Market::open(1, 1, 1);
    let (account, share) = market.asked(0, 1, &["birth_date", "electricity_month_kwh", "given_name"], 30);
    assert_eq!(market.relation(0, &account).standing, Standing::Open);
    assert_eq!(market.desk_account(1, &account).standing, DeskStanding::Open);
    market.offer(0, share, &[("electricity_month_kwh", "412")], "SD-BASE", 30).unwrap();
    market.world.run(minutes(1));

    let (_, shared) = market.share(0, &account);
    assert_eq!(shared.stage, Stage::Shared);
    let held = market.desk_request(1, &account);
    assert_eq!(held.stage, DeskStage::Held);
    let values = held.held.as_ref().unwrap().values.clone();
    assert_eq!(values.into_iter().collect::<Vec<_>>(), [("electricity_month_kwh".to_owned(), "412".to_owned())]);
    let offer = shared.offer.as_ref().unwrap();
    assert_eq!(offer.receipt, held.receipt, "the same bytes on both sides");
    assert_eq!(offer.signed.as_ref(), held.agreement.as_ref(), "the same agreement on both sides");
    sesame_protocol::receipt::Receipt::read_alone(&offer.receipt).unwrap();

    market.world.decide(0, Decision::Share(shares::Choice::Withdraw { share })).unwrap();
    market.world.run(minutes(1));
    let (_, ended) = market.share(0, &account);
    let ending = ended.withdrawn.as_ref().unwrap();
    assert!(ending.told.is_some());
    assert_eq!(ended.deleted.as_ref().unwrap().how, How::Erased);
    assert!(!ended.is_held() && !ended.is_overdue(market.world.now.plus(days(60))));
    let gone = market.desk_request(1, &account);
    assert_eq!(gone.held, None);
    assert_eq!(gone.ended.unwrap().why, Why::Withdrawn);
    assert!(!market.is_on_disk(1, "412"), "the value is gone from the desk's rows");
}

#[test]
fn whoever_does_not_say_what_is_mandatory_is_refused_by_the_node_itself_and_told_why() {
    let mut market = Market::open(2, 1, 1);
    market.publish(1, &["tax_country"]);
    let account = market.account_without_answer(0, 1);
    assert_eq!(market.relation(0, &account).standing, Standing::Missing(vec!["tax_country".to_owned()]));
    market.look(0, &account);
    assert_eq!(market.desk_account(1, &account).standing, DeskStanding::Missing(vec!["tax_country".to_owned()]));
    assert_eq!(
        market
            .world
            .decide(0, Decision::Relation(relations::Choice::Answer { relation: account, accept: true }))
            .unwrap_err(),
        Refusal::NothingAsked
    );

    market.publish(1, &[]);
    market.work(1, &account, Task::Request(stage::request())).unwrap();
    market.look(0, &account);
    assert_eq!(market.relation(0, &account).standing, Standing::Asked);
}

#[test]
fn an_organisation_cannot_call_and_a_person_who_does_not_come_is_not_reached() {
    let mut market = Market::open(3, 1, 1);
    let account = market.account(0, 1);
    market.ask(1, &account, &["email"], 30);
    let before = market.world.visits;
    market.world.run(minutes(9));
    assert_eq!(market.world.visits, before, "nobody goes there within the shortest wait");
    assert!(shares::of(&market.world.peers[0].memory, &account).unwrap().is_empty());
    market.world.run(days(4));
    assert_eq!(market.share(0, &account).1.stage, Stage::Asked, "the node comes of its own accord");
}

#[test]
fn a_no_is_a_no_and_owes_no_reason() {
    let mut market = Market::open(4, 1, 1);
    let (account, share) = market.asked(0, 1, &["email"], 30);
    market.world.decide(0, Decision::Share(shares::Choice::Refuse { share })).unwrap();
    market.world.run(minutes(1));
    let request = market.desk_request(1, &account);
    assert_eq!(request.stage, DeskStage::Refused);
    assert_eq!(request.no.unwrap().reason, "refused");
    let again = shares::Choice::Withdraw { share };
    assert_eq!(market.world.decide(0, Decision::Share(again)).unwrap_err(), Refusal::NothingShown);
}

#[test]
fn terms_that_the_desk_does_not_sign_by_itself_wait_for_a_clerk_and_may_find_an_alternative() {
    let mut market = Market::open(5, 1, 1);
    let (account, share) = market.asked(0, 1, &["email"], 30);
    market.offer(0, share, &[("email", "a@example.org")], "PDC-GOOD", 10).unwrap();
    market.world.run(minutes(1));
    let request = market.desk_request(1, &account);
    assert_eq!(request.stage, DeskStage::Proffered);
    assert!(!market.is_on_disk(1, "a@example.org"), "nothing is shown before both have signed");
    market.work(1, &account, Task::Refuse(request.id, Some("SD-BASE".to_owned()))).unwrap();
    market.look(0, &account);
    let (_, refused) = market.share(0, &account);
    assert_eq!(refused.stage, Stage::Refused);
    assert_eq!(refused.no.unwrap().alternative.as_deref(), Some("SD-BASE"));

    market.offer(0, share, &[("email", "a@example.org")], "SD-BASE", 10).unwrap();
    market.world.run(minutes(1));
    assert_eq!(market.share(0, &account).1.stage, Stage::Shared);
}

#[test]
fn what_is_due_is_deleted_and_the_proof_waits() {
    let mut market = Market::open(6, 1, 1);
    let account = market.shared(0, 1, &[("email", "a@example.org")], 10);
    market.world.run(days(11));
    market.sweep(1);
    let request = market.desk_request(1, &account);
    assert_eq!((request.held, request.ended.unwrap().why), (None, Why::Due));
    assert!(!market.is_on_disk(1, "a@example.org"));
    market.look(0, &account);
    assert!(market.share(0, &account).1.deleted.is_some());
}

#[test]
fn a_desk_that_stays_silent_after_a_withdrawal_is_marked() {
    let mut market = Market::open(7, 1, 1);
    let account = market.shared(0, 1, &[("email", "a@example.org")], 300);
    let (share, _) = market.share(0, &account);
    market.world.part(1);
    market.world.decide(0, Decision::Share(shares::Choice::Withdraw { share })).unwrap();
    market.world.run(days(20));
    let (_, waiting) = market.share(0, &account);
    assert_eq!(waiting.withdrawn.as_ref().unwrap().told, None, "no longer allowed, and not told");
    assert!(!waiting.is_overdue(market.world.now));
    market.world.run(days(11));
    assert!(market.share(0, &account).1.is_overdue(market.world.now));
}

#[test]
fn closing_an_account_takes_everything_back_and_blocking_ends_all() {
    let mut market = Market::open(8, 1, 1);
    let account = market.shared(0, 1, &[("email", "a@example.org")], 300);
    let vendor = market.world.peers[1].id;
    market.world.decide(0, Decision::Vendor(vendors::Choice::Block { vendor, blocked: true })).unwrap();
    market.world.run(minutes(1));
    assert_eq!(market.relation(0, &account).standing, Standing::Closed);
    assert_eq!(market.desk_account(1, &account).standing, DeskStanding::Closed);
    assert!(!market.is_on_disk(1, "a@example.org"));
    market.world.run(days(5));
    let (_, share) = market.share(0, &account);
    assert!(share.deleted.is_some(), "the proof is fetched although the account is closed");
    let refused = market.world.decide(0, Decision::Relation(relations::Choice::Door { vendor })).unwrap_err();
    assert_eq!(refused, Refusal::Blocked);
}

/// Once the values have left they count as shown, whatever the desk says of them.
#[test]
fn a_desk_that_takes_the_values_and_says_no_is_on_record_and_can_be_withdrawn_from() {
    let mut market = Market::open(30, 1, 1);
    let (account, share) = market.asked(0, 1, &["email"], 30);
    // The offer is answered honestly; from the presentation on all is refused, and no receipt comes.
    let mut visits = 0;
    market.world.twist = Some(Box::new(move |answer| {
        visits += 1;
        if visits > 1 {
            answer.letters.clear();
            answer.results.iter_mut().for_each(|result| *result = Outcome::Refused(Reason::Malformed));
        }
    }));
    market.offer(0, share, &[("email", "a@example.org")], "SD-BASE", 30).unwrap();
    market.world.run(minutes(1));
    let (_, taken) = market.share(0, &account);
    assert!(taken.is_held() && taken.no.is_some());
    let again = market.offer(0, share, &[("email", "b@example.org")], "SD-BASE", 30);
    assert_eq!(again.unwrap_err(), Refusal::Decided, "what they hold is not written over");
    market.world.twist = None;
    market.world.decide(0, Decision::Share(shares::Choice::Withdraw { share })).unwrap();
    market.world.run(minutes(1));
    assert!(market.share(0, &account).1.deleted.is_some());
}

/// Word of a deletion from before anything was shown hides nothing that is shown later: not when it comes with the
/// signature, and not when it comes after the values have left.
#[test]
fn a_proof_of_deletion_from_before_says_nothing() {
    for letters_at_once in [usize::MAX, 1] {
        let mut market = Market::open(31, 1, 1);
        let (account, share) = market.asked(0, 1, &["email"], 30);
        // The desk keeps its signature back until it has written that it deleted what it never had.
        market.world.twist = Some(Box::new(|answer| answer.letters.clear()));
        market.offer(0, share, &[("email", "a@example.org")], "SD-BASE", 30).unwrap();
        market.world.run(minutes(1));
        assert_eq!(market.share(0, &account).1.stage, Stage::Offered);
        market.lie(1, &account);
        market.world.run(minutes(5));
        market.world.twist = Some(Box::new(move |answer| answer.letters.truncate(letters_at_once)));
        market.look(0, &account);
        let (_, after) = market.share(0, &account);
        assert!(after.offer.as_ref().unwrap().shown.is_some(), "the values have left");
        assert!(after.is_held() && after.deleted.is_none(), "they have them, whatever they said before: {after:?}");
    }
}

#[test]
fn what_was_withdrawn_before_it_left_does_not_leave() {
    let mut market = Market::open(32, 1, 1);
    let (account, share) = market.asked(0, 1, &["email"], 30);
    // The desk has its signature fetched by the last of the visits that follow at once: the presentation has to wait.
    let mut visits = 0;
    market.world.twist = Some(Box::new(move |answer| {
        visits += 1;
        if visits <= limits::VISITS_RUNNING_MAX {
            answer.letters.clear();
            answer.more = true;
        }
    }));
    market.offer(0, share, &[("email", "a@example.org")], "SD-BASE", 30).unwrap();
    market.world.run(Duration::from_secs(5));
    let (_, agreed) = market.share(0, &account);
    assert_eq!(agreed.stage, Stage::Agreed);
    assert_eq!(agreed.offer.unwrap().shown, None, "nothing has left yet");
    let waits = |market: &Market| relations::outgoing(&market.world.peers[0].memory, &account).unwrap();
    assert!(waits(&market).iter().any(|(_, letter)| matches!(letter.body, Body::Presented(_))));

    market.world.part(1);
    market.world.decide(0, Decision::Share(shares::Choice::Withdraw { share })).unwrap();
    let left = waits(&market);
    assert!(left.iter().all(|(_, letter)| matches!(letter.body, Body::Withdrawal(_))), "{left:?}");
    market.world.twist = None;
    market.world.heal();
    market.world.run(days(1));
    let (_, ended) = market.share(0, &account);
    assert_eq!(ended.offer.unwrap().shown, None);
    assert!(ended.withdrawn.unwrap().told.is_some());
    assert!(market.desk_request(1, &account).receipt.is_empty(), "the desk signed for something that it was shown");
}

/// What I said of an organisation is kept, until it is said anew or has ended and something else is said.
#[test]
fn what_is_attested_is_kept_by_whoever_said_it() {
    let mut market = Market::open(35, 1, 1);
    let said = |market: &Market| profile::attested(&market.world.peers[0].memory).unwrap();
    market.attest(0, 1);
    let first = said(&market);
    market.attest(0, 1);
    let second = said(&market);
    assert_eq!((first.len(), second.len()), (1, 1));
    assert!(second[0].version() > first[0].version(), "the newer word takes the place of the older");
    market.world.run(days(301));
    assert!(said(&market)[0].until() < market.world.now, "what has ended is still shown");
    let vendor = market.world.peers[1].id;
    let (field, how) = ("legal_name".to_owned(), "Read it.".to_owned());
    let choice = profile::Choice::Attest { vendor, field, how, days: 30 };
    market.world.decide(0, Decision::Profile(choice)).unwrap();
    let fields: Vec<_> = said(&market).iter().map(|said| said.slot().to_vec()).collect();
    assert!(fields.len() == 1 && fields[0] != second[0].slot(), "what has ended makes room");
}

/// An organisation's own word about itself proves nothing, and neither does that of one that nobody gave a name.
#[test]
fn nobody_proves_their_own_profile() {
    let mut market = Market::open(33, 1, 2);
    for (author, name) in [(1, ""), (2, ""), (2, "Chamber of trades")] {
        let attester = market.attest(author, 1);
        market.account_without_answer(0, 1);
        if !name.is_empty() {
            market.keep(0, 2, name);
        }
        let sheet = market.sheet(0, 1);
        let seat = sheet.iter().find(|judged| judged.field == "seat").unwrap();
        match &seat.standing {
            vendors::Standing::Proven { by, .. } => assert_eq!((by.as_str(), attester), ("Chamber of trades", 2)),
            vendors::Standing::Stated { .. } => assert!(name.is_empty()),
            vendors::Standing::Missing => panic!("the seat is said"),
        }
    }
}

/// A store that is put back to an older state deletes what it holds, because nobody knows what was withdrawn since; and
/// nothing that it says later is lost.
#[test]
fn a_desk_that_was_put_back_forgets_what_it_held_and_is_heard_again() {
    let mut market = Market::open(34, 1, 1);
    let account = market.shared(0, 1, &[("email", "a@example.org")], 300);
    let backup = market.world.peers[1].memory.clone();
    let (share, _) = market.share(0, &account);
    market.world.decide(0, Decision::Share(shares::Choice::Withdraw { share })).unwrap();
    market.world.run(minutes(1));
    market.world.peers[1].memory = backup;
    assert!(market.is_on_disk(1, "a@example.org"), "the old state holds it");
    market.ask(1, &account, &["telephone"], 30);
    market.look(0, &account);
    assert!(!market.is_on_disk(1, "a@example.org"));
    market.look(0, &account);
    let shares = shares::of(&market.world.peers[0].memory, &account).unwrap();
    assert!(shares.iter().any(|(_, share)| share.asked.fields == ["telephone"]), "what it asked since arrives");
}

/// Whatever is lost, doubled, delayed or crashes: it ends in the same place, and nothing happens twice.
#[test]
fn crashes_and_losses_at_every_step_change_nothing_in_the_end() {
    for seed in harness::seeds(20) {
        println!("SESAME_SEED={seed}");
        let mut market = Market::open(seed, 2, 1);
        market.world.faults = Faults { lost: 150, doubled: 150, crash: 100, delay: 900 };
        let accounts: Vec<_> = (0..2).map(|person| market.account_in_the_end(person, 2)).collect();
        for account in &accounts {
            market.ask(2, account, &["email", "postal_code"], 40);
        }
        for (person, account) in accounts.iter().enumerate() {
            market.until(person, account, "asked", |share| share.stage == Stage::Asked);
            let (share, _) = market.share(person, account);
            market.offer(person, share, &[("postal_code", "69007")], "SD-BASE", 30).unwrap();
            market.until(person, account, "shared", |share| share.stage == Stage::Shared);
            assert_eq!(shares::of(&market.world.peers[person].memory, account).unwrap().len(), 1);
            let requests = market.desk_account(2, account).requests;
            assert_eq!(requests.len(), 1, "asked once, whatever came twice");
            let offer = market.share(person, account).1.offer.unwrap();
            assert_eq!(offer.receipt, requests[0].receipt);
            market.world.decide(person, Decision::Share(shares::Choice::Withdraw { share })).unwrap();
            market.until(person, account, "deleted", |share| share.deleted.is_some());
            assert!(market.desk_account(2, account).requests[0].held.is_none());
        }
        assert!(market.world.crashes > 0, "the faults were there");
    }
}

/// Whatever is lost, doubled, delayed or crashes: the desk's webhook is told each thing once, in order, with no value in it.
#[test]
fn what_happened_waits_for_the_webhook_once_whatever_is_lost_on_the_way() {
    for seed in harness::seeds(10) {
        println!("SESAME_SEED={seed}");
        let mut market = Market::open(seed, 1, 1);
        market.listen(1);
        market.world.faults = Faults { lost: 150, doubled: 150, crash: 100, delay: 900 };
        let account = market.account_in_the_end(0, 1);
        market.ask(1, &account, &["postal_code"], 40);
        market.until(0, &account, "asked", |share| share.stage == Stage::Asked);
        let (share, _) = market.share(0, &account);
        market.offer(0, share, &[("postal_code", "69007")], "SD-BASE", 30).unwrap();
        market.until(0, &account, "shared", |share| share.stage == Stage::Shared);
        market.world.decide(0, Decision::Share(shares::Choice::Withdraw { share })).unwrap();
        market.until(0, &account, "deleted", |share| share.deleted.is_some());
        let told = market.told(1);
        let types: Vec<&str> = told.iter().filter_map(|told| told["type"].as_str()).collect();
        assert_eq!(types, ["account.opened", "share.held", "share.deleted"]);
        assert!(told.iter().all(|told| !told.to_string().contains("69007")), "{told:?}");
    }
}

#[test]
fn a_desk_that_others_change_at_the_same_time_starts_again_from_what_is_there() {
    let mut market = Market::open(9, 1, 1);
    let account = market.account(0, 1);
    market.world.clerk(1, |store, desk, now, rng| {
        *store.races.lock().unwrap() = 5;
        let asked = stage::data_request(&["email"], 30);
        let done = desk::act(store, desk, &account, Task::Ask(asked), now, rng);
        futures::executor::block_on(done).unwrap();
    });
    assert_eq!(market.desk_account(1, &account).requests.len(), 1);
}

/// What two organisations ever saw of one person has nothing in common but what any two people's have: no key, no id, no
/// run of bytes. Person 0 is at desks 2 and 3; person 1, who does the same at the same moments, is at desk 4.
#[test]
fn two_organisations_that_compare_all_they_have_find_no_common_value() {
    let mut market = Market::open(10, 2, 3);
    market.deal(&[(0, 2)]);
    market.deal(&[(0, 3), (1, 4)]);
    let of_one_person = market.common(2, 3);
    let of_two_people = market.common(2, 4);
    let telling: BTreeSet<_> = of_one_person.difference(&of_two_people).copied().collect();
    // One character of a key in base64 may be the same by chance, between words of the format; a value is longer.
    let longest = stage::longest(&telling);
    assert!(longest < 15, "{longest} bytes join two accounts of one person: {telling:x?}");
    assert!(of_one_person.len() > 100, "the comparison sees what formats have in common");
}

/// The same comparison notices a person who uses one value twice.
#[test]
fn the_comparison_would_notice_a_common_value() {
    let mut market = Market::open(11, 2, 3);
    market.values =
        ["a-value-of-one-person@example.org", "another-of-another-one@example.org"].map(str::to_owned).to_vec();
    market.deal(&[(0, 2)]);
    market.deal(&[(0, 3), (1, 4)]);
    let of_two_people = market.common(2, 4);
    let telling: BTreeSet<_> = market.common(2, 3).difference(&of_two_people).copied().collect();
    assert!(stage::longest(&telling) >= 30);
}
