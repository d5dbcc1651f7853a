//! The vault's reader as the engine's view, and the engine's writes as the vault's.

use sesame_engine::{Key, Rows, Shelf, Unreadable, View, Write};
use sesame_vault::{Reader, Size, Unlock};

/// Committed state, as the engine reads it.
#[derive(Clone)]
pub(crate) struct VaultView(Reader);

impl VaultView {
    pub(crate) fn new(reader: Reader) -> Self {
        Self(reader)
    }

    pub(crate) fn reader(&self) -> Reader {
        self.0.clone()
    }

    pub(crate) fn size(&self) -> Size {
        self.0.size()
    }

    /// Whether this opens the vault. As slow as opening.
    pub(crate) fn opens(&self, unlock: &Unlock<'_>) -> Result<(), sesame_vault::Error> {
        self.0.opens(unlock)
    }
}

impl View for VaultView {
    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Unreadable> {
        self.0.get(&place(key)).map_err(|error| unreadable(&error))
    }

    fn walk(&self, shelf: Shelf, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Rows, Unreadable> {
        self.0.walk(shelf as u16, prefix, after, limit).map_err(|error| unreadable(&error))
    }
}

/// A write, as the vault takes it.
pub(crate) fn write(write: Write) -> sesame_vault::Write {
    match write {
        Write::Put(key, value) => sesame_vault::Write::Put(place(&key), value),
        Write::Drop(key) => sesame_vault::Write::Drop(place(&key)),
    }
}

fn place(key: &Key) -> sesame_vault::Key {
    sesame_vault::Key { shelf: key.shelf as u16, name: key.name.clone() }
}

fn unreadable(error: &sesame_vault::Error) -> Unreadable {
    match error {
        sesame_vault::Error::Index(_) => Unreadable::Lost,
        other => Unreadable::Store(other.to_string()),
    }
}
