//! Rotating the keys of a vault: all that is alive is written into a new vault under new keys, which takes the place of the
//! old one, and the old one is destroyed. From then on an old copy of the header opens nothing that is written, even with
//! the passphrase of its time. What somebody copied before stays readable to them; nothing can change that.
//!
//! ```text
//! vault            old            →  new, in one step
//! vault.rotating   being written  →  old  →  gone
//! ```
//! So there is one whole vault under the name at every moment, and what a crash leaves beside it is in the way of nobody:
//! the next opening destroys it.
//!
//! Weighed: new keys in place, segment after segment. It would need both keys in one header for as long as it takes, and a
//! journal of which half is sealed by either.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{New, Unlock, Vault};
use crate::{
    Costs, Disk, Error, Files,
    backup::{Batch, Progress, digest, each},
    files::{FileId, folder},
};

/// What the folder is called in which a rotation works.
const ROTATING: &str = "rotating";

/// A vault whose keys are to be rotated. It is open until that is done, so nobody else has it.
pub struct Rotation {
    dir: PathBuf,
    old: Vault,
}

impl Rotation {
    /// Opens the vault in a folder.
    pub fn begin(dir: &Path, unlock: Unlock<'_>) -> Result<Self, Error> {
        let (old, _) = Vault::open(dir, unlock, &mut |_| ())?;
        Ok(Self { dir: dir.to_path_buf(), old })
    }

    /// Writes all that is alive under new keys, reads it back, and destroys what was before. The same 24 words open it.
    /// Returns how many entries there are.
    ///
    /// After an error the vault is as it was, unless only the old one could not be destroyed; the next opening tries that
    /// again. The disk must have room for all that is alive, and must be able to exchange two folders in one step.
    pub fn finish(self, passphrase: &[u8], costs: Costs, progress: &mut dyn FnMut(Progress)) -> Result<u64, Error> {
        let Self { dir, old } = self;
        let fresh = folder::beside(&dir, ROTATING)?;
        folder::destroy(&fresh)?;
        let written = write(&old, &fresh, passphrase, costs, progress).and_then(|entries| {
            let journal = journal_bytes(old.shared.files.as_ref())?;
            old.close()?;
            take_over(&dir, &fresh, journal)?;
            Ok(entries)
        });
        // What lies there now is the old vault, or one that nobody needs.
        let cleared = folder::destroy(&fresh);
        let entries = written?;
        cleared?;
        Ok(entries)
    }
}

/// Makes the new vault beside the old one.
fn write(
    old: &Vault,
    fresh: &Path,
    passphrase: &[u8],
    costs: Costs,
    progress: &mut dyn FnMut(Progress),
) -> Result<u64, Error> {
    let recovery = old.header.recovery()?;
    let mut new = Vault::create(fresh, New { passphrase, costs, recovery: &recovery, first: &[] })?;
    let reader = old.reader();
    let mut batch = Batch::default();
    each::<Error>(&reader, reader.freeze()?, &mut |path, value, now| {
        progress(now);
        batch.push(path, value, &mut new)
    })?;
    batch.commit(&mut new)?;
    let is_same = digest(&reader)? == digest(&new.reader())?;
    let entries = new.size().records;
    new.close()?;
    if is_same { Ok(entries) } else { Err(io::Error::other("what was written does not read back as it was").into()) }
}

/// Lets the new vault take the place of the old one, unless somebody wrote to that since it was closed.
fn take_over(dir: &Path, fresh: &Path, journal: u64) -> Result<(), Error> {
    let held = Disk::open(dir)?;
    if journal_bytes(&held)? != journal {
        return Err(Error::InUse { pid: None });
    }
    Ok(folder::exchange_at_once(dir, fresh)?)
}

fn journal_bytes(files: &dyn Files) -> Result<u64, Error> {
    let mut bytes = 0;
    for file in files.list()? {
        if matches!(file, FileId::Segment(_)) {
            bytes += files.length(file)?.unwrap_or(0);
        }
    }
    Ok(bytes)
}

/// Destroys what a rotation left that was cut off. Whoever calls holds the vault, so none is under way.
pub(super) fn clear_up(dir: &Path) {
    let cleared = folder::beside(dir, ROTATING).and_then(|left| folder::destroy(&left));
    cleared.unwrap_or_else(|error| tracing::warn!(%error, "what a rotation of keys left could not be destroyed"));
}
