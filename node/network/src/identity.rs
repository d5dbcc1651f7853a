//! Who a node is on the network: the public key of its device, and the translation to and from libp2p's `PeerId`. It
//! leaves out who owns the device.

use std::fmt;

use libp2p::{
    PeerId,
    identity::{Keypair, PublicKey},
    multihash::Multihash,
};
use zeroize::Zeroizing;

/// The raw Ed25519 public key of a device.
///
/// Any 32 bytes make one: a key that is no point of the curve, or that nobody holds, is simply never reached.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId([u8; 32]);

/// Head of a libp2p public key in protobuf: field 1 (type) = 1 (Ed25519), field 2 (data) of 32 bytes (libp2p specs,
/// *peer-ids*, *Keys*).
const KEY_HEAD: [u8; 4] = [0x08, 0x01, 0x12, 0x20];

/// Multihash code *identity*: a `PeerId` of an Ed25519 key holds the key itself.
const IDENTITY: u64 = 0;

impl NodeId {
    /// Takes the bytes as they are.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes of the key.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Translates for libp2p.
    pub(crate) fn peer(&self) -> Option<PeerId> {
        let key: Vec<u8> = KEY_HEAD.iter().chain(&self.0).copied().collect();
        let hash = Multihash::wrap(IDENTITY, &key).ok()?;
        PeerId::from_multihash(hash).ok()
    }

    /// Translates what libp2p reports; `None` for a key that is not Ed25519, with which no link is kept.
    pub(crate) fn from_peer(peer: &PeerId) -> Option<Self> {
        let hash: &Multihash<64> = peer.as_ref();
        let key = hash.digest().strip_prefix(&KEY_HEAD)?;
        if hash.code() == IDENTITY { key.try_into().ok().map(Self) } else { None }
    }
}

impl fmt::Display for NodeId {
    /// The first four bytes in hexadecimal: enough for a log, not to tell nodes apart for good.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(4).try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NodeId({self})")
    }
}

/// The id of the node that holds this device secret (an Ed25519 seed, RFC 8032 section 5.1.5).
#[expect(clippy::missing_panics_doc, reason = "it has no input that panics")]
#[expect(clippy::expect_used, reason = "32 bytes are always an Ed25519 seed, and an Ed25519 key gives its public key")]
pub fn node_id(device: &[u8; 32]) -> NodeId {
    let key: PublicKey = keypair(device).public();
    NodeId(key.try_into_ed25519().expect("the key is Ed25519").to_bytes())
}

/// The libp2p key of a device; the copy of the seed that libp2p wants to wipe is wiped.
#[expect(clippy::expect_used, reason = "32 bytes are always an Ed25519 seed")]
pub(crate) fn keypair(device: &[u8; 32]) -> Keypair {
    let mut seed = Zeroizing::new(*device);
    Keypair::ed25519_from_bytes(&mut *seed).expect("32 bytes are an Ed25519 seed")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    proptest! {
        #[test]
        fn a_node_id_survives_the_translation(bytes in any::<[u8; 32]>()) {
            let id = NodeId::from_bytes(bytes);
            assert_eq!(id.peer().and_then(|peer| NodeId::from_peer(&peer)), Some(id));
        }
    }

    #[test]
    fn the_id_is_the_public_key_of_the_device() {
        // RFC 8032, section 7.1, test 1
        let secret = [
            0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49,
            0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
        ];
        let id = node_id(&secret);
        assert_eq!(id.as_bytes()[..4], [0xd7, 0x5a, 0x98, 0x01]);
        assert_eq!(id.to_string(), "d75a9801");
        assert_eq!(id.peer(), Some(keypair(&secret).public().to_peer_id()));
    }

    #[test]
    fn a_peer_with_a_hashed_key_is_no_node() {
        let hashed = Multihash::wrap(0x12, &[7; 32]).expect("a digest of 32 bytes");
        let peer = PeerId::from_multihash(hashed).expect("a hashed peer id");
        assert_eq!(NodeId::from_peer(&peer), None);
    }
}
