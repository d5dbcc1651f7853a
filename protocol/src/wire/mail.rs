//! `/sesame/mail/1`: sealed letters, and whether each was taken. *Taken* means stored, not opened: the letter's
//! own acknowledgement comes as a letter.

use serde::{Deserialize, Serialize};

use super::{Error, Reason, check_count, check_parts};
use crate::{
    codec::blobs,
    limits::{LETTER_BYTES_MAX, LETTERS_PER_FRAME_MAX},
};

/// Letters to be taken, at most [`LETTERS_PER_FRAME_MAX`] and together within one frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Each as [`letter::seal`](crate::letter::seal) made it.
    #[serde(with = "blobs")]
    pub letters: Vec<Vec<u8>>,
}

/// What became of each, in the order of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// One for each letter; a peer that gives another number is not believed at all.
    pub results: Vec<Outcome>,
}

/// What became of one letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is stored, and will be opened.
    Taken,
    /// It is not.
    Refused(Reason),
}

impl Ask {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame; the letters in it are bounded and otherwise as they came.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let ask: Self = super::decode(bytes)?;
        check_count("letters", ask.letters.len(), LETTERS_PER_FRAME_MAX)?;
        check_parts("a letter", &ask.letters, LETTER_BYTES_MAX)?;
        Ok(ask)
    }
}

impl Answer {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let answer: Self = super::decode(bytes)?;
        check_count("results", answer.results.len(), LETTERS_PER_FRAME_MAX)?;
        Ok(answer)
    }
}
