//! Byte-for-byte vectors that a second implementation could use, kept as files and checked against this one.
//!
//! `cargo test -p sesame-protocol --test vectors -- --ignored` writes them anew; a difference in what is under
//! version control is then a change of the protocol.

#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "vectors/relations.rs"]
mod relations;

use std::{collections::BTreeMap, path::PathBuf};

use curve25519_dalek::{
    constants::{ED25519_BASEPOINT_TABLE, EIGHT_TORSION},
    edwards::EdwardsPoint,
    scalar::Scalar,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use serde_json::{Value, json};
use sha2::{Digest, Sha512};

use sesame_protocol::{
    did,
    document::{Attestation, Body, Card, Document, DocumentId, Marks, Profile, Recommendation, Retraction, SealKey},
    invitation::Invitation,
    key::{IdentityId, Language, Online, PublicKey, RelationUse, Seed, Signature, SigningKey, safety_words, verify},
    letter::{self, Acceptance, Acknowledgement, Letter, LetterId, Update, Welcome},
    market::Market,
    pair::PairKey,
    seal::{self, Mode, SecretKey},
    subject::Subject,
    sync,
    text::hex,
    time::{Timestamp, days},
    wire::{Reason, desk, hello, mail, sync as frames},
};

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

#[path = "vectors/credentials.rs"]
mod credentials;
#[path = "vectors/forged.rs"]
mod forged;

type Make = fn() -> Value;

const FILES: [(&str, Make); 14] = [
    ("keys.json", keys),
    ("signatures.json", signatures),
    ("subjects.json", subjects),
    ("documents.json", documents),
    ("seal.json", sealed),
    ("letters.json", letters),
    ("invitation.json", invitation),
    ("sync.json", reconciliation),
    ("wire.json", wire),
    ("doors.json", relations::codes),
    ("evidence.json", relations::letters),
    ("agreements.json", relations::agreement),
    ("sd_jwt_issued.json", credentials::issued),
    ("sd_jwt_forged.json", forged::forged),
];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name)
}

fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
#[expect(clippy::disallowed_methods, reason = "vectors are files")]
fn the_vectors_hold() {
    for (name, make) in FILES {
        let kept = std::fs::read_to_string(path(name)).unwrap_or_default();
        assert!(kept == text(&make()), "{name} differs: the protocol changed, or its vectors were not written anew");
    }
}

/// What the files say is opened and verified from the bytes alone, as a second implementation would.
#[test]
fn the_bytes_of_the_vectors_are_read_back() {
    for document in documents()["documents"].as_array().unwrap() {
        let bytes = unhex(document["wire"].as_str().unwrap());
        let read = Document::decode(&bytes, NOW).unwrap().verify().unwrap();
        assert_eq!(read.id().to_cid(), document["cid"].as_str().unwrap());
    }
    let all = letters();
    let pair = PairKey::from_bytes(unhex(all["pair_key"].as_str().unwrap()).try_into().unwrap());
    let key = SecretKey::from_bytes(unhex(all["recipient_seal_secret"].as_str().unwrap()).try_into().unwrap());
    for each in all["letters"].as_array().unwrap() {
        let bytes = unhex(each["wire"].as_str().unwrap());
        let read = letter::open(&bytes, &key, &pair, &id(2), NOW).unwrap();
        assert_eq!(format!("{:?}", read.body).split('(').next(), each["kind"].as_str());
    }
}

