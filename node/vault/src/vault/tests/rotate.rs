//! Rotations of keys: what opens what afterwards, and what a crash leaves.

use std::{fs, path::Path};

use super::*;
use crate::{Rotation, backup::digest};

const NEW: &[u8] = b"a kettle sings behind the northern pier";

fn made(dir: &Path) -> [u8; 32] {
    let mut vault = Vault::create(dir, new(&recovery().public())).unwrap();
    for number in 0..40_u8 {
        vault.commit([put(1, [number], vec![number; 50])]).unwrap();
    }
    vault.commit([put(2, "secret", "of old")]).unwrap();
    vault.forget(&[key(2, "secret")], 7).unwrap();
    vault.commit([Write::Drop(key(1, [3]))]).unwrap();
    let digest = digest(&vault.reader()).unwrap();
    vault.close().unwrap();
    digest
}

fn rotate(dir: &Path, passphrase: &[u8]) -> Result<u64, Error> {
    Rotation::begin(dir, Unlock::Passphrase(passphrase))?.finish(NEW, COSTS, &mut |_| {})
}

fn opened(dir: &Path, passphrase: &[u8]) -> Result<[u8; 32], Error> {
    let (vault, _) = Vault::open(dir, Unlock::Passphrase(passphrase), &mut |_| {})?;
    let found = digest(&vault.reader()).unwrap();
    vault.close()?;
    Ok(found)
}

#[test]
fn after_a_rotation_all_that_was_alive_is_there_and_what_was_before_is_gone() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    let digest = made(&dir);
    assert_eq!(rotate(&dir, PASSPHRASE).unwrap(), 39);
    assert_eq!(names(home.path()), ["vault"]);
    assert_eq!(opened(&dir, NEW).unwrap(), digest);
    assert!(matches!(opened(&dir, PASSPHRASE), Err(Error::Passphrase)));
    let secret = recovery();
    let (vault, _) = Vault::open(&dir, Unlock::Recovery(&secret), &mut |_| {}).unwrap();
    assert_eq!(vault.reader().get(&key(2, "secret")).unwrap(), None);
}

#[test]
fn an_old_header_and_key_file_open_nothing_that_is_written_after_a_rotation() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    made(&dir);
    let stolen: Vec<_> = fs::read_dir(&dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.ends_with("lock") && !path.to_string_lossy().contains("segment"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    assert!(stolen.len() >= 5, "headers, checkpoints and keys");
    rotate(&dir, PASSPHRASE).unwrap();
    for (path, bytes) in stolen {
        fs::write(path, bytes).unwrap();
    }
    for unlock in [Unlock::Passphrase(PASSPHRASE), Unlock::Recovery(&recovery())] {
        let found = Vault::open(&dir, unlock, &mut |_| {});
        assert!(matches!(found, Err(Error::Corrupt(_))), "the old root opens the new journal");
    }
}

#[test]
fn a_rotation_that_is_cut_off_leaves_one_whole_vault_and_the_next_opening_clears_up() {
    let home = tempfile::tempdir().unwrap();
    let (dir, fresh) = (home.path().join("vault"), home.path().join("vault.rotating"));
    let digest = made(&dir);
    // While the new vault was written.
    let part = Vault::create(&fresh, new(&recovery().public())).unwrap();
    drop(part);
    assert!(matches!(opened(&dir, b"a slip"), Err(Error::Passphrase)));
    assert_eq!(names(home.path()).len(), 2, "nothing goes before the other is known to open");
    assert_eq!(opened(&dir, PASSPHRASE).unwrap(), digest);
    assert_eq!(names(home.path()), ["vault"]);
    // After the exchange, while the old one was destroyed.
    let aside = home.path().join("aside");
    crate::files::folder::copy(&dir, &aside).unwrap();
    rotate(&dir, PASSPHRASE).unwrap();
    fs::rename(&aside, &fresh).unwrap();
    fs::remove_file(fresh.join(FileId::Header(Slot::A).name())).unwrap();
    assert_eq!(opened(&dir, NEW).unwrap(), digest);
    assert_eq!(names(home.path()), ["vault"]);
}

#[test]
fn a_rotation_that_fails_leaves_the_vault_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    assert!(matches!(rotate(&dir, PASSPHRASE), Err(Error::Missing)));
    let digest = made(&dir);
    assert!(matches!(rotate(&dir, b"a slip"), Err(Error::Passphrase)));
    let weak = Costs { passes: 0, ..COSTS };
    let begun = Rotation::begin(&dir, Unlock::Passphrase(PASSPHRASE)).unwrap();
    assert!(matches!(Vault::open(&dir, Unlock::Passphrase(PASSPHRASE), &mut |_| {}), Err(Error::InUse { .. })));
    assert!(begun.finish(NEW, weak, &mut |_| {}).is_err());
    assert_eq!(names(home.path()), ["vault"]);
    // What a link of that name leads to is left alone.
    let elsewhere = home.path().join("elsewhere");
    made(&elsewhere);
    std::os::unix::fs::symlink(&elsewhere, home.path().join("vault.rotating")).unwrap();
    assert_eq!(opened(&dir, PASSPHRASE).unwrap(), digest);
    assert_eq!(names(home.path()), ["elsewhere", "vault"]);
    assert!(opened(&elsewhere, PASSPHRASE).is_ok());
}
