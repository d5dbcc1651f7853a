//! `/sesame/desk/1`: a person's node visits an organisation's desk, from a network identity that only this desk ever
//! sees. It leaves letters, and takes with it what waits there. A desk never asks: it answers.

use serde::{Deserialize, Serialize};

use super::{Error, Reason, check_count, check_parts, mail::Outcome};
use crate::{
    codec::blobs,
    letter::LetterId,
    limits::{ATTESTATIONS_MAX, COLLECTED_MAX, DOCUMENT_BYTES_MAX, LETTER_BYTES_MAX},
    seal::PublicKey,
};

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The relation's sealing key; a door carries only its hash. None for a look at who they say they are.
    pub seal: Option<PublicKey>,
    /// The number of the last letter that I have; what comes after it may be given to me, what is before it is done.
    pub after: u64,
    /// The name of that letter: a desk that knows another one of this number was put back to an older state.
    pub last: Option<LetterId>,
    /// Letters that I leave, each as [`evidence::seal`](crate::letter::evidence::seal) made it.
    #[serde(with = "blobs")]
    pub letters: Vec<Vec<u8>>,
}

/// What a visit brings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The organisation's card, as a wire document.
    #[serde(with = "serde_bytes")]
    pub card: Vec<u8>,
    /// Its profile, as a wire document; empty when it has none yet.
    #[serde(with = "serde_bytes")]
    pub profile: Vec<u8>,
    /// What others say of its profile, as wire documents.
    #[serde(with = "blobs")]
    pub attestations: Vec<Vec<u8>>,
    /// What became of each letter that was left, in the order of the visit.
    pub results: Vec<Outcome>,
    /// Letters that waited, in order of number.
    pub letters: Vec<Parcel>,
    /// Whether more wait: the next visit brings them.
    pub more: bool,
    /// Why nothing else was said: `stranger` until the organisation has opened the door.
    pub refused: Option<Reason>,
}

/// A letter that waited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Its number, so that one which cannot be opened does not come again for ever.
    pub number: u64,
    /// As [`evidence::seal`](crate::letter::evidence::seal) made it.
    #[serde(with = "serde_bytes")]
    pub letter: Vec<u8>,
}

impl Ask {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame; the letters in it are bounded and otherwise as they came.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let ask: Self = super::decode(bytes)?;
        check_count("letters", ask.letters.len(), COLLECTED_MAX)?;
        check_parts("a letter", &ask.letters, LETTER_BYTES_MAX)?;
        Ok(ask)
    }
}

impl Answer {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        super::encode(self)
    }

    /// Reads a frame; documents and letters in it are bounded and otherwise as they came.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let answer: Self = super::decode(bytes)?;
        check_parts("a card", std::slice::from_ref(&answer.card), DOCUMENT_BYTES_MAX)?;
        check_parts("a profile", std::slice::from_ref(&answer.profile), DOCUMENT_BYTES_MAX)?;
        check_count("attestations", answer.attestations.len(), ATTESTATIONS_MAX)?;
        check_parts("an attestation", &answer.attestations, DOCUMENT_BYTES_MAX)?;
        check_count("results", answer.results.len(), COLLECTED_MAX)?;
        check_count("letters", answer.letters.len(), COLLECTED_MAX)?;
        match answer.letters.iter().map(|parcel| parcel.letter.len()).find(|found| *found > LETTER_BYTES_MAX) {
            Some(found) => Err(Error::TooLarge { field: "a letter", found, max: LETTER_BYTES_MAX }),
            None => Ok(answer),
        }
    }
}
