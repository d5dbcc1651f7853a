//! Asking a person: passphrases, the 24 words, yes or no. Nothing is asked without a terminal or with `--no-input`: the
//! command says what to give instead and ends. Secrets come from a prompt, a file, stdin or a systemd credential, never
//! from the command line or the environment, and are wiped when dropped.

use std::fs::File;
use std::io::{self, BufRead, ErrorKind, IsTerminal, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sesame_api::{Code, Problem};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::args::Secret;
use crate::command::Context;
use crate::{Result, problem};

/// The most that is read of a file that holds a secret or a code: a passphrase of a whole page fits.
const FILE_BYTES_MAX: u64 = 16 << 10;
/// The name of the systemd credential (systemd.exec, `LoadCredentialEncrypted=`).
const CREDENTIAL: &str = "sesame-passphrase";

/// A text that is wiped when dropped.
pub(crate) type Hidden = Zeroizing<String>;

/// The passphrase that opens the vault: from the file that was named, a credential, or the person.
pub(crate) fn passphrase(context: &Context, secret: &Secret, command: &str) -> Result<Hidden> {
    opener(context, secret, command, "cli-ask-passphrase")
}

/// The passphrase that is to be changed: from where the one that opens comes from.
pub(crate) fn old_passphrase(context: &Context, secret: &Secret, command: &str) -> Result<Hidden> {
    opener(context, secret, command, "cli-ask-old")
}

fn opener(context: &Context, secret: &Secret, command: &str, prompt: &str) -> Result<Hidden> {
    match given(context, secret)? {
        Some(given) => Ok(given),
        None => hidden(context, command, prompt, "--passphrase-file FILE"),
    }
}

/// The passphrase that was given without asking, if any.
pub(crate) fn given(context: &Context, secret: &Secret) -> Result<Option<Hidden>> {
    if let Some(path) = &secret.passphrase_file {
        return first_line(context, path).map(Some);
    }
    let Some(folder) = std::env::var_os("CREDENTIALS_DIRECTORY") else { return Ok(None) };
    let path = PathBuf::from(folder).join(CREDENTIAL);
    if path.exists() { first_line(context, &path).map(Some) } else { Ok(None) }
}

/// A new passphrase: the offered one, or one of the person's own, typed twice either way. `option` is what to give when
/// nobody can be asked.
pub(crate) fn new_passphrase(context: &Context, offered: &str, command: &str, option: &str) -> Result<Hidden> {
    must_be_there(context, command, option)?;
    context.output.tell(&context.words().with("cli-ask-offer", &[("passphrase", offered.into())]));
    let first = hidden(context, command, "cli-ask-new", option)?;
    let chosen = if first.is_empty() { Zeroizing::new(offered.to_owned()) } else { first };
    let again = hidden(context, command, "cli-ask-again", option)?;
    if *chosen == *again {
        Ok(chosen)
    } else {
        Err(Problem::new(Code::BadValue).with("name", "passphrase").with("why", "differ"))
    }
}

/// A new passphrase: from a file where one is named, else from the person, who is offered one.
pub(crate) fn fresh_passphrase(
    context: &Context,
    file: Option<&Path>,
    command: &str,
    offer: impl FnOnce() -> Result<Hidden>,
) -> Result<Hidden> {
    match file {
        Some(file) => first_line(context, file),
        None => new_passphrase(context, &offer()?, command, "--new-passphrase-file FILE"),
    }
}

/// The 24 words, six at a time, from the person or a file.
pub(crate) fn words(context: &Context, file: Option<&Path>) -> Result<Vec<Hidden>> {
    let mut words = Vec::new();
    if let Some(path) = file {
        split(&whole(path)?, &mut words);
        return Ok(words);
    }
    for first in [1_u64, 7, 13, 19] {
        let prompt = context.words().with("cli-ask-words", &[("first", first.into()), ("last", (first + 5).into())]);
        let line = typed(context, "key words", &prompt, "--file FILE")?;
        split(&line, &mut words);
    }
    Ok(words)
}

/// Yes or no; no is what an empty answer means. `option` is what to give when nobody can be asked.
pub(crate) fn agrees(context: &Context, question: &str, command: &str, option: &str) -> Result<bool> {
    answer(context, question, command, option).map(|answer| is_yes(&answer))
}

/// One line that is no secret.
pub(crate) fn line(context: &Context, question: &str, command: &str, option: &str) -> Result<String> {
    answer(context, question, command, option).map(|answer| answer.trim().to_owned())
}

fn answer(context: &Context, question: &str, command: &str, option: &str) -> Result<String> {
    must_be_there(context, command, option)?;
    let mut stderr = io::stderr();
    let _ = write!(stderr, "{} ", sesame_api::safe::Safe(question));
    let _ = stderr.flush();
    let mut answer = String::new();
    let count = io::stdin().lock().take(FILE_BYTES_MAX).read_line(&mut answer);
    match count {
        Ok(0) => Err(Problem::new(Code::Interrupted)),
        Ok(_) => Ok(answer),
        Err(error) => Err(problem::disk(Path::new("stdin"), &error)),
    }
}

/// A text with its accents joined to their letters (Unicode NFC): what a keyboard types and what a list of words or a
/// file holds may be the same sign in two forms, and a passphrase must not depend on that.
pub(crate) fn composed(text: &str) -> Hidden {
    Zeroizing::new(text.nfc().collect())
}

/// All of a small text file, or of stdin for `-`.
pub(crate) fn whole(path: &Path) -> Result<Hidden> {
    whole_of(path, FILE_BYTES_MAX)
}

/// All of a text file of at most so many bytes, or of stdin for `-`.
pub(crate) fn whole_of(path: &Path, most: u64) -> Result<Hidden> {
    let mut bytes = Zeroizing::new(Vec::new());
    let failed = |error: io::Error| problem::disk(path, &error);
    if path == Path::new("-") {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        let file = File::open(path).map_err(failed)?;
        file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    let name = path.display();
    if bytes.len() as u64 > most {
        return Err(Problem::new(Code::TooLarge).with("file", name).with("limit", most));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| Problem::new(Code::BadFile).with("file", name))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The first line of a file, without its end: what an editor adds is no part of a passphrase.
pub(crate) fn first_line(context: &Context, path: &Path) -> Result<Hidden> {
    let open_to_others = |meta: std::fs::Metadata| meta.is_file() && meta.permissions().mode() & 0o077 != 0;
    if path != Path::new("-") && std::fs::metadata(path).is_ok_and(open_to_others) {
        let shown = path.display().to_string();
        context.output.tell(&context.words().with("cli-ask-file-open", &[("file", (&shown).into())]));
    }
    let text = whole(path)?;
    let line = composed(text.lines().next().unwrap_or_default());
    if line.is_empty() {
        return Err(Problem::new(Code::BadValue).with("name", "passphrase").with("why", "empty"));
    }
    Ok(line)
}

fn hidden(context: &Context, command: &str, key: &str, option: &str) -> Result<Hidden> {
    typed(context, command, &context.words().text(key), option)
}

/// What a person types without seeing it.
fn typed(context: &Context, command: &str, prompt: &str, option: &str) -> Result<Hidden> {
    must_be_there(context, command, option)?;
    match rpassword::prompt_password(format!("{prompt} ")) {
        Ok(text) => Ok(composed(&Zeroizing::new(text))),
        Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::UnexpectedEof) => {
            Err(Problem::new(Code::Interrupted))
        }
        Err(_) => Err(problem::give(command, option)),
    }
}

/// Somebody must be there to answer: a terminal on both sides, and leave to ask.
fn must_be_there(context: &Context, command: &str, option: &str) -> Result<()> {
    if can_ask(context) { Ok(()) } else { Err(problem::give(command, option)) }
}

/// Whether somebody is there to answer.
pub(crate) fn can_ask(context: &Context) -> bool {
    !context.no_input && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The words of a text; numbers before them, as on a sheet, do not count.
fn split(text: &str, into: &mut Vec<Hidden>) {
    let words = text.split(|sign: char| !sign.is_alphabetic() && !is_mark(sign)).filter(|word| !word.is_empty());
    into.extend(words.map(|word| Zeroizing::new(word.to_owned())));
}

/// Accents that stand beside their letter, as in decomposed text.
fn is_mark(sign: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&sign)
}

/// The answers that mean yes, in both languages whatever the one shown.
fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "o" | "oui")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_on_the_sheet_do_not_count() {
        let mut words = Vec::new();
        split("1. abaisser  2. ro\u{302}tir\n 3 été", &mut words);
        let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
        assert_eq!(words, ["abaisser", "ro\u{302}tir", "été"]);
    }

    #[test]
    fn an_accent_is_the_same_however_it_was_typed() {
        assert_eq!(*composed("se\u{301}lectif"), *composed("s\u{e9}lectif"));
    }

    #[test]
    fn only_a_clear_yes_is_one() {
        for yes in ["y", "Yes\n", "o", "OUI "] {
            assert!(is_yes(yes), "{yes}");
        }
        for no in ["", "\n", "n", "yess", "0"] {
            assert!(!is_yes(no), "{no}");
        }
    }
}
