//! Peers that speak libp2p but not by our rules.

use std::io;

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, StreamExt};
use libp2p::{
    StreamProtocol, Swarm, SwarmBuilder, noise, request_response as raw,
    swarm::{SwarmEvent, dial_opts::DialOpts},
    tcp, yamux,
};

use super::*;
use crate::{RefusedReason, identity::keypair};

/// Writes what it is given as it is, and then hangs where that is asked for.
#[derive(Clone, Default)]
struct Bytes {
    hangs: bool,
}

impl raw::Codec for Bytes {
    type Protocol = StreamProtocol;
    type Request = Vec<u8>;
    type Response = Vec<u8>;

    async fn read_request<T: AsyncRead + Unpin + Send>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
    ) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        io.read_to_end(&mut bytes).await.map(|_| bytes)
    }

    async fn read_response<T: AsyncRead + Unpin + Send>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
    ) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        io.read_to_end(&mut bytes).await.map(|_| bytes)
    }

    async fn write_request<T>(&mut self, _: &StreamProtocol, io: &mut T, bytes: Vec<u8>) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        io.write_all(&bytes).await?;
        io.flush().await?;
        if self.hangs {
            futures::future::pending::<()>().await;
        }
        Ok(())
    }

    async fn write_response<T>(&mut self, _: &StreamProtocol, io: &mut T, bytes: Vec<u8>) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        io.write_all(&bytes).await
    }
}

fn a_desk() -> Config {
    Config { desk: true, ..by_tcp() }
}

fn stranger(seed: u8, protocols: &[Wire], codec: Bytes) -> Swarm<raw::Behaviour<Bytes>> {
    let protocols = protocols.iter().map(|wire| (StreamProtocol::new(wire.name()), raw::ProtocolSupport::Full));
    let protocols: Vec<_> = protocols.collect();
    SwarmBuilder::with_existing_identity(keypair(&[seed; 32]))
        .with_tokio()
        .with_tcp(tcp::Config::default(), noise::Config::new, yamux::Config::default)
        .expect("noise")
        .with_behaviour(|_| raw::Behaviour::with_codec(codec, protocols, raw::Config::default()))
        .expect("never")
        .with_swarm_config(|config| config.with_idle_connection_timeout(PATIENCE))
        .build()
}

/// Links a stranger to a node and lets it send each of `frames`; the stranger goes on in the background.
async fn visit(node: &mut Node, seed: u8, wire: Wire, codec: Bytes, frames: &[&[u8]]) -> NodeId {
    let mut swarm = stranger(seed, &[wire], codec);
    let peer = node.id.peer().expect("a node");
    let at = node.at.iter().filter_map(Addr::multiaddr).collect();
    swarm.dial(DialOpts::peer_id(peer).addresses(at).build()).expect("a dial");
    for frame in frames {
        swarm.behaviour_mut().send_request(&peer, frame.to_vec());
    }
    tokio::spawn(async move {
        loop {
            swarm.select_next_some().await;
        }
    });
    let id = node_id(&[seed; 32]);
    assert_eq!(node.linked().await.0, id);
    id
}

