//! Advice from my circle: what contacts say of a subject, how much each word weighs, and how far one of them could
//! bend the answer. Computed on my machine from what I hold; my own rating is shown and never counts.
//!
//! Weights: a contact weighs what I chose (0, 1, 3 or 9), its share of the voices on this subject; with three voices
//! or more none weighs over a third. Each mark is clipped to the weighted median, so that a single liar moves the
//! score by a bounded amount. The words of the contacts' contacts come with the circle digest, not here.

use std::collections::BTreeMap;

use sesame_protocol::document::{Body, DocumentId, Marks};
use sesame_protocol::key::IdentityId;
use sesame_protocol::market::Market;
use sesame_protocol::subject::Subject;
use sesame_protocol::time::Timestamp;

use crate::contacts::{self, Trust};
use crate::ratings::{self, Rating};
use crate::view::{Unreadable, View};
use crate::{documents, limits};

/// How far a mark may stand from the weighted median before it is clipped, in points of 100: three quarters of a
/// point on a scale from 1 to 5.
const CLIPPED_BEYOND: f64 = 18.75;
/// The most that one voice may weigh when three or more speak.
const SHARE_MAX: f64 = 1.0 / 3.0;
/// Less than this over a bound is not over it.
const ROUNDING: f64 = 1e-9;

/// What the circle says of one subject.
#[derive(Clone, Debug)]
pub struct Advice {
    /// What it is about.
    pub subject: Subject,
    /// From 0 to 100; nothing when nobody whose word weighs knows.
    pub score: Option<u8>,
    /// The most that one contact who lies could move the score, in points.
    pub price: u8,
    /// Who says so, heaviest first.
    pub voices: Vec<Voice>,
    /// My own rating of it.
    pub mine: Option<Rating>,
}

/// One voice.
#[derive(Clone, Debug)]
pub struct Voice {
    /// Through which contact it came.
    pub contact: IdentityId,
    /// How I call that contact.
    pub name: String,
    /// How much its word weighs.
    pub trust: Trust,
    /// Its part of the score, from 0 to 1.
    pub share: f64,
    /// Its mark, all in all.
    pub mark: u8,
    /// Its marks.
    pub marks: Marks,
    /// Its words.
    pub text: String,
    /// The market it speaks of.
    pub market: Option<Market>,
    /// When it said so.
    pub at: Timestamp,
    /// The signed recommendation.
    pub id: DocumentId,
}

/// What the circle says of one subject.
pub fn about(view: &dyn View, subject: &Subject) -> Result<Advice, Unreadable> {
    let mut voices = voices(view)?.remove(subject).unwrap_or_default();
    let mine = ratings::all(view)?.into_iter().find(|rating| rating.subject == *subject && !rating.retracted);
    let score = weigh(&mut voices);
    Ok(Advice { subject: subject.clone(), score, price: price(&voices), voices, mine })
}

/// What the circle says of everything that it or I have rated: best first, then by name.
pub fn all(view: &dyn View) -> Result<Vec<Advice>, Unreadable> {
    let mut spoken = voices(view)?;
    let mut mine = BTreeMap::new();
    for rating in ratings::all(view)?.into_iter().filter(|rating| !rating.retracted) {
        spoken.entry(rating.subject.clone()).or_default();
        mine.insert(rating.subject.clone(), rating);
    }
    let mut all: Vec<Advice> = spoken
        .into_iter()
        .take(limits::LISTED_MAX)
        .map(|(subject, mut voices)| {
            let score = weigh(&mut voices);
            let mine = mine.remove(&subject);
            Advice { score, price: price(&voices), voices, mine, subject }
        })
        .collect();
    all.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.subject.cmp(&b.subject)));
    Ok(all)
}

/// Every voice on every subject, weights not computed yet. A contact that says two things of a subject in two markets
/// speaks with its newer word.
fn voices(view: &dyn View) -> Result<BTreeMap<Subject, Vec<Voice>>, Unreadable> {
    let mut spoken: BTreeMap<Subject, Vec<Voice>> = BTreeMap::new();
    for (id, contact) in contacts::all(view)?.into_iter().filter(|(_, contact)| contact.is_live()) {
        for held in documents::of(view, &id)? {
            let Some(document) = held.read() else { continue };
            let Body::Recommendation(said) = document.body() else { continue };
            let Some(mark) = mark(&said.marks) else { continue };
            let voice = Voice {
                contact: id,
                name: contact.name.clone(),
                trust: contact.trust,
                share: 0.0,
                mark,
                marks: said.marks,
                text: said.text.clone(),
                market: said.market,
                at: Timestamp::from_seconds(said.version),
                id: held.id,
            };
            let others = spoken.entry(said.subject.clone()).or_default();
            match others.iter_mut().find(|other| other.contact == id) {
                Some(other) if other.at < voice.at => *other = voice,
                Some(_) => {}
                None => others.push(voice),
            }
        }
    }
    Ok(spoken)
}

