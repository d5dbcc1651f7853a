//! Visits: my node goes to an organisation's desk, leaves letters and takes what waits, at moments of its own choosing.
//! A desk never calls. Each relation has a clock of its own, drawn by chance and never caught up, so that two
//! organisations do not see one household wake; one visit is under way at a time, and what a person decides touches only
//! the organisation that it is about.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use sesame_protocol::document::Body as Content;
use sesame_protocol::key::{IdentityId, SigningKey};
use sesame_protocol::letter::evidence::{self, Evidence};
use sesame_protocol::limits::COLLECTED_MAX;
use sesame_protocol::relation::{Party, RelationId};
use sesame_protocol::seal;
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::{Reason, desk as frame};
use zeroize::Zeroizing;

use crate::engine::{Effect, Engine, Fault, Job, Turn};
use crate::intake::{Brought, Visited};
use crate::relations::{self, Relation, Standing, Why};
use crate::shelf::Shelf;
use crate::vendors::{self, Vendor};
use crate::view::{Unreadable, View};
use crate::{limits, shares};

/// Whose desk a visit is to, and in which relation: nothing for a look at who they say they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Errand {
    /// The organisation.
    pub vendor: IdentityId,
    /// The relation.
    pub relation: Option<RelationId>,
}

/// What is known of visits while the node runs.
#[derive(Debug, Default)]
pub(crate) struct Visits {
    /// The one that is under way, and when it counts as failed.
    under_way: Option<(Errand, Timestamp)>,
    /// Those that a person waits for, or that follow from the last one.
    wanted: VecDeque<Errand>,
    /// When each relation is visited next.
    clocks: BTreeMap<RelationId, Timestamp>,
    /// Until when no visit is made that nobody waits for.
    quiet_until: Timestamp,
    /// Visits that followed one another without a pause, for each relation.
    running: u8,
}

impl Visits {
    /// The clocks, as they were stored.
    pub(crate) fn load(view: &dyn View) -> Result<Self, Unreadable> {
        let clocks = relations::all(view)?.into_iter().map(|(id, relation)| (id, relation.next)).collect();
        Ok(Self { clocks, ..Self::default() })
    }

    /// When the next visit is due that nobody waits for, or the one under way has failed.
    pub(crate) fn next(&self) -> Option<Timestamp> {
        match self.under_way {
            Some((_, deadline)) => Some(deadline),
            None => self.clocks.values().min().copied(),
        }
    }
}

/// Looks at who an organisation says it is, from a network identity that is thrown away.
pub(crate) fn peek(
    engine: &mut Engine,
    id: IdentityId,
    vendor: &Vendor,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    if vendor.blocked {
        return Ok(());
    }
    enqueue(engine, Errand { vendor: id, relation: None });
    advance(engine, turn)
}

/// Visits as soon as no other visit is under way: a person waits for it.
pub(crate) fn want(engine: &mut Engine, id: RelationId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(relation) = relations::one(turn.view, &id)? else { return Ok(()) };
    engine.visits.running = 0;
    enqueue(engine, Errand { vendor: relation.vendor, relation: Some(id) });
    advance(engine, turn)
}

fn enqueue(engine: &mut Engine, errand: Errand) {
    let visits = &mut engine.visits;
    if !visits.wanted.contains(&errand) && visits.wanted.len() < limits::VISITS_WANTED_MAX {
        visits.wanted.push_back(errand);
    }
}

/// Starts the next visit that is wanted, if none is under way.
fn advance(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    while engine.visits.under_way.is_none() {
        let Some(errand) = engine.visits.wanted.pop_front() else { return Ok(()) };
        start(engine, errand, turn)?;
    }
    Ok(())
}

