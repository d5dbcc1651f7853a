//! What a rating is about, in one normal form, so that two people who mean the same write the same bytes. A
//! subject needs no node: it is a register number, a host name, a product code, a place, or a name of one's own.
//! Leaves out whether it exists, and which subjects belong to one organisation.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

mod domain;
mod number;

use std::{cmp::Ordering, fmt, hash, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::UnicodeNormalization;

use crate::{
    did,
    limits::{NAME_CHARS_MAX, SUBJECT_BYTES_MAX, SUBJECT_INPUT_BYTES_MAX},
    text::{is_hidden, is_joiner},
};

/// A subject in its normal form, `scheme:rest`.
///
/// Subjects are equal, ordered and hashed by [`Subject::as_str`]. A `local:` subject also keeps the case that
/// it was typed in, to be shown; case does not make it another subject.
#[derive(Clone, Debug)]
pub struct Subject {
    scheme: Scheme,
    /// `scheme:rest`, folded: the identity of the subject.
    key: String,
    /// How a local name was typed, where that differs.
    shown: Option<String>,
}

impl Subject {
    /// Reads what a person types, pastes or scans, or what stands in a document.
    ///
    /// With a known scheme in front the rest must be valid for it. Without one, a web address or a bare host with
    /// a dot is a `domain:`, and anything else a `local:` name, which never leaves the node. The normal form of a
    /// normal form is itself.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > SUBJECT_INPUT_BYTES_MAX {
            return Err(Error::TooLong { length: text.len(), max: SUBJECT_INPUT_BYTES_MAX });
        }
        let text = text.trim();
        check_characters(text)?;
        if let Some((scheme, rest)) = split(text) {
            return Self::build(scheme, rest);
        }
        match domain::from_pasted(text) {
            Some(found) => Self::made(Scheme::Domain, &found?, None),
            None => Self::build(Scheme::Local, text),
        }
    }

    /// The normal form: what is signed, stored and compared.
    pub fn as_str(&self) -> &str {
        &self.key
    }

    /// Which kind of name it is.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it must never leave the node.
    pub fn is_local(&self) -> bool {
        self.scheme == Scheme::Local
    }

    /// What to show: the name without its scheme, a local one as it was typed. A DID is shown whole.
    pub fn name(&self) -> &str {
        if self.scheme == Scheme::Did {
            return &self.key;
        }
        let text = self.shown.as_deref().unwrap_or(&self.key);
        text.split_once(':').map_or(text, |(_, rest)| rest)
    }

    fn build(scheme: Scheme, rest: &str) -> Result<Self, Error> {
        let rest = rest.trim();
        match scheme {
            Scheme::Siren => Self::made(scheme, &number::siren(rest)?, None),
            Scheme::Siret => Self::made(scheme, &number::siret(rest)?, None),
            Scheme::Rna => Self::made(scheme, &number::rna(rest)?, None),
            Scheme::Lei => Self::made(scheme, &number::lei(rest)?, None),
            Scheme::Gtin => Self::made(scheme, &number::gtin(rest)?, None),
            Scheme::Domain => Self::made(scheme, &domain::normal(rest)?, None),
            Scheme::Place => Self::made(scheme, &folded(rest)?, None),
            Scheme::Did => Self::made(scheme, &did_rest(rest)?, None),
            Scheme::Local => {
                let kept = spaced(rest)?;
                let key = folded(&kept)?;
                let shown = (kept != key).then_some(kept);
                Self::made(scheme, &key, shown)
            }
        }
    }

    fn made(scheme: Scheme, rest: &str, shown: Option<String>) -> Result<Self, Error> {
        if rest.is_empty() {
            return Err(Error::Empty);
        }
        let key = format!("{scheme}:{rest}");
        if key.len() > SUBJECT_BYTES_MAX {
            return Err(Error::TooLong { length: key.len(), max: SUBJECT_BYTES_MAX });
        }
        check_characters(&key)?;
        let shown = shown.map(|kept| format!("{scheme}:{kept}"));
        Ok(Self { scheme, key, shown })
    }
}

/// Writes the normal form, a local name as it was typed.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown.as_deref().unwrap_or(&self.key))
    }
}

