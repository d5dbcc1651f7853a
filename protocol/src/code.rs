//! Codes: short structures that people carry from one screen to another, as letters or as a square to scan. Each
//! kind of code says which it is. Leaves out what they mean.
//!
//! ```text
//! code = "SESAME:" ‖ kind ‖ version ‖ ":" ‖ base32(payload ‖ first 4 bytes of BLAKE3("sesame/1/code" ‖ kind ‖ payload))
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use zeroize::Zeroizing;

use crate::{
    Verified, codec,
    document::{Body, Document, is_address},
    hash,
    limits::{ADDRESSES_MAX, CODE_CHARS_MAX},
    time::Timestamp,
};

const PREFIX: &str = "SESAME:";
const VERSION: &str = "1";
const CHECKSUM_BYTES: usize = 4;
/// Base32 of RFC 4648: upper case and digits, which QR codes pack tighter than other text.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An invitation to become a contact.
    Invitation,
    /// Where an organisation's desk is; public.
    Link,
    /// A door: the keys of one new relation, for one organisation.
    Door,
    /// An attestation about a field of a profile; public.
    Attestation,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Invitation, Self::Link, Self::Door, Self::Attestation];

    /// The letter in front of the version: none for the first kind that there was.
    const fn letter(self) -> &'static str {
        match self {
            Self::Invitation => "",
            Self::Link => "L",
            Self::Door => "D",
            Self::Attestation => "A",
        }
    }

    /// Which kind of code a text is, from its beginning alone.
    pub fn of(text: &str) -> Result<Self, Error> {
        if text.len() > CODE_CHARS_MAX {
            return Err(Error::TooLong { length: text.len() });
        }
        split(&compact(text)).map(|(kind, _)| kind)
    }
}

/// An attestation on its way to the organisation that it is about. It is public: the code is only a way to carry it.
#[derive(Debug)]
pub struct Attested;

impl Attested {
    /// Writes the code of a signed attestation.
    pub fn to_code(document: &Document) -> String {
        write(Kind::Attestation, Zeroizing::new(document.bytes().to_vec()))
    }

    /// Reads a code and checks the signature.
    pub fn parse(text: &str, now: Timestamp) -> Result<Verified<Document>, Error> {
        let payload = read(Kind::Attestation, text)?;
        let document = Document::decode_public(&payload, now)?;
        if !matches!(document.claimed().body(), Body::Attestation(_)) {
            return Err(Error::NotACode);
        }
        Ok(document.verify()?)
    }
}

/// Writes a code: letters, digits and colons only.
pub(crate) fn write(kind: Kind, payload: Zeroizing<Vec<u8>>) -> String {
    let mut bytes = payload;
    let sum = checksum(kind, &bytes);
    bytes.extend_from_slice(&sum);
    format!("{PREFIX}{}{VERSION}:{}", kind.letter(), base32(&bytes))
}

