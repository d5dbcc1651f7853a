//! The list of a snapshot: which chunks it is made of, of which vault and batch, from when, and the digest of all its
//! entries. It is written last and in two copies; a snapshot without it does not exist.
//!
//! ```text
//! piece    magic 8 ‖ format u16 ‖ nonce 24 ‖ sealed ‖ tag 16;  associated data: magic ‖ format ‖ backup 16 ‖ id 16
//! sealed   sequence u64 ‖ at u64 ‖ vault 16 ‖ batch u64 ‖ entries u64 ‖ bytes u64 ‖ digest 32
//!          ‖ count u32 ‖ (name 32 ‖ entries u32 ‖ piece bytes u32 ‖ first shelf u16 ‖ last shelf u16)* ‖ zeros (Padmé)
//! ```

use sesame_protocol::seal::padme;
use zeroize::Zeroizing;

use super::{
    Error,
    chunk::CHUNK_BYTES_MAX,
    key::{FORMAT, Key},
    target::{ChunkName, SnapshotId},
};
use crate::{
    cursor::Cursor,
    secret::{NONCE_BYTES, Nonces},
};

/// The longest list that is read: a million and a half chunks, a hundred gigabytes of entries.
pub(crate) const LIST_BYTES_MAX: u64 = 64 << 20;

const MAGIC: &[u8; 8] = b"SESAMEbs";
const LINE_BYTES: usize = 32 + 4 + 4 + 2 + 2;
const HEAD_BYTES: usize = 8 + 2;

/// What a snapshot is made of.
#[derive(Debug, Clone)]
pub(crate) struct Manifest {
    pub(crate) id: SnapshotId,
    /// Counts the snapshots of a backup: which is newer does not depend on clocks.
    pub(crate) sequence: u64,
    /// When it was made, in milliseconds since 1970.
    pub(crate) at: u64,
    pub(crate) vault: [u8; 16],
    pub(crate) batch: u64,
    pub(crate) entries: u64,
    /// Bytes of all contents.
    pub(crate) bytes: u64,
    /// BLAKE3 of all contents, one after the other.
    pub(crate) digest: [u8; 32],
    pub(crate) chunks: Vec<Line>,
}

/// One chunk of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) name: ChunkName,
    pub(crate) entries: u32,
    /// Bytes of the piece.
    pub(crate) bytes: u32,
    /// The shelves of its first and its last entry: what is lost with it.
    pub(crate) shelves: (u16, u16),
}

impl Manifest {
    /// The piece that keeps it.
    pub(crate) fn seal(&self, key: &Key) -> Result<Vec<u8>, Error> {
        let mut sealed = Zeroizing::new(Vec::with_capacity(200 + LINE_BYTES * self.chunks.len()));
        for number in [self.sequence, self.at] {
            sealed.extend_from_slice(&number.to_le_bytes());
        }
        sealed.extend_from_slice(&self.vault);
        for number in [self.batch, self.entries, self.bytes] {
            sealed.extend_from_slice(&number.to_le_bytes());
        }
        sealed.extend_from_slice(&self.digest);
        let count = u32::try_from(self.chunks.len()).map_err(|_| Error::TooLarge)?;
        sealed.extend_from_slice(&count.to_le_bytes());
        for line in &self.chunks {
            sealed.extend_from_slice(&line.name.0);
            sealed.extend_from_slice(&line.entries.to_le_bytes());
            sealed.extend_from_slice(&line.bytes.to_le_bytes());
            sealed.extend_from_slice(&line.shelves.0.to_le_bytes());
            sealed.extend_from_slice(&line.shelves.1.to_le_bytes());
        }
        let padded = padme(sealed.len());
        sealed.resize(padded, 0);
        let nonce = Nonces::draw()?.take();
        let head = head();
        let tag = key.snapshot(&self.id.0).seal(&nonce, &aad(key, &head, self.id), &mut sealed);
        let piece = [head.as_slice(), &nonce, &sealed, &tag].concat();
        if piece.len() as u64 > LIST_BYTES_MAX { Err(Error::TooLarge) } else { Ok(piece) }
    }

    /// Opens a piece; nothing if it does not verify. A newer format says so before anything is opened.
    pub(crate) fn open(key: &Key, id: SnapshotId, mut piece: Vec<u8>) -> Result<Option<Self>, Error> {
        let Some((found, rest)) = piece.split_first_chunk_mut::<HEAD_BYTES>() else { return Ok(None) };
        if !Cursor::new(found).begins(*MAGIC, FORMAT)? {
            return Ok(None);
        }
        let aad = aad(key, found, id);
        let Some((nonce, sealed)) = rest.split_first_chunk_mut::<NONCE_BYTES>() else { return Ok(None) };
        let Some(plain) = key.snapshot(&id.0).open(nonce, &aad, sealed) else { return Ok(None) };
        Ok(decode(id, plain))
    }
}

fn decode(id: SnapshotId, plain: &[u8]) -> Option<Manifest> {
    let mut cursor = Cursor::new(plain);
    let (sequence, at, vault) = (cursor.u64()?, cursor.u64()?, cursor.array()?);
    let (batch, entries, bytes) = (cursor.u64()?, cursor.u64()?, cursor.u64()?);
    let digest = cursor.array()?;
    let count = usize::try_from(cursor.u32()?).ok()?;
    // A count is believed only as far as there are bytes for it.
    let mut lines = Cursor::new(cursor.slice(count.checked_mul(LINE_BYTES)?)?);
    let mut chunks = Vec::with_capacity(count);
    let mut held = 0_u64;
    for _ in 0..count {
        let line = Line {
            name: ChunkName(lines.array()?),
            entries: lines.u32()?,
            bytes: lines.u32()?,
            shelves: (lines.u16()?, lines.u16()?),
        };
        if u64::from(line.bytes) > CHUNK_BYTES_MAX {
            return None;
        }
        held = held.checked_add(u64::from(line.entries))?;
        chunks.push(line);
    }
    (held == entries).then_some(Manifest { id, sequence, at, vault, batch, entries, bytes, digest, chunks })
}

fn head() -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    head[..8].copy_from_slice(MAGIC);
    head[8..].copy_from_slice(&FORMAT.to_le_bytes());
    head
}

fn aad(key: &Key, head: &[u8], id: SnapshotId) -> Vec<u8> {
    [head, &key.backup, &id.0].concat()
}
