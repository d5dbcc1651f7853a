//! A world of simulated nodes: engines over memory, one queue of events, one seed. No thread, no socket, no clock.
//! Faults are parts that a test puts together: frames are delayed, lost or doubled, links are cut, nodes crash between
//! the commit and the release of its effects.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::time::Duration;

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use sesame_engine::desk::Desk;
use sesame_engine::view::Memory;
use sesame_engine::{
    Decision, Effect, Engine, Errand, Fault, Input, Node, Outcome, Protocol, Refusal, intake, own, turn,
};
use sesame_protocol::key::{IdentityId, Seed, SigningKey};
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire;
use zeroize::Zeroizing;

use crate::desk::MemoryStore;

/// The moment at which every world begins: 1 March 2026.
pub const DAWN: Timestamp = Timestamp::from_seconds(1_772_323_200);
/// How long a frame that is lost is waited for.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How unkind the network is. Chances are out of 1,000.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// A frame is lost.
    pub lost: u32,
    /// A question arrives twice.
    pub doubled: u32,
    /// A node crashes after a commit, before its effects.
    pub crash: u32,
    /// The longest delay of a frame, in milliseconds.
    pub delay: u64,
}

/// One simulated node.
pub struct Peer {
    /// What is on its disk.
    pub memory: Memory,
    /// Its identity.
    pub id: IdentityId,
    device: Node,
    engine: Engine,
    wakes: Timestamp,
}

/// Changes an answer of a desk on its way out.
pub type Twist = Box<dyn FnMut(&mut wire::desk::Answer)>;

/// The world.
pub struct World {
    /// The nodes.
    pub peers: Vec<Peer>,
    /// How unkind the network is, now.
    pub faults: Faults,
    /// The moment.
    pub now: Timestamp,
    /// Crashes so far.
    pub crashes: u64,
    /// Questions between nodes so far.
    pub asks: u64,
    /// Visits to desks so far.
    pub visits: u64,
    /// What desks do to their answers before these leave: for desks that do not play fair.
    pub twist: Option<Twist>,
    /// Every byte that a desk was ever shown, and by which network identity.
    pub heard: BTreeMap<usize, Vec<(Node, Vec<u8>)>>,
    /// What decisions came to, by number.
    pub outcomes: BTreeMap<u64, Result<Outcome, Refusal>>,
    rng: ChaCha20Rng,
    queue: BinaryHeap<Reverse<(Timestamp, u64, usize)>>,
    events: BTreeMap<u64, Event>,
    links: BTreeSet<(usize, usize)>,
    cut: BTreeSet<(usize, usize)>,
    asked: BTreeMap<u64, (usize, u64, Protocol)>,
    counter: u64,
}

/// Where a visit goes, and as whom.
struct Errands {
    job: u64,
    errand: Errand,
    key: Zeroizing<[u8; 32]>,
    node: Node,
}

enum Event {
    Visit { from: usize, job: u64, errand: Errand, node: Node, bytes: Vec<u8> },
    Visited { job: u64, errand: Errand, answer: Result<Vec<u8>, Fault> },
    Linked(usize),
    Unlinked(usize),
    Unreached(Node),
    Request { from: usize, token: u64, protocol: Protocol, bytes: Vec<u8> },
    Response { job: u64, protocol: Protocol, answer: Result<Vec<u8>, Fault> },
    Wake,
}

impl World {
    /// A world of `count` nodes that know nobody.
    pub fn new(seed: u64, count: usize) -> Self {
        let mut world = Self::deaf(seed, count);
        for peer in 0..count {
            world.hear(peer);
        }
        world
    }

    /// A world of `people` persons and behind them `desks` organisations.
    pub fn market(seed: u64, people: usize, desks: usize) -> Self {
        let mut world = Self::born(seed, people + desks, people);
        for peer in 0..people + desks {
            world.hear(peer);
        }
        world
    }

    /// A world of `count` nodes that know nobody and do not listen yet.
    pub fn deaf(seed: u64, count: usize) -> Self {
        Self::born(seed, count, count)
    }

