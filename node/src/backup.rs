//! Backups without a running node: checking one, making a vault of one, and the drill. What they share with the node
//! that makes them is here too: finding what lies at a place, and saying what went wrong in the codes of the local API.

use std::path::{Path, PathBuf};

use sesame_api::backup::{BackupFinding, BackupReport, BackupRestored, BackupState};
use sesame_api::{Code, Problem};
use sesame_engine::{Shelf, backups};
use sesame_protocol::key::{self, Seed};
use sesame_protocol::time::Timestamp;
use sesame_vault::backup::{
    Backup, Bundle, Error, Finding, Folder, Lost, Progress, Report, Restore, Restored, Snapshot, Target,
};
use sesame_vault::{Costs, Unlock, Vault};
use zeroize::Zeroizing;

use crate::app::{composed, vault_problem};
use crate::capability::{hex, moment};
use crate::config::Config;
use crate::runtime::{self, VaultView, chance, now};

/// The folder of a drill, in the home folder.
const DRILL: &str = "drill";
/// Findings of one report: who has more than this needs another backup, and no longer list.
const FINDINGS_MAX: usize = 256;

/// What a restoring is asked for.
#[derive(Clone, Copy, Debug)]
pub struct RestoreAsk<'a> {
    /// Where the backup lies.
    pub place: &'a Path,
    /// The home folder of the new vault. There must be no vault in it.
    pub home: &'a Path,
    /// Whether to take what is whole of a damaged backup.
    pub partial: bool,
}

/// Reads every byte of a backup. `typed` is the passphrase or the 24 words; `progress` hears bytes done and in all.
pub fn verify(place: &Path, typed: &[u8], progress: &mut dyn FnMut(u64, u64)) -> Result<BackupReport, Problem> {
    let target = find(place)?;
    let (backup, _) = open(target.as_ref(), place, typed)?;
    Ok(report(place, &backup.verify(&mut |now: Progress| progress(now.done, now.total))))
}

