//! Care for the vault: whether it is whole, what it could do without, its passphrase; and the sentences that say so
//! wherever they are shown.

use serde::{Deserialize, Serialize};

use crate::words::Words;

/// `GET /v1/vault`: how the vault is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Entries that it holds.
    pub entries: u64,
    /// Bytes of its journal on disk.
    pub bytes: u64,
    /// Bytes of these that nothing needs any more.
    pub freeable_bytes: u64,
    /// Whether freeing them is worth asking for.
    pub freeable: bool,
    /// The last check; nothing when there was none.
    pub checked: Option<Checked>,
    /// What is being done with it right now.
    pub working: Option<Working>,
    /// Which files lie where.
    pub places: Vec<Place>,
}

/// A check that came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// When (RFC 3339, UTC).
    pub at: String,
    /// The worst that it found; nothing when all is well.
    pub worst: Option<Severity>,
    /// How many things it found.
    pub findings: u64,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is lost or in danger.
    Notice,
    /// Nothing is lost yet, but a second copy stands in, or the disk begins to fail.
    Weakened,
    /// Records are lost; the rest can be read.
    Lost,
    /// The vault does not open as it is.
    Fatal,
}

/// A long work on the vault, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Working {
    /// What it is.
    pub chore: Chore,
    /// Bytes done.
    pub done_bytes: u64,
    /// Bytes to do.
    pub total_bytes: u64,
}

/// A long work on the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Chore {
    /// A check.
    Check,
    /// A compaction.
    Compact,
}

/// A file or a folder of the node's, and whether others could read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where it is.
    pub path: String,
    /// What it is: `journal`, `keys`, `index`, `header`, `settings` or `run`.
    pub kind: String,
    /// Whether it is sealed; what is not lies there in clear.
    pub sealed: bool,
}

/// `POST /v1/vault/check`: what a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Whether something is damaged: what the exit status of the command goes by.
    pub damaged: bool,
    /// The worst that was found; nothing when all is well.
    pub worst: Option<Severity>,
    /// What was found, in the order in which it was met; at most a thousand.
    pub findings: Vec<Finding>,
    /// Findings beyond those.
    pub more: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Batches that are whole.
    pub batches: u64,
    /// Records that opened, older versions too.
    pub records: u64,
    /// Records that were erased, and open for nobody.
    pub erased: u64,
}

/// One thing that a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is: `transient`, `unreadable`, `header`, `headers-differ`, `rolled-back`, `checkpoint`, `keys`, `segment`,
    /// `short`, `frames`, `chain`, `torn`, `leftover`, `stray`, `mode` or `index`.
    pub kind: String,
    /// The file, by its name in the vault's folder.
    pub file: Option<String>,
    /// Bytes from the start of the file.
    pub offset: Option<u64>,
    /// How many bytes.
    pub bytes: Option<u64>,
    /// The number of the batch.
    pub batch: Option<u64>,
    /// The mode of the file, in octal.
    pub mode: Option<String>,
}

/// `POST /v1/vault/compact`: what was freed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compacted {
    /// Bytes of journal and keys before.
    pub before_bytes: u64,
    /// Bytes of journal and keys now.
    pub after_bytes: u64,
}

/// What `sesame repair` came to. No node has a part in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repaired {
    /// What was saved and what was not; nothing when a repair that had been interrupted only had to take its place.
    pub salvage: Option<Salvage>,
    /// Where the damaged vault is kept, as it was and with all its keys.
    pub damaged: Option<String>,
}

/// What `sesame key rotate` came to. No node has a part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotated {
    /// Entries that are under new keys.
    pub entries: u64,
}

/// What was saved of a damaged vault, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvage {
    /// Entries that are in the repaired vault.
    pub entries: u64,
    /// Entries that are not in it as they were last.
    pub losses: Vec<RoomLoss>,
    /// The same, one by one; at most ten thousand.
    pub named: Vec<EntryLoss>,
    /// Versions that cannot be read, and of which nothing says whose they were.
    pub unnamed: u64,
    /// Entries that were left out because the index says that they had been removed.
    pub removed: u64,
    /// Whether the last batch that anything tells of was found. If not, what was stored last may be missing without a trace.
    pub end_known: bool,
    /// What was found to be wrong.
    pub findings: Vec<Finding>,
    /// Findings beyond those.
    pub more: u64,
}

