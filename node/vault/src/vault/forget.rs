//! Forgetting: putting single entries out of reach for good, by taking the keys of their records out of the key file.
//! The frames stay in the journal until it is compacted; nothing opens them any more, the passphrase neither.

use std::collections::BTreeSet;

use super::{Key, Vault, Write, path};
use crate::{
    Error, Reader,
    files::FileId,
    frame::{self, Earlier, HEAD_BYTES, Head, Place, Read, Spot},
    journal::replay::{Extent, Source},
    keys::Known,
};

/// The shelf on which the vault notes that it forgot: how much and when, never what. Nobody else writes on it.
pub const FORGETTINGS_SHELF: u16 = u16::MAX;

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Entries that a reader could find before.
    pub entries: u64,
    /// Records whose keys are gone: all versions of them.
    pub records: u64,
    /// Keys that no entry has. What a dropped entry left in the journal is found by [`Vault::forget_history`] alone.
    pub missing: u64,
    /// Entries of which a version could not be read: what came before that one was not found, and keeps its keys until
    /// the vault is compacted.
    pub broken: u64,
}

/// One note of a forgetting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forgetting {
    /// The generation of the key file that came with it.
    pub generation: u64,
    /// Records whose keys went.
    pub records: u64,
    /// When, as whoever asked for it said: seconds since 1970.
    pub at: u64,
}

/// What a forgetting takes.
#[derive(Default)]
struct Taken {
    numbers: BTreeSet<u64>,
    paths: Vec<Vec<u8>>,
    told: Forgotten,
}

/// What one version of an entry says.
enum Version {
    /// It came after this one.
    After(Earlier),
    /// It is the first.
    First,
    /// It does not open.
    Broken,
}

impl Vault {
    /// Takes entries away, and puts every version of them out of reach: with the passphrase and all files as they are
    /// now, nobody reads them again. Any number of keys costs one new key file. `now` is noted, in seconds since 1970.
    ///
    /// Versions are found from the newest back, up to where an entry was last dropped; [`Vault::forget_history`] finds
    /// those before too. Copies of an older day still hold all of it.
    ///
    /// After an error it has happened or it has not; asking again is right either way.
    pub fn forget(&mut self, keys: &[Key], now: u64) -> Result<Forgotten, Error> {
        self.with_room(|vault| vault.forget_found(keys, false, now))
    }

    /// As [`Vault::forget`], but leaves the newest version of each entry as it is, and takes those before it.
    pub fn forget_older(&mut self, keys: &[Key], now: u64) -> Result<Forgotten, Error> {
        self.with_room(|vault| vault.forget_found(keys, true, now))
    }

    fn forget_found(&mut self, keys: &[Key], keeps_newest: bool, now: u64) -> Result<Forgotten, Error> {
        self.settle()?;
        self.make_room()?;
        let (mut taken, mut broken) = (Taken::default(), Vec::new());
        for path in paths(keys) {
            let Some(Place { record, segment, offset, .. }) = self.shared.state().find(&self.shared.tree, &path)?
            else {
                taken.told.missing += 1;
                continue;
            };
            let newest = Earlier { record, segment, offset };
            let from = if keeps_newest { self.version(&path, newest)? } else { Version::After(newest) };
            let is_whole = match from {
                Version::After(version) => self.trace(&path, version, &mut taken.numbers)?,
                Version::First => true,
                Version::Broken => false,
            };
            taken.told.broken += u64::from(!is_whole);
            match (keeps_newest, is_whole) {
                (true, _) => {}
                (false, true) => taken.paths.push(path),
                (false, false) => broken.push(path),
            }
        }
        self.drop_for_good(&broken)?;
        taken.told.entries = broken.len() as u64;
        self.erase(taken, now)
    }

    /// Drops entries of which a version that nobody can find keeps its key: without a frame that says so, it would come back
    /// when the index is made anew or the vault is repaired.
    fn drop_for_good(&mut self, broken: &[Vec<u8>]) -> Result<(), Error> {
        let drops: Vec<_> = broken.iter().map(|path| Write::Drop(Key::of(path))).collect();
        self.commit(&drops).map(drop)
    }

