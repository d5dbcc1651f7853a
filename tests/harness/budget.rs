//! A disk of a size: files in memory that take so many bytes in all and then answer that there is no space, after having
//! taken the part that fits, as real ones do. What is cut or removed gives its bytes back.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sesame_vault::{FileId, Files, Memory};

/// Files within a budget. A clone is the same disk.
#[derive(Clone, Debug)]
pub struct Budget {
    files: Memory,
    bytes: Arc<AtomicU64>,
    /// Pretends that all of it was written when some was not: for showing that this is noticed.
    is_lying: bool,
}

impl Budget {
    /// An empty disk of so many bytes.
    pub fn new(bytes: u64) -> Self {
        Self { files: Memory::new(), bytes: Arc::new(AtomicU64::new(bytes)), is_lying: false }
    }

    /// An empty disk that says that it took what it has no room for.
    pub fn lying(bytes: u64) -> Self {
        Self { is_lying: true, ..Self::new(bytes) }
    }

    /// Gives the disk another size.
    pub fn resize(&self, bytes: u64) {
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// Bytes in all files.
    pub fn used(&self) -> u64 {
        let files = self.files.list().expect("memory lists its files");
        files.into_iter().map(|file| self.files.bytes(file).map_or(0, |bytes| bytes.len() as u64)).sum()
    }

    /// How many of these bytes fit at a place of a file.
    fn fit(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<usize> {
        let length = self.files.length(file)?.unwrap_or(0);
        let room = self.bytes.load(Ordering::Relaxed).saturating_sub(self.used());
        let inside = length.saturating_sub(at);
        Ok(usize::try_from(room + inside).map_or(bytes.len(), |most| most.min(bytes.len())))
    }

    fn write(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<()> {
        let fits = self.fit(file, at, bytes)?;
        self.files.overwrite(file, at, &bytes[..fits])?;
        if fits == bytes.len() || self.is_lying { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
    }
}

impl Files for Budget {
    fn append(&self, file: FileId, bytes: &[u8]) -> io::Result<u64> {
        let at = self.files.length(file)?.unwrap_or(0);
        self.write(file, at, bytes)?;
        Ok(at)
    }

    fn overwrite(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.write(file, at, bytes)
    }

    fn truncate(&self, file: FileId, length: u64) -> io::Result<()> {
        self.files.truncate(file, length)
    }

    fn sync(&self, file: FileId) -> io::Result<()> {
        self.files.sync(file)
    }

    fn sync_dir(&self) -> io::Result<()> {
        self.files.sync_dir()
    }

    fn read_at(&self, file: FileId, at: u64, into: &mut [u8]) -> io::Result<usize> {
        self.files.read_at(file, at, into)
    }

    fn length(&self, file: FileId) -> io::Result<Option<u64>> {
        self.files.length(file)
    }

    fn rename(&self, from: FileId, to: FileId) -> io::Result<()> {
        self.files.rename(from, to)
    }

    fn unlink(&self, file: FileId) -> io::Result<()> {
        self.files.unlink(file)
    }

    fn list(&self) -> io::Result<Vec<FileId>> {
        self.files.list()
    }
}
