//! Who is looking: the session behind a request, the language to speak, and the state that the node is in. Handlers ask
//! for [`Visit`] (any state) or [`Open`] (the vault is open) and get nothing without a session.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sesame_api::node::{Language, State as NodeState, Status};
use sesame_api::words::{Words, language as language_of};
use sesame_api::{Code, Problem};

use super::frame::{Frame, Room, Trouble, page, status_of};
use super::{decide, enter};
use crate::app::App;
use crate::capability;
use crate::http::Session;

/// Someone with a session, whatever the state of the node.
pub(super) struct Visit {
    /// The node.
    pub(super) app: App,
    /// The session.
    pub(super) session: Session,
    /// The words of the language that the person chose.
    pub(super) words: &'static Words,
    /// What the node says of itself.
    pub(super) status: Status,
}

/// Someone with a session, at a node whose vault is open.
pub(super) struct Open(pub(super) Visit);

/// Why a request got no further than the door.
pub(super) enum Turned {
    /// There is no session: a page says how to come in.
    Outside(&'static Words),
    /// The form is not of this session, or of one that is over.
    Stale(&'static Words),
    /// The node is in another state: there is a page for that.
    Elsewhere(&'static str),
    /// What was sent cannot be read.
    Unreadable(StatusCode),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::Outside(words) => enter::outside(words, StatusCode::UNAUTHORIZED),
            Self::Stale(words) => enter::outside(words, StatusCode::FORBIDDEN),
            Self::Elsewhere(path) => Redirect::to(path).into_response(),
            Self::Unreadable(status) => status.into_response(),
        }
    }
}

impl Visit {
    /// What every page of a room needs, without asking the vault for anything.
    pub(super) fn frame(&self, room: Room, title: &str) -> Frame {
        let notice = self.app.sessions().recall(&self.session, |memory| memory.notice.take()).flatten();
        Frame {
            words: self.words,
            title: title.to_owned(),
            room,
            path: room.path().to_owned(),
            token: self.session.token(),
            state: self.status.state,
            fingerprint: self.status.fingerprint.clone(),
            notice,
            trouble: None,
            decisions: 0,
            is_desk: self.is_desk(),
        }
    }

    /// A frame for a room, with the number of things that wait for a decision.
    pub(super) async fn room(&self, room: Room, title: &str) -> Result<Frame, Problem> {
        let mut frame = self.frame(room, &self.words.text(title));
        frame.decisions = decide::cards(self).await?.len();
        if self.is_desk() {
            frame.decisions += capability::desk::inbox(&self.app).await?.todo.len();
        }
        Ok(frame)
    }

    /// Whether the node is an organisation's.
    pub(super) fn is_desk(&self) -> bool {
        self.status.vault.as_ref().is_some_and(|vault| vault.vendor)
    }

    /// What was made of a request, or the page of the problem that was in the way.
    pub(super) fn answer(&self, made: Result<Response, Problem>) -> Response {
        match made {
            Ok(response) => response,
            Err(problem) => self.failure(&problem),
        }
    }

    /// Leads on after a form, so that a reload posts nothing twice.
    pub(super) fn lead(path: &str) -> Response {
        Redirect::to(path).into_response()
    }

    /// Says one sentence on the next page.
    pub(super) fn say(&self, sentence: String) {
        self.app.sessions().recall(&self.session, |memory| memory.notice = Some(sentence));
    }

    /// The page of a problem that belongs to no form.
    pub(super) fn failure(&self, problem: &Problem) -> Response {
        if problem.code == Code::Locked && self.status.state != NodeState::Bare {
            return Redirect::to("/unlock").into_response();
        }
        let mut frame = self.frame(Room::None, &self.words.text("page-problem-title"));
        frame.trouble = Some(Trouble::of(self.words, problem, None));
        (status_of(problem), page(&super::frame::ProblemPage { frame })).into_response()
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let words = Words::of(spoken(&parts.headers, app));
        let cookie = cookie(&parts.headers, &session_cookie(app.port()));
        let session = cookie.and_then(|value| app.sessions().session(value)).ok_or(Turned::Outside(words))?;
        // A page that listens for changes is open, not used.
        if parts.uri.path() != "/events" {
            app.visited();
        }
        let status = capability::node::status(app).await;
        Ok(Self { app: app.clone(), session, words, status })
    }
}

impl FromRequestParts<App> for Open {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        Visit::from_request_parts(parts, app).await.and_then(Self::only)
    }
}

impl Open {
    /// Lets a visit through when the vault is open.
    pub(super) fn only(visit: Visit) -> Result<Self, Turned> {
        match home_of(visit.status.state) {
            None => Ok(Self(visit)),
            Some(path) => Err(Turned::Elsewhere(path)),
        }
    }
}

/// The page for a state in which the rooms are closed.
pub(super) fn home_of(state: NodeState) -> Option<&'static str> {
    match state {
        NodeState::Open => None,
        NodeState::Bare => Some("/setup"),
        NodeState::Locked => Some("/unlock"),
        NodeState::Ailing => Some("/ailing"),
    }
}

/// The name of the session's cookie. Cookies do not tell ports apart, so the port is in the name: two nodes on one
/// machine must not throw each other's sessions out.
pub(super) fn session_cookie(port: u16) -> String {
    format!("sesame-{port}")
}

/// The value of a cookie, when it is there once.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let mut ours =
        all.filter_map(|pair| pair.trim().split_once('=')).filter(|(key, _)| *key == name).map(|(_, value)| value);
    match (ours.next(), ours.next()) {
        (Some(value), None) => Some(value),
        _ => None,
    }
}

const LANGUAGE_COOKIE: &str = "sesame-language";

/// The language of an answer: what the person chose here, else the node's.
pub(super) fn spoken(headers: &HeaderMap, app: &App) -> Language {
    cookie(headers, LANGUAGE_COOKIE).and_then(language_of).unwrap_or_else(|| app.language())
}

/// The header that makes the browser remember a language for a year.
pub(super) fn remember(language: Language) -> HeaderValue {
    HeaderValue::from_static(match language {
        Language::En => "sesame-language=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict",
        Language::Fr => "sesame-language=fr; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict",
    })
}

/// Middleware: `?lang=fr` sets the cookie and leads to the same address without it. Nothing changes on the node.
pub(super) async fn language(State(_): State<App>, request: Request, next: Next) -> Response {
    let asked = query(request.uri(), "lang").and_then(language_of);
    let Some(language) = asked.filter(|_| request.method() == Method::GET) else { return next.run(request).await };
    let rest = request
        .uri()
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.starts_with("lang="))
        .collect::<Vec<_>>()
        .join("&");
    let mark = if rest.is_empty() { "" } else { "?" };
    // One leading slash, always: `//evil.tld` would be another host.
    let address = format!("/{}{mark}{rest}", request.uri().path().trim_start_matches('/'));
    let Ok(location) = HeaderValue::from_str(&address) else { return StatusCode::BAD_REQUEST.into_response() };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, location);
    response.headers_mut().insert(SET_COOKIE, remember(language));
    response
}

fn query<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}
