//! The webhook of the desk: where the organisation's own system listens, how that goes, and its secret, shown once.

use askama::Template;
use axum::response::{IntoResponse, Response};
use sesame_api::Problem;
use sesame_api::webhook::{Made, SetAsk, State, Webhook};
use zeroize::Zeroizing;

use super::Clerk;
use crate::capability::webhook;
use crate::pages::form::{Posted, PostedOpen};
use crate::pages::frame::{Frame, Room, Trouble, page, status_of};
use crate::pages::label;
use crate::pages::visit::Visit;

/// Where the page is.
const PATH: &str = "/desk/webhook";

#[derive(Template)]
#[template(path = "desk/webhook.html")]
pub(in crate::pages) struct Shown {
    pub(in crate::pages) frame: Frame,
    pub(in crate::pages) webhook: Webhook,
    /// The secret, on the one page that shows it.
    pub(in crate::pages) secret: Option<Zeroizing<String>>,
    /// What the form holds.
    pub(in crate::pages) url: String,
}

impl Shown {
    /// How it fares, in a sentence or two.
    fn sentence(&self) -> String {
        sentence(&self.frame, &self.webhook)
    }

    fn is_set(&self) -> bool {
        self.webhook.url.is_some()
    }

    /// Whether it is told anything.
    fn listens(&self) -> bool {
        self.is_set() && self.webhook.state != State::Gone
    }

    /// The sign beside the sentence, and its colour.
    fn sign(&self) -> (&'static str, &'static str) {
        // Moments of one form: the later one is the greater text.
        let last = self.webhook.failed.as_ref().map(|failed| &failed.at);
        match self.webhook.state {
            State::Idle if last > self.webhook.taken.as_ref() => ("◇", "warn"),
            State::None => ("○", "plain"),
            State::Idle | State::Sending => ("◆", "ok"),
            State::Failing => ("◇", "warn"),
            State::Gone => ("✕", "danger"),
        }
    }

    fn since(&self) -> String {
        self.moment(self.webhook.since.as_deref())
    }

    fn taken(&self) -> String {
        self.moment(self.webhook.taken.as_deref())
    }

    fn moment(&self, at: Option<&str>) -> String {
        let words = self.frame.words;
        at.map_or_else(|| words.text("page-webhook-never"), |at| label::when(words, at))
    }

    /// When a message was last not taken, and why.
    fn failed(&self) -> Option<(String, String)> {
        let failed = self.webhook.failed.as_ref()?;
        Some((label::when(self.frame.words, &failed.at), failed.clause(self.frame.words)))
    }

    fn missed(&self) -> Option<String> {
        self.webhook.missed(self.frame.words)
    }

    fn overlap(&self) -> Option<String> {
        let until = label::when(self.frame.words, self.webhook.overlap.as_ref()?);
        Some(self.frame.words.with("webhook-overlap", &[("until", (&until).into())]))
    }
}

/// How a webhook fares, as every page says it.
pub(in crate::pages) fn sentence(frame: &Frame, webhook: &Webhook) -> String {
    webhook.sentence(frame.words, &|at| label::when(frame.words, at))
}

/// `GET /desk/webhook`. Shows the secret that was just made, once.
pub(in crate::pages) async fn show(Clerk(visit): Clerk) -> Response {
    let secret = visit.app.sessions().recall(&visit.session, |memory| memory.secret.take()).flatten();
    visit.answer(view(&visit, None, None, secret).await)
}

async fn view(
    visit: &Visit,
    trouble: Option<Trouble>,
    typed: Option<String>,
    secret: Option<Zeroizing<String>>,
) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Settings, "page-webhook-title").await?;
    PATH.clone_into(&mut frame.path);
    frame.trouble = trouble;
    let webhook = webhook::show(&visit.app).await?;
    let url = typed.or_else(|| webhook.url.clone()).unwrap_or_default();
    Ok(page(&Shown { frame, webhook, secret, url }))
}

/// `POST /desk/webhook`: tells this address from now on.
pub(in crate::pages) async fn set(PostedOpen(posted): PostedOpen) -> Response {
    let url = posted.field("url").to_owned();
    match webhook::set(&posted.visit.app, SetAsk { url: url.clone() }).await {
        Ok(made) => {
            let key = if made.secret.is_some() { "page-webhook-saved" } else { "webhook-moved" };
            made_known(&posted, made, key)
        }
        Err(problem) => refused(&posted, &problem, Some("url"), Some(url)).await,
    }
}

/// `POST /desk/webhook/rotate`: makes a new secret.
pub(in crate::pages) async fn rotate(PostedOpen(posted): PostedOpen) -> Response {
    match webhook::rotate(&posted.visit.app).await {
        Ok(made) => made_known(&posted, made, "page-webhook-rotated"),
        Err(problem) => refused(&posted, &problem, None, None).await,
    }
}

/// `POST /desk/webhook/test`: sends a message that tells of nothing.
pub(in crate::pages) async fn test(PostedOpen(posted): PostedOpen) -> Response {
    match webhook::test(&posted.visit.app).await {
        Ok(_) => said(&posted, "webhook-taken"),
        Err(problem) => refused(&posted, &problem, None, None).await,
    }
}

/// `POST /desk/webhook/off`: tells nobody any more.
pub(in crate::pages) async fn off(PostedOpen(posted): PostedOpen) -> Response {
    match webhook::off(&posted.visit.app).await {
        Ok(()) => said(&posted, "page-webhook-is-off"),
        Err(problem) => refused(&posted, &problem, None, None).await,
    }
}

/// Leads to the page that shows a new secret: a reload of that page shows it no more, and makes no other.
fn made_known(posted: &Posted, made: Made, key: &str) -> Response {
    let visit = &posted.visit;
    let secret = made.secret.map(Zeroizing::new);
    visit.app.sessions().recall(&visit.session, |memory| memory.secret = secret);
    said(posted, key)
}

fn said(posted: &Posted, key: &str) -> Response {
    let visit = &posted.visit;
    visit.say(visit.words.text(key));
    Visit::lead(PATH)
}

/// The page again, with what was wrong and what was typed.
async fn refused(posted: &Posted, problem: &Problem, field: Option<&str>, typed: Option<String>) -> Response {
    let visit = &posted.visit;
    let trouble = Trouble::of(visit.words, problem, field);
    (status_of(problem), visit.answer(view(visit, Some(trouble), typed, None).await)).into_response()
}
