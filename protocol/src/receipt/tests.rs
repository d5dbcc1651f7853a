use std::collections::BTreeMap;

use proptest::prelude::{any, proptest};

use super::*;
use crate::{
    agreement::{Proffered, Terms},
    key::IdentityId,
    letter::LetterId,
    relation::RelationId,
};

const NOW: Timestamp = Timestamp::from_seconds(1_772_323_200);

fn relation() -> SigningKey {
    SigningKey::from_bytes([1; 32])
}

fn vendor() -> SigningKey {
    SigningKey::from_bytes([2; 32])
}

fn profile() -> Profile {
    let fields = ["legal_name", "seat", "privacy_contact", "data_location", "tax_country"];
    Profile {
        identity: IdentityId::from_bytes([3; 32]),
        name: "Volta".into(),
        subjects: Vec::new(),
        markets: Vec::new(),
        terms: vec!["SD-BASE".into()],
        uses: Vec::new(),
        fields: fields.iter().map(|field| ((*field).to_owned(), format!("the {field}"))).collect::<BTreeMap<_, _>>(),
        version: 1,
        until: NOW,
    }
}

fn agreement() -> Verified<Agreement> {
    let terms = Terms {
        vendor: IdentityId::from_bytes([3; 32]),
        vendor_key: vendor().public(),
        request: LetterId::from_bytes([4; 16]),
        asked: [5; 32],
        fields: vec!["email".into(), "postal_code".into()],
        purpose: "quote".into(),
        terms: "SD-BASE".into(),
        retention_days: 30,
        recipients: vec!["Volta Lab".into()],
        nonce: [7; 16],
        issuer: "did:key:a".into(),
        holder: "did:key:b".into(),
        made: NOW,
    };
    Proffered::sign(&terms, &relation()).countersign(&vendor()).unwrap()
}

fn record() -> Record {
    Record::of(&agreement(), &profile(), [0xff; 16], NOW)
}

fn both() -> (String, String) {
    let mine = sign(&record(), &relation()).unwrap();
    let both = countersign(&mine, &agreement(), &profile(), &relation().public(), &vendor(), NOW..=NOW).unwrap();
    (mine, both)
}

#[test]
fn a_receipt_with_both_signatures_stands_alone() {
    let (mine, both) = both();
    let receipt = Receipt::read(&both, &relation().public(), &vendor().public()).unwrap();
    assert_eq!(receipt.record(), &record());
    assert_eq!(receipt.agreement(), agreement().id());
    assert!(receipt.completes(&mine, &relation().public()));
    assert_eq!(Receipt::read_alone(&both).unwrap(), receipt);
}

#[test]
fn every_field_that_the_standard_makes_mandatory_is_said() {
    let record = serde_json::to_value(record()).unwrap();
    for pointer in [
        "/schema_version",
        "/record_id",
        "/pii_principal_id",
        "/pii_processing/privacy_notice",
        "/pii_processing/language",
        "/pii_processing/purpose",
        "/pii_processing/pii_information/1/pii_type",
        "/pii_processing/pii_controllers/0",
        "/pii_processing/storage_locations/0",
        "/pii_processing/retention_period",
        "/pii_processing/jurisdiction",
        "/pii_processing/recipient_third_parties/0",
        "/pii_processing/withdrawal_method",
        "/party_identification/0/party_id",
        "/party_identification/0/party_address",
        "/party_identification/0/party_name",
        "/party_identification/0/party_role",
        "/party_identification/0/party_contact",
        "/party_identification/0/party_type",
        "/event/event_time",
        "/event/validity_duration",
        "/event/entity_id",
        "/event/event_type",
        "/event/event_state",
    ] {
        assert!(
            record.pointer(pointer).and_then(serde_json::Value::as_str).is_some_and(|said| !said.is_empty()),
            "{pointer}"
        );
    }
    assert_eq!(record["record_id"], "ffffffff-ffff-4fff-bfff-ffffffffffff");
    assert_eq!(record["event"]["event_time"], "2026-03-01T00:00:00Z");
    assert_eq!(record["pii_processing"]["retention_period"], "P30D");
}

#[test]
fn one_signature_or_another_one_is_not_enough() {
    let (mine, both) = both();
    let (one, two) = (relation().public(), vendor().public());
    let stranger = SigningKey::from_bytes([9; 32]);
    assert!(Receipt::read(&mine, &one, &two).is_err());
    assert!(Receipt::read(&both, &one, &stranger.public()).is_err());
    assert!(Receipt::read(&both, &stranger.public(), &two).is_err());
    assert!(Receipt::read_alone(&mine).is_err());
    let by_stranger = countersign(&mine, &agreement(), &profile(), &one, &stranger, NOW..=NOW).unwrap();
    assert!(Receipt::read(&by_stranger, &one, &two).is_err());
    assert!(Receipt::read_alone(&by_stranger).is_err(), "a file is checked by the keys that its record names");
}

#[test]
fn only_the_record_of_the_agreement_is_countersigned() {
    let change = |change: fn(&mut Record)| {
        let mut record = record();
        change(&mut record);
        let mine = sign(&record, &relation()).unwrap();
        countersign(&mine, &agreement(), &profile(), &relation().public(), &vendor(), NOW..=NOW).map(|_| ())
    };
    assert_eq!(change(|_| ()), Ok(()));
    let others: [fn(&mut Record); 10] = [
        |record| record.record_id = "a sentence that nobody should sign".into(),
        |record| record.record_id = "ffffffff-ffff-1fff-bfff-ffffffffffff".into(),
        |record| record.event.event_time = "2026-03-01T00:00:01Z".into(),
        |record| record.event.event_time = "2026-03-01T00:00:00Z, and I owe you".into(),
        |record| record.pii_processing.retention_period = "P1D".into(),
        |record| record.pii_processing.pii_information.clear(),
        |record| record.pii_processing.purpose = "study".into(),
        |record| record.party_identification[0].party_name = "Somebody else".into(),
        |record| record.agreement = DocumentId::from_bytes([8; 32]).to_cid(),
        |record| record.event.event_state = "withdrawn".into(),
    ];
    for other in others {
        assert_eq!(change(other), Err(Error::OtherRecord));
    }
    let elsewhere = sign(&record(), &SigningKey::from_bytes([9; 32])).unwrap();
    assert!(countersign(&elsewhere, &agreement(), &profile(), &relation().public(), &vendor(), NOW..=NOW).is_err());
}

#[test]
fn moments_are_written_as_calendars_write_them() {
    for (seconds, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (1_798_761_599, "2026-12-31T23:59:59Z"),
    ] {
        assert_eq!(rfc3339(Timestamp::from_seconds(seconds)), text);
    }
    assert_eq!(of_bytes(RelationId::from(relation().public()).as_bytes()), did::to_did(&relation().public()));
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}", moment in any::<u64>()) {
        let _ = Receipt::read_alone(&text);
        let _ = Receipt::read_alone(&format!("{{\"payload\":\"{text}\"}}"));
        let _ = rfc3339(Timestamp::from_millis(moment));
    }
}
