//! The engine itself: all that can happen to it, all that it can ask for, and the one function that steps it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sesame_protocol::document::{Document, DocumentId};
use sesame_protocol::hash;
use sesame_protocol::key::IdentityId;
use sesame_protocol::time::Timestamp;
use sesame_protocol::{Rng, Verified};
use zeroize::Zeroizing;

use crate::decide::{AskId, Decision, Outcome, Refusal};
use crate::erasure::{self, Extent};
use crate::intake::{Answer, Request, Visited};
use crate::own::{self, Me};
use crate::shelf::{Key, Shelf, Write};
use crate::view::{Staged, Unreadable, View};
use crate::visits::{self, Errand, Visits};
use crate::{contacts, hello, limits, mail, records, relations, row, shares, sync};

/// The raw public key of a device: what the network calls a node.
pub type Node = [u8; 32];
/// The number of a question that the engine asked a peer; its answer carries it.
pub type JobId = u64;
/// The number of a question that a peer asked; the answer to it carries it.
pub type Token = u64;

/// What a question between nodes is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// First contact.
    Hello,
    /// Letters.
    Mail,
    /// Documents.
    Sync,
}

/// Why a question had no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The node cannot be reached.
    Unreachable,
    /// It did not answer in time.
    TimedOut,
    /// It answered what cannot be read.
    Malformed,
    /// It does not take this question.
    Refused,
}

/// All that can happen to the engine.
#[derive(Debug)]
pub enum Input {
    /// The node starts: what must still happen comes back from the view.
    Started,
    /// A person decided something.
    Asked {
        /// Whom to answer.
        ask: AskId,
        /// What was decided.
        decision: Decision,
    },
    /// The addresses where the node can be reached, all of them.
    Listening(Vec<String>),
    /// A peer is linked.
    Linked(Node),
    /// The last link to a peer is gone.
    Unlinked(Node),
    /// A dial failed.
    Unreached(Node),
    /// A peer asks, already decoded, unsealed and verified.
    Request {
        /// Who asks.
        from: Node,
        /// What the answer has to carry.
        token: Token,
        /// What it asks.
        request: Request,
    },
    /// What we asked a peer has an answer, already decoded and verified.
    Response {
        /// The question.
        job: JobId,
        /// Its answer.
        answer: Result<Answer, Fault>,
    },
    /// A visit to a desk has an answer, already decoded, unsealed and verified.
    Visited {
        /// The visit.
        job: JobId,
        /// Its answer.
        answer: Result<Box<Visited>, Fault>,
    },
    /// Something that was decided outside of the engine is to be stored, if what it was decided on still stands.
    Store {
        /// Whom to answer.
        ask: AskId,
        /// What it was decided on.
        guards: Vec<Guard>,
        /// What to write.
        writes: Vec<Write>,
    },
    /// A moment came.
    Woke,
}

/// What a decision was made on: the row that was read, by its hash, or that there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// Which row.
    pub key: Key,
    /// BLAKE3 of its value; nothing when there must be none.
    pub is: Option<[u8; 32]>,
}

/// All that the engine can ask for. Released only when the writes of the same turn are durable.
#[derive(Debug)]
pub enum Effect {
    /// Answer a person.
    Reply {
        /// The decision that is answered.
        ask: AskId,
        /// What came of it.
        outcome: Result<Outcome, Refusal>,
    },
    /// Ask a peer.
    Ask {
        /// The answer carries this number.
        job: JobId,
        /// Whom.
        node: Node,
        /// About what.
        protocol: Protocol,
        /// The encoded question.
        bytes: Vec<u8>,
    },
    /// Visit a desk, from a network identity of its own.
    Visit {
        /// The answer carries this number.
        job: JobId,
        /// Whose desk, in which relation.
        errand: Errand,
        /// The seed of the network identity.
        key: Zeroizing<[u8; 32]>,
        /// Whose machine.
        node: Node,
        /// Where it may be.
        at: Vec<String>,
        /// The encoded visit.
        bytes: Vec<u8>,
    },
    /// Answer a peer.
    Answer {
        /// The question that is answered.
        token: Token,
        /// The encoded answer.
        bytes: Vec<u8>,
    },
    /// Try to link to a peer.
    Dial {
        /// Whom.
        node: Node,
        /// Where it may be.
        at: Vec<String>,
    },
    /// Let go of a peer.
    Hang(Node),
    /// Send [`Input::Woke`] at this moment, or earlier.
    WakeAt(Timestamp),
    /// Tell whoever watches.
    Tell(Notice),
}

/// Something that whoever watches may want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Contacts or invitations changed.
    Circle,
    /// Ratings or advice changed.
    Choose,
    /// Series or imports changed.
    Data,
    /// Organisations, accounts or shares changed.
    Vendors,
    /// Something changed at this node's own desk.
    Desk,
}

