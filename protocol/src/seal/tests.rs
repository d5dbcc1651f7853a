use proptest::prelude::{Just, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;

fn chance() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([3; 32])
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_bytes([seed; 32])
}

/// The first vector of draft-connolly-cfrg-xwing-kem: the seed, and the ends of its public key.
#[test]
fn the_draft_of_x_wing_gives_the_same_public_key() {
    let seed = "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26";
    let seed = std::array::from_fn(|at| u8::from_str_radix(&seed[2 * at..2 * at + 2], 16).unwrap());
    let public = SecretKey::from_bytes(seed).public();
    let hex = |bytes: &[u8; 16]| format!("{:032x}", u128::from_be_bytes(*bytes));
    assert_eq!(hex(public.as_bytes().first_chunk().unwrap()), KAT_FIRST);
    assert_eq!(hex(public.as_bytes().last_chunk().unwrap()), KAT_LAST);
}

const KAT_FIRST: &str = "e2236b35a8c24b39b10aa1323a96a919";
const KAT_LAST: &str = "23593d4ba32d9abac8cd049040ef6534";

#[test]
fn what_is_sealed_opens_with_the_same_circumstances_only() {
    let psk = [9; 32];
    let psk_mode = Mode::Psk { psk: &psk, id: b"name" };
    for mode in [Mode::Base, psk_mode] {
        let sealed = seal(&key(1).public(), mode, b"info", b"aad", b"plain", &mut chance()).unwrap();
        assert_eq!(sealed.len(), 5 + OVERHEAD_BYTES);
        assert_eq!(open(&key(1), mode, b"info", b"aad", &sealed).unwrap().as_slice(), b"plain");
        assert_eq!(open(&key(2), mode, b"info", b"aad", &sealed), Err(Error::NotOpened));
        assert_eq!(open(&key(1), mode, b"other", b"aad", &sealed), Err(Error::NotOpened));
        assert_eq!(open(&key(1), mode, b"info", b"other", &sealed), Err(Error::NotOpened));
    }
    let sealed = seal(&key(1).public(), psk_mode, b"", b"", b"plain", &mut chance()).unwrap();
    assert_eq!(open(&key(1), Mode::Base, b"", b"", &sealed), Err(Error::NotOpened));
    assert_eq!(open(&key(1), Mode::Psk { psk: &[8; 32], id: b"name" }, b"", b"", &sealed), Err(Error::NotOpened));
    assert_eq!(open(&key(1), Mode::Psk { psk: &psk, id: b"nome" }, b"", b"", &sealed), Err(Error::NotOpened));
    assert_eq!(open(&key(1), Mode::Psk { psk: &psk, id: b"" }, b"", b"", &sealed), Err(Error::Unnamed));
}

#[test]
fn what_is_not_a_key_or_sealed_is_refused() {
    assert_eq!(PublicKey::from_bytes(&[0; 31]), Err(Error::NotAKey));
    // Coefficients above q (FIPS 203 section 7.2).
    assert_eq!(PublicKey::from_bytes(&[0xff; PUBLIC_KEY_BYTES]), Err(Error::NotAKey));
    for length in [0, 1, ENCAPSULATED_BYTES, OVERHEAD_BYTES - 1] {
        assert_eq!(open(&key(1), Mode::Base, b"", b"", &vec![0; length]), Err(Error::Short { length }));
    }
    assert_eq!(open(&key(1), Mode::Base, b"", b"", &[0; OVERHEAD_BYTES]), Err(Error::NotOpened));
}

proptest! {
    /// The check of the encoding, against the library's, which makes much more of a key than a check needs.
    #[test]
    fn a_public_key_is_what_the_library_takes_for_one(
        seed in any::<[u8; 32]>(),
        place in 0..PUBLIC_KEY_BYTES,
        byte in prop_oneof![any::<u8>(), Just(0xff), Just(0x0d), Just(0xd0)],
    ) {
        let mut bytes = *SecretKey::from_bytes(seed).public().as_bytes();
        prop_assert!(PublicKey::from_bytes(&bytes).is_ok());
        bytes[place] = byte;
        let theirs = <XWing as Kem>::PublicKey::from_bytes(&bytes).is_ok();
        prop_assert_eq!(PublicKey::from_bytes(&bytes).is_ok(), theirs);
    }
}

/// q - 1 is the largest coefficient, in both halves of a pair and in the last one.
#[test]
fn every_coefficient_is_below_q() {
    for at in [0, 1, 2, 766, 767] {
        for (value, expected) in [(3328_u16, true), (3329, false), (4095, false)] {
            let mut bytes = [0; PUBLIC_KEY_BYTES];
            let (start, value) = (at / 2 * 3, if at % 2 == 0 { value } else { value << 4 });
            let [low, high] = value.to_le_bytes();
            bytes[start + at % 2] |= low;
            bytes[start + at % 2 + 1] |= high;
            assert_eq!(PublicKey::from_bytes(&bytes).is_ok(), expected, "{at}: {value}");
            assert_eq!(<XWing as Kem>::PublicKey::from_bytes(&bytes).is_ok(), expected, "{at}: {value}");
        }
    }
    let mut bytes = [0; PUBLIC_KEY_BYTES];
    bytes[1152..].fill(0xff);
    assert!(PublicKey::from_bytes(&bytes).is_ok(), "behind the coefficients anything may stand");
}

#[test]
fn a_public_key_comes_back_and_secrets_do_not_show() {
    let public = key(1).public();
    assert_eq!(PublicKey::from_bytes(public.as_bytes()).unwrap(), public);
    let bytes = crate::codec::encode(&public);
    assert_eq!(crate::codec::decode::<PublicKey>(&bytes, 2000).unwrap(), public);
    assert_eq!(format!("{:?}", key(1)), "SecretKey(redacted)");
    assert_eq!(format!("{:?}", Mode::Psk { psk: &[1; 32], id: b"x" }), "Psk(redacted)");
    assert_ne!(*SecretKey::random(&mut chance()).to_bytes(), [0; 32]);
}

#[test]
fn a_flipped_bit_anywhere_is_noticed() {
    let sealed = seal(&key(1).public(), Mode::Base, b"", b"", b"plain", &mut chance()).unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(open(&key(1), Mode::Base, b"", b"", &changed).is_err(), "byte {at}");
    }
}

/// From the PURBs paper and its reference implementation.
#[test]
fn padme_is_the_known_one() {
    for (length, padded) in [
        (0, 0),
        (1, 1),
        (2, 2),
        (8, 8),
        (9, 10),
        (15, 16),
        (17, 18),
        (100, 104),
        (1000, 1024),
        (65_537, 67_584),
        (1_000_000, 1_015_808),
    ] {
        assert_eq!(padme(length), padded, "{length}");
    }
    assert!(padme(usize::MAX) >= usize::MAX - 1);
}

proptest! {
    #[test]
    fn padding_adds_at_most_twelve_per_cent_and_settles(length in 0_usize..1 << 40) {
        let padded = padme(length);
        prop_assert!(padded >= length);
        prop_assert!((padded - length) * 100 <= length * 12);
        prop_assert_eq!(padme(padded), padded);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1300)) {
        prop_assert!(open(&key(1), Mode::Base, b"", b"", &bytes).is_err());
        let _ = PublicKey::from_bytes(&bytes);
    }
}
