//! A profile: what a vendor tells about itself. Leaves out what proves it: that is the reader's judgement.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Error, seconds};
use crate::{
    key::IdentityId,
    limits::{CODES_MAX, FIELD_BYTES_MAX, FIELDS_MAX, MARKETS_MAX, NAME_CHARS_MAX, SUBJECTS_MAX, TEXT_CHARS_MAX},
    market::Market,
    subject::Subject,
    text,
    time::Timestamp,
};

pub(super) const KIND: &str = "sesame/1/profile";

/// What an organisation must say of itself before a node lets it ask for an account: who answers for it, where it sits
/// and pays its taxes, whom to write to about data, and where they are kept.
pub const MANDATORY: [&str; 6] =
    ["data_location", "legal_name", "privacy_contact", "register_number", "seat", "tax_country"];

/// What an organisation may say of itself besides; each makes it easier to choose.
pub const OPTIONAL: [&str; 10] = [
    "certifications",
    "complaints",
    "emissions",
    "employees",
    "equality_index",
    "mediator",
    "owners",
    "responsible",
    "telephone",
    "website",
];

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
    /// The terms that it signs when a person proffers them, by the roster's ids, in ascending order.
    pub terms: Vec<String>,
    /// The purposes that it uses data for, by their codes, in ascending order.
    pub uses: Vec<String>,
    /// Named fields; names are lower-case ASCII words joined by `.`, `-` or `_`.
    pub fields: BTreeMap<String, String>,
    /// The order of this author's profiles.
    pub version: u64,
    /// When it ends, two years away at most.
    #[serde(with = "seconds")]
    pub until: Timestamp,
}

impl Profile {
    /// The mandatory fields that it lacks, or leaves blank.
    pub fn missing(&self) -> Vec<&'static str> {
        let is_said = |field: &str| self.fields.get(field).is_some_and(|value| !value.trim().is_empty());
        MANDATORY.into_iter().filter(|field| !is_said(field)).collect()
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        text::check_name(&self.name, NAME_CHARS_MAX).map_err(|error| Error::Text { field: "name", error })?;
        check_list("subjects", &self.subjects, SUBJECTS_MAX)?;
        check_list("markets", &self.markets, MARKETS_MAX)?;
        if self.subjects.iter().any(Subject::is_local) {
            return Err(Error::Local);
        }
        for (field, list) in [("terms", &self.terms), ("uses", &self.uses)] {
            check_list(field, list, CODES_MAX)?;
            let named = |code: &String| text::check_name(code, FIELD_BYTES_MAX);
            list.iter().try_for_each(named).map_err(|error| Error::Text { field, error })?;
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

pub(super) fn is_field(name: &str) -> bool {
    (1..=FIELD_BYTES_MAX).contains(&name.len())
        && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_'))
}
