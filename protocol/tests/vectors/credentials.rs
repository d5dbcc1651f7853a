//! Credentials: the examples of RFC 9901, which this code did not make, and one of ours, byte for byte.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use sesame_protocol::{
    credential::{
        Demand, Expected, Issuer, Presentation, TransactionHash, es256,
        general::{self, Signatory, Signer},
        hold::{Binding, Credential},
        issue::{self, Template},
        jwk, jws,
        key::{PublicKey, SigningKey},
    },
    time::Timestamp,
};

use crate::{chance, path};

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
const EXAMPLE_TYP: &str = "example+sd-jwt";

#[expect(clippy::disallowed_methods, reason = "vectors are files")]
fn standard() -> Value {
    serde_json::from_str(&std::fs::read_to_string(path("sd_jwt_rfc9901.json")).unwrap()).unwrap()
}

fn demand<'a>(issuers: &'a [Issuer<'a>], typ: &'a str) -> Demand<'a> {
    Demand { issuers, typ, vct: None, required: &[], now: NOW }
}

/// Sections 5.1 and 5.2 and appendices A.1 to A.4, with the key of appendix A.5.
#[test]
fn the_examples_of_the_standard_hold() {
    let all = standard();
    let key = jwk::from_jwk(&all["issuer_jwk"]).unwrap();
    let answered = Timestamp::from_seconds(all["answered"].as_u64().unwrap());
    for example in all["examples"].as_array().unwrap() {
        let issuers = [Issuer { name: example["issuer"].as_str(), key }];
        let credential = demand(&issuers, example["typ"].as_str().unwrap());
        let read = Presentation::read(example["text"].as_str().unwrap().as_bytes()).unwrap();
        let read = if example["bound"] == true {
            read.verify(&Expected {
                credential,
                audience: all["audience"].as_str().unwrap(),
                nonce: all["nonce"].as_str().unwrap(),
                earliest: answered,
                latest: answered,
                transaction: None,
            })
        } else {
            read.verify_unbound(&credential)
        };
        let read = read.unwrap_or_else(|error| panic!("section {}: {error}", example["section"]));
        assert_eq!(Value::Object(read.claims().clone()), example["claims"], "section {}", example["section"]);
    }
}

/// Section 6: the RFC prints payloads and disclosures; the key that signs them is the one of its other examples.
#[test]
fn the_structures_of_the_standard_hold() {
    let all = standard();
    let key = SigningKey::Es256(es256::SigningKey::from_scalar(scalar(&all["issuer_scalar"])).unwrap());
    assert_eq!(jwk::from_jwk(&all["issuer_jwk"]).unwrap(), key.public());
    for example in all["payloads"].as_array().unwrap() {
        let mut text = jws::sign(example["payload"].to_string().as_bytes(), &key, EXAMPLE_TYP, None) + "~";
        for disclosure in example["disclosures"].as_array().unwrap() {
            text = text + disclosure.as_str().unwrap() + "~";
        }
        let issuers = [Issuer { name: Some("https://issuer.example.com"), key: key.public() }];
        let read = Presentation::read(text.as_bytes()).unwrap().verify_unbound(&demand(&issuers, EXAMPLE_TYP));
        assert_eq!(Value::Object(read.unwrap().claims().clone()), example["claims"], "{}", example["what"]);
    }
}

/// A holder takes what the RFC issues, and shows of it what the RFC shows.
#[test]
fn what_the_standard_issues_is_held_and_shown() {
    let all = standard();
    let key = jwk::from_jwk(&all["issuer_jwk"]).unwrap();
    let holder = SigningKey::Es256(es256::SigningKey::from_scalar(scalar(&all["holder_scalar"])).unwrap());
    let examples = all["examples"].as_array().unwrap();
    let example = |section: &str, bound: bool| {
        examples.iter().find(|example| example["section"] == section && example["bound"] == bound).unwrap()
    };
    let shown: [(&str, &str, &[&str]); 2] = [
        ("5.1", "5.2", &["/family_name", "/address", "/given_name", "/nationalities/0"]),
        ("A.3", "A.3", &["/age_equal_or_over", "/age_equal_or_over/18", "/nationalities"]),
    ];
    for (issued, presented, paths) in shown {
        let (issued, presented) = (example(issued, false), example(presented, true));
        let issuers = [Issuer { name: issued["issuer"].as_str(), key }];
        let demand = demand(&issuers, issued["typ"].as_str().unwrap());
        let text = issued["text"].as_str().unwrap();
        let credential = Credential::accept(text.as_bytes(), &demand, &holder.public()).unwrap();
        assert_eq!(Value::Object(credential.claims().clone()), issued["claims"]);
        let places: Vec<usize> = paths.iter().map(|path| credential.find(path).unwrap()).collect();
        let binding = Binding {
            audience: all["audience"].as_str().unwrap(),
            nonce: all["nonce"].as_str().unwrap(),
            issued: Timestamp::from_seconds(all["answered"].as_u64().unwrap()),
            transaction: None,
        };
        let sent = credential.present(&places, &binding, &holder).unwrap();
        let up_to_the_answer = |text: &str| text[..=text.rfind('~').unwrap()].to_owned();
        assert_eq!(up_to_the_answer(&sent), up_to_the_answer(presented["text"].as_str().unwrap()));
    }
}

