//! Repair: all that is whole of a damaged vault is written into a new one beside it, and what is lost is named. The
//! damaged vault is only read, and stays as it is until somebody who has looked at the report removes it.
//!
//! The new vault is the old one with its beginning taken away, as compaction does it, only that nothing stays: it has
//! the same identity and root key, so the same passphrase and the same 24 words open it, and numbers of batches, records,
//! segments and generations go on from the highest that are known. Its key file is of a new generation under a new key,
//! in which no number of the old journal has a key; so what was forgotten stays so, and no key seals two things.
//!
//! - **What counts** is in [`survey`]: of every entry the newest version that opens and is known to have been durable.
//! - **The index is a witness.** It can be made anew at any time, and is therefore never repaired; but as far as it is whole it
//!   tells by name which entries there were. So it names what is lost, and it knows of entries that were dropped where
//!   the frame that dropped them is gone. Without it such an entry comes back, and the report counts that
//!   ([`Salvage::unnamed`]).
//! - **Batches are not kept whole.** Of a batch that was durable and lost one record, the others are given back: half of
//!   what a person had is better than nothing. What means something only together must be looked at by whoever knows.
//!
//! Weighed and left: mending the damaged files where they lie. A repair that is wrong, or that is cut off, would then
//! have spoilt what a better one could still read.

mod folder;
mod numbers;
mod survey;
mod walk;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

pub use self::folder::{Repaired, repair_folder};
use self::{
    survey::{Known, Survey},
    walk::Source,
};
use super::{
    Key, Unlock,
    check::{Fault, Report, Severity, check, checkpoints, headers, twice},
};
use crate::{
    Error, Files, Index, Slot,
    checkpoint::Checkpoint,
    error::Hopeless,
    files::FileId,
    header::Opened,
    keys::{self, Keys},
    tree::{Tree, mark::Mark},
};

/// Entries that a report names; those beyond are counted.
const LOSSES_MAX: usize = 10_000;
/// How often a disk that reads a frame once and not again is read from the start without it.
const ROUNDS_MAX: usize = 3;
/// How far the number of the batch jumps where no checkpoint says how far the journal went.
const BATCHES_JUMP: u64 = 1 << 20;

/// What a repair saved, and what it did not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Salvage {
    /// What was found to be wrong in the damaged vault, and how much of it was read. Its byte ranges are lost.
    pub report: Report,
    /// Entries that the new vault has, by shelf.
    pub entries: BTreeMap<u16, u64>,
    /// Entries that are known not to be as they were last.
    pub losses: Losses,
    /// Versions of entries that cannot be read, and of which nothing says whose they were; at most so many. Each may have been
    /// one of an entry that nobody misses by name, one newer than what was given back, an older one that nobody needs, or
    /// a drop, so that an entry is back that had been taken away.
    pub unnamed: u64,
    /// Bytes behind the journal's last batch that belong to none: what a crash leaves, and seldom a batch that was lost.
    pub tail_bytes: u64,
    /// Whether the last batch that anything tells of was found. If not, what was written after the last checkpoint may be
    /// lost without a trace.
    pub is_end_known: bool,
    /// Entries that were left out because the index says that they had been dropped; the frames that dropped them are lost.
    pub dropped: u64,
    /// Whether the index could be asked for names: all of it, or nothing for sure.
    pub is_index_whole: bool,
    /// Whether the key file verified. If not, entries may be lost with pages of it, and are named only by the index.
    pub are_keys_whole: bool,
}

/// Entries that are not as they were last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Losses {
    /// Which, at most ten thousand.
    pub named: Vec<Loss>,
    /// How many, by shelf and what became of them; those too that are not in the list.
    pub counts: BTreeMap<(u16, Verdict), u64>,
}

/// One entry that is not as it was last. It prints without its name, which belongs to a person and not into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Loss {
    /// The entry.
    pub key: Key,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is lost: no version of it can be read.
    Gone,
    /// Its newest version is lost; an earlier one is in the new vault.
    Older,
    /// Its newest version can be read, in a batch at the journal's end that nothing says was ever durable. As at an
    /// opening, it does not count; what the entry was before is in the new vault.
    Unproven,
}

/// How far a repair has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repairing {
    /// What it does.
    pub phase: RepairPhase,
    /// Bytes done in this phase.
    pub done: u64,
    /// Bytes to do in this phase.
    pub total: u64,
}

/// What a repair does, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RepairPhase {
    /// The vault is checked: one that is whole needs no repair.
    Checking,
    /// The damaged journal is read.
    Reading,
    /// What is whole is written anew.
    Writing,
    /// The new vault is read back.
    Proving,
    /// The index of the new vault is made.
    Indexing,
}

