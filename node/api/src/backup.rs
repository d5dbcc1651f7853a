//! Backups: making them, what is remembered of them, and what a check, a restoring or a drill found.

use serde::{Deserialize, Serialize};

/// `POST /v1/backups`: makes a backup of the open vault.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupAsk {
    /// Where: an absolute path on the node's machine. The place of the last one when absent.
    #[serde(default)]
    pub place: Option<String>,
    /// Whether it is to be one file, and not a folder that grows by what changed.
    #[serde(default)]
    pub file: bool,
    /// How many of a folder stay; nothing is removed when absent.
    #[serde(default)]
    pub keep: Option<u32>,
}

/// A backup, as the node remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Its id.
    pub id: String,
    /// When it was made (RFC 3339, UTC).
    pub at: String,
    /// Where it lies, as it was typed.
    pub place: String,
    /// Whether that is one file.
    pub file: bool,
    /// The number of the vault's last batch in it.
    pub batch: u64,
    /// Its entries.
    pub entries: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// The digest of all of them.
    pub digest: String,
    /// Which passphrase opens it; the 24 words always do.
    pub passphrase: Passphrase,
    /// When every byte of it was last found whole.
    pub checked: Option<String>,
}

/// Which passphrase opens a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passphrase {
    /// That of the day on which it was made.
    Today,
    /// That of an earlier backup in the same folder: the vault was opened with the words, and the passphrase may have been
    /// changed meanwhile.
    Earlier,
    /// None.
    None,
}

/// The answer to the making of a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupMade {
    /// What was made.
    pub backup: Backup,
    /// Bytes written.
    pub written_bytes: u64,
    /// Chunks written.
    pub written_chunks: u64,
    /// Chunks that were there already.
    pub known_chunks: u64,
    /// Older backups that were removed.
    pub removed: u64,
}

/// `GET /v1/backups`: what is remembered, the newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Backups {
    /// The backups.
    pub backups: Vec<Backup>,
    /// How far the one is that is being made or checked now.
    pub running: Option<Running>,
}

/// How far a backup or a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// Bytes done.
    pub done: u64,
    /// Bytes in all.
    pub total: u64,
}

/// `POST /v1/backups/check`: reads every byte of a place of this vault's backups. It asks for no passphrase: the vault is
/// open.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupPlace {
    /// Where: an absolute path.
    pub place: String,
}

/// `POST /v1/backups/checked`: these were found whole by a command that opened them without the node.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupsChecked {
    /// Their ids.
    pub ids: Vec<String>,
}

/// What a check found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupReport {
    /// Where.
    pub place: String,
    /// Whether every byte is as it was written.
    pub whole: bool,
    /// The states that it holds, the newest first.
    pub snapshots: Vec<BackupState>,
    /// Chunks that were read.
    pub chunks: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Chunks that an interrupted backup left; the next one may need them.
    pub unnamed: u64,
    /// Whether a passphrase opens it; the 24 words always do.
    pub passphrase: bool,
    /// What is damaged: what costs something first, a few hundred at most.
    pub findings: Vec<BackupFinding>,
    /// How much more is damaged.
    pub more: u64,
    /// Parts of which something is lost, all of them counted.
    pub lost_parts: u64,
    /// Entries in them.
    pub lost_entries: u64,
}

/// One state of a vault in a backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupState {
    /// Its id.
    pub id: String,
    /// When it was made (RFC 3339, UTC).
    pub at: String,
    /// The number of the vault's last batch.
    pub batch: u64,
    /// Entries.
    pub entries: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// The digest of all of them.
    pub digest: String,
    /// Whether all of it is there.
    pub whole: bool,
}

/// Something that is damaged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupFinding {
    /// `key_copy`, `list_copy`, `list`, `no_list`, `missing`, `damaged` or `digest`.
    pub kind: String,
    /// Whether something is lost by it.
    pub loss: bool,
    /// The backup or the chunk that it is about.
    pub id: Option<String>,
    /// Entries that are lost.
    pub entries: u64,
    /// What they are of: `self`, `circle`, `ratings`, `data`, `organisations`, `facts`, `desk` or `other`.
    pub rooms: Vec<String>,
}

/// What was restored, or would be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupRestored {
    /// The home folder of the new vault; none when it was a drill.
    pub home: Option<String>,
    /// The state that it was made of; nothing where no list could be read, and what was whole was taken.
    pub snapshot: Option<BackupState>,
    /// Entries that are there.
    pub entries: u64,
    /// Entries of which several versions were found and no list to say which is the newest: one of them was taken.
    pub doubtful: u64,
    /// What is not.
    pub lost: Vec<BackupFinding>,
    /// Whether the 24 words opened it.
    pub by_words: bool,
}
