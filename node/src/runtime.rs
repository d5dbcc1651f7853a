//! The loop: one thread on which everything is decided, in the order in which it happened. It drains what waits, lets
//! the engine take a turn, commits the writes as one batch, and only then releases the effects.

pub(crate) mod care;
mod desk;
mod erase;
mod pump;
mod view;
pub(crate) mod webhook;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use getrandom::SysRng;
use rand_core::UnwrapErr;
use sesame_api::care::{Chore, Working};
use sesame_api::{Code, Problem};
use sesame_engine::{
    AskId, Decision, Effect, Engine, Errand, Guard, Input, Notice, Outcome, Protocol, Refusal, Step, Unreadable,
    erasure, own, turn,
};
use sesame_network::{Addr, Command, NodeId};
use sesame_protocol::time::Timestamp;
use sesame_vault::{Stretched, Unlock, Vault};
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use zeroize::Zeroizing;

pub(crate) use desk::Counter;
pub(crate) use pump::Links;
pub(crate) use view::{VaultView, write};

/// Happenings that may wait for the loop; more, and whoever comes is told to try again.
const INBOX_MAX: usize = 1024;
/// Happenings of one turn, and so of one batch and one `fdatasync`.
const TURN_MAX: usize = 256;
/// A checkpoint is written this long after the first write that it covers.
const CHECKPOINT_AFTER: Duration = Duration::from_secs(5);
/// A turn that came to nothing is followed by another look this much later.
const TRIED_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Everything that can happen to the loop.
enum Happening {
    /// A person decided.
    Asked(Decision, Reply),
    /// Something came from outside, checked.
    Checked(Input),
    /// The desk wants something stored, if what it was decided on still stands.
    Store(Vec<Guard>, Vec<sesame_engine::Write>, Reply),
    /// Something is to be done for the vault, between turns.
    Tend(Chore, care::Waiting),
    /// Another passphrase is to open the vault.
    Rekey(Box<Stretched>, oneshot::Sender<Result<(), Problem>>),
    /// A moment came.
    Tick,
    /// A reader found that the index lost something.
    Lost,
    /// The vault is to be closed.
    Close(oneshot::Sender<()>),
}

/// Whom to tell what came of a decision: an outcome or a refusal, or that the vault could not take it.
type Reply = oneshot::Sender<Result<Result<Outcome, Refusal>, Problem>>;

/// The way to a node's loop and to its committed state.
#[derive(Clone)]
pub(crate) struct Handle {
    inbox: mpsc::Sender<Happening>,
    view: VaultView,
    links: Arc<Mutex<Links>>,
    counter: Counter,
    working: Arc<Mutex<Option<Working>>>,
    pub(crate) index_rebuilt: bool,
}

/// What the loop needs from around it.
pub(crate) struct Surroundings {
    pub(crate) notices: broadcast::Sender<Notice>,
    pub(crate) network: mpsc::Sender<Command>,
    pub(crate) events: mpsc::Receiver<sesame_network::Event>,
    /// Called once if the loop stops because the vault failed.
    pub(crate) failed: Box<dyn FnOnce(Problem) + Send>,
    /// How long nothing may have been written before the vault is compacted unasked.
    pub(crate) quiet: Duration,
}

/// An open vault, and what is read of it before anything else.
pub(crate) struct First {
    vault: Vault,
    engine: Engine,
    /// The secret of this device, for the network alone.
    pub(crate) device: Zeroizing<[u8; 32]>,
    /// Where the node listened the last time.
    pub(crate) addresses: Vec<String>,
    /// Whether it is an organisation's, which people's nodes visit.
    pub(crate) is_desk: bool,
}

/// Reads what a node starts from. An index that lost something is made anew: the journal has it all.
pub(crate) fn read_first(mut vault: Vault) -> Result<First, Problem> {
    let view = VaultView::new(vault.reader());
    let read = || Ok((Engine::open(&view)?, own::device(&view)?, own::addresses(&view)?, !own::is_person(&view)?));
    let first = match read() {
        Err(Unreadable::Lost) => {
            vault.rebuild_index(&mut |_| ()).map_err(|error| crate::app::vault_problem(&error))?;
            read()
        }
        first => first,
    };
    let (engine, device, addresses, is_desk) = first.map_err(|error| unreadable(&error))?;
    Ok(First { vault, engine, device, addresses, is_desk })
}

