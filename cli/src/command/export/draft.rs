//! The folder of an export while it is being made: beside its place, under a name that begins with a dot, and put there
//! whole. What ends an export early takes the folder along; what a power cut left is taken away by the next one.

use std::fs::{DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags, flock, fstat, open};
use rustix::io::Errno;
use rustix::process::geteuid;
use serde_json::{Value, json};
use sesame_api::{Code, Problem};

use super::super::write_new;
use super::table;
use crate::{Result, problem};

/// Bytes of a name that go into that of a file: with its folder's kind and an id it stays below the 255 of every file
/// system.
const NAME_BYTES_MAX: usize = 150;
/// More behind the last dot is no extension.
const EXTENSION_BYTES_MAX: usize = 16;
/// The folders that an export makes in its own.
const KINDS: [&str; 4] = ["imports", "receipts", "readings", "papers"];

/// A folder that is being made, and taken away again unless it is finished.
pub(super) struct Draft {
    folder: PathBuf,
    /// The folder, locked as long as it is being written.
    held: File,
    /// Every file that was written, with its size.
    pub(super) files: Vec<Value>,
    /// Files that the vault no longer has whole.
    pub(super) lost: Vec<String>,
    /// What is of a special category and was not asked for.
    pub(super) left_out: Vec<Value>,
    is_whole: bool,
}

impl Draft {
    /// A new folder beside the one that it will become, in the place of what an earlier export left.
    pub(super) fn beside(folder: &Path) -> Result<Self> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| {
            Problem::new(Code::BadValue).with("name", "DIR").with("value", folder.display()).with("give", "DIR")
        })?;
        let draft = folder.with_file_name(format!(".{name}.part"));
        if std::fs::symlink_metadata(&draft).is_ok() {
            remove_leftover(&draft)?;
        }
        let failed = |error| problem::disk(&draft, &error);
        DirBuilder::new().mode(0o700).create(&draft).map_err(failed)?;
        let held = hold(&draft)?;
        let (files, lost, left_out) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { folder: draft, held, files, lost, left_out, is_whole: false })
    }

    /// A list as JSON, and as a table when there is something in it.
    pub(super) fn list(&mut self, name: &str, all: &[Value]) -> Result<()> {
        self.json(&format!("{name}.json"), &json!({ name: all }))?;
        if all.is_empty() {
            return Ok(());
        }
        self.write(&format!("{name}.csv"), table::of(all).as_bytes())
    }

    pub(super) fn json(&mut self, name: &str, value: &Value) -> Result<()> {
        let mut text = serde_json::to_string_pretty(value).map_err(|error| problem::unreadable(&error))?;
        text.push('\n');
        self.write(name, text.as_bytes())
    }

    /// A file below a folder of its kind, under an id of ours and the name that it came with.
    pub(super) fn file(&mut self, kind: &str, id: &str, name: &str, bytes: &[u8]) -> Result<()> {
        let folder = self.folder.join(kind);
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(problem::disk(&folder, &error)),
            _ => {}
        }
        self.write(&path(kind, id, name), bytes)
    }

    /// The same, or its name among what is lost: one file that the vault no longer has whole keeps back no other.
    pub(super) fn file_or_lost(&mut self, kind: &str, id: &str, name: &str, bytes: Result<Vec<u8>>) -> Result<()> {
        match bytes {
            Ok(bytes) => self.file(kind, id, name, &bytes),
            Err(problem) if problem.code == Code::FileLost => {
                self.lost.push(path(kind, id, name));
                Ok(())
            }
            Err(problem) => Err(problem),
        }
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        write_new(&path, bytes)?;
        File::open(&path).and_then(|file| file.sync_all()).map_err(|error| problem::disk(&path, &error))?;
        self.files.push(json!({ "file": name, "bytes": bytes.len() }));
        Ok(())
    }

    /// Puts the folder where it belongs, once all that it names is durable. An empty folder that stands there gives way;
    /// one that got something meanwhile does not.
    pub(super) fn finish(mut self, folder: &Path) -> Result<()> {
        let failed = |error: std::io::Error| problem::disk(folder, &error);
        for kind in KINDS.map(|kind| self.folder.join(kind)).iter().filter(|kind| kind.is_dir()) {
            File::open(kind).and_then(|dir| dir.sync_all()).map_err(failed)?;
        }
        self.held.sync_all().map_err(failed)?;
        std::fs::rename(&self.folder, folder).map_err(|error| match error.kind() {
            ErrorKind::DirectoryNotEmpty => {
                let problem = Problem::new(Code::BadValue).with("name", "DIR").with("value", folder.display());
                problem.with("why", "not-empty")
            }
            _ => failed(error),
        })?;
        self.is_whole = true;
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent).and_then(|dir| dir.sync_all()).map_err(failed)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_whole {
            // What could not be taken away bears no name that anybody asked for; the next export tries again.
            std::fs::remove_dir_all(&self.folder).ok();
        }
    }
}

/// Opens a folder, never through a link, and keeps every other export out of it.
fn hold(draft: &Path) -> Result<File> {
    let refused = |why: &str| {
        Problem::new(Code::BadValue).with("name", "DIR").with("value", draft.display()).with("why", why.to_owned())
    };
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let held = open(draft, flags, Mode::empty()).map_err(|errno| match errno {
        Errno::NOTDIR | Errno::LOOP => refused("exists"),
        _ => problem::disk(draft, &errno.into()),
    })?;
    match flock(&held, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::WOULDBLOCK) => Err(refused("in-use")),
        // Some file systems of networks know no locks.
        _ => Ok(File::from(held)),
    }
}

