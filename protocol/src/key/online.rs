//! The keys of every day, from the root that a vault keeps. Leaves out sealing keys, which are random and
//! monthly so that words stolen later open nothing that was sent before.

use std::fmt;

use serde_bytes::Bytes;
use zeroize::Zeroizing;

use super::{derive, signature::SigningKey};

/// The root of the keys of every day. Dropping it wipes it.
#[derive(Clone)]
pub struct Online(Zeroizing<[u8; 32]>);

impl Online {
    /// Takes the root as the vault kept it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The root, for the vault and for nobody else.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// The key that signs what one says in one COICOP division in one year.
    ///
    /// One pseudonym for each, so that strangers cannot join a person's divisions or years by keys.
    pub fn persona(&self, division: u8, year: u16) -> SigningKey {
        SigningKey::from_bytes(*derive(self.0.as_slice(), &("persona", division, year)))
    }

    /// The secret of this machine's network key.
    pub fn device(&self) -> Zeroizing<[u8; 32]> {
        derive(self.0.as_slice(), &("device",))
    }

    /// One of the secrets of a relation, from the random salt that is that relation's record.
    ///
    /// The salt is random and erasable, so the root alone does not tell whose customer one is.
    pub fn relation(&self, salt: &[u8; 32], purpose: RelationUse) -> Zeroizing<[u8; 32]> {
        derive(self.0.as_slice(), &("relation", Bytes::new(salt), purpose.label()))
    }
}

impl fmt::Debug for Online {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Online(redacted)")
    }
}

/// What a relation's key is for; one key is never used for two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationUse {
    /// Signing evidence.
    Sign,
    /// Opening letters.
    Seal,
    /// The network identity that the vendor sees.
    Net,
    /// Issuing credentials about what one says of oneself.
    Issue,
    /// Binding a credential to its holder.
    Binding,
}

impl RelationUse {
    /// Every use.
    pub const ALL: [Self; 5] = [Self::Sign, Self::Seal, Self::Net, Self::Issue, Self::Binding];

    fn label(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Seal => "hpke",
            Self::Net => "net",
            Self::Issue => "issue",
            Self::Binding => "kb",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::key::Seed;

    #[test]
    fn every_use_has_its_own_key() {
        let seed = Seed::from_entropy([3; 32]);
        let online = seed.online(0);
        let mut keys: BTreeSet<[u8; 32]> = BTreeSet::new();
        let mut all = vec![*online.device(), *seed.online(1).device(), *online.to_bytes(), *seed.recovery().to_bytes()];
        for (division, year) in [(1, 2026), (2, 2026), (1, 2027)] {
            all.push(*online.persona(division, year).to_bytes());
        }
        for salt in [[0; 32], [1; 32]] {
            for purpose in RelationUse::ALL {
                all.push(*online.relation(&salt, purpose));
            }
        }
        all.extend((0..3).map(|epoch| *seed.rotation().identity(epoch).to_bytes()));
        let count = all.len();
        keys.extend(all);
        assert_eq!(keys.len(), count);
    }
}
