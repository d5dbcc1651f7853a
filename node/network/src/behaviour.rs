//! The stack: transports, limits, and one request-response behaviour for each protocol. It leaves out what is done with
//! their events.

use std::{panic::AssertUnwindSafe, pin::Pin};

use futures::FutureExt;
use libp2p::{
    StreamProtocol, Swarm, SwarmBuilder, allow_block_list, identity::Keypair, memory_connection_limits, noise, ping,
    request_response as ask, swarm, swarm::behaviour::toggle::Toggle, tcp, yamux,
};
use tokio::sync::mpsc;

use crate::{
    Config, Wire,
    codec::Codec,
    config::{MEMORY_SHARE_MAX, QUIC_CONNECTION_BYTES_MAX, QUIC_STREAM_BYTES_MAX, STREAMS_MAX},
    door::Door,
    supervisor::Error,
};

/// All that the node speaks. The limits stand first: what they deny, the others never see.
#[derive(swarm::NetworkBehaviour)]
#[behaviour(prelude = "libp2p::swarm::derive_prelude")]
pub(crate) struct Behaviour {
    pub(crate) door: Door,
    pub(crate) memory: memory_connection_limits::Behaviour,
    pub(crate) blocked: allow_block_list::Behaviour<allow_block_list::BlockedPeers>,
    pub(crate) ping: ping::Behaviour,
    pub(crate) hello: ask::Behaviour<Codec>,
    pub(crate) mail: ask::Behaviour<Codec>,
    pub(crate) sync: ask::Behaviour<Codec>,
    /// Only where the node is a desk, and even there it only answers.
    pub(crate) desk: Toggle<ask::Behaviour<Codec>>,
}

impl Behaviour {
    /// The behaviour of one protocol, `None` for the desk of a node that has none. There is one for each, because one
    /// with several protocols would let the answering side choose between them.
    pub(crate) fn wire(&mut self, protocol: Wire) -> Option<&mut ask::Behaviour<Codec>> {
        match protocol {
            Wire::Hello => Some(&mut self.hello),
            Wire::Mail => Some(&mut self.mail),
            Wire::Sync => Some(&mut self.sync),
            Wire::Desk => self.desk.as_mut(),
        }
    }
}

/// A swarm that listens nowhere yet. A panic in the task of one of its connections is told through `trouble`, because the
/// swarm itself would never hear of it and keep the connection for ever.
pub(crate) fn build(key: &Keypair, config: &Config, trouble: mpsc::Sender<()>) -> Result<Swarm<Behaviour>, Error> {
    let codec = Codec::new(config);
    // long enough that the deadlines of `asks` and `inbox`, which are told of, always come first
    let timeout = config.ask_timeout.saturating_add(config.arrival_timeout());
    let wire = |protocol: Wire, support: ask::ProtocolSupport| {
        let settings = ask::Config::default().with_request_timeout(timeout).with_max_concurrent_streams(STREAMS_MAX);
        let protocols = [(StreamProtocol::new(protocol.name()), support)];
        ask::Behaviour::with_codec(codec.clone(), protocols, settings)
    };
    let behaviour = Behaviour {
        door: Door::new(config.connections_per_address),
        memory: memory_connection_limits::Behaviour::with_max_percentage(MEMORY_SHARE_MAX),
        blocked: allow_block_list::Behaviour::default(),
        ping: ping::Behaviour::default(),
        hello: wire(Wire::Hello, ask::ProtocolSupport::Full),
        mail: wire(Wire::Mail, ask::ProtocolSupport::Full),
        sync: wire(Wire::Sync, ask::ProtocolSupport::Full),
        desk: config.desk.then(|| wire(Wire::Desk, ask::ProtocolSupport::Inbound)).into(),
    };
    let swarm = SwarmBuilder::with_existing_identity(key.clone())
        .with_tokio()
        .with_tcp(tcp::Config::default().nodelay(true), noise::Config::new, streams)
        .map_err(|_| Error::Noise)?
        .with_quic_config(|mut quic| {
            quic.max_concurrent_stream_limit = u32::try_from(STREAMS_MAX).unwrap_or(u32::MAX);
            quic.max_stream_data = QUIC_STREAM_BYTES_MAX;
            quic.max_connection_data = QUIC_CONNECTION_BYTES_MAX;
            quic.handshake_timeout = config.dial_timeout;
            quic
        })
        .with_behaviour(|_| behaviour)
        .map_err(|never| match never {})?
        .with_swarm_config(|_| {
            swarm::Config::with_executor(executor(trouble))
                .with_idle_connection_timeout(config.idle_timeout)
                .with_max_negotiating_inbound_streams(STREAMS_MAX)
                .with_smart_dial()
        })
        .with_connection_timeout(config.dial_timeout)
        .build();
    Ok(swarm)
}

pub(crate) fn streams() -> yamux::Config {
    let mut config = yamux::Config::default();
    // both directions count together here
    config.set_max_num_streams(STREAMS_MAX.saturating_mul(2));
    config
}

/// Runs the tasks of connections, and tells when one of them panicked.
pub(crate) fn executor(
    trouble: mpsc::Sender<()>,
) -> impl Fn(Pin<Box<dyn Future<Output = ()> + Send>>) + Send + 'static {
    move |task| {
        let trouble = trouble.clone();
        tokio::spawn(async move {
            if AssertUnwindSafe(task).catch_unwind().await.is_err() {
                // one place is enough: the first report restarts everything
                let _ = trouble.try_send(());
            }
        });
    }
}
