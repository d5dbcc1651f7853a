//! Repairs: of a vault that is damaged anywhere, all comes back that the damage did not touch; nothing comes back that
//! was forgotten; and what is not as it was is said to be.

mod folder;

use std::{collections::BTreeSet, ops::Range, sync::atomic::Ordering};

use super::*;
use crate::{
    Fault, Hopeless, Salvage, Verdict,
    frame::{HEAD_BYTES, Head, Place},
    keys::PAGE_RECORDS,
    repair as repair_vault, segment,
};

/// Bytes between two damages in the usual run; a prime, so that all parts of a frame are met.
const STRIDE: usize = 211;
/// A key file with pierced pages is long, and all of it alike.
const KEY_STRIDES: usize = 17;

/// A vault with a history, as a disk shows it and as it was meant.
struct Told {
    files: Memory,
    index: MemoryIndex,
    model: Model,
    /// Every value that an entry ever had.
    ever: BTreeMap<(u16, Vec<u8>), BTreeSet<Vec<u8>>>,
    forgotten: BTreeSet<Vec<u8>>,
    /// Where the newest version of each entry lies.
    places: BTreeMap<(u16, Vec<u8>), Place>,
    /// Where the batch ends that is the last, and where it begins.
    last: (FileId, Range<u64>),
    closed: bool,
}

/// A few hundred versions in several segments and key pages, with rewrites, drops and forgettings.
fn told(closed: bool) -> Told {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.journal.rotate_at(6000);
    let (mut model, mut ever, mut forgotten) = (Model::new(), BTreeMap::<_, BTreeSet<_>>::new(), BTreeSet::new());
    let mut last = (FileId::Segment(1), 0..0);
    for batch in 0..40_u16 {
        let name = |number: u16| key(number % 3, format!("name {number}"));
        let mut writes = Vec::new();
        for offset in 0..5 {
            let number = (batch * 5 + offset * 3) % 90;
            let value = format!("{batch} gives {number} {}", "x".repeat(usize::from(number % 40)));
            writes.push(Write::Put(name(number), value.into_bytes()));
        }
        writes.push(Write::Drop(name((batch * 7 + 50) % 90)));
        if batch % 9 == 8 {
            let gone = [name(batch % 90), name((batch + 4) % 90)];
            for key in &gone {
                forgotten.extend(ever.get(&(key.shelf, key.name.clone())).into_iter().flatten().cloned());
                model.remove(&(key.shelf, key.name.clone()));
            }
            vault.forget_history(&gone, 7, &mut |_, _| {}).unwrap();
        }
        if batch % 11 == 10 {
            vault.journal.part().unwrap();
        }
        if batch == 25 {
            settle(&mut vault);
        }
        let before = vault.journal.tip().offset;
        vault.commit(&writes).unwrap();
        let tip = vault.journal.tip();
        let start = if before < tip.offset { before } else { segment::HEADER_BYTES as u64 };
        last = (FileId::Segment(tip.segment), start..tip.offset);
        apply(&mut model, &writes);
        for write in writes {
            if let Write::Put(key, value) = write {
                ever.entry((key.shelf, key.name)).or_default().insert(value);
            }
        }
    }
    let state = vault.shared.state();
    let place = |(shelf, name): &(u16, Vec<u8>)| state.find(&vault.shared.tree, &path(*shelf, name)).unwrap().unwrap();
    let places = model.keys().map(|key| (key.clone(), place(key))).collect();
    drop(state);
    if closed {
        vault.close().unwrap();
    }
    Told { files, index, model, ever, forgotten, places, last, closed }
}

fn repair(files: &dyn Files, index: Option<&MemoryIndex>) -> Result<(Memory, Salvage), Error> {
    let made = Memory::new();
    let into: Arc<dyn Files> = Arc::new(made.clone());
    let index = index.map(|index| Arc::new(index.fork()) as Arc<dyn Index>);
    let salvage = repair_vault(files, index.as_ref(), &Unlock::Passphrase(PASSPHRASE), &into, &mut |_| {})?;
    Ok((made, salvage))
}

fn named(salvage: &Salvage) -> BTreeMap<(u16, Vec<u8>), Verdict> {
    salvage.losses.named.iter().map(|loss| ((loss.key.shelf, loss.key.name.clone()), loss.verdict)).collect()
}

