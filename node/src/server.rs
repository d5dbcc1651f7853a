//! The two listeners of the local API: loopback for the page, a Unix socket for the command line. Only the user that
//! runs the node may use the socket; loopback is guarded, because every page of every browser can reach it.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use sesame_api::{Code, Problem};
use tokio::net::{TcpListener, UnixListener, UnixStream};
use tokio::signal::unix::{SignalKind, signal};

use crate::app::App;
use crate::http::{self, Guard};
use crate::{pages, routes};

/// The listeners, bound but not yet served.
pub(crate) struct Listeners {
    loopback: TcpListener,
    socket: UnixListener,
    port: u16,
    claim: Claim,
}

/// The socket's name in the file system, which one node at a time may give and take away: the one that holds the lock.
/// Without it a node that ends would take the name from the one that came after it.
struct Claim {
    path: PathBuf,
    /// Released when it is dropped, which is after the name was taken away.
    _lock: File,
}

/// How long the last answers may take once the node is told to stop.
const FAREWELL: Duration = Duration::from_millis(200);

/// How often a lock is tried for, and the pause between two tries: a node that answers no more is about to let it go.
const TRIES: u32 = 20;
const TRY_PAUSE: Duration = Duration::from_millis(50);

/// The lock file holds a number; more than this is not ours.
const LOCK_BYTES_MAX: u64 = 32;

/// Makes the folders of the node, for its user alone, and binds both listeners. A port that is taken is an error:
/// never another one in silence, or the person would look at somebody else's page.
pub(crate) async fn listen(app: &App) -> Result<Listeners, Problem> {
    for folder in [app.config().home.clone(), app.config().run()] {
        make_private(&folder).map_err(|error| disk(&folder, &error))?;
    }
    let claim = Claim::take(&app.config().run()).await?;
    let socket = claim.bind().map_err(|error| disk(&claim.path, &error))?;
    let wanted = app.config().page_port;
    let taken = |error: std::io::Error| Problem::new(Code::PortTaken).with("port", wanted).with("why", error);
    let loopback = TcpListener::bind(("127.0.0.1", wanted)).await.map_err(taken)?;
    let port = loopback.local_addr().map_err(taken)?.port();
    Ok(Listeners { loopback, socket, port, claim })
}

impl Claim {
    /// Takes the lock, and with it the right to the socket's name. A node that was killed leaves both files behind, but
    /// no lock: the system's own (`flock`) goes with the process.
    async fn take(folder: &Path) -> Result<Self, Problem> {
        let (path, lock_path) = (folder.join("sesame.sock"), folder.join("lock"));
        let failed = |error| disk(&lock_path, &error);
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let mut lock = options.open(&lock_path).map_err(failed)?;
        for _ in 0..TRIES {
            match lock.try_lock() {
                Ok(()) => {
                    lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id())).map_err(failed)?;
                    return Ok(Self { path, _lock: lock });
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) => {}
            }
            if UnixStream::connect(&path).await.is_ok() {
                break;
            }
            tokio::time::sleep(TRY_PAUSE).await;
        }
        let problem = Problem::new(Code::VaultInUse).with("file", path.display());
        Err(match holder(&lock) {
            Some(pid) => problem.with("pid", pid),
            None => problem,
        })
    }

    fn bind(&self) -> std::io::Result<UnixListener> {
        self.release()?;
        let socket = UnixListener::bind(&self.path)?;
        std::fs::set_permissions(&self.path, std::fs::Permissions::from_mode(0o600))?;
        Ok(socket)
    }

    /// Takes the name away; one that is not there is no error.
    fn release(&self) -> std::io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Err(error) = self.release() {
            tracing::warn!(%error, "the socket's name is left behind");
        }
    }
}

impl Listeners {
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Serves until a signal comes or the node is told to stop, and then closes the vault. The socket answers until that
    /// is done: whoever waits for it to go finds the vault, the port and the socket's name free.
    pub(crate) async fn serve(self, app: App) {
        let page = pages::router(app.clone())
            .merge(routes::router(app.clone()).layer(middleware::from_fn(ask_token)))
            .layer(middleware::from_fn_with_state(app.clone(), refuse_once_stopping))
            .layer(middleware::from_fn_with_state(Guard::new(self.port), http::guard))
            .layer(middleware::from_fn(http::dress));
        let loopback = tokio::spawn(http::serve(self.loopback, page));
        let commands = routes::router(app.clone())
            .layer(middleware::from_fn_with_state(app.clone(), visit))
            .layer(middleware::from_fn_with_state(app.clone(), refuse_once_stopping));
        let socket = tokio::spawn(serve_socket(self.socket, commands));
        let mut stopping = app.stopping();
        let mut interrupt = signal(SignalKind::interrupt()).ok();
        let mut terminate = signal(SignalKind::terminate()).ok();
        tokio::select! {
            () = hears(interrupt.as_mut()) => {}
            () = hears(terminate.as_mut()) => {}
            _ = stopping.wait_for(|stop| *stop) => tokio::time::sleep(FAREWELL).await,
        }
        app.stop();
        app.lock().await;
        loopback.abort();
        // The port is free once the task has ended, and not before.
        loopback.await.ok();
        drop(self.claim);
        socket.abort();
    }
}

async fn hears(signal: Option<&mut tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}

/// Once the node is told to stop nothing is changed any more: a vault that was opened again would be closed by nobody.
async fn refuse_once_stopping(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_change = request.method() != Method::GET && request.uri().path() != "/v1/stop";
    if is_change && *app.stopping().borrow() {
        return routes::Fails(Problem::new(Code::NoNode)).into_response();
    }
    next.run(request).await
}

/// A command is a visit; a program that listens for changes is not.
async fn visit(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.uri().path() != "/v1/events" {
        app.visited();
    }
    next.run(request).await
}

/// Over loopback `/v1` is for apps, each with a token that the person granted. No app holds one yet, so none passes.
async fn ask_token(_request: Request, _next: Next) -> Response {
    routes::Fails(Problem::new(Code::Unauthorised)).into_response()
}

async fn serve_socket(listener: UnixListener, router: Router) {
    let mine = rustix::process::getuid().as_raw();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::debug!(%error, "no connection accepted on the socket");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // The mode of the socket says so already; the kernel's word on who is there does not depend on a folder.
        let is_mine = stream.peer_cred().is_ok_and(|peer| peer.uid() == mine || peer.uid() == 0);
        if is_mine {
            tokio::spawn(converse(stream, router.clone()));
        }
    }
}

async fn converse(stream: UnixStream, router: Router) {
    let service = tower::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let router = router.clone();
        async move { tower::ServiceExt::oneshot(router, request.map(Body::new)).await }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(http::HEADER_TIME_MAX)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .await;
    if let Err(error) = served {
        tracing::trace!(%error, "a connection on the socket ended");
    }
}

/// Which process says that it holds the lock. What it wrote is a courtesy: unreadable means unknown.
fn holder(lock: &File) -> Option<u32> {
    let mut text = String::new();
    lock.take(LOCK_BYTES_MAX).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn disk(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(Code::Disk).with("file", path.display()).with("why", error)
}

/// A folder that only its owner can look into; one that is open wider is closed.
fn make_private(folder: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}

#[cfg(test)]
mod tests;
