//! The roster: standard agreements that a person proffers and an organisation takes, or takes another of, or leaves
//! (`MyTerms`, IEEE 7012-2025). The text of the standard itself was not read for this; ids, permissions and duties are those
//! of its extension in the W3C group's Data Privacy Vocabulary, DPV 2.3 (`https://w3id.org/dpv/standards/ieee/7012`).
//! Leaves out its agreements between two people (`TPR`) and the wording, which a neutral body keeps.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// One agreement of the roster. `SD` is for the delivery of a service, `PDC` for data that a person contributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Roster {
    /// `SD-BASE`: the service and nothing else.
    Base,
    /// `SD-BASE-DP`: and my data come back in a form that I can use.
    BaseDp,
    /// `SD-BASE-A`: analytics.
    BaseA,
    /// `SD-BASE-A-DP`.
    BaseADp,
    /// `SD-BASE-AT`: analytics and tracking.
    BaseAt,
    /// `SD-BASE-AT-DP`.
    BaseAtDp,
    /// `SD-BASE-ATP`: analytics, tracking and profiling.
    BaseAtp,
    /// `SD-BASE-ATP-DP`.
    BaseAtpDp,
    /// `SD-BASE-ATP-S3P`: and sharing with third parties what was made anonymous.
    BaseAtpS3p,
    /// `SD-BASE-ATP-S3P-DP`.
    BaseAtpS3pDp,
    /// `PDC-AI`: to train and run machines that learn.
    Ai,
    /// `PDC-GOOD`: for the public good.
    Good,
    /// `PDC-INTENT`: to tell the market what I look for.
    Intent,
}

/// What an agreement may allow beyond delivering the service. What is not allowed is forbidden; of contributions DPV says
/// only what they are for, and here that is all that they allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// The organisation measures how its service is used.
    Analytics,
    /// It follows what I do.
    Tracking,
    /// It works out what I am like.
    Profiling,
    /// It hands on what was made fully anonymous.
    AnonymousSharing,
    /// Machines learn from it.
    AiTraining,
    /// It serves the public good.
    PublicGood,
    /// It goes to those who could offer what I look for.
    IntentCasting,
}

impl Use {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Analytics,
        Self::Tracking,
        Self::Profiling,
        Self::AnonymousSharing,
        Self::AiTraining,
        Self::PublicGood,
        Self::IntentCasting,
    ];

    /// A stable name, for words and records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Analytics => "analytics",
            Self::Tracking => "tracking",
            Self::Profiling => "profiling",
            Self::AnonymousSharing => "anonymous_sharing",
            Self::AiTraining => "ai_training",
            Self::PublicGood => "public_good",
            Self::IntentCasting => "intent_casting",
        }
    }
}

impl Roster {
    /// All of them: services from the strictest on, each with its twin, then contributions.
    pub const ALL: [Self; 13] = [
        Self::Base,
        Self::BaseDp,
        Self::BaseA,
        Self::BaseADp,
        Self::BaseAt,
        Self::BaseAtDp,
        Self::BaseAtp,
        Self::BaseAtpDp,
        Self::BaseAtpS3p,
        Self::BaseAtpS3pDp,
        Self::Ai,
        Self::Good,
        Self::Intent,
    ];

    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Base => "SD-BASE",
            Self::BaseDp => "SD-BASE-DP",
            Self::BaseA => "SD-BASE-A",
            Self::BaseADp => "SD-BASE-A-DP",
            Self::BaseAt => "SD-BASE-AT",
            Self::BaseAtDp => "SD-BASE-AT-DP",
            Self::BaseAtp => "SD-BASE-ATP",
            Self::BaseAtpDp => "SD-BASE-ATP-DP",
            Self::BaseAtpS3p => "SD-BASE-ATP-S3P",
            Self::BaseAtpS3pDp => "SD-BASE-ATP-S3P-DP",
            Self::Ai => "PDC-AI",
            Self::Good => "PDC-GOOD",
            Self::Intent => "PDC-INTENT",
        }
    }

    /// Reads an id.
    ///
    /// # Errors
    /// [`Error::Outdated`] for the names that DPV 2.1 gave to the same agreements (`SD-BY…`): what a signature of that
    /// time meant by them is not for us to guess. [`Error::Unknown`] for anything else.
    pub fn parse(id: &str) -> Result<Self, Error> {
        if id == "SD-BY" || id.starts_with("SD-BY-") {
            return Err(Error::Outdated);
        }
        Self::ALL.into_iter().find(|agreement| agreement.id() == id).ok_or(Error::Unknown)
    }

    /// What it allows beyond the service, in order.
    pub const fn allows(self) -> &'static [Use] {
        match self {
            Self::Base | Self::BaseDp => &[],
            Self::BaseA | Self::BaseADp => &[Use::Analytics],
            Self::BaseAt | Self::BaseAtDp => &[Use::Analytics, Use::Tracking],
            Self::BaseAtp | Self::BaseAtpDp => &[Use::Analytics, Use::Tracking, Use::Profiling],
            Self::BaseAtpS3p | Self::BaseAtpS3pDp => {
                &[Use::Analytics, Use::Tracking, Use::Profiling, Use::AnonymousSharing]
            }
            Self::Ai => &[Use::AiTraining],
            Self::Good => &[Use::PublicGood],
            Self::Intent => &[Use::IntentCasting],
        }
    }

    /// Whether the organisation must hand my data back in a form that I can use elsewhere.
    pub const fn returns_data(self) -> bool {
        matches!(self, Self::BaseDp | Self::BaseADp | Self::BaseAtDp | Self::BaseAtpDp | Self::BaseAtpS3pDp)
    }

    /// Whether it is for the delivery of a service, and not for data that are given.
    pub const fn is_service(self) -> bool {
        !matches!(self, Self::Ai | Self::Good | Self::Intent)
    }

    /// Whether it binds the organisation at least as much in everything, and in something more. Many are neither stricter
    /// than each other nor the same: a contribution is not a stricter service.
    pub fn is_stricter_than(self, other: Self) -> bool {
        let allows_no_more = self.allows().iter().all(|used| other.allows().contains(used));
        let returns_no_less = self.returns_data() || !other.returns_data();
        self != other && self.is_service() == other.is_service() && allows_no_more && returns_no_less
    }
}