/// What a repaired vault has, which must be whole, take writes and be the vault that it was.
fn has(made: &Memory) -> Model {
    let (mut vault, opening) = open(made, &MemoryIndex::new()).unwrap();
    assert_eq!((opening.dropped_bytes, opening.lost_batches), (0, 0));
    let found = contents(&vault.reader()).unwrap();
    vault.commit([put(3, "after", "the repair")]).unwrap();
    vault.close().unwrap();
    let report = check_files(made, &Unlock::Recovery(&recovery()), &mut |_, _| {}).unwrap();
    assert_eq!(report.findings, []);
    found
}

/// What must be true of every repair. `is_touched` says whether damage may have reached a place. Returns how many entries
/// are not as they were.
fn judge(told: &Told, made: &Memory, salvage: &Salvage, is_touched: &dyn Fn(Place) -> bool, what: &str) -> usize {
    fair(told, &has(made), salvage, is_touched).unwrap_or_else(|wrong| panic!("{what}: {wrong}, {salvage:?}"))
}

fn fair(told: &Told, found: &Model, salvage: &Salvage, is_touched: &dyn Fn(Place) -> bool) -> Result<usize, String> {
    let named = named(salvage);
    // What is not known by name is at least said to be possible.
    let is_vague = salvage.unnamed > 0 || !salvage.is_end_known;
    let mut wrong = 0;
    for (key, value) in found {
        if told.forgotten.contains(value) {
            return Err(format!("{key:?} was forgotten and is back"));
        }
        if !told.ever.get(key).is_some_and(|ever| ever.contains(value)) {
            return Err(format!("{key:?} never had this value"));
        }
        if !told.model.contains_key(key) {
            wrong += 1;
            if !is_vague && !named.contains_key(key) {
                return Err(format!("{key:?} was dropped and is back, and nothing says so"));
            }
        }
    }
    for (key, value) in &told.model {
        if found.get(key) == Some(value) {
            if named.contains_key(key) {
                return Err(format!("{key:?} is as it was and is named"));
            }
            continue;
        }
        wrong += 1;
        let place = told.places[key];
        if !is_touched(place) && named.get(key) != Some(&Verdict::Unproven) {
            return Err(format!("{key:?} at {place:?} was not touched and is not as it was"));
        }
        let verdict = if found.contains_key(key) { Verdict::Older } else { Verdict::Gone };
        let is_said = named.get(key).is_some_and(|said| [verdict, Verdict::Unproven].contains(said));
        if !is_said && !is_vague {
            return Err(format!("{key:?} is {verdict:?}, and nothing says so"));
        }
    }
    Ok(wrong)
}

/// Repairs with and without the index, and judges both.
fn repaired(told: &Told, files: &Memory, is_touched: &dyn Fn(Place) -> bool, what: &str) -> Result<usize, Error> {
    let (made, salvage) = repair(files, None)?;
    judge(told, &made, &salvage, is_touched, what);
    let (made, salvage) = repair(files, Some(&told.index))?;
    if told.closed {
        // The index stands for the whole journal: nothing is left to guess.
        assert!(salvage.is_index_whole && salvage.unnamed == 0, "{what}: {salvage:?}");
    }
    Ok(judge(told, &made, &salvage, is_touched, what))
}

fn covers(place: Place, file: FileId, bytes: &Range<u64>) -> bool {
    let start = u64::from(place.offset);
    file == FileId::Segment(place.segment) && start < bytes.end && bytes.start < start + place.frame_bytes()
}

/// Flips a bit of every `stride`th byte of every file.
fn flip(stride: usize) {
    for told in [told(true), told(false)] {
        for file in told.files.list().unwrap() {
            let whole = told.files.bytes(file).unwrap();
            let strides = if matches!(file, FileId::Keys(_)) && stride > 1 { KEY_STRIDES } else { 1 };
            for at in (0..whole.len()).step_by(stride * strides) {
                let files = told.files.fork();
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << (at % 8);
                files.set(file, bytes);
                let what = format!("{file:?} byte {at}, closed {}", told.closed);
                let hit = at as u64..at as u64 + 1;
                if let FileId::Keys(generation) = file {
                    flipped_key(&told, &files, (generation, at), &what);
                } else {
                    repaired(&told, &files, &|place| covers(place, file, &hit), &what).unwrap();
                }
            }
        }
    }
}

