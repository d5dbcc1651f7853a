use std::collections::BTreeMap;

use proptest::prelude::{Strategy, any, prop, prop_assert_eq, prop_assert_ne, proptest};
use serde::Deserialize;

use super::*;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Sample {
    a: u64,
    b: Option<String>,
    #[serde(with = "serde_bytes")]
    c: Vec<u8>,
    d: Vec<i64>,
    e: BTreeMap<String, bool>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct One {
    a: u64,
}

fn sample() -> impl Strategy<Value = Sample> {
    (
        any::<u64>(),
        any::<Option<String>>(),
        any::<Vec<u8>>(),
        any::<Vec<i64>>(),
        proptest::collection::btree_map("[a-z]{0,8}", any::<bool>(), 0..6),
    )
        .prop_map(|(a, b, c, d, e)| Sample { a, b, c, d, e })
}

proptest! {
    #[test]
    fn what_was_encoded_comes_back(value in sample()) {
        prop_assert_eq!(decode::<Sample>(&encode(&value), 1 << 20).unwrap(), value);
    }

    #[test]
    fn no_input_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode::<Sample>(&bytes, 1 << 20);
        let _ = decode::<Vec<u64>>(&bytes, 1 << 20);
    }

    #[test]
    fn a_changed_byte_gives_another_value_or_none(value in sample(), at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut bytes = encode(&value);
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        if let Ok(other) = decode::<Sample>(&bytes, 1 << 20) {
            prop_assert_ne!(other, value);
        }
    }
}

#[test]
fn what_is_not_canonical_is_refused() {
    for (bytes, name) in [
        (&[0x18, 0x01][..], "an integer in two bytes that fits in one"),
        (&[0x19, 0x00, 0xff], "an integer in three bytes that fits in two"),
        (&[0x1a, 0, 0, 0xff, 0xff], "an integer in five bytes that fits in three"),
        (&[0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], "an integer in nine bytes that fits in five"),
        (&[0xf9, 0x3c, 0x00], "a half float"),
        (&[0xfa, 0x3f, 0x80, 0, 0], "a float"),
        (&[0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0], "not a number"),
        (&[0xc1, 0x01], "a tag other than 42"),
        (&[0x1f], "a reserved head"),
        (&[0xff], "a break"),
        (&[0xf7], "undefined"),
        (&[0xf8, 0x20], "a simple value"),
    ] {
        assert_eq!(decode::<u64>(bytes, 100), Err(Error::Forbidden { at: 0 }), "{name}");
    }
    assert_eq!(decode::<Vec<u64>>(&[0x9f, 1, 0xff], 100), Err(Error::Forbidden { at: 0 }));
    assert_eq!(decode::<Vec<u64>>(&[0x81, 0x18, 0x01], 100), Err(Error::Forbidden { at: 1 }));
    assert_eq!(decode::<serde_bytes::ByteBuf>(&[0x58, 1, 9], 100), Err(Error::Forbidden { at: 0 }));
    assert_eq!(decode::<serde_bytes::ByteBuf>(&[0x5f, 0x41, 1, 0xff], 100), Err(Error::Forbidden { at: 0 }));
}

#[test]
fn maps_are_sorted_and_hold_nothing_unknown() {
    type Map = BTreeMap<String, u64>;
    assert!(decode::<Map>(&[0xa2, 0x61, b'a', 1, 0x61, b'b', 2], 100).is_ok());
    assert!(decode::<Map>(&[0xa2, 0x61, b'b', 1, 0x61, b'a', 2], 100).is_err());
    assert!(decode::<Map>(&[0xa2, 0x61, b'a', 1, 0x61, b'a', 2], 100).is_err());
    assert!(decode::<One>(&[0xa1, 0x61, b'a', 1], 100).is_ok());
    assert_eq!(decode::<One>(&[0xa2, 0x61, b'a', 1, 0x61, b'b', 2], 100), Err(Error::NotCanonical));
}

#[test]
fn lengths_are_held_to_what_is_there() {
    for bytes in [
        &[0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff][..],
        &[0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x82, 0x01],
        &[0xa1, 0x61],
        &[0x43, 1, 2],
        &[0x19, 1],
        &[],
    ] {
        assert!(matches!(decode::<Vec<u64>>(bytes, 100), Err(Error::Truncated { .. })), "{bytes:x?}");
    }
    assert_eq!(decode::<u64>(&[1, 1], 100), Err(Error::Trailing { at: 1 }));
    assert_eq!(decode::<u64>(&[1, 1], 1), Err(Error::TooLarge { length: 2, max: 1 }));
}

#[test]
fn depth_and_items_are_bounded() {
    let mut deep = vec![0x81; DEPTH_MAX];
    deep.push(0x01);
    assert_eq!(scan(&deep), Ok(()));
    deep.insert(0, 0x81);
    assert_eq!(scan(&deep), Err(Error::TooDeep { max: DEPTH_MAX }));
    assert_eq!(scan(&vec![0x81; 1 << 20]), Err(Error::TooDeep { max: DEPTH_MAX }));
    assert_eq!(scan(&vec![0xd8; 1 << 10]).unwrap_err(), Error::Forbidden { at: 0 });
    let mut wide = vec![0x9a, 0, 2, 0, 0];
    wide.resize(5 + 0x2_0000, 0);
    assert_eq!(scan(&wide), Err(Error::TooMany { max: ITEMS_MAX }));
}
