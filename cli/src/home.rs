//! Where a node lives, and what is in its folder as far as the command line goes. What is inside the vault is the node's.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use sesame_api::{Code, Problem};

use crate::{Result, problem};

/// The settings of a node.
pub(crate) const SETTINGS: &str = "config.toml";
/// The sealed vault.
pub(crate) const VAULT: &str = "vault";

/// The folder of the node: the one that was given, else the system's folder for programs' data. Always absolute.
pub(crate) fn find(given: Option<&Path>) -> Result<PathBuf> {
    let path = match given {
        Some(path) => path.to_owned(),
        None => ProjectDirs::from("", "", "sesame")
            .map(|folders| folders.data_dir().to_owned())
            .ok_or_else(|| Problem::new(Code::Usage).with("give", "--home DIR"))?,
    };
    std::path::absolute(&path).map_err(|error| problem::disk(&path, &error))
}

/// Makes the folder of the node, for its owner alone, when it is not there.
pub(crate) fn make(home: &Path) -> Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(home);
    made.map_err(|error| problem::disk(home, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_folder_becomes_absolute() {
        assert!(find(Some(Path::new("here"))).unwrap().is_absolute());
    }
}
