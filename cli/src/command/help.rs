//! `sesame help`: every command with its meaning in the person's language, or the clap help of one.

use clap::CommandFactory;
use serde_json::json;
use sesame_api::{Code, Problem};

use super::Context;
use crate::Result;
use crate::args::Cli;
use crate::output::Output;
use crate::sheet::Sheet;

/// The commands by what one wants, in the order of the overview. A test holds that none is missing.
const ROOMS: [(&str, &[&str]); 9] = [
    ("cli-help-begin", &["demo", "init", "up", "ui", "status", "doctor"]),
    (
        "cli-help-node",
        &[
            "lock",
            "unlock",
            "stop",
            "config get",
            "config set",
            "config edit",
            "key words",
            "key passphrase",
            "key rotate",
            "check",
            "repair",
            "compact",
        ],
    ),
    ("cli-help-backup", &["backup create", "backup list", "backup verify", "backup restore", "backup drill"]),
    (
        "cli-help-data",
        &[
            "data import",
            "data imports",
            "data list",
            "data show",
            "data export",
            "insight",
            "data add",
            "data facts",
            "data edit",
            "data find",
            "data forget",
        ],
    ),
    (
        "cli-help-circle",
        &["contact invite", "contact accept", "contact list", "contact verify", "contact trust", "contact remove"],
    ),
    ("cli-help-choose", &["advice", "rate", "ratings", "retract"]),
    (
        "cli-help-organisations",
        &[
            "vendor add",
            "vendor list",
            "vendor show",
            "vendor look",
            "vendor door",
            "vendor accounts",
            "vendor visit",
            "vendor accept",
            "vendor refuse",
            "vendor close",
            "vendor block",
            "request list",
            "request show",
            "request answer",
            "request refuse",
            "share list",
            "share show",
            "share withdraw",
            "share receipt",
            "share who-knows",
            "verify",
        ],
    ),
    (
        "cli-help-desk",
        &[
            "desk show",
            "desk link",
            "desk profile",
            "desk attest",
            "desk attestations",
            "desk attach",
            "desk open",
            "desk accounts",
            "desk account",
            "desk again",
            "desk ask",
            "desk inbox",
            "desk accept",
            "desk refuse",
            "desk webhook show",
            "desk webhook set",
            "desk webhook test",
            "desk webhook rotate",
            "desk webhook off",
        ],
    ),
    ("cli-help-shell", &["help", "completions", "man"]),
];

/// Explains one command, or lists all of them.
pub(super) fn run(context: &Context, command: &[String]) -> Result<()> {
    if command.is_empty() {
        return overview(context);
    }
    let mut found = Cli::command();
    found.build();
    for name in command {
        let next = found.find_subcommand(name).cloned();
        found = next.ok_or_else(|| Problem::new(Code::NotFound).with("name", command.join(" ")))?;
    }
    Output::raw(found.render_long_help().to_string().as_bytes())
}

/// Lists the commands with their meanings.
pub(super) fn overview(context: &Context) -> Result<()> {
    let words = context.words();
    if context.output.is_json() {
        let commands = ROOMS.iter().flat_map(|(_, commands)| commands.iter());
        return context.output.value(&json!({ "commands": commands.collect::<Vec<_>>() }));
    }
    let mut sheet = Sheet::new().line(words.text("cli-help-title"));
    for (title, commands) in ROOMS {
        let pairs = commands.iter().map(|command| (format!("sesame {command}"), words.text(&meaning(command))));
        sheet = sheet.gap().title(words.text(title)).pairs(pairs);
    }
    context.output.sheet(&sheet.gap().line(words.text("cli-help-more")))
}

/// The key of the meaning of a command: `cli-means-data-import`.
fn meaning(command: &str) -> String {
    format!("cli-means-{}", command.replace(' ', "-"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sesame_api::node::Language;
    use sesame_api::words::Words;

    use super::*;

    /// Every command that can be typed, leaves only.
    fn leaves(command: &clap::Command, before: &str, into: &mut Vec<String>) {
        for command in command.get_subcommands() {
            let name = format!("{before} {}", command.get_name()).trim().to_owned();
            if command.has_subcommands() { leaves(command, &name, into) } else { into.push(name) }
        }
    }

    #[test]
    fn the_overview_lists_every_command_once_in_both_languages() {
        let mut all = Vec::new();
        leaves(&Cli::command(), "", &mut all);
        let listed: Vec<&str> = ROOMS.iter().flat_map(|(_, commands)| commands.iter().copied()).collect();
        assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len());
        assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), all.iter().map(String::as_str).collect());
        for command in &all {
            assert!(Words::of(Language::Fr).has(&meaning(command)), "{command}");
        }
    }
}
