//! The options of the commands of a desk.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Commands of a desk.
#[derive(Debug, Subcommand)]
pub(crate) enum Desk {
    /// Show what the organisation says of itself, and what it leaves unsaid.
    ///
    /// People's nodes refuse an account while something mandatory is missing. Its link and what others say of it follow.
    #[command(after_help = "Example:\n  sesame desk show")]
    Show,
    /// Print the link to hand out.
    ///
    /// It is public: on a bill, a door or a website. Whoever adds it sees who the organisation says it is.
    #[command(after_help = "Example:\n  sesame desk link --svg link.svg")]
    Link {
        /// Write the QR code as SVG too
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
    /// Say who the organisation is.
    ///
    /// What is given changes, all else stays as it is; a list that is given takes the place of the old one. It is signed and published at once.
    #[command(
        after_help = "Example:\n  sesame desk profile --name Volta --market 04.5.1 --use quote --set tax_country=FR"
    )]
    Profile(Profile),
    /// Say that a field of another organisation's profile is true.
    ///
    /// Any node may; it prints a code for that organisation. People who know you then read that the field is proven.
    #[command(after_help = "Example:\n  sesame desk attest Volta register_number --how \"Seen in the register\"")]
    Attest {
        /// The name of the organisation, its id, or the beginning of its id
        vendor: String,
        /// The field
        field: String,
        /// How you checked it
        #[arg(long, value_name = "TEXT")]
        how: String,
        /// For how many days you stand by it
        #[arg(long, value_name = "DAYS", default_value_t = 365)]
        days: u32,
    },
    /// Show what you have said of organisations.
    ///
    /// Each has the code for the organisation, and until when you stand by it. It says so when they say something else now.
    #[command(after_help = "Example:\n  sesame desk attestations --json")]
    Attestations,
    /// Keep what somebody says of this organisation.
    ///
    /// The code comes from "sesame desk attest" on another node. It is shown to everybody who looks at the desk.
    #[command(after_help = "Example:\n  sesame desk attach - < attestation.txt")]
    Attach {
        /// The code, a file that holds it, or - for stdin
        code: String,
    },
    /// Open a person's door: ask for an account.
    ///
    /// The person handed over the code. The question waits at the desk until the person's node comes for it.
    #[command(after_help = "Example:\n  sesame desk open - --name \"Customer 42\" --reference C-42 < door.txt")]
    Open {
        /// The code, a file that holds it, or - for stdin
        door: String,
        /// How the desk calls the account
        #[arg(long, value_name = "NAME", default_value = "")]
        name: String,
        /// What the person reads.
        #[command(flatten)]
        letter: Letter,
    },
    /// Show the accounts, a page at a time.
    ///
    /// Each line says how far it is and when the person's node last came, to the hour. --after gives the next page.
    #[command(after_help = "Example:\n  sesame desk accounts")]
    Accounts {
        /// The id of the last account of the page before
        #[arg(long, value_name = "ID")]
        after: Option<String>,
    },
    /// Show one account, with what was asked and what is held.
    ///
    /// Values are shown only while they may be kept. The newest request comes first.
    #[command(after_help = "Example:\n  sesame desk account \"Customer 42\"")]
    Account {
        /// What the desk calls the account, its id, or the beginning of its id
        account: String,
    },
    /// Ask for an account once more.
    ///
    /// For a person's node that refused because something mandatory was missing. Complete the profile first.
    #[command(after_help = "Example:\n  sesame desk again \"Customer 42\"")]
    Again {
        /// What the desk calls the account, its id, or the beginning of its id
        account: String,
        /// What the person reads.
        #[command(flatten)]
        letter: Letter,
    },
    /// Ask a person for data.
    ///
    /// The person's node holds each field against the purpose and proposes the smaller answer. Ask for what you need.
    #[command(
        after_help = "Example:\n  sesame desk ask \"Customer 42\" --field electricity_year_kwh --purpose quote --days 30"
    )]
    Ask(Asked),
    /// Show what has to be decided, and what is held with the end of its time.
    ///
    /// What is held is deleted by itself when its time is over. The soonest end comes first.
    #[command(after_help = "Example:\n  sesame desk inbox")]
    Inbox,
    /// Sign the terms that a person proffers.
    ///
    /// Terms that the profile names are signed by themselves; the others wait for this. Then the data come.
    #[command(after_help = "Example:\n  sesame desk accept 3f9c1a --account \"Customer 42\"")]
    Accept {
        /// The id of the request, or the beginning of its id
        request: String,
        /// The account of the request
        #[arg(long, value_name = "ACCOUNT")]
        account: String,
    },
    /// Do not sign the terms that a person proffers.
    ///
    /// Nothing is shown then. --alternative says which other terms would do.
    #[command(after_help = "Example:\n  sesame desk refuse 3f9c1a --account \"Customer 42\" --alternative SD-BASE-A")]
    Refuse {
        /// The id of the request, or the beginning of its id
        request: String,
        /// The account of the request
        #[arg(long, value_name = "ACCOUNT")]
        account: String,
        /// Terms that would do, such as SD-BASE-A
        #[arg(long, value_name = "TERMS")]
        alternative: Option<String>,
    },
    /// Tell your own system that something happened at the desk.
    ///
    /// It is sent a signed message by Standard Webhooks, which names the event, the account and the request; it holds no value. "sesame desk account" and "sesame desk inbox" have the rest.
    #[command(subcommand, after_help = "Example:\n  sesame desk webhook show")]
    Webhook(Webhook),
}

