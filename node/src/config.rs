//! The settings of a node: one small file, `config.toml`, in its home folder. Everything has a default; an unknown or
//! wrong value is an error with its name, never ignored.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Deserialize;
use sesame_api::node::Language;
use sesame_api::{Code, Problem};
use sesame_network::Addr;
use sesame_vault::Costs;

/// What a node is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The home folder: vault, settings, socket.
    pub home: PathBuf,
    /// The port of the page on loopback; 0 takes any free one.
    pub page_port: u16,
    /// Where the node listens for other nodes, as multiaddresses.
    pub listen: Vec<String>,
    /// The language of the page until a visitor chooses.
    pub language: Language,
    /// Minutes without a request of a person, by page or command, after which the vault locks by itself; 0 never.
    pub auto_lock_minutes: u64,
    /// What a passphrase costs to try; measured on this machine when it is not said.
    pub costs: Option<Costs>,
}

/// The port of the page unless the settings say otherwise.
const PAGE_PORT: u16 = 7373;
/// Where a node listens unless the settings say otherwise: every interface, any free port.
const LISTEN: [&str; 2] = ["/ip4/0.0.0.0/tcp/0", "/ip4/0.0.0.0/udp/0/quic-v1"];
/// A settings file larger than this is not one.
const FILE_BYTES_MAX: u64 = 64 * 1024;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: Option<Language>,
    page_port: Option<u16>,
    listen: Option<Vec<String>>,
    auto_lock_minutes: Option<u64>,
}

impl Config {
    /// The settings of a home folder that says nothing.
    pub fn new(home: &Path) -> Self {
        Self {
            home: home.to_owned(),
            page_port: PAGE_PORT,
            listen: LISTEN.map(str::to_owned).to_vec(),
            language: Language::En,
            auto_lock_minutes: 0,
            costs: costs(),
        }
    }

    /// Reads `config.toml` of a home folder, if there is one.
    pub fn load(home: &Path) -> Result<Self, Problem> {
        let path = home.join("config.toml");
        let wrong =
            |why: &dyn std::fmt::Display| Problem::new(Code::Setting).with("file", path.display()).with("why", why);
        let mut config = Self::new(home);
        let text = match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(config),
            Err(error) => return Err(wrong(&error)),
            Ok(file) if file.len() > FILE_BYTES_MAX => return Err(wrong(&"the file is larger than 64 KiB")),
            Ok(_) => std::fs::read_to_string(&path).map_err(|error| wrong(&error))?,
        };
        let file: File = toml::from_str(&text).map_err(|error| wrong(&error.message()))?;
        config.language = file.language.unwrap_or(config.language);
        config.page_port = file.page_port.unwrap_or(config.page_port);
        config.auto_lock_minutes = file.auto_lock_minutes.unwrap_or(config.auto_lock_minutes);
        config.listen = file.listen.unwrap_or(config.listen);
        config.addresses()?;
        Ok(config)
    }

    /// Where the node listens, checked.
    pub(crate) fn addresses(&self) -> Result<Vec<Addr>, Problem> {
        let parse = |text: &String| {
            text.parse().map_err(|_| Problem::new(Code::Setting).with("name", "listen").with("value", text))
        };
        self.listen.iter().map(parse).collect()
    }

    /// How long the vault may stay open without a visit, if it is to lock by itself.
    pub(crate) fn auto_lock(&self) -> Option<Duration> {
        (self.auto_lock_minutes > 0).then(|| Duration::from_secs(self.auto_lock_minutes.saturating_mul(60)))
    }

    /// What a new passphrase is to cost: on this machine half a second to a second a try, and never less than the standard.
    /// Takes a few seconds where it is measured.
    pub(crate) fn costs(&self) -> Result<Costs, sesame_vault::Error> {
        let start = Instant::now();
        self.costs.map_or_else(|| Costs::calibrate(&mut || start.elapsed()), Ok)
    }

    pub(crate) fn vault(&self) -> PathBuf {
        self.home.join("vault")
    }

    /// The folder of what lives only while a node runs.
    pub(crate) fn run(&self) -> PathBuf {
        self.home.join("run")
    }
}

/// What a passphrase costs to try, if that is not to be measured. A debug build may be told to make it cheap, so that
/// suites that make many vaults are quick; a release build never is.
#[cfg(debug_assertions)]
fn costs() -> Option<Costs> {
    std::env::var_os("SESAME_CHEAP_VAULTS").is_some().then_some(Costs::TEST)
}

#[cfg(not(debug_assertions))]
fn costs() -> Option<Costs> {
    None
}
