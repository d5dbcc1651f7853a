//! The options of the commands about data and what they tell.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::record::{Add, Edit, Which};

/// Commands about data.
#[derive(Debug, Subcommand)]
pub(crate) enum Data {
    /// Read files that organisations handed out.
    ///
    /// The format is found out by itself, holes and clock changes are named. Twice the same file adds nothing.
    #[command(after_help = "Example:\n  sesame data import my-meter.csv --dry-run")]
    Import(Import),
    /// Show what was imported, newest first.
    ///
    /// Each line is one file, with what it brought. The names are those of the files, without their folders.
    #[command(after_help = "Example:\n  sesame data imports")]
    Imports,
    /// Show what you keep: readings, facts, events, papers, conclusions.
    ///
    /// Readings have one line a source, all else one line a record. What is of a special category needs --special.
    #[command(after_help = "Example:\n  sesame data list --kind paper --vendor Volta")]
    List(Which),
    /// Show one record, or one source of readings.
    ///
    /// Give days to see a part of the readings; "export" gives all of them. A record shows who said it, and since when.
    #[command(after_help = "Example:\n  sesame data show email --history")]
    Show {
        /// The field, the name of the record, or the id of a source or the beginning of it
        name: String,
        /// Show what the record was before
        #[arg(long)]
        history: bool,
        /// It is of a special category, and is shown all the same
        #[arg(long)]
        special: bool,
        /// The days to show.
        #[command(flatten)]
        span: Span,
    },
    /// Take your data away: all of them into a folder, or readings as CSV.
    ///
    /// A folder gets JSON, tables as CSV and the files as they came, for you alone to read. Without one, readings go to stdout.
    #[command(after_help = "Example:\n  sesame data export ./my-data")]
    Export {
        /// The folder, new or empty; or the id of a source of readings, or the beginning of it
        #[arg(value_name = "DIR")]
        what: Option<String>,
        /// The file to write readings to; it must not exist yet
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Take what is of a special category along
        #[arg(long)]
        special: bool,
    },
    /// Keep something of yourself: a fact, a paper, an event, a conclusion.
    ///
    /// It stays in your vault and is given to nobody by itself. Facts are suggested when they are asked for. Without a value you are asked for it.
    #[command(
        after_help = "Example:\n  sesame data add email -\n  sesame data add --paper lease.pdf --title Lease --date 2024-06-01 --day \"notice=2027-03-01\""
    )]
    Add(Add),
    /// Correct something that you keep.
    ///
    /// The new version counts from now on. What it was before stays in its history until you forget it.
    #[command(after_help = "Example:\n  sesame data edit R12 --date 2024-07-01")]
    Edit(Edit),
    /// Show the facts that you keep.
    ///
    /// Each line is one field, with what you said and when. Nothing of it goes anywhere without a decision of yours.
    #[command(after_help = "Example:\n  sesame data facts")]
    Facts,
    /// Find something again by its words.
    ///
    /// Accents and capitals make no difference. It looks through records, organisations, contacts and imports.
    #[command(after_help = "Example:\n  sesame data find electricite --from 2026-01-01")]
    Find {
        /// The words; each begins a word of what is found
        #[arg(required = true)]
        words: Vec<String>,
        /// Which records.
        #[command(flatten)]
        which: Which,
    },
    /// Forget a record with its history, or an import with its file and readings.
    ///
    /// It is no longer suggested. What an organisation was shown is another matter: "sesame share withdraw" takes that back.
    #[command(after_help = "Example:\n  sesame data forget email")]
    Forget {
        /// The field, the name of the record, or the id of an import
        name: String,
        /// Forget only what the record was before
        #[arg(long)]
        earlier: bool,
        /// It is of a special category
        #[arg(long)]
        special: bool,
    },
}

/// Options of `data import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The format, such as edf-30min, instead of finding it out
    #[arg(long = "as", value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Read and report, but keep nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// A span of days.
#[derive(Debug, Default, Args)]
pub(crate) struct Span {
    /// The first day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<String>,
    /// The last day, included
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<String>,
}

/// Options of `insight`.
#[derive(Debug, Args)]
pub(crate) struct Insight {
    /// What to look at
    #[arg(value_enum, default_value = "energy")]
    pub(crate) about: About,
    /// The days to look at.
    #[command(flatten)]
    pub(crate) span: Span,
    /// How totals are grouped
    #[arg(long, value_enum, default_value = "month")]
    pub(crate) by: Group,
    /// The id of a source, or the beginning of it, instead of the one that counts
    #[arg(long, value_name = "SERIES")]
    pub(crate) series: Option<String>,
    /// Write the chart as SVG
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// What an insight is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum About {
    /// Electricity
    Energy,
}

/// How totals are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Group {
    /// One total a month
    Month,
    /// One total a day
    Day,
    /// The mean day, hour by hour
    Hour,
    /// The mean week, day by day
    Weekday,
}

impl Group {
    /// The name in the API.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Weekday => "weekday",
        }
    }
}
