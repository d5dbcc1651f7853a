//! Letters to and from contacts: at least once on the wire, exactly once for the reader. A letter that waits is a
//! stored row, and every row ends acknowledged, refused with a reason, or expired.

use serde::{Deserialize, Serialize};
use sesame_protocol::document::Body as Content;
use sesame_protocol::key::IdentityId;
use sesame_protocol::letter::{self, Acceptance, Acknowledgement, Body, Letter, LetterId, Update, Welcome};
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::{Reason, mail as frame};

use crate::contacts::{self, Contact, Standing, meet};
use crate::engine::{Engine, Fault, Job, Node, Notice, Protocol, Turn};
use crate::intake::{Answer, Opened};
use crate::pairs::Party;
use crate::shelf::{Key, Shelf};
use crate::view::{Unreadable, View};
use crate::{hello, limits, own, row};

/// A letter on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Waiting {
    /// Its number among the letters to this contact.
    pub number: u64,
    /// What it says; my card is put in when it leaves.
    pub(crate) body: Body,
    /// When it was written.
    pub sent: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// The letter that it answers.
    pub(crate) re: Option<LetterId>,
    /// When the other node took it; it still owes the acknowledgement.
    pub taken: Option<Timestamp>,
    /// Why it still waits, after a try.
    pub why: Why,
}

impl Waiting {
    /// Whether it can still be taken.
    fn is_due(&self, now: Timestamp) -> bool {
        self.taken.is_none() && self.why != Why::Refused && self.expires > now
    }
}

/// Why a letter waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It was not tried yet: the contact has not been linked since.
    NotTried,
    /// The contact cannot be reached.
    Unreachable,
    /// The contact's node took it and has not acknowledged it yet.
    Taken,
    /// The contact's node refused it; it is not tried again.
    Refused,
}

/// The letters to a contact that have not ended.
pub fn waiting(view: &dyn View, contact: &IdentityId) -> Result<Vec<Waiting>, Unreadable> {
    Ok(rows(view, contact)?.into_iter().map(|(_, row)| row).collect())
}

/// What a waiting letter is, in one word.
pub fn kind(waiting: &Waiting) -> &'static str {
    match waiting.body {
        Body::Acceptance(_) => "acceptance",
        Body::Welcome(_) => "welcome",
        Body::Update(_) => "update",
        Body::Acknowledgement(_) => "acknowledgement",
        #[expect(unreachable_patterns, reason = "the list of letters may be marked as growing")]
        _ => "letter",
    }
}

/// Writes a letter and sends it if the contact is linked. A newer update replaces one that was not taken yet.
pub(crate) fn post(
    engine: &mut Engine,
    to: IdentityId,
    body: Body,
    re: Option<LetterId>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let Some(mut contact) = contacts::one(turn.view, &to)? else { return Ok(()) };
    if matches!(body, Body::Update(_)) {
        for (name, row) in rows(turn.view, &to)? {
            if matches!(row.body, Body::Update(_)) && row.taken.is_none() {
                turn.drop(Shelf::Outbox, &name);
            }
        }
    }
    contact.sent += 1;
    let id = LetterId::from_bytes(turn.chance());
    let row = Waiting {
        number: contact.sent,
        body,
        sent: turn.now.minute(),
        expires: turn.now.plus(limits::LETTER_LIFE).minute(),
        re,
        taken: None,
        why: Why::NotTried,
    };
    turn.put(Shelf::Outbox, &name(&to, &id), &row);
    contacts::put(&to, &contact, turn);
    flush(engine, to, turn)
}

