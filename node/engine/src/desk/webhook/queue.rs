//! What a webhook has still to be told, as rows of a shelf in the order in which it happened, to the
//! millisecond of the desk's clock. A row is written together with what it tells of. Rows stand under the webhook that they
//! are for: one that is set anew is never told what was meant for another.

use serde::{Deserialize, Serialize};
use sesame_protocol::relation::RelationId;
use sesame_protocol::time::Timestamp;

use super::Listens;
use crate::desk::Told;
use crate::shelf::{Shelf, Write};
use crate::view::{Unreadable, View};
use crate::{limits, row};

/// One event that waits to be told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Row {
    /// In which account it happened.
    pub(super) account: RelationId,
    /// What happened.
    pub(super) told: Told,
}

/// The rows of what happened; none when nobody listens.
pub(crate) fn puts(listens: &Listens, account: &RelationId, events: &[Told]) -> Vec<Write> {
    let Some(since) = listens.since else { return Vec::new() };
    let row = |(place, told): (u16, &Told)| {
        row::put(Shelf::Telling, name(since, place, told), &Row { account: *account, told: *told })
    };
    // More events than there are places would be more requests than an account may have.
    (0_u16..).zip(events).map(row).collect()
}

/// The event that waits longest.
pub(super) fn first(view: &dyn View, since: Timestamp) -> Result<Option<(Vec<u8>, Row)>, Unreadable> {
    Ok(row::walk(view, Shelf::Telling, &prefix(since), 1)?.pop())
}

/// How many wait, and since when the first does.
pub(super) fn waiting(view: &dyn View, since: Timestamp) -> Result<(usize, Option<Timestamp>), Unreadable> {
    let rows = view.walk(Shelf::Telling, &prefix(since), None, limits::TELLING_MAX)?;
    Ok((rows.len(), first(view, since)?.map(|(_, row)| row.told.at)))
}

/// Names of rows that are too many, the oldest first: all that no webhook is meant to be told any more, and those beyond the
/// bound.
pub(super) fn surplus(view: &dyn View, since: Option<Timestamp>) -> Result<Surplus, Unreadable> {
    let mut surplus = Surplus::default();
    let most = limits::TELLING_MAX.saturating_add(limits::TELLING_DROPPED_MAX);
    let rows = view.walk(Shelf::Telling, &[], None, most)?;
    let is_meant = |name: &[u8]| since.is_some_and(|since| name.starts_with(&prefix(since)));
    let (meant, left): (Vec<_>, Vec<_>) = rows.into_iter().map(|(name, _)| name).partition(|name| is_meant(name));
    let beyond = meant.len().saturating_sub(limits::TELLING_MAX);
    surplus.names = left.into_iter().take(limits::TELLING_DROPPED_MAX).collect();
    let room = limits::TELLING_DROPPED_MAX.saturating_sub(surplus.names.len());
    surplus.names.extend(meant.into_iter().take(beyond.min(room)));
    surplus.untold = beyond.min(room);
    Ok(surplus)
}

/// Rows that are too many.
#[derive(Debug, Default)]
pub(super) struct Surplus {
    /// Their names.
    pub(super) names: Vec<Vec<u8>>,
    /// How many of them somebody would have been told.
    pub(super) untold: usize,
}

impl Surplus {
    /// Takes them away.
    pub(super) fn drops(self) -> Vec<Write> {
        self.names.into_iter().map(|name| row::drop(Shelf::Telling, name)).collect()
    }
}

fn prefix(since: Timestamp) -> [u8; 8] {
    since.millis().to_be_bytes()
}

/// For which webhook, when, and in which place of those that happened at once.
fn name(since: Timestamp, place: u16, told: &Told) -> Vec<u8> {
    [&prefix(since), told.at.millis().to_be_bytes().as_slice(), &place.to_be_bytes(), &told.id].concat()
}
