//! A token bucket in one instant (the generic cell rate algorithm, ITU-T I.371 annex A). It reads no clock.

use std::time::Duration;

use tokio::time::Instant;

/// How much at once, and how much for long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Time that one token takes to come back.
    interval: Duration,
    /// Time that a full bucket takes to come back.
    depth: Duration,
}

/// One bucket, full at first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    /// When it is full again.
    full: Instant,
}

impl Pace {
    /// At least one at once and one a second, so that no setting shuts a node out altogether.
    pub(crate) fn new(burst: u32, per_second: u32) -> Self {
        let interval = Duration::from_secs(1).checked_div(per_second.max(1)).unwrap_or(Duration::from_secs(1));
        Self { interval, depth: interval.saturating_mul(burst.max(1)) }
    }
}

impl Bucket {
    pub(crate) fn new(now: Instant) -> Self {
        Self { full: now }
    }

    /// Takes one token, or says when there will be one.
    pub(crate) fn take(&mut self, pace: Pace, now: Instant) -> Result<(), Instant> {
        let ready = self.ready(pace, now);
        if ready > now {
            return Err(ready);
        }
        self.full = self.full.max(now).checked_add(pace.interval).unwrap_or(now);
        Ok(())
    }

    /// When a token can be taken, `now` at the earliest.
    pub(crate) fn ready(&self, pace: Pace, now: Instant) -> Instant {
        let slack = pace.depth.saturating_sub(pace.interval);
        self.full.checked_sub(slack).unwrap_or(now).max(now)
    }

    pub(crate) fn is_full(&self, now: Instant) -> bool {
        self.full <= now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_rate_holds() {
        let (pace, now) = (Pace::new(64, 16), Instant::now());
        let mut bucket = Bucket::new(now);
        assert!((0..64).all(|_| bucket.take(pace, now).is_ok()));
        let ready = bucket.take(pace, now).expect_err("the bucket is empty");
        assert_eq!(ready - now, Duration::from_micros(62_500));
        assert!(bucket.take(pace, ready).is_ok());
        assert!(bucket.take(pace, ready).is_err());
        let later = ready + Duration::from_secs(10);
        assert!(bucket.is_full(later));
        assert_eq!(
            (0..1000).filter(|_| bucket.take(pace, later).is_ok()).count(),
            64,
            "a long rest saves up one burst"
        );
    }
}
