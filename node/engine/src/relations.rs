//! My accounts with organisations. Each is a relation under keys of its own; the organisation cannot call me, so nothing
//! happens in it but when my node visits the organisation's desk ([`visits`](crate::visits)). This file holds what is
//! stored of a relation, how one begins at a door and ends, and the letters that wait to be left; what is asked and shown
//! in it is in `shares`.

use serde::{Deserialize, Serialize};
use sesame_protocol::door::Door;
use sesame_protocol::key::{IdentityId, PublicKey};
use sesame_protocol::letter::LetterId;
use sesame_protocol::letter::evidence::{AccountRequest, Answer, Body, Closing, Signed, Verdict};
use sesame_protocol::relation::{Keys, RelationId, Salt};
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::Reason;

use crate::decide::{Opened, Outcome, Refusal};
use crate::engine::{Engine, Notice, Turn};
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{limits, row, shares, vendors, visits};

/// How far an account is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// I made a door; the organisation has not opened it yet, or has not asked for the account.
    Door,
    /// The organisation asks for the account, and I have not decided.
    Asked,
    /// The account is open.
    Open,
    /// I said no.
    Refused,
    /// My node said no by itself: the organisation does not say these mandatory things of itself.
    Missing(Vec<String>),
    /// I ended it.
    Closed,
}

/// Why the last visit brought nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// There was none yet.
    NotTried,
    /// The desk could not be reached.
    Unreachable,
    /// The organisation has not opened the door.
    NotOpened,
    /// What came was not what a desk answers.
    Malformed,
}

/// A relation as stored, by its id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Relation {
    /// The organisation.
    pub vendor: IdentityId,
    salt: SaltRow,
    /// How far it is.
    pub standing: Standing,
    /// Since when.
    pub since: Timestamp,
    /// When the door ends, if nobody has opened it.
    pub expires: Timestamp,
    /// The account request that waits for me, or was decided.
    pub request: Option<Request>,
    /// The number of the last letter that I have from it.
    pub seen: u64,
    /// The name of that letter.
    pub(crate) seen_name: Option<LetterId>,
    /// The number of the last letter that I wrote.
    pub sent: u64,
    /// When I visit next, of my own accord.
    pub next: Timestamp,
    /// Visits since something last came or went.
    pub tries: u8,
    /// When a visit last succeeded.
    pub visited: Option<Timestamp>,
    /// Why the last one brought nothing, if so.
    pub why: Option<Why>,
}

/// What an organisation said when it asked for an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The letter that asked.
    pub letter: LetterId,
    /// Its own words.
    pub message: String,
    /// What it calls the account.
    pub reference: String,
    /// When it asked.
    pub at: Timestamp,
}

#[derive(Clone, Serialize, Deserialize)]
struct SaltRow(#[serde(with = "serde_bytes")] [u8; 32]);

impl std::fmt::Debug for SaltRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Salt(redacted)")
    }
}

/// A letter that waits to be left at a desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outgoing {
    /// Its name.
    pub id: LetterId,
    /// What it says.
    pub body: Body,
    /// When it was written.
    pub sent: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// The letter that it answers.
    pub re: Option<LetterId>,
}

impl Relation {
    /// One that begins with a door.
    pub(crate) fn new(vendor: IdentityId, salt: &Salt, now: Timestamp) -> Self {
        Self {
            vendor,
            salt: SaltRow(salt.to_bytes()),
            standing: Standing::Door,
            since: now,
            expires: now.plus(limits::DOOR_LIFE).second(),
            request: None,
            seen: 0,
            seen_name: None,
            sent: 0,
            next: now,
            tries: 0,
            visited: None,
            why: Some(Why::NotTried),
        }
    }

    /// My keys in it.
    pub(crate) fn keys(&self, engine: &Engine) -> Keys {
        self.keys_of(&engine.me.online)
    }

    /// My keys in it, from the root.
    pub(crate) fn keys_of(&self, online: &sesame_protocol::key::Online) -> Keys {
        Keys::derive(online, &Salt::from_bytes(self.salt.0))
    }

    /// Whether my node visits of its own accord.
    pub fn is_visited(&self, now: Timestamp) -> bool {
        match self.standing {
            // Whoever opened it in time may have been waited for since.
            Standing::Door => self.expires.plus(limits::LETTER_LIFE) > now,
            Standing::Asked | Standing::Open | Standing::Missing(_) => true,
            Standing::Refused => false,
            // For the proof that what was held is deleted.
            Standing::Closed => self.visited.is_some() && self.since.plus(limits::DELETED_WITHIN) > now,
        }
    }
}

/// What a person may decide about an account.
#[derive(Debug)]
pub enum Choice {
    /// Makes a door for an organisation.
    Door {
        /// For which.
        vendor: IdentityId,
    },
    /// Visits now.
    Look {
        /// In which relation.
        relation: RelationId,
    },
    /// Decides on a request for an account.
    Answer {
        /// In which relation.
        relation: RelationId,
        /// Yes or no.
        accept: bool,
    },
    /// Ends an account.
    Close {
        /// Which.
        relation: RelationId,
    },
}

