//! The few things that the vault asks of a disk, as a trait: a real folder ([`Disk`]), memory ([`Memory`]), and whatever
//! a test puts between to tear, lose or refuse writes. It knows file names and bytes, and nothing of what they mean.

mod disk;
pub(crate) mod folder;
mod memory;

use std::io;

pub(crate) use self::disk::has_header;
pub use self::{disk::Disk, memory::Memory};
use crate::{Error, secret::chance};

/// Bytes of chance written at once.
const SCRUB_BYTES: usize = 64 << 10;

/// One of a vault's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileId {
    /// One of the two copies of the header.
    Header(Slot),
    /// One of the two checkpoints, written in turn.
    Checkpoint(Slot),
    /// The key file of a generation.
    Keys(u64),
    /// A file that is being written, before it takes its name.
    Draft,
    /// A segment of the journal.
    Segment(u32),
}

/// Which of two copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The first.
    A,
    /// The second.
    B,
}

impl Slot {
    /// Both slots.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

impl FileId {
    /// The file's name in the vault's folder.
    pub fn name(self) -> String {
        match self {
            Self::Header(Slot::A) => "header.a".into(),
            Self::Header(Slot::B) => "header.b".into(),
            Self::Checkpoint(Slot::A) => "checkpoint.a".into(),
            Self::Checkpoint(Slot::B) => "checkpoint.b".into(),
            Self::Keys(generation) => format!("keys.{generation}"),
            Self::Draft => "draft".into(),
            Self::Segment(number) => format!("segment.{number:08}"),
        }
    }

    /// The file of that name, if it is one of a vault's in its one spelling.
    pub fn parse(name: &str) -> Option<Self> {
        let found = match name {
            "header.a" => Self::Header(Slot::A),
            "header.b" => Self::Header(Slot::B),
            "checkpoint.a" => Self::Checkpoint(Slot::A),
            "checkpoint.b" => Self::Checkpoint(Slot::B),
            "draft" => Self::Draft,
            _ => match name.split_once('.')? {
                ("keys", number) => Self::Keys(number.parse().ok()?),
                ("segment", number) => Self::Segment(number.parse().ok()?),
                _ => return None,
            },
        };
        (found.name() == name).then_some(found)
    }
}

/// What the vault asks of a disk.
///
/// Every method may fail at any time and may then have done part of its work; the vault relies on nothing but
/// [`sync`](Self::sync) and [`sync_dir`](Self::sync_dir) having returned. The vault calls the methods that write from
/// one thread; `read_at` is called from many.
pub trait Files: Send + Sync {
    /// Adds bytes at the end of a file, which is made if it is missing, and returns the offset of the first of them.
    fn append(&self, file: FileId, bytes: &[u8]) -> io::Result<u64>;
    /// Writes bytes at an offset of a file, which is made if it is missing.
    fn overwrite(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<()>;
    /// Cuts a file down to a length in bytes.
    fn truncate(&self, file: FileId, length: u64) -> io::Result<()>;
    /// Makes the file's bytes and length durable (fdatasync).
    fn sync(&self, file: FileId) -> io::Result<()>;
    /// Makes births, renames and removals durable (fsync of the folder).
    fn sync_dir(&self) -> io::Result<()>;
    /// Fills `into` from an offset; fewer bytes than asked means that the file ends there.
    fn read_at(&self, file: FileId, at: u64, into: &mut [u8]) -> io::Result<usize>;
    /// The file's length in bytes, or nothing if it does not exist.
    fn length(&self, file: FileId) -> io::Result<Option<u64>>;
    /// Gives a file another name, replacing what had it.
    fn rename(&self, from: FileId, to: FileId) -> io::Result<()>;
    /// Removes a file; one that is not there is no error.
    fn unlink(&self, file: FileId) -> io::Result<()>;
    /// All files of the vault, in order.
    fn list(&self) -> io::Result<Vec<FileId>>;
    /// Keeps room for the day on which the disk is full, where none is kept yet. All of it or nothing.
    fn keep_room(&self) -> io::Result<()> {
        Ok(())
    }
    /// Gives up the room that was kept; false if there was none.
    fn give_room(&self) -> io::Result<bool> {
        Ok(false)
    }
    /// Names in the vault's folder that are none of its files.
    fn strays(&self) -> io::Result<Vec<String>> {
        Ok(Vec::new())
    }
    /// Names in the vault's folder, `.` for itself, that more than the owner may use, and their modes; those too that
    /// were narrowed when the folder was opened.
    fn wide(&self) -> io::Result<Vec<(String, u32)>> {
        Ok(Vec::new())
    }
}

/// Writes chance over a file, makes that durable, and removes it. What a disk keeps elsewhere of it is beyond a program.
pub(crate) fn scrub(files: &dyn Files, file: FileId) -> Result<(), Error> {
    let Some(length) = files.length(file)? else { return Ok(()) };
    let mut noise = vec![0; SCRUB_BYTES];
    let mut at = 0;
    while at < length {
        let step = usize::try_from(length - at).unwrap_or(usize::MAX).min(SCRUB_BYTES);
        chance(&mut noise[..step])?;
        files.overwrite(file, at, &noise[..step])?;
        at += step as u64;
    }
    files.sync(file)?;
    files.unlink(file)?;
    files.sync_dir()?;
    Ok(())
}

/// Reads a whole file of at most `max` bytes; nothing if it is missing or longer.
pub(crate) fn read_whole(files: &dyn Files, file: FileId, max: u64) -> io::Result<Option<Vec<u8>>> {
    let Some(length) = files.length(file)? else { return Ok(None) };
    if length > max {
        return Ok(None);
    }
    let Ok(length) = usize::try_from(length) else { return Ok(None) };
    let mut bytes = vec![0; length];
    let read = files.read_at(file, 0, &mut bytes)?;
    bytes.truncate(read);
    Ok(Some(bytes))
}
