//! The receipt of a share: the record that both sides keep, the same bytes, signed by both. Its fields are those that
//! ISO/IEC TS 27560:2023 makes mandatory, by the names of the W3C's guide to it (the text of ISO itself was not read).
//! It says what was shown, and never the values.
//!
//! The file is a JWS in its general JSON form (RFC 7515 section 7.2.1) with two Ed25519 signatures, so that any library
//! for JOSE can check it.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use std::ops::RangeInclusive;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    Verified,
    agreement::Agreement,
    credential::{
        general::{self, Signatory, Signer},
        key as jose,
    },
    did,
    document::{DocumentId, Profile},
    key::{PublicKey, SigningKey},
    limits::RECEIPT_BYTES_MAX,
    time::Timestamp,
};

/// What kind of text is signed.
pub const TYP: &str = "sesame-receipt+json";
const SCHEMA: &str = "ISO/IEC TS 27560:2023";

/// What was shared, with whom, for what, for how long. Field names are those of the standard; the order is fixed, so that
/// equal records have equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The standard.
    pub schema_version: String,
    /// A random UUID (RFC 9562, version 4).
    pub record_id: String,
    /// The person, by the key of this one relation.
    pub pii_principal_id: String,
    /// The agreement that both signed, as a CID.
    pub agreement: String,
    /// What is processed, and how.
    pub pii_processing: Processing,
    /// Who is who.
    pub party_identification: Vec<Party>,
    /// What happened.
    pub event: Event,
}

/// What is processed, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Processing {
    /// The terms, which are the person's.
    pub privacy_notice: String,
    /// The language of the record's codes.
    pub language: String,
    /// The purpose, by its code.
    pub purpose: String,
    /// On what it rests in law.
    pub lawful_basis: String,
    /// What was shown, by field.
    pub pii_information: Vec<Information>,
    /// Who answers for it.
    pub pii_controllers: Vec<String>,
    /// How it was collected.
    pub collection_method: String,
    /// Where it is kept, in the organisation's words.
    pub storage_locations: Vec<String>,
    /// For how long, as an ISO 8601 duration in days.
    pub retention_period: String,
    /// Under which country's law.
    pub jurisdiction: String,
    /// Who else receives it.
    pub recipient_third_parties: Vec<String>,
    /// How it is taken back.
    pub withdrawal_method: String,
}

/// One field that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information {
    /// The field.
    pub pii_type: String,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The key that it signs this record with.
    pub party_id: String,
    /// Its name.
    pub party_name: String,
    /// Where it sits.
    pub party_address: String,
    /// Whom to write to.
    pub party_contact: String,
    /// `PII controller` or `PII principal`.
    pub party_role: String,
    /// `organisation` or `person`.
    pub party_type: String,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When, in UTC (RFC 3339), to the second.
    pub event_time: String,
    /// For how long it is valid, as an ISO 8601 duration in days.
    pub validity_duration: String,
    /// Who acted: the person.
    pub entity_id: String,
    /// What it was.
    pub event_type: String,
    /// How it stands from then on.
    pub event_state: String,
}

impl Record {
    /// The record of a share under an agreement. `chance` makes its id.
    pub fn of(agreement: &Agreement, profile: &Profile, chance: [u8; 16], now: Timestamp) -> Self {
        Self::with(agreement, profile, uuid(chance), rfc3339(now))
    }

    /// The record that this very agreement has, with the id and the moment of another: what the organisation compares with
    /// what the person signed.
    #[must_use]
    pub fn again(&self, agreement: &Agreement, profile: &Profile) -> Self {
        Self::with(agreement, profile, self.record_id.clone(), self.event.event_time.clone())
    }

