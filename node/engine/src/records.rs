//! Records: what a person keeps of themselves. A *fact* is the value of one field, an *event* happened on a day, a *paper*
//! has a title, dates and perhaps its file, a *conclusion* is what somebody derived. Each says who said it, when it was
//! noted, on which device and what it came from; a correction is one version more, and the earlier ones stay until they
//! are forgotten. What belongs to the special categories of GDPR article 9 lies in a drawer of its own, which nothing
//! opens by itself. Readings are no records: they are `series`.

mod form;
mod keep;
mod pages;
pub mod schema;

use serde::{Deserialize, Serialize};
use sesame_protocol::terms::field::Field;
use sesame_protocol::time::Timestamp;

pub(crate) use self::form::value;
pub(crate) use self::keep::settle;
pub use self::keep::{Choice, Forgotten, Saying, Upload};
pub use self::pages::{Line, fold, matches};
use crate::shelf::{Key, Shelf};
use crate::view::{Unreadable, View};
use crate::{limits, row};

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// The value of one field.
    Fact,
    /// Something that happened.
    Event,
    /// A contract, an invoice, a warranty.
    Paper,
    /// What somebody derived.
    Conclusion,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Fact, Self::Event, Self::Paper, Self::Conclusion];

    /// A stable name, for words and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Event => "event",
            Self::Paper => "paper",
            Self::Conclusion => "conclusion",
        }
    }
}

/// What a record is called: a fact by its field, all others by a number that is never given twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// The field of a fact.
    Field(Field),
    /// The number of any other record.
    Number(u64),
}

impl Name {
    /// Reads `email` or `R12`. The capital tells the two apart: a field has none.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('R') {
            Some(digits) if !digits.starts_with('0') && digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                digits.parse().ok().map(Self::Number)
            }
            Some(_) => None,
            None => Field::parse(schema::ours(text)).ok().map(Self::Field),
        }
    }

    /// Where it lies in one of the two drawers.
    pub(crate) fn place(&self, is_special: bool) -> Key {
        match (self, is_special) {
            (Self::Field(field), false) => Key::new(Shelf::Fact, field.as_str()),
            (Self::Field(field), true) => Key::new(Shelf::Special, field.as_str()),
            (Self::Number(number), false) => Key::new(Shelf::Record, number.to_be_bytes()),
            // No field begins with a zero byte.
            (Self::Number(number), true) => Key::new(Shelf::Special, [&[0], number.to_be_bytes().as_slice()].concat()),
        }
    }

    /// The name of what lies at a place.
    fn at(shelf: Shelf, place: &[u8]) -> Result<Self, Unreadable> {
        let wrong = Unreadable::Row { shelf };
        let number = match (shelf, place) {
            (Shelf::Record, number) | (Shelf::Special, [0, number @ ..]) => Some(number),
            _ => None,
        };
        if let Some(number) = number {
            return number.try_into().map(|number| Self::Number(u64::from_be_bytes(number))).map_err(|_| wrong);
        }
        let text = std::str::from_utf8(place).map_err(|_| wrong.clone())?;
        Field::parse(text).map(Self::Field).map_err(|_| wrong)
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Field(field) => field.fmt(f),
            Self::Number(number) => write!(f, "R{number}"),
        }
    }
}

/// Who says what a version says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Says {
    /// The person.
    Me,
    /// An organisation, as the person calls it.
    Organisation(String),
    /// A file that came in.
    Import,
}

/// What a version was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// An import.
    Import(#[serde(with = "serde_bytes")] [u8; 8]),
    /// A credential, by the SHA-256 of its text.
    Credential(#[serde(with = "serde_bytes")] [u8; 32]),
}

/// A day that matters to a record: the end of a warranty, of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// What is on that day.
    pub what: String,
    /// The day (`YYYY-MM-DD`).
    pub on: String,
}

/// The file of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its number: two versions of a paper may share one file.
    pub number: u64,
    /// What it is called.
    pub name: String,
    /// Bytes in it.
    pub bytes: u64,
    /// Its BLAKE3 hash.
    #[serde(with = "serde_bytes")]
    pub digest: [u8; 32],
}

/// What a version says. Which parts a record has depends on its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The value of a fact, what happened, the title of a paper, what was concluded.
    pub text: String,
    /// When it happened, or the date of a paper: `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM` in the person's own time.
    pub on: Option<String>,
    /// The organisation that it is about; of a conclusion, who drew it. Nothing when it is about none.
    pub organisation: String,
    /// What a conclusion was drawn from.
    pub basis: String,
    /// Days that matter to it.
    pub dates: Vec<Dated>,
    /// The file of a paper.
    pub file: Option<File>,
}

