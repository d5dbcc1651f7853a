//! The peer: the crate `sd-jwt-rs`, with our keys.

use anyhow::{Result, anyhow};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, EncodingKey};
use sd_jwt_rs::issuer::ClaimsForSelectiveDisclosureStrategy;
use sd_jwt_rs::{SDJWTHolder, SDJWTIssuer, SDJWTSerializationFormat, SDJWTVerifier};
use serde_json::{Map, Value};
use sesame_protocol::credential::jwk::to_jwk;
use sesame_protocol::credential::key::{PublicKey, SigningKey};

use super::{AUDIENCE, END, ISSUER, NONCE, NOW};

const COMPACT: SDJWTSerializationFormat = SDJWTSerializationFormat::Compact;
/// What stands in front of the scalar in a P-256 key of PKCS #8 (RFC 5958, RFC 5915): algorithm, curve, version.
const ES256_HEAD: [u8; 36] = [
    0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
    0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20,
];
/// What stands between the scalar and the point.
const ES256_MIDDLE: [u8; 6] = [0xa1, 0x44, 0x03, 0x42, 0x00, 0x04];
/// What stands in front of the seed in an Ed25519 key (RFC 8410 section 7).
const ED25519_HEAD: [u8; 16] =
    [0x30, 0x51, 0x02, 0x01, 0x01, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
/// What stands between the seed and the public key.
const ED25519_MIDDLE: [u8; 3] = [0x81, 0x21, 0x00];

/// The peer's issuer, ready to issue one set of claims again and again.
pub(super) struct Issuer {
    inner: SDJWTIssuer,
    claims: Value,
    paths: Vec<String>,
    holder: Jwk,
}

impl Issuer {
    /// Every claim may be left out.
    pub(super) fn new(issuer: &SigningKey, holder: &SigningKey, claims: &Map<String, Value>) -> Result<Self> {
        let paths = claims.keys().map(|name| format!("$.{name}")).collect();
        let mut claims = claims.clone();
        claims.insert("iss".to_owned(), ISSUER.into());
        claims.insert("vct".to_owned(), "urn:example:meter".into());
        claims.insert("iat".to_owned(), NOW.seconds().into());
        claims.insert("exp".to_owned(), END.seconds().into());
        let holder = serde_json::from_value(to_jwk(&holder.public()))?;
        let inner = SDJWTIssuer::new(secret(issuer), Some(algorithm(issuer).to_owned()));
        Ok(Self { inner, claims: Value::Object(claims), paths, holder })
    }

    pub(super) fn issue(&mut self) -> Result<String> {
        let paths = ClaimsForSelectiveDisclosureStrategy::Custom(self.paths.iter().map(String::as_str).collect());
        self.inner
            .issue_sd_jwt(self.claims.clone(), paths, Some(self.holder.clone()), false, COMPACT)
            .map_err(|error| anyhow!("{error}"))
    }
}

/// Shows the claims that stand in `shown` with `true`.
pub(super) fn present(issued: String, shown: &Map<String, Value>, holder: &SigningKey) -> Result<String> {
    let mut credential = SDJWTHolder::new(issued, COMPACT).map_err(|error| anyhow!("{error}"))?;
    let (nonce, audience) = (Some(NONCE.to_owned()), Some(AUDIENCE.to_owned()));
    credential
        .create_presentation(shown.clone(), nonce, audience, Some(secret(holder)), Some(algorithm(holder).to_owned()))
        .map_err(|error| anyhow!("{error}"))
}

/// Verifies a presentation with key binding.
pub(super) fn verify(presentation: &str, issuer: &DecodingKey) -> Result<Value> {
    check(presentation, issuer, Some(AUDIENCE), Some(NONCE))
}

/// Verifies with whatever is expected; without an audience and a nonce key binding is not looked at.
pub(super) fn check(text: &str, issuer: &DecodingKey, audience: Option<&str>, nonce: Option<&str>) -> Result<Value> {
    let key = issuer.clone();
    let audience = audience.map(str::to_owned);
    let nonce = nonce.map(str::to_owned);
    SDJWTVerifier::new(text.to_owned(), Box::new(move |_, _| key.clone()), audience, nonce, COMPACT)
        .map(|verifier| verifier.verified_claims)
        .map_err(|error| anyhow!("{error}"))
}

pub(super) fn public(key: &PublicKey) -> Result<DecodingKey> {
    let key: Jwk = serde_json::from_value(to_jwk(key))?;
    Ok(DecodingKey::from_jwk(&key)?)
}

/// What the peer calls the algorithm of a key.
fn algorithm(key: &SigningKey) -> &'static str {
    match key {
        SigningKey::Es256(_) => "ES256",
        SigningKey::Ed25519(_) => "EdDSA",
    }
}

fn secret(key: &SigningKey) -> EncodingKey {
    match key {
        SigningKey::Es256(key) => {
            let (x, y) = key.public().coordinates();
            let scalar = key.to_scalar();
            EncodingKey::from_ec_der(&[&ES256_HEAD[..], &scalar[..], &ES256_MIDDLE, &x, &y].concat())
        }
        SigningKey::Ed25519(key) => {
            let (seed, public) = (key.to_bytes(), key.public());
            EncodingKey::from_ed_der(&[&ED25519_HEAD[..], &seed[..], &ED25519_MIDDLE, public.as_bytes()].concat())
        }
    }
}