#[test]
#[ignore = "writes the files"]
#[expect(clippy::disallowed_methods, reason = "vectors are files")]
fn write_the_vectors() {
    for (name, make) in FILES {
        std::fs::write(path(name), text(&make())).unwrap();
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn id(byte: u8) -> IdentityId {
    IdentityId::from_bytes([byte; 32])
}

fn seed() -> Seed {
    Seed::from_entropy(std::array::from_fn(|at| u8::try_from(at).unwrap()))
}

fn chance(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn keys() -> Value {
    let (rotation, online) = (seed().rotation(), seed().online(0));
    let inception = rotation.inception();
    let relation = |online: &Online, purpose| hex(online.relation(&[9; 32], purpose).as_slice());
    let pair = PairKey::from_invitation(&[3; 16], &id(1));
    let agreed = PairKey::agreed(&[3; 16], &[4; 32], &[5; 32], &id(1), &id(2));
    json!({
        "seed": hex(&std::array::from_fn::<u8, 32, _>(|at| u8::try_from(at).unwrap())),
        "words_en": seed().words(Language::En).join(" "),
        "words_fr": seed().words(Language::Fr).join(" "),
        "identity_0_secret": hex(rotation.identity(0).to_bytes().as_slice()),
        "identity_0": hex(inception.key.as_bytes()),
        "identity_0_did": did::to_did(&inception.key),
        "identity_1": hex(rotation.identity(1).public().as_bytes()),
        "commitment_0": hex(inception.next.as_bytes()),
        "identity_id": hex(inception.id().as_bytes()),
        "online_0": hex(online.to_bytes().as_slice()),
        "online_1": hex(seed().online(1).to_bytes().as_slice()),
        "persona_4_2026": hex(online.persona(4, 2026).public().as_bytes()),
        "device_secret": hex(online.device().as_slice()),
        "relation_salt": hex(&[9; 32]),
        "relation_sign": relation(&online, RelationUse::Sign),
        "relation_hpke": relation(&online, RelationUse::Seal),
        "relation_net": relation(&online, RelationUse::Net),
        "relation_kb": relation(&online, RelationUse::Binding),
        "recovery_secret": hex(seed().recovery().to_bytes().as_slice()),
        "recovery_key_hash": hex(seed().recovery().public().hash().as_bytes()),
        "safety_ids": [hex(id(1).as_bytes()), hex(id(2).as_bytes())],
        "safety_words_en": safety_words(&id(1), &id(2), Language::En).join(" "),
        "safety_words_fr": safety_words(&id(1), &id(2), Language::Fr).join(" "),
        "pair_secret": hex(&[3; 16]),
        "pair_inviter_half": hex(&[4; 32]),
        "pair_guest_half": hex(&[5; 32]),
        "pair_from_invitation": hex(pair.to_bytes().as_slice()),
        "pair_from_invitation_label": hex(&pair.label()),
        "pair_agreed": hex(agreed.to_bytes().as_slice()),
        "pair_agreed_label": hex(&agreed.label()),
        "pair_agreed_next_week": hex(agreed.next().to_bytes().as_slice()),
    })
}

/// Signatures by someone who knows the secret and adds torsion to R or to the key.
fn torsioned(in_key: EdwardsPoint, in_r: EdwardsPoint, message: &[u8]) -> ([u8; 32], [u8; 64]) {
    let (secret, nonce) = (Scalar::from(0x5e5a_4e01_u64), Scalar::from(0x0be1_1a5e_u64));
    let key = (&secret * ED25519_BASEPOINT_TABLE + in_key).compress().to_bytes();
    let r = (&nonce * ED25519_BASEPOINT_TABLE + in_r).compress().to_bytes();
    let hash = Sha512::new().chain_update(r).chain_update(key).chain_update(message).finalize();
    let s = nonce + Scalar::from_bytes_mod_order_wide(&hash.into()) * secret;
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&r);
    signature[32..].copy_from_slice(s.as_bytes());
    (key, signature)
}

fn signatures() -> Value {
    let mut cases = Vec::new();
    let mut case = |holds: bool, name: String, key: [u8; 32], message: &[u8], signature: [u8; 64]| {
        let found =
            PublicKey::from_bytes(&key).is_ok_and(|key| verify(&key, message, &Signature::from_bytes(signature)));
        assert_eq!(found, holds, "{name}");
        cases.push(json!({ "name": name, "key": hex(&key), "message": hex(message), "signature": hex(&signature), "holds": holds }));
    };
    let honest = SigningKey::from_bytes([1; 32]);
    let plain = *honest.sign(b"message").as_bytes();
    case(true, "honest".into(), *honest.public().as_bytes(), b"message", plain);
    case(false, "another message".into(), *honest.public().as_bytes(), b"massage", plain);
    for (order, torsion) in EIGHT_TORSION.into_iter().enumerate().skip(1) {
        let none = EIGHT_TORSION[0];
        let (key, signature) = torsioned(none, torsion, b"message");
        case(true, format!("torsion {order} in R"), key, b"message", signature);
        let (key, signature) = torsioned(torsion, none, b"message");
        case(true, format!("torsion {order} in A"), key, b"message", signature);
        let (key, signature) = torsioned(torsion, torsion, b"message");
        case(true, format!("torsion {order} in both"), key, b"message", signature);
    }
    for (order, torsion) in EIGHT_TORSION.into_iter().enumerate() {
        let point = torsion.compress().to_bytes();
        let mut zero = [0; 64];
        zero[..32].copy_from_slice(&point);
        case(false, format!("weak point {order} as A and R, s = 0"), point, b"message", zero);
        let mut weak = plain;
        weak[..32].copy_from_slice(&point);
        case(false, format!("weak point {order} as R"), *honest.public().as_bytes(), b"message", weak);
    }
    for low in 0xed..=0xff_u8 {
        let mut point = [0xff; 32];
        (point[0], point[31]) = (low, 0x7f);
        case(false, format!("A not canonical, y = {low:02x}ff…7f"), point, b"message", plain);
        let mut signature = plain;
        signature[..32].copy_from_slice(&point);
        case(false, format!("R not canonical, y = {low:02x}ff…7f"), *honest.public().as_bytes(), b"message", signature);
    }
    let mut large = plain;
    add_order(&mut large[32..]);
    case(false, "s + order".into(), *honest.public().as_bytes(), b"message", large);
    json!({ "rule": "s < order; A and R canonical, not of small order; 8(sB - R - H(R,A,m)A) = O", "cases": cases })
}

fn add_order(s: &mut [u8]) {
    let order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0_u16;
    for (to, from) in s.iter_mut().zip(order) {
        carry += u16::from(*to) + u16::from(from);
        *to = carry.to_le_bytes()[0];
        carry >>= 8;
    }
}

fn subjects() -> Value {
    let inputs = [
        "siren:552 081 317",
        "SIRET: 552 081 317 66522",
        "siret:35600000049837",
        "rna:w751004076",
        "lei:529900t8bm49aursdo55",
        "gtin:96385074",
        "gtin:3017620422003",
        "https://www.Example.org:8443/shop?page=2#top",
        "example.org.",
        "https://crêpes-à-gogo.fr",
        "place:FR/Lyon/Boulangerie  Martin",
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "Boulangerie   Ｍartin",
        "siren:552081318",
        "https://shop.example@evil.example/",
        "domain:localhost",
        "exam\u{200b}ple.org",
    ];
    let cases: Vec<Value> = inputs
        .into_iter()
        .map(|input| {
            let subject = Subject::parse(input).ok();
            json!({
                "input": input,
                "normal": subject.as_ref().map(Subject::as_str),
                "shown": subject.as_ref().map(Subject::name),
                "slot_in_market_01_1": subject.as_ref().map(|subject| {
                    hex(&Recommendation::slot_of(subject, Some(&Market::parse("01.1").unwrap())))
                }),
            })
        })
        .collect();
    json!({ "cases": cases })
}

fn card() -> Card {
    let root = seed().rotation();
    Card {
        epoch: 0,
        identity: root.inception().id(),
        next: root.commitment(0),
        name: "Zoé".into(),
        person: true,
        seal: SealKey { epoch: 0, key: SecretKey::from_bytes([8; 32]).public(), until: NOW.plus(days(30)) },
        device: [6; 32],
        addresses: vec!["/ip4/192.0.2.1/udp/4001/quic-v1".into()],
        version: NOW.seconds(),
        until: NOW.plus(days(90)),
    }
}

fn documents() -> Value {
    let persona = seed().online(0).persona(4, 2026);
    let recommendation = Recommendation {
        subject: Subject::parse("siren:552081317").unwrap(),
        market: Some(Market::parse("04.5.1").unwrap()),
        marks: Marks { overall: Some(80), price: Some(0), quality: None, service: Some(100), honesty: Some(60) },
        text: "Answers the telephone.".into(),
        version: NOW.seconds(),
        until: NOW.plus(days(365)),
    };
    let said = Document::sign(Body::Recommendation(recommendation), &persona).unwrap();
    let profile = Profile {
        identity: card().identity,
        name: "Énergie du Bourg".into(),
        subjects: vec![Subject::parse("domain:example.org").unwrap(), Subject::parse("siren:552081317").unwrap()],
        terms: vec!["SD-BASE".into()],
        uses: vec!["quote".into()],
        markets: vec![Market::parse("04.5.1").unwrap()],
        fields: BTreeMap::from([("legal.name".into(), "Énergie du Bourg SA".into())]),
        version: NOW.seconds(),
        until: NOW.plus(days(700)),
    };
    let attestation = Attestation {
        identity: card().identity,
        field: "tax_country".into(),
        value: "FR".into(),
        how: "Read in the register.".into(),
        by: "Chambre des métiers".into(),
        version: NOW.seconds(),
        until: NOW.plus(days(300)),
    };
    let all = [
        ("attestation", Document::sign(Body::Attestation(attestation), &persona).unwrap()),
        ("card", Document::sign(Body::Card(card()), &seed().rotation().identity(0)).unwrap()),
        ("profile", Document::sign(Body::Profile(profile), &persona).unwrap()),
        ("retraction", Document::sign(Body::Retraction(Retraction::of(&said, NOW)), &persona).unwrap()),
        ("recommendation", said),
    ];
    let documents: Vec<Value> = all
        .iter()
        .map(|(kind, document)| {
            json!({
                "kind": kind,
                "author": hex(document.author().as_bytes()),
                "slot": hex(document.slot()),
                "version": document.version(),
                "until_seconds": document.until().seconds(),
                "id": hex(document.id().as_bytes()),
                "cid": document.id().to_cid(),
                "wire": hex(document.bytes()),
            })
        })
        .collect();
    json!({ "now_seconds": NOW.seconds(), "documents": documents })
}

fn sealed() -> Value {
    let key = SecretKey::from_bytes([8; 32]);
    let seal = |mode| hex(&seal::seal(&key.public(), mode, b"info", b"aad", b"plain", &mut chance(3)).unwrap());
    let padme: BTreeMap<String, usize> = [0, 1, 9, 100, 1000, 65_537, 1_000_000]
        .into_iter()
        .map(|length| (format!("{length:07}"), seal::padme(length)))
        .collect();
    json!({
        "suite": "KEM 0x647a (X-Wing), KDF 0x0001, AEAD 0x0003",
        "chance": "ChaCha20 with the key 03…03; only the opening must agree",
        "secret": hex(key.to_bytes().as_slice()),
        "public": hex(key.public().as_bytes()),
        "key_hash": hex(key.public().hash().as_bytes()),
        "info": hex(b"info"), "aad": hex(b"aad"), "plain": hex(b"plain"),
        "base": seal(Mode::Base),
        "psk_secret": hex(&[9; 32]), "psk_id": hex(b"name"),
        "psk": seal(Mode::Psk { psk: &[9; 32], id: b"name" }),
        "padme": padme,
    })
}

fn letters() -> Value {
    let (key, pair) = (SecretKey::from_bytes([8; 32]), PairKey::from_bytes([4; 32]));
    let personas = vec![seed().online(0).persona(4, 2026).public()];
    let card = vec![7; 64];
    let bodies = [
        letter::Body::Acceptance(Acceptance { card: card.clone(), personas: personas.clone(), half: [5; 32] }),
        letter::Body::Welcome(Welcome { card: card.clone(), personas: personas.clone(), half: [6; 32] }),
        letter::Body::Update(Update { card, personas }),
        letter::Body::Acknowledgement(Acknowledgement {
            received: vec![LetterId::from_bytes([1; 16])],
            refused: vec![(LetterId::from_bytes([2; 16]), Reason::TooLarge)],
        }),
    ];
    let letters: Vec<Value> = bodies
        .into_iter()
        .zip(1..)
        .map(|(body, number)| {
            let kind = format!("{body:?}").split('(').next().unwrap_or_default().to_owned();
            let sent = Letter {
                from: id(1),
                to: id(2),
                number,
                id: LetterId::from_bytes([9; 16]),
                sent: NOW.minute(),
                expires: NOW.minute().plus(days(30)),
                re: (number > 1).then(|| LetterId::from_bytes([3; 16])),
                body,
            };
            let wire = letter::seal(&sent, &key.public(), &pair, &mut chance(3)).unwrap();
            json!({ "kind": kind, "number": number, "wire": hex(&wire) })
        })
        .collect();
    json!({
        "now_seconds": NOW.seconds(),
        "from": hex(id(1).as_bytes()),
        "to": hex(id(2).as_bytes()),
        "recipient_seal_secret": hex(key.to_bytes().as_slice()),
        "pair_key": hex(pair.to_bytes().as_slice()),
        "label": hex(&pair.label()),
        "letters": letters,
    })
}

fn invitation() -> Value {
    let invitation = Invitation {
        inviter: id(1),
        device: [2; 32],
        addresses: vec!["/ip4/192.0.2.1/udp/4001/quic-v1".into(), "/ip4/192.0.2.1/tcp/4001".into()],
        secret: [3; 16],
        expires: NOW,
    };
    json!({
        "inviter": hex(invitation.inviter.as_bytes()),
        "device": hex(&invitation.device),
        "addresses": invitation.addresses,
        "secret": hex(&invitation.secret),
        "expires_seconds": invitation.expires.seconds(),
        "code": invitation.to_code(),
        "token": hex(&invitation.token()),
        "id": hex(&invitation.id()),
    })
}

fn reconciliation() -> Value {
    let item = |number: u8| (1_700_000_000 + u64::from(number), DocumentId::from_bytes([number; 32]));
    let mine = sync::Set::new((0..40).map(item));
    let theirs = sync::Set::new((10..45).map(item));
    let start = sync::start(&mine).unwrap();
    let answer = sync::answer(&theirs, &start).unwrap();
    let step = sync::proceed(&mine, &answer).unwrap();
    json!({
        "items": "version 1700000000 + n, id n…n; mine 0 to 39, theirs 10 to 44",
        "start": hex(&start),
        "answer": hex(&answer),
        "next": step.next.map(|next| hex(&next)),
        "need": step.need.iter().map(|id| hex(id.as_bytes())).collect::<Vec<_>>(),
        "have": step.have.iter().map(|id| hex(id.as_bytes())).collect::<Vec<_>>(),
    })
}

fn wire() -> Value {
    let document = DocumentId::from_bytes([7; 32]);
    json!({
        "hello_ask": hex(&hello::Ask { token: Some([1; 32]) }.encode()),
        "hello_ask_without_token": hex(&hello::Ask { token: None }.encode()),
        "hello_answer": hex(&hello::Answer { card: Some(vec![1, 2, 3]), refused: None }.encode()),
        "hello_refused": hex(&hello::Answer { card: None, refused: Some(Reason::Stranger) }.encode()),
        "mail_ask": hex(&mail::Ask { letters: vec![vec![1, 2, 3]] }.encode()),
        "mail_answer": hex(&mail::Answer { results: vec![mail::Outcome::Taken, mail::Outcome::Refused(Reason::Busy)] }.encode()),
        "sync_reconcile": hex(&frames::Ask::Reconcile(vec![1, 2, 3]).encode()),
        "sync_pull": hex(&frames::Ask::Pull(vec![document]).encode()),
        "sync_announce": hex(&frames::Ask::Announce.encode()),
        "sync_documents": hex(&frames::Answer::Documents(vec![vec![1, 2, 3]]).encode()),
        "sync_noted": hex(&frames::Answer::Noted.encode()),
        "desk_ask": hex(&desk::Ask { seal: None, after: 3, last: Some(LetterId::from_bytes([9; 16])), letters: vec![vec![1, 2, 3]] }.encode()),
        "desk_answer": hex(&desk::Answer { card: vec![1], letters: vec![desk::Parcel { number: 4, letter: vec![2] }], more: true, ..Default::default() }.encode()),
        "desk_refused": hex(&desk::Answer { card: vec![1], refused: Some(Reason::Stranger), ..Default::default() }.encode()),
        "sync_refused": hex(&frames::Answer::Refused(Reason::BadSignature).encode()),
    })
}
