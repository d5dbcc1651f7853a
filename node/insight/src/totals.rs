//! Energy by month, by day, over the mean day and over the mean week. What is missing is counted and never filled in.

use jiff::civil::Date;

use crate::calendar::{self, Day};
use crate::error::Error;
use crate::series::{Series, Span};

/// How totals are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// One total a calendar month, of the part of it that lies in the span.
    Month,
    /// One total a local day.
    Day,
    /// The mean day, hour by hour: what an hour of the clock uses per day of the span.
    Hour,
    /// The mean week, Monday first: what such a day uses.
    Weekday,
}

/// All totals of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// How they are grouped.
    pub by: By,
    /// The totals in order; every month or day of the span is there, with readings or without.
    pub groups: Vec<Total>,
    /// Energy of the whole span in watt-hours, rounded once: not the sum of the rounded groups.
    pub watt_hours: i64,
    /// Readings in the span.
    pub present: u64,
    /// Readings that the span should have and has not.
    pub missing: u64,
    /// Readings that the organisation calls estimated.
    pub estimated: u64,
}

/// One total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// `2025-01`, `2025-01-31`, `00` to `23`, or `1` (Monday) to `7`.
    pub label: String,
    /// Energy in watt-hours. By month and by day: of the readings that there are, and no more. By hour and by weekday: a
    /// mean per day, in which missing readings count as the mean of those present.
    pub watt_hours: i64,
    /// Readings behind it.
    pub present: u64,
    /// Readings that it should have and has not.
    pub missing: u64,
    /// Readings that the organisation calls estimated.
    pub estimated: u64,
}

/// Adds up the readings of a span. Takes time for every day of the span and every reading in it, once.
pub fn totals(series: &Series<'_>, span: Span, by: By) -> Result<Totals, Error> {
    let step = series.step()?;
    let zone = calendar::zone(series.zone)?;
    let mut groups = Groups::new(by);
    let mut days = 0;
    calendar::walk(series, &zone, span, |day| {
        days += 1;
        groups.add(day, step);
    })?;
    let sums = groups.sums.iter().map(|(_, sum)| *sum);
    let all = sums.fold(Sum::default(), Sum::plus);
    let total = |(label, sum): (String, Sum)| {
        let watt_hours = match by {
            By::Month | By::Day => sum.watt_hours(step),
            By::Hour => sum.mean(step, days),
            By::Weekday => sum.mean(step, sum.days),
        };
        Total { label, watt_hours, present: sum.present, missing: sum.missing(), estimated: sum.estimated }
    };
    Ok(Totals {
        by,
        watt_hours: all.watt_hours(step),
        present: all.present,
        missing: all.missing(),
        estimated: all.estimated,
        groups: groups.sums.into_iter().map(total).collect(),
    })
}

/// The groups while they are added up.
struct Groups {
    by: By,
    sums: Vec<(String, Sum)>,
    /// The month that is being added up.
    month: Option<Date>,
}

impl Groups {
    fn new(by: By) -> Self {
        let labels: Vec<String> = match by {
            By::Month | By::Day => Vec::new(),
            By::Hour => (0..24).map(|hour| format!("{hour:02}")).collect(),
            By::Weekday => (1..=7).map(|day: u8| day.to_string()).collect(),
        };
        Self { by, sums: labels.into_iter().map(|label| (label, Sum::default())).collect(), month: None }
    }

    fn add(&mut self, day: &Day<'_>, step: i64) {
        match self.by {
            By::Day => self.sums.push((day.date.to_string(), Sum::of(day, step))),
            By::Month => self.add_to_month(day, step),
            By::Hour => self.add_to_hours(day, step),
            By::Weekday => {
                let place = usize::try_from(day.date.weekday().to_monday_zero_offset()).unwrap_or(0);
                let sum = &mut self.sums[place].1;
                *sum = sum.plus(Sum::of(day, step));
            }
        }
    }

    fn add_to_month(&mut self, day: &Day<'_>, step: i64) {
        let month = day.date.first_of_month();
        if self.month != Some(month) {
            self.month = Some(month);
            self.sums.push((format!("{:04}-{:02}", month.year(), month.month()), Sum::default()));
        }
        if let Some((_, sum)) = self.sums.last_mut() {
            *sum = sum.plus(Sum::of(day, step));
        }
    }

    fn add_to_hours(&mut self, day: &Day<'_>, step: i64) {
        let steps = u64::try_from(3600 / step).unwrap_or(0);
        for at in day.hours() {
            self.sums[day.hour(at)].1.expected += steps;
        }
        for point in day.points {
            let sum = &mut self.sums[day.hour(point.at)].1;
            sum.watts += i128::from(point.watts);
            sum.present += 1;
            sum.estimated += u64::from(point.estimated);
        }
    }
}

/// What is added up, exactly.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// The sum of mean powers; times the step it is the energy.
    watts: i128,
    present: u64,
    expected: u64,
    estimated: u64,
    days: u64,
}

impl Sum {
    fn of(day: &Day<'_>, step: i64) -> Self {
        Self {
            watts: day.points.iter().map(|point| i128::from(point.watts)).sum(),
            present: day.points.len() as u64,
            expected: u64::try_from((day.end - day.start) / step).unwrap_or(0),
            estimated: day.points.iter().filter(|point| point.estimated).count() as u64,
            days: 1,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            watts: self.watts + other.watts,
            present: self.present + other.present,
            expected: self.expected + other.expected,
            estimated: self.estimated + other.estimated,
            days: self.days + other.days,
        }
    }

    fn missing(self) -> u64 {
        self.expected.saturating_sub(self.present)
    }

    /// All of it in watt-hours.
    fn watt_hours(self, step: i64) -> i64 {
        watt_hours(self.watts, step)
    }

    /// The mean per day in watt-hours, missing readings taken as the mean of those present.
    fn mean(self, step: i64, days: u64) -> i64 {
        let energy = self.watts.saturating_mul(step.into()).saturating_mul(self.expected.max(self.present).into());
        rounded(energy, 3600 * i128::from(self.present) * i128::from(days))
    }
}

/// The energy of mean powers that add up to `watts`, each over a step of `step` seconds: in watt-hours, rounded to the
/// nearest, halves up.
pub fn watt_hours(watts: i128, step: i64) -> i64 {
    rounded(watts.saturating_mul(step.into()), 3600)
}

/// A quotient rounded to the nearest whole number, halves away from zero; zero when there is nothing to divide by.
pub(crate) fn rounded(number: i128, by: i128) -> i64 {
    if by == 0 {
        return 0;
    }
    let (whole, rest) = (number / by, number % by);
    let up = if rest.abs().saturating_mul(2) >= by.abs() { rest.signum() } else { 0 };
    i64::try_from(whole + up).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests;
