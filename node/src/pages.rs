//! The page: six rooms, *To decide*, settings and the first run, rendered on the node and served on loopback; at an
//! organisation's node the rooms of its desk instead. Each room
//! calls the same functions as the JSON routes and shows their answers; it decides nothing and keeps nothing. Works
//! without JavaScript; the one script only makes it quicker.
//!
//! The router expects [`crate::http::guard`] and [`crate::http::dress`] around it.

mod assets;
mod attest;
mod care;
mod choose;
mod circle;
mod compare;
mod csv;
mod data;
mod decide;
mod desk;
mod enter;
mod events;
mod facts;
mod finding;
mod form;
mod frame;
mod home;
mod knows;
mod label;
mod organisations;
mod picture;
mod records;
mod series;
mod settings;
mod setup;
mod share;
mod unlock;
mod upload;
mod visit;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::http::{BODY_BYTES_MAX, IMPORT_BYTES_MAX};
use desk::{account, attestations, profile, webhook};
use organisations::{request, sheet};
use visit::Visit;

/// Every route of the page. `GET` changes nothing, but for `/enter/{ticket}`, which spends its ticket.
pub(crate) fn router(app: App) -> Router {
    let setup = Router::new()
        .route("/setup", get(setup::start))
        .route("/setup/language", get(setup::language))
        .route("/setup/passphrase", get(setup::passphrase).post(setup::make))
        .route("/setup/import", get(setup::import))
        .route("/setup/finding", get(setup::finding))
        .route("/setup/words", get(setup::words))
        .route("/setup/check", get(setup::check).post(setup::checked));
    let data = Router::new()
        .route("/data", get(data::show))
        .route("/data/look", get(upload::preview))
        .route("/data/look", post(upload::look).layer(DefaultBodyLimit::max(IMPORT_BYTES_MAX)))
        .route("/data/keep", post(upload::keep))
        .route("/data/drop", post(upload::drop))
        .route("/data/records", get(records::all).post(records::keep))
        .route("/data/records/forget", post(records::forget))
        .route("/data/records/{id}", get(records::show))
        .route("/data/records/{id}/file", get(records::file))
        .route("/data/imports/forget", post(records::forget_import))
        .route("/data/facts", post(facts::remember))
        .route("/data/facts/forget", post(facts::forget))
        .route("/data/series/{id}", get(series::show))
        .route("/data/series/{id}/totals.csv", get(series::totals))
        .route("/data/series/{id}/readings.csv", get(series::readings))
        .route("/chart/energy.svg", get(series::chart));
    let circle = Router::new()
        .route("/circle", get(circle::show))
        .route("/circle/invite", post(circle::invite))
        .route("/circle/invitation", get(circle::invitation))
        .route("/circle/accept", post(circle::accept))
        .route("/circle/contact/{id}", get(circle::contact))
        .route("/circle/contact/{id}/verify", post(circle::verify))
        .route("/circle/contact/{id}/trust", post(circle::trust))
        .route("/circle/contact/{id}/remove", post(circle::remove));
    let choose = Router::new()
        .route("/choose", get(choose::show))
        .route("/choose/about", get(choose::about))
        .route("/choose/rate", post(choose::rate))
        .route("/choose/retract", post(choose::retract));
    Router::new()
        .route("/", get(home::show))
        .route("/decide", get(decide::show))
        .route("/settings", get(settings::show))
        .route("/settings/lock", post(settings::lock))
        .route("/settings/leave", post(settings::leave))
        .route("/settings/words", post(settings::words))
        .route("/settings/backup", post(settings::backup))
        .route("/settings/backup/check", post(settings::check_backup))
        .route("/settings/vault/check", post(care::check))
        .route("/settings/vault/compact", post(care::compact))
        .route("/settings/vault/passphrase", post(care::passphrase))
        .route("/unlock", get(unlock::show).post(unlock::unlock))
        .route("/ailing", get(unlock::ailing))
        .route("/events", get(events::follow))
        .merge(setup)
        .merge(data)
        .merge(circle)
        .merge(choose)
        .merge(market())
        .merge(desk())
        .fallback(miss)
        .layer(axum::middleware::from_fn_with_state(app.clone(), visit::language))
        .route("/enter/{ticket}", get(enter::enter))
        .route("/assets/{name}", get(assets::serve))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(app)
}

/// Organisations, what they ask for, and what they know.
fn market() -> Router<App> {
    Router::new()
        .route("/organisations", get(organisations::show))
        .route("/organisations/add", post(organisations::add))
        .route("/organisations/accounts/{id}/visit", post(sheet::visit))
        .route("/organisations/accounts/{id}/answer", post(sheet::answer))
        .route("/organisations/accounts/{id}/close", post(sheet::close))
        .route("/organisations/requests/{id}", get(request::show))
        .route("/organisations/requests/{id}/answer", post(request::answer))
        .route("/organisations/requests/{id}/refuse", post(request::refuse))
        .route("/organisations/{id}", get(sheet::show))
        .route("/organisations/{id}/look", post(sheet::look))
        .route("/organisations/{id}/block", post(sheet::block))
        .route("/organisations/{id}/door", post(sheet::door))
        .route("/organisations/{id}/attest", post(sheet::attest))
        .route("/attestations/{id}", get(attest::file))
        .route("/who-knows", get(knows::show))
        .route("/who-knows/share/{id}", get(share::show))
        .route("/who-knows/share/{id}/receipt", get(share::receipt))
        .route("/who-knows/share/{id}/withdraw", post(share::withdraw))
}

/// The rooms of a desk.
fn desk() -> Router<App> {
    Router::new()
        .route("/desk", get(desk::show))
        .route("/desk/open", post(desk::open))
        .route("/desk/decide", get(desk::decide))
        .route("/desk/inbox", get(desk::inbox))
        .route("/desk/requests/{id}/accept", post(desk::accept))
        .route("/desk/requests/{id}/refuse", post(desk::refuse))
        .route("/desk/accounts/{id}", get(account::show))
        .route("/desk/accounts/{id}/ask", post(account::ask))
        .route("/desk/accounts/{id}/again", post(account::again))
        .route("/desk/profile", get(profile::show).post(profile::publish))
        .route("/desk/attestations", get(attestations::show).post(attestations::attach))
        .route("/desk/attestations/of", post(attestations::add))
        .route("/desk/attestations/of/{id}", get(attestations::about).post(attestations::say))
        .route("/desk/attestations/of/{id}/look", post(attestations::look))
        .route("/desk/webhook", get(webhook::show).post(webhook::set))
        .route("/desk/webhook/test", post(webhook::test))
        .route("/desk/webhook/rotate", post(webhook::rotate))
        .route("/desk/webhook/off", post(webhook::off))
}

/// What is under no address. Says so to a session only.
async fn miss(visit: Visit) -> Response {
    let response = visit.failure(&sesame_api::Code::NotFound.into());
    (StatusCode::NOT_FOUND, response).into_response()
}

#[cfg(test)]
mod tests;
