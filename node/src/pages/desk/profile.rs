//! Who the organisation says it is: the form of its profile with what it lacks and what follows from that, and the link to
//! hand out.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use sesame_api::Problem;
use sesame_api::desk::{Desk, DeskAttestation, Profile};
use sesame_api::safe::Safe;
use sesame_api::words::Words;
use sesame_protocol::terms::purpose::Purpose;
use sesame_protocol::terms::roster::Roster;

use super::Clerk;
use crate::capability;
use crate::pages::choose::{Division, markets};
use crate::pages::form::{Posted, PostedOpen};
use crate::pages::frame::{Frame, Room, Trouble, page, status_of};
use crate::pages::label;
use crate::pages::picture::Picture;
use crate::pages::visit::Visit;

#[derive(Template)]
#[template(path = "desk/profile.html")]
pub(in crate::pages) struct Shown {
    pub(in crate::pages) frame: Frame,
    pub(in crate::pages) desk: Desk,
    pub(in crate::pages) picture: Option<Picture>,
    /// What the form holds.
    pub(in crate::pages) profile: Profile,
    pub(in crate::pages) mandatory: Vec<Row>,
    pub(in crate::pages) optional: Vec<Row>,
    /// A picker for each sector, and an empty one.
    pub(in crate::pages) markets: Vec<Vec<Division>>,
    pub(in crate::pages) terms: Vec<(String, String, bool)>,
    pub(in crate::pages) uses: Vec<(String, String, bool)>,
}

/// One field of the profile.
pub(in crate::pages) struct Row {
    pub(in crate::pages) field: String,
    pub(in crate::pages) label: String,
    pub(in crate::pages) value: String,
}

/// `GET /desk/profile`.
pub(in crate::pages) async fn show(Clerk(visit): Clerk) -> Response {
    visit.answer(view(&visit, None, None).await)
}

/// The room; with what was in the form when something was refused.
async fn view(visit: &Visit, trouble: Option<Trouble>, typed: Option<Profile>) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Profile, "page-room-profile").await?;
    frame.trouble = trouble;
    let desk = capability::desk::desk(&visit.app).await?;
    Ok(page(&Shown::of(frame, desk, typed)))
}

impl Shown {
    pub(in crate::pages) fn of(frame: Frame, desk: Desk, typed: Option<Profile>) -> Self {
        let words = frame.words;
        let mut profile = typed.unwrap_or_else(|| desk.profile.clone());
        if profile.name.is_empty() {
            profile.name.clone_from(&desk.name);
        }
        let rows = |mandatory: bool| {
            let fields = desk.fields.iter().filter(|field| field.mandatory == mandatory);
            fields.map(|field| row(words, &field.field, &profile)).collect()
        };
        let (mandatory, optional) = (rows(true), rows(false));
        let chosen = profile.markets.iter().map(String::as_str).chain([""]);
        let markets = chosen.map(|market| markets(words, market)).collect();
        let terms = Roster::ALL.into_iter().map(|terms| {
            let id = terms.id().to_owned();
            let is_ticked = profile.terms.contains(&id);
            (id, label::terms(words, terms.id()), is_ticked)
        });
        let uses = Purpose::ALL.into_iter().map(|purpose| {
            let code = purpose.code().to_owned();
            let is_ticked = profile.uses.contains(&code);
            (code, label::purpose(words, purpose.code()), is_ticked)
        });
        let (terms, uses) = (terms.collect(), uses.collect());
        let picture = Some(desk.link.as_str()).filter(|link| !link.is_empty()).and_then(Picture::of);
        Self { frame, desk, picture, profile, mandatory, optional, markets, terms, uses }
    }

    /// What stands behind the profile as it is published.
    fn missing(&self) -> String {
        label::profiles(self.frame.words, &self.desk.missing)
    }

    fn attested(&self) -> u64 {
        u64::try_from(self.desk.attestations.len()).unwrap_or(u64::MAX)
    }

    fn subjects(&self) -> String {
        self.profile.subjects.join("\n")
    }
}

/// Who says that a field was checked, how, and until when.
pub(in crate::pages) fn proof(words: &Words, said: &DeskAttestation) -> String {
    // How it was checked is a sentence of its own, often with its stop, in a sentence that has one.
    let (name, how) = (Safe(&said.by).to_string(), Safe(said.how.trim_end_matches('.')).to_string());
    let until = words.day_of(&said.until);
    words.with("page-sheet-proof", &[("name", (&name).into()), ("how", (&how).into()), ("until", (&until).into())])
}

fn row(words: &Words, field: &str, profile: &Profile) -> Row {
    let value = profile.fields.get(field).cloned().unwrap_or_default();
    Row { field: field.to_owned(), label: label::profile(words, field), value }
}

/// `POST /desk/profile`.
pub(in crate::pages) async fn publish(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let made = async {
        let desk = capability::desk::desk(&visit.app).await?;
        let profile = read(&posted, &desk);
        Ok::<_, Problem>((profile.clone(), capability::desk::publish(&visit.app, profile).await))
    };
    match made.await {
        Ok((_, Ok(desk))) => {
            let key = if desk.missing.is_empty() { "page-desk-published" } else { "page-desk-published-lacking" };
            visit.say(visit.words.text(key));
            Visit::lead(Room::Profile.path())
        }
        Ok((profile, Err(problem))) => {
            let name = problem.facts.get("name").map(String::as_str).unwrap_or_default();
            let field = if name == "subjects" {
                name.to_owned()
            } else if profile.fields.contains_key(name) {
                format!("field-{name}")
            } else {
                "name".to_owned()
            };
            let trouble = Trouble::of(visit.words, &problem, Some(&field));
            let answer = visit.answer(view(visit, Some(trouble), Some(profile)).await);
            (status_of(&problem), answer).into_response()
        }
        Err(problem) => visit.failure(&problem),
    }
}

/// The profile that a form describes.
fn read(posted: &Posted, desk: &Desk) -> Profile {
    let chosen = |name: &str| -> Vec<String> {
        let filled = posted.all(name).filter(|value| !value.is_empty());
        filled.map(str::to_owned).collect()
    };
    let value = |field: &str| posted.field(&format!("field-{field}")).replace("\r\n", "\n");
    let fields: BTreeMap<String, String> =
        desk.fields.iter().map(|field| (field.field.clone(), value(&field.field))).collect();
    Profile {
        name: posted.field("name").to_owned(),
        subjects: posted.list("subjects"),
        markets: chosen("market"),
        terms: chosen("terms"),
        uses: chosen("uses"),
        fields,
    }
}
