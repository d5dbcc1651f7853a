//! Asks of peers: who may ask how often, which asks are held for the runtime to answer, who is turned away and who is cut
//! off. It leaves out the stack and reads no clock.

use std::collections::BTreeMap;

use libp2p::request_response::{InboundRequestId, ResponseChannel};
use tokio::time::{Duration, Instant};

use crate::{
    Config, NodeId, RefusedReason, Wire,
    codec::{Parcel, Room},
    config::{GATES_MAX, HELD_MAX, REFUSALS_BURST},
    pace::{Bucket, Pace},
};

/// Every ask that waits for our answer, and how each node has behaved.
pub(crate) struct Inbox {
    per_node: usize,
    pace: Pace,
    refusals: Pace,
    timeout: Duration,
    /// By token. The time allowed is the same for all, so that the order is that of the deadlines, too.
    held: BTreeMap<u64, Held>,
    tokens: BTreeMap<(Wire, InboundRequestId), u64>,
    gates: BTreeMap<NodeId, Gate>,
    /// When strangers whose name is not known were last told of.
    told: Option<Instant>,
    /// The newest token; never reset, so that an answer from before a restart matches nothing.
    token: u64,
    /// Asks that our runtime did not answer in time.
    expired: u64,
}

/// An ask that waits for our answer.
pub(crate) struct Held {
    pub(crate) node: NodeId,
    pub(crate) protocol: Wire,
    pub(crate) channel: ResponseChannel<Parcel>,
    request: InboundRequestId,
    deadline: Instant,
    /// The bytes are with the runtime, and still count as ours until it answers.
    _room: Room,
}

/// An ask that has just come.
pub(crate) struct Knock {
    pub(crate) node: NodeId,
    pub(crate) protocol: Wire,
    pub(crate) request: InboundRequestId,
    pub(crate) channel: ResponseChannel<Parcel>,
    pub(crate) room: Room,
}

/// What follows from a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Verdict {
    /// The runtime has not heard of it within the last second.
    pub(crate) is_news: bool,
    /// The node will not stop.
    pub(crate) is_last: bool,
}

struct Gate {
    asks: Bucket,
    refusals: Bucket,
    outstanding: usize,
    told: BTreeMap<RefusedReason, Instant>,
}

/// Pause between two reports of one node and reason.
const TOLD_EVERY: Duration = Duration::from_secs(1);

impl Inbox {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            per_node: config.window(),
            pace: Pace::new(config.asks_burst, config.asks_per_second),
            refusals: Pace::new(REFUSALS_BURST, 1),
            timeout: config.ask_timeout,
            held: BTreeMap::new(),
            tokens: BTreeMap::new(),
            gates: BTreeMap::new(),
            told: None,
            token: 0,
            expired: 0,
        }
    }

    /// Holds an ask and gives it a token, or says why not; dropping the knock refuses it.
    pub(crate) fn admit(&mut self, knock: Knock, now: Instant) -> Result<u64, RefusedReason> {
        let (per_node, pace, held) = (self.per_node, self.pace, self.held.len());
        let gate = self.gate(knock.node, now);
        gate.asks.take(pace, now).map_err(|_| RefusedReason::TooMany)?;
        if gate.outstanding >= per_node {
            return Err(RefusedReason::TooMany);
        }
        if held >= HELD_MAX {
            return Err(RefusedReason::Limit);
        }
        gate.outstanding = gate.outstanding.saturating_add(1);
        self.token = self.token.saturating_add(1);
        let deadline = now.checked_add(self.timeout).unwrap_or(now);
        let Knock { node, protocol, request, channel, room } = knock;
        self.tokens.insert((protocol, request), self.token);
        self.held.insert(self.token, Held { node, protocol, channel, request, deadline, _room: room });
        Ok(self.token)
    }

    /// Takes an ask out to answer it; `None` when it is gone or never was.
    pub(crate) fn take(&mut self, token: u64) -> Option<Held> {
        let held = self.held.remove(&token)?;
        self.tokens.remove(&(held.protocol, held.request));
        if let Some(gate) = self.gates.get_mut(&held.node) {
            gate.outstanding = gate.outstanding.saturating_sub(1);
        }
        Some(held)
    }

    /// Forgets an ask that its node no longer waits for.
    pub(crate) fn forget(&mut self, protocol: Wire, request: InboundRequestId) {
        if let Some(token) = self.tokens.get(&(protocol, request)).copied() {
            self.take(token);
        }
    }

    /// Forgets all of them.
    pub(crate) fn clear(&mut self) {
        self.held.clear();
        self.tokens.clear();
        self.gates.clear();
    }

    /// Counts a refusal against a node.
    pub(crate) fn blame(&mut self, node: NodeId, reason: RefusedReason, now: Instant) -> Verdict {
        let pace = self.refusals;
        let gate = self.gate(node, now);
        let told = gate.told.get(&reason).copied();
        let is_news = is_due(told, now);
        if is_news {
            gate.told.insert(reason, now);
        }
        Verdict { is_news, is_last: gate.refusals.take(pace, now).is_err() }
    }

    /// Whether to tell of a stranger whose name is not known.
    pub(crate) fn is_news(&mut self, now: Instant) -> bool {
        let due = is_due(self.told, now);
        if due {
            self.told = Some(now);
        }
        due
    }

    /// Refuses those that wait too long, and forgets nodes that owe nothing.
    pub(crate) fn expire(&mut self, now: Instant) {
        let late: Vec<u64> =
            self.held.iter().take_while(|(_, held)| held.deadline <= now).map(|(token, _)| *token).collect();
        for token in late {
            self.take(token);
            self.expired = self.expired.saturating_add(1);
            tracing::debug!(expired = self.expired, "an ask was not answered in time");
        }
        self.gates.retain(|_, gate| !gate.is_clean(now));
    }

    /// When there is something to do that no event will tell of.
    pub(crate) fn wake(&self) -> Option<Instant> {
        self.held.first_key_value().map(|(_, held)| held.deadline)
    }

    fn gate(&mut self, node: NodeId, now: Instant) -> &mut Gate {
        if self.gates.len() >= GATES_MAX && !self.gates.contains_key(&node) {
            // a crowd of fresh names: forget those that owe nothing, else any that holds nothing
            self.gates.retain(|_, gate| !gate.is_clean(now));
            if self.gates.len() >= GATES_MAX {
                let idle = self.gates.iter().find(|(_, gate)| gate.outstanding == 0).map(|(node, _)| *node);
                idle.and_then(|node| self.gates.remove(&node));
            }
        }
        self.gates.entry(node).or_insert_with(|| Gate {
            asks: Bucket::new(now),
            refusals: Bucket::new(now),
            outstanding: 0,
            told: BTreeMap::new(),
        })
    }
}

impl Gate {
    /// Nothing would be lost by forgetting it.
    fn is_clean(&self, now: Instant) -> bool {
        self.outstanding == 0
            && self.asks.is_full(now)
            && self.refusals.is_full(now)
            && self.told.values().all(|told| is_due(Some(*told), now))
    }
}

fn is_due(told: Option<Instant>, now: Instant) -> bool {
    told.is_none_or(|told| now.saturating_duration_since(told) >= TOLD_EVERY)
}
