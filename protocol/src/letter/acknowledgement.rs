//! What became of letters: received or refused, never *read*. An acknowledgement is not acknowledged, or two
//! nodes would write to each other for ever.

use serde::{Deserialize, Serialize};

use super::{Error, LetterId};
use crate::{limits::ACKNOWLEDGED_MAX, wire::Reason};

pub(super) const KIND: &str = "sesame/1/letter/acknowledgement";

/// Letters that arrived, in a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Opened and stored.
    pub received: Vec<LetterId>,
    /// Opened and not accepted, and why.
    pub refused: Vec<(LetterId, Reason)>,
}

impl Acknowledgement {
    pub(super) fn check(&self) -> Result<(), Error> {
        let found = self.received.len().saturating_add(self.refused.len());
        if found > ACKNOWLEDGED_MAX {
            return Err(Error::TooMany { field: "letters", found, max: ACKNOWLEDGED_MAX });
        }
        Ok(())
    }
}
