use std::fmt::Debug;

use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};

use super::*;
use crate::{
    document::DocumentId,
    limits::{
        DOCUMENT_BYTES_MAX, DOCUMENTS_PER_FRAME_MAX, LETTER_BYTES_MAX, LETTERS_PER_FRAME_MAX, RECONCILE_BYTES_MAX,
    },
};

fn reason() -> impl Strategy<Value = Reason> {
    prop::sample::select(vec![
        Reason::Stranger,
        Reason::Malformed,
        Reason::TooLarge,
        Reason::Expired,
        Reason::Unknown,
        Reason::Busy,
        Reason::BadSignature,
    ])
}

fn blob() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..60)
}

fn sync_ask() -> impl Strategy<Value = sync::Ask> {
    prop_oneof![
        blob().prop_map(sync::Ask::Reconcile),
        proptest::collection::vec(any::<[u8; 32]>().prop_map(DocumentId::from_bytes), 0..5).prop_map(sync::Ask::Pull),
        Just(sync::Ask::Announce),
    ]
}

fn sync_answer() -> impl Strategy<Value = sync::Answer> {
    prop_oneof![
        blob().prop_map(sync::Answer::Reconcile),
        proptest::collection::vec(blob(), 0..5).prop_map(sync::Answer::Documents),
        Just(sync::Answer::Noted),
        reason().prop_map(sync::Answer::Refused),
    ]
}

fn outcome() -> impl Strategy<Value = mail::Outcome> {
    prop_oneof![Just(mail::Outcome::Taken), reason().prop_map(mail::Outcome::Refused)]
}

/// Decodes what was encoded, and any byte changed in it gives another value or none.
fn check<T: PartialEq + Debug>(value: &T, bytes: &[u8], decode: fn(&[u8]) -> Result<T, Error>, at: usize, flip: u8) {
    assert_eq!(&decode(bytes).unwrap(), value);
    let mut changed = bytes.to_vec();
    changed[at % bytes.len()] ^= flip;
    assert_ne!(decode(&changed).as_ref(), Ok(value));
    changed.truncate(at % bytes.len());
    assert_ne!(decode(&changed).as_ref(), Ok(value));
}

proptest! {
    #[test]
    fn hello_comes_back(token in any::<Option<[u8; 32]>>(), card in proptest::option::of(blob()), refused in proptest::option::of(reason()), at in any::<usize>(), flip in 1_u8..) {
        let ask = hello::Ask { token };
        check(&ask, &ask.encode(), hello::Ask::decode, at, flip);
        let answer = hello::Answer { card, refused };
        check(&answer, &answer.encode(), hello::Answer::decode, at, flip);
    }

    #[test]
    fn mail_comes_back(letters in proptest::collection::vec(blob(), 0..5), results in proptest::collection::vec(outcome(), 0..5), at in any::<usize>(), flip in 1_u8..) {
        let ask = mail::Ask { letters };
        check(&ask, &ask.encode(), mail::Ask::decode, at, flip);
        let answer = mail::Answer { results };
        check(&answer, &answer.encode(), mail::Answer::decode, at, flip);
    }

    #[test]
    fn sync_comes_back(ask in sync_ask(), answer in sync_answer(), at in any::<usize>(), flip in 1_u8..) {
        check(&ask, &ask.encode(), sync::Ask::decode, at, flip);
        check(&answer, &answer.encode(), sync::Answer::decode, at, flip);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = hello::Ask::decode(&bytes);
        let _ = hello::Answer::decode(&bytes);
        let _ = mail::Ask::decode(&bytes);
        let _ = mail::Answer::decode(&bytes);
        let _ = sync::Ask::decode(&bytes);
        let _ = sync::Answer::decode(&bytes);
    }
}

#[test]
fn frames_hold_no_more_than_they_may() {
    let ask = mail::Ask { letters: vec![Vec::new(); LETTERS_PER_FRAME_MAX + 1] };
    assert!(matches!(mail::Ask::decode(&ask.encode()), Err(Error::TooMany { .. })));
    let ask = mail::Ask { letters: vec![vec![0; LETTER_BYTES_MAX + 1]] };
    assert!(matches!(mail::Ask::decode(&ask.encode()), Err(Error::TooLarge { .. })));
    let answer = mail::Answer { results: vec![mail::Outcome::Taken; LETTERS_PER_FRAME_MAX + 1] };
    assert!(matches!(mail::Answer::decode(&answer.encode()), Err(Error::TooMany { .. })));
    let answer = hello::Answer { card: Some(vec![0; DOCUMENT_BYTES_MAX + 1]), refused: None };
    assert!(matches!(hello::Answer::decode(&answer.encode()), Err(Error::TooLarge { .. })));
    let ask = sync::Ask::Pull(vec![DocumentId::from_bytes([0; 32]); DOCUMENTS_PER_FRAME_MAX + 1]);
    assert!(matches!(sync::Ask::decode(&ask.encode()), Err(Error::TooMany { .. })));
    let ask = sync::Ask::Reconcile(vec![0; RECONCILE_BYTES_MAX + 1]);
    assert!(matches!(sync::Ask::decode(&ask.encode()), Err(Error::TooLarge { .. })));
    let answer = sync::Answer::Documents(vec![Vec::new(); DOCUMENTS_PER_FRAME_MAX + 1]);
    assert!(matches!(sync::Answer::decode(&answer.encode()), Err(Error::TooMany { .. })));
    let answer = sync::Answer::Documents(vec![vec![0; DOCUMENT_BYTES_MAX + 1]]);
    assert!(matches!(sync::Answer::decode(&answer.encode()), Err(Error::TooLarge { .. })));
    let bytes = vec![0; FRAME_BYTES_MAX + 1];
    assert!(matches!(mail::Ask::decode(&bytes), Err(Error::Codec(codec::Error::TooLarge { .. }))));
}

#[test]
fn a_frame_holds_the_largest_letter() {
    let ask = mail::Ask { letters: vec![vec![7; LETTER_BYTES_MAX]] };
    assert!(ask.encode().len() <= FRAME_BYTES_MAX);
    assert_eq!(mail::Ask::decode(&ask.encode()).unwrap(), ask);
}

#[test]
fn an_unknown_reason_is_refused() {
    let bytes = codec::encode(&std::collections::BTreeMap::from([("refused", "weather")]));
    assert!(sync::Answer::decode(&bytes).is_err());
}
