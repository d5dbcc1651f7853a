//! Frames: what the journal is made of. A record frame holds one version of one entry under a key of its own; a commit
//! frame ends a batch and chains it to all before it. How they are laid out and sealed is here, where they lie is not.
//!
//! ```text
//! frame   len u32 ‖ record u64 ‖ nonce 24 ‖ sealed (len bytes, tag included)
//! record  kind u8 ‖ shelf u16 ‖ name len u16 ‖ name ‖ previous record u64, segment u32, offset u32 ‖ value len u32 ‖ value ‖ zeros
//!         sealed by the record's key; associated data: vault 16 ‖ segment u32 ‖ offset u64 ‖ record u64; Padmé
//! commit  batch u64 ‖ first u64 ‖ last u64 ‖ count u32 ‖ chain 32 ‖ generation u64
//!         sealed by the segment's key; associated data: vault 16 ‖ segment u32 ‖ offset u64 ‖ "commit"; record is 2^64 - 1
//! ```

use sesame_protocol::seal::padme;

use crate::{
    cursor::Cursor,
    secret::{NONCE_BYTES, Secret, TAG_BYTES},
    vault::{NAME_BYTES_MAX, VALUE_BYTES_MAX},
};

/// Bytes of a frame before what is sealed.
pub(crate) const HEAD_BYTES: usize = 4 + 8 + NONCE_BYTES;
/// Bytes of a commit frame.
pub(crate) const COMMIT_BYTES: usize = HEAD_BYTES + COMMIT_LENGTH as usize;
/// Bytes of the sealed part of a commit frame: six fields and the tag.
pub(crate) const COMMIT_LENGTH: u32 = 8 + 8 + 8 + 4 + 32 + 8 + 16;
/// The largest sealed part of a frame: the largest entry, an eighth more for Padmé, the tag.
pub(crate) const SEALED_BYTES_MAX: usize = {
    let plain = FIELDS_BYTES + NAME_BYTES_MAX + VALUE_BYTES_MAX;
    plain + plain / 8 + TAG_BYTES
};
/// The record number that marks a commit frame; no record ever has it.
pub(crate) const COMMIT_RECORD: u64 = u64::MAX;

const FIELDS_BYTES: usize = 1 + 2 + 2 + 8 + 4 + 4 + 4;
const NO_RECORD: u64 = u64::MAX;
const PUT: u8 = 1;
const DROP: u8 = 2;

/// Where a record frame lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) segment: u32,
    pub(crate) offset: u32,
    /// Bytes of the sealed part.
    pub(crate) length: u32,
    pub(crate) record: u64,
}

impl Place {
    /// Bytes that a place takes in a page of the index.
    pub(crate) const BYTES: usize = 20;

    /// Bytes that the whole frame takes in its segment.
    pub(crate) fn frame_bytes(self) -> u64 {
        HEAD_BYTES as u64 + u64::from(self.length)
    }

    pub(crate) fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..4].copy_from_slice(&self.segment.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.offset.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.length.to_le_bytes());
        bytes[12..].copy_from_slice(&self.record.to_le_bytes());
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        Some(Self { segment: cursor.u32()?, offset: cursor.u32()?, length: cursor.u32()?, record: cursor.u64()? })
    }
}

/// One entry as it is written. `path` is the shelf, big-endian, then the name.
pub(crate) struct Entry<'a> {
    pub(crate) path: &'a [u8],
    /// No value drops the entry.
    pub(crate) value: Option<&'a [u8]>,
    /// The version that this one replaces, so that *forget* finds them all.
    pub(crate) previous: Option<Place>,
}

/// One entry as it is read.
pub(crate) struct Read<'a> {
    pub(crate) path: Vec<u8>,
    pub(crate) value: Option<&'a [u8]>,
    pub(crate) previous: Option<Earlier>,
}

/// Where the version before lay: its length stands in its own head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Earlier {
    pub(crate) record: u64,
    pub(crate) segment: u32,
    pub(crate) offset: u32,
}

/// What a frame is bound to: it opens nowhere else.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) vault: [u8; 16],
    pub(crate) segment: u32,
    pub(crate) offset: u64,
}

impl Spot {
    fn record(&self, record: u64) -> [u8; 36] {
        let mut bytes = [0; 36];
        bytes[..28].copy_from_slice(&self.bytes());
        bytes[28..].copy_from_slice(&record.to_le_bytes());
        bytes
    }

    fn commit(&self) -> [u8; 34] {
        let mut bytes = [0; 34];
        bytes[..28].copy_from_slice(&self.bytes());
        bytes[28..].copy_from_slice(b"commit");
        bytes
    }

