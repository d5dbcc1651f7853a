//! Where it is cut, and the issuer's token: section 7.1 steps 1 and 2.

use serde_json::{Value, json};

use super::{
    Case, Expects, answered, b64, bent, case, credential, digest, issuer, joined, payload, region, role, shown,
    stranger,
};
use sesame_protocol::credential::{issue, jws, key::SigningKey};

pub(super) fn cases() -> Vec<Case> {
    [cuts(), headers(), signatures(), payloads()].into_iter().flatten().collect()
}

fn plain(name: &'static str, text: String, refusal: &'static str) -> Case {
    Case { expects: Expects::Plain, ..case(name, text, refusal) }
}

fn cuts() -> Vec<Case> {
    let (good, sd_jwt) = (shown(&payload()), credential(&payload(), &[region(), role()]));
    let without_tilde = sd_jwt.trim_end_matches('~').to_owned();
    let token = sd_jwt.split('~').next().unwrap().to_owned();
    let many = joined(&token, &vec!["A".to_owned(); 257]);
    vec![
        case("nothing", String::new(), "Tilde"),
        case("a tilde", "~".to_owned(), "BindingMissing"),
        plain("a tilde and no key binding expected", "~".to_owned(), "Issued(Parts)"),
        plain("a token without a tilde", token.clone(), "Tilde"),
        plain("the last tilde missing", without_tilde, "Tilde"),
        case("a space at the end", format!("{good} "), "Character"),
        case("a line break between disclosures", good.replacen('~', "~\n", 1), "Character"),
        case("a letter that is not ASCII", good.replacen('~', "~é", 1), "Character"),
        case("padding", good.replacen('~', "=~", 1), "Character"),
        case("an empty disclosure", answered(&joined(&token, &[region(), String::new(), role()])), "EmptyDisclosure"),
        plain("more disclosures than any has", many, "TooManyDisclosures { count: 257 }"),
        plain("two parts of a token", "e30.e30~".to_owned(), "Issued(Parts)"),
        plain("four parts of a token", format!("{token}.AAAA~"), "Issued(Parts)"),
        plain(
            "the token of a holder as the issuer's",
            good.rsplit('~').next().unwrap().to_owned() + "~",
            "Issued(Signature)",
        ),
    ]
}

/// A credential under another header, signed by the issuer all the same.
fn under(header: &str) -> String {
    let signed = format!("{}.{}", b64(header.as_bytes()), b64(payload().to_string().as_bytes()));
    answered(&joined(&signed_by(&signed, &issuer()), &[region(), role()]))
}

/// Adds a signature to whatever is signed.
fn signed_by(signed: &str, key: &SigningKey) -> String {
    let SigningKey::Es256(key) = key else { unreachable!("all keys here are of P-256") };
    format!("{signed}.{}", b64(&key.sign(signed.as_bytes())))
}

