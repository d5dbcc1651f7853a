//! What contacts tell each other later: a new card, new pen names.

use serde_bytes::ByteBuf;
use sesame_protocol::document::Body;
use sesame_protocol::key::IdentityId;
use sesame_protocol::letter::{self, Update};
use sesame_protocol::wire::Reason;

use super::meet::card_of;
use super::{Standing, all, one, put};
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
    let Some(mut contact) = one(turn.view, &id)? else { return Ok(Err(Reason::Stranger)) };
    let Some((card, content)) = card.and_then(|card| card_of(card, &id)) else { return Ok(Err(Reason::Malformed)) };
    let known = contact.read_card();
    let Some(Body::Card(before)) = known.as_ref().map(sesame_protocol::document::Document::body) else {
        return Ok(Err(Reason::Unknown));
    };
    let author = known.as_ref().map(sesame_protocol::document::Document::author);
    if content.epoch != before.epoch || content.next != before.next || Some(card.author()) != author {
        contact.standing = Standing::Changed;
        contact.proof = Some(ByteBuf::from(card.bytes()));
        put(&id, &contact, turn);
        turn.effects.push(Effect::Hang(contact.device));
        return Ok(Err(Reason::BadSignature));
    }
    if content.version >= before.version {
        if contact.device != content.device {
            engine.nodes.remove(&contact.device);
            engine.nodes.insert(content.device, id);
        }
        contact.device = content.device;
        contact.addresses.clone_from(&content.addresses);
        contact.card = ByteBuf::from(card.bytes());
        contact.personas = update.personas.iter().take(limits::PERSONAS_PER_CONTACT_MAX).copied().collect();
        put(&id, &contact, turn);
        turn.tell(Notice::Choose);
        // What it signed under a pen name that was new to me may be asked for now.
        sync::start(engine, id, turn)?;
    }
    Ok(Ok(()))
}
