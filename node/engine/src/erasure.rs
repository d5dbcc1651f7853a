//! Erasing: what shall be out of reach for good, and not only taken away. A store that keeps old versions of its entries,
//! as the vault's journal does, is told here of which it must not. What is to be erased is a row in the same batch as
//! the change itself, so that a crash between the two leaves work that is still to be done, and never a promise.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sesame_protocol::time::Timestamp;

use crate::row;
use crate::shelf::{Key, Shelf, Write};
use crate::view::{Unreadable, View};

/// How much of an entry is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// All of it: the entry is gone when its versions are.
    Whole,
    /// Every version but the newest.
    Older,
}

/// An entry that is to be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The number of its shelf.
    pub shelf: u16,
    /// Its name there.
    pub name: Vec<u8>,
    /// How much of it.
    pub extent: Extent,
    /// From when on it may not be put off any more: many that can wait cost as much as one.
    pub due: Timestamp,
}

/// An erasure as stored, under the name of its shelf and its own.
#[derive(Serialize, Deserialize)]
struct Row {
    extent: Extent,
    due: Timestamp,
}

/// Says that an entry is to be erased. One that goes as a whole is dropped in the same batch.
pub(crate) fn ask(shelf: Shelf, name: &[u8], extent: Extent, due: Timestamp) -> Write {
    row::put(Shelf::Erasing, place(shelf as u16, name), &Row { extent, due })
}

/// What is to be erased, at most `limit` entries.
pub fn pending(view: &dyn View, limit: usize) -> Result<Vec<Erasure>, Unreadable> {
    let rows = row::walk::<Row>(view, Shelf::Erasing, &[], limit)?;
    let read = |(place, Row { extent, due }): (Vec<u8>, Row)| {
        let (shelf, name) = place.split_first_chunk().ok_or(Unreadable::Row { shelf: Shelf::Erasing })?;
        Ok(Erasure { shelf: u16::from_be_bytes(*shelf), name: name.to_vec(), extent, due })
    };
    rows.into_iter().map(read).collect()
}

/// Whether older versions of an entry are still to be erased.
pub fn is_pending(view: &dyn View, key: &Key) -> Result<bool, Unreadable> {
    Ok(view.get(&Key::new(Shelf::Erasing, place(key.shelf as u16, &key.name)))?.is_some())
}

/// The write that says that an entry was erased.
pub fn done(erasure: &Erasure) -> Write {
    row::drop(Shelf::Erasing, place(erasure.shelf, &erasure.name))
}

/// The write that puts an erasure off, when it could not be done whole. The entry itself is gone by then; what stands under
/// its name when it is due was written anew, and stays.
pub fn put_off(erasure: &Erasure, due: Timestamp) -> Write {
    row::put(Shelf::Erasing, place(erasure.shelf, &erasure.name), &Row { extent: Extent::Older, due })
}

/// Makes a batch ready for a store that erases, and says when the first of its erasures is due; nothing when it has none.
///
/// Whatever goes as a whole is left to the erasing, which must still find it: its drop is taken out. What was written
/// anew in the same batch is not to go: of it only what was there before does.
pub fn prepare(writes: &mut Vec<Write>) -> Option<Timestamp> {
    let mut first: Option<Timestamp> = None;
    let kept = writes.iter().filter_map(|write| match write {
        Write::Put(key, _) => Some(place(key.shelf as u16, &key.name)),
        Write::Drop(_) => None,
    });
    let kept: BTreeSet<_> = kept.collect();
    let mut whole = BTreeSet::new();
    for write in writes.iter_mut() {
        let Write::Put(key, value) = write else { continue };
        if key.shelf != Shelf::Erasing {
            continue;
        }
        let Ok(mut row) = serde_ipld_dagcbor::from_slice::<Row>(value) else { continue };
        if row.extent == Extent::Whole && kept.contains(&key.name) {
            row.extent = Extent::Older;
            *write = row::put(Shelf::Erasing, key.name.clone(), &row);
        } else if row.extent == Extent::Whole {
            whole.insert(key.name.clone());
        }
        first = Some(first.map_or(row.due, |first| first.min(row.due)));
    }
    writes.retain(|write| !matches!(write, Write::Drop(key) if whole.contains(&place(key.shelf as u16, &key.name))));
    first
}

fn place(shelf: u16, name: &[u8]) -> Vec<u8> {
    [shelf.to_be_bytes().as_slice(), name].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Memory;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
    const LATER: Timestamp = Timestamp::from_seconds(1_790_086_400);

    fn key(name: &str) -> Key {
        Key::new(Shelf::Fact, name)
    }

    #[test]
    fn what_goes_as_a_whole_is_left_for_the_erasing_to_find() {
        let mut writes = vec![
            ask(Shelf::Fact, b"email", Extent::Whole, NOW),
            Write::Drop(key("email")),
            Write::Drop(key("iban")),
            ask(Shelf::Pair, b"bob", Extent::Older, LATER),
        ];
        assert_eq!(prepare(&mut writes), Some(NOW));
        assert_eq!(writes.len(), 3);
        assert!(!writes.contains(&Write::Drop(key("email"))) && writes.contains(&Write::Drop(key("iban"))));
        assert_eq!(prepare(&mut vec![Write::Drop(key("iban"))]), None);
    }

    #[test]
    fn what_is_said_anew_in_the_same_batch_stays() {
        let mut writes = vec![ask(Shelf::Fact, b"email", Extent::Whole, NOW), Write::Put(key("email"), vec![1])];
        assert_eq!(prepare(&mut writes), Some(NOW));
        assert!(writes.contains(&ask(Shelf::Fact, b"email", Extent::Older, NOW)));
        assert!(writes.contains(&Write::Put(key("email"), vec![1])));
    }

    #[test]
    fn a_store_that_keeps_no_versions_has_nothing_to_erase() {
        let mut memory = Memory::default();
        memory.commit(vec![Write::Put(key("email"), vec![1])]);
        memory.commit(vec![ask(Shelf::Fact, b"email", Extent::Whole, NOW), Write::Drop(key("email"))]);
        assert_eq!(memory.rows().count(), 0);
        assert_eq!(pending(&memory, 9), Ok(Vec::new()));
    }
}
