//! The key file: the only place where record keys come from. Each page of it is a seed for 1,024 record numbers; a page
//! that was pierced lists the keys that survive, so that *forget* can take single keys out of the world.
//!
//! ```text
//! magic 8 ‖ vault 16 ‖ generation u64 ‖ nonce 24 ‖ sealed by the generation's key: pages, one after another ‖ tag 16
//! page: 1 ‖ seed 32  |  2 ‖ count u16 ‖ (slot u16 ‖ key 32)*  |  3 ‖ count u32: so many pages without keys
//! ```
//! The file is written whole under another name, then renamed: it is never half there.

mod salvage;

use std::collections::{BTreeMap, BTreeSet};

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    Error, Files,
    cursor::Cursor,
    error::{Damage, Measure},
    files::{FileId, read_whole},
    secret::{NONCE_BYTES, Nonces, Secret, TAG_BYTES, chance},
};

/// Record numbers that one page gives keys for.
pub(crate) const PAGE_RECORDS: u64 = 1024;

const MAGIC: &[u8; 8] = b"SESAMEvk";
/// Pages that are made ahead, so that a write seldom has to wait for new ones.
const PAGES_AHEAD: u64 = 64;
/// 32 bytes a page: room for two thousand million records, and a bound on what is read before it is trusted.
const FILE_BYTES_MAX: usize = 64 << 20;
const HEAD_BYTES: usize = 8 + 16 + 8;

/// What is known of a record number's key.
pub(crate) enum Known {
    /// The key.
    Key(Secret),
    /// There was one, and it was taken out of the world.
    Forgotten,
    /// The number never had one: nothing that was ever durable bears it.
    Never,
}

/// The keys of all records, by their numbers.
pub(crate) struct Keys {
    vault: [u8; 16],
    generation: u64,
    by: Secret,
    /// By number of their first page: absent pages have no entry.
    pages: BTreeMap<u64, Page>,
    /// Pages there are, absent ones counted.
    length: u64,
}

#[derive(Clone, Zeroize, ZeroizeOnDrop)]
enum Page {
    Seed([u8; 32]),
    Pierced(#[zeroize(skip)] BTreeMap<u16, Secret>),
}

impl Keys {
    /// The key file of a new vault.
    pub(crate) fn create(files: &dyn Files, vault: [u8; 16], generation: u64, by: Secret) -> Result<Self, Error> {
        let mut keys = Self { vault, generation, by, pages: BTreeMap::new(), length: 0 };
        keys.grow(PAGES_AHEAD)?;
        keys.write(files)?;
        Ok(keys)
    }

    /// Reads the key file of a generation.
    pub(crate) fn open(files: &dyn Files, vault: [u8; 16], generation: u64, by: Secret) -> Result<Self, Error> {
        let damage = || Error::from(Damage::Keys { generation });
        let mut bytes = read_whole(files, FileId::Keys(generation), FILE_BYTES_MAX as u64)?.ok_or_else(damage)?;
        let head = head(vault, generation);
        let rest = bytes.split_at_mut_checked(HEAD_BYTES).filter(|(found, _)| *found == head);
        let (_, rest) = rest.ok_or_else(damage)?;
        let (nonce, sealed) = rest.split_first_chunk_mut::<NONCE_BYTES>().ok_or_else(damage)?;
        let plain = by.open(nonce, &head, sealed).ok_or_else(damage)?;
        let read = decode(plain);
        plain.zeroize();
        let (pages, length) = read.ok_or_else(damage)?;
        Ok(Self { vault, generation, by, pages, length })
    }

    /// What is known of a record's key.
    pub(crate) fn find(&self, number: u64) -> Known {
        match self.record(number) {
            Some(key) => Known::Key(key),
            None if number / PAGE_RECORDS < self.length => Known::Forgotten,
            None => Known::Never,
        }
    }

