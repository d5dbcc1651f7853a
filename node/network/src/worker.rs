//! The one task that owns the swarm: it takes commands, polls the stack, and turns what comes out into events. It leaves
//! out what happens when the stack panics.

use std::collections::{BTreeMap, BTreeSet};

use futures::StreamExt;
use libp2p::{
    Multiaddr, PeerId, Swarm,
    core::{ConnectedPoint, transport::ListenerId},
    memory_connection_limits::MemoryUsageLimitExceeded,
    multiaddr::Protocol,
    ping,
    request_response::{self as ask, Message},
    swarm::{ConnectionDenied, ConnectionId, ListenError, SwarmEvent, dial_opts},
};
use tokio::{
    sync::mpsc,
    time::{Duration, Instant},
};

use crate::{
    Addr, Command, Config, Event, Fault, NodeId, Path, RefusedReason, Wire,
    asks::{Asks, fault},
    behaviour::{Behaviour, BehaviourEvent},
    codec::{Flaw, Frame, Parcel},
    config::{BOOK_ADDRESSES_MAX, BOOK_NODES_MAX, COOLED_MAX, COOLING},
    door,
    inbox::{Inbox, Knock},
    line::{Line, Turn},
    relation::{Relation, Relations},
};

/// All that outlives one run of the stack.
pub(crate) struct Worker {
    pub(crate) config: Config,
    line: Line,
    asks: Asks,
    inbox: Inbox,
    relations: Relations,
    linked: BTreeSet<NodeId>,
    /// Every connection that stands, whose it is and since when: bounded by the door.
    standing: BTreeMap<ConnectionId, (NodeId, Instant)>,
    book: BTreeMap<NodeId, Vec<Multiaddr>>,
    blocked: BTreeSet<NodeId>,
    /// Nodes cut off for a while, and until when.
    cooled: BTreeMap<NodeId, Instant>,
    swept: Instant,
}

/// The stack, as long as it holds.
pub(crate) struct Stack {
    pub(crate) swarm: Swarm<Behaviour>,
    /// Listeners, in the order of `Config::listen`.
    pub(crate) listeners: Vec<ListenerId>,
    /// Tells that the task of a connection panicked.
    pub(crate) trouble: mpsc::Receiver<()>,
}

/// Why a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// As the runtime wished.
    Stopped,
    /// The stack is of no use any more.
    Failed,
}

/// Longest time between two sweeps of what is forgotten by age, while anything happens at all.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

impl Worker {
    pub(crate) fn new(config: Config, commands: mpsc::Receiver<Command>, events: mpsc::Sender<Event>) -> Self {
        Self {
            asks: Asks::new(&config),
            inbox: Inbox::new(&config),
            relations: Relations::new(&config),
            config,
            line: Line::new(commands, events),
            linked: BTreeSet::new(),
            standing: BTreeMap::new(),
            book: BTreeMap::new(),
            blocked: BTreeSet::new(),
            cooled: BTreeMap::new(),
            swept: Instant::now(),
        }
    }

    /// Runs until the runtime stops it or the stack fails.
    pub(crate) async fn run(&mut self, stack: &mut Stack) -> End {
        loop {
            let now = Instant::now();
            self.sweep(&mut stack.swarm, now);
            self.send(&mut stack.swarm, now);
            let wake = self.wake(now);
            let is_clear = self.line.is_clear();
            tokio::select! {
                turn = self.line.turn() => match turn {
                    Turn::Told => {}
                    Turn::Command(command) => self.obey(command, &mut stack.swarm),
                    Turn::Over => return End::Stopped,
                },
                (job, result) = self.relations.ended() => self.tell(Event::Answered { job, result }),
                _ = stack.trouble.recv() => return End::Failed,
                () = tokio::time::sleep_until(wake.unwrap_or(now)), if wake.is_some() => self.swept = long_ago(now),
                event = stack.swarm.select_next_some(), if is_clear => {
                    if self.hear(event, stack) == End::Failed {
                        return End::Failed;
                    }
                }
            }
        }
    }

