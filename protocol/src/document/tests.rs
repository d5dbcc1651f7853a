use std::collections::BTreeMap;

use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::{
    key::{Commitment, IdentityId, Seed},
    market::Market,
    seal,
    subject::Subject,
};

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn key() -> SigningKey {
    Seed::from_entropy([1; 32]).online(0).persona(4, 2026)
}

fn recommendation(subject: &str) -> Recommendation {
    Recommendation {
        subject: Subject::parse(subject).unwrap(),
        market: Some(Market::parse("04.5.1").unwrap()),
        marks: Marks { overall: Some(100), price: Some(99), quality: Some(80), service: Some(24), honesty: Some(0) },
        text: String::new(),
        version: NOW.seconds(),
        until: NOW.plus(days(365)),
    }
}

fn card(person: bool) -> (Card, SigningKey) {
    let root = Seed::from_entropy([1; 32]).rotation();
    let card = Card {
        epoch: 0,
        identity: root.inception().id(),
        next: root.commitment(0),
        name: "Zoé Martin".into(),
        person,
        seal: SealKey { epoch: 3, key: seal::SecretKey::from_bytes([5; 32]).public(), until: NOW.plus(days(30)) },
        device: [6; 32],
        addresses: vec!["/ip4/192.0.2.1/udp/4001/quic-v1".into()],
        version: NOW.seconds(),
        until: NOW.plus(days(90)),
    };
    (card, root.identity(0))
}

fn profile() -> Profile {
    Profile {
        identity: IdentityId::from_bytes([1; 32]),
        name: "Énergie du Bourg".into(),
        subjects: vec![Subject::parse("domain:example.org").unwrap(), Subject::parse("siren:552081317").unwrap()],
        terms: vec!["SD-BASE".into()],
        uses: vec!["quote".into()],
        markets: vec![Market::parse("04.5.1").unwrap()],
        fields: BTreeMap::from([("legal.name".into(), "Énergie du Bourg SA".into())]),
        version: NOW.seconds(),
        until: NOW.plus(days(700)),
    }
}

fn bodies() -> Vec<(Body, SigningKey)> {
    let said = Document::sign(Body::Recommendation(recommendation("siren:552081317")), &key()).unwrap();
    let (card, identity) = card(true);
    vec![
        (Body::Card(card), identity),
        (Body::Profile(profile()), key()),
        (Body::Recommendation(recommendation("domain:example.org")), key()),
        (Body::Retraction(Retraction::of(&said, NOW)), key()),
    ]
}

fn refused(body: Body) -> Error {
    Document::sign(body, &key()).unwrap_err()
}

#[test]
fn every_kind_comes_back_as_it_was_signed() {
    for (body, key) in bodies() {
        let document = Document::sign(body.clone(), &key).unwrap();
        let read = Document::decode(document.bytes(), NOW).unwrap().verify().unwrap();
        assert_eq!(read, document);
        assert_eq!(read.body(), &body);
        assert_eq!(read.author(), &key.public());
        assert_eq!(Document::from_store(document.bytes()).unwrap(), *document);
        assert_eq!(document.id(), DocumentId::from_cid(&document.id().to_cid()).unwrap());
    }
}

#[test]
fn a_flipped_bit_anywhere_is_noticed() {
    for (body, key) in bodies() {
        let document = Document::sign(body, &key).unwrap();
        for at in 0..document.bytes().len() {
            let mut bytes = document.bytes().to_vec();
            bytes[at] ^= 1;
            let read = Document::decode(&bytes, NOW).and_then(Unverified::verify);
            assert!(read.is_err(), "byte {at}");
        }
    }
}

/// The budget that lets a node hold tens of thousands: a subject of a register, a class, five marks, no text.
#[test]
fn a_recommendation_without_text_takes_at_most_170_bytes() {
    for subject in [
        "siren:552081317",
        "siret:55208131766522",
        "lei:529900T8BM49AURSDO55",
        "gtin:3017620422003",
        "rna:W751004076",
        "domain:boulangeries.com",
    ] {
        let document = Document::sign(Body::Recommendation(recommendation(subject)), &key()).unwrap();
        assert!(document.bytes().len() <= 170, "{subject}: {} bytes", document.bytes().len());
    }
}

#[test]
fn time_is_held_to_its_bounds() {
    let decode = |body: &Recommendation| {
        let document = Document::sign(Body::Recommendation(body.clone()), &key()).unwrap();
        Document::decode(document.bytes(), NOW).map(|_| ())
    };
    let plain = recommendation("domain:example.org");
    let day = 86_400;
    assert!(decode(&Recommendation { version: NOW.seconds() + day, ..plain.clone() }).is_ok());
    assert!(matches!(
        decode(&Recommendation { version: NOW.seconds() + day + 1, ..plain.clone() }),
        Err(Error::FromTheFuture { .. })
    ));
    assert!(matches!(decode(&Recommendation { version: u64::MAX, ..plain.clone() }), Err(Error::FromTheFuture { .. })));
    assert!(matches!(decode(&Recommendation { until: NOW, ..plain.clone() }), Err(Error::Expired { .. })));
    assert!(decode(&Recommendation { until: NOW.plus(days(401)), ..plain.clone() }).is_ok());
    assert!(matches!(
        decode(&Recommendation { until: NOW.plus(days(402)), ..plain.clone() }),
        Err(Error::LivesTooLong { .. })
    ));
    assert!(matches!(
        decode(&Recommendation { until: Timestamp::from_millis(u64::MAX), ..plain }),
        Err(Error::LivesTooLong { .. })
    ));
    let long = Document::sign(Body::Profile(Profile { until: NOW.plus(days(731)), ..profile() }), &key()).unwrap();
    assert!(Document::decode(long.bytes(), NOW).is_ok());
}

