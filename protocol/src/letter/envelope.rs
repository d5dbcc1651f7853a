//! The outside of a letter: what whoever carries it can see, and the padding that hides the length inside.
//! Leaves out the seal itself.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use serde_bytes::{ByteArray, ByteBuf};
use zeroize::Zeroizing;

use super::Error;
use crate::{
    codec,
    limits::LETTER_BYTES_MAX,
    pair::LABEL_BYTES,
    seal::{KeyHash, OVERHEAD_BYTES},
};

/// The one suite of this version: X-Wing, HKDF-SHA256, ChaCha20-Poly1305.
pub const SUITE: u8 = 1;
/// The lengths that a letter may have, everything counted.
pub const CLASSES_BYTES: [usize; 5] = [2 * 1024, 8 * 1024, 32 * 1024, 128 * 1024, LETTER_BYTES_MAX];

const LENGTH_BYTES: usize = 4;
/// Array head, suite, sort, hash with its head.
const FRAME_BYTES: usize = 1 + 1 + 1 + 34;

/// The two sorts of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Between contacts, under a pair key.
    Conversation,
    /// In a relation, signed.
    Evidence,
}

impl Sort {
    const fn number(self) -> u8 {
        match self {
            Self::Conversation => 0,
            Self::Evidence => 1,
        }
    }

    /// Bytes of the frame around what is sealed: a label with its head, or nothing said in one byte.
    const fn frame_bytes(self) -> usize {
        match self {
            Self::Conversation => FRAME_BYTES + 17,
            Self::Evidence => FRAME_BYTES + 1,
        }
    }
}

/// Where a letter goes, readable without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// The sealing key that it is for.
    pub key: KeyHash,
    /// The pair key that it is under; none for evidence.
    pub label: Option<[u8; LABEL_BYTES]>,
}

/// Reads the outside of a letter and checks its size and suite.
pub fn address(bytes: &[u8]) -> Result<Address, Error> {
    Envelope::decode(bytes).map(|envelope| envelope.address)
}

pub(super) struct Envelope {
    address: Address,
    sealed: Vec<u8>,
}

type Wire = (u8, u8, KeyHash, Option<ByteArray<LABEL_BYTES>>, ByteBuf);

impl Envelope {
    pub(super) fn conversation(key: KeyHash, label: [u8; LABEL_BYTES], sealed: Vec<u8>) -> Self {
        Self { address: Address { key, label: Some(label) }, sealed }
    }

    pub(super) fn evidence(key: KeyHash, sealed: Vec<u8>) -> Self {
        Self { address: Address { key, label: None }, sealed }
    }

    pub(super) fn encode(self) -> Vec<u8> {
        let label = self.address.label.map(ByteArray::new);
        let sort = if label.is_some() { Sort::Conversation } else { Sort::Evidence };
        codec::encode(&(SUITE, sort.number(), self.address.key, label, ByteBuf::from(self.sealed)))
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Error> {
        if !CLASSES_BYTES.contains(&bytes.len()) {
            return Err(Error::Size { length: bytes.len() });
        }
        let (suite, sort, key, label, sealed): Wire = codec::decode(bytes, LETTER_BYTES_MAX)?;
        if suite != SUITE {
            return Err(Error::UnknownSuite { suite });
        }
        let label = match (sort, label) {
            (0, Some(label)) => Some(label.into_array()),
            (1, None) => None,
            _ => return Err(Error::UnknownKind),
        };
        Ok(Self { address: Address { key, label }, sealed: sealed.into_vec() })
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    pub(super) fn sealed(&self) -> &[u8] {
        &self.sealed
    }
}

/// The smallest class that holds an inner text of that length.
pub(super) fn class_of(inner: usize, sort: Sort) -> Option<usize> {
    CLASSES_BYTES.into_iter().find(|class| room(*class, sort) >= inner)
}

/// How long an inner text may be in a class.
fn room(class: usize, sort: Sort) -> usize {
    // The head of a byte string takes 3 bytes up to 65,535 and 5 above; no class is near the border.
    let head: usize = if class > 0xffff { 5 } else { 3 };
    class.saturating_sub(head.saturating_add(sort.frame_bytes()).saturating_add(OVERHEAD_BYTES + LENGTH_BYTES))
}

/// The inner text, its length in front and zeros behind.
pub(super) fn pad(inner: &[u8], class: usize, sort: Sort) -> Result<Zeroizing<Vec<u8>>, Error> {
    let length = u32::try_from(inner.len()).map_err(|_| Error::TooLarge { length: inner.len() })?;
    let mut padded = Zeroizing::new(Vec::with_capacity(class));
    padded.extend_from_slice(&length.to_be_bytes());
    padded.extend_from_slice(inner);
    padded.resize(room(class, sort).saturating_add(LENGTH_BYTES), 0);
    Ok(padded)
}

/// The inner text again; the padding must be zeros, so that it carries nothing.
pub(super) fn unpad(padded: &[u8]) -> Result<&[u8], Error> {
    let (length, rest) = padded.split_first_chunk::<LENGTH_BYTES>().ok_or(Error::Padding)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Error::Padding)?;
    let (inner, zeros) = rest.split_at_checked(length).ok_or(Error::Padding)?;
    if zeros.iter().all(|byte| *byte == 0) { Ok(inner) } else { Err(Error::Padding) }
}

/// What is authenticated beside the text: the size class, and the label where there is one.
pub(super) fn aad(class: usize, label: Option<&[u8; LABEL_BYTES]>) -> Vec<u8> {
    let class = u32::try_from(class).unwrap_or(u32::MAX);
    let mut aad = class.to_be_bytes().to_vec();
    aad.extend_from_slice(label.map_or(&[][..], |label| label));
    aad
}
