//! What an organisation's node says of itself: its profile, signed anew whenever it changes, and what others say of it.
//! Any node may say that a field of somebody else's profile is true, and keeps what it said; the organisation hands that
//! on, or does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::code::{Attested, Error as CodeError};
use sesame_protocol::document::{self, Attestation, Body, Document, Profile};
use sesame_protocol::door::Link;
use sesame_protocol::key::IdentityId;
use sesame_protocol::market::Market;
use sesame_protocol::subject::Subject;
use sesame_protocol::terms::purpose::Purpose;
use sesame_protocol::terms::roster::Roster;
use sesame_protocol::text;
use sesame_protocol::time::Timestamp;

use crate::decide::{Outcome, Refusal};
use crate::engine::{Engine, Notice, Turn};
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{limits, own, row, vendors};

const PROFILE: &[u8] = b"profile";
const ATTESTATIONS: &[u8] = b"attestation/";

/// What a profile is made of, as its organisation writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The name that it goes by.
    pub name: String,
    /// The identifiers that it claims, such as `siren:552081317`.
    pub subjects: Vec<String>,
    /// The markets that it serves, by their codes.
    pub markets: Vec<String>,
    /// The terms that it signs by itself when a person proffers them.
    pub terms: Vec<String>,
    /// The purposes that it uses data for.
    pub uses: Vec<String>,
    /// What else it says, by field.
    pub fields: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct Published {
    draft: Draft,
    signed: ByteBuf,
}

/// What an organisation, or somebody who looked at it, may decide.
#[derive(Debug)]
pub enum Choice {
    /// Says this of itself from now on.
    Publish(Draft),
    /// Keeps what somebody else says of its profile, to be shown to whoever visits.
    Attach {
        /// The code that was handed over.
        code: String,
    },
    /// Says that a field of an organisation's profile is true.
    Attest {
        /// Which organisation.
        vendor: IdentityId,
        /// Which field.
        field: String,
        /// How it was checked.
        how: String,
        /// For how many days I stand by it.
        days: u32,
    },
}

/// What it says of itself now, and the signed document.
pub fn published(view: &dyn View) -> Result<Option<(Draft, Document)>, Unreadable> {
    let Some(published) = row::get::<Published>(view, Shelf::Desk, PROFILE)? else { return Ok(None) };
    let signed = Document::from_store(&published.signed).map_err(|_| Unreadable::Row { shelf: Shelf::Desk })?;
    Ok(Some((published.draft, signed)))
}

/// What others say of it, those whose word has not ended.
pub fn attestations(view: &dyn View, now: Timestamp) -> Result<Vec<Document>, Unreadable> {
    let rows = row::walk::<ByteBuf>(view, Shelf::Desk, ATTESTATIONS, limits::ATTESTATIONS_MAX)?;
    let read = rows.iter().filter_map(|(_, bytes)| Document::from_store(bytes).ok());
    Ok(read.filter(|said| said.until() > now).collect())
}

/// What I have said of organisations, newest first, what has ended included.
pub fn attested(view: &dyn View) -> Result<Vec<Document>, Unreadable> {
    let rows = row::walk::<ByteBuf>(view, Shelf::Attested, &[], limits::ATTESTED_MAX)?;
    let read =
        |(_, bytes): &(_, ByteBuf)| Document::from_store(bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Attested });
    let mut said = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    said.sort_by_key(|said| std::cmp::Reverse(said.version()));
    Ok(said)
}

/// Its link, to be handed to whoever wants an account; nothing before it listens.
pub fn link(view: &dyn View) -> Result<Option<String>, Unreadable> {
    let me = own::load(view)?;
    let addresses = own::addresses(view)?;
    let link = Link { vendor: me.id, device: me.device, addresses };
    Ok((!link.addresses.is_empty()).then(|| link.to_code()))
}

impl Choice {
    pub(crate) fn carry_out(
        self,
        engine: &mut Engine,
        turn: &mut Turn<'_, '_>,
    ) -> Result<Result<Outcome, Refusal>, Unreadable> {
        match self {
            Self::Publish(draft) => publish(engine, draft, turn),
            Self::Attach { code } => attach(engine, &code, turn),
            Self::Attest { vendor, field, how, days } => attest(engine, vendor, field, &how, days, turn),
        }
    }
}

