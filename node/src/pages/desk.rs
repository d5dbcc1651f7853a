//! The desk of an organisation: its accounts, what a clerk has to decide, what is held and until when. One account is in
//! [`account`], who the organisation says it is in [`profile`], what is attested of it and by it in [`attestations`], how its
//! own system is told in [`webhook`].

pub(super) mod account;
pub(super) mod attestations;
pub(super) mod profile;
pub(super) mod webhook;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use sesame_api::Problem;
use sesame_api::desk::{AcceptAsk, Account, Accounts, Inbox, OpenAsk, RefuseAsk, Request};
use sesame_api::safe::Safe;
use sesame_api::words::Words;
use sesame_protocol::terms::roster::Roster;

use super::decide::{Card, cards};
use super::form::{Posted, PostedOpen};
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::label;
use super::visit::{Open, Turned, Visit};
use crate::app::App;
use crate::capability;
use crate::runtime::now;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Somebody behind the desk: at a person's node there is none.
pub(super) struct Clerk(pub(super) Visit);

impl FromRequestParts<App> for Clerk {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let Open(visit) = Open::from_request_parts(parts, app).await?;
        if visit.is_desk() { Ok(Self(visit)) } else { Err(Turned::Elsewhere(Room::Home.path())) }
    }
}

#[derive(Template)]
#[template(path = "desk/accounts.html")]
pub(super) struct Shown {
    pub(super) frame: Frame,
    pub(super) accounts: Vec<Account>,
    /// Where the next page begins.
    pub(super) next: Option<String>,
    /// Whether this is the first page.
    pub(super) is_first: bool,
    /// What the profile lacks; people's nodes refuse accounts for it.
    pub(super) missing: Vec<String>,
    pub(super) typed: Typed,
}

/// What was in the form of a door.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) message: String,
    pub(super) reference: String,
}

/// `GET /desk`.
pub(super) async fn show(Clerk(visit): Clerk, Query(asked): Query<BTreeMap<String, String>>) -> Response {
    let after = asked.get("after").map(String::as_str);
    visit.answer(view(&visit, after, None, Typed::default()).await)
}

async fn view(visit: &Visit, after: Option<&str>, trouble: Option<Trouble>, typed: Typed) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Accounts, "page-room-accounts").await?;
    frame.trouble = trouble;
    let Accounts { accounts, next } = capability::desk::accounts(&visit.app, after).await?;
    let missing = capability::desk::desk(&visit.app).await?.missing;
    Ok(page(&Shown { frame, accounts, next, is_first: after.is_none(), missing, typed }))
}

/// `POST /desk/open`: opens a person's door.
pub(super) async fn open(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let field = |name: &str| posted.field(name).to_owned();
    let ask = OpenAsk {
        code: field("code"),
        name: field("name"),
        message: field("message").replace("\r\n", "\n"),
        reference: field("reference"),
    };
    match capability::desk::open(&visit.app, ask).await {
        Ok(account) => {
            visit.say(visit.words.text("page-desk-opened"));
            Visit::lead(&account_address(&account.id))
        }
        Err(problem) => {
            let name = problem.facts.get("name").map_or("code", String::as_str);
            let trouble = Trouble::of(visit.words, &problem, Some(name));
            let typed = Typed {
                code: field("code"),
                name: field("name"),
                message: field("message"),
                reference: field("reference"),
            };
            (status_of(&problem), visit.answer(view(visit, None, Some(trouble), typed).await)).into_response()
        }
    }
}

/// Where an account is shown.
pub(super) fn account_address(id: &str) -> String {
    format!("/desk/accounts/{id}")
}

/// How the desk calls an account, or the beginning of its id.
pub(super) fn account_name(words: &Words, name: &str, id: &str) -> String {
    if name.is_empty() {
        let id: String = id.chars().take(8).collect();
        words.with("page-desk-nameless", &[("id", (&id).into())])
    } else {
        Safe(name).to_string()
    }
}

/// How far an account is, in one line.
pub(super) fn account_line(words: &Words, account: &Account) -> String {
    let missing = label::profiles(words, &account.missing);
    words.with(label::desk_standing(account.standing).key, &[("missing", (&missing).into())])
}

