//! The routes of organisations, accounts, requests and shares.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde::Serialize;
use sesame_api::vendor::{AccountAnswerAsk, AnswerAsk, AttestAsk, BlockAsk, FactAsk, VendorAsk};

use super::{Answer, Fails, Says, body};
use crate::app::App;
use crate::capability::{said, share, vendor};

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/vendors", get(vendors).post(add))
        .route("/vendors/{id}", get(one))
        .route("/vendors/{id}/look", post(look))
        .route("/vendors/{id}/block", post(block))
        .route("/vendors/{id}/door", post(door))
        .route("/accounts/{id}", get(account).delete(close))
        .route("/accounts/{id}/visit", post(visit))
        .route("/accounts/{id}/answer", post(answer_account))
        .route("/requests", get(requests))
        .route("/requests/{id}", get(request))
        .route("/requests/{id}/answer", post(answer))
        .route("/requests/{id}/refuse", post(refuse))
        .route("/shares", get(shares))
        .route("/shares/{id}", get(one_share))
        .route("/shares/{id}/receipt", get(receipt))
        .route("/shares/{id}/withdraw", post(withdraw))
        .route("/who-knows", get(who_knows))
        .route("/facts", get(facts).post(remember))
        .route("/attestations", get(attestations).post(attest))
}

async fn vendors(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(vendor::all(&app).await?))
}

async fn add(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(vendor::add(&app, body::<VendorAsk>(&bytes)?).await?))
}

async fn one(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(vendor::one(&app, &id).await?))
}

async fn look(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(vendor::look(&app, &id).await?))
}

async fn block(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(vendor::block(&app, &id, body::<BlockAsk>(&bytes)?).await?))
}

async fn door(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(vendor::door(&app, &id).await?))
}

async fn account(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(vendor::account(&app, &id).await?))
}

async fn close(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(vendor::close(&app, &id).await?))
}

async fn visit(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(vendor::visit(&app, &id).await?))
}

async fn answer_account(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(vendor::answer(&app, &id, body::<AccountAnswerAsk>(&bytes)?).await?))
}

async fn requests(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(share::requests(&app).await?))
}

async fn request(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(share::request(&app, &id).await?))
}

async fn answer(State(app): State<App>, Path(id): Path<String>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(share::answer(&app, &id, body::<AnswerAsk>(&bytes)?).await?))
}

async fn refuse(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(share::refuse(&app, &id).await?))
}

async fn shares(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(share::all(&app).await?))
}

async fn one_share(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(share::share(&app, &id).await?))
}

async fn receipt(State(app): State<App>, Path(id): Path<String>) -> Result<impl IntoResponse, Fails> {
    let receipt = share::receipt(&app, &id).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], receipt))
}

async fn withdraw(State(app): State<App>, Path(id): Path<String>) -> Answer<impl Serialize> {
    Ok(Says(share::withdraw(&app, &id).await?))
}

async fn who_knows(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(share::who_knows(&app).await?))
}

async fn facts(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(said::facts(&app).await?))
}

async fn remember(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(said::remember(&app, body::<FactAsk>(&bytes)?).await?))
}

async fn attestations(State(app): State<App>) -> Answer<impl Serialize> {
    Ok(Says(said::attestations(&app).await?))
}

async fn attest(State(app): State<App>, bytes: Bytes) -> Answer<impl Serialize> {
    Ok(Says(said::attest(&app, body::<AttestAsk>(&bytes)?).await?))
}
