//! What the runtime and the network say to each other. It leaves out how: channels, tasks and the stack below.

use std::fmt;

use zeroize::Zeroizing;

use crate::{Addr, NodeId};

/// The protocols that nodes speak, one version each; an ask names one, and a peer that lacks it says so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wire {
    /// `/sesame/hello/1`: who I am, and the code that lets me in.
    Hello,
    /// `/sesame/mail/1`: letters.
    Mail,
    /// `/sesame/sync/1`: documents.
    Sync,
    /// `/sesame/desk/1`: what customers say to an organisation, each under a key of its own. A node answers it where
    /// `Config::desk` says so, and asks in it by [`Command::Relation`] alone.
    Desk,
}

impl Wire {
    /// Every protocol, in order.
    pub const ALL: [Self; 4] = [Self::Hello, Self::Mail, Self::Sync, Self::Desk];

    /// The name negotiated on a stream.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hello => "/sesame/hello/1",
            Self::Mail => "/sesame/mail/1",
            Self::Sync => "/sesame/sync/1",
            Self::Desk => "/sesame/desk/1",
        }
    }
}

/// What carries the first connection of a link.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Path {
    /// TCP with Noise and Yamux.
    Tcp,
    /// QUIC.
    Quic,
}

/// Why an ask has no answer. Only `Unreachable` and `Unsupported` prove that the peer has not acted on it: after any
/// other, it may have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, thiserror::Error)]
pub enum Fault {
    /// No link, and no dial that made one.
    #[error("the node cannot be reached")]
    Unreachable,
    /// No answer within `Config::ask_timeout`, the waiting before sending included.
    #[error("the node did not answer in time")]
    TimedOut,
    /// The link broke, or the answer was torn or malformed.
    #[error("the link closed before the answer")]
    Closed,
    /// The peer does not speak the protocol.
    #[error("the node does not speak this protocol")]
    Unsupported,
    /// The ask, or the answer that came, is larger than `Config::frame_bytes_max`.
    #[error("the frame is too large")]
    TooLarge,
    /// Too many asks are under way here, or too many answers are arriving at once: ask later.
    #[error("too much is under way")]
    Busy,
    /// The peer closed the stream without an answer.
    #[error("the node refused to answer")]
    Refused,
}

/// Why something that a peer did was turned away.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, thiserror::Error)]
pub enum RefusedReason {
    /// A frame larger than `Config::frame_bytes_max`. Also told when our own runtime tried to answer with one.
    #[error("oversized frame")]
    Oversized,
    /// Bytes that are not exactly one frame.
    #[error("malformed frame")]
    Malformed,
    /// A connection that was never one: its handshake failed, or was given up half way, as by a dialler that tries two
    /// ways at once and keeps the quicker.
    #[error("handshake not finished")]
    Handshake,
    /// More asks outstanding, or more a second, than one node may have.
    #[error("too many asks")]
    TooMany,
    /// A frame that did not arrive within `Config::read_timeout`.
    #[error("frame too slow")]
    TimedOut,
    /// A bound of this node as a whole: connections, memory, asks held, bytes arriving.
    #[error("limit of this node")]
    Limit,
}

/// What the runtime wants. A link is kept until it has been idle for ten minutes.
#[derive(Clone, PartialEq, Eq)]
pub enum Command {
    /// Link with a node. The addresses (the first eight) replace those known; none means the known ones. Answered by
    /// [`Event::Linked`] or [`Event::Unreachable`], by nothing when the link already stands or is being made.
    Dial {
        /// Whom.
        node: NodeId,
        /// Where, best first.
        at: Vec<Addr>,
    },
    /// Close every connection with a node, and end every ask to it, those of relations included.
    Hang(NodeId),
    /// Ask, and be answered exactly once by [`Event::Answered`] (not after [`Command::Stop`]). A node that is not
    /// linked is dialled where its address is known. Asks to one node go out in order, a few at a time, so that an
    /// honest node never meets its peer's bounds; the order in which they are answered is the peer's.
    Ask {
        /// Comes back with the answer; the network gives it no meaning.
        job: u64,
        /// Whom.
        node: NodeId,
        /// In which protocol. [`Wire::Desk`] is answered by [`Fault::Unsupported`] at once: under the key of this device
        /// no vendor is asked anything.
        protocol: Wire,
        /// The frame, at most `Config::frame_bytes_max` bytes.
        bytes: Vec<u8>,
    },
    /// Ask a vendor's desk under the key of one relation, and be answered exactly once by [`Event::Answered`] (not after
    /// [`Command::Stop`]). The ask gets a swarm of its own, with its own key and sockets, that lives for this ask and
    /// speaks [`Wire::Desk`] alone: links of the device are neither used nor made, nothing is told but the answer, and no
    /// address is remembered. One such ask is alive at a time; a few wait, in order; further ones are
    /// [`Fault::Busy`]. Once its turn has come it takes at most `Config::dial_timeout` and `Config::ask_timeout`
    /// together. A blocked vendor is unreachable.
    Relation {
        /// Comes back with the answer; the network gives it no meaning. Shares its numbers with [`Command::Ask`].
        job: u64,
        /// The relation's own secret (an Ed25519 seed), wiped after use. The vendor sees its public half and no other key.
        key: Zeroizing<[u8; 32]>,
        /// The vendor.
        node: NodeId,
        /// Where; the first eight are tried, by QUIC first.
        at: Vec<Addr>,
        /// The frame, at most `Config::frame_bytes_max` bytes.
        bytes: Vec<u8>,
    },
    /// Answer an [`Event::Asked`]. Harmless after the deadline, twice, or with a token that never was.
    Answer {
        /// The token of the ask.
        token: u64,
        /// The frame, at most `Config::frame_bytes_max` bytes; a larger one is refused, not cut.
        bytes: Vec<u8>,
    },
    /// Close every connection with a node and accept none, until [`Command::Unblock`]. Survives restarts of the stack,
    /// not of the process.
    Block(NodeId),
    /// Take a block back.
    Unblock(NodeId),
    /// End. Every event still on its way is dropped, and the channel of events closes.
    Stop,
    /// Panics inside the task, so that a test can see the supervisor at work.
    #[cfg(test)]
    Trip,
}

