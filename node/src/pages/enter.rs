//! The door: a one-use ticket is swapped for a session, and whoever has none is told how to come in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use sesame_api::words::Words;

use super::frame::page;
use super::visit::{session_cookie, spoken};
use crate::app::App;

/// `GET /enter/{ticket}`: spends the ticket, sets the cookie and leads on at once, so that the ticket stays in no
/// history entry that anybody sees. `HEAD` spends nothing.
///
/// The cookie is not `Secure`: the page is plain HTTP on loopback, and some browsers drop a `Secure` cookie there even
/// though nobody can listen in between. `SameSite=Strict` and [`crate::http::guard`] keep other sites away from it.
pub(super) async fn enter(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
    Path(ticket): Path<String>,
) -> Response {
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(cookie) = app.sessions().enter(&ticket) else {
        return outside(Words::of(spoken(&headers, &app)), StatusCode::UNAUTHORIZED);
    };
    let name = session_cookie(app.port());
    let value = format!("{name}={cookie}; Path=/; HttpOnly; SameSite=Strict");
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, HeaderValue::from_static("/"));
    response.headers_mut().insert(SET_COOKIE, HeaderValue::from_str(&value).expect("base64url is plain text"));
    response
}

/// The page of someone without a session, or with a form that is of no session. Tells nothing about the node.
pub(super) fn outside(words: &'static Words, status: StatusCode) -> Response {
    (status, page(&Outside { words, is_stale: status == StatusCode::FORBIDDEN })).into_response()
}

#[derive(Template)]
#[template(path = "outside.html")]
pub(super) struct Outside {
    pub(super) words: &'static Words,
    pub(super) is_stale: bool,
}

impl Outside {
    fn text(&self, key: &str) -> String {
        self.words.text(key)
    }
}
