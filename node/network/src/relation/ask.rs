//! One ask of one relation, from a swarm that is made for it: the relation's key, fresh sockets, one protocol, outbound
//! only, and nothing that listens, pings or introduces itself. Nothing of the node can leak through what is not there. It
//! leaves out what a network address tells: two vendors that compare those still see one household.

use std::time::Duration;

use futures::StreamExt;
use libp2p::{
    Multiaddr, PeerId, StreamProtocol, Swarm, Transport,
    core::{muxing::StreamMuxerBox, transport::Boxed, upgrade},
    identity::Keypair,
    multiaddr::Protocol,
    noise,
    request_response::{self, Message, ProtocolSupport},
    swarm::{self, SwarmEvent, dial_opts::DialOpts},
    tcp,
};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout, timeout_at},
};

use super::{Relation, quic};
use crate::{
    Addr, Config, Fault, Wire,
    asks::fault,
    behaviour::{executor, streams},
    codec::{Codec, Flaw, Frame, Parcel},
    config::{BOOK_ADDRESSES_MAX, RELATION_CLOSING, STREAMS_MAX},
    identity,
};

/// What every ask of a relation is bounded by.
#[derive(Clone)]
pub(crate) struct Bounds {
    codec: Codec,
    frame_bytes_max: usize,
    dial_timeout: Duration,
    ask_timeout: Duration,
}

impl Bounds {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            codec: Codec::new(config),
            frame_bytes_max: config.frame_bytes_max,
            dial_timeout: config.dial_timeout,
            ask_timeout: config.ask_timeout,
        }
    }

    pub(crate) fn frame_bytes_max(&self) -> usize {
        self.frame_bytes_max
    }
}

/// Dials, asks and closes. Takes no longer than a dial and an ask together; whatever it started ends with it.
pub(crate) async fn ask(relation: Relation, bounds: Bounds) -> Result<Vec<u8>, Fault> {
    let Relation { job: _, key, node, at, bytes } = relation;
    let started = Instant::now();
    let until = |length: Duration| started.checked_add(length).unwrap_or(started);
    let peer = node.peer().ok_or(Fault::Unreachable)?;
    let own = identity::keypair(&key);
    drop(key);
    let mut link = dial(&own, peer, &at, &bounds, until(bounds.dial_timeout)).await.ok_or(Fault::Unreachable)?;
    #[cfg(test)]
    assert!(bytes != TRIP, "tripped by a test");
    let over = until(bounds.dial_timeout.saturating_add(bounds.ask_timeout));
    let answer = timeout_at(over, timeout(bounds.ask_timeout, link.exchange(bytes))).await;
    let answer = answer.ok().and_then(Result::ok).unwrap_or(Err(Fault::TimedOut));
    // the next relation's swarm is made only when the vendor sees this one gone
    let _ = timeout_at(over, timeout(RELATION_CLOSING, link.close())).await;
    answer
}

/// Links by QUIC where that is possible. By TCP only where it is not, and for this reason: Noise (pattern XX, libp2p specs,
/// *noise*) has the dialler prove its key before it has compared the key of whoever answers with the one that was meant, so
/// that who took over the vendor's address learns the key of the relation that asks, though not what it asks.
async fn dial(own: &Keypair, peer: PeerId, at: &[Addr], bounds: &Bounds, until: Instant) -> Option<Link> {
    let places = at.iter().take(BOOK_ADDRESSES_MAX).filter_map(Addr::multiaddr);
    let (quic, tcp): (Vec<_>, Vec<_>) = places.partition(|place| place.iter().any(|part| part == Protocol::QuicV1));
    let now = Instant::now();
    // a wall that swallows QUIC must leave time for the other way
    let share = until.saturating_duration_since(now).checked_div(if tcp.is_empty() { 1 } else { 2 });
    let quic_until = share.and_then(|share| now.checked_add(share)).unwrap_or(until);
    if !quic.is_empty()
        && let by_quic = Link::make(quic::transport(own, peer)?, own, peer, quic, bounds)
        && let Ok(Some(link)) = timeout_at(quic_until, by_quic).await
    {
        return Some(link);
    }
    timeout_at(until, Link::make(by_tcp(own)?, own, peer, tcp, bounds)).await.ok().flatten()
}

