//! Care for the vault: how it is, a check, a compaction, another passphrase. What they find is the vault's; here it gets the
//! names of the local API.

use std::path::Path;

use sesame_api::care::{
    Checked, Chore, Compacted, EntryLoss, Finding, Health, PassphraseAsk, PassphraseChanged, Place, Report, RoomLoss,
    Salvage, Severity,
};
use sesame_api::{Code, Problem};
use sesame_engine::care::{self as row, Verdict};
use sesame_vault::{Fault, FileId, Losses, Wear};

use super::{hex, moment};
use crate::app::App;
use crate::backup::rooms;
use crate::runtime::care::Tended;

/// How the vault is, from what is known: nothing is read for it but the last check.
pub(crate) async fn health(app: &App) -> Result<Health, Problem> {
    let handle = app.open().await?;
    let (size, working) = (handle.size(), handle.working());
    let checked = handle.read(|view| row::last(view)).await?;
    let freeable_bytes = size.journal_bytes.saturating_sub(size.live_bytes);
    let wear = Wear { journal_bytes: size.journal_bytes, dead_bytes: freeable_bytes, key_file_bytes: 0 };
    Ok(Health {
        entries: size.records,
        bytes: size.journal_bytes,
        freeable_bytes,
        freeable: wear.has_something_to_free(),
        checked: checked.as_ref().map(self::checked),
        working,
        places: places(&app.config().home),
    })
}

/// Reads all of the vault and says what is wrong with it. Whoever stops waiting does not stop it.
pub(crate) async fn check(app: &App) -> Result<Report, Problem> {
    match app.open().await?.tend(Chore::Check).await? {
        Tended::Checked(found) => Ok(report(&found)),
        Tended::Compacted(..) => Err(Problem::new(Code::Failed)),
    }
}

/// Frees what nothing needs any more. Whoever stops waiting does not stop it.
pub(crate) async fn compact(app: &App) -> Result<Compacted, Problem> {
    match app.open().await?.tend(Chore::Compact).await? {
        Tended::Compacted(before, after) => compacted(before, after),
        Tended::Checked(_) => Err(Problem::new(Code::Failed)),
    }
}

/// Gives the vault another passphrase.
pub(crate) async fn passphrase(app: &App, ask: PassphraseAsk) -> Result<PassphraseChanged, Problem> {
    app.change_passphrase(ask).await
}

/// What a check found, in the names of the local API.
pub(crate) fn report(report: &sesame_vault::Report) -> Report {
    let findings: Vec<Finding> = report.findings.iter().map(finding).collect();
    Report {
        damaged: report.is_damaged(),
        worst: findings.iter().map(|finding| finding.severity).max(),
        findings,
        more: report.more,
        bytes: report.bytes,
        batches: report.batches,
        records: report.records,
        erased: report.forgotten,
    }
}

/// What a repair saved, and what it did not, in the names of the local API.
pub(crate) fn salvage(salvage: &sesame_vault::Salvage) -> Salvage {
    let named = salvage.losses.named.iter().map(|loss| EntryLoss {
        room: room(loss.key.shelf),
        shelf: loss.key.shelf,
        name: hex(&loss.key.name),
        verdict: verdict(loss.verdict).to_owned(),
    });
    Salvage {
        entries: salvage.entries.values().sum(),
        losses: losses(&salvage.losses),
        named: named.collect(),
        unnamed: salvage.unnamed,
        removed: salvage.dropped,
        end_known: salvage.is_end_known,
        findings: salvage.report.findings.iter().map(finding).collect(),
        more: salvage.report.more,
    }
}

/// What is lost by room, in the order of the shelves.
fn losses(losses: &Losses) -> Vec<RoomLoss> {
    let mut found: Vec<RoomLoss> = Vec::new();
    for ((shelf, verdict), count) in &losses.counts {
        let room = room(*shelf);
        let at = found.iter().position(|loss| loss.room == room).unwrap_or_else(|| {
            found.push(RoomLoss { room, ..RoomLoss::default() });
            found.len() - 1
        });
        let sum = match verdict {
            sesame_vault::Verdict::Gone => &mut found[at].gone,
            sesame_vault::Verdict::Older => &mut found[at].older,
            sesame_vault::Verdict::Unproven => &mut found[at].unproven,
        };
        *sum += count;
    }
    found
}

fn room(shelf: u16) -> String {
    rooms((shelf, shelf)).pop().unwrap_or_default()
}

fn verdict(verdict: sesame_vault::Verdict) -> &'static str {
    match verdict {
        sesame_vault::Verdict::Gone => "gone",
        sesame_vault::Verdict::Older => "older",
        sesame_vault::Verdict::Unproven => "unproven",
    }
}

/// What a compaction came to; the problem when it had nothing to free.
pub(crate) fn compacted(before: Wear, after: Wear) -> Result<Compacted, Problem> {
    let bytes = |wear: Wear| wear.journal_bytes.saturating_add(wear.key_file_bytes);
    let (before_bytes, after_bytes) = (bytes(before), bytes(after));
    if !before.has_something_to_free() || after_bytes >= before_bytes {
        return Err(Problem::new(Code::NothingToFree));
    }
    Ok(Compacted { before_bytes, after_bytes })
}