/// What a turn gives back.
#[must_use = "effects that are dropped never happen"]
#[derive(Debug, Default)]
pub struct Step {
    /// All writes, to be committed as one batch.
    pub writes: Vec<Write>,
    /// What to do once they are durable.
    pub effects: Vec<Effect>,
}

/// What a node decides with. Everything here is a cache: it is rebuilt from the view at every start.
#[derive(Debug)]
pub struct Engine {
    pub(crate) me: Me,
    /// Which contact a device belongs to.
    pub(crate) nodes: BTreeMap<Node, IdentityId>,
    pub(crate) links: BTreeSet<Node>,
    pub(crate) tries: BTreeMap<IdentityId, Tries>,
    pub(crate) jobs: BTreeMap<JobId, Job>,
    /// Contacts that may have something new which the question under way does not see yet.
    pub(crate) news: BTreeSet<IdentityId>,
    pub(crate) visits: Visits,
    /// When linked contacts are asked again, because a question had no answer.
    again: Option<Timestamp>,
    last_job: JobId,
    cleaned: Timestamp,
}

/// How often a contact was tried since it was last reached, and when it is tried again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tries {
    pub(crate) count: usize,
    pub(crate) next: Timestamp,
}

/// A question under way.
#[derive(Clone, Debug)]
pub(crate) enum Job {
    Hello { contact: IdentityId },
    Mail { contact: IdentityId, names: Vec<Vec<u8>> },
    Reconcile { contact: IdentityId, round: u8 },
    Pull { contact: IdentityId, asked: Vec<DocumentId>, rest: Vec<DocumentId> },
    Announce,
    Visit { errand: Errand, left: Vec<Vec<u8>> },
}

/// What one step works with: the view with what this turn already wrote, the moment, chance, and the effects so far.
pub(crate) struct Turn<'a, 'v> {
    pub(crate) view: &'a mut Staged<'v>,
    pub(crate) now: Timestamp,
    pub(crate) rng: &'a mut dyn Rng,
    pub(crate) effects: &'a mut Vec<Effect>,
}

impl Turn<'_, '_> {
    pub(crate) fn get<T: DeserializeOwned>(&self, shelf: Shelf, name: &[u8]) -> Result<Option<T>, Unreadable> {
        row::get(self.view, shelf, name)
    }

    pub(crate) fn walk<T: DeserializeOwned>(
        &self,
        shelf: Shelf,
        prefix: &[u8],
        limit: usize,
    ) -> Result<Vec<(Vec<u8>, T)>, Unreadable> {
        row::walk(self.view, shelf, prefix, limit)
    }

    pub(crate) fn put<T: Serialize>(&mut self, shelf: Shelf, name: &[u8], value: &T) {
        self.view.lay(vec![row::put(shelf, name, value)]);
    }

    pub(crate) fn drop(&mut self, shelf: Shelf, name: &[u8]) {
        self.view.lay(vec![row::drop(shelf, name)]);
    }

    /// Takes an entry away, with every version of it, for good.
    pub(crate) fn erase(&mut self, shelf: Shelf, name: &[u8]) {
        self.drop(shelf, name);
        self.view.lay(vec![erasure::ask(shelf, name, Extent::Whole, self.now)]);
    }

    /// Puts every version of an entry but the newest out of reach, within a day.
    pub(crate) fn erase_older(&mut self, shelf: Shelf, name: &[u8]) {
        self.view.lay(vec![erasure::ask(shelf, name, Extent::Older, self.now.plus(limits::ERASED_WITHIN))]);
    }

    pub(crate) fn tell(&mut self, notice: Notice) {
        self.effects.push(Effect::Tell(notice));
    }

    /// `N` bytes of chance.
    pub(crate) fn chance<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }
}

/// Steps every input over the view and what this turn already wrote.
///
/// The caller commits `writes` as ONE batch, and only then releases `effects`. A crash between the two loses nothing:
/// whatever must still happen is itself among the writes and comes back with [`Input::Started`].
pub fn turn(
    engine: &mut Engine,
    view: &dyn View,
    inputs: Vec<Input>,
    now: Timestamp,
    rng: &mut dyn Rng,
) -> Result<Step, Unreadable> {
    let mut staged = Staged::new(view);
    let mut effects = Vec::new();
    for input in inputs {
        let mut turn = Turn { view: &mut staged, now, rng, effects: &mut effects };
        engine.step(input, &mut turn)?;
    }
    Ok(Step { writes: staged.into_writes(), effects })
}

