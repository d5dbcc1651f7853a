//! One series: totals by month, day, hour or weekday over a span, as a chart, a table and a file; and all its readings.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sesame_api::data::Series;
use sesame_api::insight::{By, Insight, InsightAsk, Total};
use sesame_api::safe::Safe;
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::csv::Table;
use super::data::quantity;
use super::frame::{Frame, Room, Trouble, page};
use super::visit::{Open, Visit};
use crate::capability;

/// Readings in one file at most: sixty years of half-hours. More is exported from the command line.
const EXPORT_READINGS_MAX: usize = 1_000_000;

/// One line of a table of totals.
pub(super) struct Row {
    /// The month, day, hour or weekday.
    pub(super) label: String,
    /// Its energy.
    pub(super) energy: String,
    /// What lacks or is estimated; empty when nothing is.
    pub(super) note: String,
}

/// The ways to group totals, with the word in the address and the key of the name.
const WAYS: [(By, &str, &str); 4] = [
    (By::Month, "month", "page-by-month"),
    (By::Day, "day", "page-by-day"),
    (By::Weekday, "weekday", "page-by-weekday"),
    (By::Hour, "hour", "page-by-hour"),
];

#[derive(Template)]
#[template(path = "series.html")]
pub(super) struct Shown {
    pub(super) frame: Frame,
    pub(super) series: Series,
    pub(super) ways: Vec<(String, String, bool)>,
    pub(super) by: &'static str,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) query: String,
    pub(super) chart: String,
    pub(super) sentence: String,
    pub(super) description: String,
    pub(super) rows: Vec<Row>,
    pub(super) is_mean: bool,
}

type Asked = Query<BTreeMap<String, String>>;

/// `GET /data/series/{id}?by=&from=&to=`.
pub(super) async fn show(Open(visit): Open, Path(id): Path<String>, Query(asked): Asked) -> Response {
    visit.answer(view(&visit, &id, &asked).await)
}

async fn view(visit: &Visit, id: &str, asked: &BTreeMap<String, String>) -> Result<Response, Problem> {
    let series = one(visit, id).await?;
    let mut frame = visit.room(Room::Data, "page-series-title").await?;
    let quantity = quantity(&frame, &series.quantity);
    frame.title = visit.words.with(
        "page-series-of",
        &[("quantity", (&quantity).into()), ("vendor", (&Safe(&series.vendor).to_string()).into())],
    );
    let mut ask = ask(asked, id);
    let insight = match capability::insight::energy(&visit.app, ask.clone()).await {
        Ok(insight) => insight,
        Err(problem) => {
            // A span that makes no sense: say so, and show what there is.
            frame.trouble = Some(Trouble::of(visit.words, &problem, Some("from")));
            ask = InsightAsk { from: None, to: None, ..ask };
            capability::insight::energy(&visit.app, ask.clone()).await?
        }
    };
    let by = word(ask.by);
    let query = query(by, ask.from.as_deref(), ask.to.as_deref());
    frame.path = format!("/data/series/{id}?{query}");
    let chart = capability::insight::energy_svg(&visit.app, ask.clone(), visit.words.language()).await?;
    let words = visit.words;
    let ways = WAYS
        .iter()
        .map(|(way, word, key)| {
            (words.text(key), self::query(word, ask.from.as_deref(), ask.to.as_deref()), *way == ask.by)
        })
        .collect();
    let energy = words.energy(insight.watt_hours);
    let [from, to] = [&insight.from, &insight.to].map(|day| words.date(day));
    let sentence = words
        .with("page-series-sentence", &[("energy", (&energy).into()), ("from", (&from).into()), ("to", (&to).into())]);
    Ok(page(&Shown {
        frame,
        ways,
        by,
        from: insight.from.clone(),
        to: insight.to.clone(),
        query,
        chart,
        sentence,
        description: description(words, &insight),
        rows: rows(words, &insight),
        is_mean: matches!(ask.by, By::Hour | By::Weekday),
        series,
    }))
}

/// `GET /data/series/{id}/totals.csv`.
pub(super) async fn totals(Open(visit): Open, Path(id): Path<String>, Query(asked): Asked) -> Response {
    let made = async {
        let ask = ask(&asked, &id);
        let by = word(ask.by);
        let insight = capability::insight::energy(&visit.app, ask).await?;
        let mut table = Table::new(&[by, "watt_hours", "present", "missing", "estimated"]);
        for Total { label, watt_hours, present, missing, estimated } in &insight.totals {
            let numbers = [watt_hours, present, missing, estimated].map(u64::to_string);
            table.row(&[label, &numbers[0], &numbers[1], &numbers[2], &numbers[3]]);
        }
        Ok(table.answer(&format!("{by}-{}-{}.csv", insight.from, insight.to)))
    };
    visit.answer(made.await)
}

/// `GET /data/series/{id}/readings.csv`: every reading, as it is held.
pub(super) async fn readings(Open(visit): Open, Path(id): Path<String>) -> Response {
    let made = async {
        let mut table = Table::new(&["at", "watts", "estimated"]);
        let mut written = 0;
        let mut last = String::new();
        let mut from: Option<String> = None;
        loop {
            let part = capability::data::readings(&visit.app, &id, from.as_deref(), None).await?;
            for reading in part.readings.iter().filter(|reading| is_after(&reading.at, &last)) {
                table.row(&[&reading.at, &reading.watts.to_string(), if reading.estimated { "1" } else { "0" }]);
                written += 1;
            }
            let Some(end) = part.readings.last().map(|reading| reading.at.clone()) else { break };
            let day = end.get(..10).map(str::to_owned);
            // The next part begins on the day at which this one ended; one that gets no further would never end.
            if !part.more || written >= EXPORT_READINGS_MAX || day == from {
                break;
            }
            last = end;
            from = day;
        }
        Ok(table.answer("readings.csv"))
    };
    visit.answer(made.await)
}