/// Why a text is not the id of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The name of an older vocabulary.
    #[error("`SD-BY` is the name of DPV 2.1 for what is now `SD-BASE`; write the new one")]
    Outdated,
    /// It is not in the roster.
    #[error("not one of the {} agreements of the roster", Roster::ALL.len())]
    Unknown,
}

impl fmt::Display for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Roster {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl Serialize for Roster {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Roster {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec;

    #[test]
    fn every_agreement_has_an_id_that_reads_back_and_says_what_it_allows() {
        for agreement in Roster::ALL {
            assert_eq!(Roster::parse(agreement.id()), Ok(agreement));
            let bytes = codec::encode(&agreement);
            assert_eq!(codec::decode::<Roster>(&bytes, 64).unwrap(), agreement);
            assert!(agreement.allows().is_sorted());
            // the letters of the id are what it allows
            let letters = agreement.id().strip_prefix("SD-BASE");
            assert_eq!(letters.is_some(), agreement.is_service());
            let parts: Vec<&str> = letters.unwrap_or_default().split('-').collect();
            let has = |used: Use| agreement.allows().contains(&used);
            let atp = parts.iter().find(|part| part.starts_with('A')).copied().unwrap_or_default();
            assert_eq!(has(Use::Analytics), atp.contains('A'), "{agreement}");
            assert_eq!(has(Use::Tracking), atp.contains('T'), "{agreement}");
            assert_eq!(has(Use::Profiling), atp.contains('P'), "{agreement}");
            assert_eq!(has(Use::AnonymousSharing), parts.contains(&"S3P"), "{agreement}");
            assert_eq!(agreement.returns_data(), parts.contains(&"DP"), "{agreement}");
        }
        for used in Use::ALL {
            assert!(Roster::ALL.iter().any(|agreement| agreement.allows().contains(&used)), "{}", used.code());
        }
    }

    #[test]
    fn the_names_of_an_older_vocabulary_are_refused_by_name() {
        for id in ["SD-BY", "SD-BY-DP", "SD-BY-ATP-S3P"] {
            assert_eq!(Roster::parse(id), Err(Error::Outdated), "{id}");
        }
        assert!(Error::Outdated.to_string().contains("SD-BASE"));
        for id in ["", "SD-BASE-", "sd-base", "SD-BASE-S3P", "SD-BASE-DP-A", "SD-BYTE", "PDC", "TPR", "PDC-AI-DP"] {
            assert_eq!(Roster::parse(id), Err(Error::Unknown), "{id}");
        }
    }

    #[test]
    fn stricter_is_an_order_in_which_many_stand_side_by_side() {
        for one in Roster::ALL {
            assert!(!one.is_stricter_than(one));
            for two in Roster::ALL {
                assert!(!(one.is_stricter_than(two) && two.is_stricter_than(one)), "{one} {two}");
                for three in Roster::ALL {
                    let through = one.is_stricter_than(two) && two.is_stricter_than(three);
                    assert!(!through || one.is_stricter_than(three), "{one} {two} {three}");
                }
            }
        }
        // one that also hands data back binds more
        assert!(Roster::BaseDp.is_stricter_than(Roster::Base));
        assert!(Roster::Base.is_stricter_than(Roster::BaseAtpS3p));
        assert!(!Roster::Base.is_stricter_than(Roster::BaseADp) && !Roster::BaseADp.is_stricter_than(Roster::Base));
        assert!(!Roster::Base.is_stricter_than(Roster::Ai) && !Roster::Ai.is_stricter_than(Roster::BaseAtp));
    }
}
