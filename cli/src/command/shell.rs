//! `sesame completions` and `sesame man`: what shells and manuals want, made from the command line itself.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::output::Output;
use crate::{Result, problem};

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "sesame", &mut script);
    Output::raw(&script)
}

/// Prints the manual page of `sesame`, or writes one a command into a folder.
pub(super) fn man(out: Option<&Path>) -> Result<()> {
    let Some(folder) = out else {
        let mut page = Vec::new();
        let made = clap_mangen::Man::new(Cli::command()).render(&mut page);
        made.map_err(|error| problem::disk(Path::new("stdout"), &error))?;
        return Output::raw(&page);
    };
    let written = std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Cli::command(), folder));
    written.map_err(|error| problem::disk(folder, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_manual_page() {
        let folder = std::env::temp_dir().join(format!("sesame-man-{}", std::process::id()));
        man(Some(&folder)).unwrap();
        for page in ["sesame.1", "sesame-up.1", "sesame-contact-invite.1", "sesame-data-import.1"] {
            assert!(folder.join(page).exists(), "{page}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