/// Publishes a draft. Without a name the organisation goes by that of its node.
fn publish(engine: &Engine, mut draft: Draft, turn: &mut Turn<'_, '_>) -> Result<Result<Outcome, Refusal>, Unreadable> {
    if own::is_person(turn.view)? {
        return Ok(Err(Refusal::NotAVendor));
    }
    if draft.name.trim().is_empty() {
        draft.name = own::name(turn.view)?;
    }
    let before = published(turn.view)?.map_or(0, |(_, signed)| signed.version() + 1);
    let until = turn.now.plus(limits::PROFILE_LIFE);
    let profile = match read(engine.me.id, &draft, before.max(turn.now.seconds()), until) {
        Ok(profile) => profile,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let signed = match Document::sign(Body::Profile(profile), &engine.me.identity) {
        Ok(signed) => signed,
        Err(error) => return Ok(Err(bad("profile", "", &error))),
    };
    turn.put(Shelf::Desk, PROFILE, &Published { draft, signed: ByteBuf::from(signed.bytes()) });
    turn.tell(Notice::Desk);
    Ok(Ok(Outcome::Done))
}

/// A draft as a profile; what cannot be said is named.
fn read(identity: IdentityId, draft: &Draft, version: u64, until: Timestamp) -> Result<Profile, Refusal> {
    let mut subjects = Vec::new();
    for text in &draft.subjects {
        let subject = Subject::parse(text).map_err(|error| bad("subjects", text, &error))?;
        if subject.is_local() {
            return Err(bad("subjects", text, &document::Error::Local));
        }
        subjects.push(subject);
    }
    let mut markets = Vec::new();
    for text in &draft.markets {
        markets.push(Market::parse(text).map_err(|error| bad("market", text, &error))?);
    }
    for text in &draft.terms {
        Roster::parse(text).map_err(|error| bad("terms", text, &error))?;
    }
    for text in &draft.uses {
        Purpose::parse(text).map_err(|error| bad("purpose", text, &error))?;
    }
    let cleaned = draft.fields.iter().map(|(field, value)| (field.clone(), text::clean_prose(value)));
    let fields = cleaned.filter(|(_, value)| !value.is_empty()).collect();
    Ok(Profile {
        identity,
        name: draft.name.trim().to_owned(),
        subjects: sorted(subjects),
        markets: sorted(markets),
        terms: sorted(draft.terms.clone()),
        uses: sorted(draft.uses.clone()),
        fields,
        version,
        until,
    })
}

fn bad(part: &'static str, value: &str, why: &dyn std::fmt::Display) -> Refusal {
    Refusal::BadProfile { part, value: value.to_owned(), why: why.to_string() }
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list.dedup();
    list
}

fn attach(engine: &Engine, code: &str, turn: &mut Turn<'_, '_>) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let attested = match Attested::parse(code, turn.now) {
        Ok(attested) => attested,
        Err(error) => return Ok(Err(Refusal::BadCode(error))),
    };
    let Body::Attestation(said) = attested.body() else { return Ok(Err(Refusal::BadCode(CodeError::NotACode))) };
    if said.identity != engine.me.id {
        return Ok(Err(Refusal::OfAnother));
    }
    if attestations(turn.view, turn.now)?.len() >= limits::ATTESTATIONS_MAX {
        return Ok(Err(Refusal::Full { what: "attestations", most: limits::ATTESTATIONS_MAX }));
    }
    // One author's newer word on a field takes the place of the older.
    let name = [ATTESTATIONS, attested.author().as_bytes(), attested.slot()].concat();
    turn.put(Shelf::Desk, &name, &ByteBuf::from(attested.bytes()));
    turn.tell(Notice::Desk);
    Ok(Ok(Outcome::Done))
}

fn attest(
    engine: &Engine,
    id: IdentityId,
    field: String,
    how: &str,
    days: u32,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(vendor) = vendors::one(turn.view, &id)? else { return Ok(Err(Refusal::NotFound)) };
    let profile = vendor.read_profile();
    let Some(value) = profile.and_then(|profile| profile.fields.get(&field).cloned()) else {
        return Ok(Err(Refusal::Blank { field }));
    };
    let days = std::time::Duration::from_hours(24 * u64::from(days.clamp(1, limits::ATTESTED_DAYS_MAX)));
    let said = Attestation {
        identity: id,
        field,
        value,
        how: text::clean_prose(how),
        by: own::name(turn.view)?,
        version: turn.now.seconds(),
        until: turn.now.plus(days),
    };
    let signed = match Document::sign(Body::Attestation(said), &engine.me.identity) {
        Ok(signed) => signed,
        Err(error) => return Ok(Err(bad("how", "", &error))),
    };
    if !keep(&signed, turn)? {
        return Ok(Err(Refusal::Full { what: "attested", most: limits::ATTESTED_MAX }));
    }
    Ok(Ok(Outcome::Attested(Attested::to_code(&signed))))
}

/// Keeps what I say, in place of what I said of the same field; whether there was room. What has ended makes room.
fn keep(signed: &Document, turn: &mut Turn<'_, '_>) -> Result<bool, Unreadable> {
    let said = attested(turn.view)?;
    let (live, over): (Vec<_>, Vec<_>) = said.iter().partition(|said| said.until() > turn.now);
    if live.iter().filter(|said| said.slot() != signed.slot()).count() >= limits::ATTESTED_MAX {
        return Ok(false);
    }
    for ended in over {
        turn.drop(Shelf::Attested, ended.slot());
    }
    turn.put(Shelf::Attested, signed.slot(), &ByteBuf::from(signed.bytes()));
    turn.tell(Notice::Vendors);
    Ok(true)
}