/// `GET /chart/energy.svg`: the chart alone, to keep.
pub(super) async fn chart(Open(visit): Open, Query(asked): Asked) -> Response {
    let made = async {
        let ask = ask(&asked, asked.get("series").map(String::as_str).unwrap_or_default());
        let chart = capability::insight::energy_svg(&visit.app, ask, visit.words.language()).await?;
        let headers = [(CONTENT_TYPE, "image/svg+xml"), (CONTENT_DISPOSITION, "inline; filename=\"energy.svg\"")];
        Ok((headers, chart).into_response())
    };
    visit.answer(made.await)
}

/// The totals as lines of a table.
pub(super) fn rows(words: &Words, insight: &Insight) -> Vec<Row> {
    insight
        .totals
        .iter()
        .map(|total| Row {
            label: label(words, insight.by, &total.label),
            energy: words.energy(total.watt_hours),
            note: note(words, total),
        })
        .collect()
}

/// A chart in words: the lowest and the highest.
pub(super) fn description(words: &Words, insight: &Insight) -> String {
    let told = |total: Option<&Total>| {
        total.map(|total| (label(words, insight.by, &total.label), words.energy(total.watt_hours))).unwrap_or_default()
    };
    let whole = || insight.totals.iter().filter(|total| total.present > 0);
    let (low, lowest) = told(whole().min_by_key(|total| total.watt_hours));
    let (high, highest) = told(whole().max_by_key(|total| total.watt_hours));
    words.with(
        "page-chart-description",
        &[
            ("low", (&low).into()),
            ("lowest", (&lowest).into()),
            ("high", (&high).into()),
            ("highest", (&highest).into()),
        ],
    )
}

async fn one(visit: &Visit, id: &str) -> Result<Series, Problem> {
    let all = capability::data::series(&visit.app).await?.series;
    all.into_iter().find(|series| series.id == id).ok_or_else(|| Problem::new(Code::NotFound).with("what", Safe(id)))
}

fn ask(asked: &BTreeMap<String, String>, series: &str) -> InsightAsk {
    let filled = |name: &str| asked.get(name).filter(|value| !value.is_empty()).cloned();
    let by = filled("by")
        .and_then(|by| WAYS.iter().find(|(_, word, _)| *word == by))
        .map(|(by, _, _)| *by)
        .unwrap_or_default();
    InsightAsk {
        from: filled("from"),
        to: filled("to"),
        by,
        series: Some(series.to_owned()).filter(|id| !id.is_empty()),
    }
}

fn word(by: By) -> &'static str {
    WAYS.iter().find(|(way, _, _)| *way == by).map_or("month", |(_, word, _)| word)
}

/// The part of an address after the question mark. Days that are no days are left out.
fn query(by: &str, from: Option<&str>, to: Option<&str>) -> String {
    let is_day = |day: &&str| day.len() == 10 && day.bytes().all(|sign| sign.is_ascii_digit() || sign == b'-');
    let mut query = format!("by={by}");
    for (name, day) in [("from", from.filter(is_day)), ("to", to.filter(is_day))] {
        if let Some(day) = day {
            write!(query, "&{name}={day}").expect("a string takes all that is written to it");
        }
    }
    query
}

fn label(words: &Words, by: By, label: &str) -> String {
    match by {
        By::Month => words.month(label),
        By::Day => words.date(label),
        By::Hour => label.parse().map_or_else(|_| label.to_owned(), |hour| words.hour(hour)),
        By::Weekday => label.parse().map_or_else(|_| label.to_owned(), |day| words.weekday(day)),
    }
}

fn note(words: &Words, total: &Total) -> String {
    match (total.missing, total.estimated) {
        (0, 0) => String::new(),
        (0, estimated) => words.with("page-estimated", &[("count", estimated.into())]),
        (missing, 0) => words.with("page-missing", &[("count", missing.into())]),
        (missing, estimated) => {
            words.with("page-missing-estimated", &[("missing", missing.into()), ("estimated", estimated.into())])
        }
    }
}

/// Whether a moment comes after another, both in RFC 3339, whatever their offsets.
fn is_after(moment: &str, last: &str) -> bool {
    match (moment.parse::<jiff::Timestamp>(), last.parse::<jiff::Timestamp>()) {
        (Ok(moment), Ok(last)) => moment > last,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_only_days() {
        assert_eq!(query("day", Some("2025-01-01"), Some("\"><script>")), "by=day&from=2025-01-01");
        assert_eq!(query("day", Some("1&lang=fr1"), None), "by=day");
    }

    #[test]
    fn readings_of_the_hour_that_comes_twice_are_in_order() {
        assert!(is_after("2025-10-26T02:30:00+01:00", "2025-10-26T02:30:00+02:00"));
        assert!(!is_after("2025-10-26T02:30:00+02:00", "2025-10-26T02:30:00+02:00"));
        assert!(is_after("2025-10-26T02:30:00+02:00", ""));
    }
}
