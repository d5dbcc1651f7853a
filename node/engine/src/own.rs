//! What a node knows of itself: its keys, its name, its card. The seed itself is never stored; the rotation root is
//! never even in the memory of a running node.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::Rng;
use sesame_protocol::document::{Body, Card, Document, SealKey};
use sesame_protocol::key::{Commitment, IdentityId, Inception, Online, PublicKey, Seed, SigningKey};
use sesame_protocol::limits as bounds;
use sesame_protocol::seal;
use sesame_protocol::text;
use sesame_protocol::time::Timestamp;
use zeroize::Zeroizing;

use crate::engine::{Engine, Turn};
use crate::shelf::{Shelf, Write};
use crate::view::{Unreadable, View};
use crate::{contacts, limits, row};

/// Who this node is, as read from the vault.
#[derive(Debug)]
pub struct Me {
    /// The identity, for ever.
    pub id: IdentityId,
    /// Signs the card.
    pub identity: SigningKey,
    /// The epoch of that key.
    pub epoch: u32,
    /// What the next key was committed to.
    pub next: Commitment,
    /// Daily keys come from here.
    pub online: Online,
    /// The public key of this device.
    pub device: [u8; 32],
}

/// A sealing key of mine.
#[derive(Clone, Serialize, Deserialize)]
pub struct Seal {
    /// Counts the months.
    pub epoch: u32,
    /// The secret.
    #[serde(with = "serde_bytes")]
    secret: [u8; 32],
    /// Until when it is on the card.
    pub until: Timestamp,
}

impl Seal {
    /// The secret, to open letters with.
    pub fn secret(&self) -> seal::SecretKey {
        seal::SecretKey::from_bytes(self.secret)
    }
}

#[derive(Serialize, Deserialize)]
struct KeyRow {
    era: u32,
    epoch: u32,
    #[serde(with = "serde_bytes")]
    online: [u8; 32],
    #[serde(with = "serde_bytes")]
    identity: [u8; 32],
    first: PublicKey,
    next: Commitment,
    id: IdentityId,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct CardRow {
    card: ByteBuf,
    addresses: Vec<String>,
    seal: u32,
    version: u64,
    until: u64,
}

const KEYS: &[u8] = b"keys";
const NAME: &[u8] = b"name";
const CARD: &[u8] = b"card";
const PERSONAS: &[u8] = b"personas";
const VENDOR: &[u8] = b"vendor";
const WORDS_CHECKED: &[u8] = b"words-checked";
const SEALS: &[u8] = b"seal/";

/// Whose a new vault is.
#[derive(Clone, Copy, Debug)]
pub struct Born<'a> {
    /// How others will see it.
    pub name: &'a str,
    /// Whether it is a person's, and not an organisation's.
    pub is_person: bool,
}

/// The first writes of a vault: identity and keys from the seed, the name, the first sealing key. The name is checked
/// here, because every card of this node will carry it.
pub fn birth(seed: &Seed, born: Born<'_>, now: Timestamp, rng: &mut dyn Rng) -> Result<Vec<Write>, text::Error> {
    let Born { name, is_person } = born;
    text::check_name(name, bounds::NAME_CHARS_MAX)?;
    let rotation = seed.rotation();
    let identity = rotation.identity(0);
    let next = rotation.commitment(0);
    let keys = KeyRow {
        era: 0,
        epoch: 0,
        online: *seed.online(0).to_bytes(),
        identity: *identity.to_bytes(),
        first: identity.public(),
        id: Inception { key: identity.public(), next }.id(),
        next,
    };
    let seal = fresh_seal(0, now, rng);
    Ok(vec![
        row::put(Shelf::Own, KEYS, &keys),
        row::put(Shelf::Own, NAME, &name),
        row::put(Shelf::Own, VENDOR, &!is_person),
        row::put(Shelf::Own, seal_name(0), &seal),
    ])
}

/// Reads who this node is.
pub fn load(view: &dyn View) -> Result<Me, Unreadable> {
    let keys: KeyRow = row::get(view, Shelf::Own, KEYS)?.ok_or(Unreadable::Row { shelf: Shelf::Own })?;
    let online = Online::from_bytes(keys.online);
    let device = SigningKey::from_bytes(*online.device()).public();
    Ok(Me {
        id: keys.id,
        identity: SigningKey::from_bytes(keys.identity),
        epoch: keys.epoch,
        next: keys.next,
        device: *device.as_bytes(),
        online,
    })
}

/// The secret of this device, for the network alone.
pub fn device(view: &dyn View) -> Result<Zeroizing<[u8; 32]>, Unreadable> {
    Ok(load(view)?.online.device())
}

/// Whether these are the words behind this vault: they make the same first key.
pub fn is_mine(view: &dyn View, seed: &Seed) -> Result<bool, Unreadable> {
    let keys: KeyRow = row::get(view, Shelf::Own, KEYS)?.ok_or(Unreadable::Row { shelf: Shelf::Own })?;
    Ok(seed.rotation().identity(0).public() == keys.first)
}

/// How contacts see me.
pub fn name(view: &dyn View) -> Result<String, Unreadable> {
    Ok(row::get(view, Shelf::Own, NAME)?.unwrap_or_default())
}

/// Whether the node is a person's, and not an organisation's.
pub fn is_person(view: &dyn View) -> Result<bool, Unreadable> {
    Ok(!row::get(view, Shelf::Own, VENDOR)?.unwrap_or(false))
}

/// Whether the 24 words were checked.
pub fn words_checked(view: &dyn View) -> Result<bool, Unreadable> {
    Ok(row::get(view, Shelf::Own, WORDS_CHECKED)?.unwrap_or(false))
}

