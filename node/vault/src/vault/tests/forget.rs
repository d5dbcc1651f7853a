//! Forgetting: gone for whoever has the passphrase and every file, whole or not at all at every fault, and told as it is.

use std::sync::atomic::Ordering;

use super::*;
use crate::{
    frame::{HEAD_BYTES, Head, Spot, open_record},
    header, keys, segment,
};

const SECRET: &[u8] = b"what the person wants gone";
const DAY: u64 = 1_800_000_000;

/// Everything that somebody reads who has the passphrase and every file: each frame of each segment is tried with each
/// key file that lies there, whether it is named or not.
pub(super) fn read_by_a_thief(files: &Memory) -> Vec<Vec<u8>> {
    let opened = header::open(&files.fork(), &Unlock::Passphrase(PASSPHRASE)).unwrap();
    let (vault, root) = (opened.vault, opened.root);
    let all = files.list().unwrap();
    let found = all.iter().filter_map(|file| match file {
        FileId::Keys(generation) => keys::Keys::open(files, vault, *generation, opened.key_file.clone()).ok(),
        _ => None,
    });
    let key_files: Vec<_> = found.collect();
    let mut read = Vec::new();
    for file in all {
        let FileId::Segment(number) = file else { continue };
        // A crash leaves files that never became segments.
        if segment::open(files, vault, &root, number).unwrap().is_none() {
            continue;
        }
        let bytes = files.bytes(file).unwrap();
        let mut at = segment::HEADER_BYTES;
        while let Some(head) = bytes.get(at..).and_then(Head::parse) {
            let spot = Spot { vault, segment: number, offset: at as u64 };
            for keys in &key_files {
                let Some(key) = keys.record(head.record) else { continue };
                let mut sealed = bytes[at + HEAD_BYTES..][..head.length].to_vec();
                if let Some(found) = open_record(spot, &head, &key, &mut sealed) {
                    read.push([found.path.as_slice(), found.value.unwrap_or_default()].concat());
                }
            }
            at += HEAD_BYTES + head.length;
        }
    }
    read
}

pub(super) fn holds(read: &[Vec<u8>], what: &[u8]) -> bool {
    read.iter().any(|bytes| bytes.windows(what.len()).any(|window| window == what))
}

/// Several versions of two entries that are to go, among others that stay.
fn told(vault: &mut Vault) -> Model {
    let mut model = Model::new();
    for (batch, mut writes) in story().into_iter().enumerate() {
        writes.push(put(1, "gone", [SECRET, &[b'0' + u8::try_from(batch).unwrap()]].concat()));
        writes.push(put(2, "gone too", SECRET));
        apply(&mut model, &writes);
        vault.commit(writes).unwrap();
    }
    model
}

fn gone() -> [Key; 2] {
    [key(1, "gone"), key(2, "gone too")]
}

fn without(model: &Model) -> Model {
    let mut left = model.clone();
    apply(&mut left, &gone().map(Write::Drop));
    left
}

#[test]
fn what_was_forgotten_opens_for_nobody_and_everything_else_does() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.journal.rotate_at(900);
    let model = told(&mut vault);
    assert!(holds(&read_by_a_thief(&files), SECRET));
    let reader = vault.reader();
    let told = vault.forget(&[&gone()[..], &[key(3, "never there")]].concat(), DAY).unwrap();
    assert_eq!(told, Forgotten { entries: 2, records: 12, missing: 1, broken: 0 });
    assert!(!holds(&read_by_a_thief(&files), SECRET) && !holds(&read_by_a_thief(&files), b"gone"));
    assert_eq!(contents(&reader).unwrap(), without(&model));
    vault.commit([put(1, "gone", "here again"), put(3, "other", "")]).unwrap();
    let mut after = without(&model);
    apply(&mut after, &[put(1, "gone", "here again"), put(3, "other", "")]);
    vault.rebuild_index(&mut |_| {}).unwrap();
    assert_eq!(contents(&reader).unwrap(), after);
    drop(vault);
    for index in [index, MemoryIndex::new()] {
        let (vault, opening) = open(&files, &index).unwrap();
        assert_eq!((opening.dropped_bytes, opening.lost_batches), (0, 0));
        assert_eq!(contents(&vault.reader()).unwrap(), after);
    }
}