/// Writes all that is whole of a damaged vault into a new one, and reads that back before it says so.
///
/// `files` is only read. `index` is the index of the damaged vault, or a copy; it is only read too, and nothing is worse
/// without it but what can be named. `into` must have no header: what else is there is cleared away. The new vault exists
/// from the moment on at which its header is written, which is last; after an error there may be one, and whoever asked
/// throws it away. The passphrase, or the recovery key, opens both.
///
/// [`Error::BeyondRepair`] means that nothing can be saved. A wrong passphrase, a newer format and a full disk are what
/// they are for an opening. The memory that it needs is about 100 bytes for each entry.
pub fn repair(
    files: &dyn Files,
    index: Option<&Arc<dyn Index>>,
    unlock: &Unlock<'_>,
    into: &Arc<dyn Files>,
    progress: &mut dyn FnMut(Repairing),
) -> Result<Salvage, Error> {
    if Slot::BOTH.iter().any(|slot| into.length(FileId::Header(*slot)).is_ok_and(|length| length.is_some())) {
        return Err(Error::Exists);
    }
    let mut bad = BTreeSet::new();
    for _ in 0..ROUNDS_MAX {
        let patient = Patient::examine(files, index.map(Arc::clone), unlock)?;
        let (survey, salvage) = patient.survey(&bad, progress)?;
        if !salvage.are_keys_whole && salvage.report.records == 0 {
            return Err(Error::BeyondRepair(Hopeless::Keys { generation: patient.opened.generation }));
        }
        let unread = write::write(&patient, &survey, into, &mut in_phase(RepairPhase::Writing, progress))?;
        if unread.is_empty() {
            let proof = check(into.as_ref(), unlock, &mut in_phase(RepairPhase::Proving, progress))?;
            let is_whole = proof.worst() < Some(Severity::Weakened);
            let entries: u64 = salvage.entries.values().sum();
            return if is_whole && proof.records == entries {
                Ok(salvage)
            } else {
                Err(Error::BeyondRepair(Hopeless::Unproven))
            };
        }
        tracing::warn!(frames = unread.len(), "the disk read frames once and not again; the repair goes on without");
        bad.extend(unread);
    }
    Err(Error::Disk(std::io::Error::other("the disk reads less each time that it is read")))
}

/// Tells the progress of one phase.
fn in_phase(phase: RepairPhase, progress: &mut dyn FnMut(Repairing)) -> impl FnMut(u64, u64) {
    move |done, total| progress(Repairing { phase, done, total })
}

/// A damaged vault, as far as it opens.
struct Patient<'a> {
    files: &'a dyn Files,
    opened: Opened,
    checkpoint: Option<Checkpoint>,
    /// Whether no checkpoint is missing that could tell of more than the one that is there.
    is_end_witnessed: bool,
    keys: Keys,
    /// Whether the key file verified, and is not older than it should be.
    is_sealed: bool,
    tree: Option<Tree>,
    mark: Option<Mark>,
    report: Report,
}

impl<'a> Patient<'a> {
    fn examine(files: &'a dyn Files, index: Option<Arc<dyn Index>>, unlock: &Unlock<'_>) -> Result<Self, Error> {
        let mut report = Report::default();
        let opened = headers(files, unlock, &mut report)?.ok_or(Error::BeyondRepair(Hopeless::Header))?;
        let (checkpoint, is_end_witnessed) = checkpoints(files, opened.vault, &opened.root, &mut report);
        let Opened { vault, generation, root, key_file, header, .. } = &opened;
        if checkpoint.as_ref().is_some_and(|known| header.sequence < known.header) {
            // Of the same keys: whoever has the passphrase of that day could read it anyway, and must hear that it opens again.
            report.add(Severity::Fatal, Fault::HeaderRolledBack);
        }
        let tree = index.map(|index| Tree::new(index, *vault, root));
        let mark = tree.as_ref().and_then(|tree| tree.mark().ok().flatten());
        let told = checkpoint.iter().map(|known| known.generation).chain(mark.map(|mark| mark.generation));
        not_rolled_back(*generation, told.max())?;
        let file = FileId::Keys(*generation);
        let sealed = twice(file, &mut report, || Keys::open(files, *vault, *generation, key_file.clone())).ok();
        let is_sealed = sealed.as_ref().is_some_and(|keys| is_the_newest(keys, *generation, checkpoint.as_ref()));
        if !is_sealed {
            report.add(Severity::Fatal, Fault::Keys { generation: *generation });
        }
        let keys = match sealed {
            Some(keys) => keys,
            None => Keys::salvage(files, *vault, *generation, key_file.clone())?
                .ok_or(Error::BeyondRepair(Hopeless::Keys { generation: *generation }))?,
        };
        Ok(Self { files, opened, checkpoint, is_end_witnessed, keys, is_sealed, tree, mark, report })
    }

