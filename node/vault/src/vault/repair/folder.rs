//! Repairing the vault in a folder: the new one is made in a folder beside it, and then the two change places.
//!
//! ```text
//! vault            damaged                                       →  repaired
//! vault.repairing  being written  →  gone
//! vault.repaired                     the repaired one            →  gone
//! vault.damaged-…                                                   as it was, and kept
//! ```
//! A crash at any step leaves the damaged vault or the repaired one under the name, and the next repair clears up. On a
//! disk that cannot exchange two folders in one step there is a moment between two renames in which there is neither;
//! the next repair then only does the second.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{RepairPhase, Repairing, Salvage, check, in_phase, repair};
use crate::{Disk, Error, Files, Index, Progress, SledIndex, Unlock, Vault, files::folder, vault::exists};

/// What the folder of the repaired vault is called while it is written, and from then on until it has its place.
const WRITING: &str = "repairing";
const READY: &str = "repaired";
/// Folders of damaged vaults that may lie beside one another.
const DAMAGED_MAX: u32 = 1000;

/// What came of repairing the vault in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repaired {
    /// A check found nothing that needs repair; nothing was changed.
    Needless,
    /// The repaired vault has taken the place of the damaged one.
    Done {
        /// What was saved, and what was not.
        salvage: Salvage,
        /// Where the damaged vault is kept, as it was. It has all its keys: what is forgotten from now on can still be
        /// read there, so it should be removed once nobody needs it.
        damaged: PathBuf,
    },
    /// An earlier repair had been cut off before its very last step, and this was done now. Its report is gone; the
    /// damaged vault lies beside the repaired one, as `NAME.damaged-STAMP` with the stamp of that day.
    Finished,
}

/// Repairs the vault in a folder, which no node may hold. The damaged one is kept beside it as `NAME.damaged-STAMP`.
///
/// `stamp` is told apart from earlier ones by a number if need be; a date is meant, and what is neither letter, digit nor
/// `-` is left out of it. `then` is called with the repaired vault before it takes its place, for what has to change in a
/// vault that may have gone back in time. `progress` is told how far it has come, often. The disk must have room for all
/// that is alive in the vault, and for a copy of its index.
///
/// After an error the vault lies where it was and as it was. Beyond those of [`repair`], [`Error::InUse`] and
/// [`Error::Missing`] are what they are for an opening.
pub fn repair_folder(
    dir: &Path,
    stamp: &str,
    unlock: &Unlock<'_>,
    then: &mut dyn FnMut(&mut Vault) -> Result<(), Error>,
    progress: &mut dyn FnMut(Repairing),
) -> Result<Repaired, Error> {
    let (fresh, ready) = (folder::beside(dir, WRITING)?, folder::beside(dir, READY)?);
    // Held before anything is cleared up: what lies beside may be another repair's that is under way.
    let disk = exists(dir).then(|| Disk::open(dir)).transpose()?;
    if settle(dir, stamp)? {
        return Ok(Repaired::Finished);
    }
    let disk = disk.ok_or(Error::Missing)?;
    let damaged = free_name(dir, stamp)?;
    if !check(&disk, unlock, &mut in_phase(RepairPhase::Checking, progress))?.is_damaged() {
        return Ok(Repaired::Needless);
    }
    let salvage = match make(&disk, &fresh, unlock, then, progress) {
        Ok(salvage) => salvage,
        Err(error) => {
            // It would only take room, and be one more place with keys; the next repair clears it away too.
            if let Err(error) = folder::destroy(&fresh) {
                tracing::warn!(%error, "what a repair had begun could not be removed");
            }
            return Err(error);
        }
    };
    folder::rename(&fresh, &ready)?;
    if folder::exchange(dir, &ready, &damaged)? {
        folder::rename(&ready, &damaged)?;
    }
    drop(disk);
    Ok(Repaired::Done { salvage, damaged })
}

/// Makes the repaired vault in a folder of its own, and opens it like any other.
fn make(
    disk: &Disk,
    fresh: &Path,
    unlock: &Unlock<'_>,
    then: &mut dyn FnMut(&mut Vault) -> Result<(), Error>,
    progress: &mut dyn FnMut(Repairing),
) -> Result<Salvage, Error> {
    let salvage = salvage(disk, fresh, unlock, progress)?;
    let mut indexed = in_phase(RepairPhase::Indexing, progress);
    let (mut vault, _) = Vault::open(fresh, *unlock, &mut |opening| {
        let (Progress::Replaying { done, total } | Progress::Rebuilding { done, total }) = opening;
        indexed(done, total);
    })?;
    then(&mut vault)?;
    vault.close()?;
    Ok(salvage)
}

/// Writes what is whole into a folder of its own.
fn salvage(
    disk: &Disk,
    fresh: &Path,
    unlock: &Unlock<'_>,
    progress: &mut dyn FnMut(Repairing),
) -> Result<Salvage, Error> {
    let into: Arc<dyn Files> = Arc::new(Disk::open(fresh)?);
    // Opening an index writes to it, so a copy is asked.
    let copy = fresh.join("index");
    let index = match folder::copy(&disk.dir().join("index"), &copy) {
        Ok(()) => Some(Arc::new(SledIndex::new(&copy)) as Arc<dyn Index>),
        Err(error) => {
            tracing::warn!(%error, "the index cannot be copied; what is lost may have no names");
            folder::remove(&copy)?;
            None
        }
    };
    let salvage = repair(disk, index.as_ref(), unlock, &into, progress);
    drop(index);
    folder::remove(&copy)?;
    into.keep_room().unwrap_or_else(|error| tracing::warn!(%error, "no room can be kept for a full disk"));
    into.sync_dir()?;
    salvage
}

/// Clears up what an earlier repair left that was cut off. True if that brought it to its end.
///
/// What was being written is worth nothing. What had been finished is never destroyed: it is the repaired vault, or the
/// damaged one that had changed places with it, or, where somebody made another vault since, one that only they can judge.
fn settle(dir: &Path, stamp: &str) -> Result<bool, Error> {
    folder::destroy(&folder::beside(dir, WRITING)?)?;
    let ready = folder::beside(dir, READY)?;
    if !ready.try_exists()? {
        return Ok(false);
    }
    let is_last_step = !dir.try_exists()?;
    folder::rename(&ready, if is_last_step { dir.to_path_buf() } else { free_name(dir, stamp)? }.as_path())?;
    Ok(is_last_step)
}

/// A name for the damaged vault that nothing has yet.
fn free_name(dir: &Path, stamp: &str) -> Result<PathBuf, Error> {
    let stamp: String = stamp.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    for number in 1..=DAMAGED_MAX {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let name = folder::beside(dir, &format!("damaged-{stamp}{more}"))?;
        if !name.try_exists()? {
            return Ok(name);
        }
    }
    Err(Error::Exists)
}
