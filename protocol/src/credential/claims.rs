//! What a holder and a verifier both check of a credential (RFC 9901 section 7.1): who signed, what was disclosed, when it
//! is valid. Leaves out the proof of the holder's key, which only a verifier asks for.

use serde_json::{Map, Value};

use super::{Error, jwk, jws::Token, key::PublicKey, unfold::unfold};
use crate::{
    limits::{CREDENTIAL_BYTES_MAX, DISCLOSURES_MAX},
    time::Timestamp,
};

/// An issuer that is trusted, with a key of its own.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    /// The `iss` that it signs under; nothing for credentials that name no issuer.
    pub name: Option<&'a str>,
    /// The key that it signs with.
    pub key: PublicKey,
}

/// What is demanded of a credential.
#[derive(Clone, Copy, Debug)]
pub struct Demand<'a> {
    /// Whom to believe; one that has two keys stands here twice.
    pub issuers: &'a [Issuer<'a>],
    /// The type of its token, such as `dc+sd-jwt`.
    pub typ: &'a str,
    /// The type of the credential, if one is demanded.
    pub vct: Option<&'a str>,
    /// Claims that must be there, disclosed or not: a date of expiry, if one is demanded, stands here.
    pub required: &'a [&'a str],
    /// The moment.
    pub now: Timestamp,
}

/// A text cut at its tildes. Bounded, and nothing else is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'t> {
    /// The issuer's token.
    pub(super) issued: &'t str,
    /// The disclosures, each followed by a tilde; or nothing.
    disclosures: &'t str,
    /// The holder's token; or nothing.
    pub(super) binding: &'t str,
    /// Everything up to and with the last tilde: what the holder's token is made over (section 4.3.1).
    pub(super) bound: &'t str,
}

impl<'t> Parts<'t> {
    pub(super) fn read(bytes: &'t [u8]) -> Result<Self, Error> {
        if bytes.len() > CREDENTIAL_BYTES_MAX {
            return Err(Error::TooLarge { length: bytes.len() });
        }
        let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        if !bytes.iter().all(is_allowed) {
            return Err(Error::Character);
        }
        let parts = Self::cut(std::str::from_utf8(bytes).map_err(|_| Error::Character)?)?;
        if parts.binding.is_empty() || parts.binding.contains('.') { Ok(parts) } else { Err(Error::Tilde) }
    }

    /// Cuts at the first and the last tilde.
    pub(super) fn cut(text: &'t str) -> Result<Self, Error> {
        let (issued, rest) = text.split_once('~').ok_or(Error::Tilde)?;
        let (disclosures, binding) = match rest.rfind('~') {
            Some(last) => rest.split_at(last.saturating_add(1)),
            None => ("", rest),
        };
        let bound = text.strip_suffix(binding).unwrap_or(text);
        Ok(Self { issued, disclosures, binding, bound })
    }

    /// The disclosures, counted before they are looked at.
    pub(super) fn disclosures(&self) -> Result<Vec<&'t str>, Error> {
        let count = self.disclosures.bytes().filter(|byte| *byte == b'~').count();
        if count > DISCLOSURES_MAX {
            return Err(Error::TooManyDisclosures { count });
        }
        let texts: Vec<_> = self.disclosures.split_terminator('~').collect();
        if texts.iter().any(|text| text.is_empty()) { Err(Error::EmptyDisclosure) } else { Ok(texts) }
    }

    /// Checks the issuer's token and everything that was disclosed.
    pub(super) fn open(&self, demand: &Demand<'_>, audience: Option<&str>) -> Result<Opened, Error> {
        let disclosures = self.disclosures()?;
        let token = Token::read(self.issued).map_err(Error::Issued)?;
        let keys: Vec<PublicKey> = demand.issuers.iter().map(|issuer| issuer.key).collect();
        let signer = token.check(&keys).map_err(Error::Issued)?;
        token.check_type(demand.typ).map_err(Error::Issued)?;
        let signed = token.claims().map_err(Error::Issued)?;
        let key = *keys.get(signer).ok_or(Error::Issuer)?;
        check_issuer(&signed, demand, &key)?;
        let claims = unfold(signed, &disclosures)?;
        check_validity(&claims, demand, audience)?;
        Ok(Opened { claims, issuer: key })
    }
}

/// A credential that holds, as far as its issuer is concerned.
pub(super) struct Opened {
    pub(super) claims: Map<String, Value>,
    pub(super) issuer: PublicKey,
}

/// Step 2.3: the key that signed is a key of the issuer that is named.
fn check_issuer(signed: &Map<String, Value>, demand: &Demand<'_>, key: &PublicKey) -> Result<(), Error> {
    let name = match signed.get("iss") {
        None => None,
        Some(Value::String(name)) => Some(name.as_str()),
        Some(_) => return Err(Error::Issuer),
    };
    let is_known = demand.issuers.iter().any(|issuer| issuer.key == *key && issuer.name == name);
    if is_known { Ok(()) } else { Err(Error::Issuer) }
}

/// Step 6: time, audience and type, and that nothing that is demanded was left out.
fn check_validity(claims: &Map<String, Value>, demand: &Demand<'_>, audience: Option<&str>) -> Result<(), Error> {
    check_time(claims, demand.now)?;
    date(claims, "iat")?;
    if let Some(named) = claims.get("aud") {
        let is = |value: &Value| value.as_str().is_some_and(|text| audience == Some(text));
        if !is(named) && !named.as_array().is_some_and(|list| list.iter().any(is)) {
            return Err(Error::Audience);
        }
    }
    for claim in demand.required.iter().copied().chain(demand.vct.map(|_| "vct")) {
        if !claims.contains_key(claim) {
            return Err(Error::Missing { claim: claim.to_owned() });
        }
    }
    if demand.vct.is_some_and(|vct| claims.get("vct").and_then(Value::as_str) != Some(vct)) {
        return Err(Error::Type);
    }
    Ok(())
}

/// Whether `exp` and `nbf`, where they are there, allow the moment (RFC 7519 sections 4.1.4 and 4.1.5).
pub(super) fn check_time(claims: &Map<String, Value>, now: Timestamp) -> Result<(), Error> {
    if let Some(at) = date(claims, "exp")?.filter(|at| now >= *at) {
        return Err(Error::Expired { at });
    }
    match date(claims, "nbf")?.filter(|at| now < *at) {
        Some(at) => Err(Error::NotYetValid { at }),
        None => Ok(()),
    }
}

/// A date, if it is there: whole seconds since 1970, which is how everybody writes them.
pub(super) fn date(claims: &Map<String, Value>, claim: &'static str) -> Result<Option<Timestamp>, Error> {
    let Some(value) = claims.get(claim) else { return Ok(None) };
    value.as_u64().map(|seconds| Some(Timestamp::from_seconds(seconds))).ok_or(Error::NotADate { claim })
}

/// The key that a credential is bound to (RFC 7800 section 3.2): `cnf` with a `jwk` and nothing else.
pub(super) fn holder(claims: &Map<String, Value>) -> Result<PublicKey, Error> {
    let missing = || Error::Missing { claim: "cnf".to_owned() };
    let cnf = claims.get("cnf").ok_or_else(missing)?.as_object().ok_or(Error::Holder(jwk::Error::NotAnObject))?;
    match cnf.get("jwk") {
        Some(key) if cnf.len() == 1 => jwk::from_jwk(key).map_err(Error::Holder),
        Some(_) => Err(Error::Holder(jwk::Error::Unknown)),
        None => Err(Error::Holder(jwk::Error::Missing { member: "jwk" })),
    }
}
