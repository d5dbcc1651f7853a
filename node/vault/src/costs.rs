//! What deriving a key from the passphrase costs: bounds that are looked at before anything is derived, and costs that fit
//! the machine.

use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::{Error, error::Refusal, secret::Secret};

const PASSPHRASE_BYTES_MAX: usize = 64 << 10;
/// What opening shall take: long for whoever guesses, short for whoever knows.
const GOAL_MILLIS: u64 = 700;
const GOAL_MILLIS_MIN: u64 = 500;
const GOAL_MILLIS_MAX: u64 = 1000;
/// Memory that calibration chooses at most: a vault is also opened on small machines.
const CALIBRATED_KIB_MAX: u32 = 256 << 10;
const CALIBRATIONS_MAX: u32 = 4;

/// What deriving a key from the passphrase costs (Argon2id, RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Costs {
    /// 64 MiB, 3 passes, 4 lanes: the second recommended option of RFC 9106, 4.
    pub const STANDARD: Self = Self { memory_kib: 64 << 10, passes: 3, lanes: 4 };
    /// 19 MiB, 1 pass, 1 lane: the least that is taken.
    pub const FLOOR: Self = Self { memory_kib: 19 << 10, passes: 1, lanes: 1 };
    /// No protection at all, so that suites of debug builds are quick; a release build refuses it.
    #[cfg(debug_assertions)]
    pub const TEST: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };

    const MEMORY_KIB_MAX: u32 = 1 << 20;
    const PASSES_MAX: u32 = 20;
    const LANES_MAX: u32 = 8;

    /// Whether a vault may have these costs: not so low that guessing is cheap, not so high that opening is an attack.
    pub fn is_acceptable(self) -> bool {
        #[cfg(debug_assertions)]
        if self == Self::TEST {
            return true;
        }
        (Self::FLOOR.memory_kib..=Self::MEMORY_KIB_MAX).contains(&self.memory_kib)
            && (Self::FLOOR.passes..=Self::PASSES_MAX).contains(&self.passes)
            && (Self::FLOOR.lanes..=Self::LANES_MAX).contains(&self.lanes)
    }

    /// Costs with which opening takes half a second to a second on this machine, and never less than
    /// [`Costs::STANDARD`]. Derives a few times; `clock` tells how long it is since some moment.
    pub fn calibrate(clock: &mut dyn FnMut() -> Duration) -> Result<Self, Error> {
        let mut costs = Self::STANDARD;
        for _ in 0..CALIBRATIONS_MAX {
            let before = clock();
            costs.derive(b"how long does this take", &[0; 16])?;
            let better = costs.toward_goal(clock().saturating_sub(before));
            if better == costs {
                break;
            }
            costs = better;
        }
        Ok(costs)
    }

    /// The costs to try after these took so long: more memory first, which is what guessing machines lack, then passes.
    fn toward_goal(self, took: Duration) -> Self {
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
        if (GOAL_MILLIS_MIN..=GOAL_MILLIS_MAX).contains(&millis) {
            return self;
        }
        let work = u64::from(self.memory_kib) * u64::from(self.passes) * GOAL_MILLIS / millis;
        let Self { mut memory_kib, passes, lanes } = Self::STANDARD;
        while memory_kib < CALIBRATED_KIB_MAX && work / u64::from(2 * memory_kib) >= u64::from(passes) {
            memory_kib *= 2;
        }
        let wanted = work / u64::from(memory_kib);
        let passes = u32::try_from(wanted).unwrap_or(u32::MAX).clamp(passes, Self::PASSES_MAX);
        Self { memory_kib, passes, lanes }
    }

    /// Refuses costs out of bounds, before anything is derived.
    pub(crate) fn check(self) -> Result<(), Error> {
        let Self { memory_kib, passes, lanes } = self;
        if self.is_acceptable() { Ok(()) } else { Err(Error::Header(Refusal::Costs { memory_kib, passes, lanes })) }
    }

    /// The key that the passphrase gives.
    pub(crate) fn derive(self, passphrase: &[u8], salt: &[u8; 16]) -> Result<Secret, Error> {
        self.check()?;
        if passphrase.len() > PASSPHRASE_BYTES_MAX {
            return Err(Error::Passphrase);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .expect("costs within bounds are within Argon2's own");
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, salt, key.as_mut())
            .map_err(|_| Error::Header(Refusal::Memory))?;
        Ok(Secret::new(*key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibrated_costs_take_half_a_second_to_a_second_or_are_at_a_bound() {
        let work = |costs: Costs| u64::from(costs.memory_kib) * u64::from(costs.passes);
        // Machines from very slow to very fast, in KiB and passes a millisecond.
        for speed in (10..20_000).step_by(7) {
            let took = |costs: Costs| Duration::from_millis(work(costs) / speed);
            let mut costs = Costs::STANDARD;
            for _ in 0..CALIBRATIONS_MAX {
                costs = costs.toward_goal(took(costs));
            }
            assert!(costs.is_acceptable() && costs.memory_kib >= Costs::STANDARD.memory_kib && costs.passes >= 3);
            let millis = u64::try_from(took(costs).as_millis()).unwrap();
            let is_at_bound = costs.memory_kib == CALIBRATED_KIB_MAX && costs.passes == Costs::PASSES_MAX;
            let is_slow = costs == Costs::STANDARD && millis > GOAL_MILLIS_MAX;
            let is_good = (GOAL_MILLIS_MIN..=GOAL_MILLIS_MAX).contains(&millis);
            assert!(is_good || is_slow || is_at_bound, "{speed}: {costs:?} takes {millis} ms");
        }
    }

    #[test]
    fn a_machine_that_needs_long_enough_keeps_the_standard() {
        let mut now = Duration::ZERO;
        let mut clock = || {
            now += Duration::from_millis(600);
            now
        };
        assert_eq!(Costs::calibrate(&mut clock).unwrap(), Costs::STANDARD);
        assert_eq!(now, Duration::from_millis(1200));
    }
}
