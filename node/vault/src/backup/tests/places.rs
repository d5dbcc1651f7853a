//! Real folders and files: whose they are, who else is there, and what a restoring leaves behind.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
};

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn folders_and_files_of_a_backup_are_the_owners_alone() {
    let home = tempfile::tempdir().unwrap();
    let (dir, path) = (home.path().join("backups"), home.path().join("one.backup"));
    let vault = vault();
    backup(&vault, &Folder::create(&dir).unwrap()).unwrap();
    let bundle = Bundle::create(&path).unwrap();
    backup(&vault, &bundle).unwrap();
    bundle.finish().unwrap();
    assert_eq!((mode(&dir), mode(&path)), (0o700, 0o600));
    for entry in fs::read_dir(&dir).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[test]
fn two_backups_into_one_folder_at_once_are_one_too_many() {
    let home = tempfile::tempdir().unwrap();
    let first = Folder::create(home.path()).unwrap();
    assert!(matches!(Folder::create(home.path()), Err(Error::InUse)));
    // Reading needs no lock.
    Folder::open(home.path()).unwrap();
    drop(first);
    Folder::create(home.path()).unwrap();
}

#[test]
fn a_folder_with_other_things_and_one_of_another_vault_are_left_alone() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("holiday.jpg"), "x").unwrap();
    assert!(matches!(Folder::create(home.path()), Err(Error::Occupied)));
    assert!(matches!(Folder::create(&home.path().join("holiday.jpg")), Err(Error::Occupied)));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    let folder = Folder::create(&home.path().join("backups")).unwrap();
    backup(&vault(), &folder).unwrap();
    let before = folder.list().unwrap();
    assert!(matches!(backup(&vault(), &folder), Err(Error::Foreign)));
    assert_eq!(folder.list().unwrap(), before);
}

#[test]
fn what_is_no_backup_is_said_to_be_none() {
    let home = tempfile::tempdir().unwrap();
    assert!(matches!(open(&Folder::open(home.path()).unwrap()), Err(Error::Missing)));
    assert!(matches!(Folder::open(&home.path().join("gone")), Err(Error::Missing)));
    assert!(matches!(Bundle::open(&home.path().join("gone")), Err(Error::Missing)));
}

#[test]
fn a_file_that_is_not_finished_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let bundle = Bundle::create(&home.path().join("one.backup")).unwrap();
    backup(&vault(), &bundle).unwrap();
    drop(bundle);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_place_that_vanishes_is_an_error_and_no_backup() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("stick");
    let folder = Folder::create(&dir).unwrap();
    let vault = vault();
    fs::remove_dir_all(&dir).unwrap();
    assert!(matches!(backup(&vault, &folder), Err(Error::Disk(_))));
    assert!(!dir.exists());
}

#[test]
fn a_vault_is_never_restored_over_another_or_over_anything() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    let target = MemoryTarget::new();
    backup(&vault(), &target).unwrap();
    let opened = open(&target).unwrap();
    let restore = || opened.restore(into(&dir), &mut |_| Ok(()), &mut |_| ());
    // What an earlier restoring left when it was killed is no obstacle.
    fs::create_dir(home.path().join("vault.restoring")).unwrap();
    fs::write(home.path().join("vault.restoring/segment.00000001"), "x").unwrap();
    restore().unwrap();
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    assert!(matches!(restore(), Err(Error::Vault(crate::Error::Exists))));
    fs::remove_dir_all(&dir).unwrap();
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("letter.txt"), "x").unwrap();
    assert!(matches!(restore(), Err(Error::Vault(crate::Error::Exists))));
    assert_eq!(mode(&dir) & 0o700, 0o700);
}

#[test]
fn what_goes_wrong_before_a_restored_vault_takes_its_place_leaves_none() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    let target = MemoryTarget::new();
    backup(&vault(), &target).unwrap();
    let opened = open(&target).unwrap();
    let made = opened.restore(into(&dir), &mut |_| Err(crate::Error::NoSpace), &mut |_| ());
    assert!(matches!(made, Err(Error::Vault(crate::Error::NoSpace))));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn what_is_written_into_a_restored_vault_before_it_takes_its_place_is_in_it() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    let target = MemoryTarget::new();
    backup(&vault(), &target).unwrap();
    let mut then = |vault: &mut Vault| vault.commit([put(1, "jumped", "yes")]).map(|_| ());
    open(&target).unwrap().restore(into(&dir), &mut then, &mut |_| ()).unwrap();
    assert_eq!(mode(&dir), 0o700);
    assert_eq!(held(&open_vault(&dir, OTHER).0.reader()).len(), 1);
}

#[test]
fn a_drill_compares_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("drill");
    let mut vault = vault();
    let mut dice = Dice::new(12);
    vault.commit(dice.batch()).unwrap();
    let target = MemoryTarget::new();
    let made = backup(&vault, &target).unwrap();
    let mut seen = false;
    let drilled = open(&target).unwrap().drill(&dir, costs(), None, &mut |_| {
        seen |= fs::metadata(home.path().join("drill.restoring")).is_ok_and(|found| found.mode() & 0o777 == 0o700);
    });
    assert_eq!(drilled.unwrap().snapshot, Some(made.snapshot));
    assert!(seen);
    let chunk = open(&target).unwrap().lists[0].chunks[0].name;
    target.remove(Piece::Chunk(chunk)).unwrap();
    let drilled = open(&target).unwrap().drill(&dir, costs(), None, &mut |_| ());
    assert!(matches!(drilled, Err(Error::Damaged { .. })));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_lock_that_is_a_link_a_pipe_or_a_folder_is_not_opened() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("backups");
    let lock = dir.join("lock");
    std::fs::create_dir(&dir).unwrap();
    let elsewhere = home.path().join("elsewhere");
    std::os::unix::fs::symlink(&elsewhere, &lock).unwrap();
    assert!(matches!(Folder::create(&dir), Err(Error::Occupied)));
    assert!(!elsewhere.exists(), "a file was made through a link");
    std::fs::remove_file(&lock).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, &lock, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
    assert!(matches!(Folder::create(&dir), Err(Error::Occupied)));
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    assert!(matches!(Folder::create(&dir), Err(Error::Occupied)));
    std::fs::remove_dir(&lock).unwrap();
    assert!(Folder::create(&dir).is_ok());
}
