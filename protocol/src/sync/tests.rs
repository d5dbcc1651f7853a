use std::collections::BTreeSet;

use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::limits::RECONCILE_ROUNDS_MAX;

fn id(number: u64) -> DocumentId {
    DocumentId::from_bytes(crate::hash::plain(&number.to_be_bytes()))
}

fn set(numbers: impl IntoIterator<Item = u64>) -> Set {
    Set::new(numbers.into_iter().map(|number| (1_700_000_000 + number / 3, id(number))))
}

/// Runs the exchange to its end, and returns what was found and in how many rounds.
fn settle(mine: &Set, theirs: &Set) -> (BTreeSet<DocumentId>, BTreeSet<DocumentId>, usize) {
    let mut message = start(mine).unwrap();
    let (mut need, mut have) = (BTreeSet::new(), BTreeSet::new());
    for round in 1..=RECONCILE_ROUNDS_MAX {
        let reply = answer(theirs, &message).unwrap();
        assert!(reply.len() <= RECONCILE_BYTES_MAX);
        let step = proceed(mine, &reply).unwrap();
        need.extend(step.need);
        have.extend(step.have);
        match step.next {
            Some(next) => message = next,
            None => return (need, have, round),
        }
    }
    panic!("did not settle");
}

#[test]
fn two_sets_find_exactly_what_they_do_not_share() {
    let (need, have, rounds) = settle(&set(0..10_000), &set(50..10_020));
    assert_eq!(need, (10_000..10_020).map(id).collect());
    assert_eq!(have, (0..50).map(id).collect());
    assert!(rounds <= 6, "{rounds} rounds");
}

#[test]
fn equal_and_empty_sets_settle_at_once() {
    assert_eq!(settle(&set(0..1000), &set(0..1000)), (BTreeSet::new(), BTreeSet::new(), 1));
    assert_eq!(settle(&set([]), &set([])).2, 1);
    let (need, have, _) = settle(&set([]), &set(0..5000));
    assert_eq!((need.len(), have.len()), (5000, 0));
    let (need, have, _) = settle(&set(0..5000), &set([]));
    assert_eq!((need.len(), have.len()), (0, 5000));
}

#[test]
fn what_is_not_a_message_is_refused() {
    assert_eq!(answer(&set(0..10), &[]), Err(Error::Malformed));
    assert_eq!(answer(&set(0..10), &[0x00]), Err(Error::Malformed));
    assert_eq!(answer(&set(0..10), &[0x62]), Err(Error::OtherVersion));
    assert!(proceed(&set(0..10), &[0x62]).is_err());
    let large = vec![0x61; RECONCILE_BYTES_MAX + 1];
    assert_eq!(answer(&set(0..10), &large), Err(Error::TooLarge { length: large.len() }));
    assert!(proceed(&set(0..10), &large).is_err());
    // An id list that claims 2^60 ids.
    let mut claim = vec![0x61, 0, 0, 2];
    claim.extend([0x90, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]);
    assert_eq!(answer(&set(0..10), &claim), Err(Error::Malformed));
}

#[test]
fn a_version_that_means_the_end_is_left_out() {
    let odd = Set::new([(u64::MAX, id(1)), (5, id(2)), (5, id(2))]);
    let (need, _, _) = settle(&set([]), &odd);
    assert_eq!(need, BTreeSet::from([id(2)]));
}

proptest! {
    #[test]
    fn any_two_sets_settle(mine in proptest::collection::btree_set(0_u64..400, 0..300), theirs in proptest::collection::btree_set(0_u64..400, 0..300)) {
        let (need, have, _) = settle(&set(mine.iter().copied()), &set(theirs.iter().copied()));
        prop_assert_eq!(need, theirs.difference(&mine).map(|number| id(*number)).collect::<BTreeSet<_>>());
        prop_assert_eq!(have, mine.difference(&theirs).map(|number| id(*number)).collect::<BTreeSet<_>>());
    }

    #[test]
    fn hostile_messages_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 1..400), version in any::<bool>()) {
        if version {
            bytes[0] = 0x61;
        }
        let ours = set(0..200);
        if let Ok(reply) = answer(&ours, &bytes) {
            prop_assert!(reply.len() <= RECONCILE_BYTES_MAX);
        }
        if let Ok(step) = proceed(&ours, &bytes) {
            prop_assert!(step.need.len() <= bytes.len() / 32);
        }
    }

    #[test]
    fn changed_messages_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut message = start(&set(0..500)).unwrap();
        let place = at.index(message.len());
        message[place] = byte;
        message.truncate(1 + cut.index(message.len()));
        let _ = answer(&set(100..600), &message);
        let _ = proceed(&set(100..600), &message);
    }
}
