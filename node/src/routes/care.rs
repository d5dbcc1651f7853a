//! The routes of the vault itself: its health, a check, a compaction, another passphrase.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::{get, post};
use serde::Serialize;
use sesame_api::care::PassphraseAsk;

use super::{Answer, Says, body};
use crate::app::App;
use crate::capability::care;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/vault", get(health))
        .route("/vault/check", post(check))
        .route("/vault/compact", post(compact))
        .route("/vault/passphrase", post(passphrase))
}

async fn health(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(care::health(&app).await?))
}

async fn check(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(care::check(&app).await?))
}

async fn compact(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(care::compact(&app).await?))
}

async fn passphrase(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(care::passphrase(&app, body::<PassphraseAsk>(&bytes)?).await?))
}