    /// The key of a record, or nothing if it was forgotten or never was.
    pub(crate) fn record(&self, number: u64) -> Option<Secret> {
        match self.pages.get(&(number / PAGE_RECORDS))? {
            Page::Seed(seed) => {
                let key = blake3::Hasher::new_keyed(seed).update(b"rec").update(&number.to_le_bytes()).finalize();
                Some(Secret::new(key.into()))
            }
            Page::Pierced(left) => left.get(&slot(number)).cloned(),
        }
    }

    /// The next generation: the same keys, under a key of its own, but for those of these numbers and for all below
    /// `from`. Nothing is written.
    pub(crate) fn without(&self, numbers: &BTreeSet<u64>, from: u64) -> Result<Self, Error> {
        let mut next = Self {
            vault: self.vault,
            generation: self.generation + 1,
            by: Secret::random()?,
            pages: self.pages.clone(),
            length: self.length,
        };
        next.pages = next.pages.split_off(&(from / PAGE_RECORDS));
        if !from.is_multiple_of(PAGE_RECORDS) {
            next.pierce(from / PAGE_RECORDS, |number| number < from);
        }
        let touched: BTreeSet<u64> = numbers.iter().map(|number| number / PAGE_RECORDS).collect();
        for page in touched {
            next.pierce(page, |number| numbers.contains(&number));
        }
        Ok(next)
    }

    /// Whether any number below this one still has a key.
    pub(crate) fn reaches_below(&self, number: u64) -> bool {
        let (page, within) = (number / PAGE_RECORDS, slot(number));
        self.pages.range(..page).next().is_some()
            || match self.pages.get(&page) {
                Some(Page::Seed(_)) => within > 0,
                Some(Page::Pierced(left)) => left.range(..within).next().is_some(),
                None => false,
            }
    }

    /// Takes keys out of a page, which then lists those that stay; a page of which none stay goes.
    fn pierce(&mut self, page: u64, is_lost: impl Fn(u64) -> bool) {
        let numbers = page * PAGE_RECORDS..(page + 1) * PAGE_RECORDS;
        let kept = numbers.filter(|number| !is_lost(*number));
        let left: BTreeMap<u16, Secret> =
            kept.filter_map(|number| Some((slot(number), self.record(number)?))).collect();
        if left.is_empty() {
            self.pages.remove(&page);
        } else if self.pages.contains_key(&page) {
            self.pages.insert(page, Page::Pierced(left));
        }
    }

    /// Makes sure that all numbers below `end` have durable keys, before any of them is used.
    pub(crate) fn cover(&mut self, files: &dyn Files, end: u64) -> Result<(), Error> {
        let needed = end.div_ceil(PAGE_RECORDS);
        if needed <= self.length {
            return Ok(());
        }
        let before = self.length;
        self.grow(needed + PAGES_AHEAD)?;
        let written = self.write(files);
        if written.is_err() {
            // The pages may or may not be on the disk; they are not used until a write of them has returned.
            self.length = before;
            self.pages.split_off(&before);
        }
        written
    }

