//! All that one relation is, at the organisation: who comes, what was asked, what was agreed, what is held and until when.
//! Here: what is stored, and what a clerk or the clock does with it. What the person's node says is in [`hear`](super::hear).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::Rng;
use sesame_protocol::agreement::Proffered;
use sesame_protocol::document::DocumentId;
use sesame_protocol::door::Door;
use sesame_protocol::key::PublicKey;
use sesame_protocol::letter::LetterId;
use sesame_protocol::letter::evidence::{AccountRequest, Agreed, Body, DataRequest, Deletion, How, Refusal};
use sesame_protocol::relation::RelationId;
use sesame_protocol::seal::{self, KeyHash};
use sesame_protocol::time::{Timestamp, days};
use sesame_protocol::wire::desk as frame;

use super::Desk;
use super::event::{Event, Told};
use crate::limits;

/// How far an account is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The door was opened, and the person has not answered.
    Asked,
    /// It is open.
    Open,
    /// The person said no.
    Refused,
    /// The person's node said no by itself: the profile lacks these mandatory fields.
    Missing(Vec<String>),
    /// The person ended it.
    Closed,
}

/// One account, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// The key that the person's node signs with here.
    pub relation: PublicKey,
    /// The network identity that it comes under.
    #[serde(with = "serde_bytes")]
    pub node: [u8; 32],
    /// What its sealing key hashes to.
    seal_hash: KeyHash,
    /// The sealing key, once it came.
    pub(super) seal: Option<seal::PublicKey>,
    /// How the clerk calls it.
    pub name: String,
    /// How far it is.
    pub standing: Standing,
    /// Since when.
    pub since: Timestamp,
    /// When the person's node last came, to the hour.
    pub visited: Option<Timestamp>,
    /// The number of the last letter to it.
    pub sent: u64,
    /// The names of the last letters to it, by number.
    named: Vec<(u64, LetterId)>,
    /// Letters that were read, until they expire.
    pub(super) seen: Vec<(LetterId, Timestamp)>,
    /// What was asked, oldest first.
    pub requests: Vec<Request>,
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The person has not answered.
    Asked,
    /// The person proffers terms that the desk does not sign by itself: a clerk decides.
    Proffered,
    /// Both signed; the presentation has not come.
    Agreed,
    /// What was agreed is held.
    Held,
    /// One side said no.
    Refused,
    /// What was held is deleted, or will not come any more.
    Ended,
}

/// One request for data, and what became of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The letter that asked.
    pub id: LetterId,
    /// What was asked.
    pub asked: DataRequest,
    /// When.
    pub at: Timestamp,
    /// Until when it may be answered.
    pub until: Timestamp,
    /// How far it is.
    pub stage: Stage,
    /// Since when.
    pub since: Timestamp,
    /// The letter that proffered.
    pub proffer: Option<LetterId>,
    /// The agreement: with the person's signature, and with both once it has them.
    pub agreement: ByteBuf,
    /// Its id.
    pub agreement_id: Option<DocumentId>,
    /// What is held, once it is.
    pub held: Option<Held>,
    /// The receipt with both signatures.
    pub receipt: String,
    /// Who said no, and why.
    pub no: Option<No>,
    /// When and why what was held was deleted.
    pub ended: Option<Ended>,
}

/// What is held of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// What was shown, by field.
    pub values: BTreeMap<String, String>,
    /// Since when.
    pub at: Timestamp,
    /// Until when: then it is deleted.
    pub due: Timestamp,
}

/// A no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct No {
    /// Whether it was the organisation's.
    pub mine: bool,
    /// Why, as a stable code.
    pub reason: String,
}

/// When and why something was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
}

/// Why something was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// The person took the agreement back.
    Withdrawn,
    /// The time that was agreed is over.
    Due,
    /// The person ended the account.
    Closed,
    /// The store was put back to an older state, in which nobody knows what was withdrawn since.
    PutBack,
}

