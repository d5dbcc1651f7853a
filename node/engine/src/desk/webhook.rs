//! The webhook of a desk: an address of the organisation's own that is told when something happened, so that its systems need
//! not ask all the time (Standard Webhooks 1.0.0, <https://www.standardwebhooks.com>).
//!
//! What happened is a row, written in the same commit as what it tells of. One message is under way at a time, the oldest
//! first; it is tried again until it is taken or given up. A message may come twice, under one name: a node that died after
//! it was sent cannot know whether it was taken. Here: what is stored, what is due, and what an outcome changes. Who sends is
//! not here.

pub mod address;
mod message;
pub(super) mod queue;
mod secret;

pub use address::Address;
pub use message::{Failure, Message, Outcome};
pub use secret::Secret;

use serde::{Deserialize, Serialize};
use sesame_protocol::Rng;
use sesame_protocol::hash;
use sesame_protocol::time::Timestamp;
use zeroize::Zeroizing;

use super::Version;
use crate::engine::Guard;
use crate::shelf::{Key, Shelf, Write};
use crate::view::{Unreadable, View};
use crate::{limits, row};

const SETTINGS: &[u8] = b"webhook";
const HEALTH: &[u8] = b"webhook-health";

/// What a change writes, and what must still stand for it.
pub type Batch = (Vec<Guard>, Vec<Write>);

/// A webhook as somebody set it. Changes seldom: every commit in which something happens is made against it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// Where it is.
    pub address: Address,
    /// What messages are signed with.
    secret: Secret,
    /// What they were signed with before, and until when they still are.
    before: Option<(Secret, Timestamp)>,
    /// Since when it listens; also which events are meant for it.
    pub since: Timestamp,
    /// Since when it is off, because the receiver wanted nothing more.
    pub gone: Option<Timestamp>,
}

/// How a webhook fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// When a message was last taken.
    pub taken: Option<Timestamp>,
    /// When one was last not taken, and why.
    pub failed: Option<(Timestamp, Failure)>,
    /// How often the message that is first was tried.
    pub tries: u8,
    /// When it is tried again.
    pub next: Timestamp,
    /// Messages that were given up after their last try.
    pub given_up: u64,
    /// Events that were dropped untold, because there were too many or because the receiver wanted nothing more.
    pub dropped: u64,
}

/// Whether a webhook listens, as it was read: what happens is committed against it, so that no event is lost to a webhook
/// that was set meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Listens {
    pub(super) since: Option<Timestamp>,
    version: Option<Version>,
}

impl Listens {
    /// Reads whether one listens.
    pub fn load(view: &dyn View) -> Result<Self, Unreadable> {
        let (settings, version) = read::<Settings>(view, SETTINGS)?;
        Ok(Self { since: settings.filter(|settings| settings.gone.is_none()).map(|settings| settings.since), version })
    }

    /// What must still stand for what was decided on it.
    pub(super) fn guard(&self) -> Guard {
        guard(SETTINGS, self.version)
    }
}

/// What is to be done for a webhook.
#[derive(Clone, Debug)]
pub enum Next {
    /// Nothing waits.
    Nothing,
    /// The first message waits for its next try.
    At(Timestamp),
    /// This one is to be sent now.
    Send(Box<Due>),
}

/// A message whose time has come, and which row it is.
#[derive(Clone, Debug)]
pub struct Due {
    /// What to send.
    pub message: Message,
    name: Vec<u8>,
    since: Timestamp,
}

/// The webhook of a desk as it was read, and what a change of it is committed against.
#[derive(Clone, Debug)]
pub struct Webhook {
    settings: Option<Settings>,
    health: Health,
    guards: Vec<Guard>,
}

impl Settings {
    /// Until when the secret before this one still signs.
    pub fn overlap(&self, now: Timestamp) -> Option<Timestamp> {
        self.before.as_ref().map(|(_, until)| *until).filter(|until| *until > now)
    }

    /// What signs now, the newest first.
    fn secrets(&self, now: Timestamp) -> impl Iterator<Item = &Secret> {
        let before = self.before.as_ref().filter(|(_, until)| *until > now);
        std::iter::once(&self.secret).chain(before.map(|(secret, _)| secret))
    }
}

