//! Checks: they find what is wrong, where it is and nothing else, and change nothing.

use std::{sync::atomic::Ordering, time::Instant};

use super::*;
use crate::{Fault, Finding, Report, Severity, frame::HEAD_BYTES, segment};

fn check(files: &dyn Files) -> Result<Report, Error> {
    check_files(files, &Unlock::Passphrase(PASSPHRASE), &mut |_, _| {})
}

fn told(closed: bool) -> Memory {
    let files = Memory::new();
    let mut vault = create(&files, &MemoryIndex::new());
    vault.journal.rotate_at(900);
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    vault.forget(&[key(0, "0-0")], 7).unwrap();
    if closed {
        vault.close().unwrap();
    }
    files
}

fn faults(report: Report) -> Vec<(Severity, Fault)> {
    report.findings.into_iter().map(|Finding { severity, fault }| (severity, fault)).collect()
}

fn all_bytes(files: &Memory) -> Vec<(FileId, Vec<u8>)> {
    files.list().unwrap().into_iter().map(|file| (file, files.bytes(file).unwrap())).collect()
}

#[test]
fn a_vault_that_is_whole_has_no_findings_and_is_not_touched() {
    for closed in [true, false] {
        let files = told(closed);
        let before = all_bytes(&files);
        let mut seen = (0, 1);
        let unlock = Unlock::Passphrase(PASSPHRASE);
        let report = check_files(&files, &unlock, &mut |done, total| seen = (done, total)).unwrap();
        assert_eq!(report.findings, []);
        assert_eq!((report.batches, report.forgotten, seen.0), (7, 1, seen.1));
        assert_eq!(all_bytes(&files), before);
        let (mut vault, _) = open(&files, &MemoryIndex::new()).unwrap();
        let opened = vault.check(&mut |_, _| {}).unwrap();
        assert_eq!((opened.findings, opened.records), (vec![], report.records));
        assert_eq!(vault.compact(&mut |_, _| {}).unwrap(), Step::Done);
        assert_eq!(vault.check(&mut |_, _| {}).unwrap().findings, []);
        drop(vault);
        assert_eq!(check(&files).unwrap().findings, []);
    }
    assert!(matches!(check_files(&told(true), &Unlock::Passphrase(b"?"), &mut |_, _| {}), Err(Error::Passphrase)));
    assert!(matches!(check(&Memory::new()), Err(Error::Missing)));
}

#[test]
fn a_check_in_steps_bears_what_is_written_forgotten_and_compacted_between_them() {
    for (is_compacted, is_damaged) in [(false, false), (true, false), (false, true)] {
        let files = told(true);
        let (mut vault, _) = open(&files, &MemoryIndex::new()).unwrap();
        // More than one step reads of a segment.
        vault.commit((0..6_u8).map(|name| put(3, [name], vec![name; 1 << 20])).collect::<Vec<_>>()).unwrap();
        if is_damaged {
            let mut bytes = files.bytes(FileId::Segment(2)).unwrap();
            bytes[segment::HEADER_BYTES + HEAD_BYTES + 3] ^= 1;
            files.set(FileId::Segment(2), bytes);
        }
        let mut checking = vault.begin_check().unwrap();
        let (mut steps, total) = (0, checking.total_bytes());
        let report = loop {
            if let Some(report) = vault.check_step(&mut checking) {
                break report;
            }
            steps += 1;
            assert!(checking.done_bytes() <= total);
            vault.commit([put(2, format!("{steps}"), [1; 50])]).unwrap();
            vault.forget(&[key(2, format!("{steps}"))], 7).unwrap();
            if is_compacted && steps == 1 {
                assert_eq!(vault.compact(&mut |_, _| {}).unwrap(), Step::Done);
            }
        };
        assert!(steps > 2 || is_compacted && steps == 1, "{steps} steps");
        assert_eq!(checking.done_bytes(), total);
        let lost = report.findings.iter().filter(|finding| finding.severity >= Severity::Lost).count();
        assert_eq!(lost, usize::from(is_damaged), "{:?}", report.findings);
        assert_eq!(report.findings.len(), lost);
    }
}

#[test]
fn a_byte_changed_anywhere_is_found() {
    let files = told(true);
    let first = files.bytes(FileId::Segment(1)).unwrap();
    let forgotten = HEAD_BYTES + crate::frame::Head::parse(&first[segment::HEADER_BYTES..]).unwrap().length;
    for file in files.list().unwrap() {
        let whole = files.bytes(file).unwrap();
        for at in (0..whole.len()).step_by(3) {
            let files = files.fork();
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            files.set(file, bytes);
            let report = check(&files).unwrap_or_else(|error| panic!("{file:?} byte {at}: {error:?}"));
            // Of the record that was forgotten, the first of all, nothing but number, length and tag means anything.
            let dead = segment::HEADER_BYTES + 12..segment::HEADER_BYTES + forgotten - 16;
            let is_dead = file == FileId::Segment(1) && dead.contains(&at);
            assert_eq!(report.worst() >= Some(Severity::Weakened), !is_dead, "{file:?} byte {at}");
        }
    }
}