/// What happened.
#[derive(Clone, PartialEq, Eq)]
pub enum Event {
    /// An address that peers can dial, with its real port. Told again after a restart.
    Listening(Addr),
    /// The first connection with a node stands; further ones are not told. Told again when the node came back by a new
    /// connection before the old one was known to be lost: what was under way with it is lost, too.
    Linked {
        /// With whom; the key is proven, its owner is not known here.
        node: NodeId,
        /// Over what.
        path: Path,
    },
    /// The last connection with a node closed.
    Unlinked(NodeId),
    /// A dial failed, one that an ask caused included.
    Unreachable(NodeId),
    /// A node asks, and waits at most `Config::ask_timeout` for [`Command::Answer`].
    Asked {
        /// Names the ask in the answer; never used twice, across restarts either.
        token: u64,
        /// Who asks.
        node: NodeId,
        /// In which protocol.
        protocol: Wire,
        /// The frame.
        bytes: Vec<u8>,
    },
    /// The one answer to [`Command::Ask`] or [`Command::Relation`].
    Answered {
        /// The job of the ask.
        job: u64,
        /// The answer, or why there is none.
        result: Result<Vec<u8>, Fault>,
    },
    /// A peer was turned away. Told at most once a second for a node and reason; a node that goes on is cut off for a
    /// while.
    Refused {
        /// Who, where it is known.
        node: Option<NodeId>,
        /// Why.
        reason: RefusedReason,
    },
    /// The stack failed and was started again. Before it come an `Unlinked` for every link and a [`Fault::Closed`] for
    /// every ask; asks of peers that were not yet answered are gone. Asks of relations go on: they have no part in it.
    Restarted {
        /// How many times since the start of the process.
        times: u32,
    },
}

/// Bytes in a `Debug` output: their number, never what they say.
struct Length(usize);

impl fmt::Debug for Length {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.0)
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dial { node, at } => formatter.debug_struct("Dial").field("node", node).field("at", at).finish(),
            Self::Hang(node) => formatter.debug_tuple("Hang").field(node).finish(),
            Self::Ask { job, node, protocol, bytes } => formatter
                .debug_struct("Ask")
                .field("job", job)
                .field("node", node)
                .field("protocol", protocol)
                .field("bytes", &Length(bytes.len()))
                .finish(),
            // the key is not even hinted at
            Self::Relation { job, key: _, node, at, bytes } => formatter
                .debug_struct("Relation")
                .field("job", job)
                .field("node", node)
                .field("at", at)
                .field("bytes", &Length(bytes.len()))
                .finish_non_exhaustive(),
            Self::Answer { token, bytes } => {
                formatter.debug_struct("Answer").field("token", token).field("bytes", &Length(bytes.len())).finish()
            }
            Self::Block(node) => formatter.debug_tuple("Block").field(node).finish(),
            Self::Unblock(node) => formatter.debug_tuple("Unblock").field(node).finish(),
            Self::Stop => formatter.write_str("Stop"),
            #[cfg(test)]
            Self::Trip => formatter.write_str("Trip"),
        }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listening(address) => formatter.debug_tuple("Listening").field(address).finish(),
            Self::Linked { node, path } => {
                formatter.debug_struct("Linked").field("node", node).field("path", path).finish()
            }
            Self::Unlinked(node) => formatter.debug_tuple("Unlinked").field(node).finish(),
            Self::Unreachable(node) => formatter.debug_tuple("Unreachable").field(node).finish(),
            Self::Asked { token, node, protocol, bytes } => formatter
                .debug_struct("Asked")
                .field("token", token)
                .field("node", node)
                .field("protocol", protocol)
                .field("bytes", &Length(bytes.len()))
                .finish(),
            Self::Answered { job, result } => formatter
                .debug_struct("Answered")
                .field("job", job)
                .field("result", &result.as_ref().map(|bytes| Length(bytes.len())))
                .finish(),
            Self::Refused { node, reason } => {
                formatter.debug_struct("Refused").field("node", node).field("reason", reason).finish()
            }
            Self::Restarted { times } => formatter.debug_struct("Restarted").field("times", times).finish(),
        }
    }
}
