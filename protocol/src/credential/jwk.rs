//! Public keys as JSON (JWK, RFC 7517): `kty`, `crv`, `x` and, for P-256, `y` (RFC 7518 section 6.2.1, RFC 8037 section
//! 2). Leaves out every other member: a private `d` in a public place is a leak, and `alg`, `use` or `key_ops` could only
//! contradict what the key itself says.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{
    base64url, es256,
    key::{self, PublicKey},
};

/// Why JSON is not a public key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not an object.
    #[error("a key is an object")]
    NotAnObject,
    /// A member is missing, or is not a string.
    #[error("no text called {member}")]
    Missing {
        /// Which one.
        member: &'static str,
    },
    /// It has a member that a public key of its kind has not.
    #[error("a public key has other members than these")]
    Unknown,
    /// Another kind of key, or another curve.
    #[error("neither a key of P-256 nor of Ed25519")]
    Kind,
    /// A coordinate is not 32 bytes in base64url.
    #[error("{member} is not 32 bytes in base64url")]
    Coordinate {
        /// Which one.
        member: &'static str,
    },
    /// The coordinates are of no key.
    #[error(transparent)]
    Key(#[from] key::Error),
}

/// Writes a key.
pub fn to_jwk(key: &PublicKey) -> Value {
    match key {
        PublicKey::Es256(key) => {
            let (x, y) = key.coordinates();
            json!({ "crv": "P-256", "kty": "EC", "x": base64url::encode(&x), "y": base64url::encode(&y) })
        }
        PublicKey::Ed25519(key) => {
            json!({ "crv": "Ed25519", "kty": "OKP", "x": base64url::encode(key.as_bytes()) })
        }
    }
}

/// Reads a key; every key has exactly one such object.
pub fn from_jwk(value: &Value) -> Result<PublicKey, Error> {
    let map = value.as_object().ok_or(Error::NotAnObject)?;
    match (text(map, "kty")?, text(map, "crv")?) {
        ("EC", "P-256") if map.len() == 4 => {
            let key = es256::PublicKey::from_coordinates(&coordinate(map, "x")?, &coordinate(map, "y")?)?;
            Ok(PublicKey::Es256(key))
        }
        ("OKP", "Ed25519") if map.len() == 3 => {
            let key = crate::key::PublicKey::from_bytes(&coordinate(map, "x")?).map_err(key::Error::from)?;
            Ok(PublicKey::Ed25519(key))
        }
        ("EC", "P-256") | ("OKP", "Ed25519") => Err(Error::Unknown),
        _ => Err(Error::Kind),
    }
}

/// The name of a key: SHA-256 of its members in the order of their names (RFC 7638), in base64url.
pub fn thumbprint(key: &PublicKey) -> String {
    let text = match key {
        PublicKey::Es256(key) => {
            let (x, y) = key.coordinates();
            let (x, y) = (base64url::encode(&x), base64url::encode(&y));
            format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)
        }
        PublicKey::Ed25519(key) => {
            format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, base64url::encode(key.as_bytes()))
        }
    };
    base64url::encode(&Sha256::digest(text))
}

fn text<'m>(map: &'m Map<String, Value>, member: &'static str) -> Result<&'m str, Error> {
    map.get(member).and_then(Value::as_str).ok_or(Error::Missing { member })
}

fn coordinate(map: &Map<String, Value>, member: &'static str) -> Result<[u8; 32], Error> {
    base64url::decode_array(text(map, member)?).ok_or(Error::Coordinate { member })
}