    /// Leaves behind every page that a torn batch may have used, and returns the first number of a fresh one.
    pub(crate) fn skip(&mut self, files: &dyn Files, next: u64) -> Result<u64, Error> {
        let first = self.length;
        self.pages.split_off(&next.div_ceil(PAGE_RECORDS));
        self.grow(first + PAGES_AHEAD)?;
        self.write(files)?;
        Ok(first * PAGE_RECORDS)
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// The key that the file of this generation is sealed with.
    pub(crate) fn by(&self) -> &Secret {
        &self.by
    }

    /// Bytes that the file takes.
    pub(crate) fn file_bytes(&self) -> u64 {
        let pages: usize = self.pages.values().map(page_bytes).sum();
        (HEAD_BYTES + NONCE_BYTES + pages + TAG_BYTES) as u64
    }

    /// A digest of the first pages, for the checkpoint; nothing if there are fewer.
    pub(crate) fn digest(&self, pages: u64) -> Option<[u8; 32]> {
        if pages > self.length {
            return None;
        }
        let mut hasher = blake3::Hasher::new_keyed(self.by.bytes());
        for (number, page) in self.pages.range(..pages) {
            let mut bytes = Zeroizing::new(number.to_le_bytes().to_vec());
            encode(page, &mut bytes);
            hasher.update(&bytes);
        }
        Some(hasher.finalize().into())
    }

    fn grow(&mut self, length: u64) -> Result<(), Error> {
        for number in self.length..length {
            let mut seed = [0; 32];
            chance(&mut seed)?;
            self.pages.insert(number, Page::Seed(seed));
        }
        self.length = self.length.max(length);
        Ok(())
    }

    /// Writes the file of this generation, whole.
    pub(crate) fn write(&self, files: &dyn Files) -> Result<(), Error> {
        // What is made once at its full size leaves no copy behind when it grows.
        let room = usize::try_from(self.file_bytes()).unwrap_or(0) + 5 * (self.pages.len() + 1);
        let mut plain = Zeroizing::new(Vec::with_capacity(room));
        let mut expected = 0;
        for (number, page) in &self.pages {
            absent(expected, *number, &mut plain);
            encode(page, &mut plain);
            expected = number + 1;
        }
        absent(expected, self.length, &mut plain);
        let found = HEAD_BYTES + NONCE_BYTES + plain.len() + TAG_BYTES;
        if found > FILE_BYTES_MAX {
            return Err(Error::TooLarge { what: Measure::KeyFile, found, max: FILE_BYTES_MAX });
        }
        let nonce = Nonces::draw()?.take();
        let mut bytes = head(self.vault, self.generation).to_vec();
        let tag = self.by.seal(&nonce, &bytes, &mut plain);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&plain);
        bytes.extend_from_slice(&tag);
        files.unlink(FileId::Draft)?;
        files.append(FileId::Draft, &bytes)?;
        files.sync(FileId::Draft)?;
        files.rename(FileId::Draft, FileId::Keys(self.generation))?;
        files.sync_dir()?;
        Ok(())
    }
}

fn head(vault: [u8; 16], generation: u64) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    head[..8].copy_from_slice(MAGIC);
    head[8..24].copy_from_slice(&vault);
    head[24..].copy_from_slice(&generation.to_le_bytes());
    head
}

fn slot(number: u64) -> u16 {
    u16::try_from(number % PAGE_RECORDS).expect("a page has 1,024 slots")
}

fn page_bytes(page: &Page) -> usize {
    match page {
        Page::Seed(_) => 1 + 32,
        Page::Pierced(left) => 1 + 2 + (2 + 32) * left.len(),
    }
}

fn absent(from: u64, to: u64, bytes: &mut Vec<u8>) {
    let mut missing = to - from;
    while missing > 0 {
        let run = u32::try_from(missing).unwrap_or(u32::MAX);
        bytes.push(3);
        bytes.extend_from_slice(&run.to_le_bytes());
        missing -= u64::from(run);
    }
}

fn encode(page: &Page, bytes: &mut Vec<u8>) {
    match page {
        Page::Seed(seed) => {
            bytes.push(1);
            bytes.extend_from_slice(seed);
        }
        Page::Pierced(left) => {
            bytes.push(2);
            let count = u16::try_from(left.len()).expect("a page has 1,024 slots");
            bytes.extend_from_slice(&count.to_le_bytes());
            for (slot, key) in left {
                bytes.extend_from_slice(&slot.to_le_bytes());
                bytes.extend_from_slice(key.bytes());
            }
        }
    }
}

