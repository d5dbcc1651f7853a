//! The vault: the one writer, what it takes, and how a batch becomes visible. It puts journal, index and readers
//! together and knows nothing of what the entries mean.

mod check;
mod compact;
mod forget;
mod open;
mod repair;
mod rotate;
#[cfg(test)]
mod tests;
mod turn;

use std::{
    collections::BTreeMap,
    fmt,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use sesame_protocol::seal;

use crate::{
    Costs, Disk, Error, Files, Index, MemoryIndex, Reader, Size, SledIndex, checkpoint,
    error::Measure,
    files::{self, Slot},
    frame::{Entry, Place},
    header::Header,
    index::Lost,
    journal::Journal,
    reader::{Door, Shared},
    secret::Secret,
    segment::Tip,
    tree::update::Update,
};

pub use self::{
    check::{Checking, Fault, Finding, Report, Severity, check as check_files},
    compact::{Compaction, Step, Wear},
    forget::{FORGETTINGS_SHELF, Forgetting, Forgotten},
    repair::{Loss, Losses, RepairPhase, Repaired, Repairing, Salvage, Verdict, repair as repair_files, repair_folder},
    rotate::Rotation,
};

/// The longest name: ids, times and a few words; the index keeps every one of them.
pub const NAME_BYTES_MAX: usize = 512;
/// The longest value: larger things are kept in parts.
pub const VALUE_BYTES_MAX: usize = 1 << 20;
/// The most writes of one batch: what one turn of a node, or one step of an import, may write at once.
pub const BATCH_WRITES_MAX: usize = 65_536;

/// Changes that may wait in memory before they are put into the index: more make larger, fewer updates.
const RECENT_MAX: usize = 65_536;
/// Changes that a checkpoint leaves in memory: the next opening reads them from the journal in a blink, and an index
/// that is touched every few seconds would write each of its pages many times.
const RECENT_KEPT: usize = 4096;
/// Bytes of them in the journal, for the same reason.
const RECENT_KEPT_BYTES: u64 = 16 << 20;
/// Changes that may wait while the index takes none.
const STUCK_MAX: usize = 4 * RECENT_MAX;

/// The name of an entry: a shelf is an ordered map of one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The shelf.
    pub shelf: u16,
    /// The name on it, at most [`NAME_BYTES_MAX`] bytes. Entries are walked in the order of these bytes.
    pub name: Vec<u8>,
}

impl Key {
    /// The key of a path.
    pub(crate) fn of(path: &[u8]) -> Self {
        let (shelf, name) = path.split_first_chunk().unwrap_or((&[0; 2], path));
        Self { shelf: u16::from_be_bytes(*shelf), name: name.to_vec() }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Gives a key a value, of at most [`VALUE_BYTES_MAX`] bytes.
    Put(Key, Vec<u8>),
    /// Takes a key away. What the journal held of it stays there, sealed: [`Vault::forget`] puts it out of reach.
    Drop(Key),
}

/// What a new vault is made with.
pub struct New<'a> {
    /// The passphrase, as the bytes that will be typed again.
    pub passphrase: &'a [u8],
    /// What deriving a key from it shall cost.
    pub costs: Costs,
    /// The public half of the key that the recovery words give.
    pub recovery: &'a seal::PublicKey,
    /// The first writes, as one batch: journalled and durable before the header is, so that a vault without them never
    /// exists.
    pub first: &'a [Write],
}

/// What opens a vault.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// The passphrase.
    Passphrase(&'a [u8]),
    /// The secret half of the recovery key.
    Recovery(&'a seal::SecretKey),
}

/// What opening found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The index was missing, stale or damaged, and was made anew.
    pub index_rebuilt: bool,
    /// Bytes at the journal's end that belong to no batch: what a crash left.
    pub dropped_bytes: u64,
    /// Batches among these bytes that had surely been durable: not a crash, but a disk that lost what it had.
    pub lost_batches: u64,
    /// The number of the last batch.
    pub batch: u64,
}

/// How far opening or rebuilding has come, in bytes of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The index catches up with the journal's end.
    Replaying {
        /// Bytes read.
        done: u64,
        /// Bytes to read.
        total: u64,
    },
    /// The index is made anew from the whole journal.
    Rebuilding {
        /// Bytes read.
        done: u64,
        /// Bytes to read.
        total: u64,
    },
}

/// A batch that is durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// Its number.
    pub batch: u64,
}

/// An open vault: its only writer. Dropping it without [`close`](Self::close) is safe, as a crash is.
pub struct Vault {
    shared: Arc<Shared>,
    door: Arc<RwLock<Door>>,
    journal: Journal,
    root: Secret,
    header: Header,
    /// A generation of the key file that is not yet named by both headers.
    unsettled: Option<turn::Unsettled>,
    /// Key files that are of no generation any more and could not yet be removed.
    leftovers: Vec<u64>,
    /// The newest checkpoint: its slot, its sequence number, its tip and the header that it names.
    checkpoint: (Slot, u64, Tip, u64),
}

