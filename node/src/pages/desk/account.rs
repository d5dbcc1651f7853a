//! One account at the desk: how far it is, what was asked and what became of it, and the form to ask for data.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use sesame_api::Problem;
use sesame_api::desk::{Account, AgainAsk, DataAsk, Request, Stage, Standing};
use sesame_api::words::Words;
use sesame_protocol::terms::field::{self, Category};
use sesame_protocol::terms::purpose::Purpose;
use sesame_protocol::terms::roster::Roster;

use super::{Clerk, account_address, account_line, account_name, roster};
use crate::capability;
use crate::pages::form::{Posted, PostedOpen};
use crate::pages::frame::{Frame, Room, Trouble, page, status_of};
use crate::pages::label;
use crate::pages::visit::Visit;

#[derive(Template)]
#[template(path = "desk/account.html")]
pub(in crate::pages) struct Shown {
    pub(in crate::pages) frame: Frame,
    pub(in crate::pages) account: Account,
    pub(in crate::pages) line: String,
    pub(in crate::pages) form: Form,
}

/// The form of a data request, with what is in it.
pub(in crate::pages) struct Form {
    pub(in crate::pages) groups: Vec<Group>,
    pub(in crate::pages) own: String,
    pub(in crate::pages) purposes: Vec<(&'static str, String, bool)>,
    pub(in crate::pages) why: String,
    pub(in crate::pages) days: String,
    pub(in crate::pages) recipients: String,
    pub(in crate::pages) roster: Vec<(String, String, bool)>,
}

/// Fields that are about the same, each with its name, label and tick.
pub(in crate::pages) struct Group {
    pub(in crate::pages) name: String,
    pub(in crate::pages) fields: Vec<(&'static str, String, bool)>,
    /// Whether one of them is ticked.
    pub(in crate::pages) is_open: bool,
}

/// `GET /desk/accounts/{id}`.
pub(in crate::pages) async fn show(Clerk(visit): Clerk, Path(id): Path<String>) -> Response {
    visit.answer(view(&visit, &id, None, None).await)
}

async fn view(visit: &Visit, id: &str, trouble: Option<Trouble>, posted: Option<&Posted>) -> Result<Response, Problem> {
    let account = capability::desk::one(&visit.app, id).await?;
    let mut frame = visit.room(Room::Accounts, "page-room-accounts").await?;
    frame.trouble = trouble;
    let form = posted.map_or_else(|| Form::empty(visit.words), |posted| Form::typed(visit.words, posted));
    Ok(page(&Shown::of(frame, account, form)))
}

impl Shown {
    pub(in crate::pages) fn of(mut frame: Frame, account: Account, form: Form) -> Self {
        frame.title = account_name(frame.words, &account.name, &account.id);
        frame.path = account_address(&account.id);
        let line = account_line(frame.words, &account);
        Self { frame, account, line, form }
    }

    fn is_open(&self) -> bool {
        self.account.standing == Standing::Open
    }

    /// Whether the account may be asked for once more.
    fn can_ask_again(&self) -> bool {
        matches!(self.account.standing, Standing::Asked | Standing::Missing)
    }
}

/// What became of a request that is over: the key of it, or nothing.
pub(in crate::pages) fn outcome(request: &Request) -> Option<&'static str> {
    match (request.stage, request.deleted_why.as_deref()) {
        (Stage::Ended, Some("withdrawn")) => Some("page-desk-deleted-withdrawn"),
        (Stage::Ended, Some("due")) => Some("page-desk-deleted-due"),
        (Stage::Ended, Some(_)) => Some("page-desk-deleted-closed"),
        (Stage::Ended, None) => Some("page-desk-lapsed"),
        (Stage::Refused, _) if request.no_is_mine => Some("page-desk-no-ours"),
        (Stage::Refused, _) => Some("page-desk-no-theirs"),
        _ => None,
    }
}

impl Form {
    pub(in crate::pages) fn empty(words: &Words) -> Self {
        Self {
            groups: groups(words, &BTreeSet::new()),
            own: String::new(),
            purposes: purposes(words, ""),
            why: String::new(),
            days: "30".to_owned(),
            recipients: String::new(),
            roster: roster(words, Roster::Base.id()),
        }
    }

