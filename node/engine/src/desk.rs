//! The desk: what an organisation's node does with the people who have an account there. It is no part of the engine.
//! One [`Account`] holds all that one relation is; it is loaded, stepped purely and committed against the version that it
//! was loaded in, so that any number of visits, clerks and machines may work at once and nothing happens twice.
//!
//! A desk never calls anybody. What it has to say waits in the store until the person's node comes for it.

mod account;
mod event;
mod hear;
mod rows;
mod serve;
mod store;
pub mod webhook;

pub use account::{Account, Cannot, Change, Ended, Held, No, Request, Stage, Standing, Task, Waiting, Why};
pub use event::{Event, Told};
pub use rows::{accounts, drop_due, due, has_earlier, load, todo, visitor, waiting, writes};
pub use serve::{Undone, act, open, visit};
pub use store::{Fault, Store, Version};

use sesame_protocol::document::{Document, Profile};
use sesame_protocol::key::{IdentityId, SigningKey};
use sesame_protocol::seal::{self, KeyHash};
use sesame_protocol::time::Timestamp;

use crate::view::{Unreadable, View};
use crate::{own, profile};

/// What every account is served with: the organisation's keys and what it shows to whoever comes.
#[derive(Debug)]
pub struct Desk {
    me: IdentityId,
    key: SigningKey,
    seals: Vec<(KeyHash, seal::SecretKey)>,
    card: Vec<u8>,
    profile: Option<Profile>,
    signed_profile: Vec<u8>,
    attestations: Vec<Vec<u8>>,
}

impl Desk {
    /// The desk as it stands; nothing when the node is a person's, or has no card yet.
    pub fn load(view: &dyn View, now: Timestamp) -> Result<Option<Self>, Unreadable> {
        let Some(card) = own::card(view)?.filter(|card| !card.is_empty()) else { return Ok(None) };
        if own::is_person(view)? {
            return Ok(None);
        }
        let me = own::load(view)?;
        let secrets = own::seals(view)?.into_iter().map(|seal| seal.secret());
        let published = profile::published(view)?;
        let attestations = profile::attestations(view, now)?;
        Ok(Some(Self {
            me: me.id,
            key: me.identity,
            seals: secrets.map(|secret| (secret.hash(), secret)).collect(),
            card,
            signed_profile: published.as_ref().map(|(_, signed)| signed.bytes().to_vec()).unwrap_or_default(),
            profile: published.and_then(|(_, signed)| said(&signed)),
            attestations: attestations.iter().map(|said| said.bytes().to_vec()).collect(),
        }))
    }

    /// Who the organisation is.
    pub fn id(&self) -> IdentityId {
        self.me
    }

    /// What it says of itself.
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }

    /// The secret half of one of its sealing keys.
    fn secret(&self, hash: &KeyHash) -> Option<&seal::SecretKey> {
        self.seals.iter().find(|(known, _)| known == hash).map(|(_, secret)| secret)
    }
}

fn said(signed: &Document) -> Option<Profile> {
    match signed.body() {
        sesame_protocol::document::Body::Profile(profile) => Some(profile.clone()),
        _ => None,
    }
}