#[test]
fn older_versions_open_for_nobody_and_the_newest_does() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    let mut model = told(&mut vault);
    let newest = [put(1, "gone", "what counts now"), put(2, "gone too", "this as well")];
    apply(&mut model, &newest);
    vault.commit(newest).unwrap();
    let told = vault.forget_older(&[&gone()[..], &[key(3, "never there")]].concat(), DAY).unwrap();
    assert_eq!(told, Forgotten { entries: 0, records: 12, missing: 1, broken: 0 });
    let read = read_by_a_thief(&files);
    assert!(!holds(&read, SECRET) && holds(&read, b"what counts now"));
    // Nothing is left to be taken: neither the newest nor what is gone already.
    assert_eq!(vault.forget_older(&gone(), DAY).unwrap(), Forgotten::default());
    vault.rebuild_index(&mut |_| {}).unwrap();
    assert_eq!(contents(&vault.reader()).unwrap(), model);
    drop(vault);
    for index in [index, MemoryIndex::new()] {
        let (vault, _) = open(&files, &index).unwrap();
        assert_eq!(contents(&vault.reader()).unwrap(), model);
    }
}

#[test]
fn forgetting_is_noted_without_a_name() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    told(&mut vault);
    assert_eq!(vault.forget(&[key(3, "never there")], DAY).unwrap().records, 0);
    assert_eq!(vault.reader().forgettings(0, 9).unwrap(), []);
    vault.forget(&gone()[..1], DAY).unwrap();
    vault.forget(&gone()[1..], DAY + 1).unwrap();
    drop(vault);
    let (vault, _) = open(&files, &MemoryIndex::new()).unwrap();
    let notes = [(2, 6, DAY), (3, 6, DAY + 1)].map(|(generation, records, at)| Forgetting { generation, records, at });
    assert_eq!(vault.reader().forgettings(0, 9).unwrap(), notes);
    assert_eq!(vault.reader().forgettings(2, 9).unwrap(), notes[1..]);
}

#[test]
fn nothing_of_the_old_key_file_or_of_the_way_to_it_is_left_in_any_file() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    told(&mut vault);
    let old = [files.bytes(FileId::Keys(1)).unwrap(), files.bytes(FileId::Header(Slot::A)).unwrap()];
    // Of the header what seals the key file's key: nonce, key, tag, before the check value.
    let wrap = old[1][old[1].len() - 32 - 72..old[1].len() - 32].to_vec();
    vault.forget(&gone(), DAY).unwrap();
    assert_eq!(files.bytes(FileId::Keys(1)), None);
    for file in files.list().unwrap() {
        let bytes = files.bytes(file).unwrap();
        let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(!has(&wrap[..24]) && !has(&wrap[24..56]) && !has(&old[0][56..88]), "{file:?}");
    }
    assert_eq!(files.bytes(FileId::Header(Slot::A)), files.bytes(FileId::Header(Slot::B)));
}

#[test]
fn an_old_copy_of_header_and_key_file_still_opens_what_was_forgotten() {
    // A limit, not a promise: what a backup or a snapshot kept, this program cannot reach.
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    told(&mut vault);
    let old = files.fork();
    vault.forget(&gone(), DAY).unwrap();
    vault.close().unwrap();
    for file in [FileId::Header(Slot::A), FileId::Header(Slot::B), FileId::Keys(1)] {
        files.set(file, old.bytes(file).unwrap());
    }
    assert!(holds(&read_by_a_thief(&files), SECRET));
    assert!(matches!(open(&files, &MemoryIndex::new()), Err(Error::Corrupt(crate::Damage::HeaderRolledBack { .. }))));
}

#[test]
fn versions_from_before_a_drop_are_found_in_the_history() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    vault.journal.rotate_at(700);
    let mut model = told(&mut vault);
    vault.commit([Write::Drop(key(1, "gone")), Write::Drop(key(2, "gone too"))]).unwrap();
    vault.commit([put(1, "gone", "a word")]).unwrap();
    apply(&mut model, &gone().map(Write::Drop));
    let told = vault.forget(&gone(), DAY).unwrap();
    assert_eq!(told, Forgotten { entries: 1, records: 1, missing: 1, broken: 0 });
    assert!(holds(&read_by_a_thief(&files), SECRET), "this is what the history is for");
    let mut seen = (0, 0);
    let told = vault.forget_history(&gone(), DAY, &mut |done, total| seen = (done, total)).unwrap();
    assert_eq!(told, Forgotten { entries: 0, records: 14, missing: 0, broken: 0 });
    assert!(seen.0 == seen.1 && seen.1 > 1000);
    assert!(!holds(&read_by_a_thief(&files), SECRET) && !holds(&read_by_a_thief(&files), b"gone"));
    drop(vault);
    let (vault, _) = open(&files, &MemoryIndex::new()).unwrap();
    assert_eq!(contents(&vault.reader()).unwrap(), model);
}