#[test]
fn a_damaged_frame_is_found_where_it_is_and_the_rest_is_read() {
    let files = told(true);
    let whole = check(&files).unwrap();
    let first = files.bytes(FileId::Segment(2)).unwrap();
    let mut at = segment::HEADER_BYTES;
    while let Some(head) = first.get(at..).and_then(crate::frame::Head::parse) {
        let length = HEAD_BYTES + head.length;
        let is_record = head.record != u64::MAX;
        // In its length, its number, its nonce and what is sealed.
        for within in [0, 5, 20, HEAD_BYTES + 3] {
            let files = files.fork();
            let mut bytes = first.clone();
            bytes[at + within] ^= 0x40;
            files.set(FileId::Segment(2), bytes);
            let report = check(&files).unwrap();
            assert_eq!(report.records + u64::from(is_record), whole.records, "{at} {within}");
            let frames = Fault::Frames { segment: 2, offset: at as u64, bytes: length as u64 };
            let found = faults(report);
            assert_eq!(found[0], (Severity::Lost, frames), "{at} {within}");
            // A commit frame takes the proof of its batch with it; a record nothing else.
            assert!(found.len() == 1 || !is_record, "{at} {within}: {found:?}");
        }
        at += length;
    }
    assert_eq!(at, first.len());
}

#[test]
fn what_is_missing_or_left_over_is_named() {
    let files = told(true);
    let length = files.bytes(FileId::Segment(2)).unwrap().len() as u64;
    let found = |harm: &dyn Fn(&Memory)| {
        let files = files.fork();
        harm(&files);
        faults(check(&files).unwrap())
    };
    let missing = found(&|files| files.unlink(FileId::Segment(2)).unwrap());
    assert_eq!(missing, [(Severity::Fatal, Fault::Segment { segment: 2, bytes: length })]);
    let keys = found(&|files| files.unlink(FileId::Keys(2)).unwrap());
    assert_eq!(keys, [(Severity::Fatal, Fault::Keys { generation: 2 })]);
    for slot in Slot::BOTH {
        let header = found(&|files| files.unlink(FileId::Header(slot)).unwrap());
        assert_eq!(header, [(Severity::Weakened, Fault::Header(slot))]);
        let checkpoint = found(&|files| files.unlink(FileId::Checkpoint(slot)).unwrap());
        assert_eq!(checkpoint, [(Severity::Weakened, Fault::Checkpoint(slot))]);
    }
    let none = found(&|files| Slot::BOTH.iter().for_each(|slot| files.set(FileId::Header(*slot), vec![])));
    assert_eq!(none, Slot::BOTH.map(|slot| (Severity::Fatal, Fault::Header(slot))));
    let left = found(&|files| {
        files.set(FileId::Draft, vec![1]);
        files.set(FileId::Keys(1), vec![1]);
    });
    let expected = [FileId::Keys(1), FileId::Draft].map(|file| (Severity::Notice, Fault::Leftover(file)));
    assert_eq!(left, expected);
    let files = told(false);
    let last = files.list().unwrap().into_iter().max().unwrap();
    files.append(last, &[7; 33]).unwrap();
    assert_eq!(faults(check(&files).unwrap()), [(Severity::Notice, Fault::Torn { bytes: 33 })]);
}

#[test]
fn a_read_that_fails_once_is_told_apart_from_one_that_always_does() {
    let files = told(true);
    let (vault, _) = open(&files, &MemoryIndex::new()).unwrap();
    vault.close().unwrap();
    let flaky = Full::over(&files, []);
    flaky.is_flaky.store(true, Ordering::Relaxed);
    let found = faults(check(&flaky).unwrap());
    assert!(matches!(found.as_slice(), [(Severity::Weakened, Fault::Transient { .. })]), "{found:?}");
    let length = files.bytes(FileId::Segment(1)).unwrap().len() as u64;
    let found = faults(check(&Full::over(&files, [FileId::Segment(1)])).unwrap());
    assert_eq!(found, [(Severity::Fatal, Fault::Segment { segment: 1, bytes: length })]);
}

#[test]
#[ignore = "a measurement, not a claim: run it alone, in release"]
fn how_fast_a_check_is_and_how_small_compaction_makes_a_vault() {
    let home = tempfile::tempdir().unwrap();
    let mut vault = Vault::create(home.path(), new(&recovery().public())).unwrap();
    let rows = 200_000_u32;
    let write = |row: u32| put(1, row.to_be_bytes(), vec![7; 1024]);
    for first in (0..rows).step_by(500) {
        vault.commit((first..first + 500).map(write).collect::<Vec<_>>()).unwrap();
    }
    for first in (0..rows / 2).step_by(500) {
        vault.commit((first..first + 500).map(write).collect::<Vec<_>>()).unwrap();
    }
    let start = Instant::now();
    let report = vault.check(&mut |_, _| {}).unwrap();
    let rate = u128::from(report.bytes) / start.elapsed().as_micros();
    println!("check: {} MB, {rate} MB/s, {:?}", report.bytes / 1_000_000, report.worst());
    let (start, before) = (Instant::now(), vault.wear());
    assert_eq!(vault.compact(&mut |_, _| {}).unwrap(), Step::Done);
    println!("compaction: {before:?} to {:?} in {:?}", vault.wear(), start.elapsed());
    vault.close().unwrap();
    let logical = u64::from(rows) * (1024 + 4);
    let bytes = |dir: &Path| -> u64 {
        std::fs::read_dir(dir).unwrap().filter_map(|entry| entry.unwrap().metadata().ok()).map(|file| file.len()).sum()
    };
    let (own, index) = (bytes(home.path()), bytes(&home.path().join("index")));
    let per_mille = |bytes: u64| bytes * 1000 / logical;
    println!("disk: {} ‰ of the logical bytes without the index, which has {} ‰", per_mille(own), per_mille(index));
}
