//! The letters by which an account is opened and closed. An organisation says first who it is, by its profile, which is
//! a document beside these letters.

use serde::{Deserialize, Serialize};

use super::Says;
use crate::{
    letter::Error,
    limits::{FIELDS_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX},
    terms::field::Field,
    text,
};

/// An organisation asks to open an account in a relation that a person's door began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRequest {
    /// Why, in its own words.
    pub message: String,
    /// What it calls the account, such as a customer number; may be empty.
    pub reference: String,
}

/// What a person's node says to a request for an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Yes, or why not.
    pub verdict: Verdict,
}

/// Yes, or why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The account is open.
    Open,
    /// The person said no, and owes no reason.
    Refused,
    /// The node refused by itself: the profile lacks these mandatory fields.
    Missing(Vec<String>),
}

/// The person ends the relation: nothing more is sent, and what is held is to be deleted. Why is nobody's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {}

impl AccountRequest {
    /// Whether it may be sent: what a desk asks, before it is stored.
    pub fn validate(&self) -> Result<(), Error> {
        self.check()
    }
}

impl Says for AccountRequest {
    fn check(&self) -> Result<(), Error> {
        prose("message", &self.message)?;
        if self.reference.is_empty() { Ok(()) } else { name("reference", &self.reference) }
    }
}

impl Says for Answer {
    fn check(&self) -> Result<(), Error> {
        match &self.verdict {
            Verdict::Missing(missing) => fields("missing fields", missing),
            Verdict::Open | Verdict::Refused => Ok(()),
        }
    }
}

impl Says for Closing {}

pub(super) fn prose(field: &'static str, text: &str) -> Result<(), Error> {
    text::check_prose(text, TEXT_CHARS_MAX).map_err(|error| Error::Text { field, error })
}

pub(super) fn name(field: &'static str, text: &str) -> Result<(), Error> {
    text::check_name(text, NAME_CHARS_MAX).map_err(|error| Error::Text { field, error })
}

/// Names that mean something else in the tokens which carry the fields (RFC 7519 section 4.1, RFC 9901, SD-JWT VC).
const RESERVED: [&str; 14] =
    ["_sd", "_sd_alg", "aka_vcts", "aud", "cnf", "exp", "iat", "iss", "jti", "nbf", "nonce", "status", "sub", "vct"];

/// Names of fields: some, each one word of letters, digits and joints, none twice, none with another meaning.
pub(super) fn fields(field: &'static str, names: &[String]) -> Result<(), Error> {
    if names.len() > FIELDS_MAX {
        return Err(Error::TooMany { field, found: names.len(), max: FIELDS_MAX });
    }
    let is_field = |name: &String| Field::parse(name).is_ok() && !RESERVED.contains(&name.as_str());
    if names.is_empty() || !names.iter().all(is_field) {
        return Err(Error::Text { field, error: text::Error::Empty });
    }
    if names.is_sorted_by(|one, next| one < next) { Ok(()) } else { Err(Error::Unordered { field }) }
}
