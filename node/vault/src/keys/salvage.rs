//! What can still be had of a key file that does not verify, and the key file that a repaired vault goes on with.
//!
//! The file is sealed by a stream cipher: a byte that changed spoils the page in which it lies and no other. So it is
//! opened without its tag, which is safe here and nowhere else: a key that is wrong opens no frame, and whoever changes
//! bytes of the file without its key cannot know which key they make, so they cannot make a frame that opens either.

use std::{collections::BTreeMap, io};

use zeroize::Zeroizing;

use super::{FILE_BYTES_MAX, HEAD_BYTES, Keys, PAGE_RECORDS, PAGES_AHEAD, Page};
use crate::{
    Error, Files,
    files::FileId,
    secret::{NONCE_BYTES, Secret},
};

/// Where the file cannot be read it is read in parts of this size.
const SECTOR_BYTES: usize = 4096;
/// Pages without keys that one run may stand for: a run that says more is taken for a damaged one.
const RUN_MAX: u32 = 1 << 20;

const SEED: u8 = 1;
const PIERCED: u8 = 2;
const ABSENT: u8 = 3;
const SEED_BYTES: usize = 1 + 32;
const PIERCED_HEAD_BYTES: usize = 1 + 2;
const SLOT_BYTES: usize = 2 + 32;
const ABSENT_BYTES: usize = 1 + 4;

impl Keys {
    /// Reads what is left of a key file; nothing if it is missing, or too short to hold a page. Of what it gives nothing
    /// is sure but a key that opens a frame: a number without a key may have been forgotten, or its page is damaged.
    pub(crate) fn salvage(
        files: &dyn Files,
        vault: [u8; 16],
        generation: u64,
        by: Secret,
    ) -> Result<Option<Self>, Error> {
        let mut bytes = read_what_can_be(files, FileId::Keys(generation))?;
        let Some((_, rest)) = bytes.split_at_mut_checked(HEAD_BYTES) else { return Ok(None) };
        let Some((nonce, sealed)) = rest.split_first_chunk_mut::<NONCE_BYTES>() else { return Ok(None) };
        // A stream cipher opens by what it seals by.
        by.seal(nonce, &[], sealed);
        let (pages, length) = decode(sealed);
        Ok((!pages.is_empty()).then_some(Self { vault, generation, by, pages, length }))
    }

    /// The key file of a vault that begins behind all that this one has: none of its numbers gets a key, and the first
    /// that does is returned. It is written, under a key of its own.
    pub(crate) fn beyond(&self, files: &dyn Files, generation: u64, used: u64) -> Result<(Self, u64), Error> {
        let first = self.length.max(used.div_ceil(PAGE_RECORDS));
        let by = Secret::random()?;
        let mut keys = Self { vault: self.vault, generation, by, pages: BTreeMap::new(), length: first };
        keys.grow(first + PAGES_AHEAD)?;
        keys.write(files)?;
        Ok((keys, first * PAGE_RECORDS))
    }

    /// The lowest number that has no page.
    pub(crate) fn end(&self) -> u64 {
        self.length.saturating_mul(PAGE_RECORDS)
    }
}

