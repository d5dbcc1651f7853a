//! The looks of the doctor, one function each. Whatever cannot be found out is said to be unknown, never guessed.

use std::fs::{self, Metadata};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use sesame_api::client::SOCKET;
use sesame_api::node::Status;
use sesame_api::{Code, Problem};

use super::{Check, Outcome};
use crate::command::config;
use crate::home::{SETTINGS, VAULT};

/// The port of the page when the settings name none.
const PAGE_PORT: u16 = 7373;
/// The longest path of a Unix socket on Linux, without its end (unix(7), `sun_path`).
const SOCKET_BYTES_MAX: usize = 107;
/// Below this a vault may soon be unable to write.
const SPACE_LOW_BYTES: u64 = 1 << 30;
/// Below this it is.
const SPACE_NONE_BYTES: u64 = 64 << 20;
/// No clock that is right shows an earlier moment than 2026-01-01, when this program did not exist.
const EARLIEST_SECONDS: u64 = 1_767_225_600;
/// A file that is newer than now by more than this was written under another clock.
const SKEW_SECONDS: u64 = 300;
/// Entries of a folder that are looked at: a vault has far fewer files.
const ENTRIES_MAX: usize = 4_096;

/// Everything, in the order in which one thing rests on another.
pub(super) fn all(home: &Path, node: Result<&Status, &Problem>) -> Vec<Check> {
    let mut checks = vec![folder(home)];
    if fs::metadata(home).is_ok_and(|home| home.is_dir()) {
        checks.extend([modes(home), vault(home), lock(home, node.is_ok())]);
    }
    checks.push(settings(home));
    checks.push(answers(home, node));
    if let Ok(status) = node {
        checks.push(version(status));
    }
    checks.push(port(home, node.ok()));
    checks.push(clock(home));
    checks.push(space(home));
    checks
}

fn folder(home: &Path) -> Check {
    let check = |result, says| Check::new("home", result, says);
    match fs::metadata(home) {
        Err(_) => check(Outcome::Ok, "none"),
        Ok(found) if !found.is_dir() => check(Outcome::Fail, "file"),
        Ok(found) if found.uid() != rustix::process::getuid().as_raw() => check(Outcome::Fail, "foreign"),
        Ok(_) => check(Outcome::Ok, "ok"),
    }
}

/// Nobody but the owner may look into the folder or the vault: 0700 and 0600.
fn modes(home: &Path) -> Check {
    let open = |file: &Metadata| file.permissions().mode() & 0o077 != 0;
    let vault = home.join(VAULT);
    let paths = [home.to_owned(), vault.clone()].into_iter().chain(entries(&vault));
    let wide = paths.filter(|path| fs::symlink_metadata(path).is_ok_and(|file| !file.is_symlink() && open(&file)));
    // The folder shuts out everybody whatever the modes of what is in it.
    let wide: Vec<_> = wide.collect();
    match wide.first() {
        None => Check::new("modes", Outcome::Ok, "ok"),
        Some(first) => {
            Check::new("modes", Outcome::Fail, "wide").with("file", first.display()).with("count", wide.len())
        }
    }
}

fn vault(home: &Path) -> Check {
    let held = entries(&home.join(VAULT)).count() > 0;
    Check::new("vault", Outcome::Ok, if held { "ok" } else { "none" })
}

/// Who holds the lock, as the system tells it; taking it to find out would stop a node from starting.
fn lock(home: &Path, answers: bool) -> Check {
    let Ok(file) = fs::metadata(home.join(VAULT).join("lock")) else { return Check::new("lock", Outcome::Ok, "free") };
    let Ok(table) = fs::read_to_string("/proc/locks") else { return Check::new("lock", Outcome::Ok, "unknown") };
    match (holder(&table, file.dev(), file.ino()), answers) {
        (None, _) => Check::new("lock", Outcome::Ok, "free"),
        (Some(pid), true) => Check::new("lock", Outcome::Ok, "held").with("pid", pid),
        (Some(pid), false) => Check::new("lock", Outcome::Warn, "silent").with("pid", pid),
    }
}

