//! Accepts connections on loopback and hands their requests to a router, within bounds: whose they are, connections,
//! header size, header time, time to take an answer. Bodies are bounded by the router.
//!
//! When all places are taken, the connection that has waited longest *between* requests is closed for the new one.
//! So five hundred connections that send nothing, or a byte a second, push one another out and never the person.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use futures::FutureExt;
use hyper::body::{Frame, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tower::ServiceExt;

use super::owner;
use super::patience::Patience;

/// Connections at once.
pub(crate) const CONNECTIONS_MAX: usize = 64;

/// The largest head of a request, in bytes.
pub(crate) const HEADER_BYTES_MAX: usize = 16 * 1024;

/// How long the head of a request may take to arrive. Also how long a connection may rest between two requests.
pub(crate) const HEADER_TIME_MAX: Duration = Duration::from_secs(10);

/// How long an answer may wait for its caller to take any of it. A browser that is busy takes seconds.
const TAKING_TIME_MAX: Duration = Duration::from_secs(30);

/// Headers of a request at most.
const HEADERS_MAX: usize = 64;

/// How long to wait when the system has no place for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves `router` until the future is dropped, which closes every connection.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    let mut tasks = JoinSet::new();
    let places = Places::default();
    let mut number = 0_u64;
    loop {
        let callers = match callers(&listener).await {
            Ok(callers) => callers,
            Err(error) => {
                tracing::debug!(%error, "no connection accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        // Before a place is given: who is not let in can neither fill nor empty the places.
        for stream in owner::ours(callers).await {
            while tasks.try_join_next().is_some() {}
            if !places.make_room() {
                continue;
            }
            number += 1;
            let is_busy = Arc::new(AtomicBool::new(false));
            let place = Place { number, places: places.clone() };
            let stream = Patience::new(stream, TAKING_TIME_MAX);
            // The list stays locked until the connection is in it: one that ends at once takes itself out afterwards.
            let mut open = places.open();
            let handle = tasks.spawn(converse(stream, router.clone(), Arc::clone(&is_busy), place));
            open.insert(number, Taken { handle, is_busy });
        }
    }
}

/// The next caller, and those who wait behind, so that one look tells whose they all are.
async fn callers(listener: &TcpListener) -> std::io::Result<Vec<TcpStream>> {
    let mut callers = vec![listener.accept().await?.0];
    while callers.len() < CONNECTIONS_MAX
        && let Some(Ok((stream, _))) = listener.accept().now_or_never()
    {
        callers.push(stream);
    }
    Ok(callers)
}

/// Speaks HTTP/1.1 on one connection until either side has enough.
async fn converse<S>(stream: Patience<S>, router: Router, is_busy: Arc<AtomicBool>, _place: Place)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let router = router.clone();
        let busy = Busy::new(&is_busy);
        async move {
            let answer = router.oneshot(request.map(Body::new)).await;
            answer.map(|response| response.map(|body| Answer { body, _busy: busy }))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME_MAX)
        .max_header_size(HEADER_BYTES_MAX)
        .max_headers(HEADERS_MAX)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::trace!(%error, "connection ended");
    }
}

/// A body that keeps its connection busy until it was sent whole, such as a stream of events.
struct Answer {
    body: Body,
    _busy: Busy,
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Marks a connection as busy with a request while it lives.
struct Busy(Arc<AtomicBool>);

impl Busy {
    fn new(flag: &Arc<AtomicBool>) -> Self {
        flag.store(true, Ordering::Relaxed);
        Self(Arc::clone(flag))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// The connections that are open, by age.
#[derive(Clone, Default)]
struct Places(Arc<Mutex<BTreeMap<u64, Taken>>>);

struct Taken {
    handle: AbortHandle,
    is_busy: Arc<AtomicBool>,
}

impl Places {
    /// Makes sure that one more connection has a place; says no when all are busy with a request.
    fn make_room(&self) -> bool {
        let mut open = self.open();
        if open.len() < CONNECTIONS_MAX {
            return true;
        }
        let resting = open.iter().find(|(_, taken)| !taken.is_busy.load(Ordering::Relaxed)).map(|(number, _)| *number);
        resting.and_then(|number| open.remove(&number)).map(|taken| taken.handle.abort()).is_some()
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Taken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives a connection's place back when it ends, however it ends.
struct Place {
    number: u64,
    places: Places,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.open().remove(&self.number);
    }
}

#[cfg(test)]
mod tests;
