//! The options of the commands about ratings.

use clap::Args;
use clap::builder::RangedU64ValueParser;

/// Options of `rate`.
#[derive(Debug, Args)]
pub(crate) struct Rate {
    /// What it is about.
    #[command(flatten)]
    pub(crate) subject: Subject,
    /// The name to show
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) label: String,
    /// All in all, 0 to 100
    #[arg(long, value_name = "MARK", value_parser = mark())]
    pub(crate) overall: Option<u8>,
    /// What one pays for what one gets, 0 to 100
    #[arg(long, value_name = "MARK", value_parser = mark())]
    pub(crate) price: Option<u8>,
    /// How good it is, 0 to 100
    #[arg(long, value_name = "MARK", value_parser = mark())]
    pub(crate) quality: Option<u8>,
    /// How one is treated, 0 to 100
    #[arg(long, value_name = "MARK", value_parser = mark())]
    pub(crate) service: Option<u8>,
    /// How straight the organisation is, 0 to 100
    #[arg(long, value_name = "MARK", value_parser = mark())]
    pub(crate) honesty: Option<u8>,
    /// A few words, at most 500 characters
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) text: String,
    /// Keep it to yourself
    #[arg(long)]
    pub(crate) private: bool,
}

/// What a rating is about.
#[derive(Debug, Args)]
pub(crate) struct Subject {
    /// siren:…, domain:…, gtin:…, local:… or a bare name
    pub(crate) subject: String,
    /// The sector, as a class of COICOP 2018, such as 04.5.1 (electricity)
    #[arg(long, value_name = "CODE")]
    pub(crate) market: Option<String>,
}

/// A mark goes from 0 to 100.
fn mark() -> RangedU64ValueParser<u8> {
    RangedU64ValueParser::new().range(0..=100)
}
