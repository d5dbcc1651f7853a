//! Compaction: nothing alive is lost at any fault, nothing dead stays, and it goes on between the writes.

use std::sync::atomic::{AtomicBool, Ordering};

use super::forget::{holds, read_by_a_thief};
use super::*;

const DEAD: &[u8] = b"an older version";

/// A vault of many small segments in which much is dead.
fn worn(vault: &mut Vault) -> Model {
    let mut model = Model::new();
    vault.journal.rotate_at(400);
    let old = [put(1, "always", DEAD), put(2, "dropped", DEAD), put(3, "kept", "kept")];
    for writes in [&old[..]].into_iter().chain(story().iter().map(Vec::as_slice)) {
        apply(&mut model, writes);
        vault.commit(writes).unwrap();
    }
    let last = [put(1, "always", "the newest"), Write::Drop(key(2, "dropped"))];
    apply(&mut model, &last);
    vault.commit(last).unwrap();
    model
}

fn segments(files: &Memory) -> Vec<FileId> {
    files.list().unwrap().into_iter().filter(|file| matches!(file, FileId::Segment(_))).collect()
}

#[test]
fn what_is_alive_stays_and_what_is_dead_goes_with_its_keys() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    let model = worn(&mut vault);
    vault.journal.rotate_at(1 << 20);
    let (before, old) = (vault.wear(), segments(&files));
    assert!(old.len() > 4 && holds(&read_by_a_thief(&files), DEAD));
    let kept: BTreeMap<_, _> = old.iter().map(|file| (*file, files.bytes(*file).unwrap())).collect();
    let mut seen = (0, 0);
    assert_eq!(vault.compact(&mut |done, total| seen = (done, total)).unwrap(), Step::Done);
    assert_eq!(seen.0, seen.1);
    assert!(segments(&files).iter().all(|file| !old.contains(file)));
    let after = vault.wear();
    assert!(after.dead_bytes < before.dead_bytes, "{before:?} {after:?}");
    let report = vault.check(&mut |_, _| {}).unwrap();
    assert_eq!((report.findings.len(), report.records, report.forgotten), (0, vault.size().records, 0));
    assert_eq!(contents(&vault.reader()).unwrap(), model);
    // A thief who kept the old segments, with the passphrase and the files of now.
    let thief = files.fork();
    for (file, bytes) in kept {
        thief.set(file, bytes);
    }
    assert!(!holds(&read_by_a_thief(&thief), DEAD));
    vault.commit([put(3, "after", "")]).unwrap();
    assert_eq!(vault.compact(&mut |_, _| {}).unwrap(), Step::Done);
    assert_eq!(vault.forget(&[key(3, "after")], 7).unwrap().records, 1);
    drop(vault);
    for index in [index, MemoryIndex::new()] {
        let (vault, opening) = open(&files, &index).unwrap();
        assert_eq!((opening.dropped_bytes, opening.lost_batches), (0, 0));
        assert_eq!(contents(&vault.reader()).unwrap(), model);
        assert_eq!(vault.size().live_bytes, vault.shared.state().mark.bytes);
    }
}

#[test]
fn a_crash_at_any_step_of_compaction_loses_nothing() {
    let mut ends = [0, 0];
    for steps in 0.. {
        let is_torn = steps % 2 == 1;
        let (files, index) = (Full::new(), MemoryIndex::new());
        let mut vault =
            Vault::create_in(Box::new(files.clone()), Box::new(index.clone()), new(&recovery().public())).unwrap();
        let model = worn(&mut vault);
        files.kill_after(steps, is_torn);
        let done = vault.compact(&mut |_, _| {});
        drop(vault);
        ends[usize::from(done.is_ok())] += 1;
        let what = format!("killed after {steps} steps");
        for index in [index, MemoryIndex::new()] {
            let files = files.inner.fork();
            let (mut vault, opening) = open(&files, &index).unwrap_or_else(|error| panic!("{what}: {error:?}"));
            assert_eq!(opening.lost_batches, 0, "{what}");
            assert_eq!(contents(&vault.reader()).unwrap(), model, "{what}");
            // What the crash left over is cleared away: no segment before the journal's beginning, no key for one.
            let first = vault.journal.first().0;
            assert!(segments(&files).iter().all(|file| *file >= FileId::Segment(first)), "{what}");
            assert_eq!(vault.compact(&mut |_, _| {}).unwrap(), Step::Done, "{what}");
            assert!(!holds(&read_by_a_thief(&files), DEAD), "{what}");
            drop(vault);
            let (vault, _) = open(&files, &MemoryIndex::new()).unwrap();
            assert_eq!(contents(&vault.reader()).unwrap(), model, "{what}");
        }
        if ends[1] > 3 {
            break;
        }
    }
    assert!(ends[0] > 60, "{ends:?}");
}

