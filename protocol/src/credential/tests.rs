use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::{Map, Value, json};

use super::{
    Demand, Error, Expected, Issuer, Presentation, TransactionHash,
    hold::{self, Binding, Credential},
    issue::{self, Template},
    key::{PublicKey, SigningKey},
};
use crate::{
    limits::{CREDENTIAL_BYTES_MAX, DEPTH_MAX, DISCLOSURES_MAX},
    time::Timestamp,
};

mod keys;
mod several;

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);
const END: Timestamp = Timestamp::from_seconds(1_900_000_000);

fn issuer() -> SigningKey {
    SigningKey::es256([1; 32])
}

fn holder() -> SigningKey {
    SigningKey::es256([2; 32])
}

fn chance() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([3; 32])
}

fn claims() -> Map<String, Value> {
    let claims = json!({
        "region": "Rhône",
        "yearly_kwh": 4120,
        "address": { "street": "12 rue de la Paix", "city": "Lyon", "a/b~c": true },
        "roles": ["tenant", "payer"],
    });
    claims.as_object().unwrap().clone()
}

fn template<'a>(claims: Map<String, Value>, disclosable: &'a [&'a str], holder: &'a PublicKey) -> Template<'a> {
    Template {
        issuer: "https://grid.example",
        vct: "urn:example:meter",
        issued: NOW,
        not_before: Some(NOW),
        expires: Some(END),
        holder,
        claims,
        disclosable,
        digests: 8,
    }
}

fn issued(claims: Map<String, Value>, disclosable: &[&str]) -> Result<String, issue::Error> {
    issue::issue(template(claims, disclosable, &holder().public()), &issuer(), None, &mut chance())
}

fn trusted() -> [Issuer<'static>; 1] {
    [Issuer { name: Some("https://grid.example"), key: issuer().public() }]
}