    fn born(seed: u64, count: usize, people: usize) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let born = |number: usize| (format!("node {number}"), number < people);
        let peers = (0..count).map(born).map(|(name, is_person)| Peer::born(&name, is_person, &mut rng)).collect();
        let mut world = Self {
            peers,
            faults: Faults::default(),
            now: DAWN,
            crashes: 0,
            asks: 0,
            visits: 0,
            twist: None,
            heard: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            rng,
            queue: BinaryHeap::new(),
            events: BTreeMap::new(),
            links: BTreeSet::new(),
            cut: BTreeSet::new(),
            asked: BTreeMap::new(),
            counter: 0,
        };
        for peer in 0..count {
            world.step(peer, vec![Input::Started]);
        }
        world
    }

    /// A node listens from now on.
    pub fn hear(&mut self, peer: usize) {
        self.step(peer, vec![Input::Listening(vec![format!("/ip4/10.0.0.{peer}/tcp/4001")])]);
    }

    /// A decision of a node's person; what came of it.
    ///
    /// # Panics
    ///
    /// When the engine does not answer: with no crash it always does.
    pub fn decide(&mut self, peer: usize, decision: Decision) -> Result<Outcome, Refusal> {
        self.counter += 1;
        let ask = self.counter;
        let crash = std::mem::take(&mut self.faults.crash);
        self.step(peer, vec![Input::Asked { ask, decision }]);
        self.faults.crash = crash;
        self.outcomes.remove(&ask).expect("a decision is answered in its own turn")
    }

    /// A decision that is committed, and then the node crashes: nobody hears what came of it, and nothing is done.
    pub fn decide_and_crash(&mut self, peer: usize, decision: Decision) {
        let here = &mut self.peers[peer];
        let inputs = vec![Input::Asked { ask: 0, decision }];
        let step = turn(&mut here.engine, &here.memory, inputs, self.now, &mut self.rng).expect("memory can be read");
        here.memory.commit(step.writes);
        self.restart(peer);
    }

    /// `N` bytes of the world's chance.
    pub fn chance<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    /// Lets time pass.
    pub fn run(&mut self, span: Duration) {
        let end = self.now.plus(span);
        while let Some(Reverse((at, number, peer))) = self.queue.peek().copied().filter(|Reverse((at, ..))| *at <= end)
        {
            self.queue.pop();
            self.now = at;
            let Some(event) = self.events.remove(&number) else { continue };
            self.happen(peer, event);
        }
        self.now = end;
    }

    /// Cuts the network between two groups: those below `border` and the others.
    pub fn part(&mut self, border: usize) {
        for a in 0..border {
            for b in border..self.peers.len() {
                self.cut.insert(pair(a, b));
                self.unlink(a, b);
            }
        }
    }

    /// Heals every cut.
    pub fn heal(&mut self) {
        self.cut.clear();
    }

    /// Stops a node and starts it again from its disk.
    pub fn restart(&mut self, peer: usize) {
        self.crashes += 1;
        for other in 0..self.peers.len() {
            if self.links.contains(&pair(peer, other)) {
                self.unlink(peer, other);
            }
        }
        let here = &mut self.peers[peer];
        here.engine = Engine::open(&here.memory).expect("what was committed can be read");
        here.wakes = Timestamp::from_millis(u64::MAX);
        self.step(peer, vec![Input::Started]);
    }

    /// Whether two nodes are linked.
    pub fn is_linked(&self, a: usize, b: usize) -> bool {
        self.links.contains(&pair(a, b))
    }

    fn happen(&mut self, peer: usize, event: Event) {
        let input = match event {
            visit @ Event::Visit { .. } => return self.serve(peer, visit),
            Event::Visited { job, errand, answer } => {
                let memory = &self.peers[peer].memory;
                let check =
                    |bytes: Vec<u8>| intake::visit(memory, errand, &bytes, self.now).expect("memory can be read");
                Input::Visited { job, answer: answer.and_then(check) }
            }
            Event::Linked(other) => Input::Linked(self.peers[other].device),
            Event::Unlinked(other) => Input::Unlinked(self.peers[other].device),
            Event::Unreached(node) => Input::Unreached(node),
            Event::Request { from, token, protocol, bytes } => {
                let checked = intake::request(&self.peers[peer].memory, protocol, &bytes, self.now);
                let Ok(request) = checked.expect("memory can be read") else { return };
                Input::Request { from: self.peers[from].device, token, request }
            }
            Event::Response { job, protocol, answer } => {
                let answer = answer.and_then(|bytes| intake::answer(protocol, &bytes, self.now, &mut self.rng));
                Input::Response { job, answer }
            }
            Event::Wake => {
                if self.peers[peer].wakes > self.now {
                    return;
                }
                self.peers[peer].wakes = Timestamp::from_millis(u64::MAX);
                Input::Woke
            }
        };
        self.step(peer, vec![input]);
    }

    /// One turn of a node: decide, commit, act; or crash in between.
    fn step(&mut self, peer: usize, inputs: Vec<Input>) {
        let here = &mut self.peers[peer];
        let step = turn(&mut here.engine, &here.memory, inputs, self.now, &mut self.rng).expect("memory can be read");
        here.memory.commit(step.writes);
        if self.happens(self.faults.crash) {
            self.restart(peer);
            return;
        }
        for effect in step.effects {
            self.release(peer, effect);
        }
    }

    fn release(&mut self, peer: usize, effect: Effect) {
        match effect {
            Effect::Reply { ask, outcome } => {
                self.outcomes.insert(ask, outcome);
            }
            Effect::Ask { job, node, protocol, bytes } => self.ask(peer, job, node, protocol, &bytes),
            Effect::Answer { token, bytes } => {
                let Some((asker, job, protocol)) = self.asked.remove(&token) else { return };
                if self.links.contains(&pair(peer, asker)) && !self.happens(self.faults.lost) {
                    let wait = self.delay();
                    self.after(wait, asker, Event::Response { job, protocol, answer: Ok(bytes) });
                }
            }
            Effect::Visit { job, errand, key, node, bytes, .. } => {
                self.visit(peer, Errands { job, errand, key, node }, &bytes);
            }
            Effect::Dial { node, .. } => self.dial(peer, node),
            Effect::Hang(node) => {
                if let Some(other) = self.whose(node) {
                    self.unlink(peer, other);
                }
            }
            Effect::WakeAt(at) => {
                if at < self.peers[peer].wakes {
                    self.peers[peer].wakes = at;
                    self.at(at, peer, Event::Wake);
                }
            }
            Effect::Tell(_) => {}
        }
    }

    fn ask(&mut self, peer: usize, job: u64, node: Node, protocol: Protocol, bytes: &[u8]) {
        self.asks += 1;
        let target = self.whose(node).filter(|other| self.links.contains(&pair(peer, *other)));
        // Whatever becomes of the question, the asker's network gives up on it; a late answer has no job any more.
        self.after(TIMEOUT, peer, Event::Response { job, protocol, answer: Err(Fault::TimedOut) });
        let Some(target) = target.filter(|_| !self.happens(self.faults.lost)) else { return };
        let copies = if self.happens(self.faults.doubled) { 2 } else { 1 };
        for copy in 0..copies {
            self.counter += 1;
            let token = self.counter;
            if copy == 0 {
                self.asked.insert(token, (peer, job, protocol));
            }
            let wait = self.delay();
            self.after(wait, target, Event::Request { from: peer, token, protocol, bytes: bytes.to_vec() });
        }
    }

    /// A visit to a desk: it does not need a link, and says nothing of who makes it but its key.
    fn visit(&mut self, peer: usize, visit: Errands, bytes: &[u8]) {
        self.visits += 1;
        let Errands { job, errand, key, node } = visit;
        let host = self.whose(node).filter(|host| !self.cut.contains(&pair(peer, *host)));
        self.after(TIMEOUT, peer, Event::Visited { job, errand, answer: Err(Fault::TimedOut) });
        let Some(host) = host.filter(|_| !self.happens(self.faults.lost)) else { return };
        let node = *SigningKey::from_bytes(*key).public().as_bytes();
        self.heard.entry(host).or_default().push((node, bytes.to_vec()));
        let copies = if self.happens(self.faults.doubled) { 2 } else { 1 };
        for _ in 0..copies {
            let wait = self.delay();
            self.after(wait, host, Event::Visit { from: peer, job, errand, node, bytes: bytes.to_vec() });
        }
    }

    /// A desk answers a visit; or crashes when all is committed and nothing is said.
    fn serve(&mut self, host: usize, visit: Event) {
        let Event::Visit { from, job, errand, node, bytes } = visit else { return };
        let Ok(ask) = wire::desk::Ask::decode(&bytes) else { return };
        let store = MemoryStore::new(std::mem::take(&mut self.peers[host].memory));
        let answer = store.visit(&node, &ask, self.now, &mut self.rng);
        self.peers[host].memory = store.into_memory();
        if self.happens(self.faults.crash) {
            self.restart(host);
            return;
        }
        let Some(mut answer) = answer.filter(|_| !self.happens(self.faults.lost)) else { return };
        if let Some(twist) = &mut self.twist {
            let mut frame = wire::desk::Answer::decode(&answer).expect("a desk answers what can be read");
            twist(&mut frame);
            answer = frame.encode();
        }
        let wait = self.delay();
        self.after(wait, from, Event::Visited { job, errand, answer: Ok(answer) });
    }

    /// What a clerk does at a desk.
    ///
    /// # Panics
    ///
    /// When the node has no desk.
    pub fn clerk<T>(
        &mut self,
        host: usize,
        task: impl FnOnce(&MemoryStore, &Desk, Timestamp, &mut ChaCha20Rng) -> T,
    ) -> T {
        let store = MemoryStore::new(std::mem::take(&mut self.peers[host].memory));
        let desk = store.desk(self.now).expect("the node is an organisation's and listens");
        let done = task(&store, &desk, self.now, &mut self.rng);
        self.peers[host].memory = store.into_memory();
        done
    }

    fn dial(&mut self, peer: usize, node: Node) {
        let other = self.whose(node).filter(|other| !self.cut.contains(&pair(peer, *other)));
        let Some(other) = other else {
            self.after(Duration::from_millis(50), peer, Event::Unreached(node));
            return;
        };
        if self.links.insert(pair(peer, other)) {
            let wait = self.delay();
            self.after(wait, peer, Event::Linked(other));
            self.after(wait, other, Event::Linked(peer));
        }
    }

    fn unlink(&mut self, a: usize, b: usize) {
        if self.links.remove(&pair(a, b)) {
            self.after(Duration::ZERO, a, Event::Unlinked(b));
            self.after(Duration::ZERO, b, Event::Unlinked(a));
        }
    }

    fn whose(&self, node: Node) -> Option<usize> {
        self.peers.iter().position(|peer| peer.device == node)
    }

    fn after(&mut self, wait: Duration, peer: usize, event: Event) {
        self.at(self.now.plus(wait), peer, event);
    }

    fn at(&mut self, at: Timestamp, peer: usize, event: Event) {
        self.counter += 1;
        self.events.insert(self.counter, event);
        self.queue.push(Reverse((at, self.counter, peer)));
    }

    fn delay(&mut self) -> Duration {
        Duration::from_millis(1 + u64::from(self.rng.next_u32()) % (self.faults.delay + 1))
    }

    fn happens(&mut self, chance: u32) -> bool {
        chance > 0 && self.rng.next_u32() % 1000 < chance
    }
}

impl Peer {
    fn born(name: &str, is_person: bool, rng: &mut ChaCha20Rng) -> Self {
        let mut entropy = [0; 32];
        rng.fill_bytes(&mut entropy);
        let mut memory = Memory::default();
        memory.commit(
            own::birth(&Seed::from_entropy(entropy), own::Born { name, is_person }, DAWN, rng)
                .expect("the name is one"),
        );
        let me = own::load(&memory).expect("what was just written can be read");
        let engine = Engine::open(&memory).expect("what was just written can be read");
        Self { id: me.id, device: me.device, memory, engine, wakes: Timestamp::from_millis(u64::MAX) }
    }
}

fn pair(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}
