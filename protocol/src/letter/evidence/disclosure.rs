//! The letters of one disclosure, from the request to the proof of deletion. The agreement, the presentation and the
//! receipt are signed artefacts of their own, which the letters carry; their readers verify them before believing them.

use serde::{Deserialize, Serialize};

use super::{
    Says,
    account::{fields, name, prose},
};
use crate::{
    document::DocumentId,
    letter::Error,
    limits::{AGREEMENT_BYTES_MAX, PRESENTATION_BYTES_MAX, RECEIPT_BYTES_MAX, RECIPIENTS_MAX, RETENTION_DAYS_MAX},
    terms::{purpose::Purpose, roster::Roster},
};

/// An organisation asks for data, for one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRequest {
    /// The fields asked for, in ascending order.
    pub fields: Vec<String>,
    /// The code of the purpose, from the closed list.
    pub purpose: String,
    /// Why, in the organisation's own words.
    pub why: String,
    /// Days that it wants to keep them.
    pub retention_days: u32,
    /// Who else would receive them.
    pub recipients: Vec<String>,
    /// The terms that it would like, by the roster's id.
    pub terms: String,
    /// 128 random bits; the presentation carries them back, once.
    #[serde(with = "serde_bytes")]
    pub nonce: [u8; 16],
}

/// A no, by either side, to the letter that this one answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why, as a stable code; `refused` when no reason is owed.
    pub reason: String,
    /// The terms that an organisation would accept instead, by the roster's id.
    pub alternative: Option<String>,
}

/// What the person offers: an agreement that only the person has signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proffer {
    /// The agreement, as [`agreement`](crate::agreement) writes it.
    #[serde(with = "serde_bytes")]
    pub agreement: Vec<u8>,
}

/// The same agreement, signed by both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The agreement, as [`agreement`](crate::agreement) writes it.
    #[serde(with = "serde_bytes")]
    pub agreement: Vec<u8>,
}

/// What was agreed, shown: an SD-JWT with key binding, and the receipt that only the person has signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    /// Under which agreement.
    pub agreement: DocumentId,
    /// The presentation, in compact form.
    pub presentation: String,
    /// The receipt with the person's signature.
    pub receipt: String,
}

/// The receipt, signed by both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Under which agreement.
    pub agreement: DocumentId,
    /// The receipt with both signatures.
    pub receipt: String,
}

/// The person takes an agreement back: from now on what was shown under it may no longer be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Which agreement.
    pub agreement: DocumentId,
}

/// The organisation says that it deleted what it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deletion {
    /// Under which agreement it was shown.
    pub agreement: DocumentId,
    /// The fields that were deleted, in ascending order.
    pub fields: Vec<String>,
    /// How.
    pub how: How,
}

/// How something was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Dropped from the store in use: no program reads it any more. The sealed log below still holds it until it is
    /// rewritten, and so do copies that were made before.
    Dropped,
    /// Its keys were erased, so that no copy of the store can be read for it.
    Erased,
}

impl DataRequest {
    /// Whether it may be sent: what a desk asks, before it is stored.
    pub fn validate(&self) -> Result<(), Error> {
        self.check()
    }
}

impl Says for DataRequest {
    fn check(&self) -> Result<(), Error> {
        fields("fields", &self.fields)?;
        // What is not on the lists cannot be judged, so nobody is asked it.
        Purpose::parse(&self.purpose).map_err(|_| Error::Unlisted { field: "purpose" })?;
        Roster::parse(&self.terms).map_err(|_| Error::Unlisted { field: "terms" })?;
        prose("why", &self.why)?;
        if !(1..=RETENTION_DAYS_MAX).contains(&self.retention_days) {
            return Err(Error::Retention { days: self.retention_days });
        }
        if self.recipients.len() > RECIPIENTS_MAX {
            return Err(Error::TooMany { field: "recipients", found: self.recipients.len(), max: RECIPIENTS_MAX });
        }
        self.recipients.iter().try_for_each(|recipient| name("recipient", recipient))
    }
}

impl Says for Refusal {
    fn check(&self) -> Result<(), Error> {
        name("reason", &self.reason)?;
        self.alternative.as_deref().map_or(Ok(()), |alternative| name("alternative", alternative))
    }
}

impl Says for Proffer {
    fn check(&self) -> Result<(), Error> {
        most("bytes of an agreement", self.agreement.len(), AGREEMENT_BYTES_MAX)
    }
}

impl Says for Agreed {
    fn check(&self) -> Result<(), Error> {
        most("bytes of an agreement", self.agreement.len(), AGREEMENT_BYTES_MAX)
    }
}

impl Says for Presented {
    fn check(&self) -> Result<(), Error> {
        most("bytes of a presentation", self.presentation.len(), PRESENTATION_BYTES_MAX)?;
        most("bytes of a receipt", self.receipt.len(), RECEIPT_BYTES_MAX)
    }
}

impl Says for Receipt {
    fn check(&self) -> Result<(), Error> {
        most("bytes of a receipt", self.receipt.len(), RECEIPT_BYTES_MAX)
    }
}

impl Says for Withdrawal {}

impl Says for Deletion {
    fn check(&self) -> Result<(), Error> {
        fields("fields", &self.fields)
    }
}

fn most(field: &'static str, found: usize, max: usize) -> Result<(), Error> {
    if found > max { Err(Error::TooMany { field, found, max }) } else { Ok(()) }
}
