//! What is written for people: links that lead somewhere, promises with a proof, and no word of where or with what it was
//! written.

use std::collections::BTreeSet;
use std::path::Path;

use crate::Fault;
use crate::source;
use crate::tree::Text;

/// Lines of `docs/ARCHITECTURE.md` at most: it is to be read in one go.
pub(crate) const ARCHITECTURE_LINES_MAX: usize = 400;
/// The first lines of the README, where a stranger looks.
const TOP_LINES: usize = 30;
/// What must stand there.
const COMMANDS: [&str; 2] = ["cargo run --release -- demo", "tests/run"];

/// What no file holds: places on somebody's machine, hosts of package registries, and the names of what typed it. In two
/// parts, so that this list does not hold them either.
const FOREIGN: [[&str; 2]; 13] = [
    ["/wo", "rk"],
    ["/ro", "ot"],
    ["/tmp/br", "ief"],
    ["/Us", "ers"],
    ["index.crates", ".io"],
    ["static.crates", ".io"],
    ["registry.npm", "js"],
    ["pypi", ".org"],
    ["cop", "ilot"],
    ["chat", "gpt"],
    ["cla", "ude"],
    ["anth", "ropic"],
    ["co-authored", "-by"],
];

/// Words that a file which is not finished holds.
const UNFINISHED: [[&str; 2]; 3] = [["TO", "DO"], ["FIX", "ME"], ["XX", "X"]];

/// Holds any text to what holds for all of them.
pub(crate) fn check(path: &str, text: &str) -> Vec<Fault> {
    // The lock file is cargo's own hand.
    if path == "Cargo.lock" || path.starts_with("LICENSE") {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let small = text.to_ascii_lowercase();
    let mut look = |text: &str, word: &str, rule: &str| {
        for at in source::words(text, word) {
            let line = source::line_of(text, at);
            faults.push(Fault { path: path.to_owned(), line, rule: format!("`{word}`: {rule}") });
        }
    };
    for parts in FOREIGN {
        look(&small, &parts.concat().to_ascii_lowercase(), "the project stands alone");
    }
    for parts in UNFINISHED {
        look(text, &parts.concat(), "what is not done is said in words, or done");
    }
    faults
}

/// Relative links that lead nowhere. `is_there` is asked for each target, from the top of the repository.
pub(crate) fn links(path: &str, text: &str, is_there: impl Fn(&str) -> bool) -> Vec<Fault> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut faults = Vec::new();
    for (line, target) in targets(text) {
        let target = target.split('#').next().unwrap_or_default();
        let is_elsewhere = target.contains("://") || target.starts_with("mailto:");
        if target.is_empty() || is_elsewhere {
            continue;
        }
        match resolved(folder, target) {
            Some(place) if is_there(&place) => {}
            _ => faults.push(Fault {
                path: path.to_owned(),
                line,
                rule: format!("the link to `{target}` leads nowhere"),
            }),
        }
    }
    faults
}

/// The targets of links and pictures, outside fenced blocks.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut is_fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        }
        if is_fenced {
            continue;
        }
        for (at, _) in line.match_indices("](") {
            let target: String = line[at + 2..].chars().take_while(|sign| *sign != ')' && *sign != ' ').collect();
            found.push((number + 1, target));
        }
    }
    found
}

/// A target seen from the top; nothing when it leads out of the repository.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a file is there, seen from the top.
pub(crate) fn is_there(top: &Path, place: &str) -> bool {
    top.join(place).exists()
}

/// The tests that a table of promises names: the text between backticks in the last column of every row.
pub(crate) fn promises(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let is_rule = line.contains("---");
        if !line.trim_start().starts_with('|') || cells.len() != 3 || is_rule || cells[2] == "proof" {
            continue;
        }
        let names = cells[2].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        rows.push((number + 1, names));
    }
    rows
}

/// Promises without a proof, and proofs that are no test.
pub(crate) fn unproven(path: &str, text: &str, tests: &BTreeSet<String>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |line, rule| faults.push(Fault { path: path.to_owned(), line, rule });
    let rows = promises(text);
    if rows.is_empty() {
        fault(1, "has no table of promises".to_owned());
    }
    for (line, names) in rows {
        if names.is_empty() {
            fault(line, "a promise without a test".to_owned());
        }
        for name in names.into_iter().filter(|name| !tests.contains(name)) {
            fault(line, format!("there is no test `{name}`"));
        }
    }
    faults
}

/// The names of every test in the sources.
pub(crate) fn tests(texts: &[Text]) -> BTreeSet<String> {
    let sources = texts.iter().filter(|text| text.is("rs"));
    let functions = sources.flat_map(|text| source::functions(&source::blanked(&text.text)));
    functions.filter(|function| function.is_test).map(|function| function.name).collect()
}

/// What a stranger must find at the top of the README.
pub(crate) fn readme(text: &str) -> Vec<Fault> {
    let top: Vec<&str> = text.lines().take(TOP_LINES).collect();
    let top = top.join("\n");
    let is_missing = |command: &&&str| !top.contains(**command);
    let missing = COMMANDS.iter().filter(is_missing);
    let rule = |command: &&str| format!("`{command}` is not among the first {TOP_LINES} lines");
    missing.map(|command| Fault { path: "README.md".to_owned(), line: 1, rule: rule(command) }).collect()
}
