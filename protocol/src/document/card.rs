//! A card: the current key of an identity, the commitment to its next one, and how to write to it. A vendor's
//! card is public; a person's travels in letters only.

use serde::{Deserialize, Serialize};

use super::{Error, seconds};
use crate::{
    key::{Commitment, IdentityId, Inception, PublicKey},
    limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX, NAME_CHARS_MAX},
    seal, text,
    time::Timestamp,
};

pub(super) const KIND: &str = "sesame/1/card";

/// Who writes, under which keys, and where.
///
/// Its author is the identity key of `epoch`. For epoch 0 the card proves by itself that this key and this
/// commitment made the identity; for later ones the reader must hold the commitment that named the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// How many times the identity key has changed.
    pub epoch: u32,
    /// The identity.
    pub identity: IdentityId,
    /// The commitment to the next identity key.
    pub next: Commitment,
    /// What the identity calls itself; proves nothing.
    pub name: String,
    /// Whether it is a person, whose card is not public.
    pub person: bool,
    /// What letters are sealed to.
    pub seal: SealKey,
    /// The public key of the machine on the network (Ed25519).
    #[serde(with = "serde_bytes")]
    pub device: [u8; 32],
    /// Where the machine may be reached; multiaddr texts, never trusted.
    pub addresses: Vec<String>,
    /// The order of this author's cards.
    pub version: u64,
    /// When the card ends.
    #[serde(with = "seconds")]
    pub until: Timestamp,
}

/// A sealing key of one epoch of about a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealKey {
    /// Which one; counts up.
    pub epoch: u32,
    /// The key.
    pub key: seal::PublicKey,
    /// Until when it may be sealed to; its secret is kept longer by the life of a letter.
    #[serde(with = "seconds")]
    pub until: Timestamp,
}

impl Card {
    pub(super) fn check(&self, author: &PublicKey) -> Result<(), Error> {
        text::check_name(&self.name, NAME_CHARS_MAX).map_err(|error| Error::Text { field: "name", error })?;
        check_addresses(&self.addresses)?;
        let inception = Inception { key: *author, next: self.next };
        if self.epoch == 0 && inception.id() != self.identity {
            return Err(Error::NotItsInception);
        }
        Ok(())
    }
}

fn check_addresses(addresses: &[String]) -> Result<(), Error> {
    if addresses.len() > ADDRESSES_MAX {
        return Err(Error::TooMany { field: "addresses", found: addresses.len(), max: ADDRESSES_MAX });
    }
    if addresses.iter().all(|address| is_address(address)) { Ok(()) } else { Err(Error::Address) }
}

/// Printable ASCII of a sane length: whether it leads anywhere, only dialling tells.
pub(crate) fn is_address(address: &str) -> bool {
    (1..=ADDRESS_BYTES_MAX).contains(&address.len()) && address.bytes().all(|byte| byte.is_ascii_graphic())
}
