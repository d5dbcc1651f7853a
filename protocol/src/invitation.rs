//! An invitation: one code, shown once as letters or as a square to scan, that lets one guest write the first
//! letter. Leaves out how long it is good for on the inviter's side and that it is good only once: the engine
//! remembers.
//!
//! ```text
//! code    = "SESAME:1:" ‖ base32(payload ‖ first 4 bytes of BLAKE3("sesame/1/code" ‖ payload))
//! payload = [inviter, device, addresses, secret, expires in seconds]      canonical CBOR
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use std::fmt;

use serde_bytes::ByteArray;
use zeroize::{Zeroize, Zeroizing};

use crate::{
    codec,
    document::is_address,
    hash,
    key::IdentityId,
    limits::{ADDRESSES_MAX, CODE_CHARS_MAX},
    time::Timestamp,
};

const PREFIX: &str = "SESAME:";
const VERSION: &str = "1";
const CHECKSUM_BYTES: usize = 4;
/// Base32 of RFC 4648: upper case and digits, which QR codes pack tighter than other text.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a guest needs to know to write the first letter. Dropping it wipes the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Who invites; the card that the guest is then given must be this identity's.
    pub inviter: IdentityId,
    /// The public key of the inviter's machine on the network.
    pub device: [u8; 32],
    /// Where it may be reached.
    pub addresses: Vec<String>,
    /// 128 random bits that the inviter showed to one guest.
    pub secret: [u8; 16],
    /// When the inviter stops honouring it, in whole seconds.
    pub expires: Timestamp,
}

type Wire = (IdentityId, ByteArray<32>, Vec<String>, ByteArray<16>, u64);

impl Invitation {
    /// Writes the code: letters, digits and colons only.
    pub fn to_code(&self) -> String {
        let wire = (
            self.inviter,
            ByteArray::new(self.device),
            &self.addresses,
            ByteArray::new(self.secret),
            self.expires.seconds(),
        );
        let mut bytes = Zeroizing::new(codec::encode(&wire));
        let sum = checksum(&bytes);
        bytes.extend_from_slice(&sum);
        format!("{PREFIX}{VERSION}:{}", base32(&bytes))
    }

    /// Reads a code, however it was broken into lines and whatever its case.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > CODE_CHARS_MAX {
            return Err(Error::TooLong { length: text.len() });
        }
        let compact: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect());
        let (version, digits) =
            compact.strip_prefix(PREFIX).and_then(|rest| rest.split_once(':')).ok_or(Error::NotACode)?;
        if version != VERSION {
            let newer = version.parse::<u32>().is_ok_and(|version| version > 1);
            return Err(if newer { Error::Newer } else { Error::NotACode });
        }
        let bytes = Zeroizing::new(unbase32(digits).ok_or(Error::Mistyped)?);
        let (payload, sum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(Error::Mistyped)?;
        if checksum(payload) != *sum {
            return Err(Error::Mistyped);
        }
        let (inviter, device, addresses, secret, expires): Wire = codec::decode(payload, CODE_CHARS_MAX)?;
        if addresses.len() > ADDRESSES_MAX || !addresses.iter().all(|address| is_address(address)) {
            return Err(Error::Addresses);
        }
        let moment = Timestamp::from_seconds(expires);
        if moment.seconds() != expires {
            return Err(Error::Codec(codec::Error::Shape));
        }
        Ok(Self { inviter, device: device.into_array(), addresses, secret: secret.into_array(), expires: moment })
    }

    /// What the guest shows first, to be given the inviter's card; it does not tell the secret.
    pub fn token(&self) -> [u8; 32] {
        hash::labelled("sesame/1/hello", &[&self.secret])
    }

    /// The name under which both sides keep the invitation; it does not tell the secret.
    pub fn id(&self) -> [u8; 16] {
        hash::short(&hash::labelled("sesame/1/invited", &[&self.secret]))
    }
}

impl Drop for Invitation {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Never shows the secret.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation")
            .field("inviter", &self.inviter)
            .field("addresses", &self.addresses)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// Why a text is not an invitation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is longer than any code.
    #[error("{length} characters, and a code has at most {CODE_CHARS_MAX}")]
    TooLong {
        /// How long it is.
        length: usize,
    },
    /// It does not begin as a code does.
    #[error("not an invitation: a code begins with SESAME:1:")]
    NotACode,
    /// It is a code of a version to come.
    #[error("the code needs a newer version of this program")]
    Newer,
    /// A character is wrong, missing or too many.
    #[error("the code was mistyped or is incomplete")]
    Mistyped,
    /// Its addresses are too many, too long or not printable.
    #[error("the addresses in the code cannot be used")]
    Addresses,
    /// It was made by a faulty program.
    #[error("the code is faulty: {0}")]
    Codec(#[from] codec::Error),
}

fn checksum(payload: &[u8]) -> [u8; CHECKSUM_BYTES] {
    hash::short(&hash::labelled("sesame/1/code", &[payload]))
}

fn base32(bytes: &[u8]) -> String {
    bytes
        .chunks(5)
        .flat_map(|chunk| {
            let mut block = [0_u8; 8];
            for (to, from) in block.iter_mut().skip(3).zip(chunk) {
                *to = *from;
            }
            let bits = u64::from_be_bytes(block);
            let count = chunk.len().saturating_mul(8).div_ceil(5);
            [35, 30, 25, 20, 15, 10, 5, 0].into_iter().take(count).map(move |shift| bits >> shift & 31)
        })
        .filter_map(|digit| usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit)))
        .map(|byte| char::from(*byte))
        .collect()
}

/// Every text has at most one value and every value one text: left-over bits must be zero.
fn unbase32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for chunk in text.as_bytes().chunks(8) {
        let mut bits = 0_u64;
        for place in 0..8 {
            let digit = match chunk.get(place) {
                Some(byte) => ALPHABET.iter().position(|listed| listed == byte)?,
                None => 0,
            };
            bits = bits << 5 | u64::try_from(digit).ok()?;
        }
        let whole = chunk.len().saturating_mul(5) / 8;
        if chunk.len() != whole.saturating_mul(8).div_ceil(5) {
            return None;
        }
        let block = bits.to_be_bytes();
        let (used, spare) = block.get(3..)?.split_at_checked(whole)?;
        if spare.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(used);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
