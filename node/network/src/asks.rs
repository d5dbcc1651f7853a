//! Asks of our own: which wait, which are sent, which job an answer belongs to. Each gets exactly one end. It leaves out
//! the sending itself and reads no clock.

use std::collections::{BTreeMap, VecDeque};

use libp2p::request_response::{OutboundFailure, OutboundRequestId};
use tokio::time::{Duration, Instant};

use crate::{
    Config, Fault, NodeId, Wire,
    config::{ASKS_BYTES_MAX, ASKS_MAX},
    pace::{Bucket, Pace},
};

/// Every ask under way.
pub(crate) struct Asks {
    window: usize,
    pace: Pace,
    timeout: Duration,
    bytes_max: usize,
    /// By serial number. The time allowed is the same for all, so that the order is that of the deadlines, too.
    all: BTreeMap<u64, Ask>,
    sent: BTreeMap<(Wire, OutboundRequestId), u64>,
    lanes: BTreeMap<NodeId, Lane>,
    waiting_bytes: usize,
    serial: u64,
}

struct Ask {
    job: u64,
    node: NodeId,
    protocol: Wire,
    deadline: Instant,
    stage: Stage,
}

enum Stage {
    Waiting(Vec<u8>),
    Sent(OutboundRequestId),
}

/// What goes to one node. Kept only while there is something to do, or until its pace is forgiven.
struct Lane {
    waiting: VecDeque<u64>,
    sent: usize,
    bucket: Bucket,
}

/// An ask whose turn has come.
pub(crate) struct Turn {
    pub(crate) serial: u64,
    pub(crate) node: NodeId,
    pub(crate) protocol: Wire,
    pub(crate) bytes: Vec<u8>,
}

