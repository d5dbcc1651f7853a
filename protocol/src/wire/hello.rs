//! `/sesame/hello/1`: who are you? A guest shows an invitation's token and is given the card; a contact is
//! known by its device and needs none.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;

use super::{Error, Reason, check_parts};
use crate::limits::DOCUMENT_BYTES_MAX;

/// The question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The token of an invitation.
    #[serde(with = "token")]
    pub token: Option<[u8; 32]>,
}

/// The answer: a card, or why there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The card, as a wire document.
    #[serde(with = "serde_bytes")]
    pub card: Option<Vec<u8>>,
    /// Why there is no card.
    pub refused: Option<Reason>,
}

impl Ask {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        super::decode(bytes)
    }
}

impl Answer {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame; the card in it is bounded and otherwise as it came.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let answer: Self = super::decode(bytes)?;
        check_parts("a card", answer.card.as_slice(), DOCUMENT_BYTES_MAX)?;
        Ok(answer)
    }
}

mod token {
    use serde::{Deserializer, Serializer};

    use super::{ByteArray, Deserialize, Serialize};

    #[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
    pub(super) fn serialize<S: Serializer>(token: &Option<[u8; 32]>, serializer: S) -> Result<S::Ok, S::Error> {
        token.map(ByteArray::new).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[u8; 32]>, D::Error> {
        Ok(Option::<ByteArray<32>>::deserialize(deserializer)?.map(ByteArray::into_array))
    }
}
