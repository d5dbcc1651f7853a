//! *Organisations*: those that the person keeps, with how far each is, and those whose name the node has met in a file, in
//! a rating or in the advice of the circle. Who one says it is and my accounts with it are in [`sheet`], what it asks for
//! in [`request`].

pub(super) mod request;
pub(super) mod sheet;

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use sesame_api::Problem;
use sesame_api::circle::Confidence;
use sesame_api::safe::Safe;
use sesame_api::vendor::{Account, AccountStanding, Request, Vendor, VendorAsk};
use sesame_api::words::Words;

use super::choose::address;
use super::form::PostedOpen;
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::label::{self, Mark};
use super::visit::{Open, Visit};
use crate::capability;

#[derive(Template)]
#[template(path = "organisations.html")]
pub(super) struct Organisations {
    pub(super) frame: Frame,
    pub(super) kept: Vec<Kept>,
    pub(super) met: Vec<Met>,
    pub(super) code: String,
    pub(super) name: String,
}

/// One organisation that the person keeps, in a line.
pub(super) struct Kept {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) mark: Mark,
    /// How far it is.
    pub(super) line: String,
    /// What it asks for: where that is, and in how many words.
    pub(super) asks: Vec<(String, String)>,
}

/// What is known of an organisation whose name was met.
#[derive(Default)]
pub(super) struct Met {
    pub(super) name: String,
    pub(super) readings: u64,
    pub(super) mine: Option<u8>,
    pub(super) circle: Option<u8>,
    /// Where it is shown, and where it can be rated.
    pub(super) address: String,
    pub(super) data: String,
}

/// `GET /organisations`.
pub(super) async fn show(Open(visit): Open) -> Response {
    visit.answer(view(&visit, None, ["", ""]).await)
}

/// `POST /organisations/add`: keeps an organisation by its link, and goes to see who it says it is.
pub(super) async fn add(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let ask = VendorAsk { code: posted.field("code").to_owned(), name: posted.field("name").to_owned() };
    match capability::vendor::add(&visit.app, ask).await {
        Ok(vendor) => {
            visit.say(visit.words.text("page-organisation-added"));
            Visit::lead(&format!("/organisations/{}", vendor.id))
        }
        Err(problem) => {
            let trouble = Trouble::of(visit.words, &problem, Some("code"));
            let typed = [posted.field("code"), posted.field("name")];
            (status_of(&problem), visit.answer(view(visit, Some(trouble), typed).await)).into_response()
        }
    }
}

/// The room; `typed` is what was in the form for a link that was refused.
async fn view(visit: &Visit, trouble: Option<Trouble>, [code, name]: [&str; 2]) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Organisations, "page-room-organisations").await?;
    frame.trouble = trouble;
    let vendors = capability::vendor::all(&visit.app).await?.vendors;
    let asked = capability::share::undecided(&visit.app).await?.requests;
    let kept = vendors.iter().map(|vendor| Kept::of(visit.words, vendor, &asked)).collect();
    let met = met(visit).await?;
    Ok(page(&Organisations { frame, kept, met, code: code.to_owned(), name: name.to_owned() }))
}

impl Kept {
    pub(super) fn of(words: &Words, vendor: &Vendor, asked: &[Request]) -> Self {
        let (mark, line) = state(words, vendor);
        let asks = asked.iter().filter(|request| request.vendor == vendor.id);
        let asks = asks.map(|request| (request_address(&request.id), asks_for(words, request))).collect();
        Self { id: vendor.id.clone(), name: shown_name(words, &vendor.name), mark, line, asks }
    }
}

/// How far an organisation is: what waits for the person before what runs by itself.
fn state(words: &Words, vendor: &Vendor) -> (Mark, String) {
    let of = |standing| vendor.accounts.iter().find(|account| account.standing == standing);
    let plain = |mark: Mark| (mark, words.text(mark.key));
    if vendor.blocked {
        return plain(Mark::no("page-account-blocked"));
    }
    let order = [
        AccountStanding::Asked,
        AccountStanding::Missing,
        AccountStanding::Open,
        AccountStanding::Door,
        AccountStanding::Refused,
        AccountStanding::Closed,
    ];
    match order.into_iter().find_map(of) {
        Some(account) => account_state(words, account),
        None if vendor.seen.is_none() => plain(Mark::none("page-account-unseen")),
        None => plain(Mark::none("page-account-none")),
    }
}

/// How far an account is, in one line.
pub(super) fn account_state(words: &Words, account: &Account) -> (Mark, String) {
    let mark = match account.standing {
        AccountStanding::Door => Mark::open("page-account-door"),
        AccountStanding::Asked => Mark::open("page-account-asked"),
        AccountStanding::Open => Mark::sure("page-account-open"),
        AccountStanding::Refused => Mark::none("page-account-refused"),
        AccountStanding::Missing => Mark::no("page-account-missing"),
        AccountStanding::Closed => Mark::none("page-account-closed"),
    };
    let until = account.door.as_ref().map(|door| words.day_of(&door.expires)).unwrap_or_default();
    let missing = label::profiles(words, &account.missing);
    (mark, words.with(mark.key, &[("until", (&until).into()), ("missing", (&missing).into())]))
}

/// How to call an organisation, also one that has not said its name yet.
pub(super) fn shown_name(words: &Words, name: &str) -> String {
    if name.is_empty() { words.text("page-organisation-nameless") } else { Safe(name).to_string() }
}

/// Where a request is shown.
pub(super) fn request_address(id: &str) -> String {
    format!("/organisations/requests/{id}")
}

/// What is asked for, in a few words: `7 things, for a quote`.
pub(super) fn asks_for(words: &Words, request: &Request) -> String {
    let purpose = label::purpose(words, &request.purpose);
    let count = u64::try_from(request.fields.len()).unwrap_or(u64::MAX);
    words.with("page-asks-for", &[("count", count.into()), ("purpose", (&purpose).into())])
}

/// The organisations whose name was met, told apart only by it until registers are there to say more.
async fn met(visit: &Visit) -> Result<Vec<Met>, Problem> {
    let mut all: BTreeMap<String, Met> = BTreeMap::new();
    let new = |name: &str, subject: &str| -> Met {
        let clean = Safe(name).to_string();
        let address = address(if subject.is_empty() { &clean } else { subject });
        Met { name: clean, address, ..Met::default() }
    };
    for series in capability::data::series(&visit.app).await?.series {
        let new = new(&series.vendor, "");
        let known = all.entry(new.name.to_lowercase()).or_insert(new);
        known.readings += series.readings;
        if known.data.is_empty() {
            known.data = format!("/data/series/{}", series.id);
        }
    }
    for rating in capability::circle::ratings(&visit.app).await?.ratings {
        let new = new(&rating.label, &rating.subject);
        let address = new.address.clone();
        let known = all.entry(new.name.to_lowercase()).or_insert(new);
        known.address = address;
        known.mine = rating.marks.overall.filter(|_| !rating.retracted);
    }
    for advice in capability::circle::all_advice(&visit.app).await?.subjects {
        let new = new(&advice.label, &advice.subject);
        let address = new.address.clone();
        let known = all.entry(new.name.to_lowercase()).or_insert(new);
        known.address = address;
        known.circle = advice.score.filter(|_| advice.confidence != Confidence::None);
    }
    Ok(all.into_values().collect())
}