    /// Waits without a stack: asks and dials fail, all the rest is remembered. Relations go on, with stacks of their own.
    pub(crate) async fn pause(&mut self, length: Duration) -> End {
        let until = tokio::time::sleep(length);
        tokio::pin!(until);
        loop {
            tokio::select! {
                () = &mut until => return End::Failed,
                turn = self.line.turn() => match turn {
                    Turn::Told => {}
                    Turn::Command(command) => self.excuse(command),
                    Turn::Over => return End::Stopped,
                },
                (job, result) = self.relations.ended() => self.tell(Event::Answered { job, result }),
            }
        }
    }

    /// Tells the runtime of all that is lost with the stack.
    pub(crate) fn lose(&mut self) {
        self.standing.clear();
        for node in std::mem::take(&mut self.linked) {
            self.tell(Event::Unlinked(node));
        }
        let jobs = self.asks.clear();
        self.fail(jobs, Fault::Closed);
        self.inbox.clear();
    }

    /// Tells an event, as soon as the runtime takes it.
    pub(crate) fn tell(&mut self, event: Event) {
        self.line.tell(event);
    }

    /// Applies to a fresh swarm what was decided before.
    pub(crate) fn restore(&self, swarm: &mut Swarm<Behaviour>) {
        for peer in self.blocked.iter().chain(self.cooled.keys()).filter_map(NodeId::peer) {
            swarm.behaviour_mut().blocked.block_peer(peer);
        }
    }

    fn fail(&mut self, jobs: Vec<u64>, fault: Fault) {
        for job in jobs {
            self.tell(Event::Answered { job, result: Err(fault) });
        }
    }

    fn obey(&mut self, command: Command, swarm: &mut Swarm<Behaviour>) {
        match command {
            Command::Dial { node, at } => {
                self.learn(node, &at);
                self.dial(node, swarm);
            }
            Command::Hang(node) => {
                let jobs = self.asks.hang(node);
                self.fail(jobs, Fault::Closed);
                self.part(node, Fault::Closed);
                if let Some(peer) = node.peer() {
                    // an error says that there was nothing to close
                    let _ = swarm.disconnect_peer_id(peer);
                }
            }
            Command::Ask { job, node, protocol, bytes } => {
                match self.asks.accept(job, node, protocol, bytes, Instant::now()) {
                    Ok(()) => self.dial(node, swarm),
                    Err(fault) => self.fail(vec![job], fault),
                }
            }
            Command::Relation { job, key, node, at, bytes } => self.relate(Relation { job, key, node, at, bytes }),
            Command::Answer { token, bytes } => self.answer(token, bytes, swarm),
            Command::Block(node) => {
                self.blocked.insert(node);
                let jobs = self.asks.hang(node);
                self.fail(jobs, Fault::Unreachable);
                self.part(node, Fault::Unreachable);
                if let Some(peer) = node.peer() {
                    swarm.behaviour_mut().blocked.block_peer(peer);
                }
            }
            Command::Unblock(node) => {
                self.blocked.remove(&node);
                self.cooled.remove(&node);
                if let Some(peer) = node.peer() {
                    swarm.behaviour_mut().blocked.unblock_peer(peer);
                }
            }
            Command::Stop => {}
            #[cfg(test)]
            Command::Trip => panic!("tripped by a test"),
        }
    }

    /// Takes a command while there is no stack.
    fn excuse(&mut self, command: Command) {
        match command {
            Command::Dial { node, at } => {
                self.learn(node, &at);
                self.tell(Event::Unreachable(node));
            }
            Command::Ask { job, .. } => self.fail(vec![job], Fault::Unreachable),
            Command::Relation { job, key, node, at, bytes } => self.relate(Relation { job, key, node, at, bytes }),
            Command::Block(node) => {
                self.blocked.insert(node);
                self.part(node, Fault::Unreachable);
            }
            Command::Unblock(node) => {
                self.blocked.remove(&node);
                self.cooled.remove(&node);
            }
            Command::Hang(node) => self.part(node, Fault::Closed),
            Command::Answer { .. } | Command::Stop => {}
            #[cfg(test)]
            Command::Trip => {}
        }
    }

