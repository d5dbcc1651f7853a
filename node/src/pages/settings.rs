//! *Settings*: lock, language, the 24 words, what the node says of itself and where things are.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sesame_api::care::Report;
use sesame_api::node::{Status, WordsAsk};
use sesame_api::{Code, Problem};

use super::care::Care;
use super::form::{Posted, PostedOpen};
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::visit::{Open, Visit};
use super::{desk, enter};
use crate::capability;

#[derive(Template)]
#[template(path = "settings.html")]
pub(super) struct Settings {
    pub(super) frame: Frame,
    pub(super) status: Status,
    /// The vault itself: its health, its passphrase, its files.
    pub(super) care: Care,
    /// At a desk: how its webhook fares, in a sentence.
    pub(super) webhook: Option<String>,
}

/// `GET /settings`.
pub(super) async fn show(Open(visit): Open) -> Response {
    visit.answer(view(&visit, None, None).await)
}

/// The page, with what went wrong, or with what a check found that was just asked for.
pub(super) async fn view(
    visit: &Visit,
    trouble: Option<Trouble>,
    report: Option<&Report>,
) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Settings, "page-settings-title").await?;
    frame.trouble = trouble;
    let care = Care::of(frame.words, capability::care::health(&visit.app).await?, report);
    let mut webhook = None;
    if visit.is_desk() {
        webhook = Some(desk::webhook::sentence(&frame, &capability::webhook::show(&visit.app).await?));
    }
    Ok(page(&Settings { frame, status: visit.status.clone(), care, webhook }))
}

/// `POST /settings/lock`: locks the vault and forgets what sessions hold.
pub(super) async fn lock(posted: Posted) -> Response {
    let visit = &posted.visit;
    match capability::node::lock(&visit.app).await {
        Ok(_) => {
            visit.app.sessions().forget();
            Visit::lead("/unlock")
        }
        Err(problem) => visit.failure(&problem),
    }
}

/// `POST /settings/leave`: ends this session; the vault stays as it is.
pub(super) async fn leave(posted: Posted) -> Response {
    posted.visit.app.sessions().leave(&posted.visit.session);
    enter::outside(posted.visit.words, StatusCode::OK)
}

/// `POST /settings/words`: checks all 24 words against this vault.
pub(super) async fn words(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let words: Vec<String> = posted.field("words").split_whitespace().take(25).map(str::to_lowercase).collect();
    let problem = match capability::node::check_words(&visit.app, WordsAsk { words }).await {
        Ok(checked) if checked.right => {
            visit.app.sessions().forget_words();
            visit.say(visit.words.text("page-words-right"));
            return Visit::lead("/settings");
        }
        Ok(_) => Code::Words.into(),
        Err(problem) => problem,
    };
    let trouble = Some(Trouble::of(visit.words, &problem, Some("typed")));
    (status_of(&problem), visit.answer(view(visit, trouble, None).await)).into_response()
}
