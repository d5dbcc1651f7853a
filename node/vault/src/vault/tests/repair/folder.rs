//! Repairs of a folder on a disk: what takes whose place, and what a crash between leaves.

use std::{fs, path::Path};

use super::*;
use crate::{Disk, Repaired, files::folder, repair_folder};

/// A vault in a folder, one frame of which is damaged.
fn damaged(dir: &Path) {
    let mut vault = Vault::create(dir, new(&recovery().public())).unwrap();
    for number in 0..40_u8 {
        vault.commit([put(1, [number], vec![number; 50])]).unwrap();
    }
    vault.close().unwrap();
    let file = dir.join(FileId::Segment(1).name());
    let mut bytes = fs::read(&file).unwrap();
    bytes[segment::HEADER_BYTES + HEAD_BYTES + 3] ^= 1;
    fs::write(file, bytes).unwrap();
}

fn run(dir: &Path) -> Result<Repaired, Error> {
    let mut then = |vault: &mut Vault| vault.commit([put(2, "then", "written")]).map(|_| ());
    repair_folder(dir, "2026-11-23", &Unlock::Passphrase(PASSPHRASE), &mut then, &mut |_| {})
}

/// How many entries the vault in the folder has.
fn entries(dir: &Path) -> Result<usize, Error> {
    let (vault, _) = Vault::open(dir, Unlock::Passphrase(PASSPHRASE), &mut |_| {})?;
    let found = vault.reader().walk(1, b"", None, usize::MAX)?.len();
    vault.close()?;
    Ok(found)
}

#[test]
fn a_repaired_folder_takes_the_place_of_the_damaged_one_which_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    damaged(&dir);
    let segment = fs::read(dir.join(FileId::Segment(1).name())).unwrap();
    let Repaired::Done { salvage, damaged } = run(&dir).unwrap() else { panic!("nothing was to be finished") };
    let [lost] = salvage.losses.named.as_slice() else { panic!("{salvage:?}") };
    assert_eq!((lost.key.clone(), lost.verdict, salvage.unnamed), (key(1, [0]), Verdict::Gone, 0));
    assert!(!format!("{salvage:?}").contains("name:"), "a name is for a person and not for a log");
    assert_eq!(entries(&dir).unwrap(), 39);
    assert_eq!(names(home.path()), ["vault", "vault.damaged-2026-11-23"]);
    assert_eq!(damaged, home.path().join("vault.damaged-2026-11-23"));
    assert_eq!(fs::read(damaged.join(FileId::Segment(1).name())).unwrap(), segment);
    let (vault, opening) = Vault::open(&dir, Unlock::Passphrase(PASSPHRASE), &mut |_| {}).unwrap();
    assert_eq!(vault.reader().get(&key(2, "then")).unwrap().unwrap().as_slice(), b"written");
    assert!(!opening.index_rebuilt, "its index was made with it");
    vault.close().unwrap();
    // What is whole is left alone, and so is the damaged one.
    assert_eq!(run(&dir).unwrap(), Repaired::Needless);
    assert_eq!(names(home.path()), ["vault", "vault.damaged-2026-11-23"]);
}

#[test]
fn a_second_repair_keeps_the_first_damaged_vault_too() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    damaged(&dir);
    run(&dir).unwrap();
    fs::remove_file(dir.join(FileId::Checkpoint(Slot::A).name())).unwrap();
    assert!(matches!(run(&dir).unwrap(), Repaired::Done { salvage, .. } if salvage.losses.named.is_empty()));
    assert_eq!(entries(&dir).unwrap(), 39);
    assert_eq!(names(home.path()), ["vault", "vault.damaged-2026-11-23", "vault.damaged-2026-11-23-2"]);
}

#[test]
fn a_repair_of_a_folder_goes_on_from_wherever_it_was_cut_off() {
    let home = tempfile::tempdir().unwrap();
    let (dir, fresh) = (home.path().join("vault"), home.path().join("vault.repairing"));
    let ready = home.path().join("vault.repaired");
    damaged(&dir);
    // While the new vault was written: a part of it without a header.
    let disk = Disk::open(&fresh).unwrap();
    disk.append(FileId::Keys(2), b"half a key file").unwrap();
    drop(disk);
    assert!(matches!(run(&dir).unwrap(), Repaired::Done { .. }));
    assert_eq!((names(home.path()).len(), entries(&dir).unwrap()), (2, 39));
    // After the exchange, and before the damaged one had its name.
    fs::rename(home.path().join("vault.damaged-2026-11-23"), &ready).unwrap();
    assert_eq!(run(&dir).unwrap(), Repaired::Needless);
    assert_eq!(names(home.path()), ["vault", "vault.damaged-2026-11-23"]);
    let first = fs::read(home.path().join("vault.damaged-2026-11-23/segment.00000001")).unwrap();
    assert!(!first.is_empty(), "the one that was damaged first kept its place in the row");
    // Between two renames, where the disk cannot exchange.
    fs::rename(&dir, &ready).unwrap();
    assert_eq!(run(&dir).unwrap(), Repaired::Finished);
    assert_eq!((names(home.path()).len(), entries(&dir).unwrap()), (2, 39));
}

#[test]
fn a_vault_that_an_earlier_repair_left_is_never_destroyed() {
    let home = tempfile::tempdir().unwrap();
    let (dir, ready) = (home.path().join("vault"), home.path().join("vault.repaired"));
    damaged(&dir);
    run(&dir).unwrap();
    // Between two renames; and before the next repair somebody made a new vault.
    fs::rename(&dir, &ready).unwrap();
    damaged(&dir);
    assert!(matches!(run(&dir).unwrap(), Repaired::Done { .. }));
    assert_eq!(entries(&home.path().join("vault.damaged-2026-11-23-2")).unwrap(), 39);
    assert_eq!(names(home.path()).len(), 4);
}

#[test]
fn a_repair_that_fails_leaves_the_folder_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    assert!(matches!(run(&dir), Err(Error::Missing)));
    damaged(&dir);
    let held = Disk::open(&dir).unwrap();
    assert!(matches!(run(&dir), Err(Error::InUse { .. })));
    drop(held);
    let slip = repair_folder(&dir, "", &Unlock::Passphrase(b"a slip"), &mut |_| Ok(()), &mut |_| {});
    assert!(matches!(slip, Err(Error::Passphrase)), "{slip:?}");
    fs::remove_file(dir.join(FileId::Keys(1).name())).unwrap();
    assert!(matches!(run(&dir), Err(Error::BeyondRepair(Hopeless::Keys { generation: 1 }))));
    assert_eq!(names(home.path()), ["vault"]);
}

#[test]
fn two_folders_change_places_with_all_that_is_in_them() {
    let home = tempfile::tempdir().unwrap();
    let [one, other, aside] = ["one", "other", "aside"].map(|name| home.path().join(name));
    for dir in [&one, &other] {
        fs::create_dir(dir).unwrap();
        fs::write(dir.join("name"), dir.file_name().unwrap().as_encoded_bytes()).unwrap();
    }
    let in_one_step = folder::exchange(&one, &other, &aside).unwrap();
    assert_eq!(fs::read(one.join("name")).unwrap(), b"other");
    let kept = if in_one_step { other } else { aside };
    assert_eq!(fs::read(kept.join("name")).unwrap(), b"one");
}
