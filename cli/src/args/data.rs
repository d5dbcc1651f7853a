//! The options of the commands about data and what they tell.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

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
    /// Show the readings held, one line a source.
    ///
    /// The source that counts in the totals is marked. The id of a source is what "show" and "export" take.
    #[command(after_help = "Example:\n  sesame data list")]
    List,
    /// Show one source, reading by reading.
    ///
    /// Give days to see a part of it. Only the first readings are printed; "export" gives all of them.
    #[command(after_help = "Example:\n  sesame data show SERIES --from 2025-01-01 --to 2025-01-01")]
    Show {
        /// The id of the source, or the beginning of it
        series: String,
        /// The days to show.
        #[command(flatten)]
        span: Span,
    },
    /// Write readings as CSV.
    ///
    /// Everything goes to stdout, or to a file that only you can read. A cell that a spreadsheet could run is disarmed.
    #[command(after_help = "Example:\n  sesame data export --out readings.csv")]
    Export {
        /// The id of a source, or the beginning of it; all of them when absent
        series: Option<String>,
        /// The file to write; it must not exist yet
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Say something of yourself, to be suggested when it is asked for.
    ///
    /// It stays in your vault and is given to nobody by itself. Without a value you are asked for it.
    #[command(after_help = "Example:\n  sesame data add email -")]
    Add {
        /// The name of the field, such as email or iban
        field: String,
        /// What you say; - reads stdin, so that it stays out of the list of processes
        value: Option<String>,
    },
    /// Show what you have said of yourself.
    ///
    /// Each line is one field, with what you said and when. Nothing of it goes anywhere without a decision of yours.
    #[command(after_help = "Example:\n  sesame data facts")]
    Facts,
    /// Forget something that you said of yourself.
    ///
    /// It is no longer suggested. What an organisation was shown is another matter: "sesame share withdraw" takes that back.
    #[command(after_help = "Example:\n  sesame data forget email")]
    Forget {
        /// The name of the field
        field: String,
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