    /// Takes on an ask of a relation. Only a block by the person counts here: that the vendor's node was cut off from this
    /// device for its manners is none of the relation's business, and would tell the vendor that the two are one.
    fn relate(&mut self, relation: Relation) {
        let (job, is_blocked) = (relation.job, self.blocked.contains(&relation.node));
        let taken = if is_blocked { Err(Fault::Unreachable) } else { self.relations.accept(relation) };
        if let Err(fault) = taken {
            self.fail(vec![job], fault);
        }
    }

    /// Ends what relations ask of a node.
    fn part(&mut self, node: NodeId, fault: Fault) {
        let jobs = self.relations.hang(node);
        self.fail(jobs, fault);
    }

    fn learn(&mut self, node: NodeId, at: &[Addr]) {
        let at: Vec<Multiaddr> = at.iter().take(BOOK_ADDRESSES_MAX).filter_map(Addr::multiaddr).collect();
        if at.is_empty() {
            return;
        }
        if self.book.len() >= BOOK_NODES_MAX && !self.book.contains_key(&node) {
            let unlinked = self.book.keys().find(|known| !self.linked.contains(known)).copied();
            unlinked.and_then(|known| self.book.remove(&known));
        }
        self.book.insert(node, at);
    }

    /// Makes a link, unless there is one or it is being made.
    fn dial(&mut self, node: NodeId, swarm: &mut Swarm<Behaviour>) {
        if self.linked.contains(&node) {
            return;
        }
        let (Some(peer), Some(at)) = (node.peer(), self.book.get(&node)) else {
            // nothing under way either, or its addresses would be known; unless the node dials us just now
            return self.give_up(node);
        };
        let options = dial_opts::DialOpts::peer_id(peer)
            .condition(dial_opts::PeerCondition::DisconnectedAndNotDialing)
            .addresses(at.clone())
            // two nodes that dial each other from their listening ports would meet in one TCP connection with two dialers
            .allocate_new_port()
            .build();
        match swarm.dial(options) {
            Ok(()) | Err(libp2p::swarm::DialError::DialPeerConditionFalse(_)) => {}
            Err(_) => self.give_up(node),
        }
    }

    /// A dial failed.
    fn give_up(&mut self, node: NodeId) {
        if self.linked.contains(&node) {
            return;
        }
        self.tell(Event::Unreachable(node));
        let jobs = self.asks.give_up(node);
        self.fail(jobs, Fault::Unreachable);
    }

    fn answer(&mut self, token: u64, bytes: Vec<u8>, swarm: &mut Swarm<Behaviour>) {
        let Some(held) = self.inbox.take(token) else {
            return;
        };
        if bytes.len() > self.config.frame_bytes_max {
            // the channel drops here, which the peer reads as a refusal
            self.tell(Event::Refused { node: Some(held.node), reason: RefusedReason::Oversized });
            return;
        }
        if let Some(wire) = swarm.behaviour_mut().wire(held.protocol) {
            // an error says that the peer no longer waits
            let _ = wire.send_response(held.channel, Ok(Frame::ours(bytes)));
        }
    }

    /// Sends every ask whose turn has come. The stack is only given asks to linked nodes, so that it never dials.
    fn send(&mut self, swarm: &mut Swarm<Behaviour>, now: Instant) {
        while let Some(turn) = self.asks.next(|node| self.linked.contains(node), now) {
            if let (Some(peer), Some(wire)) = (turn.node.peer(), swarm.behaviour_mut().wire(turn.protocol)) {
                let request = wire.send_request(&peer, Ok(Frame::ours(turn.bytes)));
                self.asks.sent(turn.serial, turn.node, turn.protocol, request);
            }
        }
    }

    fn wake(&self, now: Instant) -> Option<Instant> {
        let asks = self.asks.wake(|node| self.linked.contains(node), now);
        asks.into_iter().chain(self.inbox.wake()).chain(self.cooled.values().copied()).min()
    }