/// What marks say all in all: the mark for that, or the mean of the others.
pub(crate) fn mark(marks: &Marks) -> Option<u8> {
    let given: Vec<f64> = marks.all().into_iter().flatten().map(f64::from).collect();
    #[expect(clippy::cast_precision_loss, reason = "there are five marks at most")]
    let mean = || points(given.iter().sum::<f64>() / given.len() as f64);
    marks.overall.or_else(|| (!given.is_empty()).then(mean))
}

/// Gives each voice its share, sorts them heaviest first, and returns the score.
fn weigh(voices: &mut [Voice]) -> Option<u8> {
    let shares = shares(voices);
    for (voice, share) in voices.iter_mut().zip(shares) {
        voice.share = share;
    }
    voices.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.name.cmp(&b.name)));
    let marks: Vec<(f64, f64)> = voices.iter().map(|voice| (f64::from(voice.mark), voice.share)).collect();
    score(&marks).map(points)
}

/// Each voice's part of the score: what it weighs among all. With three voices or more none gets over a third; what is
/// cut goes to those below, each in proportion, until no part is too large.
fn shares(voices: &[Voice]) -> Vec<f64> {
    let weights: Vec<f64> = voices.iter().map(|voice| f64::from(voice.trust.weight())).collect();
    let most = if weights.iter().filter(|weight| **weight > 0.0).count() >= 3 { SHARE_MAX } else { 1.0 };
    let (mut left, mut rest) = (1.0, weights.iter().sum::<f64>());
    let mut is_cut = vec![false; voices.len()];
    let is_over = |weight: f64, left: f64, rest: f64| weight * left > (most + ROUNDING) * rest;
    while let Some(over) = (0..weights.len()).find(|one| !is_cut[*one] && is_over(weights[*one], left, rest)) {
        is_cut[over] = true;
        left -= most;
        rest -= weights[over];
    }
    let share = |(weight, is_cut): (&f64, &bool)| match (is_cut, rest > 0.0) {
        (true, _) => most,
        (false, true) => weight / rest * left,
        (false, false) => 0.0,
    };
    weights.iter().zip(&is_cut).map(share).collect()
}

/// The mean of the marks by share, each clipped to the weighted median.
fn score(marks: &[(f64, f64)]) -> Option<f64> {
    let all: f64 = marks.iter().map(|(_, share)| share).sum();
    if all <= 0.0 {
        return None;
    }
    let median = median(marks);
    let clip = |mark: f64| mark.clamp(median - CLIPPED_BEYOND, median + CLIPPED_BEYOND);
    Some(marks.iter().map(|(mark, share)| clip(*mark) * share).sum::<f64>() / all)
}

fn median(marks: &[(f64, f64)]) -> f64 {
    let mut sorted: Vec<(f64, f64)> = marks.iter().copied().filter(|(_, share)| *share > 0.0).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sorted.iter().map(|(_, share)| share).sum::<f64>() / 2.0;
    let mut passed = 0.0;
    for (mark, share) in &sorted {
        passed += share;
        if passed >= half {
            return *mark;
        }
    }
    sorted.last().map_or(0.0, |(mark, _)| *mark)
}

/// The price of manipulation: the most that one voice could have moved the score by saying 0 or 100 instead.
fn price(voices: &[Voice]) -> u8 {
    let marks: Vec<(f64, f64)> = voices.iter().map(|voice| (f64::from(voice.mark), voice.share)).collect();
    let Some(honest) = score(&marks) else { return 0 };
    let mut most: f64 = 0.0;
    for liar in 0..marks.len() {
        for lie in [0.0, 100.0] {
            let mut bent = marks.clone();
            bent[liar].0 = lie;
            most = most.max((score(&bent).unwrap_or(honest) - honest).abs());
        }
    }
    points(most)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100 just before")]
fn points(value: f64) -> u8 {
    value.round().clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests;