/// Takes away what an export left that was ended by force. What is not such a folder, and of this person, stays.
fn remove_leftover(draft: &Path) -> Result<()> {
    let failed = |error| problem::disk(draft, &error);
    let held = hold(draft)?;
    let found = fstat(&held).map_err(|errno| problem::disk(draft, &errno.into()))?;
    let is_open = Mode::from_raw_mode(found.st_mode).intersects(Mode::RWXG | Mode::RWXO);
    let is_mine = found.st_uid == geteuid().as_raw() && !is_open;
    if !is_mine || !is_of_export(draft).map_err(failed)? {
        return Err(Problem::new(Code::BadValue)
            .with("name", "DIR")
            .with("value", draft.display())
            .with("why", "exists"));
    }
    std::fs::remove_dir_all(draft).map_err(failed)
}

/// Whether there is nothing in a folder but what an export writes.
fn is_of_export(folder: &Path) -> std::io::Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (PathBuf::from(entry.file_name()), entry.file_type()?);
        let is_list = kind.is_file() && path.extension().is_some_and(|end| end == "json" || end == "csv");
        let is_kind = kind.is_dir() && KINDS.iter().any(|kind| path == Path::new(kind));
        if !is_list && !is_kind {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where a file lies in the folder.
pub(super) fn path(kind: &str, id: &str, name: &str) -> String {
    let between = if name.starts_with('.') { "" } else { "-" };
    format!("{kind}/{}{between}{}", plain(id), plain(name))
}

/// A name that is one part of a path and hides nothing, whoever chose it. One that is too long for a file keeps its
/// extension.
fn plain(name: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || "._- ()".contains(sign);
    let plain: String = name.chars().map(|sign| if is_plain(sign) { sign } else { '_' }).collect();
    if plain.len() <= NAME_BYTES_MAX {
        return plain;
    }
    let (stem, extension) = match plain.rfind('.') {
        Some(at) if plain.len() - at <= EXTENSION_BYTES_MAX => plain.split_at(at),
        _ => (plain.as_str(), ""),
    };
    let cut = stem.floor_char_boundary(NAME_BYTES_MAX - extension.len());
    format!("{}{extension}", &stem[..cut])
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_name_is_one_part_of_a_path_and_short_enough_for_every_disk() {
        assert_eq!(plain("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(plain("a\0b\n\u{202e}c\\d"), "a_b__c_d");
        assert_eq!(plain("relevé (1).pdf"), "relevé (1).pdf");
        let long = plain(&format!("{}.pdf", "語".repeat(255)));
        assert!(long.len() <= NAME_BYTES_MAX && long.len() > NAME_BYTES_MAX - 4 && long.ends_with("語.pdf"), "{long}");
        assert!(plain(&format!("a.{}", "é".repeat(300))).len() <= NAME_BYTES_MAX);

        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mine");
        let mut draft = Draft::beside(&folder).unwrap();
        draft.file("papers", "R100000-1000", &format!("{}.pdf", "𝕏".repeat(300)), b"x").unwrap();
        draft.finish(&folder).unwrap();
    }

    #[test]
    fn a_folder_comes_whole_or_not_at_all_and_for_its_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mine");
        let entries = || std::fs::read_dir(home.path()).unwrap().count();
        let mut draft = Draft::beside(&folder).unwrap();
        draft.file("papers", "R1-1", "../x", b"x").unwrap();
        drop(draft);
        assert_eq!(entries(), 0, "what was not finished is gone");

        let mut draft = Draft::beside(&folder).unwrap();
        draft.file("papers", "R1-1", "../x", b"x").unwrap();
        draft.finish(&folder).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join("papers"))), (0o700, 0o700));
        assert_eq!(mode(&folder.join("papers/R1-1.._x")), 0o600);
        assert_eq!(entries(), 1);
        let late = Draft::beside(&folder).unwrap().finish(&folder).unwrap_err();
        assert_eq!((late.facts["why"].as_str(), entries()), ("not-empty", 1));
    }

    #[test]
    fn what_was_ended_by_force_gives_way_and_nothing_else_does() {
        let home = tempfile::tempdir().unwrap();
        let (folder, part) = (home.path().join("mine"), home.path().join(".mine.part"));
        let why = || Draft::beside(&folder).err().map(|problem| problem.facts["why"].clone());
        let mut killed = Draft::beside(&folder).unwrap();
        killed.file("papers", "R1-1", "x", b"secret").unwrap();
        killed.json("records.json", &json!({})).unwrap();
        assert_eq!(why().as_deref(), Some("in-use"), "two wrote into one folder");
        killed.is_whole = true;
        drop(killed);
        assert!(part.join("papers/R1-1-x").exists());
        let fresh = Draft::beside(&folder).unwrap();
        assert!(!part.join("papers").exists(), "what was left is still there");
        drop(fresh);

        std::fs::create_dir(&part).unwrap();
        std::fs::set_permissions(&part, std::fs::Permissions::from_mode(0o700)).unwrap();
        std::fs::write(part.join("novel.txt"), b"mine").unwrap();
        assert_eq!(why().as_deref(), Some("exists"));
        std::fs::remove_file(part.join("novel.txt")).unwrap();
        std::fs::remove_dir(&part).unwrap();
        let other = home.path().join("other");
        std::fs::create_dir(&other).unwrap();
        std::fs::set_permissions(&other, std::fs::Permissions::from_mode(0o700)).unwrap();
        std::fs::write(other.join("a.json"), b"{}").unwrap();
        symlink(&other, &part).unwrap();
        assert_eq!(why().as_deref(), Some("exists"));
        assert!(other.join("a.json").exists(), "it went through a link");
    }
}
