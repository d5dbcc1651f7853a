//! Every way to change the files of a vault behind its back: noticed, or without effect, never believed.

use super::*;
use crate::{Damage, Refusal, frame::HEAD_BYTES, segment};

const SEGMENT: FileId = FileId::Segment(1);

fn told(closed: bool) -> (Memory, MemoryIndex) {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    if closed {
        vault.close().unwrap();
    }
    (files, index)
}

/// Offsets and lengths of the frames of a segment.
fn frames(segment: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = segment::HEADER_BYTES;
    while at < segment.len() {
        let length = u32::from_le_bytes(segment[at..at + 4].try_into().unwrap()) as usize + HEAD_BYTES;
        found.push((at, length));
        at += length;
    }
    assert_eq!(at, segment.len());
    found
}

/// Everything that was ever true of an entry, or an error: reads one by one, so that one error hides no lie.
fn tells_no_lie(vault: &Vault, state: &Model) {
    let reader = vault.reader();
    for ((shelf, name), value) in state {
        if let Ok(found) = reader.get(&key(*shelf, name)) {
            assert_eq!(found.as_ref(), Some(value));
        }
    }
    for shelf in 0..4 {
        if let Ok(found) = reader.walk(shelf, b"", None, usize::MAX) {
            let expected = state.iter().filter(|((on, _), _)| *on == shelf);
            assert!(
                found.iter().map(|(name, value)| (name, value)).eq(expected.map(|((_, name), value)| (name, value)))
            );
        }
    }
}

#[test]
fn a_torn_tail_is_dropped_at_every_length_and_nothing_else() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    let mut story = story();
    let last = story.pop().unwrap();
    for writes in story {
        vault.commit(writes).unwrap();
    }
    let before = files.bytes(SEGMENT).unwrap().len();
    vault.commit(last).unwrap();
    drop(vault);
    let whole = files.bytes(SEGMENT).unwrap();
    let states = states();
    let (kept, state) = (states.len() - 2, &states[states.len() - 2]);
    for length in before..whole.len() {
        for filled in [false, true] {
            // Cut short, or long enough and never written: both are what a power cut leaves.
            let (files, index) = (files.fork(), if length % 2 == 0 { index.fork() } else { MemoryIndex::new() });
            let mut torn = whole[..length].to_vec();
            if filled {
                torn.resize(whole.len(), 0);
            }
            let dropped = (torn.len() - before) as u64;
            files.set(SEGMENT, torn);
            let (mut vault, opening) = open(&files, &index).unwrap();
            assert_eq!((opening.dropped_bytes, opening.lost_batches), (dropped, 0), "cut at {length}");
            assert_eq!(opening.batch, kept as u64);
            assert_eq!(contents(&vault.reader()).unwrap(), *state);
            vault.commit([put(3, "after", "the crash")]).unwrap();
            drop(vault);
            let (vault, opening) = open(&files, &index).unwrap();
            assert_eq!((opening.dropped_bytes, opening.batch), (0, kept as u64 + 1));
            let mut found = contents(&vault.reader()).unwrap();
            assert_eq!(found.remove(&(3, b"after".to_vec())).unwrap(), b"the crash");
            assert_eq!(found, *state);
        }
    }
}

#[test]
fn a_byte_changed_in_any_file_is_never_believed() {
    let (files, index) = told(true);
    let states = states();
    let state = states.last().unwrap();
    for file in files.list().unwrap() {
        let whole = files.bytes(file).unwrap();
        for at in 0..whole.len() {
            for with_index in [true, false] {
                let (files, index) = (files.fork(), if with_index { index.fork() } else { MemoryIndex::new() });
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << (at % 8);
                files.set(file, bytes);
                match open(&files, &index) {
                    Ok((vault, opening)) => {
                        assert_eq!((opening.batch, opening.dropped_bytes), (6, 0), "{file:?} byte {at}");
                        tells_no_lie(&vault, state);
                    }
                    Err(error) => assert!(matches!(error, Error::Corrupt(_)), "{file:?} byte {at}: {error:?}"),
                }
            }
        }
    }
}

#[test]
fn a_byte_changed_behind_the_checkpoint_ends_the_journal_and_is_told() {
    let (files, index) = told(false);
    let states = states();
    let whole = files.bytes(SEGMENT).unwrap();
    for at in segment::HEADER_BYTES..whole.len() {
        let files = files.fork();
        let mut bytes = whole.clone();
        bytes[at] ^= 0x80;
        files.set(SEGMENT, bytes);
        let (vault, opening) = open(&files, &index.fork()).unwrap();
        assert!(opening.dropped_bytes > 0);
        // All but the torn batch itself had been durable: that is told apart from a crash.
        assert_eq!(opening.batch + opening.lost_batches + 1, 6, "byte {at}");
        assert_eq!(contents(&vault.reader()).unwrap(), states[usize::try_from(opening.batch).unwrap()]);
    }
}

