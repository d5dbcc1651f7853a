//! `sesame backup`: made by the node of its open vault; checked by the node, or here with what a person types; restored
//! and drilled here, because that is for the day on which there is no node.

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;
use sesame_api::backup::{
    Backup as Made, BackupAsk, BackupFinding, BackupMade, BackupPlace, BackupReport, BackupRestored, Backups,
    BackupsChecked, Passphrase,
};
use sesame_api::client::Client;
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_node::backup::{self, RestoreAsk};
use zeroize::Zeroizing;

use super::bar::Bar;
use super::{Context, moment};
use crate::args::{Backup, Secret};
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask, problem};

/// Damaged parts that are named one by one; all of them are in the JSON.
const FINDINGS_SHOWN: usize = 10;

/// Runs a command about backups.
pub(super) async fn run(context: &Context, args: &Backup) -> Result<()> {
    match args {
        Backup::Create { place, file, keep } => create(context, place.as_deref(), *file, *keep).await,
        Backup::List => {
            let all: Value = context.node().await?.get("backups", &[]).await?;
            context.output.show(all, |words, all: Backups| list_sheet(words, &all))
        }
        Backup::Verify { place, secret } => verify(context, place, secret).await,
        Backup::Restore { place, partial, secret, new_passphrase_file } => {
            restore(context, place, *partial, secret, new_passphrase_file.as_deref()).await
        }
        Backup::Drill { place, secret } => drill(context, place, secret).await,
    }
}

async fn create(context: &Context, place: Option<&Path>, file: bool, keep: Option<u32>) -> Result<()> {
    let node = context.node().await?;
    let place = place.map(whole).transpose()?.map(|place| place.display().to_string());
    let asked = BackupAsk { place, file, keep };
    let made: Value = bar(context, "create").watch(&node, "backups", &asked, look).await?;
    context.output.show(made, |words, made: BackupMade| made_sheet(words, &made))
}

/// Checks with the open node, which needs no passphrase; with what a person types where there is none, or where the
/// backup is of another vault.
async fn verify(context: &Context, place: &Path, secret: &Secret) -> Result<()> {
    let place = whole(place)?;
    let given = ask::given(context, secret)?;
    let by_node = if given.is_none() { by_node(context, &place).await? } else { None };
    let report: Value = if let Some(report) = by_node {
        report
    } else {
        let typed = match given {
            Some(given) => given,
            None => ask::passphrase(context, secret, "backup verify")?,
        };
        let bar = bar(context, "verify");
        let report = backup::verify(&place, typed.as_bytes(), &mut |done, total| bar.at(done, total))?;
        drop(bar);
        let whole = report.snapshots.iter().filter(|state| state.whole).map(|state| state.id.clone());
        tell_node(context, whole.collect()).await;
        value(&report)?
    };
    let found = serde_json::from_value::<BackupReport>(report.clone()).map_err(|error| problem::unreadable(&error))?;
    context.output.show(report, |words, report: BackupReport| report_sheet(words, &report))?;
    if found.whole { Ok(()) } else { Err(damaged(&found)) }
}

/// The report of the node; nothing where somebody has to type something instead.
async fn by_node(context: &Context, place: &Path) -> Result<Option<Value>> {
    let asked = BackupPlace { place: place.display().to_string() };
    let answer = match context.node().await {
        Ok(node) => bar(context, "verify").watch(&node, "backups/check", &asked, look).await,
        Err(problem) => Err(problem),
    };
    match answer {
        Ok(report) => Ok(Some(report)),
        Err(problem) if matches!(problem.code, Code::NoNode | Code::NoVault | Code::Locked) => Ok(None),
        Err(problem) if problem.code == Code::BackupPlace => Ok(None),
        Err(problem) => Err(problem),
    }
}

async fn restore(
    context: &Context,
    place: &Path,
    partial: bool,
    secret: &Secret,
    new_passphrase: Option<&Path>,
) -> Result<()> {
    // A node that runs there would not see that its vault is there.
    match context.node().await {
        Ok(_) => return Err(Problem::new(Code::VaultInUse)),
        Err(problem) if problem.code == Code::NoNode => {}
        Err(problem) => return Err(problem),
    }
    let place = whole(place)?;
    let typed = ask::passphrase(context, secret, "backup restore")?;
    let bar = bar(context, "restore");
    let offer = || Ok(Zeroizing::new(sesame_node::suggestion(context.words().language())?.passphrase));
    let mut fresh = || ask::fresh_passphrase(context, new_passphrase, "backup restore", offer);
    let asked = RestoreAsk { place: &place, home: &context.home, partial };
    let restored = backup::restore(asked, typed.as_bytes(), &mut fresh, &mut |done, total| bar.at(done, total))?;
    drop(bar);
    context.output.show(value(&restored)?, |words, restored: BackupRestored| restored_sheet(words, &restored))
}