    /// Ends what is late, and forgets what is old.
    fn sweep(&mut self, swarm: &mut Swarm<Behaviour>, now: Instant) {
        if now.saturating_duration_since(self.swept) < SWEEP_EVERY {
            return;
        }
        self.swept = now;
        let late = self.asks.expire(now);
        self.fail(late, Fault::TimedOut);
        self.inbox.expire(now);
        let thawed: Vec<NodeId> =
            self.cooled.iter().filter(|(_, until)| **until <= now).map(|(node, _)| *node).collect();
        for node in thawed {
            self.cooled.remove(&node);
            if let (false, Some(peer)) = (self.blocked.contains(&node), node.peer()) {
                swarm.behaviour_mut().blocked.unblock_peer(peer);
            }
        }
    }

    fn hear(&mut self, event: SwarmEvent<BehaviourEvent>, stack: &mut Stack) -> End {
        match event {
            SwarmEvent::Behaviour(event) => self.attend(event, &mut stack.swarm),
            SwarmEvent::ConnectionEstablished { peer_id, connection_id, endpoint, .. } => {
                self.link(&peer_id, connection_id, &endpoint, &mut stack.swarm);
            }
            SwarmEvent::ConnectionClosed { peer_id, connection_id, num_established, .. } => {
                self.standing.remove(&connection_id);
                let lost = NodeId::from_peer(&peer_id).filter(|_| num_established == 0);
                if let Some(node) = lost.filter(|node| self.linked.remove(node)) {
                    self.tell(Event::Unlinked(node));
                    let jobs = self.asks.give_up(node);
                    self.fail(jobs, Fault::Closed);
                }
            }
            SwarmEvent::OutgoingConnectionError { peer_id: Some(peer), .. } => {
                if let Some(node) = NodeId::from_peer(&peer) {
                    self.give_up(node);
                }
            }
            SwarmEvent::IncomingConnectionError { error, peer_id, .. } => {
                if let Some(reason) = turned_away(&error).filter(|_| self.inbox.is_news(Instant::now())) {
                    let node = peer_id.as_ref().and_then(NodeId::from_peer);
                    self.tell(Event::Refused { node, reason });
                }
            }
            SwarmEvent::NewListenAddr { listener_id, address } => {
                self.keep_port(listener_id, &address, &stack.listeners);
                if let Some(address) = Addr::from_multiaddr(&address) {
                    self.tell(Event::Listening(address));
                }
            }
            // nobody asked it to: without a listener the node would be deaf for good
            SwarmEvent::ListenerClosed { .. } => return End::Failed,
            SwarmEvent::ListenerError { error, .. } => {
                tracing::debug!(%error, "a listener failed once");
            }
            _ => {}
        }
        End::Stopped
    }

    fn link(
        &mut self,
        peer: &PeerId,
        connection: ConnectionId,
        endpoint: &ConnectedPoint,
        swarm: &mut Swarm<Behaviour>,
    ) {
        let Some(node) = NodeId::from_peer(peer) else {
            swarm.close_connection(connection);
            return;
        };
        let now = Instant::now();
        let is_back = endpoint.is_listener() && self.replace(node, now, swarm);
        self.standing.insert(connection, (node, now));
        if self.linked.insert(node) || is_back {
            let is_quic = endpoint.get_remote_address().iter().any(|part| part == Protocol::QuicV1);
            self.tell(Event::Linked { node, path: if is_quic { Path::Quic } else { Path::Tcp } });
        }
    }

    /// A node that dials although its link stands has lost it, as one does that was cut off or killed: a connection that
    /// only this side still believes in would swallow asks until it times out. Those that are about as young as the new
    /// one stay, because two nodes may dial each other at once. Says whether there was any to close.
    fn replace(&mut self, node: NodeId, now: Instant, swarm: &mut Swarm<Behaviour>) -> bool {
        let is_old = |since: Instant| now.saturating_duration_since(since) >= self.config.replaced_after;
        let of_node = self.standing.iter().filter(|(_, (whose, since))| *whose == node && is_old(*since));
        let old: Vec<ConnectionId> = of_node.map(|(id, _)| *id).collect();
        for connection in &old {
            swarm.close_connection(*connection);
        }
        !old.is_empty()
    }

