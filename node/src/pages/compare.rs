//! The last twelve months beside the twelve before: sentence, chart geometry and table. Pure: totals in, shapes out. This
//! year is solid, last year a thin line, and a month with missing readings is marked by a shape and in the table.

use std::collections::BTreeMap;

use sesame_api::insight::Total;
use sesame_api::words::Words;

/// Where the plot begins and ends in the chart's own units; the rest is for the axis.
const LEFT: f64 = 72.0;
const RIGHT: f64 = 716.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 226.0;

/// Twelve months against the twelve before.
pub(super) struct Compare {
    /// What there is to see, as a sentence.
    pub(super) sentence: String,
    /// The chart in words.
    pub(super) description: String,
    /// Twelve months, oldest first.
    pub(super) months: Vec<Month>,
    /// Lines of the axis: height and label.
    pub(super) ticks: Vec<(String, String)>,
    /// Whether any month has a total of the year before.
    pub(super) has_last: bool,
}

/// One month of two years.
pub(super) struct Month {
    /// Its name, with the year.
    pub(super) name: String,
    /// Its first letter.
    pub(super) letter: String,
    /// This year's total, in words.
    pub(super) this: String,
    /// Last year's, in words; empty when there is none.
    pub(super) last: String,
    /// The change in percent, in words; empty when either is missing or incomplete.
    pub(super) change: String,
    /// What lacks, in words; empty when nothing does.
    pub(super) missing: String,
    /// Left edge and width of the bar, its top and height.
    pub(super) bar: [String; 4],
    /// Left and right end and height of last year's line, when there is one.
    pub(super) line: Option<[String; 3]>,
    /// The middle of the bar, for its letter.
    pub(super) middle: String,
}

impl Compare {
    /// Compares the last twelve of `totals` (`YYYY-MM`) with the same months a year before; nothing below two months.
    pub(super) fn of(words: &Words, totals: &[Total]) -> Option<Self> {
        let known: BTreeMap<&str, &Total> = totals.iter().map(|total| (total.label.as_str(), total)).collect();
        let recent = &totals[totals.len().saturating_sub(12)..];
        if recent.len() < 2 {
            return None;
        }
        let pairs: Vec<(&Total, Option<&Total>)> = recent
            .iter()
            .map(|total| (total, year_before(&total.label).and_then(|label| known.get(label.as_str()).copied())))
            .collect();
        let most = pairs
            .iter()
            .flat_map(|(this, last)| [Some(this.watt_hours), last.map(|last| last.watt_hours)])
            .flatten()
            .max()
            .unwrap_or(0);
        let (top, step) = scale(most);
        let ticks = (0..=top / step)
            .map(|place| place * step)
            .map(|value| (coordinate(height(value, top)), energy(words, value)))
            .collect();
        let months = pairs
            .iter()
            .zip(0_u8..)
            .map(|((this, last), place)| month(words, this, *last, place, recent.len(), top))
            .collect();
        Some(Self {
            sentence: sentence(words, &pairs),
            description: description(words, &pairs),
            months,
            ticks,
            has_last: pairs.iter().any(|(_, last)| last.is_some()),
        })
    }
}

