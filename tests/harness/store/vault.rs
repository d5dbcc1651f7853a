//! The vault as a [`Store`]: on a disk with its index beside it, as a node has it, or over any files and any index.

use std::path::Path;

use anyhow::Result;
use sesame_protocol::seal::SecretKey;
use sesame_vault::{Costs, Error, Files, Index, Key, New, Opening, Reader, Unlock, Vault, Write};

use super::{Change, Kind, Store};

/// The vault in a folder.
pub const ON_DISK: Kind = Kind { name: "vault", open: on_disk };

const PASSPHRASE: &[u8] = b"a passphrase of the campaigns";
const SHELF: u16 = 1;
/// Entries that are walked at once.
const WALK: usize = 1000;

/// The costs of a derivation that is not what is tested: none where the build allows it, else the least that is taken.
const fn costs() -> Costs {
    #[cfg(debug_assertions)]
    return Costs::TEST;
    #[cfg(not(debug_assertions))]
    return Costs::FLOOR;
}

/// Makes a vault over these files.
pub fn create(files: Box<dyn Files>, index: Box<dyn Index>) -> Result<Vault, Error> {
    let recovery = SecretKey::from_bytes([9; 32]).public();
    let new = New { passphrase: PASSPHRASE, costs: costs(), recovery: &recovery, first: &[] };
    Vault::create_in(files, index, new)
}

/// Opens the vault over these files.
pub fn open(files: Box<dyn Files>, index: Box<dyn Index>) -> Result<(Vault, Opening), Error> {
    Vault::open_in(files, index, Unlock::Passphrase(PASSPHRASE), &mut |_| {})
}

/// Opens the vault of a folder, or makes it.
pub fn open_folder(folder: &Path) -> Result<Vault, Error> {
    if sesame_vault::exists(folder) {
        return Ok(Vault::open(folder, Unlock::Passphrase(PASSPHRASE), &mut |_| {})?.0);
    }
    let recovery = SecretKey::from_bytes([9; 32]).public();
    Vault::create(folder, New { passphrase: PASSPHRASE, costs: costs(), recovery: &recovery, first: &[] })
}

/// A batch in the vault's own words.
pub fn batch(changes: &[Change]) -> Vec<Write> {
    let key = |name: &[u8]| Key { shelf: SHELF, name: name.to_vec() };
    let write = |change: &Change| match change {
        Change::Put(name, value) => Write::Put(key(name), value.clone()),
        Change::Drop(name) => Write::Drop(key(name)),
    };
    changes.iter().map(write).collect()
}

fn on_disk(folder: &Path) -> Result<Box<dyn Store>> {
    Ok(Box::new(Open::new(open_folder(folder)?)))
}

/// An open vault.
pub struct Open {
    vault: Vault,
    reader: Reader,
}

impl Open {
    /// A vault that was just opened.
    pub fn new(vault: Vault) -> Self {
        let reader = vault.reader();
        Self { vault, reader }
    }

    /// The vault itself.
    pub fn vault(&mut self) -> &mut Vault {
        &mut self.vault
    }
}

impl Store for Open {
    fn commit(&mut self, changes: &[Change]) -> Result<()> {
        self.vault.commit(batch(changes))?;
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<()> {
        Ok(self.vault.checkpoint()?)
    }

    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.reader.get(&Key { shelf: SHELF, name: name.to_vec() })?)
    }

    fn scan(&self, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<()> {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let rows = self.reader.walk(SHELF, b"", after.as_deref(), WALK)?;
            for (name, value) in &rows {
                visit(name, value);
            }
            match rows.into_iter().next_back() {
                Some((name, _)) => after = Some(name),
                None => return Ok(()),
            }
        }
    }

    fn close(self: Box<Self>) -> Result<()> {
        Ok(self.vault.close()?)
    }
}
