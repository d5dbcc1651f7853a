//! What a verifier gets: a presentation of which nothing can be read before everything about it was checked (RFC 9901
//! section 7.3). Leaves out whether a nonce was used before, which is a question to a store.

use std::fmt;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{
    Error, base64url,
    claims::{Demand, Parts, check_time, date, holder},
    disclosure::SHA_256,
    jws::Token,
    key::PublicKey,
};
use crate::{Verified, time::Timestamp};

/// The type of the holder's token (section 4.3).
pub(super) const BINDING_TYP: &str = "kb+jwt";

/// A presentation as it came. No claim can be read from it: there is nothing to it but [`Presentation::verify`].
#[must_use = "a presentation that is not verified says nothing"]
pub struct Presentation(String);

impl Presentation {
    /// Takes bytes, and checks how long they are and where they are cut.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let parts = Parts::read(bytes)?;
        parts.disclosures()?;
        Ok(Self([parts.bound, parts.binding].concat()))
    }

    /// Checks everything, and that the holder's key answered here and now.
    ///
    /// That key binding is demanded is said by the call and by nothing that was sent (section 9.5). The caller keeps the
    /// nonce, and refuses it the second time.
    pub fn verify(self, expected: &Expected<'_>) -> Result<Verified<Disclosed>, Error> {
        let parts = Parts::cut(&self.0)?;
        if parts.binding.is_empty() {
            return Err(Error::BindingMissing);
        }
        let opened = parts.open(&expected.credential, Some(expected.audience))?;
        let key = holder(&opened.claims)?;
        let bound = check_binding(&parts, &key, expected)?;
        Ok(Verified::new(Disclosed { claims: opened.claims, issuer: opened.issuer, binding: Some((key, bound)) }))
    }

    /// Checks everything but who shows it: whoever has seen such a presentation can show it again.
    ///
    /// A presentation with key binding is refused, so that nobody believes to have checked it.
    pub fn verify_unbound(self, demand: &Demand<'_>) -> Result<Verified<Disclosed>, Error> {
        let parts = Parts::cut(&self.0)?;
        if !parts.binding.is_empty() {
            return Err(Error::BindingUnasked);
        }
        let opened = parts.open(demand, None)?;
        Ok(Verified::new(Disclosed { claims: opened.claims, issuer: opened.issuer, binding: None }))
    }
}

impl fmt::Debug for Presentation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Presentation({} bytes)", self.0.len())
    }
}

/// What a verifier expects of a presentation with key binding.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// What is demanded of the credential itself.
    pub credential: Demand<'a>,
    /// Who is asking, as the question said.
    pub audience: &'a str,
    /// The nonce of the question.
    pub nonce: &'a str,
    /// The first moment, to the second, at which the answer may have been made.
    pub earliest: Timestamp,
    /// The last one.
    pub latest: Timestamp,
    /// What the holder was asked to agree to. If it is given here, the answer must carry it; if not, it must not.
    pub transaction: Option<TransactionHash>,
}

/// The hash of one entry of `transaction_data` (`OpenID4VP` 1.0 section 8.4): SHA-256 of the text as it was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TransactionHash([u8; 32]);

impl TransactionHash {
    /// The hash of an entry: the text in base64url, as it stands in the request.
    pub fn of(entry: &str) -> Self {
        Self(Sha256::digest(entry).into())
    }

    pub(super) fn text(&self) -> [u8; base64url::HASH_CHARS] {
        base64url::hash(&self.0)
    }
}

impl fmt::Debug for TransactionHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::hash::brief(f, "TransactionHash", &self.0)
    }
}

/// What was shown, once it is verified.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosed {
    claims: Map<String, Value>,
    issuer: PublicKey,
    binding: Option<(PublicKey, Timestamp)>,
}

impl Disclosed {
    /// The claims, those that were disclosed among the others (the *processed payload* of section 7.1).
    pub fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// The key of the issuer that signed.
    pub fn issuer(&self) -> &PublicKey {
        &self.issuer
    }

    /// The key of the holder, if it answered.
    pub fn holder(&self) -> Option<&PublicKey> {
        self.binding.as_ref().map(|(key, _)| key)
    }

    /// When the holder's key answered, to the second, if it did.
    pub fn answered(&self) -> Option<Timestamp> {
        self.binding.as_ref().map(|(_, at)| *at)
    }
}

/// Names no value: claims are somebody's.
impl fmt::Debug for Disclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Disclosed({} claims)", self.claims.len())
    }
}

/// Section 7.3 step 5, in its order. Gives when the holder's token was made.
fn check_binding(parts: &Parts<'_>, key: &PublicKey, expected: &Expected<'_>) -> Result<Timestamp, Error> {
    let token = Token::read(parts.binding).map_err(Error::Binding)?;
    token.check(&[*key]).map_err(Error::Binding)?;
    token.check_type(BINDING_TYP).map_err(Error::Binding)?;
    let claims = token.claims().map_err(Error::Binding)?;
    let at = date(&claims, "iat").ok().flatten().ok_or(Error::BindingClaim { claim: "iat" })?;
    if at < expected.earliest.second() {
        return Err(Error::Stale { at, earliest: expected.earliest });
    }
    if at > expected.latest {
        return Err(Error::Ahead { at, latest: expected.latest });
    }
    if text(&claims, "nonce")? != expected.nonce {
        return Err(Error::Nonce);
    }
    if text(&claims, "aud")? != expected.audience {
        return Err(Error::BindingAudience);
    }
    let hash = base64url::hash(&Sha256::digest(parts.bound).into());
    if text(&claims, "sd_hash")?.as_bytes() != hash {
        return Err(Error::BindingHash);
    }
    check_transaction(&claims, expected.transaction.as_ref())?;
    check_time(&claims, expected.credential.now)?;
    Ok(at)
}

/// `OpenID4VP` 1.0 appendix B.3.3: what was to be agreed to is hashed into the holder's token.
fn check_transaction(claims: &Map<String, Value>, expected: Option<&TransactionHash>) -> Result<(), Error> {
    let (Some(found), Some(expected)) = (claims.get("transaction_data_hashes"), expected) else {
        return match (claims.contains_key("transaction_data_hashes"), expected) {
            (false, None) => Ok(()),
            (true, None) => Err(Error::TransactionUnasked),
            (_, Some(_)) => Err(Error::TransactionMissing),
        };
    };
    let is_sha_256 = claims.get("transaction_data_hashes_alg").is_none_or(|alg| alg == SHA_256);
    let is_it = |hash: &Value| hash.as_str().is_some_and(|text| text.as_bytes() == expected.text());
    match found.as_array().map(Vec::as_slice) {
        Some([hash]) if is_sha_256 && is_it(hash) => Ok(()),
        _ => Err(Error::Transaction),
    }
}

fn text<'m>(claims: &'m Map<String, Value>, claim: &'static str) -> Result<&'m str, Error> {
    claims.get(claim).and_then(Value::as_str).ok_or(Error::BindingClaim { claim })
}