/// The process that holds a lock on a file, from `/proc/locks` (proc(5)): `1: FLOCK ADVISORY WRITE 412 fd:01:1310 0 EOF`.
pub(super) fn holder(table: &str, device: u64, inode: u64) -> Option<u32> {
    let (major, minor) = (rustix::fs::major(device), rustix::fs::minor(device));
    let wanted = format!("{major:02x}:{minor:02x}:{inode}");
    table.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let place = fields.iter().position(|field| *field == wanted)?;
        // A line with an arrow is somebody who waits, not who holds.
        (!fields.contains(&"->")).then(|| fields[place - 1].parse().ok())?
    })
}

fn settings(home: &Path) -> Check {
    match config::read(&home.join(SETTINGS)) {
        Ok(table) if table.is_empty() => Check::new("settings", Outcome::Ok, "none"),
        Ok(table) => Check::new("settings", Outcome::Ok, "ok").with("count", table.len()),
        Err(problem) => {
            let name = problem.facts.get("name").cloned().unwrap_or_else(|| SETTINGS.to_owned());
            Check::new("settings", Outcome::Fail, "wrong").with("name", name)
        }
    }
}

/// Whether a node answers on the socket.
fn answers(home: &Path, node: Result<&Status, &Problem>) -> Check {
    let path = home.join(SOCKET);
    let length = path.as_os_str().len();
    if length > SOCKET_BYTES_MAX {
        let check = Check::new("node", Outcome::Fail, "long");
        return check.with("length", length).with("limit", SOCKET_BYTES_MAX);
    }
    match node {
        Ok(status) => Check::new("node", Outcome::Ok, "ok").with("pid", status.pid),
        Err(problem) => match problem.code {
            Code::NoNode => Check::new("node", Outcome::Ok, "none"),
            Code::Unauthorised => Check::new("node", Outcome::Fail, "foreign").with("file", path.display()),
            _ => Check::new("node", Outcome::Fail, "silent").with("code", problem.code),
        },
    }
}

/// Whether the node is this program.
fn version(status: &Status) -> Check {
    let mine = env!("CARGO_PKG_VERSION");
    if status.version == mine {
        return Check::new("version", Outcome::Ok, "ok").with("version", mine);
    }
    Check::new("version", Outcome::Warn, "other").with("version", mine).with("node", &status.version)
}

/// Whether the page has its port, or could have it.
fn port(home: &Path, node: Option<&Status>) -> Check {
    if let Some(status) = node {
        return Check::new("port", Outcome::Ok, "served").with("page", &status.page);
    }
    let set = config::read(&home.join(SETTINGS)).ok().and_then(|table| table.get("page_port")?.as_integer());
    let port = set.and_then(|port| u16::try_from(port).ok()).unwrap_or(PAGE_PORT);
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Check::new("port", Outcome::Ok, "free").with("port", port),
        Err(_) => Check::new("port", Outcome::Fail, "taken").with("port", port),
    }
}

/// Whether the clock can be right: it decides when invitations end and what is newer.
fn clock(home: &Path) -> Check {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    if now < EARLIEST_SECONDS {
        return Check::new("clock", Outcome::Fail, "early");
    }
    let written = entries(&home.join(VAULT)).filter_map(|path| fs::metadata(path).ok()?.modified().ok());
    let latest = written.filter_map(|at| at.duration_since(UNIX_EPOCH).ok()).map(|since| since.as_secs()).max();
    if latest.is_some_and(|latest| latest > now.saturating_add(SKEW_SECONDS)) {
        return Check::new("clock", Outcome::Warn, "behind");
    }
    Check::new("clock", Outcome::Ok, "ok")
}

/// Whether there is room, on the disk of the folder or of the nearest one above that exists.
fn space(home: &Path) -> Check {
    let there = home.ancestors().find(|folder| folder.exists()).unwrap_or(home);
    let Ok(disk) = rustix::fs::statvfs(there) else { return Check::new("disk", Outcome::Ok, "unknown") };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let (result, says) = match free {
        0..SPACE_NONE_BYTES => (Outcome::Fail, "full"),
        SPACE_NONE_BYTES..SPACE_LOW_BYTES => (Outcome::Warn, "low"),
        _ => (Outcome::Ok, "ok"),
    };
    Check::new("disk", result, says).with("free_bytes", free)
}

/// What is in a folder; nothing when it cannot be read.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().take(ENTRIES_MAX).filter_map(|entry| Some(entry.ok()?.path()))
}
