//! Documents that a node holds: my own, and those that contacts brought. Each is kept under whoever brought it, so
//! that what one contact sends can never push out what another did, and what I offer is my own alone: nobody learns
//! my contacts from what I hold.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::document::{Body, Document, DocumentId, supersedes};
use sesame_protocol::key::IdentityId;
use sesame_protocol::time::Timestamp;

use crate::contacts::Contact;
use crate::engine::{Checked, Turn};
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{limits, row};

/// A document as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// The signed document, as it came.
    pub bytes: ByteBuf,
    /// Its content id.
    pub id: DocumentId,
    /// Its version.
    pub version: u64,
    /// Until when it stands.
    pub until: Timestamp,
    /// Another document of the same author, slot and version: proof that its author says two things.
    pub rival: Option<ByteBuf>,
}

impl Held {
    /// The document, decoded. It was verified before it was stored.
    pub fn read(&self) -> Option<Document> {
        Document::from_store(&self.bytes).ok()
    }
}

/// What one contact brought, or what is mine.
pub fn of(view: &dyn View, owner: &IdentityId) -> Result<Vec<Held>, Unreadable> {
    let rows = row::walk(view, Shelf::Document, owner.as_bytes(), limits::DOCUMENTS_PER_CONTACT_MAX)?;
    Ok(rows.into_iter().map(|(_, held)| held).collect())
}

/// Why a document was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotKept {
    /// It is of a kind that contacts do not exchange so.
    Kind,
    /// Its author is none of the contact's pen names.
    Author,
    /// A newer one is there.
    Older,
    /// It has ended.
    Ended,
    /// The contact brought more than a person writes.
    Full,
}

/// Keeps what a contact brought, as far as it may bring it; says how many documents are new.
pub(crate) fn keep_all(
    from: &IdentityId,
    contact: &Contact,
    documents: impl Iterator<Item = Checked>,
    turn: &mut Turn<'_, '_>,
) -> Result<usize, Unreadable> {
    let held = turn.view.walk(Shelf::Document, from.as_bytes(), None, limits::DOCUMENTS_PER_CONTACT_MAX)?.len();
    let mut room = limits::DOCUMENTS_PER_CONTACT_MAX.saturating_sub(held);
    let mut kept = 0;
    for document in documents {
        if let Ok(is_first) = keep(from, contact, &document, room, turn)? {
            kept += 1;
            room -= usize::from(is_first);
        }
    }
    Ok(kept)
}

/// Keeps a document that a contact brought; says whether it is the first of its slot.
fn keep(
    from: &IdentityId,
    contact: &Contact,
    document: &Checked,
    room: usize,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<bool, NotKept>, Unreadable> {
    if !matches!(document.body(), Body::Recommendation(_) | Body::Retraction(_)) {
        return Ok(Err(NotKept::Kind));
    }
    if !contact.personas.contains(document.author()) {
        return Ok(Err(NotKept::Author));
    }
    if document.until() <= turn.now {
        return Ok(Err(NotKept::Ended));
    }
    let is_first = turn.get::<Held>(Shelf::Document, &name(from, document))?.is_none();
    if is_first && room == 0 {
        return Ok(Err(NotKept::Full));
    }
    Ok(store(from, document, turn)?.map(|()| is_first))
}

/// Stores a document under its owner, in place of an older one of the same author and slot.
pub(crate) fn store(
    owner: &IdentityId,
    document: &Checked,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<(), NotKept>, Unreadable> {
    let name = name(owner, document);
    let mut held = Held {
        bytes: ByteBuf::from(document.bytes()),
        id: document.id(),
        version: document.version(),
        until: document.until(),
        rival: None,
    };
    if let Some(before) = turn.get::<Held>(Shelf::Document, &name)? {
        let Some(old) = before.read() else { return Err(Unreadable::Row { shelf: Shelf::Document }) };
        if old.id() == document.id() || !supersedes(document, &old) {
            return Ok(Err(NotKept::Older));
        }
        if old.version() == document.version() {
            held.rival = Some(before.bytes);
        }
        // A retraction is kept until what it retracts would have ended.
        held.until = held.until.max(before.until);
    }
    turn.put(Shelf::Document, &name, &held);
    Ok(Ok(()))
}

/// Forgets what has ended.
pub(crate) fn clean(turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let mut after = None;
    loop {
        let rows = turn.view.walk(Shelf::Document, &[], after.as_deref(), limits::LISTED_MAX)?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        after = Some(last.clone());
        for (name, _) in &rows {
            let held: Option<Held> = turn.get(Shelf::Document, name)?;
            if held.is_some_and(|held| held.until <= turn.now) {
                turn.drop(Shelf::Document, name);
            }
        }
    }
}

/// Forgets all that one contact brought.
pub(crate) fn forget(owner: &IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let rows = turn.view.walk(Shelf::Document, owner.as_bytes(), None, limits::DOCUMENTS_PER_CONTACT_MAX)?;
    for (name, _) in rows {
        turn.drop(Shelf::Document, &name);
    }
    Ok(())
}

fn name(owner: &IdentityId, document: &Document) -> Vec<u8> {
    [owner.as_bytes().as_slice(), document.author().as_bytes(), document.slot()].concat()
}
