//! `did:key`: a public key as a text that other systems read (W3C CCG; Ed25519: multicodec 0xed01, base58btc). Leaves
//! out keys of credentials, which `credential::key` writes the same way, and every other DID method; an identity here
//! is its inception id, and its DID changes with its key.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use crate::key::{self, PublicKey};

const PREFIX: &str = "did:key:z";
const MULTICODEC_ED25519: [u8; 2] = [0xed, 0x01];
/// 35 bytes, which a P-256 key takes with its kind, are at most 48 characters in base58.
const TEXT_BYTES_MAX: usize = 64;

/// Why a text is not the DID of an Ed25519 key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It does not begin with `did:key:z`.
    #[error("not a did:key in base58")]
    NotAKey,
    /// It is longer than any.
    #[error("{length} bytes, and at most {TEXT_BYTES_MAX} are possible")]
    TooLong {
        /// How long it is.
        length: usize,
    },
    /// It is not base58.
    #[error("not base58")]
    Base58,
    /// It is a key of another kind.
    #[error("not an Ed25519 key")]
    OtherKind,
    /// It is not a usable key.
    #[error(transparent)]
    Key(#[from] key::Error),
}

/// Writes a key as a DID.
pub fn to_did(key: &PublicKey) -> String {
    write(MULTICODEC_ED25519, key.as_bytes())
}

/// Reads a DID; every key has exactly one.
pub fn from_did(text: &str) -> Result<PublicKey, Error> {
    let bytes = read(text)?;
    let key = bytes.strip_prefix(&MULTICODEC_ED25519).ok_or(Error::OtherKind)?;
    Ok(PublicKey::from_bytes(key.try_into().map_err(|_| Error::OtherKind)?)?)
}

/// Writes the bytes of a key of any kind.
pub(crate) fn write(kind: [u8; 2], key: &[u8]) -> String {
    let mut bytes = kind.to_vec();
    bytes.extend_from_slice(key);
    format!("{PREFIX}{}", bs58::encode(bytes).into_string())
}

/// Reads the bytes of a key of any kind, the kind in front.
pub(crate) fn read(text: &str) -> Result<Vec<u8>, Error> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Error::TooLong { length: text.len() });
    }
    let digits = text.strip_prefix(PREFIX).ok_or(Error::NotAKey)?;
    bs58::decode(digits).into_vec().map_err(|_| Error::Base58)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;
    use crate::key::SigningKey;

    /// The first example of the did:key specification and of RFC 8032 section 7.1.
    #[test]
    fn the_known_vectors_hold() {
        let did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
        assert_eq!(to_did(&from_did(did).unwrap()), did);
        let key = [
            0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1,
            0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
        ];
        let did = to_did(&PublicKey::from_bytes(&key).unwrap());
        assert_eq!(did, "did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw");
    }

    #[test]
    fn what_is_not_a_key_is_refused() {
        assert_eq!(from_did("did:web:example.org"), Err(Error::NotAKey));
        assert_eq!(from_did("did:key:z0OIl"), Err(Error::Base58));
        assert_eq!(from_did("did:key:z"), Err(Error::OtherKind));
        assert!(matches!(from_did(&"z".repeat(1000)), Err(Error::TooLong { .. })));
        // An X25519 key, from the did:key specification.
        assert_eq!(from_did("did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F"), Err(Error::OtherKind));
    }

    proptest! {
        #[test]
        fn every_key_comes_back(seed in any::<[u8; 32]>()) {
            let key = SigningKey::from_bytes(seed).public();
            prop_assert_eq!(from_did(&to_did(&key)).unwrap(), key);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,80}") {
            let _ = from_did(&text);
            let _ = from_did(&format!("did:key:z{text}"));
        }
    }
}
