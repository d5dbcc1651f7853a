//! Contacts: people whose node mine knows. This file holds what is stored of them and what a person may decide about
//! them; how two nodes become contacts is in [`meet`], and what they tell each other later in [`update`].

pub mod meet;
#[cfg(test)]
mod tests;
mod update;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::document::{Body, Document};
use sesame_protocol::key::{IdentityId, Language, PublicKey, safety_words};
use sesame_protocol::letter::LetterId;
use sesame_protocol::pair::PairKey;
use sesame_protocol::time::Timestamp;

pub use meet::Invitation;
pub(crate) use meet::{invitation_key, opening_key};
pub(crate) use update::{read_update, renew_card, update_all};

use crate::decide::{Outcome, Refusal};
use crate::engine::{Effect, Engine, Notice, Turn};
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{documents, limits, mail, own, pairs, row};

/// How far the making of a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// I accepted its invitation; its node has not answered yet.
    Asking,
    /// Both nodes know each other.
    Known,
    /// The safety words were compared and are the same.
    Verified,
    /// Its key changed without a valid succession: nothing is sent or read until the words were compared again.
    Changed,
}

/// How much a contact's word weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Trust {
    /// Nothing: what every new contact has until the person chooses.
    #[default]
    None,
    /// 1.
    Little,
    /// 3.
    Some,
    /// 9.
    Much,
}

impl Trust {
    /// The weight.
    pub fn weight(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Little => 1,
            Self::Some => 3,
            Self::Much => 9,
        }
    }
}

/// A contact as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// How I call it.
    pub name: String,
    /// How far it is.
    pub standing: Standing,
    /// How much its word weighs.
    pub trust: Trust,
    /// The public key of its device.
    #[serde(with = "serde_bytes")]
    pub device: [u8; 32],
    /// Where it may be reached.
    pub addresses: Vec<String>,
    /// Its card, as signed; empty until its node answered.
    pub card: ByteBuf,
    /// Its pen names.
    pub personas: Vec<PublicKey>,
    /// Since when I know it.
    pub since: Timestamp,
    /// The number of the last letter to it.
    pub sent: u64,
    /// What the first letters are sealed with, until the invitation ends.
    pub(crate) opening: Option<meet::Opening>,
    /// Letters of its that I have not acknowledged yet, and since when.
    pub(crate) owed: Vec<LetterId>,
    pub(crate) owed_since: Option<Timestamp>,
    /// Why its node refused mine, if it did.
    pub refused: bool,
    /// A card that contradicts the one I know: kept as proof.
    pub proof: Option<ByteBuf>,
}

impl Contact {
    /// Its card, read again.
    pub fn read_card(&self) -> Option<Document> {
        Document::from_store(&self.card).ok()
    }

    /// Whether a card is under the very key, epoch and promise of the next key that are known of this contact.
    pub(crate) fn is_pinned(&self, card: &Document) -> bool {
        let known = self.read_card();
        match (known.as_ref().map(|known| (known.body(), known.author())), card.body()) {
            (Some((Body::Card(before), author)), Body::Card(content)) => {
                (before.epoch, before.next, author) == (content.epoch, content.next, card.author())
            }
            _ => false,
        }
    }

    /// When the invitation ends that it is a contact by.
    pub fn opening_until(&self) -> Option<Timestamp> {
        self.opening.as_ref().map(|opening| opening.expires)
    }

    /// Whether letters and documents go to and fro.
    pub fn is_live(&self) -> bool {
        matches!(self.standing, Standing::Known | Standing::Verified)
    }
}

/// All contacts, by identity.
pub fn all(view: &dyn View) -> Result<Vec<(IdentityId, Contact)>, Unreadable> {
    let rows = row::walk(view, Shelf::Contact, &[], limits::CONTACTS_MAX)?;
    rows.into_iter()
        .map(|(name, contact)| {
            let id = <[u8; 32]>::try_from(name).map_err(|_| Unreadable::Row { shelf: Shelf::Contact })?;
            Ok((IdentityId::from_bytes(id), contact))
        })
        .collect()
}

/// One contact.
pub fn one(view: &dyn View, id: &IdentityId) -> Result<Option<Contact>, Unreadable> {
    row::get(view, Shelf::Contact, id.as_bytes())
}