/// A byte of the key file takes the entries of one page, and its nonce all of them.
fn flipped_key(told: &Told, files: &Memory, (generation, at): (u64, usize), what: &str) {
    let nonce = 32..56;
    if nonce.contains(&at) {
        let hopeless = Hopeless::Keys { generation };
        let found = repair(files, Some(&told.index));
        assert!(matches!(found, Err(Error::BeyondRepair(found)) if found == hopeless), "{what}: {found:?}");
        return;
    }
    let (made, salvage) = repair(files, Some(&told.index)).unwrap();
    assert!(!salvage.are_keys_whole);
    let found = has(&made);
    let lost = told.places.iter().filter(|(key, _)| found.get(*key) != told.model.get(*key));
    let pages: BTreeSet<u64> = lost.map(|(_, place)| place.record / PAGE_RECORDS).collect();
    assert!(pages.len() <= 1, "{what}: {pages:?}");
    repaired(told, files, &|place| pages.contains(&(place.record / PAGE_RECORDS)), what).unwrap();
}

#[test]
fn a_vault_that_is_whole_comes_out_of_a_repair_as_it_was() {
    for told in [told(true), told(false)] {
        let before: Vec<_> =
            told.files.list().unwrap().into_iter().map(|file| (file, told.files.bytes(file).unwrap())).collect();
        for index in [None, Some(&told.index)] {
            let (made, salvage) = repair(&told.files, index).unwrap();
            assert_eq!(has(&made), told.model);
            assert_eq!((salvage.unnamed, salvage.tail_bytes, salvage.dropped), (0, 0, 0));
            assert!(salvage.losses.named.is_empty() && salvage.are_keys_whole);
            let given: u64 = (0..4).filter_map(|shelf| salvage.entries.get(&shelf)).sum();
            assert_eq!(given, told.model.len() as u64);
        }
        let after: Vec<_> =
            told.files.list().unwrap().into_iter().map(|file| (file, told.files.bytes(file).unwrap())).collect();
        assert_eq!(before, after);
    }
}

#[test]
fn a_repair_gives_back_all_that_a_changed_byte_did_not_touch() {
    flip(STRIDE);
}

#[test]
#[ignore = "takes an hour: every byte of every file"]
fn a_repair_gives_back_all_that_any_changed_byte_did_not_touch() {
    flip(1);
}

#[test]
fn a_repair_gives_back_all_that_a_cut_did_not_touch() {
    for told in [told(true), told(false)] {
        let mut worst = 0;
        for file in told.files.list().unwrap() {
            let whole = told.files.bytes(file).unwrap();
            let strides = if matches!(file, FileId::Keys(_)) { KEY_STRIDES } else { 1 };
            for length in (0..whole.len()).step_by(STRIDE * strides) {
                let files = told.files.fork();
                files.set(file, whole[..length].to_vec());
                let what = format!("{file:?} cut at {length}, closed {}", told.closed);
                let cut = length as u64..u64::MAX;
                // Of the key file at least the pages are whole that lie before the cut; the pierced ones are the longest.
                let pages = keys_before(file, &whole[..length]);
                let is_touched = |place: Place| {
                    covers(place, file, &cut) || pages.is_some_and(|pages| place.record / PAGE_RECORDS >= pages)
                };
                match repaired(&told, &files, &is_touched, &what) {
                    Ok(wrong) => worst = worst.max(wrong),
                    Err(Error::BeyondRepair(Hopeless::Keys { .. })) => assert!(pages.is_some_and(|pages| pages < 6)),
                    Err(error) => panic!("{what}: {error}"),
                }
            }
        }
        assert!(worst > 20, "the cuts took {worst} entries at most");
    }
}

/// Pages that are surely before the end of a key file that was cut: a pierced one lists up to 1,024 keys.
fn keys_before(file: FileId, bytes: &[u8]) -> Option<u64> {
    let FileId::Keys(_) = file else { return None };
    let pierced = 3 + 34 * 1024;
    Some((bytes.len().saturating_sub(56) / pierced) as u64)
}

#[test]
fn a_repair_does_without_any_one_file_but_the_keys() {
    for told in [told(true), told(false)] {
        let mut touched = 0;
        for file in told.files.list().unwrap() {
            let files = told.files.fork();
            files.unlink(file).unwrap();
            let what = format!("without {file:?}, closed {}", told.closed);
            let all = 0..u64::MAX;
            match repaired(&told, &files, &|place| covers(place, file, &all), &what) {
                Ok(wrong) => {
                    assert!(wrong == 0 || matches!(file, FileId::Segment(_)), "{what}");
                    touched += usize::from(wrong > 0);
                }
                Err(Error::BeyondRepair(Hopeless::Keys { .. })) => assert!(matches!(file, FileId::Keys(_))),
                Err(error) => panic!("{what}: {error}"),
            }
        }
        assert!(touched > 2, "{touched} segments were missed");
    }
}

