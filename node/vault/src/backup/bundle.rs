//! A backup in one file: the same pieces one after the other, each behind a head that says what it is. A head that is
//! damaged costs its own piece; the next one is found again.
//!
//! ```text
//! head  marker 8 ‖ kind u8 ‖ name 32 ‖ length u32 ‖ check 8;  then the piece
//! ```

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    ChunkName, Error, PIECES_MAX, Piece, SnapshotId, Target, chunk::CHUNK_BYTES_MAX, manifest::LIST_BYTES_MAX,
};
use crate::{Slot, cursor::Cursor, files::folder};

const MARKER: &[u8; 8] = b"SESAMEbp";
const HEAD_BYTES: usize = 8 + 1 + 32 + 4 + 8;
const CHECK_BYTES: usize = 8;
const KEY_A: u8 = 1;
const KEY_B: u8 = 2;
const CHUNK: u8 = 3;
const SNAPSHOT_A: u8 = 4;
const SNAPSHOT_B: u8 = 5;
/// Bytes looked through at once for the next marker.
const WINDOW_BYTES: usize = 64 << 10;
/// How often a marker is looked for: a file with more damage than this is made of nothing else.
const SEARCHES_MAX: u32 = 4096;
const LONGEST: u64 = if CHUNK_BYTES_MAX > LIST_BYTES_MAX { CHUNK_BYTES_MAX } else { LIST_BYTES_MAX };

/// One file that holds a backup.
#[derive(Debug)]
pub struct Bundle {
    path: PathBuf,
    file: File,
    held: Mutex<Held>,
    is_new: bool,
}

#[derive(Debug, Default)]
struct Held {
    /// Where each piece begins, and its bytes.
    pieces: BTreeMap<Piece, (u64, u64)>,
    draft: Vec<u8>,
    end: u64,
}

impl Bundle {
    /// Opens a file for reading.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = match fs::metadata(path) {
            Ok(found) if found.is_file() => File::open(path)?,
            Ok(_) => return Err(Error::Missing),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Error::Missing),
            Err(error) => return Err(error.into()),
        };
        let held = Mutex::new(scan(&file)?);
        Ok(Self { path: path.to_path_buf(), file, held, is_new: false })
    }

    /// Begins a file. It has the name `PATH.part` until it is [finished](Self::finish); what an earlier backup that was
    /// interrupted left under that name goes. A file that is there already is never touched.
    pub fn create(path: &Path) -> Result<Self, Error> {
        if fs::symlink_metadata(path).is_ok() {
            return Err(Error::Occupied);
        }
        let part = part(path);
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(part)?;
        Ok(Self { path: path.to_path_buf(), file, held: Mutex::default(), is_new: true })
    }

    /// Makes the file durable and gives it its name.
    pub fn finish(mut self) -> Result<(), Error> {
        self.file.sync_all()?;
        if fs::symlink_metadata(&self.path).is_ok() {
            return Err(Error::Occupied);
        }
        fs::rename(part(&self.path), &self.path)?;
        self.is_new = false;
        match folder::sync_parent(&self.path) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
                Err(error.into())
            }
            _ => Ok(()),
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Bundle {
    fn drop(&mut self) {
        if self.is_new {
            // A half is of no use to anybody; the next backup removes it if this does not.
            fs::remove_file(part(&self.path)).ok();
        }
    }
}

impl Target for Bundle {
    fn list(&self) -> io::Result<Vec<(Piece, u64)>> {
        Ok(self.held().pieces.iter().map(|(piece, (_, length))| (*piece, *length)).collect())
    }

    fn read(&self, piece: Piece, max: u64) -> io::Result<Option<Vec<u8>>> {
        let Some((at, length)) = self.held().pieces.get(&piece).copied().filter(|(_, length)| *length <= max) else {
            return Ok(None);
        };
        let Ok(length) = usize::try_from(length) else { return Ok(None) };
        let mut bytes = vec![0; length];
        let read = read_at(&self.file, at, &mut bytes)?;
        Ok((read == length).then_some(bytes))
    }

    fn draft(&self, bytes: &[u8]) -> io::Result<()> {
        self.held().draft = bytes.to_vec();
        Ok(())
    }