/// Sends what waits for a contact, if it is linked.
pub(crate) fn flush(engine: &mut Engine, to: IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(contact) = contacts::one(turn.view, &to)? else { return Ok(()) };
    let Some(node) = engine.link(&contact) else { return Ok(()) };
    let under_way = engine.jobs.values().any(|job| matches!(job, Job::Mail { contact, .. } if *contact == to));
    if under_way || contact.standing == Standing::Changed {
        return Ok(());
    }
    let mut names = Vec::new();
    let mut letters = Vec::new();
    // Until the welcome was taken the other side has no key for any other letter.
    let is_welcoming = is_welcoming(turn.view, &to, turn.now)?;
    for (name, row) in rows(turn.view, &to)? {
        let is_held = is_welcoming && !matches!(row.body, Body::Welcome(_));
        if !row.is_due(turn.now) || is_held || names.len() == limits::LETTERS_PER_ASK_MAX {
            continue;
        }
        if let Some(sealed) = seal(engine, &to, &contact, &name, &row, turn)? {
            names.push(name);
            letters.push(sealed);
        }
    }
    if !letters.is_empty() {
        let bytes = frame::Ask { letters }.encode();
        engine.ask(node, Protocol::Mail, bytes, Job::Mail { contact: to, names }, turn);
    }
    Ok(())
}

/// The contact's node answered: each letter is taken, refused, or tried again.
pub(crate) fn answered(
    engine: &mut Engine,
    to: IdentityId,
    names: Vec<Vec<u8>>,
    answer: Result<Answer, Fault>,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let results = match answer {
        Ok(Answer::Mail(answer)) if answer.results.len() == names.len() => answer.results,
        _ => {
            for name in names {
                note(&name, Why::Unreachable, turn)?;
            }
            return Ok(());
        }
    };
    let (mut is_passing, mut is_stale) = (false, false);
    for (name, result) in names.into_iter().zip(results) {
        let Some(row) = turn.get::<Waiting>(Shelf::Outbox, &name)? else { continue };
        match result {
            frame::Outcome::Taken => taken(&name, row, turn),
            // The other node is at a bound of its own, or has not met me yet: later may do.
            frame::Outcome::Refused(Reason::Busy | Reason::Stranger) => {
                is_passing = true;
                note(&name, Why::Unreachable, turn)?;
            }
            // Sealed to a key that its owner has forgotten: the new one is on its card.
            frame::Outcome::Refused(Reason::Expired) if !matches!(row.body, Body::Acceptance(_)) => {
                is_stale = true;
                note(&name, Why::Unreachable, turn)?;
            }
            frame::Outcome::Refused(_) => note(&name, Why::Refused, turn)?,
        }
    }
    turn.tell(Notice::Circle);
    if is_stale {
        return hello::ask_card(engine, to, turn);
    }
    // What was refused for now is not sent again at once, or two nodes would do nothing else: the next link or the
    // next look at the shelves sends it.
    if is_passing { Ok(()) } else { flush(engine, to, turn) }
}

/// Whether a welcome to a contact has still to be taken.
pub(crate) fn is_welcoming(view: &dyn View, to: &IdentityId, now: Timestamp) -> Result<bool, Unreadable> {
    Ok(rows(view, to)?.iter().any(|(_, row)| matches!(row.body, Body::Welcome(_)) && row.is_due(now)))
}

/// Whether my acceptance of a contact's invitation can still be taken.
pub(crate) fn is_accepting(view: &dyn View, to: &IdentityId, now: Timestamp) -> Result<bool, Unreadable> {
    let is_refused = |row: &Waiting| matches!(row.body, Body::Acceptance(_)) && row.why == Why::Refused;
    let rows = rows(view, to)?;
    Ok(rows.iter().all(|(_, row)| !is_refused(row) && row.expires > now))
}

/// Reads letters that intake opened; answers only what is durable when the answer leaves.
pub(crate) fn receive(
    engine: &mut Engine,
    from: &Node,
    letters: Vec<Result<Box<Opened>, Reason>>,
    turn: &mut Turn<'_, '_>,
) -> Result<Vec<u8>, Unreadable> {
    let mut results = Vec::with_capacity(letters.len());
    for letter in letters {
        let result = match letter {
            Ok(opened) => read(engine, from, &opened, turn)?,
            Err(reason) => Err(reason),
        };
        results.push(result.map_or_else(frame::Outcome::Refused, |()| frame::Outcome::Taken));
    }
    Ok(frame::Answer { results }.encode())
}

