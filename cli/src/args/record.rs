//! The options of the commands about records.

use std::path::PathBuf;

use clap::Args;

/// Options of `data add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// FIELD=VALUE, as often as you like; or one FIELD, and its value or - for stdin
    #[arg(value_name = "FIELD=VALUE", conflicts_with_all = ["paper", "title", "event", "conclusion"])]
    pub(crate) words: Vec<String>,
    /// Keep a paper with this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["event", "conclusion"])]
    pub(crate) paper: Option<PathBuf>,
    /// The title of a paper, - for stdin; it needs no file
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["event", "conclusion"])]
    pub(crate) title: Option<String>,
    /// Keep something that happened; - reads it from stdin
    #[arg(long, value_name = "TEXT", conflicts_with = "conclusion", requires = "on")]
    pub(crate) event: Option<String>,
    /// Keep what somebody derived about you; - reads it from stdin
    #[arg(long, value_name = "TEXT", requires = "vendor")]
    pub(crate) conclusion: Option<String>,
    /// What is said of it, and by whom.
    #[command(flatten)]
    pub(crate) said: Said,
    /// The import that it was taken from
    #[arg(long, value_name = "IMPORT")]
    pub(crate) import: Option<String>,
}

/// Options of `data edit`.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The field, or the name of the record, such as R12
    pub(crate) name: String,
    /// What it says now: the value, the title, what happened; - reads stdin
    pub(crate) text: Option<String>,
    /// Another file for a paper
    #[arg(long, value_name = "FILE")]
    pub(crate) paper: Option<PathBuf>,
    /// What is said of it, and by whom.
    #[command(flatten)]
    pub(crate) said: Said,
}

/// What is said of a record, and by whom.
#[derive(Debug, Args)]
pub(crate) struct Said {
    /// The date of a paper, or the moment of an event
    #[arg(long = "date", value_name = "YYYY-MM-DD[THH:MM]")]
    pub(crate) on: Option<String>,
    /// The organisation that it is about, or that drew the conclusion
    #[arg(long, value_name = "NAME")]
    pub(crate) vendor: Option<String>,
    /// What a conclusion was drawn from; - reads it from stdin
    #[arg(long, value_name = "TEXT")]
    pub(crate) basis: Option<String>,
    /// A day that matters to a paper, such as "warranty ends=2028-01-31"; as often as you like
    #[arg(long = "day", value_name = "WHAT=DATE")]
    pub(crate) days: Vec<String>,
    /// The organisation that says so; you when left out
    #[arg(long, value_name = "NAME")]
    pub(crate) says: Option<String>,
    /// It is of a special category (GDPR, article 9), and is kept all the same
    #[arg(long)]
    pub(crate) special: bool,
}

/// Which records.
#[derive(Debug, Default, Args)]
pub(crate) struct Which {
    /// Only of this organisation
    #[arg(long, value_name = "NAME")]
    pub(crate) vendor: Option<String>,
    /// The first day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// The last day, included
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<String>,
    /// Only of these kinds, such as event,paper
    #[arg(long, value_name = "KINDS")]
    pub(crate) kind: Option<String>,
    /// Look into the drawer of the special categories as well
    #[arg(long)]
    pub(crate) special: bool,
    /// Go on where an earlier answer ended
    #[arg(long, value_name = "RECORD")]
    pub(crate) before: Option<String>,
}