#[test]
fn a_journal_cut_behind_its_checkpoint_is_damage() {
    let (files, index) = told(true);
    let whole = files.bytes(SEGMENT).unwrap();
    for length in (0..whole.len()).step_by(7) {
        let files = files.fork();
        files.set(SEGMENT, whole[..length].to_vec());
        let found = open(&files, &index.fork()).map(|(_, opening)| opening);
        assert!(matches!(found, Err(Error::Corrupt(Damage::Segment { segment: 1 }))), "{found:?}");
    }
}

#[test]
fn frames_that_changed_places_do_not_open() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.commit((0..50_u8).map(|name| put(1, [name], [name])).collect::<Vec<_>>()).unwrap();
    vault.close().unwrap();
    let whole = files.bytes(SEGMENT).unwrap();
    let frames = frames(&whole);
    for (first, (one, length)) in frames[..50].iter().enumerate() {
        for (second, (two, other)) in frames[..50].iter().enumerate().skip(first + 1) {
            assert_eq!(length, other);
            let files = files.fork();
            let mut bytes = whole.clone();
            bytes[*one..one + length].copy_from_slice(&whole[*two..two + length]);
            bytes[*two..two + length].copy_from_slice(&whole[*one..one + length]);
            files.set(SEGMENT, bytes);
            let (vault, _) = open(&files, &index.fork()).unwrap();
            for name in [first, second] {
                let found = vault.reader().get(&key(1, [u8::try_from(name).unwrap()]));
                assert!(matches!(found, Err(Error::Corrupt(Damage::Frame { .. }))));
            }
            if first % 10 == 0 {
                assert!(matches!(open(&files, &MemoryIndex::new()), Err(Error::Corrupt(_))));
            }
        }
    }
}

#[test]
fn an_older_frame_in_the_place_of_a_newer_one_does_not_open() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    for value in 0..3_u8 {
        vault.commit([put(1, "same", [value])]).unwrap();
    }
    vault.close().unwrap();
    let mut bytes = files.bytes(SEGMENT).unwrap();
    let frames = frames(&bytes);
    let (old, length) = frames[0];
    let (newest, _) = frames[4];
    bytes.copy_within(old..old + length, newest);
    files.set(SEGMENT, bytes);
    let (vault, _) = open(&files, &index).unwrap();
    assert!(matches!(vault.reader().get(&key(1, "same")), Err(Error::Corrupt(_))));
}

#[test]
fn a_missing_file_is_damage() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.journal.rotate_at(600);
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    vault.close().unwrap();
    let all = files.list().unwrap();
    let segments: Vec<_> = all.iter().filter(|file| matches!(file, FileId::Segment(_))).collect();
    assert!(segments.len() > 3);
    for file in &all {
        let files = files.fork();
        files.unlink(*file).unwrap();
        let opened = open(&files, &index.fork());
        match file {
            FileId::Segment(segment) => {
                let damage = Damage::Segment { segment: *segment };
                assert!(matches!(opened, Err(Error::Corrupt(found)) if found == damage));
            }
            FileId::Keys(generation) => {
                let damage = Damage::Keys { generation: *generation };
                assert!(matches!(opened, Err(Error::Corrupt(found)) if found == damage));
            }
            // There are two of each.
            _ => assert_eq!(contents(&opened.unwrap().0.reader()).unwrap(), *states().last().unwrap()),
        }
    }
    let files = files.fork();
    for slot in &Slot::BOTH {
        files.unlink(FileId::Checkpoint(*slot)).unwrap();
    }
    assert!(matches!(open(&files, &index), Err(Error::Corrupt(Damage::Checkpoint))));
}

#[test]
fn a_middle_segment_that_was_born_after_the_checkpoint_is_missed() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.journal.rotate_at(600);
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    drop(vault);
    let last = files.list().unwrap().into_iter().filter(|file| matches!(file, FileId::Segment(_))).count();
    for segment in 2..u32::try_from(last).unwrap() {
        let files = files.fork();
        files.unlink(FileId::Segment(segment)).unwrap();
        assert!(matches!(open(&files, &index.fork()), Err(Error::Corrupt(Damage::Segment { .. }))));
    }
}