/// Draws when a relation is visited next, and stores it. Says whether it is visited at all.
pub(crate) fn plan(
    engine: &mut Engine,
    id: RelationId,
    mut relation: Relation,
    turn: &mut Turn<'_, '_>,
) -> Result<bool, Unreadable> {
    let waits = !relations::outgoing(turn.view, &id)?.is_empty();
    // What waits for a closed account waits no longer than the proof of deletion is waited for.
    let is_over = relation.standing == Standing::Closed && !relation.is_visited(turn.now);
    if is_over || !(waits || relation.is_visited(turn.now)) {
        engine.visits.clocks.remove(&id);
        return Ok(false);
    }
    // A closing is left at the account's own pace: several that end at once are not told apart by a burst.
    let is_eager = relation.standing == Standing::Door || waits && relation.standing != Standing::Closed;
    let step = limits::LOOKS.get(usize::from(relation.tries)).filter(|_| is_eager);
    let wait = match step {
        // A quarter more or less, so that no pattern of waiting tells nodes of this program from one another.
        Some(step) => step.mul_f64(0.75 + unit(turn) / 2.0),
        None => exponential(limits::LOOK_MEAN, turn).clamp(limits::LOOK_SHORTEST, limits::LOOK_LONGEST),
    };
    relation.next = turn.now.plus(wait);
    engine.visits.clocks.insert(id, relation.next);
    relations::put(&id, &relation, turn);
    turn.effects.push(Effect::WakeAt(relation.next));
    Ok(true)
}

/// A number from 0 to 1, without 0.
fn unit(turn: &mut Turn<'_, '_>) -> f64 {
    let drawn = u32::from_be_bytes(turn.chance());
    (f64::from(drawn) + 1.0) / (f64::from(u32::MAX) + 1.0)
}

/// The waiting time of a Poisson process: what comes next tells nothing of what was before.
fn exponential(mean: Duration, turn: &mut Turn<'_, '_>) -> Duration {
    mean.mul_f64(-unit(turn).ln())
}

/// The node starts: visits that were missed are not caught up, or all organisations would see when it wakes.
pub(crate) fn restart(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for id in missed(engine, turn.now) {
        redraw(engine, id, turn)?;
    }
    Ok(())
}

/// Relations whose moment has come, or is further away than any is drawn: a clock that was wrong is not waited for.
fn missed(engine: &Engine, now: Timestamp) -> Vec<RelationId> {
    let latest = now.plus(limits::LOOK_LONGEST);
    let is_missed = |(id, next): (&RelationId, &Timestamp)| (*next <= now || *next > latest).then_some(*id);
    engine.visits.clocks.iter().filter_map(is_missed).collect()
}

fn redraw(engine: &mut Engine, id: RelationId, turn: &mut Turn<'_, '_>) -> Result<bool, Unreadable> {
    if let Some(relation) = relations::one(turn.view, &id)? {
        return plan(engine, id, relation, turn);
    }
    engine.visits.clocks.remove(&id);
    Ok(false)
}

/// Makes one of the visits that are due. The others, and all that fall into another visit or the pause after it, are drawn
/// anew and not put off: what is put off would come right after, and show that both are one household's.
pub(crate) fn due(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    if let Some((errand, _)) = engine.visits.under_way.filter(|(_, deadline)| *deadline <= turn.now) {
        engine.visits.under_way = None;
        failed(engine, errand, Why::Unreachable, turn)?;
    }
    advance(engine, turn)?;
    for id in missed(engine, turn.now) {
        let is_free = engine.visits.under_way.is_none() && engine.visits.quiet_until <= turn.now;
        // Drawn anew at once, so that a visit which never ends is not repeated at every wake.
        let is_visited = redraw(engine, id, turn)?;
        if let Some(relation) = relations::one(turn.view, &id)?.filter(|_| is_free && is_visited) {
            engine.visits.running = 0;
            start(engine, Errand { vendor: relation.vendor, relation: Some(id) }, turn)?;
        }
    }
    Ok(())
}