/// A file's bytes, with zeros where the disk does not read them.
fn read_what_can_be(files: &dyn Files, file: FileId) -> Result<Zeroizing<Vec<u8>>, Error> {
    let length = files.length(file)?.unwrap_or(0).min(FILE_BYTES_MAX as u64);
    let mut bytes = Zeroizing::new(vec![0; usize::try_from(length).unwrap_or(FILE_BYTES_MAX)]);
    for is_again in [false, true] {
        match files.read_at(file, 0, &mut bytes) {
            Ok(read) => {
                bytes.truncate(read);
                return Ok(bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Zeroizing::default()),
            Err(error) => tracing::warn!(%error, is_again, "the key file cannot be read as a whole"),
        }
    }
    for (part, bytes) in bytes.chunks_mut(SECTOR_BYTES).enumerate() {
        if files.read_at(file, (part * SECTOR_BYTES) as u64, bytes).is_err() {
            bytes.fill(0);
        }
    }
    Ok(bytes)
}

/// Reads pages one after another, as far as bytes go; what has the shape of no page is taken for a damaged seed, which
/// most pages are. A page whose *length* was spoilt takes those behind it along.
fn decode(bytes: &[u8]) -> (BTreeMap<u64, Page>, u64) {
    let (mut pages, mut length, mut at) = (BTreeMap::new(), 0_u64, 0);
    while let Some(kind) = bytes.get(at) {
        let rest = &bytes[at..];
        if *kind == ABSENT
            && let Some(run) = absent(rest)
        {
            length += u64::from(run);
            at += ABSENT_BYTES;
        } else if *kind != SEED
            && let Some((left, taken)) = pierced(rest)
        {
            pages.insert(length, Page::Pierced(left));
            length += 1;
            at += taken;
        } else {
            let Some(seed) = rest.get(1..SEED_BYTES).and_then(|seed| seed.try_into().ok()) else { break };
            pages.insert(length, Page::Seed(seed));
            length += 1;
            at += SEED_BYTES;
        }
    }
    (pages, length)
}

fn absent(bytes: &[u8]) -> Option<u32> {
    let run = u32::from_le_bytes(bytes.get(1..ABSENT_BYTES)?.try_into().ok()?);
    (1..=RUN_MAX).contains(&run).then_some(run)
}

/// A pierced page and the bytes that it takes. Its slots rise: where they do, its count can be wrong and its kind too;
/// where its kind and count are right and another page follows, a slot can be.
fn pierced(bytes: &[u8]) -> Option<(BTreeMap<u16, Secret>, usize)> {
    let told = usize::from(u16::from_le_bytes(bytes.get(1..PIERCED_HEAD_BYTES)?.try_into().ok()?));
    let slots =
        || bytes[PIERCED_HEAD_BYTES..].chunks_exact(SLOT_BYTES).map(|entry| u16::from_le_bytes([entry[0], entry[1]]));
    let is_slot = |slot: u16| u64::from(slot) < PAGE_RECORDS;
    let mut before = None;
    let rising = slots().take_while(|slot| is_slot(*slot) && before.replace(*slot) < Some(*slot)).count();
    let ends_well = |count: usize| {
        let next = bytes.get(PIERCED_HEAD_BYTES + count * SLOT_BYTES);
        count > 0 && slots().len() >= count && next.is_none_or(|kind| (SEED..=ABSENT).contains(kind))
    };
    let is_told = (rising >= told || bytes[0] == PIERCED) && ends_well(told);
    let count = if is_told { told } else { rising };
    if !is_told && (bytes[0] != PIERCED || count == 0) {
        return None;
    }
    let entries = bytes[PIERCED_HEAD_BYTES..].chunks_exact(SLOT_BYTES).take(count);
    let keys = slots().zip(entries).filter(|(slot, _)| is_slot(*slot));
    let left = keys.filter_map(|(slot, entry)| Some((slot, Secret::new(entry[2..].try_into().ok()?)))).collect();
    Some((left, PIERCED_HEAD_BYTES + count * SLOT_BYTES))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Memory, keys::Known};

    /// A key file with a run of absent pages, pierced pages and seeds, and the keys of one number of each page.
    fn mixed(files: &Memory) -> Keys {
        let keys = Keys::create(files, [7; 16], 1, Secret::new([9; 32])).unwrap();
        let taken: BTreeSet<u64> = (6 * 1024..6 * 1024 + 1000).chain(9 * 1024..9 * 1024 + 1020).collect();
        let next = keys.without(&taken, 3 * 1024).unwrap();
        next.write(files).unwrap();
        next
    }

    #[test]
    fn a_byte_that_changed_takes_the_keys_of_its_own_page_and_no_other() {
        let files = Memory::new();
        let keys = mixed(&files);
        let whole = files.bytes(FileId::Keys(2)).unwrap();
        let numbers: Vec<u64> = (0..64).map(|page| page * 1024 + 1023).collect();
        let has = |keys: &Keys, number: u64| keys.record(number).map(|key| *key.bytes());
        for at in HEAD_BYTES + NONCE_BYTES..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            files.set(FileId::Keys(2), bytes);
            let found = Keys::salvage(&files, [7; 16], 2, keys.by().clone()).unwrap().unwrap();
            let wrong: Vec<u64> =
                numbers.iter().copied().filter(|number| has(&found, *number) != has(&keys, *number)).collect();
            // What says how many pages are absent names all that come behind; its loss cannot be made good.
            let is_run = at < HEAD_BYTES + NONCE_BYTES + ABSENT_BYTES;
            assert!(wrong.len() <= 1 || is_run, "byte {at}: {wrong:?}");
        }
    }

    #[test]
    fn a_key_file_that_was_cut_keeps_the_pages_before_the_cut() {
        let files = Memory::new();
        let keys = Keys::create(&files, [7; 16], 1, Secret::new([9; 32])).unwrap();
        let whole = files.bytes(FileId::Keys(1)).unwrap();
        for length in 0..whole.len() {
            files.set(FileId::Keys(1), whole[..length].to_vec());
            let found = Keys::salvage(&files, [7; 16], 1, keys.by().clone()).unwrap();
            let pages = length.saturating_sub(HEAD_BYTES + NONCE_BYTES) / SEED_BYTES;
            assert_eq!(found.as_ref().map_or(0, |found| found.pages.len()), pages);
            for page in 0..pages as u64 {
                let key = found.as_ref().and_then(|found| found.record(page * 1024 + 3));
                assert_eq!(key.unwrap().bytes(), keys.record(page * 1024 + 3).unwrap().bytes());
            }
        }
        files.unlink(FileId::Keys(1)).unwrap();
        assert!(Keys::salvage(&files, [7; 16], 1, keys.by().clone()).unwrap().is_none());
    }

    #[test]
    fn the_key_file_beyond_another_gives_none_of_its_numbers_a_key() {
        let files = Memory::new();
        let keys = mixed(&files);
        let (next, first) = keys.beyond(&files, 3, 70 * 1024 + 1).unwrap();
        assert_eq!(first, 71 * 1024);
        assert!(matches!(next.find(first - 1), Known::Forgotten) && matches!(next.find(first), Known::Key(_)));
        assert!(!next.reaches_below(first));
        let again = Keys::open(&files, [7; 16], 3, next.by().clone()).unwrap();
        assert!(again.end() == next.end() && again.record(5).is_none());
    }
}
