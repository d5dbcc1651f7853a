//! What runs at night, every night: the quietest hour of each night, and the median of those.
//!
//! A night is 00:00 to 06:00 of a local day. The *quietest hour* of it, over any hour that begins on a step, is taken
//! because what is forgotten never stops, while a wash or a water heater mostly does. The *median over nights* is taken
//! because a night away or a night of electric heating must not decide. So the figure is what a usual night draws at its
//! least; it still holds what runs all night on purpose, such as a freezer.
//!
//! What that makes over a year depends on whether it goes on by day. It does when the quietest hour of the whole day,
//! again as a median, is at least three quarters of it: then it counts around the clock. Otherwise something runs at
//! night only, and only the six hours of each night count: 8760 hours would be a claim that the readings contradict.

use crate::calendar::{self, Day};
use crate::series::{Point, Series, Span};
use crate::totals::rounded;

/// Below this many whole nights a median is an accident.
const NIGHTS_MIN: usize = 14;

/// When the night ends, by the clock.
const ENDS: usize = 6;

/// Days of a year that is no leap year.
const DAYS_A_YEAR: i64 = 365;

/// From this part of all energy on, the night is not what stands out: the house always draws about the same, as an empty
/// one does.
const PERCENT_MAX: i64 = 90;

/// What runs at night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night {
    /// Watts in the quietest hour of a usual night.
    pub watts: i64,
    /// What that makes over 365 days of [`Night::hours`], in watt-hours.
    pub watt_hours_a_year: i64,
    /// Its part of all energy, in percent, measured over the span: never of what no reading is there for.
    pub percent: i64,
    /// Hours a day that count: 24 when it goes on by day, 6 when it does not.
    pub hours: i64,
    /// Whole nights that were looked at.
    pub nights: u64,
}

/// Looks at every whole night of a span. Nothing when there are fewer than fourteen, when a usual night draws nothing,
/// less than half a percent or nine tenths and more of all energy, or when the span cannot be walked.
pub fn night(series: &Series<'_>, span: Span) -> Option<Night> {
    let step = series.step().ok()?;
    let zone = calendar::zone(series.zone).ok()?;
    let (mut nights, mut days) = (Vec::new(), Vec::new());
    let (mut watts, mut present) = (0_i128, 0_i128);
    let see = |day: &Day<'_>| {
        watts += sum(day.points);
        present += i128::from(day.points.len() as u64);
        if let Some(night) = whole_night(day, step) {
            nights.extend(quietest_hour(night, step));
            days.extend(quietest_hour(day.points, step));
        }
    };
    calendar::walk(series, &zone, span, see).ok()?;
    if nights.len() < NIGHTS_MIN {
        return None;
    }
    // Medians are sums of two hours, so that nothing is rounded yet.
    let (usual, by_day) = (median_twice(&mut nights), median_twice(&mut days));
    let steps_twice = 2 * i128::from(3600 / step);
    let hours = if by_day.saturating_mul(4) >= usual.saturating_mul(3) { 24 } else { 6 };
    let part = usual.saturating_mul(present).saturating_mul(100).saturating_mul(hours.into());
    let percent = rounded(part, steps_twice.saturating_mul(watts).saturating_mul(24));
    let watts_at_night = rounded(usual, steps_twice);
    let is_telling = watts_at_night > 0 && watts > 0 && (1..PERCENT_MAX).contains(&percent);
    is_telling.then_some(Night {
        watts: watts_at_night,
        watt_hours_a_year: watts_at_night.saturating_mul(hours * DAYS_A_YEAR),
        percent,
        hours,
        nights: nights.len() as u64,
    })
}

/// The readings of the night with which a day begins, or nothing when one of them is missing.
fn whole_night<'a>(day: &Day<'a>, step: i64) -> Option<&'a [Point]> {
    let end = day.hours().take_while(|at| day.hour(*at) < ENDS).last()? + 3600;
    let night = &day.points[..day.points.partition_point(|point| point.at < end)];
    let steps = usize::try_from((end - day.start) / step).ok()?;
    let is_whole = night.len() == steps && night.first()?.at == day.start && night.last()?.at == end - step;
    is_whole.then_some(night)
}

/// The smallest sum of watts over one hour without a hole.
fn quietest_hour(points: &[Point], step: i64) -> Option<i128> {
    let steps = usize::try_from(3600 / step).ok()?;
    let is_whole =
        |hour: &&[Point]| hour.last().map(|point| point.at) == hour.first().map(|point| point.at + 3600 - step);
    points.windows(steps).filter(is_whole).map(sum).min()
}

fn sum(points: &[Point]) -> i128 {
    points.iter().map(|point| i128::from(point.watts)).sum()
}

/// Twice the median: the sum of the two in the middle, or the one in the middle twice.
fn median_twice(values: &mut [i128]) -> i128 {
    values.sort_unstable();
    let (low, high) = ((values.len() - 1) / 2, values.len() / 2);
    values[low] + values[high]
}

#[cfg(test)]
mod tests;
