//! Moments inside documents: whole seconds, four bytes shorter than milliseconds and no finer than needed.

use serde::{Deserialize, Deserializer, Serializer, de};

use crate::time::Timestamp;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference to the field")]
pub(crate) fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(moment.seconds())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let seconds = u64::deserialize(deserializer)?;
    let moment = Timestamp::from_seconds(seconds);
    // A second that does not fit in milliseconds would come back as another one.
    if moment.seconds() == seconds { Ok(moment) } else { Err(de::Error::custom("too far away")) }
}
