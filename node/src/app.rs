//! The node as a whole: its four states (bare, locked, open, ailing), what moves it from one to another, and what the
//! pages and routes share.

mod care;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sesame_api::node::{InitAsk, Initialised, Language, State};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_engine::{Notice as Told, own};
use sesame_protocol::key::{self, Seed};
use sesame_vault::{Costs, New, Unlock, Vault};
use tokio::sync::{Mutex, RwLock, broadcast, watch};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::config::Config;
use crate::http::Sessions;
use crate::runtime::{self, Handle, Surroundings, VaultView, chance, now};
use crate::{capability, server};

pub use care::{check, compact, repair, rotate};

/// How a node is started.
pub enum Start {
    /// Without a passphrase: bare when there is no vault, else locked.
    Bare,
    /// With the passphrase that opens the vault. Without a vault it refuses: the 24 words of a new one must be seen by a
    /// person, and what starts a node unattended has nobody to show them to.
    Passphrase(Zeroizing<Vec<u8>>),
}

/// What a node says once it serves.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Where the page is.
    pub page: String,
    /// A one-use way into the page, when the node is bare.
    pub ticket: Option<String>,
    /// Its state.
    pub state: State,
}

/// What all pages and routes share. Cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

struct Inner {
    config: Config,
    place: RwLock<Place>,
    /// Held while the state changes, so that two unlocks do not race for the vault.
    changing: Mutex<()>,
    notices: broadcast::Sender<sesame_api::node::Notice>,
    sessions: Sessions,
    port: OnceLock<u16>,
    since: String,
    fingerprint: String,
    stop: watch::Sender<bool>,
    /// When somebody last asked for anything, in seconds since the machine started.
    visited: AtomicU64,
    /// The backup that is being made or checked.
    work: capability::backup::Work,
    /// How often the vault was opened: tells a loop that failed from the one that came after it.
    openings: AtomicU64,
}

/// Where a node stands.
enum Place {
    Bare,
    Locked,
    Open(Handle),
    Ailing(Problem),
}

/// Notices that a slow listener may miss before it is told so.
const NOTICES_MAX: usize = 64;
/// Guesses that a passphrase has to stand, as a power of ten: years of work at the vault's cost per guess.
const GUESSES_LOG10_MIN: f64 = 9.0;
/// How often it is looked whether the vault is idle.
const IDLE_LOOK: Duration = Duration::from_secs(20);
/// A passphrase longer than this is not typed by anybody.
const PASSPHRASE_BYTES_MAX: usize = 1024;

/// Runs a node until it is told to stop. `ready` is called once, when it serves.
pub async fn run(config: Config, start: Start, ready: impl FnOnce(Ready)) -> Result<(), Problem> {
    let app = App::new(config)?;
    let listeners = server::listen(&app).await?;
    app.0.port.set(listeners.port()).expect("the port is known once");
    if let Start::Passphrase(passphrase) = start {
        app.unlock(&passphrase).await?;
    }
    tokio::spawn(lock_when_idle(app.clone()));
    let state = app.state().await;
    let ticket = (state == State::Bare).then(|| capability::node::ticket(&app).url);
    ready(Ready { page: app.page(), ticket, state });
    listeners.serve(app.clone()).await;
    Ok(())
}

/// Makes the vault of a home folder, without a node. The seed is in the answer, as 24 words, and nowhere else.
pub fn create(home: &Path, ask: InitAsk) -> Result<Initialised, Problem> {
    let config = Config { language: ask.language, ..Config::load(home)? };
    let (vault, made) = make(&config, ask)?;
    vault.close().map_err(|error| vault_problem(&error))?;
    Ok(made)
}

impl App {
    fn new(config: Config) -> Result<Self, Problem> {
        let words = fresh_seed()?.words(key::Language::En);
        let place = if sesame_vault::exists(&config.vault()) { Place::Locked } else { Place::Bare };
        Ok(Self(Arc::new(Inner {
            place: RwLock::new(place),
            changing: Mutex::new(()),
            notices: broadcast::channel(NOTICES_MAX).0,
            sessions: Sessions::new(),
            port: OnceLock::new(),
            since: capability::moment(now()),
            fingerprint: words[..3].join(" "),
            stop: watch::channel(false).0,
            visited: AtomicU64::new(uptime()),
            work: capability::backup::Work::default(),
            openings: AtomicU64::new(0),
            config,
        })))
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// The port of the page.
    pub(crate) fn port(&self) -> u16 {
        self.0.port.get().copied().unwrap_or_default()
    }

    /// Where the page is.
    pub(crate) fn page(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    /// The backup that is being made or checked.
    pub(crate) fn work(&self) -> &capability::backup::Work {
        &self.0.work
    }

    pub(crate) fn language(&self) -> Language {
        self.0.config.language
    }

    pub(crate) fn since(&self) -> &str {
        &self.0.since
    }

    /// Three words that command and page both show: whoever sees them twice sees the same node.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    pub(crate) fn notices(&self) -> broadcast::Receiver<sesame_api::node::Notice> {
        self.0.notices.subscribe()
    }

    pub(crate) fn tell(&self, notice: sesame_api::node::Notice) {
        // Nobody may be listening; that is fine.
        self.0.notices.send(notice).ok();
    }

    /// Somebody asked for something: the time until the vault locks by itself starts again.
    pub(crate) fn visited(&self) {
        self.0.visited.store(uptime(), Ordering::Relaxed);
    }

    /// How long nobody has asked for anything.
    fn idle(&self) -> Duration {
        Duration::from_secs(uptime().saturating_sub(self.0.visited.load(Ordering::Relaxed)))
    }

    pub(crate) fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stop.subscribe()
    }

