//! One disclosure: a salt, a name and a value, or a salt and an element of an array (RFC 9901 section 4.2). Its digest is
//! that of the text as it came, so nothing is ever written anew.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{Error, base64url, json};

/// The digest of a disclosure as it stands in claims (section 4.2.3): 43 characters.
pub(super) type Digest = [u8; base64url::HASH_CHARS];

/// Names that convey digests, or say how they were made; no claim has them.
pub(super) const SD: &str = "_sd";
pub(super) const ELLIPSIS: &str = "...";
pub(super) const SD_ALG: &str = "_sd_alg";
/// The only hash: section 4.1.1 makes it the one that everybody must know.
pub(super) const SHA_256: &str = "sha-256";

pub(super) fn digest(text: &[u8]) -> Digest {
    base64url::hash(&Sha256::digest(text).into())
}

/// Reads what stands behind a digest in `_sd`: a name and a value.
pub(super) fn property(text: &str) -> Result<(String, Value), Error> {
    let parts = array(text, 3)?;
    let found = parts.len();
    let [salt, name, value] = <[Value; 3]>::try_from(parts).map_err(|_| Error::Arity { expected: 3, found })?;
    check_salt(&salt)?;
    let Value::String(name) = name else { return Err(Error::Name) };
    if [SD, ELLIPSIS, SD_ALG].contains(&name.as_str()) { Err(Error::ReservedName) } else { Ok((name, value)) }
}

/// Reads what stands behind a digest in an array: an element.
pub(super) fn element(text: &str) -> Result<Value, Error> {
    let parts = array(text, 2)?;
    let found = parts.len();
    let [salt, value] = <[Value; 2]>::try_from(parts).map_err(|_| Error::Arity { expected: 2, found })?;
    check_salt(&salt)?;
    Ok(value)
}

/// The digest that an element of an array conveys (section 4.2.4.2), or nothing if it is an ordinary one.
pub(super) fn placeholder(item: &Value) -> Result<Option<&str>, Error> {
    let Some(map) = item.as_object().filter(|map| map.contains_key(ELLIPSIS)) else { return Ok(None) };
    match map.get(ELLIPSIS) {
        Some(Value::String(digest)) if map.len() == 1 => Ok(Some(digest)),
        _ => Err(Error::Ellipsis),
    }
}

fn array(text: &str, expected: usize) -> Result<Vec<Value>, Error> {
    let bytes = base64url::decode(text).ok_or(Error::NotADisclosure)?;
    match json::value(&bytes) {
        Ok(Value::Array(parts)) => Ok(parts),
        Ok(_) => Err(Error::Arity { expected, found: 0 }),
        Err(json::Error::TooDeep) => Err(Error::TooDeep),
        Err(_) => Err(Error::NotADisclosure),
    }
}

fn check_salt(salt: &Value) -> Result<(), Error> {
    if salt.is_string() { Ok(()) } else { Err(Error::Salt) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9901 sections 4.2.1 to 4.2.3.
    #[test]
    fn the_digests_of_the_standard_hold() {
        let name = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
        assert_eq!(&digest(name.as_bytes()), b"X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
        assert_eq!(property(name), Ok(("family_name".to_owned(), "Möbius".into())));
        let country = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0";
        assert_eq!(&digest(country.as_bytes()), b"w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs");
        assert_eq!(element(country), Ok("FR".into()));
    }

    /// RFC 9901 section 4.2.1: other ways to write the same claim.
    #[test]
    fn a_claim_may_be_written_in_other_ways() {
        for text in [
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNXHUwMGY2Yml1cyJd",
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd",
            "WwoiXzI2YmM0TFQtYWM2cTJLSTZjQlc1ZXMiLAoiZmFtaWx5X25hbWUiLAoiTcO2Yml1cyIKXQ",
        ] {
            assert_eq!(property(text), Ok(("family_name".to_owned(), "Möbius".into())));
        }
    }
}
