use jiff::civil::{Date, date};

use super::*;

const ZONE: &str = "Europe/Paris";

/// Half-hours of these days; `watts` gets the number of the day and the half-hour of that day.
fn points(from: Date, days: i64, watts: impl Fn(i64, i64) -> i64) -> (Vec<Point>, Span) {
    let zone = calendar::zone(ZONE).unwrap();
    let (mut day, mut points) = (from, Vec::new());
    let mut to = from;
    for number in 0..days {
        let start = zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap().as_second();
        to = day;
        day = day.tomorrow().unwrap();
        let end = zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap().as_second();
        let step = |half: i64| Point { at: start + half * 1800, watts: watts(number, half), estimated: false };
        points.extend((0..(end - start) / 1800).map(step));
    }
    (points, Span { from, to })
}

fn look(points: &[Point], span: Span) -> Option<Night> {
    night(&Series { step: 1800, zone: ZONE, points }, span)
}

#[test]
fn the_quietest_hour_is_found_beside_a_water_heater() {
    let (points, span) = points(date(2025, 1, 1), 30, |_, half| match half {
        ..5 => 2200,
        5..12 => 180,
        _ => 900,
    });
    let night = look(&points, span).unwrap();
    assert_eq!((night.watts, night.watt_hours_a_year, night.nights), (180, 180 * 8760, 30));
    assert_eq!(night.hours, 24, "no hour of the day is below it");
    // 180 W of a mean of 5 × 2200, 7 × 180 and 36 × 900 over 48.
    assert_eq!(night.percent, 19);
}

#[test]
fn what_runs_at_night_only_counts_for_the_night_only() {
    // A pump from midnight to six, hardly anything by day.
    let (points, span) = points(date(2025, 1, 1), 30, |_, half| if half < 12 { 600 } else { 200 });
    let night = look(&points, span).unwrap();
    assert_eq!((night.watts, night.hours, night.watt_hours_a_year), (600, 6, 600 * 6 * 365));
    assert_eq!(night.percent, 50, "3600 of 7200 watt-hours a day");
}

#[test]
fn half_a_quiet_hour_is_none() {
    let (points, span) = points(date(2025, 1, 1), 20, |_, half| if half == 7 { 0 } else { 400 + half % 2 * 1000 });
    assert_eq!(look(&points, span).unwrap().watts, 200, "the half-hours 6 and 7 together");
}

#[test]
fn a_few_nights_away_or_heated_do_not_decide() {
    let watts = |day, half| match (day, half) {
        (0..4, _) => 20,
        (4..9, ..12) => 3000,
        (_, ..12) => 150 + day,
        _ => 1000,
    };
    let (points, span) = points(date(2025, 1, 1), 31, watts);
    let night = look(&points, span).unwrap();
    assert!((160..180).contains(&night.watts), "{night:?}");
}

#[test]
fn fewer_than_fourteen_whole_nights_say_nothing() {
    let watts = |_: i64, half: i64| if half < 12 { 150 } else { 1000 };
    let (mut all, span) = points(date(2025, 1, 1), 14, watts);
    assert_eq!(look(&all, span).map(|night| night.nights), Some(14));
    all.remove(48 * 3 + 5);
    assert_eq!(look(&all, span), None, "one night has a hole");
    let (all, span) = points(date(2025, 1, 1), 14, watts);
    assert_eq!(look(&all[..all.len() - 30], span).map(|night| night.nights), Some(14), "the evening may lack");
}

#[test]
fn nights_of_a_clock_change_are_whole() {
    let watts = |_: i64, half: i64| if half < 10 { 150 } else { 1000 };
    for from in [date(2025, 3, 17), date(2025, 10, 13)] {
        let (points, span) = points(from, 14, watts);
        assert_eq!(look(&points, span).map(|night| night.nights), Some(14), "{from}");
    }
}

#[test]
fn a_night_that_means_nothing_is_none() {
    let (flat, span) = points(date(2025, 1, 1), 30, |_, _| 300);
    assert_eq!(look(&flat, span), None, "always the same");
    let (off, span) = points(date(2025, 1, 1), 30, |_, half| if half < 12 { 0 } else { 1000 });
    assert_eq!(look(&off, span), None, "nothing at night");
    let (little, span) = points(date(2025, 1, 1), 30, |_, half| if half < 12 { 1 } else { 1000 });
    assert_eq!(look(&little, span), None, "less than a hundredth");
    assert_eq!(look(&[], span), None);
}

#[test]
fn no_value_is_too_large() {
    let (huge, span) = points(date(2025, 1, 1), 20, |_, half| if half < 12 { i64::MAX / 2 } else { i64::MAX });
    assert_eq!(look(&huge, span).map(|night| night.watt_hours_a_year), Some(i64::MAX));
}
