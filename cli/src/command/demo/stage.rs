//! The stage of the demo: homes in a folder of their own, and one `sesame up` process in each. Everything is taken
//! down when the stage is dropped, also after a failed step.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sesame_api::client::Client;
use sesame_api::node::{InitAsk, Initialised, Language, Status, Suggestion, UnlockAsk};
use sesame_api::{Code, Problem};
use zeroize::Zeroizing;

use crate::Result;
use crate::command::Context;
use crate::problem;

/// What every demo folder's name begins with.
const FOLDER: &str = "demo-";
/// How long a node may take to serve. A machine under load is slow; nothing is waited for longer than needed.
const SERVES: Duration = Duration::from_secs(30);
/// The port of Alice's page when it is free.
const PAGE_PORT: u16 = 7373;

/// The homes and processes of the demo.
pub(super) struct Stage {
    pub(super) alice: Actor,
    pub(super) bob: Actor,
    pub(super) chloe: Actor,
    /// A supplier that says who it is.
    pub(super) volta: Actor,
    /// A supplier that does not.
    pub(super) courant: Actor,
    folder: PathBuf,
}

/// One person or organisation of the story, with a node of its own.
pub(super) struct Actor {
    pub(super) name: &'static str,
    pub(super) home: PathBuf,
    port: u16,
    is_person: bool,
    language: Language,
    passphrase: Zeroizing<String>,
    process: Option<Child>,
}

impl Stage {
    /// Starts the nodes and makes their vaults.
    pub(super) async fn build(context: &Context) -> Result<Self> {
        let folder = context.home.join(format!("{FOLDER}{}", std::process::id()));
        let language = context.words().language();
        let actor = |name: &'static str, home: &str, port| Actor {
            name,
            home: folder.join(home),
            port,
            is_person: true,
            language,
            passphrase: Zeroizing::default(),
            process: None,
        };
        let port = if is_free(PAGE_PORT) { PAGE_PORT } else { 0 };
        let mut stage = Self {
            alice: actor("Alice", "alice", port),
            bob: actor("Bob", "bob", 0),
            chloe: actor("Chloé", "chloe", 0),
            volta: Actor { is_person: false, ..actor("Volta Énergie", "volta", 0) },
            courant: Actor { is_person: false, ..actor("Grand Courant", "courant", 0) },
            folder,
        };
        for actor in stage.actors() {
            actor.start()?;
        }
        let Self { alice, bob, chloe, volta, courant, .. } = &mut stage;
        tokio::try_join!(alice.init(), bob.init(), chloe.init(), volta.init(), courant.init())?;
        Ok(stage)
    }

    fn actors(&mut self) -> [&mut Actor; 5] {
        [&mut self.alice, &mut self.bob, &mut self.chloe, &mut self.volta, &mut self.courant]
    }
}

/// Ends the processes and removes their homes.
impl Drop for Stage {
    fn drop(&mut self) {
        for actor in self.actors() {
            actor.kill();
        }
        // A folder that cannot be removed is found again by `sesame demo --clean`.
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Actor {
    /// Starts the node of this person; it serves a little later.
    pub(super) fn start(&mut self) -> Result<()> {
        crate::home::make(&self.home)?;
        let program = std::env::current_exe().map_err(|error| Problem::new(Code::Failed).with("why", error))?;
        let log = |name: &str| {
            let path = self.home.join(name);
            File::options().create(true).append(true).open(&path).map_err(|error| problem::disk(&path, &error))
        };
        let (out, err) = (log("out.log")?, log("err.log")?);
        let process = Command::new(program)
            .arg("--home")
            .arg(&self.home)
            .args(["--no-input", "up", "--page-port", &self.port.to_string()])
            .args(["--listen", "/ip4/127.0.0.1/tcp/0", "--listen", "/ip4/127.0.0.1/udp/0/quic-v1"])
            .env_remove("CREDENTIALS_DIRECTORY")
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn();
        self.process = Some(process.map_err(|error| Problem::new(Code::Failed).with("why", error))?);
        Ok(())
    }

    /// Kills the node as a power cut would: nothing is said or saved.
    pub(super) fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().ok();
            process.wait().ok();
        }
    }

    /// The way to this person's node, once it serves.
    pub(super) async fn client(&self) -> Result<Client> {
        let end = Instant::now() + SERVES;
        loop {
            match Client::connect(&self.home).await {
                Ok(client) => return Ok(client),
                Err(problem) if Instant::now() > end => {
                    let log = std::fs::read_to_string(self.home.join("err.log")).unwrap_or_default();
                    let last = log.lines().last().unwrap_or_default().to_owned();
                    return Err(problem.with("contact", self.name).with("why", last));
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    /// Opens the vault again after a restart.
    pub(super) async fn unlock(&self) -> Result<()> {
        let ask = UnlockAsk { passphrase: self.passphrase.to_string() };
        let _: Status = self.client().await?.post("unlock", &ask).await?;
        Ok(())
    }

    async fn init(&mut self) -> Result<()> {
        let client = self.client().await?;
        let suggestion: Suggestion = client.get("suggestion", &[]).await?;
        self.passphrase = Zeroizing::new(suggestion.passphrase);
        let ask = InitAsk {
            passphrase: self.passphrase.to_string(),
            name: self.name.to_owned(),
            language: self.language,
            vendor: !self.is_person,
            quick: true,
        };
        let _: Initialised = client.post("init", &ask).await?;
        Ok(())
    }
}

/// Removes what earlier demos left behind; returns how many.
pub(super) fn clean(home: &Path) -> Result<u64> {
    let mut removed = 0;
    let entries = match std::fs::read_dir(home) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(problem::disk(home, &error)),
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.strip_prefix(FOLDER)) else { continue };
        let is_running = pid.parse().is_ok_and(|pid: u32| Path::new(&format!("/proc/{pid}")).exists());
        if pid.parse::<u32>().is_ok() && !is_running {
            std::fs::remove_dir_all(entry.path()).map_err(|error| problem::disk(&entry.path(), &error))?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn is_free(port: u16) -> bool {
    std::net::TcpListener::bind(("127.0.0.1", port)).is_ok()
}
