use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::{key::Seed, seal::SecretKey, wire::Reason};

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn chance() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([3; 32])
}

fn anna() -> IdentityId {
    IdentityId::from_bytes([1; 32])
}

fn bruno() -> IdentityId {
    IdentityId::from_bytes([2; 32])
}

fn key() -> SecretKey {
    SecretKey::from_bytes([8; 32])
}

fn pair() -> PairKey {
    PairKey::from_bytes([4; 32])
}

fn letter(body: Body) -> Letter {
    Letter {
        from: anna(),
        to: bruno(),
        number: 7,
        id: LetterId::from_bytes([9; 16]),
        sent: NOW.minute(),
        expires: NOW.minute().plus(days(30)),
        re: None,
        body,
    }
}

fn update(bytes: usize) -> Body {
    Body::Update(Update { card: vec![7; bytes], personas: Vec::new() })
}

fn bodies() -> Vec<Body> {
    let personas: Vec<_> =
        (1..4).map(|division| Seed::from_entropy([1; 32]).online(0).persona(division, 2026).public()).collect();
    vec![
        Body::Acceptance(Acceptance { card: vec![1; 1500], personas: personas.clone(), half: [5; 32] }),
        Body::Welcome(Welcome { card: vec![2; 1500], personas: personas.clone(), half: [6; 32] }),
        Body::Update(Update { card: vec![3; 1500], personas }),
        Body::Acknowledgement(Acknowledgement {
            received: vec![LetterId::from_bytes([1; 16])],
            refused: vec![(LetterId::from_bytes([2; 16]), Reason::Expired)],
        }),
    ]
}

fn sealed(letter: &Letter) -> Vec<u8> {
    seal(letter, &key().public(), &pair(), &mut chance()).unwrap()
}

fn opened(bytes: &[u8]) -> Result<Verified<Letter>, Error> {
    open(bytes, &key(), &pair(), &bruno(), NOW)
}

/// Seals any inner bytes as an honest program would seal its own.
fn sealed_raw(inner: &[u8], class: usize) -> Vec<u8> {
    let hash = key().public().hash();
    let (label, secret) = (pair().label(), pair().secret());
    let padded = envelope::pad(inner, class, Sort::Conversation).unwrap();
    let mode = Mode::Psk { psk: &secret, id: &label };
    let text =
        hpke::seal(&key().public(), mode, &info(&hash), &envelope::aad(class, Some(&label)), &padded, &mut chance())
            .unwrap();
    Envelope::conversation(hash, label, text).encode()
}

#[test]
fn every_kind_comes_back() {
    for (number, body) in bodies().into_iter().enumerate() {
        let mut sent = letter(body);
        sent.re = (number % 2 == 1).then(|| LetterId::from_bytes([3; 16]));
        assert_eq!(*opened(&sealed(&sent)).unwrap(), sent);
    }
}

#[test]
fn every_size_is_exactly_one_of_the_classes() {
    let empty = sealed(&letter(update(0)));
    assert_eq!(empty.len(), 2048);
    let mut seen = std::collections::BTreeSet::new();
    for bytes in (0..16_384).step_by(61) {
        let sent = letter(update(bytes));
        let length = sealed(&sent).len();
        assert!(CLASSES_BYTES.contains(&length));
        seen.insert(length);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [2048, 8192, 32_768]);
    // The border of every class: the fullest letter stays, one byte more moves on.
    for class in CLASSES_BYTES {
        let fullest =
            (0..class).rev().find(|inner| envelope::class_of(*inner, Sort::Conversation) == Some(class)).unwrap();
        assert_eq!(sealed_raw(&vec![0; fullest], class).len(), class);
        assert_ne!(envelope::class_of(fullest + 1, Sort::Conversation), Some(class));
    }
}

