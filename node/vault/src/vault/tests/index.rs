//! The index is never trusted further than it proves itself, and the folder tells nothing.

use std::{fs, path::PathBuf};

use super::*;

const CANARIES: [&str; 3] = ["canary-vendor-name", "canary-secret-value", "canary-other-words"];

fn told_on_disk(dir: &Path) {
    let mut vault = Vault::create(dir, new(&recovery().public())).unwrap();
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    vault.commit([put(1, CANARIES[0], CANARIES[1]), put(2, CANARIES[2], "")]).unwrap();
    vault.close().unwrap();
}

fn open_on_disk(dir: &Path) -> (Vault, Opening) {
    Vault::open(dir, Unlock::Passphrase(PASSPHRASE), &mut |_| {}).unwrap()
}

fn expected() -> Model {
    let mut state = states().pop().unwrap();
    apply(&mut state, &[put(1, CANARIES[0], CANARIES[1]), put(2, CANARIES[2], "")]);
    state
}

fn all_files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(all_files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_sled_index_that_is_gone_or_garbage_is_made_anew() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 6] = [
        ("gone", |index| fs::remove_dir_all(index).unwrap()),
        ("a file", |index| {
            fs::remove_dir_all(index).unwrap();
            fs::write(index, b"not a folder").unwrap();
        }),
        ("garbage", |index| all_files(index).iter().for_each(|file| fs::write(file, vec![0x5a; 70_000]).unwrap())),
        ("empty files", |index| all_files(index).iter().for_each(|file| fs::write(file, b"").unwrap())),
        ("bytes flipped", |index| {
            for file in all_files(index) {
                let mut bytes = fs::read(&file).unwrap();
                bytes.iter_mut().step_by(97).for_each(|byte| *byte ^= 0xff);
                fs::write(&file, bytes).unwrap();
            }
        }),
        ("a snapshot half written", |index| fs::write(index.join("snap.00000000000000FF.generating"), b"x").unwrap()),
    ];
    for (what, harm) in harms {
        let home = tempfile::tempdir().unwrap();
        told_on_disk(home.path());
        harm(&home.path().join("index"));
        let (vault, opening) = open_on_disk(home.path());
        assert!(opening.index_rebuilt, "{what}");
        assert_eq!(contents(&vault.reader()).unwrap(), expected(), "{what}");
        vault.close().unwrap();
        let (vault, opening) = open_on_disk(home.path());
        assert!(!opening.index_rebuilt, "{what}");
        assert_eq!(contents(&vault.reader()).unwrap(), expected(), "{what}");
    }
}

#[test]
fn a_sled_file_with_any_part_damaged_never_lies() {
    let home = tempfile::tempdir().unwrap();
    told_on_disk(home.path());
    let db = home.path().join("index").join("db");
    let whole = fs::read(&db).unwrap();
    let used = whole.iter().rposition(|byte| *byte != 0).unwrap();
    let mut rebuilt = 0;
    for part in 0..60 {
        let mut bytes = whole.clone();
        let at = used * part / 60;
        bytes[at..(at + 8).min(whole.len())].iter_mut().for_each(|byte| *byte ^= 0xa5);
        fs::write(&db, bytes).unwrap();
        let (mut vault, opening) = open_on_disk(home.path());
        rebuilt += u32::from(opening.index_rebuilt);
        match contents(&vault.reader()) {
            Err(Error::Index(_)) => {
                vault.rebuild_index(&mut |_| {}).unwrap();
                rebuilt += 1;
            }
            found => assert_eq!(found.unwrap(), expected()),
        }
        assert_eq!(contents(&vault.reader()).unwrap(), expected());
        drop(vault);
    }
    assert!(rebuilt > 10, "the damage never hit: {rebuilt}");
}

#[test]
fn a_stale_index_catches_up_and_one_from_another_history_is_made_anew() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    vault.commit([put(1, "a", "1")]).unwrap();
    settle(&mut vault);
    let (old_files, old_index) = (files.fork(), index.fork());
    vault.commit([put(1, "a", "2"), put(1, "b", "2")]).unwrap();
    vault.close().unwrap();

    let (vault, opening) = open(&files, &old_index).unwrap();
    assert!(!opening.index_rebuilt);
    assert_eq!(vault.reader().get(&key(1, "a")).unwrap().unwrap(), b"2");
    drop(vault);

    // As many batches, of another life of the same vault; and an index that is ahead of its journal.
    let (mut other, _) = open(&old_files, &MemoryIndex::new()).unwrap();
    other.commit([put(1, "c", "3")]).unwrap();
    drop(other);
    let (other, opening) = open(&old_files, &index.fork()).unwrap();
    assert!(opening.index_rebuilt);
    assert_eq!(other.reader().walk(1, b"", None, 9).unwrap().len(), 2);
    let (mut vault, _) = open(&files, &index).unwrap();
    vault.commit([put(1, "d", "4")]).unwrap();
    vault.close().unwrap();
    let (other, opening) = open(&old_files, &index).unwrap();
    assert!(opening.index_rebuilt);
    assert_eq!(other.size().batch, 2);
}

