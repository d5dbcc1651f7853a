//! An invitation: one code, shown once as letters or as a square to scan, that lets one guest write the first
//! letter. Leaves out how long it is good for on the inviter's side and that it is good only once: the engine
//! remembers.
//!
//! ```text
//! code    = "SESAME:1:" ‖ base32(payload ‖ checksum)                      see `code`
//! payload = [inviter, device, addresses, secret, expires in seconds]      canonical CBOR
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use std::fmt;

use serde_bytes::ByteArray;
use zeroize::{Zeroize, Zeroizing};

pub use crate::code::Error;
use crate::{
    code::{self, Kind, check_addresses},
    codec, hash,
    key::IdentityId,
    limits::CODE_CHARS_MAX,
    time::Timestamp,
};

/// What a guest needs to know to write the first letter. Dropping it wipes the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Who invites; the card that the guest is then given must be this identity's.
    pub inviter: IdentityId,
    /// The public key of the inviter's machine on the network.
    pub device: [u8; 32],
    /// Where it may be reached.
    pub addresses: Vec<String>,
    /// 128 random bits that the inviter showed to one guest.
    pub secret: [u8; 16],
    /// When the inviter stops honouring it, in whole seconds.
    pub expires: Timestamp,
}

type Wire = (IdentityId, ByteArray<32>, Vec<String>, ByteArray<16>, u64);

impl Invitation {
    /// Writes the code: letters, digits and colons only.
    pub fn to_code(&self) -> String {
        let wire = (
            self.inviter,
            ByteArray::new(self.device),
            &self.addresses,
            ByteArray::new(self.secret),
            self.expires.seconds(),
        );
        code::write(Kind::Invitation, Zeroizing::new(codec::encode(&wire)))
    }

    /// Reads a code, however it was broken into lines and whatever its case.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let payload = code::read(Kind::Invitation, text)?;
        let (inviter, device, addresses, secret, expires): Wire = codec::decode(&payload, CODE_CHARS_MAX)?;
        check_addresses(&addresses)?;
        let moment = Timestamp::from_seconds(expires);
        if moment.seconds() != expires {
            return Err(Error::Codec(codec::Error::Shape));
        }
        Ok(Self { inviter, device: device.into_array(), addresses, secret: secret.into_array(), expires: moment })
    }

    /// What the guest shows first, to be given the inviter's card; it does not tell the secret.
    pub fn token(&self) -> [u8; 32] {
        hash::labelled("sesame/1/hello", &[&self.secret])
    }

    /// The name under which both sides keep the invitation; it does not tell the secret.
    pub fn id(&self) -> [u8; 16] {
        hash::short(&hash::labelled("sesame/1/invited", &[&self.secret]))
    }
}

impl Drop for Invitation {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

/// Never shows the secret.
impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation")
            .field("inviter", &self.inviter)
            .field("addresses", &self.addresses)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
