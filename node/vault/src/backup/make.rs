//! Making a backup: one committed state is taken, cut, and what is not there yet is written; then the list; then, if so
//! asked, what is older than the last few goes.

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroU32,
};

use super::{
    Error, Progress, Snapshot,
    chunk::{Chunk, Cutter},
    key::{Key, KeyFile},
    manifest::{Line, Manifest},
    open::{Keys, keys, lists},
    seals::Seals,
    target::{ChunkName, Piece, SnapshotId, Target},
};
use crate::{Reader, Slot, frame::Place, reader::Frozen, secret::chance, vault::path};

/// Entries that are read at once, and their sealed bytes.
const READ_ENTRIES_MAX: usize = 4096;
const READ_BYTES_MAX: u64 = 4 << 20;
/// How often a state is taken anew when entries went away while it was read: the vault was rewritten meanwhile.
const TRIES_MAX: u32 = 4;

/// What is asked of a backup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ask {
    /// The moment, in milliseconds since 1970; it is only shown.
    pub at: u64,
    /// How many snapshots stay, this one included. Nothing is removed without it.
    pub keep: Option<NonZeroU32>,
}

/// A backup that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What was made.
    pub snapshot: Snapshot,
    /// Bytes written, lists included.
    pub written_bytes: u64,
    /// Chunks written.
    pub written_chunks: u64,
    /// Chunks that were there already.
    pub known_chunks: u64,
    /// Snapshots removed.
    pub removed: u64,
    /// Which passphrase opens it, besides the words.
    pub passphrase: Passphrase,
}

/// Which passphrase opens a backup; the 24 words always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passphrase {
    /// That of the vault when the backup was made.
    Today,
    /// That of the vault when an earlier backup was made here. Since then it may have been changed, and a vault that was
    /// opened with the words cannot write today's.
    Earlier,
    /// None: the vault was opened with the words, and does not know its passphrase.
    None,
}

/// Makes a backup of what the vault holds now.
///
/// It blocks on both disks. The vault works on meanwhile; it waits only while its index is walked. When the vault is
/// closed on the way the backup ends with [`crate::Error::Closed`].
pub fn create(
    reader: &Reader,
    target: &dyn Target,
    ask: Ask,
    progress: &mut dyn FnMut(Progress),
) -> Result<Made, Error> {
    let seals = reader.seals()?;
    let there = target.list()?;
    let (key, passphrase) = match keys(target, &there)? {
        Keys::Found(files) => own(target, &files, &seals)?,
        Keys::Nothing => fresh(target, &seals)?,
        Keys::Gone => return Err(Error::KeyGone),
    };
    let (older, _) = lists(target, &key, &there)?;
    let mut writer = Writer::new(target, &key, seals.vault, &there, &older);
    let mut tried = 1;
    let taken = loop {
        match writer.take(reader, progress) {
            Ok(taken) => break taken,
            Err(error) if tried < TRIES_MAX && is_passing(&error) => tried += 1,
            Err(error) => return Err(error),
        }
    };
    let mut id = [0; 16];
    chance(&mut id)?;
    let sequence = older.first().map_or(1, |newest| newest.sequence.saturating_add(1));
    let manifest = Manifest { id: SnapshotId(id), sequence, at: ask.at, ..taken };
    target.sync()?;
    let piece = manifest.seal(&key)?;
    for slot in Slot::BOTH {
        target.draft(&piece)?;
        target.name(Piece::Snapshot(manifest.id, slot))?;
        target.sync()?;
        writer.written_bytes += piece.len() as u64;
    }
    let removed = match ask.keep {
        Some(keep) => prune(target, &key, keep)?,
        None => 0,
    };
    let Writer { written_bytes, written_chunks, known_chunks, .. } = writer;
    let snapshot = Snapshot::of(&manifest);
    Ok(Made { snapshot, written_bytes, written_chunks, known_chunks, removed, passphrase })
}

/// The digest of all that a vault holds now: that of a backup made of it, and of a vault restored from that.
pub fn digest(reader: &Reader) -> Result<[u8; 32], crate::Error> {
    let frozen = reader.freeze()?;
    let mut hasher = blake3::Hasher::new();
    each::<crate::Error>(reader, frozen, &mut |entry, value, _| {
        for part in [&length::<2>(entry.len())[..], entry, &length::<4>(value.len()), value] {
            hasher.update(part);
        }
        Ok(())
    })?;
    Ok(hasher.finalize().into())
}