#[test]
fn a_repair_that_is_wrong_would_be_caught() {
    let told = told(true);
    let (made, salvage) = repair(&told.files, Some(&told.index)).unwrap();
    let found = has(&made);
    let untouched = |_: Place| false;
    let is_caught = |found: &Model| fair(&told, found, &salvage, &untouched).is_err();
    assert!(!is_caught(&found));
    let planted = |change: &dyn Fn(&mut Model)| {
        let mut found = found.clone();
        change(&mut found);
        is_caught(&found)
    };
    let (rewritten, versions) =
        told.ever.iter().find(|(key, ever)| ever.len() > 1 && found.contains_key(*key)).unwrap();
    let older = versions.iter().find(|value| Some(*value) != found.get(rewritten)).unwrap();
    assert!(planted(&|found| *found.get_mut(rewritten).unwrap() = older.clone()), "an older version");
    let dropped = told.ever.iter().find(|(key, _)| !told.model.contains_key(*key)).unwrap();
    let value = dropped.1.first().unwrap();
    assert!(planted(&|found| drop(found.insert(dropped.0.clone(), value.clone()))), "a dropped entry");
    assert!(planted(&|found| drop(found.remove(rewritten))), "a lost entry");
    assert!(planted(&|found| *found.get_mut(rewritten).unwrap() = b"made up".to_vec()), "a value that never was");
    let forgotten = told.forgotten.first().unwrap();
    assert!(planted(&|found| *found.get_mut(rewritten).unwrap() = forgotten.clone()), "a forgotten value");
}

#[test]
fn a_batch_without_its_commit_counts_within_the_journal_and_not_at_its_end() {
    let told = told(false);
    let (file, last) = &told.last;
    let whole = told.files.bytes(*file).unwrap();
    let commits = |whole: &[u8]| {
        let mut at = segment::HEADER_BYTES;
        let mut found = Vec::new();
        while let Some(head) = whole.get(at..).and_then(Head::parse) {
            if head.record == u64::MAX {
                found.push(at);
            }
            at += HEAD_BYTES + head.length;
        }
        found
    };
    let found = commits(&whole);
    let (end, before) = found.split_last().unwrap();
    let spoil = |at: usize| {
        let files = told.files.fork();
        let mut bytes = whole.clone();
        bytes[at + HEAD_BYTES] ^= 1;
        files.set(*file, bytes);
        repair(&files, None).unwrap()
    };
    let (made, salvage) = spoil(*before.last().unwrap());
    assert_eq!(has(&made), told.model);
    assert!(salvage.losses.named.is_empty() && salvage.is_end_known);
    let (made, salvage) = spoil(*end);
    let named = named(&salvage);
    assert!(named.values().all(|verdict| *verdict == Verdict::Unproven) && named.len() == 6, "{named:?}");
    assert!(!salvage.is_end_known && salvage.tail_bytes == last.end - last.start);
    let found = has(&made);
    assert!(told.model.iter().all(|(key, value)| named.contains_key(key) || found.get(key) == Some(value)));
    assert!(told.model.iter().any(|(key, value)| found.get(key) != Some(value)));
}

#[test]
fn segments_that_changed_names_are_read_for_what_they_are() {
    let told = told(true);
    let (one, two) = (FileId::Segment(2), FileId::Segment(4));
    let [first, second] = [one, two].map(|file| told.files.bytes(file).unwrap());
    told.files.set(one, second);
    told.files.set(two, first);
    let (made, salvage) = repair(&told.files, None).unwrap();
    assert_eq!(has(&made), told.model);
    assert!(salvage.losses.named.is_empty() && salvage.unnamed == 0);
}

