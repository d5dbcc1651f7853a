//! The files of the repository: those that people wrote, not those that were built.

use std::fs;
use std::path::{Path, PathBuf};

/// What may stand at the top level beside dot files: one look tells where everything is.
const TOP: [&str; 15] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "cli",
    "clippy.toml",
    "deny.toml",
    "docs",
    "node",
    "protocol",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "target",
    "tests",
];

/// A text of the repository.
pub(crate) struct Text {
    /// The path from the top, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Text {
    /// Whether its name ends so.
    pub(crate) fn is(&self, ending: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, last)| last == ending)
    }
}

/// The top of the repository.
pub(crate) fn top() -> PathBuf {
    harness::root()
}

/// Every file that is text, in order of path. Pictures and sample files in Latin-1 are none.
pub(crate) fn texts() -> Vec<Text> {
    let mut all = Vec::new();
    collect(&top(), "", &mut all);
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn collect(folder: &Path, above: &str, all: &mut Vec<Text>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{above}{name}");
        if entry.path().is_dir() {
            if name != ".git" && name != "target" {
                collect(&entry.path(), &format!("{path}/"), all);
            }
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            all.push(Text { path, text });
        }
    }
}

/// The names at the top level.
pub(crate) fn names() -> Vec<String> {
    let entries = fs::read_dir(top()).expect("the top of the repository can be read");
    entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Those of them that have no business there.
pub(crate) fn strangers(names: &[String]) -> Vec<String> {
    names.iter().filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str())).cloned().collect()
}
