//! A segment's header: the salt of its key, and the sealed link to the segment before it. The link says where the one
//! before ends, so that what a crash left behind that end is never read again.
//!
//! ```text
//! magic 8 ‖ vault 16 ‖ segment u32 ‖ salt 32 ‖ nonce 24 ‖ sealed: segment u32, offset u64, batch u64, chain 32, next u64 ‖ tag 16
//! ```

use crate::{
    Error, Files,
    cursor::Cursor,
    files::FileId,
    secret::{NONCE_BYTES, Nonces, Secret, TAG_BYTES, chance},
};

/// Bytes of a segment's header.
pub(crate) const HEADER_BYTES: usize = PLAIN_BYTES + NONCE_BYTES + Tip::BYTES + TAG_BYTES;

const MAGIC: &[u8; 8] = b"SESAMEvs";
const NUMBER_AT: usize = 8 + 16;
const PLAIN_BYTES: usize = NUMBER_AT + 4 + 32;

/// A place in the journal between two batches, and what leads there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tip {
    /// The segment; the first is 1, and 0 is before the first.
    pub(crate) segment: u32,
    /// Bytes from the segment's start.
    pub(crate) offset: u64,
    /// The last batch before it; 0 before the first.
    pub(crate) batch: u64,
    pub(crate) chain: [u8; 32],
    /// The lowest record number that was never used.
    pub(crate) next: u64,
}

impl Tip {
    /// Bytes that a tip takes.
    pub(crate) const BYTES: usize = 4 + 8 + 8 + 32 + 8;

    pub(crate) fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.segment.to_le_bytes());
        bytes.extend_from_slice(&self.offset.to_le_bytes());
        bytes.extend_from_slice(&self.batch.to_le_bytes());
        bytes.extend_from_slice(&self.chain);
        bytes.extend_from_slice(&self.next.to_le_bytes());
    }

    pub(crate) fn decode(cursor: &mut Cursor<'_>) -> Option<Self> {
        Some(Self {
            segment: cursor.u32()?,
            offset: cursor.u64()?,
            batch: cursor.u64()?,
            chain: cursor.array()?,
            next: cursor.u64()?,
        })
    }
}

/// A segment that can be read and written.
pub(crate) struct Segment {
    pub(crate) key: Secret,
    /// Where the journal stood when the segment was born.
    pub(crate) link: Tip,
}

/// Makes a segment after `link` and makes it durable; nothing of it stays if that fails.
pub(crate) fn create(
    files: &dyn Files,
    vault: [u8; 16],
    root: &Secret,
    number: u32,
    link: Tip,
) -> Result<Segment, Error> {
    let mut salt = [0; 32];
    chance(&mut salt)?;
    let key = key(root, &salt);
    let mut bytes = Vec::with_capacity(HEADER_BYTES);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&vault);
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&salt);
    let mut sealed = Vec::with_capacity(Tip::BYTES);
    link.encode(&mut sealed);
    let nonce = Nonces::draw()?.take();
    let tag = key.seal(&nonce, &bytes, &mut sealed);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    bytes.extend_from_slice(&tag);
    let file = FileId::Segment(number);
    let born = (|| {
        files.unlink(file)?;
        files.append(file, &bytes)?;
        files.sync(file)?;
        files.sync_dir()
    })();
    match born {
        Ok(()) => Ok(Segment { key, link }),
        Err(error) => {
            // A file that stays has no batches, and the next segment of this number replaces it.
            let _ = files.unlink(file);
            Err(error.into())
        }
    }
}

/// Reads a segment's header; nothing if it is missing or does not verify.
pub(crate) fn open(files: &dyn Files, vault: [u8; 16], root: &Secret, number: u32) -> Result<Option<Segment>, Error> {
    let file = FileId::Segment(number);
    let mut bytes = [0; HEADER_BYTES];
    if files.length(file)?.is_none() || files.read_at(file, 0, &mut bytes)? < HEADER_BYTES {
        return Ok(None);
    }
    Ok(parse(&mut bytes, vault, root, number))
}

fn parse(bytes: &mut [u8; HEADER_BYTES], vault: [u8; 16], root: &Secret, number: u32) -> Option<Segment> {
    let (plain, rest) = bytes.split_at_mut(PLAIN_BYTES);
    let mut cursor = Cursor::new(plain);
    let ours = cursor.array() == Some(*MAGIC) && cursor.array() == Some(vault) && cursor.u32() == Some(number);
    let salt: [u8; 32] = cursor.array()?;
    let (nonce, sealed) = rest.split_first_chunk_mut()?;
    let key = key(root, &salt);
    let link = Tip::decode(&mut Cursor::new(key.open(nonce, plain, sealed)?))?;
    ours.then_some(Segment { key, link })
}

fn key(root: &Secret, salt: &[u8; 32]) -> Secret {
    root.derive("sesame/1/seg", salt)
}

/// What can be had of a segment's header, however damaged it is.
pub(crate) struct Remains {
    /// The number that the header names, and where the journal stood, if it verifies.
    pub(crate) link: Option<(u32, Tip)>,
    /// The segment's key: the right one if at least the salt is.
    pub(crate) key: Secret,
}

/// Reads what is left of the header of the segment in a file.
pub(crate) fn remains(files: &dyn Files, vault: [u8; 16], root: &Secret, file: FileId) -> Result<Remains, Error> {
    let mut bytes = [0; HEADER_BYTES];
    files.read_at(file, 0, &mut bytes)?;
    let mut cursor = Cursor::new(&bytes[NUMBER_AT..]);
    let (number, salt) = (cursor.u32().unwrap_or(0), cursor.array().unwrap_or_default());
    let link = parse(&mut bytes, vault, root, number).map(|segment| (number, segment.link));
    Ok(Remains { link, key: key(root, &salt) })
}
