//! Records by strace what a program does to the files of one folder, as steps of a [`Trace`](harness::power::Trace). It
//! knows the few calls that the stores make; whatever it cannot read is an error and no guess.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use harness::kill::writer::Line;
use harness::power::Step;
use harness::power::image::Image;

/// The calls that change files, and those by which a file is known.
const CALLS: &str = "trace=?open,openat,?creat,close,dup,?dup2,dup3,fcntl,lseek,write,pwrite64,writev,pwritev,\
    ftruncate,fallocate,?rename,?renameat,renameat2,?unlink,unlinkat,fsync,fdatasync,sync_file_range";
/// Bytes of one call that are shown: more than any store here writes at once.
const BYTES_MAX: &str = "33554432";

/// Whether a file is part of what a store keeps: shared memory of SQLite is made anew, and locks are of no content.
pub(super) fn counts(name: &str) -> bool {
    !name.ends_with("-shm") && name != "lock"
}

/// Says why nothing can be recorded, if so.
pub(super) fn is_there() -> Result<()> {
    let probe = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output();
    let probe = probe.context("strace is not here; install it")?;
    ensure!(probe.status.success(), "strace may not watch: {}", String::from_utf8_lossy(&probe.stderr).trim());
    Ok(())
}

/// Runs a command to its end and gives what it did below a folder. What it says on its output marks its batches.
pub(super) fn record(command: &Command, folder: &Path, start: &Image, notes: &Path) -> Result<Vec<Step>> {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-xx", "-s", BYTES_MAX, "-e", CALLS, "-e", "signal=none", "-o"]).arg(notes);
    strace.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        strace.env(name, value.unwrap_or_default());
    }
    let done = strace.stdout(Stdio::null()).stdin(Stdio::null()).output()?;
    ensure!(done.status.success(), "the writer failed below strace: {}", String::from_utf8_lossy(&done.stderr));
    let lengths = start.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect();
    let mut reader = Reader { root: format!("{}/", folder.display()), lengths, ..Reader::default() };
    let mut waiting: BTreeMap<String, String> = BTreeMap::new();
    for line in BufReader::new(File::open(notes)?).lines() {
        let line = line?;
        let (thread, rest) = line.split_once(' ').context("a line without a thread")?;
        let rest = rest.trim_start();
        if let Some(begun) = rest.strip_suffix(" <unfinished ...>") {
            waiting.insert(thread.to_owned(), begun.to_owned());
        } else if rest.starts_with("<... ") {
            let (_, end) = rest.split_once(" resumed>").context("a call that ends without a name")?;
            let begun = waiting.remove(thread).context("a call that ends and never began")?;
            reader.take(&format!("{begun}{end}"))?;
        } else {
            reader.take(rest)?;
        }
    }
    Ok(reader.steps)
}

/// An open file: its path below the folder, and where it is written next.
#[derive(Clone)]
struct Open {
    name: Option<String>,
    at: u64,
    appends: bool,
}

/// What was read so far.
#[derive(Default)]
struct Reader {
    root: String,
    open: BTreeMap<i64, Open>,
    /// The lengths of the files, for those that are appended to.
    lengths: BTreeMap<String, u64>,
    steps: Vec<Step>,
}

impl Reader {
    /// Takes one call with its result.
    fn take(&mut self, text: &str) -> Result<()> {
        let Some((call, result)) = text.rsplit_once(" = ") else { return Ok(()) };
        let Some((name, arguments)) = call.trim_end().split_once('(') else { return Ok(()) };
        let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
        let result: i64 = result.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(-1);
        if result < 0 {
            return Ok(());
        }
        self.call(name, arguments, result).with_context(|| text.chars().take(200).collect::<String>())
    }

    fn call(&mut self, name: &str, text: &str, result: i64) -> Result<()> {
        let words: Vec<&str> = text.split(", ").collect();
        let number = |place: usize| -> Result<u64> { Ok(words.get(place).context("too few arguments")?.parse()?) };
        let descriptor = || number(0).map(u64::cast_signed);
        match name {
            "open" | "openat" | "creat" => self.opened(text, result, name == "creat"),
            "close" => {
                self.open.remove(&descriptor()?);
                Ok(())
            }
            "fcntl" if !text.contains("F_DUPFD") => Ok(()),
            "dup" | "dup2" | "dup3" | "fcntl" => {
                self.copied(descriptor()?, result);
                Ok(())
            }
            "lseek" => {
                if let Some(open) = self.open.get_mut(&descriptor()?) {
                    open.at = result.cast_unsigned();
                }
                Ok(())
            }
            "write" | "writev" => self.written(descriptor()?, None, text, result),
            "pwrite64" | "pwritev" => self.written(descriptor()?, Some(number(words.len() - 1)?), text, result),
            "ftruncate" => {
                self.sized(descriptor()?, number(1)?);
                Ok(())
            }
            "fallocate" => {
                ensure!(words.get(1) == Some(&"0"), "a way to allocate that is not known");
                self.grown(descriptor()?, number(2)? + number(3)?);
                Ok(())
            }
            "rename" | "renameat" | "renameat2" => {
                let names = quoted(text)?;
                let [from, to] = names.as_slice() else { bail!("a renaming without two names") };
                if let (Some(from), Some(to)) = (self.inside(from), self.inside(to)) {
                    let length = self.lengths.remove(&from).unwrap_or(0);
                    self.lengths.insert(to.clone(), length);
                    self.steps.push(Step::Rename { from, to });
                }
                Ok(())
            }
            "unlink" | "unlinkat" => {
                let names = quoted(text)?;
                let below = descriptor().ok().and_then(|number| self.open.get(&number));
                ensure!(below.is_none_or(|open| open.name.is_none()), "a removal below a folder that is open");
                if let Some(file) = names.first().and_then(|name| self.inside(name)) {
                    self.lengths.remove(&file);
                    self.steps.push(Step::Unlink { file });
                }
                Ok(())
            }
            "fsync" | "fdatasync" => {
                self.synced(descriptor()?);
                Ok(())
            }
            "sync_file_range" => Ok(()),
            _ => bail!("a call that is not known"),
        }
    }