impl Engine {
    /// An engine over a vault that [`own::birth`] has written to.
    pub fn open(view: &dyn View) -> Result<Self, Unreadable> {
        let me = own::load(view)?;
        let mut contacts = contacts::all(view)?;
        // Those that only a link speaks of first, so that a device which was proven goes to its contact.
        contacts.sort_by_key(|(_, contact)| contact.is_live());
        let nodes = contacts.into_iter().map(|(id, contact)| (contact.device, id)).collect();
        Ok(Self {
            me,
            nodes,
            links: BTreeSet::new(),
            tries: BTreeMap::new(),
            jobs: BTreeMap::new(),
            news: BTreeSet::new(),
            visits: Visits::load(view)?,
            again: None,
            last_job: 0,
            cleaned: Timestamp::from_millis(0),
        })
    }

    /// A fresh engine after a turn whose writes came to nothing, with the devices that are linked now.
    pub fn reopen(&self, view: &dyn View, linked: BTreeSet<Node>) -> Result<Self, Unreadable> {
        let mut fresh = Self::open(view)?;
        fresh.links = linked;
        fresh.last_job = self.last_job;
        Ok(fresh)
    }

    fn step(&mut self, input: Input, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
        match input {
            Input::Started => self.start(turn),
            Input::Asked { ask, decision } => {
                let outcome = self.decide(decision, turn)?;
                turn.effects.push(Effect::Reply { ask, outcome });
                Ok(())
            }
            Input::Listening(addresses) => own::listening(self, addresses, turn),
            Input::Linked(node) => self.linked(node, turn),
            Input::Unlinked(node) => {
                self.links.remove(&node);
                turn.tell(Notice::Circle);
                self.retry(node, turn);
                Ok(())
            }
            Input::Unreached(node) => {
                if !self.links.contains(&node) {
                    self.retry(node, turn);
                }
                Ok(())
            }
            Input::Request { from, token, request } => self.request(from, token, request, turn),
            Input::Response { job, answer } => self.response(job, answer, turn),
            Input::Visited { job, answer } => match self.jobs.remove(&job) {
                Some(Job::Visit { errand, left }) => visits::answered(self, errand, &left, answer, turn),
                // Of another run: nothing waits for it, and what was left is left again.
                _ => Ok(()),
            },
            Input::Store { ask, guards, writes } => {
                let outcome = store(&guards, writes, turn)?;
                turn.effects.push(Effect::Reply { ask, outcome });
                Ok(())
            }
            Input::Woke => self.wake(turn),
        }
    }

    fn start(&mut self, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
        own::renew(self, turn)?;
        records::settle(turn)?;
        visits::restart(self, turn)?;
        self.wake(turn)
    }

    fn linked(&mut self, node: Node, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
        // Kept for strangers too: one that shows an invitation becomes a contact over this very link.
        self.links.insert(node);
        let Some(contact) = self.nodes.get(&node).copied() else { return Ok(()) };
        self.tries.remove(&contact);
        turn.tell(Notice::Circle);
        self.refresh(contact, turn)
    }

    /// Asks a linked contact for whatever it and I still owe each other.
    pub(crate) fn refresh(&mut self, contact: IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
        hello::ask(self, contact, turn)?;
        mail::flush(self, contact, turn)?;
        sync::start(self, contact, turn)
    }

    /// A question over a live link had no answer: all is asked again soon.
    pub(crate) fn ask_again(&mut self, turn: &mut Turn<'_, '_>) {
        let at = self.again.unwrap_or_else(|| turn.now.plus(limits::ASKED_AGAIN_AFTER));
        self.again = Some(at);
        turn.effects.push(Effect::WakeAt(at));
    }

    fn request(
        &mut self,
        from: Node,
        token: Token,
        request: Request,
        turn: &mut Turn<'_, '_>,
    ) -> Result<(), Unreadable> {
        let bytes = match request {
            Request::Hello(ask) => hello::answer(self, &from, &ask, turn)?,
            Request::Mail(letters) => mail::receive(self, &from, letters, turn)?,
            Request::Sync(ask) => sync::answer(self, from, ask, turn)?,
        };
        turn.effects.push(Effect::Answer { token, bytes });
        Ok(())
    }

    fn response(
        &mut self,
        job: JobId,
        answer: Result<Answer, Fault>,
        turn: &mut Turn<'_, '_>,
    ) -> Result<(), Unreadable> {
        // An answer to a question that was given up, or that another run asked: nothing waits for it.
        let Some(job) = self.jobs.remove(&job) else { return Ok(()) };
        if answer.is_err() {
            self.ask_again(turn);
        }
        match job {
            Job::Hello { contact } => hello::answered(self, contact, answer, turn),
            Job::Mail { contact, names } => mail::answered(self, contact, names, answer, turn),
            Job::Reconcile { contact, round } => sync::reconciled(self, contact, round, answer, turn),
            Job::Pull { contact, asked, rest } => sync::pulled(self, contact, &asked, rest, answer, turn),
            // A visit is answered by `Visited`.
            Job::Announce | Job::Visit { .. } => Ok(()),
        }
    }