/// Starts the loop.
pub(crate) fn start(first: First, index_rebuilt: bool, around: Surroundings) -> Result<Handle, Problem> {
    let First { vault, engine, is_desk, .. } = first;
    let view = VaultView::new(vault.reader());
    let (inbox, happenings) = mpsc::channel(INBOX_MAX);
    let (alarm, waker) = watch::channel(None);
    let links = Arc::new(Mutex::new(Links::default()));
    let counter = Counter::new(inbox.downgrade(), view.clone());
    let working = Arc::new(Mutex::new(None));
    let handle = Handle {
        inbox: inbox.clone(),
        view: view.clone(),
        links: links.clone(),
        counter: counter.clone(),
        working: working.clone(),
        index_rebuilt,
    };
    let jobs = Arc::new(Mutex::new(BTreeMap::new()));
    tokio::spawn(desk::sweep(counter.clone()));
    if is_desk {
        tokio::spawn(webhook::tell(counter.clone()));
    }
    let pump = pump::Pump {
        inbox: inbox.downgrade(),
        view: view.clone(),
        links: links.clone(),
        jobs: jobs.clone(),
        counter,
        network: around.network.clone(),
    };
    pump::spawn(around.events, pump);
    tokio::spawn(ring(waker, inbox.downgrade()));
    let outlets = Outlets { network: around.network, notices: around.notices, alarm, jobs, inbox: inbox.downgrade() };
    let body = Loop {
        vault,
        engine,
        view,
        outlets,
        links,
        asked: BTreeMap::new(),
        last_ask: 0,
        dirty: None,
        erasing: Some(Timestamp::from_millis(0)),
        is_behind: false,
        tending: care::Tending::new(around.quiet, Instant::now()),
        working,
    };
    let failed = around.failed;
    std::thread::Builder::new()
        .name("loop".to_owned())
        .spawn(move || {
            // A fault of the program ends this opening of the vault, never in silence.
            let ended = std::panic::catch_unwind(AssertUnwindSafe(|| body.run(happenings)));
            if let Err(problem) = ended.unwrap_or_else(|_| Err(Problem::new(Code::Failed).with("why", "a panic"))) {
                failed(problem);
            }
        })
        .map_err(|error| Problem::new(Code::Failed).with("why", error))?;
    Ok(handle)
}

impl Handle {
    /// Takes a decision: durable when it returns.
    pub(crate) async fn decide(&self, decision: Decision) -> Result<Result<Outcome, Refusal>, Problem> {
        let (reply, answer) = oneshot::channel();
        self.inbox.try_send(Happening::Asked(decision, reply)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Problem::new(Code::Busy),
            mpsc::error::TrySendError::Closed(_) => Problem::new(Code::Locked),
        })?;
        answer.await.map_err(|_| Problem::new(Code::Locked))?
    }

    /// Reads committed state, on a thread where blocking is fine.
    pub(crate) async fn read<T, F>(&self, query: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&VaultView) -> Result<T, sesame_engine::Unreadable> + Send + 'static,
    {
        let view = self.view.clone();
        let answer = tokio::task::spawn_blocking(move || query(&view)).await;
        let answer = answer.map_err(|error| Problem::new(Code::Failed).with("why", error))?;
        if matches!(answer, Err(Unreadable::Lost)) {
            self.lost();
        }
        answer.map_err(|error| unreadable(&error))
    }

    /// Has the loop make the index anew, of which a reader missed something; whoever asked may ask again.
    pub(crate) fn lost(&self) {
        self.inbox.try_send(Happening::Lost).ok();
    }

    /// The desk of this node.
    pub(crate) fn counter(&self) -> &Counter {
        &self.counter
    }

    /// What the network is doing.
    pub(crate) fn links(&self) -> MutexGuard<'_, Links> {
        held(&self.links)
    }

    /// Reads what the vault has committed, entry by entry.
    pub(crate) fn reader(&self) -> sesame_vault::Reader {
        self.view.reader()
    }

    /// Has a chore done, and waits for its end. Whoever stops waiting stops nothing.
    pub(crate) async fn tend(&self, chore: Chore) -> Result<care::Tended, Problem> {
        let (waiting, answer) = oneshot::channel();
        self.inbox.send(Happening::Tend(chore, waiting)).await.map_err(|_| Problem::new(Code::Locked))?;
        answer.await.map_err(|_| Problem::new(Code::Locked))?
    }

    /// What is being done for the vault.
    pub(crate) fn working(&self) -> Option<Working> {
        *held(&self.working)
    }

    /// Whether this opens the vault. Blocks for as long as opening does.
    pub(crate) fn opens(&self, unlock: &Unlock<'_>) -> Result<(), sesame_vault::Error> {
        self.view.opens(unlock)
    }

    /// Gives the vault another passphrase: durable when it returns.
    pub(crate) async fn rekey(&self, passphrase: Stretched) -> Result<(), Problem> {
        let (reply, answer) = oneshot::channel();
        let asked = self.inbox.send(Happening::Rekey(Box::new(passphrase), reply)).await;
        asked.map_err(|_| Problem::new(Code::Locked))?;
        answer.await.map_err(|_| Problem::new(Code::Locked))?
    }

    /// What the vault measures.
    pub(crate) fn size(&self) -> sesame_vault::Size {
        self.view.size()
    }

    /// Closes the loop and the vault; returns when the lock on the vault is free again.
    pub(crate) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.inbox.send(Happening::Close(done)).await.is_ok() {
            closed.await.ok();
        }
    }
}

