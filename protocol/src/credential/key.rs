//! The keys of credentials: either of two kinds, and the kind says which algorithm is meant. Leaves out where they come
//! from and how they travel; `jwk` writes them as JSON.

use std::fmt;

use super::es256;
use crate::{did, key};

const MULTICODEC_P256: [u8; 2] = [0x80, 0x24];

/// How a token is signed (RFC 7518 section 3.1, RFC 9864 section 2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519, which older tokens call `EdDSA`.
    Ed25519,
}

impl Algorithm {
    /// What a header says that is written here.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Ed25519 => "Ed25519",
        }
    }

    /// Whether a header means this one; RFC 9864 deprecates `EdDSA`, and tokens with it are still about.
    pub(super) fn is_named(self, name: &str) -> bool {
        name == self.name() || (self == Self::Ed25519 && name == "EdDSA")
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A secret key of either kind. Dropping it wipes it.
#[derive(Clone, Debug)]
pub enum SigningKey {
    /// Signs with ES256.
    Es256(es256::SigningKey),
    /// Signs with Ed25519.
    Ed25519(key::SigningKey),
}

impl SigningKey {
    /// The ES256 key of a 32-byte secret, such as a relation's; every secret is one.
    pub fn es256(secret: [u8; 32]) -> Self {
        Self::Es256(es256::SigningKey::from_secret(secret))
    }

    /// The Ed25519 key of a 32-byte seed; every seed is one.
    pub fn ed25519(seed: [u8; 32]) -> Self {
        Self::Ed25519(key::SigningKey::from_bytes(seed))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        match self {
            Self::Es256(key) => PublicKey::Es256(key.public()),
            Self::Ed25519(key) => PublicKey::Ed25519(key.public()),
        }
    }

    /// The only algorithm that the key is used with.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Es256(_) => Algorithm::Es256,
            Self::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        match self {
            Self::Es256(key) => key.sign(message),
            Self::Ed25519(key) => *key.sign(message).as_bytes(),
        }
    }
}

/// A public key of either kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// Checks ES256.
    Es256(es256::PublicKey),
    /// Checks Ed25519.
    Ed25519(key::PublicKey),
}

impl PublicKey {
    /// The only algorithm that the key is used with.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Es256(_) => Algorithm::Es256,
            Self::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// The key as a DID (`did:key`, W3C CCG): multicodec 0x1200 with the compressed point, or 0xed.
    pub fn to_did(&self) -> String {
        match self {
            Self::Es256(key) => did::write(MULTICODEC_P256, &key.compressed()),
            Self::Ed25519(key) => did::to_did(key),
        }
    }

    /// Reads a DID of either kind; every key has exactly one.
    pub fn from_did(text: &str) -> Result<Self, Error> {
        let bytes = did::read(text)?;
        match bytes.strip_prefix(&MULTICODEC_P256) {
            Some(point) => {
                let point = point.try_into().map_err(|_| Error::NotAPoint)?;
                Ok(Self::Es256(es256::PublicKey::from_compressed(point)?))
            }
            None => Ok(Self::Ed25519(did::from_did(text)?)),
        }
    }

    /// Whether the signature is the key's on the message. Ed25519 is checked strictly, one by one: tokens are not
    /// batched, and what other implementations refuse is refused here.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        match self {
            Self::Es256(key) => key.verify(message, signature),
            Self::Ed25519(key) => ed25519_dalek::VerifyingKey::from_bytes(key.as_bytes())
                .is_ok_and(|key| key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()),
        }
    }
}

/// Why something is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not a point of P-256.
    #[error("not a point of P-256")]
    NotAPoint,
    /// Not a scalar of P-256, or zero.
    #[error("not a scalar of P-256 other than zero")]
    NotAScalar,
    /// Not an Ed25519 key.
    #[error(transparent)]
    Ed25519(#[from] key::Error),
    /// Not a DID of a key.
    #[error(transparent)]
    Did(#[from] did::Error),
}
