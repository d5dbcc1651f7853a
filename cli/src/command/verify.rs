//! `sesame verify`: what a file proves by itself, without a node and without a vault. A share receipt proves what both
//! sides signed; a presentation proves whose keys signed it, and not for whom, which only the side that asked can check.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_protocol::credential::general::Error as SignedError;
use sesame_protocol::credential::{self, Alone, issue};
use sesame_protocol::limits::CREDENTIAL_BYTES_MAX;
use sesame_protocol::receipt::{self, Receipt, Record};
use sesame_protocol::time::Timestamp;

use super::{Context, day, moment, wording};
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask};

/// What stands before the id of the terms in a receipt.
const TERMS: char = '#';

/// What a file proves, as it is printed for programs. It holds no value of anybody.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Proven {
    /// Two signed the same record.
    Receipt {
        /// The record, as it was signed.
        record: Box<Record>,
        /// When what was shown may no longer be kept; nothing when the record does not say it in days.
        until: Option<String>,
    },
    /// Somebody showed something.
    Presentation {
        /// Who issued it, as it says itself.
        issuer: String,
        /// Whether that name is a key which signed.
        issuer_checked: bool,
        /// The key that showed exactly this, as `did:key`; nothing when none signed.
        holder: Option<String>,
        /// When it was shown, by the holder's clock.
        answered: Option<String>,
        /// What was shown, by name.
        names: Vec<String>,
    },
}

/// Checks a file.
pub(super) fn run(context: &Context, path: &Path) -> Result<()> {
    let text = ask::whole_of(path, CREDENTIAL_BYTES_MAX as u64)?;
    let proven = proven(text.trim(), now()).map_err(|problem| problem.with("file", path.display()))?;
    let value = serde_json::to_value(&proven).map_err(|error| Problem::new(Code::Failed).with("why", error))?;
    context.output.show(value, shown)
}

fn shown(words: &Words, proven: Proven) -> Sheet {
    match proven {
        Proven::Receipt { record, until } => receipt_sheet(words, &record, until.as_deref()),
        Proven::Presentation { issuer, issuer_checked, holder, answered, names } => {
            let sheet = issuer_line(words, &issuer, issuer_checked, Sheet::new());
            presentation_sheet(words, holder.as_deref(), answered.as_deref(), &names, sheet)
        }
    }
}

fn now() -> Timestamp {
    Timestamp::from_seconds(u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or_default())
}

/// What a text proves; a problem says what about it does not hold.
fn proven(text: &str, now: Timestamp) -> Result<Proven> {
    if text.starts_with('{') {
        let receipt = Receipt::read_alone(text).map_err(|error| unproven(what_of_receipt(&error), &error))?;
        let record = receipt.record().clone();
        let until = until(&record);
        return Ok(Proven::Receipt { record: Box::new(record), until });
    }
    if !text.contains('~') {
        return Err(Problem::new(Code::UnknownFormat).with("what", "verify"));
    }
    let alone = Alone::read(text.as_bytes(), issue::TYP, now)
        .map_err(|error| unproven(what_of_presentation(&error), &error))?;
    Ok(Proven::Presentation {
        issuer: alone.issuer().to_owned(),
        issuer_checked: alone.is_issuer_checked(),
        holder: alone.holder().map(credential::key::PublicKey::to_did),
        answered: alone.answered().and_then(|at| rfc3339(at.seconds())),
        names: alone.names().to_vec(),
    })
}

fn unproven(what: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::new(Code::BadFile).with("what", what).with("why", error)
}

/// What is wrong with a receipt, by the names that the words know.
fn what_of_receipt(error: &receipt::Error) -> &'static str {
    match error {
        receipt::Error::Signatures(SignedError::Missing { .. } | SignedError::Count { .. }) => "unsigned",
        receipt::Error::Signatures(SignedError::Signature { .. } | SignedError::Stranger) => "signature",
        _ => "record",
    }
}

