//! Runs the guide: every `$ …` line in the `console` blocks of `docs/guide/*.md` is typed for real, by people with homes
//! of their own, and what comes out is held against what the page says. If the guide lies, this fails.
//!
//! A block belongs to whoever its fence names (`console`, or `console bob`). In what is expected, `[..]` stands for any
//! text within a line, a line `...` for any number of lines, and `[NAME]` for one word that may be used again later;
//! `? 15` says with which status a command ends when that is not 0. A command that ends in `&` stays running.

#[path = "guide/page.rs"]
mod page;
#[path = "guide/pattern.rs"]
mod pattern;
#[path = "guide/person.rs"]
mod person;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use page::Line;
use person::Person;

/// Where the pages are.
fn folder() -> PathBuf {
    harness::root().join("docs/guide")
}

/// Plays one page from its first line to its last.
fn play(name: &str, text: &str, program: &Path) -> Result<()> {
    let temporary = tempfile::Builder::new().prefix("guide").tempdir()?;
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    let mut names = BTreeMap::new();
    for line in page::lines(text)? {
        if !people.contains_key(&line.who) {
            let person = Person::born(&line.who, temporary.path(), program, &folder())?;
            people.insert(line.who.clone(), person);
        }
        let person = people.get_mut(&line.who).context("whoever a block names was born just before")?;
        let (found, status) = person.types(&line, &mut names)?;
        if let Some(status) = status.filter(|status| *status != line.status) {
            bail!(
                "{name}:{}: $ {}\nended with {status} and not with {}\n{found}",
                line.number,
                line.command,
                line.status
            );
        }
        if pattern::matches(&line.expected, &found, &mut names).is_none() {
            let expected = line.expected.join("\n");
            bail!("{name}:{}: $ {}\n--- the page says\n{expected}\n--- in truth\n{found}", line.number, line.command);
        }
    }
    Ok(())
}

#[test]
fn every_page_of_the_guide_is_true() -> Result<()> {
    let program = harness::node::program()?;
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder())? {
        pages.extend(Some(entry?.path()).filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    pages.sort();
    assert!(!pages.is_empty(), "there is no guide");
    for path in pages {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        play(&name, &fs::read_to_string(&path)?, &program)?;
    }
    Ok(())
}

fn plays(text: &str) -> Result<()> {
    play("planted.md", text, Path::new("/bin/sh"))
}

#[test]
fn a_page_that_lies_is_found_out() {
    plays("```console\n$ echo one; echo two\none\ntwo\n$ exit 3\n? 3\n```").unwrap();
    for lie in [
        "```console\n$ echo one\ntwo\n```",
        "```console\n$ echo one\n```",
        "```console\n$ echo one\none\ntwo\n```",
        "```console\n$ echo one; exit 1\none\n```",
        "```console\n$ true\n? 1\n```",
        "```console\n$ no-such-command\n```",
    ] {
        plays(lie).unwrap_err();
    }
}

#[test]
fn people_have_folders_of_their_own_and_a_word_is_carried_over() {
    let page = "```console\n$ echo code-$$ > here; cat here\n[CODE]\n```\nThen:\n\
        ```console bob\n$ ls here\n? 2\n...\n$ echo [CODE]\n[CODE]\n```\n```console\n$ cat here\n[CODE]\n```";
    plays(page).unwrap();
    plays(&page.replace("echo [CODE]", "echo other")).unwrap_err();
}

#[test]
fn what_stays_running_is_waited_for_and_ended() {
    let page = "```console\n$ (sleep 0.2; echo ready; sleep 61.7) &\nready\n$ echo on\non\n```";
    plays(page).unwrap();
    let left = Command::new("ps").args(["-eo", "args"]).output().unwrap();
    assert!(!String::from_utf8_lossy(&left.stdout).lines().any(|line| line == "sleep 61.7"), "it still runs");
}

/// A line that a page types, for the tests of its parts.
#[cfg(test)]
fn typed(who: &str, command: &str) -> Line {
    Line { who: who.to_owned(), command: command.to_owned(), expected: Vec::new(), status: 0, number: 1 }
}