fn length<const N: usize>(length: usize) -> [u8; N] {
    *(length as u64).to_le_bytes().first_chunk().expect("a length takes two or four of eight bytes")
}

/// The vault was rewritten under what was being read.
fn is_passing(error: &Error) -> bool {
    matches!(error, Error::Vault(crate::Error::Corrupt(_)))
}

/// The key that is there, for the vault that made it. A copy that is missing or damaged is written again, and both are
/// when the passphrase has changed since.
fn own(target: &dyn Target, files: &[(Slot, KeyFile)], seals: &Seals) -> Result<(Key, Passphrase), Error> {
    let mut opened = files.iter().filter_map(|(slot, file)| Some((*slot, file, file.open_own(seals)?)));
    let (slot, file, key) = opened.next().ok_or(Error::Foreign)?;
    if !file.is_current(seals) {
        let file = KeyFile::seal(&key, seals)?;
        keep(target, &Slot::BOTH, &file)?;
        return Ok((key, passphrase(&file, seals)));
    }
    let is_twice = opened.next().is_some_and(|(_, other, _)| other.bytes() == file.bytes());
    let missing: &[Slot] = if is_twice { &[] } else { &[slot.other()] };
    keep(target, missing, file)?;
    Ok((key, passphrase(file, seals)))
}

fn fresh(target: &dyn Target, seals: &Seals) -> Result<(Key, Passphrase), Error> {
    let key = Key::fresh(seals.recovery.clone())?;
    let file = KeyFile::seal(&key, seals)?;
    keep(target, &Slot::BOTH, &file)?;
    Ok((key, passphrase(&file, seals)))
}

/// Which passphrase opens a key that the vault goes on with.
fn passphrase(file: &KeyFile, seals: &Seals) -> Passphrase {
    match (file.has_passphrase, &seals.typed) {
        (false, _) => Passphrase::None,
        (true, None) => Passphrase::Earlier,
        (true, Some(_)) => Passphrase::Today,
    }
}

/// Writes copies of the key, one after the other.
fn keep(target: &dyn Target, slots: &[Slot], file: &KeyFile) -> Result<(), Error> {
    for slot in slots {
        target.draft(file.bytes())?;
        target.name(Piece::Key(*slot))?;
        target.sync()?;
    }
    Ok(())
}

/// Removes the snapshots before the last few, and the chunks that none of those names. The lists go first: a crash in
/// between leaves chunks too many, never too few.
fn prune(target: &dyn Target, key: &Key, keep: NonZeroU32) -> Result<u64, Error> {
    let there = target.list()?;
    let (all, findings) = lists(target, key, &there)?;
    let keep = usize::try_from(keep.get()).unwrap_or(usize::MAX);
    let (kept, old) = all.split_at(keep.min(all.len()));
    for snapshot in old {
        for slot in Slot::BOTH {
            target.remove(Piece::Snapshot(snapshot.id, slot))?;
        }
    }
    target.sync()?;
    // A list that cannot be read may name any chunk.
    if !findings.iter().any(super::Finding::is_list) {
        let named: BTreeSet<_> = kept.iter().flat_map(|list| &list.chunks).map(|line| line.name).collect();
        for (piece, _) in there {
            if matches!(piece, Piece::Chunk(name) if !named.contains(&name)) {
                target.remove(piece)?;
            }
        }
        target.sync()?;
    }
    Ok(old.len() as u64)
}

/// What is there, and what was written.
struct Writer<'a> {
    target: &'a dyn Target,
    key: &'a Key,
    vault: [u8; 16],
    there: BTreeMap<ChunkName, u64>,
    written_bytes: u64,
    written_chunks: u64,
    known_chunks: u64,
}