/// When a letter of mine was written, if it still waits for its answer.
pub(crate) fn posted(view: &dyn View, to: &IdentityId, id: Option<LetterId>) -> Result<Option<Timestamp>, Unreadable> {
    let Some(id) = id else { return Ok(None) };
    Ok(row::get::<Waiting>(view, Shelf::Outbox, &name(to, &id))?.map(|row| row.sent))
}

/// Acknowledges together what came in over the last hour.
pub(crate) fn acknowledge_due(engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (id, mut contact) in contacts::all(turn.view)? {
        let is_due = contact.owed_since.is_some_and(|since| since.plus(limits::ACKNOWLEDGED_WITHIN) <= turn.now);
        if is_due {
            let most = contact.owed.len().min(limits::ACKNOWLEDGED_AT_ONCE_MAX);
            let received = contact.owed.drain(..most).collect();
            contact.owed_since = (!contact.owed.is_empty()).then_some(turn.now);
            contacts::put(&id, &contact, turn);
            let body = Body::Acknowledgement(Acknowledgement { received, refused: Vec::new() });
            post(engine, id, body, None, turn)?;
        }
    }
    Ok(())
}

/// Forgets letters that have ended, mine and those that were read.
pub(crate) fn clean(_engine: &mut Engine, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (name, row) in turn.walk::<Waiting>(Shelf::Outbox, &[], limits::OUTBOX_MAX)? {
        if row.expires <= turn.now {
            turn.drop(Shelf::Outbox, &name);
        }
    }
    let mut seen = turn.walk::<Timestamp>(Shelf::Seen, &[], usize::MAX)?;
    seen.retain(|(_, until)| *until <= turn.now);
    for (name, _) in seen.into_iter().take(limits::CLEANED_PER_WAKE_MAX) {
        turn.drop(Shelf::Seen, &name);
    }
    Ok(())
}

/// Forgets all letters to a contact.
pub(crate) fn forget(to: &IdentityId, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (name, _) in rows(turn.view, to)? {
        turn.drop(Shelf::Outbox, &name);
    }
    Ok(())
}

