//! A page of the guide: prose, and between fences what is typed and what comes out. It runs nothing.

use anyhow::{Result, bail};

/// One command of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Whose machine it is typed on.
    pub(crate) who: String,
    pub(crate) command: String,
    /// What comes out, line by line.
    pub(crate) expected: Vec<String>,
    /// With which status it ends.
    pub(crate) status: i32,
    /// Where it stands on the page, from 1.
    pub(crate) number: usize,
}

/// Whoever the page speaks to.
const READER: &str = "you";

/// Every command of a page, in order.
pub(crate) fn lines(text: &str) -> Result<Vec<Line>> {
    let mut all: Vec<Line> = Vec::new();
    let mut who: Option<String> = None;
    let mut is_other = false;
    for (place, line) in text.lines().enumerate() {
        let number = place + 1;
        if let Some(fence) = line.strip_prefix("```") {
            match fence.strip_prefix("console") {
                _ if who.is_some() || is_other => (who, is_other) = (None, false),
                Some(name) => who = Some(if name.trim().is_empty() { READER } else { name.trim() }.to_owned()),
                None => is_other = true,
            }
            continue;
        }
        let Some(who) = &who else { continue };
        if let Some(command) = line.strip_prefix("$ ") {
            let command = command.trim().to_owned();
            all.push(Line { who: who.clone(), command, expected: Vec::new(), status: 0, number });
            continue;
        }
        match all.last_mut().filter(|last| last.who == *who) {
            Some(last) if last.expected.is_empty() && line.starts_with("? ") => {
                last.status = line[2..].trim().parse()?;
            }
            Some(last) => last.expected.push(line.to_owned()),
            None => bail!("line {number}: a block begins with a command"),
        }
    }
    if who.is_some() || is_other {
        bail!("a block has no end");
    }
    Ok(all)
}

#[test]
fn a_page_gives_its_commands_with_whose_they_are() {
    let text =
        "Prose.\n```console\n$ one\na\n\n$ two\n? 15\nb\n```\n```text\n$ not this\n```\n```console bob\n$ three &\n```";
    let lines = lines(text).unwrap();
    let shown: Vec<_> = lines.iter().map(|line| (line.who.as_str(), line.command.as_str(), line.status)).collect();
    assert_eq!(shown, [("you", "one", 0), ("you", "two", 15), ("bob", "three &", 0)]);
    assert_eq!(lines[0].expected, ["a", ""]);
    assert_eq!(lines[1].expected, ["b"]);
    assert_eq!(lines[2].number, 14);
}

#[test]
fn a_page_that_is_cut_is_refused() {
    for text in ["```console\n$ one", "```console\nout\n```"] {
        lines(text).unwrap_err();
    }
}