impl Webhook {
    /// Reads it.
    pub fn load(view: &dyn View) -> Result<Self, Unreadable> {
        let (settings, set) = read(view, SETTINGS)?;
        let (health, fares) = read::<Health>(view, HEALTH)?;
        let guards = vec![guard(SETTINGS, set), guard(HEALTH, fares)];
        Ok(Self { settings, health: health.unwrap_or_default(), guards })
    }

    /// What was set; nothing when nothing is.
    pub fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// How it fares.
    pub fn health(&self) -> &Health {
        &self.health
    }

    /// How many events wait to be told, and since when the first does.
    pub fn waiting(&self, view: &dyn View) -> Result<(usize, Option<Timestamp>), Unreadable> {
        self.since().map_or(Ok((0, None)), |since| queue::waiting(view, since))
    }

    /// Sets it. One that listens moves to the new address with its secret and with what it has still to be told; else it
    /// begins now, with a new secret, which is given here and never again.
    pub fn set(mut self, address: Address, now: Timestamp, rng: &mut dyn Rng) -> (Option<Zeroizing<String>>, Batch) {
        let settings = self.settings.take().filter(|settings| settings.gone.is_none());
        let (settings, shown) = if let Some(settings) = settings {
            self.health.failed = None;
            (Settings { address, ..settings }, None)
        } else {
            self.health = Health::default();
            let secret = Secret::fresh(rng);
            let shown = secret.text();
            (Settings { address, secret, before: None, since: now, gone: None }, Some(shown))
        };
        self.settings = Some(settings);
        self.at_once();
        (shown, self.stored(Vec::new()))
    }

    /// Makes a new secret, which is given here and never again. The one before signs beside it for a day, so that the
    /// receiver may change over; an older one ends now. Nothing when no webhook listens.
    pub fn rotate(mut self, now: Timestamp, rng: &mut dyn Rng) -> Option<(Zeroizing<String>, Batch)> {
        let settings = self.settings.as_mut().filter(|settings| settings.gone.is_none())?;
        let old = std::mem::replace(&mut settings.secret, Secret::fresh(rng));
        settings.before = Some((old, now.plus(limits::SECRETS_OVERLAP)));
        let shown = settings.secret.text();
        Some((shown, self.stored(Vec::new())))
    }

    /// Takes it away, with its secret and all that it was not told yet. Nothing when there is none.
    pub fn off(self, view: &dyn View) -> Result<Option<Batch>, Unreadable> {
        if self.settings.is_none() {
            return Ok(None);
        }
        let mut writes = queue::surplus(view, None)?.drops();
        writes.extend([row::drop(Shelf::Desk, SETTINGS), row::drop(Shelf::Desk, HEALTH)]);
        Ok(Some((self.guards, writes)))
    }

    /// What is to be done now.
    pub fn next(&self, view: &dyn View, now: Timestamp) -> Result<Next, Unreadable> {
        let (Some(settings), Some(since)) = (&self.settings, self.since()) else { return Ok(Next::Nothing) };
        let Some((name, row)) = queue::first(view, since)? else { return Ok(Next::Nothing) };
        // No wait is longer than the longest: the clock was put back, and it must not wait until it has caught up.
        let at = self.health.next;
        if at > now && at <= now.plus(limits::PAUSE_LONGEST) {
            return Ok(Next::At(at));
        }
        Ok(Next::Send(Box::new(Due { message: message::telling(settings, &row, now), name, since })))
    }

    /// A message that tells of nothing; nothing when no webhook listens.
    pub fn test(&self, now: Timestamp, rng: &mut dyn Rng) -> Option<Message> {
        let settings = self.settings.as_ref().filter(|settings| settings.gone.is_none())?;
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        Some(message::test(settings, id, now))
    }

