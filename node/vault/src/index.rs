//! Where the index keeps its sealed pages, as a trait: sled on a disk ([`SledIndex`]), or memory ([`MemoryIndex`]).
//! All of it is derived from the journal: it may be lost, stale or corrupt at any time, and is then made anew.

mod memory;
mod sled;

pub use self::{memory::MemoryIndex, sled::SledIndex};

/// A blinded name: 16 bytes that say nothing about what they stand for.
pub type Blind = [u8; 16];

/// Changes to apply together; no value means that the entry goes.
pub type Changes = Vec<(Blind, Option<Vec<u8>>)>;

/// Why the index cannot be used. The remedy is always the same: make it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Lost {
    /// The store returned an error.
    #[error("its store failed")]
    Failed,
    /// The store panicked; the panic was caught.
    #[error("its store panicked")]
    Panicked,
    /// A page is not there.
    #[error("page {page} is missing")]
    Missing {
        /// The page's number.
        page: u64,
    },
    /// A page does not verify, or is not the version that its parent names.
    #[error("page {page} does not verify")]
    Forged {
        /// The page's number.
        page: u64,
    },
    /// Too much waits to be written to an index that takes no more.
    #[error("{waiting} changes wait for it")]
    Stuck {
        /// How many changes wait.
        waiting: usize,
    },
}

/// A store of small sealed values under blinded names.
pub trait Index: Send + Sync {
    /// The value of a name, or nothing.
    fn load(&self, blind: &Blind) -> Result<Option<Vec<u8>>, Lost>;
    /// Applies all changes or none.
    fn apply(&self, changes: &Changes) -> Result<(), Lost>;
    /// Hands what was applied to the disk; a crash before it may take the index back, which the vault notices.
    fn flush(&self) -> Result<(), Lost>;
    /// Forgets everything and starts empty, whatever the state before.
    fn reset(&self) -> Result<(), Lost>;
}
