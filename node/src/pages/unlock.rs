//! The locked vault and the ailing one. Both pages show the words by which a person sees that it is their own node that
//! asks for the passphrase.

use askama::Template;
use axum::response::{IntoResponse, Response};
use sesame_api::node::{State, UnlockAsk};

use super::form::Posted;
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::visit::{Visit, home_of};
use crate::capability;

#[derive(Template)]
#[template(path = "unlock.html")]
pub(super) struct Unlock {
    pub(super) frame: Frame,
}

#[derive(Template)]
#[template(path = "ailing.html")]
pub(super) struct Ailing {
    pub(super) frame: Frame,
    pub(super) home: String,
}

/// `GET /unlock`.
pub(super) async fn show(visit: Visit) -> Response {
    if visit.status.state != State::Locked {
        return Visit::lead(home_of(visit.status.state).unwrap_or("/"));
    }
    form(&visit, None)
}

fn form(visit: &Visit, trouble: Option<Trouble>) -> Response {
    let mut frame = visit.frame(Room::None, &visit.words.text("page-unlock-title"));
    frame.trouble = trouble;
    "/unlock".clone_into(&mut frame.path);
    page(&Unlock { frame })
}

/// `POST /unlock`.
pub(super) async fn unlock(posted: Posted) -> Response {
    let visit = &posted.visit;
    let ask = UnlockAsk { passphrase: posted.raw("passphrase").to_owned() };
    match capability::node::unlock(&visit.app, ask).await {
        Ok(_) => Visit::lead("/"),
        Err(problem) => {
            let trouble = Trouble::of(visit.words, &problem, Some("passphrase"));
            (status_of(&problem), form(visit, Some(trouble))).into_response()
        }
    }
}

/// `GET /ailing`: what is wrong, why, and what to do.
pub(super) async fn ailing(visit: Visit) -> Response {
    if visit.status.state != State::Ailing {
        return Visit::lead(home_of(visit.status.state).unwrap_or("/"));
    }
    let mut frame = visit.frame(Room::None, &visit.words.text("page-ailing-title"));
    frame.trouble = visit.status.problem.as_ref().map(|problem| Trouble::of(visit.words, problem, None));
    "/ailing".clone_into(&mut frame.path);
    page(&Ailing { frame, home: visit.status.home.clone() })
}