    /// The path below the folder; that of the folder itself is empty.
    fn inside(&self, path: &[u8]) -> Option<String> {
        let path = String::from_utf8_lossy(path);
        let name = if format!("{path}/") == self.root { "" } else { path.strip_prefix(&self.root)? };
        counts(name).then(|| name.to_owned())
    }

    fn opened(&mut self, text: &str, descriptor: i64, is_made: bool) -> Result<()> {
        let names = quoted(text)?;
        let name = names.first().and_then(|path| self.inside(path));
        let has = |flag: &str| text.contains(flag);
        let is_file = !has("O_DIRECTORY") && (has("O_WRONLY") || has("O_RDWR") || is_made);
        if let Some(name) = name.as_ref().filter(|_| is_file) {
            if has("O_TRUNC") || is_made {
                self.lengths.insert(name.clone(), 0);
                self.steps.push(Step::Write { file: name.clone(), at: 0, bytes: Vec::new() });
                self.steps.push(Step::Length { file: name.clone(), length: 0 });
            } else if has("O_CREAT") {
                self.lengths.entry(name.clone()).or_insert(0);
                self.steps.push(Step::Write { file: name.clone(), at: 0, bytes: Vec::new() });
            }
        }
        self.open.insert(descriptor, Open { name, at: 0, appends: has("O_APPEND") });
        Ok(())
    }

    fn copied(&mut self, from: i64, to: i64) {
        if let Some(open) = self.open.get(&from).cloned() {
            self.open.insert(to, open);
        }
    }

    fn written(&mut self, descriptor: i64, at: Option<u64>, text: &str, result: i64) -> Result<()> {
        let mut bytes = quoted(text)?.concat();
        bytes.truncate(usize::try_from(result)?);
        if descriptor == 1 {
            let said = String::from_utf8_lossy(&bytes);
            if said.lines().any(|line| matches!(Line::parse(line), Some(Line::Acknowledged(_)))) {
                self.steps.push(Step::Acknowledged);
            }
            return Ok(());
        }
        let Some(open) = self.open.get_mut(&descriptor) else { return Ok(()) };
        let Some(file) = open.name.clone() else { return Ok(()) };
        ensure!(bytes.len() as u64 == result.cast_unsigned(), "{} bytes of {result} are shown", bytes.len());
        let length = self.lengths.entry(file.clone()).or_insert(0);
        let place = at.unwrap_or(if open.appends { *length } else { open.at });
        let end = place + bytes.len() as u64;
        if at.is_none() {
            open.at = end;
        }
        *length = end.max(*length);
        self.steps.push(Step::Write { file, at: place, bytes });
        Ok(())
    }

    fn sized(&mut self, descriptor: i64, length: u64) {
        if let Some(file) = self.name(descriptor) {
            self.lengths.insert(file.clone(), length);
            self.steps.push(Step::Length { file, length });
        }
    }

    fn grown(&mut self, descriptor: i64, length: u64) {
        let now = self.name(descriptor).and_then(|name| self.lengths.get(&name).copied()).unwrap_or(0);
        if length > now {
            self.sized(descriptor, length);
        }
    }

    fn synced(&mut self, descriptor: i64) {
        if let Some(file) = self.name(descriptor) {
            let is_file = self.lengths.contains_key(&file);
            self.steps.push(if is_file { Step::Sync { file } } else { Step::SyncFolder });
        }
    }

    fn name(&self, descriptor: i64) -> Option<String> {
        self.open.get(&descriptor).and_then(|open| open.name.clone())
    }
}

/// The strings of a call, which strace shows in hexadecimal.
fn quoted(text: &str) -> Result<Vec<Vec<u8>>> {
    ensure!(!text.contains("\"..."), "a string was cut short");
    let strings = text.split('"').skip(1).step_by(2);
    let decoded = strings.map(|string| {
        let bytes = string.split("\\x").skip(1).map(|pair| u8::from_str_radix(pair, 16));
        bytes.collect::<Result<Vec<_>, _>>()
    });
    Ok(decoded.collect::<Result<Vec<_>, _>>()?)
}
