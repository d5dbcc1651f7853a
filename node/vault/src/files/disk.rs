//! A vault's folder on a real disk: its lock, its modes (0700 and 0600), and the system calls behind [`Files`]. Unix only.

use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io::{self, Read, Seek, Write},
    os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{FileId, Files};
use crate::Error;

const LOCK: &str = "lock";
/// What lies in the folder and is not the vault's to write: the index, in a folder of its own.
const INDEX: &str = "index";
/// Room that is kept for the day on which the disk is full: for a checkpoint, a key file and some copies.
const RESERVE: &str = "reserve";
const RESERVE_BYTES: usize = 4 << 20;
/// Open files kept at hand: far below the usual limit of 1,024 descriptors, enough for 4 GiB of journal.
const HANDLES_MAX: usize = 64;
/// The lock file holds two numbers; more than this is not ours.
const LOCK_BYTES_MAX: u64 = 64;
/// How often, and after which pause, whoever did not get the lock looks for the holder's number.
const LOOKS: u32 = 5;
const LOOK_PAUSE: Duration = Duration::from_millis(10);

/// A folder that this process alone has open. Dropping it releases the lock.
#[derive(Debug)]
pub struct Disk {
    dir: PathBuf,
    handles: Mutex<BTreeMap<FileId, Arc<File>>>,
    narrowed: Vec<(String, u32)>,
    _lock: File,
}

impl Disk {
    /// Makes the folder if it is missing, takes its lock and narrows modes that are wider than the owner's.
    ///
    /// The lock is the system's own (`flock`): it goes with the process, however that ends.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        let mut narrowed = Vec::new();
        narrowed.extend(narrow(dir, 0o700)?.map(|mode| (".".to_owned(), mode)));
        let lock = lock(&dir.join(LOCK))?;
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name();
            let known = name.to_str().filter(|name| is_ours(name));
            if let Some(known) = known
                && entry.file_type()?.is_file()
            {
                narrowed.extend(narrow(&entry.path(), 0o600)?.map(|mode| (known.to_owned(), mode)));
            }
        }
        Ok(Self { dir: dir.to_path_buf(), handles: Mutex::default(), narrowed, _lock: lock })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    fn path(&self, file: FileId) -> PathBuf {
        self.dir.join(file.name())
    }

    fn handle(&self, file: FileId, create: bool) -> io::Result<Arc<File>> {
        let mut handles = self.handles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = handles.get(&file) {
            return Ok(Arc::clone(found));
        }
        let opened = OpenOptions::new().read(true).write(true).create(create).mode(0o600).open(self.path(file))?;
        let opened = Arc::new(opened);
        if handles.len() >= HANDLES_MAX {
            handles.pop_first();
        }
        handles.insert(file, Arc::clone(&opened));
        Ok(opened)
    }

    fn forget(&self, file: FileId) {
        self.handles.lock().unwrap_or_else(PoisonError::into_inner).remove(&file);
    }
}

/// Whether a header lies in this folder. Neither locks nor reads anything.
pub(crate) fn has_header(dir: &Path) -> bool {
    super::Slot::BOTH.into_iter().any(|slot| dir.join(FileId::Header(slot).name()).is_file())
}

fn is_ours(name: &str) -> bool {
    name == LOCK || name == RESERVE || FileId::parse(name).is_some()
}

/// Narrows a mode, and returns what it was if it was too wide.
fn narrow(path: &Path, mode: u32) -> io::Result<Option<u32>> {
    let found = fs::metadata(path)?.permissions().mode() & 0o777;
    if found & !mode != 0 {
        tracing::warn!(found = format!("{found:o}"), "narrowing the mode of a file of the vault");
        fs::set_permissions(path, Permissions::from_mode(found & mode))?;
        return Ok(Some(found));
    }
    Ok(None)
}

fn lock(path: &Path) -> Result<File, Error> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Error::InUse { pid: holder(&file) }),
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{} {start}", process::id())?;
    Ok(file)
}

/// The number of the process that holds the lock. It writes it just after it took the lock: whoever looks in that moment
/// sees nothing yet, or the number of the one before, and so looks a little later.
fn holder(mut file: &File) -> Option<u32> {
    (0..LOOKS).find_map(|_| {
        thread::sleep(LOOK_PAUSE);
        let mut text = String::new();
        // What the other process wrote is a courtesy: unreadable means unknown.
        file.rewind().and_then(|()| file.take(LOCK_BYTES_MAX).read_to_string(&mut text)).ok()?;
        text.split_whitespace().next()?.parse().ok()
    })
}

impl Files for Disk {
    fn append(&self, file: FileId, bytes: &[u8]) -> io::Result<u64> {
        let handle = self.handle(file, true)?;
        let at = handle.metadata()?.len();
        handle.write_all_at(bytes, at)?;
        Ok(at)
    }

    fn overwrite(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.handle(file, true)?.write_all_at(bytes, at)
    }

    fn truncate(&self, file: FileId, length: u64) -> io::Result<()> {
        self.handle(file, false)?.set_len(length)
    }

    fn sync(&self, file: FileId) -> io::Result<()> {
        self.handle(file, false)?.sync_data()
    }

    fn sync_dir(&self) -> io::Result<()> {
        File::open(&self.dir)?.sync_all()
    }

