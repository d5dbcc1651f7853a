//! The node itself: status, first run, locking, tickets, words.

use sesame_api::node::{
    InitAsk, Initialised, Language, NetworkStatus, State, Status, Suggestion, Ticket, UnlockAsk, VaultStatus, WordsAsk,
    WordsChecked,
};
use sesame_api::{Code, Problem};
use sesame_engine::{Decision, backups, care, contacts, mail, own, series};
use sesame_protocol::key::Seed;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize, Zeroizing};

use crate::app::{App, fresh_seed};
use crate::runtime::Handle;

/// Words of a suggested passphrase: 66 bits.
const SUGGESTED_WORDS: usize = 6;

/// What the node says of itself. Answers in every state.
pub(crate) async fn status(app: &App) -> Status {
    let mut status = Status {
        state: app.state().await,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        since: app.since().to_owned(),
        home: app.config().home.display().to_string(),
        page: app.page(),
        fingerprint: app.fingerprint().to_owned(),
        vault: None,
        network: None,
        problem: app.ailment().await,
    };
    if let Ok(handle) = app.open().await {
        match open_status(&handle).await {
            Ok((vault, network)) => {
                status.vault = Some(vault);
                status.network = Some(network);
            }
            Err(problem) => {
                status.state = State::Ailing;
                status.problem = Some(problem);
            }
        }
    }
    status
}

/// Makes the vault. The only answer that ever holds the 24 words.
pub(crate) async fn init(app: &App, ask: InitAsk) -> Result<Initialised, Problem> {
    app.init(ask, false).await
}

/// Makes the vault in the first run of the page, which shows the 24 words later: until they are checked the node keeps
/// them in memory.
pub(crate) async fn begin(app: &App, ask: InitAsk) -> Result<(), Problem> {
    app.init(ask, true).await.map(|_| ())
}

/// Opens the vault.
pub(crate) async fn unlock(app: &App, mut ask: UnlockAsk) -> Result<Status, Problem> {
    let unlocked = app.unlock(ask.passphrase.as_bytes()).await;
    ask.passphrase.zeroize();
    unlocked?;
    Ok(status(app).await)
}

/// Closes the vault.
pub(crate) async fn lock(app: &App) -> Result<Status, Problem> {
    app.lock().await;
    Ok(status(app).await)
}

/// A one-use way into the page.
pub(crate) fn ticket(app: &App) -> Ticket {
    let (ticket, seconds) = app.sessions().ticket();
    Ticket { url: format!("{}/enter/{ticket}", app.page()), seconds }
}

/// A passphrase of six words, made up afresh: the beginning of the words of a seed that goes no further.
pub fn suggestion(language: Language) -> Result<Suggestion, Problem> {
    // The words of a seed are independent and uniform, all but the last, which holds the checksum.
    let words = fresh_seed()?.words(super::language(language));
    let bits = u32::try_from(SUGGESTED_WORDS * 11).expect("a small number");
    // The French list is written with its accents apart (BIP-39); a person types them joined.
    Ok(Suggestion { passphrase: words[..SUGGESTED_WORDS].join("-").nfc().collect(), bits })
}

/// Whether these are the words of this vault; the node remembers that they were right.
pub(crate) async fn check_words(app: &App, ask: WordsAsk) -> Result<WordsChecked, Problem> {
    let handle = app.open().await?;
    let words = Zeroizing::new(ask.words);
    let seed = match Seed::from_words(&words) {
        Ok(seed) => seed,
        Err(error) => return Err(Problem::new(Code::Words).with("why", error)),
    };
    let right = handle.read(move |view| own::is_mine(view, &seed)).await?;
    if right {
        handle.decide(Decision::WordsChecked).await?.map_err(|refusal| super::circle::problem(&refusal))?;
    }
    Ok(WordsChecked { right })
}

async fn open_status(handle: &Handle) -> Result<(VaultStatus, NetworkStatus), Problem> {
    let size = handle.size();
    let index_rebuilt = handle.index_rebuilt;
    let links = handle.links().clone();
    handle
        .read(move |view| {
            let me = own::load(view)?;
            let contacts = contacts::all(view)?;
            let mut waiting = 0;
            for (id, _) in &contacts {
                waiting += mail::waiting(view, id)?.iter().filter(|letter| letter.taken.is_none()).count();
            }
            let linked = contacts.iter().filter(|(_, contact)| links.linked.contains(&contact.device)).count();
            let vault = VaultStatus {
                name: own::name(view)?,
                vendor: !own::is_person(view)?,
                did: sesame_protocol::did::to_did(&me.identity.public()),
                batch: size.batch,
                journal_bytes: size.journal_bytes,
                readings: series::all(view)?.iter().map(|(_, series)| series.count).sum(),
                contacts: contacts.len() as u64,
                words_checked: own::words_checked(view)?,
                index_rebuilt,
                backup: backups::all(view)?.first().map(|(id, backup)| super::backup::said(id, backup)),
                checked: care::last(view)?.map(|checked| super::care::checked(&checked)),
            };
            let network = NetworkStatus {
                listening: links.listening,
                linked: linked as u64,
                waiting: waiting as u64,
                refused: links.refused,
            };
            Ok((vault, network))
        })
        .await
}
