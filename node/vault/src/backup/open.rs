//! Reading a backup: its key, its lists, and a check of every byte that says what is damaged and what that means.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Error, Progress,
    chunk::{self, CHUNK_BYTES_MAX},
    key::{KEY_BYTES_MAX, Key, KeyFile},
    manifest::{LIST_BYTES_MAX, Line, Manifest},
    target::{ChunkName, Piece, SnapshotId, Target},
};
use crate::{Reader, Slot, Unlock};
use zeroize::Zeroizing;

/// A backup that is open for reading. Nothing is ever written to its place.
pub struct Backup<'a> {
    pub(super) target: &'a dyn Target,
    pub(super) key: Key,
    /// Newest first.
    pub(super) lists: Vec<Manifest>,
    there: Vec<(Piece, u64)>,
    findings: Vec<Finding>,
    has_passphrase: bool,
}

/// One state of a vault, as it was backed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id.
    pub id: SnapshotId,
    /// When it was made, in milliseconds since 1970, by the clock of the machine that made it.
    pub at: u64,
    /// The vault that it is of.
    pub vault: [u8; 16],
    /// The number of the vault's last batch at that time.
    pub batch: u64,
    /// Entries.
    pub entries: u64,
    /// Bytes of the entries.
    pub bytes: u64,
    /// Bytes of the chunks, which it may share with other snapshots.
    pub sealed_bytes: u64,
    /// BLAKE3 of all entries.
    pub digest: [u8; 32],
}

/// Something that is not as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// One copy of the key is missing or damaged. Nothing is lost while the other is there.
    KeyCopy(Slot),
    /// One copy of a list is missing or damaged. Nothing is lost while the other is there.
    ListCopy(SnapshotId, Slot),
    /// Both copies of a list are damaged: that state is lost, unless another one has the same entries.
    List(SnapshotId),
    /// No list of any state can be read: the first backup was interrupted, the file was cut short, or all lists are
    /// damaged. What is whole can still be restored in part.
    NoList,
    /// A chunk is missing or does not verify: the entries in it are lost.
    Chunk {
        /// Which.
        name: ChunkName,
        /// Whether it is missing altogether.
        is_missing: bool,
        /// Entries in it.
        entries: u32,
        /// The shelves of the first and the last of them.
        shelves: (u16, u16),
        /// How many snapshots need it.
        snapshots: u32,
    },
    /// Every chunk verifies, and together they are not what the list says.
    Digest(SnapshotId),
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The snapshots whose lists can be read, newest first, and whether all of each is there.
    pub snapshots: Vec<(Snapshot, bool)>,
    /// Chunks that were read.
    pub chunks: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Chunks that no list names: what an interrupted backup left. The next one may need them.
    pub unnamed: u64,
    /// Whether a passphrase opens it, and not the words alone.
    pub has_passphrase: bool,
    /// What is damaged. Empty means that every byte is as it was written.
    pub findings: Vec<Finding>,
}

/// What is known of the key before anything is opened.
pub(super) enum Keys {
    /// There is nothing at all.
    Nothing,
    /// There are pieces, and no copy of the key that can be read.
    Gone,
    /// At least one copy is whole.
    Found(Vec<(Slot, KeyFile)>),
}

impl Snapshot {
    pub(super) fn of(list: &Manifest) -> Self {
        let Manifest { id, at, vault, batch, entries, bytes, digest, .. } = *list;
        let sealed_bytes = list.chunks.iter().map(|line| u64::from(line.bytes)).sum();
        Self { id, at, vault, batch, entries, bytes, sealed_bytes, digest }
    }
}

impl Finding {
    /// Whether a whole list is gone, so that nobody knows what it named.
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// Whether something is lost by it.
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::KeyCopy(_) | Self::ListCopy(..))
    }
}

impl<'a> Backup<'a> {
    /// Opens a backup. [`Error::Missing`] when there is none here, [`Error::Passphrase`] when this does not open it.
    pub fn open(target: &'a dyn Target, unlock: &Unlock<'_>) -> Result<Self, Error> {
        Self::open_by(target, &|file| file.open(unlock))
    }