    fn read_at(&self, file: FileId, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let handle = self.handle(file, false)?;
        let mut done = 0;
        while done < into.len() {
            match handle.read_at(&mut into[done..], at + done as u64) {
                Ok(0) => break,
                Ok(read) => done += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    fn length(&self, file: FileId) -> io::Result<Option<u64>> {
        match fs::metadata(self.path(file)) {
            Ok(found) => Ok(Some(found.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn rename(&self, from: FileId, to: FileId) -> io::Result<()> {
        self.forget(from);
        self.forget(to);
        fs::rename(self.path(from), self.path(to))
    }

    fn unlink(&self, file: FileId) -> io::Result<()> {
        self.forget(file);
        match fs::remove_file(self.path(file)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn list(&self) -> io::Result<Vec<FileId>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            if let Some(file) = entry?.file_name().to_str().and_then(FileId::parse) {
                found.push(file);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    fn keep_room(&self) -> io::Result<()> {
        let path = self.dir.join(RESERVE);
        if fs::metadata(&path).is_ok_and(|found| found.len() >= RESERVE_BYTES as u64) {
            return Ok(());
        }
        // Chance, because some disks keep no room for zeros.
        let mut noise = vec![0; RESERVE_BYTES];
        getrandom::fill(&mut noise).map_err(|_| io::Error::from(io::ErrorKind::Other))?;
        let kept = (|| {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
            file.write_all(&noise)?;
            file.sync_all()
        })();
        if kept.is_err() {
            let _ = fs::remove_file(&path);
        }
        kept
    }

    fn give_room(&self) -> io::Result<bool> {
        match fs::remove_file(self.dir.join(RESERVE)) {
            Ok(()) => self.sync_dir().map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn strays(&self) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name != INDEX && !is_ours(&name) {
                found.push(name);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    fn wide(&self) -> io::Result<Vec<(String, u32)>> {
        let mut found = self.narrowed.clone();
        let mode = |path: &Path| io::Result::Ok(fs::metadata(path)?.permissions().mode() & 0o777);
        let own = mode(&self.dir)?;
        found.extend((own & 0o077 != 0).then(|| (".".to_owned(), own)));
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            let (name, mode) = (entry.file_name().to_string_lossy().into_owned(), mode(&entry.path())?);
            if mode & 0o077 != 0 && is_ours(&name) {
                found.push((name, mode));
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_the_owners_alone_and_wider_modes_are_narrowed() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("vault");
        let disk = Disk::open(&dir).unwrap();
        disk.append(FileId::Segment(1), b"x").unwrap();
        drop(disk);
        let file = dir.join("segment.00000001");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&dir), mode(&file), mode(&dir.join(LOCK))), (0o700, 0o600, 0o600));
        fs::set_permissions(&dir, Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        let disk = Disk::open(&dir).unwrap();
        assert_eq!((mode(&dir), mode(&file)), (0o700, 0o600));
        // What others could use until now is told, and so is what they can use again.
        let told = |name: &str, mode| (name.to_owned(), mode);
        let narrowed = vec![told(".", 0o755), told("segment.00000001", 0o644)];
        assert_eq!(disk.wide().unwrap(), narrowed);
        fs::set_permissions(dir.join(LOCK), Permissions::from_mode(0o604)).unwrap();
        assert_eq!(disk.wide().unwrap(), [narrowed, vec![told(LOCK, 0o604)]].concat());
    }

    #[test]
    fn a_second_opening_is_refused_and_names_the_holder() {
        let home = tempfile::tempdir().unwrap();
        let held = Disk::open(home.path()).unwrap();
        match Disk::open(home.path()) {
            Err(Error::InUse { pid }) => assert_eq!(pid, Some(process::id())),
            other => panic!("expected InUse, found {other:?}"),
        }
        drop(held);
        Disk::open(home.path()).unwrap();
    }

    #[test]
    fn room_is_kept_once_and_given_up_once() {
        let home = tempfile::tempdir().unwrap();
        let disk = Disk::open(home.path()).unwrap();
        assert!(!disk.give_room().unwrap());
        disk.keep_room().unwrap();
        disk.keep_room().unwrap();
        let kept = fs::metadata(home.path().join(RESERVE)).unwrap();
        assert_eq!((kept.len(), kept.permissions().mode() & 0o777), (RESERVE_BYTES as u64, 0o600));
        assert!(disk.strays().unwrap().is_empty() && disk.list().unwrap().is_empty());
        assert!(disk.give_room().unwrap() && !disk.give_room().unwrap());
    }

    #[test]
    fn what_is_not_the_vaults_is_told_by_its_name() {
        let home = tempfile::tempdir().unwrap();
        let disk = Disk::open(home.path()).unwrap();
        disk.append(FileId::Draft, b"x").unwrap();
        fs::write(home.path().join("segment.1 (conflicted copy)"), b"x").unwrap();
        fs::create_dir(home.path().join(INDEX)).unwrap();
        assert_eq!(disk.strays().unwrap(), ["segment.1 (conflicted copy)"]);
    }

    #[test]
    fn only_the_one_spelling_of_a_name_is_a_file_of_the_vault() {
        for file in [FileId::Header(super::super::Slot::A), FileId::Keys(7), FileId::Draft, FileId::Segment(12)] {
            assert_eq!(FileId::parse(&file.name()), Some(file));
        }
        for name in ["segment.12", "keys.07", "keys.+7", "header.c", "keys.", "lock", "index"] {
            assert_eq!(FileId::parse(name), None, "{name}");
        }
    }
}
