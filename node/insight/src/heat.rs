//! The mean week hour by hour: what a heat map shows.

use crate::calendar;
use crate::error::Error;
use crate::series::{Series, Span};
use crate::totals::rounded;

/// Mean power by weekday and hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heat {
    /// Mean watts: seven days, Monday first, of 24 hours. Nothing where there is no reading.
    pub watts: [[Option<i64>; 24]; 7],
}

/// Averages the readings of a span by weekday and hour of the clock.
pub fn heat(series: &Series<'_>, span: Span) -> Result<Heat, Error> {
    series.step()?;
    let zone = calendar::zone(series.zone)?;
    let mut sums = [[(0_i128, 0_i128); 24]; 7];
    calendar::walk(series, &zone, span, |day| {
        let weekday = usize::try_from(day.date.weekday().to_monday_zero_offset()).unwrap_or(0);
        for point in day.points {
            let (watts, count) = &mut sums[weekday][day.hour(point.at)];
            *watts += i128::from(point.watts);
            *count += 1;
        }
    })?;
    let mean = |(watts, count)| (count > 0).then(|| rounded(watts, count));
    Ok(Heat { watts: sums.map(|day| day.map(mean)) })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Point;

    #[test]
    fn each_hour_of_the_week_has_its_own_mean() {
        // Two Mondays, 6 and 13 January 2025, 00:00 in Paris, and nothing else.
        let point = |at, watts| Point { at, watts, estimated: false };
        let points = [point(1_736_118_000, 100), point(1_736_119_800, 200), point(1_736_722_800, 603)];
        let series = Series { step: 1800, zone: "Europe/Paris", points: &points };
        let heat = heat(&series, Span { from: date(2025, 1, 6), to: date(2025, 1, 19) }).unwrap();
        assert_eq!(heat.watts[0][0], Some(301));
        assert_eq!(heat.watts.iter().flatten().flatten().count(), 1);
    }
}
