//! Where a backup lies, as a trait: a folder ([`Folder`](super::Folder)), one file ([`Bundle`](super::Bundle)), memory, and
//! whatever a test puts between. It knows pieces and bytes, and nothing of what they mean.

use std::{fmt, io};

use crate::Slot;

/// The most pieces that are looked at: two hundred gigabytes of the usual chunks. A folder with more is not ours.
pub const PIECES_MAX: usize = 1 << 22;

/// One of the things that a backup is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// One of the two copies of the key.
    Key(Slot),
    /// Entries, by their name.
    Chunk(ChunkName),
    /// One of the two copies of a list of chunks, by the id of the snapshot.
    Snapshot(SnapshotId, Slot),
}

/// The name of a chunk: a keyed hash of its content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChunkName(pub [u8; 32]);

/// The id of a snapshot: chance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub [u8; 16]);

/// Where a backup is written to and read from.
///
/// Nothing is ever overwritten: bytes go into a draft, which takes its name when they are durable. After an error or a
/// crash a piece is there whole or not at all.
pub trait Target {
    /// All pieces and their lengths in bytes, in order. What is no piece is passed over.
    fn list(&self) -> io::Result<Vec<(Piece, u64)>>;
    /// A piece's bytes; nothing if it is missing, is no plain file, or has more than `max` bytes.
    fn read(&self, piece: Piece, max: u64) -> io::Result<Option<Vec<u8>>>;
    /// Writes the bytes into the draft and makes them durable, whatever was in it before.
    fn draft(&self, bytes: &[u8]) -> io::Result<()>;
    /// Gives the draft its name.
    fn name(&self, piece: Piece) -> io::Result<()>;
    /// Makes names and removals durable.
    fn sync(&self) -> io::Result<()>;
    /// Removes a piece; one that is not there is no error.
    fn remove(&self, piece: Piece) -> io::Result<()>;
}

impl Piece {
    /// The file's name in a folder.
    pub fn file_name(self) -> String {
        match self {
            Self::Key(slot) => format!("key.{}", letter(slot)),
            Self::Chunk(name) => format!("chunk.{name}"),
            Self::Snapshot(id, slot) => format!("snapshot.{id}.{}", letter(slot)),
        }
    }

    /// The piece of that name, if it is one in its one spelling.
    pub fn parse(name: &str) -> Option<Self> {
        let (kind, rest) = name.split_once('.')?;
        let found = match kind {
            "key" => Self::Key(slot(rest)?),
            "chunk" => Self::Chunk(ChunkName(unhex(rest)?)),
            "snapshot" => {
                let (id, copy) = rest.split_once('.')?;
                Self::Snapshot(SnapshotId(unhex(id)?), slot(copy)?)
            }
            _ => return None,
        };
        (found.file_name() == name).then_some(found)
    }
}

impl fmt::Display for ChunkName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, formatter)
    }
}

impl fmt::Debug for ChunkName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, formatter)
    }
}

impl fmt::Display for SnapshotId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, formatter)
    }
}

impl fmt::Debug for SnapshotId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, formatter)
    }
}

fn letter(slot: Slot) -> char {
    match slot {
        Slot::A => 'a',
        Slot::B => 'b',
    }
}

fn slot(text: &str) -> Option<Slot> {
    match text {
        "a" => Some(Slot::A),
        "b" => Some(Slot::B),
        _ => None,
    }
}

fn hex(bytes: &[u8], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_spelling_of_a_name_is_a_piece() {
        let all =
            [Piece::Key(Slot::A), Piece::Chunk(ChunkName([0xAB; 32])), Piece::Snapshot(SnapshotId([7; 16]), Slot::B)];
        for piece in all {
            assert_eq!(Piece::parse(&piece.file_name()), Some(piece));
        }
        let upper = Piece::Chunk(ChunkName([0xAB; 32])).file_name().to_uppercase();
        let long = format!("chunk.{}/../../x", "ab".repeat(32));
        let signed = format!("chunk.+{}", "a".repeat(63));
        for name in ["key.c", "key", "chunk.", "chunk.ab", "../key.a", "snapshot.07.a", "draft", "lock", "é.a"] {
            assert_eq!(Piece::parse(name), None, "{name}");
        }
        for name in [upper, long, signed] {
            assert_eq!(Piece::parse(&name), None, "{name}");
        }
    }
}