    fn bytes(&self) -> [u8; 28] {
        let mut bytes = [0; 28];
        bytes[..16].copy_from_slice(&self.vault);
        bytes[16..20].copy_from_slice(&self.segment.to_le_bytes());
        bytes[20..].copy_from_slice(&self.offset.to_le_bytes());
        bytes
    }
}

/// The plain start of a frame. Nothing in it is trusted before the frame opens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// Bytes of the sealed part, at most [`SEALED_BYTES_MAX`].
    pub(crate) length: usize,
    pub(crate) record: u64,
    pub(crate) nonce: [u8; NONCE_BYTES],
}

impl Head {
    /// Reads a head; nothing if its length is one that no frame has.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut cursor = Cursor::new(bytes);
        let length = usize::try_from(cursor.u32()?).ok()?;
        let record = cursor.u64()?;
        let nonce = cursor.array()?;
        let fits = match record {
            COMMIT_RECORD => length == COMMIT_LENGTH as usize,
            _ => (FIELDS_BYTES + TAG_BYTES..=SEALED_BYTES_MAX).contains(&length),
        };
        fits.then_some(Self { length, record, nonce })
    }
}

/// What a commit frame says of its batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) batch: u64,
    pub(crate) first: u64,
    pub(crate) last: u64,
    pub(crate) count: u32,
    pub(crate) chain: [u8; 32],
    /// The key file's generation when it was written.
    pub(crate) generation: u64,
}

/// Adds a record frame to `out` and returns its place.
pub(crate) fn seal_record(
    out: &mut Vec<u8>,
    spot: Spot,
    record: u64,
    key: &Secret,
    nonce: [u8; NONCE_BYTES],
    entry: &Entry<'_>,
) -> Place {
    let value = entry.value.unwrap_or_default();
    let (shelf, name) = entry.path.split_at(2);
    let plain = FIELDS_BYTES + name.len() + value.len();
    let padded = padme(plain);
    let length = u32::try_from(padded + TAG_BYTES).expect("an entry is bounded to a little over 1 MiB");
    out.reserve(HEAD_BYTES + padded + TAG_BYTES);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&record.to_le_bytes());
    out.extend_from_slice(&nonce);
    let start = out.len();
    out.push(if entry.value.is_some() { PUT } else { DROP });
    out.extend(shelf.iter().rev());
    out.extend_from_slice(&u16::try_from(name.len()).expect("a name is at most 512 bytes").to_le_bytes());
    out.extend_from_slice(name);
    let (earlier, segment, offset) =
        entry.previous.map_or((NO_RECORD, 0, 0), |place| (place.record, place.segment, place.offset));
    out.extend_from_slice(&earlier.to_le_bytes());
    out.extend_from_slice(&segment.to_le_bytes());
    out.extend_from_slice(&offset.to_le_bytes());
    out.extend_from_slice(&u32::try_from(value.len()).expect("a value is at most 1 MiB").to_le_bytes());
    out.extend_from_slice(value);
    out.resize(start + padded, 0);
    let tag = key.seal(&nonce, &spot.record(record), &mut out[start..]);
    out.extend_from_slice(&tag);
    let offset = u32::try_from(spot.offset).expect("a segment is far below 4 GiB");
    Place { segment: spot.segment, offset, length, record }
}

/// Opens the sealed part of a record frame where it lies.
pub(crate) fn open_record<'a>(spot: Spot, head: &Head, key: &Secret, sealed: &'a mut [u8]) -> Option<Read<'a>> {
    let plain = key.open(&head.nonce, &spot.record(head.record), sealed)?;
    let mut cursor = Cursor::new(plain);
    let kind = cursor.u8()?;
    let shelf = cursor.u16()?;
    let length = usize::from(cursor.u16()?);
    let name = cursor.slice(length)?;
    let earlier = Earlier { record: cursor.u64()?, segment: cursor.u32()?, offset: cursor.u32()? };
    let previous = (earlier.record != NO_RECORD).then_some(earlier);
    let length = usize::try_from(cursor.u32()?).ok()?;
    let value = cursor.slice(length)?;
    let mut path = Vec::with_capacity(2 + name.len());
    path.extend_from_slice(&shelf.to_be_bytes());
    path.extend_from_slice(name);
    match kind {
        PUT => Some(Read { path, value: Some(value), previous }),
        DROP if value.is_empty() => Some(Read { path, value: None, previous }),
        _ => None,
    }
}