fn start(engine: &mut Engine, errand: Errand, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(vendor) = vendors::one(turn.view, &errand.vendor)? else { return Ok(()) };
    let Some(id) = errand.relation else {
        let ask = frame::Ask { seal: None, after: 0, last: None, letters: Vec::new() };
        let key = Zeroizing::new(turn.chance());
        go(engine, errand, &vendor, key, &ask, Vec::new(), turn);
        return Ok(());
    };
    let Some(relation) = relations::one(turn.view, &id)? else { return Ok(()) };
    let keys = relation.keys(engine);
    let packed = match recipient(&vendor, turn.now) {
        Some(to) => pack(&id, &relation, &to, &keys.sign, turn)?,
        None => Packed::default(),
    };
    // The key is shown each time: a desk whose store was put back may not know it any more.
    let ask = frame::Ask {
        seal: Some(keys.seal.public()),
        after: relation.seen,
        last: relation.seen_name,
        letters: packed.letters,
    };
    go(engine, errand, &vendor, keys.net, &ask, packed.names, turn);
    Ok(())
}

/// What a visit leaves: sealed letters, and the names of their rows.
#[derive(Default)]
struct Packed {
    names: Vec<Vec<u8>>,
    letters: Vec<Vec<u8>>,
}

/// The letters that one visit leaves, as many as a frame holds. What shows values counts as shown from this
/// moment on, whatever the desk answers: it has them.
fn pack(
    id: &RelationId,
    relation: &Relation,
    to: &seal::PublicKey,
    signer: &SigningKey,
    turn: &mut Turn<'_, '_>,
) -> Result<Packed, Unreadable> {
    let (mut packed, mut bytes) = (Packed::default(), 0);
    for (name, row) in relations::outgoing(turn.view, id)?.into_iter().take(COLLECTED_MAX) {
        if !shares::may_leave(id, &row, turn)? {
            turn.drop(Shelf::Post, &name);
            continue;
        }
        let Some(letter) = sealed(relation, &name, row.clone(), to, signer, turn) else { continue };
        bytes += letter.len();
        if bytes > limits::LEFT_BYTES_MAX {
            break;
        }
        shares::leaves(id, &row, turn)?;
        packed.names.push(name);
        packed.letters.push(letter);
    }
    Ok(packed)
}

fn go(
    engine: &mut Engine,
    errand: Errand,
    vendor: &Vendor,
    key: Zeroizing<[u8; 32]>,
    ask: &frame::Ask,
    left: Vec<Vec<u8>>,
    turn: &mut Turn<'_, '_>,
) {
    engine.visits.under_way = Some((errand, turn.now.plus(limits::VISIT_LASTS)));
    let job = engine.job(Job::Visit { errand, left });
    let (node, at, bytes) = (vendor.device, vendor.addresses.clone(), ask.encode());
    turn.effects.push(Effect::Visit { job, errand, key, node, at, bytes });
}

/// The key that letters to an organisation are sealed to now; nothing while its card is not known or has ended.
fn recipient(vendor: &Vendor, now: Timestamp) -> Option<seal::PublicKey> {
    match vendor.read_card()?.body() {
        Content::Card(card) if card.seal.until.plus(limits::SEAL_GRACE / 2) > now => Some(card.seal.key.clone()),
        _ => None,
    }
}

fn sealed(
    relation: &Relation,
    name: &[u8],
    row: relations::Outgoing,
    to: &seal::PublicKey,
    signer: &SigningKey,
    turn: &mut Turn<'_, '_>,
) -> Option<Vec<u8>> {
    let letter = Evidence {
        from: Party::from(RelationId::from(signer.public())),
        to: Party::from(relation.vendor),
        number: relations::post_number(name),
        id: row.id,
        sent: row.sent,
        expires: row.expires,
        re: row.re,
        body: row.body,
    };
    evidence::seal(&letter, to, signer, turn.rng).ok().map(|(bytes, _)| bytes)
}