#[test]
fn a_persons_card_never_passes_as_public() {
    let (person, key) = card(true);
    let document = Document::sign(Body::Card(person.clone()), &key).unwrap();
    assert!(!document.body().is_public());
    assert!(Document::decode(document.bytes(), NOW).is_ok());
    assert_eq!(Document::decode_public(document.bytes(), NOW).unwrap_err(), Error::Private);
    let vendor = Document::sign(Body::Card(Card { person: false, ..person }), &key).unwrap();
    assert!(Document::decode_public(vendor.bytes(), NOW).is_ok());
}

#[test]
fn the_first_card_must_make_its_identity() {
    let (card, key) = card(true);
    let root = Seed::from_entropy([1; 32]).rotation();
    let thief = Card { next: Commitment::to(&key.public()), ..card.clone() };
    assert_eq!(Document::sign(Body::Card(thief), &key).unwrap_err(), Error::NotItsInception);
    assert_eq!(Document::sign(Body::Card(card.clone()), &root.identity(1)).unwrap_err(), Error::NotItsInception);
    let later = Card { epoch: 1, next: root.commitment(1), ..card };
    assert!(Document::sign(Body::Card(later), &root.identity(1)).is_ok());
}

#[test]
fn what_must_not_travel_is_refused() {
    let plain = recommendation("domain:example.org");
    let with = |change: fn(&mut Recommendation)| {
        let mut body = plain.clone();
        change(&mut body);
        Document::sign(Body::Recommendation(body), &key()).map(|_| ())
    };
    assert_eq!(with(|body| body.subject = Subject::parse("my neighbour").unwrap()), Err(Error::Local));
    assert_eq!(with(|body| body.marks.price = Some(101)), Err(Error::Mark { mark: 101 }));
    assert_eq!(with(|body| body.marks = Marks::default()), Err(Error::Empty));
    assert!(
        with(|body| {
            body.marks = Marks::default();
            body.text = "Good bread".into();
        })
        .is_ok()
    );
    assert!(with(|body| body.text = "é".repeat(500)).is_ok());
    assert!(matches!(with(|body| body.text = "é".repeat(501)), Err(Error::Text { field: "text", .. })));
    assert!(matches!(with(|body| body.text = "a\u{202e}b".into()), Err(Error::Text { .. })));
}

#[test]
fn cards_and_profiles_are_bounded() {
    let (plain, identity) = card(true);
    let with = |change: fn(&mut Card)| {
        let mut body = plain.clone();
        change(&mut body);
        Document::sign(Body::Card(body), &identity).map(|_| ())
    };
    assert!(matches!(with(|card| card.name = "a".repeat(81)), Err(Error::Text { field: "name", .. })));
    assert!(matches!(with(|card| card.name = String::new()), Err(Error::Text { field: "name", .. })));
    assert!(matches!(with(|card| card.addresses = vec!["/a".into(); 9]), Err(Error::TooMany { .. })));
    assert_eq!(with(|card| card.addresses = vec!["/a b".into()]), Err(Error::Address));
    assert_eq!(with(|card| card.addresses = vec!["a".repeat(129)]), Err(Error::Address));
    let subjects = |all: &[&str]| all.iter().map(|text| Subject::parse(text).unwrap()).collect::<Vec<_>>();
    assert_eq!(refused(Body::Profile(Profile { subjects: subjects(&["someone"]), ..profile() })), Error::Local);
    let twice = Profile { subjects: subjects(&["example.org", "example.org"]), ..profile() };
    assert_eq!(refused(Body::Profile(twice)), Error::Unordered { field: "subjects" });
    let fields = (0..65).map(|number| (format!("f{number}"), String::new())).collect();
    assert!(matches!(refused(Body::Profile(Profile { fields, ..profile() })), Error::TooMany { field: "fields", .. }));
    let fields = BTreeMap::from([("Name".to_owned(), String::new())]);
    assert!(matches!(refused(Body::Profile(Profile { fields, ..profile() })), Error::Text { .. }));
}

#[test]
fn an_unknown_kind_is_told_apart_from_damage() {
    let block = codec::encode(&("sesame/1/gossip", key().public(), ByteBuf::from(vec![0xf6])));
    let wire = codec::encode(&(ByteBuf::from(block.clone()), key().sign(&block)));
    assert_eq!(Document::decode(&wire, NOW).unwrap_err(), Error::UnknownKind);
    assert!(matches!(Document::decode(&wire[1..], NOW), Err(Error::Codec(_))));
    assert!(matches!(
        Document::decode(&vec![0; DOCUMENT_BYTES_MAX + 1], NOW),
        Err(Error::Codec(codec::Error::TooLarge { .. }))
    ));
}

