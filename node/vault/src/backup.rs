//! Backups: what a vault holds at one committed state, sealed under a key of its own, in a folder that grows by what
//! changed or in one file.
//!
//! A backup is *logical*: the live entries in order, never the journal. So it is made of an open vault while that works,
//! it carries no version that was replaced or forgotten, and it can be restored into a vault of a later format. Entries
//! are cut into chunks ([`chunk`]); a *snapshot* is the list of the chunks of one state and is written last. Whatever ends
//! a backup early, the snapshots before it are whole, and the next one goes on where it ended.
//!
//! A backup opens with the passphrase that the vault was last opened with when one was made in its place, or with the 24
//! words. Making one asks for neither: an open vault keeps at hand what seals it. What a restored node must do so that its counters never
//! repeat is not known here; whoever restores hands it in.

mod bundle;
mod chunk;
mod folder;
mod key;
mod make;
mod manifest;
mod memory;
mod open;
mod restore;
pub(crate) mod seals;
mod target;
#[cfg(test)]
mod tests;

use std::io;

use crate::error::Refusal;

pub(crate) use self::{make::each, restore::Batch};

pub use self::{
    bundle::Bundle,
    folder::Folder,
    make::{Ask, Made, Passphrase, create, digest},
    memory::MemoryTarget,
    open::{Backup, Finding, Report, Snapshot},
    restore::{Lost, Restore, Restored},
    target::{ChunkName, PIECES_MAX, Piece, SnapshotId, Target},
};

/// Why a backup was not made, read or restored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What was typed opens nothing here.
    #[error("neither this passphrase nor these words open the backup")]
    Passphrase,
    /// There is no backup here.
    #[error("there is no backup here")]
    Missing,
    /// The backups here were made by another vault, which alone can go on with them.
    #[error("the backups here are of another vault")]
    Foreign,
    /// There is something else here; it is left alone.
    #[error("there is something else here")]
    Occupied,
    /// There are pieces of a backup, and neither copy of its key can be read.
    #[error("the key of this backup is missing or damaged in both copies")]
    KeyGone,
    /// There is no such snapshot, or no list of any can be read: the first backup was interrupted, the file was cut short,
    /// or all lists are damaged. Without a list what is whole can only be restored in part.
    #[error("no list of entries can be read in this backup")]
    NoSnapshot,
    /// Another process writes a backup here.
    #[error("another process writes a backup here")]
    InUse,
    /// A newer program wrote this backup.
    #[error("the backup has format {found}, this program knows {known}")]
    Newer {
        /// The format found.
        found: u16,
        /// The newest format that this program reads.
        known: u16,
    },
    /// The key file cannot be used, and its key derivation was therefore not run.
    #[error("the backup's key is refused: {0}")]
    Refused(Refusal),
    /// Parts of what was to be restored do not verify; nothing was restored.
    #[error("{chunks} parts of the backup with {entries} entries are missing or do not verify")]
    Damaged {
        /// Chunks that do not verify.
        chunks: u64,
        /// The entries in them.
        entries: u64,
    },
    /// What was restored is not what was backed up, although every part verified; it was removed again.
    #[error("what was restored has another digest than what was backed up")]
    Digest,
    /// There is more of it than this program takes.
    #[error("the backup is larger than this program takes")]
    TooLarge,
    /// The place of the backup is full. What was there before is whole.
    #[error("no space left at the place of the backup")]
    NoSpace,
    /// The place of the backup answered with an error.
    #[error("the place of the backup failed: {0}")]
    Disk(#[source] io::Error),
    /// The vault that is backed up, or made, answered with an error.
    #[error("{0}")]
    Vault(#[source] crate::Error),
}

/// How far a backup, a check or a restoring is, in bytes of what is worked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes done.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match crate::Error::from(error) {
            crate::Error::Disk(error) => Self::Disk(error),
            _ => Self::NoSpace,
        }
    }
}

impl From<crate::Error> for Error {
    fn from(error: crate::Error) -> Self {
        match error {
            crate::Error::Header(refusal) => Self::Refused(refusal),
            crate::Error::Passphrase => Self::Passphrase,
            crate::Error::Newer { found, known } => Self::Newer { found, known },
            other => Self::Vault(other),
        }
    }
}
