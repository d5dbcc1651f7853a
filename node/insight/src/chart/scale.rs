//! A scale from zero to a round number, with few round steps.

/// The most steps of a scale.
const STEPS_MAX: f64 = 5.0;

/// A scale that begins at zero, so that lengths can be compared.
pub(super) struct Scale {
    /// Where it ends.
    pub(super) top: f64,
    /// The distance between two numbers on it.
    step: f64,
}

impl Scale {
    /// The scale for values up to `largest`.
    pub(super) fn to(largest: f64) -> Self {
        if !(largest.is_finite() && largest > 0.0) {
            return Self { top: 1.0, step: 1.0 };
        }
        let rough = largest / STEPS_MAX;
        let power = 10_f64.powf(rough.log10().floor());
        // No quarters: a scale in tenths would have to write 0.25 as 0.3. And 10 for when rounding puts all others below.
        let step = [1.0, 2.0, 5.0, 10.0].map(|round| round * power).into_iter().find(|step| *step >= rough);
        let step = step.unwrap_or(10.0 * power);
        Self { top: (largest / step).ceil() * step, step }
    }

    /// The numbers on it, zero first.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        (0..=6).map(|tick| f64::from(tick) * self.step).take_while(|tick| *tick <= self.top * 1.000_001)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_round_short_and_holds_its_largest_value() {
        for largest in [0.003, 0.9, 1.0, 3.0, 7.0, 12.0, 49.9, 50.0, 51.0, 412.0, 999.0, 1001.0, 2.4e9] {
            let scale = Scale::to(largest);
            let ticks: Vec<_> = scale.ticks().collect();
            assert!(scale.top >= largest, "{largest}");
            assert!((2..=6).contains(&ticks.len()), "{largest}: {ticks:?}");
            assert!((ticks.last().unwrap() - scale.top).abs() < scale.top / 1e6, "{largest}: {ticks:?}");
        }
        assert_eq!(Scale::to(412.0).ticks().collect::<Vec<_>>(), [0.0, 100.0, 200.0, 300.0, 400.0, 500.0]);
    }

    #[test]
    fn nothing_and_nonsense_have_a_scale_too() {
        for largest in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Scale::to(largest).ticks().collect::<Vec<_>>(), [0.0, 1.0]);
        }
    }
}