/// How many entries of one room are not as they were last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomLoss {
    /// The room, as in the findings about backups.
    pub room: String,
    /// Of which no version can be read.
    pub gone: u64,
    /// Of which an earlier version is there.
    pub older: u64,
    /// Which were being stored when it ended, and do not count.
    pub unproven: u64,
}

/// One entry that is not as it was last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLoss {
    /// The room.
    pub room: String,
    /// The number of its shelf.
    pub shelf: u16,
    /// Its name on the shelf, in hex.
    pub name: String,
    /// What became of it: `gone`, `older` or `unproven`.
    pub verdict: String,
}

/// `POST /v1/vault/passphrase`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassphraseAsk {
    /// The passphrase that opens the vault now, or the 24 words.
    pub old: String,
    /// The one that opens it from now on.
    pub new: String,
}

/// The answer to a change of the passphrase: what each guess costs whoever tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassphraseChanged {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Health {
    /// How the vault is, in one sentence; and what to do if it is damaged. `when` writes a moment.
    pub fn sentence(&self, words: &Words, when: &dyn Fn(&str) -> String) -> String {
        if let Some(working) = &self.working {
            return working.sentence(words);
        }
        let (size, free) = (words.bytes(self.bytes), words.bytes(self.freeable_bytes));
        let at = self.checked.as_ref().map(|checked| when(&checked.at)).unwrap_or_default();
        let findings = self.checked.as_ref().map_or(0, |checked| checked.findings);
        let args = [
            ("at", (&at).into()),
            ("entries", self.entries.into()),
            ("size", (&size).into()),
            ("free", if self.freeable { (&free).into() } else { "nothing".into() }),
            ("count", findings.into()),
        ];
        words.with(&format!("care-health-{}", verdict(self.checked.as_ref())), &args)
    }

    /// Whether the last check found that something is lost, or may soon be.
    pub fn is_damaged(&self) -> bool {
        self.checked.as_ref().is_some_and(|checked| checked.worst >= Some(Severity::Weakened))
    }
}

/// The end of the key of a sentence about a check.
fn verdict(checked: Option<&Checked>) -> &'static str {
    match checked.map(|checked| checked.worst) {
        None => "unchecked",
        Some(None | Some(Severity::Notice)) => "whole",
        Some(Some(Severity::Weakened)) => "weakened",
        Some(Some(Severity::Lost)) => "lost",
        Some(Some(Severity::Fatal)) => "fatal",
    }
}

impl Checked {
    /// When the vault was checked and what came of it, as a clause.
    pub fn clause(checked: Option<&Self>, words: &Words, when: &dyn Fn(&str) -> String) -> String {
        let at = checked.map(|checked| when(&checked.at)).unwrap_or_default();
        words.with(&format!("care-checked-{}", verdict(checked)), &[("at", (&at).into())])
    }
}

impl Working {
    /// What is being done, and how far it is.
    pub fn sentence(&self, words: &Words) -> String {
        let key = match self.chore {
            Chore::Check => "care-working-check",
            Chore::Compact => "care-working-compact",
        };
        let (done, total) = (words.bytes(self.done_bytes), words.bytes(self.total_bytes));
        words.with(key, &[("done", (&done).into()), ("total", (&total).into())])
    }
}

impl Report {
    /// What the check came to, in one sentence.
    pub fn sentence(&self, words: &Words) -> String {
        let size = words.bytes(self.bytes);
        let count = (self.findings.len() as u64).saturating_add(self.more);
        let args = [("records", self.records.into()), ("size", (&size).into()), ("count", count.into())];
        let key = match self.worst {
            None | Some(Severity::Notice) => "care-report-whole",
            Some(Severity::Weakened) => "care-report-weakened",
            Some(Severity::Lost) => "care-report-lost",
            Some(Severity::Fatal) => "care-report-fatal",
        };
        words.with(key, &args)
    }
}

