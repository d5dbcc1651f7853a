//! Every byte flipped, every length cut: found or harmless, never silently wrong.

use super::*;
use crate::Slot;

fn small() -> (Vault, MemoryTarget) {
    let mut vault = vault();
    vault.commit([put(1, "a", "the first value"), put(2, "b", [7; 90])]).unwrap();
    let target = MemoryTarget::new();
    backup(&vault, &target).unwrap();
    vault.commit([put(2, "c", [8; 300])]).unwrap();
    backup(&vault, &target).unwrap();
    (vault, target)
}

/// What a damaged backup says: that it is damaged, or the very entries that went in.
fn is_honest(target: &dyn Target, state: &Model) {
    let Ok(opened) = open(target) else { return };
    let report = opened.verify(&mut |_| ());
    assert!(!report.findings.is_empty(), "damage that nobody found");
    for (at, (_, is_whole)) in report.snapshots.iter().enumerate() {
        let found = contents(&opened, at);
        assert_eq!(*is_whole, found.is_some());
        if let Some(found) = found.filter(|found| found.len() == state.len()) {
            assert_eq!(found, *state);
        }
    }
}

#[test]
fn a_flip_of_any_byte_of_a_folder_is_found() {
    let (vault, target) = small();
    let state = held(&vault.reader());
    let mut trials = 0;
    for (piece, _) in target.list().unwrap() {
        let bytes = target.read(piece, u64::MAX).unwrap().unwrap();
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            target.set(piece, flipped);
            is_honest(&target, &state);
            trials += 1;
        }
        target.set(piece, bytes);
    }
    println!("{trials} flips");
    assert_eq!(verify(&target).findings, []);
}

#[test]
fn a_cut_at_any_length_of_any_piece_is_found() {
    let (vault, target) = small();
    let state = held(&vault.reader());
    for (piece, _) in target.list().unwrap() {
        let bytes = target.read(piece, u64::MAX).unwrap().unwrap();
        for length in (0..bytes.len()).step_by(3) {
            target.set(piece, bytes[..length].to_vec());
            is_honest(&target, &state);
        }
        target.remove(piece).unwrap();
        is_honest(&target, &state);
        target.set(piece, bytes);
    }
    assert_eq!(verify(&target).findings, []);
}

#[test]
fn a_flip_of_any_byte_and_a_cut_at_any_length_of_a_file_are_found() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("backup");
    let mut vault = vault();
    vault.commit([put(1, "a", "the first value"), put(2, "b", [7; 90])]).unwrap();
    let state = held(&vault.reader());
    let bundle = Bundle::create(&path).unwrap();
    backup(&vault, &bundle).unwrap();
    bundle.finish().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let check = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        is_honest(&Bundle::open(&path).unwrap(), &state);
    };
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        check(&flipped);
    }
    for length in (0..bytes.len()).step_by(5) {
        check(&bytes[..length]);
    }
}

#[test]
fn one_copy_of_key_and_list_is_enough() {
    let (vault, target) = small();
    for slot in Slot::BOTH {
        let target = target.fork();
        target.remove(Piece::Key(slot)).unwrap();
        for snapshot in open(&target).unwrap().snapshots() {
            target.remove(Piece::Snapshot(snapshot.id, slot.other())).unwrap();
        }
        let report = verify(&target);
        assert_eq!(report.findings.len(), 3);
        assert!(report.snapshots.iter().all(|(_, is_whole)| *is_whole));
        // The next backup writes the other copy of the key again.
        backup(&vault, &target).unwrap();
        assert!(!verify(&target).findings.iter().any(|found| matches!(found, Finding::KeyCopy(_))));
    }
}

#[test]
fn without_its_key_a_backup_opens_for_nobody_and_is_not_gone_on_with() {
    let (vault, target) = small();
    for slot in Slot::BOTH {
        target.remove(Piece::Key(slot)).unwrap();
    }
    let key = words();
    for unlock in [Unlock::Passphrase(PASSPHRASE), Unlock::Recovery(&key)] {
        assert!(matches!(Backup::open(&target, &unlock), Err(Error::KeyGone)));
    }
    assert!(matches!(backup(&vault, &target), Err(Error::KeyGone)));
}

