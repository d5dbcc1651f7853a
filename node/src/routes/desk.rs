//! The routes of the desk.

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use serde::{Deserialize, Serialize};
use sesame_api::desk::{AcceptAsk, AgainAsk, AttachAsk, DataAsk, OpenAsk, Profile, RefuseAsk};
use sesame_api::webhook::SetAsk;

use super::{Answer, Fails, Says, body, query};
use crate::app::App;
use crate::capability::{desk, webhook};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/desk", get(desk))
        .route("/desk/profile", put(publish))
        .route("/desk/attestations", post(attach))
        .route("/desk/doors", post(open))
        .route("/desk/accounts", get(accounts))
        .route("/desk/accounts/{id}", get(account))
        .route("/desk/accounts/{id}/again", post(again))
        .route("/desk/accounts/{id}/ask", post(ask))
        .route("/desk/requests/{id}/accept", post(accept))
        .route("/desk/requests/{id}/refuse", post(refuse))
        .route("/desk/inbox", get(inbox))
        .route("/desk/webhook", get(hook).put(set_hook).delete(drop_hook))
        .route("/desk/webhook/test", post(test_hook))
        .route("/desk/webhook/rotate", post(rotate_hook))
}

/// Where a page of accounts begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct After {
    after: Option<String>,
}

async fn desk(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(desk::desk(&app).await?))
}

async fn publish(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(desk::publish(&app, body::<Profile>(&bytes)?).await?))
}

async fn attach(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(desk::attach(&app, body::<AttachAsk>(&bytes)?).await?))
}

async fn open(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(desk::open(&app, body::<OpenAsk>(&bytes)?).await?))
}

async fn accounts(State(app): State<App>, after: Result<Query<After>, QueryRejection>) -> Answer<impl Serialize> {
    Ok(Says(desk::accounts(&app, query(after)?.after.as_deref()).await?))
}

async fn account(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(desk::one(&app, &id).await?))
}

async fn again(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(desk::again(&app, &id, body::<AgainAsk>(&bytes)?).await?))
}

async fn ask(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(desk::ask(&app, &id, body::<DataAsk>(&bytes)?).await?))
}

async fn accept(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(desk::accept(&app, &id, body::<AcceptAsk>(&bytes)?).await?))
}

async fn refuse(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(desk::refuse(&app, &id, body::<RefuseAsk>(&bytes)?).await?))
}

async fn inbox(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(desk::inbox(&app).await?))
}

async fn hook(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(webhook::show(&app).await?))
}

async fn set_hook(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(webhook::set(&app, body::<SetAsk>(&bytes)?).await?))
}

async fn drop_hook(State(app): State<App>) -> Result<impl IntoResponse, Fails> {
    webhook::off(&app).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn test_hook(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(webhook::test(&app).await?))
}

async fn rotate_hook(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(webhook::rotate(&app).await?))
}
