use curve25519_dalek::{
    constants::{ED25519_BASEPOINT_TABLE, EIGHT_TORSION},
    edwards::CompressedEdwardsY,
};
use proptest::prelude::{any, prop_assert, proptest};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

use super::*;
use crate::key::{Error, SigningKey};

/// A signer that can do what an honest one never does: add a torsion part to R or A.
struct Forger {
    secret: Scalar,
    key: [u8; 32],
}

impl Forger {
    fn new(number: u64, torsion: EdwardsPoint) -> Self {
        let secret = Scalar::from(number) * Scalar::from(0x1234_5678_9abc_def1_u64);
        Self { secret, key: (&secret * ED25519_BASEPOINT_TABLE + torsion).compress().to_bytes() }
    }

    fn sign(&self, message: &[u8], torsion: EdwardsPoint) -> Signature {
        let nonce = Scalar::from(77_u64) * self.secret + Scalar::ONE;
        let r = (&nonce * ED25519_BASEPOINT_TABLE + torsion).compress().to_bytes();
        let hash = Sha512::new().chain_update(r).chain_update(self.key).chain_update(message).finalize();
        let s = nonce + Scalar::from_bytes_mod_order_wide(&hash.into()) * self.secret;
        joined(&r, s.as_bytes())
    }
}

fn joined(r: &[u8; 32], s: &[u8; 32]) -> Signature {
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(r);
    bytes[32..].copy_from_slice(s);
    Signature::from_bytes(bytes)
}