#[test]
fn a_damaged_backup_restores_nothing_unless_what_is_whole_is_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    let mut vault = vault();
    let mut dice = Dice::new(9);
    for _ in 0..12 {
        vault.commit(dice.batch()).unwrap();
    }
    let target = MemoryTarget::new();
    backup(&vault, &target).unwrap();
    let lines = open(&target).unwrap().lists[0].chunks.clone();
    let lost = lines[lines.len() / 2];
    target.remove(Piece::Chunk(lost.name)).unwrap();
    let opened = open(&target).unwrap();
    let whole = opened.restore(into(&dir), &mut |_| Ok(()), &mut |_| ());
    let entries = u64::from(lost.entries);
    assert!(matches!(whole, Err(Error::Damaged { chunks: 1, entries: found }) if found == entries), "{whole:?}");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    let part = Restore { is_partial: true, ..into(&dir) };
    let restored = opened.restore(part, &mut |_| Ok(()), &mut |_| ()).unwrap();
    assert_eq!(restored.lost, [Lost { entries: lost.entries, shelves: lost.shelves }]);
    let all = held(&vault.reader());
    let found = held(&open_vault(&dir, OTHER).0.reader());
    assert_eq!(found.len() as u64, all.len() as u64 - entries);
    assert!(found.iter().all(|(path, value)| all.get(path) == Some(value)));
}

#[test]
fn a_file_that_was_cut_before_its_list_gives_up_all_that_is_whole() {
    let home = tempfile::tempdir().unwrap();
    let (dir, path) = (home.path().join("vault"), home.path().join("backup"));
    let mut vault = vault();
    let mut dice = Dice::new(21);
    for _ in 0..12 {
        vault.commit(dice.batch()).unwrap();
    }
    let all = held(&vault.reader());
    let bundle = Bundle::create(&path).unwrap();
    backup(&vault, &bundle).unwrap();
    bundle.finish().unwrap();
    let bytes = std::fs::read(&path).unwrap();
    // The first list stands behind the last chunk.
    let list = bytes.windows(9).position(|window| window == b"SESAMEbp\x04").unwrap();
    for (length, is_all) in [(list, true), (list / 2, false)] {
        std::fs::write(&path, &bytes[..length]).unwrap();
        let cut = Bundle::open(&path).unwrap();
        let opened = open(&cut).unwrap();
        assert!(opened.verify(&mut |_| ()).findings.contains(&Finding::NoList));
        let whole = opened.restore(into(&dir), &mut |_| Ok(()), &mut |_| ());
        assert!(matches!(whole, Err(Error::NoSnapshot)), "{whole:?}");
        let part = Restore { is_partial: true, ..into(&dir) };
        let restored = opened.restore(part, &mut |_| Ok(()), &mut |_| ()).unwrap();
        assert_eq!((restored.snapshot, restored.doubtful), (None, 0));
        let found = held(&open_vault(&dir, OTHER).0.reader());
        assert!(found.iter().all(|(path, value)| all.get(path) == Some(value)));
        assert_eq!(found.len() == all.len(), is_all, "{} of {}", found.len(), all.len());
        assert!(found.len() > all.len() / 4);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

#[test]
fn versions_that_no_list_tells_apart_are_counted() {
    let home = tempfile::tempdir().unwrap();
    let (mut vault, target) = (vault(), MemoryTarget::new());
    for value in ["the first value", "the second value"] {
        vault.commit([put(1, "a", value), put(2, "b", "never changed")]).unwrap();
        backup(&vault, &target).unwrap();
    }
    for snapshot in open(&target).unwrap().snapshots() {
        for slot in Slot::BOTH {
            target.remove(Piece::Snapshot(snapshot.id, slot)).unwrap();
        }
    }
    let dir = home.path().join("vault");
    let part = Restore { is_partial: true, ..into(&dir) };
    let restored = open(&target).unwrap().restore(part, &mut |_| Ok(()), &mut |_| ()).unwrap();
    assert_eq!((restored.snapshot, restored.entries, restored.doubtful), (None, 2, 1));
}
