//! What every test of backups needs: quick vaults in memory, chance from a seed, and a look into a backup.

mod damage;
mod faults;
mod hostile;
mod places;
mod whole;

use std::{collections::BTreeMap, num::NonZeroU32, path::Path};

use sesame_protocol::seal::SecretKey;

use super::*;
use crate::{Costs, Key, Memory, MemoryIndex, New, Opening, Reader, Unlock, Vault, Write};

type Model = BTreeMap<Vec<u8>, Vec<u8>>;

const PASSPHRASE: &[u8] = b"correct horse battery staple";
const OTHER: &[u8] = b"another passphrase for the new vault";

fn costs() -> Costs {
    #[cfg(debug_assertions)]
    return Costs::TEST;
    #[cfg(not(debug_assertions))]
    Costs::FLOOR
}

fn words() -> SecretKey {
    SecretKey::from_bytes([42; 32])
}

fn vault_in(files: &Memory) -> Vault {
    let new = New { passphrase: PASSPHRASE, costs: costs(), recovery: &words().public(), first: &[] };
    Vault::create_in(Box::new(files.clone()), Box::new(MemoryIndex::new()), new).unwrap()
}

fn vault() -> Vault {
    vault_in(&Memory::new())
}

fn open_vault(dir: &Path, passphrase: &[u8]) -> (Vault, Opening) {
    Vault::open(dir, Unlock::Passphrase(passphrase), &mut |_| ()).unwrap()
}

fn put(shelf: u16, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Write {
    Write::Put(Key { shelf, name: name.as_ref().to_vec() }, value.as_ref().to_vec())
}

fn backup(vault: &Vault, target: &dyn Target) -> Result<Made, Error> {
    create(&vault.reader(), target, Ask { at: 1_700_000_000_000, keep: None }, &mut |_| ())
}

fn keeping(vault: &Vault, target: &dyn Target, keep: u32) -> Result<Made, Error> {
    create(&vault.reader(), target, Ask { at: 0, keep: NonZeroU32::new(keep) }, &mut |_| ())
}

fn open(target: &dyn Target) -> Result<Backup<'_>, Error> {
    Backup::open(target, &Unlock::Passphrase(PASSPHRASE))
}

fn verify(target: &dyn Target) -> Report {
    open(target).unwrap().verify(&mut |_| ())
}

fn into(dir: &Path) -> Restore<'_> {
    Restore { dir, passphrase: OTHER, costs: costs(), snapshot: None, is_partial: false }
}

/// All entries of a snapshot, the newest being 0. Nothing if one of its chunks does not verify.
fn contents(backup: &Backup<'_>, at: usize) -> Option<Model> {
    let mut found = Model::new();
    for line in &backup.lists[at].chunks {
        let content = backup.content(&line.name)?;
        for (path, value) in chunk::entries(&content).unwrap() {
            found.insert(path.to_vec(), value.to_vec());
        }
    }
    Some(found)
}

/// All entries of a vault.
fn held(reader: &Reader) -> Model {
    let frozen = reader.freeze().unwrap();
    let paths: Vec<_> = frozen.entries.iter().map(|(path, _)| path.clone()).collect();
    let rows = reader.take(frozen.entries).unwrap();
    paths.into_iter().zip(rows).map(|(path, (_, value))| (path, value)).collect()
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Chance that a seed repeats.
struct Dice(blake3::OutputReader);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof())
    }

    fn below(&mut self, most: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % most
    }

    fn bytes(&mut self, length: u64) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(length).unwrap()];
        self.0.fill(&mut bytes);
        bytes
    }

    /// A batch that puts, replaces and drops; names are few, so that they meet again.
    fn batch(&mut self) -> Vec<Write> {
        (0..=self.below(60))
            .map(|_| {
                let shelf = u16::try_from(1 + self.below(5)).unwrap();
                let name = format!("entry {}", self.below(300)).into_bytes();
                match self.below(8) {
                    0 => Write::Drop(Key { shelf, name }),
                    1 => put(shelf, name, vec![7; usize::try_from(self.below(90_000)).unwrap()]),
                    2 => {
                        let length = self.below(40_000);
                        put(shelf, name, self.bytes(length))
                    }
                    _ => {
                        let length = self.below(300);
                        put(shelf, name, self.bytes(length))
                    }
                }
            })
            .collect()
    }
}