    /// As [`Vault::forget`], but reads the whole journal for versions of these keys: those too that were dropped long
    /// ago, or before an entry of the same key was written anew. `progress` is told bytes read and bytes to read.
    ///
    /// Refuses a journal that is damaged, because it could not know what it missed.
    pub fn forget_history(
        &mut self,
        keys: &[Key],
        now: u64,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Forgotten, Error> {
        self.with_room(|vault| vault.forget_scanned(keys, now, progress))
    }

    fn forget_scanned(
        &mut self,
        keys: &[Key],
        now: u64,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Forgotten, Error> {
        self.settle()?;
        self.make_room()?;
        let wanted = paths(keys);
        let mut taken = Taken::default();
        let mut met = BTreeSet::new();
        {
            let keys = self.shared.keys();
            let checkpoint = self.journal.checkpoint(0, 0);
            let extent = Extent::of(&checkpoint);
            let (files, vault, root) = (self.shared.files.as_ref(), self.shared.vault, &self.root);
            let source = Source { files, vault, root, keys: &keys, checkpoint: &checkpoint, extent: &extent };
            let from = source.start()?;
            let total = source.bytes_from(&from);
            source.run(&from, &mut |tip, changes| {
                for change in changes.drain(..) {
                    if wanted.contains(&change.path) {
                        taken.numbers.insert(change.record);
                        met.insert(change.path);
                    }
                }
                progress(total.saturating_sub(source.bytes_from(tip)), total);
                std::ops::ControlFlow::Continue(())
            })?;
        }
        taken.told.missing = (wanted.len() - met.len()) as u64;
        for path in met {
            if self.shared.state().find(&self.shared.tree, &path)?.is_some() {
                taken.paths.push(path);
            }
        }
        self.erase(taken, now)
    }

    fn erase(&mut self, taken: Taken, now: u64) -> Result<Forgotten, Error> {
        let Taken { numbers, paths, mut told } = taken;
        told.entries += paths.len() as u64;
        told.records = numbers.len() as u64;
        if numbers.is_empty() {
            return Ok(told);
        }
        // The note comes first, so that a full disk refuses the whole; it counts once its generation has come.
        let generation = self.shared.keys().generation() + 1;
        let note = [told.records.to_le_bytes(), now.to_le_bytes()].concat();
        self.commit([Write::Put(note_key(generation), note)])?;
        self.turn(&numbers, 0, paths)?;
        // Done already; a crash before these leaves them to the next opening.
        if let Err(lost) = self.index().and_then(|()| self.shared.tree.index().flush()) {
            tracing::warn!(%lost, "the index still names what was forgotten; the next opening sees to it");
        }
        if let Err(error) = self.seal_checkpoint() {
            tracing::warn!(%error, "no checkpoint yet for the new key file");
        }
        Ok(told)
    }

    /// Gathers the record numbers of an entry's versions, from one back. False if one of them does not open: the way ends
    /// there.
    fn trace(&self, path: &[u8], from: Earlier, numbers: &mut BTreeSet<u64>) -> Result<bool, Error> {
        let mut next = Some(from);
        while let Some(at) = next {
            // A version whose key is gone was forgotten with all before it, or has left the journal.
            if !matches!(self.shared.keys().find(at.record), Known::Key(_)) {
                return Ok(true);
            }
            numbers.insert(at.record);
            match self.version(path, at)? {
                Version::After(previous) => next = Some(previous).filter(|previous| previous.record < at.record),
                Version::First => return Ok(true),
                Version::Broken => return Ok(false),
            }
        }
        Ok(true)
    }

    /// What the version at a place says of the one before it.
    fn version(&self, path: &[u8], at: Earlier) -> Result<Version, Error> {
        // Compaction took what was before, and its keys go with that.
        if at.segment < self.journal.first().0 {
            return Ok(Version::First);
        }
        let (file, offset) = (FileId::Segment(at.segment), u64::from(at.offset));
        let files = self.shared.files.as_ref();
        let mut head = [0; HEAD_BYTES];
        if files.length(file)?.is_none() || files.read_at(file, offset, &mut head)? < HEAD_BYTES {
            return Ok(Version::Broken);
        }
        let Some(head) = Head::parse(&head).filter(|head| head.record == at.record) else {
            return Ok(Version::Broken);
        };
        let Known::Key(key) = self.shared.keys().find(at.record) else { return Ok(Version::Broken) };
        let mut sealed = zeroize::Zeroizing::new(vec![0; head.length]);
        files.read_at(file, offset + HEAD_BYTES as u64, &mut sealed)?;
        let spot = Spot { vault: self.shared.vault, segment: at.segment, offset };
        let read = frame::open_record(spot, &head, &key, &mut sealed);
        Ok(match read.filter(|read| read.path == path) {
            Some(Read { previous: Some(previous), .. }) => Version::After(previous),
            Some(_) => Version::First,
            None => Version::Broken,
        })
    }
}

impl Reader {
    /// The notes of forgettings behind a generation, at most `limit` of them, the oldest first.
    pub fn forgettings(&self, after: u64, limit: usize) -> Result<Vec<Forgetting>, Error> {
        let rows = self.walk(FORGETTINGS_SHELF, b"", Some(&after.to_be_bytes()), limit)?;
        let current = self.generation()?;
        let read = |(name, note): (Vec<u8>, Vec<u8>)| {
            let generation = u64::from_be_bytes(name.try_into().ok()?);
            let (records, at) = note.split_first_chunk()?;
            let at = u64::from_le_bytes(at.try_into().ok()?);
            Some(Forgetting { generation, records: u64::from_le_bytes(*records), at })
        };
        // A note that a crash left behind names a generation that has not come yet.
        Ok(rows.into_iter().filter_map(read).filter(|note| note.generation <= current).collect())
    }
}

/// The key of the note that comes with a generation of the key file.
pub(super) fn note_key(generation: u64) -> Key {
    Key { shelf: FORGETTINGS_SHELF, name: generation.to_be_bytes().to_vec() }
}

fn paths(keys: &[Key]) -> BTreeSet<Vec<u8>> {
    keys.iter().map(|key| path(key.shelf, &key.name)).collect()
}
