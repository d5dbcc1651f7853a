//! The letters by which two people become contacts and stay reachable. The card inside is a wire document of
//! its own, signed by the identity: its reader decodes and verifies it before believing it.

use serde::{Deserialize, Serialize};

use super::Error;
use crate::{
    key::PublicKey,
    limits::{DOCUMENT_BYTES_MAX, PERSONAS_MAX},
};

pub(super) const ACCEPTANCE: &str = "sesame/1/letter/acceptance";
pub(super) const WELCOME: &str = "sesame/1/letter/welcome";
pub(super) const UPDATE: &str = "sesame/1/letter/update";

/// The guest's answer to an invitation, under the key that the invitation gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The guest's card, as a wire document.
    #[serde(with = "serde_bytes")]
    pub card: Vec<u8>,
    /// The personas that the guest signs recommendations with.
    pub personas: Vec<PublicKey>,
    /// The guest's half of the agreed key: 32 random bytes, used once.
    #[serde(with = "serde_bytes")]
    pub half: [u8; 32],
}

/// The inviter's answer to an acceptance, still under the invitation's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The inviter's card, as a wire document.
    #[serde(with = "serde_bytes")]
    pub card: Vec<u8>,
    /// The personas that the inviter signs recommendations with.
    pub personas: Vec<PublicKey>,
    /// The inviter's half of the agreed key: 32 random bytes, used once.
    #[serde(with = "serde_bytes")]
    pub half: [u8; 32],
}

/// What changed, to every contact; it replaces what was told before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The writer's card, as a wire document.
    #[serde(with = "serde_bytes")]
    pub card: Vec<u8>,
    /// All personas of the writer.
    pub personas: Vec<PublicKey>,
}

impl Acceptance {
    pub(super) fn check(&self) -> Result<(), Error> {
        check(&self.card, &self.personas)
    }
}

impl Welcome {
    pub(super) fn check(&self) -> Result<(), Error> {
        check(&self.card, &self.personas)
    }
}

impl Update {
    pub(super) fn check(&self) -> Result<(), Error> {
        check(&self.card, &self.personas)
    }
}

fn check(card: &[u8], personas: &[PublicKey]) -> Result<(), Error> {
    if card.len() > DOCUMENT_BYTES_MAX {
        return Err(Error::TooMany { field: "bytes of a card", found: card.len(), max: DOCUMENT_BYTES_MAX });
    }
    if personas.len() > PERSONAS_MAX {
        return Err(Error::TooMany { field: "personas", found: personas.len(), max: PERSONAS_MAX });
    }
    Ok(())
}
