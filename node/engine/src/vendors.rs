//! Organisations: those whose link I have. This file holds what is stored of each and how what it says of itself is
//! judged, field by field; my accounts with it are in `relations`.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::document::{Attestation, Body, Document, MANDATORY, Profile};
use sesame_protocol::door::Link;
use sesame_protocol::key::{IdentityId, PublicKey};
use sesame_protocol::time::Timestamp;

use crate::decide::{Outcome, Refusal, named};
use crate::engine::{Engine, Notice, Turn};
use crate::intake::Shown;
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{contacts, limits, relations, row, visits};

/// An organisation as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendor {
    /// How I call it; empty until I or its profile say.
    pub name: String,
    /// The public key of its machine.
    #[serde(with = "serde_bytes")]
    pub device: [u8; 32],
    /// Where it may be reached.
    pub addresses: Vec<String>,
    /// Its card, as signed; empty until its desk was reached.
    card: ByteBuf,
    /// Its profile, as signed; empty while it has none.
    profile: ByteBuf,
    /// What others say of its profile, as signed.
    attestations: Vec<ByteBuf>,
    /// Since when I know it.
    pub since: Timestamp,
    /// When its desk was last reached.
    pub seen: Option<Timestamp>,
    /// Whether I want to hear nothing of it any more.
    pub blocked: bool,
}

impl Vendor {
    /// The key that it signs with; nothing until its desk was reached.
    pub fn key(&self) -> Option<PublicKey> {
        Document::from_store(&self.card).ok().map(|card| *card.author())
    }

    /// Its card, read again.
    pub(crate) fn read_card(&self) -> Option<Document> {
        Document::from_store(&self.card).ok()
    }

    /// What it says of itself.
    pub fn read_profile(&self) -> Option<Profile> {
        match Document::from_store(&self.profile).ok()?.body() {
            Body::Profile(profile) => Some(profile.clone()),
            _ => None,
        }
    }

    /// What others say of its profile, with the key of each.
    pub fn read_attestations(&self) -> Vec<(PublicKey, Attestation)> {
        let read = |bytes: &ByteBuf| {
            let document = Document::from_store(bytes).ok()?;
            match document.body() {
                Body::Attestation(attestation) => Some((*document.author(), attestation.clone())),
                _ => None,
            }
        };
        self.attestations.iter().filter_map(read).collect()
    }

    /// The name to show: mine, or its own, or nothing.
    pub fn shown_name(&self) -> String {
        if self.name.is_empty() {
            self.read_profile().map(|profile| profile.name).unwrap_or_default()
        } else {
            self.name.clone()
        }
    }

    /// The mandatory fields that its profile lacks.
    pub fn missing(&self) -> Vec<String> {
        let missing = self.read_profile().map_or_else(|| MANDATORY.to_vec(), |profile| profile.missing());
        missing.into_iter().map(str::to_owned).collect()
    }
}

/// What a person may decide about an organisation.
#[derive(Debug)]
pub enum Choice {
    /// Keeps an organisation by its link, and looks at who it says it is.
    Add {
        /// The link.
        code: String,
        /// How I call it; may be empty.
        name: String,
    },
    /// Looks again at who it says it is.
    Look {
        /// Which.
        vendor: IdentityId,
    },
    /// Wants to hear nothing of it any more, or takes that back.
    Block {
        /// Which.
        vendor: IdentityId,
        /// Whether it is blocked from now on.
        blocked: bool,
    },
}

/// Whose word stands behind a field of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody whom I know says that it was checked.
    Proven {
        /// How I call whoever says so.
        by: String,
        /// How it was checked.
        how: String,
        /// Until when they stand by it.
        until: Timestamp,
    },
    /// The organisation says so; perhaps somebody whom I do not know says so too.
    Stated {
        /// What whoever says so too calls itself, if anybody does.
        by_stranger: Option<String>,
    },
    /// It is mandatory and is not said.
    Missing,
}

