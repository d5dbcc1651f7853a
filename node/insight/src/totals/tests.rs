use jiff::civil::date;

use super::*;
use crate::Point;

const ZONE: &str = "Europe/Paris";

/// Every step of these days, with these watts.
fn points(from: Date, to: Date, step: i64, watts: impl Fn(i64) -> i64) -> Vec<Point> {
    let zone = calendar::zone(ZONE).unwrap();
    let start = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap().as_second();
    let (start, end) = (start(from), start(to.tomorrow().unwrap()));
    (0..(end - start) / step)
        .map(|number| Point { at: start + number * step, watts: watts(number), estimated: number % 10 == 0 })
        .collect()
}

fn add(points: &[Point], step: u32, from: Date, to: Date, by: By) -> Totals {
    totals(&Series { step, zone: ZONE, points }, Span { from, to }, by).unwrap()
}

#[test]
fn a_year_by_month_is_exact_to_the_watt_hour() {
    let (from, to) = (date(2025, 1, 1), date(2025, 12, 31));
    let year = points(from, to, 1800, |number| 100 + number % 7);
    let by_month = add(&year, 1800, from, to, By::Month);
    assert_eq!(by_month.groups.len(), 12);
    let march = &by_month.groups[2];
    assert_eq!((march.label.as_str(), march.present, march.missing), ("2025-03", 31 * 48 - 2, 0));
    assert_eq!(by_month.groups[9].present, 31 * 48 + 2);
    let watts: i64 = year.iter().map(|point| point.watts).sum();
    assert_eq!(by_month.watt_hours, (watts + 1) / 2);
    let sum: i64 = by_month.groups.iter().map(|group| group.watt_hours).sum();
    assert!(sum.abs_diff(by_month.watt_hours) <= 6, "twelve roundings of half a watt-hour");
    assert_eq!((by_month.present, by_month.missing), (17_520, 0));
    assert_eq!(by_month.estimated, 1752);
}

#[test]
fn days_of_23_and_25_hours_are_whole() {
    let (from, to) = (date(2025, 3, 29), date(2025, 3, 31));
    let days = add(&points(from, to, 1800, |_| 1000), 1800, from, to, By::Day).groups;
    let seen: Vec<_> = days.iter().map(|day| (day.label.as_str(), day.watt_hours, day.present, day.missing)).collect();
    assert_eq!(seen, [("2025-03-29", 24_000, 48, 0), ("2025-03-30", 23_000, 46, 0), ("2025-03-31", 24_000, 48, 0)]);
    let (from, to) = (date(2025, 10, 26), date(2025, 10, 26));
    assert_eq!(add(&points(from, to, 1800, |_| 1000), 1800, from, to, By::Day).watt_hours, 25_000);
}

#[test]
fn a_part_of_a_month_expects_only_its_own_readings() {
    let all = points(date(2025, 1, 1), date(2025, 3, 31), 1800, |_| 500);
    let months = add(&all, 1800, date(2025, 1, 30), date(2025, 2, 2), By::Month).groups;
    let seen: Vec<_> = months.iter().map(|month| (month.label.as_str(), month.watt_hours, month.missing)).collect();
    assert_eq!(seen, [("2025-01", 24_000, 0), ("2025-02", 24_000, 0)]);
}

#[test]
fn what_is_missing_is_counted_and_not_filled_in() {
    let (from, to) = (date(2025, 1, 1), date(2025, 1, 3));
    let mut holed = points(from, to, 1800, |_| 600);
    holed.drain(20..96);
    let days = add(&holed, 1800, from, to, By::Day);
    let seen: Vec<_> = days.groups.iter().map(|day| (day.watt_hours, day.present, day.missing)).collect();
    assert_eq!(seen, [(6000, 20, 28), (0, 0, 48), (14_400, 48, 0)]);
    assert_eq!((days.present, days.missing), (68, 76));
}

