//! The index in sled 0.34, and the only file that names sled. Nothing that sled returns is trusted: an error or a panic
//! of its own becomes [`Lost`], and the folder is then deleted and filled anew from the journal.

use std::{
    fs::{self, DirBuilder, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, RwLock},
    thread,
    time::Duration,
};

use super::{Blind, Changes, Index, Lost};

/// Sled's own default is 1 GiB; the vault keeps decoded pages itself, so sled needs only a working set.
const CACHE_BYTES: u64 = 4 << 20;
/// Sled may hold its file's lock for a moment after it was dropped.
const REOPENINGS: u32 = 20;
const REOPENING_PAUSE: Duration = Duration::from_millis(25);

/// An index in a folder of its own. It is opened at the first use, so that making one cannot fail.
#[derive(Debug)]
pub struct SledIndex {
    dir: PathBuf,
    db: RwLock<Option<::sled::Db>>,
    opening: Mutex<()>,
}

impl SledIndex {
    /// The index in this folder, which is made when it is first needed.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf(), db: RwLock::new(None), opening: Mutex::new(()) }
    }

    fn with<T>(&self, act: impl Fn(&::sled::Db) -> ::sled::Result<T>) -> Result<T, Lost> {
        {
            let db = self.db.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(db) = db.as_ref() {
                return guarded(|| act(db));
            }
        }
        let db = self.open()?;
        guarded(|| act(&db))
    }

    fn open(&self) -> Result<::sled::Db, Lost> {
        let _one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(db) = self.db.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            return Ok(db.clone());
        }
        // A snapshot that was being written keeps sled from opening for good, or is half a snapshot: doubt means anew.
        if leftovers(&self.dir).map_err(failed)? {
            return Err(Lost::Failed);
        }
        DirBuilder::new().recursive(true).mode(0o700).create(&self.dir).map_err(failed)?;
        fs::set_permissions(&self.dir, Permissions::from_mode(0o700)).map_err(failed)?;
        let config = ::sled::Config::new().path(&self.dir).cache_capacity(CACHE_BYTES).flush_every_ms(None);
        let opened = guarded(|| {
            let mut opened = config.open();
            for _ in 0..REOPENINGS {
                if !matches!(opened, Err(::sled::Error::Io(_))) {
                    break;
                }
                thread::sleep(REOPENING_PAUSE);
                opened = config.open();
            }
            opened
        })?;
        narrow(&self.dir).map_err(failed)?;
        *self.db.write().unwrap_or_else(PoisonError::into_inner) = Some(opened.clone());
        Ok(opened)
    }
}

impl Index for SledIndex {
    fn load(&self, blind: &Blind) -> Result<Option<Vec<u8>>, Lost> {
        self.with(|db| Ok(db.get(blind)?.map(|value| value.to_vec())))
    }

    fn apply(&self, changes: &Changes) -> Result<(), Lost> {
        self.with(|db| {
            let mut batch = ::sled::Batch::default();
            for (blind, value) in changes {
                match value {
                    Some(value) => batch.insert(blind, value.as_slice()),
                    None => batch.remove(blind),
                }
            }
            db.apply_batch(batch)
        })
    }

    fn flush(&self) -> Result<(), Lost> {
        self.with(|db| db.flush().map(|_| ()))
    }

    fn reset(&self) -> Result<(), Lost> {
        let old = self.db.write().unwrap_or_else(PoisonError::into_inner).take();
        guarded(|| {
            drop(old);
            Ok(())
        })
        .ok();
        match fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => fs::remove_file(&self.dir).map_err(failed),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        }
    }
}

impl Drop for SledIndex {
    fn drop(&mut self) {
        let db = self.db.write().unwrap_or_else(PoisonError::into_inner).take();
        if guarded(|| {
            drop(db);
            Ok(())
        })
        .is_err()
        {
            tracing::warn!("the index did not close cleanly and will be made anew if it must");
        }
    }
}

/// Runs something of sled's: its errors are hidden, for they may quote a path, and its panics stop here.
fn guarded<T>(act: impl FnOnce() -> ::sled::Result<T>) -> Result<T, Lost> {
    match panic::catch_unwind(AssertUnwindSafe(act)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) => Err(Lost::Failed),
        Err(_) => Err(Lost::Panicked),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is the tail of map_err")]
fn failed(error: io::Error) -> Lost {
    tracing::warn!(kind = %error.kind(), "the index's folder failed");
    Lost::Failed
}

fn leftovers(dir: &Path) -> io::Result<bool> {
    match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(entries) => {
            for entry in entries {
                if entry?.file_name().to_string_lossy().ends_with(".generating") {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

fn narrow(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::set_permissions(entry.path(), Permissions::from_mode(0o600))?;
        }
    }
    Ok(())
}
