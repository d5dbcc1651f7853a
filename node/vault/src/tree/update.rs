//! Putting many changes into the tree at once. Changed pages are written under new numbers, so that the tree that
//! readers see stays whole until the mark names the new root; the pages that it replaced go afterwards.

use super::{
    PageRef, Tree,
    mark::Mark,
    page::{BYTES_MAX, Item, Page, cut, item_bytes, item_payload},
};
use crate::{
    frame::Place,
    index::{Changes, Lost},
    secret::chance,
    segment::Tip,
};

/// Sealed pages that wait to be handed to the index together.
const STAGED_MAX: usize = 128;

/// One change: a path, and its place or nothing.
pub(crate) type Change<'a> = (&'a [u8], Option<Place>);

/// An update under way.
pub(crate) struct Update<'a> {
    tree: &'a Tree,
    stamp: [u8; 16],
    free: u64,
    records: u64,
    bytes: u64,
    staged: Changes,
    replaced: Vec<u64>,
}

/// A new tree, written but not yet the one that the mark names.
pub(crate) struct Updated {
    pub(crate) root: Option<PageRef>,
    pub(crate) free: u64,
    pub(crate) records: u64,
    pub(crate) bytes: u64,
    /// Pages that nothing names any more once the mark is written.
    replaced: Vec<u64>,
}

impl Updated {
    /// The mark that names the new tree.
    pub(crate) fn mark(&self, generation: u64, tip: Tip) -> Mark {
        Mark { root: self.root, free: self.free, records: self.records, bytes: self.bytes, generation, tip }
    }
}

impl<'a> Update<'a> {
    /// Applies sorted changes to the tree of `mark`, and writes the pages of the new one.
    pub(crate) fn run(tree: &'a Tree, mark: &Mark, changes: &[Change<'_>]) -> Result<Updated, Lost> {
        let mut stamp = [0; 16];
        chance(&mut stamp).map_err(|_| Lost::Failed)?;
        let Mark { free, records, bytes, .. } = *mark;
        let mut update = Self { tree, stamp, free, records, bytes, staged: Changes::new(), replaced: Vec::new() };
        let mut height = 0;
        let items = match mark.root {
            None => update.leaf(None, changes)?,
            Some(root) => {
                let page = tree.load(root, None)?;
                update.replaced.push(root.number);
                height = page.height();
                update.merge(&page, changes)?
            }
        };
        let root = match items.as_slice() {
            // A root above a single page is one level too many.
            [only] if height > 0 => Some(child(only, 0)?),
            _ => update.top(height, items)?,
        };
        update.hand_over()?;
        let Self { free, records, bytes, replaced, .. } = update;
        Ok(Updated { root, free, records, bytes, replaced })
    }

    fn top(&mut self, mut height: u8, mut items: Vec<Item>) -> Result<Option<PageRef>, Lost> {
        if items.is_empty() {
            return Ok(None);
        }
        loop {
            items = self.pages(height, &items)?;
            if let [only] = items.as_slice() {
                return child(only, 0).map(Some);
            }
            height += 1;
        }
    }

    /// The items of a page after the changes, more or fewer than it can hold.
    fn merge(&mut self, page: &Page, changes: &[Change<'_>]) -> Result<Vec<Item>, Lost> {
        if page.height() == 0 {
            return self.leaf(Some(page), changes);
        }
        let below = page.height() - 1;
        let mut out = Vec::new();
        // Items of pages below that are open to be laid out anew; a small rest takes in the page after it.
        let mut open: Vec<Item> = Vec::new();
        let mut left = changes;
        for slot in 0..page.len() {
            let here = match page.path(slot + 1) {
                Some(next) => left.partition_point(|(path, _)| *path < next),
                None => left.len(),
            };
            let (here, rest) = left.split_at(here);
            left = rest;
            let item = page.item(slot).ok_or(Lost::Forged { page: 0 })?;
            let is_small = !open.is_empty() && open.iter().map(item_bytes).sum::<usize>() < BYTES_MAX / 4;
            if here.is_empty() && !is_small {
                out.extend(self.pages(below, &open)?);
                open.clear();
                out.push(item);
                continue;
            }
            let at = child(&item, 0)?;
            let lower = self.tree.load(at, Some(below))?;
            self.replaced.push(at.number);
            if !is_small {
                out.extend(self.pages(below, &open)?);
                open.clear();
            }
            open.extend(self.merge(&lower, here)?);
        }
        out.extend(self.pages(below, &open)?);
        Ok(out)
    }

    fn leaf(&mut self, page: Option<&Page>, changes: &[Change<'_>]) -> Result<Vec<Item>, Lost> {
        let length = page.map_or(0, Page::len);
        let mut out = Vec::with_capacity(length + changes.len());
        let mut changes = changes.iter().peekable();
        for slot in 0..length {
            let item = page.and_then(|page| page.item(slot)).ok_or(Lost::Forged { page: 0 })?;
            while let Some((path, place)) = changes.next_if(|(path, _)| *path < item.0.as_slice()) {
                self.insert(&mut out, path, *place);
            }
            match changes.next_if(|(path, _)| *path == item.0.as_slice()) {
                None => out.push(item),
                Some((path, place)) => {
                    let before = Place::from_bytes(&item.1).ok_or(Lost::Forged { page: 0 })?;
                    self.records = self.records.checked_sub(1).ok_or(Lost::Forged { page: 0 })?;
                    self.bytes = self.bytes.checked_sub(before.frame_bytes()).ok_or(Lost::Forged { page: 0 })?;
                    self.insert(&mut out, path, *place);
                }
            }
        }
        for (path, place) in changes {
            self.insert(&mut out, path, *place);
        }
        Ok(out)
    }

    fn insert(&mut self, out: &mut Vec<Item>, path: &[u8], place: Option<Place>) {
        if let Some(place) = place {
            out.push((path.to_vec(), item_payload(&place.to_bytes())));
            self.records += 1;
            self.bytes += place.frame_bytes();
        }
    }

    /// Writes items as pages of one height and returns the items that name them.
    fn pages(&mut self, height: u8, items: &[Item]) -> Result<Vec<Item>, Lost> {
        let mut above = Vec::new();
        for items in cut(items) {
            let at = PageRef { number: self.free, stamp: self.stamp };
            self.free += 1;
            let sealed = self.tree.seal(at, Page::encode(height, items));
            self.staged.push((self.tree.blind(at.number), Some(sealed)));
            if self.staged.len() >= STAGED_MAX {
                self.hand_over()?;
            }
            above.push((items[0].0.clone(), at.to_bytes()));
        }
        Ok(above)
    }

    fn hand_over(&mut self) -> Result<(), Lost> {
        let staged = std::mem::take(&mut self.staged);
        if staged.is_empty() { Ok(()) } else { self.tree.index().apply(&staged) }
    }
}

impl Tree {
    /// Removes the pages that an update replaced, once the mark names the new root. A crash before that leaves them
    /// where they are, unnamed, until their numbers are used again or the index is made anew.
    pub(crate) fn sweep(&self, updated: &Updated) -> Result<(), Lost> {
        for numbers in updated.replaced.chunks(STAGED_MAX) {
            self.index().apply(&numbers.iter().map(|number| (self.blind(*number), None)).collect())?;
        }
        Ok(())
    }
}

fn child(item: &Item, page: u64) -> Result<PageRef, Lost> {
    PageRef::from_bytes(&item.1).ok_or(Lost::Forged { page })
}
