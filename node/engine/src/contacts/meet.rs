//! How two nodes become contacts. The host makes an invitation with a one-time secret and hands it over. The guest
//! dials the host, shows a token made from the secret and gets the host's card (*hello*); then two letters go under a
//! key made from the secret: the *acceptance* with the guest's card and half of a key, the *welcome* with the other
//! half. From then on both share a key that the secret alone does not give: whoever saw the link later, in a chat,
//! cannot read or forge a letter.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::document::Body;
use sesame_protocol::invitation as code;
use sesame_protocol::key::IdentityId;
use sesame_protocol::letter::{self, Acceptance, Letter, Welcome};
use sesame_protocol::pair::PairKey;
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::Reason;

use super::{Contact, Standing, Trust, all, invitations, one, put};
use crate::decide::{Invited, Outcome, Refusal};
use crate::engine::{Checked, Effect, Engine, Node, Notice, Turn};
use crate::pairs::{self, Party};
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{hello, limits, mail, own, row, sync};

/// An invitation that nobody has accepted yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Invitation {
    /// Whom it is for, in my own words.
    pub name: String,
    /// When it ends.
    pub expires: Timestamp,
    secret: Secret,
}

/// What the first letters of two contacts are sealed with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Opening {
    secret: Secret,
    /// My half of the key to come.
    half: Secret32,
    /// Whether the invitation was mine.
    is_host: bool,
    pub(crate) expires: Timestamp,
}

impl Opening {
    /// The key of the invitation itself.
    pub(crate) fn key(&self, contact: &IdentityId, me: &IdentityId) -> PairKey {
        PairKey::from_invitation(&self.secret.0, if self.is_host { me } else { contact })
    }
}

/// The one-time secret of an invitation.
#[derive(Clone, Serialize, Deserialize)]
struct Secret(#[serde(with = "serde_bytes")] [u8; 16]);

/// Half of a key.
#[derive(Clone, Serialize, Deserialize)]
struct Secret32(#[serde(with = "serde_bytes")] [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl std::fmt::Debug for Secret32 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret32(…)")
    }
}

/// Makes an invitation.
pub(crate) fn invite(
    engine: &Engine,
    name: String,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    if invitations(turn.view)?.len() >= limits::INVITATIONS_MAX {
        return Ok(Err(Refusal::Full { what: "invitations", most: limits::INVITATIONS_MAX }));
    }
    let addresses = own::addresses(turn.view)?;
    if addresses.is_empty() {
        return Ok(Err(Refusal::NoAddress));
    }
    let secret = turn.chance();
    let expires = turn.now.plus(limits::INVITATION_LIFE).minute();
    let row = Invitation { name: name.clone(), expires, secret: Secret(secret) };
    let invitation = as_code(engine, &row, addresses);
    let id = invitation.id();
    turn.put(Shelf::Invitation, &id, &row);
    pairs::open_invitation(Party::Invitation(id), &PairKey::from_invitation(&secret, &engine.me.id), turn);
    turn.tell(Notice::Circle);
    Ok(Ok(Outcome::Invited(Invited { id, name, code: invitation.to_code(), expires })))
}

