//! Records: what a person keeps of themselves, with who said it, since when, and what it was before. And finding things
//! again by their words.

use serde::{Deserialize, Serialize};

use crate::safe::Safe;
use crate::words::Words;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

    /// Its name, as in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Event => "event",
            Self::Paper => "paper",
            Self::Conclusion => "conclusion",
        }
    }
}

/// One record. `GET /v1/records/{id}?special=…`, where the id is its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What it is called: the field of a fact, or `R12`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The property of schema.org that means the same as the field of a fact.
    pub property: Option<String>,
    /// Whether it lies in the drawer of the special categories (GDPR, article 9).
    pub special: bool,
    /// The day that it is about: its own, else that on which it was noted.
    pub day: String,
    /// How many versions there are.
    pub versions: u64,
    /// The version that counts.
    pub newest: Version,
    /// The earlier ones, newest first; in a list they are left out unless they are asked for.
    pub earlier: Vec<Version>,
}

/// What a record says, or said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The value of a fact, what happened, the title of a paper, what was concluded.
    pub text: String,
    /// When it happened, or the date of a paper: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`.
    pub on: Option<String>,
    /// The organisation that it is about; of a conclusion, who drew it. Empty when it is about none.
    pub organisation: String,
    /// What a conclusion was drawn from.
    pub basis: String,
    /// Days that matter to it.
    pub dates: Vec<Dated>,
    /// The file of a paper.
    pub file: Option<File>,
    /// Who says so.
    pub says: Says,
    /// Which organisation says so.
    pub says_name: Option<String>,
    /// When it was noted (RFC 3339, UTC).
    pub at: String,
    /// The public key of the device that noted it, in hexadecimal; nothing where an older program did.
    pub device: Option<String>,
    /// The import that it was taken from.
    pub import: Option<String>,
    /// The credential that it was taken from: the SHA-256 of its text, in hexadecimal.
    pub credential: Option<String>,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// I do.
    Me,
    /// An organisation.
    Organisation,
    /// A file that came in.
    Import,
}

/// A day that matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// What is on that day.
    pub what: String,
    /// The day (`YYYY-MM-DD`).
    pub on: String,
}

/// A file. Its bytes are at `GET /v1/records/{id}/file?version=…&special=…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// Bytes in it.
    pub bytes: u64,
    /// Its BLAKE3 hash, in hexadecimal.
    pub blake3: String,
}

/// `POST /v1/records`: keeps a record, or corrects one. `POST /v1/papers?record=…&name=…` takes the same as JSON in its
/// query, with the file of a paper as its body.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordAsk {
    /// The field of a fact, as requests or schema.org name it, or the name of a record that is corrected. Nothing for a
    /// new record of another kind.
    #[serde(default)]
    pub name: Option<String>,
    /// What it is; needed for a new record that is no fact.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// What it says.
    pub text: String,
    /// When it happened, or the date of a paper.
    #[serde(default)]
    pub on: Option<String>,
    /// The organisation that it is about, or that drew a conclusion.
    #[serde(default)]
    pub organisation: String,
    /// What a conclusion was drawn from.
    #[serde(default)]
    pub basis: String,
    /// Days that matter to it.
    #[serde(default)]
    pub dates: Vec<Dated>,
    /// The organisation that says so; I do when it is left out.
    #[serde(default)]
    pub says: Option<String>,
    /// The import that it was taken from.
    #[serde(default)]
    pub import: Option<String>,
    /// The credential that it was taken from: the SHA-256 of its text, in hexadecimal.
    #[serde(default)]
    pub credential: Option<String>,
    /// That it is of a special category (GDPR, article 9) and shall be kept all the same.
    #[serde(default)]
    pub special: bool,
}

/// `GET /v1/records?…` and, with words, `GET /v1/find?…`. All that is given must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindAsk {
    /// Words, each of which begins a word of what is found; accents and capitals make no difference.
    #[serde(default)]
    pub words: String,
    /// The beginning of the words of an organisation.
    #[serde(default)]
    pub organisation: String,
    /// The first day.
    #[serde(default)]
    pub from: Option<String>,
    /// The last day, included.
    #[serde(default)]
    pub to: Option<String>,
    /// Kinds, with commas between them; all when empty. `organisation`, `contact` and `import` are kinds of `find` alone.
    #[serde(default)]
    pub kind: String,
    /// Whether to look into the drawer of the special categories as well.
    #[serde(default)]
    pub special: bool,
    /// Where an earlier answer ended.
    #[serde(default)]
    pub before: Option<String>,
    /// Whether records come with their earlier versions.
    #[serde(default)]
    pub history: bool,
}

