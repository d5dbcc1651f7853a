//! What the engine may read, and how a turn sees its own writes before they are committed.

use std::collections::BTreeMap;

use crate::shelf::{Key, Shelf, Write};

/// Names and values, in order of name.
pub type Rows = Vec<(Vec<u8>, Vec<u8>)>;

/// Everything that the engine may read. Implemented by the vault's reader, by [`Memory`] and by [`Staged`].
pub trait View {
    /// The value at a key.
    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Unreadable>;

    /// Names and values in order of name, at most `limit`, from after `after` on, under one prefix.
    fn walk(&self, shelf: Shelf, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Rows, Unreadable>;
}

/// Stored state could not be read. The node stops deciding and asks for repair; it never guesses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The store itself failed.
    #[error("the store failed: {0}")]
    Store(String),
    /// The store's index lost something: nothing is gone, and it answers again once the index was made anew.
    #[error("the index lost something")]
    Lost,
    /// A stored row does not decode.
    #[error("a row on shelf {shelf:?} does not decode")]
    Row {
        /// The shelf of the row.
        shelf: Shelf,
    },
}

/// A store in memory: for tests and for the simulator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    rows: BTreeMap<Key, Vec<u8>>,
}

impl Memory {
    /// Takes a batch in. Nothing is left of an earlier version, so that there is nothing to erase.
    pub fn commit(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Put(key, _) if key.shelf == Shelf::Erasing => {}
                Write::Put(key, value) => {
                    self.rows.insert(key, value);
                }
                Write::Drop(key) => {
                    self.rows.remove(&key);
                }
            }
        }
    }

    /// Every row, in order: what a test compares.
    pub fn rows(&self) -> impl Iterator<Item = (&Key, &Vec<u8>)> {
        self.rows.iter()
    }
}

impl View for Memory {
    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Unreadable> {
        Ok(self.rows.get(key).cloned())
    }

    fn walk(&self, shelf: Shelf, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Rows, Unreadable> {
        Ok(under(&self.rows, shelf, prefix, after)
            .take(limit)
            .map(|(key, value)| (key.name.clone(), value.clone()))
            .collect())
    }
}

/// A view and what this turn has already written over it.
pub struct Staged<'a> {
    below: &'a dyn View,
    above: BTreeMap<Key, Option<Vec<u8>>>,
}

impl<'a> Staged<'a> {
    /// Nothing written yet.
    pub fn new(below: &'a dyn View) -> Self {
        Self { below, above: BTreeMap::new() }
    }

    /// Lays writes over the view.
    pub fn lay(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Put(key, value) => self.above.insert(key, Some(value)),
                Write::Drop(key) => self.above.insert(key, None),
            };
        }
    }

    /// All that was written, one write per key, in order of key.
    pub fn into_writes(self) -> Vec<Write> {
        let write = |(key, value)| match value {
            Some(value) => Write::Put(key, value),
            None => Write::Drop(key),
        };
        self.above.into_iter().map(write).collect()
    }
}

impl View for Staged<'_> {
    fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Unreadable> {
        match self.above.get(key) {
            Some(value) => Ok(value.clone()),
            None => self.below.get(key),
        }
    }

    fn walk(&self, shelf: Shelf, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Rows, Unreadable> {
        let above: Vec<_> = under(&self.above, shelf, prefix, after).collect();
        // Each row above hides at most one below, so that many more are enough.
        let below = self.below.walk(shelf, prefix, after, limit.saturating_add(above.len()))?;
        let mut rows: BTreeMap<Vec<u8>, Vec<u8>> = below.into_iter().collect();
        for (key, value) in above {
            match value {
                Some(value) => rows.insert(key.name.clone(), value.clone()),
                None => rows.remove(&key.name),
            };
        }
        Ok(rows.into_iter().take(limit).collect())
    }
}

/// The entries of an ordered map that a walk is about.
fn under<'m, V>(
    map: &'m BTreeMap<Key, V>,
    shelf: Shelf,
    prefix: &[u8],
    after: Option<&[u8]>,
) -> impl Iterator<Item = (&'m Key, &'m V)> {
    let from = Key::new(shelf, after.filter(|after| *after >= prefix).unwrap_or(prefix));
    let after = after.map(<[u8]>::to_vec);
    let prefix = prefix.to_vec();
    map.range(from..)
        .skip_while(move |(key, _)| key.shelf == shelf && after.as_ref().is_some_and(|after| key.name <= *after))
        .take_while(move |(key, _)| key.shelf == shelf && key.name.starts_with(&prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(name: &str) -> Write {
        Write::Put(Key::new(Shelf::Own, name), name.as_bytes().to_vec())
    }

    #[test]
    fn a_walk_sees_what_the_turn_wrote_and_not_what_it_dropped() {
        let mut memory = Memory::default();
        memory.commit(vec![put("a1"), put("a2"), put("a4"), put("b1")]);
        let mut staged = Staged::new(&memory);
        staged.lay(vec![put("a3"), Write::Drop(Key::new(Shelf::Own, "a2"))]);
        let names = |after: Option<&[u8]>, limit| -> Vec<String> {
            let rows = staged.walk(Shelf::Own, b"a", after, limit).unwrap();
            rows.into_iter().map(|(name, _)| String::from_utf8(name).unwrap()).collect()
        };
        assert_eq!(names(None, 9), ["a1", "a3", "a4"]);
        assert_eq!(names(Some(b"a1"), 1), ["a3"]);
        assert_eq!(names(Some(b"a4"), 9), [""; 0]);
        assert_eq!(staged.get(&Key::new(Shelf::Own, "a2")).unwrap(), None);
    }
}