    fn name(&self, piece: Piece) -> io::Result<()> {
        let mut held = self.held();
        let bytes = std::mem::take(&mut held.draft);
        let head = head(piece, u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?);
        (&self.file).write_all(&head)?;
        (&self.file).write_all(&bytes)?;
        let at = held.end + HEAD_BYTES as u64;
        held.end = at + bytes.len() as u64;
        held.pieces.insert(piece, (at, bytes.len() as u64));
        Ok(())
    }

    /// Nothing of a file counts before it is finished.
    fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// A file is made once; nothing is taken out of it.
    fn remove(&self, _: Piece) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn head(piece: Piece, length: u32) -> [u8; HEAD_BYTES] {
    let mut name = [0; 32];
    let kind = match piece {
        Piece::Key(Slot::A) => KEY_A,
        Piece::Key(Slot::B) => KEY_B,
        Piece::Chunk(chunk) => {
            name = chunk.0;
            CHUNK
        }
        Piece::Snapshot(id, slot) => {
            name[..16].copy_from_slice(&id.0);
            if slot == Slot::A { SNAPSHOT_A } else { SNAPSHOT_B }
        }
    };
    let mut head = [0; HEAD_BYTES];
    head[..8].copy_from_slice(MARKER);
    head[8] = kind;
    head[9..41].copy_from_slice(&name);
    head[41..45].copy_from_slice(&length.to_le_bytes());
    let check = blake3::hash(&head[..45]);
    head[45..].copy_from_slice(&check.as_bytes()[..CHECK_BYTES]);
    head
}

/// Reads a head; nothing if it is none in its one spelling.
fn parse(bytes: &[u8; HEAD_BYTES]) -> Option<(Piece, u32)> {
    let mut cursor = Cursor::new(bytes);
    cursor.slice(MARKER.len())?;
    let kind = cursor.u8()?;
    let name: [u8; 32] = cursor.array()?;
    let length = cursor.u32()?;
    let id = SnapshotId(*name.first_chunk()?);
    let piece = match kind {
        KEY_A => Piece::Key(Slot::A),
        KEY_B => Piece::Key(Slot::B),
        CHUNK => Piece::Chunk(ChunkName(name)),
        SNAPSHOT_A => Piece::Snapshot(id, Slot::A),
        SNAPSHOT_B => Piece::Snapshot(id, Slot::B),
        _ => return None,
    };
    (head(piece, length) == *bytes && u64::from(length) <= LONGEST).then_some((piece, length))
}

/// Finds all pieces. Of two with one name the first counts.
fn scan(file: &File) -> Result<Held, Error> {
    let mut held = Held { end: file.metadata()?.len(), ..Held::default() };
    let (mut at, mut searches) = (0, 0);
    while at < held.end && searches < SEARCHES_MAX {
        let mut bytes = [0; HEAD_BYTES];
        let read = read_at(file, at, &mut bytes)?;
        let found = if read == HEAD_BYTES { parse(&bytes) } else { None };
        let Some((piece, length)) = found else {
            let Some(next) = next_marker(file, at + 1)? else { break };
            at = next;
            searches += 1;
            continue;
        };
        let start = at + HEAD_BYTES as u64;
        at = start + u64::from(length);
        if at > held.end {
            // Cut short: what looks like a piece in it is none.
            break;
        }
        held.pieces.entry(piece).or_insert((start, u64::from(length)));
        if held.pieces.len() > PIECES_MAX {
            return Err(Error::TooLarge);
        }
    }
    Ok(held)
}

/// Where the next marker is, from a place on.
fn next_marker(file: &File, from: u64) -> io::Result<Option<u64>> {
    let mut window = vec![0; WINDOW_BYTES];
    let mut at = from;
    loop {
        let read = read_at(file, at, &mut window)?;
        if read < MARKER.len() {
            return Ok(None);
        }
        let found = window.get(..read).and_then(|held| held.windows(MARKER.len()).position(|part| part == MARKER));
        if let Some(found) = found {
            return Ok(Some(at + found as u64));
        }
        at += (read - MARKER.len() + 1) as u64;
    }
}

fn read_at(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while let Some(rest) = into.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match file.read_at(rest, at + done as u64) {
            Ok(0) => break,
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}