fn headers() -> Vec<Case> {
    let long = format!(r#"{{"alg":"ES256","typ":"dc+sd-jwt","x":"{}"}}"#, "x".repeat(6_200));
    let other_type = r#"Issued(Type { expected: "dc+sd-jwt" })"#;
    vec![
        case("a header that is not JSON", under("x"), "Issued(Header(Syntax))"),
        case("a header that is a list", under("[]"), "Issued(Header(NotAnObject))"),
        case("a header with bits left over", answered("e31.e30.AA~"), r#"Issued(Base64 { part: "header" })"#),
        case("two algorithms", under(r#"{"alg":"none","alg":"ES256","typ":"dc+sd-jwt"}"#), "Issued(Header(NameTwice))"),
        case("a header that is too long", under(&long), "Issued(HeaderTooLarge { length: 8320 })"),
        case("no algorithm", under(r#"{"typ":"dc+sd-jwt"}"#), r#"Issued(Missing { member: "alg" })"#),
        case("an algorithm that is a number", under(r#"{"alg":7}"#), r#"Issued(Missing { member: "alg" })"#),
        case("the algorithm none", under(r#"{"alg":"none","typ":"dc+sd-jwt"}"#), "Issued(Unsigned)"),
        case("the algorithm NoNe", under(r#"{"alg":"NoNe","typ":"dc+sd-jwt"}"#), "Issued(Unsigned)"),
        case("another algorithm", under(r#"{"alg":"ES384","typ":"dc+sd-jwt"}"#), "Issued(Algorithm { key: Es256 })"),
        case(
            "EdDSA under a key of P-256",
            under(r#"{"alg":"EdDSA","typ":"dc+sd-jwt"}"#),
            "Issued(Algorithm { key: Es256 })",
        ),
        case(
            "the algorithm in small letters",
            under(r#"{"alg":"es256","typ":"dc+sd-jwt"}"#),
            "Issued(Algorithm { key: Es256 })",
        ),
        case(
            "an extension that must be understood",
            under(r#"{"alg":"ES256","crit":["b64"],"b64":false,"typ":"dc+sd-jwt"}"#),
            "Issued(Critical)",
        ),
        case("no type", under(r#"{"alg":"ES256"}"#), other_type),
        case("the type JWT", under(r#"{"alg":"ES256","typ":"JWT"}"#), other_type),
        case("the type of a holder's token", under(r#"{"alg":"ES256","typ":"kb+jwt"}"#), other_type),
        case(
            "a type that is a list",
            under(r#"{"alg":"ES256","typ":["dc+sd-jwt"]}"#),
            r#"Issued(Missing { member: "typ" })"#,
        ),
    ]
}

fn signatures() -> Vec<Case> {
    let token = jws::sign(payload().to_string().as_bytes(), &issuer(), issue::TYP, None);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let with = |signature: &str| answered(&joined(&format!("{signed}.{signature}"), &[region(), role()]));
    let other = jws::sign(payload().to_string().as_bytes(), &stranger(), issue::TYP, None);
    let changed = bent(|payload| payload["roles"][1] = "owner".into());
    let swapped = format!("{}.{}.{signature}", signed.split('.').next().unwrap(), b64(changed.to_string().as_bytes()));
    // HMAC-SHA256 needs a shared key; the public key is what everybody shares.
    let hmac = format!("{}.{}", b64(br#"{"alg":"HS256","typ":"dc+sd-jwt"}"#), signed.split('.').nth(1).unwrap());
    let hmac = format!("{hmac}.{}", digest(&hmac));
    vec![
        case("no signature", with(""), r#"Issued(Base64 { part: "signature" })"#),
        case("half a signature", with(&signature[..43]), r#"Issued(Base64 { part: "signature" })"#),
        case("a signature of zeros", with(&b64(&[0; 64])), "Issued(Signature)"),
        case(
            "a signature with bits left over",
            with(&(signature[..85].to_owned() + "_")),
            r#"Issued(Base64 { part: "signature" })"#,
        ),
        case("a stranger's signature", answered(&joined(&other, &[region(), role()])), "Issued(Signature)"),
        case("claims changed after signing", answered(&joined(&swapped, &[region(), role()])), "Issued(Signature)"),
        case(
            "HS256 with the public key",
            answered(&joined(&hmac, &[region(), role()])),
            "Issued(Algorithm { key: Es256 })",
        ),
    ]
}

fn payloads() -> Vec<Case> {
    let raw = |text: &str| answered(&joined(&jws::sign(text.as_bytes(), &issuer(), issue::TYP, None), &[]));
    let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(16), "]".repeat(16));
    let known = jws::sign(payload().to_string().as_bytes(), &SigningKey::es256([4; 32]), issue::TYP, None);
    vec![
        case("claims that are a list", raw("[]"), "Issued(Payload(NotAnObject))"),
        case("a claim twice", raw(r#"{"exp":1,"exp":1900000000}"#), "Issued(Payload(NameTwice))"),
        case("claims nested too deeply", raw(&deep), "Issued(Payload(TooDeep))"),
        case("claims with a lone surrogate", raw(r#"{"a":"\ud800"}"#), "Issued(Payload(Syntax))"),
        case("another issuer's key", answered(&joined(&known, &[])), "Issuer"),
        case(
            "an issuer that is not known",
            shown(&bent(|payload| payload["iss"] = "https://x.example".into())),
            "Issuer",
        ),
        case("an issuer that is a list", shown(&bent(|payload| payload["iss"] = json!([super::ISSUER]))), "Issuer"),
        case("an issuer that is null", shown(&bent(|payload| payload["iss"] = Value::Null)), "Issuer"),
        case(
            "no issuer",
            shown(&bent(|payload| payload.as_object_mut().unwrap().retain(|name, _| name != "iss"))),
            "Issuer",
        ),
        case("another hash", shown(&bent(|payload| payload["_sd_alg"] = "sha-512".into())), "Hash"),
        case("a hash that is a list", shown(&bent(|payload| payload["_sd_alg"] = json!(["sha-256"]))), "Hash"),
        case(
            "a hash below the top",
            shown(&bent(|payload| payload["a"] = json!({ "_sd_alg": "sha-256" }))),
            "HashNested",
        ),
    ]
}