/// What is wrong with a presentation, by the names that the words know.
fn what_of_presentation(error: &credential::Error) -> &'static str {
    use credential::Error;
    use credential::jws::Error::Signature;
    match error {
        Error::Issued(Signature) | Error::Unreferenced => "signature",
        Error::Binding(_) | Error::BindingHash | Error::Holder(_) => "binding",
        Error::Expired { .. } => "over",
        _ => "presentation",
    }
}

/// When the time of a record is over: its moment and its days (ISO 8601, `P30D`).
fn until(record: &Record) -> Option<String> {
    let days: u64 = record.event.validity_duration.strip_prefix('P')?.strip_suffix('D')?.parse().ok()?;
    let from: jiff::Timestamp = record.event.event_time.parse().ok()?;
    let seconds = u64::try_from(from.as_second()).ok()?;
    rfc3339(seconds.checked_add(days.checked_mul(86_400)?)?)
}

fn rfc3339(seconds: u64) -> Option<String> {
    let at = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    Some(at.to_string())
}

/// What a receipt says: who, what, for what, until when, on which terms, by which keys.
fn receipt_sheet(words: &Words, record: &Record, until: Option<&str>) -> Sheet {
    let processing = &record.pii_processing;
    let terms = processing.privacy_notice.rsplit(TERMS).next().unwrap_or_default();
    let names: Vec<String> = processing.pii_information.iter().map(|field| field.pii_type.clone()).collect();
    let until = until.map_or_else(|| record.event.validity_duration.clone(), |until| day(words, until));
    let mut pairs = Vec::new();
    for party in &record.party_identification {
        let is_person = party.party_type == "person";
        let key = words.text(if is_person { "cli-verify-person" } else { "cli-verify-key" });
        if !is_person {
            pairs.push((words.text("cli-organisation"), format!("{}, {}", party.party_name, party.party_address)));
        }
        pairs.push((key, party.party_id.clone()));
    }
    pairs.extend([
        (words.text("cli-what"), wording::fields(words, &names)),
        (words.text("cli-purpose"), wording::purpose(words, &processing.purpose)),
        (words.text("cli-since"), day(words, &record.event.event_time)),
        (words.text("cli-until"), until),
        (words.text("cli-terms"), wording::terms(words, terms)),
    ]);
    if !processing.recipient_third_parties.is_empty() {
        pairs.push((words.text("cli-recipients"), processing.recipient_third_parties.join(", ")));
    }
    pairs.push((words.text("cli-agreement"), record.agreement.clone()));
    pairs.push((words.text("cli-id"), record.record_id.clone()));
    let sheet = Sheet::new().toned(Tone::Good, words.text("cli-verify-receipt")).gap().pairs(pairs).gap();
    ["cli-verify-values", "cli-verify-whose"].into_iter().fold(sheet, |sheet, key| sheet.line(words.text(key)))
}

/// Whether the issuer's signature could be checked, and why not when it could not.
fn issuer_line(words: &Words, issuer: &str, checked: bool, sheet: Sheet) -> Sheet {
    let args = [("issuer", issuer.into())];
    match (checked, issuer.is_empty()) {
        (true, _) => sheet.toned(Tone::Good, words.with("cli-verify-issuer", &args)),
        (false, true) => sheet.toned(Tone::Warn, words.text("cli-verify-issuer-none")),
        (false, false) => sheet.toned(Tone::Warn, words.with("cli-verify-issuer-unknown", &args)),
    }
}

/// What else a presentation proves, and what only the side that asked can check.
fn presentation_sheet(
    words: &Words,
    holder: Option<&str>,
    answered: Option<&str>,
    names: &[String],
    sheet: Sheet,
) -> Sheet {
    let sheet = match holder {
        Some(holder) => {
            let at = answered.map(|at| moment(words, at)).unwrap_or_default();
            let args = [("holder", holder.into()), ("at", (&at).into())];
            sheet.toned(Tone::Good, words.with("cli-verify-holder", &args))
        }
        None => sheet.toned(Tone::Warn, words.text("cli-verify-holder-none")),
    };
    let sheet = sheet.toned(Tone::Warn, words.text("cli-verify-asker"));
    let shown = wording::fields(words, names);
    sheet.line(words.with("cli-verify-names", &[("fields", (&shown).into())]))
}

#[cfg(test)]
mod tests;