/// All relations, by id.
pub fn all(view: &dyn View) -> Result<Vec<(RelationId, Relation)>, Unreadable> {
    let rows = row::walk(view, Shelf::Relation, &[], limits::RELATIONS_MAX)?;
    rows.into_iter()
        .map(|(name, relation)| {
            let id = <[u8; 32]>::try_from(name).map_err(|_| Unreadable::Row { shelf: Shelf::Relation })?;
            Ok((RelationId::from_bytes(id), relation))
        })
        .collect()
}

/// One relation.
pub fn one(view: &dyn View, id: &RelationId) -> Result<Option<Relation>, Unreadable> {
    row::get(view, Shelf::Relation, id.as_bytes())
}

/// The code of a door, to be shown again while nobody has opened it.
pub fn door(view: &dyn View, id: &RelationId) -> Result<Option<Opened>, Unreadable> {
    let Some(relation) = one(view, id)?.filter(|relation| relation.standing == Standing::Door) else { return Ok(None) };
    let keys = relation.keys_of(&crate::own::load(view)?.online);
    Ok(Some(opened(&relation, &keys)))
}

/// The letters that wait to be left in a relation, in order.
pub fn outgoing(view: &dyn View, id: &RelationId) -> Result<Vec<(Vec<u8>, Outgoing)>, Unreadable> {
    row::walk(view, Shelf::Post, id.as_bytes(), limits::POST_PER_RELATION_MAX)
}

pub(crate) fn put(id: &RelationId, relation: &Relation, turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Relation, id.as_bytes(), relation);
    turn.tell(Notice::Vendors);
}

impl Choice {
    pub(crate) fn carry_out(
        self,
        engine: &mut Engine,
        turn: &mut Turn<'_, '_>,
    ) -> Result<Result<Outcome, Refusal>, Unreadable> {
        match self {
            Self::Door { vendor } => make_door(engine, vendor, turn),
            Self::Look { relation } => {
                let Some(found) = one(turn.view, &relation)? else { return Ok(Err(Refusal::NotFound)) };
                if !found.is_visited(turn.now) && outgoing(turn.view, &relation)?.is_empty() {
                    return Ok(Err(Refusal::Ended));
                }
                visits::want(engine, relation, turn)?;
                Ok(Ok(Outcome::Relation(relation)))
            }
            Self::Answer { relation, accept } => answer(engine, relation, accept, turn),
            Self::Close { relation } => {
                let Some(found) = one(turn.view, &relation)? else { return Ok(Err(Refusal::NotFound)) };
                close(engine, relation, found, turn)?;
                visits::want(engine, relation, turn)?;
                Ok(Ok(Outcome::Relation(relation)))
            }
        }
    }
}

fn opened(relation: &Relation, keys: &Keys) -> Opened {
    let door = Door {
        vendor: relation.vendor,
        relation: keys.sign.public(),
        node: PublicKey::from_bytes(&keys.node()).expect("a public key that was just made is one"),
        seal: keys.seal.hash(),
        expires: relation.expires,
    };
    Opened { relation: keys.id(), code: door.to_code(&keys.sign), expires: relation.expires }
}

fn make_door(
    engine: &mut Engine,
    vendor: IdentityId,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(found) = vendors::one(turn.view, &vendor)? else { return Ok(Err(Refusal::NotFound)) };
    if found.blocked {
        return Ok(Err(Refusal::Blocked));
    }
    if all(turn.view)?.len() >= limits::RELATIONS_MAX {
        return Ok(Err(Refusal::Full { what: "accounts", most: limits::RELATIONS_MAX }));
    }
    let relation = Relation::new(vendor, &Salt::random(turn.rng), turn.now);
    let keys = relation.keys(engine);
    let id = keys.id();
    put(&id, &relation, turn);
    visits::plan(engine, id, relation.clone(), turn)?;
    Ok(Ok(Outcome::Opened(opened(&relation, &keys))))
}

fn answer(
    engine: &mut Engine,
    id: RelationId,
    accept: bool,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(mut relation) = one(turn.view, &id)? else { return Ok(Err(Refusal::NotFound)) };
    let Some(request) = relation.request.clone().filter(|_| relation.standing == Standing::Asked) else {
        return Ok(Err(Refusal::NothingAsked));
    };
    relation.standing = if accept { Standing::Open } else { Standing::Refused };
    put(&id, &relation, turn);
    let verdict = if accept { Verdict::Open } else { Verdict::Refused };
    post(engine, id, Body::Answer(Answer { verdict }), Some(request.letter), turn)?;
    visits::want(engine, id, turn)?;
    Ok(Ok(Outcome::Relation(id)))
}

