//! Restoring: a new vault made of a snapshot, all of it or none; or, where a backup is damaged and whoever asks wants what
//! is left, all that is whole, with the rest named. A drill is a restoring that is compared, opened and thrown away.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    fs, io,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{Backup, Error, Progress, Snapshot, SnapshotId, chunk, digest, manifest::Manifest};
use crate::{Costs, Key, New, Unlock, Vault, Write, files::folder, secret::chance, vault};

/// Writes and bytes of one batch of a vault that is being restored.
const BATCH_WRITES_MAX: usize = 4096;
const BATCH_BYTES_MAX: usize = 8 << 20;
/// What a vault is called until all of it is there.
const UNFINISHED: &str = "restoring";

/// What is to be restored, where to, and how it opens from then on.
#[derive(Clone, Copy)]
pub struct Restore<'a> {
    /// The folder of the new vault: missing or empty. Its parent must be there.
    pub dir: &'a Path,
    /// The passphrase of the new vault.
    pub passphrase: &'a [u8],
    /// What deriving a key from it shall cost.
    pub costs: Costs,
    /// Which snapshot; the newest without it.
    pub snapshot: Option<SnapshotId>,
    /// Whether to take what is whole when not all is.
    pub is_partial: bool,
}

/// A vault that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What it was made of; nothing where no list could be read, and whatever was whole was taken.
    pub snapshot: Option<Snapshot>,
    /// Entries that are there.
    pub entries: u64,
    /// Entries of which several versions were found and no list to say which is the newest: one of them was taken.
    pub doubtful: u64,
    /// What is not.
    pub lost: Vec<Lost>,
}

/// Entries that are lost with one chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// How many.
    pub entries: u32,
    /// The shelves of the first and the last of them.
    pub shelves: (u16, u16),
}