    /// Opens a backup with what an open vault keeps at hand. [`Error::Foreign`] when another vault made it.
    pub fn open_own(target: &'a dyn Target, reader: &Reader) -> Result<Self, Error> {
        let seals = reader.seals()?;
        Self::open_by(target, &|file| file.open_own(&seals).ok_or(Error::Foreign))
    }

    fn open_by(target: &'a dyn Target, open: &dyn Fn(&KeyFile) -> Result<Key, Error>) -> Result<Self, Error> {
        let there = target.list()?;
        let files = match keys(target, &there)? {
            Keys::Nothing => return Err(Error::Missing),
            Keys::Gone => return Err(Error::KeyGone),
            Keys::Found(files) => files,
        };
        let mut findings: Vec<_> = Slot::BOTH
            .into_iter()
            .filter(|slot| !files.iter().any(|(found, _)| found == slot))
            .map(Finding::KeyCopy)
            .collect();
        let mut tried = files.iter().map(|(_, file)| (file, open(file)));
        let (file, key) = match tried.next() {
            Some((file, Ok(key))) => (file, key),
            Some((_, Err(error))) => match tried.next() {
                Some((file, Ok(key))) => (file, key),
                _ => return Err(error),
            },
            None => return Err(Error::KeyGone),
        };
        let has_passphrase = file.has_passphrase;
        let (lists, more) = lists(target, &key, &there)?;
        findings.extend(more);
        if lists.is_empty() {
            findings.push(Finding::NoList);
        }
        Ok(Self { target, key, lists, there, findings, has_passphrase })
    }

    /// Its snapshots, newest first.
    pub fn snapshots(&self) -> Vec<Snapshot> {
        self.lists.iter().map(Snapshot::of).collect()
    }

    /// Reads every byte.
    pub fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Report {
        let mut needed: BTreeMap<ChunkName, (Line, u32)> = BTreeMap::new();
        for line in self.lists.iter().flat_map(|list| &list.chunks) {
            needed.entry(line.name).or_insert((*line, 0)).1 += 1;
        }
        let total = self.chunks().map(|(_, bytes)| bytes).sum();
        let mut check = Check { backup: self, done: Progress { done: 0, total }, read: BTreeMap::new(), progress };
        let mut findings = self.findings.clone();
        // The newest as a whole, in order; of the others what it does not share.
        if let Some(newest) = self.lists.first() {
            let mut hasher = blake3::Hasher::new();
            let mut is_whole = true;
            for line in &newest.chunks {
                match check.content(&line.name) {
                    Some(content) => _ = hasher.update(&content),
                    None => is_whole = false,
                }
            }
            if is_whole && hasher.finalize() != newest.digest {
                findings.push(Finding::Digest(newest.id));
            }
        }
        let unnamed: Vec<_> = self.chunks().map(|(name, _)| name).filter(|name| !needed.contains_key(name)).collect();
        for name in needed.keys().chain(&unnamed) {
            if !check.read.contains_key(name) {
                check.content(name);
            }
        }
        let (chunks, bytes, read) = (check.read.len() as u64, check.done.done, check.read);
        let bad = |name: &ChunkName| read.get(name) != Some(&true);
        for (name, (line, snapshots)) in needed.iter().filter(|(name, _)| bad(name)) {
            let is_missing = self.there.binary_search_by_key(&Piece::Chunk(*name), |(piece, _)| *piece).is_err();
            let Line { entries, shelves, .. } = *line;
            findings.push(Finding::Chunk { name: *name, is_missing, entries, shelves, snapshots: *snapshots });
        }
        let is_whole = |list: &Manifest| {
            list.chunks.iter().all(|line| !bad(&line.name)) && !findings.contains(&Finding::Digest(list.id))
        };
        let snapshots = self.lists.iter().map(|list| (Snapshot::of(list), is_whole(list))).collect();
        let has_passphrase = self.has_passphrase;
        Report { snapshots, chunks, bytes, unnamed: unnamed.len() as u64, has_passphrase, findings }
    }

