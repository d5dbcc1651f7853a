//! The order of the shelves: one ordered map from path (shelf, then name) to place, as a tree of sealed pages in the
//! [`Index`]. A parent names the nonce under which each child was sealed, and the sealed mark names the root's: so the
//! whole tree is one state of the vault, and a page that is missing, changed or merely *old* is noticed, never believed.

pub(crate) mod cache;
pub(crate) mod mark;
pub(crate) mod page;
pub(crate) mod update;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::{
    Index,
    frame::Place,
    index::{Blind, Lost},
    secret::{Secret, nonce},
    tree::{cache::Cache, page::Page},
};

/// More levels than 64 bits of entries can need, so that a damaged tree ends.
const HEIGHT_MAX: u8 = 16;

/// A page, named so that one version of it fits alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageRef {
    pub(crate) number: u64,
    /// The chance of the nonce under which it was sealed; the rest of the nonce is the number.
    pub(crate) stamp: [u8; 16],
}

impl PageRef {
    /// Bytes that it takes in a parent.
    pub(crate) const BYTES: usize = 24;

    pub(crate) fn to_bytes(self) -> [u8; Self::BYTES] {
        nonce(&self.stamp, self.number)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (stamp, number) = bytes.split_first_chunk()?;
        Some(Self { stamp: *stamp, number: u64::from_le_bytes(number.try_into().ok()?) })
    }
}

/// The sealed pages, and those of them that were lately read.
pub(crate) struct Tree {
    index: RwLock<Arc<dyn Index>>,
    cache: Mutex<Cache>,
    vault: [u8; 16],
    seal: Secret,
    blind: Secret,
}

impl Tree {
    pub(crate) fn new(index: Arc<dyn Index>, vault: [u8; 16], root: &Secret) -> Self {
        Self {
            index: RwLock::new(index),
            cache: Mutex::new(Cache::new()),
            vault,
            seal: root.derive("sesame/1/vault/index/seal", &[]),
            blind: root.derive("sesame/1/vault/index/blind", &[]),
        }
    }

    pub(crate) fn index(&self) -> Arc<dyn Index> {
        Arc::clone(&self.index.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Empties the tree, or puts another index in its place.
    pub(crate) fn reset(&self, other: Option<Arc<dyn Index>>) -> Result<(), Lost> {
        self.cache().clear();
        if let Some(other) = other {
            *self.index.write().unwrap_or_else(PoisonError::into_inner) = other;
        }
        self.index().reset()
    }

    /// The place of a path.
    pub(crate) fn get(&self, root: Option<PageRef>, path: &[u8]) -> Result<Option<Place>, Lost> {
        let Some(mut at) = root else { return Ok(None) };
        let mut height = None;
        loop {
            let page = self.load(at, height)?;
            if page.height() == 0 {
                return match page.find(path) {
                    Ok(slot) => page.place(slot).map(Some).ok_or(Lost::Forged { page: at.number }),
                    Err(_) => Ok(None),
                };
            }
            height = Some(page.height() - 1);
            at = page.child(page.toward(path)).ok_or(Lost::Forged { page: at.number })?;
        }
    }

    /// The entries from a path on, in order.
    pub(crate) fn from<'a>(&'a self, root: Option<PageRef>, path: &[u8]) -> Result<Entries<'a>, Lost> {
        let mut entries = Entries { tree: self, stack: Vec::new() };
        let Some(mut at) = root else { return Ok(entries) };
        let mut height = None;
        loop {
            let page = self.load(at, height)?;
            if page.height() == 0 {
                let (Ok(slot) | Err(slot)) = page.find(path);
                entries.stack.push((page, slot));
                return Ok(entries);
            }
            let slot = page.toward(path);
            height = Some(page.height() - 1);
            at = page.child(slot).ok_or(Lost::Forged { page: at.number })?;
            entries.stack.push((page, slot + 1));
        }
    }

    /// A page, which must be as high as its parent says.
    pub(crate) fn load(&self, at: PageRef, height: Option<u8>) -> Result<Arc<Page>, Lost> {
        let forged = Lost::Forged { page: at.number };
        let found = self.cache().find(at);
        let page = if let Some(page) = found {
            page
        } else {
            let sealed = self.index().load(&self.blind(at.number))?.ok_or(Lost::Missing { page: at.number })?;
            let page = Arc::new(self.open(at, sealed).ok_or(forged)?);
            self.cache().keep(at, Arc::clone(&page));
            page
        };
        let fits = height.map_or(page.height() < HEIGHT_MAX, |height| page.height() == height);
        if fits { Ok(page) } else { Err(forged) }
    }

    fn open(&self, at: PageRef, mut sealed: Vec<u8>) -> Option<Page> {
        let length = self.seal.open(&at.to_bytes(), &self.vault, &mut sealed)?.len();
        sealed.truncate(length);
        Page::decode(sealed)
    }

    /// Seals a page under its number and stamp.
    fn seal(&self, at: PageRef, mut plain: Vec<u8>) -> Vec<u8> {
        let tag = self.seal.seal(&at.to_bytes(), &self.vault, &mut plain);
        plain.extend_from_slice(&tag);
        plain
    }

    fn blind(&self, number: u64) -> Blind {
        short(self.blind.hash(&[b"page", &number.to_le_bytes()]))
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The entries of a tree from a place on.
pub(crate) struct Entries<'a> {
    tree: &'a Tree,
    stack: Vec<(Arc<Page>, usize)>,
}

impl Entries<'_> {
    /// The next entry. Pages must not be replaced meanwhile: the caller holds the state that named the root.
    pub(crate) fn next(&mut self) -> Result<Option<(Vec<u8>, Place)>, Lost> {
        while let Some((page, slot)) = self.stack.last_mut() {
            let Some(path) = page.path(*slot) else {
                self.stack.pop();
                continue;
            };
            let broken = Lost::Forged { page: 0 };
            if page.height() == 0 {
                let found = (path.to_vec(), page.place(*slot).ok_or(broken)?);
                *slot += 1;
                return Ok(Some(found));
            }
            let (child, height) = (page.child(*slot).ok_or(broken)?, page.height() - 1);
            *slot += 1;
            let page = self.tree.load(child, Some(height))?;
            self.stack.push((page, 0));
        }
        Ok(None)
    }
}

fn short(hash: [u8; 32]) -> Blind {
    let mut blind = [0; 16];
    blind.copy_from_slice(&hash[..16]);
    blind
}
