//! Chunks: entries that lie together, cut where a keyed hash says so, compressed if that pays, padded, and sealed under a
//! key of their own. A chunk's name is a keyed hash of its content, so that what did not change is not written again.
//!
//! ```text
//! content  (path len u16 ‖ path ‖ value len u32 ‖ value)*
//! piece    nonce 24 ‖ sealed ‖ tag 16;  sealed: kind u8 ‖ content len u32 ‖ body len u32 ‖ body ‖ zeros (Padmé)
//!          associated data: "chunk" ‖ backup 16 ‖ name 32
//! ```
//!
//! A chunk ends behind an entry whose key says so: a keyed hash of it, weighed by the size of the entry as a power of
//! two, so that chunks have the same size on average whether entries are of a hundred bytes or of a hundred thousand.
//! A value that changes moves no boundary unless its size leaves that class; then a few chunks change and no more.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sesame_protocol::seal::padme;
use zeroize::Zeroizing;

use super::{Error, key::Key, target::ChunkName};
use crate::{
    cursor::Cursor,
    secret::{NONCE_BYTES, Nonces, Secret, TAG_BYTES},
    vault::{NAME_BYTES_MAX, VALUE_BYTES_MAX},
};

/// Chunks below this do not end by choice: each is a file, and its head and its line in the list are not free.
const LEAST_BYTES: usize = 16 << 10;
/// A boundary comes once in so many bytes.
const USUAL_BYTES: u64 = 64 << 10;
/// A chunk ends here whatever the hash says.
const LARGEST_BYTES: usize = 512 << 10;
/// The longest path: a shelf and a name.
const PATH_BYTES_MAX: usize = 2 + NAME_BYTES_MAX;
/// The largest content: the largest chunk, or one largest entry.
const CONTENT_BYTES_MAX: usize = {
    let entry = 2 + PATH_BYTES_MAX + 4 + VALUE_BYTES_MAX;
    if entry > LARGEST_BYTES { entry } else { LARGEST_BYTES }
};
const FIELDS_BYTES: usize = 1 + 4 + 4;
/// The largest piece.
pub(crate) const CHUNK_BYTES_MAX: u64 = (NONCE_BYTES + padme(FIELDS_BYTES + CONTENT_BYTES_MAX) + TAG_BYTES) as u64;

const RAW: u8 = 0;
const DEFLATED: u8 = 1;

/// Entries that were cut off together.
pub(crate) struct Chunk {
    pub(crate) content: Zeroizing<Vec<u8>>,
    pub(crate) entries: u32,
    /// The shelves of the first and the last entry.
    pub(crate) shelves: (u16, u16),
}

/// Gathers entries and says where a chunk ends.
pub(crate) struct Cutter {
    key: Secret,
    open: Chunk,
}

impl Chunk {
    fn empty() -> Self {
        Self { content: Zeroizing::new(Vec::new()), entries: 0, shelves: (0, 0) }
    }

    /// The chunk's name.
    pub(crate) fn name(&self, key: &Key) -> ChunkName {
        ChunkName(key.names().hash(&[&self.content]))
    }

    /// The piece that keeps it.
    pub(crate) fn seal(&self, key: &Key, name: &ChunkName) -> Result<Vec<u8>, Error> {
        let deflated = deflate(&self.content)?;
        // Padding takes up to an eighth: what saves less is not worth the time of reading it back.
        let pays = deflated.len() < self.content.len() - self.content.len() / 8;
        let (kind, body) = if pays { (DEFLATED, &*deflated) } else { (RAW, &*self.content) };
        let length =
            |bytes: &[u8]| u32::try_from(bytes.len()).expect("a chunk is bounded far below this").to_le_bytes();
        let mut sealed = Zeroizing::new(Vec::with_capacity(padme(FIELDS_BYTES + body.len())));
        sealed.push(kind);
        sealed.extend_from_slice(&length(&self.content));
        sealed.extend_from_slice(&length(body));
        sealed.extend_from_slice(body);
        let padded = padme(sealed.len());
        sealed.resize(padded, 0);
        let nonce = Nonces::draw()?.take();
        let tag = key.chunk(&name.0).seal(&nonce, &aad(key, name), &mut sealed);
        Ok([nonce.as_slice(), &sealed, &tag].concat())
    }
}