/// The clock of the node.
pub(crate) fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX))
}

/// The chance of the node: the operating system's, never a generator that a snapshot of the machine could repeat.
pub(crate) fn chance() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// Stored state that cannot be read, in the codes of the local API.
fn unreadable(error: &Unreadable) -> Problem {
    match error {
        Unreadable::Lost => Problem::new(Code::Busy),
        other => Problem::new(Code::Corrupt).with("what", other),
    }
}

/// What a lock guards, also after a panic elsewhere: these hold counters, which a panic leaves whole.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Loop {
    vault: Vault,
    engine: Engine,
    view: VaultView,
    outlets: Outlets,
    asked: BTreeMap<AskId, Reply>,
    last_ask: AskId,
    /// When the first write came that no checkpoint covers.
    dirty: Option<Instant>,
    /// When the next entry is due to be erased.
    erasing: Option<Timestamp>,
    links: Arc<Mutex<Links>>,
    /// A turn came to nothing, and with it what the network had said.
    is_behind: bool,
    /// What is to be done for the vault.
    tending: care::Tending,
    /// The same, for whoever looks.
    working: Arc<Mutex<Option<Working>>>,
}

/// What waits for an answer of the network.
#[derive(Clone, Copy, Debug)]
enum Pending {
    /// A question to a peer.
    Ask(Protocol),
    /// A visit to a desk.
    Visit(Errand),
}

/// What waits, by job.
type Jobs = Arc<Mutex<BTreeMap<u64, Pending>>>;

struct Outlets {
    network: mpsc::Sender<Command>,
    notices: broadcast::Sender<Notice>,
    alarm: watch::Sender<Option<Instant>>,
    jobs: Jobs,
    inbox: mpsc::WeakSender<Happening>,
}

impl Loop {
    fn run(mut self, mut happenings: mpsc::Receiver<Happening>) -> Result<(), Problem> {
        self.erase_if_room()?;
        self.tending.look(self.vault.wear());
        self.step(vec![Input::Started])?;
        let mut batch = Vec::with_capacity(TURN_MAX);
        loop {
            if !self.next(&mut happenings, &mut batch)? {
                return self.close(None);
            }
            let mut inputs = Vec::with_capacity(batch.len());
            let mut close = None;
            for happening in batch.drain(..) {
                match happening {
                    Happening::Asked(decision, reply) => {
                        self.last_ask += 1;
                        self.asked.insert(self.last_ask, reply);
                        inputs.push(Input::Asked { ask: self.last_ask, decision });
                    }
                    Happening::Store(guards, writes, reply) => {
                        self.last_ask += 1;
                        self.asked.insert(self.last_ask, reply);
                        inputs.push(Input::Store { ask: self.last_ask, guards, writes });
                    }
                    Happening::Checked(input) => inputs.push(input),
                    Happening::Tend(chore, waiting) => self.tending.ask(chore, waiting),
                    Happening::Rekey(passphrase, reply) => drop(reply.send(self.take_passphrase(&passphrase))),
                    Happening::Tick => inputs.extend(self.tick()),
                    Happening::Lost => self.rebuild()?,
                    Happening::Close(done) => close = Some(done),
                }
            }
            self.step(inputs)?;
            if close.is_some() {
                return self.close(close);
            }
        }
    }