/// A letter that waits to be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its number among the letters to this account.
    pub number: u64,
    /// Its name.
    pub id: LetterId,
    /// When it was written.
    pub sent: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// The letter that it answers.
    pub re: Option<LetterId>,
    /// What it says.
    pub body: Body,
}

/// What a step changes beside the account itself.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Letters that wait from now on.
    pub letters: Vec<Waiting>,
    /// Letters up to this number were fetched and need not wait any more.
    pub fetched: u64,
    /// Something that was held is deleted, since when: what the store keeps of earlier states is to go for good.
    pub erased: Option<Timestamp>,
    /// What is worth telling to whoever works behind the desk.
    pub events: Vec<Told>,
}

impl Change {
    /// Notes what happened.
    pub(super) fn tell(&mut self, event: Event, now: Timestamp, rng: &mut dyn Rng) {
        self.events.push(Told::new(event, now, rng));
    }
}

/// What a clerk, or the clock, wants done.
#[derive(Clone, Debug)]
pub enum Task {
    /// Asks for the account once more.
    Request(AccountRequest),
    /// Asks for data.
    Ask(DataRequest),
    /// Signs what a person proffered, if it is still the agreement that the clerk saw.
    Accept(LetterId, Option<DocumentId>),
    /// Does not sign it; perhaps other terms would do.
    Refuse(LetterId, Option<String>),
    /// Deletes what is due.
    Due,
}

/// Why a task cannot be done. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cannot {
    /// There is no such request, or it is not where it would have to be.
    #[error("there is nothing to decide on")]
    NothingThere,
    /// The account is not open.
    #[error("the account is not open")]
    NotOpen,
    /// Too much is asked already.
    #[error("too many requests wait for an answer")]
    TooMany,
}

/// What a visit means for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Came {
    /// Whether anything is to be stored.
    pub(super) is_changed: bool,
    /// Whether the visitor has read what this store does not know of.
    pub(super) was_put_back: bool,
}

impl Account {
    /// The account that a door opens, and the request that waits in it.
    pub fn open(door: &Door, name: &str, ask: AccountRequest, now: Timestamp, rng: &mut dyn Rng) -> (Self, Change) {
        let mut account = Self {
            relation: door.relation,
            node: *door.node.as_bytes(),
            seal_hash: door.seal,
            seal: None,
            name: name.to_owned(),
            standing: Standing::Asked,
            since: now,
            visited: None,
            sent: 0,
            named: Vec::new(),
            seen: Vec::new(),
            requests: Vec::new(),
        };
        let mut change = Change::default();
        account.write(Body::AccountRequest(ask), None, &mut change, now, rng);
        (account, change)
    }

    /// The relation's name.
    pub fn id(&self) -> RelationId {
        self.relation.into()
    }

    /// The person's node came.
    ///
    /// A visitor that has read more than was written here tells that this store was put back to an older state: what it
    /// holds may have been withdrawn since, and is deleted, with a proof.
    pub(super) fn come(&mut self, ask: &frame::Ask, change: &mut Change, now: Timestamp, rng: &mut dyn Rng) -> Came {
        let was_put_back = self.was_put_back(ask);
        let mut is_changed = was_put_back;
        if let Some(seal) = ask.seal.as_ref().filter(|seal| self.seal.is_none() && seal.hash() == self.seal_hash) {
            self.seal = Some(seal.clone());
            is_changed = true;
        }
        if was_put_back {
            self.sent = self.sent.max(ask.after);
            self.delete_each(|_| true, Why::PutBack, change, now, rng);
        }
        if self.visited.is_none_or(|visited| visited.plus(limits::VISITED_TO) <= now) {
            self.visited = Some(now);
            is_changed = true;
        }
        Came { is_changed, was_put_back }
    }

    /// Whether the visitor has read what this store does not know of: more letters, or another one of that number.
    fn was_put_back(&self, ask: &frame::Ask) -> bool {
        let is_ahead = ask.after > self.sent && ask.after - self.sent <= limits::AHEAD_MAX;
        let named = self.named.iter().find(|(number, _)| *number == ask.after);
        is_ahead || named.zip(ask.last).is_some_and(|((_, known), read)| *known != read)
    }

