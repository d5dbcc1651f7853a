//! An index in memory: for tests, for simulation, and for a vault whose disk takes no index any more.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Blind, Changes, Index, Lost};

/// An index in memory. A clone is the same index; [`MemoryIndex::fork`] is a copy.
#[derive(Debug, Clone, Default)]
pub struct MemoryIndex {
    values: Arc<Mutex<BTreeMap<Blind, Vec<u8>>>>,
}

impl MemoryIndex {
    /// An empty index.
    pub fn new() -> Self {
        Self::default()
    }

    /// A copy of it as it is now.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self { values: Arc::new(Mutex::new(self.lock().clone())) }
    }

    /// All entries, for tests that damage them.
    pub fn entries(&self) -> Vec<(Blind, Vec<u8>)> {
        self.lock().iter().map(|(blind, value)| (*blind, value.clone())).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Blind, Vec<u8>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index for MemoryIndex {
    fn load(&self, blind: &Blind) -> Result<Option<Vec<u8>>, Lost> {
        Ok(self.lock().get(blind).cloned())
    }

    fn apply(&self, changes: &Changes) -> Result<(), Lost> {
        let mut values = self.lock();
        for (blind, value) in changes {
            match value {
                Some(value) => values.insert(*blind, value.clone()),
                None => values.remove(blind),
            };
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), Lost> {
        Ok(())
    }

    fn reset(&self) -> Result<(), Lost> {
        self.lock().clear();
        Ok(())
    }
}
