//! Accounts as rows of a shelf: what a store over shelves writes and reads.

use std::collections::BTreeSet;

use sesame_protocol::hash;
use sesame_protocol::letter::LetterId;
use sesame_protocol::relation::RelationId;
use sesame_protocol::time::Timestamp;

use super::account::Account;
use super::webhook::{Listens, queue};
use super::{Change, Version, Waiting};
use crate::engine::{Guard, Node};
use crate::erasure::{self, Extent};
use crate::shelf::{Key, Shelf, Write};
use crate::view::{Unreadable, View};
use crate::{limits, row};

/// A moment, a relation, a request: the name of a row of [`Shelf::Due`] and [`Shelf::Todo`].
type When = (Timestamp, RelationId, LetterId);

/// Which relation a visitor comes in.
pub fn visitor(view: &dyn View, node: &Node) -> Result<Option<RelationId>, Unreadable> {
    row::get(view, Shelf::Visitor, node)
}

/// One account, and the version to commit against.
pub fn load(view: &dyn View, id: &RelationId) -> Result<Option<(Account, Version)>, Unreadable> {
    let Some(bytes) = view.get(&Key::new(Shelf::Account, id.as_bytes()))? else { return Ok(None) };
    let version = hash::plain(&bytes);
    let account = serde_ipld_dagcbor::from_slice(&bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Account })?;
    Ok(Some((account, version)))
}

/// A page of accounts, from after one on.
pub fn accounts(view: &dyn View, after: Option<&RelationId>, limit: usize) -> Result<Vec<Account>, Unreadable> {
    let after = after.map(|after| after.as_bytes().as_slice());
    let rows = view.walk(Shelf::Account, &[], after, limit.min(limits::DESK_PAGE_MAX))?;
    rows.iter()
        .map(|(_, bytes)| serde_ipld_dagcbor::from_slice(bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Account }))
        .collect()
}

/// Letters that wait in a relation, in order, after a number.
pub fn waiting(view: &dyn View, id: &RelationId, after: u64, limit: usize) -> Result<Vec<Waiting>, Unreadable> {
    let from = waiting_name(id, after);
    let rows = view.walk(Shelf::Waiting, id.as_bytes(), Some(&from), limit)?;
    rows.iter()
        .map(|(_, bytes)| serde_ipld_dagcbor::from_slice(bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Waiting }))
        .collect()
}

/// What is held or asked, by its end, soonest first.
pub fn due(view: &dyn View, limit: usize) -> Result<Vec<When>, Unreadable> {
    whens(view, Shelf::Due, limit)
}

/// What waits for a clerk, longest first.
pub fn todo(view: &dyn View, limit: usize) -> Result<Vec<When>, Unreadable> {
    whens(view, Shelf::Todo, limit)
}

/// Takes a row away that leads nowhere: its account has no such end any more.
pub fn drop_due((at, relation, request): &When) -> Write {
    row::drop(Shelf::Due, when_name(*at, relation, request))
}

/// Whether earlier states of an account can still be read, because they are not erased yet.
pub fn has_earlier(view: &dyn View, id: &RelationId) -> Result<bool, Unreadable> {
    erasure::is_pending(view, &Key::new(Shelf::Account, id.as_bytes()))
}

/// What a commit writes, and what must still stand for it. What happened is written beside it for the webhook, if there is
/// one: an event and what it tells of are there together or not at all.
pub fn writes(
    at: Option<(&Account, Version)>,
    account: &Account,
    change: &Change,
    fetched: &[Waiting],
    listens: &Listens,
) -> (Vec<Guard>, Vec<Write>) {
    let id = account.id();
    let mut guards = vec![Guard { key: Key::new(Shelf::Account, id.as_bytes()), is: at.map(|(_, version)| version) }];
    let mut writes = vec![row::put(Shelf::Account, id.as_bytes(), account)];
    if let Some(now) = change.erased {
        writes.push(erasure::ask(Shelf::Account, id.as_bytes(), Extent::Older, now));
    }
    if at.is_none() {
        // Nobody comes in two relations under one network identity: a second door would cut off the first.
        guards.push(Guard { key: Key::new(Shelf::Visitor, account.node), is: None });
        writes.push(row::put(Shelf::Visitor, account.node, &id));
    }
    writes
        .extend(change.letters.iter().map(|letter| row::put(Shelf::Waiting, waiting_name(&id, letter.number), letter)));
    writes.extend(fetched.iter().map(|letter| row::drop(Shelf::Waiting, waiting_name(&id, letter.number))));
    let before = at.map(|(account, _)| account);
    let index = |shelf, rows: fn(&Account) -> Vec<(Timestamp, LetterId)>| {
        let old: BTreeSet<_> = before.map(rows).unwrap_or_default().into_iter().collect();
        let new: BTreeSet<_> = rows(account).into_iter().collect();
        let name = |(at, request): &(Timestamp, LetterId)| when_name(*at, &id, request);
        let gone = old.difference(&new).map(|row| row::drop(shelf, name(row))).collect::<Vec<_>>();
        let fresh = new.difference(&old).map(|row| row::put(shelf, name(row), &())).collect::<Vec<_>>();
        [gone, fresh].concat()
    };
    writes.extend(index(Shelf::Due, Account::due));
    writes.extend(index(Shelf::Todo, Account::todo));
    if !change.events.is_empty() {
        guards.push(listens.guard());
        writes.extend(queue::puts(listens, &id, &change.events));
    }
    (guards, writes)
}

fn waiting_name(id: &RelationId, number: u64) -> Vec<u8> {
    [id.as_bytes().as_slice(), &number.to_be_bytes()].concat()
}

fn when_name(at: Timestamp, relation: &RelationId, request: &LetterId) -> Vec<u8> {
    [at.millis().to_be_bytes().as_slice(), relation.as_bytes(), request.as_bytes()].concat()
}

fn whens(view: &dyn View, shelf: Shelf, limit: usize) -> Result<Vec<When>, Unreadable> {
    let rows = view.walk(shelf, &[], None, limit)?;
    rows.iter().map(|(name, _)| when(name).ok_or(Unreadable::Row { shelf })).collect()
}

fn when(name: &[u8]) -> Option<When> {
    let (at, rest) = name.split_first_chunk()?;
    let (relation, request) = rest.split_first_chunk()?;
    let request = LetterId::from_bytes(request.try_into().ok()?);
    Some((Timestamp::from_millis(u64::from_be_bytes(*at)), RelationId::from_bytes(*relation), request))
}