pub(crate) fn check_words(turn: &mut Turn<'_, '_>) {
    turn.put(Shelf::Own, WORDS_CHECKED, &true);
}

/// My sealing keys, those of past months included while letters may still be under way.
pub fn seals(view: &dyn View) -> Result<Vec<Seal>, Unreadable> {
    let rows = row::walk(view, Shelf::Own, SEALS, 64)?;
    Ok(rows.into_iter().map(|(_, seal)| seal).collect())
}

/// My card as it travels in letters; nothing before the node listens for the first time.
pub fn card(view: &dyn View) -> Result<Option<Vec<u8>>, Unreadable> {
    Ok(row::get::<CardRow>(view, Shelf::Own, CARD)?.map(|row| row.card.into_vec()))
}

/// The addresses on my card: where the node listened the last time.
pub fn addresses(view: &dyn View) -> Result<Vec<String>, Unreadable> {
    Ok(row::get::<CardRow>(view, Shelf::Own, CARD)?.unwrap_or_default().addresses)
}

/// Division and year of each persona that I have signed with.
pub(crate) fn personas(view: &dyn View) -> Result<Vec<(u8, u16)>, Unreadable> {
    Ok(row::get(view, Shelf::Own, PERSONAS)?.unwrap_or_default())
}

/// My personas as contacts learn them.
pub(crate) fn persona_keys(me: &Me, view: &dyn View) -> Result<Vec<PublicKey>, Unreadable> {
    let personas = personas(view)?;
    Ok(personas.into_iter().map(|(division, year)| me.online.persona(division, year).public()).collect())
}

/// Notes that a persona is used; contacts learn of a new one by an update.
pub(crate) fn use_persona(engine: &mut Engine, persona: (u8, u16), turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let mut personas = personas(turn.view)?;
    if personas.contains(&persona) {
        return Ok(());
    }
    personas.push(persona);
    turn.put(Shelf::Own, PERSONAS, &personas);
    contacts::update_all(engine, turn)
}

/// The node's addresses changed: the card follows, and contacts are told.
pub(crate) fn listening(
    engine: &mut Engine,
    addresses: Vec<String>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let mut addresses = addresses;
    addresses.sort();
    addresses.dedup();
    addresses.retain(|address| address.len() <= bounds::ADDRESS_BYTES_MAX);
    addresses.truncate(bounds::ADDRESSES_MAX);
    let row: Option<CardRow> = turn.get(Shelf::Own, CARD)?;
    if row.is_some_and(|row| row.addresses == addresses) {
        return Ok(());
    }
    issue_card(engine, addresses, turn)
}

/// Makes the next sealing key when the month is over, forgets old ones, and renews the card before it ends.
pub(crate) fn renew(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let seals = seals(turn.view)?;
    let now = turn.now;
    for old in seals.iter().filter(|seal| seal.until.plus(limits::SEAL_GRACE) < now) {
        turn.erase(Shelf::Own, &seal_name(old.epoch));
    }
    let last = seals.last().map_or(0, |seal| seal.epoch);
    if seals.last().is_none_or(|seal| seal.until <= turn.now) {
        let seal = fresh_seal(last + 1, turn.now, turn.rng);
        turn.put(Shelf::Own, &seal_name(last + 1), &seal);
    }
    let Some(row) = turn.get::<CardRow>(Shelf::Own, CARD)? else { return Ok(()) };
    let newest = self::seals(turn.view)?.last().map_or(0, |seal| seal.epoch);
    let ends = Timestamp::from_millis(row.until);
    if row.seal != newest || ends < turn.now.plus(limits::RENEWED_BEFORE) {
        issue_card(engine, row.addresses, turn)?;
    }
    Ok(())
}

/// The next sealing key of a node that was restored: its number is one that no lost key had.
pub(crate) fn fresh_after_restore(view: &dyn View, now: Timestamp, rng: &mut dyn Rng) -> Result<Write, Unreadable> {
    let last = seals(view)?.last().map_or(0, |seal| seal.epoch);
    let jump = u32::try_from(limits::RESTORED_JUMP).expect("a jump is far below four billion");
    let epoch = last.saturating_add(jump);
    Ok(row::put(Shelf::Own, seal_name(epoch), &fresh_seal(epoch, now, rng)))
}

fn issue_card(engine: &mut Engine, addresses: Vec<String>, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let seals = seals(turn.view)?;
    let seal = seals.last().ok_or(Unreadable::Row { shelf: Shelf::Own })?;
    let before: Option<CardRow> = turn.get(Shelf::Own, CARD)?;
    let version = before.map_or(0, |row| row.version + 1).max(turn.now.seconds());
    let until = turn.now.plus(limits::CARD_LIFE);
    let card = Card {
        epoch: engine.me.epoch,
        identity: engine.me.id,
        next: engine.me.next,
        name: name(turn.view)?,
        person: is_person(turn.view)?,
        seal: SealKey { epoch: seal.epoch, key: seal.secret().public(), until: seal.until },
        device: engine.me.device,
        addresses: addresses.clone(),
        version,
        until,
    };
    let signed = Document::sign(Body::Card(card), &engine.me.identity).expect("my own card keeps the bounds");
    let row =
        CardRow { card: ByteBuf::from(signed.bytes()), addresses, seal: seal.epoch, version, until: until.millis() };
    turn.put(Shelf::Own, CARD, &row);
    contacts::update_all(engine, turn)
}

fn fresh_seal(epoch: u32, now: Timestamp, rng: &mut dyn Rng) -> Seal {
    let mut secret = [0; 32];
    rng.fill_bytes(&mut secret);
    Seal { epoch, secret, until: now.plus(limits::SEAL_LIFE) }
}

fn seal_name(epoch: u32) -> Vec<u8> {
    [SEALS, &epoch.to_be_bytes()].concat()
}
