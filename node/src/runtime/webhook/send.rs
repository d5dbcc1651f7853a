//! One message to one receiver, over HTTP/1.1. A connection a message, which ends with the answer's head: nothing of its body
//! is read. No redirect is followed and no proxy is asked; nothing of the message or the address is in any error.
//!
//! TLS trusts whom this system trusts, so that an organisation's own authority works, and one that is struck off goes with the
//! system's next update. Weighed: Mozilla's list inside the program, which is right only until the next release.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use hyper::{HeaderMap, Request};
use hyper_util::rt::TokioIo;
use sesame_engine::desk::webhook::{Address, Failure, Message, Outcome};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

/// How long finding a host, and then each of its addresses, may take.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(5);
/// How long a message may take from its first byte to the head of the answer: what receivers are told that they have
/// (Standard Webhooks 1.0.0, *Request timeouts*).
const WHOLE_TIME_MAX: Duration = Duration::from_secs(15);
/// Bytes of an answer's head, and of what is read besides it.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// Addresses of one host that are tried: one of each kind, and one more.
const TRIED_MAX: usize = 3;

/// Who carries messages. One at a time goes through its hands, by whoever holds it.
pub(crate) struct Courier {
    connect: Duration,
    whole: Duration,
    trusted: OnceCell<Option<TlsConnector>>,
}

impl Courier {
    /// One that is in no hurry, and trusts whom the system trusts.
    pub(in crate::runtime) fn new() -> Self {
        Self { connect: CONNECT_TIME_MAX, whole: WHOLE_TIME_MAX, trusted: OnceCell::new() }
    }

    /// Sends a message and waits for what the receiver says.
    pub(in crate::runtime) async fn send(&self, message: &Message) -> Outcome {
        let sent = timeout(self.whole, self.exchange(message)).await;
        sent.unwrap_or(Err(Failure::Late)).unwrap_or_else(|why| Outcome::Failed { why, pause: None })
    }

    async fn exchange(&self, message: &Message) -> Result<Outcome, Failure> {
        let address = &message.address;
        let stream = self.dial(address).await?;
        if address.is_plain() {
            return converse(stream, message).await;
        }
        let trusted = self.trusted.get_or_init(trust).await.as_ref().ok_or(Failure::Untrusted)?;
        let name = ServerName::try_from(address.host()).map_err(|_| Failure::Untrusted)?;
        let stream = trusted.connect(name, stream).await.map_err(|error| distrust(&error))?;
        converse(stream, message).await
    }

    /// A connection to the first address of the host that answers.
    async fn dial(&self, address: &Address) -> Result<TcpStream, Failure> {
        let found = timeout(self.connect, tokio::net::lookup_host((address.host(), address.port())));
        let found = found.await.map_err(|_| Failure::Unresolved)?.map_err(|_| Failure::Unresolved)?;
        // Whatever a name server says: what is not sealed does not leave this machine.
        let is_meant = |found: &SocketAddr| !address.is_plain() || found.ip().is_loopback();
        let mut failure = Failure::Unresolved;
        for one in found.filter(is_meant).take(TRIED_MAX) {
            match timeout(self.connect, TcpStream::connect(one)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(_)) | Err(_) => failure = Failure::Unreachable,
            }
        }
        Err(failure)
    }
}

/// Sends the message and reads the head of the answer.
async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin + Send, message: &Message) -> Result<Outcome, Failure> {
    let request = request(message).map_err(|_| Failure::Broken)?;
    let shaken = http1::Builder::new().max_buf_size(HEAD_BYTES_MAX).handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = shaken.map_err(|_| Failure::Broken)?;
    let mut connection = pin!(connection);
    let mut answer = pin!(sender.send_request(request));
    let answer = tokio::select! {
        biased;
        answer = &mut answer => answer,
        // It ended: what it brought is there by now.
        _ = &mut connection => answer.await,
    };
    let answer = answer.map_err(|_| Failure::Broken)?;
    if answer.status().is_success() {
        return Ok(Outcome::Taken);
    }
    let why = Failure::Status(answer.status().as_u16());
    Ok(Outcome::Failed { why, pause: pause(answer.headers()) })
}

fn request(message: &Message) -> hyper::http::Result<Request<Full<Bytes>>> {
    let seconds = message.seconds.to_string();
    let headers = [
        ("webhook-id", message.id.as_str()),
        ("webhook-timestamp", seconds.as_str()),
        ("webhook-signature", message.signature.as_str()),
    ];
    let request = Request::post(message.address.target())
        .header(HOST, message.address.authority())
        .header(USER_AGENT, "sesame")
        .header(CONTENT_TYPE, "application/json")
        .header(CONNECTION, "close");
    let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
    request.body(Full::new(Bytes::from(message.body.clone())))
}

/// The pause that a receiver asks for, in seconds (RFC 9110, section 10.2.3). A date is not read: clocks differ.
fn pause(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse::<u32>().ok()?;
    Some(Duration::from_secs(u64::from(seconds)))
}

/// Why a secure connection came to nothing.
fn distrust(error: &std::io::Error) -> Failure {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match inner {
        Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) => Failure::Untrusted,
        _ => Failure::Broken,
    }
}

/// What the system trusts; nothing when it says nothing.
async fn trust() -> Option<TlsConnector> {
    let found = tokio::task::spawn_blocking(rustls_native_certs::load_native_certs).await.ok()?;
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added == 0 {
        tracing::warn!("this system names nobody whom https may trust");
        return None;
    }
    trusting(roots)
}

fn trusting(roots: RootCertStore) -> Option<TlsConnector> {
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().ok()?;
    Some(TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth())))
}

#[cfg(test)]
mod tests;
