//! Whole folders of vaults: copied, removed, and exchanged so that at every moment there is one of two under a name.

use std::{
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::{Disk, FileId, Files, scrub};
use crate::Error;

/// Folders within folders that are copied: an index has one.
const DEPTH_MAX: u32 = 4;

/// Copies a folder with its files; links and whatever else is no file stay behind.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(from)?.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    copy_within(from, to, DEPTH_MAX)
}

fn copy_within(from: &Path, to: &Path, depth: u32) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, to) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() && depth > 0 {
            copy_within(&entry.path(), &to, depth - 1)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Removes a folder with all that is in it; one that is not there is no error.
pub(crate) fn remove(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The name of a folder beside this one: `NAME.what`.
pub(crate) fn beside(dir: &Path, what: &str) -> Result<PathBuf, Error> {
    let mut name = dir.file_name().ok_or(Error::Missing)?.to_os_string();
    name.push(".");
    name.push(what);
    Ok(dir.with_file_name(name))
}

/// Removes the folder of a vault that nobody needs. Its key file is written over first, so that nothing opens what a disk
/// may keep of the rest.
pub(crate) fn destroy(dir: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
        // What a link leads to is somebody else's.
        Ok(found) if found.is_symlink() => return Ok(fs::remove_file(dir)?),
        Ok(_) => {}
    }
    // It may have changed places with another: that one has its name for good before this one goes.
    sync_parent(dir)?;
    let disk = Disk::open(dir)?;
    for file in disk.list()? {
        if matches!(file, FileId::Keys(_) | FileId::Draft) {
            scrub(&disk, file)?;
        }
    }
    remove(dir)?;
    sync_parent(dir)?;
    Ok(())
}

/// Puts `other` in the place of `dir`, and what was there in the place of `other`; true if that was one step.
///
/// A disk that knows no such step gets two: first `dir` is renamed to `aside`, then `other` to `dir`. A crash between
/// them leaves no `dir`, and `other` whole.
pub(crate) fn exchange(dir: &Path, other: &Path, aside: &Path) -> io::Result<bool> {
    match exchange_at_once(dir, other) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            rename(dir, aside)?;
            rename(other, dir)?;
            Ok(false)
        }
        Err(error) => Err(error),
        Ok(()) => {
            // Until this is durable a crash of the machine leaves them as they were before: both are whole.
            sync_parent(dir)
                .unwrap_or_else(|error| tracing::warn!(%error, "the exchange of two folders is not synced"));
            Ok(true)
        }
    }
}

/// The same in one step, or not at all: [`io::ErrorKind::Unsupported`] where the disk knows no such step. It is durable once
/// their parent is synced.
pub(crate) fn exchange_at_once(dir: &Path, other: &Path) -> io::Result<()> {
    match renameat_with(CWD, dir, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            let why = "this disk cannot exchange two folders in one step";
            Err(io::Error::new(io::ErrorKind::Unsupported, why))
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives a folder another name beside it, durably.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_parent(to)
}

/// Makes it durable that a file or folder has its name.
pub(crate) fn sync_parent(dir: &Path) -> io::Result<()> {
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent)?.sync_all()
}
