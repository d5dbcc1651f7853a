//! The command line as clap reads it: names, options and the short English help of each command. What the commands do is
//! in `command`; the overview in the person's language is `sesame help`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

mod backup;
mod choose;
mod contact;
mod data;
mod desk;
mod record;
mod share;
mod vendor;

pub(crate) use backup::Backup;
pub(crate) use choose::{Rate, Subject};
pub(crate) use contact::{Contact, Level};
pub(crate) use data::{About, Data, Import, Insight, Span};
pub(crate) use desk::{Asked, Desk, Profile, Webhook};
pub(crate) use record::{Add, Edit, Said, Which};
pub(crate) use share::{Given, Request, Share};
pub(crate) use vendor::Vendor;

/// Keeps your data on your own machine, and lets your circle tell you who deserves your money.
///
/// Start with "sesame up", then open the page with "sesame ui". "sesame help" lists everything in your language.
#[derive(Debug, Parser)]
#[command(name = "sesame", version, disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// The command; none shows the overview.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The folder of the node; the system's folder for programs' data when absent
    #[arg(long, global = true, value_name = "DIR", env = "SESAME_HOME")]
    pub(crate) home: Option<PathBuf>,
    /// The language of what you read
    #[arg(long, global = true, value_name = "LANG", value_parser = ["en", "fr"])]
    pub(crate) lang: Option<String>,
    /// Print JSON instead of text; problems come as JSON on stderr
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Never ask anything: say what is missing and end
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
    /// Print no messages, only data and problems
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// What `sesame` can be asked to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play a story with real nodes on this machine.
    ///
    /// It starts several nodes, lets them meet and prints each step because it happened. The page stays open at the end.
    #[command(after_help = "Example:\n  sesame demo --slow")]
    Demo(Demo),
    /// Make the vault of this node.
    ///
    /// It asks for a passphrase, makes the vault and shows the 24 words once. It starts nothing in the background.
    #[command(after_help = "Example:\n  sesame init --name Alice")]
    Init(Init),
    /// Run the node in the foreground.
    ///
    /// It serves the page and the local API until Ctrl-C or "sesame stop". Without a vault it shows the first-run page.
    #[command(after_help = "Example:\n  sesame up")]
    Up(Up),
    /// Say how the node is.
    ///
    /// Health comes first, in one sentence; then what the vault holds and what waits. It works in every state.
    #[command(after_help = "Example:\n  sesame status --json")]
    Status,
    /// Look for what is wrong on this machine.
    ///
    /// It checks the folder, its modes, the lock, the socket, the port, the clock and the disk. It needs no node.
    #[command(after_help = "Example:\n  sesame doctor")]
    Doctor,
    /// Open the page in the browser.
    ///
    /// It asks the node for a way in that works once, for a minute. The address is printed too.
    #[command(after_help = "Example:\n  sesame ui --print")]
    Ui(Ui),
    /// Lock the vault.
    ///
    /// The node keeps running and forgets its keys. "sesame unlock" opens the vault again.
    #[command(after_help = "Example:\n  sesame lock")]
    Lock,
    /// Open the vault with the passphrase.
    ///
    /// The passphrase is asked for, or read from a file; it is never an argument. The node must be running.
    #[command(after_help = "Example:\n  sesame unlock --passphrase-file ./passphrase")]
    Unlock(Secret),
    /// Stop the node.
    ///
    /// What was decided is already kept, so nothing is lost. It returns when the node has gone.
    #[command(after_help = "Example:\n  sesame stop")]
    Stop,
    /// Check that the vault is whole.
    ///
    /// Every byte of it is read and verified, and nothing is changed. A running node does it itself; a vault that no node
    /// holds is opened with its passphrase. Damage ends with status 7.
    #[command(after_help = "Example:\n  sesame check")]
    Check(Secret),
    /// Save all that is whole of a damaged vault.
    ///
    /// A new vault is made of it, read back, and takes the place of the damaged one, which is kept beside it. What is lost is
    /// said. No node may run. With nothing to repair it ends with status 15, and with nothing to save with 7.
    #[command(after_help = "Example:\n  sesame repair")]
    Repair(Secret),
    /// Free the space that nothing in the vault needs any more.
    ///
    /// What was replaced or removed leaves the disk, and nothing else. A running node does it between its turns, and by
    /// itself when much is dead. With nothing to free it ends with status 15.
    #[command(after_help = "Example:\n  sesame compact")]
    Compact(Secret),
    /// Bring your data home, look at them, take them away.
    ///
    /// Files are read just as organisations hand them out. Everything goes out again in an open format.
    #[command(subcommand, after_help = "Example:\n  sesame data import my-meter.csv")]
    Data(Data),
    /// See what your data tell.
    ///
    /// Totals are drawn as bars, with one finding in a sentence. The same numbers come as JSON or as an SVG chart.
    #[command(after_help = "Example:\n  sesame insight energy --by hour --from 2025-01-01")]
    Insight(Insight),
    /// The people in your circle.
    ///
    /// You invite somebody, compare six words, then choose how much their word weighs. A new contact weighs nothing.
    #[command(subcommand, after_help = "Example:\n  sesame contact invite \"Bob\"")]
    Contact(Contact),
    /// Rate an organisation, a shop or a product.
    ///
    /// Marks go from 0 to 100 and are sent to your contacts, or stay with you with --private. A rating can be retracted.
    #[command(
        after_help = "Example:\n  sesame rate domain:volta.example --market 04.5.1 --overall 80 --text \"Clear bills\""
    )]
    Rate(Rate),
    /// Show your own ratings.
    ///
    /// The newest comes first. Retracted ones stay visible to you.
    #[command(after_help = "Example:\n  sesame ratings")]
    Ratings,
    /// Retract a rating.
    ///
    /// Your contacts are told that it no longer holds. You can rate the same subject again.
    #[command(after_help = "Example:\n  sesame retract domain:volta.example --market 04.5.1")]
    Retract(Subject),
    /// Ask what your circle thinks.
    ///
    /// It is computed on your machine, from people whom you chose to weigh. Strangers never count.
    #[command(after_help = "Example:\n  sesame advice domain:volta.example --why")]
    Advice(Advice),
    /// The organisations that you deal with.
    ///
    /// You add one by its link and see who it says it is. An account begins with a door that you hand over.
    #[command(subcommand, after_help = "Example:\n  sesame vendor list")]
    Vendor(Vendor),
    /// What organisations ask you for.
    ///
    /// Each field is held against what the purpose needs. You answer with less, on your own terms, or say no.
    #[command(subcommand, after_help = "Example:\n  sesame request list")]
    Request(Request),
    /// What organisations were shown.
    ///
    /// Each share can be taken back at any time. The receipt, signed by both, is yours to keep.
    #[command(subcommand, after_help = "Example:\n  sesame share list")]
    Share(Share),
    /// The desk of an organisation.
    ///
    /// It says who the organisation is, opens accounts, asks for data and keeps what was agreed. Only "attest" is for everybody.
    #[command(subcommand, after_help = "Example:\n  sesame desk show")]
    Desk(Desk),
    /// Check a share receipt, or a presentation, without a node.
    ///
    /// It says what the file proves by itself, and what it does not. A file that does not hold ends with status 13.
    #[command(after_help = "Example:\n  sesame verify receipt.json")]
    Verify {
        /// The file; - reads stdin
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Backups of the vault.
    ///
    /// They are made while the node works, in a folder or a file. Each can be verified, tried and restored on another machine.
    #[command(subcommand, after_help = "Example:\n  sesame backup list")]
    Backup(Backup),
    /// The 24 words of the vault, and its passphrase.
    ///
    /// The words open the vault when the passphrase is lost. Check that what you wrote down is right; change the passphrase.
    #[command(subcommand, after_help = "Example:\n  sesame key words")]
    Key(Key),
    /// Read and change the settings of the node.
    ///
    /// They live in config.toml in the folder of the node. The node reads them when it starts.
    #[command(subcommand, after_help = "Example:\n  sesame config set language fr")]
    Config(Config),
    /// Print completions for a shell.
    ///
    /// The script goes to stdout. Put it where your shell looks for completions.
    #[command(after_help = "Example:\n  sesame completions bash > ~/.local/share/bash-completion/completions/sesame")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print or write the manual pages.
    ///
    /// Without --out the page of sesame itself goes to stdout. With it, one page a command is written.
    #[command(after_help = "Example:\n  sesame man --out ~/.local/share/man/man1")]
    Man {
        /// The folder to write all pages into
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// List the commands in your language, or explain one.
    ///
    /// The commands keep their English names. Their meanings are in your language.
    #[command(after_help = "Example:\n  sesame help contact invite")]
    Help {
        /// The command to explain
        command: Vec<String>,
    },
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Clean up and end instead of leaving the page open
    #[arg(long)]
    pub(crate) exit: bool,
    /// Leave time to read
    #[arg(long)]
    pub(crate) slow: bool,
    /// Remove what an earlier demo left, and end
    #[arg(long)]
    pub(crate) clean: bool,
}

/// Options of `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// How your contacts will see you
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Make an organisation's node, with a desk, and not a person's
    #[arg(long)]
    pub(crate) vendor: bool,
    /// Where the passphrase comes from.
    #[command(flatten)]
    pub(crate) secret: Secret,
}

