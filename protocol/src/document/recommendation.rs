//! A recommendation: what a persona thinks of a subject in a market. Small on the wire, because a node holds
//! tens of thousands: without text and with a subject of a register at most 170 bytes, signature included.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_bytes::ByteArray;

use super::{Error, SLOT_BYTES, slot};
use crate::{limits::TEXT_CHARS_MAX, market::Market, subject::Subject, text, time::Timestamp};

/// Short, because it counts in every recommendation.
pub(super) const KIND: &str = "sesame/1/rec";
const ABSENT: u8 = 0xff;
const MARK_MAX: u8 = 100;

/// One voice about one subject in one market; a newer version replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// What it is about; never a local subject.
    pub subject: Subject,
    /// In which market, if that matters.
    pub market: Option<Market>,
    /// Marks by criterion.
    pub marks: Marks,
    /// In the author's words; may be empty if there is a mark.
    pub text: String,
    /// The order of this author's words on this subject and market.
    pub version: u64,
    /// When it ends.
    pub until: Timestamp,
}

/// Marks from 0 (worst) to 100 (best); what was not judged is absent, which is not the same as 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Marks {
    /// On the whole.
    pub overall: Option<u8>,
    /// What one gets for the money.
    pub price: Option<u8>,
    /// The thing itself.
    pub quality: Option<u8>,
    /// How one is treated.
    pub service: Option<u8>,
    /// Whether they keep their word.
    pub honesty: Option<u8>,
}

impl Marks {
    /// The five, in their order on the wire.
    pub fn all(&self) -> [Option<u8>; 5] {
        [self.overall, self.price, self.quality, self.service, self.honesty]
    }
}

impl Recommendation {
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.subject.is_local() {
            return Err(Error::Local);
        }
        if let Some(mark) = self.marks.all().into_iter().flatten().find(|mark| *mark > MARK_MAX) {
            return Err(Error::Mark { mark });
        }
        text::check_prose(&self.text, TEXT_CHARS_MAX).map_err(|error| Error::Text { field: "text", error })?;
        let is_silent = self.text.trim().is_empty() && self.marks.all().iter().all(Option::is_none);
        if is_silent { Err(Error::Empty) } else { Ok(()) }
    }

    /// The slot of a subject and a market, to find or retract what one said about it.
    pub fn slot_of(subject: &Subject, market: Option<&Market>) -> [u8; SLOT_BYTES] {
        slot(&("rec", subject, market))
    }

    pub(super) fn slot(&self) -> [u8; SLOT_BYTES] {
        Self::slot_of(&self.subject, self.market.as_ref())
    }
}

/// On the wire an array, with the marks in five bytes and 255 for none.
type Wire = (Subject, Option<Market>, ByteArray<5>, String, u64, u64);

impl Serialize for Recommendation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let marks = ByteArray::new(self.marks.all().map(|mark| mark.unwrap_or(ABSENT)));
        (&self.subject, self.market, marks, &self.text, self.version, self.until.seconds()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Recommendation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (subject, market, marks, text, version, until) = Wire::deserialize(deserializer)?;
        let seen = marks.map(|mark| (mark != ABSENT).then_some(mark));
        let [overall, price, quality, service, honesty] = seen;
        let moment = Timestamp::from_seconds(until);
        if moment.seconds() != until {
            return Err(de::Error::custom("too far away"));
        }
        let marks = Marks { overall, price, quality, service, honesty };
        Ok(Self { subject, market, marks, text, version, until: moment })
    }
}
