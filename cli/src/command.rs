//! The commands, one file each. Every one asks the node for a JSON value and shows it; what they share is the context.

mod account;
mod advice;
mod backup;
mod bar;
mod care;
mod code;
mod config;
mod contact;
mod data;
mod demo;
mod desk;
mod doctor;
mod export;
mod fact;
mod help;
mod init;
mod insight;
mod invite;
mod key;
mod lock;
mod rate;
mod record;
mod repair;
mod request;
mod rotate;
mod share;
mod shell;
mod status;
mod stop;
mod ui;
mod up;
mod vendor;
mod verify;
mod wording;

use std::future::Future;
use std::path::PathBuf;
use std::process::ExitCode;

use sesame_api::client::{Client, escaped};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use tokio::runtime::Builder;

use crate::args::{Command, Global};
use crate::output::Output;
use crate::{Result, home, problem};

/// Characters of an id that are shown, and that are enough to name it.
const ID_SHOWN: usize = 12;

/// What every command knows.
pub(crate) struct Context {
    /// The folder of the node, absolute.
    pub(crate) home: PathBuf,
    /// Whether nobody may be asked.
    pub(crate) no_input: bool,
    /// Where answers go.
    pub(crate) output: Output,
}

impl Context {
    /// The context of a command line.
    pub(crate) fn new(global: &Global, output: Output) -> Result<Self> {
        Ok(Self { home: home::find(global.home.as_deref())?, no_input: global.no_input, output })
    }

    /// The words of the person's language.
    pub(crate) fn words(&self) -> &'static Words {
        self.output.words()
    }

    /// The running node, or the problem that there is none. Nothing is ever started.
    pub(crate) async fn node(&self) -> Result<Client> {
        Client::connect(&self.home).await
    }
}

/// Runs a command to its end. The exit status is 0 but for `doctor` and `check`, which may have found something.
pub(crate) fn run(context: &Context, command: Option<Command>) -> Result<ExitCode> {
    let Some(command) = command else {
        help::overview(context)?;
        return Ok(ExitCode::SUCCESS);
    };
    match command {
        Command::Doctor => return doctor::run(context),
        Command::Check(secret) => return care::check(context, &secret),
        Command::Repair(secret) => alone(repair::run(context, &secret))?,
        Command::Compact(secret) => alone(care::compact(context, &secret))?,
        Command::Demo(args) => with_threads(demo::run(context, &args))?,
        Command::Up(args) => with_threads(up::run(context, &args))?,
        Command::Init(args) => alone(init::run(context, &args))?,
        Command::Status => alone(status::run(context))?,
        Command::Ui(args) => alone(ui::run(context, &args))?,
        Command::Lock => alone(lock::lock(context))?,
        Command::Unlock(secret) => alone(lock::unlock(context, &secret))?,
        Command::Stop => alone(stop::run(context))?,
        Command::Data(args) => alone(data::run(context, &args))?,
        Command::Insight(args) => alone(insight::run(context, &args))?,
        Command::Contact(args) => alone(contact::run(context, &args))?,
        Command::Rate(args) => alone(rate::rate(context, args))?,
        Command::Ratings => alone(rate::list(context))?,
        Command::Retract(subject) => alone(rate::retract(context, subject))?,
        Command::Advice(args) => alone(advice::run(context, &args))?,
        Command::Vendor(args) => alone(vendor::run(context, &args))?,
        Command::Request(args) => alone(request::run(context, &args))?,
        Command::Share(args) => alone(share::run(context, &args))?,
        Command::Desk(args) => alone(desk::run(context, &args))?,
        Command::Verify { file } => verify::run(context, &file)?,
        Command::Backup(args) => alone(backup::run(context, &args))?,
        Command::Key(args) => alone(key::run(context, &args))?,
        Command::Config(args) => config::run(context, &args)?,
        Command::Completions { shell } => shell::completions(shell)?,
        Command::Man { out } => shell::man(out.as_deref())?,
        Command::Help { command } => help::run(context, &command)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs what talks to a node: one thread is plenty.
fn alone(work: impl Future<Output = Result<()>>) -> Result<()> {
    start(&mut Builder::new_current_thread(), work)
}

/// Runs what is a node itself.
fn with_threads(work: impl Future<Output = Result<()>>) -> Result<()> {
    start(&mut Builder::new_multi_thread(), work)
}

fn start(builder: &mut Builder, work: impl Future<Output = Result<()>>) -> Result<()> {
    let runtime = builder.enable_all().build();
    let runtime = runtime.map_err(|error| Problem::new(Code::Failed).with("why", error))?;
    runtime.block_on(work)
}

/// The path of one thing in the API, and of what is done with it: the thing is named by whoever types the command.
fn place(room: &str, named: &str, what: &str) -> String {
    format!("{room}/{}{what}", escaped(named))
}

/// As much of an id as is shown.
fn short(id: &str) -> String {
    id.chars().take(ID_SHOWN).collect()
}

/// Writes a new file that only its owner can read; one that is there already is never overwritten.
fn write_new(path: &std::path::Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Problem::new(Code::BadValue).with("name", "file").with("value", path.display()).with("why", "exists")
        }
        _ => problem::disk(path, &error),
    })
}

/// A moment (RFC 3339) in the person's own time: the day, and the hour when it is today.
fn moment(words: &Words, text: &str) -> String {
    let Ok(at) = text.parse::<jiff::Timestamp>() else { return words.day_of(text) };
    let zone = jiff::tz::TimeZone::system();
    let (at, now) = (at.to_zoned(zone.clone()), jiff::Timestamp::now().to_zoned(zone));
    let hour = format!("{:02}:{:02}", at.hour(), at.minute());
    if at.date() == now.date() { hour } else { format!("{} {hour}", words.date(&at.date().to_string())) }
}

/// The line that says when or since when; empty moments stay empty.
fn day(words: &Words, text: &str) -> String {
    let local = text.parse::<jiff::Timestamp>().map(|at| at.to_zoned(jiff::tz::TimeZone::system()).date().to_string());
    local.map_or_else(|_| words.day_of(text), |day| words.date(&day))
}