/// What the device's swarm speaks over TCP, under the relation's key. Without a listener each dial has a new port.
fn by_tcp(own: &Keypair) -> Option<Boxed<(PeerId, StreamMuxerBox)>> {
    let noise = noise::Config::new(own).ok()?;
    let sockets = tcp::tokio::Transport::new(tcp::Config::default().nodelay(true));
    let secured = sockets.upgrade(upgrade::Version::V1Lazy).authenticate(noise);
    Some(secured.multiplex(streams()).map(|(peer, muxer), _| (peer, StreamMuxerBox::new(muxer))).boxed())
}

/// A connection with the vendor, and the swarm that exists for it.
struct Link {
    swarm: Swarm<request_response::Behaviour<Codec>>,
    peer: PeerId,
    /// Tells that the task of the connection panicked, which the swarm would never hear of.
    trouble: mpsc::Receiver<()>,
}

impl Link {
    /// Makes a swarm that knows one way to reach a node, and links with the node; `None` when it cannot be reached so.
    async fn make(
        way: Boxed<(PeerId, StreamMuxerBox)>,
        own: &Keypair,
        peer: PeerId,
        at: Vec<Multiaddr>,
        bounds: &Bounds,
    ) -> Option<Self> {
        // longer than the deadline above, which is the one that counts
        let timeout = bounds.ask_timeout.saturating_mul(2);
        let settings = request_response::Config::default().with_request_timeout(timeout);
        let protocols = [(StreamProtocol::new(Wire::Desk.name()), ProtocolSupport::Outbound)];
        let behaviour = request_response::Behaviour::with_codec(bounds.codec.clone(), protocols, settings);
        let (alarm, trouble) = mpsc::channel(1);
        let config = swarm::Config::with_executor(executor(alarm)).with_max_negotiating_inbound_streams(STREAMS_MAX);
        let swarm = Swarm::new(way, behaviour, own.public().to_peer_id(), config);
        let mut link = Self { swarm, peer, trouble };
        link.swarm.dial(DialOpts::peer_id(peer).addresses(at).allocate_new_port().build()).ok()?;
        loop {
            match link.next().await? {
                SwarmEvent::ConnectionEstablished { .. } => return Some(link),
                SwarmEvent::OutgoingConnectionError { .. } => return None,
                _ => {}
            }
        }
    }

    async fn exchange(&mut self, bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
        self.swarm.behaviour_mut().send_request(&self.peer, Ok(Frame::ours(bytes)));
        loop {
            match self.next().await.ok_or(Fault::Closed)? {
                SwarmEvent::Behaviour(Event::Message { message: Message::Response { response, .. }, .. }) => {
                    return response.map(|frame| frame.bytes).map_err(Flaw::fault);
                }
                SwarmEvent::Behaviour(Event::OutboundFailure { error, .. }) => return Err(fault(&error)),
                _ => {}
            }
        }
    }

    /// Closes the connection in order, so that the vendor hears of it at once.
    async fn close(&mut self) {
        if self.swarm.disconnect_peer_id(self.peer).is_err() {
            return;
        }
        while let Some(event) = self.next().await {
            if matches!(event, SwarmEvent::ConnectionClosed { num_established: 0, .. }) {
                return;
            }
        }
    }

    /// What happens next; `None` when the connection's task panicked.
    async fn next(&mut self) -> Option<SwarmEvent<Event>> {
        tokio::select! {
            event = self.swarm.select_next_some() => Some(event),
            _ = self.trouble.recv() => None,
        }
    }
}

type Event = request_response::Event<Parcel, Parcel>;

/// The ask that makes its task panic.
#[cfg(test)]
pub(crate) const TRIP: &[u8] = b"trip the relation";