#[test]
fn an_older_journal_or_key_file_under_a_newer_checkpoint_is_damage() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.commit([put(1, "a", "1")]).unwrap();
    vault.checkpoint().unwrap();
    let old = files.fork();
    let many: Vec<_> = (0..BATCH_WRITES_MAX).map(|name| put(1, name.to_be_bytes(), "")).collect();
    vault.commit(&many).unwrap();
    vault.commit(&many).unwrap();
    vault.close().unwrap();
    for file in [SEGMENT, FileId::Keys(1)] {
        let files = files.fork();
        files.set(file, old.bytes(file).unwrap());
        assert!(matches!(open(&files, &index.fork()), Err(Error::Corrupt(_))), "{file:?}");
    }
}

#[test]
fn only_the_passphrase_and_the_recovery_key_open() {
    let (files, index) = told(true);
    let unlock = |unlock: Unlock<'_>| {
        Vault::open_in(Box::new(files.clone()), Box::new(index.clone()), unlock, &mut |_| {}).map(|(vault, _)| vault)
    };
    assert!(matches!(unlock(Unlock::Passphrase(b"correct horse battery stapler")), Err(Error::Passphrase)));
    assert!(matches!(unlock(Unlock::Passphrase(b"")), Err(Error::Passphrase)));
    assert!(matches!(unlock(Unlock::Recovery(&SecretKey::from_bytes([43; 32]))), Err(Error::Passphrase)));
    let vault = unlock(Unlock::Recovery(&recovery())).unwrap();
    assert_eq!(contents(&vault.reader()).unwrap(), *states().last().unwrap());
}

#[test]
fn a_header_that_asks_for_too_much_or_too_little_is_refused_before_argon2_runs() {
    let (files, index) = told(true);
    let whole = files.bytes(FileId::Header(Slot::A)).unwrap();
    let costs_at = 8 + 2 + 16;
    let floor = [19 << 10, 1, 1];
    let wrong: [[u32; 3]; 9] = [
        [u32::MAX, 1, 1],
        [(1 << 20) + 1, 1, 1],
        [(19 << 10) - 1, 1, 1],
        [64 << 10, 21, 1],
        [64 << 10, 0, 1],
        [64 << 10, u32::MAX, 1],
        [64 << 10, 3, 9],
        [64 << 10, 3, 0],
        [9, 1, 1],
    ];
    for costs in wrong.into_iter().chain([floor]) {
        let mut bytes = whole.clone();
        for (slot, cost) in costs.iter().enumerate() {
            bytes[costs_at + 4 * slot..][..4].copy_from_slice(&cost.to_le_bytes());
        }
        let end = bytes.len() - 32;
        let check = blake3::hash(&bytes[..end]);
        bytes[end..].copy_from_slice(check.as_bytes());
        for slot in &Slot::BOTH {
            files.set(FileId::Header(*slot), bytes.clone());
        }
        let found = open(&files, &index).map(|_| ());
        if costs == floor {
            // Within bounds, so it runs: the costs are bound to the wrap, and the right passphrase no longer opens.
            assert!(matches!(found, Err(Error::Passphrase)), "{found:?}");
        } else {
            assert!(matches!(found, Err(Error::Header(Refusal::Costs { .. }))), "{found:?}");
        }
    }
}

#[test]
fn a_newer_format_is_named_and_left_alone() {
    let (files, index) = told(true);
    let mut bytes = files.bytes(FileId::Header(Slot::A)).unwrap();
    bytes[8] = 9;
    let end = bytes.len() - 32;
    let check = blake3::hash(&bytes[..end]);
    bytes[end..].copy_from_slice(check.as_bytes());
    for slot in &Slot::BOTH {
        files.set(FileId::Header(*slot), bytes.clone());
    }
    assert!(matches!(open(&files, &index), Err(Error::Newer { found: 9, known: 1 })));
    assert_eq!(files.bytes(FileId::Header(Slot::B)).unwrap(), bytes);
}

#[test]
fn the_second_copy_of_the_header_stands_in_and_heals_the_first() {
    let (files, index) = told(true);
    let whole = files.bytes(FileId::Header(Slot::A)).unwrap();
    for bytes in [None, Some(vec![]), Some(whole[..100].to_vec()), Some(vec![0; whole.len()])] {
        match bytes {
            None => files.unlink(FileId::Header(Slot::A)).unwrap(),
            Some(bytes) => files.set(FileId::Header(Slot::A), bytes),
        }
        open(&files, &index).unwrap();
        assert_eq!(files.bytes(FileId::Header(Slot::A)).unwrap(), whole);
    }
    for slot in &Slot::BOTH {
        files.set(FileId::Header(*slot), vec![1; 10]);
    }
    assert!(matches!(open(&files, &index), Err(Error::Header(Refusal::Damaged))));
    for slot in &Slot::BOTH {
        files.unlink(FileId::Header(*slot)).unwrap();
    }
    assert!(matches!(open(&files, &index), Err(Error::Missing)));
}
