use proptest::prelude::{any, proptest};

use super::*;

fn relation() -> SigningKey {
    SigningKey::from_bytes([1; 32])
}

fn vendor() -> SigningKey {
    SigningKey::from_bytes([2; 32])
}

fn asked() -> DataRequest {
    DataRequest {
        fields: ["birth_date", "electricity_month_kwh", "given_name"].map(str::to_owned).to_vec(),
        purpose: "quote".into(),
        why: String::new(),
        retention_days: 30,
        recipients: vec!["Volta Lab".into()],
        terms: "SD-BASE".into(),
        nonce: [7; 16],
    }
}

fn terms() -> Terms {
    Terms {
        vendor: IdentityId::from_bytes([3; 32]),
        vendor_key: vendor().public(),
        request: LetterId::from_bytes([4; 16]),
        asked: crate::letter::evidence::digest(&asked()),
        fields: vec!["electricity_month_kwh".into()],
        purpose: "quote".into(),
        terms: "SD-BASE".into(),
        retention_days: 30,
        recipients: Vec::new(),
        nonce: [7; 16],
        issuer: "did:key:a".into(),
        holder: "did:key:b".into(),
        made: Timestamp::from_seconds(1_800_000_000),
    }
}

#[test]
fn both_signatures_make_an_agreement_and_its_name_stays() {
    let proffered = Proffered::sign(&terms(), &relation());
    let read = Proffered::read(&proffered.encode(), &relation().public()).unwrap();
    assert_eq!(read.terms(), &terms());
    let agreed = read.countersign(&vendor()).unwrap();
    let bytes = agreed.encode();
    let again = Agreement::read(&bytes, &relation().public(), &vendor().public()).unwrap();
    assert_eq!((again.id(), again.terms()), (proffered.id(), &terms()));
    assert_eq!(again.encode(), bytes);
    assert_eq!(again.transaction_data(), agreed.transaction_data());
}

#[test]
fn one_signature_is_not_enough_and_another_key_does_not_count() {
    let proffered = Proffered::sign(&terms(), &relation());
    let (mine, theirs) = (relation().public(), vendor().public());
    assert!(matches!(Agreement::read(&proffered.encode(), &mine, &theirs), Err(Error::Codec(_))));
    assert_eq!(proffered.countersign(&relation()), Err(Error::OtherVendor));
    let agreed = proffered.countersign(&vendor()).unwrap();
    assert_eq!(Agreement::read(&agreed.encode(), &theirs, &theirs), Err(Error::BadSignature));
    assert_eq!(Agreement::read(&agreed.encode(), &mine, &mine), Err(Error::OtherVendor));
    assert!(matches!(Proffered::read(&agreed.encode(), &mine), Err(Error::Codec(_))));
    // The person's signature in the organisation's place.
    let (block, signature, _): (ByteBuf, Signature, Signature) = codec::decode(&agreed.encode(), 8192).unwrap();
    let forged = codec::encode(&(&block, signature, signature));
    assert_eq!(Agreement::read(&forged, &mine, &theirs), Err(Error::BadSignature));
    // Another thing that the same key signed is not an agreement.
    let letter = codec::encode(&("sesame/1/letter/refusal", mine, ByteBuf::from(codec::encode(&terms()))));
    let signed = codec::encode(&(ByteBuf::from(letter.clone()), relation().sign(&letter)));
    assert_eq!(Proffered::read(&signed, &mine), Err(Error::UnknownKind));
}

#[test]
fn an_agreement_stays_within_what_was_asked() {
    let request = LetterId::from_bytes([4; 16]);
    assert!(terms().are_within(&request, &asked()));
    let outside = [
        Terms { request: LetterId::from_bytes([5; 16]), ..terms() },
        Terms { asked: [0; 32], ..terms() },
        Terms { nonce: [8; 16], ..terms() },
        Terms { purpose: "advertising".into(), ..terms() },
        Terms { fields: vec!["iban".into()], ..terms() },
        Terms { fields: Vec::new(), ..terms() },
        Terms { fields: vec!["given_name".into(), "birth_date".into()], ..terms() },
        Terms { retention_days: 31, ..terms() },
        Terms { recipients: vec!["Somebody else".into()], ..terms() },
    ];
    for terms in outside {
        assert!(!terms.are_within(&request, &asked()), "{terms:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
        let _ = Agreement::read(&bytes, &relation().public(), &vendor().public());
        let _ = Proffered::read(&bytes, &relation().public());
    }

    #[test]
    fn every_flipped_bit_is_noticed(at in any::<proptest::sample::Index>(), bit in 0_u8..8) {
        let mut bytes = Proffered::sign(&terms(), &relation()).countersign(&vendor()).unwrap().encode();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        assert!(Agreement::read(&bytes, &relation().public(), &vendor().public()).is_err());
    }
}
