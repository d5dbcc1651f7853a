//! How a relation begins. An organisation hands out a *link*, which is public: who it is and where its desk is. A person
//! who wants an account there makes a *door*: a code with the keys of a fresh relation, for that organisation alone. The
//! organisation opens it at its desk; what it then says waits there until the person's node comes for it. Leaves out how
//! long doors stay open and what may be said through them.
//!
//! ```text
//! link = "SESAME:L1:" ‖ base32([identity, device, addresses] ‖ checksum)
//! door = "SESAME:D1:" ‖ base32([vendor, relation, node, seal key hash, expires in seconds, signature] ‖ checksum)
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use serde_bytes::ByteArray;
use zeroize::Zeroizing;

pub use crate::code::Error;
use crate::{
    code::{self, Kind, check_addresses},
    codec,
    key::{IdentityId, PublicKey, Signature, SigningKey, verify},
    limits::CODE_CHARS_MAX,
    relation::RelationId,
    seal::KeyHash,
    time::Timestamp,
};

/// Who an organisation is and where its desk can be reached. It proves nothing: the card that is fetched there must be
/// this identity's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The organisation.
    pub vendor: IdentityId,
    /// The public key of its machine on the network.
    pub device: [u8; 32],
    /// Where it may be reached.
    pub addresses: Vec<String>,
}

type LinkWire = (IdentityId, ByteArray<32>, Vec<String>);

impl Link {
    /// Writes the code.
    pub fn to_code(&self) -> String {
        let wire = (self.vendor, ByteArray::new(self.device), &self.addresses);
        code::write(Kind::Link, Zeroizing::new(codec::encode(&wire)))
    }

    /// Reads a code, however it was broken into lines and whatever its case.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let payload = code::read(Kind::Link, text)?;
        let (vendor, device, addresses): LinkWire = codec::decode(&payload, CODE_CHARS_MAX)?;
        check_addresses(&addresses)?;
        Ok(Self { vendor, device: device.into_array(), addresses })
    }
}

/// The keys of a fresh relation, shown to one organisation. Whoever else sees it can open an account under them, which
/// then waits for ever: the person's node fetches from the organisation that the door names, and from nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The organisation that may open it.
    pub vendor: IdentityId,
    /// The key that signs what the person's node will say: the relation's name.
    pub relation: PublicKey,
    /// The network identity that the person's node will come under.
    pub node: PublicKey,
    /// The hash of the sealing key, which is too long for a code and is shown at the first visit.
    pub seal: KeyHash,
    /// When the person's node stops coming if nobody has opened it, in whole seconds.
    pub expires: Timestamp,
}

type DoorWire = (IdentityId, PublicKey, PublicKey, KeyHash, u64, Signature);

/// What the relation's key signs, so that nobody makes a door of another's relation.
fn signed(door: &Door) -> Vec<u8> {
    codec::encode(&("sesame/1/door", door.vendor, door.relation, door.node, door.seal, door.expires.seconds()))
}

impl Door {
    /// The relation that this door is of.
    pub fn id(&self) -> RelationId {
        self.relation.into()
    }

    /// Writes the code, signed by the key of the relation.
    pub fn to_code(&self, key: &SigningKey) -> String {
        let signature = key.sign(&signed(self));
        let wire = (self.vendor, self.relation, self.node, self.seal, self.expires.seconds(), signature);
        code::write(Kind::Door, Zeroizing::new(codec::encode(&wire)))
    }

    /// Reads a code, however it was broken into lines and whatever its case, and checks the signature.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let payload = code::read(Kind::Door, text)?;
        let (vendor, relation, node, seal, expires, signature): DoorWire = codec::decode(&payload, CODE_CHARS_MAX)?;
        let moment = Timestamp::from_seconds(expires);
        if moment.seconds() != expires {
            return Err(Error::Codec(codec::Error::Shape));
        }
        let door = Self { vendor, relation, node, seal, expires: moment };
        if verify(&relation, &signed(&door), &signature) { Ok(door) } else { Err(Error::BadSignature) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{any, prop_assert_eq, proptest};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;
    use crate::{
        key::Seed,
        relation::{Keys, Salt},
    };

    fn keys(salt: u8) -> Keys {
        Keys::derive(&Seed::from_entropy([9; 32]).online(0), &Salt::from_bytes([salt; 32]))
    }

    fn door(keys: &Keys, vendor: u8) -> Door {
        Door {
            vendor: IdentityId::from_bytes([vendor; 32]),
            relation: keys.sign.public(),
            node: PublicKey::from_bytes(&keys.node()).unwrap(),
            seal: keys.seal.hash(),
            expires: Timestamp::from_seconds(1_800_000_000),
        }
    }

    #[test]
    fn both_codes_come_back_and_are_not_taken_for_each_other() {
        let link = Link {
            vendor: IdentityId::from_bytes([1; 32]),
            device: [2; 32],
            addresses: vec!["/ip4/192.0.2.1/udp/4001/quic-v1".into()],
        };
        let (keys, stranger) = (keys(1), keys(2));
        let door = door(&keys, 1);
        assert_eq!(Link::parse(&link.to_code().to_lowercase()), Ok(link.clone()));
        assert_eq!(Door::parse(&door.to_code(&keys.sign)), Ok(door.clone()));
        assert_eq!(Link::parse(&door.to_code(&keys.sign)), Err(Error::OtherKind { found: Kind::Door }));
        assert_eq!(Door::parse(&link.to_code()), Err(Error::OtherKind { found: Kind::Link }));
        assert_eq!(Door::parse(&door.to_code(&stranger.sign)), Err(Error::BadSignature));
        // ISO/IEC 18004: version 12 at level L holds 535 alphanumeric characters.
        let code = door.to_code(&keys.sign);
        assert!(code.len() <= 535, "{}", code.len());
    }

    #[test]
    fn the_doors_of_one_person_have_nothing_in_common() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let online = Seed::from_entropy([9; 32]).online(0);
        let mut seen = BTreeSet::new();
        for _ in 0..50 {
            let keys = Keys::derive(&online, &Salt::random(&mut rng));
            let door = door(&keys, 1);
            for part in [*door.relation.as_bytes(), *door.node.as_bytes(), *door.seal.as_bytes()] {
                assert!(seen.insert(part));
            }
        }
    }

    #[test]
    fn a_relation_comes_back_from_its_salt_alone() {
        let salt = Salt::random(&mut ChaCha20Rng::seed_from_u64(2));
        let online = Seed::from_entropy([9; 32]).online(0);
        let again = Salt::from_bytes(salt.to_bytes());
        assert_eq!(Keys::derive(&online, &salt).id(), Keys::derive(&online, &again).id());
        assert_eq!(format!("{salt:?}"), "Salt(redacted)");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,80}", digits in "[A-Z2-7]{0,300}") {
            let _ = Link::parse(&text);
            let _ = Door::parse(&format!("SESAME:D1:{digits}"));
        }

        #[test]
        fn every_link_comes_back(vendor in any::<[u8; 32]>(), device in any::<[u8; 32]>()) {
            let link = Link { vendor: IdentityId::from_bytes(vendor), device, addresses: Vec::new() };
            prop_assert_eq!(Link::parse(&link.to_code()).unwrap(), link);
        }
    }
}