/// Accepts an invitation: stores the host as a contact that is being asked, and dials it.
pub(crate) fn accept(
    engine: &mut Engine,
    text: &str,
    name: String,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let invitation = match code::Invitation::parse(text) {
        Ok(invitation) => invitation,
        Err(error) => return Ok(Err(Refusal::BadCode(error))),
    };
    if invitation.inviter == engine.me.id {
        return Ok(Err(Refusal::Mine));
    }
    if invitation.expires < turn.now {
        return Ok(Err(Refusal::Expired { at: invitation.expires }));
    }
    let id = invitation.inviter;
    // A link may name any device; one of somebody else is not to be taken for this contact.
    if invitation.device == engine.me.device {
        return Ok(Err(Refusal::Mine));
    }
    if let Some(other) = engine.nodes.get(&invitation.device).filter(|other| **other != id) {
        return Ok(Err(Refusal::KnownAlready { id: *other }));
    }
    let known = one(turn.view, &id)?;
    if known.as_ref().is_some_and(|contact| contact.standing != Standing::Asking) {
        return Ok(Err(Refusal::KnownAlready { id }));
    }
    if known.is_none() && all(turn.view)?.len() >= limits::CONTACTS_MAX {
        return Ok(Err(Refusal::Full { what: "contacts", most: limits::CONTACTS_MAX }));
    }
    let is_asked = |contact: &Contact| {
        let opening = contact.opening.as_ref();
        !contact.refused && opening.is_some_and(|opening| opening.secret.0 == invitation.secret)
    };
    if known.as_ref().is_some_and(is_asked) {
        // The same link once more: what is under way goes on, and its half of the key stays.
        dial(engine, id, invitation.device, invitation.addresses.clone(), turn);
        hello::ask(engine, id, turn)?;
        return Ok(Ok(Outcome::Contact(id)));
    }
    let half = Secret32(turn.chance());
    let opening = Opening { secret: Secret(invitation.secret), half, is_host: false, expires: invitation.expires };
    pairs::open_invitation(Party::Contact(id), &opening.key(&id, &engine.me.id), turn);
    let contact = Contact {
        addresses: invitation.addresses.clone(),
        opening: Some(opening),
        ..blank(name, Standing::Asking, invitation.device, turn.now)
    };
    mail::forget(&id, turn)?;
    put(&id, &contact, turn);
    engine.place(id, known.map(|known| known.device), contact.device);
    dial(engine, id, contact.device, contact.addresses, turn);
    hello::ask(engine, id, turn)?;
    Ok(Ok(Outcome::Contact(id)))
}

fn dial(engine: &mut Engine, id: IdentityId, node: Node, at: Vec<String>, turn: &mut Turn<'_, '_>) {
    if !engine.links.contains(&node) {
        engine.tried(id, turn.now);
        turn.effects.push(Effect::Dial { node, at });
    }
}

/// Whether a token shown at hello is that of an open invitation.
pub(crate) fn is_invited(engine: &Engine, token: &[u8; 32], turn: &Turn<'_, '_>) -> Result<bool, Unreadable> {
    // All are looked at whatever the answer, and what is compared are hashes of secrets: time tells nothing.
    let open = invitations(turn.view)?;
    let mut tokens: BTreeSet<[u8; 32]> = BTreeSet::new();
    for (_, row) in open.iter().filter(|(_, row)| row.expires >= turn.now) {
        tokens.insert(as_code(engine, row, Vec::new()).token());
    }
    Ok(tokens.contains(token) || opened_with(engine, token, turn)?)
}

/// The guest has the host's card: the acceptance can go.
pub(crate) fn carded(
    engine: &mut Engine,
    id: IdentityId,
    card: &Checked,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let Some(mut contact) = one(turn.view, &id)? else { return Ok(()) };
    let Some(opening) = contact.opening.clone().filter(|_| contact.standing == Standing::Asking) else { return Ok(()) };
    // The link named the identity and the device: a card of anybody else is not what was invited.
    let invited = card_of(card, &id).filter(|(_, content)| content.device == contact.device);
    let Some((card, content)) = invited else {
        contact.refused = true;
        put(&id, &contact, turn);
        return Ok(());
    };
    if !contact.card.is_empty() {
        return mail::flush(engine, id, turn);
    }
    contact.card = ByteBuf::from(card.bytes());
    contact.refused = false;
    if contact.name.is_empty() {
        contact.name.clone_from(&content.name);
    }
    put(&id, &contact, turn);
    let acceptance =
        Acceptance { card: Vec::new(), personas: own::persona_keys(&engine.me, turn.view)?, half: opening.half.0 };
    mail::post(engine, id, letter::Body::Acceptance(acceptance), None, turn)
}

