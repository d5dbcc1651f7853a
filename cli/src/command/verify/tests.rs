use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use sesame_api::node::Language;
use sesame_protocol::credential::general::{self, Signer};
use sesame_protocol::credential::hold::{Binding, Credential};
use sesame_protocol::credential::issue::Template;
use sesame_protocol::credential::key::SigningKey;
use sesame_protocol::did;
use sesame_protocol::key;
use sesame_protocol::receipt::{Event, Information, Party, Processing, TYP};
use sesame_protocol::time::days;

use super::*;
use crate::sheet::Look;

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn did_of(seed: u8) -> String {
    did::to_did(&key::SigningKey::from_bytes([seed; 32]).public())
}

fn party(seed: u8, name: &str, is_person: bool) -> Party {
    Party {
        party_id: did_of(seed),
        party_name: name.into(),
        party_address: if is_person { String::new() } else { "1 rue du Port, Lyon".into() },
        party_contact: String::new(),
        party_role: if is_person { "PII principal" } else { "PII controller" }.into(),
        party_type: if is_person { "person" } else { "organisation" }.into(),
    }
}

fn record() -> Record {
    let cid = "bafyr4ihcdu7v2zdxpzdiu6rsafjhkzocgw4pwfvp7wb2ftzvfxcpvnd3ey";
    Record {
        schema_version: "ISO/IEC TS 27560:2023".into(),
        record_id: "11111111-1111-4111-8111-111111111111".into(),
        pii_principal_id: did_of(2),
        agreement: cid.into(),
        pii_processing: Processing {
            privacy_notice: "https://w3id.org/dpv/standards/ieee/7012#SD-BASE".into(),
            language: "en".into(),
            purpose: "quote".into(),
            lawful_basis: "consent".into(),
            pii_information: vec![Information { pii_type: "electricity_year_kwh".into() }],
            pii_controllers: vec![did_of(1)],
            collection_method: "SD-JWT presentation (RFC 9901)".into(),
            storage_locations: vec!["Lyon".into()],
            retention_period: "P30D".into(),
            jurisdiction: "FR".into(),
            recipient_third_parties: vec!["siren:55208\u{9b}1317".into()],
            withdrawal_method: "/sesame/desk/1".into(),
        },
        party_identification: vec![party(1, "Vol\u{1b}[2Jta SAS", false), party(2, "", true)],
        event: Event {
            event_time: "2026-11-20T10:00:00Z".into(),
            validity_duration: "P30D".into(),
            entity_id: did_of(2),
            event_type: "consent".into(),
            event_state: "given".into(),
        },
    }
}

/// A receipt signed by these.
fn signed(seeds: &[u8]) -> String {
    let keys: Vec<SigningKey> = seeds.iter().map(|seed| SigningKey::ed25519([*seed; 32])).collect();
    let names: Vec<String> = seeds.iter().map(|seed| did_of(*seed)).collect();
    let signers = keys.iter().zip(&names).map(|(key, kid)| Signer { key, kid, typ: TYP });
    general::sign(&serde_json::to_vec(&record()).unwrap(), &signers.collect::<Vec<_>>()).unwrap()
}

/// A presentation whose one shown value is a secret; without a nonce to check it by.
fn presentation(bound: bool) -> String {
    let (issuer, holder) = (SigningKey::es256([1; 32]), SigningKey::es256([2; 32]));
    let name = issuer.public().to_did();
    let template = Template {
        issuer: &name,
        vct: "urn:sesame:person:1",
        issued: NOW,
        not_before: None,
        expires: Some(NOW.plus(days(30))),
        holder: &holder.public(),
        claims: serde_json::json!({ "email": "secret@example.org" }).as_object().unwrap().clone(),
        disclosable: &["/email"],
        digests: 8,
    };
    let issued = issue::issue(template, &issuer, None, &mut ChaCha20Rng::from_seed([3; 32])).unwrap();
    if !bound {
        return issued;
    }
    let credential = Credential::from_store(issued.as_bytes()).unwrap();
    let binding = Binding { audience: "sesame:volta", nonce: "n", issued: NOW, transaction: None };
    credential.present(&[0], &binding, &holder).unwrap()
}

