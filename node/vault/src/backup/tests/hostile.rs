//! Places that were prepared by somebody who means harm, with and without the key.

use std::time::{Duration, Instant};

use super::*;
use crate::{
    Slot,
    backup::{
        chunk::CHUNK_BYTES_MAX,
        key::KeyFile,
        manifest::{Line, Manifest},
    },
    error::Refusal,
};

fn sample() -> (Vault, MemoryTarget) {
    let mut vault = vault();
    vault.commit([put(1, "a", "b")]).unwrap();
    let target = MemoryTarget::new();
    backup(&vault, &target).unwrap();
    (vault, target)
}

#[test]
fn costs_out_of_bounds_are_refused_before_anything_is_derived() {
    let (_, target) = sample();
    let bytes = target.read(Piece::Key(Slot::A), u64::MAX).unwrap().unwrap();
    for (at, value) in [(26, u32::MAX), (26, 1), (30, u32::MAX), (30, 0), (34, 1000)] {
        let mut bytes = bytes.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        let end = bytes.len() - 32;
        let check = blake3::hash(&bytes[..end]);
        bytes[end..].copy_from_slice(check.as_bytes());
        for slot in Slot::BOTH {
            target.set(Piece::Key(slot), bytes.clone());
        }
        let start = Instant::now();
        let opened = open(&target);
        assert!(matches!(opened, Err(Error::Refused(Refusal::Costs { .. }))), "{opened:?}");
        assert!(start.elapsed() < Duration::from_millis(500));
    }
}

#[test]
fn another_format_is_told_from_damage() {
    let (vault, target) = sample();
    let mut bytes = target.read(Piece::Key(Slot::A), u64::MAX).unwrap().unwrap();
    bytes[8] = 9;
    let end = bytes.len() - 32;
    let check = blake3::hash(&bytes[..end]);
    bytes[end..].copy_from_slice(check.as_bytes());
    target.set(Piece::Key(Slot::A), bytes);
    assert!(matches!(open(&target), Err(Error::Newer { found: 9, known: 1 })));
    assert!(matches!(backup(&vault, &target), Err(Error::Newer { .. })));
}

#[test]
fn a_list_that_lies_is_no_list() {
    let (vault, target) = sample();
    let opened = open(&target).unwrap();
    let (key, honest) = (opened.key.clone(), opened.lists[0].clone());
    let line = honest.chunks[0];
    let lies = [
        Manifest { entries: u64::MAX, ..honest.clone() },
        Manifest { chunks: vec![Line { bytes: u32::MAX, ..line }], ..honest.clone() },
        Manifest { chunks: vec![Line { entries: u32::MAX, ..line }; 3], ..honest.clone() },
    ];
    for lie in lies {
        let piece = lie.seal(&key).unwrap();
        assert!(Manifest::open(&key, lie.id, piece).unwrap().is_none());
    }
    // More chunks than there are bytes for.
    let mut plain = vec![0; 88];
    plain.extend_from_slice(&u32::MAX.to_le_bytes());
    let nonce = [0; 24];
    let head = [b"SESAMEbs".as_slice(), &1_u16.to_le_bytes()].concat();
    let aad = [head.as_slice(), &key.backup, &honest.id.0].concat();
    let tag = key.snapshot(&honest.id.0).seal(&nonce, &aad, &mut plain);
    let piece = [head.as_slice(), &nonce, &plain, &tag].concat();
    assert!(Manifest::open(&key, honest.id, piece).unwrap().is_none());
    // One that says that it has another digest, and one whose chunk has another count.
    let id = SnapshotId([9; 16]);
    let other = Manifest { id, sequence: 99, digest: [0; 32], ..honest.clone() };
    target.set(Piece::Snapshot(id, Slot::A), other.seal(&key).unwrap());
    target.set(Piece::Snapshot(id, Slot::B), other.seal(&key).unwrap());
    assert_eq!(verify(&target).findings, [Finding::Digest(id)]);
    let home = tempfile::tempdir().unwrap();
    let restored = open(&target).unwrap().restore(into(&home.path().join("vault")), &mut |_| Ok(()), &mut |_| ());
    assert!(matches!(restored, Err(Error::Digest)), "{restored:?}");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    drop(vault);
}

#[test]
fn chunks_of_another_name_or_another_backup_do_not_open() {
    let (_, target) = sample();
    let (mut other, elsewhere) = (vault(), MemoryTarget::new());
    other.commit([put(1, "a", "b")]).unwrap();
    backup(&other, &elsewhere).unwrap();
    let chunk = |target: &MemoryTarget| {
        let found = target.list().unwrap().into_iter().find(|(piece, _)| matches!(piece, Piece::Chunk(_)));
        found.unwrap().0
    };
    let (mine, theirs) = (chunk(&target), chunk(&elsewhere));
    assert_ne!(mine, theirs, "equal contents have names in common");
    target.set(mine, elsewhere.read(theirs, u64::MAX).unwrap().unwrap());
    assert!(matches!(verify(&target).findings.as_slice(), [Finding::Chunk { is_missing: false, .. }]));
}

#[test]
fn links_and_things_that_are_too_large_are_not_read() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("backups");
    let folder = Folder::create(&dir).unwrap();
    let mut vault = vault();
    vault.commit([put(1, "a", "b")]).unwrap();
    backup(&vault, &folder).unwrap();
    let chunk = folder.list().unwrap().into_iter().find(|(piece, _)| matches!(piece, Piece::Chunk(_))).unwrap().0;
    let path = dir.join(chunk.file_name());
    let elsewhere = home.path().join("elsewhere");
    std::fs::rename(&path, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    assert!(matches!(verify(&folder).findings.as_slice(), [Finding::Chunk { is_missing: true, .. }]));
    std::fs::remove_file(&path).unwrap();
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(CHUNK_BYTES_MAX * 1000).unwrap();
    assert!(matches!(verify(&folder).findings.as_slice(), [Finding::Chunk { is_missing: false, .. }]));
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert!(matches!(verify(&folder).findings.as_slice(), [Finding::Chunk { is_missing: true, .. }]));
}

#[test]
fn noise_never_panics() {
    let mut dice = Dice::new(11);
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("noise");
    for run in 0..300 {
        let length = dice.below(4000);
        let mut bytes = dice.bytes(length);
        if run % 3 == 0 {
            let at = usize::try_from(dice.below(length.max(1))).unwrap();
            let tail = [b"SESAMEbp".as_slice(), &bytes[at.min(bytes.len())..]].concat();
            bytes.truncate(at);
            bytes.extend(tail);
        }
        std::fs::write(&path, &bytes).unwrap();
        assert!(open(&Bundle::open(&path).unwrap()).is_err());
        assert!(KeyFile::parse(bytes.clone()).is_ok_and(|found| found.is_none()));
        chunk::entries(&bytes);
    }
}

#[test]
fn a_file_of_nothing_but_markers_is_read_in_bounded_time() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("markers");
    std::fs::write(&path, b"SESAMEbp".repeat(1 << 20)).unwrap();
    let start = Instant::now();
    assert!(matches!(open(&Bundle::open(&path).unwrap()), Err(Error::Missing)));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