impl Asks {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            window: config.window(),
            // a quarter below what the peer allows, since asks that were paced here may arrive bunched
            pace: Pace::new(three_quarters(config.asks_burst), three_quarters(config.asks_per_second)),
            timeout: config.ask_timeout,
            bytes_max: config.frame_bytes_max,
            all: BTreeMap::new(),
            sent: BTreeMap::new(),
            lanes: BTreeMap::new(),
            waiting_bytes: 0,
            serial: 0,
        }
    }

    /// Takes an ask on, or says why not; then it has had its end.
    pub(crate) fn accept(
        &mut self,
        job: u64,
        node: NodeId,
        protocol: Wire,
        bytes: Vec<u8>,
        now: Instant,
    ) -> Result<(), Fault> {
        if protocol == Wire::Desk {
            // it would show a vendor this device
            return Err(Fault::Unsupported);
        }
        if bytes.len() > self.bytes_max {
            return Err(Fault::TooLarge);
        }
        let waiting_bytes = self.waiting_bytes.saturating_add(bytes.len());
        if self.all.len() >= ASKS_MAX || waiting_bytes > ASKS_BYTES_MAX {
            return Err(Fault::Busy);
        }
        self.waiting_bytes = waiting_bytes;
        self.serial = self.serial.saturating_add(1);
        let deadline = now.checked_add(self.timeout).unwrap_or(now);
        self.all.insert(self.serial, Ask { job, node, protocol, deadline, stage: Stage::Waiting(bytes) });
        let lane = self.lanes.entry(node).or_insert_with(|| Lane::new(now));
        lane.waiting.push_back(self.serial);
        Ok(())
    }

    /// The next ask that may go out to one of the nodes that are `linked`; to be followed by [`Self::sent`].
    pub(crate) fn next(&mut self, linked: impl Fn(&NodeId) -> bool, now: Instant) -> Option<Turn> {
        let (window, pace) = (self.window, self.pace);
        let ready = |node: &NodeId, lane: &Lane| {
            !lane.waiting.is_empty() && lane.sent < window && linked(node) && lane.bucket.ready(pace, now) <= now
        };
        let (node, lane) = self.lanes.iter_mut().find(|(node, lane)| ready(node, lane))?;
        let serial = lane.waiting.pop_front()?;
        let node = *node;
        // cannot fail: it was just ready
        let _ = lane.bucket.take(pace, now);
        let ask = self.all.get_mut(&serial)?;
        let Stage::Waiting(bytes) = &mut ask.stage else {
            return None;
        };
        let bytes = std::mem::take(bytes);
        self.waiting_bytes = self.waiting_bytes.saturating_sub(bytes.len());
        Some(Turn { serial, node, protocol: ask.protocol, bytes })
    }

    /// Notes under which id the stack sent it.
    pub(crate) fn sent(&mut self, serial: u64, node: NodeId, protocol: Wire, request: OutboundRequestId) {
        if let Some(ask) = self.all.get_mut(&serial) {
            ask.stage = Stage::Sent(request);
            self.sent.insert((protocol, request), serial);
            if let Some(lane) = self.lanes.get_mut(&node) {
                lane.sent = lane.sent.saturating_add(1);
            }
        }
    }

    /// The job that an answer belongs to; `None` when it came after the deadline.
    pub(crate) fn answered(&mut self, protocol: Wire, request: OutboundRequestId) -> Option<u64> {
        let serial = *self.sent.get(&(protocol, request))?;
        self.end(serial)
    }

    /// Ends every ask to a node that was not sent yet.
    pub(crate) fn give_up(&mut self, node: NodeId) -> Vec<u64> {
        let waiting = self.lanes.get_mut(&node).map(|lane| std::mem::take(&mut lane.waiting)).unwrap_or_default();
        waiting.into_iter().filter_map(|serial| self.end(serial)).collect()
    }

    /// Ends every ask to a node.
    pub(crate) fn hang(&mut self, node: NodeId) -> Vec<u64> {
        let serials: Vec<u64> =
            self.all.iter().filter(|(_, ask)| ask.node == node).map(|(serial, _)| *serial).collect();
        serials.into_iter().filter_map(|serial| self.end(serial)).collect()
    }

    /// Ends all of them.
    pub(crate) fn clear(&mut self) -> Vec<u64> {
        self.sent.clear();
        self.lanes.clear();
        self.waiting_bytes = 0;
        std::mem::take(&mut self.all).into_values().map(|ask| ask.job).collect()
    }

    /// Ends those whose time is over, and forgets nodes to which nothing is left to say.
    pub(crate) fn expire(&mut self, now: Instant) -> Vec<u64> {
        let late: Vec<u64> =
            self.all.iter().take_while(|(_, ask)| ask.deadline <= now).map(|(serial, _)| *serial).collect();
        let jobs = late.into_iter().filter_map(|serial| self.end(serial)).collect();
        self.lanes.retain(|_, lane| !lane.is_idle() || !lane.bucket.is_full(now));
        jobs
    }

    /// When there is something to do that no event will tell of.
    pub(crate) fn wake(&self, linked: impl Fn(&NodeId) -> bool, now: Instant) -> Option<Instant> {
        let deadline = self.all.first_key_value().map(|(_, ask)| ask.deadline);
        let held_back =
            |(node, lane): &(&NodeId, &Lane)| !lane.waiting.is_empty() && lane.sent < self.window && linked(node);
        let paced = self.lanes.iter().filter(held_back).map(|(_, lane)| lane.bucket.ready(self.pace, now)).min();
        deadline.into_iter().chain(paced).min()
    }

    fn end(&mut self, serial: u64) -> Option<u64> {
        let ask = self.all.remove(&serial)?;
        let lane = self.lanes.get_mut(&ask.node);
        match ask.stage {
            Stage::Waiting(bytes) => {
                self.waiting_bytes = self.waiting_bytes.saturating_sub(bytes.len());
                if let Some(lane) = lane {
                    lane.waiting.retain(|waiting| *waiting != serial);
                }
            }
            Stage::Sent(request) => {
                self.sent.remove(&(ask.protocol, request));
                if let Some(lane) = lane {
                    lane.sent = lane.sent.saturating_sub(1);
                }
            }
        }
        Some(ask.job)
    }
}

impl Lane {
    fn new(now: Instant) -> Self {
        Self { waiting: VecDeque::new(), sent: 0, bucket: Bucket::new(now) }
    }

    fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.sent == 0
    }
}

/// Why the stack has no answer.
pub(crate) fn fault(error: &OutboundFailure) -> Fault {
    match error {
        OutboundFailure::DialFailure => Fault::Unreachable,
        OutboundFailure::Timeout => Fault::TimedOut,
        OutboundFailure::UnsupportedProtocols => Fault::Unsupported,
        OutboundFailure::ConnectionClosed | OutboundFailure::Io(_) => Fault::Closed,
    }
}

fn three_quarters(number: u32) -> u32 {
    number.saturating_sub(number.div_ceil(4)).max(1)
}