    pub(crate) async fn state(&self) -> State {
        match &*self.0.place.read().await {
            Place::Bare => State::Bare,
            Place::Locked => State::Locked,
            Place::Open(_) => State::Open,
            Place::Ailing(_) => State::Ailing,
        }
    }

    /// Why the node is ailing, if it is.
    pub(crate) async fn ailment(&self) -> Option<Problem> {
        match &*self.0.place.read().await {
            Place::Ailing(problem) => Some(problem.clone()),
            _ => None,
        }
    }

    /// The way to the loop, when the node is open.
    pub(crate) async fn open(&self) -> Result<Handle, Problem> {
        match &*self.0.place.read().await {
            Place::Open(handle) => Ok(handle.clone()),
            Place::Bare => Err(Problem::new(Code::NoVault)),
            Place::Locked => Err(Problem::new(Code::Locked)),
            Place::Ailing(problem) => Err(problem.clone()),
        }
    }

    /// Makes the vault and opens it. `keep` holds the 24 words in memory until they are checked: for the page, which shows
    /// them later.
    pub(crate) async fn init(&self, ask: InitAsk, keep: bool) -> Result<Initialised, Problem> {
        let app = self.clone();
        whole(async move {
            let _changing = app.0.changing.lock().await;
            if app.state().await != State::Bare {
                return Err(Problem::new(Code::VaultExists));
            }
            let config = app.0.config.clone();
            let (vault, made) = blocking(move || make(&config, ask)).await?;
            if keep {
                app.sessions().keep_words(made.words.clone());
            }
            // The vault is there from now on, whether it can be served or not.
            app.enter(Place::Locked, State::Locked).await;
            app.start(vault, false).await?;
            Ok(made)
        })
        .await
    }

    /// Opens the vault with the passphrase or the 24 words.
    pub(crate) async fn unlock(&self, passphrase: &[u8]) -> Result<(), Problem> {
        let passphrase = composed(passphrase)?;
        let app = self.clone();
        whole(async move {
            let _changing = app.0.changing.lock().await;
            match app.state().await {
                State::Open => Ok(()),
                State::Bare => Err(Problem::new(Code::NoVault)),
                State::Locked | State::Ailing => app.open_with(passphrase).await,
            }
        })
        .await
    }

    /// Closes the vault; the node goes on serving, locked.
    pub(crate) async fn lock(&self) {
        let app = self.clone();
        let locked = whole(async move {
            let _changing = app.0.changing.lock().await;
            let handle = match &*app.0.place.read().await {
                Place::Open(handle) => handle.clone(),
                _ => return Ok(()),
            };
            app.enter(Place::Locked, State::Locked).await;
            app.sessions().forget();
            handle.close().await;
            Ok(())
        });
        if let Err(problem) = locked.await {
            tracing::error!(%problem, "the vault was not closed in order");
        }
    }

    async fn open_with(&self, passphrase: Zeroizing<String>) -> Result<(), Problem> {
        let folder = self.0.config.vault();
        let app = self.clone();
        let opened = blocking(move || {
            let mut progress = |progress| app.tell(capability::progress(&progress));
            open_vault(&folder, &passphrase, &mut progress).map_err(|error| vault_problem(&error))
        });
        match opened.await {
            Ok((vault, opening)) => {
                if opening.dropped_bytes > 0 {
                    tracing::warn!(bytes = opening.dropped_bytes, "an unfinished batch was dropped from the journal");
                }
                if opening.lost_batches > 0 {
                    tracing::error!(batches = opening.lost_batches, "the disk lost batches that were durable");
                }
                self.start(vault, opening.index_rebuilt).await
            }
            Err(problem) => {
                if matches!(problem.code, Code::Corrupt | Code::Newer) {
                    self.enter(Place::Ailing(problem.clone()), State::Ailing).await;
                }
                Err(problem)
            }
        }
    }