/// Adds a commit frame to `out`.
pub(crate) fn seal_commit(out: &mut Vec<u8>, spot: Spot, key: &Secret, nonce: [u8; NONCE_BYTES], commit: &Commit) {
    out.extend_from_slice(&COMMIT_LENGTH.to_le_bytes());
    out.extend_from_slice(&COMMIT_RECORD.to_le_bytes());
    out.extend_from_slice(&nonce);
    let start = out.len();
    for number in [commit.batch, commit.first, commit.last] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&commit.count.to_le_bytes());
    out.extend_from_slice(&commit.chain);
    out.extend_from_slice(&commit.generation.to_le_bytes());
    let tag = key.seal(&nonce, &spot.commit(), &mut out[start..]);
    out.extend_from_slice(&tag);
}

/// Opens the sealed part of a commit frame where it lies.
pub(crate) fn open_commit(spot: Spot, head: &Head, key: &Secret, sealed: &mut [u8]) -> Option<Commit> {
    let plain = key.open(&head.nonce, &spot.commit(), sealed)?;
    let mut cursor = Cursor::new(plain);
    Some(Commit {
        batch: cursor.u64()?,
        first: cursor.u64()?,
        last: cursor.u64()?,
        count: cursor.u32()?,
        chain: cursor.array()?,
        generation: cursor.u64()?,
    })
}

/// The chain of a journal, fed with a batch's frames in their order.
pub(crate) struct Chain(blake3::Hasher);

impl Chain {
    /// Where the chain of a new vault starts.
    pub(crate) fn start(vault: [u8; 16]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("sesame/1/vault/chain");
        hasher.update(&vault);
        hasher.finalize().into()
    }

    pub(crate) fn follow(previous: &[u8; 32]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(previous);
        Self(hasher)
    }

    /// Adds a frame by its number, its length and its tag, which ends `sealed`.
    pub(crate) fn add(&mut self, record: u64, sealed: &[u8]) {
        let tag = &sealed[sealed.len() - TAG_BYTES..];
        self.0.update(&record.to_le_bytes()).update(&(sealed.len() as u64).to_le_bytes()).update(tag);
    }

    pub(crate) fn end(&self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

    use super::*;

    const SPOT: Spot = Spot { vault: [3; 16], segment: 7, offset: 96 };

    proptest! {
        #[test]
        fn an_entry_comes_back_and_opens_at_its_spot_alone(
            path in prop::collection::vec(any::<u8>(), 2..80),
            value in prop::option::of(prop::collection::vec(any::<u8>(), 0..300)),
            flip in any::<prop::sample::Index>(),
        ) {
            let key = Secret::new([5; 32]);
            let entry = Entry { path: &path, value: value.as_deref(), previous: None };
            let mut bytes = Vec::new();
            let place = seal_record(&mut bytes, SPOT, 9, &key, [1; 24], &entry);
            let head = Head::parse(&bytes).unwrap();
            prop_assert_eq!(head.length, place.length as usize);
            let sealed = bytes[HEAD_BYTES..].to_vec();
            prop_assert_eq!(sealed.len(), head.length);
            let mut copy = sealed.clone();
            let read = open_record(SPOT, &head, &key, &mut copy).unwrap();
            prop_assert_eq!(&read.path, &path);
            prop_assert_eq!(read.value, value.as_deref());
            for other in [
                Spot { offset: 97, ..SPOT }, Spot { segment: 8, ..SPOT }, Spot { vault: [4; 16], ..SPOT },
            ] {
                prop_assert!(open_record(other, &head, &key, &mut sealed.clone()).is_none());
            }
            let mut copy = sealed.clone();
            let at = flip.index(copy.len());
            copy[at] ^= 1;
            prop_assert!(open_record(SPOT, &head, &key, &mut copy).is_none());
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(head) = Head::parse(&bytes) {
                let _ = open_record(SPOT, &head, &Secret::new([5; 32]), &mut bytes);
            }
        }
    }

    #[test]
    fn a_commit_comes_back() {
        let commit = Commit { batch: 1, first: 2, last: 3, count: 2, chain: [8; 32], generation: 1 };
        let key = Secret::new([5; 32]);
        let mut bytes = Vec::new();
        seal_commit(&mut bytes, SPOT, &key, [1; 24], &commit);
        assert_eq!(bytes.len(), COMMIT_BYTES);
        let head = Head::parse(&bytes).unwrap();
        assert_eq!(open_commit(SPOT, &head, &key, &mut bytes[HEAD_BYTES..]), Some(commit));
    }
}
