//! Pair keys: what two contacts share and nobody else has. Each week has its own, made from the one before, so that
//! old ones can be forgotten. A letter carries a label that says which key it is under and tells nothing else.

use serde::{Deserialize, Serialize};
use sesame_protocol::key::IdentityId;
use sesame_protocol::pair::PairKey;
use sesame_protocol::time::Timestamp;

use crate::contacts;
use crate::engine::Turn;
use crate::limits;
use crate::row;
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};

/// Whom a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Party {
    /// An invitation of mine that nobody has accepted yet.
    Invitation(#[serde(with = "serde_bytes")] [u8; 16]),
    /// A contact.
    Contact(IdentityId),
}

#[derive(Serialize, Deserialize)]
struct PairRow {
    /// The week of `key`; earlier keys are gone.
    week: u64,
    #[serde(with = "serde_bytes")]
    key: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct LabelRow {
    party: Party,
    /// The week of the pair key; nothing for the key of the invitation itself.
    week: Option<u64>,
}

/// The number of the week in which a moment lies.
pub(crate) fn week(moment: Timestamp) -> u64 {
    moment.millis() / u64::try_from(limits::RATCHET.as_millis()).expect("a week is few milliseconds")
}

/// Notes the label of an invitation's own key.
pub(crate) fn open_invitation(party: Party, key: &PairKey, turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Label, &key.label(), &LabelRow { party, week: None });
}

/// Forgets the label of an invitation's own key.
pub(crate) fn close_invitation(key: &PairKey, turn: &mut Turn<'_, '_>) {
    turn.drop(Shelf::Label, &key.label());
}

/// Keeps the key that two contacts agreed on in `week`, and notes the labels of this week and the next.
pub(crate) fn keep(contact: &IdentityId, key: &PairKey, week: u64, turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Pair, contact.as_bytes(), &PairRow { week, key: *key.to_bytes() });
    note_labels(contact, key.clone(), week, week, self::week(turn.now) + 1, turn);
}

/// The key of a week, for letters to a contact.
pub(crate) fn key(view: &dyn View, contact: &IdentityId, week: u64) -> Result<Option<PairKey>, Unreadable> {
    let Some(row) = row::get::<PairRow>(view, Shelf::Pair, contact.as_bytes())? else { return Ok(None) };
    Ok(advance(&row, week))
}

/// Whom a label stands for, and the key.
pub(crate) fn find(view: &dyn View, label: &[u8; 16]) -> Result<Option<(Party, Option<u64>, PairKey)>, Unreadable> {
    let Some(row) = row::get::<LabelRow>(view, Shelf::Label, label)? else { return Ok(None) };
    let key = match (row.party, row.week) {
        (Party::Contact(id), Some(week)) => key(view, &id, week)?,
        (Party::Contact(id), None) => contacts::opening_key(view, &id)?,
        (Party::Invitation(id), _) => contacts::invitation_key(view, &id)?,
    };
    Ok(key.map(|key| (row.party, row.week, key)))
}

/// Moves the ratchet on: notes the label of next week, forgets keys older than a letter may be.
pub(crate) fn turn_ratchet(contact: &IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(row) = turn.get::<PairRow>(Shelf::Pair, contact.as_bytes())? else { return Ok(()) };
    let now = week(turn.now);
    let oldest = now.saturating_sub(limits::RATCHET_KEPT - 1).max(row.week);
    let Some(key) = advance(&row, oldest) else { return Ok(()) };
    let mut old = PairKey::from_bytes(row.key);
    for _ in row.week..oldest {
        turn.drop(Shelf::Label, &old.label());
        old = old.next();
    }
    note_labels(contact, key.clone(), oldest, oldest, now + 1, turn);
    if oldest != row.week {
        turn.put(Shelf::Pair, contact.as_bytes(), &PairRow { week: oldest, key: *key.to_bytes() });
        turn.erase_older(Shelf::Pair, contact.as_bytes());
    }
    Ok(())
}

/// Forgets everything that was shared with a contact.
pub(crate) fn forget(contact: &IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    if let Some(row) = turn.get::<PairRow>(Shelf::Pair, contact.as_bytes())? {
        let mut key = PairKey::from_bytes(row.key);
        for _ in row.week..=week(turn.now) + 1 {
            turn.drop(Shelf::Label, &key.label());
            key = key.next();
        }
    }
    turn.erase(Shelf::Pair, contact.as_bytes());
    Ok(())
}

fn note_labels(contact: &IdentityId, key: PairKey, of: u64, from: u64, to: u64, turn: &mut Turn<'_, '_>) {
    let mut key = key;
    for week in of..=to {
        if week >= from {
            let row = LabelRow { party: Party::Contact(*contact), week: Some(week) };
            turn.put(Shelf::Label, &key.label(), &row);
        }
        key = key.next();
    }
}

/// The key of `week`. Nothing for a week that is over and forgotten, or absurdly far away.
fn advance(row: &PairRow, week: u64) -> Option<PairKey> {
    /// A node that slept for ten years starts again by hand.
    const WEEKS_MAX: u64 = 520;
    let steps = week.checked_sub(row.week).filter(|steps| *steps <= WEEKS_MAX)?;
    let mut key = PairKey::from_bytes(row.key);
    for _ in 0..steps {
        key = key.next();
    }
    Some(key)
}
