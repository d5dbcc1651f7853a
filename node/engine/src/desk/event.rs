//! What happened at a desk, for whoever works behind it: which account, which request, when. No value of anybody, and no
//! name.

use serde::{Deserialize, Serialize};
use sesame_protocol::Rng;
use sesame_protocol::letter::LetterId;
use sesame_protocol::time::Timestamp;

/// Something that happened at the desk, without any value of anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The person opened the account.
    Opened,
    /// The person, or the person's node, said no to the account.
    Declined,
    /// The person ended the account.
    Closed,
    /// The person proffers terms that a clerk decides on.
    Proffered(LetterId),
    /// Data came in.
    Held(LetterId),
    /// The person said no to a request.
    Refused(LetterId),
    /// Data was deleted.
    Deleted(LetterId),
}

impl Event {
    /// The event's type as a webhook says it: stable, with a full stop between what and how.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "account.opened",
            Self::Declined => "account.declined",
            Self::Closed => "account.closed",
            Self::Proffered(_) => "share.proffered",
            Self::Held(_) => "share.held",
            Self::Refused(_) => "request.refused",
            Self::Deleted(_) => "share.deleted",
        }
    }

    /// The request that it is about; nothing when it is about the account.
    pub const fn request(self) -> Option<LetterId> {
        match self {
            Self::Opened | Self::Declined | Self::Closed => None,
            Self::Proffered(id) | Self::Held(id) | Self::Refused(id) | Self::Deleted(id) => Some(id),
        }
    }
}

/// An event with its name and its moment: the same name however often it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its name, drawn by chance.
    #[serde(with = "serde_bytes")]
    pub id: [u8; 16],
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

impl Told {
    /// An event of now.
    pub(super) fn new(event: Event, now: Timestamp, rng: &mut dyn Rng) -> Self {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        Self { id, at: now, event }
    }
}
