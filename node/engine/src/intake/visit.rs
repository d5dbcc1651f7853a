//! What a desk answers, before the engine sees it: who the organisation is, and every letter for itself.

use sesame_protocol::Verified;
use sesame_protocol::agreement::Agreement;
use sesame_protocol::document::{Body as Content, Document, Unverified};
use sesame_protocol::key::PublicKey;
use sesame_protocol::letter::evidence::{self, Between, Signed};
use sesame_protocol::receipt::Receipt;
use sesame_protocol::relation::{Keys, Party};
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::{self, Reason};

use crate::engine::{Checked, Fault};
use crate::view::{Unreadable, View};
use crate::visits::Errand;
use crate::{own, relations};

/// What a visit to a desk brought, checked.
#[derive(Debug)]
pub struct Visited {
    /// Who they say they are.
    pub shown: Shown,
    /// What became of each letter that was left.
    pub results: Vec<Result<(), Reason>>,
    /// Letters that waited, in order of number.
    pub letters: Vec<Brought>,
    /// Whether more wait.
    pub more: bool,
    /// Why nothing else was said.
    pub refused: Option<Reason>,
}

/// What an organisation shows to whoever visits.
#[derive(Debug)]
pub struct Shown {
    /// Its card: the one that makes its identity.
    pub card: Checked,
    /// Its profile, signed by the same key.
    pub profile: Option<Checked>,
    /// What others say of it.
    pub attestations: Vec<Checked>,
}

/// A letter that waited at a desk; nothing in it when it could not be opened or believed.
#[derive(Debug)]
pub struct Brought {
    /// Its number, on the desk's word.
    pub number: u64,
    /// The letter.
    pub letter: Option<Box<Heard>>,
}

/// A letter of an organisation whose signature holds, and what it carries, checked too.
#[derive(Debug)]
pub struct Heard {
    /// The letter.
    pub signed: Verified<Signed>,
    /// The agreement in it.
    pub agreement: Option<Verified<Agreement>>,
    /// The receipt in it.
    pub receipt: Option<Verified<Receipt>>,
}

/// Checks what a desk answered: that it is the organisation's, and every letter for itself.
pub fn visit(
    view: &dyn View,
    errand: Errand,
    bytes: &[u8],
    now: Timestamp,
) -> Result<Result<Box<Visited>, Fault>, Unreadable> {
    let Ok(answer) = wire::desk::Answer::decode(bytes) else { return Ok(Err(Fault::Malformed)) };
    let Some(shown) = shown(&errand, &answer, now) else { return Ok(Err(Fault::Malformed)) };
    let online = own::load(view)?.online;
    let relation = errand.relation.map_or(Ok(None), |id| relations::one(view, &id))?;
    let keys = relation.map(|relation| relation.keys_of(&online));
    let signer = *shown.card.author();
    let read = |parcel: &wire::desk::Parcel| {
        let heard = keys.as_ref().and_then(|keys| hear(&parcel.letter, keys, &errand, &signer, now));
        Brought { number: parcel.number, letter: heard.map(Box::new) }
    };
    let letters = answer.letters.iter().map(read).collect();
    let result = |outcome: &wire::mail::Outcome| match outcome {
        wire::mail::Outcome::Taken => Ok(()),
        wire::mail::Outcome::Refused(reason) => Err(*reason),
    };
    let results = answer.results.iter().map(result).collect();
    Ok(Ok(Box::new(Visited { shown, results, letters, more: answer.more, refused: answer.refused })))
}

/// The card must make the very identity that was asked for, and all else must be of the card's key.
fn shown(errand: &Errand, answer: &wire::desk::Answer, now: Timestamp) -> Option<Shown> {
    let check = |bytes: &[u8]| Document::decode_public(bytes, now).and_then(Unverified::verify).ok();
    let card = check(&answer.card)?;
    match card.body() {
        // Of the first key, which proves itself; later ones need a chain of successions.
        Content::Card(content) if content.identity == errand.vendor && content.epoch == 0 => {}
        _ => return None,
    }
    let is_its = |profile: &Checked| {
        let is_of = matches!(profile.body(), Content::Profile(said) if said.identity == errand.vendor);
        is_of && profile.author() == card.author()
    };
    let profile = if answer.profile.is_empty() { None } else { Some(check(&answer.profile).filter(is_its)?) };
    let is_about = |said: &Checked| matches!(said.body(), Content::Attestation(said) if said.identity == errand.vendor);
    let attestations = answer.attestations.iter().filter_map(|bytes| check(bytes)).filter(is_about).collect();
    Some(Shown { card, profile, attestations })
}

fn hear(letter: &[u8], keys: &Keys, errand: &Errand, signer: &PublicKey, now: Timestamp) -> Option<Heard> {
    let (me, from) = (Party::from(keys.id()), Party::from(errand.vendor));
    let signed = evidence::open(letter, &keys.seal, Between { me, from, signer }, now).ok()?;
    let mine = keys.sign.public();
    let (mut agreement, mut receipt) = (None, None);
    match &signed.letter.body {
        evidence::Body::Agreed(said) => agreement = Some(Agreement::read(&said.agreement, &mine, signer).ok()?),
        evidence::Body::Receipt(said) => receipt = Some(Receipt::read(&said.receipt, &mine, signer).ok()?),
        _ => {}
    }
    Some(Heard { signed, agreement, receipt })
}
