//! Keys of 32 bytes, how they come from one another, and the one AEAD of the vault (XChaCha20-Poly1305,
//! draft-irtf-cfrg-xchacha). A key never leaves this crate, prints as nothing and is wiped when dropped.

use std::fmt;

use chacha20poly1305::{AeadInOut, KeyInit, Tag, XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Error;

/// Bytes of an authentication tag.
pub(crate) const TAG_BYTES: usize = 16;
/// Bytes of a nonce.
pub(crate) const NONCE_BYTES: usize = 24;

/// A key of 32 bytes.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn random() -> Result<Self, Error> {
        let mut bytes = [0; 32];
        chance(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key that `context` names, from this one and what else it depends on.
    pub(crate) fn derive(&self, context: &str, more: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(context);
        hasher.update(&self.0).update(more);
        Self(hasher.finalize().into())
    }

    /// BLAKE3 keyed with this key.
    pub(crate) fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().into()
    }

    /// Seals the bytes where they lie and returns the tag.
    pub(crate) fn seal(&self, nonce: &[u8; NONCE_BYTES], aad: &[u8], bytes: &mut [u8]) -> [u8; TAG_BYTES] {
        XChaCha20Poly1305::new(&self.0.into())
            .encrypt_inout_detached(&XNonce::from(*nonce), aad, bytes.into())
            .expect("the vault seals nothing near the cipher's limit of 256 GiB")
            .into()
    }

    /// Opens bytes that end in their tag, where they lie; nothing if they do not verify. The tag's bytes stay behind
    /// the plaintext that is returned.
    pub(crate) fn open<'a>(&self, nonce: &[u8; NONCE_BYTES], aad: &[u8], sealed: &'a mut [u8]) -> Option<&'a mut [u8]> {
        let length = sealed.len().checked_sub(TAG_BYTES)?;
        let (bytes, tag) = sealed.split_at_mut(length);
        let tag: [u8; TAG_BYTES] = (&*tag).try_into().ok()?;
        XChaCha20Poly1305::new(&self.0.into())
            .decrypt_inout_detached(&XNonce::from(*nonce), aad, (&mut *bytes).into(), &Tag::from(tag))
            .ok()?;
        Some(bytes)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// Fills the bytes with chance from the system.
pub(crate) fn chance(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| Error::Chance)
}

/// The nonces of one batch: 16 bytes of chance, then a count. A machine that was cloned draws other chance, and no
/// nonce comes twice within a batch.
pub(crate) struct Nonces {
    prefix: [u8; 16],
    next: u64,
}

impl Nonces {
    pub(crate) fn draw() -> Result<Self, Error> {
        let mut prefix = [0; 16];
        chance(&mut prefix)?;
        Ok(Self { prefix, next: 0 })
    }

    pub(crate) fn take(&mut self) -> [u8; NONCE_BYTES] {
        let nonce = nonce(&self.prefix, self.next);
        self.next += 1;
        nonce
    }
}

/// The nonce of a prefix and a count.
pub(crate) fn nonce(prefix: &[u8; 16], count: u64) -> [u8; NONCE_BYTES] {
    let mut nonce = [0; NONCE_BYTES];
    nonce[..16].copy_from_slice(prefix);
    nonce[16..].copy_from_slice(&count.to_le_bytes());
    nonce
}

/// Chance from the system behind the trait that the protocol asks for.
pub(crate) struct System;

impl rand_core::TryRng for System {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        getrandom::fill(bytes).expect("the system gave chance for the vault's keys a moment ago");
        Ok(())
    }
}

impl rand_core::TryCryptoRng for System {}
