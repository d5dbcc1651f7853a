//! *Circle*: invite, accept, compare words, choose how much a word weighs, see what waits and why.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use sesame_api::circle::{AcceptAsk, Circle, Contact, Invitation, InviteAsk, Standing, Trust, TrustAsk, VerifyAsk};
use sesame_api::node::Language;
use sesame_api::safe::Safe;
use sesame_api::{Code, Problem};

use super::form::PostedOpen;
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::picture::Picture;
use super::visit::{Open, Visit};
use crate::capability;

#[derive(Template)]
#[template(path = "circle.html")]
pub(super) struct Shown {
    pub(super) frame: Frame,
    pub(super) circle: Circle,
    pub(super) has_invitation: bool,
    pub(super) code: String,
    pub(super) name: String,
}

/// `GET /circle`.
pub(super) async fn show(Open(visit): Open) -> Response {
    visit.answer(view(&visit, None, ["", ""]).await)
}

/// The room; `typed` is what was in the form for a code that was refused.
async fn view(visit: &Visit, trouble: Option<Trouble>, [code, name]: [&str; 2]) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Circle, "page-room-circle").await?;
    frame.trouble = trouble;
    let circle = capability::circle::circle(&visit.app).await?;
    let has_invitation =
        visit.app.sessions().recall(&visit.session, |memory| memory.invitation.is_some()).unwrap_or(false);
    Ok(page(&Shown { frame, circle, has_invitation, code: code.to_owned(), name: name.to_owned() }))
}

/// `POST /circle/invite`. The code is in this answer only, so the session holds it while the person hands it over.
pub(super) async fn invite(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let name = posted.field("for").to_owned();
    match capability::circle::invite(&visit.app, InviteAsk { name }).await {
        Ok(invitation) => {
            visit.app.sessions().recall(&visit.session, |memory| memory.invitation = Some(invitation));
            Visit::lead("/circle/invitation")
        }
        Err(problem) => refuse(visit, &problem, "for", ["", ""]).await,
    }
}

#[derive(Template)]
#[template(path = "invitation.html")]
pub(super) struct Made {
    pub(super) frame: Frame,
    pub(super) invitation: Invitation,
    pub(super) picture: Option<Picture>,
}

/// `GET /circle/invitation`: the invitation that was made last, while the session holds it.
pub(super) async fn invitation(Open(visit): Open) -> Response {
    let held = visit.app.sessions().recall(&visit.session, |memory| memory.invitation.clone()).flatten();
    let Some(invitation) = held else { return Visit::lead("/circle") };
    let made = async {
        let mut frame = visit.room(Room::Circle, "page-invitation-title").await?;
        "/circle/invitation".clone_into(&mut frame.path);
        let picture = Picture::of(&invitation.code);
        Ok(page(&Made { frame, invitation, picture }))
    };
    visit.answer(made.await)
}

/// `POST /circle/accept`.
pub(super) async fn accept(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let ask = AcceptAsk { code: posted.field("code").to_owned(), name: posted.field("name").to_owned() };
    match capability::circle::accept(&visit.app, ask).await {
        Ok(contact) => {
            visit.say(visit.words.with("page-circle-accepted", &[("name", (&Safe(&contact.name).to_string()).into())]));
            Visit::lead(&format!("/circle/contact/{}", contact.id))
        }
        Err(problem) => refuse(visit, &problem, "code", [posted.field("code"), posted.field("name")]).await,
    }
}

async fn refuse(visit: &Visit, problem: &Problem, field: &'static str, typed: [&str; 2]) -> Response {
    let trouble = Some(Trouble::of(visit.words, problem, Some(field)));
    (status_of(problem), visit.answer(view(visit, trouble, typed).await)).into_response()
}

#[derive(Template)]
#[template(path = "contact.html")]
pub(super) struct Person {
    pub(super) frame: Frame,
    pub(super) contact: Contact,
    pub(super) is_french: bool,
    pub(super) weights: [(&'static str, String, bool); 4],
}

/// `GET /circle/contact/{id}`.
pub(super) async fn contact(Open(visit): Open, Path(id): Path<String>) -> Response {
    let made = async {
        let contacts = capability::circle::circle(&visit.app).await?.contacts;
        let found = contacts.into_iter().find(|contact| contact.id == id);
        let contact = found.ok_or_else(|| Problem::new(Code::NotFound).with("what", Safe(&id)))?;
        let mut frame = visit.room(Room::Circle, "page-room-circle").await?;
        frame.title = Safe(&contact.name).to_string();
        frame.path = format!("/circle/contact/{}", contact.id);
        let is_french = visit.words.language() == Language::Fr;
        let weights =
            TRUSTS.map(|(trust, word)| (word, visit.words.text(&format!("page-trust-{word}")), contact.trust == trust));
        Ok(page(&Person { frame, contact, is_french, weights }))
    };
    visit.answer(made.await)
}

const TRUSTS: [(Trust, &str); 4] =
    [(Trust::Much, "much"), (Trust::Some, "some"), (Trust::Little, "little"), (Trust::None, "none")];

/// `POST /circle/contact/{id}/verify`.
pub(super) async fn verify(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let same = posted.field("same") == "yes";
    let key = if same { "page-verified" } else { "page-not-verified" };
    let made = capability::circle::verify(&posted.visit.app, &id, VerifyAsk { same }).await;
    settle(&posted.visit, made, key)
}

/// `POST /circle/contact/{id}/trust`.
pub(super) async fn trust(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let Some((trust, _)) = TRUSTS.iter().find(|(_, word)| *word == posted.field("trust")) else {
        return visit.failure(&Problem::new(Code::BadValue).with("field", "trust"));
    };
    let made = capability::circle::trust(&visit.app, &id, TrustAsk { trust: *trust }).await;
    settle(visit, made, "page-trust-saved")
}

/// `POST /circle/contact/{id}/remove`.
pub(super) async fn remove(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    match capability::circle::remove(&visit.app, &id).await {
        Ok(()) => {
            visit.say(visit.words.text("page-removed"));
            Visit::lead("/circle")
        }
        Err(problem) => visit.failure(&problem),
    }
}

fn settle(visit: &Visit, made: Result<Contact, Problem>, key: &str) -> Response {
    match made {
        Ok(contact) => {
            visit.say(visit.words.with(key, &[("name", (&Safe(&contact.name).to_string()).into())]));
            Visit::lead(&format!("/circle/contact/{}", contact.id))
        }
        Err(problem) => visit.failure(&problem),
    }
}

/// A shape, a class and the key of a word for a standing: never a colour alone.
pub(super) fn standing(standing: Standing) -> (&'static str, &'static str, &'static str) {
    match standing {
        Standing::Verified => ("◆", "ok", "page-standing-verified"),
        Standing::Known => ("◇", "info", "page-standing-known"),
        Standing::Asking => ("○", "plain", "page-standing-asking"),
        Standing::Changed => ("✕", "danger", "page-standing-changed"),
    }
}

impl Person {
    /// Whether there are words to compare: both sides must know each other.
    fn can_compare(&self) -> bool {
        self.contact.standing != Standing::Asking && !self.contact.words_en.is_empty()
    }
}
