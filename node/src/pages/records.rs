//! What a person keeps, in *My data*: all of it by kind, what a search finds, one record with its history, and the forms to
//! keep, correct and forget. What is of a special category is shown only on an address that says so.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sesame_api::records::{Dated, FindAsk, Forgotten, Hit, Kind, Record, RecordAbout, RecordAsk, Says, Version};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_engine::records::schema;

use super::form::{Posted, PostedOpen};
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::label;
use super::visit::{Open, Visit};
use crate::capability;

#[derive(Template)]
#[template(path = "records.html")]
pub(super) struct All {
    pub(super) frame: Frame,
    pub(super) ask: FindAsk,
    pub(super) groups: Vec<Group>,
    /// The address of what follows.
    pub(super) next: Option<String>,
    pub(super) form: Form,
    /// The fields of the special categories that have a name in words.
    pub(super) special: Vec<(&'static str, String)>,
}

/// Things of one kind.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// One thing in a list.
pub(super) struct Line {
    /// Where it is; nothing for what has no page.
    pub(super) address: Option<String>,
    pub(super) text: String,
    pub(super) detail: String,
}

/// What is in a form.
#[derive(Clone, Default)]
pub(super) struct Form {
    /// The name of the record that is corrected; empty for a new one.
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) on: String,
    pub(super) organisation: String,
    pub(super) basis: String,
    /// A day a line, `what = YYYY-MM-DD`.
    pub(super) days: String,
    pub(super) says: String,
    pub(super) special: bool,
}

#[derive(Template)]
#[template(path = "record.html")]
pub(super) struct Shown {
    pub(super) frame: Frame,
    /// What the record is about: the title of the page, too, unless it is of a special category.
    pub(super) heading: String,
    pub(super) record: Record,
    pub(super) rows: Vec<(String, String)>,
    pub(super) history: Vec<Vec<(String, String)>>,
    pub(super) form: Form,
}

#[derive(Template)]
#[template(path = "record-shut.html")]
pub(super) struct Shut {
    pub(super) frame: Frame,
    pub(super) name: String,
}

/// `GET /data/records`.
pub(super) async fn all(
    Open(visit): Open,
    ask: Result<Query<FindAsk>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Ok(Query(ask)) = ask else { return StatusCode::BAD_REQUEST.into_response() };
    match view(&visit, ask, None, Form::default()).await {
        // A day that is none: the search is shown empty, with what is wrong.
        Err(problem) if problem.code == Code::BadValue => {
            let trouble = Some(Trouble::of(visit.words, &problem, None));
            (status_of(&problem), visit.answer(view(&visit, FindAsk::default(), trouble, Form::default()).await))
                .into_response()
        }
        made => visit.answer(made),
    }
}

async fn view(visit: &Visit, ask: FindAsk, trouble: Option<Trouble>, form: Form) -> Result<Response, Problem> {
    let is_search = !ask.words.trim().is_empty();
    let (lines, next) = if is_search {
        let found = capability::records::everything(&visit.app, ask.clone()).await?;
        (found.hits, found.next)
    } else {
        let found = capability::records::list(&visit.app, ask.clone()).await?;
        (found.records.iter().map(hit).collect(), found.next)
    };
    let mut frame = visit.room(Room::Data, "page-records-title").await?;
    "/data/records".clone_into(&mut frame.path);
    frame.trouble = trouble;
    let next = next.map(|next| format!("/data/records?{}", FindAsk { before: Some(next), ..ask.clone() }.query()));
    Ok(page(&All { groups: groups(visit.words, &lines), special: special(visit.words), frame, ask, next, form }))
}

/// The fields of the special categories that have a name in words.
pub(super) fn special(words: &Words) -> Vec<(&'static str, String)> {
    let named = |field: &&'static str| words.has(&format!("terms-field-{field}"));
    schema::special().filter(named).map(|field| (field, label::field(words, field))).collect()
}

/// `GET /data/records/{id}`.
pub(super) async fn show(Open(visit): Open, Path(name): Path<String>, Query(about): Query<RecordAbout>) -> Response {
    visit.answer(one(&visit, &name, about.special, None).await)
}

async fn one(visit: &Visit, name: &str, special: bool, wrong: Option<(Trouble, Form)>) -> Result<Response, Problem> {
    let record = match capability::records::one(&visit.app, name, special).await {
        Err(problem) if problem.code == Code::Refused => {
            let frame = visit.room(Room::Data, "record-special").await?;
            return Ok(page(&Shut { frame, name: name.to_owned() }));
        }
        record => record?,
    };
    let mut frame = visit.room(Room::Data, "page-records-title").await?;
    if !record.special {
        // A browser keeps titles in its history, outside of the vault.
        frame.title = heading(visit.words, &record);
    }
    frame.path = address(&record.name, record.special);
    let mut form = Form::of(&record);
    if let Some((trouble, typed)) = wrong {
        frame.trouble = Some(trouble);
        form = typed;
    }
    Ok(page(&Shown::of(frame, record, form)))
}

