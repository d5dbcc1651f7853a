//! Disks that fill up, fail, or were cloned.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use super::*;
use crate::frame::HEAD_BYTES;

#[test]
fn a_full_disk_at_any_byte_refuses_the_batch_and_nothing_else() {
    let states = states();
    for batch in 0..story().len() {
        for left in (0..1200).step_by(13) {
            let files = Full::new();
            let mut vault = create_on(&files);
            vault.journal.rotate_at(900);
            for (number, writes) in story().iter().enumerate() {
                if number == batch {
                    files.leave(left);
                    match vault.commit(writes) {
                        Err(Error::NoSpace) => {
                            assert_eq!(contents(&vault.reader()).unwrap(), states[number]);
                            assert!(matches!(vault.commit(writes), Err(Error::NoSpace)));
                            // A crash here loses nothing that was acknowledged either.
                            let (other, _) = open(&files.inner.fork(), &MemoryIndex::new()).unwrap();
                            assert_eq!(contents(&other.reader()).unwrap(), states[number]);
                            files.leave(u64::MAX);
                            vault.commit(writes).unwrap();
                        }
                        done => assert_eq!(done.unwrap().batch, number as u64 + 1),
                    }
                    files.leave(u64::MAX);
                } else {
                    vault.commit(writes).unwrap();
                }
                assert_eq!(contents(&vault.reader()).unwrap(), states[number + 1]);
            }
            drop(vault);
            let (vault, opening) = open(&files.inner, &MemoryIndex::new()).unwrap();
            assert_eq!((opening.batch, opening.lost_batches), (6, 0));
            assert_eq!(contents(&vault.reader()).unwrap(), *states.last().unwrap());
        }
    }
}

#[test]
fn a_checkpoint_that_found_no_space_leaves_the_one_before() {
    for left in 0..400 {
        let files = Full::new();
        let mut vault = create_on(&files);
        vault.commit([put(1, "a", "b")]).unwrap();
        files.leave(left);
        let done = vault.checkpoint();
        assert!(matches!(done, Ok(()) | Err(Error::NoSpace)), "{done:?}");
        let (other, _) = open(&files.inner.fork(), &MemoryIndex::new()).unwrap();
        assert_eq!(other.reader().get(&key(1, "a")).unwrap().unwrap(), b"b");
        files.leave(u64::MAX);
        vault.checkpoint().unwrap();
    }
}

#[test]
fn a_making_that_found_no_space_can_be_done_again() {
    for left in (0..12_000).step_by(97) {
        let files = Full::new();
        files.leave(left);
        let made = Vault::create_in(Box::new(files.clone()), Box::new(MemoryIndex::new()), new(&recovery().public()));
        files.leave(u64::MAX);
        let headers = Slot::BOTH.map(|slot| files.length(FileId::Header(slot)).unwrap().is_some());
        match made {
            Ok(_) => assert!(headers[0]),
            Err(error) => {
                assert!(matches!(error, Error::NoSpace), "{error:?}");
                assert_eq!(headers, [false, false], "an error and a vault");
                create_on(&files).commit([put(1, "a", "b")]).unwrap();
            }
        }
        open(&files.inner, &MemoryIndex::new()).unwrap();
    }
}

#[test]
fn a_making_that_is_killed_anywhere_leaves_no_vault_or_one_with_its_first_writes() {
    let (first, public) = ([put(1, "a", "b"), put(2, "c", "d")], recovery().public());
    let mut model = Model::new();
    apply(&mut model, &first);
    let (mut without, mut with) = (0, 0);
    for steps in 0.. {
        let (files, index) = (Full::new(), MemoryIndex::new());
        let make = || {
            let new = New { first: &first, ..new(&public) };
            Vault::create_in(Box::new(files.clone()), Box::new(index.clone()), new)
        };
        files.steps.store(steps, Ordering::Relaxed);
        let made = make();
        files.steps.store(u64::MAX, Ordering::Relaxed);
        if Slot::BOTH.iter().all(|slot| files.length(FileId::Header(*slot)).unwrap().is_none()) {
            assert!(made.is_err(), "made without a header after {steps} steps");
            make().unwrap();
            without += 1;
        } else {
            with += 1;
        }
        let (vault, opening) = open(&files.inner, &index).unwrap();
        assert_eq!((opening.batch, opening.dropped_bytes), (1, 0), "{steps} steps");
        assert_eq!(contents(&vault.reader()).unwrap(), model, "{steps} steps");
        if with > 10 {
            break;
        }
    }
    assert!(without > 10, "{without} killed before the header, {with} after it");
}

#[test]
fn first_writes_that_are_too_large_make_no_vault() {
    let (files, public) = (Memory::new(), recovery().public());
    let first = [put(1, "a", vec![0; VALUE_BYTES_MAX + 1])];
    let new = New { first: &first, ..new(&public) };
    let made = Vault::create_in(Box::new(files.clone()), Box::new(MemoryIndex::new()), new);
    assert!(matches!(made, Err(Error::TooLarge { what: Measure::Value, .. })), "{made:?}");
    assert!(matches!(open(&files, &MemoryIndex::new()), Err(Error::Missing)));
}