    /// What the outcome of a message that was due changes. Nothing when the webhook was switched off meanwhile.
    pub fn settle(
        mut self,
        due: &Due,
        outcome: Outcome,
        view: &dyn View,
        now: Timestamp,
    ) -> Result<Option<Batch>, Unreadable> {
        if self.since() != Some(due.since) {
            return Ok(None);
        }
        let told = row::drop(Shelf::Telling, due.name.clone());
        let (why, pause) = match outcome {
            Outcome::Taken => {
                self.health.taken = Some(now);
                self.at_once();
                return Ok(Some(self.fares(vec![told])));
            }
            Outcome::Failed { why, .. } if why.is_final() => return self.end(why, view, now).map(Some),
            Outcome::Failed { why, pause } => (why, pause.unwrap_or_default().min(limits::PAUSE_LONGEST)),
        };
        self.health.failed = Some((now, why));
        let Some(wait) = limits::TOLD_AGAIN_AFTER.get(usize::from(self.health.tries)) else {
            self.health.given_up = self.health.given_up.saturating_add(1);
            self.at_once();
            self.health.next = now.plus(pause);
            return Ok(Some(self.fares(vec![told])));
        };
        self.health.tries = self.health.tries.saturating_add(1);
        self.health.next = now.plus(pause.max(*wait));
        Ok(Some(self.fares(Vec::new())))
    }

    /// What the outcome of a test changes: once it was taken, what waits is sent at once.
    pub fn tested(mut self, outcome: Outcome, view: &dyn View, now: Timestamp) -> Result<Option<Batch>, Unreadable> {
        if self.since().is_none() {
            return Ok(None);
        }
        match outcome {
            Outcome::Taken => {
                self.health.taken = Some(now);
                self.at_once();
            }
            Outcome::Failed { why, .. } if why.is_final() => return self.end(why, view, now).map(Some),
            Outcome::Failed { why, .. } => self.health.failed = Some((now, why)),
        }
        Ok(Some(self.fares(Vec::new())))
    }

    /// Drops what is too much, the oldest first, a batch at a time. Nothing when nothing is.
    pub fn trim(mut self, view: &dyn View) -> Result<Option<Batch>, Unreadable> {
        let surplus = queue::surplus(view, self.since())?;
        if surplus.names.is_empty() {
            return Ok(None);
        }
        self.count_dropped(surplus.untold);
        Ok(Some(self.fares(surplus.drops())))
    }

    /// The receiver wants nothing more: it is told nothing, and the settings stay to say why.
    fn end(mut self, why: Failure, view: &dyn View, now: Timestamp) -> Result<Batch, Unreadable> {
        self.count_dropped(self.waiting(view)?.0);
        self.health.failed = Some((now, why));
        self.at_once();
        if let Some(settings) = &mut self.settings {
            settings.gone = Some(now);
        }
        let drops = queue::surplus(view, None)?.drops();
        Ok(self.stored(drops))
    }

    /// Since when it listens; nothing when it does not.
    fn since(&self) -> Option<Timestamp> {
        self.settings.as_ref().filter(|settings| settings.gone.is_none()).map(|settings| settings.since)
    }

    /// The message that is first now was not tried yet.
    fn at_once(&mut self) {
        self.health.tries = 0;
        self.health.next = Timestamp::default();
    }

    fn count_dropped(&mut self, count: usize) {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.health.dropped = self.health.dropped.saturating_add(count);
    }

    /// What was set, and how it fares, as a batch with these writes besides.
    fn stored(self, mut writes: Vec<Write>) -> Batch {
        writes.extend(self.settings.as_ref().map(|settings| row::put(Shelf::Desk, SETTINGS, settings)));
        self.fares(writes)
    }

    /// How it fares, as a batch with these writes besides. The secret is not written again each time.
    fn fares(self, mut writes: Vec<Write>) -> Batch {
        if self.settings.is_some() {
            writes.push(row::put(Shelf::Desk, HEALTH, &self.health));
        }
        (self.guards, writes)
    }
}

fn guard(name: &[u8], is: Option<Version>) -> Guard {
    Guard { key: Key::new(Shelf::Desk, name), is }
}

/// A row, and its version.
fn read<T: serde::de::DeserializeOwned>(
    view: &dyn View,
    name: &[u8],
) -> Result<(Option<T>, Option<Version>), Unreadable> {
    let Some(bytes) = view.get(&Key::new(Shelf::Desk, name))? else { return Ok((None, None)) };
    let value = serde_ipld_dagcbor::from_slice(&bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Desk })?;
    Ok((Some(value), Some(hash::plain(&bytes))))
}

#[cfg(test)]
mod tests;
