//! Disclosures, digests and validity: section 7.1 steps 3 to 6.

use serde_json::{Value, json};

use super::{Case, answered, b64, bent, case, credential, digest, disclosure, holder, payload, region, role, shown};
use sesame_protocol::credential::jwk;

pub(super) fn cases() -> Vec<Case> {
    [digests(), disclosures(), names(), protected(), references(), validity(), types()].into_iter().flatten().collect()
}

/// A disclosure at the top, in the claims and sent.
fn top(text: &str) -> String {
    let payload = bent(|payload| payload["_sd"] = json!([digest(text)]));
    answered(&credential(&payload, &[text.to_owned()]))
}

/// A disclosure of an element, in the claims and sent.
fn element(text: &str) -> String {
    let payload = bent(|payload| payload["roles"] = json!([{ "...": digest(text) }]));
    answered(&credential(&payload, &[text.to_owned()]))
}

fn digests() -> Vec<Case> {
    let with = |claim: &str, value: Value| shown(&bent(|payload| payload[claim] = value));
    let two = json!([{ "...": digest(&role()), "more": 1 }]);
    vec![
        case("digests that are a text", with("_sd", "AAAA".into()), "Digests"),
        case("a digest that is a number", with("_sd", json!([digest(&region()), 7])), "Digests"),
        case("digests that are an object", with("a", json!({ "_sd": {} })), "Digests"),
        case("an ellipsis at the top", with("...", digest(&role()).into()), "Ellipsis"),
        case("an ellipsis in an object", with("a", json!({ "...": digest(&role()) })), "Ellipsis"),
        case("an ellipsis with something beside it", with("roles", two), "Ellipsis"),
        case("an ellipsis that is a number", with("roles", json!([{ "...": 7 }])), "Ellipsis"),
        case("an ellipsis that is a list", with("roles", json!([{ "...": [digest(&role())] }])), "Ellipsis"),
    ]
}