/// One field of a profile, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The field.
    pub field: String,
    /// What it says; empty when it is missing.
    pub value: String,
    /// Whether every profile must have it.
    pub mandatory: bool,
    /// Whose word stands behind it.
    pub standing: Standing,
}

/// All organisations, by identity.
pub fn all(view: &dyn View) -> Result<Vec<(IdentityId, Vendor)>, Unreadable> {
    let rows = row::walk(view, Shelf::Vendor, &[], limits::VENDORS_MAX)?;
    rows.into_iter()
        .map(|(name, vendor)| {
            let id = <[u8; 32]>::try_from(name).map_err(|_| Unreadable::Row { shelf: Shelf::Vendor })?;
            Ok((IdentityId::from_bytes(id), vendor))
        })
        .collect()
}

/// One organisation.
pub fn one(view: &dyn View, id: &IdentityId) -> Result<Option<Vendor>, Unreadable> {
    row::get(view, Shelf::Vendor, id.as_bytes())
}

/// The fields of a profile, mandatory ones first, each with whose word stands behind it. Nobody's word counts here but
/// that of my contacts, and of organisations that I gave a name.
pub fn judge(view: &dyn View, vendor: &Vendor, now: Timestamp) -> Result<Vec<Judged>, Unreadable> {
    let fields = vendor.read_profile().map(|profile| profile.fields).unwrap_or_default();
    let attestations = vendor.read_attestations();
    let known = known_keys(view)?;
    let judged = |field: &str, value: &str, mandatory: bool| {
        // Its own word about itself is no more than stated, whatever form it comes in.
        let is_others = |author: &PublicKey| vendor.key().as_ref() != Some(author);
        let said: Vec<_> = attestations
            .iter()
            .filter(|(author, _)| is_others(author))
            .filter(|(_, said)| said.field == field && said.value == value && said.until > now)
            .collect();
        let proven = said.iter().find_map(|(author, said)| {
            let (_, name) = known.iter().find(|(key, _)| key == author)?;
            Some(Standing::Proven { by: name.clone(), how: said.how.clone(), until: said.until })
        });
        let stated = || Standing::Stated { by_stranger: said.first().map(|(_, said)| said.by.clone()) };
        let standing = if value.trim().is_empty() { Standing::Missing } else { proven.unwrap_or_else(stated) };
        Judged { field: field.to_owned(), value: value.to_owned(), mandatory, standing }
    };
    let first = MANDATORY.iter().map(|field| judged(field, fields.get(*field).map_or("", String::as_str), true));
    let others =
        fields.iter().filter(|(field, value)| !MANDATORY.contains(&field.as_str()) && !value.trim().is_empty());
    Ok(first.chain(others.map(|(field, value)| judged(field, value, false))).collect())
}

/// The keys of those whose word I take, and how I call them: contacts, and organisations that I gave a name of my own.
fn known_keys(view: &dyn View) -> Result<Vec<(PublicKey, String)>, Unreadable> {
    let contacts = contacts::all(view)?.into_iter().filter(|(_, contact)| contact.is_live());
    let contacts = contacts.filter_map(|(_, contact)| Some((*contact.read_card()?.author(), contact.name.clone())));
    let vendors = all(view)?.into_iter().filter(|(_, vendor)| !vendor.blocked && !vendor.name.is_empty());
    let vendors = vendors.filter_map(|(_, vendor)| Some((vendor.key()?, vendor.name)));
    Ok(contacts.chain(vendors).collect())
}

pub(crate) fn put(id: &IdentityId, vendor: &Vendor, turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Vendor, id.as_bytes(), vendor);
    turn.tell(Notice::Vendors);
}