    /// The form as it was filled in, so that nothing is typed twice.
    fn typed(words: &Words, posted: &Posted) -> Self {
        let field = |name: &str| posted.field(name).to_owned();
        Self {
            groups: groups(words, &posted.all("field").collect()),
            own: field("own"),
            purposes: purposes(words, posted.field("purpose")),
            why: field("why"),
            days: field("days"),
            recipients: field("recipients"),
            roster: roster(words, posted.field("terms")),
        }
    }
}

/// All fields that are known, by what they are about.
fn groups(words: &Words, ticked: &BTreeSet<&str>) -> Vec<Group> {
    let group = |category: Category| {
        let of = field::all().filter(|known| known.category == category);
        let fields: Vec<_> =
            of.map(|known| (known.name, label::field(words, known.name), ticked.contains(known.name))).collect();
        let is_open = fields.iter().any(|(_, _, is_ticked)| *is_ticked);
        Group { name: words.text(&format!("page-desk-group-{}", category.code())), fields, is_open }
    };
    Category::ALL.into_iter().map(group).filter(|group| !group.fields.is_empty()).collect()
}

fn purposes(words: &Words, chosen: &str) -> Vec<(&'static str, String, bool)> {
    let one = |purpose: Purpose| {
        let code = purpose.code();
        (code, label::purpose(words, code), code == chosen)
    };
    Purpose::ALL.into_iter().map(one).collect()
}

/// `POST /desk/accounts/{id}/ask`.
pub(in crate::pages) async fn ask(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let mut fields: Vec<String> = posted.all("field").map(str::to_owned).collect();
    fields.extend(posted.list("own"));
    let days = posted.filled("days").map(str::parse).transpose();
    let Ok(retention_days) = days else {
        let problem = Problem::new(sesame_api::Code::BadValue).with("name", visit.words.text("page-desk-ask-days"));
        return again_with(&posted, &id, &problem, "days").await;
    };
    let ask = DataAsk {
        fields,
        purpose: posted.field("purpose").to_owned(),
        why: posted.field("why").replace("\r\n", "\n"),
        retention_days,
        recipients: posted.list("recipients"),
        terms: posted.filled("terms").map(str::to_owned),
    };
    match capability::desk::ask(&visit.app, &id, ask).await {
        Ok(account) => {
            visit.say(visit.words.text("page-desk-asked-data"));
            Visit::lead(&account_address(&account.id))
        }
        Err(problem) => {
            let field = if problem.facts.get("name").is_some_and(|name| name == "purpose") { "purpose" } else { "ask" };
            again_with(&posted, &id, &problem, field).await
        }
    }
}

/// The page again, with the form as it was filled in and what was wrong.
async fn again_with(posted: &Posted, id: &str, problem: &Problem, field: &str) -> Response {
    let visit = &posted.visit;
    let trouble = Trouble::of(visit.words, problem, Some(field));
    (status_of(problem), visit.answer(view(visit, id, Some(trouble), Some(posted)).await)).into_response()
}

/// `POST /desk/accounts/{id}/again`: asks for the account once more.
pub(in crate::pages) async fn again(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let ask = AgainAsk {
        message: posted.field("message").replace("\r\n", "\n"),
        reference: posted.field("reference").to_owned(),
    };
    match capability::desk::again(&visit.app, &id, ask).await {
        Ok(account) => {
            visit.say(visit.words.text("page-desk-asked-again"));
            Visit::lead(&account_address(&account.id))
        }
        Err(problem) => visit.failure(&problem),
    }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    #[test]
    fn every_known_field_can_be_asked_for_once() {
        let form = Form::empty(Words::of(Language::Fr));
        let names: Vec<&str> = form.groups.iter().flat_map(|group| &group.fields).map(|(name, _, _)| *name).collect();
        let known: BTreeSet<&str> = field::all().map(|known| known.name).collect();
        assert_eq!(names.len(), known.len());
        assert_eq!(names.into_iter().collect::<BTreeSet<_>>(), known);
    }
}
