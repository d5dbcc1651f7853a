//! Moments and spans, as numbers. Leaves out calendars, zones and the clock: the moment is always handed in.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

const MILLIS_PER_SECOND: u64 = 1_000;
const MILLIS_PER_MINUTE: u64 = 60_000;
const SECONDS_PER_DAY: u64 = 86_400;

/// A moment, in milliseconds since 1970-01-01 00:00 UTC.
///
/// Sums saturate instead of wrapping, so a hostile date is merely far away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The moment that many milliseconds after the start of 1970 UTC.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// The moment that many seconds after the start of 1970 UTC.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds.saturating_mul(MILLIS_PER_SECOND))
    }

    /// Milliseconds since the start of 1970 UTC.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since the start of 1970 UTC, rounded down.
    pub const fn seconds(self) -> u64 {
        self.0 / MILLIS_PER_SECOND
    }

    /// The moment that much later.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(span.as_millis()).unwrap_or(u64::MAX)))
    }

    /// The moment that much earlier, not before 1970.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(u64::try_from(span.as_millis()).unwrap_or(u64::MAX)))
    }

    /// The start of the minute: letters carry minutes, so that clocks do not tell machines apart.
    #[must_use]
    pub const fn minute(self) -> Self {
        Self(self.0 - self.0 % MILLIS_PER_MINUTE)
    }

    /// The start of the second: documents carry seconds.
    #[must_use]
    pub const fn second(self) -> Self {
        Self(self.0 - self.0 % MILLIS_PER_SECOND)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}

/// A span of whole days of 24 hours.
pub const fn days(count: u64) -> Duration {
    Duration::from_secs(count.saturating_mul(SECONDS_PER_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_saturate_at_both_ends() {
        assert_eq!(Timestamp::from_millis(u64::MAX).plus(days(1)).millis(), u64::MAX);
        assert_eq!(Timestamp::from_millis(5).minus(days(1)).millis(), 0);
        assert_eq!(Timestamp::from_seconds(u64::MAX).millis(), u64::MAX);
        assert_eq!(Timestamp::from_millis(1).plus(Duration::MAX).millis(), u64::MAX);
    }

    #[test]
    fn a_minute_is_rounded_down() {
        assert_eq!(Timestamp::from_millis(119_999).minute().millis(), 60_000);
        assert_eq!(Timestamp::from_millis(60_000).minute().millis(), 60_000);
        assert_eq!(Timestamp::from_millis(1_999).second().millis(), 1_000);
        assert_eq!(Timestamp::from_millis(1_999).seconds(), 1);
    }
}