impl Choice {
    pub(crate) fn carry_out(
        self,
        engine: &mut Engine,
        turn: &mut Turn<'_, '_>,
    ) -> Result<Result<Outcome, Refusal>, Unreadable> {
        match self {
            Self::Add { code, name } => add(engine, &code, &name, turn),
            Self::Look { vendor } => {
                let Some(found) = one(turn.view, &vendor)? else { return Ok(Err(Refusal::NotFound)) };
                visits::peek(engine, vendor, &found, turn)?;
                Ok(Ok(Outcome::Vendor(vendor)))
            }
            Self::Block { vendor, blocked } => {
                let Some(mut found) = one(turn.view, &vendor)? else { return Ok(Err(Refusal::NotFound)) };
                found.blocked = blocked;
                put(&vendor, &found, turn);
                if blocked {
                    relations::close_all(engine, &vendor, turn)?;
                }
                Ok(Ok(Outcome::Vendor(vendor)))
            }
        }
    }
}

fn add(
    engine: &mut Engine,
    code: &str,
    name: &str,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let (link, name) = match (Link::parse(code), named(name)) {
        (Ok(link), Ok(name)) => (link, name),
        (Err(error), _) => return Ok(Err(Refusal::BadCode(error))),
        (_, Err(refusal)) => return Ok(Err(refusal)),
    };
    let id = link.vendor;
    if id == engine.me.id || link.device == engine.me.device {
        return Ok(Err(Refusal::Mine));
    }
    let vendor = match one(turn.view, &id)? {
        // A link is public, and anybody can write one. Where an organisation is that I reached before, only it may say.
        Some(known) if !known.card.is_empty() => {
            Vendor { name: if name.is_empty() { known.name } else { name }, ..known }
        }
        Some(known) => Vendor {
            name: if name.is_empty() { known.name } else { name },
            device: link.device,
            addresses: link.addresses,
            ..known
        },
        None if all(turn.view)?.len() >= limits::VENDORS_MAX => {
            return Ok(Err(Refusal::Full { what: "organisations", most: limits::VENDORS_MAX }));
        }
        None => Vendor {
            name,
            device: link.device,
            addresses: link.addresses,
            card: ByteBuf::new(),
            profile: ByteBuf::new(),
            attestations: Vec::new(),
            since: turn.now,
            seen: None,
            blocked: false,
        },
    };
    put(&id, &vendor, turn);
    visits::peek(engine, id, &vendor, turn)?;
    Ok(Ok(Outcome::Vendor(id)))
}

/// What its desk showed: the card is the identity's own, the rest is signed by the same key. Whether that is so was
/// checked before it came here; an older version does not replace a newer one.
pub(crate) fn shown(id: &IdentityId, shown: &Shown, turn: &mut Turn<'_, '_>) -> Result<bool, Unreadable> {
    let Some(mut vendor) = one(turn.view, id)? else { return Ok(false) };
    let before = vendor.clone();
    let Body::Card(card) = shown.card.body() else { return Ok(false) };
    // The machine that was reached must be the one that the identity names, or somebody shows another's card.
    if card.device != vendor.device {
        return Ok(false);
    }
    let is_newer = |stored: &ByteBuf, fresh: &Document| {
        Document::from_store(stored).map_or(true, |stored| fresh.version() > stored.version())
    };
    if is_newer(&vendor.card, &shown.card) {
        vendor.card = ByteBuf::from(shown.card.bytes());
        if !card.addresses.is_empty() {
            vendor.addresses.clone_from(&card.addresses);
        }
    }
    if let Some(profile) = shown.profile.as_ref().filter(|profile| is_newer(&vendor.profile, profile)) {
        vendor.profile = ByteBuf::from(profile.bytes());
    }
    vendor.attestations = shown.attestations.iter().map(|said| ByteBuf::from(said.bytes())).collect();
    // Written only when something is new: a desk that is visited often costs no journal.
    let is_noted = vendor.seen.is_some_and(|seen| seen.plus(limits::VISITED_TO) > turn.now);
    if !is_noted || vendor != before {
        vendor.seen = Some(turn.now);
        put(id, &vendor, turn);
    }
    Ok(true)
}
