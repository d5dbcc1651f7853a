//! The local API: JSON under `/v1`, over the Unix socket for the command line. Over loopback it takes a bearer token,
//! and no web page but the node's own ever reaches it.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sesame_api::circle::{AcceptAsk, InviteAsk, RateAsk, RetractAsk, TrustAsk, VerifyAsk};
use sesame_api::data::ImportAsk;
use sesame_api::insight::InsightAsk;
use sesame_api::node::{InitAsk, UnlockAsk, WordsAsk};
use sesame_api::{Code, Problem};
use tokio::sync::broadcast::error::RecvError;

use crate::app::App;
use crate::capability::{circle, data, insight, node};

mod backup;
mod care;
mod desk;
mod openapi;
mod records;
mod vendor;

/// Bytes of a JSON body: forms, never files.
const JSON_BYTES_MAX: usize = 1024 * 1024;

/// The routes, without any question of who may call them: that is the listener's.
pub(crate) fn router(app: App) -> Router {
    let v1 = Router::new()
        .route("/openapi.json", get(openapi::document))
        .route("/status", get(status))
        .route("/init", post(init))
        .route("/unlock", post(unlock))
        .route("/lock", post(lock))
        .route("/stop", post(stop))
        .route("/ticket", post(ticket))
        .route("/suggestion", get(suggestion))
        .route("/words/check", post(check_words))
        .route("/events", get(events))
        .route("/series", get(series))
        .route("/series/{id}", get(readings))
        .route("/insight/energy", get(energy))
        .route("/insight/energy.svg", get(energy_svg))
        .route("/invitations", post(invite))
        .route("/contacts", get(contacts).post(accept))
        .route("/contacts/{id}", axum::routing::delete(remove))
        .route("/contacts/{id}/verify", post(verify))
        .route("/contacts/{id}/trust", post(trust))
        .route("/ratings", get(ratings).post(rate))
        .route("/ratings/retract", post(retract))
        .route("/advice", get(advice))
        .merge(self::backup::router())
        .merge(self::care::router())
        .merge(self::vendor::router())
        .merge(self::desk::router())
        .merge(self::records::router())
        .layer(DefaultBodyLimit::max(JSON_BYTES_MAX))
        .route("/imports", post(import).get(imports).layer(DefaultBodyLimit::max(data::FILE_BYTES_MAX + 1)))
        .merge(self::records::files())
        .fallback(async || Fails(Problem::new(Code::NotFound)))
        .method_not_allowed_fallback(async || Fails(Problem::new(Code::BadValue).with("name", "method")));
    Router::new().nest("/v1", v1).with_state(app)
}

/// A capability's answer as a response.
struct Says<T>(T);

impl<T: Serialize> IntoResponse for Says<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// A problem as a response.
pub(crate) struct Fails(pub(crate) Problem);

impl IntoResponse for Fails {
    fn into_response(self) -> Response {
        (http_status(self.0.code), axum::Json(self.0)).into_response()
    }
}

impl From<Problem> for Fails {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

/// The HTTP status that goes with a code.
pub(crate) fn http_status(code: Code) -> StatusCode {
    match code {
        Code::Unauthorised => StatusCode::UNAUTHORIZED,
        Code::Locked | Code::NoVault => StatusCode::LOCKED,
        Code::Passphrase | Code::Words | Code::BackupKey => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::VaultExists
        | Code::VaultInUse
        | Code::BackupInUse
        | Code::NothingNew
        | Code::NothingToDecide
        | Code::NothingToFree
        | Code::NothingToRepair
        | Code::Invitation => StatusCode::CONFLICT,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Failed
        | Code::Disk
        | Code::Corrupt
        | Code::BeyondRepair
        | Code::FileLost
        | Code::BackupDamaged
        | Code::NoSpace
        | Code::Network => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

type Answer<T> = Result<Says<T>, Fails>;

/// Reads a JSON body strictly: an unknown or wrong field is named.
fn body<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, Fails> {
    let bytes: &[u8] = if bytes.is_empty() { b"{}" } else { bytes };
    serde_json::from_slice(bytes)
        .map_err(|error| Fails(Problem::new(Code::BadValue).with("name", "body").with("why", error)))
}

/// Reads the query of an address strictly.
fn query<T>(query: Result<Query<T>, axum::extract::rejection::QueryRejection>) -> Result<T, Fails> {
    let wrong = |error: axum::extract::rejection::QueryRejection| {
        Fails(Problem::new(Code::BadValue).with("name", "query").with("why", error.body_text()))
    };
    query.map(|Query(query)| query).map_err(wrong)
}

async fn status(State(app): State<App>) -> impl IntoResponse {
    Says(node::status(&app).await)
}

async fn init(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(node::init(&app, body::<InitAsk>(&bytes)?).await?))
}

async fn unlock(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(node::unlock(&app, body::<UnlockAsk>(&bytes)?).await?))
}

async fn lock(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(node::lock(&app).await?))
}