/// Whether there is a vault in this folder. Neither locks nor reads anything.
pub fn exists(dir: &Path) -> bool {
    files::has_header(dir)
}

impl Vault {
    /// Makes a vault in a folder, and opens it. All or nothing: after an error, or a crash on the way, there is no vault,
    /// and what was left of it does not keep a later making from its end.
    pub fn create(dir: &Path, new: New<'_>) -> Result<Self, Error> {
        if exists(dir) {
            return Err(Error::Exists);
        }
        let disk = Disk::open(dir)?;
        let index = SledIndex::new(&dir.join("index"));
        Self::create_in(Box::new(disk), Box::new(index), new)
    }

    /// Opens the vault in a folder.
    pub fn open(dir: &Path, unlock: Unlock<'_>, progress: &mut dyn FnMut(Progress)) -> Result<(Self, Opening), Error> {
        if !exists(dir) {
            return Err(Error::Missing);
        }
        let disk = Disk::open(dir)?;
        let index = SledIndex::new(&dir.join("index"));
        let opened = Self::open_in(Box::new(disk), Box::new(index), unlock, progress)?;
        rotate::clear_up(dir);
        Ok(opened)
    }

    /// Makes a vault over any files and any index.
    #[expect(clippy::needless_pass_by_value, reason = "what a vault is made with is used once")]
    pub fn create_in(files: Box<dyn Files>, index: Box<dyn Index>, new: New<'_>) -> Result<Self, Error> {
        open::create(&files.into(), index.into(), &new)
    }

    /// Opens a vault over any files and any index.
    pub fn open_in(
        files: Box<dyn Files>,
        index: Box<dyn Index>,
        unlock: Unlock<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Self, Opening), Error> {
        open::open(files.into(), index.into(), &unlock, progress)
    }

    /// Writes one batch: all of it is durable and visible when this returns, or none of it ever counts.
    ///
    /// Of several writes of one key the last counts. Writing nothing, or dropping what is not there, makes no batch and
    /// returns the number of the last. After [`Error::NoSpace`] the vault goes on, and so does [`Reader`]. After
    /// another error of the disk a batch may come back when the vault is opened again, if the process ends before the
    /// next batch is written: the disk did not say.
    pub fn commit(&mut self, writes: impl AsRef<[Write]>) -> Result<Committed, Error> {
        let writes = writes.as_ref();
        check(writes)?;
        self.settle()?;
        self.make_room()?;
        let mut last = BTreeMap::new();
        for (order, write) in writes.iter().enumerate() {
            let (key, value) = match write {
                Write::Put(key, value) => (key, Some(value.as_slice())),
                Write::Drop(key) => (key, None),
            };
            last.insert(path(key.shelf, &key.name), (order, value));
        }
        let mut changes = Vec::with_capacity(last.len());
        {
            let state = self.shared.state();
            for (path, (order, value)) in last {
                let previous = state.find(&self.shared.tree, &path)?;
                if value.is_some() || previous.is_some() {
                    changes.push((order, path, value, previous));
                }
            }
        }
        if changes.is_empty() {
            return Ok(Committed { batch: self.journal.tip().batch });
        }
        changes.sort_unstable_by_key(|(order, ..)| *order);
        let entries: Vec<_> = changes
            .iter()
            .map(|(_, path, value, previous)| Entry { path, value: *value, previous: *previous })
            .collect();
        let places = self.journal.append(&entries)?;
        drop(entries);
        self.show(
            changes
                .into_iter()
                .zip(places)
                .map(|((_, path, value, previous), place)| (path, value.is_some().then_some(place), previous)),
        );
        self.index_when_full();
        Ok(Committed { batch: self.journal.tip().batch })
    }

    /// A reader of the committed state.
    pub fn reader(&self) -> Reader {
        Reader { door: Arc::clone(&self.door) }
    }

    /// How much the vault holds.
    pub fn size(&self) -> Size {
        self.shared.state().size
    }

    /// Seals where the journal stands: what is behind a checkpoint can no longer be taken away unnoticed. It also brings
    /// an index up to date that is far behind. Cheap when nothing was written.
    ///
    /// [`Error::Index`] means that the checkpoint stands, and the index must be made anew.
    pub fn checkpoint(&mut self) -> Result<(), Error> {
        self.settle()?;
        let is_far = {
            let state = self.shared.state();
            state.recent.len() > RECENT_KEPT || state.size.journal_bytes - state.indexed_bytes > RECENT_KEPT_BYTES
        };
        let indexed = if is_far { self.index() } else { Ok(()) };
        if self.checkpoint.2 != *self.journal.tip() || self.checkpoint.3 != self.header.sequence {
            self.with_room(Self::seal_checkpoint)?;
        }
        Ok(indexed?)
    }

