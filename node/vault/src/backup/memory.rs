//! A place for backups in memory: for tests and for simulation. It loses nothing by itself; faults are put around it.

use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Piece, Target};

/// Pieces in memory. A clone is the same place; [`MemoryTarget::fork`] is a copy.
#[derive(Debug, Clone, Default)]
pub struct MemoryTarget {
    held: Arc<Mutex<Held>>,
}

#[derive(Debug, Clone, Default)]
struct Held {
    pieces: BTreeMap<Piece, Vec<u8>>,
    draft: Option<Vec<u8>>,
}

impl MemoryTarget {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy of all pieces as they are now.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self { held: Arc::new(Mutex::new(self.lock().clone())) }
    }

    /// Gives a piece these bytes, whatever it had.
    pub fn set(&self, piece: Piece, bytes: Vec<u8>) {
        self.lock().pieces.insert(piece, bytes);
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Target for MemoryTarget {
    fn list(&self) -> io::Result<Vec<(Piece, u64)>> {
        Ok(self.lock().pieces.iter().map(|(piece, bytes)| (*piece, bytes.len() as u64)).collect())
    }

    fn read(&self, piece: Piece, max: u64) -> io::Result<Option<Vec<u8>>> {
        Ok(self.lock().pieces.get(&piece).filter(|bytes| bytes.len() as u64 <= max).cloned())
    }

    fn draft(&self, bytes: &[u8]) -> io::Result<()> {
        self.lock().draft = Some(bytes.to_vec());
        Ok(())
    }

    fn name(&self, piece: Piece) -> io::Result<()> {
        let mut held = self.lock();
        let bytes = held.draft.take().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        held.pieces.insert(piece, bytes);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, piece: Piece) -> io::Result<()> {
        self.lock().pieces.remove(&piece);
        Ok(())
    }
}
