//! The sessions of the page: one-use tickets, the cookie that a ticket is swapped for, form tokens, and the 24 words of
//! a new vault until they are checked. All of it lives in memory; of tickets and cookies only hashes do. Cookies, HTTP
//! and pages are the business of the callers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

use super::memory::Memory;

/// How long a ticket opens the page: long enough for a browser to start, too short to be found lying about.
const TICKET_TIME: Duration = Duration::from_mins(1);

/// Tickets that wait at once; the oldest goes first. A person asks for one at a time.
const TICKETS_MAX: usize = 16;

/// How long a session lives without a request.
const IDLE_TIME_MAX: Duration = Duration::from_mins(30);

/// Sessions at once; the one that was idle longest goes first. More would be a loop, not a person.
const SESSIONS_MAX: usize = 64;

/// How long a file is held between *look* and *keep*.
const DRAFT_TIME_MAX: Duration = Duration::from_mins(15);

/// Bytes of all files held at once between *look* and *keep*.
const DRAFTS_BYTES_MAX: usize = 2 * super::memory::DRAFT_BYTES_MAX;

/// Pages that listen for events at once, so that they leave connections for the rest.
const LISTENERS_MAX: usize = 24;

/// A session that is live. Cheap to clone; holds no secret that the page does not show anyway.
#[derive(Clone)]
pub(crate) struct Session {
    id: blake3::Hash,
    form: [u8; 32],
}

impl Session {
    /// The token that every form of this session carries.
    pub(crate) fn token(&self) -> String {
        self.mark("form").to_hex().to_string()
    }

    /// Whether a token is that of this session. Takes the same time whatever the token is.
    pub(crate) fn is_token(&self, token: &str) -> bool {
        blake3::Hash::from_hex(token).is_ok_and(|token| token == self.mark("form"))
    }

    /// `count` different places of a list of `of`, in order, the same all session long: which words are asked for.
    pub(crate) fn places(&self, count: usize, of: usize) -> Vec<usize> {
        let mut left: Vec<usize> = (0..of).collect();
        let mut picked: Vec<usize> = self
            .mark("places")
            .as_bytes()
            .iter()
            .take(count.min(of))
            .map(|byte| left.remove(usize::from(*byte) % left.len()))
            .collect();
        picked.sort_unstable();
        picked
    }

    fn mark(&self, what: &str) -> blake3::Hash {
        blake3::keyed_hash(&self.form, what.as_bytes())
    }
}

/// All tickets and sessions of a node. No method blocks for longer than a copy.
pub(crate) struct Sessions {
    held: Mutex<Held>,
    listeners: Arc<Semaphore>,
}

#[derive(Default)]
struct Held {
    tickets: Vec<(blake3::Hash, Instant)>,
    open: Vec<Open>,
    words: Option<Zeroizing<Vec<String>>>,
}

struct Open {
    session: Session,
    used: Instant,
    memory: Memory,
}

impl Default for Sessions {
    fn default() -> Self {
        Self::new()
    }
}

impl Sessions {
    /// No ticket, no session.
    pub(crate) fn new() -> Self {
        Self { held: Mutex::default(), listeners: Arc::new(Semaphore::new(LISTENERS_MAX)) }
    }

    /// A new ticket of 128 bits, and the seconds that it lives. Whoever holds it opens one session: never log it.
    pub(crate) fn ticket(&self) -> (String, u64) {
        (self.ticket_at(Instant::now()), TICKET_TIME.as_secs())
    }

    /// Swaps a ticket for the value of a session's cookie. A ticket is good once, and then never again.
    pub(crate) fn enter(&self, ticket: &str) -> Option<String> {
        self.enter_at(ticket, Instant::now())
    }

    /// The session that a cookie stands for, which is now in use; nothing when it was idle for too long.
    pub(crate) fn session(&self, cookie: &str) -> Option<Session> {
        self.session_at(cookie, Instant::now())
    }

    /// Whether a session is live, without using it.
    pub(crate) fn is_live(&self, session: &Session) -> bool {
        let mut held = self.held();
        held.tidy(Instant::now());
        held.find(session.id).is_some()
    }

    /// Ends one session.
    pub(crate) fn leave(&self, session: &Session) {
        self.held().open.retain(|open| open.session.id != session.id);
    }

    /// Reads or changes what a session remembers; nothing when the session is over.
    pub(crate) fn recall<R>(&self, session: &Session, change: impl FnOnce(&mut Memory) -> R) -> Option<R> {
        let mut held = self.held();
        held.tidy(Instant::now());
        let answer = held.find(session.id).map(|open| change(&mut open.memory));
        held.bound_drafts(session.id);
        answer
    }

