//! The options of the commands about the circle.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Commands about contacts.
#[derive(Debug, Subcommand)]
pub(crate) enum Contact {
    /// Invite somebody.
    ///
    /// It prints a code to hand over, once, to one person; also as a QR code. The code stops working when it was used.
    #[command(after_help = "Example:\n  sesame contact invite \"Bob\" --qr bob.svg")]
    Invite {
        /// Whom it is for, for your eyes only
        #[arg(default_value = "")]
        name: String,
        /// Write the QR code as SVG too
        #[arg(long, value_name = "FILE")]
        qr: Option<PathBuf>,
    },
    /// Accept an invitation.
    ///
    /// The code is given, or read from a file or stdin. Compare the six words before you trust.
    #[command(after_help = "Example:\n  sesame contact accept - --name Alice < code.txt")]
    Accept {
        /// The code, a file that holds it, or - for stdin
        code: String,
        /// How you call the person
        #[arg(long, value_name = "NAME", default_value = "")]
        name: String,
    },
    /// Show your contacts and open invitations.
    ///
    /// Each line says how far it is and how much the person's word weighs. What waits says why and until when.
    #[command(after_help = "Example:\n  sesame contact list")]
    List,
    /// Compare the six words with somebody.
    ///
    /// Call the person and read the words to each other. Say whether they are the same.
    #[command(after_help = "Example:\n  sesame contact verify Bob")]
    Verify {
        /// The name or the id of the contact
        contact: String,
        /// What comparing them gave.
        #[command(flatten)]
        verdict: Verdict,
    },
    /// Choose how much somebody's word weighs.
    ///
    /// Much counts nine times, some three times, little once, none not at all. It is never told to anybody.
    #[command(after_help = "Example:\n  sesame contact trust Bob some")]
    Trust {
        /// The name or the id of the contact
        contact: String,
        /// How much
        #[arg(value_enum)]
        level: Level,
    },
    /// Remove somebody.
    ///
    /// Nothing more is sent or received, and their word no longer counts. You can invite them again.
    #[command(after_help = "Example:\n  sesame contact remove Bob")]
    Remove {
        /// The name or the id of the contact
        contact: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// What comparing the words gave.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct Verdict {
    /// The words are the same
    #[arg(long)]
    pub(crate) same: bool,
    /// The words differ
    #[arg(long)]
    pub(crate) different: bool,
}

/// How much a word weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Counts nine times
    Much,
    /// Counts three times
    Some,
    /// Counts once
    Little,
    /// Does not count
    None,
}
