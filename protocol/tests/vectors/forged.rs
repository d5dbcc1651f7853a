//! Presentations that break one rule each, and the rule: RFC 9901 sections 7.1 and 7.3, and what JWS, JWK and the hashes
//! of transactions add. They are made here rather than copied, because each is signed again after it was bent.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use sesame_protocol::{
    credential::{Demand, Error, Expected, Issuer, Presentation, TransactionHash, issue, jwk, jws, key::SigningKey},
    time::Timestamp,
};

#[path = "forged/binding.rs"]
mod binding;
#[path = "forged/claims.rs"]
mod claims;
#[path = "forged/form.rs"]
mod form;

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
const ISSUER: &str = "https://grid.example";
const AUDIENCE: &str = "https://shop.example";
const NONCE: &str = "n-0S6_WzA2Mj";
const VCT: &str = "urn:example:meter";
const TRANSACTION: &str = "eyJ0eXBlIjoidXJuOnNlc2FtZTphZ3JlZW1lbnQ6MSJ9";

/// What the verifier expects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// An answer with key binding.
    Answer,
    /// An answer that agrees to something.
    Agreement,
    /// A credential without key binding.
    Plain,
}

/// One presentation and the rule that it breaks.
struct Case {
    name: &'static str,
    text: String,
    expects: Expects,
    refusal: &'static str,
}

fn case(name: &'static str, text: String, refusal: &'static str) -> Case {
    Case { name, text, expects: Expects::Answer, refusal }
}

fn issuer() -> SigningKey {
    SigningKey::es256([1; 32])
}

fn holder() -> SigningKey {
    SigningKey::es256([2; 32])
}

fn stranger() -> SigningKey {
    SigningKey::es256([3; 32])
}

fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn digest(text: &str) -> String {
    b64(&Sha256::digest(text))
}

/// A disclosure of any JSON.
fn disclosure(json: &Value) -> String {
    b64(json.to_string().as_bytes())
}

fn region() -> String {
    disclosure(&json!(["AAAAAAAAAAAAAAAAAAAAAA", "region", "Rhône"]))
}

fn role() -> String {
    disclosure(&json!(["BBBBBBBBBBBBBBBBBBBBBB", "tenant"]))
}

/// Claims as they should be: one hidden, one element hidden, one decoy.
fn payload() -> Value {
    json!({
        "iss": ISSUER, "vct": VCT, "iat": 1_800_000_000, "exp": 1_900_000_000,
        "cnf": { "jwk": jwk::to_jwk(&holder().public()) },
        "_sd": [digest(&region()), digest("decoy")],
        "roles": [{ "...": digest(&role()) }, "payer"],
    })
}

/// The claims with something about them changed.
fn bent(change: impl FnOnce(&mut Value)) -> Value {
    let mut payload = payload();
    change(&mut payload);
    payload
}

fn credential(payload: &Value, disclosures: &[String]) -> String {
    let token = jws::sign(payload.to_string().as_bytes(), &issuer(), issue::TYP, None);
    joined(&token, disclosures)
}

fn joined(token: &str, disclosures: &[String]) -> String {
    disclosures.iter().fold(format!("{token}~"), |text, disclosure| text + disclosure + "~")
}

/// What the holder's token should say.
fn answer(sd_jwt: &str) -> Value {
    json!({ "iat": 1_800_000_000, "aud": AUDIENCE, "nonce": NONCE, "sd_hash": digest(sd_jwt) })
}

/// Adds an answer as it should be.
fn answered(sd_jwt: &str) -> String {
    sd_jwt.to_owned() + &jws::sign(answer(sd_jwt).to_string().as_bytes(), &holder(), "kb+jwt", None)
}

/// Issues bent claims with both disclosures, and answers for them.
fn shown(payload: &Value) -> String {
    answered(&credential(payload, &[region(), role()]))
}

fn cases() -> Vec<Case> {
    [form::cases(), claims::cases(), binding::cases()].into_iter().flatten().collect()
}

fn read(text: &str, expects: Expects) -> Result<(), Error> {
    let other = SigningKey::es256([4; 32]).public();
    let issuers = [
        Issuer { name: Some("https://other.example"), key: other },
        Issuer { name: Some(ISSUER), key: issuer().public() },
    ];
    let credential = Demand { issuers: &issuers, typ: issue::TYP, vct: Some(VCT), required: &["exp"], now: NOW };
    let presentation = Presentation::read(text.as_bytes())?;
    if expects == Expects::Plain {
        return presentation.verify_unbound(&credential).map(|_| ());
    }
    let transaction = (expects == Expects::Agreement).then(|| TransactionHash::of(TRANSACTION));
    let (earliest, latest) = (Timestamp::from_seconds(1_799_999_880), Timestamp::from_seconds(1_800_000_120));
    let expected = Expected { credential, audience: AUDIENCE, nonce: NONCE, earliest, latest, transaction };
    presentation.verify(&expected).map(|_| ())
}

#[test]
fn what_is_bent_was_straight() {
    assert_eq!(read(&shown(&payload()), Expects::Answer), Ok(()));
    assert_eq!(read(&answered(&credential(&payload(), &[])), Expects::Answer), Ok(()));
    assert_eq!(read(&credential(&payload(), &[role()]), Expects::Plain), Ok(()));
    for audience in [json!(AUDIENCE), json!(["https://x.example", AUDIENCE])] {
        assert_eq!(read(&shown(&bent(|payload| payload["aud"] = audience)), Expects::Answer), Ok(()));
    }
    let later = bent(|payload| payload["nbf"] = 1_800_000_000.into());
    assert_eq!(read(&shown(&later), Expects::Answer), Ok(()));
    let agreed = |claims: &mut Value| claims["transaction_data_hashes"] = json!([digest(TRANSACTION)]);
    assert_eq!(read(&binding::with(agreed), Expects::Agreement), Ok(()));
}

#[test]
fn every_forgery_is_refused_for_its_own_reason() {
    let cases = cases();
    assert!(cases.len() >= 100, "{} forgeries", cases.len());
    let mut wrong = Vec::new();
    for Case { name, text, expects, refusal } in &cases {
        let found = read(text, *expects).map_or_else(|error| format!("{error:?}"), |()| "nothing".to_owned());
        if found != *refusal {
            wrong.push(format!("{name}: {found} and not {refusal}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut names: Vec<_> = cases.iter().map(|case| case.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), cases.len(), "two forgeries have one name");
}

/// The file: whoever writes another verifier can try it on these.
pub(crate) fn forged() -> Value {
    let cases = cases().into_iter().map(|Case { name, text, expects, refusal }| {
        let expects = match expects {
            Expects::Answer => "answer",
            Expects::Agreement => "agreement",
            Expects::Plain => "plain",
        };
        json!({ "name": name, "expects": expects, "refusal": refusal, "text": text })
    });
    json!({
        "issuer": ISSUER, "issuer_jwk": jwk::to_jwk(&issuer().public()), "typ": issue::TYP, "vct": VCT, "required": ["exp"],
        "now": NOW.seconds(), "earliest": 1_799_999_880, "latest": 1_800_000_120,
        "audience": AUDIENCE, "nonce": NONCE, "transaction_data": TRANSACTION,
        "cases": cases.collect::<Vec<_>>(),
    })
}
