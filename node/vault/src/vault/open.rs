//! Making and opening a vault: header, keys, checkpoint, journal, index, in that order of trust. The index is used as
//! it is only where it fits the journal exactly; behind, it catches up; in any other case it is made anew.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{Arc, RwLock},
};

use super::{MemoryIndex, New, Opening, Progress, Unlock, Vault};
use crate::{
    Error, Files, Index, Size,
    backup::seals::Seals,
    checkpoint,
    error::Damage,
    files::{FileId, Slot},
    frame::Place,
    header::{self, Fresh, Header, Opened},
    index::Lost,
    journal::{
        Journal,
        replay::{self, End, Extent, Source},
        scan::Change,
    },
    keys::{Keys, Known},
    reader::{Door, Shared, State},
    secret::Secret,
    segment::Tip,
    tree::{Tree, mark::Mark, update::Update},
};

/// Changes gathered while the index is made anew: about 20 MB, so that a million rows take few updates.
const GATHERED_MAX: usize = 131_072;

pub(super) fn create(files: &Arc<dyn Files>, index: Arc<dyn Index>, new: &New<'_>) -> Result<Vault, Error> {
    let left = files.list()?;
    if left.iter().any(|file| matches!(file, FileId::Header(_))) {
        return Err(Error::Exists);
    }
    // Without a header nothing here can ever be opened: an earlier making did not come to its end.
    left.into_iter().try_for_each(|file| files.unlink(file))?;
    let fresh = header::fresh()?;
    let (header, typed) = fresh.header(new)?;
    let Fresh { vault, generation, root, key_file } = &fresh;
    let keys = Keys::create(files.as_ref(), *vault, *generation, key_file.clone())?;
    let keys = Arc::new(RwLock::new(keys));
    let journal = Journal::create(Arc::clone(files), Arc::clone(&keys), *vault, root.clone())?;
    let mark = Mark::empty(*journal.tip(), *generation);
    let tree = Tree::new(index, *vault, root);
    tree.reset(None)?;
    tree.index().apply(&vec![tree.seal_mark(&mark)?])?;
    let size = Size { journal_bytes: journal.bytes(), live_bytes: 0, records: 0, batch: 0 };
    let state = State { mark, recent: BTreeMap::new(), indexed_bytes: size.journal_bytes, size };
    let seals = Seals::new(*vault, root, Some(typed), new.recovery.clone());
    let shared = Shared::new(Arc::clone(files), keys, tree, *vault, seals, state);
    let checkpoint = (Slot::B, 0, *journal.tip(), header.sequence);
    let mut made = assemble(shared, journal, root.clone(), header, checkpoint);
    made.commit(new.first)?;
    made.seal_checkpoint()?;
    files.sync_dir()?;
    header::write_new(files.as_ref(), &made.header)?;
    made.keep_room();
    Ok(made)
}