#[test]
fn a_version_that_is_damaged_is_told_and_the_newer_ones_go() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    told(&mut vault);
    let mut bytes = files.bytes(FileId::Segment(1)).unwrap();
    // The third batch's version of "gone": the frames of a batch follow its writes.
    let mut at = segment::HEADER_BYTES;
    let mut seen = Vec::new();
    while let Some(head) = bytes.get(at..).and_then(Head::parse) {
        seen.push((head.record, at));
        at += HEAD_BYTES + head.length;
    }
    let (_, at) = seen[seen.iter().position(|(record, _)| *record == 7 * 2 + 5).unwrap()];
    bytes[at + HEAD_BYTES + 9] ^= 1;
    files.set(FileId::Segment(1), bytes);
    let told = vault.forget(&gone(), DAY).unwrap();
    assert_eq!(told, Forgotten { entries: 2, records: 10, missing: 0, broken: 1 });
    // The damaged one is gone too; with it out of the way the history finds what came before.
    assert!(holds(&read_by_a_thief(&files), SECRET));
    // And with what came before the frame that says that it is dropped.
    assert_eq!(vault.forget_history(&gone(), DAY, &mut |_, _| {}).unwrap().records, 3);
    assert!(!holds(&read_by_a_thief(&files), SECRET));
}

/// What every fault must leave: the old state or the new one, whole, with nothing of the other lying about.
fn is_one_or_the_other(files: &Memory, index: &MemoryIndex, model: &Model, what: &str) -> bool {
    let (mut vault, opening) = open(files, index).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    assert_eq!(opening.lost_batches, 0, "{what}");
    let found = contents(&vault.reader()).unwrap();
    let is_done = found == without(model);
    assert!(is_done || found == *model, "{what}");
    let read = read_by_a_thief(files);
    assert_eq!(holds(&read, SECRET), !is_done, "{what}");
    let key_files = files.list().unwrap().into_iter().filter(|file| matches!(file, FileId::Keys(_) | FileId::Draft));
    assert_eq!(key_files.count(), 1, "{what}");
    assert_eq!(files.bytes(FileId::Header(Slot::A)), files.bytes(FileId::Header(Slot::B)), "{what}");
    vault.commit([put(3, "after", what)]).unwrap();
    vault.forget(&gone(), DAY).unwrap();
    assert!(!holds(&read_by_a_thief(files), SECRET), "{what}");
    drop(vault);
    let (vault, opening) = open(files, &MemoryIndex::new()).unwrap();
    assert_eq!((opening.dropped_bytes, opening.lost_batches), (0, 0), "{what}");
    let mut found = contents(&vault.reader()).unwrap();
    assert_eq!(found.remove(&(3, b"after".to_vec())).unwrap(), what.as_bytes());
    assert_eq!(found, without(model), "{what}");
    is_done
}

#[test]
fn a_crash_at_any_step_of_forgetting_leaves_it_done_or_undone() {
    let mut ends = [0, 0];
    for steps in 0.. {
        for is_torn in [false, true] {
            let (files, index) = (Full::new(), MemoryIndex::new());
            let mut vault =
                Vault::create_in(Box::new(files.clone()), Box::new(index.clone()), new(&recovery().public())).unwrap();
            let model = told(&mut vault);
            settle(&mut vault);
            files.kill_after(steps, is_torn);
            let told = vault.forget(&gone(), DAY);
            drop(vault);
            // The index of memory outlives the crash, or is lost with it.
            let index = if steps % 2 == 0 { index } else { MemoryIndex::new() };
            let what = format!("killed after {steps} steps, torn {is_torn}");
            let is_done = is_one_or_the_other(&files.inner, &index, &model, &what);
            assert!(is_done || told.is_err(), "{what}: told {told:?}");
            ends[usize::from(is_done)] += 1;
        }
        if ends[1] > 40 {
            break;
        }
    }
    assert!(ends[0] > 10, "{ends:?}");
}