    /// Serves an open vault. Whoever calls holds `changing`.
    async fn start(&self, vault: Vault, index_rebuilt: bool) -> Result<(), Problem> {
        let first = blocking(move || runtime::read_first(vault)).await?;
        let before = first.addresses.iter().filter_map(|address| address.parse().ok()).collect();
        let network = sesame_network::Config {
            listen: self.0.config.addresses()?,
            before,
            desk: first.is_desk,
            ..Default::default()
        };
        let (commands, events) = sesame_network::spawn(first.device.clone(), network)
            .map_err(|error| Problem::new(Code::Network).with("why", error))?;
        let (told, listener) = broadcast::channel(NOTICES_MAX);
        tokio::spawn(translate(listener, self.0.notices.clone()));
        let failed = self.on_failure();
        let around = Surroundings { notices: told, network: commands, events, failed, quiet: runtime::care::QUIET };
        let handle = runtime::start(first, index_rebuilt, around)?;
        self.enter(Place::Open(handle), State::Open).await;
        Ok(())
    }

    /// What happens when the loop of this opening stops by itself.
    fn on_failure(&self) -> Box<dyn FnOnce(Problem) + Send> {
        let app = self.clone();
        let opening = self.0.openings.fetch_add(1, Ordering::Relaxed) + 1;
        let runtime = tokio::runtime::Handle::current();
        Box::new(move |problem: Problem| {
            tracing::error!(%problem, "the node stops deciding");
            runtime.spawn(async move {
                // After whatever is changing now: a loop may fail before its node says that it is open.
                let _changing = app.0.changing.lock().await;
                let is_current = app.0.openings.load(Ordering::Relaxed) == opening;
                if is_current && app.state().await == State::Open {
                    app.enter(Place::Ailing(problem), State::Ailing).await;
                }
            });
        })
    }

    async fn enter(&self, place: Place, state: State) {
        *self.0.place.write().await = place;
        self.tell(sesame_api::node::Notice::State { state });
    }
}

/// Makes a vault with a fresh seed.
fn make(config: &Config, ask: InitAsk) -> Result<(Vault, Initialised), Problem> {
    let passphrase = composed(Zeroizing::new(ask.passphrase).as_bytes())?;
    check_passphrase(&passphrase, &ask.name)?;
    let name: String = ask.name.trim().nfc().collect();
    let nameless = if ask.vendor { "common-organisation" } else { "common-nobody" };
    let name = if name.is_empty() { Words::of(ask.language).text(nameless) } else { name };
    let seed = fresh_seed()?;
    let recovery = seed.recovery().public();
    let unnamed = |why| Problem::new(Code::BadValue).with("name", "name").with("why", why);
    let born = own::Born { name: &name, is_person: !ask.vendor };
    let first = own::birth(&seed, born, now(), &mut chance()).map_err(unnamed)?;
    let first: Vec<_> = first.into_iter().map(runtime::write).collect();
    let costs = if ask.quick { Ok(config.costs.unwrap_or(Costs::STANDARD)) } else { config.costs() };
    let costs = costs.map_err(|error| vault_problem(&error))?;
    let new = New { passphrase: passphrase.as_bytes(), costs, recovery: &recovery, first: &first };
    let vault = Vault::create(&config.vault(), new).map_err(|error| vault_problem(&error))?;
    let me =
        own::load(&VaultView::new(vault.reader())).map_err(|error| Problem::new(Code::Corrupt).with("what", error))?;
    let words = seed.words(capability::language(ask.language)).iter().map(|word| (*word).to_owned()).collect();
    Ok((vault, Initialised { words, did: sesame_protocol::did::to_did(&me.identity.public()) }))
}

/// A seed that the system's chance makes.
pub(crate) fn fresh_seed() -> Result<Seed, Problem> {
    let mut entropy = Zeroizing::new([0; 32]);
    getrandom::fill(entropy.as_mut_slice()).map_err(|error| Problem::new(Code::Failed).with("why", error))?;
    Ok(Seed::from_entropy(*entropy))
}

/// Opens a vault with its passphrase, or with the 24 words where that is what was typed, in either language.
fn open_vault(
    folder: &Path,
    typed: &str,
    progress: &mut dyn FnMut(sesame_vault::Progress),
) -> Result<(Vault, sesame_vault::Opening), sesame_vault::Error> {
    with_typed(typed, |unlock| Vault::open(folder, unlock, progress))
}

