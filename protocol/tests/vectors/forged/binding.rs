//! The proof of the holder's key: section 7.3, and what is agreed to.

use serde_json::{Value, json};

use super::{
    Case, Expects, TRANSACTION, answer, answered, b64, bent, case, credential, digest, holder, issuer, payload, region,
    role, shown, stranger,
};
use sesame_protocol::credential::{issue, jws, key::SigningKey};

pub(super) fn cases() -> Vec<Case> {
    [tokens(), claims(), disclosures(), transactions()].into_iter().flatten().collect()
}

fn sd_jwt() -> String {
    credential(&payload(), &[region(), role()])
}

/// An answer signed by some key under some type.
fn signed(key: &SigningKey, typ: &str) -> String {
    sd_jwt() + &jws::sign(answer(&sd_jwt()).to_string().as_bytes(), key, typ, None)
}

/// An answer with some header in front, and any signature.
fn under(header: &str, signature: &str) -> String {
    format!("{}{}.{}.{signature}", sd_jwt(), b64(header.as_bytes()), b64(answer(&sd_jwt()).to_string().as_bytes()))
}

/// An answer with something about its claims changed.
pub(super) fn with(change: impl FnOnce(&mut Value)) -> String {
    let mut claims = answer(&sd_jwt());
    change(&mut claims);
    sd_jwt() + &jws::sign(claims.to_string().as_bytes(), &holder(), "kb+jwt", None)
}

fn tokens() -> Vec<Case> {
    let other = bent(|payload| payload["roles"][1] = "owner".into());
    let typ = r#"Binding(Type { expected: "kb+jwt" })"#;
    let stripped = sd_jwt();
    let full = shown(&payload());
    let moved = sd_jwt() + shown(&other).rsplit('~').next().unwrap();
    vec![
        case("key binding stripped", stripped, "BindingMissing"),
        Case { expects: Expects::Plain, ..case("key binding where none is asked for", full, "BindingUnasked") },
        case("half a holder's token", sd_jwt() + "e30.e30", "Binding(Parts)"),
        case("a stranger answers", signed(&stranger(), "kb+jwt"), "Binding(Signature)"),
        case("the issuer answers", signed(&issuer(), "kb+jwt"), "Binding(Signature)"),
        case("an answer of the type JWT", signed(&holder(), "JWT"), typ),
        case("an answer of the issuer's type", signed(&holder(), issue::TYP), typ),
        case("an answer with no signature", under(r#"{"alg":"none","typ":"kb+jwt"}"#, ""), "Binding(Unsigned)"),
        case(
            "an answer with HS256",
            under(r#"{"alg":"HS256","typ":"kb+jwt"}"#, &digest("x")),
            "Binding(Algorithm { key: Es256 })",
        ),
        case(
            "an answer with Ed25519",
            under(r#"{"alg":"Ed25519","typ":"kb+jwt"}"#, &b64(&[1; 64])),
            "Binding(Algorithm { key: Es256 })",
        ),
        case(
            "an answer that brings its own key",
            under(r#"{"alg":"ES256","typ":"kb+jwt","crit":["jwk"],"jwk":{}}"#, ""),
            "Binding(Critical)",
        ),
        case("the answer of another credential", moved, "BindingHash"),
    ]
}

fn claims() -> Vec<Case> {
    let stale = "Stale { at: Timestamp(1799999879000), earliest: Timestamp(1799999880000) }";
    let ahead = "Ahead { at: Timestamp(1800000121000), latest: Timestamp(1800000120000) }";
    let expired = "Expired { at: Timestamp(1799999999000) }";
    let missing = |claim: &'static str| {
        with(|claims| {
            claims.as_object_mut().unwrap().remove(claim);
        })
    };
    vec![
        case(
            "an answer for somebody else",
            with(|claims| claims["aud"] = "https://x.example".into()),
            "BindingAudience",
        ),
        case(
            "an answer for a list",
            with(|claims| claims["aud"] = json!([super::AUDIENCE])),
            r#"BindingClaim { claim: "aud" }"#,
        ),
        case("an answer for nobody", missing("aud"), r#"BindingClaim { claim: "aud" }"#),
        case("another nonce", with(|claims| claims["nonce"] = "n-0S6_WzA2Mk".into()), "Nonce"),
        case("a nonce that begins the same", with(|claims| claims["nonce"] = "n-0S6".into()), "Nonce"),
        case(
            "a nonce that is a number",
            with(|claims| claims["nonce"] = 7.into()),
            r#"BindingClaim { claim: "nonce" }"#,
        ),
        case("no nonce", missing("nonce"), r#"BindingClaim { claim: "nonce" }"#),
        case("an old answer", with(|claims| claims["iat"] = 1_799_999_879.into()), stale),
        case("an answer from the future", with(|claims| claims["iat"] = 1_800_000_121.into()), ahead),
        case(
            "an answer at a text",
            with(|claims| claims["iat"] = "1800000000".into()),
            r#"BindingClaim { claim: "iat" }"#,
        ),
        case("an answer at no time", missing("iat"), r#"BindingClaim { claim: "iat" }"#),
        case("an answer that has ended", with(|claims| claims["exp"] = 1_799_999_999.into()), expired),
        case("no hash of what is shown", missing("sd_hash"), r#"BindingClaim { claim: "sd_hash" }"#),
    ]
}

fn disclosures() -> Vec<Case> {
    let token = |text: &str| text.rsplit('~').next().unwrap().to_owned();
    let full = token(&shown(&payload()));
    let less = credential(&payload(), &[region()]) + &full;
    let more = sd_jwt() + &token(&answered(&credential(&payload(), &[region()])));
    let turned = credential(&payload(), &[role(), region()]) + &full;
    let without_tilde = sd_jwt().trim_end_matches('~').to_owned();
    vec![
        case("a disclosure taken away after the answer", less, "BindingHash"),
        case("a disclosure added after the answer", more, "BindingHash"),
        case("disclosures turned round after the answer", turned, "BindingHash"),
        case(
            "a hash without the last tilde",
            with(|claims| claims["sd_hash"] = digest(&without_tilde).into()),
            "BindingHash",
        ),
        case("a hash of nothing", with(|claims| claims["sd_hash"] = digest("").into()), "BindingHash"),
    ]
}

fn transactions() -> Vec<Case> {
    let agreed = |hashes: Value, alg: Value| {
        with(|claims| {
            claims["transaction_data_hashes"] = hashes;
            claims["transaction_data_hashes_alg"] = alg;
        })
    };
    let right = digest(TRANSACTION);
    let agreement = |name, text, refusal| Case { expects: Expects::Agreement, ..case(name, text, refusal) };
    vec![
        agreement("no agreement where one is asked for", shown(&payload()), "TransactionMissing"),
        agreement("another agreement", agreed(json!([digest("x")]), "sha-256".into()), "Transaction"),
        agreement("no agreement in the list", agreed(json!([]), "sha-256".into()), "Transaction"),
        agreement("two agreements", agreed(json!([right, digest("x")]), "sha-256".into()), "Transaction"),
        agreement("an agreement that is a text", agreed(right.clone().into(), "sha-256".into()), "Transaction"),
        agreement("an agreement by another hash", agreed(json!([right]), "sha-384".into()), "Transaction"),
        agreement(
            "an agreement itself and not its hash",
            agreed(json!([TRANSACTION]), "sha-256".into()),
            "Transaction",
        ),
        case("an agreement that was not asked for", agreed(json!([right]), "sha-256".into()), "TransactionUnasked"),
    ]
}
