//! The routes of backups.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::Serialize;
use sesame_api::backup::{BackupAsk, BackupPlace, BackupsChecked};

use super::{Answer, Fails, Says, body};
use crate::app::App;
use crate::capability::backup;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/backups", get(all).post(create))
        .route("/backups/check", post(check))
        .route("/backups/checked", post(found_whole))
}

async fn all(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(backup::all(&app).await?))
}

async fn create(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(backup::create(&app, body::<BackupAsk>(&bytes)?).await?))
}

async fn check(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(backup::check(&app, body::<BackupPlace>(&bytes)?).await?))
}

async fn found_whole(State(app): State<App>, bytes: Bytes) -> Result<impl IntoResponse, Fails> {
    backup::found_whole(&app, body::<BackupsChecked>(&bytes)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