/// Tries what was typed: as the 24 words of either language where it is that, and as a passphrase then.
fn with_typed<T>(
    typed: &str,
    mut attempt: impl FnMut(Unlock<'_>) -> Result<T, sesame_vault::Error>,
) -> Result<T, sesame_vault::Error> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    for language in [key::Language::En, key::Language::Fr] {
        let Ok(seed) = Seed::from_words_in(&words, language) else { continue };
        match attempt(Unlock::Recovery(&seed.recovery())) {
            Err(sesame_vault::Error::Passphrase) => {}
            done => return done,
        }
    }
    attempt(Unlock::Passphrase(typed.as_bytes()))
}

/// Refuses a passphrase that a machine would guess. `name` is something a guesser knows.
pub(crate) fn check_passphrase(passphrase: &str, name: &str) -> Result<(), Problem> {
    if passphrase.len() > PASSPHRASE_BYTES_MAX {
        return Err(Problem::new(Code::BadValue).with("name", "passphrase").with("most", PASSPHRASE_BYTES_MAX));
    }
    let guesses = zxcvbn::zxcvbn(passphrase, &[name, "sesame"]).guesses_log10();
    if guesses < GUESSES_LOG10_MIN {
        return Err(Problem::new(Code::WeakPassphrase).with("guesses", format!("{guesses:.0}")));
    }
    Ok(())
}

/// What the vault says, in the codes of the local API.
pub(crate) fn vault_problem(error: &sesame_vault::Error) -> Problem {
    use sesame_vault::{Error, Hopeless};
    match error {
        Error::Passphrase => Problem::new(Code::Passphrase),
        Error::InUse { pid } => {
            let problem = Problem::new(Code::VaultInUse);
            if let Some(pid) = pid { problem.with("pid", pid) } else { problem }
        }
        Error::Newer { found, known } => Problem::new(Code::Newer).with("found", found).with("known", known),
        Error::NoSpace => Problem::new(Code::NoSpace),
        Error::Exists => Problem::new(Code::VaultExists),
        Error::Missing => Problem::new(Code::NoVault),
        Error::Disk(error) => Problem::new(Code::Disk).with("why", error),
        Error::Closed => Problem::new(Code::Locked),
        Error::Chance => Problem::new(Code::Failed).with("why", error),
        Error::BeyondRepair(why) => {
            let reason = match why {
                Hopeless::Header => "header",
                Hopeless::HeaderRolledBack { .. } => "rolled-back",
                Hopeless::Keys { .. } => "keys",
                _ => "unproven",
            };
            Problem::new(Code::BeyondRepair).with("reason", reason)
        }
        Error::TooLarge { max, .. } => Problem::new(Code::TooLarge).with("limit", max),
        other => Problem::new(Code::Corrupt).with("what", other),
    }
}

/// Runs a change of state to its end, whoever stops waiting for it: a browser that is closed while the vault is made must
/// not leave half of it.
pub(crate) async fn whole<T, F>(change: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    tokio::spawn(change).await.map_err(|error| Problem::new(Code::Failed).with("why", error))?
}

/// Seconds since the machine started, those included in which it slept: a laptop that was closed is idle.
fn uptime() -> u64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    u64::try_from(now.tv_sec).unwrap_or_default()
}

/// Runs what blocks on a thread where blocking is fine.
pub(crate) async fn blocking<T, F>(work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Problem> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::new(Code::Failed).with("why", error))?
}

async fn translate(mut told: broadcast::Receiver<Told>, notices: broadcast::Sender<sesame_api::node::Notice>) {
    loop {
        let room = match told.recv().await {
            Ok(Told::Circle) => "circle",
            Ok(Told::Choose) => "choose",
            Ok(Told::Data) => "data",
            Ok(Told::Vendors) => "vendors",
            Ok(Told::Desk) => "desk",
            Err(broadcast::error::RecvError::Lagged(_)) => continue,
            Err(broadcast::error::RecvError::Closed) => return,
        };
        notices.send(sesame_api::node::Notice::Changed { room: room.to_owned() }).ok();
    }
}

/// A passphrase with its accents joined to their letters (Unicode NFC): what a keyboard types and what a file
/// or a list of words holds may be the same sign in two forms, and the vault must open with both.
pub(crate) fn composed(passphrase: &[u8]) -> Result<Zeroizing<String>, Problem> {
    let text = std::str::from_utf8(passphrase).map_err(|_| Problem::new(Code::BadValue).with("name", "passphrase"))?;
    Ok(Zeroizing::new(text.nfc().collect()))
}

/// Locks the vault whenever nobody asked for anything for as long as the settings allow. A person who has not checked the
/// 24 words of a new vault yet is given the time.
async fn lock_when_idle(app: App) {
    let Some(most) = app.config().auto_lock() else { return };
    loop {
        tokio::time::sleep(IDLE_LOOK).await;
        let is_new = app.sessions().words().is_some();
        if !is_new && app.idle() >= most && app.state().await == State::Open {
            tracing::info!("nobody asked for anything; the vault locks");
            app.lock().await;
        }
    }
}
