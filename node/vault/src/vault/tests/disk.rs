//! Files that fail: full, broken at one step, torn, or dead from one step on.

use std::{
    collections::BTreeSet,
    io,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use super::*;

/// Files that take only so many bytes more, and then a part of what they are given; or so many steps, and then none; or
/// that fail at one step.
#[derive(Clone)]
pub(super) struct Full {
    pub(super) inner: Memory,
    left: Arc<AtomicU64>,
    pub(super) steps: Arc<AtomicU64>,
    /// The step after so many fails, and those after it do not.
    pub(super) slip: Arc<AtomicU64>,
    /// Whether a write that fails has done half of what it was asked.
    pub(super) is_torn: Arc<AtomicBool>,
    is_dead: Arc<AtomicBool>,
    pub(super) failing_syncs: Arc<AtomicU64>,
    /// Bytes that are kept for a full disk and given up then.
    pub(super) reserve: Arc<AtomicU64>,
    /// The next read fails, and those after it do not.
    pub(super) is_flaky: Arc<AtomicBool>,
    unreadable: Arc<Mutex<BTreeSet<FileId>>>,
}

impl Full {
    pub(super) fn new() -> Self {
        let endless = || Arc::new(AtomicU64::new(u64::MAX));
        Self {
            inner: Memory::new(),
            left: endless(),
            steps: endless(),
            slip: endless(),
            is_torn: Arc::default(),
            is_dead: Arc::default(),
            failing_syncs: Arc::default(),
            reserve: Arc::default(),
            is_flaky: Arc::default(),
            unreadable: Arc::default(),
        }
    }

    /// What is on the disk, which from now on fails wherever one of these files is read.
    pub(super) fn over(inner: &Memory, unreadable: impl IntoIterator<Item = FileId>) -> Self {
        Self { inner: inner.clone(), unreadable: Arc::new(Mutex::new(unreadable.into_iter().collect())), ..Self::new() }
    }

    /// One step of what writes; after the last of them nothing is done any more, as when the process was killed.
    fn step(&self) -> io::Result<()> {
        let count = |counter: &AtomicU64| {
            let left = counter.load(Ordering::Relaxed);
            counter.store(left.saturating_sub(u64::from(left != u64::MAX)), Ordering::Relaxed);
            left
        };
        if count(&self.slip) == 0 {
            self.slip.store(u64::MAX, Ordering::Relaxed);
            return Err(broken());
        }
        if count(&self.steps) == 0 {
            self.is_dead.store(true, Ordering::Relaxed);
            return Err(broken());
        }
        Ok(())
    }

    /// One step that writes bytes: how many of them, and the error if not all.
    fn write(&self, bytes: usize) -> (usize, io::Result<()>) {
        let was_dead = self.is_dead.load(Ordering::Relaxed);
        if let Err(error) = self.step() {
            let is_half_done = self.is_torn.load(Ordering::Relaxed) && !was_dead;
            return (if is_half_done { bytes / 2 } else { 0 }, Err(error));
        }
        match self.spend(bytes) {
            Ok(()) => (bytes, Ok(())),
            Err(taken) => (taken, Err(full())),
        }
    }

    /// The next `steps` are done and then none; a write that is cut off is half done if `is_torn`.
    pub(super) fn kill_after(&self, steps: u64, is_torn: bool) {
        self.is_torn.store(is_torn, Ordering::Relaxed);
        self.steps.store(steps, Ordering::Relaxed);
    }

    pub(super) fn leave(&self, bytes: u64) {
        self.left.store(bytes, Ordering::Relaxed);
    }

    fn spend(&self, bytes: usize) -> Result<(), usize> {
        let left = self.left.load(Ordering::Relaxed);
        let taken = left.min(bytes as u64);
        if left != u64::MAX {
            self.left.store(left - taken, Ordering::Relaxed);
        }
        let taken = usize::try_from(taken).unwrap();
        if taken == bytes { Ok(()) } else { Err(taken) }
    }
}

fn full() -> io::Error {
    io::Error::from(io::ErrorKind::StorageFull)
}

fn broken() -> io::Error {
    io::Error::from(io::ErrorKind::Other)
}

impl Files for Full {
    fn append(&self, file: FileId, bytes: &[u8]) -> io::Result<u64> {
        let (taken, done) = self.write(bytes.len());
        if done.is_err() && taken == 0 {
            return done.map(|()| 0);
        }
        let at = self.inner.append(file, &bytes[..taken])?;
        done.map(|()| at)
    }
    fn overwrite(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<()> {
        let (taken, done) = self.write(bytes.len());
        if done.is_err() && taken == 0 {
            return done;
        }
        self.inner.overwrite(file, at, &bytes[..taken])?;
        done
    }
    fn truncate(&self, file: FileId, length: u64) -> io::Result<()> {
        self.step()?;
        self.inner.truncate(file, length)
    }
    fn sync(&self, file: FileId) -> io::Result<()> {
        self.step()?;
        let failing = self.failing_syncs.load(Ordering::Relaxed);
        if failing > 0 {
            self.failing_syncs.store(failing - 1, Ordering::Relaxed);
            return Err(broken());
        }
        self.inner.sync(file)
    }
    fn sync_dir(&self) -> io::Result<()> {
        self.step()?;
        self.inner.sync_dir()
    }
    fn read_at(&self, file: FileId, at: u64, into: &mut [u8]) -> io::Result<usize> {
        if self.is_flaky.swap(false, Ordering::Relaxed) {
            return Err(broken());
        }
        if self.unreadable.lock().unwrap().contains(&file) {
            return Err(broken());
        }
        self.inner.read_at(file, at, into)
    }
    fn length(&self, file: FileId) -> io::Result<Option<u64>> {
        self.inner.length(file)
    }
    fn rename(&self, from: FileId, to: FileId) -> io::Result<()> {
        self.step()?;
        self.inner.rename(from, to)
    }
    fn unlink(&self, file: FileId) -> io::Result<()> {
        self.step()?;
        self.inner.unlink(file)
    }
    fn list(&self) -> io::Result<Vec<FileId>> {
        self.inner.list()
    }
    fn give_room(&self) -> io::Result<bool> {
        let given = self.reserve.swap(0, Ordering::Relaxed);
        if given > 0 {
            self.leave(self.left.load(Ordering::Relaxed) + given);
        }
        Ok(given > 0)
    }
}

pub(super) fn create_on(files: &Full) -> Vault {
    let index = Box::new(MemoryIndex::new());
    Vault::create_in(Box::new(files.clone()), index, new(&recovery().public())).unwrap()
}

pub(super) fn open_on(files: &Full) -> Result<(Vault, Opening), Error> {
    let (index, unlock) = (Box::new(MemoryIndex::new()), Unlock::Passphrase(PASSPHRASE));
    Vault::open_in(Box::new(files.clone()), index, unlock, &mut |_| {})
}