async fn stop(State(app): State<App>) -> impl IntoResponse {
    app.stop();
    StatusCode::NO_CONTENT
}

async fn ticket(State(app): State<App>) -> impl IntoResponse {
    Says(node::ticket(&app))
}

async fn suggestion(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(node::suggestion(app.language())?))
}

async fn check_words(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(node::check_words(&app, body::<WordsAsk>(&bytes)?).await?))
}

async fn import(
    State(app): State<App>,
    ask: Result<Query<ImportAsk>, axum::extract::rejection::QueryRejection>,
    bytes: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Answer<impl Serialize> {
    let ask = query(ask)?;
    let too_large = |_| Fails(Problem::new(Code::TooLarge).with("most", data::FILE_BYTES_MAX));
    Ok(Says(data::import(&app, ask, bytes.map_err(too_large)?.into()).await?))
}

async fn imports(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(data::imports(&app).await?))
}

async fn series(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(data::series(&app).await?))
}

/// A span of local days.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    from: Option<String>,
    to: Option<String>,
}

async fn readings(
    State(app): State<App>,
    Path(id): Path<String>,
    days: Result<Query<Days>, axum::extract::rejection::QueryRejection>,
) -> Answer<impl Serialize> {
    let days = query(days)?;
    Ok(Says(data::readings(&app, &id, days.from.as_deref(), days.to.as_deref()).await?))
}

async fn energy(
    State(app): State<App>,
    ask: Result<Query<InsightAsk>, axum::extract::rejection::QueryRejection>,
) -> Answer<impl Serialize> {
    Ok(Says(insight::energy(&app, query(ask)?).await?))
}

async fn energy_svg(
    State(app): State<App>,
    headers: axum::http::HeaderMap,
    ask: Result<Query<InsightAsk>, axum::extract::rejection::QueryRejection>,
) -> Result<impl IntoResponse, Fails> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = match wanted {
        Some(tag) if tag.starts_with("fr") => sesame_api::node::Language::Fr,
        Some(tag) if tag.starts_with("en") => sesame_api::node::Language::En,
        _ => app.language(),
    };
    let svg = insight::energy_svg(&app, query(ask)?, language).await?;
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg))
}

async fn invite(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(circle::invite(&app, body::<InviteAsk>(&bytes)?).await?))
}

async fn contacts(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(circle::circle(&app).await?))
}

async fn accept(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(circle::accept(&app, body::<AcceptAsk>(&bytes)?).await?))
}

async fn verify(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(circle::verify(&app, &id, body::<VerifyAsk>(&bytes)?).await?))
}

async fn trust(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(circle::trust(&app, &id, body::<TrustAsk>(&bytes)?).await?))
}

async fn remove(State(app): State<App>, Path(id): Path<String>) -> Result<impl IntoResponse, Fails> {
    circle::remove(&app, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn rate(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(circle::rate(&app, body::<RateAsk>(&bytes)?).await?))
}

async fn ratings(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(circle::ratings(&app).await?))
}

async fn retract(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(circle::retract(&app, body::<RetractAsk>(&bytes)?).await?))
}

/// One subject, or all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    subject: Option<String>,
}

async fn advice(
    State(app): State<App>,
    about: Result<Query<About>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fails> {
    Ok(match query(about)?.subject {
        Some(subject) => Says(circle::advice(&app, &subject).await?).into_response(),
        None => Says(circle::all_advice(&app).await?).into_response(),
    })
}

/// Server-sent events: one JSON notice each.
pub(crate) async fn events(State(app): State<App>) -> impl IntoResponse {
    let notices = app.notices();
    let stopping = app.stopping();
    let stream = futures::stream::unfold((notices, stopping), async |(mut notices, mut stopping)| {
        loop {
            tokio::select! {
                notice = notices.recv() => match notice {
                    Ok(notice) => {
                        let event = Event::default().json_data(&notice);
                        return Some((event, (notices, stopping)));
                    }
                    // Whoever listens too slowly asks for the whole state anyway.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                },
                _ = stopping.changed() => return None,
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