/// Open invitations.
pub fn invitations(view: &dyn View) -> Result<Vec<([u8; 16], Invitation)>, Unreadable> {
    let rows = row::walk(view, Shelf::Invitation, &[], limits::INVITATIONS_MAX)?;
    rows.into_iter()
        .map(|(name, row)| {
            let id = name.try_into().map_err(|_| Unreadable::Row { shelf: Shelf::Invitation })?;
            Ok((id, row))
        })
        .collect()
}

/// The six safety words that I share with a contact; it sees the same ones.
pub fn words(view: &dyn View, contact: &IdentityId, language: Language) -> Result<[&'static str; 6], Unreadable> {
    Ok(safety_words(&own::load(view)?.id, contact, language))
}

pub(crate) fn put(id: &IdentityId, contact: &Contact, turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Contact, id.as_bytes(), contact);
    turn.tell(Notice::Circle);
}

/// The person compared the words.
pub(crate) fn verify(
    engine: &mut Engine,
    id: &IdentityId,
    same: bool,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(mut contact) = one(turn.view, id)? else { return Ok(Err(Refusal::NotFound)) };
    if contact.standing == Standing::Asking {
        return Ok(Err(Refusal::StillAsking));
    }
    if contact.standing == Standing::Changed && same {
        contact.proof = None;
    }
    contact.standing = if same { Standing::Verified } else { Standing::Changed };
    put(id, &contact, turn);
    if same {
        mail::flush(engine, *id, turn)?;
    }
    Ok(Ok(Outcome::Contact(*id)))
}

/// The person chose how much a contact's word weighs.
pub(crate) fn trust(
    id: &IdentityId,
    trust: Trust,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(mut contact) = one(turn.view, id)? else { return Ok(Err(Refusal::NotFound)) };
    contact.trust = trust;
    put(id, &contact, turn);
    turn.tell(Notice::Choose);
    Ok(Ok(Outcome::Contact(*id)))
}

/// The person lets go of a contact: its word, its documents and everything shared with it go too.
pub(crate) fn remove(
    engine: &mut Engine,
    id: &IdentityId,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(contact) = one(turn.view, id)? else { return Ok(Err(Refusal::NotFound)) };
    if let Some(opening) = &contact.opening {
        pairs::close_invitation(&opening.key(id, &engine.me.id), turn);
    }
    pairs::forget(id, turn)?;
    mail::forget(id, turn)?;
    documents::forget(id, turn)?;
    turn.drop(Shelf::Contact, id.as_bytes());
    if engine.nodes.get(&contact.device) == Some(id) {
        engine.nodes.remove(&contact.device);
    }
    engine.tries.remove(id);
    if engine.links.remove(&contact.device) {
        turn.effects.push(Effect::Hang(contact.device));
    }
    turn.tell(Notice::Circle);
    turn.tell(Notice::Choose);
    Ok(Ok(Outcome::Done))
}

/// Dials the contacts whose moment has come.
pub(crate) fn dial_due(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (id, contact) in all(turn.view)? {
        if contact.standing == Standing::Changed || engine.links.contains(&contact.device) {
            // Nothing to try: an old moment left here would ring for ever.
            engine.tries.remove(&id);
            continue;
        }
        if engine.tries.get(&id).is_some_and(|tries| tries.next > turn.now) {
            continue;
        }
        // Counted as a try at once, so that a dial that never answers is not repeated at every wake.
        engine.tried(id, turn.now);
        turn.effects.push(Effect::Dial { node: contact.device, at: contact.addresses });
    }
    Ok(())
}

/// Forgets what has ended, and moves the pair keys on.
pub(crate) fn clean(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    meet::clean_invitations(engine, turn)?;
    for (id, mut contact) in all(turn.view)? {
        pairs::turn_ratchet(&id, turn)?;
        let ended = contact.opening.as_ref().filter(|opening| opening.expires < turn.now).cloned();
        // What it seals may still wait for the other side to come back.
        let is_needed = contact.standing == Standing::Asking || mail::is_welcoming(turn.view, &id, turn.now)?;
        if let Some(opening) = ended.filter(|_| !is_needed) {
            pairs::close_invitation(&opening.key(&id, &engine.me.id), turn);
            contact.opening = None;
            put(&id, &contact, turn);
        }
    }
    Ok(())
}

/// The key of a pair this week, to seal a letter with.
pub(crate) fn pair_key(view: &dyn View, id: &IdentityId, now: Timestamp) -> Result<Option<PairKey>, Unreadable> {
    pairs::key(view, id, pairs::week(now))
}