/// The host reads an acceptance: the guest is a contact from now on.
pub(crate) fn read_acceptance(
    engine: &mut Engine,
    invitation: [u8; 16],
    letter: &Letter,
    acceptance: &Acceptance,
    card: Option<&Checked>,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<(), Reason>, Unreadable> {
    let Some(row) = turn.get::<Invitation>(Shelf::Invitation, &invitation)? else { return Ok(Err(Reason::Expired)) };
    let Some((card, content)) = card.and_then(|card| card_of(card, &letter.from)) else {
        return Ok(Err(Reason::Malformed));
    };
    if row.expires < turn.now {
        return Ok(Err(Reason::Expired));
    }
    if letter.from == engine.me.id || all(turn.view)?.len() >= limits::CONTACTS_MAX {
        return Ok(Err(Reason::Busy));
    }
    let id = letter.from;
    let known = one(turn.view, &id)?;
    if let Some(reason) = known.as_ref().map(|known| objection(engine, &id, known, card, turn)).transpose()?.flatten() {
        return Ok(Err(reason));
    }
    let half = Secret32(turn.chance());
    let opening = Opening { secret: row.secret.clone(), half: half.clone(), is_host: true, expires: row.expires };
    let name = if row.name.is_empty() { content.name.clone() } else { row.name.clone() };
    let contact = Contact {
        addresses: content.addresses.clone(),
        card: ByteBuf::from(card.bytes()),
        personas: acceptance.personas.iter().take(limits::PERSONAS_PER_CONTACT_MAX).copied().collect(),
        opening: Some(opening),
        ..blank(name, Standing::Known, content.device, turn.now)
    };
    let before = known.as_ref().map(|known| known.device);
    let contact = match known {
        // A contact that comes back by a new invitation is who it was: its key is the same.
        Some(old) if old.is_live() => Contact {
            name: old.name,
            standing: old.standing,
            trust: old.trust,
            since: old.since,
            sent: old.sent,
            ..contact
        },
        // I had accepted its invitation, too: mine is the one that counts now.
        Some(old) => {
            if let Some(opening) = &old.opening {
                pairs::close_invitation(&opening.key(&id, &engine.me.id), turn);
            }
            mail::forget(&id, turn)?;
            Contact { name: if old.name.is_empty() { contact.name.clone() } else { old.name }, ..contact }
        }
        None => contact,
    };
    turn.drop(Shelf::Invitation, &invitation);
    pairs::open_invitation(Party::Contact(id), &PairKey::from_invitation(&row.secret.0, &engine.me.id), turn);
    put(&id, &contact, turn);
    engine.place(id, before, contact.device);
    let key = PairKey::agreed(&row.secret.0, &half.0, &acceptance.half, &engine.me.id, &id);
    pairs::keep(&id, &key, pairs::week(letter.sent), turn);
    let welcome = Welcome { card: Vec::new(), personas: own::persona_keys(&engine.me, turn.view)?, half: half.0 };
    mail::post(engine, id, letter::Body::Welcome(welcome), Some(letter.id), turn)?;
    Ok(Ok(()))
}

/// Why somebody whom I know cannot become a contact anew by an invitation of mine.
fn objection(
    engine: &Engine,
    id: &IdentityId,
    known: &Contact,
    card: &Checked,
    turn: &Turn<'_, '_>,
) -> Result<Option<Reason>, Unreadable> {
    let is_asking = known.standing == Standing::Asking;
    if !is_asking && !known.is_pinned(card) {
        return Ok(Some(Reason::BadSignature));
    }
    // Each accepted the other's invitation: the smaller identity stays the guest, so that one of the two counts.
    let is_open = known.opening.as_ref().is_some_and(|opening| opening.expires >= turn.now) && !known.refused;
    let is_guest = is_asking && is_open && engine.me.id < *id && mail::is_accepting(turn.view, id, turn.now)?;
    Ok(is_guest.then_some(Reason::Busy))
}

/// The guest reads the welcome: the host is a contact from now on.
pub(crate) fn read_welcome(
    engine: &mut Engine,
    letter: &Letter,
    welcome: &Welcome,
    card: Option<&Checked>,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<(), Reason>, Unreadable> {
    let id = letter.from;
    let Some(mut contact) = one(turn.view, &id)? else { return Ok(Err(Reason::Stranger)) };
    let Some(opening) = contact.opening.clone().filter(|_| contact.standing == Standing::Asking) else {
        return Ok(Err(Reason::Unknown));
    };
    let Some((card, content)) = card.and_then(|card| card_of(card, &id)) else { return Ok(Err(Reason::Malformed)) };
    let Some(asked) = mail::posted(turn.view, &id, letter.re)? else { return Ok(Err(Reason::Unknown)) };
    contact.standing = Standing::Known;
    contact.card = ByteBuf::from(card.bytes());
    contact.addresses.clone_from(&content.addresses);
    contact.personas = welcome.personas.iter().take(limits::PERSONAS_PER_CONTACT_MAX).copied().collect();
    put(&id, &contact, turn);
    let key = PairKey::agreed(&opening.secret.0, &welcome.half, &opening.half.0, &id, &engine.me.id);
    pairs::keep(&id, &key, pairs::week(asked), turn);
    mail::flush(engine, id, turn)?;
    sync::start(engine, id, turn)?;
    sync::announce(engine, &[id], turn)?;
    Ok(Ok(()))
}

/// The key of an open invitation of mine.
pub(crate) fn invitation_key(view: &dyn View, id: &[u8; 16]) -> Result<Option<PairKey>, Unreadable> {
    let row: Option<Invitation> = row::get(view, Shelf::Invitation, id)?;
    let me = own::load(view)?.id;
    Ok(row.map(|row| PairKey::from_invitation(&row.secret.0, &me)))
}

/// The key that the first letters of a contact are under.
pub(crate) fn opening_key(view: &dyn View, id: &IdentityId) -> Result<Option<PairKey>, Unreadable> {
    let me = own::load(view)?.id;
    Ok(one(view, id)?.and_then(|contact| contact.opening.map(|opening| opening.key(id, &me))))
}

/// Takes back the invitations that have ended.
pub(crate) fn clean_invitations(engine: &Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let now = turn.now;
    for (id, row) in invitations(turn.view)?.into_iter().filter(|(_, row)| row.expires < now) {
        turn.drop(Shelf::Invitation, &id);
        pairs::close_invitation(&PairKey::from_invitation(&row.secret.0, &engine.me.id), turn);
        turn.tell(Notice::Circle);
    }
    Ok(())
}

/// What the guest shows at hello.
pub(crate) fn token(opening: &Opening, contact: &IdentityId) -> [u8; 32] {
    code::Invitation {
        inviter: *contact,
        device: [0; 32],
        addresses: Vec::new(),
        secret: opening.secret.0,
        expires: opening.expires,
    }
    .token()
}

/// A card that is the person's own: what a letter may bring. It is of the first key, whose hash the identity is: later
/// keys are believed only over a chain of successions, and nobody sends those yet.
pub(crate) fn card_of<'c>(
    card: &'c Checked,
    from: &IdentityId,
) -> Option<(&'c Checked, &'c sesame_protocol::document::Card)> {
    match card.body() {
        Body::Card(content) if content.identity == *from && content.person && content.epoch == 0 => {
            Some((card, content))
        }
        _ => None,
    }
}

/// A guest whose acceptance came through may ask for the card again while the invitation lives.
fn opened_with(engine: &Engine, token: &[u8; 32], turn: &Turn<'_, '_>) -> Result<bool, Unreadable> {
    let contacts = all(turn.view)?;
    Ok(contacts.iter().any(|(_, contact)| {
        let opening = contact.opening.as_ref().filter(|opening| opening.is_host && opening.expires >= turn.now);
        opening.is_some_and(|opening| self::token(opening, &engine.me.id) == *token)
    }))
}

fn as_code(engine: &Engine, row: &Invitation, addresses: Vec<String>) -> code::Invitation {
    code::Invitation {
        inviter: engine.me.id,
        device: engine.me.device,
        addresses,
        secret: row.secret.0,
        expires: row.expires,
    }
}

fn blank(name: String, standing: Standing, device: [u8; 32], now: Timestamp) -> Contact {
    Contact {
        name,
        standing,
        trust: Trust::None,
        device,
        addresses: Vec::new(),
        card: ByteBuf::new(),
        personas: Vec::new(),
        since: now,
        sent: 0,
        opening: None,
        owed: Vec::new(),
        owed_since: None,
        refused: false,
        proof: None,
    }
}
