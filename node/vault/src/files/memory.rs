//! A vault's files in memory: for tests and for simulation. It loses nothing by itself; faults are put around it.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{FileId, Files};

/// Files in memory. A clone is the same files; [`Memory::fork`] is a copy.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: Arc<Mutex<BTreeMap<FileId, Vec<u8>>>>,
}

impl Memory {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy of all files as they are now, as if the disk had been cloned.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self { files: Arc::new(Mutex::new(self.lock().clone())) }
    }

    /// A file's bytes, or nothing if it does not exist.
    pub fn bytes(&self, file: FileId) -> Option<Vec<u8>> {
        self.lock().get(&file).cloned()
    }

    /// Gives a file these bytes, whatever it had.
    pub fn set(&self, file: FileId, bytes: Vec<u8>) {
        self.lock().insert(file, bytes);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<FileId, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn missing() -> io::Error {
    io::Error::from(io::ErrorKind::NotFound)
}

fn place(at: u64) -> io::Result<usize> {
    usize::try_from(at).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))
}

impl Files for Memory {
    fn append(&self, file: FileId, bytes: &[u8]) -> io::Result<u64> {
        let mut files = self.lock();
        let content = files.entry(file).or_default();
        let at = content.len() as u64;
        content.extend_from_slice(bytes);
        Ok(at)
    }

    fn overwrite(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<()> {
        let at = place(at)?;
        let mut files = self.lock();
        let content = files.entry(file).or_default();
        let end = at + bytes.len();
        if content.len() < end {
            content.resize(end, 0);
        }
        content[at..end].copy_from_slice(bytes);
        Ok(())
    }

    fn truncate(&self, file: FileId, length: u64) -> io::Result<()> {
        let length = place(length)?;
        self.lock().get_mut(&file).ok_or_else(missing)?.truncate(length);
        Ok(())
    }

    fn sync(&self, file: FileId) -> io::Result<()> {
        if self.lock().contains_key(&file) { Ok(()) } else { Err(missing()) }
    }

    fn sync_dir(&self) -> io::Result<()> {
        Ok(())
    }

    fn read_at(&self, file: FileId, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let files = self.lock();
        let content = files.get(&file).ok_or_else(missing)?;
        let rest = content.get(place(at)?..).unwrap_or_default();
        let read = rest.len().min(into.len());
        into[..read].copy_from_slice(&rest[..read]);
        Ok(read)
    }

    fn length(&self, file: FileId) -> io::Result<Option<u64>> {
        Ok(self.lock().get(&file).map(|content| content.len() as u64))
    }

    fn rename(&self, from: FileId, to: FileId) -> io::Result<()> {
        let mut files = self.lock();
        let content = files.remove(&from).ok_or_else(missing)?;
        files.insert(to, content);
        Ok(())
    }

    fn unlink(&self, file: FileId) -> io::Result<()> {
        self.lock().remove(&file);
        Ok(())
    }

    fn list(&self) -> io::Result<Vec<FileId>> {
        Ok(self.lock().keys().copied().collect())
    }
}
