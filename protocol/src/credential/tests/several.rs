//! One text that several sign.

use proptest::prelude::{prop_assert, proptest};
use serde_json::{Value, json};

use crate::{
    credential::{
        general::{self, Error, Signatory, Signer},
        json, jws,
        key::{Algorithm, SigningKey},
    },
    limits::{SIGNATURES_MAX, SIGNED_BYTES_MAX},
};

const TYP: &str = "example-receipt+jws";

fn alice() -> SigningKey {
    SigningKey::ed25519([1; 32])
}

fn shop() -> SigningKey {
    SigningKey::ed25519([2; 32])
}

fn both() -> [Signatory<'static>; 2] {
    let signatory = |key: SigningKey, kid| Signatory { key: key.public(), kid, typ: TYP };
    [signatory(alice(), "alice"), signatory(shop(), "shop")]
}

fn file() -> String {
    let (alice, shop) = (alice(), shop());
    let signer = |key, kid| Signer { key, kid, typ: TYP };
    general::sign(b"{\"shared\":[]}", &[signer(&alice, "alice"), signer(&shop, "shop")]).unwrap()
}

/// The file with something about it changed.
fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut value = serde_json::from_str(&file()).unwrap();
    change(&mut value);
    value.to_string()
}

fn refused(file: &str) -> Error {
    general::verify(file.as_bytes(), &both()).unwrap_err()
}

#[test]
fn a_text_is_read_once_everybody_has_signed() {
    let read = general::verify(file().as_bytes(), &both()).unwrap();
    assert_eq!(read.payload(), b"{\"shared\":[]}");
    assert_eq!(read.signers(), ["alice", "shop"]);
}

#[test]
fn one_signs_after_the_other() {
    let (alice, shop) = (alice(), shop());
    let first = general::sign(b"{\"shared\":[]}", &[Signer { key: &alice, kid: "alice", typ: TYP }]).unwrap();
    assert!(general::verify(first.as_bytes(), &both()[..1]).is_ok());
    assert_eq!(refused(&first), Error::Missing { kid: "shop".to_owned() });
    let second = general::add(&first, &Signer { key: &shop, kid: "shop", typ: TYP }).unwrap();
    assert_eq!(second, file());
    assert_eq!(general::verify(second.as_bytes(), &both()[..1]), Err(Error::Stranger));
}

#[test]
fn every_signature_must_hold() {
    let fault = |place, fault| Error::Signature { place, fault };
    let other = changed(|file| file["payload"] = "eyJzaGFyZWQiOlsxXX0".into());
    assert_eq!(refused(&other), fault(0, jws::Error::Signature));
    let swapped = changed(|file| {
        let first = file["signatures"][0]["signature"].take();
        file["signatures"][0]["signature"] = file["signatures"][1]["signature"].take();
        file["signatures"][1]["signature"] = first;
    });
    assert_eq!(refused(&swapped), fault(0, jws::Error::Signature));
    let twice = changed(|file| file["signatures"][1] = file["signatures"][0].clone());
    assert_eq!(refused(&twice), Error::Twice { kid: "alice".to_owned() });
    let third = changed(|file| {
        let first = file["signatures"][0].clone();
        file["signatures"].as_array_mut().unwrap().push(first);
    });
    assert_eq!(refused(&third), Error::Twice { kid: "alice".to_owned() });
    let one = changed(|file| file["signatures"].as_array_mut().unwrap().truncate(1));
    assert_eq!(refused(&one), Error::Missing { kid: "shop".to_owned() });
}

#[test]
fn a_signature_counts_under_its_name_type_and_key_alone() {
    let mallory = SigningKey::ed25519([3; 32]);
    let sign = |key: &SigningKey, kid: &str, typ: &str| general::sign(b"{}", &[Signer { key, kid, typ }]).unwrap();
    let read = |file: &str| general::verify(file.as_bytes(), &both()[..1]).unwrap_err();
    let fault = |fault| Error::Signature { place: 0, fault };
    assert_eq!(read(&sign(&mallory, "mallory", TYP)), Error::Stranger);
    assert_eq!(read(&sign(&mallory, "alice", TYP)), fault(jws::Error::Signature));
    assert_eq!(read(&sign(&alice(), "alice", "kb+jwt")), fault(jws::Error::Type { expected: TYP.to_owned() }));
    let other = SigningKey::es256([1; 32]);
    assert_eq!(read(&sign(&other, "alice", TYP)), fault(jws::Error::Algorithm { key: Algorithm::Ed25519 }));
}

#[test]
fn a_file_has_its_form_and_nothing_else() {
    assert_eq!(refused("[]"), Error::Json(json::Error::NotAnObject));
    assert_eq!(refused(r#"{"payload":"","payload":""}"#), Error::Json(json::Error::NameTwice));
    assert_eq!(refused(&changed(|file| file["note"] = 1.into())), Error::Form);
    assert_eq!(refused(&changed(|file| file["payload"] = 1.into())), Error::Form);
    let aside = changed(|file| file["signatures"][0]["header"] = json!({ "kid": "alice" }));
    assert_eq!(refused(&aside), Error::Form);
    let none = changed(|file| file["signatures"] = json!([]));
    assert_eq!(refused(&none), Error::Count { count: 0 });
    let count = SIGNATURES_MAX + 1;
    let many = changed(|file| file["signatures"] = vec![file["signatures"][0].clone(); count].into());
    assert_eq!(refused(&many), Error::Count { count });
    let length = SIGNED_BYTES_MAX + 1;
    assert_eq!(refused(&" ".repeat(length)), Error::TooLarge { length });
    assert_eq!(general::sign(b"", &[]), Err(Error::Count { count: 0 }));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, text in "\\PC{0,64}") {
        prop_assert!(general::verify(&bytes, &both()).is_err());
        let key = alice();
        let added = general::add(&text, &Signer { key: &key, kid: "alice", typ: TYP });
        prop_assert!(added.is_err());
    }
}