    /// Keeps the 24 words of a vault that was just made, for whichever session checks them.
    ///
    /// They belong to no single session, so that a person who comes back by a new ticket can still write them down:
    /// nothing else in the world knows them.
    pub(crate) fn keep_words(&self, words: Vec<String>) {
        self.held().words = Some(Zeroizing::new(words));
    }

    /// The words that were not checked yet.
    pub(crate) fn words(&self) -> Option<Zeroizing<Vec<String>>> {
        self.held().words.clone()
    }

    /// Overwrites the words: they were checked.
    pub(crate) fn forget_words(&self) {
        self.held().words = None;
    }

    /// Overwrites all that sessions remember, words included: the vault was locked. The sessions live on, to unlock it.
    pub(crate) fn forget(&self) {
        let mut held = self.held();
        held.words = None;
        for open in &mut held.open {
            open.memory = Memory::default();
        }
    }

    /// A place among the pages that listen for events, given back when dropped; nothing when all are taken.
    pub(crate) fn listen(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.listeners).try_acquire_owned().ok()
    }

    fn ticket_at(&self, now: Instant) -> String {
        let ticket = URL_SAFE_NO_PAD.encode(chance::<16>());
        let mut held = self.held();
        held.tidy(now);
        if held.tickets.len() >= TICKETS_MAX {
            held.tickets.remove(0);
        }
        held.tickets.push((blake3::hash(ticket.as_bytes()), now));
        ticket
    }

    fn enter_at(&self, ticket: &str, now: Instant) -> Option<String> {
        let mut held = self.held();
        held.tidy(now);
        let hash = blake3::hash(ticket.as_bytes());
        let before = held.tickets.len();
        held.tickets.retain(|(known, _)| *known != hash);
        if held.tickets.len() == before {
            return None;
        }
        if held.open.len() >= SESSIONS_MAX {
            let idle = held.open.iter().enumerate().min_by_key(|(_, open)| open.used).map(|(place, _)| place);
            held.open.swap_remove(idle.expect("a full list has an oldest entry"));
        }
        let cookie = URL_SAFE_NO_PAD.encode(chance::<32>());
        let session = Session { id: blake3::hash(cookie.as_bytes()), form: chance() };
        held.open.push(Open { session, used: now, memory: Memory::default() });
        Some(cookie)
    }

    fn session_at(&self, cookie: &str, now: Instant) -> Option<Session> {
        let mut held = self.held();
        held.tidy(now);
        let open = held.find(blake3::hash(cookie.as_bytes()))?;
        open.used = now;
        Some(open.session.clone())
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A panic elsewhere leaves lists that are whole at every step: they can still be used.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Drops what is past its time.
    fn tidy(&mut self, now: Instant) {
        self.tickets.retain(|(_, since)| now.saturating_duration_since(*since) < TICKET_TIME);
        self.open.retain(|open| now.saturating_duration_since(open.used) < IDLE_TIME_MAX);
        for open in &mut self.open {
            if open
                .memory
                .draft
                .as_ref()
                .is_some_and(|draft| now.saturating_duration_since(draft.since) >= DRAFT_TIME_MAX)
            {
                open.memory.draft = None;
            }
        }
    }

    /// Looks through all sessions, so that the time it takes does not tell how near a guess was. `blake3::Hash`
    /// compares in constant time.
    fn find(&mut self, id: blake3::Hash) -> Option<&mut Open> {
        self.open.iter_mut().fold(None, |found, open| if open.session.id == id { Some(open) } else { found })
    }

    /// Drops the drafts of other sessions, oldest first, until all drafts together keep their bound.
    fn bound_drafts(&mut self, keep: blake3::Hash) {
        while self
            .open
            .iter()
            .filter_map(|open| open.memory.draft.as_ref())
            .map(|draft| draft.bytes.len())
            .sum::<usize>()
            > DRAFTS_BYTES_MAX
        {
            let since = |open: &Open| open.memory.draft.as_ref().map(|draft| draft.since);
            let others = self.open.iter_mut().filter(|open| open.session.id != keep && open.memory.draft.is_some());
            let Some(oldest) = others.min_by_key(|open| since(open)) else { return };
            oldest.memory.draft = None;
        }
    }
}

/// Bytes that nobody can guess.
fn chance<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests;
