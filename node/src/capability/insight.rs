//! What the readings tell: totals, a chart, one finding.

use sesame_api::insight::{By, Finding, Insight, InsightAsk, Total};
use sesame_api::node::Language;
use sesame_api::words::{Arg, Words};
use sesame_api::{Code, Problem};
use sesame_engine::Unreadable;
use sesame_engine::series::{self, chunk};
use sesame_insight::chart::{self, Bar, Bars, State};
use sesame_insight::{Point, Series, Span};
use sesame_protocol::time::Timestamp;

use super::data;
use super::hex;
use crate::app::{App, blocking};
use crate::runtime::VaultView;

/// Totals over a span, and the finding that goes with it.
pub(crate) async fn energy(app: &App, ask: InsightAsk) -> Result<Insight, Problem> {
    let (id, row, points) = data::points(app, ask.series.as_deref()).await?;
    blocking(move || compute(id, &row, &points, &ask)).await
}

/// The same totals as a chart.
pub(crate) async fn energy_svg(app: &App, ask: InsightAsk, language: Language) -> Result<String, Problem> {
    let insight = energy(app, ask).await?;
    Ok(draw(&insight, Words::of(language)))
}

/// What my readings answer to a field of a request, in whole kilowatt-hours: the last month, or the last twelve, of which
/// every reading is there.
pub(super) fn total_for(view: &VaultView, field: &str, now: Timestamp) -> Result<Option<String>, Unreadable> {
    let months = match field {
        "electricity_month_kwh" => 1,
        "electricity_year_kwh" => 12,
        _ => return Ok(None),
    };
    let longest = series::all(view)?.into_iter().max_by_key(|(_, series)| series.count);
    let Some((id, row)) = longest else { return Ok(None) };
    // Two years back is more than enough, and bounded.
    let until = i64::try_from(now.seconds()).unwrap_or(i64::MAX);
    let points = series::points(view, &id, i64::MIN, until)?;
    Ok(last_months(&row, &points, months).map(|watt_hours| ((watt_hours + 500) / 1000).to_string()))
}

fn last_months(row: &series::Series, points: &[chunk::Point], months: usize) -> Option<u64> {
    let points: Vec<Point> =
        points.iter().map(|point| Point { at: point.at, watts: point.value, estimated: point.estimated }).collect();
    let series = Series { step: row.source.step, zone: &row.source.zone, points: &points };
    let span = series.whole_span().ok()??;
    let groups = sesame_insight::totals(&series, span, sesame_insight::By::Month).ok()?.groups;
    let is_whole = |group: &&sesame_insight::Total| group.missing == 0 && group.present > 27;
    // The first and the last month of a file are most often cut off.
    let inner = groups.get(1..groups.len().checked_sub(1)?)?;
    let last: Vec<_> = inner.iter().rev().filter(is_whole).take(months).collect();
    (last.len() == months).then(|| last.iter().map(|group| positive(group.watt_hours)).sum())
}