fn read(
    engine: &mut Engine,
    from: &Node,
    opened: &Opened,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<(), Reason>, Unreadable> {
    let letter: &Letter = &opened.letter;
    // A card names a device. Only that device can have brought it: the link proves the key, so that nobody can name
    // the device of somebody else.
    if opened.card.as_ref().is_some_and(|card| !matches!(card.body(), Content::Card(card) if card.device == *from)) {
        return Ok(Err(Reason::BadSignature));
    }
    let writer = contacts::one(turn.view, &letter.from)?;
    if writer.as_ref().is_some_and(|writer| writer.standing == Standing::Changed) {
        return Ok(Err(Reason::Stranger));
    }
    if writer.is_some_and(|writer| writer.owed.len() >= limits::OWED_MAX) {
        return Ok(Err(Reason::Busy));
    }
    if turn.get::<Timestamp>(Shelf::Seen, letter.id.as_bytes())?.is_some() {
        return Ok(Ok(()));
    }
    let result = match (&letter.body, opened.party, opened.week) {
        (Body::Acceptance(body), Party::Invitation(invitation), _) => {
            meet::read_acceptance(engine, invitation, letter, body, opened.card.as_ref(), turn)?
        }
        (Body::Welcome(body), Party::Contact(id), None) if id == letter.from => {
            let read = meet::read_welcome(engine, letter, body, opened.card.as_ref(), turn)?;
            if read.is_ok() {
                end(&id, &[letter.re].into_iter().flatten().collect::<Vec<_>>(), turn)?;
            }
            read
        }
        (Body::Update(body), Party::Contact(id), Some(_)) if id == letter.from => {
            contacts::read_update(engine, id, body, opened.card.as_ref(), turn)?
        }
        (Body::Acknowledgement(body), Party::Contact(id), Some(_)) if id == letter.from => {
            // Doing so twice changes nothing, so it need not be remembered.
            end(&id, &body.received, turn)?;
            return Ok(Ok(()));
        }
        _ => Err(Reason::Unknown),
    };
    if result.is_ok() {
        let until = letter.expires.plus(std::time::Duration::from_hours(24));
        turn.put(Shelf::Seen, letter.id.as_bytes(), &until);
        owe(letter, turn)?;
    }
    Ok(result)
}

/// Notes that a letter is to be acknowledged. A welcome answers an acceptance; acknowledgements end there.
fn owe(letter: &Letter, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    if matches!(letter.body, Body::Acceptance(_)) {
        return Ok(());
    }
    let Some(mut contact) = contacts::one(turn.view, &letter.from)? else { return Ok(()) };
    contact.owed.push(letter.id);
    contact.owed_since = contact.owed_since.or(Some(turn.now));
    contacts::put(&letter.from, &contact, turn);
    Ok(())
}

/// These letters of mine were acknowledged.
fn end(to: &IdentityId, ids: &[LetterId], turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for id in ids {
        if turn.view.get(&Key::new(Shelf::Outbox, name(to, id)))?.is_some() {
            turn.drop(Shelf::Outbox, &name(to, id));
            turn.tell(Notice::Circle);
        }
    }
    Ok(())
}

fn taken(name: &[u8], mut row: Waiting, turn: &mut Turn<'_, '_>) {
    if matches!(row.body, Body::Acknowledgement(_)) {
        return turn.drop(Shelf::Outbox, name);
    }
    row.taken = Some(turn.now);
    row.why = Why::Taken;
    turn.put(Shelf::Outbox, name, &row);
}

fn note(name: &[u8], why: Why, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let row = turn.get::<Waiting>(Shelf::Outbox, name)?;
    if let Some(mut row) = row.filter(|row| row.why != why) {
        row.why = why;
        turn.put(Shelf::Outbox, name, &row);
    }
    Ok(())
}

fn rows(view: &dyn View, to: &IdentityId) -> Result<Vec<(Vec<u8>, Waiting)>, Unreadable> {
    let mut rows = row::walk::<Waiting>(view, Shelf::Outbox, to.as_bytes(), limits::OUTBOX_MAX)?;
    rows.sort_by_key(|(_, row)| row.number);
    Ok(rows)
}

/// Seals a letter to the contact's sealing key of now. Nothing when its card or key is not there yet.
fn seal(
    engine: &Engine,
    to: &IdentityId,
    contact: &Contact,
    name: &[u8],
    row: &Waiting,
    turn: &mut Turn<'_, '_>,
) -> Result<Option<Vec<u8>>, Unreadable> {
    let card = contact.read_card();
    let Some(Content::Card(card)) = card.as_ref().map(sesame_protocol::document::Document::body) else {
        return Ok(None);
    };
    let key = match row.body {
        Body::Acceptance(_) | Body::Welcome(_) => contacts::opening_key(turn.view, to)?,
        _ => contacts::pair_key(turn.view, to, turn.now)?,
    };
    let (Some(key), Some(body)) = (key, introduced(&row.body, turn.view)?) else { return Ok(None) };
    let id = name[name.len() - 16..].try_into().expect("an outbox name ends with a letter id");
    let letter = Letter {
        from: engine.me.id,
        to: *to,
        number: row.number,
        id: LetterId::from_bytes(id),
        sent: row.sent,
        expires: row.expires,
        re: row.re,
        body,
    };
    Ok(letter::seal(&letter, &card.seal.key, &key, turn.rng).ok())
}

/// A letter with my card of this moment in it, if it carries one; nothing while there is no card, because the node does
/// not listen yet. A new card comes with an update to every contact, and that sends what waited for it.
fn introduced(body: &Body, view: &dyn View) -> Result<Option<Body>, Unreadable> {
    let mut body = body.clone();
    if let Body::Acceptance(Acceptance { card, .. })
    | Body::Welcome(Welcome { card, .. })
    | Body::Update(Update { card, .. }) = &mut body
    {
        let Some(mine) = own::card(view)? else { return Ok(None) };
        *card = mine;
    }
    Ok(Some(body))
}

fn name(to: &IdentityId, id: &LetterId) -> Vec<u8> {
    [to.as_bytes().as_slice(), id.as_bytes()].concat()
}
