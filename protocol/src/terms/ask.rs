//! A data request, as far as it can be judged: what for, which fields, for how long, who gets them, under which terms. It
//! stands for a letter and for a web or paper form alike. Leaves out who may ask at all, and the letter.

use std::collections::BTreeSet;

use super::{field::Field, purpose::Purpose, roster::Roster};
use crate::{
    limits::{ASKED_FIELDS_MAX, RECIPIENTS_MAX, SUBJECTS_MAX, TEXT_CHARS_MAX},
    market::Market,
    subject::Subject,
    text,
};

/// A data request within its bounds.
///
/// ```
/// use sesame_protocol::terms::{ask::Ask, field::Field, purpose::Purpose};
///
/// let fields = ["electricity_year_kwh", "postal_code"].map(|name| Field::parse(name).unwrap());
/// let ask = Ask::new(Purpose::Quote, fields, 30)?.in_market("04.5.1".parse().unwrap());
/// assert_eq!(ask.fields().len(), 2);
/// # Ok::<(), sesame_protocol::terms::ask::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    purpose: Purpose,
    market: Option<Market>,
    reason: String,
    fields: BTreeSet<Field>,
    retention_days: u32,
    asker: BTreeSet<Subject>,
    recipients: BTreeSet<Subject>,
    terms: Option<Roster>,
}

/// Why a data request cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It asks for no field.
    #[error("it asks for nothing")]
    Nothing,
    /// A list is longer than anybody would read; counted before what stands twice is left out.
    #[error("more than {max} {what}")]
    TooMany {
        /// Which list.
        what: &'static str,
        /// The most allowed.
        max: usize,
    },
    /// The reason that is given in words is none that can be shown.
    #[error("reason: {0}")]
    Reason(#[source] text::Error),
}

impl Ask {
    /// A request for fields, at most [`ASKED_FIELDS_MAX`], that are to be kept for so many days. Nobody else gets them, no
    /// terms are named, and the market is not known, until said otherwise.
    pub fn new(purpose: Purpose, fields: impl IntoIterator<Item = Field>, retention_days: u32) -> Result<Self, Error> {
        let fields = bounded("fields", fields, ASKED_FIELDS_MAX)?;
        if fields.is_empty() {
            return Err(Error::Nothing);
        }
        Ok(Self {
            purpose,
            market: None,
            reason: String::new(),
            fields,
            retention_days,
            asker: BTreeSet::new(),
            recipients: BTreeSet::new(),
            terms: None,
        })
    }

    /// What is bought or dealt with.
    #[must_use]
    pub fn in_market(self, market: Market) -> Self {
        Self { market: Some(market), ..self }
    }

    /// The terms that the asker wants.
    #[must_use]
    pub fn under(self, terms: Roster) -> Self {
        Self { terms: Some(terms), ..self }
    }

    /// What for, in the asker's own words. They are shown, and never judged.
    pub fn because(self, reason: &str) -> Result<Self, Error> {
        text::check_prose(reason, TEXT_CHARS_MAX).map_err(Error::Reason)?;
        Ok(Self { reason: reason.to_owned(), ..self })
    }

    /// Every name that the asker itself goes by, at most [`SUBJECTS_MAX`].
    pub fn by(self, asker: impl IntoIterator<Item = Subject>) -> Result<Self, Error> {
        Ok(Self { asker: bounded("names of the asker", asker, SUBJECTS_MAX)?, ..self })
    }

    /// Who gets the data, at most [`RECIPIENTS_MAX`]; the asker itself may be among them.
    pub fn passed_to(self, recipients: impl IntoIterator<Item = Subject>) -> Result<Self, Error> {
        Ok(Self { recipients: bounded("recipients", recipients, RECIPIENTS_MAX)?, ..self })
    }

    /// What for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// What is bought or dealt with, where it is known.
    pub fn market(&self) -> Option<Market> {
        self.market
    }

    /// What for, in the asker's own words; often empty.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The fields, each once, in the order of their names.
    pub fn fields(&self) -> &BTreeSet<Field> {
        &self.fields
    }

    /// How long the data are to be kept, in days.
    pub fn retention_days(&self) -> u32 {
        self.retention_days
    }

    /// The terms that the asker wants; a form names none.
    pub fn terms(&self) -> Option<Roster> {
        self.terms
    }

    /// Who gets the data besides the asker, in order.
    pub fn others(&self) -> impl Iterator<Item = &Subject> {
        self.recipients.difference(&self.asker)
    }
}

/// Collects a list that may not be long. No more than one beyond the bound is taken from it.
fn bounded<T: Ord>(what: &'static str, list: impl IntoIterator<Item = T>, max: usize) -> Result<BTreeSet<T>, Error> {
    let mut list = list.into_iter();
    let taken: BTreeSet<T> = list.by_ref().take(max).collect();
    if list.next().is_some() { Err(Error::TooMany { what, max }) } else { Ok(taken) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(number: usize) -> Field {
        Field::parse(&format!("own_{number}")).unwrap()
    }

    fn subject(number: usize) -> Subject {
        Subject::parse(&format!("domain:shop{number}.example")).unwrap()
    }

    #[test]
    fn an_ask_at_its_bounds_is_taken_and_one_beyond_is_not() {
        let ask = Ask::new(Purpose::Quote, (0..64).map(field), 30).unwrap();
        assert_eq!(Ask::new(Purpose::Quote, [], 30), Err(Error::Nothing));
        let beyond = Ask::new(Purpose::Quote, (0..65).map(field), 30);
        assert_eq!(beyond, Err(Error::TooMany { what: "fields", max: 64 }));
        // an endless list costs no more than its bound
        assert!(Ask::new(Purpose::Quote, std::iter::repeat_with(|| field(1)), 30).is_err());
        let ask = ask.passed_to((0..16).map(subject)).unwrap().by((0..16).map(subject)).unwrap();
        let many = Error::TooMany { what: "recipients", max: 16 };
        assert_eq!(ask.clone().passed_to((0..17).map(subject)), Err(many));
        assert!(ask.clone().by((0..17).map(subject)).is_err());
        assert!(ask.clone().because(&"é".repeat(500)).is_ok());
        let long = Err(Error::Reason(text::Error::TooLong { found: 501, max: 500 }));
        assert_eq!(ask.clone().because(&"é".repeat(501)), long);
        assert!(ask.because("for\u{202e}you").is_err(), "what turns words round is not shown");
    }

    #[test]
    fn the_asker_is_no_other_by_any_of_its_names() {
        let ask = Ask::new(Purpose::Quote, [field(1)], 30).unwrap();
        let ask = ask.by([1, 2].map(subject)).unwrap().passed_to([2, 3, 3].map(subject)).unwrap();
        assert_eq!(ask.others().cloned().collect::<Vec<_>>(), [subject(3)]);
    }
}