    /// The chunks that are there, whatever names them, and their bytes.
    pub(super) fn chunks(&self) -> impl Iterator<Item = (ChunkName, u64)> + '_ {
        let named =
            |(piece, bytes): &(Piece, u64)| if let Piece::Chunk(name) = piece { Some((*name, *bytes)) } else { None };
        self.there.iter().filter_map(named)
    }

    /// The content of a chunk; nothing if it is missing, cannot be read or does not verify.
    pub(super) fn content(&self, name: &ChunkName) -> Option<Zeroizing<Vec<u8>>> {
        let piece = match self.target.read(Piece::Chunk(*name), CHUNK_BYTES_MAX) {
            Ok(piece) => piece?,
            Err(error) => {
                tracing::warn!(%error, "a part of a backup cannot be read");
                return None;
            }
        };
        chunk::open(&self.key, name, piece)
    }
}

/// A check on its way.
struct Check<'a, 'b> {
    backup: &'a Backup<'b>,
    done: Progress,
    /// Which chunks were read, and whether they verify.
    read: BTreeMap<ChunkName, bool>,
    progress: &'a mut dyn FnMut(Progress),
}

impl Check<'_, '_> {
    fn content(&mut self, name: &ChunkName) -> Option<Zeroizing<Vec<u8>>> {
        let content = self.backup.content(name);
        let is_first = self.read.insert(*name, content.is_some()).is_none();
        let found = self.backup.there.binary_search_by_key(&Piece::Chunk(*name), |(piece, _)| *piece);
        if let (true, Some((_, bytes))) = (is_first, found.ok().and_then(|at| self.backup.there.get(at))) {
            self.done.done += bytes;
            (self.progress)(self.done);
        }
        content
    }
}

/// Looks for the copies of the key. A copy that cannot be read counts as damaged; a refusal is told only if no copy is
/// left.
pub(super) fn keys(target: &dyn Target, there: &[(Piece, u64)]) -> Result<Keys, Error> {
    let (mut found, mut refused) = (Vec::new(), None);
    for slot in Slot::BOTH {
        match target.read(Piece::Key(slot), KEY_BYTES_MAX).map_err(Error::from) {
            Ok(None) => {}
            Ok(Some(bytes)) => match KeyFile::parse(bytes) {
                Ok(Some(file)) => found.push((slot, file)),
                Ok(None) => {}
                Err(error @ Error::Newer { .. }) => return Err(error),
                Err(error) => refused = Some(error),
            },
            Err(error) => refused = Some(error),
        }
    }
    match (found.is_empty(), refused) {
        (false, _) => Ok(Keys::Found(found)),
        (true, Some(error)) => Err(error),
        (true, None) if there.is_empty() => Ok(Keys::Nothing),
        (true, None) => Ok(Keys::Gone),
    }
}

/// The lists that open, newest first, and what is damaged about the others.
pub(super) fn lists(
    target: &dyn Target,
    key: &Key,
    there: &[(Piece, u64)],
) -> Result<(Vec<Manifest>, Vec<Finding>), Error> {
    let ids: BTreeSet<_> = there
        .iter()
        .filter_map(|(piece, _)| if let Piece::Snapshot(id, _) = piece { Some(*id) } else { None })
        .collect();
    let (mut lists, mut findings) = (Vec::new(), Vec::new());
    for id in ids {
        let mut whole = None;
        let mut bad = Vec::new();
        for slot in Slot::BOTH {
            let piece = target.read(Piece::Snapshot(id, slot), LIST_BYTES_MAX).ok().flatten();
            let list = piece.map(|piece| Manifest::open(key, id, piece)).transpose()?.flatten();
            if list.is_none() {
                bad.push(Finding::ListCopy(id, slot));
            }
            whole = whole.or(list);
        }
        match whole {
            Some(list) => {
                lists.push(list);
                findings.append(&mut bad);
            }
            None => findings.push(Finding::List(id)),
        }
    }
    lists.sort_by_key(|list| Reverse((list.sequence, list.id)));
    Ok((lists, findings))
}

impl std::fmt::Debug for Backup<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Backup").field("snapshots", &self.snapshots()).finish_non_exhaustive()
    }
}
