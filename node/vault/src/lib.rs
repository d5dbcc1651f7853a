//! A person's data at rest: sealed, durable when it says so, and never silently wrong.
//!
//! Entries have a key (shelf and name) and a value. They are written in atomic batches to an append-only journal of
//! sealed frames, and are found through an index that can be lost and made anew at any time. Keys of records live in a
//! file beside the journal, so that single records can be put out of reach for good. Nothing on the disk shows a name,
//! a value or an order; what sizes and times still tell is not hidden.
//!
//! ```
//! # #[cfg(debug_assertions)] fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use sesame_protocol::seal;
//! use sesame_vault::{Costs, Key, Memory, MemoryIndex, New, Unlock, Vault, Write};
//!
//! let words = seal::SecretKey::from_bytes([7; 32]);
//! let files = Memory::new();
//! let recovery = words.public();
//! let new = New { passphrase: b"a long passphrase", costs: Costs::TEST, recovery: &recovery, first: &[] };
//! let mut vault = Vault::create_in(Box::new(files.clone()), Box::new(MemoryIndex::new()), new)?;
//! let key = Key { shelf: 1, name: b"greeting".to_vec() };
//! vault.commit([Write::Put(key.clone(), b"bonjour".to_vec())])?;
//! vault.close()?;
//!
//! let unlock = Unlock::Passphrase(b"a long passphrase");
//! let (vault, opening) = Vault::open_in(Box::new(files), Box::new(MemoryIndex::new()), unlock, &mut |_| {})?;
//! assert!(opening.index_rebuilt);
//! assert_eq!(vault.reader().get(&key)?.as_deref(), Some(b"bonjour".as_slice()));
//! # Ok(()) }
//! # #[cfg(not(debug_assertions))] fn main() {}
//! ```

pub mod backup;
mod checkpoint;
mod costs;
mod cursor;
pub mod error;
mod files;
mod frame;
mod header;
mod index;
mod journal;
mod keys;
mod reader;
mod secret;
mod segment;
mod stretched;
mod tree;
mod vault;

pub use self::{
    costs::Costs,
    error::{Damage, Error, Hopeless, Measure, Refusal},
    files::{Disk, FileId, Files, Memory, Slot},
    index::{Blind, Changes, Index, Lost, MemoryIndex, SledIndex},
    reader::{Reader, Rows, Size},
    stretched::Stretched,
    vault::{
        BATCH_WRITES_MAX, Checking, Committed, Compaction, FORGETTINGS_SHELF, Fault, Finding, Forgetting, Forgotten,
        Key, Loss, Losses, NAME_BYTES_MAX, New, Opening, Progress, RepairPhase, Repaired, Repairing, Report, Rotation,
        Salvage, Severity, Step, Unlock, VALUE_BYTES_MAX, Vault, Verdict, Wear, Write, check_files as check, exists,
        repair_files as repair, repair_folder,
    },
};