#[test]
fn a_page_that_is_missing_changed_or_older_is_an_error_until_the_index_is_made_anew() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    let write = |value: &str| (0..900_u16).map(|name| put(1, name.to_be_bytes(), value)).collect::<Vec<_>>();
    vault.commit(write("old")).unwrap();
    settle(&mut vault);
    let old = index.entries();
    vault.commit(write("new")).unwrap();
    vault.close().unwrap();
    let pages = index.entries();
    assert!(pages.len() > 6);
    for (number, (blind, bytes)) in pages.iter().enumerate() {
        let mut flipped = bytes.clone();
        flipped[number % 16] ^= 1;
        let other = old[number % old.len()].1.clone();
        for harm in [None, Some(flipped), Some(other), Some(vec![])] {
            let index = index.fork();
            index.apply(&vec![(*blind, harm)]).unwrap();
            let (mut vault, opening) = open(&files.fork(), &index).unwrap();
            let mut lost = 0;
            for name in 0..900_u16 {
                match vault.reader().get(&key(1, name.to_be_bytes())) {
                    Ok(found) => assert_eq!(found.as_deref(), Some(b"new".as_slice())),
                    Err(Error::Index(_)) => lost += 1,
                    Err(other) => panic!("{other:?}"),
                }
            }
            assert!(opening.index_rebuilt != (lost > 0), "page {number}");
            vault.rebuild_index(&mut |_| {}).unwrap();
            assert_eq!(contents(&vault.reader()).unwrap().len(), 900);
        }
    }
}

/// An index that takes nothing any more.
struct Broken;

impl Index for Broken {
    fn load(&self, _: &crate::Blind) -> Result<Option<Vec<u8>>, Lost> {
        Err(Lost::Failed)
    }
    fn apply(&self, _: &crate::Changes) -> Result<(), Lost> {
        Err(Lost::Panicked)
    }
    fn flush(&self) -> Result<(), Lost> {
        Err(Lost::Failed)
    }
    fn reset(&self) -> Result<(), Lost> {
        Err(Lost::Failed)
    }
}

#[test]
fn an_index_that_takes_nothing_keeps_nobody_from_their_data() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    vault.close().unwrap();
    let unlock = Unlock::Passphrase(PASSPHRASE);
    let opened = Vault::open_in(Box::new(files), Box::new(Broken), unlock, &mut |_| {});
    let (mut vault, opening) = opened.unwrap();
    assert!(opening.index_rebuilt);
    assert_eq!(contents(&vault.reader()).unwrap(), *states().last().unwrap());
    vault.commit([put(3, "a", "b")]).unwrap();
    settle(&mut vault);
    assert_eq!(vault.size().records, states().last().unwrap().len() as u64 + 1);
}

#[test]
fn no_file_shows_a_name_a_value_or_the_passphrase() {
    let home = tempfile::tempdir().unwrap();
    told_on_disk(home.path());
    let files = all_files(home.path());
    assert!(files.len() > 6);
    for file in files {
        let bytes = fs::read(&file).unwrap();
        for canary in CANARIES.iter().map(|canary| canary.as_bytes()).chain([PASSPHRASE]) {
            let found = bytes.windows(canary.len()).any(|window| window == canary);
            assert!(!found, "{} holds {}", file.display(), String::from_utf8_lossy(canary));
        }
    }
}

#[test]
fn two_vaults_that_differ_in_names_alone_look_alike() {
    let look = |names: [&str; 3]| {
        let (files, index) = (Memory::new(), MemoryIndex::new());
        let mut vault = create(&files, &index);
        vault.commit(names.map(|name| put(1, name, "the same value"))).unwrap();
        vault.close().unwrap();
        let sizes: Vec<_> = files.list().unwrap().iter().map(|file| (*file, files.length(*file).unwrap())).collect();
        let mut pages: Vec<_> = index.entries().iter().map(|(_, value)| value.len()).collect();
        pages.sort_unstable();
        (sizes, pages)
    };
    assert_eq!(look(["edf", "orange", "carrefour"]), look(["ovh", "bouygu", "monoprix!"]));
}

#[test]
fn a_vault_is_found_made_once_and_opened_once() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("vault");
    let opened = Vault::open(&dir, Unlock::Passphrase(PASSPHRASE), &mut |_| {});
    assert!(matches!(opened, Err(Error::Missing)) && !dir.exists() && !exists(&dir));
    let vault = Vault::create(&dir, new(&recovery().public())).unwrap();
    assert!(exists(&dir));
    assert!(matches!(Vault::create(&dir, new(&recovery().public())), Err(Error::Exists)));
    let pid = std::process::id();
    let opened = Vault::open(&dir, Unlock::Passphrase(PASSPHRASE), &mut |_| {});
    assert!(matches!(opened, Err(Error::InUse { pid: Some(found) }) if found == pid));
    let reader = vault.reader();
    drop(vault);
    assert!(matches!(reader.get(&key(1, "a")), Err(Error::Closed)));
    let opened = Vault::open(&dir, Unlock::Passphrase(b"wrong"), &mut |_| {});
    assert!(matches!(opened, Err(Error::Passphrase)));
    open_on_disk(&dir);
}

#[cfg(unix)]
#[test]
fn every_file_of_a_vault_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    told_on_disk(home.path());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(home.path()), mode(&home.path().join("index"))), (0o700, 0o700));
    for file in all_files(home.path()) {
        if file.parent() == Some(home.path()) {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }
}