/// `GET /data/records/{id}/file`: the file of a paper, to be saved.
pub(super) async fn file(Open(visit): Open, Path(name): Path<String>, Query(about): Query<RecordAbout>) -> Response {
    match capability::records::file(&visit.app, &name, &about).await {
        Ok((name, bytes)) => {
            let is_plain = |sign: &char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
            let name: String = name.chars().filter(is_plain).collect();
            let headers = [
                (CONTENT_TYPE, "application/octet-stream".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
            ];
            (headers, bytes).into_response()
        }
        Err(problem) => visit.failure(&problem),
    }
}

/// `POST /data/records`: keeps a record, or corrects one.
pub(super) async fn keep(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let form = Form::posted(&posted);
    match capability::records::keep(&visit.app, form.ask(), None).await {
        Ok(record) => {
            visit.say(visit.words.text(if form.name.is_empty() {
                "page-record-kept"
            } else {
                "page-record-corrected"
            }));
            Visit::lead(&address(&record.name, record.special))
        }
        Err(problem) => {
            let part = problem.facts.get("name").map_or("text", String::as_str);
            let part = match part {
                "title" | "value" => "text",
                "day" => "on",
                part => part,
            };
            let trouble = Trouble::of(visit.words, &problem, Some(&format!("record-{part}")));
            let made = if form.name.is_empty() {
                view(visit, FindAsk::default(), Some(trouble), form).await
            } else {
                let (name, special) = (form.name.clone(), form.special);
                match one(visit, &name, special, Some((trouble, form))).await {
                    // The first word of a fact, which is not there yet.
                    Err(missing) if missing.code == Code::NotFound => {
                        let trouble = Trouble::of(visit.words, &problem, None);
                        view(visit, FindAsk::default(), Some(trouble), Form::default()).await
                    }
                    made => made,
                }
            };
            (status_of(&problem), visit.answer(made)).into_response()
        }
    }
}

/// `POST /data/records/forget`: a record, or what it was before.
pub(super) async fn forget(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let name = posted.field("name");
    let earlier = posted.field("earlier") == "yes";
    let about = RecordAbout { special: posted.field("special") == "yes", version: None, earlier };
    match capability::records::forget(&visit.app, name, &about).await {
        Ok(gone) => {
            let said = visit.words.text(if gone.erased { "page-record-erased" } else { "page-record-forgotten" });
            visit.say(with_held(visit.words, said, &gone));
            Visit::lead(&if earlier { address(name, about.special) } else { "/data/records".to_owned() })
        }
        Err(problem) => visit.failure(&problem),
    }
}

/// `POST /data/imports/forget`.
pub(super) async fn forget_import(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    match capability::records::forget_import(&visit.app, posted.field("id")).await {
        Ok(gone) => {
            let key = if gone.erased { "page-import-erased" } else { "page-import-forgotten" };
            let args = [("readings", gone.readings.into()), ("kept", gone.readings_kept.into())];
            visit.say(with_held(visit.words, visit.words.with(key, &args), &gone));
            Visit::lead("/data")
        }
        Err(problem) => visit.failure(&problem),
    }
}

/// What is said of something forgotten, with the backups that may still show it.
pub(super) fn with_held(words: &Words, said: String, gone: &Forgotten) -> String {
    [Some(said), gone.held(words)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl All {
    /// Whether more than words is asked for.
    pub(super) fn is_narrow(&self) -> bool {
        let is_given = |day: &Option<String>| day.as_ref().is_some_and(|day| !day.is_empty());
        !self.ask.organisation.is_empty() || is_given(&self.ask.from) || is_given(&self.ask.to) || self.ask.special
    }
}

impl Form {
    fn posted(posted: &Posted) -> Self {
        let field = |name: &str| posted.field(name).replace("\r\n", "\n");
        Self {
            name: field("name"),
            kind: field("kind"),
            text: field("text"),
            on: field("on"),
            organisation: field("organisation"),
            basis: field("basis"),
            days: field("days"),
            says: field("says"),
            special: posted.field("special") == "yes",
        }
    }

    /// What a record says now, to be corrected.
    fn of(record: &Record) -> Self {
        let newest = record.newest.clone();
        let days: Vec<String> = newest.dates.iter().map(|dated| format!("{} = {}", dated.what, dated.on)).collect();
        Self {
            name: record.name.clone(),
            kind: record.kind.code().to_owned(),
            text: newest.text,
            on: newest.on.unwrap_or_default(),
            organisation: newest.organisation,
            basis: newest.basis,
            days: days.join("\n"),
            says: String::new(),
            special: record.special,
        }
    }

    fn ask(&self) -> RecordAsk {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let dated = |line: &str| {
            let (what, on) = line.rsplit_once('=').unwrap_or((line, ""));
            Dated { what: what.trim().to_owned(), on: on.trim().to_owned() }
        };
        RecordAsk {
            name: filled(&self.name),
            kind: Kind::ALL.into_iter().find(|kind| kind.code() == self.kind),
            text: self.text.clone(),
            on: filled(&self.on),
            organisation: self.organisation.clone(),
            basis: self.basis.clone(),
            dates: self.days.lines().filter(|line| !line.trim().is_empty()).map(dated).collect(),
            says: filled(&self.says),
            import: None,
            credential: None,
            special: self.special,
        }
    }

    /// Whether the kind that is chosen has such a part; with no kind chosen yet, all are shown.
    pub(super) fn has(&self, part: &str) -> bool {
        match part {
            "on" => self.kind != "fact",
            "basis" => self.kind.is_empty() || self.kind == "conclusion",
            "days" => self.kind.is_empty() || self.kind == "paper",
            _ => true,
        }
    }
}

impl Shown {
    pub(super) fn of(frame: Frame, record: Record, form: Form) -> Self {
        let rows = rows(frame.words, record.kind, &record.newest);
        let history = record.earlier.iter().map(|version| self::rows(frame.words, record.kind, version)).collect();
        Self { heading: heading(frame.words, &record), frame, record, rows, history, form }
    }

    /// Where the file of the newest version is.
    pub(super) fn file(&self) -> String {
        let name = sesame_api::client::escaped(&self.record.name);
        format!("/data/records/{name}/file{}", if self.record.special { "?special=true" } else { "" })
    }
}

/// What a record is about, in a few words.
fn heading(words: &Words, record: &Record) -> String {
    match record.kind {
        Kind::Fact => label::field(words, &record.name),
        _ => sesame_api::safe::Safe(&record.newest.text).to_string(),
    }
}

/// Where a record is.
fn address(name: &str, special: bool) -> String {
    let name = sesame_api::client::escaped(name);
    format!("/data/records/{name}{}", if special { "?special=true" } else { "" })
}

fn hit(record: &Record) -> Hit {
    Hit {
        kind: record.kind.code().to_owned(),
        name: record.name.clone(),
        text: record.newest.text.clone(),
        organisation: record.newest.organisation.clone(),
        day: record.day.clone(),
        special: record.special,
    }
}

pub(super) fn groups(words: &Words, hits: &[Hit]) -> Vec<Group> {
    let kinds = ["fact", "event", "paper", "conclusion", "organisation", "contact", "import"];
    let group = |kind: &str| {
        let lines = hits.iter().filter(|hit| hit.kind == kind).map(|hit| line(words, hit)).collect();
        Group { title: words.text(&format!("record-kind-{kind}")), lines }
    };
    kinds.into_iter().map(group).filter(|group| !group.lines.is_empty()).collect()
}

fn line(words: &Words, hit: &Hit) -> Line {
    let safe = |text: &str| sesame_api::safe::Safe(text).to_string();
    let id = sesame_api::client::escaped(&hit.name);
    let (address, text) = match hit.kind.as_str() {
        "organisation" => (Some(format!("/organisations/{id}")), safe(&hit.text)),
        "contact" => (Some(format!("/circle/contact/{id}")), safe(&hit.text)),
        "import" => (None, safe(&hit.text)),
        "fact" => {
            (Some(address(&hit.name, hit.special)), format!("{} · {}", label::field(words, &hit.name), safe(&hit.text)))
        }
        _ => (Some(address(&hit.name, hit.special)), safe(&hit.text)),
    };
    let special = if hit.special { words.text("record-special") } else { String::new() };
    let day = if hit.day.is_empty() { String::new() } else { words.date(&hit.day) };
    let detail = [day, safe(&hit.organisation), special];
    let detail: Vec<String> = detail.into_iter().filter(|part| !part.is_empty()).collect();
    Line { address, text, detail: detail.join(" · ") }
}

/// What a version says, part by part; what it has not is left out.
fn rows(words: &Words, kind: Kind, version: &Version) -> Vec<(String, String)> {
    let part = |name: &str| words.text(&format!("record-part-{name}"));
    let who = if kind == Kind::Conclusion { "organisation-conclusion" } else { "organisation" };
    let says = match (version.says, &version.says_name) {
        (Says::Organisation, Some(name)) => name.clone(),
        (Says::Import, _) => words.text("record-says-import"),
        _ => words.text("record-says-me"),
    };
    let on = version.on.as_deref().map(|on| match on.split_once('T') {
        Some((day, hour)) => format!("{} {hour}", words.date(day)),
        None => words.date(on),
    });
    let file = version.file.as_ref();
    let file =
        file.map(|file| words.with("record-file", &[("name", (&file.name).into()), ("bytes", file.bytes.into())]));
    let device = version.device.as_deref().map(|device| device.chars().take(12).collect());
    let mut rows = vec![
        (part(&format!("text-{}", kind.code())), version.text.clone()),
        (part("on"), on.unwrap_or_default()),
        (part(who), version.organisation.clone()),
        (part("basis"), version.basis.clone()),
    ];
    rows.extend(version.dates.iter().map(|dated| (dated.what.clone(), words.date(&dated.on))));
    rows.extend([
        (part("file"), file.unwrap_or_default()),
        (part("says"), says),
        (part("at"), words.day_of(&version.at)),
        (part("import"), version.import.clone().unwrap_or_default()),
        (part("credential"), version.credential.clone().unwrap_or_default()),
        (part("device"), device.unwrap_or_default()),
    ]);
    rows.retain(|(_, value)| !value.is_empty());
    rows
}
