use proptest::prelude::{any, prop_assert_eq, proptest};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::{document::DocumentId, limits::PRESENTATION_BYTES_MAX, time::days};

const NOW: Timestamp = Timestamp::from_seconds(1_772_323_200);

fn chance() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(5)
}

fn writer() -> SigningKey {
    SigningKey::from_bytes([1; 32])
}

fn key() -> hpke::SecretKey {
    hpke::SecretKey::from_bytes([2; 32])
}

fn letter(body: Body) -> Evidence {
    Evidence {
        from: Party::from_bytes(*writer().public().as_bytes()),
        to: Party::from_bytes([9; 32]),
        number: 3,
        id: LetterId::from_bytes([4; 16]),
        sent: NOW,
        expires: NOW.plus(days(30)),
        re: Some(LetterId::from_bytes([5; 16])),
        body,
    }
}

fn request() -> DataRequest {
    DataRequest {
        fields: vec!["email".into(), "postal_code".into()],
        purpose: "quote".into(),
        why: "To reckon your tariff.".into(),
        retention_days: 30,
        recipients: vec!["Volta Lab".into()],
        terms: "SD-BASE".into(),
        nonce: [6; 16],
    }
}

fn bodies() -> Vec<Body> {
    let agreement = DocumentId::from_bytes([7; 32]);
    vec![
        Body::AccountRequest(AccountRequest { message: "Welcome.".into(), reference: String::new() }),
        Body::Answer(Answer { verdict: Verdict::Open }),
        Body::Answer(Answer { verdict: Verdict::Missing(vec!["seat".into(), "tax_country".into()]) }),
        Body::Closing(Closing {}),
        Body::DataRequest(request()),
        Body::Refusal(Refusal { reason: "refused".into(), alternative: Some("SD-BASE-DP".into()) }),
        Body::Proffer(Proffer { agreement: vec![1; 300] }),
        Body::Agreed(Agreed { agreement: vec![1; 400] }),
        Body::Presented(Presented { agreement, presentation: "a~b~".into(), receipt: "{}".into() }),
        Body::Receipt(Receipt { agreement, receipt: "{}".into() }),
        Body::Withdrawal(Withdrawal { agreement }),
        Body::Deletion(Deletion { agreement, fields: vec!["email".into()], how: How::Dropped }),
    ]
}

fn sealed(letter: &Evidence) -> Vec<u8> {
    seal(letter, &key().public(), &writer(), &mut chance()).unwrap().0
}

fn opened(bytes: &[u8]) -> Result<Evidence, Error> {
    let signer = writer().public();
    let from = Party::from_bytes(*signer.as_bytes());
    let between = Between { me: Party::from_bytes([9; 32]), from, signer: &signer };
    open(bytes, &key(), between, NOW).map(|signed| signed.into_inner().letter)
}

#[test]
fn every_kind_comes_back_in_a_size_class_and_its_proof_stands_alone() {
    for body in bodies() {
        let sent = letter(body);
        let (bytes, signed) = seal(&sent, &key().public(), &writer(), &mut chance()).unwrap();
        assert!(super::super::CLASSES_BYTES.contains(&bytes.len()));
        assert_eq!(opened(&bytes).unwrap(), sent);
        let proof = Signed::from_proof(signed.proof(), &writer().public()).unwrap();
        assert_eq!(proof.letter, sent);
        let other = SigningKey::from_bytes([8; 32]).public();
        assert_eq!(Signed::from_proof(signed.proof(), &other), Err(Error::BadSignature));
    }
}

#[test]
fn who_it_is_between_is_checked() {
    let bytes = sealed(&letter(bodies().remove(1)));
    let (mine, other) = (writer().public(), SigningKey::from_bytes([8; 32]).public());
    let (me, from) = (Party::from_bytes([9; 32]), Party::from_bytes(*mine.as_bytes()));
    let try_open = |key: &hpke::SecretKey, me, from, signer| open(&bytes, key, Between { me, from, signer }, NOW);
    assert!(try_open(&key(), me, from, &mine).is_ok());
    assert_eq!(try_open(&key(), from, from, &mine), Err(Error::Misaddressed));
    assert_eq!(try_open(&key(), me, me, &mine), Err(Error::OtherWriter));
    assert_eq!(try_open(&key(), me, from, &other), Err(Error::BadSignature));
    assert_eq!(try_open(&hpke::SecretKey::from_bytes([3; 32]), me, from, &mine), Err(Error::OtherKey));
    let mut reflected = letter(bodies().remove(1));
    reflected.to = reflected.from;
    assert_eq!(
        open(&sealed(&reflected), &key(), Between { me: reflected.to, from: me, signer: &mine }, NOW),
        Err(Error::Reflected)
    );
}