/// Reads the payload of a code, however it was broken into lines and whatever its case.
pub(crate) fn read(kind: Kind, text: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    if text.len() > CODE_CHARS_MAX {
        return Err(Error::TooLong { length: text.len() });
    }
    let compact = compact(text);
    let (found, digits) = split(&compact)?;
    if found != kind {
        return Err(Error::OtherKind { found });
    }
    let mut bytes = Zeroizing::new(unbase32(digits).ok_or(Error::Mistyped)?);
    let (payload, sum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(Error::Mistyped)?;
    if checksum(kind, payload) != *sum {
        return Err(Error::Mistyped);
    }
    let length = payload.len();
    bytes.truncate(length);
    Ok(bytes)
}

/// Why a text is not the code that was expected.
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
    #[error("not a code: one begins with SESAME:")]
    NotACode,
    /// It is a code of a version to come.
    #[error("the code needs a newer version of this program")]
    Newer,
    /// It is a code of another kind.
    #[error("a code for something else: {found:?}")]
    OtherKind {
        /// For what.
        found: Kind,
    },
    /// A character is wrong, missing or too many.
    #[error("the code was mistyped or is incomplete")]
    Mistyped,
    /// Its addresses are too many, too long or not printable.
    #[error("the addresses in the code cannot be used")]
    Addresses,
    /// Whoever made it does not hold the key that it names.
    #[error("the code is not signed by the key that it names")]
    BadSignature,
    /// It was made by a faulty program.
    #[error("the code is faulty: {0}")]
    Codec(#[from] codec::Error),
    /// The document in it is not one.
    #[error("the code is faulty: {0}")]
    Document(#[from] crate::document::Error),
}

/// Addresses in a code: a few, each one that could be dialled.
pub(crate) fn check_addresses(addresses: &[String]) -> Result<(), Error> {
    let are_usable = addresses.len() <= ADDRESSES_MAX && addresses.iter().all(|address| is_address(address));
    if are_usable { Ok(()) } else { Err(Error::Addresses) }
}

fn compact(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect())
}

/// The kind and the digits of a code.
fn split(compact: &str) -> Result<(Kind, &str), Error> {
    let (head, digits) = compact.strip_prefix(PREFIX).and_then(|rest| rest.split_once(':')).ok_or(Error::NotACode)?;
    let version = head.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letter = head.strip_suffix(version).unwrap_or_default();
    let kind = Kind::ALL.into_iter().find(|kind| kind.letter() == letter);
    match (kind, version) {
        (Some(kind), VERSION) => Ok((kind, digits)),
        _ if version.parse::<u32>().is_ok_and(|version| version > 1 || kind.is_none()) => Err(Error::Newer),
        _ => Err(Error::NotACode),
    }
}

/// Tells a slip of the pen, not a forger: that a code is believed has other reasons.
fn checksum(kind: Kind, payload: &[u8]) -> [u8; CHECKSUM_BYTES] {
    hash::short(&hash::labelled("sesame/1/code", &[kind.letter().as_bytes(), payload]))
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
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_code_is_read_as_its_own_kind_only() {
        for kind in Kind::ALL {
            let text = write(kind, Zeroizing::new(vec![1, 2, 3]));
            assert_eq!(Kind::of(&text), Ok(kind));
            for other in Kind::ALL {
                let read = read(other, &text).map(|bytes| bytes.to_vec());
                assert_eq!(read, if other == kind { Ok(vec![1, 2, 3]) } else { Err(Error::OtherKind { found: kind }) });
            }
            // The kind is under the checksum, so a letter put in front does not make it another.
            let digits = text.rsplit(':').next().unwrap();
            for other in Kind::ALL.into_iter().filter(|other| *other != kind) {
                let forged = format!("SESAME:{}1:{digits}", other.letter());
                assert_eq!(super::read(other, &forged), Err(Error::Mistyped));
            }
        }
    }

    #[test]
    fn what_this_version_does_not_know_is_newer_and_the_rest_is_no_code() {
        for text in ["SESAME:2:AAAA", "SESAME:L2:AAAA", "SESAME:X1:AAAA"] {
            assert_eq!(Kind::of(text), Err(Error::Newer), "{text}");
        }
        for text in ["", "SESAME:", "SESAME:L:AAAA", "SESAME:0:AAAA", "SESAME:L0:AA", "SESAME:1L:AA", "hello"] {
            assert_eq!(Kind::of(text), Err(Error::NotACode), "{text}");
        }
    }

    /// RFC 4648 section 10.
    #[test]
    fn base32_is_the_known_one() {
        for (plain, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), text);
            assert_eq!(unbase32(text).unwrap(), plain.as_bytes());
        }
        assert_eq!(unbase32("MZ"), None, "left-over bits");
        assert_eq!(unbase32("MZX"), None, "an impossible length");
    }

    proptest! {
        #[test]
        fn base32_comes_back(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(unbase32(&base32(&bytes)).unwrap(), bytes);
        }
    }
}
