//! Who may speak to the loopback listener. Any web page that the person visits can make their browser send requests
//! here, and any name can be made to resolve to `127.0.0.1`; so the guard looks at what a browser says of each request
//! and that a page cannot forge. It holds no state and knows no session.
//!
//! The rules, in order:
//! 1. **Host** (DNS rebinding): exactly one `Host`, byte for byte `127.0.0.1:port`, `[::1]:port` or
//!    `localhost:port` (without the port when it is 80), and a request target that is a path. Else 421.
//! 2. **Method**: `GET`, `HEAD` and `POST`; under `/v1` also `DELETE`. Else 405. There is no answer to a preflight.
//! 3. **Bearer** (apps and scripts): a request under `/v1` with one `Authorization: Bearer …` may lack what only
//!    browsers send. A page of elsewhere cannot add that header without a preflight. What is sent is still checked.
//! 4. **`Sec-Fetch-Site`** (CSRF): exactly one, `same-origin`; or, for `GET` and `HEAD`, `none` (typed, a bookmark, the
//!    command line). Every browser since March 2023 sends it to loopback; one that does not is refused, `/enter` too:
//!    a way in that leads to a page where no form works would be worse.
//! 5. **Origin**: on whatever is not `GET` or `HEAD` exactly one, equal to `http://` and the `Host`; on the others
//!    none or the same. `null` is refused.

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// What a person sees who followed a link from elsewhere. In both languages: nothing is known of the reader here.
const FOREIGN: &str = "Sésame\n\nThis page opens only from its own address, never from another site. \
     Type the address, or run: sesame ui\n\n\
     Cette page ne s\u{2019}ouvre que depuis sa propre adresse, jamais depuis un autre site. \
     Tapez l\u{2019}adresse, ou lancez\u{a0}: sesame ui\n";

/// The rules for one port.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard {
    port: u16,
}

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The request is for another host, or does not say for which.
    Misdirected,
    /// The method is none that is served here.
    Method,
    /// The request comes from another site, or does not say from where.
    Site,
    /// The origin is another, or is missing where it must be.
    Origin,
}

impl Refusal {
    /// The HTTP status that goes with it.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Site | Self::Origin => StatusCode::FORBIDDEN,
        }
    }
}

impl Guard {
    /// The guard of the listener on `port`.
    pub(crate) fn new(port: u16) -> Self {
        Self { port }
    }

    /// Says whether a request may go on. Looks at nothing but its head.
    pub(crate) fn judge(self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = self.host(uri, headers).ok_or(Refusal::Misdirected)?;
        let is_api = uri.path().starts_with("/v1/");
        let reads = method == Method::GET || method == Method::HEAD;
        if !(reads || method == Method::POST || (is_api && method == Method::DELETE)) {
            return Err(Refusal::Method);
        }
        let bears = is_api && has_bearer(headers);
        match only(headers, &SITE) {
            Presence::One("same-origin") => {}
            Presence::One("none") if reads => {}
            Presence::None if bears => {}
            _ => return Err(Refusal::Site),
        }
        match only(headers, &ORIGIN) {
            Presence::One(origin) if origin.strip_prefix("http://") == Some(host) => Ok(()),
            Presence::None if reads || bears => Ok(()),
            _ => Err(Refusal::Origin),
        }
    }

    /// The host that the request is for, when it is one of ours.
    fn host<'a>(self, uri: &Uri, headers: &'a HeaderMap) -> Option<&'a str> {
        if uri.scheme().is_some() || uri.authority().is_some() || !uri.path().starts_with('/') {
            return None;
        }
        let Presence::One(host) = only(headers, &HOST) else { return None };
        let ours = ["127.0.0.1", "[::1]", "localhost"].iter().any(|name| {
            let rest = host.strip_prefix(name);
            rest.is_some_and(|rest| (rest.is_empty() && self.port == 80) || rest == format!(":{}", self.port))
        });
        ours.then_some(host)
    }
}

/// Middleware: lets a request through or answers it with a refusal, without a word about what there is to see.
pub(crate) async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    match guard.judge(request.method(), request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => {
            tracing::debug!(?refusal, method = %request.method(), "request refused");
            let is_visit = matches!(only(request.headers(), &MODE), Presence::One("navigate"));
            let text = if refusal == Refusal::Site && is_visit { FOREIGN } else { "" };
            (refusal.status(), [(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
        }
    }
}

/// How often a header is there. A header that is there twice, or not in plain text, is no header to decide by.
enum Presence<'a> {
    None,
    One(&'a str),
    Unclear,
}

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Presence<'a> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (None, _) => Presence::None,
        (Some(value), None) => value.to_str().map_or(Presence::Unclear, Presence::One),
        (Some(_), Some(_)) => Presence::Unclear,
    }
}

fn has_bearer(headers: &HeaderMap) -> bool {
    let Presence::One(value) = only(headers, &AUTHORIZATION) else { return false };
    value.strip_prefix("Bearer ").is_some_and(|token| !token.trim().is_empty())
}

#[cfg(test)]
mod tests;
