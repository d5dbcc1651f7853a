//! `/sesame/sync/1`: which documents do you have that I do not, give me these, and I have something new. The
//! documents inside are decoded by [`Document::decode_public`](crate::document::Document::decode_public), which
//! refuses a person's card here.

use serde::{Deserialize, Serialize};

use super::{Error, Reason, check_count, check_parts};
use crate::{
    codec::blobs,
    document::DocumentId,
    limits::{DOCUMENT_BYTES_MAX, DOCUMENTS_PER_FRAME_MAX, RECONCILE_BYTES_MAX},
};

/// The question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// A reconciliation message.
    Reconcile(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Documents by id.
    Pull(Vec<DocumentId>),
    /// Something new is here; ask when it suits.
    Announce,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The answer to a reconciliation message.
    Reconcile(#[serde(with = "serde_bytes")] Vec<u8>),
    /// Documents in any order; those that are not here, or did not fit, are missing.
    Documents(#[serde(with = "blobs")] Vec<Vec<u8>>),
    /// The announcement was heard.
    Noted,
    /// No, and why.
    Refused(Reason),
}

impl Ask {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let ask: Self = super::decode(bytes)?;
        match &ask {
            Self::Reconcile(message) => check_message(message)?,
            Self::Pull(ids) => check_count("documents", ids.len(), DOCUMENTS_PER_FRAME_MAX)?,
            Self::Announce => {}
        }
        Ok(ask)
    }
}

impl Answer {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame; the documents in it are bounded and otherwise as they came.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let answer: Self = super::decode(bytes)?;
        match &answer {
            Self::Reconcile(message) => check_message(message)?,
            Self::Documents(documents) => {
                check_count("documents", documents.len(), DOCUMENTS_PER_FRAME_MAX)?;
                check_parts("a document", documents, DOCUMENT_BYTES_MAX)?;
            }
            Self::Noted | Self::Refused(_) => {}
        }
        Ok(answer)
    }
}

fn check_message(message: &[u8]) -> Result<(), Error> {
    if message.len() > RECONCILE_BYTES_MAX {
        return Err(Error::TooLarge { field: "reconciliation", found: message.len(), max: RECONCILE_BYTES_MAX });
    }
    Ok(())
}