#[test]
fn the_outside_tells_the_key_and_the_label_and_no_more() {
    let bytes = sealed(&letter(update(0)));
    let outside = address(&bytes).unwrap();
    assert_eq!(outside, Address { key: key().public().hash(), label: Some(pair().label()) });
    for hidden in [anna(), bruno()] {
        assert!(!bytes.windows(32).any(|window| window == hidden.as_bytes()));
    }
}

#[test]
fn a_letter_opens_only_for_whom_it_was_written() {
    let bytes = sealed(&letter(update(0)));
    let other = SecretKey::from_bytes([9; 32]);
    assert_eq!(open(&bytes, &other, &pair(), &bruno(), NOW), Err(Error::OtherKey));
    assert_eq!(open(&bytes, &key(), &pair().next(), &bruno(), NOW), Err(Error::OtherPair));
    assert_eq!(open(&bytes, &key(), &pair(), &IdentityId::from_bytes([3; 32]), NOW), Err(Error::Misaddressed));
    assert_eq!(open(&bytes, &key(), &pair(), &anna(), NOW), Err(Error::Misaddressed));
    let own = Letter { from: bruno(), ..letter(update(0)) };
    assert_eq!(opened(&sealed(&own)), Err(Error::Reflected));
}

/// Whoever may open a letter seals its inside again, to another reader under the key shared with that one.
#[test]
fn a_letter_sealed_again_to_another_is_refused() {
    let theirs = SecretKey::from_bytes([9; 32]);
    let carla = IdentityId::from_bytes([3; 32]);
    let bytes = seal(&letter(update(0)), &theirs.public(), &pair(), &mut chance()).unwrap();
    assert_eq!(open(&bytes, &theirs, &pair(), &carla, NOW), Err(Error::Misaddressed));
    // The inside names the key too: the same reader's other key does not open it.
    let inner = encode(&letter(update(0)), theirs.public().hash());
    assert_eq!(opened(&sealed_raw(&inner, 2048)), Err(Error::OtherKey));
}

