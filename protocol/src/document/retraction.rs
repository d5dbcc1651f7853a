//! A retraction: a slot that its author empties. It is kept until the retracted document would have ended, so
//! that an old copy does not come back.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_bytes::ByteArray;

use super::{Document, SLOT_BYTES, seconds};
use crate::time::Timestamp;

pub(super) const KIND: &str = "sesame/1/retraction";

/// Takes back whatever an earlier version said in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// The slot, as [`Document::slot`](super::Document::slot) of what is retracted gives it.
    pub slot: [u8; SLOT_BYTES],
    /// Higher than the retracted version.
    pub version: u64,
    /// Not before the retracted document's end, or its copies come back.
    pub until: Timestamp,
}

impl Retraction {
    /// Takes a document back: the next version of its slot, until it would have ended.
    pub fn of(document: &Document, now: Timestamp) -> Self {
        Self {
            slot: document.slot,
            version: document.version().saturating_add(1).max(now.seconds()),
            until: document.until(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Wire(ByteArray<SLOT_BYTES>, u64, #[serde(with = "seconds")] Timestamp);

impl Serialize for Retraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire(ByteArray::new(self.slot), self.version, self.until).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Retraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Wire(slot, version, until) = Wire::deserialize(deserializer)?;
        Ok(Self { slot: slot.into_array(), version, until })
    }
}
