//! How a desk serves: a visit from a person's node, a task from a clerk. Load, step, commit; and again from loading when
//! somebody else was quicker.

use sesame_protocol::Rng;
use sesame_protocol::Verified;
use sesame_protocol::door::Door;
use sesame_protocol::letter::evidence::{self, AccountRequest, Between, Body, Evidence, Signed};
use sesame_protocol::letter::{self};
use sesame_protocol::limits::COLLECTED_MAX;
use sesame_protocol::relation::{Party, RelationId};
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::mail::Outcome;
use sesame_protocol::wire::{Reason, desk as frame};

use super::Desk;
use super::account::{Account, Came, Cannot, Change, Task, Waiting};
use super::store::{Fault, Store, Version};
use crate::engine::Node;
use crate::limits;

/// Why a task was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undone {
    /// There is no such account.
    #[error("there is no such account")]
    NoAccount,
    /// There is an account behind this door already.
    #[error("the door was opened already")]
    OpenAlready,
    /// The door is for another organisation.
    #[error("the door is for another organisation")]
    OtherVendor,
    /// The door has ended.
    #[error("the door has ended")]
    Ended,
    /// The account does not allow it.
    #[error(transparent)]
    Cannot(#[from] Cannot),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] Fault),
}

/// Opens a door: an account, and the request that waits in it.
pub async fn open<S: Store>(
    store: &S,
    desk: &Desk,
    door: &Door,
    opening: (&str, AccountRequest),
    now: Timestamp,
    rng: &mut (dyn Rng + Send),
) -> Result<RelationId, Undone> {
    if door.vendor != desk.me {
        return Err(Undone::OtherVendor);
    }
    if door.expires <= now {
        return Err(Undone::Ended);
    }
    let (name, ask) = opening;
    let (account, change) = Account::open(door, name, ask, now, rng);
    match store.commit(None, &account, &change).await {
        Ok(()) => Ok(account.id()),
        Err(Fault::Raced) => Err(Undone::OpenAlready),
        Err(fault) => Err(fault.into()),
    }
}