fn decode(bytes: &[u8]) -> Option<(BTreeMap<u64, Page>, u64)> {
    let mut cursor = Cursor::new(bytes);
    let mut pages = BTreeMap::new();
    let mut length = 0_u64;
    while let Some(kind) = cursor.u8() {
        match kind {
            1 => {
                pages.insert(length, Page::Seed(cursor.array()?));
                length = length.checked_add(1)?;
            }
            2 => {
                let mut left = BTreeMap::new();
                for _ in 0..cursor.u16()? {
                    let slot = cursor.u16().filter(|slot| u64::from(*slot) < PAGE_RECORDS)?;
                    left.insert(slot, Secret::new(cursor.array()?));
                }
                pages.insert(length, Page::Pierced(left));
                length = length.checked_add(1)?;
            }
            3 => length = length.checked_add(u64::from(cursor.u32()?))?,
            _ => return None,
        }
    }
    Some((pages, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Memory;

    fn fresh(files: &Memory) -> Keys {
        Keys::create(files, [7; 16], 1, Secret::new([9; 32])).unwrap()
    }

    #[test]
    fn keys_come_back_and_differ_by_record() {
        let files = Memory::new();
        let keys = fresh(&files);
        assert_eq!(files.bytes(FileId::Keys(1)).unwrap().len(), HEAD_BYTES + NONCE_BYTES + 64 * 33 + 16);
        let again = Keys::open(&files, [7; 16], 1, Secret::new([9; 32])).unwrap();
        assert_eq!(keys.record(5).unwrap().bytes(), again.record(5).unwrap().bytes());
        assert_ne!(keys.record(5).unwrap().bytes(), keys.record(6).unwrap().bytes());
        assert!(keys.record(64 * 1024).is_none());
        assert_eq!(keys.digest(64), again.digest(64));
        assert!(Keys::open(&files, [8; 16], 1, Secret::new([9; 32])).is_err());
    }

    #[test]
    fn skipped_pages_lose_their_keys_for_good() {
        let files = Memory::new();
        let mut keys = fresh(&files);
        let digest = keys.digest(3);
        let next = keys.skip(&files, 2100).unwrap();
        assert_eq!(next, 64 * 1024);
        let again = Keys::open(&files, [7; 16], 1, Secret::new([9; 32])).unwrap();
        assert!(again.record(2099).is_some() && again.record(next).is_some());
        assert!(again.record(3 * 1024).is_none() && again.record(next - 1).is_none());
        assert_eq!(again.digest(3), digest);
        assert_eq!(again.length, 128);
    }

    #[test]
    fn the_next_generation_lacks_what_was_taken_and_nothing_else() {
        let files = Memory::new();
        let keys = fresh(&files);
        let taken = BTreeSet::from([2100, 2101, 5000, 64 * 1024 + 7]);
        let next = keys.without(&taken, 1030).unwrap();
        next.write(&files).unwrap();
        assert_eq!(files.bytes(FileId::Keys(2)).unwrap().len() as u64, next.file_bytes() + 5);
        assert!(Keys::open(&files, [7; 16], 2, Secret::new([9; 32])).is_err());
        let again = Keys::open(&files, [7; 16], 2, next.by().clone()).unwrap();
        for number in 0..64 * 1024 {
            let key = again.record(number).map(|key| *key.bytes());
            let is_taken = number < 1030 || taken.contains(&number);
            assert_eq!(key, (!is_taken).then(|| *keys.record(number).unwrap().bytes()), "{number}");
        }
        assert!(matches!(again.find(3), Known::Forgotten) && matches!(again.find(64 * 1024), Known::Never));
        assert!(keys.reaches_below(1) && again.reaches_below(1031) && !again.reaches_below(1030));
    }

    #[test]
    fn a_page_that_loses_all_its_keys_takes_no_room() {
        let files = Memory::new();
        let keys = fresh(&files);
        let next = keys.without(&(1024..2048).collect(), 0).unwrap();
        assert_eq!(next.file_bytes() + 33, keys.file_bytes());
        let next = next.without(&BTreeSet::new(), 64 * 1024).unwrap();
        next.write(&files).unwrap();
        assert_eq!(Keys::open(&files, [7; 16], 3, next.by().clone()).unwrap().length, 64);
    }

    #[test]
    fn a_byte_that_changed_anywhere_is_noticed() {
        let files = Memory::new();
        fresh(&files);
        let whole = files.bytes(FileId::Keys(1)).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            files.set(FileId::Keys(1), bytes);
            assert!(Keys::open(&files, [7; 16], 1, Secret::new([9; 32])).is_err(), "byte {at}");
        }
    }
}
