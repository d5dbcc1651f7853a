//! Finding things again by their words, whatever their accents and capitals: records, organisations, contacts and
//! imports. The drawer of the special categories is opened only when that is asked for.

use std::collections::BTreeSet;

use sesame_protocol::key::IdentityId;

use crate::records::{self, Found, Kind, Name, fold, matches};
use crate::view::{Unreadable, View};
use crate::{contacts, series, vendors};

/// What to look for. Everything that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Words, each of which begins a word of what is found.
    pub words: String,
    /// The beginning of the words of an organisation.
    pub organisation: String,
    /// The first day (`YYYY-MM-DD`).
    pub from: Option<String>,
    /// The last day, included.
    pub to: Option<String>,
    /// Which kinds; none are all.
    pub kinds: BTreeSet<Sort>,
    /// Whether the drawer of the special categories is looked into as well.
    pub is_special: bool,
    /// Records with a smaller number alone: where an earlier answer ended.
    pub before: Option<u64>,
}

/// A kind of thing that can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A record.
    Record(Kind),
    /// An organisation.
    Organisation,
    /// A contact.
    Contact,
    /// An import.
    Import,
}

impl Sort {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Record(Kind::Fact),
        Self::Record(Kind::Event),
        Self::Record(Kind::Paper),
        Self::Record(Kind::Conclusion),
        Self::Organisation,
        Self::Contact,
        Self::Import,
    ];

    /// A stable name, for words and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Record(kind) => kind.code(),
            Self::Organisation => "organisation",
            Self::Contact => "contact",
            Self::Import => "import",
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// Records: facts by field, then the others, newest first.
    pub records: Vec<Found>,
    /// Organisations.
    pub organisations: Vec<(IdentityId, String)>,
    /// Contacts.
    pub contacts: Vec<(IdentityId, String)>,
    /// Imports, newest first.
    pub imports: Vec<series::Imported>,
    /// The number of the last record when more follow: ask again with it.
    pub next: Option<u64>,
}

impl Query {
    /// A query with its words folded; the words of an organisation too.
    fn folded(&self) -> Self {
        Self { words: fold(&self.words), organisation: fold(&self.organisation), ..self.clone() }
    }

    fn wants(&self, sort: Sort) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&sort)
    }

    fn spans(&self, day: &str) -> bool {
        self.from.as_deref().is_none_or(|from| from <= day) && self.to.as_deref().is_none_or(|to| day <= to)
    }

    fn holds(&self, sort: Sort, words: &str, organisation: &str, day: &str) -> bool {
        self.wants(sort) && self.spans(day) && matches(organisation, &self.organisation) && matches(words, &self.words)
    }
}

/// Looks for records alone, at most `most`; `label` names a field in words, in the languages that a person may type.
pub fn records(
    view: &dyn View,
    query: &Query,
    most: usize,
    label: &dyn Fn(&str) -> String,
) -> Result<Hits, Unreadable> {
    let query = query.folded();
    let mut hits = Hits::default();
    if query.before.is_none() {
        let mut few = records::facts(view)?;
        if query.is_special {
            few.extend(records::special(view)?);
        }
        few.retain(|found| is_hit(&query, found, label));
        hits.records = few;
    }
    let mut lines = records::lines(view)?;
    lines.retain(|line| query.before.is_none_or(|before| line.number < before));
    lines.retain(|line| query.holds(Sort::Record(line.kind), &line.words, &line.organisation, &line.day));
    let mut last = None;
    for (place, line) in lines.iter().rev().enumerate() {
        if place >= most {
            hits.next = last;
            break;
        }
        last = Some(line.number);
        // One that was forgotten between the two reads, or went into the other drawer, is no more to be found.
        let found = records::one(view, &Name::Number(line.number))?;
        hits.records.extend(found.filter(|found| query.is_special || !found.is_special));
    }
    Ok(hits)
}

/// Looks for all kinds of things, at most `most` of each. What is no record is in the first answer and in none that follows.
pub fn everything(
    view: &dyn View,
    query: &Query,
    most: usize,
    label: &dyn Fn(&str) -> String,
) -> Result<Hits, Unreadable> {
    let mut hits = records(view, query, most, label)?;
    if query.before.is_some() {
        return Ok(hits);
    }
    let query = query.folded();
    let has_span = query.from.is_some() || query.to.is_some();
    if query.wants(Sort::Organisation) && !has_span {
        for (id, vendor) in vendors::all(view)? {
            let name = vendor.shown_name();
            let words = fold(&name);
            if query.holds(Sort::Organisation, &words, &words, "") && hits.organisations.len() < most {
                hits.organisations.push((id, name));
            }
        }
    }
    if query.wants(Sort::Contact) && !has_span && query.organisation.is_empty() {
        for (id, contact) in contacts::all(view)? {
            if matches(&fold(&contact.name), &query.words) && hits.contacts.len() < most {
                hits.contacts.push((id, contact.name));
            }
        }
    }
    if query.wants(Sort::Import) {
        let sources = series::all(view)?;
        for import in series::imports(view)? {
            let source = sources.iter().find(|(id, _)| *id == import.series);
            let vendor = source.map(|(_, series)| series.source.vendor.as_str()).unwrap_or_default();
            let words = fold(&format!("{} {vendor} {}", import.name, import.format));
            let day = records::day_of(import.at);
            if query.holds(Sort::Import, &words, &fold(vendor), &day) && hits.imports.len() < most {
                hits.imports.push(import);
            }
        }
    }
    Ok(hits)
}

fn is_hit(query: &Query, found: &Found, label: &dyn Fn(&str) -> String) -> bool {
    let Some(newest) = found.record.newest() else { return false };
    let content = &newest.content;
    let field = found.name.to_string();
    let property = records::schema::property(&field).unwrap_or_default();
    let name = if found.record.kind == Kind::Fact { format!("{field} {property} {}", label(&field)) } else { field };
    let organisations = found.record.organisations();
    let words = [name.as_str(), &content.text, &organisations, &content.basis].join(" ");
    query.holds(Sort::Record(found.record.kind), &fold(&words), &organisations, &found.record.day())
}

#[cfg(test)]
mod tests;
