//! Home: the state in one sentence, what is to be decided, one finding, twelve months, and one next step. No feed.

use askama::Template;
use axum::response::Response;
use sesame_api::insight::{By, InsightAsk};
use sesame_api::{Code, Problem};

use super::compare::Compare;
use super::decide::{Card, cards};
use super::finding::{self, Finding};
use super::frame::{Frame, Room, page};
use super::knows::share_address;
use super::label::{self, Mark};
use super::organisations::shown_name;
use super::visit::{Visit, home_of};
use crate::capability;

/// Shares on Home at most; the rest is under *Who knows what*.
const KNOWN_MAX: usize = 3;
/// Cards on Home at most; the rest is under *To decide*.
const CARDS_MAX: usize = 3;

#[derive(Template)]
#[template(path = "home.html")]
pub(super) struct Home {
    pub(super) frame: Frame,
    pub(super) state: String,
    pub(super) is_grave: bool,
    pub(super) cards: Vec<Card>,
    pub(super) more: usize,
    pub(super) finding: Option<Finding>,
    pub(super) compare: Option<Compare>,
    pub(super) known: Vec<Recent>,
    pub(super) next: Option<Next>,
}

/// Something that an organisation was shown lately, and how it stands.
pub(super) struct Recent {
    pub(super) name: String,
    pub(super) fields: String,
    pub(super) mark: Mark,
    pub(super) address: String,
}

/// The one next step.
pub(super) struct Next {
    pub(super) title: String,
    pub(super) why: String,
    pub(super) action: (&'static str, String),
}

/// `GET /`.
pub(super) async fn show(visit: Visit) -> Response {
    if let Some(path) = home_of(visit.status.state) {
        return Visit::lead(path);
    }
    if visit.is_desk() {
        return Visit::lead(Room::Accounts.path());
    }
    visit.answer(view(&visit).await)
}

async fn view(visit: &Visit) -> Result<Response, Problem> {
    let mut cards = cards(visit).await?;
    let mut frame = visit.frame(Room::Home, &visit.words.text("page-room-home"));
    frame.decisions = cards.len();
    let grave = cards.iter().find(|card| card.is_grave).map(|card| card.title.clone());
    let state = grave.as_deref().map_or_else(|| state(visit), |name| frame.named("page-state-grave", name));
    let more = cards.len().saturating_sub(CARDS_MAX);
    cards.truncate(CARDS_MAX);
    let finding = finding::of(visit).await?;
    let compare =
        match capability::insight::energy(&visit.app, InsightAsk { by: By::Month, ..InsightAsk::default() }).await {
            Ok(insight) => Compare::of(visit.words, &insight.totals),
            Err(problem) if problem.code == Code::NotFound => None,
            Err(problem) => return Err(problem),
        };
    let known = known(visit).await?;
    let next = next(visit).await?;
    Ok(page(&Home { frame, state, is_grave: grave.is_some(), cards, more, finding, compare, known, next }))
}

/// What organisations were shown last.
async fn known(visit: &Visit) -> Result<Vec<Recent>, Problem> {
    let words = visit.words;
    let shares = capability::share::all(&visit.app).await?.shares;
    let shown = shares.iter().filter(|share| share.shown.is_some()).take(KNOWN_MAX);
    let recent = shown.map(|share| Recent {
        name: shown_name(words, &share.vendor_name),
        fields: label::fields(words, share.values.keys()),
        mark: label::share(share),
        address: share_address(&share.id),
    });
    Ok(recent.collect())
}

/// The state in one sentence.
fn state(visit: &Visit) -> String {
    let words = visit.words;
    let readings = visit.status.vault.as_ref().map_or(0, |vault| vault.readings);
    let network = visit.status.network.as_ref();
    let waiting = network.map_or(0, |network| network.waiting);
    let linked = network.map_or(0, |network| network.linked);
    let key = match (readings, waiting) {
        (0, 0) => "page-state-empty",
        (_, 0) => "page-state-well",
        _ => "page-state-waiting",
    };
    words.with(key, &[("readings", readings.into()), ("linked", linked.into()), ("waiting", waiting.into())])
}

/// The first thing in a fixed order that was not done yet; nothing when all was.
async fn next(visit: &Visit) -> Result<Option<Next>, Problem> {
    let vault = visit.status.vault.as_ref();
    let kind = if vault.is_some_and(|vault| vault.readings == 0) {
        ("import", "/data")
    } else if vault.is_some_and(|vault| vault.contacts == 0) {
        ("invite", "/circle")
    } else if capability::circle::ratings(&visit.app).await?.ratings.iter().all(|rating| rating.retracted) {
        ("rate", "/choose")
    } else if capability::data::series(&visit.app).await?.series.len() < 2 {
        ("more", "/data")
    } else {
        return Ok(None);
    };
    let say = |part: &str| visit.words.text(&format!("page-next-{}-{part}", kind.0));
    Ok(Some(Next { title: say("title"), why: say("why"), action: (kind.1, say("action")) }))
}