#[test]
fn an_error_at_any_step_of_forgetting_is_outlived() {
    let mut errors = 0;
    for steps in 0..45 {
        for is_torn in [false, true] {
            let (files, index) = (Full::new(), MemoryIndex::new());
            let mut vault = create_on(&files);
            let model = told(&mut vault);
            files.is_torn.store(is_torn, Ordering::Relaxed);
            files.slip.store(steps, Ordering::Relaxed);
            let told = vault.forget(&gone(), DAY);
            let failed = told.is_err();
            errors += u32::from(failed);
            files.slip.store(u64::MAX, Ordering::Relaxed);
            let what = format!("error at step {steps}, torn {is_torn}");
            let now = contents(&vault.reader()).unwrap();
            assert!(now == without(&model) || failed && now == model, "{what}");
            if steps % 3 == 0 {
                // A crash before anything else is written.
                drop(vault);
                is_one_or_the_other(&files.inner, &index, &model, &what);
                continue;
            }
            vault.commit([put(3, "between", "")]).unwrap_or_else(|error| panic!("{what}: {error:?}"));
            let again = vault.forget(&gone(), DAY).unwrap();
            assert!(failed || again.missing == 2, "{what}");
            assert!(!holds(&read_by_a_thief(&files.inner), SECRET), "{what}");
            let mut after = without(&model);
            apply(&mut after, &[put(3, "between", "")]);
            assert_eq!(contents(&vault.reader()).unwrap(), after, "{what}");
            is_one_or_the_other(&files.inner.fork(), &index, &after, &what);
            vault.close().unwrap();
            let (vault, _) = open(&files.inner, &index).unwrap();
            assert_eq!(contents(&vault.reader()).unwrap(), after, "{what}");
        }
    }
    assert!(errors > 20, "{errors} errors");
}

#[test]
fn forgetting_on_a_full_disk_is_refused_whole_or_done_whole() {
    let mut ends = [0, 0];
    for left in (0..50_000).step_by(211) {
        let files = Full::new();
        let mut vault = create_on(&files);
        let model = told(&mut vault);
        files.leave(left);
        let told = vault.forget(&gone(), DAY);
        assert!(matches!(told, Ok(_) | Err(Error::NoSpace)), "{left}: {told:?}");
        // Readers and a crash see one or the other, while the disk is still full.
        let found = contents(&vault.reader()).unwrap();
        assert!(found == without(&model) || told.is_err() && found == model, "{left}");
        let done = is_one_or_the_other(&files.inner.fork(), &MemoryIndex::new(), &model, "full");
        assert!(done || told.is_err(), "{left}");
        ends[usize::from(told.is_ok())] += 1;
        files.leave(u64::MAX);
        vault.forget(&gone(), DAY).unwrap();
        vault.commit([put(3, "after", "")]).unwrap();
        assert!(!holds(&read_by_a_thief(&files.inner), SECRET), "{left}");
    }
    assert!(ends[0] > 20 && ends[1] > 20, "{ends:?}");
}

#[test]
fn an_index_that_missed_a_forgetting_is_brought_up_to_it() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    let model = told(&mut vault);
    settle(&mut vault);
    let (old_files, stale) = (files.fork(), index.fork());
    vault.forget(&gone(), DAY).unwrap();
    drop(vault);
    let (vault, opening) = open(&files, &stale).unwrap();
    assert!(!opening.index_rebuilt);
    assert_eq!(contents(&vault.reader()).unwrap(), without(&model));
    drop(vault);
    let (vault, opening) = open(&files, &stale).unwrap();
    assert!(!opening.index_rebuilt, "brought up to date once");
    drop(vault);
    // The other way round: the index forgot, and the disk lost the turn.
    let (vault, opening) = open(&old_files, &index).unwrap();
    assert!(opening.index_rebuilt);
    assert_eq!(contents(&vault.reader()).unwrap(), model);
}

#[test]
fn what_is_forgotten_amid_a_compaction_does_not_come_back_with_the_original() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.commit([put(1, "secret", "of old")]).unwrap();
    for number in 0..8_u8 {
        vault.commit([put(2, [number], vec![number; 1 << 20])]).unwrap();
    }
    let mut compaction = vault.begin_compaction().unwrap();
    assert_eq!(vault.compact_step(&mut compaction).unwrap(), Step::More);
    assert_eq!(vault.forget(&[key(1, "secret")], 7).unwrap().records, 2);
    drop(vault);
    // A crash, and an index that must be made anew from the journal, which still has the original.
    let (vault, _) = open(&files, &MemoryIndex::new()).unwrap();
    assert_eq!(vault.reader().get(&key(1, "secret")).unwrap(), None);
}
