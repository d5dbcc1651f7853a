//! What goes in comes out: random vaults, one committed state, little written for little changed.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use super::*;

#[test]
fn random_vaults_come_back_with_the_same_digest() {
    let (runs, seed) = (number("SESAME_RUNS", 20), number("SESAME_SEED", 20_261_123));
    println!("{runs} vaults, seed {seed}");
    for run in 0..runs {
        let mut dice = Dice::new(seed.wrapping_add(run));
        let home = tempfile::tempdir().unwrap();
        let mut vault = vault();
        let mut states = Vec::new();
        let memory = MemoryTarget::new();
        let folder = Folder::create(&home.path().join("folder")).unwrap();
        let target: &dyn Target = if run % 2 == 0 { &memory } else { &folder };
        for _ in 0..=dice.below(3) {
            for _ in 0..=dice.below(5) {
                vault.commit(dice.batch()).unwrap();
            }
            let made = backup(&vault, target).unwrap();
            assert_eq!(made.snapshot.digest, digest(&vault.reader()).unwrap());
            states.push((made.snapshot, held(&vault.reader())));
        }
        let key = words();
        let unlock = if run % 3 == 0 { Unlock::Recovery(&key) } else { Unlock::Passphrase(PASSPHRASE) };
        let backup = Backup::open(target, &unlock).unwrap();
        assert_eq!(backup.verify(&mut |_| ()).findings, []);
        let (snapshot, state) = &states[usize::try_from(dice.below(states.len() as u64)).unwrap()];
        let dir = home.path().join("vault");
        let restored = backup
            .restore(Restore { snapshot: Some(snapshot.id), ..into(&dir) }, &mut |_| Ok(()), &mut |_| ())
            .unwrap();
        assert_eq!((restored.snapshot, restored.lost), (Some(*snapshot), Vec::new()));
        let (vault, _) = open_vault(&dir, OTHER);
        assert_eq!(digest(&vault.reader()).unwrap(), snapshot.digest, "run {run}");
        assert_eq!(&held(&vault.reader()), state, "run {run}");
    }
}

#[test]
fn one_file_holds_the_same_as_a_folder() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("vault.backup");
    let mut vault = vault();
    let mut dice = Dice::new(1);
    for _ in 0..9 {
        vault.commit(dice.batch()).unwrap();
    }
    let bundle = Bundle::create(&path).unwrap();
    let made = backup(&vault, &bundle).unwrap();
    assert!(!path.exists());
    bundle.finish().unwrap();
    let bundle = Bundle::open(&path).unwrap();
    let opened = open(&bundle).unwrap();
    assert_eq!((opened.verify(&mut |_| ()).findings, opened.snapshots()), (vec![], vec![made.snapshot]));
    assert_eq!(contents(&opened, 0).unwrap(), held(&vault.reader()));
    let restored = opened.restore(into(&home.path().join("vault")), &mut |_| Ok(()), &mut |_| ()).unwrap();
    assert_eq!(restored.entries, made.snapshot.entries);
    assert!(matches!(Bundle::create(&path), Err(Error::Occupied)));
}

#[test]
fn a_backup_of_ten_thousand_entries_with_one_changed_writes_little() {
    let mut vault = vault();
    let mut dice = Dice::new(2);
    for half in 0..10_u32 {
        let batch: Vec<_> =
            (0..1000).map(|entry| put(1, (half * 1000 + entry).to_be_bytes(), dice.bytes(400))).collect();
        vault.commit(batch).unwrap();
    }
    let target = MemoryTarget::new();
    let first = backup(&vault, &target).unwrap();
    for (changed, most) in [(put(1, 4711_u32.to_be_bytes(), dice.bytes(400)), 1), (put(1, b"\0\0\0\x2Az", "new"), 6)] {
        vault.commit([changed]).unwrap();
        let next = backup(&vault, &target).unwrap();
        println!("{} bytes, then {} in {} chunks", first.written_bytes, next.written_bytes, next.written_chunks);
        assert!((1..=most).contains(&next.written_chunks), "{next:?}");
        assert!(next.written_bytes * 10 < first.written_bytes, "{next:?}");
    }
    let again = backup(&vault, &target).unwrap();
    assert_eq!((again.written_chunks, verify(&target).findings), (0, vec![]));
}

