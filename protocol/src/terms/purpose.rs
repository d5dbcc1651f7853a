//! What data are asked for: a closed list of purposes, what each really needs, and how long it justifies keeping. The
//! judgement is ours, drawn from what such forms ask for and from French law, where the first users live; it is the
//! yardstick for "more than needed", and no legal advice. Leaves out what an organisation says that it needs.

mod needs;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::field::Field;
use crate::market::Market;

pub use self::needs::{Choice, Needs};

/// What data are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// A price before anything is agreed.
    Quote,
    /// To conclude and keep a contract.
    Contract,
    /// To bring something.
    Delivery,
    /// To write a bill and be paid.
    Billing,
    /// To help with what was bought.
    Support,
    /// To be sure who somebody is.
    IdentityCheck,
    /// To send news that were asked for.
    Newsletter,
    /// To show or send advertising.
    Advertising,
    /// To work out what somebody is like.
    Profiling,
    /// To learn something about many people.
    Study,
    /// A card that counts purchases.
    Loyalty,
    /// To belong to an association.
    Membership,
    /// To treat a patient.
    Care,
    /// To handle a file at a public body.
    Administration,
}

impl Purpose {
    /// All of them, in order.
    pub const ALL: [Self; 14] = [
        Self::Quote,
        Self::Contract,
        Self::Delivery,
        Self::Billing,
        Self::Support,
        Self::IdentityCheck,
        Self::Newsletter,
        Self::Advertising,
        Self::Profiling,
        Self::Study,
        Self::Loyalty,
        Self::Membership,
        Self::Care,
        Self::Administration,
    ];

    /// Its stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Contract => "contract",
            Self::Delivery => "delivery",
            Self::Billing => "billing",
            Self::Support => "support",
            Self::IdentityCheck => "identity_check",
            Self::Newsletter => "newsletter",
            Self::Advertising => "advertising",
            Self::Profiling => "profiling",
            Self::Study => "study",
            Self::Loyalty => "loyalty",
            Self::Membership => "membership",
            Self::Care => "care",
            Self::Administration => "administration",
        }
    }

    /// Reads a code. A purpose that is not on the list is none: what nobody can hold against a table cannot be judged.
    pub fn parse(code: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code).ok_or(Error::Unknown)
    }

    /// What it needs in a market; without a market, or in one that needs nothing of its own, what it always needs.
    pub fn needs(self, market: Option<Market>) -> &'static Needs {
        needs::of(self, market)
    }

    /// Whether a field would help it in a market. Of a market that is known roughly, or not at all, everything that would
    /// help somewhere within it counts: nobody is told that they ask too much on a guess.
    pub fn could_use(self, market: Option<Market>, field: &Field) -> bool {
        self.needs(market).could_use(field) || needs::within(self, market).any(|needs| needs.could_use(field))
    }

    /// The longest that it justifies keeping data, in days from the disclosure on. What lasts longer (a contract that
    /// goes on) asks again.
    #[expect(clippy::match_same_arms, reason = "each has a reason of its own, also where the number is the same")]
    pub fn retention_days_max(self, market: Option<Market>) -> u32 {
        let is_finance = market.is_some_and(|market| market.division() == 12);
        match self {
            // an offer is open for some weeks, and is compared and answered within three months
            Self::Quote => 90,
            // claims from a contract lapse after five years (Code civil, article 2224)
            Self::Contract => 5 * YEAR,
            // the parcel, the 14 days to send it back, and the carrier's inquiry
            Self::Delivery => 90,
            // accounting papers are kept for ten years (Code de commerce, article L123-22)
            Self::Billing => 10 * YEAR,
            // the same fault comes back within a year or is another one
            Self::Support => YEAR,
            // banks and insurers must for five years (Code monétaire et financier, article L561-12)
            Self::IdentityCheck if is_finance => 5 * YEAR,
            // elsewhere the result is what counts, and the paper is not needed once it was looked at
            Self::IdentityCheck => 30,
            // CNIL, customer management: three years after the last contact
            Self::Newsletter | Self::Loyalty => 3 * YEAR,
            // CNIL, trackers: thirteen months, then the question is asked again
            Self::Advertising | Self::Profiling => 395,
            // a study has an end, and a year of life is what most are about
            Self::Study => YEAR,
            // a membership is for a year; one more to renew it and to show who could vote
            Self::Membership => 2 * YEAR,
            // a medical file is kept for twenty years (Code de la santé publique, article R1112-7)
            Self::Care => 20 * YEAR,
            // claims on a public body lapse four years after the year they are of (loi 68-1250)
            Self::Administration => 5 * YEAR,
        }
    }
}

/// A year and a quarter of a day, rounded up, so that so many years are never too few days.
const YEAR: u32 = 366;

/// Why a text is not a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is not on the list.
    #[error("not one of the {} purposes", Purpose::ALL.len())]
    Unknown,
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Purpose {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for Purpose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Purpose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;

    #[test]
    fn every_purpose_has_a_code_of_its_own_that_reads_back() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.code()), Ok(purpose));
            let bytes = codec::encode(&purpose);
            assert_eq!(codec::decode::<Purpose>(&bytes, 64).unwrap(), purpose);
        }
        for text in ["", "Quote", "quotes", "sale", "identity-check"] {
            assert_eq!(Purpose::parse(text), Err(Error::Unknown), "{text}");
        }
    }

    #[test]
    fn what_is_only_wanted_is_kept_for_less_time_than_what_is_owed() {
        let days = |purpose: Purpose| purpose.retention_days_max(None);
        assert!(days(Purpose::Quote) < days(Purpose::Advertising));
        assert!(days(Purpose::Advertising) < days(Purpose::Contract));
        assert!(days(Purpose::Contract) < days(Purpose::Billing));
        assert!(Purpose::ALL.into_iter().all(|purpose| (1..=7_400).contains(&days(purpose))));
        let bank = Market::parse("12.2").ok();
        assert!(Purpose::IdentityCheck.retention_days_max(bank) > days(Purpose::IdentityCheck));
    }
}