impl Backup<'_> {
    /// Makes a vault of a snapshot. `then` is called with it before it takes its place, for what has to change in a vault
    /// that went back in time; what that writes is no part of the comparison.
    ///
    /// All or nothing: after an error, or a crash on the way, there is no vault. What was left of it is removed by the
    /// next restoring.
    pub fn restore(
        &self,
        into: Restore<'_>,
        then: &mut dyn FnMut(&mut Vault) -> Result<(), crate::Error>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Restored, Error> {
        let list = self.choose(into)?;
        if vault::exists(into.dir) || fs::read_dir(into.dir).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(Error::Vault(crate::Error::Exists));
        }
        let unfinished = Unfinished::begin(into.dir)?;
        let new = New { passphrase: into.passphrase, costs: into.costs, recovery: &self.key.recovery, first: &[] };
        let mut vault = Vault::create(&unfinished.0, new).map_err(Error::Vault)?;
        let (lost, doubtful) = match list {
            Some(list) => (self.fill(&mut vault, list, into.is_partial, progress)?, 0),
            None => (Vec::new(), self.gather(&mut vault, progress)?),
        };
        if let Some(list) = list
            && lost.is_empty()
            && digest(&vault.reader())? != list.digest
        {
            return Err(Error::Digest);
        }
        let entries = vault.size().records;
        then(&mut vault).map_err(Error::Vault)?;
        vault.close().map_err(Error::Vault)?;
        unfinished.finish(into.dir)?;
        Ok(Restored { snapshot: list.map(Snapshot::of), entries, doubtful, lost })
    }

    /// Restores into a folder that does not exist yet, compares, opens what was made like any vault, compares again, and
    /// removes it, whatever came of it.
    pub fn drill(
        &self,
        dir: &Path,
        costs: Costs,
        snapshot: Option<SnapshotId>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Restored, Error> {
        if dir.exists() {
            return Err(Error::Occupied);
        }
        let _removed = Removed(dir);
        // Nobody will ever know it: what the removed files leave on the disk opens for nobody.
        let mut passphrase = Zeroizing::new([0; 32]);
        chance(passphrase.as_mut())?;
        let into = Restore { dir, passphrase: passphrase.as_ref(), costs, snapshot, is_partial: false };
        let restored = self.restore(into, &mut |_| Ok(()), progress)?;
        let unlock = Unlock::Passphrase(passphrase.as_ref());
        let (vault, _) = Vault::open(dir, unlock, &mut |_| ()).map_err(Error::Vault)?;
        let found = digest(&vault.reader())?;
        drop(vault);
        if restored.snapshot.is_some_and(|snapshot| snapshot.digest == found) {
            Ok(restored)
        } else {
            Err(Error::Digest)
        }
    }

    /// The list to restore; nothing where there is none at all and what is whole is wanted all the same.
    fn choose(&self, into: Restore<'_>) -> Result<Option<&Manifest>, Error> {
        let is_it = |list: &&Manifest| into.snapshot.is_none_or(|id| list.id == id);
        match self.lists.iter().find(is_it) {
            None if self.lists.is_empty() && into.is_partial && into.snapshot.is_none() => Ok(None),
            found => found.map(Some).ok_or(Error::NoSnapshot),
        }
    }

    /// Writes the entries of every chunk that verifies. Says of how many there were several versions.
    fn gather(&self, vault: &mut Vault, progress: &mut dyn FnMut(Progress)) -> Result<u64, Error> {
        let hash = |bytes: &[u8]| *blake3::hash(bytes).as_bytes();
        let mut taken: BTreeMap<[u8; 32], [u8; 32]> = BTreeMap::new();
        let mut doubtful = BTreeSet::new();
        let mut batch = Batch::default();
        let mut now = Progress { done: 0, total: self.chunks().map(|(_, bytes)| bytes).sum() };
        for (name, bytes) in self.chunks() {
            let content = self.content(&name);
            for (path, value) in content.as_ref().and_then(|content| chunk::entries(content)).unwrap_or_default() {
                let (entry, version) = (hash(path), hash(value));
                match taken.entry(entry) {
                    Entry::Vacant(vacant) => {
                        vacant.insert(version);
                        batch.push(path, value, vault)?;
                    }
                    Entry::Occupied(first) if *first.get() != version => _ = doubtful.insert(entry),
                    Entry::Occupied(_) => {}
                }
            }
            now.done += bytes;
            progress(now);
        }
        batch.commit(vault)?;
        Ok(doubtful.len() as u64)
    }

    /// Writes all entries of a list. Chunks that do not verify end it, unless what is whole is wanted all the same.
    fn fill(
        &self,
        vault: &mut Vault,
        list: &Manifest,
        is_partial: bool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Lost>, Error> {
        let mut batch = Batch::default();
        let mut now = Progress { done: 0, total: list.chunks.iter().map(|line| u64::from(line.bytes)).sum() };
        let mut lost = Vec::new();
        for line in &list.chunks {
            let content = self.content(&line.name);
            let entries = content.as_ref().and_then(|content| chunk::entries(content));
            match entries.filter(|entries| entries.len() as u64 == u64::from(line.entries)) {
                Some(entries) if lost.is_empty() || is_partial => {
                    for (path, value) in entries {
                        batch.push(path, value, vault)?;
                    }
                }
                Some(_) => {}
                None => lost.push(Lost { entries: line.entries, shelves: line.shelves }),
            }
            now.done += u64::from(line.bytes);
            progress(now);
        }
        if !lost.is_empty() && !is_partial {
            let entries = lost.iter().map(|lost| u64::from(lost.entries)).sum();
            return Err(Error::Damaged { chunks: lost.len() as u64, entries });
        }
        batch.commit(vault)?;
        Ok(lost)
    }
}

/// Writes on their way into a vault.
#[derive(Default)]
pub(crate) struct Batch {
    writes: Vec<Write>,
    bytes: usize,
}

impl Batch {
    pub(crate) fn push(&mut self, path: &[u8], value: &[u8], vault: &mut Vault) -> Result<(), crate::Error> {
        self.bytes += path.len() + value.len();
        self.writes.push(Write::Put(Key::of(path), value.to_vec()));
        if self.writes.len() >= BATCH_WRITES_MAX || self.bytes >= BATCH_BYTES_MAX { self.commit(vault) } else { Ok(()) }
    }

    pub(crate) fn commit(&mut self, vault: &mut Vault) -> Result<(), crate::Error> {
        vault.commit(&self.writes)?;
        self.writes.clear();
        self.bytes = 0;
        Ok(())
    }
}

/// The folder of a vault that is not whole yet; it goes unless it is finished.
struct Unfinished(PathBuf);

impl Unfinished {
    fn begin(dir: &Path) -> Result<Self, Error> {
        let unfinished = folder::beside(dir, UNFINISHED).map_err(Error::Vault)?;
        match fs::remove_dir_all(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(local(error)),
            _ => Ok(Self(unfinished)),
        }
    }

    /// Takes the name of the vault, durably. A folder in its place must be empty, or the system refuses.
    fn finish(self, dir: &Path) -> Result<(), Error> {
        folder::rename(&self.0, dir).map_err(local)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Gone already when it was finished; if it cannot be removed, the next restoring does it.
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A folder that goes when this does.
struct Removed<'a>(&'a Path);

impl Drop for Removed<'_> {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(self.0)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the folder of a drill could not be removed");
        }
    }
}

/// An error of the disk that the vault is made on, and not of the backup's place.
fn local(error: io::Error) -> Error {
    Error::Vault(crate::Error::from(error))
}

impl std::fmt::Debug for Restore<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Restore").field("dir", &self.dir).finish_non_exhaustive()
    }
}
