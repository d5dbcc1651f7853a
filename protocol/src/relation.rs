//! A relation: one person and one organisation, under keys that only the two of them ever see. Leaves out how one
//! begins, which is in `door`, and what is said in it, which is in `letter`.
//!
//! All keys of a relation come from a random salt that is kept as its record. Two organisations that lay side by side
//! everything they hold find no key, id or byte in common; and whoever has the root cannot tell whose customer one is.

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    Rng, hash,
    key::{IdentityId, Online, PublicKey, RelationUse, SigningKey},
    seal,
};

hash::bytes! {
    /// The name of a relation: the public key that signs its letters. It does not rotate; a new relation has a new one.
    RelationId, 32
}

hash::bytes! {
    /// Who writes or is written to in a relation: the organisation's identity, or the relation itself.
    Party, 32
}

impl From<IdentityId> for Party {
    fn from(id: IdentityId) -> Self {
        Self::from_bytes(*id.as_bytes())
    }
}

impl From<RelationId> for Party {
    fn from(id: RelationId) -> Self {
        Self::from_bytes(*id.as_bytes())
    }
}

impl From<PublicKey> for RelationId {
    fn from(key: PublicKey) -> Self {
        Self::from_bytes(*key.as_bytes())
    }
}

/// What a relation's keys are made of. Erasing it erases the relation's keys for good.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt(Zeroizing<[u8; 32]>);

impl Salt {
    /// A fresh one.
    pub fn random(rng: &mut dyn Rng) -> Self {
        let mut salt = Zeroizing::new([0; 32]);
        rng.fill_bytes(salt.as_mut_slice());
        Self(salt)
    }

    /// Takes a salt as the vault kept it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for the vault and for nobody else.
    pub fn to_bytes(&self) -> [u8; 32] {
        *self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(redacted)")
    }
}

/// The keys of one relation, as its person holds them.
#[derive(Debug)]
pub struct Keys {
    /// Signs letters and agreements; its public half is the relation's id.
    pub sign: SigningKey,
    /// Opens letters.
    pub seal: seal::SecretKey,
    /// The seed of the network identity that the organisation sees.
    pub net: Zeroizing<[u8; 32]>,
    /// The seed of the key that signs what the person says of themselves.
    pub issue: Zeroizing<[u8; 32]>,
    /// The seed of the key that binds a credential to this relation.
    pub binding: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// Derives the keys of a relation.
    pub fn derive(online: &Online, salt: &Salt) -> Self {
        let secret = |purpose| online.relation(&salt.0, purpose);
        Self {
            sign: SigningKey::from_bytes(*secret(RelationUse::Sign)),
            seal: seal::SecretKey::from_bytes(*secret(RelationUse::Seal)),
            net: secret(RelationUse::Net),
            issue: secret(RelationUse::Issue),
            binding: secret(RelationUse::Binding),
        }
    }

    /// The relation's name.
    pub fn id(&self) -> RelationId {
        self.sign.public().into()
    }

    /// The network identity that the organisation sees.
    pub fn node(&self) -> [u8; 32] {
        *SigningKey::from_bytes(*self.net).public().as_bytes()
    }
}