    /// Does what a clerk or the clock wants.
    pub fn work(&mut self, task: Task, desk: &Desk, now: Timestamp, rng: &mut dyn Rng) -> Result<Change, Cannot> {
        let mut change = Change::default();
        match task {
            Task::Request(ask) => {
                if !matches!(self.standing, Standing::Asked | Standing::Missing(_)) {
                    return Err(Cannot::NothingThere);
                }
                self.enter(Standing::Asked, now);
                self.write(Body::AccountRequest(ask), None, &mut change, now, rng);
            }
            Task::Ask(asked) => self.ask(asked, &mut change, now, rng)?,
            Task::Accept(id, seen) => {
                let request = self.proffered(&id)?;
                let proffered =
                    Proffered::read(&request.agreement, &self.relation).map_err(|_| Cannot::NothingThere)?;
                if seen.is_some_and(|seen| seen != proffered.id()) {
                    return Err(Cannot::NothingThere);
                }
                self.agree(&id, &proffered, desk, &mut change, now, rng).ok_or(Cannot::NothingThere)?;
            }
            Task::Refuse(id, alternative) => {
                let proffer = self.proffered(&id)?.proffer;
                self.refuse(&id, "refused", true, now);
                let no = Refusal { reason: "refused".to_owned(), alternative };
                self.write(Body::Refusal(no), proffer, &mut change, now, rng);
            }
            Task::Due => {
                self.delete_each(|held| held.due <= now, Why::Due, &mut change, now, rng);
                self.lapse(now);
            }
        }
        Ok(change)
    }

