//! *Choose*: what my circle says of one subject and of all, what I say myself, and how far one liar could move a score.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use sesame_api::Problem;
use sesame_api::circle::{Advice, Audience, Confidence, Marks, RateAsk, Rating, RetractAsk, Trust};
use sesame_api::safe::Safe;
use sesame_api::words::Words;
use sesame_protocol::market;

use super::form::{Posted, PostedOpen};
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::visit::{Open, Visit};
use crate::capability;

/// The marks of a rating: the name of the field and the key of its label.
const MARKS: [(&str, &str); 5] = [
    ("overall", "page-mark-overall"),
    ("price", "page-mark-price"),
    ("quality", "page-mark-quality"),
    ("service", "page-mark-service"),
    ("honesty", "page-mark-honesty"),
];

#[derive(Template)]
#[template(path = "choose.html")]
pub(super) struct Shown {
    pub(super) frame: Frame,
    pub(super) subjects: Vec<Advice>,
    pub(super) ratings: Vec<Rating>,
    pub(super) form: Form,
    pub(super) subject: String,
}

#[derive(Template)]
#[template(path = "about.html")]
pub(super) struct About {
    pub(super) frame: Frame,
    pub(super) advice: Advice,
    pub(super) form: Form,
}

/// The form of a rating, with what is in it.
pub(super) struct Form {
    pub(super) subject: String,
    pub(super) label: String,
    pub(super) marks: Vec<(&'static str, String, String)>,
    pub(super) markets: Vec<Division>,
    pub(super) text: String,
    pub(super) is_private: bool,
}

/// One division of the sectors, for the picker.
pub(super) struct Division {
    pub(super) name: String,
    pub(super) classes: Vec<(String, String, bool)>,
}

/// `GET /choose`.
pub(super) async fn show(Open(visit): Open) -> Response {
    visit.answer(view(&visit, None, None, "").await)
}

async fn view(
    visit: &Visit,
    trouble: Option<Trouble>,
    posted: Option<&Posted>,
    subject: &str,
) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Choose, "page-room-choose").await?;
    frame.trouble = trouble;
    let subjects = capability::circle::all_advice(&visit.app).await?.subjects;
    let ratings = capability::circle::ratings(&visit.app).await?.ratings;
    let form = posted.map_or_else(|| Form::empty(visit.words), |posted| Form::typed(visit.words, posted));
    Ok(page(&Shown { frame, subjects, ratings, form, subject: subject.to_owned() }))
}

/// `GET /choose/about?subject=…`.
pub(super) async fn about(Open(visit): Open, Query(asked): Query<BTreeMap<String, String>>) -> Response {
    let subject = asked.get("subject").map(|subject| subject.trim()).unwrap_or_default();
    if subject.is_empty() {
        return Visit::lead("/choose");
    }
    match capability::circle::advice(&visit.app, subject).await {
        Ok(advice) => {
            let made = async {
                let mut frame = visit.room(Room::Choose, "page-room-choose").await?;
                frame.title = Safe(&advice.label).to_string();
                frame.path = address(&advice.subject);
                let form = Form::about(visit.words, &advice);
                Ok(page(&About { frame, advice, form }))
            };
            visit.answer(made.await)
        }
        Err(problem) => {
            let trouble = Trouble::of(visit.words, &problem, Some("ask"));
            (status_of(&problem), visit.answer(view(&visit, Some(trouble), None, subject).await)).into_response()
        }
    }
}

/// `POST /choose/rate`.
pub(super) async fn rate(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let mark = |name: &str| posted.filled(name).and_then(|mark| mark.parse().ok());
    let audience = if posted.field("audience") == "myself" { Audience::Myself } else { Audience::Contacts };
    let ask = RateAsk {
        subject: posted.field("subject").to_owned(),
        label: posted.field("label").to_owned(),
        market: posted.filled("market").map(str::to_owned),
        marks: Marks {
            overall: mark("overall"),
            price: mark("price"),
            quality: mark("quality"),
            service: mark("service"),
            honesty: mark("honesty"),
        },
        text: posted.field("text").replace("\r\n", "\n"),
        audience,
    };
    match checked(&posted, &ask).map(|()| ask) {
        Ok(ask) => match capability::circle::rate(&visit.app, ask).await {
            Ok(rating) => {
                let key = if rating.audience == Audience::Myself { "page-rated-myself" } else { "page-rated" };
                visit.say(visit.words.with(key, &[("name", (&Safe(&rating.label).to_string()).into())]));
                Visit::lead(&address(&rating.subject))
            }
            Err(problem) => refuse(&posted, &problem, "subject").await,
        },
        Err(field) => {
            refuse(
                &posted,
                &Problem::new(sesame_api::Code::BadValue).with("field", field).with("limit", "0\u{2013}100"),
                field,
            )
            .await
        }
    }
}

/// The first field that cannot be right. The engine checks again; here the person learns which field it is.
fn checked(posted: &Posted, ask: &RateAsk) -> Result<(), &'static str> {
    let wrong = MARKS
        .iter()
        .find(|(name, _)| posted.filled(name).is_some_and(|mark| mark.parse::<u8>().map_or(true, |mark| mark > 100)));
    match wrong {
        Some((name, _)) => Err(name),
        None if ask.marks == Marks::default() => Err("overall"),
        None => Ok(()),
    }
}