    /// One turn: decide, commit, act.
    fn step(&mut self, inputs: Vec<Input>) -> Result<(), Problem> {
        let step = match turn(&mut self.engine, &self.view, inputs, now(), &mut chance()) {
            Ok(step) => step,
            Err(Unreadable::Lost) => {
                self.rebuild()?;
                return self.give_up(&Problem::new(Code::Busy));
            }
            Err(error) => return Err(unreadable(&error)),
        };
        let Step { writes, effects } = step;
        match self.commit(writes) {
            Ok(()) => {}
            // Nothing was written, and the vault goes on: whoever decided is told, peers try again.
            Err(problem) if matches!(problem.code, Code::NoSpace | Code::TooLarge) => return self.give_up(&problem),
            Err(problem) => return Err(problem),
        }
        let mut wake = None;
        for effect in effects {
            self.release(effect, &mut wake);
        }
        self.checkpoint(wake)
    }

    /// Makes writes durable, and erases what they say is to go for good. What was due before comes first.
    fn commit(&mut self, mut writes: Vec<sesame_engine::Write>) -> Result<(), Problem> {
        self.erase_due()?;
        if writes.is_empty() {
            return Ok(());
        }
        let first = erasure::prepare(&mut writes);
        self.write(writes)?;
        self.erasing = self.erasing.into_iter().chain(first).min();
        self.erase_if_room()
    }

    fn write(&mut self, writes: Vec<sesame_engine::Write>) -> Result<(), Problem> {
        let writes: Vec<_> = writes.into_iter().map(write).collect();
        self.mending(|vault| vault.commit(&writes))?;
        self.dirty.get_or_insert_with(Instant::now);
        self.tending.wrote();
        Ok(())
    }

    /// Does something with the vault; once more if the index had lost something.
    fn mending<T>(&mut self, work: impl Fn(&mut Vault) -> Result<T, sesame_vault::Error>) -> Result<T, Problem> {
        let done = match work(&mut self.vault) {
            Err(sesame_vault::Error::Index(_)) => {
                self.rebuild()?;
                work(&mut self.vault)
            }
            other => other,
        };
        done.map_err(|error| crate::app::vault_problem(&error))
    }

    /// Makes the index anew from the journal. Readers wait meanwhile; nothing is lost.
    fn rebuild(&mut self) -> Result<(), Problem> {
        tracing::warn!("the index lost something and is made anew from the journal");
        self.vault.rebuild_index(&mut |_| ()).map_err(|error| crate::app::vault_problem(&error))
    }

    /// A moment came. After a turn that came to nothing the engine is told anew where the node listens.
    fn tick(&mut self) -> Vec<Input> {
        self.tending.woke();
        if !std::mem::take(&mut self.is_behind) {
            return vec![Input::Woke];
        }
        let addresses = pump::useful(&held(&self.links).listening);
        vec![Input::Woke, Input::Listening(addresses)]
    }

    /// Forgets a turn whose writes came to nothing: its effects are not released, and the engine starts afresh from what
    /// is committed, and from who is linked. It looks again soon what is due.
    fn give_up(&mut self, problem: &Problem) -> Result<(), Problem> {
        for (_, reply) in std::mem::take(&mut self.asked) {
            reply.send(Err(problem.clone())).ok();
        }
        let linked = held(&self.links).linked.clone();
        self.engine = self.engine.reopen(&self.view, linked).map_err(|error| unreadable(&error))?;
        self.is_behind = true;
        self.checkpoint(Some(Instant::now() + TRIED_AGAIN_AFTER))
    }

    fn checkpoint(&mut self, wake: Option<Instant>) -> Result<(), Problem> {
        if self.dirty.is_some_and(|since| since.elapsed() >= CHECKPOINT_AFTER) {
            self.dirty = None;
            self.tending.look(self.vault.wear());
            match self.vault.checkpoint() {
                Ok(()) => {}
                // The next one covers the same writes; until then the journal alone holds them, as it does anyway.
                Err(sesame_vault::Error::NoSpace) => tracing::warn!("no space for a checkpoint"),
                Err(sesame_vault::Error::Index(_)) => self.rebuild()?,
                Err(error) => return Err(crate::app::vault_problem(&error)),
            }
        }
        let sealed = self.dirty.map(|since| since + CHECKPOINT_AFTER);
        let wanted = [wake, sealed, self.tending.due()].into_iter().flatten().min();
        if let Some(wanted) = wanted {
            self.outlets.alarm.send_if_modified(|alarm| {
                let is_earlier = alarm.is_none_or(|alarm| wanted < alarm || alarm < Instant::now());
                if is_earlier {
                    *alarm = Some(wanted);
                }
                is_earlier
            });
        }
        Ok(())
    }