#[test]
fn an_error_at_any_step_of_compaction_is_outlived() {
    let mut errors = 0;
    for steps in 0..130 {
        let (files, index) = (Full::new(), MemoryIndex::new());
        let mut vault = create_on(&files);
        let mut model = worn(&mut vault);
        files.is_torn.store(steps % 2 == 1, Ordering::Relaxed);
        files.slip.store(steps, Ordering::Relaxed);
        let mut compaction = vault.begin_compaction();
        let mut tries = 0;
        loop {
            tries += 1;
            assert!(tries < 200, "error at step {steps}: no end");
            assert_eq!(contents(&vault.reader()).unwrap(), model, "error at step {steps}");
            let step = match &mut compaction {
                Ok(compaction) => Some(vault.compact_step(compaction)),
                Err(_) => None,
            };
            match step {
                Some(Ok(Step::Done)) => break,
                Some(Ok(step)) => assert_eq!(step, Step::More),
                Some(Err(_)) => errors += 1,
                None => compaction = vault.begin_compaction(),
            }
            let between = [put(3, "between", tries.to_string())];
            if vault.commit(&between).is_ok() {
                apply(&mut model, &between);
            }
        }
        drop(vault);
        let (vault, opening) = open(&files.inner, &index).unwrap();
        assert_eq!(opening.lost_batches, 0);
        assert_eq!(contents(&vault.reader()).unwrap(), model, "error at step {steps}");
    }
    assert!(errors > 20, "{errors} errors");
}

#[test]
fn compaction_on_a_full_disk_says_what_it_needs_and_goes_on_when_it_is_there() {
    let mut refused = 0;
    for left in (0..60_000).step_by(499) {
        let files = Full::new();
        let mut vault = create_on(&files);
        let model = worn(&mut vault);
        files.leave(left);
        match vault.compact(&mut |_, _| {}) {
            Ok(Step::NoRoom { needed }) => {
                assert!(needed > 0 && needed < 60_000);
                refused += 1;
            }
            done => assert!(matches!(done, Ok(Step::Done) | Err(Error::NoSpace)), "{left}: {done:?}"),
        }
        assert_eq!(contents(&vault.reader()).unwrap(), model, "{left}");
        let (other, _) = open(&files.inner.fork(), &MemoryIndex::new()).unwrap();
        assert_eq!(contents(&other.reader()).unwrap(), model, "{left}");
        files.leave(u64::MAX);
        assert_eq!(vault.compact(&mut |_, _| {}).unwrap(), Step::Done);
        assert_eq!(contents(&vault.reader()).unwrap(), model, "{left}");
        assert!(!holds(&read_by_a_thief(&files.inner), DEAD), "{left}");
    }
    assert!(refused > 10, "{refused} refused");
}

#[test]
fn readers_find_everything_while_segments_go() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.journal.rotate_at(4000);
    let write = |value: u8| (0..60_u8).map(|name| put(1, [name], [value; 40])).collect::<Vec<_>>();
    vault.commit(write(0)).unwrap();
    let (done, reader) = (AtomicBool::new(false), vault.reader());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let rows = reader.walk(1, b"", None, 100).unwrap();
                    assert_eq!(rows.len(), 60);
                    assert!(rows.iter().all(|(_, value)| *value == rows[0].1));
                    assert!(reader.get(&key(1, [7])).unwrap().is_some());
                }
            });
        }
        for value in 1..40 {
            vault.commit(write(value)).unwrap();
            assert_eq!(vault.compact(&mut |_, _| {}).unwrap(), Step::Done);
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_damaged_segment_is_not_compacted_away() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    worn(&mut vault);
    let (first, end) = vault.journal.first();
    let mut bytes = files.bytes(FileId::Segment(first)).unwrap();
    bytes[usize::try_from(end).unwrap() - 1] ^= 1;
    files.set(FileId::Segment(first), bytes);
    assert!(matches!(vault.compact(&mut |_, _| {}), Err(Error::Corrupt(_))));
    assert!(files.bytes(FileId::Segment(first)).is_some());
}

#[test]
fn the_room_that_was_kept_lets_a_full_disk_forget_checkpoint_and_compact() {
    type Act = fn(&mut Vault) -> Result<(), Error>;
    let acts: [(&str, Act); 3] = [
        ("forget", |vault| vault.forget(&[key(3, "kept")], 7).map(|told| assert_eq!(told.records, 1))),
        ("checkpoint", Vault::checkpoint),
        ("compact", |vault| vault.compact(&mut |_, _| {}).map(|step| assert_eq!(step, Step::Done))),
    ];
    for (what, act) in acts {
        let files = Full::new();
        let mut vault = create_on(&files);
        let model = worn(&mut vault);
        // A segment to write to, so that nothing but the room is missing.
        vault.begin_compaction().unwrap();
        files.leave(0);
        assert!(matches!(vault.commit([put(3, "more", "")]), Err(Error::NoSpace)), "{what}");
        files.reserve.store(1 << 20, Ordering::Relaxed);
        act(&mut vault).unwrap_or_else(|error| panic!("{what}: {error:?}"));
        assert_eq!(files.reserve.load(Ordering::Relaxed), 0, "{what}");
        let mut after = model;
        if what == "forget" {
            apply(&mut after, &[Write::Drop(key(3, "kept"))]);
        }
        assert_eq!(contents(&vault.reader()).unwrap(), after, "{what}");
    }
}