#[test]
fn a_sector_that_cannot_be_read_hides_itself_alone_and_a_slip_of_the_disk_nothing() {
    let told = told(true);
    let flaky = Full::over(&told.files, []);
    flaky.is_flaky.store(true, Ordering::Relaxed);
    let (made, salvage) = repair(&flaky, Some(&told.index)).unwrap();
    assert_eq!(has(&made), told.model);
    assert!(salvage.report.findings.iter().any(|finding| matches!(finding.fault, Fault::Transient { .. })));
    for file in told.files.list().unwrap() {
        let (all, disk) = (0..u64::MAX, Full::over(&told.files, [file]));
        match repair(&disk, Some(&told.index)) {
            Ok((made, salvage)) => {
                let wrong = judge(&told, &made, &salvage, &|place| covers(place, file, &all), "unreadable");
                assert!(wrong == 0 || matches!(file, FileId::Segment(_)));
            }
            Err(Error::BeyondRepair(Hopeless::Keys { .. })) => assert!(matches!(file, FileId::Keys(_))),
            Err(error) => panic!("{file:?}: {error}"),
        }
    }
}

#[test]
fn a_repair_without_header_or_passphrase_says_why_it_cannot() {
    let told = told(true);
    let into: Arc<dyn Files> = Arc::new(Memory::new());
    let slip = repair_vault(&told.files, None, &Unlock::Passphrase(b"a slip"), &into, &mut |_| {});
    assert!(matches!(slip, Err(Error::Passphrase)) && into.list().unwrap().is_empty());
    assert!(matches!(repair(&Memory::new(), None), Err(Error::Missing)));
    let target: Arc<dyn Files> = Arc::new(told.files.clone());
    let onto = repair_vault(&told.files, None, &Unlock::Passphrase(PASSPHRASE), &target, &mut |_| {});
    assert!(matches!(onto, Err(Error::Exists)));
    for slot in Slot::BOTH {
        told.files.set(FileId::Header(slot), vec![1; 100]);
    }
    let none = repair(&told.files, Some(&told.index)).unwrap_err();
    assert!(matches!(none, Error::BeyondRepair(Hopeless::Header)), "{none:?}");
    assert!(none.to_string().contains("a backup is the only way"));
}

#[test]
fn a_header_of_an_older_day_brings_nothing_back_that_was_forgotten_since() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    vault.commit([put(1, "secret", "of old"), put(1, "other", "thing")]).unwrap();
    let before = files.fork();
    vault.forget(&[key(1, "secret")], 7).unwrap();
    vault.close().unwrap();
    for slot in Slot::BOTH {
        files.set(FileId::Header(slot), before.bytes(FileId::Header(slot)).unwrap());
    }
    files.set(FileId::Keys(1), before.bytes(FileId::Keys(1)).unwrap());
    let expected = Hopeless::HeaderRolledBack { found: 1, expected: 2 };
    let found = repair(&files, None);
    assert!(matches!(found, Err(Error::BeyondRepair(found)) if found == expected), "{found:?}");
    // Whoever puts it back takes away what tells.
    for slot in Slot::BOTH {
        files.unlink(FileId::Checkpoint(slot)).unwrap();
    }
    let found = repair(&files, None);
    assert!(matches!(found, Err(Error::BeyondRepair(found)) if found == expected), "{found:?}");
}

#[test]
fn what_was_written_since_a_forgetting_tells_that_a_header_is_of_an_older_day() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.commit([put(1, "secret", "of old")]).unwrap();
    let before = files.fork();
    vault.forget(&[key(1, "secret")], 7).unwrap();
    let expected = Hopeless::HeaderRolledBack { found: 1, expected: 2 };
    let put_back = |with: Option<&MemoryIndex>| {
        let stolen = files.fork();
        for slot in Slot::BOTH {
            stolen.set(FileId::Header(slot), before.bytes(FileId::Header(slot)).unwrap());
            stolen.unlink(FileId::Checkpoint(slot)).ok();
        }
        stolen.set(FileId::Keys(1), before.bytes(FileId::Keys(1)).unwrap());
        let found = repair(&stolen, with);
        assert!(matches!(found, Err(Error::BeyondRepair(found)) if found == expected), "{found:?}");
    };
    put_back(Some(&index));
    vault.commit([put(1, "later", "thing")]).unwrap();
    put_back(None);
}

#[test]
fn without_its_checkpoints_nothing_says_that_the_end_is_there() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    vault.commit([put(1, "one", "thing")]).unwrap();
    vault.close().unwrap();
    let whole = repair(&files, None).unwrap().1;
    assert!(whole.is_end_known);
    for slot in Slot::BOTH {
        let left = files.fork();
        left.unlink(FileId::Checkpoint(slot)).unwrap();
        assert!(!repair(&left, None).unwrap().1.is_end_known, "the other may be the older one");
    }
    // A last segment of which only the name is left.
    files.set(FileId::Segment(2), vec![0; 16]);
    assert!(!repair(&files, None).unwrap().1.is_end_known);
}