#[test]
fn one_copy_that_the_disk_cannot_read_keeps_nobody_from_the_other() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    vault.close().unwrap();
    let state = states().pop().unwrap();
    for header in Slot::BOTH {
        for checkpoint in Slot::BOTH {
            let unreadable = [FileId::Header(header), FileId::Checkpoint(checkpoint)];
            let files = Full::over(&files.fork(), unreadable);
            let unlock = Unlock::Passphrase(b"a slip of the finger");
            let slip = Vault::open_in(Box::new(files.clone()), Box::new(MemoryIndex::new()), unlock, &mut |_| {});
            assert!(matches!(slip, Err(Error::Passphrase)), "{slip:?}");
            let (vault, opening) = open_on(&files).unwrap();
            assert_eq!((opening.batch, opening.dropped_bytes), (6, 0));
            assert_eq!(contents(&vault.reader()).unwrap(), state);
        }
    }
    for of in [FileId::Header, FileId::Checkpoint] {
        let both = open_on(&Full::over(&files.fork(), Slot::BOTH.map(of)));
        assert!(matches!(both, Err(Error::Disk(_))), "{both:?}");
        for slot in Slot::BOTH {
            // The other copy is damaged: the disk is what a person has to hear of.
            let files = files.fork();
            files.set(of(slot.other()), vec![0; 40]);
            let none = open_on(&Full::over(&files, [of(slot)]));
            assert!(matches!(none, Err(Error::Disk(_))), "{none:?}");
        }
    }
}

#[test]
fn after_a_failed_sync_the_tail_is_not_built_upon() {
    let files = Full::new();
    let mut vault = create_on(&files);
    vault.commit([put(1, "a", "1")]).unwrap();
    files.failing_syncs.store(1, Ordering::Relaxed);
    assert!(matches!(vault.commit([put(1, "a", "2")]), Err(Error::Disk(_))));
    assert_eq!(vault.reader().get(&key(1, "a")).unwrap().unwrap(), b"1");
    vault.commit([put(1, "b", "3")]).unwrap();
    assert!(files.length(FileId::Segment(2)).unwrap().is_some());
    drop(vault);
    let (vault, opening) = open(&files.inner, &MemoryIndex::new()).unwrap();
    assert_eq!((opening.batch, opening.dropped_bytes), (2, 0));
    assert_eq!(vault.reader().get(&key(1, "a")).unwrap().unwrap(), b"1");
    assert_eq!(vault.reader().get(&key(1, "b")).unwrap().unwrap(), b"3");
}

/// Record numbers and nonces of all frames of a segment.
fn marks(segment: &[u8], from: usize) -> Vec<(u64, [u8; 24])> {
    let mut found = Vec::new();
    let mut at = from;
    while at < segment.len() {
        let head = crate::frame::Head::parse(&segment[at..]).unwrap();
        found.push((head.record, head.nonce));
        at += HEAD_BYTES + head.length;
    }
    found
}

#[test]
fn two_clones_of_one_vault_never_use_a_nonce_twice() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    vault.commit([put(1, "a", "b")]).unwrap();
    vault.close().unwrap();
    let start = files.bytes(FileId::Segment(1)).unwrap().len();
    let mut nonces = BTreeSet::new();
    for files in [files.fork(), files.fork()] {
        let (mut vault, _) = open(&files, &MemoryIndex::new()).unwrap();
        for writes in story() {
            vault.commit(writes).unwrap();
        }
        drop(vault);
        for (_, nonce) in marks(&files.bytes(FileId::Segment(1)).unwrap(), start) {
            assert!(nonces.insert(nonce));
        }
    }
    assert!(nonces.len() > 70);
}

#[test]
fn record_numbers_are_never_used_again_after_a_torn_batch() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    vault.commit([put(1, "a", "b")]).unwrap();
    let kept = files.bytes(FileId::Segment(1)).unwrap().len();
    let many: Vec<_> = (0..3000_u16).map(|name| put(1, name.to_be_bytes(), "")).collect();
    vault.commit(&many).unwrap();
    drop(vault);
    let mut torn = files.bytes(FileId::Segment(1)).unwrap();
    let used: BTreeSet<u64> = marks(&torn, crate::segment::HEADER_BYTES)
        .into_iter()
        .map(|(record, _)| record)
        .filter(|r| *r != u64::MAX)
        .collect();
    torn.truncate(kept + 50);
    files.set(FileId::Segment(1), torn);
    let (mut vault, opening) = open(&files, &MemoryIndex::new()).unwrap();
    assert_eq!(opening.dropped_bytes, 50);
    vault.commit(&many).unwrap();
    drop(vault);
    let again = marks(&files.bytes(FileId::Segment(2)).unwrap(), crate::segment::HEADER_BYTES);
    assert_eq!(again.len(), 3001);
    assert!(again.iter().all(|(record, _)| !used.contains(record)));
    let (vault, opening) = open(&files, &MemoryIndex::new()).unwrap();
    assert_eq!((opening.dropped_bytes, vault.size().records), (0, 3001));
}
