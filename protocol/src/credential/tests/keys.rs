//! Keys, their texts, and tokens: against the vectors of the standards.

use p256::elliptic_curve::PrimeField;
use serde_json::json;

use crate::credential::{
    base64url, es256, jwk,
    jws::{self, Token},
    key::{Algorithm, Error, PublicKey, SigningKey},
};

fn unhex<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
}

/// RFC 6979 appendix A.2.5.
#[test]
fn es256_is_deterministic_as_the_standard_says() {
    let scalar = unhex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    let key = es256::SigningKey::from_scalar(scalar).unwrap();
    let r: [u8; 32] = unhex("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716");
    let s: [u8; 32] = unhex("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    let signature: [u8; 64] = [r, s].concat().try_into().unwrap();
    assert_eq!(key.sign(b"sample"), signature);
    assert!(key.public().verify(b"sample", &signature));
    assert!(!key.public().verify(b"simple", &signature));
    assert_eq!(*key.to_scalar(), scalar);
    assert!(!key.public().verify(b"sample", &[0; 64]), "a signature of zeros is none");
}

/// The order of P-256.
const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
/// The prime that its coordinates are modulo.
const PRIME: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

/// Signing and verifying are two implementations; they must agree on what a signature is, above all at the edges.
#[test]
fn whoever_signs_and_whoever_verifies_mean_the_same_signatures() {
    use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

    let both = |key: &es256::PublicKey, message: &[u8], signature: &[u8; 64]| {
        let theirs = VerifyingKey::from_sec1_bytes(&key.compressed()).unwrap();
        let theirs = Signature::from_slice(signature).is_ok_and(|read| theirs.verify(message, &read).is_ok());
        assert_eq!(key.verify(message, signature), theirs, "{signature:02x?}");
        theirs
    };
    let mut edges = vec![[0; 32], [0xff; 32]];
    for middle in [unhex::<32>(ORDER), unhex(PRIME)] {
        let (mut below, mut above) = (middle, middle);
        below[31] -= 1;
        for digit in above.iter_mut().rev() {
            *digit = digit.wrapping_add(1);
            if *digit != 0 {
                break;
            }
        }
        edges.extend([below, middle, above]);
    }
    edges.push(std::array::from_fn(|at| u8::from(at == 31)));
    for turn in 0..24_u8 {
        let key = es256::SigningKey::from_secret([turn; 32]);
        let public = key.public();
        let good = key.sign(&[turn]);
        assert!(both(&public, &[turn], &good) && !both(&public, &[turn, turn], &good));
        let (r, s) = good.split_at(32);
        let s = p256::Scalar::from_repr(<[u8; 32]>::try_from(s).unwrap().into()).unwrap();
        let twin: [u8; 32] = (-s).to_bytes().into();
        let twin = [r, &twin].concat().try_into().unwrap();
        assert!(both(&public, &[turn], &twin), "both of a pair hold (RFC 7518 does not choose)");
        for edge in &edges {
            let (first, last) = good.split_at(32);
            both(&public, &[turn], &[edge.as_slice(), last].concat().try_into().unwrap());
            both(&public, &[turn], &[first, edge.as_slice()].concat().try_into().unwrap());
            for other in &edges {
                both(&public, &[turn], &[*edge, *other].concat().try_into().unwrap());
            }
        }
        for bit in 0..512 {
            let mut bad = good;
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(!both(&public, &[turn], &bad), "bit {bit}");
        }
    }
}

#[test]
fn a_scalar_is_within_the_order() {
    let order = unhex(ORDER);
    for bad in [[0; 32], order, [0xff; 32]] {
        assert!(matches!(es256::SigningKey::from_scalar(bad), Err(Error::NotAScalar)));
    }
    let mut last = order;
    last[31] -= 1;
    assert!(es256::SigningKey::from_scalar(last).is_ok());
}

#[test]
fn every_secret_has_its_own_key() {
    let keys: Vec<_> = (0..8).map(|at| SigningKey::es256([at; 32]).public().to_did()).collect();
    for (at, key) in keys.iter().enumerate() {
        assert!(!keys[..at].contains(key));
    }
    // A secret is never the scalar itself.
    let SigningKey::Es256(key) = SigningKey::es256([1; 32]) else { unreachable!() };
    assert_ne!(*key.to_scalar(), [1; 32]);
    assert_eq!(format!("{:?}", SigningKey::Es256(key)), "Es256(SigningKey(redacted))");
}

/// RFC 7515 appendix A.3 and RFC 8037 appendix A.4: tokens without a type, which only their signatures are taken of.
#[test]
fn the_tokens_of_the_standards_hold() {
    let es256 = jwk::from_jwk(&json!({
        "kty": "EC", "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    }));
    let ed25519 = jwk::from_jwk(&json!({
        "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    }));
    let (es256, ed25519) = (es256.unwrap(), ed25519.unwrap());
    let first = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290\
                 Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    let second = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbh\
                  ijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assert_eq!(Token::read(first).unwrap().check(&[ed25519, es256]), Ok(1));
    assert_eq!(Token::read(second).unwrap().check(&[es256, ed25519]), Ok(1));
    assert_eq!(Token::read(second).unwrap().payload().unwrap(), b"Example of Ed25519 signing");
    let expected = jws::Error::Algorithm { key: Algorithm::Es256 };
    assert_eq!(Token::read(second).unwrap().check(&[es256]), Err(expected));
    assert_eq!(jws::verify(second, &ed25519, "x"), Err(jws::Error::Type { expected: "x".to_owned() }));
    // RFC 8037 appendix A.3.
    assert_eq!(jwk::thumbprint(&ed25519), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn a_token_is_read_under_its_type_and_key_alone() {
    for key in [SigningKey::es256([1; 32]), SigningKey::ed25519([1; 32])] {
        let token = jws::sign(b"text", &key, "example+jwt", Some("a \"name\""));
        assert_eq!(**jws::verify(&token, &key.public(), "example+jwt").unwrap(), *b"text");
        assert!(matches!(jws::verify(&token, &key.public(), "jwt"), Err(jws::Error::Type { .. })));
        for other in [SigningKey::es256([2; 32]), SigningKey::ed25519([2; 32])] {
            let refusal = jws::verify(&token, &other.public(), "example+jwt").unwrap_err();
            let is_same = key.algorithm() == other.algorithm();
            assert_eq!(refusal == jws::Error::Signature, is_same, "{refusal}");
        }
        let header = base64url::decode(token.split('.').next().unwrap()).unwrap();
        let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
        assert_eq!(header["alg"], key.algorithm().name());
        assert_eq!(header["kid"], "a \"name\"");
    }
}

/// The examples of the did:key specification (W3C CCG, section 5 of its appendix).
#[test]
fn a_p256_key_has_one_did() {
    let did = "did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv";
    let key = PublicKey::from_did(did).unwrap();
    assert_eq!(key.to_did(), did);
    assert_eq!(
        jwk::to_jwk(&key),
        json!({
            "kty": "EC", "crv": "P-256",
            "x": "igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns", "y": "efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM",
        })
    );
    let other = SigningKey::ed25519([1; 32]).public();
    assert_eq!(PublicKey::from_did(&other.to_did()), Ok(other));
    assert!(PublicKey::from_did("did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F").is_err());
    let long = crate::did::write([0x80, 0x24], &[2; 34]);
    assert_eq!(PublicKey::from_did(&long), Err(Error::NotAPoint));
}

#[test]
fn a_key_has_one_jwk() {
    for key in [SigningKey::es256([1; 32]), SigningKey::ed25519([1; 32])] {
        let value = jwk::to_jwk(&key.public());
        assert_eq!(jwk::from_jwk(&value), Ok(key.public()));
        for (member, also) in [("d", "AAAA"), ("kid", "1"), ("alg", "none")] {
            let mut value = value.clone();
            value[member] = also.into();
            assert_eq!(jwk::from_jwk(&value), Err(jwk::Error::Unknown));
        }
        let mut short = value.clone();
        short["x"] = "AAAA".into();
        assert_eq!(jwk::from_jwk(&short), Err(jwk::Error::Coordinate { member: "x" }));
        let mut moved = value.clone();
        moved["crv"] = "P-384".into();
        assert_eq!(jwk::from_jwk(&moved), Err(jwk::Error::Kind));
        let mut off = value;
        off["x"] = base64url::encode(&[0xff; 32]).into();
        assert!(matches!(jwk::from_jwk(&off), Err(jwk::Error::Key(_))));
    }
    assert_eq!(jwk::from_jwk(&json!([])), Err(jwk::Error::NotAnObject));
    assert_eq!(jwk::from_jwk(&json!({ "kty": "oct", "k": "AAAA" })), Err(jwk::Error::Missing { member: "crv" }));
}
