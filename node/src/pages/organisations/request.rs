//! One request for data: the verdict in one sentence, each field with its mark, and the form of an answer in which only
//! what is needed is ticked. Yes and no are buttons of one size side by side, and neither is chosen beforehand.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use sesame_api::vendor::{AnswerAsk, AskedField, Need, No, Request, Source, Stage};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_protocol::terms::roster::Roster;

use super::{request_address, shown_name};
use crate::capability;
use crate::pages::form::{Posted, PostedOpen};
use crate::pages::frame::{Frame, Room, Trouble, page, status_of};
use crate::pages::label;
use crate::pages::visit::{Open, Visit};
use crate::runtime::now;

/// Terms that are shown besides those that were asked for; the rest is one click away.
const FIRST: [Roster; 2] = [Roster::Base, Roster::BaseDp];

#[derive(Template)]
#[template(path = "request.html")]
pub(in crate::pages) struct Asked {
    pub(in crate::pages) frame: Frame,
    pub(in crate::pages) name: String,
    pub(in crate::pages) request: Request,
    /// What is asked, what it needs, what is marked: three sentences.
    pub(in crate::pages) verdict: [String; 3],
    pub(in crate::pages) fields: Vec<Row>,
    pub(in crate::pages) first: Vec<Choice>,
    pub(in crate::pages) others: Vec<Choice>,
    pub(in crate::pages) days: String,
    pub(in crate::pages) remember: bool,
    /// Whether it can still be answered.
    pub(in crate::pages) is_answerable: bool,
}

/// One field of the form.
pub(in crate::pages) struct Row {
    pub(in crate::pages) asked: AskedField,
    pub(in crate::pages) label: String,
    pub(in crate::pages) value: String,
    pub(in crate::pages) is_ticked: bool,
    /// Whether it is of the smaller answer.
    pub(in crate::pages) is_smaller: bool,
}

/// One agreement to choose.
pub(in crate::pages) struct Choice {
    pub(in crate::pages) id: String,
    pub(in crate::pages) name: String,
    pub(in crate::pages) meaning: String,
    /// Who wants it: the key of a remark, or nothing.
    pub(in crate::pages) remark: Option<&'static str>,
    pub(in crate::pages) is_chosen: bool,
}

/// `GET /organisations/requests/{id}`.
pub(in crate::pages) async fn show(Open(visit): Open, Path(id): Path<String>) -> Response {
    let made = async {
        let request = capability::share::request(&visit.app, &id).await?;
        view(&visit, request, None, None).await
    };
    visit.answer(made.await)
}

async fn view(
    visit: &Visit,
    request: Request,
    trouble: Option<Trouble>,
    posted: Option<&Posted>,
) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Organisations, "page-room-organisations").await?;
    frame.trouble = trouble;
    Ok(page(&Asked::of(frame, request, posted, &capability::moment(now()))))
}

impl Asked {
    /// The page at a moment (RFC 3339, UTC), with what was typed, if anything was.
    pub(in crate::pages) fn of(mut frame: Frame, request: Request, posted: Option<&Posted>, at: &str) -> Self {
        let words = frame.words;
        let name = shown_name(words, &request.vendor_name);
        let verdict = verdict(words, &name, &request);
        frame.title.clone_from(&verdict[0]);
        frame.path = request_address(&request.id);
        let mut fields: Vec<Row> = request.fields.iter().map(|asked| row(words, asked, &request, posted)).collect();
        fields.sort_by_key(|row| (!row.is_smaller, order(row.asked.need)));
        let chosen = posted.map_or_else(|| preset(&request), |posted| posted.field("terms").to_owned());
        let (first, others) = choices(words, &request, &chosen);
        let days = posted.map_or_else(|| request.smaller_days.to_string(), |posted| posted.field("days").to_owned());
        let is_answerable = matches!(request.stage, Stage::Asked | Stage::Refused) && request.until.as_str() > at;
        let remember = posted.is_some_and(|posted| posted.field("remember") == "yes");
        Self { frame, name, request, verdict, fields, first, others, days, remember, is_answerable }
    }

