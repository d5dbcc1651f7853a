//! First contact: a guest shows the token of an invitation and gets the host's card. A contact whose letter came back may
//! ask for it again. Nobody else gets anything.

use sesame_protocol::key::IdentityId;
use sesame_protocol::wire::{Reason, hello as frame};

use crate::contacts::{self, Contact, Standing, meet};
use crate::engine::{Engine, Fault, Job, Node, Protocol, Turn};
use crate::intake::Answer;
use crate::own;
use crate::view::Unreadable;

/// Asks a host that is linked for its card, when I have accepted its invitation.
pub(crate) fn ask(engine: &mut Engine, id: IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(contact) = contacts::one(turn.view, &id)? else { return Ok(()) };
    let (Some(node), Some(opening)) = (engine.link(&contact), &contact.opening) else { return Ok(()) };
    if contact.standing != Standing::Asking || !contact.card.is_empty() {
        return Ok(());
    }
    let bytes = frame::Ask { token: Some(meet::token(opening, &id)) }.encode();
    engine.ask(node, Protocol::Hello, bytes, Job::Hello { contact: id }, turn);
    Ok(())
}

/// Asks a contact that is linked for its card of now: a letter came back because its sealing key had ended.
pub(crate) fn ask_card(engine: &mut Engine, id: IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(contact) = contacts::one(turn.view, &id)?.filter(Contact::is_live) else { return Ok(()) };
    let Some(node) = engine.link(&contact) else { return Ok(()) };
    let bytes = frame::Ask { token: None }.encode();
    engine.ask(node, Protocol::Hello, bytes, Job::Hello { contact: id }, turn);
    Ok(())
}

/// Answers a hello: a guest shows its token, a contact needs none.
pub(crate) fn answer(
    engine: &Engine,
    from: &Node,
    ask: &frame::Ask,
    turn: &Turn<'_, '_>,
) -> Result<Vec<u8>, Unreadable> {
    let known = match engine.nodes.get(from) {
        Some(id) => contacts::one(turn.view, id)?.filter(|contact| contact.is_live() && contact.device == *from),
        None => None,
    };
    let is_invited = match &ask.token {
        Some(token) => meet::is_invited(engine, token, turn)?,
        None => false,
    };
    let card = if is_invited || known.is_some() { own::card(turn.view)? } else { None };
    let refused = card.is_none().then_some(Reason::Stranger);
    Ok(frame::Answer { card, refused }.encode())
}

/// The other node answered.
pub(crate) fn answered(
    engine: &mut Engine,
    id: IdentityId,
    answer: Result<Answer, Fault>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let Some(mut contact) = contacts::one(turn.view, &id)? else { return Ok(()) };
    match answer {
        Ok(Answer::Hello(Ok(card))) if contact.standing == Standing::Asking => meet::carded(engine, id, &card, turn),
        Ok(Answer::Hello(Ok(card))) => contacts::renew_card(engine, id, &card, turn),
        Ok(Answer::Hello(Err(_))) => {
            contact.refused = true;
            contacts::put(&id, &contact, turn);
            Ok(())
        }
        // Not reached, or not understood: asked again when it is next linked.
        _ => Ok(()),
    }
}
