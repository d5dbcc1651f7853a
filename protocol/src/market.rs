//! Markets: the divisions, groups and some classes of COICOP 2018 (United Nations), with their names in English
//! and French. Leaves out the divisions 14 and 15, which nobody buys from, and COFOG.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

mod names;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::key::Language;

use self::names::NAMES;

const CODE_BYTES_MAX: usize = 6;

/// A division (`04`), a group (`04.5`) or a class (`04.5.1`).
///
/// Divisions and groups are those of the standard. Any class of a known group is accepted, because a peer may
/// know more of them; it then has its group's name here. Ordered as codes are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Market {
    /// The code, filled up with zero bytes, which sort before everything.
    code: [u8; CODE_BYTES_MAX],
}

impl Market {
    /// Reads a code with two digits, then one, then one, separated by dots.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bytes = text.as_bytes();
        let is_code = matches!(bytes, [a, b, rest @ ..] if a.is_ascii_digit() && b.is_ascii_digit()
            && matches!(rest, [] | [b'.', b'1'..=b'9'] | [b'.', b'1'..=b'9', b'.', b'0'..=b'9']));
        if !is_code {
            return Err(Error::NotACode);
        }
        // The group, or the division where there is none, must be in the standard.
        let known = text.get(..4).unwrap_or(text);
        if name_of(known).is_none() {
            return Err(Error::Unknown);
        }
        let mut code = [0; CODE_BYTES_MAX];
        for (to, from) in code.iter_mut().zip(bytes) {
            *to = *from;
        }
        Ok(Self { code })
    }

    /// The code.
    pub fn code(&self) -> &str {
        let length = self.code.iter().position(|byte| *byte == 0).unwrap_or(CODE_BYTES_MAX);
        self.code.get(..length).and_then(|code| std::str::from_utf8(code).ok()).unwrap_or_default()
    }

    /// The division, from 1 to 13.
    pub fn division(&self) -> u8 {
        self.code().get(..2).and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }

    /// The name; of a class that is not listed here, its group's.
    pub fn name(&self, language: Language) -> &'static str {
        let code = self.code();
        let found = name_of(code).or_else(|| name_of(code.get(..4)?));
        found.map_or("", |(english, french)| match language {
            Language::En => english,
            Language::Fr => french,
        })
    }
}

/// Every market that has a name here, in the order of the codes, for a picker.
pub fn all() -> impl Iterator<Item = Market> {
    NAMES.iter().filter_map(|(code, _, _)| Market::parse(code).ok())
}

impl fmt::Display for Market {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Market {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Market({})", self.code())
    }
}

impl FromStr for Market {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for Market {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Market {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// Why a text is not a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It does not have the form `04`, `04.5` or `04.5.1`.
    #[error("not a code of the form 04, 04.5 or 04.5.1")]
    NotACode,
    /// The standard has no such division or group.
    #[error("no such division or group in COICOP 2018")]
    Unknown,
}

fn name_of(code: &str) -> Option<(&'static str, &'static str)> {
    let place = NAMES.binary_search_by(|(listed, _, _)| (*listed).cmp(code)).ok()?;
    NAMES.get(place).map(|(_, english, french)| (*english, *french))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn the_table_is_sorted_complete_and_in_two_languages() {
        assert!(NAMES.is_sorted_by(|one, next| one.0 < next.0));
        assert_eq!(all().count(), NAMES.len());
        let divisions: Vec<u8> =
            all().filter(|market| market.code().len() == 2).map(|market| market.division()).collect();
        assert_eq!(divisions, (1..=13).collect::<Vec<u8>>());
        for division in 1..=13 {
            assert!(all().filter(|market| market.division() == division && market.code().len() == 4).count() >= 2);
        }
        for (_, english, french) in NAMES {
            assert!(!english.is_empty() && !french.is_empty());
        }
        assert!(all().is_sorted());
    }

    #[test]
    fn names_fall_back_to_the_group() {
        let electricity = Market::parse("04.5.1").unwrap();
        assert_eq!((electricity.name(Language::En), electricity.name(Language::Fr)), ("Electricity", "Électricité"));
        assert_eq!(electricity.division(), 4);
        let unlisted = Market::parse("04.5.9").unwrap();
        assert_eq!(unlisted.name(Language::En), "Electricity, gas and other fuels");
        assert_eq!(unlisted.code(), "04.5.9");
    }

    #[test]
    fn what_is_not_a_market_is_refused() {
        for text in ["", "4", "4.5", "04.", "04.5.", "04.5.1.", "04.5.1.0", "04,5", " 04", "04.0", "aa", "０４"] {
            assert_eq!(Market::parse(text), Err(Error::NotACode), "{text}");
        }
        for text in ["00", "14", "99", "04.9", "13.4.1"] {
            assert_eq!(Market::parse(text), Err(Error::Unknown), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_market_that_parses_is_its_own_code(text in "[0-9.]{0,8}") {
            if let Ok(market) = Market::parse(&text) {
                prop_assert_eq!(market.code(), text);
            }
        }
    }
}