fn compute(
    id: series::Id,
    row: &series::Series,
    points: &[chunk::Point],
    ask: &InsightAsk,
) -> Result<Insight, Problem> {
    let points: Vec<Point> =
        points.iter().map(|point| Point { at: point.at, watts: point.value, estimated: point.estimated }).collect();
    let series = Series { step: row.source.step, zone: &row.source.zone, points: &points };
    let failed = |error: sesame_insight::Error| Problem::new(Code::BadValue).with("why", error);
    let whole = series.whole_span().map_err(failed)?;
    let whole = whole.ok_or_else(|| Problem::new(Code::NotFound).with("what", "readings"))?;
    let day = |text: &Option<String>, name: &str| -> Result<Option<jiff::civil::Date>, Problem> {
        let Some(text) = text.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
        let wrong = |_| {
            Problem::new(Code::BadValue).with("name", name).with("value", text.chars().take(40).collect::<String>())
        };
        text.parse().map(Some).map_err(wrong)
    };
    let span =
        Span { from: day(&ask.from, "from")?.unwrap_or(whole.from), to: day(&ask.to, "to")?.unwrap_or(whole.to) };
    let by = match ask.by {
        By::Month => sesame_insight::By::Month,
        By::Day => sesame_insight::By::Day,
        By::Hour => sesame_insight::By::Hour,
        By::Weekday => sesame_insight::By::Weekday,
    };
    let totals = sesame_insight::totals(&series, span, by).map_err(failed)?;
    let night = sesame_insight::night(&series, span);
    Ok(Insight {
        series: hex(&id),
        vendor: row.source.vendor.clone(),
        from: span.from.to_string(),
        to: span.to.to_string(),
        by: ask.by,
        watt_hours: positive(totals.watt_hours),
        present: totals.present,
        missing: totals.missing,
        estimated: totals.estimated,
        totals: totals.groups.into_iter().map(total).collect(),
        finding: night.map(|night| Finding::Night {
            watts: positive(night.watts),
            watt_hours_a_year: positive(night.watt_hours_a_year),
            percent: positive(night.percent),
            hours: positive(night.hours),
            nights: night.nights,
        }),
    })
}

fn total(group: sesame_insight::Total) -> Total {
    Total {
        label: group.label,
        watt_hours: positive(group.watt_hours),
        present: group.present,
        missing: group.missing,
        estimated: group.estimated,
    }
}

/// Consumption is never negative; what a damaged source says otherwise counts as nothing.
fn positive(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

fn draw(insight: &Insight, words: &'static Words) -> String {
    let bars = insight.totals.iter().map(|total| bar(total, insight.by, words)).collect::<Vec<_>>();
    let title = words.with(
        "chart-energy-title",
        &[
            ("energy", Arg::from(words.energy(insight.watt_hours).as_str())),
            ("from", Arg::from(words.date(&insight.from).as_str())),
            ("to", Arg::from(words.date(&insight.to).as_str())),
        ],
    );
    let most = insight.totals.iter().max_by_key(|total| total.watt_hours);
    let least = insight.totals.iter().min_by_key(|total| total.watt_hours);
    let name = |total: Option<&Total>| total.map(|total| label(total, insight.by, words)).unwrap_or_default();
    let size = |total: Option<&Total>| words.energy(total.map_or(0, |total| total.watt_hours));
    let description = words.with(
        "chart-energy-description",
        &[
            ("most", Arg::from(name(most).as_str())),
            ("most-energy", Arg::from(size(most).as_str())),
            ("least", Arg::from(name(least).as_str())),
            ("least-energy", Arg::from(size(least).as_str())),
        ],
    );
    // All figures of an axis are written alike.
    let places = usize::from(bars.iter().all(|bar| bar.value < 10.0));
    chart::bars(&Bars {
        id: "energy",
        title: &title,
        description: &description,
        unit: "kWh",
        bars: &bars,
        width: 720,
        height: 280,
        number: &|value| words.decimal(value, places),
    })
}

fn bar(total: &Total, by: By, words: &'static Words) -> Bar {
    #[expect(clippy::cast_precision_loss, reason = "watt-hours and readings of a household stay far below 2^53")]
    let (kilowatt_hours, estimated) =
        (total.watt_hours as f64 / 1000.0, total.estimated as f64 / total.present.max(1) as f64);
    Bar {
        label: label(total, by, words),
        value: kilowatt_hours,
        state: match (total.present, total.missing) {
            (0, _) => State::Missing,
            (_, 0) => State::Whole,
            _ => State::Partial,
        },
        estimated,
    }
}

fn label(total: &Total, by: By, words: &'static Words) -> String {
    match by {
        By::Month => words.month(&total.label),
        By::Day => words.date(&total.label),
        By::Hour => words.hour(total.label.parse().unwrap_or_default()),
        By::Weekday => words.weekday(total.label.parse().unwrap_or_default()),
    }
}
