//! Somebody who types what the page says: a folder, a home for a node, a shell. Nodes that a person leaves running are
//! ended with the person.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::page::Line;
use crate::pattern::{self, Names};

/// How long a command may take, and how long what was said may need to reach the other node.
const PATIENCE: Duration = Duration::from_mins(1);
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// What only looks, and may therefore be looked at again until it is so.
const ONLY_LOOKS: [&str; 12] = [
    "sesame status",
    "sesame contact list",
    "sesame advice",
    "sesame data list",
    "sesame vendor list",
    "sesame vendor show",
    "sesame vendor accounts",
    "sesame request list",
    "sesame share show",
    "sesame share who-knows",
    "sesame desk account ",
    "sesame desk inbox",
];

/// What the real machines of two people need not have: nodes of this suite stand side by side on one.
const SETTINGS: &str = "page_port = 0\nlisten = [\"/ip4/127.0.0.1/tcp/0\"]\n";

/// One person of a page.
pub(crate) struct Person {
    folder: PathBuf,
    home: PathBuf,
    path: String,
    running: Vec<Child>,
    count: usize,
}

impl Person {
    /// A person with an empty home, the program, and the files that lie beside the page.
    pub(crate) fn born(name: &str, all: &Path, program: &Path, files: &Path) -> Result<Self> {
        let (folder, home) = (all.join(name), all.join(format!("{name}.node")));
        fs::create_dir(&folder)?;
        fs::create_dir(&home)?;
        fs::write(home.join("config.toml"), SETTINGS)?;
        for entry in fs::read_dir(files)? {
            let file = entry?.path();
            if let Some(name) = file.file_name().filter(|_| file.extension().is_some_and(|ending| ending == "csv")) {
                fs::copy(&file, folder.join(name))?;
            }
        }
        let bin = program.parent().context("a program is in a folder")?.display().to_string();
        let path = std::env::var("PATH").map_or_else(|_| bin.clone(), |rest| format!("{bin}:{rest}"));
        Ok(Self { folder, home, path, running: Vec::new(), count: 0 })
    }

    /// Types a line; what came out, and with which status it ended unless it still runs.
    pub(crate) fn types(&mut self, line: &Line, names: &mut Names) -> Result<(String, Option<i32>)> {
        let command = pattern::filled(&line.command, names);
        let until = Instant::now() + PATIENCE;
        if let Some(command) = command.strip_suffix('&') {
            let (child, said) = self.starts(command.trim())?;
            self.running.push(child);
            return self.waits(&said, line, names, until).map(|found| (found, None));
        }
        loop {
            let (mut child, said) = self.starts(&command)?;
            let status = ended(&mut child).with_context(|| format!("$ {command}"))?;
            let found = fs::read_to_string(&said)?;
            let is_so = status == line.status && pattern::matches(&line.expected, &found, &mut names.clone()).is_some();
            let may_look = ONLY_LOOKS.iter().any(|looks| command.starts_with(looks));
            if is_so || !may_look || Instant::now() > until {
                return Ok((found, Some(status)));
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Starts a command; both of its outputs go to one file, in the order in which they were written.
    fn starts(&mut self, command: &str) -> Result<(Child, PathBuf)> {
        self.count += 1;
        let said = self.home.with_extension(format!("{}.out", self.count));
        let file = File::create(&said)?;
        let child = Command::new("/bin/sh")
            .args(["-c", command])
            .current_dir(&self.folder)
            .env_clear()
            .envs([
                ("PATH", self.path.as_str()),
                ("LANG", "C.UTF-8"),
                ("SESAME_LANG", "en"),
                ("TZ", "UTC"),
                ("NO_COLOR", "1"),
            ])
            .env("HOME", &self.folder)
            .env("SESAME_HOME", &self.home)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()?;
        Ok((child, said))
    }

    /// Waits until what stays running has said what the page says.
    fn waits(&mut self, said: &Path, line: &Line, names: &Names, until: Instant) -> Result<String> {
        loop {
            let found = fs::read_to_string(said)?;
            let is_so = pattern::matches(&line.expected, &found, &mut names.clone()).is_some();
            let is_over = match self.running.last_mut() {
                Some(child) => child.try_wait()?.is_some(),
                None => true,
            };
            if is_so || is_over || Instant::now() > until {
                return Ok(found);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        for child in &mut self.running {
            end(child);
        }
    }
}

/// Ends a command with everything that it started: a shell is not the node that was typed into it.
fn end(child: &mut Child) {
    Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status().ok();
    child.wait().ok();
}

/// Waits for a command to end; one that takes too long is ended.
fn ended(child: &mut Child) -> Result<i32> {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.code().unwrap_or(-1));
        }
        if Instant::now() > until {
            end(child);
            bail!("did not end within {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn both_outputs_come_in_order_and_the_status_with_them() {
    let all = tempfile::tempdir().unwrap();
    let mut person = Person::born("ada", all.path(), Path::new("/bin/sh"), all.path()).unwrap();
    let line = crate::typed("ada", "echo one; echo two >&2; echo three; exit 7");
    let (found, status) = person.types(&line, &mut Names::new()).unwrap();
    assert_eq!((found.as_str(), status), ("one\ntwo\nthree\n", Some(7)));
}
