use std::panic::{AssertUnwindSafe, catch_unwind};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sesame_protocol::credential::jws;

use super::*;

fn pair() -> Pair {
    Pair { issuer: SigningKey::es256([1; 32]), holder: SigningKey::es256([2; 32]) }
}

fn shown_claims(claims: &Map<String, Value>) -> usize {
    claims.keys().filter(|name| name.starts_with("claim_")).count()
}

#[test]
fn the_peer_verifies_what_we_issue_and_show() {
    let pair = pair();
    let credential = pair.credential().unwrap();
    let sent = credential.present(&SHOWN, &binding(), &pair.holder).unwrap();
    let claims = theirs::verify(&sent, &theirs::public(&pair.issuer.public()).unwrap()).unwrap();
    let claims = claims.as_object().unwrap();
    assert_eq!(shown_claims(claims), SHOWN.len());
    for at in SHOWN {
        assert_eq!(claims[&name(at)], format!("value number {at}"));
    }
    // The peer's holder shows what our issuer issued, too.
    let one = Map::from_iter([(name(7), Value::Bool(true))]);
    let sent = theirs::present(credential.as_str().to_owned(), &one, &pair.holder).unwrap();
    let read = ours(&sent, &pair).unwrap();
    assert_eq!(shown_claims(&read), 1);
}

/// The peer writes no type into the issuer's token, and we demand one: the payload is signed again under a type, byte for
/// byte; everything else is the peer's.
#[test]
fn we_verify_what_the_peer_issues_and_shows() {
    let pair = pair();
    let issued = theirs::Issuer::new(&pair.issuer, &pair.holder, &claims()).unwrap().issue().unwrap();
    let shown = SHOWN.map(|at| (name(at), Value::Bool(true))).into_iter().collect();
    let untyped = theirs::present(issued.clone(), &shown, &pair.holder).unwrap();
    assert!(ours(&untyped, &pair).unwrap_err().to_string().contains("not of type dc+sd-jwt"));
    let typed = typed(&issued, &pair.issuer);
    let read = ours(&theirs::present(typed.clone(), &shown, &pair.holder).unwrap(), &pair).unwrap();
    assert_eq!(shown_claims(&read), SHOWN.len());
    assert_eq!(read["claim_33"], "value number 33");
    // Our holder shows what the peer issued, too.
    let credential = Credential::accept(typed.as_bytes(), &demand(&pair.issuers()), &pair.holder.public()).unwrap();
    let places = SHOWN.map(|at| credential.find(&format!("/{}", name(at))).unwrap());
    let sent = credential.present(&places, &binding(), &pair.holder).unwrap();
    assert_eq!(shown_claims(&ours(&sent, &pair).unwrap()), SHOWN.len());
    assert!(theirs::verify(&sent, &theirs::public(&pair.issuer.public()).unwrap()).is_ok());
}

/// What every forgery of `tests/vectors` is to the peer; ours refuses all of them, which the vectors themselves hold.
#[test]
fn forgeries_are_counted_that_the_peer_believes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/sd_jwt_forged.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let key = theirs::public(&sesame_protocol::credential::jwk::from_jwk(&all["issuer_jwk"]).unwrap()).unwrap();
    let cases = all["cases"].as_array().unwrap();
    let mut believed = Vec::new();
    let mut panicked = Vec::new();
    for case in cases {
        let of = |name: &str| case[name].as_str().unwrap();
        let is_plain = of("expects") == "plain";
        let (audience, nonce) = if is_plain { (None, None) } else { (all["audience"].as_str(), all["nonce"].as_str()) };
        match catch_unwind(AssertUnwindSafe(|| theirs::check(of("text"), &key, audience, nonce).is_ok())) {
            Ok(true) => believed.push(of("name")),
            Ok(false) => {}
            Err(_) => panicked.push(of("name")),
        }
    }
    println!("of {} forgeries sd-jwt-rs believes {}:\n  {}", cases.len(), believed.len(), believed.join("\n  "));
    println!("and panics at {}:\n  {}", panicked.len(), panicked.join("\n  "));
    // The peer checks signatures: if it believed or refused everything, the question would be put wrongly.
    assert!(believed.len() < cases.len() / 2 && !believed.contains(&"a stranger's signature"));
}

/// The claims of a presentation, by us, made at any time up to now.
fn ours(text: &str, pair: &Pair) -> Result<Map<String, Value>> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let issuers = pair.issuers();
    let expected = Expected {
        credential: demand(&issuers),
        audience: AUDIENCE,
        nonce: NONCE,
        earliest: Timestamp::from_seconds(1_700_000_000),
        latest: Timestamp::from_seconds(now.as_secs()),
        transaction: None,
    };
    Ok(Presentation::read(text.as_bytes())?.verify(&expected)?.claims().clone())
}

/// The issuer's payload under a header with a type.
fn typed(issued: &str, key: &SigningKey) -> String {
    let (token, disclosures) = issued.split_once('~').unwrap();
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    format!("{}~{disclosures}", jws::sign(&payload, key, issue::TYP, None))
}
