//! My ratings: what I say about whom, under which pen name, to whom. A recommendation is signed by the persona of its
//! division and year; a note to myself is signed by nobody and never leaves.

use serde::{Deserialize, Serialize};
use sesame_protocol::document::{Body, Document, DocumentId, Marks, Recommendation, Retraction};
use sesame_protocol::limits as bounds;
use sesame_protocol::market::Market;
use sesame_protocol::subject::Subject;
use sesame_protocol::text;
use sesame_protocol::time::Timestamp;

use crate::decide::{Outcome, Refusal};
use crate::engine::{Engine, Notice, Turn};
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{advice, documents, limits, own, row, sync};

/// Whom a rating goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Audience {
    /// My contacts.
    #[default]
    Contacts,
    /// Nobody.
    Myself,
}

/// What a person says about a subject.
#[derive(Clone, Debug)]
pub struct Say {
    /// What it is about.
    pub subject: Subject,
    /// The name to show, when the subject does not say it.
    pub label: String,
    /// The market.
    pub market: Option<Market>,
    /// The marks.
    pub marks: Marks,
    /// A few words.
    pub text: String,
    /// Whom it goes to.
    pub audience: Audience,
}

/// A rating as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rating {
    /// What it is about.
    pub subject: Subject,
    /// The name to show.
    pub label: String,
    /// The market.
    pub market: Option<Market>,
    /// The marks.
    pub marks: Marks,
    /// A few words.
    pub text: String,
    /// Whom it goes to.
    pub audience: Audience,
    /// When it was last changed.
    pub at: Timestamp,
    /// Whether it was taken back.
    pub retracted: bool,
    /// The signed recommendation, unless it is a note to myself.
    pub document: Option<DocumentId>,
    /// Division and year of the persona that signed it.
    persona: Option<(u8, u16)>,
    version: u64,
    until: Timestamp,
}

/// All my ratings, in order of subject.
pub fn all(view: &dyn View) -> Result<Vec<Rating>, Unreadable> {
    let rows = row::walk(view, Shelf::Rating, &[], limits::RATINGS_MAX)?;
    Ok(rows.into_iter().map(|(_, rating)| rating).collect())
}

/// My rating of a subject in one market.
pub fn one(view: &dyn View, subject: &Subject, market: Option<&Market>) -> Result<Option<Rating>, Unreadable> {
    row::get(view, Shelf::Rating, &name(subject, market))
}

/// Stores a rating; signs and offers it when it is for contacts.
pub(crate) fn rate(
    engine: &mut Engine,
    say: Say,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    if advice::mark(&say.marks).is_none() {
        return Ok(Err(Refusal::NoMark));
    }
    let say = Say { text: text::clean_prose(&say.text), ..say };
    if say.text.chars().count() > bounds::TEXT_CHARS_MAX {
        return Ok(Err(Refusal::TooLong { what: "text", most: bounds::TEXT_CHARS_MAX }));
    }
    if say.label.chars().count() > limits::NAME_CHARS_MAX {
        return Ok(Err(Refusal::TooLong { what: "label", most: limits::NAME_CHARS_MAX }));
    }
    let before = one(turn.view, &say.subject, say.market.as_ref())?;
    if before.is_none() && all(turn.view)?.len() >= limits::RATINGS_MAX {
        return Ok(Err(Refusal::Full { what: "ratings", most: limits::RATINGS_MAX }));
    }
    let is_public = say.audience == Audience::Contacts && !say.subject.is_local();
    let persona = is_public.then(|| (say.market.as_ref().map_or(0, Market::division), year(turn.now)));
    let version = before.as_ref().map_or(0, |before| before.version + 1).max(turn.now.seconds());
    let mut rating = Rating {
        label: if say.label.is_empty() { say.subject.name().to_owned() } else { say.label },
        subject: say.subject,
        market: say.market,
        marks: say.marks,
        text: say.text,
        audience: if is_public { Audience::Contacts } else { Audience::Myself },
        at: turn.now,
        retracted: false,
        document: None,
        persona,
        version,
        until: turn.now.plus(limits::RECOMMENDATION_LIFE),
    };
    // Said under another pen name before, or to contacts and now to nobody: the old word is taken back.
    if let Some(before) = before.filter(|before| before.persona != persona && !before.retracted) {
        retract_document(engine, &before, turn)?;
    }
    if let Some(persona) = persona {
        own::use_persona(engine, persona, turn)?;
        rating.document = Some(sign(engine, &rating, persona, turn)?);
    }
    put(&rating, turn);
    if is_public {
        sync::announce_all(engine, turn)?;
    }
    Ok(Ok(Outcome::Rated(Box::new(rating))))
}