/// Records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// Facts by field, then all others, newest first.
    pub records: Vec<Record>,
    /// What to give as `before` for those that follow; nothing when these are all.
    pub next: Option<String>,
}

/// What was found, each kind by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hits {
    /// What was found.
    pub hits: Vec<Hit>,
    /// What to give as `before` for the records that follow.
    pub next: Option<String>,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// `fact`, `event`, `paper`, `conclusion`, `organisation`, `contact` or `import`.
    pub kind: String,
    /// What it is called: a record's name, or an id.
    pub name: String,
    /// What it says.
    pub text: String,
    /// The organisation that it is about.
    pub organisation: String,
    /// The day that it is about; empty when it is about none.
    pub day: String,
    /// Whether it lies in the drawer of the special categories.
    pub special: bool,
}

/// `GET` and `DELETE /v1/records/{id}`, and `GET /v1/records/{id}/file`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordAbout {
    /// That it is of a special category, and is wanted all the same.
    #[serde(default)]
    pub special: bool,
    /// Of a file: the version whose it is, from 1; the newest when left out.
    #[serde(default)]
    pub version: Option<usize>,
    /// Of forgetting: only what it was before goes.
    #[serde(default)]
    pub earlier: bool,
}

/// What was forgotten. `DELETE /v1/records/{id}` and `DELETE /v1/imports/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgotten {
    /// What it was called.
    pub name: String,
    /// Versions of a record that went.
    pub versions: u64,
    /// Files that went.
    pub files: u64,
    /// Readings that went with an import.
    pub readings: u64,
    /// Readings of months that another import touches too: they stay.
    pub readings_kept: u64,
    /// Whether the keys of all of it are gone already. Else the node does it before it writes anything else.
    pub erased: bool,
    /// The newest backups that may still show it: those made since it was noted.
    pub backups: Vec<Holding>,
    /// How many more of them there are.
    pub backups_more: u64,
}

/// A backup that may still show what was forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Where it lies, as it was typed.
    pub place: String,
    /// When it was made (RFC 3339, UTC).
    pub at: String,
}

impl Forgotten {
    /// The sentence that names the backups that may still show it, and says what to do; nothing when there are none.
    pub fn held(&self, words: &Words) -> Option<String> {
        let count = self.backups.len() as u64 + self.backups_more;
        let one = |held: &Holding| {
            let (place, day) = (Safe(&held.place).to_string(), words.day_of(&held.at));
            words.with("record-held-one", &[("place", (&place).into()), ("day", (&day).into())])
        };
        let mut named: Vec<String> = self.backups.iter().map(one).collect();
        if self.backups_more > 0 {
            named.push(words.with("record-held-more", &[("count", self.backups_more.into())]));
        }
        let named = named.join(" · ");
        (count > 0).then(|| words.with("record-held", &[("count", count.into()), ("backups", (&named).into())]))
    }
}

impl std::fmt::Debug for RecordAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecordAsk").field("kind", &self.kind).field("special", &self.special).finish_non_exhaustive()
    }
}

impl FindAsk {
    /// The query of an address that asks the same.
    pub fn query(&self) -> String {
        let texts = [
            ("words", self.words.as_str()),
            ("organisation", &self.organisation),
            ("from", self.from.as_deref().unwrap_or_default()),
            ("to", self.to.as_deref().unwrap_or_default()),
            ("kind", &self.kind),
            ("before", self.before.as_deref().unwrap_or_default()),
        ];
        let texts = texts.into_iter().filter(|(_, value)| !value.is_empty());
        let mut parts: Vec<String> =
            texts.map(|(name, value)| format!("{name}={}", crate::client::escaped(value))).collect();
        parts.extend(self.special.then(|| "special=true".to_owned()));
        parts.join("&")
    }
}