/// One version of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// What it says.
    pub content: Content,
    /// Who says so.
    pub says: Says,
    /// When it was noted.
    pub at: Timestamp,
    /// The public key of the device that noted it; nothing where an older program did.
    pub device: Option<serde_bytes::ByteArray<32>>,
    /// What it was taken from.
    pub source: Option<Source>,
}

/// A record with all its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// Oldest first; there is always one.
    pub versions: Vec<Version>,
}

impl Record {
    /// The version that counts.
    pub fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// The day that the record is about: its own, else that on which it was noted.
    pub fn day(&self) -> String {
        let Some(newest) = self.newest() else { return String::new() };
        match &newest.content.on {
            Some(on) => on.chars().take(10).collect(),
            None => day_of(newest.at),
        }
    }

    /// The words by which an organisation finds it: whom it is about, and who says so.
    pub(crate) fn organisations(&self) -> String {
        let Some(newest) = self.newest() else { return String::new() };
        match &newest.says {
            Says::Organisation(says) => fold(&format!("{} {says}", newest.content.organisation)),
            Says::Me | Says::Import => fold(&newest.content.organisation),
        }
    }

    /// The numbers of all files that any version has.
    fn files(&self) -> std::collections::BTreeSet<u64> {
        self.versions.iter().filter_map(|version| Some(version.content.file.as_ref()?.number)).collect()
    }
}

/// A record and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is called.
    pub name: Name,
    /// Whether it lies in the drawer of the special categories.
    pub is_special: bool,
    /// The record.
    pub record: Record,
}

/// How facts were kept before they had versions.
#[derive(Deserialize)]
struct Before {
    value: String,
    at: Timestamp,
}

/// The record of a name, in whichever drawer it lies.
pub fn one(view: &dyn View, name: &Name) -> Result<Option<Found>, Unreadable> {
    for is_special in [false, true] {
        let key = name.place(is_special);
        if let Some(bytes) = view.get(&key)? {
            let record = read(key.shelf, &bytes)?;
            return Ok(Some(Found { name: name.clone(), is_special, record }));
        }
    }
    Ok(None)
}

/// The facts of the ordinary drawer, by field.
pub fn facts(view: &dyn View) -> Result<Vec<Found>, Unreadable> {
    let all = under(view, Shelf::Fact, limits::FACTS_MAX)?;
    // A row of an older program may still lie here until the node has started.
    Ok(all.into_iter().filter(|found| !schema::is_special(&found.name)).collect())
}

/// All that lies in the drawer of the special categories.
pub fn special(view: &dyn View) -> Result<Vec<Found>, Unreadable> {
    under(view, Shelf::Special, limits::SPECIAL_MAX)
}

/// The bytes of a paper's file; nothing if a part of them is lost, because the vault was damaged once.
pub fn file(view: &dyn View, file: &File) -> Result<Option<Vec<u8>>, Unreadable> {
    let rows = row::walk::<serde_bytes::ByteBuf>(
        view,
        Shelf::File,
        &file.number.to_be_bytes(),
        limits::PAPER_BYTES_MAX.div_ceil(limits::ORIGINAL_PIECE_BYTES),
    )?;
    let bytes = rows.iter().flat_map(|(_, piece)| piece.iter().copied()).collect::<Vec<u8>>();
    Ok((*blake3::hash(&bytes).as_bytes() == file.digest).then_some(bytes))
}

/// What the search knows of the ordinary records that are not facts, oldest first.
pub fn lines(view: &dyn View) -> Result<Vec<Line>, Unreadable> {
    pages::all(view)
}

fn under(view: &dyn View, shelf: Shelf, most: usize) -> Result<Vec<Found>, Unreadable> {
    let rows = view.walk(shelf, &[], None, most)?;
    let found = |(place, bytes): (Vec<u8>, Vec<u8>)| {
        let is_special = shelf == Shelf::Special;
        Ok(Found { name: Name::at(shelf, &place)?, is_special, record: read(shelf, &bytes)? })
    };
    rows.into_iter().map(found).collect()
}

fn read(shelf: Shelf, bytes: &[u8]) -> Result<Record, Unreadable> {
    if let Ok(record) = serde_ipld_dagcbor::from_slice::<Record>(bytes) {
        return if record.versions.is_empty() { Err(Unreadable::Row { shelf }) } else { Ok(record) };
    }
    let before: Before = serde_ipld_dagcbor::from_slice(bytes).map_err(|_| Unreadable::Row { shelf })?;
    let content = Content { text: before.value, ..Content::default() };
    let version = Version { content, says: Says::Me, at: before.at, device: None, source: None };
    Ok(Record { kind: Kind::Fact, versions: vec![version] })
}

/// The day of a moment, in UTC.
pub(crate) fn day_of(at: Timestamp) -> String {
    let seconds = i64::try_from(at.seconds()).unwrap_or(i64::MAX);
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
    moment.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

#[cfg(test)]
pub(crate) mod tests;