fn chance(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

/// Says what both ways say, and fails if they differ; the batch hides the signature among honest ones.
fn both(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let alone = verify(key, message, signature);
    let honest: Vec<SigningKey> = (1..8).map(|seed| SigningKey::from_bytes([seed; 32])).collect();
    let keys: Vec<PublicKey> = honest.iter().map(SigningKey::public).collect();
    let signatures: Vec<Signature> = honest.iter().map(|key| key.sign(b"honest")).collect();
    for seed in 0..4 {
        let mut items: Vec<Signed<'_>> = keys
            .iter()
            .zip(&signatures)
            .map(|(key, signature)| Signed { key, message: b"honest", signature })
            .collect();
        items.insert(3, Signed { key, message, signature });
        let answers = verify_batch(&items, &mut chance(seed));
        assert_eq!(answers[3], alone, "batch and single differ");
        assert!(answers.iter().enumerate().all(|(at, holds)| at == 3 || *holds), "an honest signature was refused");
        assert_eq!(verify_batch(&items[3..4], &mut chance(seed)), [alone]);
    }
    alone
}

#[test]
fn the_vectors_of_rfc_8032_hold() {
    let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let key = SigningKey::from_bytes(seed);
    assert_eq!(key.public().as_bytes(), &hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    let signature = joined(
        &hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"),
        &hex("5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    );
    assert_eq!(key.sign(b""), signature);
    assert!(both(&key.public(), b"", &signature));
    assert!(!both(&key.public(), b"x", &signature));
}

fn hex(text: &str) -> [u8; 32] {
    std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
}

#[test]
fn weak_points_are_no_keys_and_no_part_of_a_signature() {
    let honest = SigningKey::from_bytes([1; 32]);
    for torsion in EIGHT_TORSION {
        let weak = torsion.compress().to_bytes();
        assert_eq!(PublicKey::from_bytes(&weak), Err(Error::SmallOrder));
        // R = O or a torsion point and s = k·a solve the cofactored equation: the order test refuses them.
        let hash =
            Sha512::new().chain_update(weak).chain_update(honest.public().as_bytes()).chain_update(b"m").finalize();
        let k = Scalar::from_bytes_mod_order_wide(&hash.into());
        let secret = ed25519_dalek::SigningKey::from_bytes(&honest.to_bytes()).to_scalar();
        let signature = joined(&weak, (k * secret).as_bytes());
        let term = k * secret * ED25519_BASEPOINT_POINT
            - torsion
            - k * CompressedEdwardsY(*honest.public().as_bytes()).decompress().unwrap();
        assert!(term.mul_by_cofactor().is_identity(), "the forgery solves the equation");
        assert!(!both(&honest.public(), b"m", &signature));
    }
}

#[test]
fn encodings_that_are_not_canonical_are_refused() {
    let mut refused = 0;
    for low in 0xed..=0xff_u8 {
        for top in [0x7f, 0xff] {
            let mut bytes = [0xff; 32];
            (bytes[0], bytes[31]) = (low, top);
            assert_eq!(PublicKey::from_bytes(&bytes), Err(Error::NotCanonical));
            let signature = joined(&bytes, Scalar::ONE.as_bytes());
            assert!(!both(&SigningKey::from_bytes([1; 32]).public(), b"m", &signature));
            refused += u32::from(CompressedEdwardsY(bytes).decompress().is_some());
        }
    }
    assert!(refused > 8, "the library takes some of these encodings, so the test means something");
    // x = 0 with a sign: y = 1 and y = -1.
    for y in [[1_u8, 0, 0x80], [0xec, 0xff, 0xff]] {
        let mut bytes = [y[1]; 32];
        (bytes[0], bytes[31]) = (y[0], y[2]);
        assert!(PublicKey::from_bytes(&bytes).is_err());
    }
    assert_eq!(
        PublicKey::from_bytes(&{
            let mut y = [0; 32];
            y[0] = 2;
            y
        }),
        Err(Error::NotAPoint)
    );
}

#[test]
fn torsion_in_r_or_a_is_judged_the_same_alone_and_in_a_batch() {
    let none = EIGHT_TORSION[0];
    let mut strict_differs = false;
    for (number, torsion) in (1..).zip(EIGHT_TORSION) {
        // Whether the cofactorless equation holds depends on k modulo 8: try several messages.
        for message in [b"one", b"two", b"six", b"ten"] {
            for (in_key, in_r) in [(none, torsion), (torsion, none), (torsion, torsion)] {
                let forger = Forger::new(number, in_key);
                let signature = forger.sign(message, in_r);
                let key = PublicKey::from_bytes(&forger.key).unwrap();
                assert!(both(&key, message, &signature), "only its own signer can make it, and it is accepted");
                assert!(!both(&key, b"another message", &signature));
                let strict = ed25519_dalek::VerifyingKey::from_bytes(&forger.key).unwrap();
                let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
                strict_differs |= strict.verify_strict(message, &signature).is_err();
            }
        }
    }
    assert!(strict_differs, "some of these are refused by the cofactorless rule, so the test means something");
}

#[test]
fn a_scalar_that_is_not_reduced_is_refused() {
    let key = SigningKey::from_bytes([1; 32]);
    let signature = key.sign(b"m");
    let (r, s) = signature.as_bytes().split_first_chunk::<32>().unwrap();
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut larger = [0_u8; 32];
    let mut carry = 0_u16;
    for at in 0..32 {
        carry += u16::from(s[at]) + u16::from(order[at]);
        larger[at] = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    assert!(both(&key.public(), b"m", &signature));
    assert!(!both(&key.public(), b"m", &joined(r, &larger)));
    assert!(!both(&key.public(), b"m", &joined(r, &order)));
    assert!(!both(&key.public(), b"m", &joined(r, &[0xff; 32])));
}

#[test]
fn many_signatures_of_few_authors_with_some_bad_ones() {
    let authors: Vec<SigningKey> = (0..5).map(|seed| SigningKey::from_bytes([seed; 32])).collect();
    let messages: Vec<Vec<u8>> = (0..200_u32).map(|number| number.to_be_bytes().to_vec()).collect();
    let is_bad = |number: usize| number == 0 || number == 199 || number % 37 == 5;
    let signed: Vec<(PublicKey, Signature)> = messages
        .iter()
        .enumerate()
        .map(|(number, message)| {
            let author = &authors[number % 5];
            let signature = if is_bad(number) { author.sign(b"another") } else { author.sign(message) };
            (author.public(), signature)
        })
        .collect();
    let items: Vec<Signed<'_>> =
        signed.iter().zip(&messages).map(|((key, signature), message)| Signed { key, message, signature }).collect();
    let answers = verify_batch(&items, &mut chance(9));
    for (number, holds) in answers.into_iter().enumerate() {
        assert_eq!(holds, !is_bad(number), "{number}");
    }
    assert_eq!(verify_batch(&[], &mut chance(9)), Vec::<bool>::new());
}

#[test]
fn two_bad_signatures_that_cancel_do_not_pass_together() {
    let key = SigningKey::from_bytes([4; 32]);
    let (one, two) = (key.sign(b"one"), key.sign(b"two"));
    // s₁ + 1 and s₂ − 1: the plain sum of both equations still holds.
    let shift = |signature: &Signature, by: Scalar| {
        let (r, s) = signature.as_bytes().split_first_chunk::<32>().unwrap();
        let s = Scalar::from_canonical_bytes(s.try_into().unwrap()).unwrap() + by;
        joined(r, s.as_bytes())
    };
    let (one, two) = (shift(&one, Scalar::ONE), shift(&two, -Scalar::ONE));
    let public = key.public();
    let items = [
        Signed { key: &public, message: b"one", signature: &one },
        Signed { key: &public, message: b"two", signature: &two },
    ];
    assert_eq!(verify_batch(&items, &mut chance(1)), [false, false]);
}

proptest! {
    #[test]
    fn a_changed_bit_is_noticed(seed in any::<[u8; 32]>(), message in any::<Vec<u8>>(), at in 0_usize..64, bit in 0_u8..8) {
        let key = SigningKey::from_bytes(seed);
        let signature = key.sign(&message);
        prop_assert!(verify(&key.public(), &message, &signature));
        let mut bytes = *signature.as_bytes();
        bytes[at] ^= 1 << bit;
        prop_assert!(!verify(&key.public(), &message, &Signature::from_bytes(bytes)));
    }

    #[test]
    fn strict_verification_accepts_nothing_more(seed in any::<[u8; 32]>(), message in any::<Vec<u8>>(), bytes in any::<[[u8; 32]; 2]>()) {
        let key = SigningKey::from_bytes(seed);
        let signature = joined(&bytes[0], &bytes[1]);
        let strict = ed25519_dalek::VerifyingKey::from_bytes(key.public().as_bytes()).unwrap();
        let theirs = strict.verify_strict(&message, &ed25519_dalek::Signature::from_bytes(signature.as_bytes())).is_ok();
        prop_assert!(!theirs || verify(&key.public(), &message, &signature));
    }
}
