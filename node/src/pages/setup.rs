//! The first run: language, passphrase, something to import, the first finding, and only then the 24 words, checked by
//! typing three. Every step is its own address and is worked out from what is there, so a reload loses nothing.

use askama::Template;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sesame_api::node::{InitAsk, State, Suggestion, WordsAsk};
use sesame_api::{Code, Problem};
use zeroize::Zeroizing;

use super::finding::{self, Finding};
use super::form::{Posted, PostedOpen};
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::visit::{Open, Turned, Visit, home_of};
use crate::capability;

/// Guesses a second that the years on the screen reckon with: thousands of machines, each making hundreds. The vault's
/// key derivation allows one machine a few.
const GUESSES_A_SECOND: f64 = 1_000_000.0;

/// Words that are asked for, of 24.
const ASKED: usize = 3;

#[derive(Template)]
#[template(path = "setup/language.html")]
pub(super) struct ChooseLanguage {
    pub(super) frame: Frame,
}

#[derive(Template)]
#[template(path = "setup/passphrase.html")]
pub(super) struct Passphrase {
    pub(super) frame: Frame,
    pub(super) suggestion: Suggestion,
    pub(super) years: String,
    pub(super) name: String,
    pub(super) is_vendor: bool,
}

#[derive(Template)]
#[template(path = "setup/import.html")]
pub(super) struct Import {
    pub(super) frame: Frame,
}

#[derive(Template)]
#[template(path = "setup/finding.html")]
pub(super) struct First {
    pub(super) frame: Frame,
    pub(super) finding: Option<Finding>,
}

#[derive(Template)]
#[template(path = "setup/words.html")]
pub(super) struct Sheet {
    pub(super) frame: Frame,
    pub(super) sheet: Zeroizing<Vec<String>>,
}

#[derive(Template)]
#[template(path = "setup/check.html")]
pub(super) struct Check {
    pub(super) frame: Frame,
    pub(super) asked: Vec<(usize, String)>,
}

/// Whether the first run is on its way in this node: a vault whose words nobody has checked, still in memory.
pub(super) fn is_under_way(visit: &Visit) -> bool {
    visit.status.state == State::Open && visit.app.sessions().words().is_some()
}

/// `GET /setup`: leads to the step that comes next.
pub(super) async fn start(visit: Visit) -> Response {
    match visit.status.state {
        State::Bare => Visit::lead("/setup/language"),
        // A desk has no data of its own to bring home.
        State::Open if is_under_way(&visit) && visit.is_desk() => Visit::lead("/setup/words"),
        State::Open if is_under_way(&visit) => {
            let is_empty = visit.status.vault.as_ref().is_none_or(|vault| vault.readings == 0);
            Visit::lead(if is_empty { "/setup/import" } else { "/setup/finding" })
        }
        state => Visit::lead(home_of(state).unwrap_or("/")),
    }
}

/// `GET /setup/language`. The two links set the language; nothing is made yet.
pub(super) async fn language(visit: Visit) -> Response {
    if visit.status.state != State::Bare {
        return Visit::lead("/setup");
    }
    page(&ChooseLanguage { frame: frame(&visit, "page-setup-language-title", "/setup/language") })
}

/// `GET /setup/passphrase`.
pub(super) async fn passphrase(visit: Visit) -> Response {
    if visit.status.state != State::Bare {
        return Visit::lead("/setup");
    }
    visit.answer(passphrase_view(&visit, None, ("", false)))
}

/// The form; `typed` is the name that was in it, and whether the node was to be an organisation's.
fn passphrase_view(visit: &Visit, trouble: Option<Trouble>, typed: (&str, bool)) -> Result<Response, Problem> {
    let mut frame = frame(visit, "page-setup-passphrase-title", "/setup/passphrase");
    frame.trouble = trouble;
    let suggestion = capability::node::suggestion(visit.words.language())?;
    let years = visit.words.number(years(suggestion.bits));
    let (name, is_vendor) = typed;
    Ok(page(&Passphrase { frame, suggestion, years, name: name.to_owned(), is_vendor }))
}

/// `POST /setup/passphrase`: makes the vault, and keeps the 24 words in memory until they are checked.
pub(super) async fn make(posted: Posted) -> Response {
    let visit = &posted.visit;
    if visit.status.state != State::Bare {
        return Visit::lead("/setup");
    }
    let passphrase = posted.raw("passphrase");
    let typed = (posted.field("name"), posted.field("kind") == "vendor");
    if passphrase != posted.raw("again") {
        let problem = Problem::new(Code::BadValue).with("field", visit.words.text("page-setup-again"));
        return again(visit, &problem, "again", typed);
    }
    let ask = InitAsk {
        passphrase: passphrase.to_owned(),
        name: typed.0.to_owned(),
        language: visit.words.language(),
        vendor: typed.1,
        quick: false,
    };
    match capability::node::begin(&visit.app, ask).await {
        Ok(()) => {
            let mut response = StatusCode::SEE_OTHER.into_response();
            response
                .headers_mut()
                .insert(LOCATION, HeaderValue::from_static(if typed.1 { "/setup/words" } else { "/setup/import" }));
            response.headers_mut().insert(SET_COOKIE, super::visit::remember(visit.words.language()));
            response
        }
        Err(problem) => again(visit, &problem, "passphrase", typed),
    }
}

