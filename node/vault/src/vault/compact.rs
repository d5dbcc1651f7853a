//! Compaction: what is alive in the journal's oldest segment is written anew at its end, and the segment goes. So the
//! journal stays one unbroken chain, of which only the beginning is ever taken away; what was dropped, replaced or
//! forgotten is not written again, and its keys leave the key file at the end, all in one turn.
//!
//! It goes step by step, so that batches can be committed between, and needs no more room than what is alive in one
//! segment. A crash at any step leaves a whole vault: copies are ordinary batches, a checkpoint in both slots names the
//! shorter journal before a segment is removed, and the next opening clears away what is left over.

use std::sync::PoisonError;

use super::Vault;
use crate::{
    Error,
    error::Damage,
    files::FileId,
    frame::{Entry, Place},
    journal::scan::{Change, Scan},
    segment::{self, Segment, Tip},
};

/// Bytes that one step reads of the old segment, one batch more at most.
const STEP_BYTES: u64 = 4 << 20;
/// Bytes and entries of one batch of copies.
const COPY_BYTES: usize = 4 << 20;
const COPY_ENTRIES: usize = 4096;
/// What a checkpoint takes at least, the last thing that a segment needs before it goes.
const CHECKPOINT_BYTES: u64 = 4096;
/// Less than this dead is not worth the wear of a disk.
const DEAD_BYTES_MIN: u64 = 16 << 20;
/// A key file larger than this is worth compaction by itself: every forgetting writes it whole.
const KEY_FILE_BYTES_WORN: u64 = 8 << 20;

/// How much of a vault is dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wear {
    /// Bytes of the journal.
    pub journal_bytes: u64,
    /// Bytes of it that no reader can find: what compaction would free, commit frames and headers aside.
    pub dead_bytes: u64,
    /// Bytes of the key file: 33 for a thousand records, and 34 for each record beside one that was forgotten.
    pub key_file_bytes: u64,
}

impl Wear {
    /// Whether compaction is worth its writes: half of the journal is dead, or the key file is large.
    pub fn is_worth_compacting(&self) -> bool {
        let is_half_dead = self.dead_bytes >= DEAD_BYTES_MIN && self.dead_bytes >= self.journal_bytes / 2;
        is_half_dead || self.key_file_bytes >= KEY_FILE_BYTES_WORN
    }
}

/// A compaction under way. It may be dropped at any time: what it did stands, and another one begins where it ended.
#[derive(Debug)]
pub struct Compaction {
    /// The last segment to go.
    last: u32,
    /// Where the oldest segment is being read.
    at: Option<Tip>,
    /// Bytes of the old segments.
    pub total_bytes: u64,
    /// Those of them that were read.
    pub done_bytes: u64,
    /// Bytes that were written anew.
    pub copied_bytes: u64,
    /// Bytes of the segments that were removed.
    pub freed_bytes: u64,
}

/// What one step of a compaction came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There is more to do.
    More,
    /// The journal holds what is alive and little else, and the keys of all the rest are gone.
    Done,
    /// The disk is full. Nothing is lost, and the same step can be tried again once there is room.
    NoRoom {
        /// Bytes that the next segment needs at most before it gives its own back.
        needed: u64,
    },
}

impl Vault {
    /// How much of the vault is dead.
    pub fn wear(&self) -> Wear {
        let size = self.size();
        let dead_bytes = size.journal_bytes.saturating_sub(size.live_bytes);
        Wear { journal_bytes: size.journal_bytes, dead_bytes, key_file_bytes: self.shared.keys().file_bytes() }
    }

