//! The node itself: its state, first run, locking, tickets for the page, settings.

use serde::{Deserialize, Serialize};

use crate::Problem;
use crate::care::Checked;

/// The two languages of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

/// The state of a node. All four are served by the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// There is no vault yet: the first-run page.
    Bare,
    /// There is a vault and it is locked.
    Locked,
    /// The vault is open and the node works.
    Open,
    /// The vault cannot be opened: what is known of it, and what can be done.
    Ailing,
}

/// `GET /v1/status`. Health first, in a form that can be shown in every state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Status {
    /// Bare, locked, open or ailing.
    pub state: State,
    /// The version of the program.
    pub version: String,
    /// The process id of the node.
    pub pid: u32,
    /// When the node started (RFC 3339, UTC).
    pub since: String,
    /// The home folder of the node.
    pub home: String,
    /// Where the page is served, such as `http://127.0.0.1:7373`.
    pub page: String,
    /// Three words that the page shows too, so that a person sees that it is the page of this node.
    pub fingerprint: String,
    /// What the vault says of itself, when open.
    pub vault: Option<VaultStatus>,
    /// What the network says of itself, when open.
    pub network: Option<NetworkStatus>,
    /// Why the node is ailing.
    pub problem: Option<Problem>,
}

/// The open vault in a few numbers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VaultStatus {
    /// The person's name as contacts see it, or the organisation's.
    pub name: String,
    /// Whether the node is an organisation's.
    pub vendor: bool,
    /// The identity, as `did:key`.
    pub did: String,
    /// Number of the last durable batch.
    pub batch: u64,
    /// Bytes of the journal on disk.
    pub journal_bytes: u64,
    /// Readings held, over all series.
    pub readings: u64,
    /// Contacts, all states together.
    pub contacts: u64,
    /// Whether the 24 words were checked.
    pub words_checked: bool,
    /// Whether the index was rebuilt when the vault was opened.
    pub index_rebuilt: bool,
    /// The last backup that this node made.
    #[serde(default)]
    pub backup: Option<crate::backup::Backup>,
    /// The last check of the vault; nothing when it was never checked.
    #[serde(default)]
    pub checked: Option<Checked>,
}

/// The network in a few numbers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NetworkStatus {
    /// Addresses where the node listens, as multiaddresses.
    pub listening: Vec<String>,
    /// Contacts linked right now.
    pub linked: u64,
    /// Letters that wait to be delivered.
    pub waiting: u64,
    /// Frames refused since the start, by reason.
    pub refused: std::collections::BTreeMap<String, u64>,
}

/// `POST /v1/init`: makes the vault. Only a bare node takes it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InitAsk {
    /// What opens the vault from now on.
    pub passphrase: String,
    /// How contacts will see the person. May be empty.
    #[serde(default)]
    pub name: String,
    /// The language of the 24 words and of the page.
    #[serde(default)]
    pub language: Language,
    /// Whether the node is an organisation's, with a desk, and not a person's. It stays so.
    #[serde(default)]
    pub vendor: bool,
    /// Whether what a guess of the passphrase costs is the standard, and not measured on this machine: for a vault that
    /// nobody keeps.
    #[serde(default)]
    pub quick: bool,
}

/// The answer to `init`: the only time that the words are shown.
#[derive(Clone, Serialize, Deserialize)]
pub struct Initialised {
    /// The 24 words.
    pub words: Vec<String>,
    /// The identity, as `did:key`.
    pub did: String,
}

/// `POST /v1/unlock`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlockAsk {
    /// What opens the vault.
    pub passphrase: String,
}

/// `POST /v1/ticket`: a one-use way into the page.
#[derive(Clone, Serialize, Deserialize)]
pub struct Ticket {
    /// The whole address to open, ticket in the path. Good once, for sixty seconds.
    pub url: String,
    /// Seconds that the ticket lives.
    pub seconds: u64,
}

/// `POST /v1/words/check`: whether words typed are those of this vault.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsAsk {
    /// All 24 words, in order.
    pub words: Vec<String>,
}

/// The answer to a check of the words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WordsChecked {
    /// Whether they are the words of this vault.
    pub right: bool,
}

/// `GET /v1/suggestion`: a passphrase of six words, made up afresh at each call and kept nowhere.
#[derive(Clone, Serialize, Deserialize)]
pub struct Suggestion {
    /// Six words separated by hyphens.
    pub passphrase: String,
    /// Its strength in bits.
    pub bits: u32,
}

/// One change that the page or `--json` followers are told of (`GET /v1/events`, server-sent events).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// The state of the node changed.
    State {
        /// The new state.
        state: State,
    },
    /// Something in a room changed; the page may want to show it anew.
    Changed {
        /// The room: `data`, `circle`, `choose`, `vendors` or `desk`.
        room: String,
    },
    /// How far a long job is.
    Progress {
        /// `unlock`, `rebuild` or `import`.
        job: String,
        /// Steps done.
        done: u64,
        /// Steps in all, 0 when unknown.
        total: u64,
    },
}
