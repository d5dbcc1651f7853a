//! What a presentation proves to whoever has nothing but the file: whose keys signed what, and no more. Leaves out values:
//! without the question that was asked nobody knows whether the answer was meant for them, so none is given out.

use std::fmt;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{
    Error, base64url,
    claims::{Parts, check_time, date, holder},
    jws::Token,
    key::PublicKey,
    presentation::BINDING_TYP,
    unfold::unfold,
};
use crate::time::Timestamp;

/// A presentation, as far as it can be checked alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Alone {
    issuer: String,
    is_issuer_checked: bool,
    holder: Option<PublicKey>,
    answered: Option<Timestamp>,
    names: Vec<String>,
}

impl Alone {
    /// Reads a presentation whose token is of this type, and checks all that the file itself allows.
    ///
    /// The signature of the issuer is checked when the issuer is named by its key (`did:key`); that of the holder, and
    /// that it was made over these very disclosures, when it is there. An error says that one of them does not hold, that
    /// the time is over, or that the form is another. The nonce and the audience are the asker's to check.
    pub fn read(bytes: &[u8], typ: &str, now: Timestamp) -> Result<Self, Error> {
        let parts = Parts::read(bytes)?;
        let disclosures = parts.disclosures()?;
        let token = Token::read(parts.issued).map_err(Error::Issued)?;
        token.check_type(typ).map_err(Error::Issued)?;
        let signed = token.claims().map_err(Error::Issued)?;
        let issuer = signed.get("iss").and_then(Value::as_str).unwrap_or_default().to_owned();
        let key = PublicKey::from_did(&issuer).ok();
        if let Some(key) = key {
            token.check(&[key]).map_err(Error::Issued)?;
        }
        let plain: Vec<String> = signed.keys().cloned().collect();
        let claims = unfold(signed, &disclosures)?;
        check_time(&claims, now)?;
        let bound = if parts.binding.is_empty() { None } else { Some(check_binding(&parts, &claims)?) };
        Ok(Self {
            issuer,
            is_issuer_checked: key.is_some(),
            holder: bound.map(|(key, _)| key),
            answered: bound.and_then(|(_, at)| at),
            names: claims.into_iter().map(|(name, _)| name).filter(|name| !plain.contains(name)).collect(),
        })
    }

    /// Who issued it, as it says itself; empty when it names nobody.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether the issuer's name is a key, and that key signed.
    pub fn is_issuer_checked(&self) -> bool {
        self.is_issuer_checked
    }

    /// The key that showed exactly these disclosures, if one did.
    pub fn holder(&self) -> Option<&PublicKey> {
        self.holder.as_ref()
    }

    /// When the holder's key signed, to the second, by the holder's own clock.
    pub fn answered(&self) -> Option<Timestamp> {
        self.answered
    }

    /// The names of what is disclosed at the top, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// Says who and how much, never what.
impl fmt::Debug for Alone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Alone({} names)", self.names.len())
    }
}

/// RFC 9901 section 7.3 step 5, without what only the asker knows: the key in `cnf` signed, and over these disclosures.
fn check_binding(parts: &Parts<'_>, claims: &Map<String, Value>) -> Result<(PublicKey, Option<Timestamp>), Error> {
    let key = holder(claims)?;
    let token = Token::read(parts.binding).map_err(Error::Binding)?;
    token.check(&[key]).map_err(Error::Binding)?;
    token.check_type(BINDING_TYP).map_err(Error::Binding)?;
    let bound = token.claims().map_err(Error::Binding)?;
    let hash = base64url::hash(&Sha256::digest(parts.bound).into());
    if bound.get("sd_hash").and_then(Value::as_str).is_none_or(|text| text.as_bytes() != hash) {
        return Err(Error::BindingHash);
    }
    Ok((key, date(&bound, "iat")?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
    use serde_json::json;

    use super::*;
    use crate::{
        credential::{
            hold::{Binding, Credential},
            issue::{self, Template},
            key::SigningKey,
        },
        time::days,
    };

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    /// What a person shows of themselves; the issuer is named as given.
    fn shown(name: Option<&str>) -> (String, String) {
        let (issuer, holder) = (SigningKey::es256([1; 32]), SigningKey::es256([2; 32]));
        let did = issuer.public().to_did();
        let template = Template {
            issuer: name.unwrap_or(&did),
            vct: "urn:example:person",
            issued: NOW,
            not_before: None,
            expires: Some(NOW.plus(days(30))),
            holder: &holder.public(),
            claims: json!({ "email": "secret@example.org", "iban": "FR76" }).as_object().unwrap().clone(),
            disclosable: &["/email", "/iban"],
            digests: 8,
        };
        let issued = issue::issue(template, &issuer, None, &mut ChaCha20Rng::from_seed([3; 32])).unwrap();
        let credential = Credential::from_store(issued.as_bytes()).unwrap();
        let binding = Binding { audience: "https://shop.example", nonce: "n", issued: NOW, transaction: None };
        let email = credential.find("/email").unwrap();
        (issued, credential.present(&[email], &binding, &holder).unwrap())
    }

    #[test]
    fn both_keys_are_checked_and_only_names_come_out() {
        let alone = Alone::read(shown(None).1.as_bytes(), issue::TYP, NOW).unwrap();
        assert!(alone.is_issuer_checked() && alone.issuer().starts_with("did:key:z"));
        assert_eq!(alone.holder(), Some(&SigningKey::es256([2; 32]).public()));
        assert_eq!((alone.answered(), alone.names()), (Some(NOW), &["email".to_owned()][..]));
        assert_eq!(format!("{alone:?}"), "Alone(1 names)");
    }

    #[test]
    fn an_issuer_that_is_no_key_is_said_to_be_unchecked() {
        let alone = Alone::read(shown(Some("https://grid.example")).1.as_bytes(), issue::TYP, NOW).unwrap();
        assert!(!alone.is_issuer_checked() && alone.holder().is_some());
        assert_eq!(alone.issuer(), "https://grid.example");
    }

    #[test]
    fn what_nobody_signed_for_showing_says_so() {
        let alone = Alone::read(shown(None).0.as_bytes(), issue::TYP, NOW).unwrap();
        assert_eq!((alone.holder(), alone.answered(), alone.names().len()), (None, None, 2));
    }

    #[test]
    fn a_change_anywhere_is_refused() {
        let (issued, text) = shown(None);
        let parts: Vec<&str> = text.split('~').collect();
        // Another disclosure of the same credential under the same binding.
        let other = issued.split('~').find(|part| !part.is_empty() && !parts.contains(part)).unwrap();
        let swapped = text.replacen(parts[1], other, 1);
        assert_eq!(Alone::read(swapped.as_bytes(), issue::TYP, NOW), Err(Error::BindingHash));
        let late = NOW.plus(days(31));
        assert!(matches!(Alone::read(text.as_bytes(), issue::TYP, late), Err(Error::Expired { .. })));
        assert!(matches!(Alone::read(text.as_bytes(), "other+jwt", NOW), Err(Error::Issued(_))));
        for place in (0..text.len()).step_by(7) {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            assert!(Alone::read(&bytes, issue::TYP, NOW).is_err(), "a change at {place} passes");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in any::<Vec<u8>>(), text in "[A-Za-z0-9_.~-]{0,200}") {
            let _ = Alone::read(&bytes, issue::TYP, NOW);
            let _ = Alone::read(text.as_bytes(), issue::TYP, NOW);
        }
    }
}