async fn drill(context: &Context, place: &Path, secret: &Secret) -> Result<()> {
    let place = whole(place)?;
    let typed = ask::passphrase(context, secret, "backup drill")?;
    let bar = bar(context, "drill");
    let drilled = backup::drill(&place, &context.home, typed.as_bytes(), &mut |done, total| bar.at(done, total))?;
    drop(bar);
    tell_node(context, drilled.snapshot.iter().map(|state| state.id.clone()).collect()).await;
    context.output.show(value(&drilled)?, |words, drilled: BackupRestored| {
        let at = drilled.snapshot.map_or_else(String::new, |state| moment(words, &state.at));
        let told = [("entries", drilled.entries.into()), ("at", (&at).into())];
        Sheet::new().toned(Tone::Good, words.with("cli-backup-drilled", &told)).line(words.text(if drilled.by_words {
            "cli-backup-by-words"
        } else {
            "cli-backup-by-passphrase"
        }))
    })
}

/// Lets the open node remember what was found whole. It is no part of the check: without a node nobody has to know.
async fn tell_node(context: &Context, ids: Vec<String>) {
    if let Ok(node) = context.node().await {
        node.post::<()>("backups/checked", &BackupsChecked { ids }).await.ok();
    }
}

/// How far the node is with a backup.
async fn look(node: &Client) -> Option<(u64, u64)> {
    let all: Backups = node.get("backups", &[]).await.ok()?;
    all.running.map(|now| (now.done, now.total))
}

fn bar(context: &Context, command: &str) -> Bar {
    Bar::new(context, &format!("cli-backup-{command}-bar"))
}

/// A place as the node can find it, which has another folder that it calls here.
fn whole(place: &Path) -> Result<PathBuf> {
    std::path::absolute(place).map_err(|error| problem::disk(place, &error))
}

fn value(answer: &impl Serialize) -> Result<Value> {
    serde_json::to_value(answer).map_err(|error| Problem::new(Code::Failed).with("why", error))
}

/// The problem of a backup that is not whole.
fn damaged(report: &BackupReport) -> Problem {
    let reason = if report.lost_parts > 0 { "parts" } else { "copies" };
    Problem::new(Code::BackupDamaged)
        .with("file", &report.place)
        .with("reason", reason)
        .with("chunks", report.lost_parts)
        .with("count", report.lost_entries)
}

fn made_sheet(words: &Words, made: &BackupMade) -> Sheet {
    let Made { place, entries, passphrase, .. } = &made.backup;
    let written = words.bytes(made.written_bytes);
    let told = [("entries", (*entries).into()), ("place", place.into()), ("written", (&written).into())];
    let mut sheet = Sheet::new().toned(Tone::Good, words.with("cli-backup-made", &told));
    if made.known_chunks > 0 {
        sheet = sheet.line(words.with("cli-backup-known", &[("count", made.known_chunks.into())]));
    }
    if made.removed > 0 {
        sheet = sheet.line(words.with("cli-backup-removed", &[("count", made.removed.into())]));
    }
    sheet = match passphrase {
        Passphrase::Today => sheet.line(words.text("cli-backup-opens")),
        Passphrase::Earlier => sheet.toned(Tone::Warn, words.text("cli-backup-opens-earlier")),
        Passphrase::None => sheet.toned(Tone::Warn, words.text("cli-backup-words-only")),
    };
    sheet.line(words.text("cli-backup-elsewhere"))
}

fn list_sheet(words: &Words, all: &Backups) -> Sheet {
    if all.backups.is_empty() {
        return Sheet::new().line(words.text("cli-backup-none"));
    }
    let header = ["cli-when", "cli-backup-entries", "cli-backup-checked", "cli-backup-place"];
    let rows = all.backups.iter().map(|backup| {
        let checked = backup.checked.as_ref().map_or_else(|| words.text("cli-backup-never"), |at| moment(words, at));
        vec![moment(words, &backup.at), words.number(backup.entries), checked, backup.place.clone()]
    });
    Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[1])
}

fn report_sheet(words: &Words, report: &BackupReport) -> Sheet {
    let bytes = words.bytes(report.bytes);
    let told = [("count", (report.snapshots.len() as u64).into()), ("bytes", (&bytes).into())];
    let mut sheet = if report.whole {
        Sheet::new().toned(Tone::Good, words.with("cli-backup-whole", &told))
    } else {
        Sheet::new().toned(Tone::Bad, words.with("cli-backup-not-whole", &told))
    };
    for finding in report.findings.iter().take(FINDINGS_SHOWN) {
        sheet = sheet.toned(if finding.loss { Tone::Bad } else { Tone::Warn }, finding_text(words, finding));
    }
    let more = report.findings.len().saturating_sub(FINDINGS_SHOWN) as u64 + report.more;
    if more > 0 {
        sheet = sheet.line(words.with("cli-backup-findings-more", &[("count", more.into())]));
    }
    let header = ["cli-when", "cli-backup-entries", "cli-backup-state"].map(|key| words.text(key)).to_vec();
    let rows = report.snapshots.iter().map(|state| {
        let whole = words.text(if state.whole { "cli-backup-state-whole" } else { "cli-backup-state-damaged" });
        vec![moment(words, &state.at), words.number(state.entries), whole]
    });
    sheet.gap().table(header, rows.collect(), &[1])
}

