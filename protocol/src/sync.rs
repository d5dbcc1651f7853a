//! Finding out which documents two sets do not share, in a few messages whose size depends on the difference
//! (range-based set reconciliation, the Negentropy protocol version 1). Leaves out fetching them, and which
//! documents are in the set: only the served store ever is.
//!
//! Both functions that answer keep nothing between messages, so a set may change meanwhile; what is missed then
//! is found the next time.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use negentropy::{Id, Negentropy, NegentropyStorageVector};

use crate::{
    document::DocumentId,
    limits::{RECONCILE_BYTES_MAX, RECONCILE_ITEMS_MAX},
};

/// The documents of one side, by version and id.
#[derive(Debug, Default)]
pub struct Set {
    storage: NegentropyStorageVector,
}

impl Set {
    /// Makes a set; order and repetition do not matter.
    ///
    /// Of more than 2^20 items the first are taken. A version of `u64::MAX` means *the end* in the protocol, so
    /// such an item is left out; no document that was accepted has one.
    pub fn new(items: impl IntoIterator<Item = (u64, DocumentId)>) -> Self {
        let mut storage = NegentropyStorageVector::new();
        for (version, id) in items.into_iter().filter(|(version, _)| *version != u64::MAX).take(RECONCILE_ITEMS_MAX) {
            // Inserting fails only once sealed, and sealing only the second time.
            let _ = storage.insert(version, Id::from_byte_array(*id.as_bytes()));
        }
        let _ = storage.seal();
        Self { storage }
    }

    fn session(&self) -> Result<Negentropy<'_, NegentropyStorageVector>, Error> {
        let limit = u64::try_from(RECONCILE_BYTES_MAX).unwrap_or(u64::MAX);
        Negentropy::borrowed(&self.storage, limit).map_err(|_| Error::Malformed)
    }
}

/// What one answer told the side that asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What to send next; none when everything is settled.
    pub next: Option<Vec<u8>>,
    /// Documents that only the other side has, in ascending order.
    pub need: Vec<DocumentId>,
    /// Documents that only this side has, in ascending order.
    pub have: Vec<DocumentId>,
}

/// The first message of the side that asks.
pub fn start(set: &Set) -> Result<Vec<u8>, Error> {
    set.session()?.initiate().map_err(|_| Error::Malformed)
}

/// The answer of the side that is asked.
pub fn answer(set: &Set, message: &[u8]) -> Result<Vec<u8>, Error> {
    check(message)?;
    let answer = set.session()?.reconcile(message).map_err(|_| Error::Malformed)?;
    // A peer of another version is answered by the version byte of this one: say so instead.
    if answer.first() == message.first() { Ok(answer) } else { Err(Error::OtherVersion) }
}

/// What the side that asked does with an answer.
///
/// A hostile side can keep this going: give up after [`RECONCILE_ROUNDS_MAX`](crate::limits::RECONCILE_ROUNDS_MAX)
/// messages. It can also name documents that do not exist; asking for them is bounded by what one frame holds.
pub fn proceed(set: &Set, message: &[u8]) -> Result<Step, Error> {
    check(message)?;
    let mut session = set.session()?;
    session.set_initiator();
    let (mut have, mut need) = (Vec::new(), Vec::new());
    let next = session.reconcile_with_ids(message, &mut have, &mut need).map_err(|_| Error::Malformed)?;
    Ok(Step { next, need: sorted(need), have: sorted(have) })
}

/// Why a message is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The message is larger than this protocol's limit.
    #[error("{length} bytes, and at most {RECONCILE_BYTES_MAX} are allowed")]
    TooLarge {
        /// How many there are.
        length: usize,
    },
    /// The message is not one of this protocol.
    #[error("not a reconciliation message")]
    Malformed,
    /// The message is of another version.
    #[error("a reconciliation message of another version")]
    OtherVersion,
}

fn check(message: &[u8]) -> Result<(), Error> {
    if message.len() > RECONCILE_BYTES_MAX {
        return Err(Error::TooLarge { length: message.len() });
    }
    Ok(())
}

fn sorted(ids: Vec<Id>) -> Vec<DocumentId> {
    let mut ids: Vec<DocumentId> = ids.into_iter().map(|id| DocumentId::from_bytes(id.to_bytes())).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests;
