//! What comes from outside, before the engine sees it: bounded, decoded, unsealed, verified. Runs off the loop, on any
//! thread, over a view of committed state. Whatever does not pass is a reason, never a panic.

mod visit;

use sesame_protocol::document::Document;
use sesame_protocol::letter::{self, Body, Letter};
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::{self, Reason};
use sesame_protocol::{Rng, Verified};

pub use visit::{Brought, Heard, Shown, Visited, visit};

use crate::engine::{Checked, Fault, Protocol};
use crate::own;
use crate::pairs::{self, Party};
use crate::view::{Unreadable, View};

/// A question of a peer, checked.
#[derive(Debug)]
pub enum Request {
    /// First contact.
    Hello(wire::hello::Ask),
    /// Letters: each opened, or the reason why not.
    Mail(Vec<Result<Box<Opened>, Reason>>),
    /// Documents.
    Sync(wire::sync::Ask),
}

/// A peer's answer, checked.
#[derive(Debug)]
pub enum Answer {
    /// The host's card, or why not.
    Hello(Result<Box<Checked>, Reason>),
    /// What became of each letter.
    Mail(wire::mail::Answer),
    /// Documents.
    Sync(Synced),
}

/// A checked answer about documents.
#[derive(Debug)]
pub enum Synced {
    /// The next message of a reconciliation.
    Reconcile(Vec<u8>),
    /// Documents whose signatures are right; others were dropped.
    Documents(Vec<Checked>),
    /// Noted.
    Noted,
    /// Refused.
    Refused(Reason),
}

/// A letter that was opened: it is authentic to whoever holds the pair key.
#[derive(Debug)]
pub struct Opened {
    /// Whose pair key it was under.
    pub party: Party,
    /// The week of that key; nothing for the key of an invitation.
    pub week: Option<u64>,
    /// The letter.
    pub letter: Verified<Letter>,
    /// The card that it brings, its signature checked.
    pub card: Option<Checked>,
}

/// Checks a question of a peer.
pub fn request(
    view: &dyn View,
    protocol: Protocol,
    bytes: &[u8],
    now: Timestamp,
) -> Result<Result<Request, Reason>, Unreadable> {
    Ok(match protocol {
        Protocol::Hello => wire::hello::Ask::decode(bytes).map(Request::Hello).map_err(|_| Reason::Malformed),
        Protocol::Sync => wire::sync::Ask::decode(bytes).map(Request::Sync).map_err(|_| Reason::Malformed),
        Protocol::Mail => match wire::mail::Ask::decode(bytes) {
            Ok(ask) => {
                let letters = ask.letters.iter().map(|letter| open(view, letter, now));
                Ok(Request::Mail(letters.collect::<Result<_, _>>()?))
            }
            Err(_) => Err(Reason::Malformed),
        },
    })
}

/// Checks the answer of a peer. Signatures of documents are checked together.
pub fn answer(protocol: Protocol, bytes: &[u8], now: Timestamp, rng: &mut dyn Rng) -> Result<Answer, Fault> {
    match protocol {
        Protocol::Hello => {
            let answer = wire::hello::Answer::decode(bytes).map_err(|_| Fault::Malformed)?;
            let Some(card) = answer.card else {
                return Ok(Answer::Hello(Err(answer.refused.unwrap_or(Reason::Unknown))));
            };
            let card = Document::decode(&card, now)
                .and_then(sesame_protocol::document::Unverified::verify)
                .map_err(|_| Fault::Malformed)?;
            Ok(Answer::Hello(Ok(Box::new(card))))
        }
        Protocol::Mail => wire::mail::Answer::decode(bytes).map(Answer::Mail).map_err(|_| Fault::Malformed),
        Protocol::Sync => {
            let answer = wire::sync::Answer::decode(bytes).map_err(|_| Fault::Malformed)?;
            Ok(Answer::Sync(match answer {
                wire::sync::Answer::Reconcile(bytes) => Synced::Reconcile(bytes),
                wire::sync::Answer::Documents(documents) => Synced::Documents(verify(&documents, now, rng)),
                wire::sync::Answer::Noted => Synced::Noted,
                wire::sync::Answer::Refused(reason) => Synced::Refused(reason),
            }))
        }
    }
}

fn verify(documents: &[Vec<u8>], now: Timestamp, rng: &mut dyn Rng) -> Vec<Checked> {
    let decoded = documents.iter().filter_map(|bytes| Document::decode_public(bytes, now).ok()).collect();
    sesame_protocol::document::Unverified::verify_all(decoded, rng).into_iter().flatten().collect()
}

fn open(view: &dyn View, bytes: &[u8], now: Timestamp) -> Result<Result<Box<Opened>, Reason>, Unreadable> {
    let Ok(address) = letter::address(bytes) else { return Ok(Err(Reason::Malformed)) };
    let Some(label) = address.label else { return Ok(Err(Reason::Unknown)) };
    // The label is looked up before any opening, so that a stranger's letters cost one read each.
    let Some((party, week, pair)) = pairs::find(view, &label)? else { return Ok(Err(Reason::Stranger)) };
    let me = own::load(view)?.id;
    let seals = own::seals(view)?;
    let Some(seal) = seals.iter().find(|seal| seal.secret().hash() == address.key) else {
        return Ok(Err(Reason::Expired));
    };
    let Ok(letter) = letter::open(bytes, &seal.secret(), &pair, &me, now) else {
        return Ok(Err(Reason::BadSignature));
    };
    let card = match &letter.body {
        Body::Acceptance(body) => Some(&body.card),
        Body::Welcome(body) => Some(&body.card),
        Body::Update(body) => Some(&body.card),
        Body::Acknowledgement(_) => None,
    };
    let card = match card {
        Some(card) => match Document::decode(card, now).and_then(sesame_protocol::document::Unverified::verify) {
            Ok(card) => Some(card),
            Err(_) => return Ok(Err(Reason::BadSignature)),
        },
        None => None,
    };
    Ok(Ok(Box::new(Opened { party, week, letter, card })))
}