fn demand<'a>(issuers: &'a [Issuer<'a>]) -> Demand<'a> {
    Demand { issuers, typ: issue::TYP, vct: Some("urn:example:meter"), required: &["exp"], now: NOW }
}

fn expected<'a>(issuers: &'a [Issuer<'a>]) -> Expected<'a> {
    Expected {
        credential: demand(issuers),
        audience: "https://shop.example",
        nonce: "n-0S6",
        earliest: NOW,
        latest: NOW,
        transaction: None,
    }
}

fn binding() -> Binding<'static> {
    Binding { audience: "https://shop.example", nonce: "n-0S6", issued: NOW, transaction: None }
}

fn accepted(text: &str) -> Credential {
    Credential::accept(text.as_bytes(), &demand(&trusted()), &holder().public()).unwrap()
}

const EVERYTHING: [&str; 6] = ["/region", "/yearly_kwh", "/address", "/address/street", "/address/a~1b~0c", "/roles/1"];

#[test]
fn what_is_shown_is_read_and_nothing_else() {
    let credential = accepted(&issued(claims(), &EVERYTHING).unwrap());
    let shown = [credential.find("/address").unwrap(), credential.find("/address/a~1b~0c").unwrap()];
    let sent = credential.present(&shown, &binding(), &holder()).unwrap();
    let read = Presentation::read(sent.as_bytes()).unwrap().verify(&expected(&trusted())).unwrap();
    assert_eq!(
        Value::Object(read.claims().clone()),
        json!({
            "iss": "https://grid.example", "vct": "urn:example:meter",
            "iat": 1_800_000_000, "nbf": 1_800_000_000, "exp": 1_900_000_000,
            "cnf": { "jwk": super::jwk::to_jwk(&holder().public()) },
            "address": { "city": "Lyon", "a/b~c": true },
            "roles": ["tenant"],
        })
    );
    assert_eq!(read.issuer(), &issuer().public());
    assert_eq!(read.holder(), Some(&holder().public()));
    assert_eq!(read.answered(), Some(NOW));
}

#[test]
fn everything_shown_is_what_was_stated() {
    let credential = accepted(&issued(claims(), &EVERYTHING).unwrap());
    let all: Vec<usize> = (0..EVERYTHING.len()).collect();
    let sent = credential.present(&all, &binding(), &holder()).unwrap();
    let read = Presentation::read(sent.as_bytes()).unwrap().verify(&expected(&trusted())).unwrap();
    for (name, value) in claims() {
        assert_eq!(read.claims()[&name], value);
    }
    assert_eq!(credential.claims(), read.claims());
}

#[test]
fn a_holder_sees_where_each_disclosure_belongs() {
    let credential = accepted(&issued(claims(), &EVERYTHING).unwrap());
    let mut paths: Vec<_> = credential.disclosures().iter().map(hold::Disclosure::path).collect();
    paths.sort_unstable();
    let mut wanted = EVERYTHING.to_vec();
    wanted.sort_unstable();
    assert_eq!(paths, wanted);
    let of = |path: &str| &credential.disclosures()[credential.find(path).unwrap()];
    assert_eq!(of("/address").value(), &json!({ "city": "Lyon" }));
    assert_eq!(of("/address/street").parent(), credential.find("/address"));
    assert_eq!(of("/roles/1").value(), "payer");
    assert_eq!(of("/region").parent(), None);
    assert_eq!(credential.find("/nothing"), None);
}

#[test]
fn what_is_within_something_is_shown_only_with_it() {
    let credential = accepted(&issued(claims(), &EVERYTHING).unwrap());
    let (street, address) = (credential.find("/address/street").unwrap(), credential.find("/address").unwrap());
    let refused = |shown: &[usize]| credential.prepare(shown, &binding()).map(|_| ()).unwrap_err();
    assert_eq!(refused(&[street]), hold::Error::Orphan { place: street, parent: address });
    assert_eq!(refused(&[address, address]), hold::Error::Twice { place: address });
    assert_eq!(refused(&[6]), hold::Error::NoSuch { place: 6, count: 6 });
    assert!(credential.prepare(&[street, address], &binding()).is_ok());
}

#[test]
fn a_credential_comes_back_from_the_store() {
    let text = issued(claims(), &EVERYTHING).unwrap();
    let (credential, stored) = (accepted(&text), Credential::from_store(text.as_bytes()).unwrap());
    assert_eq!(stored.as_str(), text);
    assert_eq!(stored.claims(), credential.claims());
    assert_eq!(stored.disclosures(), credential.disclosures());
    let region = stored.find("/region").unwrap();
    let present = |credential: &Credential| credential.present(&[region], &binding(), &holder()).unwrap();
    assert_eq!(present(&stored), present(&credential));
}

#[test]
fn a_holder_refuses_what_is_not_for_keeping() {
    let text = issued(claims(), &EVERYTHING).unwrap();
    let trusted = trusted();
    let accept = |text: &str, key: &SigningKey| {
        Credential::accept(text.as_bytes(), &demand(&trusted), &key.public()).map(|_| ()).unwrap_err()
    };
    let shown = accepted(&text).present(&[], &binding(), &holder()).unwrap();
    assert_eq!(accept(&shown, &holder()), hold::Error::Shown);
    assert_eq!(Credential::from_store(shown.as_bytes()).map(|_| ()), Err(hold::Error::Shown));
    assert_eq!(accept(&text, &issuer()), hold::Error::OtherHolder);
    let stranger = [Issuer { key: holder().public(), ..trusted[0] }];
    let refused = Credential::accept(text.as_bytes(), &demand(&stranger), &holder().public()).map(|_| ());
    assert_eq!(refused, Err(Error::Issued(super::jws::Error::Signature).into()));
    let prepared = accepted(&text).present(&[], &binding(), &issuer());
    assert_eq!(prepared, Err(hold::Error::OtherHolder));
}

#[test]
fn an_agreement_is_bound_into_the_answer() {
    let credential = accepted(&issued(claims(), &EVERYTHING).unwrap());
    let agreed = TransactionHash::of("eyJ0eXBlIjoidXJuOnNlc2FtZTphZ3JlZW1lbnQ6MSJ9");
    let sent = credential.present(&[], &Binding { transaction: Some(agreed), ..binding() }, &holder()).unwrap();
    let trusted = trusted();
    let verify = |transaction| {
        let expected = Expected { transaction, ..expected(&trusted) };
        Presentation::read(sent.as_bytes()).unwrap().verify(&expected).map(|_| ())
    };
    assert_eq!(verify(Some(agreed)), Ok(()));
    assert_eq!(verify(Some(TransactionHash::of("another"))), Err(Error::Transaction));
    assert_eq!(verify(None), Err(Error::TransactionUnasked));
}

#[test]
fn the_number_of_digests_tells_nothing() {
    for count in 0..=8 {
        let names: Vec<String> = (0..count).map(|at| format!("claim{at}")).collect();
        let claims = names.iter().map(|name| (name.clone(), json!(1))).collect();
        let pointers: Vec<String> = names.iter().map(|name| format!("/{name}")).collect();
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        let text = issued(claims, &pointers).unwrap();
        let payload = super::base64url::decode(text.split('.').nth(1).unwrap()).unwrap();
        let payload: Value = serde_json::from_slice(&payload).unwrap();
        let digests: Vec<&str> = payload["_sd"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        assert_eq!(digests.len(), 8);
        assert!(digests.is_sorted() && digests.iter().all(|digest| digest.len() == 43));
        assert_eq!(text.matches('~').count(), count + 1);
    }
}

/// A postcode has few values; without the salt none of them gives the digest.
#[test]
fn what_is_hidden_cannot_be_guessed_without_its_salt() {
    let claims = json!({ "postcode": "69001" }).as_object().unwrap().clone();
    let text = issued(claims, &["/postcode"]).unwrap();
    let payload = super::base64url::decode(text.split('.').nth(1).unwrap()).unwrap();
    let payload: Value = serde_json::from_slice(&payload).unwrap();
    let digests: Vec<&[u8]> =
        payload["_sd"].as_array().unwrap().iter().map(|digest| digest.as_str().unwrap().as_bytes()).collect();
    for guess in 60_000..70_000 {
        for salt in ["", "AAAAAAAAAAAAAAAAAAAAAA"] {
            let guess = super::base64url::encode(format!(r#"["{salt}","postcode","{guess}"]"#).as_bytes());
            assert!(!digests.contains(&super::disclosure::digest(guess.as_bytes()).as_slice()));
        }
    }
    // The question itself can be answered with yes.
    let disclosure = text.split('~').nth(1).unwrap();
    assert!(digests.contains(&super::disclosure::digest(disclosure.as_bytes()).as_slice()));
}

#[test]
fn nothing_is_issued_that_could_not_be_read() {
    let refused =
        |claims: Value, disclosable: &[&str]| issued(claims.as_object().unwrap().clone(), disclosable).unwrap_err();
    for claim in ["iss", "iat", "nbf", "exp", "vct", "cnf", "_sd", "_sd_alg", "..."] {
        assert_eq!(refused(json!({ claim: 1 }), &[]), issue::Error::Reserved { claim: claim.to_owned() });
    }
    for claim in ["_sd", "...", "_sd_alg"] {
        assert_eq!(refused(json!({ "a": [{ claim: 1 }] }), &[]), issue::Error::Reserved { claim: claim.to_owned() });
    }
    for pointer in ["/status", "/iss", "/exp", "/nbf", "/cnf/jwk", "/vct", "/aud/0"] {
        assert!(matches!(refused(json!({ "status": 1 }), &[pointer]), issue::Error::Protected { .. }), "{pointer}");
    }
    for pointer in ["", "/", "a", "/b", "/a/0", "/a/"] {
        let pointer_owned = pointer.to_owned();
        assert_eq!(refused(json!({ "a": 1 }), &[pointer]), issue::Error::NoSuch { pointer: pointer_owned });
    }
    assert_eq!(refused(json!({ "a": 1 }), &["/a", "/a"]), issue::Error::Twice { pointer: "/a".to_owned() });
    let nested = (0..DEPTH_MAX).fold(json!(1), |inside, _| json!([inside]));
    assert_eq!(refused(json!({ "a": nested }), &[]), issue::Error::TooDeep);
    let long = json!({ "a": "x".repeat(CREDENTIAL_BYTES_MAX) });
    assert!(matches!(refused(long, &[]), issue::Error::TooLarge { .. }));
    let many: Map<String, Value> = (0..9).map(|at| (at.to_string(), json!(1))).collect();
    let pointers: Vec<String> = many.keys().map(|name| format!("/{name}")).collect();
    let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
    assert_eq!(issued(many, &pointers), Err(issue::Error::TooManyDigests { needed: 9, allowed: 8 }));
    let holder = holder().public();
    let template = Template { digests: DISCLOSURES_MAX + 1, ..template(Map::new(), &[], &holder) };
    let refused = issue::issue(template, &issuer(), None, &mut chance());
    assert_eq!(refused, Err(issue::Error::TooManyDigests { needed: 257, allowed: 256 }));
}

#[test]
fn the_deepest_claims_that_are_issued_are_read() {
    let nested = (0..DEPTH_MAX - 3).fold(json!({ "hidden": 1 }), |inside, _| json!([inside]));
    let pointer = "/a".to_owned() + &"/0".repeat(DEPTH_MAX - 3) + "/hidden";
    let claims = json!({ "a": nested }).as_object().unwrap().clone();
    let credential = accepted(&issued(claims.clone(), &[&pointer]).unwrap());
    assert_eq!(credential.claims()["a"], claims["a"]);
}

#[test]
fn bounds_are_kept_before_anything_is_read() {
    let length = CREDENTIAL_BYTES_MAX + 1;
    let refused = |bytes: &[u8]| Presentation::read(bytes).map(|_| ()).unwrap_err();
    assert_eq!(refused(&vec![b'~'; length]), Error::TooLarge { length });
    let many = "a.b.c~".to_owned() + &"A~".repeat(DISCLOSURES_MAX + 1);
    assert_eq!(refused(many.as_bytes()), Error::TooManyDisclosures { count: DISCLOSURES_MAX + 1 });
}

#[test]
fn nothing_secret_is_shown_by_debug() {
    let credential = accepted(&issued(claims(), &EVERYTHING).unwrap());
    let sent = credential.present(&[credential.find("/region").unwrap()], &binding(), &holder()).unwrap();
    let presentation = Presentation::read(sent.as_bytes()).unwrap();
    let shown = format!("{presentation:?} {credential:?} {:?} {:?}", credential.disclosures(), holder());
    let read = presentation.verify(&expected(&trusted())).unwrap();
    let shown = format!("{shown} {:?}", *read);
    for value in ["Lyon", "Rhône", "tenant", "4120"] {
        assert!(!shown.contains(value), "{shown}");
    }
    assert!(shown.contains("redacted"));
}

/// Values as deep as a credential may hold, and deeper.
fn json_values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec(("[a-z/~_.]{0,4}", inner), 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Every pointer into a value, of which some are chosen by bits.
fn pointers(value: &Value, path: &str, out: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(map) => {
            map.iter().map(|(name, value)| (super::json::escaped(name).into_owned(), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in members {
        let path = format!("{path}/{step}");
        pointers(value, &path, out);
        out.push(path);
    }
}

proptest! {
    #[test]
    fn any_claims_come_back_whole_and_in_parts(
        members in vec(("[a-z/~.]{1,4}", json_values()), 0..6),
        chosen: u64,
        shown: u64,
    ) {
        let claims: Map<String, Value> = members.into_iter().collect();
        let mut all = Vec::new();
        pointers(&Value::Object(claims.clone()), "", &mut all);
        let picked: Vec<&str> = all.iter().enumerate()
            .filter(|(at, _)| chosen >> (at % 64) & 1 == 1)
            .map(|(_, pointer)| pointer.as_str())
            .take(8)
            .collect();
        let Ok(text) = issued(claims.clone(), &picked) else { return Ok(()) };
        let credential = accepted(&text);
        for (name, value) in &claims {
            prop_assert_eq!(&credential.claims()[name], value);
        }
        let mut paths: Vec<&str> = credential.disclosures().iter().map(hold::Disclosure::path).collect();
        let mut wanted = picked.clone();
        paths.sort_unstable();
        wanted.sort_unstable();
        prop_assert_eq!(paths, wanted);
        let places: Vec<usize> = (0..picked.len()).filter(|at| shown >> at & 1 == 1).collect();
        if let Ok(sent) = credential.present(&places, &binding(), &holder()) {
            let read = Presentation::read(sent.as_bytes()).unwrap().verify(&expected(&trusted()));
            let read = read.unwrap().into_inner();
            let hidden = (0..picked.len()).filter(|at| !places.contains(at));
            for path in hidden.map(|at| credential.disclosures()[at].path()).filter(|path| path.matches('/').count() == 1) {
                prop_assert!(!read.claims().contains_key(&path[1..].replace("~1", "/").replace("~0", "~")));
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, text in "[A-Za-z0-9_.~-]{0,200}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            if let Ok(presentation) = Presentation::read(bytes) {
                prop_assert!(presentation.verify(&expected(&trusted())).is_err());
            }
            prop_assert!(Credential::from_store(bytes).is_err());
        }
    }

    #[test]
    fn no_changed_byte_is_believed(at: proptest::sample::Index, byte in 0x21_u8..0x7f) {
        let credential = accepted(&issued(claims(), &EVERYTHING).unwrap());
        let shown = ["/region", "/yearly_kwh"].map(|path| credential.find(path).unwrap());
        let mut sent = credential.present(&shown, &binding(), &holder()).unwrap().into_bytes();
        let at = at.index(sent.len());
        let is_same = sent[at] == byte;
        sent[at] = byte;
        let read = Presentation::read(&sent).and_then(|sent| sent.verify(&expected(&trusted())));
        prop_assert_eq!(read.is_ok(), is_same);
    }

    /// Signed by the issuer, and still anything: claims that nobody would make on purpose.
    #[test]
    fn no_signed_claims_panic(payload in json_values(), disclosures in vec(json_values(), 0..3)) {
        let texts: Vec<String> = disclosures.iter()
            .map(|value| super::base64url::encode(value.to_string().as_bytes()))
            .collect();
        let mut payload = json!({ "x": payload });
        payload["_sd"] = texts.iter().map(|text| {
            String::from_utf8(super::disclosure::digest(text.as_bytes()).to_vec()).unwrap()
        }).collect();
        let token = super::jws::sign(payload.to_string().as_bytes(), &issuer(), issue::TYP, None);
        let text = token + "~" + &texts.join("~") + if texts.is_empty() { "" } else { "~" };
        let demand = Demand {
            issuers: &[Issuer { name: None, key: issuer().public() }], vct: None, required: &[], ..demand(&[])
        };
        let _ = Presentation::read(text.as_bytes()).unwrap().verify_unbound(&demand);
    }
}