    fn ask(
        &mut self,
        asked: DataRequest,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> Result<(), Cannot> {
        if self.standing != Standing::Open {
            return Err(Cannot::NotOpen);
        }
        if self.requests.iter().filter(|request| request.stage == Stage::Asked).count() >= limits::REQUESTS_OPEN_MAX {
            return Err(Cannot::TooMany);
        }
        if self.requests.len() >= limits::REQUESTS_PER_ACCOUNT_MAX {
            let ended = |request: &Request| matches!(request.stage, Stage::Ended | Stage::Refused);
            let oldest = self.requests.iter().position(ended).ok_or(Cannot::TooMany)?;
            self.requests.remove(oldest);
        }
        let id = self.write(Body::DataRequest(asked.clone()), None, change, now, rng);
        self.requests.push(Request {
            id,
            asked,
            at: now,
            until: now.plus(limits::LETTER_LIFE).minute(),
            stage: Stage::Asked,
            since: now,
            proffer: None,
            agreement: ByteBuf::new(),
            agreement_id: None,
            held: None,
            receipt: String::new(),
            no: None,
            ended: None,
        });
        Ok(())
    }

    fn proffered(&self, id: &LetterId) -> Result<&Request, Cannot> {
        let request = self.requests.iter().find(|request| request.id == *id && request.stage == Stage::Proffered);
        request.ok_or(Cannot::NothingThere)
    }

    /// Signs what the person signed; nothing when it is with another organisation or under another key.
    pub(super) fn agree(
        &mut self,
        id: &LetterId,
        proffered: &Proffered,
        desk: &Desk,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> Option<()> {
        let agreement = proffered.countersign(&desk.key).ok()?.encode();
        let request = self.request(id)?;
        request.agreement = ByteBuf::from(agreement.clone());
        request.stage = Stage::Agreed;
        request.since = now;
        let re = request.proffer;
        self.write(Body::Agreed(Agreed { agreement }), re, change, now, rng);
        Some(())
    }

    /// Deletes all that is held and meets a condition, each with its proof.
    pub(super) fn delete_each(
        &mut self,
        is_meant: impl Fn(&Held) -> bool,
        why: Why,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) {
        let meant = self.requests.iter().filter(|request| request.held.as_ref().is_some_and(&is_meant));
        for id in meant.map(|request| request.id).collect::<Vec<_>>() {
            self.delete(&id, why, change, now, rng);
        }
    }

    /// Deletes what is held under a request, and writes the proof; of what was deleted before, the proof again.
    pub(super) fn delete(&mut self, id: &LetterId, why: Why, change: &mut Change, now: Timestamp, rng: &mut dyn Rng) {
        let relation = self.relation;
        let Some(request) = self.request(id) else { return };
        let Ok(proffered) = Proffered::of_agreed(&request.agreement, &relation) else { return };
        let fields = proffered.terms().fields.clone();
        if request.held.take().is_some() {
            change.erased = Some(now);
        }
        request.stage = Stage::Ended;
        request.since = now;
        let is_first = request.ended.is_none();
        request.ended.get_or_insert(Ended { at: now, why });
        let re = Some(request.id);
        // What at least is true now; what has become of it is the store's to say when the letter leaves.
        let deletion = Deletion { agreement: proffered.id(), fields, how: How::Dropped };
        self.write(Body::Deletion(deletion), re, change, now, rng);
        if is_first {
            change.tell(Event::Deleted(*id), now, rng);
        }
    }

    /// Requests that nobody answered in time are over.
    fn lapse(&mut self, now: Timestamp) {
        for request in &mut self.requests {
            let is_open = matches!(request.stage, Stage::Asked | Stage::Proffered | Stage::Agreed);
            if is_open && request.until.plus(days(1)) <= now {
                request.stage = Stage::Ended;
                request.since = now;
            }
        }
    }

    pub(super) fn refuse(&mut self, id: &LetterId, reason: &str, mine: bool, now: Timestamp) {
        if let Some(request) = self.request(id) {
            request.no = Some(No { mine, reason: reason.to_owned() });
            request.stage = Stage::Refused;
            request.since = now;
        }
    }

    /// Whether a letter was read before.
    pub(super) fn has_read(&self, id: &LetterId) -> bool {
        self.seen.iter().any(|(seen, _)| seen == id)
    }

    /// Bytes of all values that are held.
    pub(super) fn held_bytes(&self) -> usize {
        let held = self.requests.iter().filter_map(|request| request.held.as_ref());
        held.flat_map(|held| held.values.values()).map(String::len).sum()
    }

    pub(super) fn request(&mut self, id: &LetterId) -> Option<&mut Request> {
        self.requests.iter_mut().find(|request| request.id == *id)
    }

    pub(super) fn enter(&mut self, standing: Standing, now: Timestamp) {
        self.standing = standing;
        self.since = now;
    }

    /// Writes a letter that waits to be fetched; its name.
    pub(super) fn write(
        &mut self,
        body: Body,
        re: Option<LetterId>,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> LetterId {
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        let id = LetterId::from_bytes(id);
        self.sent = self.sent.saturating_add(1);
        let (sent, expires) = (now.minute(), now.plus(limits::LETTER_LIFE).minute());
        change.letters.push(Waiting { number: self.sent, id, sent, expires, re, body });
        self.name(id);
        id
    }

    /// Remembers the name of the letter that bears the last number.
    pub(super) fn name(&mut self, id: LetterId) {
        self.named.push((self.sent, id));
        let surplus = self.named.len().saturating_sub(limits::NAMED_PER_ACCOUNT);
        self.named.drain(..surplus);
    }

    /// What is held, with its end.
    pub(super) fn due(&self) -> Vec<(Timestamp, LetterId)> {
        let held = self.requests.iter().filter_map(|request| Some((request.held.as_ref()?.due, request.id)));
        let open = self
            .requests
            .iter()
            .filter(|request| matches!(request.stage, Stage::Asked | Stage::Proffered | Stage::Agreed));
        held.chain(open.map(|request| (request.until.plus(days(1)), request.id))).collect()
    }

    /// What waits for a clerk, since when.
    pub(super) fn todo(&self) -> Vec<(Timestamp, LetterId)> {
        let waits = self.requests.iter().filter(|request| request.stage == Stage::Proffered);
        waits.map(|request| (request.since, request.id)).collect()
    }
}