    fn release(&mut self, effect: Effect, wake: &mut Option<Instant>) {
        match effect {
            Effect::Reply { ask, outcome } => {
                if let Some(reply) = self.asked.remove(&ask) {
                    // Whoever asked may have gone; the decision stands all the same.
                    reply.send(Ok(outcome)).ok();
                }
            }
            Effect::Ask { job, node, protocol, bytes } => {
                held(&self.outlets.jobs).insert(job, Pending::Ask(protocol));
                let ask = Command::Ask { job, node: NodeId::from_bytes(node), protocol: pump::wire(protocol), bytes };
                if self.outlets.network.try_send(ask).is_err() {
                    self.outlets.unanswered(job);
                }
            }
            Effect::Visit { job, errand, key, node, at, bytes } => {
                held(&self.outlets.jobs).insert(job, Pending::Visit(errand));
                let at = at.iter().filter_map(|address| address.parse().ok()).collect();
                let visit = Command::Relation { job, key, node: NodeId::from_bytes(node), at, bytes };
                if self.outlets.network.try_send(visit).is_err() {
                    self.outlets.unanswered(job);
                }
            }
            Effect::Answer { token, bytes } => self.outlets.send(Command::Answer { token, bytes }),
            Effect::Dial { node, at } => {
                let at: Vec<Addr> = at.iter().filter_map(|address| address.parse().ok()).collect();
                self.outlets.send(Command::Dial { node: NodeId::from_bytes(node), at });
            }
            Effect::Hang(node) => self.outlets.send(Command::Hang(NodeId::from_bytes(node))),
            Effect::WakeAt(at) => {
                let wait = Duration::from_millis(at.millis().saturating_sub(now().millis()));
                let at = Instant::now() + wait;
                *wake = Some(wake.map_or(at, |wake| wake.min(at)));
            }
            Effect::Tell(notice) => {
                self.outlets.notices.send(notice).ok();
            }
        }
    }

    fn close(self, done: Option<oneshot::Sender<()>>) -> Result<(), Problem> {
        self.outlets.send(Command::Stop);
        let closed = self.vault.close().map_err(|error| crate::app::vault_problem(&error));
        if let Some(done) = done {
            done.send(()).ok();
        }
        closed
    }
}

impl Pending {
    /// What the engine hears when there is no answer.
    fn failed(self, job: u64, fault: sesame_engine::Fault) -> Input {
        match self {
            Self::Ask(_) => Input::Response { job, answer: Err(fault) },
            Self::Visit(_) => Input::Visited { job, answer: Err(fault) },
        }
    }
}

impl Outlets {
    /// Hands a command to the network. When it cannot keep up, the command is lost like a frame on the wire: whatever
    /// matters is stored and tried again.
    fn send(&self, command: Command) {
        if self.network.try_send(command).is_err() {
            tracing::debug!("the network does not keep up; a command was dropped");
        }
    }

    fn unanswered(&self, job: u64) {
        let Some(pending) = held(&self.jobs).remove(&job) else { return };
        if let Some(inbox) = self.inbox.upgrade() {
            inbox.try_send(Happening::Checked(pending.failed(job, sesame_engine::Fault::TimedOut))).ok();
        }
    }
}

/// Sends a tick when the alarm rings.
async fn ring(mut alarm: watch::Receiver<Option<Instant>>, inbox: mpsc::WeakSender<Happening>) {
    loop {
        let at = *alarm.borrow_and_update();
        let rings = async {
            match at {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = alarm.changed() => {
                if changed.is_err() {
                    return;
                }
            }
            () = rings => {
                let Some(inbox) = inbox.upgrade() else { return };
                if inbox.send(Happening::Tick).await.is_err() {
                    return;
                }
                drop(inbox);
                // The turn that the tick brings sets the next alarm.
                if alarm.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}
