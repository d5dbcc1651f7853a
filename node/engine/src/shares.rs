//! Shares: what organisations ask for, what I show them on which terms, and what becomes of it until they say that it is
//! deleted. One row holds the whole life of one request. How an answer is made is in [`offer`], how letters of a desk are
//! read in [`hear`].

mod hear;
mod offer;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::document::DocumentId;
use sesame_protocol::key::IdentityId;
use sesame_protocol::letter::LetterId;
use sesame_protocol::letter::evidence::{Body, DataRequest, How, Refusal as No, Withdrawal};
use sesame_protocol::relation::RelationId;
use sesame_protocol::text::hex;
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::Reason;

pub(crate) use hear::read;

use crate::decide::{Outcome, Refusal};
use crate::engine::{Engine, Notice, Turn};
use crate::relations::{self, Outgoing};
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{facts, limits, row, visits};

/// How far a share is. Withdrawal is no stage but three facts of their own: when it was no longer allowed, when the
/// organisation was told, when it said that it deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// The organisation asks, and I have not decided.
    Asked,
    /// I offered something, on my terms; the organisation has not signed yet.
    Offered,
    /// Both signed; what was agreed is on its way or was shown, and the receipt is not there yet.
    Agreed,
    /// It was shown, and the receipt is signed by both.
    Shared,
    /// One of us said no.
    Refused,
    /// Its time passed without an answer.
    Lapsed,
}

/// A share as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Share {
    /// In which relation.
    pub relation: RelationId,
    /// With whom.
    pub vendor: IdentityId,
    /// What was asked.
    pub asked: DataRequest,
    /// When it reached me.
    pub at: Timestamp,
    /// Until when I may answer.
    pub until: Timestamp,
    /// How far it is.
    pub stage: Stage,
    /// Since when.
    pub since: Timestamp,
    /// What I answered.
    pub offer: Option<Offer>,
    /// Who said no, and why.
    pub no: Option<Denied>,
    /// What I no longer allow.
    pub withdrawn: Option<Ending>,
    /// The organisation's word that it deleted what it had: when, and how.
    pub deleted: Option<Deleted>,
    /// The signed letter that asked: proof of what was asked.
    pub proof: ByteBuf,
}

/// What I offered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Offer {
    /// The letter that offered.
    pub letter: LetterId,
    /// What is shown, by field.
    pub values: BTreeMap<String, String>,
    /// On which terms, by the roster's id.
    pub terms: String,
    /// For how many days.
    pub retention_days: u32,
    /// When I offered.
    pub at: Timestamp,
    /// Its name.
    pub agreement: DocumentId,
    /// The agreement: with my signature, and with both once it has them.
    pub signed: ByteBuf,
    /// When I showed it.
    pub shown: Option<Timestamp>,
    /// The receipt: with my signature, and with both once it has them.
    pub receipt: String,
    /// When the organisation signed the receipt.
    pub received: Option<Timestamp>,
    /// Until when it may keep what it was shown.
    pub due: Timestamp,
}

/// A no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denied {
    /// Whether it was mine.
    pub mine: bool,
    /// Why, as a stable code.
    pub reason: String,
    /// The terms that the organisation would accept instead.
    pub alternative: Option<String>,
}

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Since when it is no longer allowed.
    pub at: Timestamp,
    /// When the organisation's desk took the letter that says so.
    pub told: Option<Timestamp>,
    /// Until when its proof of deletion is waited for.
    pub deadline: Timestamp,
    /// When it was last written to the organisation.
    said: Timestamp,
}

impl Ending {
    fn now(now: Timestamp) -> Self {
        Self { at: now, told: None, deadline: now.plus(limits::DELETED_WITHIN), said: now }
    }
}

/// The organisation's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// When it reached me.
    pub at: Timestamp,
    /// How it was done.
    pub how: How,
    /// The fields.
    pub fields: Vec<String>,
    /// The signed letter.
    pub proof: ByteBuf,
}

impl Share {
    /// Whether the organisation holds something of mine, as far as I know.
    pub fn is_held(&self) -> bool {
        self.deleted.is_none() && self.offer.as_ref().is_some_and(|offer| offer.shown.is_some())
    }