fn disclosures() -> Vec<Case> {
    let twice = b64(br#"["s","a",{"x":1,"x":2}]"#);
    let deep = json!(["s", "a", (0..16).fold(json!(1), |inside, _| json!([inside]))]);
    let arity = |found: u8| match found {
        0 => "Arity { expected: 3, found: 0 }",
        2 => "Arity { expected: 3, found: 2 }",
        _ => "Arity { expected: 3, found: 4 }",
    };
    vec![
        case("a disclosure with bits left over", top("WyJzIl1"), "NotADisclosure"),
        case("a disclosure with dots", top("a.b.c"), "NotADisclosure"),
        case("a disclosure that is not JSON", top(&b64(b"region")), "NotADisclosure"),
        case("a disclosure with something after it", top(&b64(br#"["s","a",1] 2"#)), "NotADisclosure"),
        case("a disclosure with a name twice", top(&twice), "NotADisclosure"),
        case("a disclosure nested too deeply", top(&disclosure(&deep)), "TooDeep"),
        case("a disclosure that is an object", top(&disclosure(&json!({ "a": 1 }))), arity(0)),
        case("an element where a claim belongs", top(&disclosure(&json!(["s", "tenant"]))), arity(2)),
        case("a disclosure of four", top(&disclosure(&json!(["s", "a", 1, 2]))), arity(4)),
        case(
            "a claim where an element belongs",
            element(&disclosure(&json!(["s", "a", 1]))),
            "Arity { expected: 2, found: 3 }",
        ),
        case("a disclosure of one", element(&disclosure(&json!(["s"]))), "Arity { expected: 2, found: 1 }"),
        case("a salt that is a number", top(&disclosure(&json!([7, "a", 1]))), "Salt"),
        case("a salt of an element that is null", element(&disclosure(&json!([null, 1]))), "Salt"),
        case("a name that is a number", top(&disclosure(&json!(["s", 7, 1]))), "Name"),
    ]
}

fn names() -> Vec<Case> {
    let named = |name: &str| top(&disclosure(&json!(["s", name, ["x"]])));
    let (one, two) = (disclosure(&json!(["s", "a", 1])), disclosure(&json!(["t", "a", 1])));
    let both = bent(|payload| payload["_sd"] = json!([digest(&one), digest(&two)]));
    let inner = disclosure(&json!(["s", "street", "x"]));
    let nested = bent(|payload| payload["address"] = json!({ "_sd": [digest(&inner)], "street": "y" }));
    vec![
        case("a claim called _sd", named("_sd"), "ReservedName"),
        case("a claim called ...", named("..."), "ReservedName"),
        case("a claim called _sd_alg", named("_sd_alg"), "ReservedName"),
        case("a name that is taken by a plain claim", named("roles"), "NameTaken"),
        case("a name that is taken by a disclosure", answered(&credential(&both, &[one, two])), "NameTaken"),
        case("a name that is taken below the top", answered(&credential(&nested, &[inner])), "NameTaken"),
    ]
}

fn protected() -> Vec<Case> {
    let hidden = |claim: &str, value: Value| {
        let text = disclosure(&json!(["s", claim, value]));
        let payload = bent(|payload| {
            payload.as_object_mut().unwrap().remove(claim);
            payload["_sd"] = json!([digest(&text)]);
        });
        answered(&credential(&payload, &[text]))
    };
    let key = json!({ "jwk": jwk::to_jwk(&holder().public()) });
    let jwk = disclosure(&json!(["s", "jwk", jwk::to_jwk(&holder().public())]));
    let within = bent(|payload| payload["cnf"] = json!({ "_sd": [digest(&jwk)] }));
    let status = bent(|payload| payload["status"] = json!({ "status_list": { "_sd": [digest("x")] } }));
    vec![
        case("a hidden end", hidden("exp", 1_900_000_000.into()), r#"Protected { claim: "exp" }"#),
        case("a hidden beginning", hidden("nbf", 1_700_000_000.into()), r#"Protected { claim: "nbf" }"#),
        case("a hidden key", hidden("cnf", key), r#"Protected { claim: "cnf" }"#),
        case("a hidden type", hidden("vct", super::VCT.into()), r#"Protected { claim: "vct" }"#),
        case("a hidden audience", hidden("aud", super::AUDIENCE.into()), r#"Protected { claim: "aud" }"#),
        case("a hidden status", hidden("status", json!({})), r#"Protected { claim: "status" }"#),
        case("a key hidden in its claim", answered(&credential(&within, &[jwk])), r#"Protected { claim: "cnf" }"#),
        case("a status hidden in part", answered(&credential(&status, &[])), r#"Protected { claim: "status" }"#),
    ]
}

fn references() -> Vec<Case> {
    let other = disclosure(&json!(["AAAAAAAAAAAAAAAAAAAAAA", "region", "Loire"]));
    let spaced = b64(br#"["AAAAAAAAAAAAAAAAAAAAAA", "region", "Rh\u00f4ne"]"#);
    let with = |disclosures: &[String]| answered(&credential(&payload(), disclosures));
    let decoys = bent(|payload| payload["_sd"] = json!([digest("decoy"), digest("decoy")]));
    let places = bent(|payload| payload["a"] = json!({ "_sd": [digest(&region())] }));
    let elements = bent(|payload| payload["roles"] = json!([{ "...": digest(&role()) }, { "...": digest(&role()) }]));
    let child = disclosure(&json!(["s", "street", "x"]));
    let parent = disclosure(&json!(["s", "address", { "_sd": [digest(&child)] }]));
    let recursive = bent(|payload| payload["_sd"] = json!([digest(&parent)]));
    let ring = disclosure(&json!(["s", "b", { "_sd": [digest(&child), digest(&region())] }]));
    let again = bent(|payload| payload["_sd"] = json!([digest(&ring), digest(&region())]));
    let chain = (0..16).fold(vec![disclosure(&json!(["s", "a", {}]))], |mut chain: Vec<String>, _| {
        chain.push(disclosure(&json!(["s", "a", { "_sd": [digest(chain.last().unwrap())] }])));
        chain
    });
    let deep = bent(|payload| payload["_sd"] = json!([digest(chain.last().unwrap())]));
    vec![
        case("a disclosure twice", with(&[region(), region()]), "DisclosedTwice"),
        case("a value exchanged", with(&[other, role()]), "Unreferenced"),
        case("the same claim written in another way", with(&[spaced]), "Unreferenced"),
        case("a disclosure of another credential", with(&[region(), child.clone()]), "Unreferenced"),
        case("a digest instead of a disclosure", with(&[digest(&region())]), "Unreferenced"),
        case("a child without its parent", answered(&credential(&recursive, &[child])), "Unreferenced"),
        case("a decoy twice", answered(&credential(&decoys, &[])), "DigestTwice"),
        case("a digest in two objects", answered(&credential(&places, &[region()])), "DigestTwice"),
        case("a digest in two objects, not disclosed", answered(&credential(&places, &[])), "DigestTwice"),
        case("a digest in two elements", answered(&credential(&elements, &[role()])), "DigestTwice"),
        case("a digest again within a disclosure", answered(&credential(&again, &[ring, region()])), "DigestTwice"),
        case("disclosures within each other, too deep", answered(&credential(&deep, &chain)), "TooDeep"),
    ]
}

fn validity() -> Vec<Case> {
    let with = |claim: &str, value: Value| shown(&bent(|payload| payload[claim] = value));
    let without = |claim: &str| {
        shown(&bent(|payload| {
            payload.as_object_mut().unwrap().remove(claim);
        }))
    };
    let expired = "Expired { at: Timestamp(1700000000000) }";
    let early = "NotYetValid { at: Timestamp(1850000000000) }";
    vec![
        case("expired", with("exp", 1_700_000_000.into()), expired),
        case("expired this second", with("exp", 1_800_000_000.into()), "Expired { at: Timestamp(1800000000000) }"),
        case("not yet valid", with("nbf", 1_850_000_000.into()), early),
        case("an end that is a text", with("exp", "1900000000".into()), r#"NotADate { claim: "exp" }"#),
        case("an end with a fraction", with("exp", json!(1_900_000_000.5)), r#"NotADate { claim: "exp" }"#),
        case("a beginning before 1970", with("nbf", (-1).into()), r#"NotADate { claim: "nbf" }"#),
        case("a date of issue that is null", with("iat", Value::Null), r#"NotADate { claim: "iat" }"#),
        case("no end", without("exp"), r#"Missing { claim: "exp" }"#),
        case("for somebody else", with("aud", "https://x.example".into()), "Audience"),
        case("for a list of others", with("aud", json!(["https://x.example"])), "Audience"),
        case("for nobody", with("aud", json!([])), "Audience"),
    ]
}

fn types() -> Vec<Case> {
    let with = |claim: &str, value: Value| shown(&bent(|payload| payload[claim] = value));
    let without = |claim: &str| {
        shown(&bent(|payload| {
            payload.as_object_mut().unwrap().remove(claim);
        }))
    };
    let key = |change: fn(&mut Value)| {
        let mut key = jwk::to_jwk(&holder().public());
        change(&mut key);
        with("cnf", json!({ "jwk": key }))
    };
    vec![
        case("another type of credential", with("vct", "urn:example:pass".into()), "Type"),
        case("no type of credential", without("vct"), r#"Missing { claim: "vct" }"#),
        case("no key of the holder", without("cnf"), r#"Missing { claim: "cnf" }"#),
        case("a key by name", with("cnf", json!({ "kid": "1" })), r#"Holder(Missing { member: "jwk" })"#),
        case("two keys", with("cnf", json!({ "jwk": {}, "kid": "1" })), "Holder(Unknown)"),
        case("a key that is a text", with("cnf", "key".into()), "Holder(NotAnObject)"),
        case("a key with its secret", key(|key| key["d"] = "AAAA".into()), "Holder(Unknown)"),
        case("a key off the curve", key(|key| key["y"] = key["x"].clone()), "Holder(Key(NotAPoint))"),
        case("a key of another curve", key(|key| key["crv"] = "P-384".into()), "Holder(Kind)"),
        case("a shared key", key(|key| *key = json!({ "kty": "oct", "crv": "", "k": "AAAA" })), "Holder(Kind)"),
    ]
}
