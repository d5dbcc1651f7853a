//! The registry of formats, and what a file that is in none of them looks like. How each one is read is in its own file.

use crate::draft::Draft;
use crate::error::Error;
use crate::lines::{self, Lines};
use crate::{edf, enedis, limits};

/// Every format, in the order in which they are tried. The tenth one is a file and a line here.
static FORMATS: &[&dyn Format] = &[&edf::HalfHours, &enedis::LoadCurve];

/// One layout of one organisation. Sealed: formats live in this crate.
pub trait Format: Read + Sync {
    /// The stable id, such as `edf-30min`.
    fn id(&self) -> &'static str;
    /// The organisation that hands such files out.
    fn vendor(&self) -> &'static str;
    /// Whether a file with this beginning is in the format. At most [`limits::HEAD_BYTES`] are given.
    fn recognises(&self, head: &[u8]) -> bool;
}

/// The inside of a [`Format`], out of reach for other crates.
pub trait Read {
    /// Reads every line, or says which one is wrong.
    fn read(&self, lines: &mut Lines<'_>) -> Result<Draft, Error>;
}

/// The formats that exist, in the order in which they are tried.
pub fn formats() -> &'static [&'static dyn Format] {
    FORMATS
}

/// The format of a file, from its beginning. Bytes beyond [`limits::HEAD_BYTES`] do not matter.
pub fn detect(head: &[u8]) -> Option<&'static dyn Format> {
    let head = lines::head(head);
    FORMATS.iter().copied().find(|format| format.recognises(head))
}

/// The format with this id.
pub(crate) fn named(id: &str) -> Result<&'static dyn Format, Error> {
    let found = FORMATS.iter().copied().find(|format| format.id() == id);
    found.ok_or_else(|| Error::NoSuchFormat { asked: lines::excerpt(id.as_bytes()) })
}

/// What a file that is in no known format looks like: a help for the person who chose it, not a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Look {
    /// A web page, such as a sign-in page saved instead of the file.
    Html,
    /// Green Button (ESPI) XML.
    GreenButton,
    /// Another XML file.
    Xml,
    /// A ZIP archive, which a spreadsheet is too.
    Zip,
    /// A gzip file.
    Gzip,
    /// A PDF.
    Pdf,
    /// Text in UTF-16, as spreadsheets save "Unicode text".
    Utf16,
    /// Bytes that are no text.
    Binary,
    /// An Enedis file of daily indexes.
    EnedisIndex,
    /// An Enedis file of daily maximum power.
    EnedisMaximum,
    /// An Enedis file of daily consumption.
    EnedisDaily,
    /// Another Enedis layout.
    Enedis,
    /// Another file with columns.
    Table,
}

impl Look {
    /// A stable word.
    pub fn id(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::GreenButton => "green-button",
            Self::Xml => "xml",
            Self::Zip => "zip",
            Self::Gzip => "gzip",
            Self::Pdf => "pdf",
            Self::Utf16 => "utf-16",
            Self::Binary => "binary",
            Self::EnedisIndex => "enedis-index",
            Self::EnedisMaximum => "enedis-maximum",
            Self::EnedisDaily => "enedis-daily",
            Self::Enedis => "enedis",
            Self::Table => "table",
        }
    }

    /// Judges a file by its beginning.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let head = lines::head(bytes);
        Self::by_magic(head).or_else(|| Self::by_words(&lines::folded(head)))
    }

    /// The end of an error's sentence.
    pub(crate) fn clause(looks: Option<Self>) -> String {
        looks.map(|look| format!("; it looks like {}", look.id())).unwrap_or_default()
    }

    /// What the first bytes give away.
    fn by_magic(head: &[u8]) -> Option<Self> {
        const MAGIC: [(&[u8], Look); 5] = [
            (b"PK\x03\x04", Look::Zip),
            (b"\x1f\x8b", Look::Gzip),
            (b"%PDF-", Look::Pdf),
            (b"\xff\xfe", Look::Utf16),
            (b"\xfe\xff", Look::Utf16),
        ];
        let found = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, look)| *look);
        found.or_else(|| head.contains(&0).then_some(Self::Binary))
    }

    /// What the words give away. `text` is folded: lower case, without accents.
    fn by_words(text: &str) -> Option<Self> {
        let start = text.trim_start();
        let first = start.lines().next().unwrap_or_default();
        let has = |word: &str| text.contains(word);
        let look = if start.starts_with('<') && (has("<html") || has("<!doctype html")) {
            Self::Html
        } else if start.starts_with('<') && has("naesb.org/espi") {
            Self::GreenButton
        } else if start.starts_with("<?xml") {
            Self::Xml
        } else if first.starts_with("identifiant prm") && has("eas f1") {
            Self::EnedisIndex
        } else if has("puissance maximale quotidienne") {
            Self::EnedisMaximum
        } else if first.starts_with("date;valeur (en wh)") || first.starts_with("date;consommation (en kwh)") {
            Self::EnedisDaily
        } else if first.starts_with("identifiant prm") || first.starts_with("horodate;") {
            Self::Enedis
        } else if first.contains(';') || first.contains('\t') || first.matches(',').count() >= 2 {
            Self::Table
        } else {
            return None;
        };
        Some(look)
    }
}

const _: () = assert!(limits::HEAD_BYTES >= 1024, "a heading fits into the head of a file");