    /// How many fields the smaller answer has.
    fn smaller(&self) -> u64 {
        u64::try_from(self.request.smaller.len()).unwrap_or(u64::MAX)
    }

    /// The no of the organisation, if that is how it ended.
    fn their_no(&self) -> Option<&No> {
        self.request.no.as_ref().filter(|no| !no.mine)
    }

    fn is_undecided(&self) -> bool {
        self.request.stage == Stage::Asked
    }

    /// Whether what was answered is under way or there.
    fn has_offer(&self) -> bool {
        matches!(self.request.stage, Stage::Offered | Stage::Agreed | Stage::Shared)
    }

    /// What the terms that they would like allow beyond the service, in one line; empty when nothing.
    fn uses(&self) -> String {
        label::uses(self.frame.words, &self.request.terms)
    }

    fn keeps_too_long(&self) -> bool {
        self.request.retention_days > self.request.retention_days_justified
    }

    fn retention(&self) -> String {
        let args =
            [("days", self.request.retention_days.into()), ("longest", self.request.retention_days_justified.into())];
        self.frame.words.with("terms-verdict-retention", &args)
    }

    /// What became of it when it is neither open nor under way.
    fn outcome(&self) -> &'static str {
        match (self.request.stage, &self.request.no) {
            (Stage::Refused, Some(no)) if no.mine => "page-request-refused-by-me",
            (Stage::Refused, _) => "page-request-refused-by-them",
            _ => "page-request-lapsed",
        }
    }
}

/// The verdict: what is asked, what the purpose needs, and what is left.
pub(in crate::pages) fn verdict(words: &Words, name: &str, request: &Request) -> [String; 3] {
    let count = u64::try_from(request.fields.len()).unwrap_or(u64::MAX);
    let asks = words.with("terms-verdict-asks", &[("vendor", name.into()), ("count", count.into())]);
    let key = format!("terms-needs-{}", request.purpose);
    let needs = words.with(&key, &[("needed", request.needed.into())]);
    let marked = if request.needed == 0 {
        words.text("terms-verdict-all-marked")
    } else {
        let rest = count.saturating_sub(u64::from(request.needed));
        words.with("terms-verdict-marked", &[("excess", rest.into())])
    };
    [asks, needs, marked]
}

fn row(words: &Words, asked: &AskedField, request: &Request, posted: Option<&Posted>) -> Row {
    let is_smaller = request.smaller.contains(&asked.field);
    let (value, is_ticked) = match posted {
        Some(posted) => {
            (posted.field(&value_name(&asked.field)).to_owned(), posted.all("show").any(|field| field == asked.field))
        }
        None => (asked.suggestion.clone(), is_smaller),
    };
    Row { asked: asked.clone(), label: label::field(words, &asked.field), value, is_ticked, is_smaller }
}

impl Row {
    /// The key of where the suggested value comes from.
    fn source(&self) -> Option<&'static str> {
        match self.asked.source {
            Source::None => None,
            Source::Said => Some("page-request-said"),
            Source::Readings => Some("page-request-readings"),
        }
    }

    /// The name and id of its text field.
    fn value_name(&self) -> String {
        value_name(&self.asked.field)
    }
}

fn value_name(field: &str) -> String {
    format!("value-{field}")
}

fn order(need: Need) -> u8 {
    match need {
        Need::Needed => 0,
        Need::Useful => 1,
        Need::Unknown => 2,
        Need::Excess => 3,
    }
}

/// The strictest terms, unless the organisation said that it would sign others: then the person chooses.
fn preset(request: &Request) -> String {
    let has_alternative = request.no.as_ref().is_some_and(|no| no.alternative.is_some());
    if has_alternative { String::new() } else { Roster::Base.id().to_owned() }
}

