//! The options of the commands about organisations and one's accounts with them.

use std::path::PathBuf;

use clap::Subcommand;

/// Commands about organisations.
#[derive(Debug, Subcommand)]
pub(crate) enum Vendor {
    /// Add an organisation by the link that it hands out.
    ///
    /// Your node goes to its desk and reads who it says it is. The organisation learns nothing of you by that.
    #[command(after_help = "Example:\n  sesame vendor add - --name Volta < link.txt")]
    Add {
        /// The link, a file that holds it, or - for stdin
        link: String,
        /// How you call the organisation; its own name when absent
        #[arg(long, value_name = "NAME", default_value = "")]
        name: String,
    },
    /// Show your organisations.
    ///
    /// Each line says what it leaves unsaid and which accounts you have with it. What waits says why and until when.
    #[command(after_help = "Example:\n  sesame vendor list")]
    List,
    /// Show who an organisation says it is.
    ///
    /// Each field says whose word stands behind it: proven, stated or missing. Its terms, its uses and your accounts follow.
    #[command(after_help = "Example:\n  sesame vendor show Volta")]
    Show {
        /// The name of the organisation, its id, or the beginning of its id
        vendor: String,
    },
    /// Look again at who an organisation says it is.
    ///
    /// Your node goes to its desk as a stranger would. "sesame vendor show" has the answer a moment later.
    #[command(after_help = "Example:\n  sesame vendor look Volta")]
    Look {
        /// The name of the organisation, its id, or the beginning of its id
        vendor: String,
    },
    /// Make a door: a code with which one organisation may ask you for an account.
    ///
    /// The code is for that organisation alone and works once. It is drawn as a QR code too.
    #[command(after_help = "Example:\n  sesame vendor door Volta --svg door.svg")]
    Door {
        /// The name of the organisation, its id, or the beginning of its id
        vendor: String,
        /// Write the QR code as SVG too
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
    /// Show your accounts, how far each is, and what waits.
    ///
    /// What waits says why, and what would end it. The id is what the other commands take.
    #[command(after_help = "Example:\n  sesame vendor accounts")]
    Accounts,
    /// Go to the desk now.
    ///
    /// Your node goes by itself from time to time, at moments of its own. This does not wait for the next.
    #[command(after_help = "Example:\n  sesame vendor visit Volta")]
    Visit {
        /// The id of the account or its beginning, or the organisation when you have one account with it
        account: String,
    },
    /// Open the account that an organisation asks for.
    ///
    /// It may then ask you for data, and you decide each time. Nothing is given by opening an account.
    #[command(after_help = "Example:\n  sesame vendor accept Volta")]
    Accept {
        /// The id of the account or its beginning, or the organisation when you have one account with it
        account: String,
    },
    /// Refuse the account that an organisation asks for.
    ///
    /// You owe no reason, and none is given. The organisation learns that you said no.
    #[command(after_help = "Example:\n  sesame vendor refuse Volta")]
    Refuse {
        /// The id of the account or its beginning, or the organisation when you have one account with it
        account: String,
    },
    /// End an account.
    ///
    /// Everything that was shared in it is taken back with it. The organisation is told and has to delete what it holds.
    #[command(after_help = "Example:\n  sesame vendor close Volta --yes")]
    Close {
        /// The id of the account or its beginning, or the organisation when you have one account with it
        account: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Hear nothing more of an organisation.
    ///
    /// All accounts with it end, and its doors are shut. --undo lets it be heard again; the accounts stay ended.
    #[command(after_help = "Example:\n  sesame vendor block Volta --yes")]
    Block {
        /// The name of the organisation, its id, or the beginning of its id
        vendor: String,
        /// Take it back
        #[arg(long)]
        undo: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}
