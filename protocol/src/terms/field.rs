//! Names of pieces of personal data. Those that are known here are named as schema.org names them, in snake case, where
//! it does; each has a kind, a shape, and what it gives away. An organisation may use names of its own: they are valid,
//! and nothing is known of them. Leaves out values.

mod known;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::limits::FIELD_BYTES_MAX;

use self::known::KNOWN;

/// The name of a piece of personal data: words of lower-case ASCII letters and digits, joined by `.`, `-` or `_`, the
/// first beginning with a letter. Ordered as names are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(String);

impl Field {
    /// Reads a name. It is not folded: what is nearly a name is none, so that two sides never mean different things.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.len() > FIELD_BYTES_MAX {
            return Err(Error::TooLong { found: text.len(), max: FIELD_BYTES_MAX });
        }
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let begins = text.starts_with(|sign: char| sign.is_ascii_lowercase());
        if !begins || !text.split(['.', '-', '_']).all(is_word) {
            return Err(Error::NotAName);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is known of it; `None` for a name that is the organisation's own.
    pub fn known(&self) -> Option<&'static Known> {
        known(&self.0)
    }
}

/// What is known of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The name.
    pub name: &'static str,
    /// What it is about.
    pub category: Category,
    /// Whether it tells who somebody is, alone or with a little else.
    pub identifies: bool,
    /// Whether it lets somebody write, call or come; such a field always identifies, too.
    pub reaches: bool,
    /// Whether it is of the special categories of GDPR article 9, which need an explicit yes of their own.
    pub is_special: bool,
    /// What a value looks like.
    pub shape: Shape,
}

/// What a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Who somebody is.
    Identity,
    /// How to reach them.
    Contact,
    /// Where they are at home.
    Place,
    /// What the home is like and who lives there.
    Home,
    /// What the home uses.
    Energy,
    /// Telephone and network.
    Telecom,
    /// What they have and pay.
    Money,
    /// Papers that prove something.
    Papers,
    /// What they do for a living.
    Work,
    /// Body and mind.
    Health,
    /// Origin, belief and private life.
    Conviction,
    /// What they do, look at and like.
    Habits,
}

impl Category {
    /// All of them, in order.
    pub const ALL: [Self; 12] = [
        Self::Identity,
        Self::Contact,
        Self::Place,
        Self::Home,
        Self::Energy,
        Self::Telecom,
        Self::Money,
        Self::Papers,
        Self::Work,
        Self::Health,
        Self::Conviction,
        Self::Habits,
    ];

    /// A stable name, for words and records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Place => "place",
            Self::Home => "home",
            Self::Energy => "energy",
            Self::Telecom => "telecom",
            Self::Money => "money",
            Self::Papers => "papers",
            Self::Work => "work",
            Self::Health => "health",
            Self::Conviction => "conviction",
            Self::Habits => "habits",
        }
    }
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words.
    Text,
    /// A whole number of a unit.
    Number(Unit),
    /// A day.
    Date,
    /// An address for electronic mail.
    Email,
    /// A telephone number.
    Telephone,
    /// A postal code.
    PostalCode,
    /// A country.
    Country,
    /// A paper, a picture or a table.
    File,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Energy.
    KilowattHour,
    /// Apparent power.
    KilovoltAmpere,
    /// Area.
    SquareMetre,
    /// Traffic.
    Gigabyte,
    /// Money for a year.
    EuroAYear,
    /// People.
    Person,
}

impl Unit {
    /// How the unit is written, the same in every language; empty for people, who are only counted.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::KilowattHour => "kWh",
            Self::KilovoltAmpere => "kVA",
            Self::SquareMetre => "m²",
            Self::Gigabyte => "GB",
            Self::EuroAYear => "€",
            Self::Person => "",
        }
    }
}

/// Why a text is not the name of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There are too many bytes.
    #[error("{found} bytes, and a name has at most {max}")]
    TooLong {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// It is not made of such words.
    #[error("not lower-case words joined by `.`, `-` or `_`")]
    NotAName,
}

/// Every field that is known, in the order of the names, for a picker.
pub fn all() -> impl Iterator<Item = &'static Known> {
    KNOWN.iter()
}

/// What is known under a name.
pub fn known(name: &str) -> Option<&'static Known> {
    let place = KNOWN.binary_search_by(|known| known.name.cmp(name)).ok()?;
    KNOWN.get(place)
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.0)
    }
}

impl FromStr for Field {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;
    use crate::codec;

    #[test]
    fn the_table_is_sorted_valid_and_covers_every_category() {
        assert!(KNOWN.is_sorted_by(|one, next| one.name < next.name));
        for known in all() {
            let field = Field::parse(known.name).unwrap();
            assert_eq!(field.known(), Some(known));
            assert!(known.identifies || !known.reaches, "{} reaches nobody in particular", known.name);
        }
        for category in Category::ALL {
            assert!(all().any(|known| known.category == category), "{category:?}");
        }
        let mut codes = Category::ALL.map(Category::code).to_vec();
        codes.dedup();
        assert_eq!(codes.len(), Category::ALL.len());
    }

    #[test]
    fn health_and_convictions_are_the_special_categories() {
        for known in all() {
            let is_special = matches!(known.category, Category::Health | Category::Conviction);
            assert_eq!(known.is_special, is_special, "{}", known.name);
        }
        assert!(known("religion").is_some_and(|known| known.is_special));
        // Article 9 does not name them, though the law protects some of them otherwise.
        assert!(known("social_security_number").is_some_and(|known| !known.is_special && known.identifies));
        assert!(known("gender").is_some_and(|known| !known.is_special));
    }

    #[test]
    fn a_name_of_the_organisation_s_own_is_valid_and_unknown() {
        for name in ["shoe_size", "x", "loyalty.card-number_2", "n0"] {
            assert_eq!(Field::parse(name).unwrap().known(), None, "{name}");
        }
    }

    #[test]
    fn what_is_not_a_name_is_refused() {
        for text in ["", "_", "a_", "_a", "a__b", "a.-b", "Email", "e mail", "é", "2nd_name", "a\n", ".email", "a/b"] {
            assert_eq!(Field::parse(text), Err(Error::NotAName), "{text:?}");
        }
        assert!(Field::parse(&"a".repeat(40)).is_ok());
        assert_eq!(Field::parse(&"a".repeat(41)), Err(Error::TooLong { found: 41, max: 40 }));
    }

    proptest! {
        #[test]
        fn a_field_is_its_own_text(text in "[a-z0-9._-]{0,44}") {
            if let Ok(field) = Field::parse(&text) {
                prop_assert_eq!(field.as_str(), &text);
                let bytes = codec::encode(&field);
                prop_assert_eq!(codec::decode::<Field>(&bytes, 64).unwrap(), field);
            }
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,60}") {
            if let Ok(field) = Field::parse(&text) {
                prop_assert!(field.as_str().len() <= FIELD_BYTES_MAX);
            }
        }
    }
}