#[test]
fn a_segment_that_never_counted_takes_nothing_from_the_one_before() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    let start = *vault.journal.tip();
    for number in 0..9_u8 {
        vault.commit([put(1, [number], [number; 99])]).unwrap();
    }
    let (id, root) = (vault.shared.vault, vault.root.clone());
    vault.close().unwrap();
    // It was begun behind the first batch, given up, and its removal did not reach the disk.
    segment::create(&files, id, &root, start.segment + 1, start).unwrap();
    let (made, salvage) = repair(&files, None).unwrap();
    assert_eq!(has(&made).len(), 9, "{salvage:?}");
}

#[test]
fn what_was_forgotten_in_spite_of_a_damaged_version_stays_forgotten() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    for value in ["first", "second", "third"] {
        vault.commit([put(1, "secret", value)]).unwrap();
    }
    let mut bytes = files.bytes(FileId::Segment(1)).unwrap();
    // Record, commit, and the second record.
    let mut at = segment::HEADER_BYTES;
    for _ in 0..2 {
        at += HEAD_BYTES + Head::parse(&bytes[at..]).unwrap().length;
    }
    bytes[at + HEAD_BYTES + 9] ^= 1;
    files.set(FileId::Segment(1), bytes);
    assert_eq!(vault.forget(&[key(1, "secret")], 7).unwrap().broken, 1);
    drop(vault);
    let (made, _) = repair(&files, None).unwrap();
    assert!(!has(&made).contains_key(&(1, b"secret".to_vec())), "the first version is back");
}

#[test]
fn a_header_before_a_change_of_the_passphrase_is_told() {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    let before = files.fork();
    vault.change_passphrase(b"a kettle sings behind the pier", COSTS).unwrap();
    vault.commit([put(1, "one", "thing")]).unwrap();
    vault.close().unwrap();
    for slot in Slot::BOTH {
        files.set(FileId::Header(slot), before.bytes(FileId::Header(slot)).unwrap());
    }
    let report = repair(&files, None).unwrap().1.report;
    assert!(report.findings.iter().any(|finding| finding.fault == Fault::HeaderRolledBack), "{report:?}");
}

#[test]
fn a_repair_that_is_killed_anywhere_leaves_no_vault_or_all_of_one() {
    let told = told(true);
    let (mut without, mut with) = (0, 0);
    for is_torn in [false, true] {
        for steps in 0.. {
            let into = Full::new();
            into.kill_after(steps, is_torn);
            let target: Arc<dyn Files> = Arc::new(into.clone());
            let index = Arc::new(told.index.fork()) as Arc<dyn Index>;
            let unlock = Unlock::Passphrase(PASSPHRASE);
            let done = repair_vault(&told.files, Some(&index), &unlock, &target, &mut |_| {});
            let has_header = Slot::BOTH.iter().any(|slot| into.inner.bytes(FileId::Header(*slot)).is_some());
            if has_header {
                assert_eq!(has(&into.inner), told.model, "after {steps} steps");
                with += 1;
            } else {
                assert!(done.is_err());
                without += 1;
                // What it left does not keep the next from its end.
                let target: Arc<dyn Files> = Arc::new(into.inner.clone());
                repair_vault(&told.files, None, &unlock, &target, &mut |_| {}).unwrap();
                assert_eq!(has(&into.inner), told.model);
            }
            if done.is_ok() && into.steps.load(Ordering::Relaxed) > 2 {
                break;
            }
        }
    }
    assert!(without > 20 && with > 10, "{without} killed before the header, {with} after");
}

#[test]
fn a_full_disk_stops_a_repair_with_a_clear_error() {
    let told = told(true);
    for left in (0..60_000).step_by(1511) {
        let into = Full::new();
        into.leave(left);
        let target: Arc<dyn Files> = Arc::new(into.clone());
        let done = repair_vault(&told.files, None, &Unlock::Passphrase(PASSPHRASE), &target, &mut |_| {});
        assert!(matches!(done, Ok(_) | Err(Error::NoSpace)), "{left}: {done:?}");
    }
}