/// Makes the vault of a home folder from a backup. `typed` is the passphrase of that time or the 24 words; `fresh` is
/// asked for a new passphrase, and only when it was the words.
pub fn restore(
    ask: RestoreAsk<'_>,
    typed: &[u8],
    fresh: &mut dyn FnMut() -> Result<Zeroizing<String>, Problem>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<BackupRestored, Problem> {
    let config = Config::load(ask.home)?;
    if sesame_vault::exists(&config.vault()) {
        return Err(Problem::new(Code::VaultExists).with("file", ask.home.display()));
    }
    let target = find(ask.place)?;
    let (backup, by_words) = open(target.as_ref(), ask.place, typed)?;
    let passphrase = if by_words {
        let fresh = composed(fresh()?.as_bytes())?;
        crate::app::check_passphrase(&fresh, "")?;
        fresh
    } else {
        composed(typed)?
    };
    let dir = config.vault();
    let into = Restore {
        dir: &dir,
        passphrase: passphrase.as_bytes(),
        costs: config.costs().map_err(|error| vault_problem(&error))?,
        snapshot: None,
        is_partial: ask.partial,
    };
    let restored = backup
        .restore(into, &mut jump, &mut |now: Progress| progress(now.done, now.total))
        .map_err(|error| problem(ask.place, &error))?;
    Ok(said(&restored, Some(ask.home), by_words))
}

/// Restores a backup into a scratch folder of a home folder, compares, opens and removes it.
pub fn drill(
    place: &Path,
    home: &Path,
    typed: &[u8],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<BackupRestored, Problem> {
    let config = Config::load(home)?;
    let target = find(place)?;
    let (backup, by_words) = open(target.as_ref(), place, typed)?;
    let dir = scratch(&config);
    // Its passphrase is chance: no guess is worth slowing down.
    let costs = config.costs.unwrap_or(Costs::FLOOR);
    let drilled = backup
        .drill(&dir, costs, None, &mut |now: Progress| progress(now.done, now.total))
        .map_err(|error| problem(place, &error))?;
    Ok(said(&drilled, None, by_words))
}

/// The folder that a drill of this process uses.
fn scratch(config: &Config) -> PathBuf {
    config.home.join(format!("{DRILL}.{}", std::process::id()))
}

/// What lies at a place: a folder, or one file.
pub(crate) fn find(place: &Path) -> Result<Box<dyn Target>, Problem> {
    let found = if place.is_dir() {
        Folder::open(place).map(|folder| Box::new(folder) as Box<dyn Target>)
    } else {
        Bundle::open(place).map(|file| Box::new(file) as Box<dyn Target>)
    };
    match found {
        Err(Error::Missing) if !place.exists() => {
            Err(Problem::new(Code::NotFound).with("what", "file").with("name", place.display()))
        }
        found => found.map_err(|error| problem(place, &error)),
    }
}

/// Opens a backup with what a person typed: the words of either language where they are some, else the passphrase. Says
/// whether it was the words.
fn open<'a>(target: &'a dyn Target, place: &Path, typed: &[u8]) -> Result<(Backup<'a>, bool), Problem> {
    let typed = composed(typed)?;
    let words: Vec<&str> = typed.split_whitespace().collect();
    for language in [key::Language::En, key::Language::Fr] {
        let Ok(seed) = Seed::from_words_in(&words, language) else { continue };
        match Backup::open(target, &Unlock::Recovery(&seed.recovery())) {
            Err(Error::Passphrase) => {}
            opened => return opened.map(|backup| (backup, true)).map_err(|error| problem(place, &error)),
        }
    }
    let opened = Backup::open(target, &Unlock::Passphrase(typed.as_bytes()));
    opened.map(|backup| (backup, false)).map_err(|error| problem(place, &error))
}

/// Lets a vault that went back in time go on where none of its numbers can have been.
pub(crate) fn jump(vault: &mut Vault) -> Result<(), sesame_vault::Error> {
    let writes = match backups::restored(&VaultView::new(vault.reader()), now(), &mut chance()) {
        Ok(writes) => writes,
        // What is left of something damaged may lack what the numbers stand in; the node will say so when it opens.
        Err(error) => {
            tracing::warn!(%error, "the numbers of what was saved could not be moved on");
            return Ok(());
        }
    };
    let writes: Vec<_> = writes.into_iter().map(runtime::write).collect();
    vault.commit(&writes).map(|_| ())
}

/// What a check found, for the API.
pub(crate) fn report(place: &Path, report: &Report) -> BackupReport {
    let states = report.snapshots.iter().map(|(snapshot, is_whole)| state(snapshot, *is_whole));
    let mut findings: Vec<BackupFinding> = report.findings.iter().map(finding).collect();
    findings.sort_by_key(|finding| !finding.loss);
    let losses = findings.iter().filter(|finding| finding.loss);
    let (lost_parts, lost_entries) = (losses.clone().count() as u64, losses.map(|finding| finding.entries).sum());
    let more = findings.len().saturating_sub(FINDINGS_MAX) as u64;
    findings.truncate(FINDINGS_MAX);
    BackupReport {
        place: place.display().to_string(),
        whole: report.findings.is_empty(),
        snapshots: states.collect(),
        chunks: report.chunks,
        bytes: report.bytes,
        unnamed: report.unnamed,
        passphrase: report.has_passphrase,
        findings,
        more,
        lost_parts,
        lost_entries,
    }
}

fn said(restored: &Restored, home: Option<&Path>, by_words: bool) -> BackupRestored {
    let lost = |lost: &Lost| BackupFinding {
        kind: "damaged".to_owned(),
        loss: true,
        id: None,
        entries: u64::from(lost.entries),
        rooms: rooms(lost.shelves),
    };
    BackupRestored {
        home: home.map(|home| home.display().to_string()),
        snapshot: restored.snapshot.as_ref().map(|snapshot| state(snapshot, restored.lost.is_empty())),
        entries: restored.entries,
        doubtful: restored.doubtful,
        lost: restored.lost.iter().map(lost).collect(),
        by_words,
    }
}

fn state(snapshot: &Snapshot, whole: bool) -> BackupState {
    let Snapshot { id, at, batch, entries, bytes, digest, .. } = snapshot;
    let at = moment(Timestamp::from_millis(*at));
    BackupState { id: hex(&id.0), at, batch: *batch, entries: *entries, bytes: *bytes, digest: hex(digest), whole }
}

fn finding(finding: &Finding) -> BackupFinding {
    let loss = finding.is_loss();
    let plain = |kind: &str, id: Option<String>| BackupFinding {
        kind: kind.to_owned(),
        loss,
        id,
        entries: 0,
        rooms: Vec::new(),
    };
    match finding {
        Finding::KeyCopy(_) => plain("key_copy", None),
        Finding::ListCopy(id, _) => plain("list_copy", Some(id.to_string())),
        Finding::List(id) => plain("list", Some(id.to_string())),
        Finding::NoList => plain("no_list", None),
        Finding::Digest(id) => plain("digest", Some(id.to_string())),
        Finding::Chunk { name, is_missing, entries, shelves, .. } => BackupFinding {
            entries: u64::from(*entries),
            rooms: rooms(*shelves),
            ..plain(if *is_missing { "missing" } else { "damaged" }, Some(name.to_string()))
        },
        _ => plain("damaged", None),
    }
}

/// What the entries between two shelves are of, as a person would say it.
pub(crate) fn rooms((first, last): (u16, u16)) -> Vec<String> {
    const ROOMS: [(Shelf, &str); 10] = [
        (Shelf::Own, "self"),
        (Shelf::Contact, "circle"),
        (Shelf::Persona, "ratings"),
        (Shelf::Series, "data"),
        (Shelf::Vendor, "organisations"),
        (Shelf::Fact, "facts"),
        (Shelf::Desk, "desk"),
        (Shelf::Erasing, "other"),
        (Shelf::Record, "facts"),
        (Shelf::Backup, "other"),
    ];
    let ends = ROOMS.iter().skip(1).map(|(shelf, _)| *shelf as u16).chain([u16::MAX]);
    let spans = ROOMS.iter().zip(ends).filter(|((shelf, _), end)| *shelf as u16 <= last && first < *end);
    let mut rooms = Vec::new();
    for ((_, room), _) in spans {
        if !rooms.iter().any(|known| known == room) {
            rooms.push((*room).to_owned());
        }
    }
    rooms
}

/// What went wrong with a backup, in the codes of the local API.
pub(crate) fn problem(place: &Path, error: &Error) -> Problem {
    let at = |code| Problem::new(code).with("file", place.display());
    match error {
        Error::Passphrase => at(Code::BackupKey),
        Error::Missing => at(Code::NoBackup),
        Error::Foreign => at(Code::BackupPlace).with("reason", "vault"),
        Error::Occupied => at(Code::BackupPlace).with("reason", "other"),
        Error::KeyGone | Error::Refused(_) => at(Code::BackupDamaged).with("reason", "key"),
        Error::NoSnapshot => at(Code::BackupDamaged).with("reason", "list"),
        Error::Digest => at(Code::BackupDamaged).with("reason", "digest"),
        Error::Damaged { chunks, entries } => {
            at(Code::BackupDamaged).with("chunks", chunks).with("count", entries).with("reason", "parts")
        }
        Error::InUse => at(Code::BackupInUse),
        Error::Newer { found, known } => at(Code::Newer).with("found", found).with("known", known),
        Error::TooLarge => at(Code::TooLarge),
        Error::NoSpace => at(Code::NoSpace),
        Error::Disk(error) => at(Code::Disk).with("why", error),
        // The index is made anew meanwhile.
        Error::Vault(sesame_vault::Error::Index(_)) => Problem::new(Code::Busy),
        Error::Vault(error) => vault_problem(error),
        other => at(Code::Failed).with("why", other),
    }
}

#[cfg(test)]
mod tests {
    use sesame_vault::Slot;
    use sesame_vault::backup::SnapshotId;

    use super::*;

    #[test]
    fn a_report_of_much_damage_is_short_and_counts_all_of_it() {
        let copy = |number: u16| Finding::ListCopy(SnapshotId([number.to_le_bytes()[0]; 16]), Slot::A);
        let mut findings: Vec<Finding> = (0..1_000).map(copy).collect();
        findings.push(Finding::NoList);
        let found = Report { snapshots: Vec::new(), chunks: 0, bytes: 0, unnamed: 0, has_passphrase: true, findings };
        let said = report(Path::new("/x"), &found);
        assert_eq!((said.findings.len(), said.more, said.lost_parts), (FINDINGS_MAX, 1_001 - FINDINGS_MAX as u64, 1));
        assert!(said.findings[0].loss && !said.whole, "what is lost is not named");
    }

    #[test]
    fn what_is_lost_is_named_by_the_rooms_of_the_page() {
        let named = |first: Shelf, last: Shelf| rooms((first as u16, last as u16)).join(" ");
        assert_eq!(named(Shelf::Own, Shelf::Own), "self");
        assert_eq!(named(Shelf::Chunk, Shelf::Original), "data");
        assert_eq!(named(Shelf::Rating, Shelf::Series), "ratings data");
        assert_eq!(named(Shelf::Own, Shelf::Due), "self circle ratings data organisations facts desk");
        assert_eq!(named(Shelf::Backup, Shelf::Backup), "other");
        assert_eq!(named(Shelf::Record, Shelf::Words), "facts");
        assert_eq!(named(Shelf::Fact, Shelf::Backup), "facts desk other");
    }
}