#[derive(Template)]
#[template(path = "desk/decide.html")]
pub(super) struct ToDecide {
    pub(super) frame: Frame,
    pub(super) cards: Vec<Card>,
    pub(super) todo: Vec<Request>,
}

/// `GET /desk/decide`.
pub(super) async fn decide(Clerk(visit): Clerk) -> Response {
    let made = async {
        let frame = visit.room(Room::Clerk, "page-decide-title").await?;
        let cards = cards(&visit).await?;
        let Inbox { todo, .. } = capability::desk::inbox(&visit.app).await?;
        Ok(page(&ToDecide { frame, cards, todo }))
    };
    visit.answer(made.await)
}

#[derive(Template)]
#[template(path = "desk/inbox.html")]
pub(super) struct Held {
    pub(super) frame: Frame,
    pub(super) held: Vec<Request>,
}

/// `GET /desk/inbox`.
pub(super) async fn inbox(Clerk(visit): Clerk) -> Response {
    let made = async {
        let frame = visit.room(Room::Inbox, "page-room-inbox").await?;
        let Inbox { held, .. } = capability::desk::inbox(&visit.app).await?;
        Ok(page(&Held { frame, held }))
    };
    visit.answer(made.await)
}

/// How long something is still held, in one line: `until 11/04/2026, 30 days from now`.
pub(super) fn clock(words: &Words, due: &str) -> String {
    let now = i64::try_from(now().seconds()).unwrap_or(i64::MAX);
    let left = due.parse::<jiff::Timestamp>().map_or(0, |due| due.as_second().saturating_sub(now));
    let days = u64::try_from(left / DAY).unwrap_or(0);
    words.with("page-desk-clock", &[("until", (&words.day_of(due)).into()), ("days", days.into())])
}

/// What a person proffers, in one line.
pub(super) fn offered(words: &Words, request: &Request, terms: &str) -> String {
    let fields = label::fields(words, &request.offered);
    let (terms, days) = (label::terms(words, terms), request.offered_days.unwrap_or_default());
    let args = [("fields", (&fields).into()), ("terms", (&terms).into()), ("days", days.into())];
    words.with("page-desk-offered", &args)
}

/// What terms allow, as a clerk has to know it.
pub(super) fn allows(words: &Words, terms: &str) -> String {
    let uses = label::uses(words, terms);
    if uses.is_empty() {
        words.text("page-desk-allows-nothing")
    } else {
        words.with("page-desk-allows", &[("uses", (&uses).into())])
    }
}

/// The agreements, for a picker: the chosen one marked.
pub(super) fn roster(words: &Words, chosen: &str) -> Vec<(String, String, bool)> {
    let one = |terms: Roster| {
        let id = terms.id().to_owned();
        let is_chosen = id == chosen;
        (id, label::terms(words, terms.id()), is_chosen)
    };
    Roster::ALL.into_iter().map(one).collect()
}

/// `POST /desk/requests/{id}/accept`: signs what a person proffers.
pub(super) async fn accept(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let agreement = posted.filled("agreement").map(str::to_owned);
    let ask = AcceptAsk { account: posted.field("account").to_owned(), agreement };
    let made = capability::desk::accept(&posted.visit.app, &id, ask).await;
    settle(&posted, made, "page-desk-signed")
}

/// `POST /desk/requests/{id}/refuse`.
pub(super) async fn refuse(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let alternative = posted.filled("alternative").map(str::to_owned);
    let ask = RefuseAsk { account: posted.field("account").to_owned(), alternative };
    let made = capability::desk::refuse(&posted.visit.app, &id, ask).await;
    settle(&posted, made, "page-desk-not-signed")
}

/// Back to the account, with one sentence about what was done.
fn settle(posted: &Posted, made: Result<Account, Problem>, key: &str) -> Response {
    let visit = &posted.visit;
    match made {
        Ok(account) => {
            visit.say(visit.words.text(key));
            Visit::lead(&account_address(&account.id))
        }
        Err(problem) => visit.failure(&problem),
    }
}