#[test]
fn a_flipped_bit_at_every_byte_is_noticed() {
    let bytes = sealed(&letter(update(0)));
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(opened(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn times_are_minutes_and_held_to_their_bounds() {
    let mut late = letter(update(0));
    (late.sent, late.expires) = (NOW.plus(std::time::Duration::from_millis(1234)), NOW.plus(days(1)));
    let read = opened(&sealed(&late)).unwrap();
    assert_eq!((read.sent, read.expires), (late.sent.minute(), late.expires.minute()));

    let bytes = sealed(&letter(update(0)));
    let end = letter(update(0)).expires;
    let at = |now: Timestamp| open(&bytes, &key(), &pair(), &bruno(), now);
    assert!(at(end.minus(days(1))).is_ok());
    assert_eq!(at(end), Err(Error::Expired { expires: end }));
    assert!(at(NOW.minus(std::time::Duration::from_secs(86_300))).is_ok());
    assert!(matches!(at(NOW.minus(days(2))), Err(Error::FromTheFuture { .. })));
    for expires in [NOW.minute(), NOW.minus(days(1)), NOW.plus(days(31)), Timestamp::from_millis(u64::MAX)] {
        let wrong = Letter { expires, ..letter(update(0)) };
        assert_eq!(seal(&wrong, &key().public(), &pair(), &mut chance()), Err(Error::Time));
    }
}

#[test]
fn what_is_not_a_letter_is_refused() {
    assert_eq!(address(&[]), Err(Error::Size { length: 0 }));
    assert_eq!(address(&[0; 2047]), Err(Error::Size { length: 2047 }));
    assert!(matches!(address(&[0; 2048]), Err(Error::Codec(_))));
    let wire = |suite: u8, sort: u8, label: Option<serde_bytes::ByteArray<16>>| {
        let head = if label.is_some() { 57 } else { 41 };
        codec::encode(&(suite, sort, KeyHash::from_bytes([1; 32]), label, ByteBuf::from(vec![0; 2048 - head])))
    };
    let label = Some(serde_bytes::ByteArray::new([0; 16]));
    assert!(address(&wire(1, 0, label)).is_ok());
    assert_eq!(address(&wire(2, 0, label)), Err(Error::UnknownSuite { suite: 2 }));
    assert_eq!(address(&wire(1, 2, label)), Err(Error::UnknownKind));
    assert_eq!(address(&wire(1, 1, label)), Err(Error::UnknownKind));
    assert_eq!(address(&wire(1, 0, None)), Err(Error::UnknownKind));
}

#[test]
fn evidence_has_an_address_and_no_kind_yet() {
    let bytes = codec::encode(&(SUITE, 1_u8, key().public().hash(), None::<u8>, ByteBuf::from(vec![0; 2048 - 41])));
    assert_eq!(address(&bytes).unwrap().label, None);
    assert_eq!(opened(&bytes), Err(Error::UnknownKind));
}

#[test]
fn insides_that_no_honest_program_makes_are_refused() {
    let hash = key().public().hash();
    let unknown = codec::encode(&("sesame/1/letter/poem", anna(), ByteBuf::from(vec![0xf6])));
    assert_eq!(opened(&sealed_raw(&unknown, 2048)), Err(Error::UnknownKind));
    assert!(matches!(opened(&sealed_raw(&[0xff], 2048)), Err(Error::Codec(_))));
    assert!(matches!(opened(&sealed_raw(&[], 2048)), Err(Error::Codec(_))));
    // A letter in a larger class than it needs is padding and allowed; padding that is not zero is not.
    let inner = encode(&letter(update(0)), hash);
    assert!(opened(&sealed_raw(&inner, 8192)).is_ok());
    assert_eq!(envelope::unpad(&[0, 0, 0, 1, 7, 1]), Err(Error::Padding));
    assert_eq!(envelope::unpad(&[0, 0, 0, 3, 7, 1]), Err(Error::Padding));
    assert_eq!(envelope::unpad(&[0xff, 0xff, 0xff, 0xff]), Err(Error::Padding));
    assert_eq!(envelope::unpad(&[0, 0, 0]), Err(Error::Padding));
    let many = Body::Acknowledgement(Acknowledgement {
        received: vec![LetterId::from_bytes([1; 16]); 257],
        refused: Vec::new(),
    });
    assert!(matches!(seal(&letter(many), &key().public(), &pair(), &mut chance()), Err(Error::TooMany { .. })));
    assert!(matches!(
        seal(&letter(update(16_385)), &key().public(), &pair(), &mut chance()),
        Err(Error::TooMany { .. })
    ));
    assert_eq!(envelope::class_of(LETTER_BYTES_MAX, Sort::Conversation), None);
}

#[test]
fn two_letters_with_the_same_words_do_not_look_alike() {
    let mut rng = chance();
    let one = seal(&letter(update(0)), &key().public(), &pair(), &mut rng).unwrap();
    let two = seal(&letter(update(0)), &key().public(), &pair(), &mut rng).unwrap();
    assert_ne!(one[60..], two[60..]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_letter_comes_back(card in proptest::collection::vec(any::<u8>(), 0..3000), number in any::<u64>(), id in any::<[u8; 16]>(), re in any::<Option<[u8; 16]>>()) {
        let sent = Letter {
            number,
            id: LetterId::from_bytes(id),
            re: re.map(LetterId::from_bytes),
            ..letter(Body::Update(Update { card, personas: Vec::new() }))
        };
        prop_assert_eq!(&*opened(&sealed(&sent)).unwrap(), &sent);
    }

    #[test]
    fn no_inside_panics(inner in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(&inner, &KeyHash::from_bytes([1; 32]));
        let wrapped = codec::encode(&(contact::UPDATE, anna(), ByteBuf::from(inner.clone())));
        let _ = decode(&wrapped, &KeyHash::from_bytes([1; 32]));
        let _ = envelope::unpad(&inner);
        let mut outside = inner;
        outside.resize(2048, 0);
        let _ = opened(&outside);
    }
}