/// A visit came to an end.
pub(crate) fn answered(
    engine: &mut Engine,
    errand: Errand,
    left: &[Vec<u8>],
    answer: Result<Box<Visited>, Fault>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    engine.visits.under_way = None;
    let pause = limits::LOOKS_APART.mul_f64(1.0 + 2.0 * unit(turn));
    engine.visits.quiet_until = turn.now.plus(pause);
    match answer {
        Ok(visited) => take(engine, errand, left, *visited, turn)?,
        Err(fault) => {
            let why = if fault == Fault::Malformed { Why::Malformed } else { Why::Unreachable };
            failed(engine, errand, why, turn)?;
        }
    }
    advance(engine, turn)?;
    if let Some(next) = engine.visits.next() {
        turn.effects.push(Effect::WakeAt(next));
    }
    Ok(())
}

/// A visit brought nothing. What a person waits for is tried again soon, and then ever more seldom.
fn failed(engine: &mut Engine, errand: Errand, why: Why, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(id) = errand.relation else { return Ok(()) };
    let Some(mut relation) = relations::one(turn.view, &id)? else { return Ok(()) };
    relation.why = Some(why);
    relation.tries = relation.tries.saturating_add(1);
    relations::put(&id, &relation, turn);
    plan(engine, id, relation, turn).map(|_| ())
}

fn take(
    engine: &mut Engine,
    errand: Errand,
    left: &[Vec<u8>],
    visited: Visited,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    if !vendors::shown(&errand.vendor, &visited.shown, turn)? {
        return failed(engine, errand, Why::Malformed, turn);
    }
    let Some(id) = errand.relation else { return Ok(()) };
    if visited.refused == Some(Reason::Stranger) {
        return failed(engine, errand, Why::NotOpened, turn);
    }
    if visited.refused.is_some() || visited.results.len() != left.len() {
        return failed(engine, errand, Why::Malformed, turn);
    }
    let Some(mut relation) = relations::one(turn.view, &id)? else { return Ok(()) };
    let (before, sent) = (relation.seen, relation.sent);
    relation.visited = Some(turn.now);
    relation.why = None;
    relations::put(&id, &relation, turn);
    let mut is_news = false;
    for (name, result) in left.iter().zip(&visited.results) {
        is_news |= relations::left(&id, name, *result, turn)?;
    }
    for brought in visited.letters {
        read(engine, id, brought, turn)?;
    }
    let Some(mut relation) = relations::one(turn.view, &id)? else { return Ok(()) };
    is_news |= relation.seen != before;
    relation.tries = if is_news { 0 } else { relation.tries.saturating_add(1) };
    relations::put(&id, &relation, turn);
    let has_more = visited.more || relation.sent != sent || is_news && !relations::outgoing(turn.view, &id)?.is_empty();
    plan(engine, id, relation, turn)?;
    follow(engine, errand, has_more, turn)
}

/// What the last visit set in motion is done at once, a few times in a row and no more: a desk cannot keep a node busy.
fn follow(engine: &mut Engine, errand: Errand, has_more: bool, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    if !has_more || engine.visits.running >= limits::VISITS_RUNNING_MAX {
        return Ok(());
    }
    engine.visits.running += 1;
    enqueue(engine, errand);
    advance(engine, turn)
}

/// Reads one letter of a desk. What cannot be read is passed over, or it would come again for ever.
fn read(engine: &mut Engine, id: RelationId, brought: Brought, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(mut relation) = relations::one(turn.view, &id)? else { return Ok(()) };
    if brought.number <= relation.seen {
        return Ok(());
    }
    relation.seen = brought.number;
    relation.seen_name = brought.letter.as_ref().map(|letter| letter.signed.letter.id);
    relations::put(&id, &relation, turn);
    let Some(letter) = brought.letter else { return Ok(()) };
    // Where there is no account nothing is heard; where it ended, only that what was held is deleted.
    let is_last_word = matches!(letter.signed.letter.body, evidence::Body::Deletion(_) | evidence::Body::Receipt(_));
    match relation.standing {
        Standing::Refused => return Ok(()),
        Standing::Closed if !is_last_word => return Ok(()),
        _ => {}
    }
    match &letter.signed.letter.body {
        evidence::Body::AccountRequest(said) => relations::read_request(engine, id, &letter.signed, said, turn),
        _ => shares::read(engine, id, &letter, turn),
    }
}