fn drawn(words: &Words, proven: Proven) -> String {
    shown(words, proven).drawn(Look::default())
}

fn what(text: &str) -> (u8, String) {
    let problem = proven(text, NOW).unwrap_err();
    (problem.code.exit(), problem.facts["what"].clone())
}

#[test]
fn a_receipt_says_who_what_for_what_until_when_and_under_which_keys() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let text = drawn(words, proven(&signed(&[2, 1]), NOW).unwrap());
        let parts = [
            "1 rue du Port, Lyon".to_owned(),
            did_of(1),
            did_of(2),
            wording::field(words, "electricity_year_kwh"),
            wording::purpose(words, "quote"),
            words.date("2026-12-20"),
            wording::terms(words, "SD-BASE"),
            record().agreement,
            "siren:552081317".to_owned(),
        ];
        for part in parts {
            assert!(text.contains(&part), "{part}: {text}");
        }
        assert!(text.starts_with('✓') && !text.contains(['\u{1b}', '\u{9b}']), "{text}");
    }
}

#[test]
fn a_receipt_with_a_signature_less_or_a_byte_changed_is_refused_with_13() {
    assert_eq!(what(&signed(&[2])), (13, "unsigned".to_owned()));
    assert_eq!(what(&signed(&[2, 3])), (13, "signature".to_owned()));
    let text = signed(&[2, 1]);
    let payload = text.find("\"payload\":\"").unwrap() + 60;
    let mut changed = text.clone();
    let other = if &text[payload..=payload] == "A" { "B" } else { "A" };
    changed.replace_range(payload..=payload, other);
    assert_eq!(proven(&changed, NOW).unwrap_err().code.exit(), 13);
    assert_eq!(what("{\"payload\":1}"), (13, "record".to_owned()));
    assert_eq!(what("neither"), (13, "verify".to_owned()));
}

#[test]
fn a_presentation_shows_names_and_never_a_value() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let bound = proven(&presentation(true), NOW).unwrap();
        assert!(!serde_json::to_string(&bound).unwrap().contains("secret"), "{bound:?}");
        let text = drawn(words, bound);
        assert!(text.contains(&wording::field(words, "email")) && !text.contains("secret"), "{text}");
        assert!(text.contains(&words.text("cli-verify-asker")), "{text}");
        let unbound = drawn(words, proven(&presentation(false), NOW).unwrap());
        assert!(unbound.contains(&words.text("cli-verify-holder-none")), "{unbound}");
    }
}

#[test]
fn a_presentation_that_was_changed_is_refused_with_13() {
    let text = presentation(true);
    let (disclosure, end) = (text.find('~').unwrap(), text.rfind('~').unwrap());
    let without = format!("{}{}", &text[..=disclosure], &text[end + 1..]);
    assert_eq!(what(&without), (13, "binding".to_owned()));
    let mut forged = text.clone();
    let place = disclosure - 10;
    let other = if &text[place..=place] == "A" { "B" } else { "A" };
    forged.replace_range(place..=place, other);
    assert_eq!(what(&forged), (13, "signature".to_owned()));
    let late = proven(&text, NOW.plus(days(31))).unwrap_err();
    assert_eq!((late.code.exit(), late.facts["what"].as_str()), (13, "over"));
}

#[test]
fn every_reason_has_words_of_its_own() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let mut seen = Vec::new();
        for what in ["unsigned", "signature", "record", "binding", "over", "presentation"] {
            let said = words.problem(&unproven(what, &"the library's own English"));
            assert!(!seen.contains(&said.why) && !said.why.contains("library"), "{}", said.why);
            seen.push(said.why);
        }
    }
}
