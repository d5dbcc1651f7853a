//! The pages that were lately read, within a bound of bytes. Two generations stand in for an exact order of use: when
//! the young one is full it becomes the old one, and what the old one still held goes.

use std::{collections::HashMap, sync::Arc};

use super::{PageRef, page::Page};

/// Of both generations together. An idle node has 30 MB for everything.
const BYTES_MAX: usize = 6 << 20;

/// Lately read pages.
pub(crate) struct Cache {
    young: HashMap<u64, (PageRef, Arc<Page>)>,
    old: HashMap<u64, (PageRef, Arc<Page>)>,
    young_bytes: usize,
}

impl Cache {
    pub(crate) fn new() -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), young_bytes: 0 }
    }

    /// The page, if this very version of it is here.
    pub(crate) fn find(&mut self, at: PageRef) -> Option<Arc<Page>> {
        if let Some((kept, page)) = self.young.get(&at.number) {
            return (*kept == at).then(|| Arc::clone(page));
        }
        let (kept, page) = self.old.remove(&at.number)?;
        if kept != at {
            return None;
        }
        self.keep(at, Arc::clone(&page));
        Some(page)
    }

    pub(crate) fn keep(&mut self, at: PageRef, page: Arc<Page>) {
        self.young_bytes += page.bytes();
        if let Some((_, before)) = self.young.insert(at.number, (at, page)) {
            self.young_bytes -= before.bytes();
        }
        if self.young_bytes > BYTES_MAX / 2 {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u64) -> (PageRef, Arc<Page>) {
        let path = [number.to_be_bytes().as_slice(), &[0; 500]].concat();
        let items = vec![(path, [0; 24])];
        let at = PageRef { number, stamp: [1; 16] };
        (at, Arc::new(Page::decode(Page::encode(0, &items)).unwrap()))
    }

    #[test]
    fn what_is_used_stays_and_the_bound_holds() {
        let mut cache = Cache::new();
        let (first, one) = page(0);
        let size = one.bytes();
        cache.keep(first, one);
        for number in 1..50_000 {
            let (at, page) = page(number);
            cache.keep(at, page);
            assert!(cache.find(first).is_some(), "page {number}");
            assert!((cache.young.len() + cache.old.len()) * size <= BYTES_MAX + 2 * size);
        }
        assert!(cache.find(page(1).0).is_none());
    }

    #[test]
    fn another_version_of_a_page_is_not_found() {
        let mut cache = Cache::new();
        let (at, one) = page(0);
        cache.keep(at, one);
        assert!(cache.find(PageRef { stamp: [2; 16], ..at }).is_none());
    }
}
