//! An identity: an id for ever, and keys that follow one another by commitments made beforehand.
//!
//! The id is the hash of the first key and of the commitment to the second. A contact pins the id and the
//! newest commitment, so a thief of today's key can publish no card that names a next key of his own.
//! Successions themselves are not in this version; the commitments that they need are.

use std::fmt;

use zeroize::Zeroizing;

use super::{
    derive,
    signature::{PublicKey, SigningKey},
};
use crate::{codec, hash};

/// The root of a person's identity keys. Re-made from the words when needed, and never stored.
#[derive(Clone)]
pub struct Rotation(Zeroizing<[u8; 32]>);

impl Rotation {
    pub(super) fn new(root: Zeroizing<[u8; 32]>) -> Self {
        Self(root)
    }

    /// The identity key of an epoch; the first is 0. Only the current one's secret may be stored.
    pub fn identity(&self, epoch: u32) -> SigningKey {
        SigningKey::from_bytes(*derive(self.0.as_slice(), &("identity", epoch)))
    }

    /// What the card of an epoch says about the key of the next one.
    pub fn commitment(&self, epoch: u32) -> Commitment {
        Commitment::to(&self.identity(epoch.saturating_add(1)).public())
    }

    /// The inception of this root's identity.
    pub fn inception(&self) -> Inception {
        Inception { key: self.identity(0).public(), next: self.commitment(0) }
    }
}

impl fmt::Debug for Rotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rotation(redacted)")
    }
}

hash::bytes! {
    /// A hash of the next identity key: BLAKE3(`sesame/1/next` ‖ key).
    Commitment, 32
}

impl Commitment {
    /// The commitment to a key.
    pub fn to(key: &PublicKey) -> Self {
        Self(hash::labelled("sesame/1/next", &[key.as_bytes()]))
    }

    /// Whether this is the commitment to that key: a succession is valid only then.
    pub fn names(&self, key: &PublicKey) -> bool {
        *self == Self::to(key)
    }
}

/// How an identity began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inception {
    /// The first identity key.
    pub key: PublicKey,
    /// The commitment to the second.
    pub next: Commitment,
}

impl Inception {
    /// The identity's id: BLAKE3(cbor([`sesame/1/incept`, key, next])).
    pub fn id(&self) -> IdentityId {
        IdentityId(hash::plain(&codec::encode(&("sesame/1/incept", self.key, self.next))))
    }
}

hash::bytes! {
    /// The id of an identity, the same for ever; what contacts pin and compare by words.
    IdentityId, 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Seed;

    #[test]
    fn a_commitment_names_the_next_key_and_no_other() {
        let root = Seed::from_entropy([1; 32]).rotation();
        for epoch in 0..3 {
            assert!(root.commitment(epoch).names(&root.identity(epoch + 1).public()));
            assert!(!root.commitment(epoch).names(&root.identity(epoch).public()));
        }
    }

    #[test]
    fn the_id_depends_on_both_the_key_and_the_commitment() {
        let root = Seed::from_entropy([1; 32]).rotation();
        let inception = root.inception();
        let other = Inception { next: root.commitment(1), ..inception };
        assert_ne!(inception.id(), other.id());
        let thief = Inception { key: root.identity(1).public(), ..inception };
        assert_ne!(inception.id(), thief.id());
        assert_eq!(format!("{:?}", IdentityId::from_bytes([0xab; 32])), "IdentityId(abababab…)");
    }
}
