//! The two listeners of the local API: loopback for the page, a Unix socket for the command line. Only the user that
//! runs the node may use the socket; loopback is guarded, because every page of every browser can reach it.

use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
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
}

/// How long the last answers may take once the node is told to stop.
const FAREWELL: Duration = Duration::from_millis(200);

/// Makes the folders of the node, for its user alone, and binds both listeners. A port that is taken is an error:
/// never another one in silence, or the person would look at somebody else's page.
pub(crate) async fn listen(app: &App) -> Result<Listeners, Problem> {
    for folder in [app.config().home.clone(), app.config().run()] {
        make_private(&folder)
            .map_err(|error| Problem::new(Code::Disk).with("file", folder.display()).with("why", error))?;
    }
    let path = socket_path(app);
    if UnixStream::connect(&path).await.is_ok() {
        return Err(Problem::new(Code::VaultInUse).with("file", path.display()));
    }
    let disk = |error: std::io::Error| Problem::new(Code::Disk).with("file", path.display()).with("why", error);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(disk(error)),
        _ => {}
    }
    let socket = UnixListener::bind(&path).map_err(disk)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).map_err(disk)?;
    let wanted = app.config().page_port;
    let taken = |error: std::io::Error| Problem::new(Code::PortTaken).with("port", wanted).with("why", error);
    let loopback = TcpListener::bind(("127.0.0.1", wanted)).await.map_err(taken)?;
    let port = loopback.local_addr().map_err(taken)?.port();
    Ok(Listeners { loopback, socket, port })
}

/// Takes away what lives only while a node runs.
pub(crate) fn clean(app: &App) {
    std::fs::remove_file(socket_path(app)).ok();
}

impl Listeners {
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Serves until a signal comes or the node is told to stop.
    pub(crate) async fn serve(self, app: App) {
        let page = pages::router(app.clone())
            .merge(routes::router(app.clone()).layer(middleware::from_fn(ask_token)))
            .layer(middleware::from_fn_with_state(Guard::new(self.port), http::guard))
            .layer(middleware::from_fn(http::dress));
        let loopback = tokio::spawn(http::serve(self.loopback, page));
        let commands = routes::router(app.clone()).layer(middleware::from_fn_with_state(app.clone(), visit));
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
        loopback.abort();
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

fn socket_path(app: &App) -> PathBuf {
    app.config().run().join("sesame.sock")
}

/// A folder that only its owner can look into; one that is open wider is closed.
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
}