    /// Does what is due, and asks to be woken for what is next.
    fn wake(&mut self, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
        if self.cleaned.plus(limits::CLEANED_EVERY) <= turn.now || self.cleaned.millis() == 0 {
            self.cleaned = turn.now;
            own::renew(self, turn)?;
            contacts::clean(self, turn)?;
            mail::clean(self, turn)?;
            crate::documents::clean(turn)?;
            crate::ratings::renew(self, turn)?;
            relations::clean(turn)?;
            shares::clean_up(self, turn)?;
            self.again.get_or_insert(turn.now);
        }
        if self.again.is_some_and(|at| at <= turn.now) {
            self.again = None;
            let linked = self.nodes.iter().filter(|(node, _)| self.links.contains(*node)).map(|(_, id)| *id);
            for contact in linked.collect::<Vec<_>>() {
                self.refresh(contact, turn)?;
                // What was not answered may have been the word that I have something new.
                sync::announce(self, &[contact], turn)?;
            }
        }
        contacts::dial_due(self, turn)?;
        visits::due(self, turn)?;
        mail::acknowledge_due(self, turn)?;
        turn.effects.push(Effect::WakeAt(self.next(turn.now)));
        Ok(())
    }

    /// The next moment at which something is due.
    fn next(&self, now: Timestamp) -> Timestamp {
        let cleaned = self.cleaned.plus(limits::CLEANED_EVERY);
        let dial = self.tries.values().map(|tries| tries.next).min();
        let acknowledged = now.plus(limits::ACKNOWLEDGED_WITHIN);
        dial.into_iter()
            .chain(self.again)
            .chain(self.visits.next())
            .chain([cleaned, acknowledged])
            .min()
            .expect("the list has two entries at least")
            .max(now)
    }

    /// A contact that was not reached, or was lost, is tried again.
    fn retry(&mut self, node: Node, turn: &mut Turn<'_, '_>) {
        let Some(contact) = self.nodes.get(&node).copied() else { return };
        if self.tries.get(&contact).is_none_or(|tries| tries.next <= turn.now) {
            self.tried(contact, turn.now);
        }
        turn.effects.push(Effect::WakeAt(self.next(turn.now)));
    }

    /// Counts a try to reach a contact: the next comes later, ever more seldom.
    pub(crate) fn tried(&mut self, contact: IdentityId, now: Timestamp) {
        let count = self.tries.get(&contact).map_or(0, |tries| tries.count + 1);
        let wait = limits::BACK_OFF[count.min(limits::BACK_OFF.len() - 1)];
        self.tries.insert(contact, Tries { count, next: now.plus(wait) });
    }

    /// Asks a peer, and remembers what for.
    pub(crate) fn ask(&mut self, node: Node, protocol: Protocol, bytes: Vec<u8>, job: Job, turn: &mut Turn<'_, '_>) {
        let job = self.job(job);
        turn.effects.push(Effect::Ask { job, node, protocol, bytes });
    }

    /// Remembers what an answer will be for.
    pub(crate) fn job(&mut self, job: Job) -> JobId {
        self.last_job += 1;
        if self.jobs.len() >= limits::JOBS_MAX {
            // Visits end by themselves, and there is one at most.
            let oldest = self.jobs.iter().find(|(_, job)| !matches!(job, Job::Visit { .. })).map(|(id, _)| *id);
            oldest.map(|oldest| self.jobs.remove(&oldest));
        }
        self.jobs.insert(self.last_job, job);
        self.last_job
    }

    /// A contact is at this device from now on.
    pub(crate) fn place(&mut self, id: IdentityId, before: Option<Node>, device: Node) {
        if let Some(before) = before.filter(|before| self.nodes.get(before) == Some(&id)) {
            self.nodes.remove(&before);
        }
        self.nodes.insert(device, id);
    }

    /// The device of a contact, if it is linked.
    pub(crate) fn link(&self, contact: &contacts::Contact) -> Option<Node> {
        self.links.contains(&contact.device).then_some(contact.device)
    }
}

/// Stores what was decided elsewhere, unless what it was decided on has changed meanwhile.
fn store(
    guards: &[Guard],
    writes: Vec<Write>,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    for guard in guards {
        let is = turn.view.get(&guard.key)?.map(|value| hash::plain(&value));
        if is != guard.is {
            return Ok(Err(Refusal::Raced));
        }
    }
    turn.view.lay(writes);
    turn.tell(Notice::Desk);
    Ok(Ok(Outcome::Done))
}

/// A verified document, as intake hands it in.
pub(crate) type Checked = Verified<Document>;
