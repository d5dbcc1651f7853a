//! *Settings*: lock, language, the 24 words, backups, what the node says of itself and where things are.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sesame_api::backup::{Backup, BackupAsk, BackupPlace, Passphrase};
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
    /// The newest first.
    pub(super) backups: Vec<Backup>,
    /// The place that was typed, or where the last one went.
    pub(super) place: String,
}

impl Settings {
    /// What is said of which passphrase opens the newest backup.
    fn opens(&self) -> Option<&'static str> {
        self.backups.first().map(|newest| match newest.passphrase {
            Passphrase::Today => "page-backup-opens-today",
            Passphrase::Earlier => "page-backup-opens-earlier",
            Passphrase::None => "page-backup-opens-none",
        })
    }
}

/// `GET /settings`.
pub(super) async fn show(Open(visit): Open) -> Response {
    visit.answer(view(&visit, None, None, None).await)
}

/// The page, with what went wrong, or with what a check found that was just asked for, and the place of
/// backups that was typed.
pub(super) async fn view(
    visit: &Visit,
    trouble: Option<Trouble>,
    report: Option<&Report>,
    typed: Option<&str>,
) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Settings, "page-settings-title").await?;
    frame.trouble = trouble;
    let care = Care::of(frame.words, capability::care::health(&visit.app).await?, report);
    let mut webhook = None;
    if visit.is_desk() {
        webhook = Some(desk::webhook::sentence(&frame, &capability::webhook::show(&visit.app).await?));
    }
    let backups = capability::backup::all(&visit.app).await?.backups;
    let last = backups.iter().find(|backup| !backup.file).map(|backup| backup.place.clone());
    let place = typed.map_or_else(|| last.unwrap_or_default(), str::to_owned);
    Ok(page(&Settings { frame, status: visit.status.clone(), care, webhook, backups, place }))
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
    (status_of(&problem), visit.answer(view(visit, trouble, None, None).await)).into_response()
}

/// `POST /settings/backup`: makes a backup in a folder of this machine.
pub(super) async fn backup(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let place = posted.field("place").to_owned();
    let ask = BackupAsk { place: Some(place.clone()), ..BackupAsk::default() };
    match capability::backup::create(&visit.app, ask).await {
        Ok(made) => {
            visit.say(visit.words.with("page-backup-made", &[("entries", made.backup.entries.into())]));
            Visit::lead("/settings#backup")
        }
        Err(problem) => troubled(visit, &problem, &place).await,
    }
}

/// `POST /settings/backup/check`: reads every byte of one.
pub(super) async fn check_backup(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let place = posted.field("place").to_owned();
    match capability::backup::check(&visit.app, BackupPlace { place: place.clone() }).await {
        Ok(report) if report.whole => {
            visit.say(visit.words.text("page-backup-whole"));
            Visit::lead("/settings#backup")
        }
        Ok(_) => troubled(visit, &Problem::new(Code::BackupDamaged).with("file", &place), &place).await,
        Err(problem) => troubled(visit, &problem, &place).await,
    }
}

async fn troubled(visit: &Visit, problem: &Problem, place: &str) -> Response {
    let trouble = Some(Trouble::of(visit.words, problem, Some("place")));
    (status_of(problem), visit.answer(view(visit, trouble, None, Some(place)).await)).into_response()
}