/// Section 4.2.3.
#[test]
fn the_digests_of_the_standard_are_found() {
    for each in standard()["digests"].as_array().unwrap() {
        assert_eq!(hash(each["disclosure"].as_str().unwrap()), each["digest"].as_str().unwrap());
    }
}

fn scalar(value: &Value) -> [u8; 32] {
    URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap().try_into().unwrap()
}

fn hash(text: &str) -> String {
    use sha2::Digest;
    URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(text))
}

/// One credential and what is shown of it, in both algorithms, and a text that two sign.
pub(crate) fn issued() -> Value {
    let es256 = exchange(&SigningKey::es256([1; 32]), &SigningKey::es256([2; 32]));
    let ed25519 = exchange(&SigningKey::ed25519([1; 32]), &SigningKey::ed25519([2; 32]));
    json!({ "es256": es256, "ed25519": ed25519, "general": signed() })
}

fn claims() -> Map<String, Value> {
    let claims = json!({
        "region": "Rhône",
        "yearly_kwh": 4120,
        "address": { "street": "12 rue de la Paix", "city": "Lyon" },
        "roles": ["tenant", "payer"],
    });
    claims.as_object().unwrap().clone()
}

fn exchange(issuer: &SigningKey, holder: &SigningKey) -> Value {
    let key = holder.public();
    let template = Template {
        issuer: "https://grid.example",
        vct: "urn:example:meter",
        issued: NOW,
        not_before: None,
        expires: Some(Timestamp::from_seconds(1_900_000_000)),
        holder: &key,
        claims: claims(),
        disclosable: &["/region", "/yearly_kwh", "/address", "/address/street", "/roles/1"],
        digests: 4,
    };
    let text = issue::issue(template, issuer, Some("2026-1"), &mut chance(7)).unwrap();
    let issuers = [Issuer { name: Some("https://grid.example"), key: issuer.public() }];
    let demand = Demand { vct: Some("urn:example:meter"), required: &["exp"], ..demand(&issuers, issue::TYP) };
    let credential = Credential::accept(text.as_bytes(), &demand, &key).unwrap();
    let transaction_data = "eyJ0eXBlIjoidXJuOnNlc2FtZTphZ3JlZW1lbnQ6MSJ9";
    let transaction = Some(TransactionHash::of(transaction_data));
    let binding = Binding { audience: "https://shop.example", nonce: "n-0S6_WzA2Mj", issued: NOW, transaction };
    let shown = ["/address", "/address/street", "/roles/1"].map(|path| credential.find(path).unwrap());
    let sent = credential.present(&shown, &binding, holder).unwrap();
    let read = Presentation::read(sent.as_bytes()).unwrap().verify(&Expected {
        credential: demand,
        audience: binding.audience,
        nonce: binding.nonce,
        earliest: NOW,
        latest: NOW,
        transaction,
    });
    json!({
        "issuer": named(&issuer.public()),
        "holder": named(&key),
        "issued": text,
        "audience": binding.audience,
        "nonce": binding.nonce,
        "answered": NOW.seconds(),
        "transaction_data": transaction_data,
        "presented": sent,
        "claims": read.unwrap().claims(),
    })
}

fn named(key: &PublicKey) -> Value {
    json!({ "jwk": jwk::to_jwk(key), "thumbprint": jwk::thumbprint(key), "did": key.to_did() })
}

fn signed() -> Value {
    let (alice, shop) = (SigningKey::ed25519([1; 32]), SigningKey::ed25519([2; 32]));
    let payload = r#"{"what":"a text that two sign"}"#;
    let keys: BTreeMap<&str, &SigningKey> = BTreeMap::from([("alice", &alice), ("shop", &shop)]);
    let signers: Vec<_> = keys.iter().map(|(kid, key)| Signer { key, kid, typ: "example+jws" }).collect();
    let file = general::sign(payload.as_bytes(), &signers).unwrap();
    let signatory =
        |(kid, key): (&&'static str, &&SigningKey)| Signatory { key: key.public(), kid, typ: "example+jws" };
    let signatories: Vec<_> = keys.iter().map(signatory).collect();
    assert_eq!(general::verify(file.as_bytes(), &signatories).unwrap().payload(), payload.as_bytes());
    json!({ "payload": payload, "typ": "example+jws", "file": serde_json::from_str::<Value>(&file).unwrap() })
}