impl Salvage {
    /// Whether all is as it was last, as far as anything can tell.
    pub fn is_complete(&self) -> bool {
        let is_older = self.findings.iter().any(|finding| finding.kind == "rolled-back");
        self.losses.is_empty() && self.unnamed == 0 && self.end_known && !is_older
    }
}

impl Finding {
    /// What was found, in which part and how much of it.
    pub fn sentence(&self, words: &Words) -> String {
        let size = self.bytes.map(|bytes| words.bytes(bytes)).unwrap_or_default();
        let args = [
            ("file", self.file.as_deref().unwrap_or_default().into()),
            ("at", self.offset.unwrap_or_default().into()),
            ("size", (&size).into()),
            ("batch", self.batch.unwrap_or_default().into()),
            ("mode", self.mode.as_deref().unwrap_or_default().into()),
        ];
        words.with(&format!("care-found-{}", self.kind), &args)
    }

    /// What to do about it.
    pub fn remedy(&self, words: &Words) -> String {
        let key = match (self.kind.as_str(), self.severity) {
            ("stray", _) => "care-remedy-stray",
            ("mode", _) => "care-remedy-mode",
            (_, Severity::Notice) => "care-remedy-none",
            (_, Severity::Weakened) => "care-remedy-weakened",
            (_, Severity::Lost) => "care-remedy-lost",
            (_, Severity::Fatal) => "care-remedy-fatal",
        };
        words.text(key)
    }
}

impl Place {
    /// What it is, in words.
    pub fn name(&self, words: &Words) -> String {
        words.text(&format!("care-place-{}", self.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::Language;

    const KINDS: [&str; 16] = [
        "transient",
        "unreadable",
        "header",
        "headers-differ",
        "rolled-back",
        "checkpoint",
        "keys",
        "segment",
        "short",
        "frames",
        "chain",
        "torn",
        "leftover",
        "stray",
        "mode",
        "index",
    ];

    #[test]
    fn every_finding_and_every_state_has_its_sentence() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let worsts =
                [None, Some(Severity::Notice), Some(Severity::Weakened), Some(Severity::Lost), Some(Severity::Fatal)];
            for worst in worsts {
                let checked = Some(Checked { at: "2026-11-23T09:14:00Z".into(), worst, findings: 3 });
                let health = Health { checked, bytes: 42_000_000, freeable: true, ..Health::default() };
                let report = Report { worst, bytes: 42_000_000, ..Report::default() };
                let said = [health.sentence(words, &|_| "today".into()), report.sentence(words)];
                for text in said {
                    assert!(!text.starts_with("care-") && !text.contains('{'), "{text}");
                }
                let Some(severity) = worst else { continue };
                for kind in KINDS {
                    let found = Finding {
                        severity,
                        kind: kind.into(),
                        file: Some("segment.00000002".into()),
                        offset: Some(4096),
                        bytes: Some(512),
                        batch: Some(9),
                        mode: Some("644".into()),
                    };
                    for text in [found.sentence(words), found.remedy(words)] {
                        assert!(!text.starts_with("care-") && !text.contains('{'), "{kind}: {text}");
                    }
                }
            }
            for kind in ["journal", "keys", "index", "header", "settings", "run"] {
                let place = Place { path: String::new(), kind: kind.into(), sealed: true };
                assert!(!place.name(words).starts_with("care-"));
            }
        }
    }

    #[test]
    fn damage_comes_with_what_to_do_and_nothing_to_free_is_not_offered() {
        let words = Words::of(Language::En);
        let whole = Health { entries: 1234, bytes: 42_000_000, freeable_bytes: 900, ..Health::default() };
        let said = whole.sentence(words, &|_| String::new());
        assert!(said.contains("1,234") && said.contains("42\u{a0}MB") && !said.contains("900"), "{said}");
        let worst = Some(Severity::Lost);
        let checked = Some(Checked { at: "2026-11-23T09:14:00Z".into(), worst, findings: 1 });
        let lost = Health { checked, freeable: true, ..whole };
        let said = lost.sentence(words, &|_| "today".into());
        assert!(said.contains("backup") && said.contains("sesame check") && lost.is_damaged(), "{said}");
    }
}
