//! What contacts tell each other later: a new card, new pen names.

use serde_bytes::ByteBuf;
use sesame_protocol::document::{Body, Document};
use sesame_protocol::key::IdentityId;
use sesame_protocol::letter::{self, Update};
use sesame_protocol::wire::Reason;

use super::{Contact, Standing, all, one, put};
use crate::engine::{Checked, Effect, Engine, Notice, Turn};
use crate::view::Unreadable;
use crate::{limits, mail, own, sync};

/// Tells every contact my card and pen names as they are now.
pub(crate) fn update_all(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let personas = own::persona_keys(&engine.me, turn.view)?;
    for (id, contact) in all(turn.view)? {
        // A contact that is still being asked gets it once there is a key to seal it with.
        if contact.standing != Standing::Changed {
            let update = Update { card: Vec::new(), personas: personas.clone() };
            mail::post(engine, id, letter::Body::Update(update), None, turn)?;
        }
    }
    Ok(())
}

/// Reads an update. A card that contradicts the one that is known stops the contact until a person has looked.
pub(crate) fn read_update(
    engine: &mut Engine,
    id: IdentityId,
    update: &Update,
    card: Option<&Checked>,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<(), Reason>, Unreadable> {
    let Some(card) = card else { return Ok(Err(Reason::Malformed)) };
    let is_newer = match follow(engine, id, card, turn)? {
        Ok(is_newer) => is_newer,
        Err(reason) => return Ok(Err(reason)),
    };
    if is_newer && let Some(mut contact) = one(turn.view, &id)? {
        contact.personas = update.personas.iter().take(limits::PERSONAS_PER_CONTACT_MAX).copied().collect();
        put(&id, &contact, turn);
        turn.tell(Notice::Choose);
        // What it signed under a pen name that was new to me may be asked for now.
        sync::start(engine, id, turn)?;
    }
    Ok(Ok(()))
}

/// The card of a contact came by hello: letters that its old sealing key could not open go out again.
pub(crate) fn renew_card(
    engine: &mut Engine,
    id: IdentityId,
    card: &Checked,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let before = one(turn.view, &id)?.map(|contact| contact.card);
    if follow(engine, id, card, turn)? == Ok(true) && before.is_some_and(|before| *before != *card.bytes()) {
        mail::flush(engine, id, turn)?;
    }
    Ok(())
}

/// Takes over a contact's card if it follows from the one that is known; says whether it is as new or newer.
fn follow(
    engine: &mut Engine,
    id: IdentityId,
    card: &Checked,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<bool, Reason>, Unreadable> {
    let Some(mut contact) = one(turn.view, &id)?.filter(Contact::is_live) else { return Ok(Err(Reason::Stranger)) };
    let Body::Card(content) = card.body() else { return Ok(Err(Reason::Malformed)) };
    let known = contact.read_card();
    let Some(Body::Card(before)) = known.as_ref().map(Document::body) else { return Ok(Err(Reason::Unknown)) };
    if content.identity != id || !content.person {
        return Ok(Err(Reason::Malformed));
    }
    if !contact.is_pinned(card) {
        contact.standing = Standing::Changed;
        contact.proof = Some(ByteBuf::from(card.bytes()));
        put(&id, &contact, turn);
        turn.effects.push(Effect::Hang(contact.device));
        return Ok(Err(Reason::BadSignature));
    }
    if content.version < before.version {
        return Ok(Ok(false));
    }
    engine.place(id, Some(contact.device), content.device);
    contact.device = content.device;
    contact.addresses.clone_from(&content.addresses);
    contact.card = ByteBuf::from(card.bytes());
    put(&id, &contact, turn);
    Ok(Ok(true))
}
