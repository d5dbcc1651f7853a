//! Keys: the seed and its words, the two roots that come of it, the identity that outlives its keys, and the
//! one rule by which signatures are checked. Leaves out sealing, which is in `seal`, and where keys are kept.
//!
//! Every key has one use, and the label that it is derived with says which. The *rotation* root is re-made from
//! the words and never stored; the *online* root is what a vault keeps. So whoever copies a vault cannot take
//! an identity over; whoever knows the words can.

mod identity;
mod online;
mod safety;
mod seed;
mod signature;
mod verify;

pub use identity::{Commitment, IdentityId, Inception, Rotation};
pub use online::{Online, RelationUse};
pub use safety::safety_words;
pub use seed::{Language, Seed, WordsError};
pub use signature::{Error, PublicKey, Signature, SigningKey};
pub use verify::{Signed, verify, verify_batch};

use hkdf::Hkdf;
use serde::Serialize;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::codec;

/// HKDF-SHA256 (RFC 5869) without salt; the info is always a canonical CBOR array that names the use.
pub(crate) fn derive<T: Serialize>(secret: &[u8], info: &T) -> Zeroizing<[u8; 32]> {
    derive_long(secret, info)
}

/// The same, as long as is asked for.
#[expect(clippy::expect_used, reason = "HKDF-SHA256 gives up to 8,160 bytes, which is checked when this is compiled")]
pub(crate) fn derive_long<const LENGTH: usize, T: Serialize>(secret: &[u8], info: &T) -> Zeroizing<[u8; LENGTH]> {
    const { assert!(LENGTH <= 8_160) };
    let mut out = Zeroizing::new([0; LENGTH]);
    Hkdf::<Sha256>::new(None, secret)
        .expand(&codec::encode(info), out.as_mut_slice())
        .expect("the length is within the bound of HKDF");
    out
}
