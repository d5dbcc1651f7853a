//! Documents between contacts, by reconciliation: each side asks the other which of its own documents are new, and
//! pulls those. What is reconciled is only ever what its holder wrote itself.

use std::collections::BTreeSet;

use sesame_protocol::document::DocumentId;
use sesame_protocol::key::IdentityId;
use sesame_protocol::sync::{self as set, Set};
use sesame_protocol::wire::{Reason, sync as frame};

use crate::contacts;
use crate::documents;
use crate::engine::{Engine, Fault, Job, Node, Notice, Protocol, Turn};
use crate::intake::{Answer, Synced};
use crate::limits;
use crate::view::{Unreadable, View};

/// Starts to ask a linked contact what is new.
pub(crate) fn start(engine: &mut Engine, id: IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(contact) = contacts::one(turn.view, &id)? else { return Ok(()) };
    let Some(node) = engine.link(&contact).filter(|_| contact.is_live()) else { return Ok(()) };
    if is_asking(engine, &id) {
        engine.news.insert(id);
        return Ok(());
    }
    let Ok(bytes) = set::start(&held_of(turn.view, &id)?) else { return Ok(()) };
    let bytes = frame::Ask::Reconcile(bytes).encode();
    engine.ask(node, Protocol::Sync, bytes, Job::Reconcile { contact: id, round: 0 }, turn);
    Ok(())
}

/// Tells every linked contact that I have something new.
pub(crate) fn announce_all(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let all: Vec<IdentityId> = contacts::all(turn.view)?.into_iter().map(|(id, _)| id).collect();
    announce(engine, &all, turn)
}

/// Tells contacts, where linked, that I have something new: they ask when they like.
pub(crate) fn announce(engine: &mut Engine, to: &[IdentityId], turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for id in to {
        let Some(contact) = contacts::one(turn.view, id)? else { continue };
        if let Some(node) = engine.link(&contact).filter(|_| contact.is_live()) {
            engine.ask(node, Protocol::Sync, frame::Ask::Announce.encode(), Job::Announce, turn);
        }
    }
    Ok(())
}

/// Answers a contact that asks; anybody else is a stranger.
pub(crate) fn answer(
    engine: &mut Engine,
    from: Node,
    ask: frame::Ask,
    turn: &mut Turn<'_, '_>,
) -> Result<Vec<u8>, Unreadable> {
    let id = engine.nodes.get(&from).copied();
    let contact = match id {
        Some(id) => contacts::one(turn.view, &id)?.filter(contacts::Contact::is_live).map(|_| id),
        None => None,
    };
    let Some(id) = contact else { return Ok(frame::Answer::Refused(Reason::Stranger).encode()) };
    let answer = match ask {
        frame::Ask::Reconcile(bytes) => match set::answer(&held_of(turn.view, &engine.me.id)?, &bytes) {
            Ok(bytes) => frame::Answer::Reconcile(bytes),
            Err(_) => frame::Answer::Refused(Reason::Malformed),
        },
        frame::Ask::Pull(ids) => frame::Answer::Documents(pull(engine, &ids, turn)?),
        frame::Ask::Announce => {
            start(engine, id, turn)?;
            frame::Answer::Noted
        }
    };
    Ok(answer.encode())
}

/// A round of reconciliation came back.
pub(crate) fn reconciled(
    engine: &mut Engine,
    id: IdentityId,
    round: u8,
    answer: Result<Answer, Fault>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let Ok(Answer::Sync(Synced::Reconcile(bytes))) = answer else { return Ok(()) };
    let Ok(step) = set::proceed(&held_of(turn.view, &id)?, &bytes) else { return finish(engine, id, turn) };
    pull_next(engine, id, step.need, turn)?;
    let node = contacts::one(turn.view, &id)?.and_then(|contact| engine.link(&contact));
    if let (Some(bytes), Some(node), true) = (step.next, node, round < limits::ROUNDS_MAX) {
        let bytes = frame::Ask::Reconcile(bytes).encode();
        engine.ask(node, Protocol::Sync, bytes, Job::Reconcile { contact: id, round: round + 1 }, turn);
    }
    finish(engine, id, turn)
}

/// Documents came.
pub(crate) fn pulled(
    engine: &mut Engine,
    id: IdentityId,
    asked: &[DocumentId],
    rest: Vec<DocumentId>,
    answer: Result<Answer, Fault>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let Ok(Answer::Sync(Synced::Documents(documents))) = answer else { return Ok(()) };
    let Some(contact) = contacts::one(turn.view, &id)?.filter(contacts::Contact::is_live) else { return Ok(()) };
    let wanted = documents.into_iter().filter(|document| asked.contains(&document.id()));
    if documents::keep_all(&id, &contact, wanted, turn)? > 0 {
        turn.tell(Notice::Choose);
    }
    pull_next(engine, id, rest, turn)?;
    finish(engine, id, turn)
}

/// Once all that was asked of a contact is answered: what it said to be new meanwhile is asked for now.
fn finish(engine: &mut Engine, id: IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    if !is_asking(engine, &id) && engine.news.remove(&id) { start(engine, id, turn) } else { Ok(()) }
}

fn pull_next(
    engine: &mut Engine,
    id: IdentityId,
    mut need: Vec<DocumentId>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    need.truncate(limits::DOCUMENTS_PER_CONTACT_MAX);
    let Some(contact) = contacts::one(turn.view, &id)? else { return Ok(()) };
    let Some(node) = engine.link(&contact).filter(|_| !need.is_empty()) else { return Ok(()) };
    let rest = need.split_off(need.len().min(limits::PULLED_AT_ONCE_MAX));
    let bytes = frame::Ask::Pull(need.clone()).encode();
    engine.ask(node, Protocol::Sync, bytes, Job::Pull { contact: id, asked: need, rest }, turn);
    Ok(())
}

/// My own documents among those asked for, as many as one frame takes.
fn pull(engine: &Engine, ids: &[DocumentId], turn: &Turn<'_, '_>) -> Result<Vec<Vec<u8>>, Unreadable> {
    let wanted: BTreeSet<&DocumentId> = ids.iter().take(limits::PULLED_AT_ONCE_MAX).collect();
    let mut bytes = 0;
    let mine = documents::of(turn.view, &engine.me.id)?.into_iter().filter(|held| wanted.contains(&held.id));
    Ok(mine
        .map(|held| held.bytes.into_vec())
        .take_while(|document| {
            bytes += document.len();
            bytes <= limits::PULLED_BYTES_MAX
        })
        .collect())
}

fn held_of(view: &dyn View, owner: &IdentityId) -> Result<Set, Unreadable> {
    let held = documents::of(view, owner)?;
    Ok(Set::new(held.into_iter().map(|held| (held.version, held.id))))
}

fn is_asking(engine: &Engine, id: &IdentityId) -> bool {
    let is_about =
        |job: &Job| matches!(job, Job::Reconcile { contact, .. } | Job::Pull { contact, .. } if contact == id);
    engine.jobs.values().any(is_about)
}