/// The terms to choose from: the strictest, those that are asked for and those that would do instead; then the others.
fn choices(words: &Words, request: &Request, chosen: &str) -> (Vec<Choice>, Vec<Choice>) {
    let alternative = request.no.as_ref().and_then(|no| no.alternative.as_deref());
    let choice = |terms: Roster| Choice {
        id: terms.id().to_owned(),
        name: label::terms(words, terms.id()),
        meaning: label::meaning(words, terms.id()),
        remark: if alternative == Some(terms.id()) {
            Some("page-request-terms-instead")
        } else if request.terms == terms.id() {
            Some("page-request-terms-asked")
        } else {
            None
        },
        is_chosen: terms.id() == chosen,
    };
    let is_first = |choice: &Choice| {
        choice.remark.is_some() || choice.is_chosen || FIRST.iter().any(|terms| terms.id() == choice.id)
    };
    Roster::ALL.into_iter().map(choice).partition(is_first)
}

/// `POST /organisations/requests/{id}/answer`: what is ticked, with what stands beside it.
pub(in crate::pages) async fn answer(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let ask = match ask(&posted) {
        Ok(ask) => ask,
        Err((problem, field)) => return refused(&posted, &id, &problem, &field).await,
    };
    match capability::share::answer(&visit.app, &id, ask).await {
        Ok(share) => {
            visit.say(visit.words.text("page-request-answered"));
            Visit::lead(&format!("/who-knows/share/{}", share.id))
        }
        Err(problem) => {
            let name = problem.facts.get("name").map(String::as_str).unwrap_or_default();
            let field = match name {
                "retention_days" => "days".to_owned(),
                "" | "terms" => "answer".to_owned(),
                field => value_name(field),
            };
            refused(&posted, &id, &problem, &field).await
        }
    }
}

/// What the form says, or what is wrong with it and where.
fn ask(posted: &Posted) -> Result<AnswerAsk, (Problem, String)> {
    let bad = |name: &str| Problem::new(Code::BadValue).with("name", name).with("why", "empty");
    let words = posted.visit.words;
    let mut values = BTreeMap::new();
    for field in posted.all("show") {
        let value = posted.field(&value_name(field));
        if value.is_empty() {
            return Err((bad(&label::field(words, field)), value_name(field)));
        }
        values.insert(field.to_owned(), value.replace("\r\n", "\n"));
    }
    if values.is_empty() {
        return Err((bad(&words.text("page-request-fields")), "asked".to_owned()));
    }
    let Some(terms) = posted.filled("terms").map(str::to_owned) else {
        return Err((bad(&words.text("page-request-terms")), "terms".to_owned()));
    };
    let days = posted.filled("days").map(str::parse).transpose();
    let retention_days = days.map_err(|_| {
        let name = words.text("page-request-days");
        (Problem::new(Code::BadValue).with("name", name).with("value", posted.field("days")), "days".to_owned())
    })?;
    let remember = posted.field("remember") == "yes";
    Ok(AnswerAsk { values, terms: Some(terms), retention_days, remember })
}

/// The form again, as it was filled in, with what was wrong.
async fn refused(posted: &Posted, id: &str, problem: &Problem, field: &str) -> Response {
    let visit = &posted.visit;
    let trouble = Trouble::of(visit.words, problem, Some(field));
    let made = async {
        let request = capability::share::request(&visit.app, id).await?;
        view(visit, request, Some(trouble), Some(posted)).await
    };
    (status_of(problem), visit.answer(made.await)).into_response()
}

/// `POST /organisations/requests/{id}/refuse`.
pub(in crate::pages) async fn refuse(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    match capability::share::refuse(&visit.app, &id).await {
        Ok(request) => {
            visit.say(visit.words.text("page-request-refused"));
            Visit::lead(&format!("/organisations/{}", request.vendor))
        }
        Err(problem) => visit.failure(&problem),
    }
}
