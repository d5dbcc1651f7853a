//! `sesame`: the one program. It reads the command line, asks the node over the local API and shows the answer as text or
//! as JSON. Only `up`, `init` and `demo` know the node itself; everything else goes through the API like any other app.

mod args;
mod ask;
mod command;
mod home;
mod output;
mod problem;
mod sheet;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use sesame_api::words::{self, Words};
use sesame_api::{Code, Problem};

use args::Cli;
use command::Context;
use output::Output;

fn main() -> ExitCode {
    // Whatever this program writes is for its user alone: exported readings as much as the files of the index.
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error, &arguments),
    };
    let words = Words::of(words::choose(cli.global.lang.as_deref(), variable));
    let output = Output::new(words, cli.global.json, cli.global.quiet);
    let result = Context::new(&cli.global, output.clone()).and_then(|context| command::run(&context, cli.command));
    match result {
        Ok(status) => status,
        Err(problem) => {
            output.problem(&problem);
            ExitCode::from(problem.code.exit())
        }
    }
}

/// What clap could not read: help and versions are answers, everything else is a problem like any other.
fn unparsed(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let answers =
        [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
    if answers.contains(&error.kind()) {
        let _ = error.print();
        let missing = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        return if missing { ExitCode::from(Code::Usage.exit()) } else { ExitCode::SUCCESS };
    }
    let said = |name: &str| arguments.iter().any(|argument| argument == name);
    let flag = arguments.iter().enumerate().find_map(|(place, argument)| {
        let text = argument.to_str()?;
        match text.strip_prefix("--lang") {
            Some("") => arguments.get(place + 1)?.to_str().map(str::to_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        }
    });
    let words = Words::of(words::choose(flag.as_deref(), variable));
    let problem = problem::usage(error);
    Output::new(words, said("--json"), false).problem(&problem);
    ExitCode::from(problem.code.exit())
}

/// A variable of the environment; one that is not UTF-8 counts as absent.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The result of everything that a command does.
type Result<T, E = Problem> = std::result::Result<T, E>;
