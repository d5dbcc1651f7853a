//! What can go wrong with a vault, so that the node can say which rule was broken. Nothing here ever carries a
//! name, a value or a key: only numbers and kinds.

use std::io;

use crate::index::Lost;

/// Why a vault did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The passphrase, or the recovery key, does not open this vault.
    #[error("the passphrase does not open this vault")]
    Passphrase,
    /// Another process holds the vault's lock.
    #[error("the vault is in use by another process{}", pid.map(|pid| format!(" ({pid})")).unwrap_or_default())]
    InUse {
        /// The holder's process id, where its lock file says so.
        pid: Option<u32>,
    },
    /// A newer program wrote this vault; nothing was touched.
    #[error("the vault has format {found}, this program knows {known}")]
    Newer {
        /// The format found.
        found: u16,
        /// The newest format that this program reads.
        known: u16,
    },
    /// Something that was durable is missing or does not verify.
    #[error("the vault is damaged: {0}")]
    Corrupt(Damage),
    /// The disk is full; nothing of the batch is visible, and reads go on.
    #[error("no space left on the disk")]
    NoSpace,
    /// The disk answered with an error.
    #[error("the disk failed: {0}")]
    Disk(#[source] io::Error),
    /// There is a vault here already.
    #[error("there is already a vault here")]
    Exists,
    /// There is no vault here.
    #[error("there is no vault here")]
    Missing,
    /// The vault was closed; what reads it can be dropped.
    #[error("the vault is closed")]
    Closed,
    /// The header cannot be used, and its key derivation was therefore not run.
    #[error("the vault's header is refused: {0}")]
    Header(Refusal),
    /// A name, a value or a batch is longer than the vault takes.
    #[error("{what:?} of {found} where at most {max} fit")]
    TooLarge {
        /// What was too long.
        what: Measure,
        /// Its size.
        found: usize,
        /// The largest size taken.
        max: usize,
    },
    /// The index does not answer as it should; `Vault::rebuild_index` makes it anew from the journal.
    #[error("the index is lost: {0}")]
    Index(#[from] Lost),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes")]
    Chance,
    /// No part of this vault can be had by a repair: a backup is the only way.
    #[error("the vault cannot be repaired: {0}; a backup is the only way")]
    BeyondRepair(Hopeless),
}

/// Why a repair has nothing to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Hopeless {
    /// Neither copy of the header is whole, and nothing else holds the keys.
    #[error("neither copy of its header is whole")]
    Header,
    /// The header is of an older day than the vault: with its keys, what was forgotten since could come back.
    #[error("its header names key file {found}, and the vault was at {expected}")]
    HeaderRolledBack {
        /// The generation that the header names.
        found: u64,
        /// The generation that a checkpoint names.
        expected: u64,
    },
    /// The key file is missing, or nothing of it can be read: no record opens without it.
    #[error("nothing is left of key file {generation}")]
    Keys {
        /// The key file's generation.
        generation: u64,
    },
    /// What was written could not be read back whole: the disk fails under the repaired vault too.
    #[error("what was written anew does not read back whole")]
    Unproven,
}

/// What is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// Neither checkpoint can be read.
    #[error("no checkpoint can be read")]
    Checkpoint,
    /// The header is older than the checkpoint says.
    #[error("the header is older ({found}) than the checkpoint says ({expected})")]
    HeaderRolledBack {
        /// The sequence number found.
        found: u64,
        /// The sequence number that the checkpoint saw.
        expected: u64,
    },
    /// The key file is missing, does not open, or lacks keys that the checkpoint saw.
    #[error("key file {generation} is missing or does not verify")]
    Keys {
        /// The key file's generation.
        generation: u64,
    },
    /// A segment is missing, or shorter than it was.
    #[error("segment {segment} is missing or shorter than it was")]
    Segment {
        /// The segment's number.
        segment: u32,
    },
    /// A frame does not verify.
    #[error("the frame at {offset} of segment {segment} does not verify")]
    Frame {
        /// The segment's number.
        segment: u32,
        /// Bytes from the segment's start.
        offset: u64,
    },
    /// The journal's chain does not lead where the checkpoint says.
    #[error("batch {batch} does not follow from those before it")]
    Chain {
        /// The batch that does not fit.
        batch: u64,
    },
}

/// Why a header is refused before any key is derived from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Neither copy of the header is whole.
    #[error("neither copy is whole")]
    Damaged,
    /// The cost of the key derivation is outside of what is taken.
    #[error("a key derivation of {memory_kib} KiB, {passes} passes and {lanes} lanes is out of bounds")]
    Costs {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes over the memory.
        passes: u32,
        /// Lanes.
        lanes: u32,
    },
    /// There was not enough memory to derive the key.
    #[error("there is not enough memory to derive the key")]
    Memory,
    /// The recovery key could not be used to seal.
    #[error("the recovery key cannot be used")]
    Recovery,
}

/// What has a size that is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// The bytes of a name.
    Name,
    /// The bytes of a value.
    Value,
    /// The writes of a batch.
    BatchWrites,
    /// The bytes of a batch.
    BatchBytes,
    /// The bytes of the key file: too many single keys were forgotten, and compaction makes it small again.
    KeyFile,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::NoSpace,
            _ => Self::Disk(error),
        }
    }
}

impl From<Damage> for Error {
    fn from(damage: Damage) -> Self {
        Self::Corrupt(damage)
    }
}