#[test]
fn slots_tell_subjects_markets_and_kinds_apart() {
    let slot = |subject: &str, market: Option<&str>| {
        let market = market.map(|code| Market::parse(code).unwrap());
        Recommendation::slot_of(&Subject::parse(subject).unwrap(), market.as_ref())
    };
    assert_ne!(slot("example.org", None), slot("example.org", Some("04.5")));
    assert_ne!(slot("example.org", None), slot("example.net", None));
    assert_eq!(slot("example.org", None), slot("https://www.example.org/x", None));
    let slots: std::collections::BTreeSet<Vec<u8>> =
        bodies().into_iter().map(|(body, key)| Document::sign(body, &key).unwrap().slot().to_vec()).collect();
    assert_eq!(slots.len(), 4);
}

#[test]
fn newer_versions_and_retractions_take_the_slot() {
    let sign = |version: u64, mark: u8, key: &SigningKey| {
        let mut body = recommendation("domain:example.org");
        (body.version, body.marks.overall) = (version, Some(mark));
        Document::sign(Body::Recommendation(body), key).unwrap().into_inner()
    };
    let (old, new, same) = (sign(5, 1, &key()), sign(6, 1, &key()), sign(5, 2, &key()));
    assert!(supersedes(&new, &old) && !supersedes(&old, &new));
    assert!(!supersedes(&old, &old));
    assert_eq!(supersedes(&same, &old), same.id() > old.id());
    assert_ne!(supersedes(&same, &old), supersedes(&old, &same));
    let stranger = sign(9, 1, &SigningKey::from_bytes([9; 32]));
    assert!(!supersedes(&stranger, &old));
    let gone = Document::sign(Body::Retraction(Retraction::of(&new, NOW)), &key()).unwrap();
    assert!(supersedes(&gone, &new) && supersedes(&gone, &old));
    assert_eq!(gone.until(), new.until());
}

#[test]
fn many_are_verified_as_they_would_be_alone() {
    let mut all: Vec<Unverified> = bodies()
        .into_iter()
        .map(|(body, key)| Document::decode(Document::sign(body, &key).unwrap().bytes(), NOW).unwrap())
        .collect();
    all[2].signature = all[1].signature;
    let alone: Vec<_> = all.iter().cloned().map(Unverified::verify).collect();
    let together = Unverified::verify_all(all, &mut ChaCha20Rng::from_seed([1; 32]));
    assert_eq!(together, alone);
    assert!(matches!(together[2], Err(Error::BadSignature { .. })));
    assert!(together[0].is_ok() && together[1].is_ok() && together[3].is_ok());
}

#[test]
fn other_cids_are_not_documents() {
    let id = DocumentId::from_bytes([7; 32]);
    assert!(id.to_cid().starts_with("bafyr4i"));
    for text in [
        "",
        "x",
        "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",
        "bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
    ] {
        assert_eq!(DocumentId::from_cid(text), Err(Error::NotACid), "{text}");
    }
    assert_eq!(DocumentId::from_cid(&"b".repeat(1000)), Err(Error::NotACid));
}

proptest! {
    #[test]
    fn every_recommendation_comes_back(marks in any::<[Option<u8>; 5]>(), text in "\\PC{0,60}", version in 0_u64..2_000_000_000, seconds in 0_u64..1 << 33) {
        let [overall, price, quality, service, honesty] = marks.map(|mark| mark.map(|mark| mark % 101));
        let body = Recommendation {
            marks: Marks { overall, price, quality, service, honesty },
            text,
            version,
            until: Timestamp::from_seconds(seconds),
            ..recommendation("domain:example.org")
        };
        if let Ok(document) = Document::sign(Body::Recommendation(body.clone()), &key()) {
            prop_assert_eq!(document.body(), &Body::Recommendation(body));
            prop_assert_eq!(&Document::from_store(document.bytes()).unwrap(), &*document);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Document::decode(&bytes, NOW);
        let block = codec::encode(&(recommendation::KIND, key().public(), ByteBuf::from(bytes)));
        let _ = Document::decode(&codec::encode(&(ByteBuf::from(block), Signature::from_bytes([0; 64]))), NOW);
    }

    #[test]
    fn changed_bytes_never_verify(at in any::<prop::sample::Index>(), flip in 1_u8.., cut in any::<prop::sample::Index>()) {
        let document = Document::sign(Body::Recommendation(recommendation("domain:example.org")), &key()).unwrap();
        let mut bytes = document.bytes().to_vec();
        let place = at.index(bytes.len());
        bytes[place] ^= flip;
        prop_assert!(Document::decode(&bytes, NOW).and_then(Unverified::verify).is_err());
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(Document::decode(&bytes, NOW).is_err());
    }
}
