//! Backups of the open vault: making and checking them, and what is remembered of them.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use sesame_api::backup::{
    Backup, BackupAsk, BackupMade, BackupPlace, BackupReport, Backups, BackupsChecked, Passphrase, Running,
};
use sesame_api::{Code, Problem};
use sesame_engine::{Decision, backups};
use sesame_vault::Reader;
use sesame_vault::backup::{self as sealed, Ask, Bundle, Folder, Made, Progress};

use super::{circle, hex, moment, unhex};
use crate::app::{App, blocking, whole};
use crate::backup::{find, problem, report};
use crate::runtime::{Handle, now};

/// The longest path that is kept as a place.
const PLACE_BYTES_MAX: usize = 4096;

/// How far the backup or the check is that this node is at, if it is at one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work(Arc<Mutex<Option<Running>>>);

/// One piece of work; dropping it ends it.
struct Turn(Work);

/// Makes a backup, and remembers it: to the end, whoever stops waiting. One that nobody remembers would be left out when
/// something is forgotten.
pub(crate) async fn create(app: &App, ask: BackupAsk) -> Result<BackupMade, Problem> {
    let app = app.clone();
    whole(async move { create_whole(&app, ask).await }).await
}

async fn create_whole(app: &App, ask: BackupAsk) -> Result<BackupMade, Problem> {
    let handle = app.open().await?;
    let place = match &ask.place {
        Some(place) => place.clone(),
        None => last_place(&handle).await?,
    };
    let (path, keep) = (checked(&place)?, keep(&ask)?);
    let (work, reader, at) = (app.work().begin()?, handle.reader(), now());
    let (is_file, informed) = (ask.file, handle.clone());
    let made = blocking(move || {
        let ask = Ask { at: at.millis(), keep };
        let made = make(&reader, &path, is_file, ask, &mut |now| work.moved(now));
        if matches!(made, Err(sealed::Error::Vault(sesame_vault::Error::Index(_)))) {
            informed.lost();
        }
        made.map_err(|error| problem(&path, &error))
    });
    let made = made.await?;
    let backup = backups::Backup {
        at,
        place,
        is_file,
        batch: made.snapshot.batch,
        entries: made.snapshot.entries,
        bytes: made.snapshot.bytes,
        digest: made.snapshot.digest,
        has_passphrase: made.passphrase != sealed::Passphrase::None,
        has_earlier_passphrase: made.passphrase == sealed::Passphrase::Earlier,
        checked: None,
    };
    let id = made.snapshot.id.0;
    let said = said(&id, &backup);
    let kept = ask.keep;
    decide(&handle, backups::Choice::Made { id, backup: Box::new(backup), kept }).await?;
    let Made { written_bytes, written_chunks, known_chunks, removed, .. } = made;
    Ok(BackupMade { backup: said, written_bytes, written_chunks, known_chunks, removed })
}

/// What is remembered, the newest first.
pub(crate) async fn all(app: &App) -> Result<Backups, Problem> {
    let handle = app.open().await?;
    let all = handle.read(|view| backups::all(view)).await?;
    let backups = all.iter().map(|(id, backup)| said(id, backup)).collect();
    Ok(Backups { backups, running: app.work().now() })
}

/// Reads every byte of a place where this vault has backups.
pub(crate) async fn check(app: &App, ask: BackupPlace) -> Result<BackupReport, Problem> {
    let handle = app.open().await?;
    let path = checked(&ask.place)?;
    let (work, reader) = (app.work().begin()?, handle.reader());
    let found = blocking(move || {
        let target = find(&path)?;
        let opened = sealed::Backup::open_own(target.as_ref(), &reader).map_err(|error| problem(&path, &error))?;
        Ok(report(&path, &opened.verify(&mut |now| work.moved(now))))
    });
    let found = found.await?;
    let ids = found.snapshots.iter().filter(|state| state.whole).map(|state| state.id.clone());
    remember(&handle, ids.collect()).await?;
    Ok(found)
}

/// Remembers that backups were found whole. Those that are not remembered are passed over.
pub(crate) async fn found_whole(app: &App, ask: BackupsChecked) -> Result<(), Problem> {
    remember(&app.open().await?, ask.ids).await
}

async fn remember(handle: &Handle, ids: Vec<String>) -> Result<(), Problem> {
    let known = handle.read(|view| backups::all(view)).await?;
    for id in ids {
        let id = unhex(&id)?;
        if known.iter().any(|(known, _)| *known == id) {
            decide(handle, backups::Choice::Checked { id }).await?;
        }
    }
    Ok(())
}

async fn decide(handle: &Handle, choice: backups::Choice) -> Result<(), Problem> {
    handle.decide(Decision::Backup(choice)).await?.map(|_| ()).map_err(|refusal| circle::problem(&refusal))
}

fn make(
    reader: &Reader,
    path: &Path,
    is_file: bool,
    ask: Ask,
    progress: &mut dyn FnMut(Progress),
) -> Result<Made, sealed::Error> {
    if is_file {
        let file = Bundle::create(path)?;
        let made = sealed::create(reader, &file, ask, progress)?;
        file.finish()?;
        Ok(made)
    } else {
        sealed::create(reader, &Folder::create(path)?, ask, progress)
    }
}

async fn last_place(handle: &Handle) -> Result<String, Problem> {
    let all = handle.read(|view| backups::all(view)).await?;
    let last = all.into_iter().find(|(_, backup)| !backup.is_file).map(|(_, backup)| backup.place);
    last.ok_or_else(|| Problem::new(Code::Usage).with("command", "backup create").with("give", "PLACE"))
}

/// A place must be an absolute path: a node has no folder that a person would call here.
fn checked(place: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(place);
    if path.is_absolute() && place.len() <= PLACE_BYTES_MAX && !place.contains('\0') {
        Ok(path)
    } else {
        let shown: String = place.chars().take(200).collect();
        Err(Problem::new(Code::BadValue).with("name", "place").with("value", shown))
    }
}

fn keep(ask: &BackupAsk) -> Result<Option<NonZeroU32>, Problem> {
    let wrong = || Problem::new(Code::BadValue).with("name", "keep");
    match ask.keep {
        None => Ok(None),
        Some(_) if ask.file => Err(wrong()),
        Some(keep) => NonZeroU32::new(keep).map(Some).ok_or_else(|| wrong().with("value", keep)),
    }
}

/// A backup, for the API.
pub(super) fn said(id: &backups::BackupId, backup: &backups::Backup) -> Backup {
    Backup {
        id: hex(id),
        at: moment(backup.at),
        place: backup.place.clone(),
        file: backup.is_file,
        batch: backup.batch,
        entries: backup.entries,
        bytes: backup.bytes,
        digest: hex(&backup.digest),
        passphrase: match (backup.has_passphrase, backup.has_earlier_passphrase) {
            (false, _) => Passphrase::None,
            (true, true) => Passphrase::Earlier,
            (true, false) => Passphrase::Today,
        },
        checked: backup.checked.map(moment),
    }
}

impl Work {
    /// Begins, unless this node is at a backup already.
    fn begin(&self) -> Result<Turn, Problem> {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.is_some() {
            return Err(Problem::new(Code::BackupInUse));
        }
        *now = Some(Running { done: 0, total: 0 });
        Ok(Turn(self.clone()))
    }

    /// How far it is.
    fn now(&self) -> Option<Running> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    fn moved(&self, now: Progress) {
        let running = Running { done: now.done, total: now.total };
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(running);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
