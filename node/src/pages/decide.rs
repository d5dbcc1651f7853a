//! *To decide*: what waits for the person and for nobody else, computed afresh from what is there. Nothing is stored, so
//! a card goes when its reason goes.

use askama::Template;
use axum::response::Response;
use sesame_api::Problem;
use sesame_api::circle::{Contact, Standing, Trust};
use sesame_api::safe::Safe;
use sesame_api::vendor::{Account, Request};
use sesame_api::words::Words;

use super::frame::{Frame, Room, page};
use super::organisations::request::verdict;
use super::organisations::{request_address, shown_name};
use super::visit::{Open, Visit};
use crate::capability;

/// One thing that waits for a decision.
pub(super) struct Card {
    /// Whom or what it is about.
    pub(super) title: String,
    /// What there is to decide.
    pub(super) what: String,
    /// Why it waits, and what ends it.
    pub(super) why: String,
    /// Where to do it, and what the button says.
    pub(super) action: (String, String),
    /// A second way out, of equal weight.
    pub(super) other: Option<(String, String)>,
    /// Whether somebody may be posing as somebody else.
    pub(super) is_grave: bool,
}

/// All cards, the gravest first, and then those for which somebody waits.
pub(super) async fn cards(visit: &Visit) -> Result<Vec<Card>, Problem> {
    let words = visit.words;
    let mut cards: Vec<Card> = capability::circle::circle(&visit.app)
        .await?
        .contacts
        .iter()
        .filter_map(|contact| of_contact(visit, contact))
        .collect();
    let accounts = capability::vendor::asking(&visit.app).await?;
    cards.extend(accounts.iter().map(|account| of_account(words, account)));
    let requests = capability::share::undecided(&visit.app).await?.requests;
    cards.extend(requests.iter().map(|request| of_request(words, request)));
    if visit.status.vault.as_ref().is_some_and(|vault| !vault.words_checked) {
        let has_words = visit.app.sessions().words().is_some();
        let path = if has_words { "/setup/words" } else { "/settings#words" };
        cards.push(Card {
            title: words.text("page-decide-words-title"),
            what: words.text("page-decide-words-what"),
            why: words.text("page-decide-words-why"),
            action: (path.to_owned(), words.text("page-decide-words-action")),
            other: None,
            is_grave: false,
        });
    }
    let draft = visit
        .app
        .sessions()
        .recall(&visit.session, |memory| memory.draft.as_ref().map(|draft| draft.found.name.clone()));
    if let Some(name) = draft.flatten() {
        cards.push(Card {
            title: name,
            what: words.text("page-decide-draft-what"),
            why: words.text("page-decide-draft-why"),
            action: ("/data/look".to_owned(), words.text("page-decide-draft-action")),
            other: None,
            is_grave: false,
        });
    }
    cards.sort_by_key(|card| !card.is_grave);
    Ok(cards)
}

fn of_contact(visit: &Visit, contact: &Contact) -> Option<Card> {
    let kind = match (contact.standing, contact.trust) {
        (Standing::Changed, _) => "changed",
        (Standing::Known, _) => "known",
        (Standing::Verified, Trust::None) if contact.recommendations > 0 => "trust",
        _ => return None,
    };
    let name = Safe(&contact.name).to_string();
    let say = |part: &str| visit.words.with(&format!("page-decide-{kind}-{part}"), &[("name", (&name).into())]);
    let path = format!("/circle/contact/{}", contact.id);
    let place = if kind == "trust" { "#trust" } else { "#words" };
    let other = (kind != "trust").then(|| (format!("{path}#remove"), say("other")));
    Some(Card {
        title: name.clone(),
        what: say("what"),
        why: say("why"),
        action: (format!("{path}{place}"), say("action")),
        other,
        is_grave: kind == "changed",
    })
}

/// An organisation that asks for an account.
pub(super) fn of_account(words: &Words, account: &Account) -> Card {
    let name = shown_name(words, &account.vendor_name);
    let say = |key: &str| words.with(key, &[("name", (&name).into())]);
    let message = Safe(&account.message).to_string();
    let path = format!("/organisations/{}#account-{}", account.vendor, account.id);
    Card {
        what: if message.is_empty() {
            say("page-decide-account-what")
        } else {
            words.with("page-decide-account-says", &[("name", (&name).into()), ("message", (&message).into())])
        },
        why: say("page-decide-account-why"),
        action: (path.clone(), say("page-decide-account-action")),
        other: Some((path, say("page-decide-account-other"))),
        title: name,
        is_grave: false,
    }
}

/// An organisation that asks for data: what, and how much of it is needed.
pub(super) fn of_request(words: &Words, request: &Request) -> Card {
    let name = shown_name(words, &request.vendor_name);
    let until = words.day_of(&request.until);
    let path = request_address(&request.id);
    Card {
        what: verdict(words, &name, request).join(" "),
        why: words.with("page-decide-request-why", &[("until", (&until).into())]),
        action: (path.clone(), words.text("page-decide-request-action")),
        other: Some((format!("{path}#answer"), words.text("page-decide-request-other"))),
        title: name,
        is_grave: false,
    }
}

#[derive(Template)]
#[template(path = "decide.html")]
pub(super) struct Decide {
    pub(super) frame: Frame,
    pub(super) cards: Vec<Card>,
}

/// `GET /decide`.
pub(super) async fn show(Open(visit): Open) -> Response {
    let made = async {
        let cards = cards(&visit).await?;
        let mut frame = visit.frame(Room::Decide, &visit.words.text("page-decide-title"));
        frame.decisions = cards.len();
        Ok(page(&Decide { frame, cards }))
    };
    visit.answer(made.await)
}