/// A letter that was opened and sealed again to somebody else names the key that it was first sealed to.
#[test]
fn a_letter_is_not_forwarded_as_if_it_were_for_the_next() {
    let sent = letter(bodies().remove(1));
    let elsewhere = hpke::SecretKey::from_bytes([3; 32]);
    let (_, signed) = seal(&sent, &elsewhere.public(), &writer(), &mut chance()).unwrap();
    let hash = key().public().hash();
    let class = envelope::class_of(signed.proof().len(), Sort::Evidence).unwrap();
    let padded = envelope::pad(signed.proof(), class, Sort::Evidence).unwrap();
    let text =
        hpke::seal(&key().public(), Mode::Base, &info(&hash), &envelope::aad(class, None), &padded, &mut chance());
    assert_eq!(opened(&Envelope::evidence(hash, text.unwrap()).encode()), Err(Error::OtherKey));
}

#[test]
fn neither_sort_is_taken_for_the_other() {
    let bytes = sealed(&letter(bodies().remove(1)));
    let pair = crate::pair::PairKey::from_invitation(&[3; 16], &crate::key::IdentityId::from_bytes([1; 32]));
    let me = crate::key::IdentityId::from_bytes([9; 32]);
    assert_eq!(super::super::open(&bytes, &key(), &pair, &me, NOW), Err(Error::UnknownKind));
    assert_eq!(super::super::address(&bytes).unwrap().label, None);
}

#[test]
fn what_no_honest_side_writes_is_refused_on_both_ends() {
    let list = |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>();
    let request = |change: fn(&mut DataRequest)| {
        let mut request = self::request();
        change(&mut request);
        Body::DataRequest(request)
    };
    let agreement = DocumentId::from_bytes([7; 32]);
    let wrong = [
        request(|request| request.fields.clear()),
        request(|request| request.fields.push("email".into())),
        request(|request| request.fields = vec!["Email".into()]),
        request(|request| request.fields = (0..65).map(|number| format!("field{number:02}")).collect()),
        request(|request| request.retention_days = 0),
        request(|request| request.retention_days = 3_661),
        request(|request| request.recipients = vec!["A".into(); 17]),
        request(|request| request.recipients = vec![String::new()]),
        request(|request| request.why = "x".repeat(501)),
        request(|request| request.why = "\u{202e}".into()),
        Body::Answer(Answer { verdict: Verdict::Missing(Vec::new()) }),
        Body::Answer(Answer { verdict: Verdict::Missing(list(&["b", "a"])) }),
        Body::Refusal(Refusal { reason: String::new(), alternative: None }),
        Body::Proffer(Proffer { agreement: vec![0; 8193] }),
        Body::Deletion(Deletion { agreement, fields: Vec::new(), how: How::Erased }),
        Body::Presented(Presented {
            agreement,
            presentation: "x".repeat(PRESENTATION_BYTES_MAX + 1),
            receipt: String::new(),
        }),
    ];
    for body in wrong {
        assert!(seal(&letter(body.clone()), &key().public(), &writer(), &mut chance()).is_err(), "{body:?}");
        assert!(body.check().is_err(), "{body:?}");
    }
    for expires in [NOW, NOW.minus(days(1)), NOW.plus(days(31))] {
        let late = Evidence { expires, ..letter(bodies().remove(1)) };
        assert_eq!(seal(&late, &key().public(), &writer(), &mut chance()).map(|_| ()), Err(Error::Time));
    }
}

#[test]
fn time_is_held_against_the_clock_of_the_reader() {
    let signer = writer().public();
    let between =
        Between { me: Party::from_bytes([9; 32]), from: Party::from_bytes(*signer.as_bytes()), signer: &signer };
    let bytes = sealed(&letter(bodies().remove(1)));
    let at = |now| open(&bytes, &key(), between, now).map(|_| ());
    assert_eq!(at(NOW.plus(days(29))), Ok(()));
    assert!(matches!(at(NOW.plus(days(30))), Err(Error::Expired { .. })));
    assert!(matches!(at(NOW.minus(days(2))), Err(Error::FromTheFuture { .. })));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
        let _ = Signed::from_proof(&bytes, &writer().public());
        let block = codec::encode(&("sesame/1/letter/refusal", Party::from_bytes([1; 32]), ByteBuf::from(bytes)));
        let signed = codec::encode(&(ByteBuf::from(block.clone()), writer().sign(&block)));
        assert!(Signed::from_proof(&signed, &writer().public()).is_err());
    }

    #[test]
    fn every_flipped_bit_is_noticed(at in any::<proptest::sample::Index>(), bit in 0_u8..8) {
        let sent = letter(bodies().remove(4));
        let mut bytes = sealed(&sent);
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        assert!(opened(&bytes).is_err());
    }

    #[test]
    fn every_number_comes_back(number in any::<u64>(), id in any::<[u8; 16]>()) {
        let sent = Evidence { number, id: LetterId::from_bytes(id), ..letter(bodies().remove(0)) };
        prop_assert_eq!(opened(&sealed(&sent)).unwrap(), sent);
    }
}
