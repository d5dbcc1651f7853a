//! `sesame doctor`: looks at the machine round a node, with or without one: folder, modes, lock, socket, port, settings,
//! clock, disk. It changes nothing and takes no lock, so that it never stands in the way of a node that starts.

mod look;

use std::collections::BTreeMap;
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use sesame_api::Problem;
use sesame_api::node::Status;
use sesame_api::words::{Arg, Words};

use super::Context;
use crate::output;
use crate::sheet::{Sheet, Tone};
use crate::{Result, problem};

/// All that was looked at.
#[derive(Debug, Serialize, Deserialize)]
struct Report {
    version: String,
    home: String,
    checks: Vec<Check>,
}

/// One thing that was looked at.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Check {
    /// What: `home`, `modes`, `settings`, `vault`, `lock`, `node`, `version`, `port`, `clock` or `disk`.
    about: String,
    /// How it is.
    result: Outcome,
    /// Which sentence says so; the words go by it.
    says: String,
    /// What the sentence needs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    facts: BTreeMap<String, String>,
}

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    /// As it should be.
    Ok,
    /// It works, and something wants doing.
    Warn,
    /// It does not work.
    Fail,
}

/// Looks, reports, and ends with 1 when something does not work.
pub(super) fn run(context: &Context) -> Result<ExitCode> {
    let node = running(context);
    let report = Report {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        home: context.home.display().to_string(),
        checks: look::all(&context.home, node.as_ref()),
    };
    let failed = report.checks.iter().any(|check| check.result == Outcome::Fail);
    let value = serde_json::to_value(&report).map_err(|error| problem::unreadable(&error))?;
    context.output.show(value, |words, report: Report| sheet(words, &report))?;
    Ok(if failed { output::bad() } else { ExitCode::SUCCESS })
}

/// What the node of this folder says of itself; the problem when it does not answer.
fn running(context: &Context) -> Result<Status, Problem> {
    let mut status = None;
    super::alone(async {
        status = Some(context.node().await?.get("status", &[]).await?);
        Ok(())
    })?;
    Ok(status.expect("a status was read, or the line above returned"))
}

fn sheet(words: &Words, report: &Report) -> Sheet {
    let head = [("version", (&report.version).into()), ("home", (&report.home).into())];
    let mut sheet = Sheet::new().title(words.with("cli-doctor-title", &head)).gap();
    for check in &report.checks {
        let tone = match check.result {
            Outcome::Ok => Tone::Good,
            Outcome::Warn => Tone::Warn,
            Outcome::Fail => Tone::Bad,
        };
        let shown = shown(words, check);
        let args: Vec<(&str, Arg<'_>)> = shown.iter().map(|(name, fact)| (name.as_str(), fact.into())).collect();
        let key = key(check);
        sheet = sheet.toned(tone, words.with(&key, &args));
        let remedy = format!("{key}-remedy");
        if words.has(&remedy) {
            sheet = sheet.line(format!("  {}", words.with(&remedy, &args)));
        }
    }
    let count = |outcome| report.checks.iter().filter(|check| check.result == outcome).count() as u64;
    let (bad, warn) = (count(Outcome::Fail), count(Outcome::Warn));
    let end = match (bad, warn) {
        (0, 0) => words.text("cli-doctor-well"),
        (0, count) => words.with("cli-doctor-warn", &[("count", count.into())]),
        (count, _) => words.with("cli-doctor-bad", &[("count", count.into())]),
    };
    sheet.gap().line(end)
}

/// The facts of a check as the words take them: sizes in words, the rest as it is.
fn shown(words: &Words, check: &Check) -> Vec<(String, String)> {
    let facts = check.facts.iter().map(|(name, fact)| match (name.strip_suffix("_bytes"), fact.parse()) {
        (Some(name), Ok(count)) => (name.to_owned(), words.bytes(count)),
        _ => (name.clone(), fact.clone()),
    });
    facts.collect()
}

/// The key of the sentence of a check.
fn key(check: &Check) -> String {
    format!("cli-doctor-{}-{}", check.about, check.says)
}

impl Check {
    fn new(about: &str, result: Outcome, says: &str) -> Self {
        Self { about: about.to_owned(), result, says: says.to_owned(), facts: BTreeMap::new() }
    }

    fn with(mut self, name: &str, fact: impl std::fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), fact.to_string());
        self
    }
}

#[cfg(test)]
mod tests;