#[tokio::test]
async fn garbage_on_a_stream_is_refused_and_the_node_goes_on() {
    let (mut ada, mut bob) = pair(a_desk(), Config::default()).await;
    let cases: [(&[u8], RefusedReason); 6] = [
        (b"", RefusedReason::Malformed),
        (b"\0\0", RefusedReason::Malformed),
        (b"\0\0\0\x05four", RefusedReason::Malformed),
        (b"\0\0\0\x04four and more", RefusedReason::Malformed),
        (b"GET / HTTP/1.1\r\n\r\n", RefusedReason::Oversized),
        (b"\xff\xff\xff\xff", RefusedReason::Oversized),
    ];
    let cases = cases.iter().flat_map(|case| [Wire::Mail, Wire::Desk].map(|wire| (wire, *case)));
    for (seed, (wire, (bytes, reason))) in (10..).zip(cases) {
        let id = visit(&mut ada, seed, wire, Bytes::default(), &[bytes]).await;
        assert_eq!(ada.next().await, Event::Refused { node: Some(id), reason }, "{wire:?} {bytes:?}");
    }
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn one_who_sends_only_garbage_is_told_of_once() {
    let mut ada = Node::start(1, by_tcp()).await;
    let id = visit(&mut ada, 10, Wire::Mail, Bytes::default(), &[b"\xff\xff\xff\xff".as_slice(); 20]).await;
    let told = ada.drain().await;
    assert_eq!(told, [Event::Refused { node: Some(id), reason: RefusedReason::Oversized }]);
}

#[tokio::test]
async fn a_stranger_at_the_desk_is_bounded_like_any_other() {
    let strict = Config { asks_per_node: 2, ..a_desk() };
    let (mut ada, mut bob) = pair(strict, Config::default()).await;
    let id = visit(&mut ada, 10, Wire::Desk, Bytes::default(), &[b"\0\0\0\x04four".as_slice(); 90]).await;
    let told = ada.drain().await;
    let held =
        told.iter().filter(|event| matches!(event, Event::Asked { protocol: Wire::Desk, node, .. } if *node == id));
    assert_eq!(held.count(), 2);
    assert!(told.contains(&Event::Refused { node: Some(id), reason: RefusedReason::TooMany }), "{told:?}");
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn a_node_that_is_no_desk_does_not_hear_what_customers_say() {
    let (mut ada, mut bob) = pair(by_tcp(), Config::default()).await;
    visit(&mut ada, 10, Wire::Desk, Bytes::default(), &[b"\0\0\0\x04four"]).await;
    assert_eq!(ada.drain().await, []);
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn a_frame_that_drips_is_refused() {
    let hasty = Config { read_timeout: Duration::from_millis(100), ..by_tcp() };
    let (mut ada, mut bob) = pair(hasty, Config::default()).await;
    let id = visit(&mut ada, 10, Wire::Mail, Bytes { hangs: true }, &[b"\0\0\0\x05fo"]).await;
    assert_eq!(ada.next().await, Event::Refused { node: Some(id), reason: RefusedReason::TimedOut });
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn more_streams_than_allowed_leave_the_rest_alone() {
    let (mut ada, mut bob) = pair(by_tcp(), Config::default()).await;
    let frames = [b"\0\0\0\x05fo".as_slice(); 90];
    visit(&mut ada, 10, Wire::Mail, Bytes { hangs: true }, &frames).await;
    tokio::time::sleep(SILENCE).await;
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn a_peer_without_the_protocol_is_said_to_lack_it() {
    let mut bob = Node::start(2, Config::default()).await;
    let mut swarm = stranger(10, &[Wire::Mail], Bytes::default());
    swarm.listen_on(by_tcp().listen[0].multiaddr().expect("an address")).expect("a free port");
    let at = loop {
        if let SwarmEvent::NewListenAddr { address, .. } = swarm.select_next_some().await {
            break Addr::from_multiaddr(&address).expect("an address");
        }
    };
    tokio::spawn(async move {
        loop {
            let event = swarm.select_next_some().await;
            let SwarmEvent::Behaviour(raw::Event::Message { message, .. }) = event else {
                continue;
            };
            if let raw::Message::Request { channel, .. } = message {
                let _ = swarm.behaviour_mut().send_response(channel, b"\0\0\0\x03no".to_vec());
            }
        }
    });
    let node = node_id(&[10; 32]);
    bob.tell(Command::Dial { node, at: vec![at] }).await;
    bob.tell(Command::Ask { job: 1, node, protocol: Wire::Sync, bytes: vec![1] }).await;
    assert_eq!(bob.answered().await, (1, Err(Fault::Unsupported)));
    bob.tell(Command::Ask { job: 2, node, protocol: Wire::Mail, bytes: vec![1] }).await;
    assert_eq!(bob.answered().await, (2, Err(Fault::Closed)), "a torn answer is none");
}

#[tokio::test]
async fn a_port_that_hears_no_handshake_says_so() {
    let mut ada = Node::start(1, by_tcp()).await;
    let port = ada.at[0].as_str().rsplit('/').next().expect("a port").to_owned();
    let mut socket = tokio::net::TcpStream::connect(format!("127.0.0.1:{port}")).await.expect("it listens");
    tokio::io::AsyncWriteExt::write_all(&mut socket, &[0xff; 16]).await.expect("it takes bytes");
    assert_eq!(ada.next().await, Event::Refused { node: None, reason: RefusedReason::Handshake });
}
