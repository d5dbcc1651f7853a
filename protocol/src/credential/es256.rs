//! ES256: ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4), signed deterministically (RFC 6979). Leaves out Ed25519,
//! which is in `crate::key`, and every other curve.
//!
//! Two implementations share the work. `p256` makes keys and signs: its signatures need no source of chance. `ring`
//! verifies, several times as fast, which is what a desk does all day; no secret reaches it.
//!
//! ECDSA signatures come in pairs: from (r, s) anybody makes (r, n − s), which holds too. RFC 7518 allows both, so
//! nothing may be named by a signature, and here nothing is.

use std::fmt;

use p256::{
    Scalar,
    ecdsa::{Signature, VerifyingKey, signature::Signer},
    elliptic_curve::{PrimeField, scalar::NonZeroScalar},
};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use zeroize::Zeroizing;

use super::key::Error;
use crate::{hash, key::derive_long};

/// A secret key that signs. Dropping it wipes it.
#[derive(Clone)]
pub struct SigningKey(p256::ecdsa::SigningKey);

impl SigningKey {
    /// The key of a 32-byte secret; every secret is one.
    ///
    /// Hash to scalar: HKDF stretches the secret to 48 bytes, which are reduced modulo the order of the group. With 128
    /// bits more than the order has, no scalar is preferred by more than 2^-128 (FIPS 186-5 appendix A.2.1, RFC 9380
    /// section 5). Zero, which nobody will ever see, is passed over.
    #[expect(clippy::expect_used, reason = "256 hashes that are all zero modulo the order do not exist")]
    pub fn from_secret(secret: [u8; 32]) -> Self {
        let secret = Zeroizing::new(secret);
        (0_u8..=u8::MAX)
            .find_map(|turn| {
                let wide = derive_long::<48, _>(secret.as_slice(), &("sesame/1/es256", turn));
                Option::from(NonZeroScalar::new(reduced(&wide)))
            })
            .map(|scalar: NonZeroScalar<p256::NistP256>| Self(scalar.into()))
            .expect("one of 256 hashes is not zero")
    }

    /// The key of a scalar from 1 to the order less 1, big-endian: the `d` of a JWK (RFC 7518 section 6.2.2.1).
    pub fn from_scalar(scalar: [u8; 32]) -> Result<Self, Error> {
        let scalar = Zeroizing::new(scalar);
        p256::ecdsa::SigningKey::from_slice(scalar.as_slice()).map(Self).map_err(|_| Error::NotAScalar)
    }

    /// The scalar, for the vault and for nobody else.
    pub fn to_scalar(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    /// Signs a message: r and s, 32 bytes each. The same message always gives the same signature.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(redacted)")
    }
}

/// 48 bytes, big-endian, modulo the order: the upper 24 times 2^192 and the lower 24, both far below the order.
#[expect(clippy::arithmetic_side_effects, reason = "arithmetic modulo the order cannot overflow")]
fn reduced(wide: &[u8; 48]) -> Scalar {
    let half = |bytes: &[u8]| {
        let mut word = Zeroizing::new([0; 32]);
        for (to, from) in word.iter_mut().skip(8).zip(bytes) {
            *to = *from;
        }
        Scalar::from_repr((*word).into()).unwrap_or(Scalar::ZERO)
    };
    let mut shift = [0; 32];
    shift[7] = 1;
    let (upper, lower) = wide.split_at(24);
    half(upper) * Scalar::from_repr(shift.into()).unwrap_or(Scalar::ZERO) + half(lower)
}

/// A public key: a point of the curve that is not the point at infinity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Takes the two coordinates, big-endian, and checks that they are of a point.
    pub fn from_coordinates(x: &[u8; 32], y: &[u8; 32]) -> Result<Self, Error> {
        let mut point = [4; 65];
        for (to, from) in point.iter_mut().skip(1).zip(x.iter().chain(y)) {
            *to = *from;
        }
        VerifyingKey::from_sec1_bytes(&point).map(Self).map_err(|_| Error::NotAPoint)
    }

    /// Takes a compressed point (SEC 1 section 2.3.3): 2 or 3, and x.
    pub fn from_compressed(bytes: &[u8; 33]) -> Result<Self, Error> {
        VerifyingKey::from_sec1_bytes(bytes).map(Self).map_err(|_| Error::NotAPoint)
    }

    /// The two coordinates, big-endian.
    pub fn coordinates(&self) -> ([u8; 32], [u8; 32]) {
        let point = self.0.to_sec1_point(false);
        let coordinate = |bytes: &[u8]| bytes.try_into().unwrap_or([0; 32]);
        let (x, y) = point.as_bytes().get(1..).unwrap_or_default().split_at_checked(32).unwrap_or_default();
        (coordinate(x), coordinate(y))
    }

    /// The compressed point.
    pub fn compressed(&self) -> [u8; 33] {
        self.0.to_sec1_point(true).as_bytes().try_into().unwrap_or([0; 33])
    }

    /// Whether the signature is the key's on the message.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let point = self.0.to_sec1_point(false);
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.as_bytes()).verify(message, signature).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hash::brief(f, "PublicKey", &self.compressed())
    }
}