/// Does what a clerk or the clock wants with one account.
pub async fn act<S: Store>(
    store: &S,
    desk: &Desk,
    id: &RelationId,
    task: Task,
    now: Timestamp,
    rng: &mut (dyn Rng + Send),
) -> Result<(), Undone> {
    for _ in 0..limits::RACES_MAX {
        let (before, version) = store.load(id).await?.ok_or(Undone::NoAccount)?;
        let mut account = before.clone();
        let change = account.work(task.clone(), desk, now, rng)?;
        match store.commit(Some((&before, version)), &account, &change).await {
            Ok(()) => {
                store.tell(id, &change, now);
                return Ok(());
            }
            Err(Fault::Raced) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Err(Fault::Raced.into())
}

/// Answers a visit: who we are, what became of each letter that was left, what waits.
pub async fn visit<S: Store>(
    store: &S,
    desk: &Desk,
    from: &Node,
    ask: &frame::Ask,
    now: Timestamp,
    rng: &mut (dyn Rng + Send),
) -> Result<frame::Answer, Fault> {
    let mut answer = frame::Answer {
        card: desk.card.clone(),
        profile: desk.signed_profile.clone(),
        attestations: desk.attestations.clone(),
        ..frame::Answer::default()
    };
    let Some(id) = store.find(from).await? else {
        answer.refused = Some(Reason::Stranger);
        return Ok(answer);
    };
    for bytes in &ask.letters {
        let result = take(store, desk, &id, bytes, now, rng).await?;
        answer.results.push(result.map_or_else(Outcome::Refused, |()| Outcome::Taken));
    }
    let Some(account) = come(store, &id, ask, now, rng).await? else {
        answer.refused = Some(Reason::Stranger);
        return Ok(answer);
    };
    let mut waiting = store.waiting(&id, ask.after, COLLECTED_MAX + 1).await?;
    answer.more = waiting.len() > COLLECTED_MAX;
    waiting.truncate(COLLECTED_MAX);
    for letter in &mut waiting {
        if let Body::Deletion(deletion) = &mut letter.body {
            deletion.how = store.how(&id).await?;
        }
    }
    answer.letters = waiting.into_iter().filter_map(|letter| sealed(letter, &account, desk, now, rng)).collect();
    Ok(answer)
}

/// Notes that the person's node came, and forgets letters that it has.
async fn come<S: Store>(
    store: &S,
    id: &RelationId,
    ask: &frame::Ask,
    now: Timestamp,
    rng: &mut (dyn Rng + Send),
) -> Result<Option<Account>, Fault> {
    for _ in 0..limits::RACES_MAX {
        let Some((before, version)) = store.load(id).await? else { return Ok(None) };
        let mut account = before.clone();
        let mut change = Change { fetched: ask.after.min(before.sent), ..Change::default() };
        let Came { is_changed, was_put_back } = account.come(ask, &mut change, now, rng);
        let written =
            if was_put_back { store.waiting(id, 0, limits::POST_PER_RELATION_MAX).await? } else { Vec::new() };
        let oldest = store.waiting(id, 0, 1).await?;
        let has_fetched = oldest.first().is_some_and(|letter| letter.number <= ask.after);
        if !is_changed && !has_fetched {
            return Ok(Some(account));
        }
        // Letters that were written since then bear numbers that the visitor takes for read.
        for letter in written {
            account.sent = account.sent.saturating_add(1);
            account.name(letter.id);
            change.letters.push(Waiting { number: account.sent, ..letter });
        }
        match store.commit(Some((&before, version)), &account, &change).await {
            Ok(()) => {
                store.tell(id, &change, now);
                return Ok(Some(account));
            }
            Err(Fault::Raced) => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(Fault::Raced)
}

/// Opens one letter and lets the account hear it. What is refused changed nothing.
async fn take<S: Store>(
    store: &S,
    desk: &Desk,
    id: &RelationId,
    bytes: &[u8],
    now: Timestamp,
    rng: &mut (dyn Rng + Send),
) -> Result<Result<(), Reason>, Fault> {
    for _ in 0..limits::RACES_MAX {
        let Some((before, version)) = store.load(id).await? else { return Ok(Err(Reason::Stranger)) };
        let signed = match opened(desk, &before, bytes, now) {
            Ok(signed) => signed,
            Err(reason) => return Ok(Err(reason)),
        };
        if before.has_read(&signed.letter.id) {
            return Ok(Ok(()));
        }
        match hear(store, desk, (&before, version), &signed, now, rng).await {
            Err(Fault::Raced) => {}
            ended => return ended,
        }
    }
    Err(Fault::Raced)
}

async fn hear<S: Store>(
    store: &S,
    desk: &Desk,
    at: (&Account, Version),
    signed: &Signed,
    now: Timestamp,
    rng: &mut (dyn Rng + Send),
) -> Result<Result<(), Reason>, Fault> {
    let mut account = at.0.clone();
    let change = match account.hear(signed, desk, now, rng) {
        Ok(change) => change,
        Err(reason) => return Ok(Err(reason)),
    };
    store.commit(Some(at), &account, &change).await?;
    store.tell(&account.id(), &change, now);
    Ok(Ok(()))
}

fn opened(desk: &Desk, account: &Account, bytes: &[u8], now: Timestamp) -> Result<Verified<Signed>, Reason> {
    let address = letter::address(bytes).map_err(|_| Reason::Malformed)?;
    // Sealed to a key that is forgotten: the card of now comes with this answer.
    let key = desk.secret(&address.key).ok_or(Reason::Expired)?;
    let between = Between { me: Party::from(desk.me), from: Party::from(account.id()), signer: &account.relation };
    evidence::open(bytes, key, between, now).map_err(|error| match error {
        letter::Error::Expired { .. } => Reason::Unknown,
        _ => Reason::BadSignature,
    })
}

/// A letter on its way out; nothing while the relation's sealing key is not known, or when the letter has ended.
fn sealed(
    waiting: Waiting,
    account: &Account,
    desk: &Desk,
    now: Timestamp,
    rng: &mut (dyn Rng + Send),
) -> Option<frame::Parcel> {
    let seal = account.seal.as_ref()?;
    let number = waiting.number;
    if waiting.expires <= now {
        // Its number is told all the same, so that the next one may follow.
        return Some(frame::Parcel { number, letter: Vec::new() });
    }
    let letter = Evidence {
        from: Party::from(desk.me),
        to: Party::from(account.id()),
        number,
        id: waiting.id,
        sent: waiting.sent,
        expires: waiting.expires,
        re: waiting.re,
        body: waiting.body,
    };
    let (letter, _) = evidence::seal(&letter, seal, &desk.key, rng).ok()?;
    Some(frame::Parcel { number, letter })
}
