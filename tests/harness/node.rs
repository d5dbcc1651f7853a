//! Real nodes as processes: a home folder of its own, the program as anybody would run it, its command line and its two
//! doors. Every wait is bounded, and whatever was started ends with the value that started it.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::http::{Ask, Reply};

/// How long a command may take. Making a vault and importing are the slowest; a loaded machine makes them slower.
const COMMAND_TIME_MAX: Duration = Duration::from_mins(1);
/// How long a node may take from its start to its first answer.
const START_TIME_MAX: Duration = Duration::from_mins(1);
/// How often a process is looked at.
const LOOK: Duration = Duration::from_millis(3);
/// What a node is told of its surroundings: nothing leaves this machine, and the system picks the ports.
const SETTINGS: &str = "page_port = 0\nlisten = [\"/ip4/127.0.0.1/tcp/0\", \"/ip4/127.0.0.1/udp/0/quic-v1\"]\n";
/// A passphrase that the program accepts.
pub const PASSPHRASE: &str = "oxbow-lantern-mosaic-thimble-quarry-velvet";

/// A node with a home folder of its own. It ends, with its folder, when it is dropped.
#[derive(Debug)]
pub struct Node {
    folder: TempDir,
    child: Option<Child>,
    port: u16,
    is_traced: bool,
    is_cheap: bool,
}

/// What a command said.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its exit status; -1 when a signal ended it.
    pub status: i32,
    /// What it printed for programs; `null` when that was no JSON.
    pub json: Value,
    /// What it printed.
    pub out: String,
    /// What it told the person.
    pub err: String,
    /// How long it took.
    pub took: Duration,
}

/// The program: the one that `SESAME_BIN` names, else the one in the target folder.
pub fn program() -> Result<PathBuf> {
    let path = std::env::var_os("SESAME_BIN").map_or_else(|| crate::target().join("debug/sesame"), PathBuf::from);
    path.canonicalize()
        .with_context(|| format!("{} is not there; build it with: cargo build -p sesame", path.display()))
}

