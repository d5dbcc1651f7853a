//! The verdict on a data request: field by field whether its purpose needs it, what else is more than needed, and the
//! smaller answer that would do. It judges what is asked, never who asks; and it decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{ask::Ask, field::Field, purpose::Needs, roster::Use};
use crate::{subject::Subject, time::Timestamp};

/// When the same asker last asked for each field, as far as it is remembered.
pub type Earlier = BTreeMap<Field, Timestamp>;

/// What there is to say of a data request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Every field that is asked for, in the order of their names.
    pub fields: BTreeMap<Field, Finding>,
    /// The longest that the purpose justifies keeping data, in days, where more is asked for.
    pub retention_days_max: Option<u32>,
    /// Who gets the data besides the asker, in order.
    pub others: Vec<Subject>,
    /// What the terms that the asker wants allow and `SD-BASE` does not, in order.
    pub uses: &'static [Use],
    /// What to propose instead.
    pub smaller: Smaller,
}

/// What there is to say of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether the purpose needs it.
    pub need: Need,
    /// When the same asker last asked for it.
    pub before: Option<Timestamp>,
    /// Whether it is of the special categories of GDPR article 9; of an unknown field nobody can say.
    pub is_special: bool,
}

/// Whether a purpose needs a field. From what is to be given to what is to be looked at twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// Without it the purpose cannot be served.
    Needed,
    /// It would help, or stands for something that another field already gives.
    Useful,
    /// It serves something else.
    Excess,
    /// It has a name of the asker's own, so that nobody can say.
    Unknown,
}

impl Need {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Needed, Self::Useful, Self::Excess, Self::Unknown];

    /// A stable name, for words and records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Useful => "useful",
            Self::Excess => "excess",
            Self::Unknown => "unknown",
        }
    }
}

/// The smaller answer: part of what is asked for, never anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smaller {
    /// What is needed. Empty where nothing that is asked for is: then the smaller answer is a refusal.
    pub fields: BTreeSet<Field>,
    /// How long it may be kept, in days.
    pub retention_days: u32,
}

impl Verdict {
    /// How many fields are so.
    pub fn count(&self, need: Need) -> usize {
        self.fields.values().filter(|finding| finding.need == need).count()
    }

    /// Whether anything at all is asked beyond what the purpose needs. What would be useful is not needed.
    pub fn is_too_much(&self) -> bool {
        self.smaller.fields.len() < self.fields.len()
            || self.retention_days_max.is_some()
            || !self.others.is_empty()
            || !self.uses.is_empty()
    }
}

/// Judges a data request. The order in which it names things, and what it names twice, make no difference.
pub fn verdict(ask: &Ask, earlier: &Earlier) -> Verdict {
    let needs = ask.purpose().needs(ask.market());
    let taken = taken(needs, ask.fields());
    let judged = |field: &Field| {
        let known = field.known();
        let need = match known {
            None => Need::Unknown,
            Some(_) if taken.contains(field.as_str()) => Need::Needed,
            Some(_) if ask.purpose().could_use(ask.market(), field) => Need::Useful,
            Some(_) => Need::Excess,
        };
        Finding { need, before: earlier.get(field).copied(), is_special: known.is_some_and(|known| known.is_special) }
    };
    let fields: BTreeMap<Field, Finding> = ask.fields().iter().map(|field| (field.clone(), judged(field))).collect();
    let longest = ask.purpose().retention_days_max(ask.market());
    let needed = fields.iter().filter(|(_, finding)| finding.need == Need::Needed);
    let smaller = Smaller {
        fields: needed.map(|(field, _)| field.clone()).collect(),
        retention_days: ask.retention_days().min(longest),
    };
    Verdict {
        fields,
        retention_days_max: (ask.retention_days() > longest).then_some(longest),
        others: ask.others().cloned().collect(),
        uses: ask.terms().map_or(&[], |terms| terms.allows()),
        smaller,
    }
}

/// The fields to take: of each choice the least telling way that is asked for whole; where none is, what is asked for of
/// the first way of which anything is, because who asks for less than is needed gets that.
fn taken<'a>(needs: &Needs, asked: &'a BTreeSet<Field>) -> BTreeSet<&'a str> {
    let names: BTreeSet<&str> = asked.iter().map(Field::as_str).collect();
    let mut taken = BTreeSet::new();
    for choice in needs.needed {
        let whole = choice.iter().find(|way| way.iter().all(|name| names.contains(name)));
        let part = || choice.iter().find(|way| way.iter().any(|name| names.contains(name)));
        if let Some(way) = whole.or_else(part) {
            taken.extend(names.iter().filter(|name| way.contains(name)));
        }
    }
    taken
}

#[cfg(test)]
mod tests;
