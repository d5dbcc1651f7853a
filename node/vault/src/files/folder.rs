//! Whole folders of vaults: copied, removed, and exchanged so that at every moment there is one of two under a name.

use std::{
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::Path,
};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::{Disk, FileId, Files, scrub};
use crate::Error;

/// Folders within folders that are copied: an index has one.
const DEPTH_MAX: u32 = 4;

/// Copies a folder with its files; links and whatever else is no file stay behind.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
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

/// Removes the folder of a vault that nobody needs. Its key file is written over first, so that nothing opens what a disk
/// may keep of the rest.
pub(crate) fn destroy(dir: &Path) -> Result<(), Error> {
    if !dir.try_exists()? {
        return Ok(());
    }
    let disk = Disk::open(dir)?;
    for file in disk.list()? {
        if matches!(file, FileId::Keys(_)) {
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
    match renameat_with(CWD, dir, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => {
            sync_parent(dir)?;
            Ok(true)
        }
        Err(error) if [rustix::io::Errno::INVAL, rustix::io::Errno::NOSYS].contains(&error) => {
            rename(dir, aside)?;
            rename(other, dir)?;
            Ok(false)
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
