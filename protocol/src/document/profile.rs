//! A profile: what a vendor tells about itself. Leaves out which fields are mandatory and what proves them:
//! that is the reader's judgement.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Error, seconds};
use crate::{
    key::IdentityId,
    limits::{FIELD_BYTES_MAX, FIELDS_MAX, MARKETS_MAX, NAME_CHARS_MAX, SUBJECTS_MAX, TEXT_CHARS_MAX},
    market::Market,
    subject::Subject,
    text,
    time::Timestamp,
};

pub(super) const KIND: &str = "sesame/1/profile";

/// A vendor's own statement; everything in it is claimed until an attestation says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The identity that speaks; the author must be its current key.
    pub identity: IdentityId,
    /// The name that it goes by.
    pub name: String,
    /// The identifiers that it claims, in ascending order; never local ones.
    pub subjects: Vec<Subject>,
    /// The markets that it serves, in ascending order.
    pub markets: Vec<Market>,
    /// Named fields; names are lower-case ASCII words joined by `.`, `-` or `_`.
    pub fields: BTreeMap<String, String>,
    /// The order of this author's profiles.
    pub version: u64,
    /// When it ends, two years away at most.
    #[serde(with = "seconds")]
    pub until: Timestamp,
}

impl Profile {
    pub(super) fn check(&self) -> Result<(), Error> {
        text::check_name(&self.name, NAME_CHARS_MAX).map_err(|error| Error::Text { field: "name", error })?;
        check_list("subjects", &self.subjects, SUBJECTS_MAX)?;
        check_list("markets", &self.markets, MARKETS_MAX)?;
        if self.subjects.iter().any(Subject::is_local) {
            return Err(Error::Local);
        }
        if self.fields.len() > FIELDS_MAX {
            return Err(Error::TooMany { field: "fields", found: self.fields.len(), max: FIELDS_MAX });
        }
        for (name, value) in &self.fields {
            if !is_field(name) {
                return Err(Error::Text { field: "field name", error: text::Error::Empty });
            }
            text::check_prose(value, TEXT_CHARS_MAX).map_err(|error| Error::Text { field: "field", error })?;
        }
        Ok(())
    }
}

fn check_list<T: Ord>(field: &'static str, list: &[T], max: usize) -> Result<(), Error> {
    if list.len() > max {
        return Err(Error::TooMany { field, found: list.len(), max });
    }
    if list.is_sorted_by(|one, next| one < next) { Ok(()) } else { Err(Error::Unordered { field }) }
}

fn is_field(name: &str) -> bool {
    (1..=FIELD_BYTES_MAX).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_'))
}