    /// Whether it should have said by now that it deleted what it held, and has not.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        let deadline = self.withdrawn.as_ref().map(|ending| ending.deadline);
        let due = self.offer.as_ref().map(|offer| offer.due.plus(limits::DELETED_WITHIN));
        self.is_held() && deadline.into_iter().chain(due).min().is_some_and(|at| at <= now)
    }
}

/// The name of a share: its relation and the letter that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShareId {
    /// The relation.
    pub relation: RelationId,
    /// The letter that asked.
    pub request: LetterId,
}

impl ShareId {
    fn name(self) -> Vec<u8> {
        [self.relation.as_bytes().as_slice(), self.request.as_bytes()].concat()
    }

    fn from_name(name: &[u8]) -> Option<Self> {
        let (relation, request) = name.split_first_chunk()?;
        let request = LetterId::from_bytes(request.try_into().ok()?);
        Some(Self { relation: RelationId::from_bytes(*relation), request })
    }
}

/// What a person may decide about a request or a share.
#[derive(Debug)]
pub enum Choice {
    /// Offers these values, on these terms.
    Offer {
        /// To which request.
        share: ShareId,
        /// What is shown, by field: some of those asked for.
        values: BTreeMap<String, String>,
        /// On which terms, by the roster's id.
        terms: String,
        /// For how many days; at most as many as were asked for.
        retention_days: u32,
        /// Whether the values are kept as facts, to be offered next time.
        remember: bool,
    },
    /// Says no.
    Refuse {
        /// To which request.
        share: ShareId,
    },
    /// Takes back what was agreed.
    Withdraw {
        /// Which.
        share: ShareId,
    },
}

/// All shares, by relation.
pub fn all(view: &dyn View) -> Result<Vec<(ShareId, Share)>, Unreadable> {
    list(view, &[])
}

/// The shares of one relation.
pub fn of(view: &dyn View, relation: &RelationId) -> Result<Vec<(ShareId, Share)>, Unreadable> {
    list(view, relation.as_bytes())
}

/// One share.
pub fn one(view: &dyn View, id: &ShareId) -> Result<Option<Share>, Unreadable> {
    row::get(view, Shelf::Share, &id.name())
}

/// When an organisation asked for each of these fields before, in any relation, among all shares.
pub fn asked_before(all: &[(ShareId, Share)], id: &ShareId, this: &Share) -> BTreeMap<String, Timestamp> {
    let mut before = BTreeMap::new();
    let is_earlier =
        |(other, share): &&(ShareId, Share)| other != id && share.vendor == this.vendor && share.at <= this.at;
    for (_, other) in all.iter().filter(is_earlier) {
        for field in other.asked.fields.iter().filter(|field| this.asked.fields.contains(field)) {
            let latest = before.entry(field.clone()).or_insert(other.at);
            *latest = (*latest).max(other.at);
        }
    }
    before
}

fn list(view: &dyn View, prefix: &[u8]) -> Result<Vec<(ShareId, Share)>, Unreadable> {
    let rows = row::walk(view, Shelf::Share, prefix, limits::SHARES_MAX)?;
    rows.into_iter()
        .map(|(name, share)| Ok((ShareId::from_name(&name).ok_or(Unreadable::Row { shelf: Shelf::Share })?, share)))
        .collect()
}

/// How an organisation is addressed in a presentation.
pub(crate) fn audience(vendor: &IdentityId) -> String {
    format!("urn:sesame:{}", hex(vendor.as_bytes()))
}

/// A nonce, as a presentation carries it.
pub(crate) fn nonce(nonce: &[u8; 16]) -> String {
    hex(nonce)
}

fn put(id: &ShareId, share: &Share, turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Share, &id.name(), share);
    turn.tell(Notice::Vendors);
}

fn drop_row(id: &ShareId, turn: &mut Turn<'_, '_>) {
    turn.drop(Shelf::Share, &id.name());
}

/// Moves a share to another stage.
fn enter(id: &ShareId, share: &mut Share, stage: Stage, turn: &mut Turn<'_, '_>) {
    share.stage = stage;
    share.since = turn.now;
    put(id, share, turn);
}

