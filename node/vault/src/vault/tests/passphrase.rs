//! Another passphrase: the old one opens no more, and one of the two always does.

use std::sync::atomic::Ordering;

use super::*;
use crate::Stretched;

const OTHER: &[u8] = b"tout autre chose, et plus long";

fn costs() -> Costs {
    new(&recovery().public()).costs
}

fn unlock(files: &Memory, unlock: Unlock<'_>) -> Result<Model, Error> {
    let (files, index) = (Box::new(files.clone()), Box::new(MemoryIndex::new()));
    Vault::open_in(files, index, unlock, &mut |_| {}).map(|(vault, _)| contents(&vault.reader()).unwrap())
}

fn told(files: &Full) -> Vault {
    let mut vault = create_on(files);
    for writes in story() {
        vault.commit(writes).unwrap();
    }
    vault
}

#[test]
fn after_a_change_the_new_passphrase_and_the_words_open_and_the_old_one_does_not() {
    let (files, state) = (Full::new(), states().pop().unwrap());
    let mut vault = told(&files);
    let old = files.inner.bytes(FileId::Header(Slot::A)).unwrap();
    let too_cheap = Costs { memory_kib: 9, passes: 1, lanes: 1 };
    assert!(matches!(vault.change_passphrase(OTHER, too_cheap), Err(Error::Header(_))));
    assert_eq!(vault.costs(), costs());
    vault.change_passphrase(OTHER, Costs::FLOOR).unwrap();
    assert_eq!(vault.costs(), Costs::FLOOR);
    vault.forget(&[key(0, "always")], 7).unwrap();
    vault.close().unwrap();
    let mut left = state;
    left.remove(&(0, b"always".to_vec()));
    let files = &files.inner;
    assert!(matches!(unlock(files, Unlock::Passphrase(PASSPHRASE)), Err(Error::Passphrase)));
    assert_eq!(unlock(files, Unlock::Passphrase(OTHER)).unwrap(), left);
    assert_eq!(unlock(files, Unlock::Recovery(&recovery())).unwrap(), left);
    // Nothing of what the old passphrase opened is left: its salt, and what was sealed with it.
    for slot in Slot::BOTH {
        let header = files.bytes(FileId::Header(slot)).unwrap();
        let at = 8 + 2 + 16 + 12;
        assert_ne!(header[at..at + 16], old[at..at + 16]);
        let at = at + 16 + 1216;
        // The last 8 of 24 bytes of a nonce count, and are the same everywhere.
        for part in [at..at + 16, at + 24..at + 72] {
            let same = header[part.clone()].iter().zip(&old[part]).filter(|(new, old)| new == old).count();
            assert!(same < 8, "{same} bytes");
        }
    }
}

#[test]
fn a_reader_tells_whether_a_passphrase_opens_and_a_stretched_one_is_taken() {
    let files = Full::new();
    let mut vault = told(&files);
    let reader = vault.reader();
    reader.opens(&Unlock::Passphrase(PASSPHRASE)).unwrap();
    reader.opens(&Unlock::Recovery(&recovery())).unwrap();
    assert!(matches!(reader.opens(&Unlock::Passphrase(OTHER)), Err(Error::Passphrase)));
    let stretched = Stretched::new(OTHER, costs()).unwrap();
    assert!(!format!("{stretched:?}").contains("key"));
    vault.take_passphrase(&stretched).unwrap();
    reader.opens(&Unlock::Passphrase(OTHER)).unwrap();
    assert!(matches!(reader.opens(&Unlock::Passphrase(PASSPHRASE)), Err(Error::Passphrase)));
    vault.close().unwrap();
    assert!(matches!(reader.opens(&Unlock::Passphrase(OTHER)), Err(Error::Closed)));
    unlock(&files.inner, Unlock::Passphrase(OTHER)).unwrap();
}

#[test]
fn a_change_that_is_cut_off_anywhere_leaves_one_of_the_two_passphrases() {
    let state = states().pop().unwrap();
    let (mut before, mut after) = (0, 0);
    for steps in 0..8 {
        for is_torn in [false, true] {
            for is_crash in [false, true] {
                let files = Full::new();
                let mut vault = told(&files);
                if is_crash {
                    files.kill_after(steps, is_torn);
                } else {
                    files.is_torn.store(is_torn, Ordering::Relaxed);
                    files.slip.store(steps, Ordering::Relaxed);
                }
                let done = vault.change_passphrase(OTHER, costs());
                let mut passphrases = vec![OTHER];
                if is_crash || done.is_err() && steps % 2 == 0 {
                    passphrases.push(PASSPHRASE);
                } else {
                    // What was begun is brought to its end before anything else is written.
                    files.slip.store(u64::MAX, Ordering::Relaxed);
                    vault.commit([put(0, "always", [5])]).unwrap();
                }
                drop(vault);
                let opened: Vec<_> = passphrases
                    .into_iter()
                    .filter(|passphrase| match unlock(&files.inner.fork(), Unlock::Passphrase(passphrase)) {
                        Ok(found) => found == state,
                        Err(error) => {
                            assert!(matches!(error, Error::Passphrase), "{error:?}");
                            false
                        }
                    })
                    .collect();
                assert!(!opened.is_empty(), "{steps} steps, torn {is_torn}, crash {is_crash}");
                assert!(done.is_err() || opened[0] == OTHER);
                before += u32::from(opened.contains(&PASSPHRASE));
                after += u32::from(opened.contains(&OTHER));
                assert_eq!(unlock(&files.inner, Unlock::Recovery(&recovery())).unwrap(), state);
            }
        }
    }
    assert!(before > 3 && after > 10, "{before} {after}");
}