/// Compares only months that are whole in both years: a sum over holes would be a wrong number in a true sentence.
fn sentence(words: &Words, pairs: &[(&Total, Option<&Total>)]) -> String {
    let whole: Vec<(u64, u64)> = pairs
        .iter()
        .filter_map(|(this, last)| {
            last.filter(|last| this.missing == 0 && last.missing == 0).map(|last| (this.watt_hours, last.watt_hours))
        })
        .collect();
    let (this, last) = whole.iter().fold((0_u64, 0_u64), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let all = energy(words, pairs.iter().map(|(this, _)| this.watt_hours).sum());
    if last == 0 {
        let count = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
        return words.with("page-compare-alone", &[("energy", (&all).into()), ("months", count.into())]);
    }
    let percent = percent_of(this.abs_diff(last), last);
    let kind = if percent == 0 {
        "page-compare-same"
    } else if this < last {
        "page-compare-less"
    } else {
        "page-compare-more"
    };
    let count = u64::try_from(whole.len()).unwrap_or(u64::MAX);
    let percent = words.percent(percent);
    let [this, last] = [this, last].map(|amount| energy(words, amount));
    words.with(
        kind,
        &[("months", count.into()), ("percent", (&percent).into()), ("this", (&this).into()), ("last", (&last).into())],
    )
}

fn description(words: &Words, pairs: &[(&Total, Option<&Total>)]) -> String {
    let extreme = |pick: Option<&(&Total, Option<&Total>)>| {
        pick.map(|(total, _)| (words.month(&total.label), energy(words, total.watt_hours))).unwrap_or_default()
    };
    let low = extreme(pairs.iter().filter(|(total, _)| total.missing == 0).min_by_key(|(total, _)| total.watt_hours));
    let high = extreme(pairs.iter().max_by_key(|(total, _)| total.watt_hours));
    words.with(
        "page-compare-description",
        &[
            ("low", (&low.0).into()),
            ("lowest", (&low.1).into()),
            ("high", (&high.0).into()),
            ("highest", (&high.1).into()),
        ],
    )
}

fn month(words: &Words, this: &Total, last: Option<&Total>, place: u8, count: usize, top: u64) -> Month {
    let slot = (RIGHT - LEFT) / f64::from(u32::try_from(count).unwrap_or(12));
    let left = LEFT + slot * f64::from(place);
    let bar_top = height(this.watt_hours, top);
    let name = words.month(&this.label);
    let whole = last.filter(|last| last.watt_hours > 0 && this.missing == 0 && last.missing == 0);
    let change = whole.map(|last| {
        let sign = if this.watt_hours < last.watt_hours { "\u{2212}" } else { "+" };
        format!("{sign}{}", words.percent(percent_of(this.watt_hours.abs_diff(last.watt_hours), last.watt_hours)))
    });
    Month {
        letter: name.chars().next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default(),
        name,
        this: energy(words, this.watt_hours),
        last: last.map(|last| energy(words, last.watt_hours)).unwrap_or_default(),
        change: change.unwrap_or_default(),
        missing: if this.missing == 0 {
            String::new()
        } else {
            words.with("page-missing", &[("count", this.missing.into())])
        },
        bar: [left + slot * 0.2, slot * 0.6, bar_top, BOTTOM - bar_top].map(coordinate),
        line: last.map(|last| [left + slot * 0.06, left + slot * 0.94, height(last.watt_hours, top)].map(coordinate)),
        middle: coordinate(left + slot * 0.5),
    }
}

/// The same month a year before.
fn year_before(label: &str) -> Option<String> {
    let (year, month) = label.split_once('-')?;
    Some(format!("{:04}-{month}", year.parse::<u16>().ok()?.checked_sub(1)?))
}

/// The top of the axis and the step between its lines: 1, 2 or 5 times a power of ten, at most five lines.
fn scale(most: u64) -> (u64, u64) {
    let most = most.max(1);
    let mut step = 1_u64;
    for factor in [2, 5, 10].into_iter().cycle() {
        if most.div_ceil(step) <= 5 {
            break;
        }
        let power = 10_u64.pow(step.ilog10());
        step = power.saturating_mul(factor);
        if step == u64::MAX {
            break;
        }
    }
    (most.div_ceil(step).saturating_mul(step), step)
}

#[expect(clippy::cast_precision_loss, reason = "pixels: a millionth of a watt-hour does not show")]
fn height(value: u64, top: u64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * (value as f64 / top as f64)
}

/// Energy in whole kilowatt-hours: two years side by side need the same unit and every digit of it.
fn energy(words: &Words, watt_hours: u64) -> String {
    format!("{}\u{a0}kWh", words.number(watt_hours.saturating_add(500) / 1000))
}

fn percent_of(part: u64, whole: u64) -> u64 {
    part.saturating_mul(100).saturating_add(whole / 2) / whole.max(1)
}

fn coordinate(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    fn total(label: &str, watt_hours: u64, missing: u64) -> Total {
        Total { label: label.to_owned(), watt_hours, present: 1, missing, estimated: 0 }
    }

    fn year(year: u16, watt_hours: u64) -> impl Iterator<Item = Total> {
        (1..=12).map(move |month| total(&format!("{year}-{month:02}"), watt_hours, 0))
    }

    #[test]
    fn the_axis_ends_above_the_highest_and_has_at_most_six_lines() {
        for most in [0, 1, 4, 5, 6, 49, 51, 999, 1_000, 1_001, 640_000, 123_456_789] {
            let (top, step) = scale(most);
            assert!(top >= most && top / step <= 5, "{most}: {top} by {step}");
            let power = 10_u64.pow(step.ilog10());
            assert!([1, 2, 5].contains(&(step / power)) && step % power == 0, "{step}");
        }
    }

    #[test]
    fn a_month_with_holes_is_compared_with_nothing() {
        let mut totals: Vec<Total> = year(2024, 200_000).chain(year(2025, 100_000)).collect();
        totals[23].missing = 10;
        let compare = Compare::of(Words::of(Language::En), &totals).expect("two years are enough");
        assert_eq!(compare.months.len(), 12);
        assert_eq!(compare.months[11].change, "");
        assert_eq!(compare.months[0].change, "\u{2212}50%");
        assert!(compare.months[11].bar.iter().all(|number| number.parse::<f64>().is_ok()));
    }

    #[test]
    fn one_month_is_no_comparison_and_a_gap_of_a_year_is_said() {
        assert!(Compare::of(Words::of(Language::En), &[total("2025-01", 1, 0)]).is_none());
        let alone: Vec<Total> = year(2025, 100_000).collect();
        let compare = Compare::of(Words::of(Language::Fr), &alone).expect("twelve months");
        assert!(!compare.has_last && compare.months.iter().all(|month| month.line.is_none()));
    }

    #[test]
    fn labels_that_are_no_months_break_nothing() {
        let odd = [total("", 0, 0), total("-", 5, 1), total("0000-01", u64::MAX, 0), total("x-y", 1, 0)];
        assert!(Compare::of(Words::of(Language::En), &odd[..2]).is_some());
        assert_eq!(year_before("0000-01"), None);
        assert_eq!(year_before("2025-03").as_deref(), Some("2024-03"));
    }
}
