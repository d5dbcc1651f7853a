//! The secret that two contacts share, which authenticates their conversation without signing it. It moves on
//! every week and only forwards, so that what was said stays closed. Leaves out when a week begins and how many
//! weeks are kept: the engine decides.

use std::fmt;

use serde_bytes::Bytes;
use zeroize::Zeroizing;

use crate::{
    hash,
    key::{IdentityId, derive},
};

/// Bytes of the label by which a recipient finds the key without being told who writes.
pub const LABEL_BYTES: usize = 16;

/// A pair's key for one week. Dropping it wipes it.
///
/// It is a root: what authenticates letters, what names the key and what the next week begins with are three
/// different values derived from it.
#[derive(Clone)]
pub struct PairKey(Zeroizing<[u8; 32]>);

impl PairKey {
    /// The key of the first letter, from the secret of an invitation and the identity that invites.
    pub fn from_invitation(secret: &[u8; 16], inviter: &IdentityId) -> Self {
        Self(derive(secret, &("sesame/1/pair", "invitation", inviter)))
    }

    /// The key once both have sent random bytes: the invitation's secret alone no longer gives it.
    ///
    /// Both sides must put the inviter first.
    pub fn agreed(
        secret: &[u8; 16],
        inviter_half: &[u8; 32],
        guest_half: &[u8; 32],
        inviter: &IdentityId,
        guest: &IdentityId,
    ) -> Self {
        let mut input = Zeroizing::new([0_u8; 80]);
        let (first, rest) = input.split_at_mut(16);
        let (second, third) = rest.split_at_mut(32);
        first.copy_from_slice(secret);
        second.copy_from_slice(inviter_half);
        third.copy_from_slice(guest_half);
        Self(derive(input.as_slice(), &("sesame/1/pair", "agreed", inviter, guest)))
    }

    /// Takes the key as the vault kept it.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key, for the vault and for nobody else.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.clone()
    }

    /// The key of the next week; there is no way back.
    #[must_use]
    pub fn next(&self) -> Self {
        Self(derive(self.0.as_slice(), &("sesame/1/pair", "week")))
    }

    /// The name of this key, as it stands on the outside of a letter.
    pub fn label(&self) -> [u8; LABEL_BYTES] {
        hash::short(&derive(self.0.as_slice(), &("sesame/1/pair", "label")))
    }

    /// What authenticates letters under this key.
    pub(crate) fn secret(&self) -> Zeroizing<[u8; 32]> {
        derive(self.0.as_slice(), &("sesame/1/pair", "psk"))
    }

    /// A secret of this pair for a use beside letters, named by the caller; never one of the names used here.
    pub fn leaf(&self, name: &str, context: &[u8]) -> Zeroizing<[u8; 32]> {
        derive(self.0.as_slice(), &("sesame/1/pair", "leaf", name, Bytes::new(context)))
    }
}

impl fmt::Debug for PairKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairKey(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_sides_agree_and_every_ingredient_counts() {
        let (inviter, guest) = (IdentityId::from_bytes([1; 32]), IdentityId::from_bytes([2; 32]));
        let key = |secret: u8, one: u8, two: u8, a: &IdentityId, b: &IdentityId| {
            *PairKey::agreed(&[secret; 16], &[one; 32], &[two; 32], a, b).to_bytes()
        };
        assert_eq!(key(1, 2, 3, &inviter, &guest), key(1, 2, 3, &inviter, &guest));
        let all = BTreeSet::from([
            key(1, 2, 3, &inviter, &guest),
            key(9, 2, 3, &inviter, &guest),
            key(1, 9, 3, &inviter, &guest),
            key(1, 2, 9, &inviter, &guest),
            key(1, 3, 2, &inviter, &guest),
            key(1, 2, 3, &guest, &inviter),
            *PairKey::from_invitation(&[1; 16], &inviter).to_bytes(),
            *PairKey::from_invitation(&[1; 16], &guest).to_bytes(),
        ]);
        assert_eq!(all.len(), 8);
    }

    #[test]
    fn weeks_labels_and_secrets_differ() {
        let key = PairKey::from_bytes([5; 32]);
        let next = key.next();
        assert_ne!(key.label(), next.label());
        assert_ne!(*key.secret(), *next.secret());
        assert_ne!(*key.secret(), *key.next().to_bytes());
        assert_ne!(*key.leaf("a", b""), *key.leaf("b", b""));
        assert_eq!(format!("{key:?}"), "PairKey(redacted)");
    }
}
