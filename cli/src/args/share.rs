//! The options of the commands about what organisations ask for and what they were shown.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Commands about requests.
#[derive(Debug, Subcommand)]
pub(crate) enum Request {
    /// Show what organisations ask for, what waits for you first.
    ///
    /// Each line says how much of it the purpose needs. The id is what the other commands take.
    #[command(after_help = "Example:\n  sesame request list")]
    List,
    /// Show a request, held against what its purpose needs.
    ///
    /// Every field is marked as needed, useful, more than needed or unknown. The smaller answer comes last.
    #[command(after_help = "Example:\n  sesame request show Volta")]
    Show {
        /// The id of the request or its beginning, or the organisation: the request that waits for you, else its newest
        request: String,
    },
    /// Answer a request, on your terms.
    ///
    /// You choose the fields; what has no value yet is asked for. Nothing is shown before the organisation has signed your terms.
    #[command(after_help = "Example:\n  sesame request answer Volta --smaller --days 30")]
    Answer {
        /// The id of the request or its beginning, or the organisation: the request that waits for you, else its newest
        request: String,
        /// What is shown.
        #[command(flatten)]
        given: Given,
        /// The terms, such as SD-BASE, which is the strictest and is taken when absent
        #[arg(long, value_name = "TERMS")]
        terms: Option<String>,
        /// For how many days; the smaller of what is asked and what the purpose justifies when absent
        #[arg(long, value_name = "DAYS")]
        days: Option<u32>,
        /// Remember the values, to be suggested next time
        #[arg(long)]
        remember: bool,
    },
    /// Say no to a request.
    ///
    /// You owe no reason, and none is given. If they ask for the same again, you will see it.
    #[command(after_help = "Example:\n  sesame request refuse Volta")]
    Refuse {
        /// The id of the request or its beginning, or the organisation: the request that waits for you, else its newest
        request: String,
    },
}

/// What is shown in answer to a request. Values are personal, so that none has to stand in an argument.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Given {
    /// Show what the purpose needs, and nothing else
    #[arg(long)]
    pub(crate) smaller: bool,
    /// Show this field, with this value; without a value, what you said before, or what you are asked for; may be repeated
    #[arg(long, value_name = "FIELD[=VALUE]")]
    pub(crate) give: Vec<String>,
    /// Show the fields of a file with a line FIELD=VALUE each; - reads stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
}

/// Commands about shares.
#[derive(Debug, Subcommand)]
pub(crate) enum Share {
    /// Show what you offered or showed, newest first.
    ///
    /// Each line says how far it is and until when it may be kept. The id is what the other commands take.
    #[command(after_help = "Example:\n  sesame share list")]
    List,
    /// Show the life of a share.
    ///
    /// It says what was offered, signed, shown and received. After a withdrawal it says who was told and who says it was deleted.
    #[command(after_help = "Example:\n  sesame share show Volta")]
    Show {
        /// The id of the share or its beginning, or the organisation: the share that is not over, else the newest
        share: String,
    },
    /// Take a share back.
    ///
    /// From then on its use is no longer allowed. Your node asks for deletion and waits for the proof.
    #[command(after_help = "Example:\n  sesame share withdraw Volta")]
    Withdraw {
        /// The id of the share or its beginning, or the organisation: the share that is not over, else the newest
        share: String,
    },
    /// Give the share receipt, signed by both, as a file.
    ///
    /// It stands alone: "sesame verify" and any library for JOSE can check it. It says what was shown, never the values.
    #[command(after_help = "Example:\n  sesame share receipt Volta --out receipt.json")]
    Receipt {
        /// The id of the share or its beginning, or the organisation: the share that is not over, else the newest
        share: String,
        /// The file to write; it must not exist yet
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Show who knows what of you.
    ///
    /// One line for each thing that one organisation was shown, with how it stands. It is what your node knows; what was told by other ways is not in it.
    #[command(after_help = "Example:\n  sesame share who-knows")]
    WhoKnows,
}
