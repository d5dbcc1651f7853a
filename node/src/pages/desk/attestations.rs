//! Attestations at the desk: what others say of this organisation, what it says of others, and the organisations that it
//! may say something of.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use sesame_api::Problem;
use sesame_api::desk::{AttachAsk, Desk};
use sesame_api::vendor::{Vendor, VendorAsk};

use super::Clerk;
use crate::capability;
use crate::pages::attest::{self, Form, Said};
use crate::pages::form::PostedOpen;
use crate::pages::frame::{Frame, Room, Trouble, page, status_of};
use crate::pages::organisations::shown_name;
use crate::pages::visit::Visit;

#[derive(Template)]
#[template(path = "desk/attestations.html")]
pub(in crate::pages) struct Shown {
    pub(in crate::pages) frame: Frame,
    /// What others say of this organisation.
    pub(in crate::pages) held: Desk,
    /// What it says of others.
    pub(in crate::pages) said: Vec<Said>,
    /// Those that it looked at, by name.
    pub(in crate::pages) looked: Vec<(String, String)>,
    pub(in crate::pages) typed: Typed,
}

/// What was in the forms.
#[derive(Default)]
pub(in crate::pages) struct Typed {
    /// The attestation to attach.
    pub(in crate::pages) code: String,
    /// The link of an organisation.
    pub(in crate::pages) link: String,
    /// How it is to be called.
    pub(in crate::pages) name: String,
}

/// `GET /desk/attestations`.
pub(in crate::pages) async fn show(Clerk(visit): Clerk) -> Response {
    visit.answer(view(&visit, None, Typed::default()).await)
}

/// The room, with what was in the forms when something was refused.
async fn view(visit: &Visit, trouble: Option<Trouble>, typed: Typed) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Attestations, "page-room-attestations").await?;
    frame.trouble = trouble;
    let held = capability::desk::desk(&visit.app).await?;
    let said = capability::said::attestations(&visit.app).await?.attestations.into_iter();
    let said = said.map(|said| Said::of(visit.words, said, true)).collect();
    let vendors = capability::vendor::all(&visit.app).await?.vendors.into_iter();
    let looked = vendors.map(|vendor| (address(&vendor.id), shown_name(visit.words, &vendor.name))).collect();
    Ok(page(&Shown { frame, held, said, looked, typed }))
}

/// Where an organisation is shown.
fn address(id: &str) -> String {
    format!("/desk/attestations/of/{id}")
}

/// `POST /desk/attestations`: keeps what somebody says of the profile.
pub(in crate::pages) async fn attach(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let code = posted.field("code").to_owned();
    match capability::desk::attach(&visit.app, AttachAsk { code: code.clone() }).await {
        Ok(_) => {
            visit.say(visit.words.text("page-desk-attached"));
            Visit::lead(Room::Attestations.path())
        }
        Err(problem) => refused(visit, &problem, "code", Typed { code, ..Typed::default() }).await,
    }
}

/// `POST /desk/attestations/of`: keeps an organisation by its link, and goes to see who it says it is.
pub(in crate::pages) async fn add(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let (link, name) = (posted.field("link").to_owned(), posted.field("name").to_owned());
    match capability::vendor::add(&visit.app, VendorAsk { code: link.clone(), name: name.clone() }).await {
        Ok(vendor) => {
            visit.say(visit.words.text("page-attest-added"));
            Visit::lead(&address(&vendor.id))
        }
        Err(problem) => refused(visit, &problem, "link", Typed { link, name, ..Typed::default() }).await,
    }
}

async fn refused(visit: &Visit, problem: &Problem, field: &str, typed: Typed) -> Response {
    let trouble = Trouble::of(visit.words, problem, Some(field));
    (status_of(problem), visit.answer(view(visit, Some(trouble), typed).await)).into_response()
}

#[derive(Template)]
#[template(path = "desk/attest.html")]
pub(in crate::pages) struct About {
    pub(in crate::pages) frame: Frame,
    pub(in crate::pages) vendor: Vendor,
    pub(in crate::pages) said: Vec<Said>,
    pub(in crate::pages) form: Form,
}

/// `GET /desk/attestations/of/{id}`.
pub(in crate::pages) async fn about(Clerk(visit): Clerk, Path(id): Path<String>) -> Response {
    let made = async {
        let vendor = capability::vendor::one(&visit.app, &id).await?;
        let form = Form::empty(visit.words, &vendor);
        sheet(&visit, vendor, form, None).await
    };
    visit.answer(made.await)
}

async fn sheet(visit: &Visit, vendor: Vendor, form: Form, trouble: Option<Trouble>) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Attestations, "page-room-attestations").await?;
    frame.title = shown_name(visit.words, &vendor.name);
    frame.path = address(&vendor.id);
    frame.trouble = trouble;
    let said = attest::about(visit, &vendor.id).await?;
    Ok(page(&About { frame, vendor, said, form }))
}

/// `POST /desk/attestations/of/{id}`: says that something is true.
pub(in crate::pages) async fn say(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let made = async {
        let vendor = capability::vendor::one(&visit.app, &id).await?;
        match attest::make(&posted, &vendor.id).await {
            Ok(said) => Ok(Visit::lead(&format!("{}#said-{}", address(&vendor.id), said.id))),
            Err((problem, field)) => {
                let form = Form::typed(visit.words, &vendor, &posted);
                let trouble = Trouble::of(visit.words, &problem, Some(field));
                let shown = visit.answer(sheet(visit, vendor, form, Some(trouble)).await);
                Ok((status_of(&problem), shown).into_response())
            }
        }
    };
    visit.answer(made.await)
}

/// `POST /desk/attestations/of/{id}/look`: looks again at who it says it is.
pub(in crate::pages) async fn look(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    match capability::vendor::look(&visit.app, &id).await {
        Ok(vendor) => {
            visit.say(visit.words.text("page-attest-looking"));
            Visit::lead(&address(&vendor.id))
        }
        Err(problem) => visit.failure(&problem),
    }
}