fn restored_sheet(words: &Words, restored: &BackupRestored) -> Sheet {
    let home = restored.home.clone().unwrap_or_default();
    let mut sheet = if let Some(state) = &restored.snapshot {
        let at = moment(words, &state.at);
        let told = [("entries", restored.entries.into()), ("at", (&at).into()), ("home", (&home).into())];
        let tone = if restored.lost.is_empty() { Tone::Good } else { Tone::Warn };
        Sheet::new().toned(tone, words.with("cli-backup-restored", &told))
    } else {
        let told = [("entries", restored.entries.into()), ("home", (&home).into())];
        Sheet::new().toned(Tone::Warn, words.with("cli-backup-gathered", &told))
    };
    if restored.doubtful > 0 {
        sheet = sheet.toned(Tone::Warn, words.with("cli-backup-doubtful", &[("count", restored.doubtful.into())]));
    }
    for lost in restored.lost.iter().take(FINDINGS_SHOWN) {
        sheet = sheet.toned(Tone::Bad, finding_text(words, lost));
    }
    if restored.lost.len() > FINDINGS_SHOWN {
        let more = (restored.lost.len() - FINDINGS_SHOWN) as u64;
        sheet = sheet.line(words.with("cli-backup-findings-more", &[("count", more.into())]));
    }
    sheet.line(words.text("cli-backup-since")).line(words.text("cli-backup-next"))
}

/// What is damaged, and what it means.
fn finding_text(words: &Words, finding: &BackupFinding) -> String {
    let key = match finding.kind.as_str() {
        "key_copy" => "cli-backup-found-key",
        "list_copy" => "cli-backup-found-copy",
        "list" => "cli-backup-found-list",
        "no_list" => "cli-backup-found-no-list",
        "digest" => "cli-backup-found-digest",
        "missing" => "cli-backup-found-missing",
        _ => "cli-backup-found-damaged",
    };
    let known = |room: &String| format!("cli-room-{room}");
    let rooms: Vec<_> =
        finding.rooms.iter().map(known).filter(|key| words.has(key)).map(|key| words.text(&key)).collect();
    let rooms = rooms.join(", ");
    words.with(key, &[("entries", finding.entries.into()), ("rooms", (&rooms).into())])
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    fn finding(kind: &str, loss: bool) -> BackupFinding {
        BackupFinding { kind: kind.into(), loss, id: None, entries: 12, rooms: vec!["data".into(), "circle".into()] }
    }

    fn report(findings: Vec<BackupFinding>) -> BackupReport {
        let whole = findings.is_empty();
        let losses = findings.iter().filter(|finding| finding.loss);
        let (lost_parts, lost_entries) = (losses.clone().count() as u64, losses.map(|finding| finding.entries).sum());
        let place = "/media/st\u{1b}[2Jick".to_owned();
        BackupReport {
            place,
            whole,
            snapshots: vec![],
            chunks: 3,
            bytes: 90,
            unnamed: 0,
            passphrase: true,
            findings,
            more: 0,
            lost_parts,
            lost_entries,
        }
    }

    #[test]
    fn every_kind_of_damage_has_a_sentence_of_its_own() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let kinds = ["key_copy", "list_copy", "list", "no_list", "digest", "missing", "damaged"];
            let mut said: Vec<_> = kinds.iter().map(|kind| finding_text(words, &finding(kind, true))).collect();
            assert!(said.iter().all(|text| text.chars().count() > 20), "{said:?}");
            said.sort();
            said.dedup();
            assert_eq!(said.len(), kinds.len());
            assert!(finding_text(words, &finding("missing", true)).contains("12"));
        }
    }

    #[test]
    fn damage_that_costs_nothing_is_damage_all_the_same() {
        let (copies, parts) = (report(vec![finding("key_copy", false)]), report(vec![finding("missing", true)]));
        assert_eq!((damaged(&copies).code.exit(), damaged(&parts).code.exit()), (7, 7));
        assert_eq!(damaged(&copies).facts["reason"], "copies");
        assert_eq!((damaged(&parts).facts["count"].as_str(), damaged(&parts).facts["chunks"].as_str()), ("12", "1"));
    }

    #[test]
    fn a_backup_says_which_passphrase_opens_it() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = |passphrase: Passphrase| {
                let backup = Made {
                    id: "ab".into(),
                    at: "2026-11-23T09:14:00Z".into(),
                    place: "/media/stick".into(),
                    file: false,
                    batch: 3,
                    entries: 120,
                    bytes: 9000,
                    digest: "cd".into(),
                    passphrase,
                    checked: None,
                };
                let made = BackupMade { backup, written_bytes: 1, written_chunks: 1, known_chunks: 0, removed: 0 };
                made_sheet(words, &made).drawn(Look::default())
            };
            for (passphrase, key) in [
                (Passphrase::Today, "cli-backup-opens"),
                (Passphrase::Earlier, "cli-backup-opens-earlier"),
                (Passphrase::None, "cli-backup-words-only"),
            ] {
                let (shown, said) = (text(passphrase), words.text(key));
                // A line may be broken where it is too long for the terminal.
                let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(flat(&shown).contains(&flat(&said)), "{shown}");
            }
        }
    }
}