/// Options of `up`.
#[derive(Debug, Args)]
pub(crate) struct Up {
    /// The port of the page on this machine; 0 lets the system choose
    #[arg(long, value_name = "PORT")]
    pub(crate) page_port: Option<u16>,
    /// An address to listen on for other nodes, as a multiaddress; may be repeated
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Vec<String>,
    /// Where the passphrase comes from.
    #[command(flatten)]
    pub(crate) secret: Secret,
}

/// Where a passphrase comes from when nobody is to be asked.
#[derive(Debug, Default, Args)]
pub(crate) struct Secret {
    /// A file whose first line is the passphrase; - reads stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// Options of `ui`.
#[derive(Debug, Args)]
pub(crate) struct Ui {
    /// Only print the address
    #[arg(long)]
    pub(crate) print: bool,
}

/// Options of `advice`.
#[derive(Debug, Args)]
pub(crate) struct Advice {
    /// What it is about; everything that your circle knows when absent
    pub(crate) subject: Option<String>,
    /// Show each voice in full, and how the score is made
    #[arg(long)]
    pub(crate) why: bool,
}

/// Commands about keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// Check the 24 words that you wrote down.
    ///
    /// They are asked for without being shown, or read from a file. The answer says whether they are this vault's.
    #[command(after_help = "Example:\n  sesame key words")]
    Words {
        /// A file with the words; - reads stdin
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Change the passphrase of the vault.
    ///
    /// The present one is asked for, or the 24 words; then the new one, twice. The node must be running, its vault open.
    #[command(after_help = "Example:\n  sesame key passphrase")]
    Passphrase {
        /// Where the present passphrase comes from.
        #[command(flatten)]
        secret: Secret,
        /// A file whose first line is the new passphrase
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Put everything in the vault under new keys.
    ///
    /// For the day on which somebody may have copied the vault and knows its passphrase: of what is stored from then on their
    /// copy opens nothing. What they copied stays readable to them. No node may run. The 24 words stay the same.
    #[command(after_help = "Example:\n  sesame key rotate")]
    Rotate {
        /// Where the present passphrase comes from.
        #[command(flatten)]
        secret: Secret,
        /// A file whose first line is a new passphrase; without it the present one stays
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// Commands about settings.
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Show one setting, or all of them.
    ///
    /// A setting that was never changed shows the value that the node takes. Names are those of config.toml.
    #[command(after_help = "Example:\n  sesame config get page_port")]
    Get {
        /// The setting; all of them when absent
        key: Option<Setting>,
    },
    /// Change one setting.
    ///
    /// The value is checked before it is written. Several addresses of "listen" are given one after the other.
    #[command(after_help = "Example:\n  sesame config set auto_lock_minutes 15")]
    Set {
        /// The setting
        key: Setting,
        /// The value; for "listen" as many as you like, none empties the list
        #[arg(num_args = 0.., allow_hyphen_values = true)]
        value: Vec<String>,
    },
    /// Open the settings in your editor.
    ///
    /// It starts $VISUAL or $EDITOR on a copy. The copy takes its place only when every value makes sense.
    #[command(after_help = "Example:\n  sesame config edit")]
    Edit,
}

/// The settings of a node, by their names in `config.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Setting {
    /// The language of the page and of the node's words: en or fr
    Language,
    /// The port of the page on this machine
    PagePort,
    /// The addresses to listen on for other nodes
    Listen,
    /// Minutes without use after which the vault locks itself; 0 never
    AutoLockMinutes,
}

#[cfg(test)]
mod tests;