impl FromStr for Subject {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Subject {}

impl PartialOrd for Subject {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Subject {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

impl hash::Hash for Subject {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Accepts the normal form only: what a peer signs in another form would be another text for the same thing.
impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let subject = Self::parse(&text).map_err(de::Error::custom)?;
        if subject.to_string() == text { Ok(subject) } else { Err(de::Error::custom(Error::NotNormal)) }
    }
}

/// The kinds of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// A French company: 9 digits.
    Siren,
    /// A French establishment: 14 digits.
    Siret,
    /// A French association: W and 9 characters.
    Rna,
    /// A legal entity anywhere (ISO 17442): 20 characters.
    Lei,
    /// A host name, without `www.`.
    Domain,
    /// A product (GS1): 14 digits.
    Gtin,
    /// A place in words, such as `fr/lyon/boulangerie martin`.
    Place,
    /// A decentralised identifier (W3C).
    Did,
    /// A name of one's own, which never leaves the node.
    Local,
}

impl Scheme {
    /// All of them, those that others can look up first.
    pub const ALL: [Self; 9] =
        [Self::Siren, Self::Siret, Self::Rna, Self::Lei, Self::Domain, Self::Gtin, Self::Place, Self::Did, Self::Local];

    /// The word in front of the colon.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Siren => "siren",
            Self::Siret => "siret",
            Self::Rna => "rna",
            Self::Lei => "lei",
            Self::Domain => "domain",
            Self::Gtin => "gtin",
            Self::Place => "place",
            Self::Did => "did",
            Self::Local => "local",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is there.
    #[error("empty")]
    Empty,
    /// It is too long.
    #[error("{length} bytes, and at most {max} are allowed")]
    TooLong {
        /// How long it is.
        length: usize,
        /// How long it may be.
        max: usize,
    },
    /// A control, direction-changing or invisible character.
    #[error("U+{code:04X} cannot be seen or changes what is seen")]
    Hidden {
        /// The character.
        code: u32,
    },
    /// The number of characters is not that of this kind.
    #[error("a {scheme} does not have {found} characters")]
    Length {
        /// Of which kind.
        scheme: Scheme,
        /// How many there are, spaces left out.
        found: usize,
    },
    /// A character that this kind does not have.
    #[error("a {scheme} does not have such a character")]
    Character {
        /// Of which kind.
        scheme: Scheme,
    },
    /// The check digits do not fit: something was mistyped.
    #[error("the check digits of this {scheme} do not fit")]
    CheckDigit {
        /// Of which kind.
        scheme: Scheme,
    },
    /// Not a host name (IDNA, STD 3).
    #[error("not a host name")]
    Host,
    /// A web address with a name before the host, which makes one host look like another.
    #[error("a web address with a user name in it")]
    UserName,
    /// Not a decentralised identifier.
    #[error("not a decentralised identifier")]
    Did,
    /// The text means a subject and is not its normal form.
    #[error("not in its normal form")]
    NotNormal,
}

/// The scheme in front, if it is a known one; its case does not matter.
fn split(text: &str) -> Option<(Scheme, &str)> {
    let (word, rest) = text.split_once(':')?;
    let scheme = Scheme::ALL.into_iter().find(|scheme| word.trim().eq_ignore_ascii_case(scheme.as_str()))?;
    Some((scheme, rest))
}

fn check_characters(text: &str) -> Result<(), Error> {
    match text.chars().find(|c| is_hidden(*c) || is_joiner(*c)) {
        Some(c) => Err(Error::Hidden { code: u32::from(c) }),
        None => Ok(()),
    }
}

/// Compatibility forms folded (NFKC) and runs of spaces made one; the same text again if done twice.
fn spaced(text: &str) -> Result<String, Error> {
    settle(text, |text| text.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// As [`spaced`], and in lower case.
fn folded(text: &str) -> Result<String, Error> {
    settle(text, |text| {
        let lower = text.nfkc().collect::<String>().to_lowercase();
        lower.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// Repeats a fold until it changes nothing: lower case can undo a normal form, and the other way round.
fn settle(text: &str, fold: impl Fn(&str) -> String) -> Result<String, Error> {
    let mut now = fold(text);
    for _ in 0..4 {
        let found = now.chars().count();
        if found > NAME_CHARS_MAX {
            return Err(Error::TooLong { length: found, max: NAME_CHARS_MAX });
        }
        let next = fold(&now);
        if next == now {
            return Ok(now);
        }
        now = next;
    }
    Err(Error::NotNormal)
}

/// What follows `did:`. A `did:key` must be a usable key; of other methods only the form is checked (DID Core 3.1).
fn did_rest(rest: &str) -> Result<String, Error> {
    let (method, id) = rest.split_once(':').ok_or(Error::Did)?;
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let is_id = !id.is_empty()
        && !id.ends_with(':')
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'%'));
    if !is_method || !is_id {
        return Err(Error::Did);
    }
    if method == "key" {
        did::from_did(&format!("did:{rest}")).map_err(|_| Error::Did)?;
    }
    Ok(rest.to_owned())
}

#[cfg(test)]
mod tests;
