//! Power cuts, without a power switch: everything that a store asks of its disk is recorded, and then disks are made as a
//! cut at any step may leave them. What was synced is there; of what was not, any sector may be there, be missing or be
//! torn, in any order; lengths run ahead of data or stay behind; births, renames and removals that no sync of the folder
//! covered may have happened or not. Sectors that were synced stay as they are: no disk fails here, it only forgets.

pub mod campaign;
pub mod image;
pub mod recorder;

/// One thing that a store did, or said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Bytes went to a place in a file, which is born by it if it was not there.
    Write {
        /// The file's name.
        file: String,
        /// Bytes from its start.
        at: u64,
        /// What was written.
        bytes: Vec<u8>,
    },
    /// A file got another length.
    Length {
        /// The file's name.
        file: String,
        /// Its length in bytes.
        length: u64,
    },
    /// A file got another name, and whatever had it is gone.
    Rename {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
    /// A file was removed.
    Unlink {
        /// Its name.
        file: String,
    },
    /// Bytes and length of a file are durable (fdatasync).
    Sync {
        /// Its name.
        file: String,
    },
    /// Births, renames and removals are durable (fsync of the folder).
    SyncFolder,
    /// The store was told to apply its next batch. The first of a new store is its making.
    Begun,
    /// The store said that it is durable.
    Acknowledged,
}

/// Everything that a store did, from files that were durable on.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The files at the start.
    pub start: image::Image,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

impl Trace {
    /// How many batches had been begun and acknowledged before a step.
    pub fn promised(&self, cut: usize) -> (u64, u64) {
        let count = |wanted: &Step| self.steps[..cut].iter().filter(|step| *step == wanted).count() as u64;
        (count(&Step::Begun), count(&Step::Acknowledged))
    }
}
