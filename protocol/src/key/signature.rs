//! Signing keys, public keys and signatures (Ed25519, RFC 8032). Leaves out the rule by which a signature is
//! accepted, which is in `verify`.

use std::fmt;

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use ed25519_dalek::Signer;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use crate::hash;

/// A secret key that signs. Dropping it wipes it.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of a 32-byte seed (the *private key* of RFC 8032 section 5.1.5); every seed is one.
    pub fn from_bytes(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The seed, for the vault and for nobody else.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs a message; the same message always gives the same signature.
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(redacted)")
    }
}

/// A public key that is a point of the curve, in its one encoding, and not one of the eight weak points.
///
/// Equal keys have equal bytes, so keys can be compared, sorted and hashed as bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Checks that the bytes are a key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Error> {
        point(bytes).map(|_| Self(*bytes))
    }

    /// The encoding.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hash::brief(f, "PublicKey", &self.0)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: [u8; 32] = serde_bytes::deserialize(deserializer)?;
        Self::from_bytes(&bytes).map_err(de::Error::custom)
    }
}

/// A signature as it came; whether it is one, only [`verify`](super::verify) tells.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Signature(#[serde(with = "serde_bytes")] [u8; 64]);

impl Signature {
    /// Takes the bytes as they are.
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// The 64 bytes: an encoded point and a scalar.
    pub const fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hash::brief(f, "Signature", &self.0)
    }
}

/// Why bytes are not a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The same point has another, shorter encoding.
    #[error("the key is not in its canonical encoding")]
    NotCanonical,
    /// No point of the curve has this encoding.
    #[error("the key is not a point of the curve")]
    NotAPoint,
    /// One of the eight points for which anybody can sign.
    #[error("the key is one of the weak points")]
    SmallOrder,
}

/// The point of an encoding, if the encoding is canonical and the point is not weak.
///
/// A canonical encoding has y < p and no sign on x = 0 (RFC 8032 section 5.1.3). The only points with x = 0
/// are (0, 1) and (0, −1), both of small order, so testing y and the order is enough.
pub(super) fn point(bytes: &[u8; 32]) -> Result<EdwardsPoint, Error> {
    let [first, middle @ .., last] = bytes;
    if last & 0x7f == 0x7f && middle.iter().all(|byte| *byte == 0xff) && *first >= 0xed {
        return Err(Error::NotCanonical);
    }
    let point = CompressedEdwardsY(*bytes).decompress().ok_or(Error::NotAPoint)?;
    if point.is_small_order() { Err(Error::SmallOrder) } else { Ok(point) }
}
