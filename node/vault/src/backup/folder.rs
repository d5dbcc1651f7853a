//! A folder that holds backups: one file a piece, for its owner alone. Links are not followed, and what is no piece is
//! left alone.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use rustix::{
    fs::{Mode, OFlags, open},
    io::Errno,
};

use super::{Error, PIECES_MAX, Piece, Target};

const LOCK: &str = "lock";
const DRAFT: &str = "draft";
/// What file systems put into every folder of theirs, and may lie in an empty one.
const OF_THE_SYSTEM: [&str; 2] = ["lost+found", "System Volume Information"];

/// A folder of backups. While it is open for writing nobody else writes to it.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    _lock: Option<File>,
}

impl Folder {
    /// Opens a folder for reading. Nothing in it is written or locked, so that a read-only disk will do.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        match fs::metadata(dir) {
            Ok(found) if found.is_dir() => Ok(Self { dir: dir.to_path_buf(), _lock: None }),
            Ok(_) => Err(Error::Missing),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::Missing),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens a folder for a backup, and makes it if it is missing. One with other things in it is refused: they belong to
    /// somebody.
    pub fn create(dir: &Path) -> Result<Self, Error> {
        DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => Error::Occupied,
            _ => error.into(),
        })?;
        let mut has_key = false;
        let mut has_other = false;
        for entry in fs::read_dir(dir)? {
            let name = entry?.file_name();
            let name = name.to_str().unwrap_or("?");
            has_key |= matches!(Piece::parse(name), Some(Piece::Key(_)));
            let is_ours =
                Piece::parse(name).is_some() || [LOCK, DRAFT].contains(&name) || OF_THE_SYSTEM.contains(&name);
            has_other |= !is_ours;
        }
        if has_other && !has_key {
            return Err(Error::Occupied);
        }
        let lock = lock(&dir.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { dir: dir.to_path_buf(), _lock: Some(lock) }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    fn path(&self, piece: Piece) -> PathBuf {
        self.dir.join(piece.file_name())
    }
}

/// Opens the file that is locked, and makes it if it is missing. Somebody else may have put a link there, which would
/// make a file elsewhere, or a pipe, which would never open.
fn lock(path: &Path) -> Result<File, Error> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let lock = match open(path, flags, Mode::RUSR | Mode::WUSR) {
        Ok(lock) => File::from(lock),
        Err(Errno::LOOP | Errno::NXIO | Errno::ISDIR) => return Err(Error::Occupied),
        Err(error) => return Err(io::Error::from(error).into()),
    };
    if lock.metadata()?.is_file() { Ok(lock) } else { Err(Error::Occupied) }
}

impl Target for Folder {
    fn list(&self) -> io::Result<Vec<(Piece, u64)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let Some(piece) = entry.file_name().to_str().and_then(Piece::parse) else { continue };
            let metadata = match entry.metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                metadata => metadata?,
            };
            if metadata.is_file() {
                found.push((piece, metadata.len()));
            }
            if found.len() > PIECES_MAX {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    fn read(&self, piece: Piece, max: u64) -> io::Result<Option<Vec<u8>>> {
        let path = self.path(piece);
        let length = match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() && found.len() <= max => found.len(),
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // It may grow while it is read.
        File::open(&path)?.take(max + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= max).then_some(bytes))
    }

    fn draft(&self, bytes: &[u8]) -> io::Result<()> {
        let path = self.dir.join(DRAFT);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn name(&self, piece: Piece) -> io::Result<()> {
        fs::rename(self.dir.join(DRAFT), self.path(piece))
    }

    fn sync(&self) -> io::Result<()> {
        match File::open(&self.dir)?.sync_all() {
            // Some file systems of sticks and networks keep their folders by themselves and know no such request.
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            synced => synced,
        }
    }

    fn remove(&self, piece: Piece) -> io::Result<()> {
        match fs::remove_file(self.path(piece)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
