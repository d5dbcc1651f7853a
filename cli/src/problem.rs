//! Problems that arise on this side of the API, as the same codes and facts that the node sends. The words are in the
//! words of each language, never here: a fact is a number, a name, an option or the system's own text.

use std::io::{self, ErrorKind};
use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use sesame_api::{Code, Problem};

/// Something that a file or a folder answered.
pub(crate) fn disk(path: &Path, error: &io::Error) -> Problem {
    let shown = path.display();
    match error.kind() {
        ErrorKind::NotFound => Problem::new(Code::NotFound).with("what", "file").with("name", shown),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Problem::new(Code::NoSpace).with("file", shown),
        _ => Problem::new(Code::Disk).with("file", shown).with("why", error),
    }
}

/// A command that cannot go on without something, and nobody to ask: what to give instead.
pub(crate) fn give(command: &str, option: &str) -> Problem {
    Problem::new(Code::Usage).with("command", command).with("reason", "nobody").with("give", option)
}

/// What clap says of a command line, as a problem: its first line is the reason.
pub(crate) fn usage(error: &clap::Error) -> Problem {
    let text = error.to_string();
    let first: Vec<&str> = text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let detail = first.join(" ");
    let detail = detail.strip_prefix("error: ").unwrap_or(&detail);
    let mut problem = Problem::new(Code::Usage).with("why", detail);
    if let Some(ContextValue::String(subject)) = error.get(ContextKind::SuggestedArg) {
        problem = problem.with("give", subject);
    }
    problem
}

/// An answer of the node that is not what both sides agreed on: an older or newer node, most likely.
pub(crate) fn unreadable(error: &serde_json::Error) -> Problem {
    Problem::new(Code::Failed).with("why", error)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;

    use super::*;
    use crate::args::Cli;

    #[test]
    fn a_wrong_option_says_which() {
        let error = Cli::try_parse_from(["sesame", "status", "--jsn"]).unwrap_err();
        let problem = usage(&error);
        assert_eq!(problem.code.exit(), 2);
        assert!(problem.facts["why"].contains("--jsn"), "{problem:?}");
        assert!(!problem.facts["why"].contains('\n'));
    }

    #[test]
    fn what_the_disk_says_has_its_own_exit_status() {
        let code = |kind: ErrorKind| disk(Path::new("/x"), &kind.into()).code.exit();
        assert_eq!(code(ErrorKind::NotFound), 14);
        assert_eq!(code(ErrorKind::StorageFull), 9);
        assert_eq!(code(ErrorKind::PermissionDenied), 1);
    }
}
