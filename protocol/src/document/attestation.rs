//! An attestation: somebody else's word on one field of an organisation's profile: it is true, I checked it thus, until
//! then. Whose word counts, and whether the author is known at all, is the reader's judgement.

use serde::{Deserialize, Serialize};

use super::{Error, profile::is_field, seconds};
use crate::{
    key::IdentityId,
    limits::{NAME_CHARS_MAX, TEXT_CHARS_MAX},
    text,
    time::Timestamp,
};

pub(super) const KIND: &str = "sesame/1/attestation";

/// One author's word on one field of one organisation's profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// The organisation that it is about.
    pub identity: IdentityId,
    /// The field.
    pub field: String,
    /// The value that was checked, word for word; of another value it says nothing.
    pub value: String,
    /// How it was checked.
    pub how: String,
    /// What the author calls itself; proves nothing.
    pub by: String,
    /// The order of this author's attestations on this field.
    pub version: u64,
    /// Until when the author stands by it.
    #[serde(with = "seconds")]
    pub until: Timestamp,
}

impl Attestation {
    pub(super) fn check(&self) -> Result<(), Error> {
        let text = |field, error| Error::Text { field, error };
        if !is_field(&self.field) {
            return Err(text("field name", text::Error::Empty));
        }
        text::check_prose(&self.value, TEXT_CHARS_MAX).map_err(|error| text("value", error))?;
        text::check_prose(&self.how, TEXT_CHARS_MAX).map_err(|error| text("how", error))?;
        text::check_name(&self.by, NAME_CHARS_MAX).map_err(|error| text("by", error))
    }
}