#[test]
fn hours_add_up_to_the_mean_day_even_when_the_clocks_change() {
    let (from, to) = (date(2025, 10, 20), date(2025, 10, 29));
    let all = points(from, to, 600, |number| number % 977);
    let hours = add(&all, 600, from, to, By::Hour);
    assert_eq!(hours.groups.len(), 24);
    assert_eq!(hours.groups[2].present, 6 * 11, "the hour that comes twice");
    let sum: i64 = hours.groups.iter().map(|hour| hour.watt_hours).sum();
    assert!((sum - hours.watt_hours / 10).abs() <= 13, "{sum} against {}", hours.watt_hours / 10);
    let spring = date(2025, 3, 30);
    let hours = add(&points(spring, spring, 1800, |_| 1000), 1800, spring, spring, By::Hour).groups;
    assert_eq!((hours[2].present, hours[2].missing, hours[2].watt_hours), (0, 0, 0));
    assert_eq!((hours[1].watt_hours, hours[3].watt_hours), (1000, 1000));
}

#[test]
fn a_missing_reading_counts_as_the_mean_of_its_hour() {
    let (from, to) = (date(2025, 1, 1), date(2025, 1, 2));
    let mut all = points(from, to, 1800, |_| 800);
    all.remove(0);
    let hours = add(&all, 1800, from, to, By::Hour).groups;
    assert_eq!((hours[0].watt_hours, hours[0].present, hours[0].missing), (800, 3, 1));
}

#[test]
fn a_mean_monday_is_a_mean_of_mondays() {
    let (from, to) = (date(2025, 1, 6), date(2025, 1, 26));
    // Half-hours of three weeks: Monday of the first 300 W, of the second 600 W, of the third 900 W, the rest nothing.
    let all = points(from, to, 1800, |number| if number / 48 % 7 == 0 { 300 * (1 + number / 336) } else { 0 });
    let days = add(&all, 1800, from, to, By::Weekday).groups;
    assert_eq!((days[0].label.as_str(), days[0].watt_hours, days[0].present), ("1", 14_400, 144));
    assert_eq!(days[1].watt_hours, 0);
    assert_eq!(days.len(), 7);
}

#[test]
fn nonsense_is_refused() {
    let series = |step, zone| Series { step, zone, points: &[] };
    let span = Span { from: date(2025, 1, 1), to: date(2025, 1, 1) };
    assert_eq!(totals(&series(0, ZONE), span, By::Day), Err(Error::Step { step: 0 }));
    assert_eq!(totals(&series(7200, ZONE), span, By::Day), Err(Error::Step { step: 7200 }));
    assert!(matches!(totals(&series(1800, "Mars/Base"), span, By::Day), Err(Error::Zone { .. })));
    let back = Span { from: date(2025, 1, 2), to: date(2025, 1, 1) };
    assert!(matches!(totals(&series(1800, ZONE), back, By::Day), Err(Error::Span { .. })));
    let long = Span { from: date(1900, 1, 1), to: date(2025, 1, 1) };
    assert!(matches!(totals(&series(1800, ZONE), long, By::Day), Err(Error::TooLong { days: 45_657, .. })));
    let far = Span { from: date(9999, 12, 31), to: date(9999, 12, 31) };
    assert!(matches!(totals(&series(1800, ZONE), far, By::Day), Err(Error::Far { .. })));
    assert_eq!(series(1800, ZONE).whole_span(), Ok(None));
}

#[test]
fn no_value_is_too_large() {
    let day = date(2025, 1, 1);
    let all = points(day, day, 1800, |_| i64::MAX);
    for by in [By::Day, By::Month, By::Hour, By::Weekday] {
        assert_eq!(add(&all, 1800, day, day, by).watt_hours, i64::MAX);
    }
}

#[test]
fn halves_are_rounded_away_from_zero() {
    assert_eq!([rounded(1, 2), rounded(-1, 2), rounded(1, 3), rounded(2, 3), rounded(5, 0)], [1, -1, 0, 1, 0]);
}