/// Takes a rating back: contacts get a signed retraction.
pub(crate) fn retract(
    engine: &mut Engine,
    subject: &Subject,
    market: Option<&Market>,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(mut rating) = one(turn.view, subject, market)?.filter(|rating| !rating.retracted) else {
        return Ok(Err(Refusal::NotFound));
    };
    retract_document(engine, &rating, turn)?;
    rating.retracted = true;
    rating.at = turn.now;
    rating.version = (rating.version + 1).max(turn.now.seconds());
    put(&rating, turn);
    sync::announce_all(engine, turn)?;
    Ok(Ok(Outcome::Rated(Box::new(rating))))
}

/// Renews recommendations that would soon end, so that a word that still stands does not fade by itself.
pub(crate) fn renew(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let ends_soon = turn.now.plus(limits::RENEWED_BEFORE);
    for mut rating in all(turn.view)? {
        let Some(persona) = rating.persona.filter(|_| !rating.retracted && rating.until < ends_soon) else { continue };
        rating.version = (rating.version + 1).max(turn.now.seconds());
        rating.until = turn.now.plus(limits::RECOMMENDATION_LIFE);
        rating.document = Some(sign(engine, &rating, persona, turn)?);
        put(&rating, turn);
    }
    Ok(())
}

fn sign(
    engine: &Engine,
    rating: &Rating,
    persona: (u8, u16),
    turn: &mut Turn<'_, '_>,
) -> Result<DocumentId, Unreadable> {
    let body = Body::Recommendation(Recommendation {
        subject: rating.subject.clone(),
        market: rating.market,
        marks: rating.marks,
        text: rating.text.clone(),
        version: rating.version,
        until: rating.until,
    });
    offer(engine, body, persona, turn)
}

fn retract_document(engine: &Engine, rating: &Rating, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(persona) = rating.persona.filter(|_| rating.document.is_some()) else { return Ok(()) };
    let body = Body::Retraction(Retraction {
        slot: Recommendation::slot_of(&rating.subject, rating.market.as_ref()),
        version: (rating.version + 1).max(turn.now.seconds()),
        until: rating.until,
    });
    offer(engine, body, persona, turn)?;
    Ok(())
}

fn offer(engine: &Engine, body: Body, persona: (u8, u16), turn: &mut Turn<'_, '_>) -> Result<DocumentId, Unreadable> {
    let key = engine.me.online.persona(persona.0, persona.1);
    let document = Document::sign(body, &key).expect("a rating within the engine's bounds is within the document's");
    let id = document.id();
    documents::store(&engine.me.id, &document, turn)?.ok();
    Ok(id)
}

fn put(rating: &Rating, turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Rating, &name(&rating.subject, rating.market.as_ref()), rating);
    turn.tell(Notice::Choose);
}

fn name(subject: &Subject, market: Option<&Market>) -> Vec<u8> {
    let market = market.map(Market::code).unwrap_or_default();
    [subject.as_str().as_bytes(), &[0], market.as_bytes()].concat()
}

/// The civil year in UTC.
fn year(now: Timestamp) -> u16 {
    let seconds = i64::try_from(now.seconds()).unwrap_or(i64::MAX);
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
    u16::try_from(moment.to_zoned(jiff::tz::TimeZone::UTC).year())
        .expect("a year after 1970 is positive and has four digits")
}
