//! QUIC that checks who answers before it says who asks. libp2p's own transport takes any certificate and compares the key
//! afterwards; by then the client's certificate, and with it the relation's key, is with whoever answered. TLS 1.3 has the
//! server prove itself first (RFC 8446, section 4.4), so here the handshake ends there when the key is not the one that was
//! meant (libp2p specs, *tls*: "clients MUST verify that the peer ID derived from the certificate matches the peer ID they
//! intended to connect to"). It dials only, each time from a socket of its own.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures::{AsyncRead, AsyncWrite, FutureExt, future, future::BoxFuture};
use libp2p::{
    Multiaddr, PeerId, Transport,
    core::{
        StreamMuxer,
        muxing::{StreamMuxerBox, StreamMuxerEvent},
        transport::{Boxed, DialOpts, ListenerId, TransportError, TransportEvent},
    },
    identity::Keypair,
    multiaddr::Protocol,
    tls,
};
use quinn::{RecvStream, SendStream, VarInt, crypto::rustls::QuicClientConfig};

use crate::config::{QUIC_CONNECTION_BYTES_MAX, QUIC_STREAM_BYTES_MAX, STREAMS_MAX};

/// A transport that reaches one node and no other; `None` when the key could sign no certificate.
pub(super) fn transport(own: &Keypair, peer: PeerId) -> Option<Boxed<(PeerId, StreamMuxerBox)>> {
    let pinned = tls::make_client_config(own, Some(peer)).ok()?;
    let mut client = quinn::ClientConfig::new(Arc::new(QuicClientConfig::try_from(pinned).ok()?));
    client.transport_config(Arc::new(settings()));
    Some(Pinned { client, peer }.map(|(peer, muxer), _| (peer, StreamMuxerBox::new(muxer))).boxed())
}

/// What libp2p's transport says in its first packet, with the bounds of the device's swarm: whoever looks on should not tell
/// the two apart by them.
fn settings() -> quinn::TransportConfig {
    let mut settings = quinn::TransportConfig::default();
    settings
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .max_concurrent_bidi_streams(u32::try_from(STREAMS_MAX).map_or(VarInt::MAX, VarInt::from_u32))
        .datagram_receive_buffer_size(None)
        .keep_alive_interval(Some(Duration::from_secs(5)))
        .max_idle_timeout(Some(VarInt::from_u32(10_000).into()))
        .allow_spin(false)
        .stream_receive_window(QUIC_STREAM_BYTES_MAX.into())
        .receive_window(QUIC_CONNECTION_BYTES_MAX.into());
    settings
}

struct Pinned {
    client: quinn::ClientConfig,
    peer: PeerId,
}

impl Transport for Pinned {
    type Output = (PeerId, Muxer);
    type Error = io::Error;
    type ListenerUpgrade = future::Pending<io::Result<Self::Output>>;
    type Dial = BoxFuture<'static, io::Result<Self::Output>>;

    fn listen_on(&mut self, _: ListenerId, address: Multiaddr) -> Result<(), TransportError<io::Error>> {
        Err(TransportError::MultiaddrNotSupported(address))
    }

    fn remove_listener(&mut self, _: ListenerId) -> bool {
        false
    }

    fn dial(&mut self, address: Multiaddr, _: DialOpts) -> Result<Self::Dial, TransportError<io::Error>> {
        let Some(there) = place(&address) else {
            return Err(TransportError::MultiaddrNotSupported(address));
        };
        let (client, peer) = (self.client.clone(), self.peer);
        let dial = async move {
            let here: IpAddr =
                if there.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
            let endpoint = quinn::Endpoint::client((here, 0).into())?;
            // libp2p names no server, and this is how its transport does so
            let dialled = endpoint.connect_with(client, there, "l").map_err(io::Error::other)?;
            Ok((peer, Muxer { connection: dialled.await?, coming: None, going: None }))
        };
        Ok(dial.boxed())
    }

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<TransportEvent<Self::ListenerUpgrade, io::Error>> {
        Poll::Pending
    }
}

/// The socket address of `/ip4|ip6/…/udp/…/quic-v1`, with or without the node's name after it.
fn place(address: &Multiaddr) -> Option<SocketAddr> {
    let mut parts = address.iter();
    let ip: IpAddr = match parts.next()? {
        Protocol::Ip4(ip) => ip.into(),
        Protocol::Ip6(ip) => ip.into(),
        _ => return None,
    };
    match (parts.next()?, parts.next()?) {
        (Protocol::Udp(port), Protocol::QuicV1) if port != 0 => Some((ip, port).into()),
        _ => None,
    }
}

/// One connection as libp2p sees it.
struct Muxer {
    connection: quinn::Connection,
    coming: Option<Opening>,
    going: Option<Opening>,
}

type Opening = BoxFuture<'static, Result<(SendStream, RecvStream), quinn::ConnectionError>>;

impl StreamMuxer for Muxer {
    type Substream = Stream;
    type Error = io::Error;

    fn poll_inbound(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<Stream>> {
        let Self { connection, coming, .. } = self.get_mut();
        let connection = connection.clone();
        open(coming, || async move { connection.accept_bi().await }.boxed(), context)
    }

    fn poll_outbound(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<Stream>> {
        let Self { connection, going, .. } = self.get_mut();
        let connection = connection.clone();
        open(going, || async move { connection.open_bi().await }.boxed(), context)
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.connection.close(VarInt::from_u32(0), &[]);
        Poll::Ready(Ok(()))
    }

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<StreamMuxerEvent>> {
        Poll::Pending
    }
}

fn open(
    opening: &mut Option<Opening>,
    start: impl FnOnce() -> Opening,
    context: &mut Context<'_>,
) -> Poll<io::Result<Stream>> {
    let opened = ready!(opening.get_or_insert_with(start).poll_unpin(context));
    *opening = None;
    let (send, receive) = opened?;
    Poll::Ready(Ok(Stream { send, receive, is_closed: false }))
}

/// Both halves of a stream.
struct Stream {
    send: SendStream,
    receive: RecvStream,
    is_closed: bool,
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut [u8]) -> Poll<io::Result<usize>> {
        AsyncRead::poll_read(Pin::new(&mut self.receive), context, into)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        AsyncWrite::poll_write(Pin::new(&mut self.send), context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        AsyncWrite::poll_flush(Pin::new(&mut self.send), context)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // closing twice is an error below and none above
        if !std::mem::replace(&mut self.is_closed, true) {
            return AsyncWrite::poll_close(Pin::new(&mut self.send), context);
        }
        Poll::Ready(Ok(()))
    }
}
