//! What may be set, and the bounds that may not, each with its reason. It leaves out the bounds of what the bytes mean.

use std::time::Duration;

use crate::Addr;

/// How a network is set up; `Default` listens nowhere and otherwise suits a node at home.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; empty: nowhere, and the node only dials. Port 0 takes a free one, and keeps it over restarts of
    /// the stack.
    pub listen: Vec<Addr>,
    /// Where the node listened the last time. The ports of these are taken before any free one is, so that a node whose
    /// peers know its address is found there again.
    pub before: Vec<Addr>,
    /// Largest frame, asks and answers alike, in bytes; at most [`FRAME_BYTES_CEILING`].
    pub frame_bytes_max: usize,
    /// How long an ask may take, waiting and sending included; and how long an answer to a peer may take.
    pub ask_timeout: Duration,
    /// How long the frame of a peer's ask may take to arrive; at most three quarters of `ask_timeout` is used.
    pub read_timeout: Duration,
    /// How long a dial may take, and a connection that comes in may negotiate.
    pub dial_timeout: Duration,
    /// How long a connection without any stream is kept.
    pub idle_timeout: Duration,
    /// How old a connection has to be for a new one from the same node to replace it: longer than two nodes that dial each
    /// other at once may differ.
    pub replaced_after: Duration,
    /// Asks of one node that may be outstanding here at once; it is also how many this node sends at once. Between 1 and
    /// 24 are used, since Yamux closes a connection that opens more streams than it may.
    pub asks_per_node: usize,
    /// Asks that one node may make at a burst.
    pub asks_burst: u32,
    /// Asks a second that one node may make for long. This node paces itself at three quarters of both.
    pub asks_per_second: u32,
    /// Connections from one IPv4 address or one IPv6 /64, pending and established.
    pub connections_per_address: usize,
    /// Whether the node answers customers ([`crate::Wire::Desk`]). One that does not never negotiates the protocol.
    pub desk: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: Vec::new(),
            before: Vec::new(),
            frame_bytes_max: 1 << 20,
            ask_timeout: Duration::from_secs(30),
            read_timeout: Duration::from_secs(10),
            dial_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_mins(10),
            replaced_after: Duration::from_secs(2),
            asks_per_node: 8,
            asks_burst: 64,
            asks_per_second: 16,
            connections_per_address: 64,
            desk: false,
        }
    }
}

impl Config {
    /// Puts the ports of the last time where any free one would do, as far as nobody else has them by now.
    pub(crate) fn settle(&mut self) {
        for wish in &mut self.listen {
            let known = self.before.iter().filter_map(|before| wish.at_port_of(before));
            if let Some(free) = known.into_iter().find(|address| address.probe().is_ok()) {
                *wish = free;
            }
        }
    }

    /// Asks outstanding with one node, each way.
    pub(crate) fn window(&self) -> usize {
        self.asks_per_node.clamp(1, WINDOW_MAX)
    }

    /// The time that a peer's ask has to arrive in: below `ask_timeout`, or the stack would drop the stream first and
    /// nobody would learn of it.
    pub(crate) fn arrival_timeout(&self) -> Duration {
        let most = self.ask_timeout.saturating_mul(3).checked_div(4).unwrap_or(self.ask_timeout);
        self.read_timeout.min(most)
    }
}

/// Highest value of [`Config::frame_bytes_max`], in bytes: a quarter of [`ARRIVING_BYTES_MAX`], so that one frame never
/// takes all the room.
pub const FRAME_BYTES_CEILING: usize = 16 << 20;

/// Bytes of asks that are arriving or not yet answered, over all nodes; as many again for answers. What a flood of
/// strangers can hold.
pub(crate) const ARRIVING_BYTES_MAX: usize = 64 << 20;

/// Asks of peers held at once, over all nodes.
pub(crate) const HELD_MAX: usize = 256;

/// Asks of the runtime under way at once. Reached only by a runtime that does not wait for answers.
pub(crate) const ASKS_MAX: usize = 1024;

/// Bytes of asks that wait to be sent, over all nodes.
pub(crate) const ASKS_BYTES_MAX: usize = 64 << 20;

/// Connections with one node: two that dial each other by TCP and QUIC at once make four.
pub(crate) const CONNECTIONS_PER_NODE: usize = 4;

/// Connections that came in.
pub(crate) const INCOMING_MAX: usize = 256;

/// Connections that were dialled.
pub(crate) const OUTGOING_MAX: usize = 256;

/// Connections that are still negotiating, for each direction: where a stranger costs most and has proven nothing.
pub(crate) const PENDING_MAX: usize = 64;

/// Streams of one connection, each way: the window, ping, and a little slack. It also bounds what Yamux buffers: 256 KiB
/// a stream.
pub(crate) const STREAMS_MAX: usize = 32;

/// Asks outstanding with one node, each way: three quarters of [`STREAMS_MAX`], so that both directions and ping fit.
pub(crate) const WINDOW_MAX: usize = 24;

/// Unread bytes of one QUIC connection. QUIC's own default is 15 MB, too much for 256 strangers.
pub(crate) const QUIC_CONNECTION_BYTES_MAX: u32 = 4 << 20;

/// Unread bytes of one QUIC stream.
pub(crate) const QUIC_STREAM_BYTES_MAX: u32 = 1 << 20;

/// Part of the machine's memory above which the process takes no new connection.
pub(crate) const MEMORY_SHARE_MAX: f64 = 0.5;

/// Nodes whose addresses are remembered.
pub(crate) const BOOK_NODES_MAX: usize = 4096;

/// Addresses remembered of one node.
pub(crate) const BOOK_ADDRESSES_MAX: usize = 8;

/// Asks of relations that wait while one is alive: a few, since each may take as long as a dial and an ask.
pub(crate) const RELATIONS_WAITING_MAX: usize = 4;

/// How long the connection of a relation may take to close before it is cut.
pub(crate) const RELATION_CLOSING: Duration = Duration::from_secs(1);

/// Nodes whose rate is remembered, linked or not.
pub(crate) const GATES_MAX: usize = 4096;

/// Nodes that are cut off for a while.
pub(crate) const COOLED_MAX: usize = 1024;

/// How long a node that will not stop is cut off.
pub(crate) const COOLING: Duration = Duration::from_mins(1);

/// Refusals that one node may cause at a burst before it is cut off; after that, one a second.
pub(crate) const REFUSALS_BURST: u32 = 64;

/// Commands that wait for the task.
pub(crate) const COMMANDS_MAX: usize = 256;

/// Events that wait for the runtime.
pub(crate) const EVENTS_MAX: usize = 128;

/// Events beyond those of the channel at which nothing more is read from the network.
pub(crate) const OUTBOX_SOFT_MAX: usize = 16;

/// Events beyond those of the channel at which no command is taken either.
pub(crate) const OUTBOX_MAX: usize = 1024;

/// First pause before the stack is started again; it doubles each time.
pub(crate) const BACK_OFF_FIRST: Duration = Duration::from_millis(50);

/// Longest pause: a node must be back within five seconds.
pub(crate) const BACK_OFF_LAST: Duration = Duration::from_secs(3);

/// A stack that held this long is taken for healthy, and the pauses begin anew.
pub(crate) const HEALTHY: Duration = Duration::from_mins(1);