impl<'a> Writer<'a> {
    fn new(target: &'a dyn Target, key: &'a Key, vault: [u8; 16], there: &[(Piece, u64)], older: &[Manifest]) -> Self {
        let mut chunks: BTreeMap<_, _> = there
            .iter()
            .filter_map(|(piece, bytes)| if let Piece::Chunk(name) = piece { Some((*name, *bytes)) } else { None })
            .collect();
        // One that was cut short by a failing disk is written again.
        for line in older.iter().flat_map(|list| &list.chunks) {
            if chunks.get(&line.name).is_some_and(|bytes| *bytes != u64::from(line.bytes)) {
                chunks.remove(&line.name);
            }
        }
        Self { target, key, vault, there: chunks, written_bytes: 0, written_chunks: 0, known_chunks: 0 }
    }

    /// Takes one state, and writes the chunks of it that are not there.
    fn take(&mut self, reader: &Reader, progress: &mut dyn FnMut(Progress)) -> Result<Manifest, Error> {
        let frozen = reader.freeze()?;
        let mut manifest = Manifest {
            id: SnapshotId([0; 16]),
            sequence: 0,
            at: 0,
            vault: self.vault,
            batch: frozen.batch,
            entries: frozen.entries.len() as u64,
            bytes: 0,
            digest: [0; 32],
            chunks: Vec::new(),
        };
        self.known_chunks = 0;
        let mut hasher = blake3::Hasher::new();
        let mut cutter = Cutter::new(self.key);
        let mut keep = |writer: &mut Self, chunk: Option<Chunk>| -> Result<(), Error> {
            let Some(chunk) = chunk else { return Ok(()) };
            hasher.update(&chunk.content);
            manifest.bytes += chunk.content.len() as u64;
            manifest.chunks.push(writer.write(&chunk)?);
            Ok(())
        };
        let this = &mut *self;
        each::<Error>(reader, frozen, &mut |entry, value, now| {
            for chunk in cutter.push(entry, value) {
                keep(this, chunk)?;
            }
            progress(now);
            Ok(())
        })?;
        keep(self, cutter.finish())?;
        manifest.digest = hasher.finalize().into();
        Ok(manifest)
    }

    fn write(&mut self, chunk: &Chunk) -> Result<Line, Error> {
        let name = chunk.name(self.key);
        let bytes = if let Some(bytes) = self.there.get(&name) {
            self.known_chunks += 1;
            *bytes
        } else {
            let piece = chunk.seal(self.key, &name)?;
            self.target.draft(&piece)?;
            self.target.name(Piece::Chunk(name))?;
            let bytes = piece.len() as u64;
            self.there.insert(name, bytes);
            self.written_bytes += bytes;
            self.written_chunks += 1;
            bytes
        };
        let bytes = u32::try_from(bytes).map_err(|_| Error::TooLarge)?;
        Ok(Line { name, entries: chunk.entries, bytes, shelves: chunk.shelves })
    }
}

/// What is done with each entry: its path, its value, and how far the reading is.
type Take<'a, E> = dyn FnMut(&[u8], &[u8], Progress) -> Result<(), E> + 'a;

/// Reads all entries of a state, in order.
pub(crate) fn each<E: From<crate::Error>>(reader: &Reader, frozen: Frozen, take: &mut Take<'_, E>) -> Result<(), E> {
    let total = frozen.entries.iter().map(|(_, place)| u64::from(place.length)).sum();
    let mut done = 0;
    let mut entries = frozen.entries.into_iter().peekable();
    while entries.peek().is_some() {
        let mut places: Vec<(Vec<u8>, Place)> = Vec::new();
        let mut bytes = 0;
        while places.len() < READ_ENTRIES_MAX
            && bytes < READ_BYTES_MAX
            && let Some((entry, place)) = entries.next()
        {
            bytes += u64::from(place.length);
            places.push((entry, place));
        }
        let wanted: Vec<_> = places.iter().map(|(entry, place)| (entry.clone(), *place)).collect();
        let rows = reader.take(wanted)?;
        let last = places.last().map(|(_, place)| *place);
        if rows.len() != places.len()
            && let Some(place) = last
        {
            // Some were forgotten meanwhile: the state is not there any more.
            let damage = crate::Damage::Frame { segment: place.segment, offset: u64::from(place.offset) };
            return Err(crate::Error::from(damage).into());
        }
        for ((entry, place), (name, value)) in places.iter().zip(rows) {
            debug_assert_eq!(*entry, path(u16::from_be_bytes([entry[0], entry[1]]), &name));
            done += u64::from(place.length);
            take(entry, &value, Progress { done, total })?;
        }
    }
    Ok(())
}
