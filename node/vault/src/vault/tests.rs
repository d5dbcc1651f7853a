//! What every test of the vault needs: a quick vault in memory, and a look at all that it holds.

mod check;
mod compact;
mod damage;
mod disk;
mod faults;
mod forget;
mod index;
mod million;
mod model;
mod passphrase;
mod repair;
mod rotate;

use std::collections::BTreeMap;

use sesame_protocol::seal::{PublicKey, SecretKey};

use self::disk::{Full, create_on, open_on};
use super::*;
use crate::{FileId, Memory};

type Model = BTreeMap<(u16, Vec<u8>), Vec<u8>>;

const PASSPHRASE: &[u8] = b"correct horse battery staple";

fn recovery() -> SecretKey {
    SecretKey::from_bytes([42; 32])
}

#[cfg(debug_assertions)]
const COSTS: Costs = Costs::TEST;
#[cfg(not(debug_assertions))]
const COSTS: Costs = Costs::FLOOR;

fn new(public: &PublicKey) -> New<'_> {
    New { passphrase: PASSPHRASE, costs: COSTS, recovery: public, first: &[] }
}

fn create(files: &Memory, index: &MemoryIndex) -> Vault {
    Vault::create_in(Box::new(files.clone()), Box::new(index.clone()), new(&recovery().public())).unwrap()
}

fn open(files: &Memory, index: &MemoryIndex) -> Result<(Vault, Opening), Error> {
    let unlock = Unlock::Passphrase(PASSPHRASE);
    Vault::open_in(Box::new(files.clone()), Box::new(index.clone()), unlock, &mut |_| {})
}

/// Brings the index up to date, as a checkpoint does when it is far behind.
fn settle(vault: &mut Vault) {
    vault.index().unwrap();
    vault.checkpoint().unwrap();
}

/// What lies in a folder.
fn names(home: &std::path::Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn key(shelf: u16, name: impl AsRef<[u8]>) -> Key {
    Key { shelf, name: name.as_ref().to_vec() }
}

fn put(shelf: u16, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Write {
    Write::Put(key(shelf, name), value.as_ref().to_vec())
}

/// All entries of the first shelves, by walking; each is also looked up by its name.
fn contents(reader: &Reader) -> Result<Model, Error> {
    let mut found = Model::new();
    for shelf in 0..4 {
        for (name, value) in reader.walk(shelf, b"", None, usize::MAX)? {
            assert_eq!(reader.get(&key(shelf, &name))?.as_ref(), Some(&value));
            found.insert((shelf, name), value);
        }
    }
    let notes = reader.walk(FORGETTINGS_SHELF, b"", None, usize::MAX)?.len();
    assert_eq!(reader.size().records, (found.len() + notes) as u64);
    Ok(found)
}

fn apply(model: &mut Model, writes: &[Write]) {
    for write in writes {
        match write {
            Write::Put(key, value) => model.insert((key.shelf, key.name.clone()), value.clone()),
            Write::Drop(key) => model.remove(&(key.shelf, key.name.clone())),
        };
    }
}

/// A few batches that put, replace and drop on two shelves.
fn story() -> Vec<Vec<Write>> {
    (0..6_u8)
        .map(|batch| {
            let mut writes: Vec<_> = (0..4_u8)
                .map(|name| put(u16::from(name % 2), format!("{batch}-{name}"), vec![batch; usize::from(name) * 9]))
                .collect();
            writes.push(put(0, "always", [batch]));
            if batch > 2 {
                writes.push(Write::Drop(key(0, format!("{}-0", batch - 1))));
            }
            writes
        })
        .collect()
}

/// The states that the story goes through, the empty one first.
fn states() -> Vec<Model> {
    let mut model = Model::new();
    let mut states = vec![model.clone()];
    for writes in story() {
        apply(&mut model, &writes);
        states.push(model.clone());
    }
    states
}