/// The last check, in the names of the local API.
pub(crate) fn checked(checked: &row::Checked) -> Checked {
    let worst = match checked.verdict {
        Verdict::Whole => None,
        Verdict::Notice => Some(Severity::Notice),
        Verdict::Weakened => Some(Severity::Weakened),
        Verdict::Lost => Some(Severity::Lost),
        Verdict::Fatal => Some(Severity::Fatal),
    };
    Checked { at: moment(checked.at), worst, findings: checked.findings }
}

fn severity(severity: sesame_vault::Severity) -> Severity {
    match severity {
        sesame_vault::Severity::Notice => Severity::Notice,
        sesame_vault::Severity::Weakened => Severity::Weakened,
        sesame_vault::Severity::Lost => Severity::Lost,
        sesame_vault::Severity::Fatal => Severity::Fatal,
    }
}

fn finding(finding: &sesame_vault::Finding) -> Finding {
    let of = |kind: &str, file: Option<String>| Finding {
        severity: severity(finding.severity),
        kind: kind.to_owned(),
        file,
        offset: None,
        bytes: None,
        batch: None,
        mode: None,
    };
    let named = |kind: &str, file: FileId| of(kind, Some(file.name()));
    let segment = |kind: &str, segment: u32| named(kind, FileId::Segment(segment));
    match finding.fault.clone() {
        Fault::Transient { file, offset } => Finding { offset: Some(offset), ..named("transient", file) },
        Fault::Unreadable { file, offset, bytes } => {
            Finding { offset: Some(offset), bytes: Some(bytes), ..named("unreadable", file) }
        }
        Fault::Header(slot) => named("header", FileId::Header(slot)),
        Fault::HeadersDiffer => of("headers-differ", None),
        Fault::HeaderRolledBack => of("rolled-back", None),
        Fault::Checkpoint(slot) => named("checkpoint", FileId::Checkpoint(slot)),
        Fault::Keys { generation } => named("keys", FileId::Keys(generation)),
        Fault::Segment { segment: number, bytes } => Finding { bytes: Some(bytes), ..segment("segment", number) },
        Fault::Short { segment: number, bytes } => Finding { bytes: Some(bytes), ..segment("short", number) },
        Fault::Frames { segment: number, offset, bytes } => {
            Finding { offset: Some(offset), bytes: Some(bytes), ..segment("frames", number) }
        }
        Fault::Chain { segment: number, batch } => Finding { batch: Some(batch), ..segment("chain", number) },
        Fault::Torn { bytes } => Finding { bytes: Some(bytes), ..of("torn", None) },
        Fault::Leftover(file) => named("leftover", file),
        Fault::Stray { name } => of("stray", Some(name)),
        Fault::Mode { name, mode } => Finding { mode: Some(format!("{mode:o}")), ..of("mode", Some(name)) },
        Fault::Index => of("index", None),
    }
}

/// Which files of a node lie where, and which of them are sealed.
fn places(home: &Path) -> Vec<Place> {
    let all = [
        ("journal", "vault/segment.*", true),
        ("keys", "vault/keys.*", true),
        ("index", "vault/index", true),
        ("header", "vault/header.*", true),
        ("settings", "config.toml", false),
        ("run", "run", false),
    ];
    let place = |(kind, path, sealed): (&str, &str, bool)| {
        let path = home.join(path).display().to_string();
        Place { path, kind: kind.to_owned(), sealed }
    };
    all.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_from_what_is_only_worth_a_word() {
        let of = |severity, fault| sesame_vault::Finding { severity, fault };
        let mut found = sesame_vault::Report::default();
        assert!(!report(&found).damaged && report(&found).worst.is_none());
        let mode = Fault::Mode { name: ".".into(), mode: 0o755 };
        found.findings.push(of(sesame_vault::Severity::Weakened, mode));
        found.findings.push(of(sesame_vault::Severity::Notice, Fault::Leftover(FileId::Draft)));
        assert!(!report(&found).damaged);
        let frames = Fault::Frames { segment: 2, offset: 4096, bytes: 512 };
        found.findings.push(of(sesame_vault::Severity::Lost, frames));
        let told = report(&found);
        assert!(told.damaged && told.worst == Some(Severity::Lost));
        let last = &told.findings[2];
        assert_eq!((last.kind.as_str(), last.file.as_deref()), ("frames", Some("segment.00000002")));
        assert_eq!((last.offset, last.bytes), (Some(4096), Some(512)));
        assert_eq!(told.findings[0].mode.as_deref(), Some("755"));
    }

    #[test]
    fn nothing_to_free_is_said_and_what_was_freed_is_counted() {
        let wear = |journal_bytes, dead_bytes| Wear { journal_bytes, dead_bytes, key_file_bytes: 2000 };
        let none = compacted(wear(50_000, 900), wear(50_000, 900)).unwrap_err();
        assert_eq!((none.code, none.code.exit()), (Code::NothingToFree, 15));
        let freed = compacted(wear(9_000_000, 4_000_000), wear(5_000_000, 100)).unwrap();
        assert_eq!((freed.before_bytes, freed.after_bytes), (9_002_000, 5_002_000));
    }
}