/// Ends every account with an organisation that is blocked. Where there are several each is left at its own pace: ended in
/// one burst, they would show that they are one person's.
pub(crate) fn close_all(engine: &mut Engine, vendor: &IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let is_live =
        |(_, relation): &(RelationId, Relation)| relation.vendor == *vendor && relation.standing != Standing::Closed;
    let live: Vec<_> = all(turn.view)?.into_iter().filter(is_live).collect();
    let only = if let [(only, _)] = live.as_slice() { Some(*only) } else { None };
    for (id, relation) in live {
        close(engine, id, relation, turn)?;
    }
    only.map_or(Ok(()), |only| visits::want(engine, only, turn))
}

fn close(
    engine: &mut Engine,
    id: RelationId,
    mut relation: Relation,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    if relation.standing == Standing::Closed {
        return Ok(());
    }
    let was_opened = relation.standing != Standing::Door;
    relation.standing = Standing::Closed;
    relation.since = turn.now;
    put(&id, &relation, turn);
    shares::end_all(&id, turn)?;
    if was_opened {
        post(engine, id, Body::Closing(Closing {}), None, turn)?;
    }
    Ok(())
}

/// Writes a letter, to be left at the next visit; its name.
pub(crate) fn post(
    engine: &mut Engine,
    id: RelationId,
    body: Body,
    re: Option<LetterId>,
    turn: &mut Turn<'_, '_>,
) -> Result<LetterId, Unreadable> {
    let letter = LetterId::from_bytes(turn.chance());
    let Some(mut relation) = one(turn.view, &id)? else { return Ok(letter) };
    if outgoing(turn.view, &id)?.len() >= limits::POST_PER_RELATION_MAX {
        return Ok(letter);
    }
    relation.sent += 1;
    let row = Outgoing {
        id: letter,
        body,
        sent: turn.now.minute(),
        expires: turn.now.plus(limits::LETTER_LIFE).minute(),
        re,
    };
    turn.put(Shelf::Post, &post_name(&id, relation.sent), &row);
    relation.tries = 0;
    put(&id, &relation, turn);
    visits::plan(engine, id, relation, turn)?;
    Ok(letter)
}

fn post_name(id: &RelationId, number: u64) -> Vec<u8> {
    [id.as_bytes().as_slice(), &number.to_be_bytes()].concat()
}

/// The number of a letter, from the name of its row.
pub(crate) fn post_number(name: &[u8]) -> u64 {
    name.last_chunk().map_or(0, |number| u64::from_be_bytes(*number))
}

/// What became of a letter that was left. Says whether it is done with.
pub(crate) fn left(
    id: &RelationId,
    name: &[u8],
    result: Result<(), Reason>,
    turn: &mut Turn<'_, '_>,
) -> Result<bool, Unreadable> {
    let Some(row) = turn.get::<Outgoing>(Shelf::Post, name)? else { return Ok(false) };
    match result {
        // Later may do; it stays where it is.
        Err(Reason::Busy | Reason::Stranger) => return Ok(false),
        // Sealed to a key that the desk has forgotten: its card came with this very answer.
        Err(Reason::Expired) if row.expires > turn.now => return Ok(false),
        _ => {}
    }
    turn.drop(Shelf::Post, name);
    shares::left(id, &row, result, turn)?;
    Ok(true)
}

/// Takes back letters about a request that were not left yet, but for these.
pub(crate) fn take_back(
    id: &RelationId,
    request: &LetterId,
    is_kept: impl Fn(&Body) -> bool,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    for (name, row) in outgoing(turn.view, id)? {
        if row.re == Some(*request) && !is_kept(&row.body) {
            turn.drop(Shelf::Post, &name);
        }
    }
    Ok(())
}

/// Reads a request for an account. A profile that lacks something mandatory is refused at once, with the list.
pub(crate) fn read_request(
    engine: &mut Engine,
    id: RelationId,
    signed: &Signed,
    said: &AccountRequest,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let Some(mut relation) = one(turn.view, &id)? else { return Ok(()) };
    if !matches!(relation.standing, Standing::Door | Standing::Asked | Standing::Missing(_)) {
        return Ok(());
    }
    let Some(vendor) = vendors::one(turn.view, &relation.vendor)? else { return Ok(()) };
    let missing = vendor.missing();
    relation.request = Some(Request {
        letter: signed.letter.id,
        message: said.message.clone(),
        reference: said.reference.clone(),
        at: turn.now,
    });
    relation.standing = if missing.is_empty() { Standing::Asked } else { Standing::Missing(missing.clone()) };
    put(&id, &relation, turn);
    let is_answered = outgoing(turn.view, &id)?.iter().any(|(_, row)| matches!(row.body, Body::Answer(_)));
    if !missing.is_empty() && !is_answered {
        let verdict = Verdict::Missing(missing);
        post(engine, id, Body::Answer(Answer { verdict }), Some(signed.letter.id), turn)?;
    }
    Ok(())
}

/// Forgets letters that have ended.
pub(crate) fn clean(turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (id, _) in all(turn.view)? {
        for (name, row) in outgoing(turn.view, &id)? {
            if row.expires <= turn.now {
                turn.drop(Shelf::Post, &name);
                shares::left(&id, &row, Err(Reason::Expired), turn)?;
            }
        }
    }
    Ok(())
}