    /// Remembers the port that was given for port 0, so that the node comes back where its peers know it.
    fn keep_port(&mut self, listener: ListenerId, address: &Multiaddr, listeners: &[ListenerId]) {
        let place = listeners.iter().position(|known| *known == listener);
        let wish = place.and_then(|place| self.config.listen.get_mut(place));
        if let (Some(wish), Some(given)) = (wish, Addr::from_multiaddr(address)) {
            *wish = wish.at_port_of(&given).unwrap_or_else(|| wish.clone());
        }
    }

    fn attend(&mut self, event: BehaviourEvent, swarm: &mut Swarm<Behaviour>) {
        match event {
            BehaviourEvent::Hello(event) => self.exchange(Wire::Hello, event, swarm),
            BehaviourEvent::Mail(event) => self.exchange(Wire::Mail, event, swarm),
            BehaviourEvent::Sync(event) => self.exchange(Wire::Sync, event, swarm),
            BehaviourEvent::Desk(event) => self.exchange(Wire::Desk, event, swarm),
            BehaviourEvent::Ping(ping::Event { connection, result: Err(failure), .. }) => {
                if !matches!(failure, ping::Failure::Unsupported) {
                    swarm.close_connection(connection);
                }
            }
            BehaviourEvent::Ping(_) => {}
            BehaviourEvent::Door(never) | BehaviourEvent::Memory(never) | BehaviourEvent::Blocked(never) => {
                match never {}
            }
        }
    }

    fn exchange(&mut self, protocol: Wire, event: ask::Event<Parcel, Parcel>, swarm: &mut Swarm<Behaviour>) {
        match event {
            ask::Event::Message { peer, message: Message::Request { request_id, request, channel }, .. } => {
                let Some(node) = NodeId::from_peer(&peer) else {
                    return;
                };
                let now = Instant::now();
                let asked = request.map_err(Flaw::reason).and_then(|Frame { bytes, room }| {
                    let knock = Knock { node, protocol, request: request_id, channel, room };
                    self.inbox.admit(knock, now).map(|token| Event::Asked { token, node, protocol, bytes })
                });
                match asked {
                    Ok(event) => self.tell(event),
                    Err(reason) => self.refuse(node, reason, now, swarm),
                }
            }
            ask::Event::Message { message: Message::Response { request_id, response }, .. } => {
                if let Some(job) = self.asks.answered(protocol, request_id) {
                    let result = response.map(|frame| frame.bytes).map_err(Flaw::fault);
                    self.tell(Event::Answered { job, result });
                }
            }
            ask::Event::OutboundFailure { request_id, error, .. } => {
                if let Some(job) = self.asks.answered(protocol, request_id) {
                    self.fail(vec![job], fault(&error));
                }
            }
            ask::Event::InboundFailure { request_id, .. } => {
                self.inbox.forget(protocol, request_id);
            }
            ask::Event::ResponseSent { .. } => {}
        }
    }

    fn refuse(&mut self, node: NodeId, reason: RefusedReason, now: Instant, swarm: &mut Swarm<Behaviour>) {
        let verdict = self.inbox.blame(node, reason, now);
        if verdict.is_news {
            self.tell(Event::Refused { node: Some(node), reason });
        }
        if let (true, Some(peer)) = (verdict.is_last, node.peer()) {
            tracing::debug!(%node, "cut off for a while");
            if self.cooled.len() < COOLED_MAX {
                self.cooled.insert(node, now.checked_add(COOLING).unwrap_or(now));
                swarm.behaviour_mut().blocked.block_peer(peer);
            } else {
                let _ = swarm.disconnect_peer_id(peer);
            }
        }
    }
}

/// An instant that makes the next sweep due.
fn long_ago(now: Instant) -> Instant {
    now.checked_sub(SWEEP_EVERY).unwrap_or(now)
}

/// Why a connection did not come in; `None` for what is no news: blocked nodes, and those that gave up themselves.
fn turned_away(error: &ListenError) -> Option<RefusedReason> {
    let is_limit = |cause: &ConnectionDenied| {
        cause.downcast_ref::<door::Full>().is_some() || cause.downcast_ref::<MemoryUsageLimitExceeded>().is_some()
    };
    match error {
        ListenError::Denied { cause } if is_limit(cause) => Some(RefusedReason::Limit),
        ListenError::Transport(_) => Some(RefusedReason::Handshake),
        _ => None,
    }
}