    /// Compacts the whole journal. `progress` is told bytes read and bytes to read. Ends with [`Step::Done`] or with
    /// [`Step::NoRoom`]: then the segments that were done with are gone already.
    pub fn compact(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<Step, Error> {
        let mut compaction = self.begin_compaction()?;
        loop {
            let step = self.compact_step(&mut compaction)?;
            progress(compaction.done_bytes, compaction.total_bytes);
            if step != Step::More {
                return Ok(step);
            }
        }
    }

    /// Begins a compaction of all that the journal holds now. What is committed meanwhile is not part of it.
    pub fn begin_compaction(&mut self) -> Result<Compaction, Error> {
        self.settle()?;
        let last = self.with_room(|vault| vault.journal.part())?;
        let total_bytes = self.journal.bytes() - segment::HEADER_BYTES as u64;
        Ok(Compaction { last, at: None, total_bytes, done_bytes: 0, copied_bytes: 0, freed_bytes: 0 })
    }

    /// Does one step: a few megabytes are read, what is alive of them is written anew. Between two steps batches may be
    /// committed and entries forgotten; readers go on all the time, but for a moment when a segment goes.
    ///
    /// A segment that is damaged is not copied: [`Error::Corrupt`], and it stays where it is.
    pub fn compact_step(&mut self, compaction: &mut Compaction) -> Result<Step, Error> {
        self.settle()?;
        self.make_room()?;
        let (number, end) = self.journal.first();
        let done = self.with_room(|vault| {
            if number > compaction.last {
                vault.erase_keys().map(|()| Step::Done)
            } else {
                vault.compact_part(compaction, number, end).map(|()| Step::More)
            }
        });
        if matches!(done, Ok(Step::Done)) {
            self.keep_room();
        }
        match done {
            Err(Error::NoSpace) => {
                let read = compaction.at.map_or(0, |at| at.offset);
                let needed = if number > compaction.last { self.shared.keys().file_bytes() } else { end - read };
                Ok(Step::NoRoom { needed: needed.max(CHECKPOINT_BYTES) })
            }
            done => done,
        }
    }

    fn compact_part(&mut self, compaction: &mut Compaction, number: u32, end: u64) -> Result<(), Error> {
        let found = segment::open(self.shared.files.as_ref(), self.shared.vault, &self.root, number)?;
        let segment = found.ok_or(Damage::Segment { segment: number })?;
        let start = Tip { segment: number, offset: segment::HEADER_BYTES as u64, ..segment.link };
        let mut at = compaction.at.unwrap_or(start);
        let before = at.offset;
        let alive = self.alive(&segment, &mut at, end)?;
        for part in alive.chunks(COPY_ENTRIES) {
            compaction.copied_bytes += self.copy(part)?;
        }
        self.index_when_full();
        compaction.done_bytes += at.offset - before;
        compaction.at = Some(at);
        if at.offset >= end {
            self.retire((number, end))?;
            compaction.done_bytes += segment::HEADER_BYTES as u64;
            compaction.freed_bytes += end;
            compaction.at = None;
        }
        Ok(())
    }

    /// The entries that are alive among the next batches of a segment; moves `at` behind these.
    fn alive(&self, segment: &Segment, at: &mut Tip, end: u64) -> Result<Vec<(Vec<u8>, Place)>, Error> {
        let keys = self.shared.keys();
        let files = self.shared.files.as_ref();
        let mut scan = Scan::new(files, self.shared.vault, at.segment, &segment.key, end);
        let from = at.offset;
        let mut changes = Vec::new();
        while at.offset < end && at.offset - from < STEP_BYTES {
            let offset = at.offset;
            if !scan.batch(at, &keys, &mut changes)? {
                return Err(Damage::Frame { segment: at.segment, offset }.into());
            }
        }
        drop(keys);
        let state = self.shared.state();
        let mut alive = Vec::new();
        for Change { path, place, .. } in changes {
            if let Some(place) = place
                && state.find(&self.shared.tree, &path)? == Some(place)
            {
                alive.push((path, place));
            }
        }
        Ok(alive)
    }

    /// Writes entries anew as they are, a few megabytes a batch, and returns the bytes that they take.
    fn copy(&mut self, alive: &[(Vec<u8>, Place)]) -> Result<u64, Error> {
        let mut copied = 0;
        let mut rest = alive;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |(_, place): &&(Vec<u8>, Place)| {
                bytes += usize::try_from(place.frame_bytes()).unwrap_or(usize::MAX);
                bytes <= COPY_BYTES
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (part, later) = rest.split_at(count);
            rest = later;
            let mut values = Vec::with_capacity(count);
            for (path, place) in part {
                let value = self.shared.fetch(path, *place)?;
                values.push(value.map(zeroize::Zeroizing::new));
            }
            let kept = part.iter().zip(&values).filter(|(_, value)| value.is_some());
            let (kept, entries): (Vec<_>, Vec<_>) = kept
                .map(|(entry, value)| {
                    let value = value.as_ref().map(|value| &value[..]);
                    // Until its segment goes the original can be read too: whoever forgets the copy must find it.
                    (entry, Entry { path: &entry.0, value, previous: Some(entry.1) })
                })
                .unzip();
            if entries.is_empty() {
                continue;
            }
            let places = self.journal.append(&entries)?;
            copied += places.iter().map(|place| place.frame_bytes()).sum::<u64>();
            self.show(kept.into_iter().zip(places).map(|((path, old), place)| (path.clone(), Some(place), Some(*old))));
        }
        Ok(copied)
    }

    /// Takes the oldest segment, of which nothing is alive, out of the journal and off the disk.
    fn retire(&mut self, first: (u32, u64)) -> Result<(), Error> {
        // The index must not need it either; one that does is made anew.
        if let Err(lost) = self.index().and_then(|()| self.shared.tree.index().flush()) {
            tracing::warn!(%lost, "the index is behind the compaction");
        }
        self.journal.retire();
        // In both slots: the older of two checkpoints must not name what is no longer there.
        if let Err(error) = self.seal_checkpoint().and_then(|()| self.seal_checkpoint()) {
            self.journal.restore(first);
            return Err(error);
        }
        self.shared.state_mut().size.journal_bytes = self.journal.bytes();
        // Whoever found an entry in it has read it when this lock is ours; whoever comes after finds the copy.
        drop(self.door.write().unwrap_or_else(PoisonError::into_inner));
        let files = self.shared.files.as_ref();
        if let Err(error) = files.unlink(FileId::Segment(first.0)).and_then(|()| files.sync_dir()) {
            tracing::warn!(%error, "a segment that is done with could not be removed; the next opening does it");
        }
        Ok(())
    }
}