    /// Reads the journal, and hears the index.
    fn survey(
        &self,
        bad: &BTreeSet<(u32, u32)>,
        progress: &mut dyn FnMut(Repairing),
    ) -> Result<(Survey, Salvage), Error> {
        let Opened { vault, root, .. } = &self.opened;
        let (mut report, mut losses) = (self.report.clone(), Losses::default());
        let source = Source { files: self.files, vault: *vault, keys: &self.keys, bad };
        let known = Known {
            checkpoint: self.checkpoint.as_ref(),
            index: self.mark.map(|mark| mark.tip),
            generation: self.opened.generation,
        };
        let told = &mut in_phase(RepairPhase::Reading, progress);
        let mut survey = Survey::take(source, root, &known, &mut report, &mut losses, told)?;
        not_rolled_back(self.opened.generation, Some(survey.generation))?;
        if self.checkpoint.is_none() && self.mark.is_none() {
            // A forgetting was noted, and both that can say whether it came to its end are gone.
            not_rolled_back(self.opened.generation, Some(survey.noted))?;
        }
        let (is_index_whole, dropped) = self.hear(&mut survey, &mut losses);
        let is_gone = |number| self.is_sealed && matches!(self.keys.find(number), keys::Known::Forgotten);
        // What the index stands for has no version that it would not miss by name.
        let settled = self.mark.filter(|_| is_index_whole).map_or(0, |mark| mark.tip.next);
        let mut entries = BTreeMap::new();
        for newest in survey.newest.values().filter(|newest| newest.is_put) {
            *entries.entry(newest.shelf).or_default() += 1;
        }
        let (unnamed, tail_bytes) = (survey.missing(settled, is_gone), survey.tail_bytes);
        let is_end_known = survey.is_end_known() && self.is_end_witnessed;
        let are_keys_whole = self.is_sealed;
        let salvage = Salvage {
            report,
            entries,
            losses,
            unnamed,
            tail_bytes,
            is_end_known,
            dropped,
            is_index_whole,
            are_keys_whole,
        };
        Ok((survey, salvage))
    }

    /// Compares what was found with what the index names. Returns whether it is whole and of this journal, and how many
    /// entries are left out because it no longer has them.
    fn hear(&self, survey: &mut Survey, losses: &mut Losses) -> (bool, u64) {
        let (Some(tree), Some(mark)) = (&self.tree, self.mark) else { return (false, 0) };
        let mut count = 0;
        let reached_end = tree.from(mark.root, b"").and_then(|mut entries| {
            while let Some((path, place)) = entries.next()? {
                count += 1;
                let is_forgotten = self.is_sealed && matches!(self.keys.find(place.record), keys::Known::Forgotten);
                match survey.find(&path) {
                    // An older version whose key is still there: the entry was forgotten all the same.
                    Some(newest) if is_forgotten => newest.is_put &= newest.place.record > place.record,
                    None if is_forgotten || survey::is_empty_note(&path, self.opened.generation) => {}
                    Some(newest) if newest.place.record >= place.record => newest.is_named = true,
                    Some(newest) => {
                        newest.is_named = true;
                        losses.add(Loss::new(&path, if newest.is_put { Verdict::Older } else { Verdict::Gone }));
                    }
                    None => losses.add(Loss::new(&path, Verdict::Gone)),
                }
            }
            Ok(())
        });
        let is_whole = reached_end.is_ok() && count == mark.records && survey.is_index_ours;
        let mut dropped = 0;
        for newest in survey.newest.values_mut().filter(|_| is_whole) {
            if newest.is_put && !newest.is_named && newest.place.record < mark.tip.next {
                newest.is_put = false;
                dropped += 1;
            }
        }
        (is_whole, dropped)
    }
}

/// Refuses a header that is older than what is told of the key file: with its keys, what was forgotten since comes back.
fn not_rolled_back(found: u64, told: Option<u64>) -> Result<(), Error> {
    match told.filter(|told| *told > found) {
        Some(expected) => Err(Error::BeyondRepair(Hopeless::HeaderRolledBack { found, expected })),
        None => Ok(()),
    }
}

/// Whether a key file that verified is the one that the checkpoint knows, or a later one.
fn is_the_newest(keys: &Keys, generation: u64, checkpoint: Option<&Checkpoint>) -> bool {
    checkpoint.is_none_or(|known| {
        let digest = keys.digest(known.pages);
        digest.is_some() && (generation != known.generation || digest == Some(known.keys))
    })
}

impl Losses {
    fn add(&mut self, loss: Loss) {
        *self.counts.entry((loss.key.shelf, loss.verdict)).or_default() += 1;
        if self.named.len() < LOSSES_MAX {
            self.named.push(loss);
        }
    }
}

impl Loss {
    fn new(path: &[u8], verdict: Verdict) -> Self {
        Self { key: Key::of(path), verdict }
    }
}

impl fmt::Debug for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Loss");
        shown.field("shelf", &self.key.shelf).field("verdict", &self.verdict).finish_non_exhaustive()
    }
}