    fn with(agreement: &Agreement, profile: &Profile, record_id: String, event_time: String) -> Self {
        let terms = agreement.terms();
        let said = |field: &str| profile.fields.get(field).cloned().unwrap_or_default();
        let (person, organisation) = (of_bytes(agreement.relation().as_bytes()), did::to_did(&terms.vendor_key));
        let duration = format!("P{}D", terms.retention_days);
        let fields = terms.fields.iter().map(|field| Information { pii_type: field.clone() });
        Self {
            schema_version: SCHEMA.to_owned(),
            record_id,
            pii_principal_id: person.clone(),
            agreement: agreement.id().to_cid(),
            pii_processing: Processing {
                privacy_notice: format!("https://w3id.org/dpv/standards/ieee/7012#{}", terms.terms),
                language: "en".to_owned(),
                purpose: terms.purpose.clone(),
                lawful_basis: "consent".to_owned(),
                pii_information: fields.collect(),
                pii_controllers: vec![organisation.clone()],
                collection_method: "SD-JWT presentation (RFC 9901)".to_owned(),
                storage_locations: vec![said("data_location")],
                retention_period: duration.clone(),
                jurisdiction: said("tax_country"),
                recipient_third_parties: terms.recipients.clone(),
                withdrawal_method: "/sesame/desk/1".to_owned(),
            },
            party_identification: vec![
                Party {
                    party_id: organisation,
                    party_name: said("legal_name"),
                    party_address: said("seat"),
                    party_contact: said("privacy_contact"),
                    party_role: "PII controller".to_owned(),
                    party_type: "organisation".to_owned(),
                },
                Party {
                    party_id: person.clone(),
                    party_name: String::new(),
                    party_address: String::new(),
                    party_contact: "/sesame/desk/1".to_owned(),
                    party_role: "PII principal".to_owned(),
                    party_type: "person".to_owned(),
                },
            ],
            event: Event {
                event_time,
                validity_duration: duration,
                entity_id: person,
                event_type: "consent".to_owned(),
                event_state: "given".to_owned(),
            },
        }
    }

    fn bytes(&self) -> Vec<u8> {
        // Strings and lists of strings always have a form in JSON; were that to fail, nothing would match the result.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// A receipt with both signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    record: Record,
    agreement: DocumentId,
    text: String,
}

impl Receipt {
    /// Reads a receipt between these two, and checks both signatures.
    pub fn read(text: &str, relation: &PublicKey, vendor: &PublicKey) -> Result<Verified<Self>, Error> {
        let payload = verified(text, &[*relation, *vendor])?;
        Self::parse(&payload, text).map(Verified::new)
    }

    /// Reads a receipt by the keys that it names itself, for whoever has nothing but the file. Both signatures hold; who
    /// the two are is theirs to say.
    pub fn read_alone(text: &str) -> Result<Verified<Self>, Error> {
        let claimed = claimed(text).ok_or(Error::Record)?;
        let named = claimed.party_identification.iter().rev();
        let keys: Vec<PublicKey> = named.filter_map(|party| did::from_did(&party.party_id).ok()).collect();
        match keys.as_slice() {
            [relation, vendor] => Self::read(text, relation, vendor),
            _ => Err(Error::Parties),
        }
    }

    fn parse(payload: &[u8], text: &str) -> Result<Self, Error> {
        let record: Record = serde_json::from_slice(payload).map_err(|_| Error::Record)?;
        if record.bytes() != payload {
            return Err(Error::Record);
        }
        let agreement = DocumentId::from_cid(&record.agreement).map_err(|_| Error::Record)?;
        Ok(Self { record, agreement, text: text.to_owned() })
    }

    /// What it says.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Under which agreement.
    pub fn agreement(&self) -> DocumentId {
        self.agreement
    }