pub(super) fn open(
    files: Arc<dyn Files>,
    index: Arc<dyn Index>,
    unlock: &Unlock<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Vault, Opening), Error> {
    let Opened { vault, generation, root, key_file, header, typed } = header::open(files.as_ref(), unlock)?;
    let (slot, checkpoint) = checkpoint::open(files.as_ref(), vault, &root)?;
    if header.sequence < checkpoint.header {
        return Err(Damage::HeaderRolledBack { found: header.sequence, expected: checkpoint.header }.into());
    }
    let keys = Keys::open(files.as_ref(), vault, generation, key_file)?;
    let same_generation = generation == checkpoint.generation;
    // Of another generation only the header vouches, which names its key; it has no fewer pages all the same.
    let is_short = keys.digest(checkpoint.pages).is_none();
    if is_short || same_generation && keys.digest(checkpoint.pages) != Some(checkpoint.keys) {
        return Err(Damage::Keys { generation }.into());
    }
    let extent = replay::extent(files.as_ref(), vault, &root, &checkpoint)?;
    let tree = Tree::new(index, vault, &root);
    let source =
        Source { files: files.as_ref(), vault, root: &root, keys: &keys, checkpoint: &checkpoint, extent: &extent };
    let (mark, end, index_rebuilt) = match catch_up(&source, &tree, progress) {
        Ok(Some((mark, end))) => (mark, end, false),
        Ok(None) => {
            tracing::warn!("the index does not fit the journal and is made anew");
            let (mark, end) = anew(&source, &tree, progress)?;
            (mark, end, true)
        }
        Err(error) => return Err(error),
    };
    let End { tip, dropped_bytes, lost_batches, segment } = end;
    let before = extent.spans.iter().take_while(|(number, _)| *number != tip.segment).copied().collect();
    let keys = Arc::new(RwLock::new(keys));
    let is_torn = dropped_bytes > 0;
    let journal =
        Journal::at(Arc::clone(&files), Arc::clone(&keys), vault, root.clone(), before, segment, tip, is_torn);
    let Mark { records, bytes: live_bytes, .. } = mark;
    let size = Size { journal_bytes: journal.bytes(), live_bytes, records, batch: tip.batch };
    let state = State { mark, recent: BTreeMap::new(), indexed_bytes: size.journal_bytes, size };
    let seals = Seals::new(vault, &root, typed, header.recovery()?);
    let shared = Shared::new(files, keys, tree, vault, seals, state);
    let known = (slot, checkpoint.sequence, checkpoint.tip, checkpoint.header);
    let mut opened = assemble(shared, journal, root, header, known);
    opened.clear_away();
    Ok((opened, Opening { index_rebuilt, dropped_bytes, lost_batches, batch: tip.batch }))
}

fn assemble(
    shared: Shared,
    journal: Journal,
    root: Secret,
    header: Header,
    checkpoint: (Slot, u64, Tip, u64),
) -> Vault {
    let shared = Arc::new(shared);
    let door = Arc::new(RwLock::new(Door::Open(Arc::clone(&shared))));
    Vault { shared, door, journal, root, header, unsettled: None, leftovers: Vec::new(), checkpoint }
}

pub(super) fn rebuild(vault: &mut Vault, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
    let shared = Arc::clone(&vault.shared);
    let mut state = shared.state_mut();
    let checkpoint = vault.journal.checkpoint(0, 0);
    let keys = shared.keys();
    let extent = Extent::of(&checkpoint);
    let source = Source {
        files: shared.files.as_ref(),
        vault: shared.vault,
        root: &vault.root,
        keys: &keys,
        checkpoint: &checkpoint,
        extent: &extent,
    };
    let (mark, _) = anew(&source, &shared.tree, progress)?;
    (state.size.records, state.size.live_bytes) = (mark.records, mark.bytes);
    state.mark = mark;
    state.recent.clear();
    state.indexed_bytes = state.size.journal_bytes;
    Ok(())
}

/// Changes on their way from the journal into the index.
struct Gathering<'a> {
    tree: &'a Tree,
    keys: &'a Keys,
    mark: Mark,
    changes: BTreeMap<Vec<u8>, Option<Place>>,
}

impl Gathering<'_> {
    /// Takes the changes of one batch, and applies them once enough are gathered.
    fn take(&mut self, tip: &Tip, changes: &mut Vec<Change>) -> ControlFlow<Error> {
        self.changes.extend(changes.drain(..).map(|change| (change.path, change.place)));
        if self.changes.len() < GATHERED_MAX {
            return ControlFlow::Continue(());
        }
        match self.apply(tip) {
            Ok(()) => ControlFlow::Continue(()),
            Err(lost) => ControlFlow::Break(lost.into()),
        }
    }

    /// Puts what was gathered into the index, which then stands for the journal up to `tip`.
    fn apply(&mut self, tip: &Tip) -> Result<(), Lost> {
        let changes: Vec<_> = self.changes.iter().map(|(path, place)| (path.as_slice(), *place)).collect();
        let updated = Update::run(self.tree, &self.mark, &changes)?;
        let mark = updated.mark(self.mark.generation, *tip);
        self.tree.index().apply(&vec![self.tree.seal_mark(&mark)?])?;
        self.mark = mark;
        self.changes.clear();
        self.tree.sweep(&updated)
    }

    /// Takes out of the index what was forgotten since it was last brought up to date: what a crash left there.
    fn forget(&mut self, tip: &Tip) -> Result<(), Lost> {
        let mut entries = self.tree.from(self.mark.root, b"")?;
        while let Some((path, place)) = entries.next()? {
            if matches!(self.keys.find(place.record), Known::Forgotten) {
                self.changes.insert(path, None);
            }
        }
        self.mark.generation = self.keys.generation();
        self.apply(tip)
    }
}