#[test]
fn a_backup_of_a_vault_at_work_is_one_committed_state() {
    let mut vault = vault();
    let batch = |value: u64| (0..50_u8).map(|name| put(1, [name], value.to_le_bytes())).collect::<Vec<_>>();
    vault.commit(batch(0)).unwrap();
    let (reader, done) = (vault.reader(), AtomicBool::new(false));
    thread::scope(|scope| {
        let backups = scope.spawn(|| {
            let mut made = 0;
            while !done.load(Ordering::Relaxed) || made < 3 {
                let target = MemoryTarget::new();
                let one = create(&reader, &target, Ask::default(), &mut |_| ()).unwrap();
                let state = contents(&open(&target).unwrap(), 0).unwrap();
                assert_eq!(state.len(), 50);
                let value = (one.snapshot.batch - 1).to_le_bytes();
                assert!(state.values().all(|held| *held == value), "half a batch");
                made += 1;
            }
        });
        for value in 1..200 {
            vault.commit(batch(value)).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        backups.join().unwrap();
    });
}

#[test]
fn no_version_that_was_replaced_or_dropped_is_carried_and_nothing_shows() {
    let mut vault = vault();
    vault.commit([put(1, "replaced", "CANARY one"), put(1, "dropped", "CANARY two"), put(1, "kept", "KEPT")]).unwrap();
    vault.commit([put(1, "replaced", "newer"), Write::Drop(Key { shelf: 1, name: b"dropped".to_vec() })]).unwrap();
    let target = MemoryTarget::new();
    backup(&vault, &target).unwrap();
    let state = contents(&open(&target).unwrap(), 0).unwrap();
    assert_eq!(state.len(), 2);
    assert!(!state.values().any(|value| value.starts_with(b"CANARY")));
    for (piece, _) in target.list().unwrap() {
        let bytes = target.read(piece, u64::MAX).unwrap().unwrap();
        for shown in [b"KEPT".as_slice(), b"kept", b"newer", b"replaced"] {
            assert!(!bytes.windows(shown.len()).any(|part| part == shown), "{piece:?}");
        }
    }
}

#[test]
fn only_the_last_few_are_kept_when_so_asked_and_they_are_whole() {
    let mut vault = vault();
    let target = MemoryTarget::new();
    let mut dice = Dice::new(3);
    let mut states = Vec::new();
    for round in 1..=6_u64 {
        for _ in 0..3 {
            vault.commit(dice.batch()).unwrap();
        }
        let made = keeping(&vault, &target, 3).unwrap();
        assert_eq!(made.removed, u64::from(round > 3));
        states.push(held(&vault.reader()));
    }
    let opened = open(&target).unwrap();
    assert_eq!(opened.snapshots().len(), 3);
    let report = opened.verify(&mut |_| ());
    assert_eq!((report.findings, report.unnamed), (vec![], 0));
    for back in 0..3 {
        assert_eq!(contents(&opened, back).unwrap(), states[5 - back]);
    }
}

#[test]
fn a_vault_that_was_opened_with_the_words_makes_backups_that_the_words_alone_open() {
    let files = Memory::new();
    let mut made = vault_in(&files);
    made.commit([put(1, "a", "b")]).unwrap();
    made.close().unwrap();
    let (target, key) = (MemoryTarget::new(), words());
    let unlock = Unlock::Recovery(&key);
    let (vault, _) = Vault::open_in(Box::new(files), Box::new(MemoryIndex::new()), unlock, &mut |_| ()).unwrap();
    assert_eq!(backup(&vault, &target).unwrap().passphrase, Passphrase::None);
    assert!(matches!(open(&target), Err(Error::Passphrase)));
    assert!(!Backup::open(&target, &Unlock::Recovery(&key)).unwrap().verify(&mut |_| ()).has_passphrase);
}

#[test]
fn another_passphrase_and_other_words_open_nothing() {
    let mut vault = vault();
    vault.commit([put(1, "a", "b")]).unwrap();
    let target = MemoryTarget::new();
    assert_eq!(backup(&vault, &target).unwrap().passphrase, Passphrase::Today);
    let other = SecretKey::from_bytes([43; 32]);
    for unlock in [Unlock::Passphrase(OTHER), Unlock::Recovery(&other)] {
        assert!(matches!(Backup::open(&target, &unlock), Err(Error::Passphrase)));
    }
}

#[test]
fn a_closed_vault_is_not_backed_up() {
    let vault = vault();
    let reader = vault.reader();
    drop(vault);
    let made = create(&reader, &MemoryTarget::new(), Ask::default(), &mut |_| ());
    assert!(matches!(made, Err(Error::Vault(crate::Error::Closed))), "{made:?}");
}

#[test]
fn a_backup_goes_on_when_the_journal_is_compacted_under_it() {
    let (mut vault, target) = (vault(), MemoryTarget::new());
    let mut dice = Dice::new(33);
    for _ in 0..2 {
        for name in 0..200_u8 {
            vault.commit([put(1, [name], dice.bytes(40_000))]).unwrap();
        }
    }
    let reader = vault.reader();
    let mut left = 1;
    // Half of the entries are read, and then what lay there is gone.
    let made = create(&reader, &target, Ask::default(), &mut |_| {
        if left > 0 {
            left -= 1;
            vault.compact(&mut |_, _| ()).unwrap();
        }
    });
    let made = made.unwrap();
    assert!(made.known_chunks > 0, "it was not taken anew");
    assert_eq!(made.snapshot.digest, digest(&reader).unwrap());
    assert_eq!(verify(&target).findings, []);
}

#[test]
fn a_new_passphrase_opens_what_the_old_one_opened_once_the_backup_goes_on() {
    let (mut vault, target) = (vault(), MemoryTarget::new());
    vault.commit([put(1, "a", "b")]).unwrap();
    backup(&vault, &target).unwrap();
    vault.change_passphrase(OTHER, costs()).unwrap();
    assert!(open(&target).is_ok());
    assert!(matches!(Backup::open(&target, &Unlock::Passphrase(OTHER)), Err(Error::Passphrase)));
    backup(&vault, &target).unwrap();
    assert!(matches!(open(&target), Err(Error::Passphrase)));
    assert_eq!(Backup::open(&target, &Unlock::Passphrase(OTHER)).unwrap().snapshots().len(), 2);
    assert!(Backup::open(&target, &Unlock::Recovery(&words())).is_ok());
    assert!(Backup::open_own(&target, &vault.reader()).is_ok());
}

#[test]
fn a_vault_that_was_opened_with_the_words_says_that_an_earlier_passphrase_opens_what_it_goes_on_with() {
    let (files, target, key) = (Memory::new(), MemoryTarget::new(), words());
    let mut vault = vault_in(&files);
    vault.commit([put(1, "a", "b")]).unwrap();
    assert_eq!(backup(&vault, &target).unwrap().passphrase, Passphrase::Today);
    vault.change_passphrase(OTHER, costs()).unwrap();
    vault.close().unwrap();
    let open_again = |unlock: Unlock<'_>| {
        Vault::open_in(Box::new(files.clone()), Box::new(MemoryIndex::new()), unlock, &mut |_| ()).unwrap().0
    };
    let vault = open_again(Unlock::Recovery(&key));
    assert_eq!(backup(&vault, &target).unwrap().passphrase, Passphrase::Earlier);
    assert!(open(&target).is_ok());
    assert!(matches!(Backup::open(&target, &Unlock::Passphrase(OTHER)), Err(Error::Passphrase)));
    vault.close().unwrap();
    assert_eq!(backup(&open_again(Unlock::Passphrase(OTHER)), &target).unwrap().passphrase, Passphrase::Today);
    assert!(matches!(open(&target), Err(Error::Passphrase)));
}