    /// The file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether this is what the person signed: the same bytes, with one signature more.
    pub fn completes(&self, mine: &str, relation: &PublicKey) -> bool {
        verified(mine, &[*relation]).is_ok_and(|payload| payload == self.record.bytes())
    }
}

/// Signs a record, as the person.
pub fn sign(record: &Record, relation: &SigningKey) -> Result<String, Error> {
    let key = jose::SigningKey::ed25519(*relation.to_bytes());
    let kid = did::to_did(&relation.public());
    Ok(general::sign(&record.bytes(), &[Signer { key: &key, kid: &kid, typ: TYP }])?)
}

/// Signs what the person signed, as the organisation, if it is the very record that this agreement has, of a moment within
/// these two.
pub fn countersign(
    text: &str,
    agreement: &Agreement,
    profile: &Profile,
    relation: &PublicKey,
    vendor: &SigningKey,
    moments: RangeInclusive<Timestamp>,
) -> Result<String, Error> {
    let payload = verified(text, &[*relation])?;
    let receipt = Receipt::parse(&payload, text)?;
    let record = &receipt.record;
    // The two things that the person chose: a random id, and the moment, which is written so that it sorts.
    let span = rfc3339(*moments.start())..=rfc3339(*moments.end());
    let is_timely = record.event.event_time.len() == 20 && span.contains(&record.event.event_time);
    if !is_uuid(&record.record_id) || !is_timely || record.again(agreement, profile) != *record {
        return Err(Error::OtherRecord);
    }
    let key = jose::SigningKey::ed25519(*vendor.to_bytes());
    let kid = did::to_did(&vendor.public());
    Ok(general::add(text, &Signer { key: &key, kid: &kid, typ: TYP })?)
}

/// What a file says of itself, before anything is checked: which keys to check it by.
fn claimed(text: &str) -> Option<Record> {
    if text.len() > RECEIPT_BYTES_MAX {
        return None;
    }
    let file: serde_json::Value = serde_json::from_str(text).ok()?;
    let payload = URL_SAFE_NO_PAD.decode(file.get("payload")?.as_str()?).ok()?;
    serde_json::from_slice(&payload).ok()
}

fn verified(text: &str, keys: &[PublicKey]) -> Result<Vec<u8>, Error> {
    let names: Vec<String> = keys.iter().map(did::to_did).collect();
    let wanted: Vec<Signatory<'_>> = keys
        .iter()
        .zip(&names)
        .map(|(key, kid)| Signatory { key: jose::PublicKey::Ed25519(*key), kid, typ: TYP })
        .collect();
    Ok(general::verify(text.as_bytes(), &wanted)?.into_inner().payload().to_vec())
}

fn of_bytes(bytes: &[u8; 32]) -> String {
    PublicKey::from_bytes(bytes).map(|key| did::to_did(&key)).unwrap_or_default()
}

fn is_uuid(text: &str) -> bool {
    let digits: String = text.split('-').collect();
    u128::from_str_radix(&digits, 16).is_ok_and(|bits| digits.len() == 32 && uuid(bits.to_be_bytes()) == text)
}

/// RFC 9562 section 5.4: version 4, variant 10.
fn uuid(chance: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(chance) & !(0xf000 << 64) & !(0xc000 << 48) | 0x4000 << 64 | 0x8000 << 48;
    let text = format!("{bits:032x}");
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// A moment in RFC 3339, UTC, to the second. Days are counted as in the proleptic Gregorian calendar (Hinnant, *chrono-
/// compatible low-level date algorithms*).
#[expect(clippy::arithmetic_side_effects, reason = "a count of milliseconds since 1970 is far from every border")]
fn rfc3339(moment: Timestamp) -> String {
    let seconds = moment.seconds();
    let (days, clock) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let of_era = shifted % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", clock / 3_600, clock / 60 % 60, clock % 60)
}

/// Why a text is not the receipt that it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A signature is missing or does not hold, or the form is another.
    #[error(transparent)]
    Signatures(#[from] general::Error),
    /// What was signed is not a record of a share.
    #[error("not the record of a share")]
    Record,
    /// It is the record of something else than what was agreed.
    #[error("the record is not that of the agreement")]
    OtherRecord,
    /// It does not name two parties with keys.
    #[error("the record does not name two parties by their keys")]
    Parties,
}

#[cfg(test)]
mod tests;