/// Uses the index as far as it goes and reads the rest from the journal; nothing if it must be made anew.
fn catch_up(
    source: &Source<'_>,
    tree: &Tree,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<(Mark, End)>, Error> {
    let known = source.checkpoint.tip;
    let Ok(Some(mark)) = tree.mark() else { return Ok(None) };
    // An index that knows of gaps which the key file does not have lacks entries that are there.
    if mark.generation > source.keys.generation() {
        return Ok(None);
    }
    let is_of_checkpoint = mark.tip.batch == known.batch;
    if is_of_checkpoint && mark.tip.chain != known.chain {
        return Ok(None);
    }
    let from_index = mark.tip.batch < known.batch;
    let from = if from_index { mark.tip } else { known };
    let total = source.bytes_from(&from);
    let mut reached = mark.tip.batch <= known.batch;
    let mut fits = true;
    let mut gathering = Gathering { tree, keys: source.keys, mark, changes: BTreeMap::new() };
    let end = source.run(&from, &mut |tip, changes| {
        progress(Progress::Replaying { done: total.saturating_sub(source.bytes_from(tip)), total });
        if tip.batch == mark.tip.batch {
            reached = true;
            fits = tip.chain == mark.tip.chain;
        }
        if tip.batch <= mark.tip.batch || !fits {
            return ControlFlow::Continue(());
        }
        gathering.take(tip, changes)
    });
    let end = match end {
        // The index may itself be what is wrong: the whole journal will tell.
        Err(Error::Index(_)) => return Ok(None),
        Err(Error::Corrupt(_)) if from_index => return Ok(None),
        end => end?,
    };
    if !fits || !reached {
        return Ok(None);
    }
    if !gathering.changes.is_empty() && gathering.apply(&end.tip).is_err() {
        return Ok(None);
    }
    if mark.generation < source.keys.generation() && gathering.forget(&end.tip).is_err() {
        return Ok(None);
    }
    Ok(Some((gathering.mark, end)))
}

/// Makes the index anew; in memory, if the one there is takes nothing.
fn anew(source: &Source<'_>, tree: &Tree, progress: &mut dyn FnMut(Progress)) -> Result<(Mark, End), Error> {
    match fill(source, tree, None, progress) {
        Err(Error::Index(lost)) => {
            tracing::warn!(%lost, "the index takes nothing; one in memory takes its place");
            fill(source, tree, Some(Arc::new(MemoryIndex::new())), progress)
        }
        filled => filled,
    }
}

fn fill(
    source: &Source<'_>,
    tree: &Tree,
    other: Option<Arc<dyn Index>>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Mark, End), Error> {
    tree.reset(other)?;
    let from = source.start()?;
    let total = source.bytes_from(&from);
    let mark = Mark::empty(from, source.keys.generation());
    let mut gathering = Gathering { tree, keys: source.keys, mark, changes: BTreeMap::new() };
    let end = source.run(&from, &mut |tip, changes| {
        progress(Progress::Rebuilding { done: total.saturating_sub(source.bytes_from(tip)), total });
        gathering.take(tip, changes)
    })?;
    gathering.apply(&end.tip)?;
    tree.index().flush()?;
    Ok((gathering.mark, end))
}
