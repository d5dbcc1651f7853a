//! Signed tokens in the compact form (JWS, RFC 7515 section 7.1): header, payload and signature. A token is written and
//! read under an explicit type (RFC 8725 section 3.11), and the key says which algorithm is meant (section 3.1). Leaves
//! out what a payload means.

use serde_json::{Map, Value};

use super::{
    base64url, json,
    key::{Algorithm, PublicKey, SigningKey},
};
use crate::{Verified, limits::TOKEN_HEADER_BYTES_MAX};

/// Why a token is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not three texts with dots between them.
    #[error("not a header, a payload and a signature")]
    Parts,
    /// The header is longer than any.
    #[error("a header of {length} characters, and at most {TOKEN_HEADER_BYTES_MAX} are allowed")]
    HeaderTooLarge {
        /// How long it is.
        length: usize,
    },
    /// A part is not in base64url, without padding and without bits left over; or is a signature of another length.
    #[error("the {part} is not in base64url, or not as long as it should be")]
    Base64 {
        /// Which one.
        part: &'static str,
    },
    /// The header is not an object in JSON.
    #[error("header: {0}")]
    Header(json::Error),
    /// The header has no text of that name.
    #[error("no text called {member} in the header")]
    Missing {
        /// Which one.
        member: &'static str,
    },
    /// The header says that nobody signed.
    #[error("the algorithm is none")]
    Unsigned,
    /// The header names another algorithm than the key is for.
    #[error("the algorithm is not {key}, which the key is for")]
    Algorithm {
        /// The algorithm of the key.
        key: Algorithm,
    },
    /// The header has extensions that must be understood, and none is (RFC 7515 section 4.1.11).
    #[error("an extension that must be understood")]
    Critical,
    /// The token is of another type.
    #[error("not of type {expected}")]
    Type {
        /// The type that was expected.
        expected: String,
    },
    /// No key that is trusted here made the signature.
    #[error("the signature does not hold")]
    Signature,
    /// The payload is not an object in JSON.
    #[error("payload: {0}")]
    Payload(json::Error),
}

/// Signs a payload. `typ` says what kind of token it is, `kid` by which name the reader knows the key.
pub fn sign(payload: &[u8], key: &SigningKey, typ: &str, kid: Option<&str>) -> String {
    let mut token = Vec::with_capacity(payload.len().saturating_mul(3).div_euclid(2).saturating_add(256));
    push(&mut token, payload, key, typ, kid);
    base64url::text(token)
}

/// Appends a token instead of making a text.
pub(super) fn push(out: &mut Vec<u8>, payload: &[u8], key: &SigningKey, typ: &str, kid: Option<&str>) {
    let start = out.len();
    push_header(out, key.algorithm(), typ, kid);
    out.push(b'.');
    base64url::push(out, payload);
    finish(out, start, key);
}

/// Checks a token and gives its payload.
pub fn verify(token: &str, key: &PublicKey, typ: &str) -> Result<Verified<Vec<u8>>, Error> {
    let token = Token::read(token)?;
    token.check(&[*key])?;
    token.check_type(typ)?;
    token.payload().map(Verified::new)
}

/// Appends the first part of a token.
pub(super) fn push_header(out: &mut Vec<u8>, algorithm: Algorithm, typ: &str, kid: Option<&str>) {
    let mut header = Vec::with_capacity(64);
    header.extend_from_slice(b"{\"alg\":\"");
    header.extend_from_slice(algorithm.name().as_bytes());
    header.push(b'"');
    if let Some(kid) = kid {
        header.extend_from_slice(b",\"kid\":");
        json::push(&mut header, kid);
    }
    header.extend_from_slice(b",\"typ\":");
    json::push(&mut header, typ);
    header.push(b'}');
    base64url::push(out, &header);
}

/// Signs what stands in a text from a place on, and appends the signature.
pub(super) fn finish(out: &mut Vec<u8>, from: usize, key: &SigningKey) {
    let signature = key.sign(out.get(from..).unwrap_or_default());
    out.push(b'.');
    base64url::push(out, &signature);
}

/// What the header of a token says, as far as it counts.
#[derive(Debug)]
pub(super) struct Header {
    alg: String,
    typ: Option<String>,
    pub(super) kid: Option<String>,
}

impl Header {
    /// Reads a header. Members that are not known are passed over (RFC 7515 section 4), `crit` is not.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        if text.len() > TOKEN_HEADER_BYTES_MAX {
            return Err(Error::HeaderTooLarge { length: text.len() });
        }
        let bytes = base64url::decode(text).ok_or(Error::Base64 { part: "header" })?;
        let mut header = json::object(&bytes).map_err(Error::Header)?;
        if header.contains_key("crit") {
            return Err(Error::Critical);
        }
        let alg = member(&mut header, "alg")?.ok_or(Error::Missing { member: "alg" })?;
        if alg.eq_ignore_ascii_case("none") {
            return Err(Error::Unsigned);
        }
        Ok(Self { alg, typ: member(&mut header, "typ")?, kid: member(&mut header, "kid")? })
    }
}

/// A text of a header, if it is there at all.
fn member(header: &mut Map<String, Value>, name: &'static str) -> Result<Option<String>, Error> {
    match header.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::Missing { member: name }),
    }
}

/// A token whose form is right. Nothing is signed before [`Token::check`] says so.
#[derive(Debug)]
pub(super) struct Token<'t> {
    header: Header,
    signed: &'t str,
    payload: &'t str,
    signature: &'t str,
}

impl<'t> Token<'t> {
    pub(super) fn read(token: &'t str) -> Result<Self, Error> {
        let (signed, signature) = token.rsplit_once('.').ok_or(Error::Parts)?;
        let (header, payload) = signed.split_once('.').ok_or(Error::Parts)?;
        if payload.contains('.') {
            return Err(Error::Parts);
        }
        Ok(Self { header: Header::read(header)?, signed, payload, signature })
    }

    /// Whose of the keys signed, by place. A key is only tried with the algorithm that it is for.
    pub(super) fn check(&self, keys: &[PublicKey]) -> Result<usize, Error> {
        let fits = |key: &PublicKey| key.algorithm().is_named(&self.header.alg);
        if let Some(key) = keys.first().filter(|_| !keys.iter().any(fits)) {
            return Err(Error::Algorithm { key: key.algorithm() });
        }
        let signature = base64url::decode_array(self.signature).ok_or(Error::Base64 { part: "signature" })?;
        let holds = |key: &PublicKey| fits(key) && key.verify(self.signed.as_bytes(), &signature);
        keys.iter().position(holds).ok_or(Error::Signature)
    }

    pub(super) fn check_type(&self, typ: &str) -> Result<(), Error> {
        if self.header.typ.as_deref() == Some(typ) { Ok(()) } else { Err(Error::Type { expected: typ.to_owned() }) }
    }

    pub(super) fn payload(&self) -> Result<Vec<u8>, Error> {
        base64url::decode(self.payload).ok_or(Error::Base64 { part: "payload" })
    }

    /// The payload of a JWT (RFC 7519): an object.
    pub(super) fn claims(&self) -> Result<Map<String, Value>, Error> {
        json::object(&self.payload()?).map_err(Error::Payload)
    }
}