async fn refuse(posted: &Posted, problem: &Problem, field: &'static str) -> Response {
    let visit = &posted.visit;
    let trouble = Some(Trouble::of(visit.words, problem, Some(field)));
    (status_of(problem), visit.answer(view(visit, trouble, Some(posted), "").await)).into_response()
}

/// `POST /choose/retract`.
pub(super) async fn retract(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let ask =
        RetractAsk { subject: posted.field("subject").to_owned(), market: posted.filled("market").map(str::to_owned) };
    match capability::circle::retract(&visit.app, ask).await {
        Ok(rating) => {
            visit.say(visit.words.with("page-retracted", &[("name", (&Safe(&rating.label).to_string()).into())]));
            Visit::lead("/choose")
        }
        Err(problem) => visit.failure(&problem),
    }
}

impl Form {
    fn empty(words: &Words) -> Self {
        let marks = MARKS.map(|(name, key)| (name, words.text(key), String::new())).into();
        Self {
            subject: String::new(),
            label: String::new(),
            marks,
            markets: markets(words, ""),
            text: String::new(),
            is_private: false,
        }
    }

    /// The form as it was typed, so that nothing is typed twice.
    fn typed(words: &Words, posted: &Posted) -> Self {
        let marks = MARKS.map(|(name, key)| (name, words.text(key), posted.field(name).to_owned())).into();
        Self {
            subject: posted.field("subject").to_owned(),
            label: posted.field("label").to_owned(),
            marks,
            markets: markets(words, posted.field("market")),
            text: posted.field("text").to_owned(),
            is_private: posted.field("audience") == "myself",
        }
    }

    /// The form for a subject, with my own rating in it when there is one.
    pub(super) fn about(words: &Words, advice: &Advice) -> Self {
        let mine = advice.mine.as_ref().filter(|mine| !mine.retracted);
        let values = mine
            .map(|mine| {
                [mine.marks.overall, mine.marks.price, mine.marks.quality, mine.marks.service, mine.marks.honesty]
            })
            .unwrap_or_default();
        let marks = MARKS
            .iter()
            .zip(values)
            .map(|((name, key), value)| {
                (*name, words.text(key), value.map(|mark| mark.to_string()).unwrap_or_default())
            })
            .collect();
        Self {
            subject: advice.subject.clone(),
            label: advice.label.clone(),
            marks,
            markets: markets(words, mine.and_then(|mine| mine.market.as_deref()).unwrap_or_default()),
            text: mine.map(|mine| mine.text.clone()).unwrap_or_default(),
            is_private: mine.is_some_and(|mine| mine.audience == Audience::Myself),
        }
    }
}

/// All sectors by division, with the chosen one marked.
pub(super) fn markets(words: &Words, chosen: &str) -> Vec<Division> {
    let language = capability::language(words.language());
    let mut divisions: BTreeMap<u8, Division> = BTreeMap::new();
    for market in market::all() {
        let code = market.code().to_string();
        let division =
            divisions.entry(market.division()).or_insert_with(|| Division { name: String::new(), classes: Vec::new() });
        let name = market.name(language).to_owned();
        if !code.contains('.') {
            division.name.clone_from(&name);
        }
        let is_chosen = code == chosen;
        division.classes.push((code, name, is_chosen));
    }
    divisions.into_values().collect()
}

/// Where a subject is shown.
pub(super) fn address(subject: &str) -> String {
    let mut address = String::from("/choose/about?subject=");
    for byte in subject.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ => write!(address, "%{byte:02X}").expect("a string takes all that is written to it"),
        }
    }
    address
}

/// How sure a score is: a shape and the key of a word.
pub(super) fn confidence(confidence: Confidence) -> (&'static str, &'static str) {
    match confidence {
        Confidence::None => ("○", "page-confidence-none"),
        Confidence::One => ("◇", "page-confidence-one"),
        Confidence::Two => ("◆", "page-confidence-two"),
        Confidence::Many => ("◆", "page-confidence-many"),
    }
}

/// The key of the name of a weight.
fn weight(trust: Trust) -> &'static str {
    match trust {
        Trust::None => "page-trust-none",
        Trust::Little => "page-trust-little",
        Trust::Some => "page-trust-some",
        Trust::Much => "page-trust-much",
    }
}

/// Marks in one line: `price 60 · service 35`.
fn marks(words: &Words, marks: Marks) -> String {
    let values = [marks.overall, marks.price, marks.quality, marks.service, marks.honesty];
    let told = MARKS
        .iter()
        .zip(values)
        .filter_map(|((_, key), value)| value.map(|value| format!("{}\u{a0}{value}", words.text(key))));
    told.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    #[test]
    fn an_address_escapes_everything_but_plain_letters() {
        assert_eq!(address("local:Café & Co?#\"<"), "/choose/about?subject=local%3ACaf%C3%A9%20%26%20Co%3F%23%22%3C");
    }

    #[test]
    fn every_sector_is_in_the_picker_and_one_is_chosen() {
        let divisions = markets(Words::of(Language::Fr), "04.5.1");
        assert!(divisions.iter().all(|division| !division.name.is_empty()));
        assert_eq!(
            divisions.iter().flat_map(|division| &division.classes).filter(|(_, _, is_chosen)| *is_chosen).count(),
            1
        );
    }
}
