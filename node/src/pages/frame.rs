//! What all pages share: the rail of rooms, the title, the error summary, the sentence to say once; and how a template
//! becomes an answer.

use std::borrow::Borrow;

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Response};
use sesame_api::node::State;
use sesame_api::safe::Safe;
use sesame_api::words::{Explained, Words};
use sesame_api::{Code, Problem};

use crate::http::REFERRER_OF_PAGES;

/// Where a page belongs, for the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Nowhere: a problem, a lock, a door.
    None,
    /// The first run: no rail, so that nothing distracts.
    Setup,
    /// Home.
    Home,
    /// My data.
    Data,
    /// Who knows what.
    Knows,
    /// Organisations.
    Organisations,
    /// Circle.
    Circle,
    /// Choose.
    Choose,
    /// To decide.
    Decide,
    /// Settings.
    Settings,
    /// Accounts, at the desk.
    Accounts,
    /// To decide, at the desk.
    Clerk,
    /// Inbox, at the desk.
    Inbox,
    /// Who we are, at the desk.
    Profile,
    /// Attestations, at the desk.
    Attestations,
}

impl Room {
    /// The six rooms, in the order of the rail, each with the key of its name.
    const SIX: [(Self, &'static str); 6] = [
        (Self::Home, "page-room-home"),
        (Self::Data, "page-room-data"),
        (Self::Knows, "page-room-knows"),
        (Self::Organisations, "page-room-organisations"),
        (Self::Circle, "page-room-circle"),
        (Self::Choose, "page-room-choose"),
    ];

    /// The rooms of a desk, in the order of the rail. What is a person's own has no place there.
    const DESK: [(Self, &'static str); 4] = [
        (Self::Accounts, "page-room-accounts"),
        (Self::Inbox, "page-room-inbox"),
        (Self::Profile, "page-room-profile"),
        (Self::Attestations, "page-room-attestations"),
    ];

    /// Where the room is.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::None | Self::Home => "/",
            Self::Setup => "/setup",
            Self::Data => "/data",
            Self::Knows => "/who-knows",
            Self::Organisations => "/organisations",
            Self::Circle => "/circle",
            Self::Choose => "/choose",
            Self::Decide => "/decide",
            Self::Settings => "/settings",
            Self::Accounts => "/desk",
            Self::Clerk => "/desk/decide",
            Self::Inbox => "/desk/inbox",
            Self::Profile => "/desk/profile",
            Self::Attestations => "/desk/attestations",
        }
    }
}

/// What surrounds the content of a page.
pub(super) struct Frame {
    /// The words to speak in.
    pub(super) words: &'static Words,
    /// The title of the page: its first heading and the name of its tab.
    pub(super) title: String,
    /// Where it belongs.
    pub(super) room: Room,
    /// The address to come back to in the other language; always one that answers to `GET`.
    pub(super) path: String,
    /// The token for its forms.
    pub(super) token: String,
    /// The state of the node.
    pub(super) state: State,
    /// Three words by which the page shows that it is the page of this node.
    pub(super) fingerprint: String,
    /// A sentence to say once.
    pub(super) notice: Option<String>,
    /// What went wrong.
    pub(super) trouble: Option<Trouble>,
    /// How many things wait for a decision.
    pub(super) decisions: usize,
    /// Whether the node is an organisation's: it has other rooms, in another colour.
    pub(super) is_desk: bool,
}

impl Frame {
    /// A sentence of the page's own.
    pub(super) fn text(&self, key: &str) -> String {
        self.words.text(key)
    }

    /// A sentence that needs a whole number.
    pub(super) fn count(&self, key: &str, count: impl Borrow<u64>) -> String {
        self.words.with(key, &[("count", (*count.borrow()).into())])
    }

    /// A sentence about somebody.
    pub(super) fn named(&self, key: &str, name: &str) -> String {
        self.words.with(key, &[("name", (&Safe(name).to_string()).into())])
    }

    /// This page in the other language.
    pub(super) fn other_language(&self) -> String {
        let mark = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{mark}lang={}", self.path, self.other_tag())
    }

    /// The tag of the other language.
    pub(super) fn other_tag(&self) -> &'static str {
        if self.words.tag() == "fr" { "en" } else { "fr" }
    }

    /// The name of the other language, in that language.
    pub(super) fn other_name(&self) -> &'static str {
        if self.words.tag() == "fr" { "English" } else { "Français" }
    }

    /// A string that somebody else wrote, without what steers or hides. The template escapes it besides.
    #[expect(clippy::unused_self, reason = "templates reach it through the frame")]
    pub(super) fn clean<'a>(&self, text: &'a str) -> Safe<'a> {
        Safe(text)
    }

    /// The rooms of the rail.
    pub(super) fn rooms(&self) -> &'static [(Room, &'static str)] {
        if self.is_desk { &Room::DESK } else { &Room::SIX }
    }

    /// The shortcuts of a phone, of which two stand before *To decide*; each with the key of a short name.
    pub(super) fn shortcuts(&self) -> [(Room, &'static str); 3] {
        if self.is_desk {
            let [accounts, inbox, profile, _] = Room::DESK;
            [accounts, inbox, profile]
        } else {
            [(Room::Home, "page-room-home"), (Room::Data, "page-bar-data"), (Room::Circle, "page-room-circle")]
        }
    }

    /// The room of what waits for a decision.
    pub(super) fn decide(&self) -> Room {
        if self.is_desk { Room::Clerk } else { Room::Decide }
    }

    /// Whether the rooms can be entered.
    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open && self.room != Room::Setup
    }

    /// Whether a link in the rail leads to the room that is shown.
    pub(super) fn is_at(&self, path: &str) -> bool {
        self.room != Room::None && self.room.path() == path
    }

    /// Marks a field whose value was refused.
    pub(super) fn is_wrong(&self, field: &str) -> bool {
        self.trouble.as_ref().is_some_and(|trouble| trouble.field.as_deref() == Some(field))
    }
}

/// A problem in words, and the field that it is about.
pub(super) struct Trouble {
    /// Code, what, why and remedy.
    pub(super) explained: Explained,
    /// The id of the field.
    pub(super) field: Option<String>,
}

impl Trouble {
    /// Explains a problem.
    pub(super) fn of(words: &Words, problem: &Problem, field: Option<&str>) -> Self {
        let mut explained = words.problem(problem);
        // A fact may hold what a file or a peer says, such as the name of a file.
        for part in [&mut explained.what, &mut explained.why, &mut explained.remedy] {
            *part = capital(&Safe(part).to_string());
        }
        for part in [&mut explained.why, &mut explained.remedy] {
            if !part.is_empty() && !part.ends_with(['.', '!', '?', '…']) {
                part.push('.');
            }
        }
        Self { explained, field: field.map(str::to_owned) }
    }
}

/// A page that is nothing but a problem.
#[derive(Template)]
#[template(path = "problem.html")]
pub(super) struct ProblemPage {
    /// The frame, with the trouble in it.
    pub(super) frame: Frame,
}

/// Renders a template.
pub(super) fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => {
            let headers = [(CONTENT_TYPE, "text/html; charset=utf-8")];
            let mut response = (headers, text).into_response();
            response.headers_mut().insert(REFERRER_POLICY, REFERRER_OF_PAGES);
            response
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The HTTP status that goes with a problem.
pub(super) fn status_of(problem: &Problem) -> StatusCode {
    match problem.code {
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Unauthorised => StatusCode::FORBIDDEN,
        Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        code if code.exit() >= 11 || code == Code::Passphrase || code == Code::Words => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        code if code.exit() >= 3 => StatusCode::CONFLICT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A clause with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