    /// Closes the vault: a checkpoint in both slots, so that one bad sector takes neither.
    pub fn close(mut self) -> Result<(), Error> {
        self.settle()?;
        if let Err(lost) = self.index().and_then(|()| self.shared.tree.index().flush()) {
            tracing::warn!(%lost, "the index is behind; the next opening sees to it");
        }
        self.seal_checkpoint()?;
        self.seal_checkpoint()
    }

    /// Makes the index anew from the whole journal, which is verified on the way. Readers wait meanwhile.
    ///
    /// If the index takes nothing any more, one in memory takes its place until the vault is closed.
    pub fn rebuild_index(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
        open::rebuild(self, progress)
    }

    /// Makes what was written visible, all at once.
    fn show(&self, changes: impl Iterator<Item = (Vec<u8>, Option<Place>, Option<Place>)>) {
        let mut state = self.shared.state_mut();
        for (path, place, previous) in changes {
            state.replace(path, place, previous);
        }
        state.size.batch = self.journal.tip().batch;
        state.size.journal_bytes = self.journal.bytes();
    }

    /// Refuses a batch, before it is written, when too many changes wait for an index that takes none.
    fn make_room(&self) -> Result<(), Error> {
        let waiting = self.shared.state().recent.len();
        if waiting >= STUCK_MAX {
            self.index().map_err(|_| Error::Index(Lost::Stuck { waiting }))?;
        }
        Ok(())
    }

    /// Puts what waits in memory into the index once it is much. An index that takes nothing is no reason to stop.
    fn index_when_full(&self) {
        if self.shared.state().recent.len() >= RECENT_MAX
            && let Err(lost) = self.index()
        {
            tracing::warn!(%lost, "the index takes no changes; they wait in memory");
        }
    }

    /// Puts what waits in memory into the index.
    fn index(&self) -> Result<(), Lost> {
        let tree = &self.shared.tree;
        let generation = self.shared.keys().generation();
        let (updated, mark) = {
            let state = self.shared.state();
            if state.recent.is_empty() && state.mark.generation == generation {
                return Ok(());
            }
            let updated = Update::run(tree, &state.mark, &state.changes())?;
            let mark = updated.mark(generation, *self.journal.tip());
            (updated, mark)
        };
        {
            let mut state = self.shared.state_mut();
            tree.index().apply(&vec![tree.seal_mark(&mark)?])?;
            state.mark = mark;
            state.recent.clear();
            state.indexed_bytes = self.journal.bytes();
        }
        tree.sweep(&updated)
    }

    fn seal_checkpoint(&mut self) -> Result<(), Error> {
        let (slot, sequence, ..) = self.checkpoint;
        let (slot, sequence) = (slot.other(), sequence + 1);
        let content = self.journal.checkpoint(sequence, self.header.sequence);
        checkpoint::write(self.shared.files.as_ref(), self.shared.vault, &self.root, slot, &content)?;
        self.checkpoint = (slot, sequence, *self.journal.tip(), self.header.sequence);
        Ok(())
    }
}

impl Drop for Vault {
    /// Shuts the readers out, after those that are at work: with the vault go its keys and its lock.
    fn drop(&mut self) {
        *self.door.write().unwrap_or_else(PoisonError::into_inner) = Door::Shut(self.size());
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Vault").field("size", &self.size()).finish_non_exhaustive()
    }
}

impl fmt::Debug for New<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("New").field("costs", &self.costs).finish_non_exhaustive()
    }
}

impl fmt::Debug for Unlock<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Passphrase(_) => "Passphrase",
            Self::Recovery(_) => "Recovery",
        })
    }
}

/// A key as one string of bytes in the order of shelves, then names.
pub(crate) fn path(shelf: u16, name: &[u8]) -> Vec<u8> {
    [shelf.to_be_bytes().as_slice(), name].concat()
}

fn check(writes: &[Write]) -> Result<(), Error> {
    let bounded = |what, found, max| if found <= max { Ok(()) } else { Err(Error::TooLarge { what, found, max }) };
    bounded(Measure::BatchWrites, writes.len(), BATCH_WRITES_MAX)?;
    for write in writes {
        let (Write::Put(key, _) | Write::Drop(key)) = write;
        bounded(Measure::Name, key.name.len(), NAME_BYTES_MAX)?;
        if let Write::Put(_, value) = write {
            bounded(Measure::Value, value.len(), VALUE_BYTES_MAX)?;
        }
    }
    Ok(())
}
