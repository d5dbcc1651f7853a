//! The routes of records: keeping, showing, finding and forgetting them, and the files as they came.

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use sesame_api::records::{FindAsk, RecordAbout, RecordAsk};
use sesame_api::{Code, Problem};
use sesame_engine::limits::PAPER_BYTES_MAX;

use super::{Answer, Fails, Says, body, query};
use crate::app::App;
use crate::capability::{data, records};

type Asked<T> = Result<Query<T>, QueryRejection>;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/records", get(list).post(keep))
        .route("/records/{id}", get(one).delete(forget))
        .route("/records/{id}/file", get(file))
        .route("/find", get(find))
        .route("/imports/{id}", axum::routing::delete(forget_import))
        .route("/imports/{id}/file", get(import_file))
}

/// The route that takes a file.
pub(super) fn files() -> Router<App> {
    Router::new().route("/papers", post(paper)).layer(DefaultBodyLimit::max(PAPER_BYTES_MAX + 1))
}

async fn list(State(app): State<App>, ask: Asked<FindAsk>) -> Answer<impl Serialize> {
    let ask = query(ask)?;
    Ok(Says(records::list(&app, ask).await?))
}

async fn find(State(app): State<App>, ask: Asked<FindAsk>) -> Answer<impl Serialize> {
    Ok(Says(records::everything(&app, query(ask)?).await?))
}

async fn keep(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(records::keep(&app, body::<RecordAsk>(&bytes)?, None).await?))
}

/// What stands in the query beside a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paper {
    record: String,
    name: String,
}

async fn paper(
    State(app): State<App>,
    ask: Asked<Paper>,
    bytes: Result<Bytes, BytesRejection>,
) -> Answer<impl Serialize> {
    let Paper { record, name } = query(ask)?;
    let wrong = |error| Fails(Problem::new(Code::BadValue).with("name", "record").with("why", error));
    let ask: RecordAsk = serde_json::from_str(&record).map_err(wrong)?;
    let too_large = |_| Fails(Problem::new(Code::TooLarge).with("most", PAPER_BYTES_MAX));
    let bytes = bytes.map_err(too_large)?;
    Ok(Says(records::keep(&app, ask, Some((name, bytes.into()))).await?))
}

async fn one(State(app): State<App>, Path(id): Path<String>, about: Asked<RecordAbout>) -> Answer<impl Serialize> {
    Ok(Says(records::one(&app, &id, query(about)?.special).await?))
}

async fn forget(State(app): State<App>, Path(id): Path<String>, about: Asked<RecordAbout>) -> Answer<impl Serialize> {
    Ok(Says(records::forget(&app, &id, &query(about)?).await?))
}

async fn file(
    State(app): State<App>,
    Path(id): Path<String>,
    about: Asked<RecordAbout>,
) -> Result<impl IntoResponse, Fails> {
    let (_, bytes) = records::file(&app, &id, &query(about)?).await?;
    Ok(([(CONTENT_TYPE, "application/octet-stream")], bytes))
}

async fn forget_import(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(records::forget_import(&app, &id).await?))
}

async fn import_file(State(app): State<App>, Path(id): Path<String>) -> Result<impl IntoResponse, Fails> {
    let bytes = data::original(&app, &id).await?;
    Ok(([(CONTENT_TYPE, "application/octet-stream")], bytes))
}