impl Choice {
    pub(crate) fn carry_out(
        self,
        engine: &mut Engine,
        turn: &mut Turn<'_, '_>,
    ) -> Result<Result<Outcome, Refusal>, Unreadable> {
        let id = match &self {
            Self::Offer { share, .. } | Self::Refuse { share } | Self::Withdraw { share } => *share,
        };
        let Some(share) = one(turn.view, &id)? else { return Ok(Err(Refusal::NotFound)) };
        match self {
            Self::Offer { values, terms, retention_days, remember, .. } => {
                let values = match clean(&share.asked, values) {
                    Ok(values) => values,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                let draft = offer::Draft { values: values.clone(), terms, retention_days };
                let made = offer::make(engine, id, share, draft, turn)?;
                if remember && made.is_ok() {
                    for (field, value) in &values {
                        facts::remember_answer(field, value, engine, turn)?;
                    }
                }
                Ok(made)
            }
            Self::Refuse { .. } => refuse(engine, id, share, turn),
            Self::Withdraw { .. } => withdraw(engine, id, share, turn),
        }
    }
}

/// The values as they may travel: only what was asked for, nothing blank, something at all.
fn clean(asked: &DataRequest, values: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Refusal> {
    let mut cleaned = BTreeMap::new();
    for (field, value) in values {
        if !asked.fields.contains(&field) {
            return Err(Refusal::NotAsked { field });
        }
        let value = facts::value(&value)?;
        if value.is_empty() {
            return Err(Refusal::Blank { field });
        }
        cleaned.insert(field, value);
    }
    let bytes: usize = cleaned.values().map(String::len).sum();
    if bytes > limits::SHARED_BYTES_MAX {
        return Err(Refusal::TooLong { what: "values", most: limits::SHARED_BYTES_MAX });
    }
    if cleaned.is_empty() { Err(Refusal::NothingShown) } else { Ok(cleaned) }
}

fn refuse(
    engine: &mut Engine,
    id: ShareId,
    mut share: Share,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    if !matches!(share.stage, Stage::Asked | Stage::Lapsed) {
        return Ok(Err(Refusal::Decided));
    }
    share.no = Some(Denied { mine: true, reason: "refused".to_owned(), alternative: None });
    enter(&id, &mut share, Stage::Refused, turn);
    let no = No { reason: "refused".to_owned(), alternative: None };
    relations::post(engine, id.relation, Body::Refusal(no), Some(id.request), turn)?;
    visits::want(engine, id.relation, turn)?;
    Ok(Ok(Outcome::Share(id)))
}

fn withdraw(
    engine: &mut Engine,
    id: ShareId,
    mut share: Share,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let is_open = matches!(share.stage, Stage::Offered | Stage::Agreed | Stage::Shared);
    let Some(offer) = share.offer.as_ref().filter(|offer| is_open || offer.shown.is_some()) else {
        return Ok(Err(Refusal::NothingShown));
    };
    if share.withdrawn.is_some() {
        return Ok(Ok(Outcome::Share(id)));
    }
    let agreement = offer.agreement;
    share.withdrawn = Some(Ending::now(turn.now));
    put(&id, &share, turn);
    // What is still here does not leave any more.
    relations::take_back(&id.relation, &id.request, |_| false, turn)?;
    relations::post(engine, id.relation, Body::Withdrawal(Withdrawal { agreement }), Some(id.request), turn)?;
    visits::want(engine, id.relation, turn)?;
    Ok(Ok(Outcome::Share(id)))
}

/// The account ends: nothing that was shown may be used any more, nothing more leaves, and what was asked is refused by
/// silence.
pub(crate) fn end_all(relation: &RelationId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (id, mut share) in of(turn.view, relation)? {
        relations::take_back(relation, &id.request, |body| matches!(body, Body::Withdrawal(_)), turn)?;
        if (share.is_held() || share.stage == Stage::Agreed) && share.withdrawn.is_none() {
            share.withdrawn = Some(Ending::now(turn.now));
            put(&id, &share, turn);
        } else if share.stage < Stage::Agreed {
            share.no = Some(Denied { mine: true, reason: "closed".to_owned(), alternative: None });
            enter(&id, &mut share, Stage::Refused, turn);
        }
    }
    Ok(())
}

/// Whether a letter may still leave: nothing is offered or shown that was taken back meanwhile.
pub(crate) fn may_leave(relation: &RelationId, row: &Outgoing, turn: &Turn<'_, '_>) -> Result<bool, Unreadable> {
    if !matches!(row.body, Body::Proffer(_) | Body::Presented(_)) {
        return Ok(true);
    }
    let Some(request) = row.re else { return Ok(false) };
    let share = one(turn.view, &ShareId { relation: *relation, request })?;
    Ok(share.is_some_and(|share| share.withdrawn.is_none() && share.deleted.is_none()))
}

/// A letter leaves with a visit. What it shows counts as shown from now on.
pub(crate) fn leaves(relation: &RelationId, row: &Outgoing, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let (Body::Presented(_), Some(request)) = (&row.body, row.re) else { return Ok(()) };
    let id = ShareId { relation: *relation, request };
    let Some(mut share) = one(turn.view, &id)? else { return Ok(()) };
    if let Some(offer) = share.offer.as_mut().filter(|offer| offer.shown.is_none()) {
        offer.shown = Some(turn.now);
        put(&id, &share, turn);
    }
    Ok(())
}

/// What became of a letter that my node left at a desk.
pub(crate) fn left(
    relation: &RelationId,
    row: &Outgoing,
    result: Result<(), Reason>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    for (id, mut share) in of(turn.view, relation)? {
        let is_about = match &row.body {
            Body::Closing(_) => share.withdrawn.as_ref().is_some_and(|ending| ending.told.is_none()),
            _ => row.re == Some(id.request),
        };
        if !is_about {
            continue;
        }
        match (&row.body, result) {
            (Body::Withdrawal(_) | Body::Closing(_), Ok(())) => {
                if let Some(ending) = &mut share.withdrawn {
                    ending.told = ending.told.or(Some(turn.now));
                }
                put(&id, &share, turn);
            }
            (Body::Proffer(_) | Body::Presented(_), Err(reason)) => {
                let no = Denied { mine: false, reason: format!("{reason:?}").to_lowercase(), alternative: None };
                deny(&id, &mut share, no, turn);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Somebody said no. What was shown stays shown: the share goes on, with the no beside it.
fn deny(id: &ShareId, share: &mut Share, no: Denied, turn: &mut Turn<'_, '_>) {
    share.no = Some(no);
    if share.offer.as_ref().is_some_and(|offer| offer.shown.is_some()) {
        put(id, share, turn);
    } else {
        enter(id, share, Stage::Refused, turn);
    }
}

/// Requests that nobody answered in time lapse, and so do offers that nobody signed. A withdrawal that the organisation
/// did not take is said again.
pub(crate) fn clean_up(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (id, mut share) in all(turn.view)? {
        let is_open = matches!(share.stage, Stage::Asked | Stage::Offered);
        if is_open && share.until <= turn.now {
            enter(&id, &mut share, Stage::Lapsed, turn);
        }
        say_again(engine, id, share, turn)?;
    }
    Ok(())
}

fn say_again(engine: &mut Engine, id: ShareId, mut share: Share, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let is_held = share.is_held();
    let (Some(ending), Some(offer)) = (&mut share.withdrawn, &share.offer) else { return Ok(()) };
    let waits = relations::outgoing(turn.view, &id.relation)?
        .iter()
        .any(|(_, row)| matches!(row.body, Body::Withdrawal(_) | Body::Closing(_)));
    let is_due = ending.said.plus(limits::WITHDRAWN_AGAIN_AFTER) <= turn.now && ending.deadline > turn.now;
    if !is_held || waits || !is_due {
        return Ok(());
    }
    let agreement = offer.agreement;
    ending.said = turn.now;
    put(&id, &share, turn);
    relations::post(engine, id.relation, Body::Withdrawal(Withdrawal { agreement }), Some(id.request), turn)?;
    Ok(())
}