fn again(visit: &Visit, problem: &Problem, field: &'static str, typed: (&str, bool)) -> Response {
    let trouble = Some(Trouble::of(visit.words, problem, Some(field)));
    (status_of(problem), visit.answer(passphrase_view(visit, trouble, typed))).into_response()
}

/// `GET /setup/import`.
pub(super) async fn import(Open(visit): Open) -> Response {
    import_view(&visit, None)
}

/// The step of the first file, with what went wrong with the last.
pub(super) fn import_view(visit: &Visit, trouble: Option<Trouble>) -> Response {
    let mut frame = frame(visit, "page-setup-import-title", "/setup/import");
    frame.trouble = trouble;
    page(&Import { frame })
}

/// `GET /setup/finding`.
pub(super) async fn finding(Open(visit): Open) -> Response {
    let made = async {
        let finding = finding::of(&visit).await?;
        let key = if finding.is_some() { "page-setup-finding-title" } else { "page-setup-finding-none" };
        Ok(page(&First { frame: frame(&visit, key, "/setup/finding"), finding }))
    };
    visit.answer(made.await)
}

/// `GET /setup/words`: the sheet with the 24 words, for as long as they were not checked.
pub(super) async fn words(Open(visit): Open) -> Response {
    let Some(sheet) = visit.app.sessions().words() else { return Visit::lead("/settings#words") };
    page(&Sheet { frame: frame(&visit, "page-setup-words-title", "/setup/words"), sheet })
}

/// `GET /setup/check`.
pub(super) async fn check(Open(visit): Open) -> Response {
    check_view(&visit, None, None).into_response()
}

fn check_view(visit: &Visit, trouble: Option<Trouble>, posted: Option<&Posted>) -> Result<Response, Turned> {
    let Some(words) = visit.app.sessions().words() else { return Err(Turned::Elsewhere("/settings#words")) };
    let mut frame = frame(visit, "page-setup-check-title", "/setup/check");
    frame.trouble = trouble;
    let places = visit.session.places(ASKED, words.len());
    let asked = places
        .into_iter()
        .map(|place| (place + 1, posted.map(|posted| posted.field(&field(place)).to_owned()).unwrap_or_default()))
        .collect();
    Ok(page(&Check { frame, asked }))
}

/// `POST /setup/check`: the words as they were made, with the three that the person typed in their places.
pub(super) async fn checked(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let Some(mut words) = visit.app.sessions().words() else { return Visit::lead("/settings#words") };
    for place in visit.session.places(ASKED, words.len()) {
        words[place] = posted.field(&field(place)).to_lowercase();
    }
    let problem = match capability::node::check_words(&visit.app, WordsAsk { words: words.to_vec() }).await {
        Ok(checked) if checked.right => {
            visit.app.sessions().forget_words();
            visit.say(visit.words.text("page-words-right"));
            return Visit::lead("/");
        }
        Ok(_) => Code::Words.into(),
        Err(problem) => problem,
    };
    let trouble = Some(Trouble::of(visit.words, &problem, Some("first")));
    (status_of(&problem), check_view(visit, trouble, Some(&posted))).into_response()
}

fn field(place: usize) -> String {
    format!("word-{}", place + 1)
}

fn frame(visit: &Visit, title: &str, path: &str) -> Frame {
    let mut frame = visit.frame(Room::Setup, &visit.words.text(title));
    path.clone_into(&mut frame.path);
    frame
}

/// Years that guessing takes on average, rounded to two digits.
fn years(bits: u32) -> u64 {
    let guesses = 2_f64.powi(i32::try_from(bits).unwrap_or(i32::MAX).saturating_sub(1).clamp(0, 100));
    let years = guesses / GUESSES_A_SECOND / (365.25 * 86_400.0);
    if years < 1.0 {
        return 0;
    }
    let unit = 10_f64.powf((years.log10().floor() - 1.0).max(0.0));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, and saturating is right for a number this rough"
    )]
    let rounded = ((years / unit).round() * unit) as u64;
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_is_told_in_round_years() {
        assert_eq!(years(66), 1_200_000);
        assert_eq!(years(20), 0);
        assert!(years(200) > 1_000_000_000_000_000);
    }
}