/// Commands of a webhook.
#[derive(Debug, Subcommand)]
pub(crate) enum Webhook {
    /// Show how it fares.
    ///
    /// It says what waits, why, and what would end that. The secret is not shown again; "sesame desk webhook rotate" makes another.
    #[command(after_help = "Example:\n  sesame desk webhook show")]
    Show,
    /// Set where your system listens.
    ///
    /// Prints a secret, once, for whoever checks the signatures. One that is set already moves to the new address with the secret that it has.
    #[command(after_help = "Example:\n  sesame desk webhook set https://volta.example/sesame")]
    Set {
        /// The address: https, or http on this machine alone; - reads it from stdin
        url: String,
    },
    /// Send a message that tells of nothing.
    ///
    /// Ends with 10 when it is not taken, and says why. When it is taken, what waits follows at once.
    #[command(after_help = "Example:\n  sesame desk webhook test")]
    Test,
    /// Make a new secret.
    ///
    /// Prints it, once. For a day messages bear both signatures, so that your system can change over.
    #[command(after_help = "Example:\n  sesame desk webhook rotate")]
    Rotate,
    /// Switch it off.
    ///
    /// What was not told yet is dropped. The secret is forgotten; a webhook that is set later has another.
    #[command(after_help = "Example:\n  sesame desk webhook off")]
    Off,
}

/// What a person reads when an organisation asks for an account.
#[derive(Debug, Args)]
pub(crate) struct Letter {
    /// A few words to the person
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) message: String,
    /// What you call the account towards the person, such as a customer number
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) reference: String,
}

/// Options of `desk profile`.
#[derive(Debug, Default, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Profile {
    /// The name that it goes by
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// An identifier that it claims, such as siren:552081317; may be repeated
    #[arg(long, value_name = "SUBJECT")]
    pub(crate) claim: Vec<String>,
    /// A sector that it serves, as a class of COICOP 2018, such as 04.5.1; may be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) market: Vec<String>,
    /// Terms that it signs by itself when a person proffers them, such as SD-BASE; may be repeated
    #[arg(long, value_name = "TERMS")]
    pub(crate) accept_terms: Vec<String>,
    /// A purpose that it uses data for, such as quote; may be repeated
    #[arg(long = "use", value_name = "PURPOSE")]
    pub(crate) uses: Vec<String>,
    /// Say this of a field; may be repeated
    #[arg(long, value_name = "FIELD=VALUE")]
    pub(crate) set: Vec<String>,
    /// Say nothing more of a field; may be repeated
    #[arg(long, value_name = "FIELD")]
    pub(crate) unset: Vec<String>,
    /// Begin with the profile in this JSON file instead of the present one; - reads stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
}

/// Options of `desk ask`.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// What the desk calls the account, its id, or the beginning of its id
    pub(crate) account: String,
    /// A field to ask for; may be repeated
    #[arg(long = "field", value_name = "FIELD", required = true)]
    pub(crate) fields: Vec<String>,
    /// What for: quote, contract, delivery, billing, support and others
    #[arg(long, value_name = "PURPOSE")]
    pub(crate) purpose: String,
    /// Why, in your own words
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) why: String,
    /// For how many days; 30 when absent
    #[arg(long, value_name = "DAYS")]
    pub(crate) days: Option<u32>,
    /// Who else would receive it, such as siren:552081317; may be repeated
    #[arg(long = "recipient", value_name = "SUBJECT")]
    pub(crate) recipients: Vec<String>,
    /// The terms that you would like; SD-BASE when absent
    #[arg(long, value_name = "TERMS")]
    pub(crate) terms: Option<String>,
}
