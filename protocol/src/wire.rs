//! The frames of the request-response protocols: `hello`, `mail`, `sync` and `desk`. Each is one canonical CBOR
//! value with a bound. Leaves out streams, retries and who may ask: a frame that decodes is only well formed.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

pub mod desk;
pub mod hello;
pub mod mail;
pub mod sync;

use serde::{Deserialize, Serialize};

use crate::{codec, limits::FRAME_BYTES_MAX};

/// Why a node says no. The list is closed: a peer that gives another reason is of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The one who asks is not known here.
    Stranger,
    /// What came is not what it should be.
    Malformed,
    /// What came is larger than allowed.
    TooLarge,
    /// Its time is over.
    Expired,
    /// What it refers to is not known here.
    Unknown,
    /// Not now; later is fine.
    Busy,
    /// A signature or a seal does not hold.
    BadSignature,
}

/// Why bytes are not a frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// They are not the canonical encoding of one.
    #[error(transparent)]
    Codec(#[from] codec::Error),
    /// It holds more of something than a frame may.
    #[error("{found} {field}, and at most {max} are allowed")]
    TooMany {
        /// Of what.
        field: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// One part of it is larger than such a part may be.
    #[error("{found} bytes of {field}, and at most {max} are allowed")]
    TooLarge {
        /// Of what.
        field: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
}

fn encode<T: Serialize>(frame: &T) -> Vec<u8> {
    codec::encode(frame)
}

fn decode<T: Serialize + serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    Ok(codec::decode(bytes, FRAME_BYTES_MAX)?)
}

fn check_count(field: &'static str, found: usize, max: usize) -> Result<(), Error> {
    if found > max { Err(Error::TooMany { field, found, max }) } else { Ok(()) }
}

fn check_parts(field: &'static str, parts: &[Vec<u8>], max: usize) -> Result<(), Error> {
    match parts.iter().map(Vec::len).find(|length| *length > max) {
        Some(found) => Err(Error::TooLarge { field, found, max }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
