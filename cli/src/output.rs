//! Where answers, messages and problems go: data to stdout, messages and problems to stderr, and everything through one
//! filter, so that no text of a stranger steers the terminal. The text is always made from the JSON value.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;
use sesame_api::safe::Safe;
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use crate::sheet::{Look, Sheet};
use crate::{Result, problem};

/// The way out of the program.
#[derive(Clone)]
pub(crate) struct Output {
    words: &'static Words,
    json: bool,
    quiet: bool,
    /// How stdout is drawn.
    look: Look,
}

impl Output {
    /// An output in a language.
    pub(crate) fn new(words: &'static Words, json: bool, quiet: bool) -> Self {
        Self { words, json, quiet, look: Look::of(&io::stdout()) }
    }

    /// The words of the person's language.
    pub(crate) fn words(&self) -> &'static Words {
        self.words
    }

    /// Whether the answer is wanted as JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether a bar or a prompt may be drawn on stderr.
    pub(crate) fn draws(&self) -> bool {
        !self.json && !self.quiet && io::stderr().is_terminal()
    }

    /// Shows an answer: the JSON itself, or the sheet that is made from it.
    pub(crate) fn show<T: DeserializeOwned>(&self, value: Value, sheet: impl FnOnce(&Words, T) -> Sheet) -> Result<()> {
        if self.json {
            return self.value(&value);
        }
        let answer = serde_json::from_value(value).map_err(|error| problem::unreadable(&error))?;
        self.sheet(&sheet(self.words, answer))
    }

    /// Shows that something was done: the JSON on stdout, or a message made from it on stderr.
    pub(crate) fn done<T: DeserializeOwned>(&self, value: Value, text: impl FnOnce(&Words, T) -> String) -> Result<()> {
        if self.json {
            return self.value(&value);
        }
        let answer = serde_json::from_value(value).map_err(|error| problem::unreadable(&error))?;
        self.tell(&text(self.words, answer));
        Ok(())
    }

    /// Prints one JSON value: on one line for programs, spread out for a person's terminal.
    pub(crate) fn value(&self, value: &Value) -> Result<()> {
        let text =
            if self.look.width.is_some() { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
        let mut text = text.map_err(|error| problem::unreadable(&error))?;
        text.push('\n');
        print(text.as_bytes())
    }

    /// Prints a sheet on stdout.
    pub(crate) fn sheet(&self, sheet: &Sheet) -> Result<()> {
        print(narrowed(sheet.drawn(self.look)).as_bytes())
    }

    /// Prints bytes that are made for a program: CSV, a script, a manual page.
    pub(crate) fn raw(bytes: &[u8]) -> Result<()> {
        print(bytes)
    }

    /// Tells the person something on stderr. Its line breaks are the words' own: names in it have lost theirs.
    pub(crate) fn tell(&self, text: &str) {
        if !self.quiet && !self.json {
            for line in text.lines() {
                let _ = writeln!(io::stderr(), "{}", narrowed(Safe(line).to_string()));
            }
        }
    }

    /// Shows a sheet on stderr, before a question about it.
    pub(crate) fn tell_sheet(&self, sheet: &Sheet) {
        if !self.quiet {
            let _ = io::stderr().write_all(narrowed(sheet.drawn(Look::of(&io::stderr()))).as_bytes());
        }
    }

    /// Shows a problem on stderr: in three parts, or as JSON.
    pub(crate) fn problem(&self, problem: &Problem) {
        let _ = io::stderr().write_all(self.explained(problem).as_bytes());
    }

    fn explained(&self, problem: &Problem) -> String {
        if self.json {
            return serde_json::to_string(problem).map_or_else(|_| problem.code.to_string(), |text| text + "\n");
        }
        let said = self.words.problem(problem);
        let (open, close) = Look::of(&io::stderr()).alarm();
        let head = self.words.with("cli-problem", &[("code", said.code.into()), ("text", (&said.what).into())]);
        let labels = ["cli-problem-why", "cli-problem-remedy"].map(|key| self.words.text(key));
        let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
        let mut text = format!("{open}{}{close}\n", narrowed(Safe(&head).to_string()));
        for (label, part) in labels.iter().zip([&said.why, &said.remedy]) {
            let label = format!("{label:width$}");
            let line = self.words.with("cli-problem-part", &[("label", (&label).into()), ("text", part.into())]);
            text.push_str("  ");
            text.push_str(&narrowed(Safe(&line).to_string()));
            text.push('\n');
        }
        text
    }
}

/// Writes on stdout. A reader that went away, such as `head`, is no problem.
fn print(bytes: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(problem::disk(Path::new("stdout"), &error)),
        _ => Ok(()),
    }
}

/// The console of the Linux kernel has no narrow space and shows a box: it gets the wide one.
fn narrowed(text: String) -> String {
    match std::env::var("TERM").as_deref() {
        Ok("linux" | "dumb") => text.replace('\u{202F}', "\u{A0}"),
        _ => text,
    }
}

/// The problem of a command that found what it was asked to look for, and it is bad.
pub(crate) fn bad() -> std::process::ExitCode {
    std::process::ExitCode::from(Code::Failed.exit())
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    #[test]
    fn a_problem_has_three_lines_and_no_escapes() {
        let output = Output::new(Words::of(Language::Fr), false, false);
        let hostile = Problem::new(Code::UnknownFormat).with("file", "a\u{1b}[2J\nb\u{202e}.csv");
        let text = output.explained(&hostile);
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.starts_with("erreur[E1301]\u{a0}: "), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }

    #[test]
    fn json_carries_the_code_and_the_facts_and_no_words() {
        let output = Output::new(Words::of(Language::Fr), true, false);
        let problem = Problem::new(Code::VaultInUse).with("pid", 4121);
        let back: Problem = serde_json::from_str(&output.explained(&problem)).unwrap();
        assert_eq!(back, problem);
    }
}
