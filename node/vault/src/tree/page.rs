//! A page of the tree, as bytes and as something to search. Leaves hold places, the pages above hold references to
//! pages; both are a sorted list of paths with a fixed number of bytes each.
//!
//! ```text
//! height u8 ‖ count u16 ‖ (path len u16 ‖ path ‖ 20 bytes in a leaf, 24 above)* ‖ zeros up to Padmé
//! ```

use sesame_protocol::seal::padme;
use zeroize::Zeroizing;

use super::PageRef;
use crate::{cursor::Cursor, frame::Place};

/// A page is split beyond this: reading one entry opens one leaf, writing one entry seals one.
pub(crate) const BYTES_MAX: usize = 4096;
/// Paths in a page, however short they are.
pub(crate) const PATHS_MAX: usize = 256;

const HEAD_BYTES: usize = 3;

/// An entry of a page: its path, and its reference or its place with zeros behind.
pub(crate) type Item = (Vec<u8>, [u8; PageRef::BYTES]);

/// A page that was opened and checked.
pub(crate) struct Page {
    bytes: Zeroizing<Vec<u8>>,
    height: u8,
    /// Where each path starts, its length before it.
    starts: Vec<u32>,
}

impl Page {
    /// Lays out a page. The paths must be in order.
    pub(crate) fn encode(height: u8, items: &[Item]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BYTES_MAX + BYTES_MAX / 8);
        bytes.push(height);
        bytes.extend_from_slice(&u16::try_from(items.len()).expect("a page has at most 256 paths").to_le_bytes());
        for (path, payload) in items {
            bytes.extend_from_slice(&u16::try_from(path.len()).expect("a path is at most 514 bytes").to_le_bytes());
            bytes.extend_from_slice(path);
            bytes.extend_from_slice(&payload[..payload_bytes(height)]);
        }
        let padded = padme(bytes.len());
        bytes.resize(padded, 0);
        bytes
    }

    /// Reads a page; nothing if it is not laid out so.
    pub(crate) fn decode(bytes: Vec<u8>) -> Option<Self> {
        let bytes = Zeroizing::new(bytes);
        let mut cursor = Cursor::new(&bytes);
        let height = cursor.u8()?;
        let count = cursor.u16()?;
        let mut starts = Vec::with_capacity(usize::from(count));
        let mut before: Option<&[u8]> = None;
        for _ in 0..count {
            let length = usize::from(cursor.u16()?);
            starts.push(u32::try_from(bytes.len() - cursor.rest().len()).ok()?);
            let path = cursor.slice(length)?;
            cursor.slice(payload_bytes(height))?;
            if before.is_some_and(|before| before >= path) {
                return None;
            }
            before = Some(path);
        }
        (count > 0).then_some(())?;
        Some(Self { bytes, height, starts })
    }

    /// 0 for a leaf, else one more than the pages below.
    pub(crate) fn height(&self) -> u8 {
        self.height
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Bytes that it takes in memory.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>() + self.bytes.capacity() + 4 * self.starts.capacity() + 64
    }

    pub(crate) fn path(&self, slot: usize) -> Option<&[u8]> {
        let start = *self.starts.get(slot)? as usize;
        let length = u16::from_le_bytes([self.bytes[start - 2], self.bytes[start - 1]]);
        self.bytes.get(start..start + usize::from(length))
    }

    /// The slot of a path, or where it would be.
    pub(crate) fn find(&self, path: &[u8]) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.path(middle).unwrap_or_default().cmp(path) {
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    /// The slot of the page below that a path belongs to.
    pub(crate) fn toward(&self, path: &[u8]) -> usize {
        match self.find(path) {
            Ok(slot) => slot,
            Err(slot) => slot.saturating_sub(1),
        }
    }

    pub(crate) fn place(&self, slot: usize) -> Option<Place> {
        Place::from_bytes(self.payload(slot)?)
    }

    pub(crate) fn child(&self, slot: usize) -> Option<PageRef> {
        PageRef::from_bytes(self.payload(slot)?)
    }

    pub(crate) fn item(&self, slot: usize) -> Option<Item> {
        Some((self.path(slot)?.to_vec(), item_payload(self.payload(slot)?)))
    }

    fn payload(&self, slot: usize) -> Option<&[u8]> {
        let end = *self.starts.get(slot)? as usize + self.path(slot)?.len();
        self.bytes.get(end..end + payload_bytes(self.height))
    }
}

/// A place or a reference as an item carries it.
pub(crate) fn item_payload(bytes: &[u8]) -> [u8; PageRef::BYTES] {
    let mut payload = [0; PageRef::BYTES];
    payload[..bytes.len()].copy_from_slice(bytes);
    payload
}

/// Bytes that an item takes in a page, at most.
pub(crate) fn item_bytes(item: &Item) -> usize {
    2 + item.0.len() + item.1.len()
}

/// Cuts sorted items into pages. What is added at the end fills pages whole; a page cut in its middle leaves two halves
/// that can grow.
pub(crate) fn cut(items: &[Item]) -> Vec<&[Item]> {
    let total: usize = items.iter().map(item_bytes).sum();
    let room = BYTES_MAX - HEAD_BYTES;
    // Two pages of like size rather than a full one and a crumb; longer runs are filled.
    let target = if total > room && total < 2 * room { total / 2 + 1 } else { room };
    let mut pages = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (slot, item) in items.iter().enumerate() {
        let size = item_bytes(item);
        if slot > start && (bytes + size > target.max(size) || slot - start == PATHS_MAX) {
            pages.push(&items[start..slot]);
            (start, bytes) = (slot, 0);
        }
        bytes += size;
    }
    if start < items.len() {
        pages.push(&items[start..]);
    }
    pages
}

fn payload_bytes(height: u8) -> usize {
    if height == 0 { Place::BYTES } else { PageRef::BYTES }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn pages_come_back_in_order_and_within_bounds(
            paths in prop::collection::btree_set(prop::collection::vec(any::<u8>(), 2..300), 1..400),
        ) {
            let paths: BTreeSet<Vec<u8>> = paths;
            let items: Vec<Item> = paths.iter().map(|path| (path.clone(), item_payload(&[7; 20]))).collect();
            let pages = cut(&items);
            prop_assert_eq!(&pages.concat(), &items);
            for items in pages {
                let bytes = Page::encode(0, items);
                prop_assert!(bytes.len() <= BYTES_MAX + BYTES_MAX / 8 && items.len() <= PATHS_MAX);
                let page = Page::decode(bytes).unwrap();
                for (slot, item) in items.iter().enumerate() {
                    prop_assert_eq!(page.find(&item.0), Ok(slot));
                    let found = page.item(slot);
                    prop_assert_eq!(found.as_ref(), Some(item));
                }
                prop_assert!(page.item(items.len()).is_none());
            }
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(page) = Page::decode(bytes) {
                prop_assert!(page.item(page.len() - 1).is_some());
            }
        }
    }
}