impl Cutter {
    pub(crate) fn new(key: &Key) -> Self {
        Self { key: key.cuts(), open: Chunk::empty() }
    }

    /// Takes the next entry, in order. Gives the chunks that end before or behind it.
    pub(crate) fn push(&mut self, path: &[u8], value: &[u8]) -> [Option<Chunk>; 2] {
        let length = 2 + path.len() + 4 + value.len();
        let is_full = self.open.entries > 0 && self.open.content.len() + length > LARGEST_BYTES;
        let before = if is_full { self.finish() } else { None };
        let shelf = path.first_chunk().map_or(0, |shelf| u16::from_be_bytes(*shelf));
        if self.open.entries == 0 {
            self.open.shelves.0 = shelf;
        }
        self.open.shelves.1 = shelf;
        self.open.entries += 1;
        let content = &mut self.open.content;
        content.extend_from_slice(&u16::try_from(path.len()).expect("paths are bounded far below this").to_le_bytes());
        content.extend_from_slice(path);
        content.extend_from_slice(&u32::try_from(value.len()).expect("values are bounded below this").to_le_bytes());
        content.extend_from_slice(value);
        let ends = self.open.content.len() >= LEAST_BYTES && self.is_boundary(path, length);
        [before, if ends { self.finish() } else { None }]
    }

    /// What was gathered since the last end, if anything.
    pub(crate) fn finish(&mut self) -> Option<Chunk> {
        let chunk = std::mem::replace(&mut self.open, Chunk::empty());
        (chunk.entries > 0).then_some(chunk)
    }

    fn is_boundary(&self, path: &[u8], length: usize) -> bool {
        let hash = self.key.hash(&[path]);
        let drawn = u64::from_le_bytes(*hash.first_chunk().expect("a hash has 32 bytes"));
        let class = length.next_power_of_two() as u128;
        (u128::from(drawn) * u128::from(USUAL_BYTES)) >> 64 < class
    }
}

/// Opens a piece and checks that it is the one of that name. Nothing if it is not.
pub(crate) fn open(key: &Key, name: &ChunkName, mut piece: Vec<u8>) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = piece.split_first_chunk_mut::<NONCE_BYTES>()?;
    let plain = key.chunk(&name.0).open(nonce, &aad(key, name), sealed)?;
    let mut cursor = Cursor::new(plain);
    let kind = cursor.u8()?;
    let length = usize::try_from(cursor.u32()?).ok().filter(|length| *length <= CONTENT_BYTES_MAX)?;
    let body = usize::try_from(cursor.u32()?).ok()?;
    let body = cursor.slice(body)?;
    let content = match kind {
        RAW => Zeroizing::new(body.to_vec()),
        DEFLATED => inflate(body, length)?,
        _ => return None,
    };
    (content.len() == length && key.names().hash(&[&content]) == name.0).then_some(content)
}

/// The entries of a content, in order; nothing where it does not read as entries.
pub(crate) fn entries(content: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let mut cursor = Cursor::new(content);
    let mut found = Vec::new();
    while !cursor.rest().is_empty() {
        let path = usize::from(cursor.u16()?);
        let path = cursor.slice(path).filter(|path| (2..=PATH_BYTES_MAX).contains(&path.len()))?;
        let value = usize::try_from(cursor.u32()?).ok().filter(|length| *length <= VALUE_BYTES_MAX)?;
        found.push((path, cursor.slice(value)?));
    }
    Some(found)
}

fn aad(key: &Key, name: &ChunkName) -> Vec<u8> {
    [b"chunk".as_slice(), &key.backup, &name.0].concat()
}

fn deflate(content: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(content.len() / 2), Compression::default());
    encoder.write_all(content)?;
    Ok(Zeroizing::new(encoder.finish()?))
}

fn inflate(body: &[u8], length: usize) -> Option<Zeroizing<Vec<u8>>> {
    let mut content = Zeroizing::new(Vec::with_capacity(length));
    let most = u64::try_from(length).ok()?.checked_add(1)?;
    DeflateDecoder::new(body).take(most).read_to_end(&mut content).ok()?;
    Some(content)
}
