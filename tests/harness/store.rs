//! What the campaigns against crashes ask of a store, as a small trait, so that the same campaign drives the vault and what
//! it is compared with; and the vault behind it. The order of names and the meaning of values are not its business.

pub mod story;
pub mod vault;

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// One change of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Gives a name a value.
    Put(Vec<u8>, Vec<u8>),
    /// Takes a name away, if it is there.
    Drop(Vec<u8>),
}

/// All that a store holds.
pub type Contents = BTreeMap<Vec<u8>, Vec<u8>>;

/// A store that is open.
pub trait Store {
    /// Applies a batch, in order and whole, and returns when it is durable.
    fn commit(&mut self, batch: &[Change]) -> Result<()>;
    /// What the store does from time to time for its own order; nothing, where there is no such thing.
    fn checkpoint(&mut self) -> Result<()> {
        Ok(())
    }
    /// The value of a name.
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>>;
    /// Shows every entry, in whatever order is the store's own.
    fn scan(&self, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<()>;
    /// Closes it as its makers would.
    fn close(self: Box<Self>) -> Result<()>;
}

/// A kind of store: its name, and how one is opened in a folder. The first opening makes it.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name in reports, and by which a writer is told which one to open.
    pub name: &'static str,
    /// Opens the store in a folder, or makes it if there is none.
    pub open: fn(&Path) -> Result<Box<dyn Store>>,
}

impl Kind {
    /// Opens a store; one that panics has failed to open.
    pub fn open(&self, folder: &Path) -> Result<Box<dyn Store>> {
        guarded(|| (self.open)(folder)).with_context(|| format!("{} does not open", self.name))
    }
}

/// Everything that a store holds; one that panics has failed to tell.
pub fn contents(store: &dyn Store) -> Result<Contents> {
    let mut found = Contents::new();
    guarded(|| {
        store.scan(&mut |name, value| {
            found.insert(name.to_vec(), value.to_vec());
        })
    })?;
    for (name, value) in &found {
        if guarded(|| store.get(name))?.as_ref() != Some(value) {
            bail!("{} is walked with another value than it is looked up with", String::from_utf8_lossy(name));
        }
    }
    Ok(found)
}

/// Applies a batch to a model of what a store should hold.
pub fn apply(model: &mut Contents, batch: &[Change]) {
    for change in batch {
        match change {
            Change::Put(name, value) => model.insert(name.clone(), value.clone()),
            Change::Drop(name) => model.remove(name),
        };
    }
}

fn guarded<T>(act: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|_| bail!("it panicked"))
}
