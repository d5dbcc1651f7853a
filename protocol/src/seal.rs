//! Sealing to one recipient: HPKE (RFC 9180) with the hybrid X-Wing KEM (ML-KEM-768 and X25519), HKDF-SHA256
//! and ChaCha20-Poly1305, and the padding that hides sizes. Leaves out what is sealed and for how long keys
//! live: sealing keys of letters are random, monthly and then erased.
//!
//! X-Wing is still a draft (KEM id 0x647a), so whatever is sealed says which suite it used.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used))]

use std::{fmt, sync::OnceLock};

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, PskBundle, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use crate::{Rng, hash};

/// Bytes of a public sealing key: 1,184 of ML-KEM-768 and 32 of X25519.
pub const PUBLIC_KEY_BYTES: usize = 1216;
/// Bytes of the encapsulated key in front of what is sealed.
pub const ENCAPSULATED_BYTES: usize = 1120;
/// Bytes that sealing adds: the encapsulated key and the tag.
pub const OVERHEAD_BYTES: usize = ENCAPSULATED_BYTES + 16;

/// The modulus of ML-KEM (FIPS 203 section 2.4).
const Q: u16 = 3329;
/// Pairs of coefficients in a public key of ML-KEM-768.
const COEFFICIENT_PAIRS: usize = 384;

/// A secret key that opens what was sealed to its public half. Dropping it wipes it.
///
/// The draft says to keep the seed. What is made of it is made once, at the first use, and kept beside it: it costs as
/// much as opening a letter.
#[derive(Clone)]
pub struct SecretKey {
    seed: Zeroizing<[u8; 32]>,
    made: OnceLock<Made>,
}

/// What a seed gives.
#[derive(Clone)]
struct Made {
    secret: <XWing as Kem>::PrivateKey,
    public: PublicKey,
    hash: KeyHash,
}

impl SecretKey {
    /// The key of a 32-byte seed; every seed is one. Random ones must come from a secure source.
    pub fn from_bytes(seed: [u8; 32]) -> Self {
        Self { seed: Zeroizing::new(seed), made: OnceLock::new() }
    }

    /// A fresh key.
    pub fn random(rng: &mut dyn Rng) -> Self {
        let mut key = Self::from_bytes([0; 32]);
        rng.fill_bytes(key.seed.as_mut_slice());
        key
    }

    /// The seed, for the vault and for nobody else.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.seed.clone()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.made().public.clone()
    }

    /// The name of the public half.
    pub fn hash(&self) -> KeyHash {
        self.made().hash
    }

    #[expect(clippy::expect_used, reason = "every 32 bytes are an X-Wing seed")]
    fn made(&self) -> &Made {
        self.made.get_or_init(|| {
            let seed = self.seed.as_slice();
            let secret = <XWing as Kem>::PrivateKey::from_bytes(seed).expect("32 bytes are an X-Wing seed");
            let mut bytes = Box::new([0; PUBLIC_KEY_BYTES]);
            XWing::sk_to_pk(&secret).write_exact(bytes.as_mut_slice());
            let public = PublicKey(bytes);
            Made { secret, hash: public.hash(), public }
        })
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(redacted)")
    }
}

/// A key that one seals to.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(Box<[u8; PUBLIC_KEY_BYTES]>);

impl PublicKey {
    /// Checks the length and the encoding: of the 768 coefficients of ML-KEM, 12 bits each, every one is below q (FIPS 203
    /// section 7.2). Any 32 bytes are a key of X25519 (RFC 7748 section 5).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let key: [u8; PUBLIC_KEY_BYTES] = bytes.try_into().map_err(|_| Error::NotAKey)?;
        let (pairs, _) = key.as_chunks::<3>();
        let is_reduced = pairs.iter().take(COEFFICIENT_PAIRS).all(|[low, middle, high]| {
            let middle = u16::from(*middle);
            let first = u16::from(*low) | (middle & 0xf) << 8;
            let second = middle >> 4 | u16::from(*high) << 4;
            first < Q && second < Q
        });
        if is_reduced { Ok(Self(Box::new(key))) } else { Err(Error::NotAKey) }
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8; PUBLIC_KEY_BYTES] {
        &self.0
    }

    /// The key's name wherever the key itself would be too long.
    pub fn hash(&self) -> KeyHash {
        KeyHash(hash::plain(self.0.as_slice()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({:?})", self.hash())
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_slice())
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: serde_bytes::ByteBuf = Deserialize::deserialize(deserializer)?;
        Self::from_bytes(&bytes).map_err(de::Error::custom)
    }
}