impl Node {
    /// A home folder with its settings, and no node in it yet. Its passphrase file and its files lie outside the home.
    /// A debug build makes its vault cheap to open; see [`Node::costly`].
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("sesame-").tempdir()?;
        let node = Self { folder, child: None, port: 0, is_traced: false, is_cheap: true };
        fs::create_dir(node.home())?;
        fs::create_dir(node.folder.path().join("files"))?;
        fs::write(node.home().join("config.toml"), SETTINGS)?;
        fs::write(node.passphrase_file(), format!("{PASSPHRASE}\n"))?;
        Ok(node)
    }

    /// A node of a person with a name, open and serving.
    pub fn open(name: &str) -> Result<Self> {
        let mut node = Self::new()?;
        node.init(name)?;
        node.up()?;
        Ok(node)
    }

    /// A node of an organisation with a name, open and serving.
    pub fn open_desk(name: &str) -> Result<Self> {
        let mut node = Self::new()?;
        node.init_with(name, &["--vendor"])?;
        node.up()?;
        Ok(node)
    }

    /// Makes the vault without a node; gives the 24 words.
    pub fn init(&self, name: &str) -> Result<Vec<String>> {
        self.init_with(name, &[])
    }

    /// Makes the vault without a node, with these options of `init`; gives the 24 words.
    pub fn init_with(&self, name: &str, options: &[&str]) -> Result<Vec<String>> {
        let file = self.passphrase_file();
        let made = self.ok(&[&["init", "--name", name, "--passphrase-file", text(&file)?], options].concat())?;
        let words: Option<Vec<String>> = serde_json::from_value(made["words"].clone()).ok();
        words.with_context(|| format!("no words in {made}"))
    }

    /// Makes the vault of this node cost what a real one does: for what is measured.
    pub fn costly(&mut self) {
        self.is_cheap = false;
    }

    /// Follows everything that the node notes, from its next start on.
    pub fn trace(&mut self) {
        self.is_traced = true;
    }

    /// The home folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The file that holds the passphrase, outside the home.
    pub fn passphrase_file(&self) -> PathBuf {
        self.folder.path().join("passphrase")
    }

    /// Where the node's own notes go, over all its starts.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// The port of the page, once the node was started.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process of the node, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Writes a file for a command to read.
    pub fn file(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.folder.path().join("files").join(name);
        fs::write(&path, bytes).with_context(|| path.display().to_string())?;
        Ok(path)
    }

    /// Starts the node with its passphrase and waits until it answers.
    pub fn up(&mut self) -> Result<Value> {
        let file = self.passphrase_file();
        self.up_with(&["--passphrase-file", text(&file)?])
    }

    /// Starts the node with these options of `up` and waits until it answers. Gives its status.
    pub fn up_with(&mut self, options: &[&str]) -> Result<Value> {
        ensure!(self.child.is_none(), "the node runs already");
        let out = File::create(self.folder.path().join("out"))?;
        let log = File::options().create(true).append(true).open(self.log())?;
        let mut command = self.command()?;
        command.args(["up"]).args(options).stdout(out).stderr(log);
        if self.is_traced {
            command.env("SESAME_LOG", "trace").env("RUST_LOG", "trace");
        }
        self.child = Some(command.spawn()?);
        let until = Instant::now() + START_TIME_MAX;
        loop {
            let status = self.run(&["status"])?;
            if status.status == 0 {
                let page = status.json["page"].as_str().unwrap_or_default();
                let port = page.rsplit(':').next().and_then(|port| port.parse().ok());
                self.port = port.with_context(|| format!("no port in {page:?}"))?;
                return Ok(status.json);
            }
            if let Some(ended) = self.child.as_mut().map(Child::try_wait).transpose()?.flatten() {
                self.child = None;
                bail!("the node ended with {ended} before it answered\n{}", tail(&self.log()));
            }
            ensure!(Instant::now() < until, "the node does not answer\n{}{}", status.err, tail(&self.log()));
        }
    }

    /// The way into the page that a node without a vault prints when it starts.
    pub fn ticket(&self) -> Result<String> {
        let out = fs::read_to_string(self.folder.path().join("out"))?;
        let said: Value = serde_json::from_str(&out).with_context(|| format!("no JSON: {out:?}"))?;
        Ok(said["ticket"].as_str().with_context(|| format!("no ticket in {said}"))?.to_owned())
    }

    /// Ends the node as a power cut would (`SIGKILL`), if it runs.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Ends the node as a power cut would and starts it again. Gives its status.
    pub fn restart(&mut self) -> Result<Value> {
        self.kill()?;
        self.up()
    }

    /// Runs a command in this home, as a script would: JSON, no questions.
    pub fn run(&self, arguments: &[&str]) -> Result<Answer> {
        let mut command = self.command()?;
        command.args(arguments);
        finish(command, COMMAND_TIME_MAX).with_context(|| format!("sesame {}", arguments.join(" ")))
    }

    /// Runs a command that has to succeed, and gives its answer.
    pub fn ok(&self, arguments: &[&str]) -> Result<Value> {
        let answer = self.run(arguments)?;
        ensure!(
            answer.status == 0,
            "sesame {} ended with {}\n{}{}\n{}",
            arguments.join(" "),
            answer.status,
            answer.out,
            answer.err,
            tail(&self.log())
        );
        Ok(answer.json)
    }

    /// Runs a command that has to end with this status, and gives what it told the person.
    pub fn fails(&self, status: i32, arguments: &[&str]) -> Result<Answer> {
        let answer = self.run(arguments)?;
        let said = format!("{}{}", answer.out, answer.err);
        ensure!(
            answer.status == status,
            "sesame {} ended with {}, not {status}\n{said}",
            arguments.join(" "),
            answer.status
        );
        Ok(answer)
    }

    /// Asks again until the answer fits, for twenty seconds at most: what two nodes do takes its time.
    pub fn wait(&self, arguments: &[&str], fits: impl Fn(&Value) -> bool) -> Result<Value> {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let answer = self.ok(arguments)?;
            if fits(&answer) {
                return Ok(answer);
            }
            ensure!(
                Instant::now() < until,
                "sesame {} still says {answer}\n{}",
                arguments.join(" "),
                tail(&self.log())
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// A request that the page's own browser would send, without a session.
    pub fn ask(&self, method: &str, target: &str) -> Ask {
        let ask = Ask::new(method, target).header("Host", &format!("127.0.0.1:{}", self.port));
        if method == "GET" || method == "HEAD" {
            return ask.header("Sec-Fetch-Site", "none");
        }
        ask.header("Sec-Fetch-Site", "same-origin").header("Origin", &format!("http://127.0.0.1:{}", self.port))
    }

    /// Sends a request to the page.
    pub fn page(&self, ask: &Ask) -> Result<Reply> {
        ask.to_port(self.port).with_context(|| format!("{ask:?}"))
    }

    /// Sends a request to the socket of the command line.
    pub fn api(&self, ask: &Ask) -> Result<Reply> {
        ask.to_socket(&self.home().join("run/sesame.sock")).with_context(|| format!("{ask:?}"))
    }

    /// Goes in by a ticket and gives the cookie of the session.
    pub fn enter(&self) -> Result<String> {
        let url = self.ok(&["ui", "--print"])?["url"].as_str().unwrap_or_default().to_owned();
        let path =
            url.find("/enter/").map(|at| url[at..].to_owned()).with_context(|| format!("no ticket in {url:?}"))?;
        let reply = self.page(&self.ask("GET", &path))?;
        ensure!(reply.status == 303, "a ticket is answered with {}", reply.status);
        let cookie = reply.header("set-cookie").and_then(|value| value.split(';').next());
        Ok(cookie.context("a ticket gives no cookie")?.to_owned())
    }

    /// A page as a session sees it.
    pub fn look(&self, cookie: &str, path: &str) -> Result<Reply> {
        self.page(&self.ask("GET", path).header("Cookie", cookie))
    }

    /// Memory that the node holds, in kibibytes; nothing where the system does not say.
    pub fn memory_kib(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// The program in this home, with nothing of who runs the test.
    fn command(&self) -> Result<Command> {
        let mut command = Command::new(program()?);
        for name in ["SESAME_HOME", "SESAME_LANG", "SESAME_LOG", "SESAME_CHEAP_VAULTS", "CREDENTIALS_DIRECTORY"] {
            command.env_remove(name);
        }
        if self.is_cheap {
            command.env("SESAME_CHEAP_VAULTS", "1");
        }
        command.env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).current_dir(self.folder.path());
        command.arg("--home").arg(self.home()).args(["--json", "--no-input"]);
        Ok(command)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // A node that ended by itself is no problem here.
        self.kill().ok();
    }
}

/// A path as an argument of a command.
pub fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))
}

/// Runs a command to its end, which has to come in time.
fn finish(mut command: Command, most: Duration) -> Result<Answer> {
    let (mut out, mut err) = (tempfile::tempfile()?, tempfile::tempfile()?);
    let start = Instant::now();
    let mut child = command.stdout(out.try_clone()?).stderr(err.try_clone()?).spawn()?;
    let ended: ExitStatus = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        if start.elapsed() > most {
            child.kill()?;
            child.wait()?;
            bail!("no end after {} s\n{}", most.as_secs(), read(&mut err)?);
        }
        std::thread::sleep(LOOK);
    };
    let out = read(&mut out)?;
    let json = serde_json::from_str(&out).unwrap_or(Value::Null);
    Ok(Answer { status: ended.code().unwrap_or(-1), json, out, err: read(&mut err)?, took: start.elapsed() })
}

fn read(file: &mut File) -> Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The last lines of a node's notes, for whoever has to find out why a test failed.
fn tail(log: &Path) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