hash::bytes! {
    /// BLAKE3-256 of a public sealing key.
    KeyHash, 32
}

/// How the sender is authenticated.
#[derive(Clone, Copy)]
pub enum Mode<'a> {
    /// Not at all: anybody can seal to a public key.
    Base,
    /// By a secret that both sides hold (RFC 9180 `mode_psk`): authentic to the other side, proof to nobody else.
    Psk {
        /// The shared secret.
        psk: &'a [u8; 32],
        /// Its name, which is not secret and not empty.
        id: &'a [u8],
    },
}

/// Never shows the shared secret.
impl fmt::Debug for Mode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Base) { "Base" } else { "Psk(redacted)" })
    }
}

impl<'a> Mode<'a> {
    fn bundle(self) -> Result<Option<PskBundle<'a>>, Error> {
        match self {
            Self::Base => Ok(None),
            Self::Psk { id: [], .. } => Err(Error::Unnamed),
            Self::Psk { psk, id } => PskBundle::new(psk, id).map(Some).map_err(|_| Error::Unnamed),
        }
    }
}

/// Why something was not sealed or not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a public sealing key.
    #[error("not a sealing key")]
    NotAKey,
    /// The shared secret has no name.
    #[error("a shared secret without a name")]
    Unnamed,
    /// There is less than sealing adds.
    #[error("{length} bytes, and a sealed text has at least {OVERHEAD_BYTES}")]
    Short {
        /// How many there are.
        length: usize,
    },
    /// Encapsulation or encryption failed.
    #[error("could not seal")]
    NotSealed,
    /// The key, the shared secret, the circumstances or the bytes are not the ones that were sealed.
    #[error("does not open with this key")]
    NotOpened,
}

/// Seals bytes; the result is the encapsulated key, the text and its tag.
///
/// `info` binds the circumstances into the key, `aad` binds what travels in the clear beside it: whoever opens
/// must give both again.
pub fn seal(
    to: &PublicKey,
    mode: Mode<'_>,
    info: &[u8],
    aad: &[u8],
    plain: &[u8],
    mut rng: &mut dyn Rng,
) -> Result<Vec<u8>, Error> {
    let key = <XWing as Kem>::PublicKey::from_bytes(to.0.as_slice()).map_err(|_| Error::NotAKey)?;
    let mode = mode.bundle()?.map_or(OpModeS::Base, OpModeS::Psk);
    let (encapsulated, text) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(&mode, &key, info, plain, aad, &mut rng)
            .map_err(|_| Error::NotSealed)?;
    let mut sealed = encapsulated.to_bytes().to_vec();
    sealed.extend_from_slice(&text);
    Ok(sealed)
}

/// Opens what [`seal`] made; one error for every reason, so that it tells an attacker nothing.
pub fn open(
    key: &SecretKey,
    mode: Mode<'_>,
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let short = Error::Short { length: sealed.len() };
    if sealed.len() < OVERHEAD_BYTES {
        return Err(short);
    }
    let (encapsulated, text) = sealed.split_at_checked(ENCAPSULATED_BYTES).ok_or(short)?;
    let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Error::NotOpened)?;
    let mode = mode.bundle()?.map_or(OpModeR::Base, OpModeR::Psk);
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &mode,
        &key.made().secret,
        &encapsulated,
        info,
        text,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| Error::NotOpened)
}

/// The padded length of a stored text (Padmé, PURBs section 4): at most 12 % more, and only log log n bits told.
///
/// Lengths above `usize::MAX / 2` are returned as they are: there is no room to pad.
pub const fn padme(length: usize) -> usize {
    let Some(exponent) = length.checked_ilog2() else { return length };
    let Some(bits) = exponent.checked_ilog2() else { return length };
    let zeros = exponent.saturating_sub(bits.saturating_add(1));
    match 1_usize.checked_shl(zeros) {
        Some(step) => match length.checked_next_multiple_of(step) {
            Some(padded) => padded,
            None => length,
        },
        None => length,
    }
}

#[cfg(test)]
mod tests;
