//! `sesame data export`: everything into a folder, which is `whole`, or readings as CSV (RFC 4180), for a spreadsheet or
//! another program. Text that a spreadsheet would run as a formula is disarmed by an apostrophe; numbers and moments are
//! the program's own and stay as they are.

mod draft;
mod table;
mod whole;

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use sesame_api::client::{Client, escaped};
use sesame_api::csv::cell;
use sesame_api::data::{AllSeries, Reading, Readings, Series};
use sesame_api::{Code, Problem};

use super::{Context, data, write_new};
use crate::Result;
use crate::output::Output;

/// The first line. The names never change, in either language: programs read them.
const HEADER: &str = "series,organisation,quantity,start,step_seconds,watts,estimated\r\n";
/// The most answers asked for one series: 20,000 readings each make forty million.
const ANSWERS_MAX: usize = 2_000;

/// Writes everything into a folder, or one series, or all of them. Only what could be the id of a series is taken for one:
/// a folder of such a name is written `./abc`.
pub(super) async fn run(context: &Context, given: Option<&str>, out: Option<&Path>, special: bool) -> Result<()> {
    let is_id = |given: &str| given.bytes().all(|sign| sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign));
    match given {
        Some(folder) if out.is_none() && !is_id(folder) => whole::run(context, Path::new(folder), special).await,
        // Readings are of no special category: who asks for that along with them means a folder.
        _ if special => Err(Problem::new(Code::BadValue).with("name", "--special").with("why", "readings-only")),
        _ => series(context, given, out).await,
    }
}

async fn series(context: &Context, given: Option<&str>, out: Option<&Path>) -> Result<()> {
    let node = context.node().await?;
    let all = match given {
        Some(given) => vec![data::find(&node, given).await?],
        None => node.get::<AllSeries>("series", &[]).await?.series,
    };
    if all.is_empty() {
        return Err(Problem::new(Code::NotFound).with("what", "series"));
    }
    let mut csv = HEADER.to_owned();
    let mut values = Vec::new();
    let mut count = 0_u64;
    for series in &all {
        let readings = readings(&node, series).await?;
        count += readings.len() as u64;
        for reading in &readings {
            row(&mut csv, series, reading);
        }
        if context.output.is_json() && out.is_none() {
            values.push(json!({ "series": series, "readings": readings }));
        }
    }
    match out {
        None if context.output.is_json() => context.output.value(&json!({ "series": values })),
        None => Output::raw(csv.as_bytes()),
        Some(path) => {
            write_new(path, csv.as_bytes())?;
            let file = path.display().to_string();
            let value = json!({ "file": file, "readings": count, "bytes": csv.len() });
            context.output.done(value, |words, _: Value| {
                words.with("cli-export-done", &[("count", count.into()), ("file", (&file).into())])
            })
        }
    }
}

/// All readings of a series, in order of time. An answer begins again with the last day of the one before, so what was
/// there already is passed over.
async fn readings(node: &Client, series: &Series) -> Result<Vec<Reading>> {
    let path = format!("series/{}", escaped(&series.id));
    let mut all: Vec<Reading> = Vec::new();
    let mut from: Option<String> = None;
    for _ in 0..ANSWERS_MAX {
        let query: Vec<(&str, &str)> = from.as_deref().map(|day| ("from", day)).into_iter().collect();
        let answer: Readings = node.get(&path, &query).await?;
        let fresh = new_ones(&all, answer.readings);
        let stuck = fresh.is_empty();
        all.extend(fresh);
        if !answer.more {
            return Ok(all);
        }
        from = all.last().and_then(|reading| reading.at.get(..10)).map(str::to_owned);
        if stuck {
            break;
        }
    }
    Err(Problem::new(Code::Failed).with("why", "the node gives the same readings again"))
}

/// The readings of an answer that come after the last one held. Only the day they share can repeat, so it is looked for
/// there by its text: two answers write the same moment the same way.
fn new_ones(held: &[Reading], answer: Vec<Reading>) -> Vec<Reading> {
    let Some(last) = held.last() else { return answer };
    match answer.iter().position(|reading| reading.at == last.at) {
        Some(place) => answer.into_iter().skip(place + 1).collect(),
        None => answer,
    }
}

fn row(csv: &mut String, series: &Series, reading: &Reading) {
    let (id, vendor, quantity) = (cell(&series.id), cell(&series.vendor), cell(&series.quantity));
    let (at, step, watts) = (cell(&reading.at), series.step, reading.watts);
    let estimated = if reading.estimated { "yes" } else { "no" };
    write!(csv, "{id},{vendor},{quantity},{at},{step},{watts},{estimated}\r\n")
        .expect("writing into a string never fails");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(at: &str) -> Reading {
        Reading { at: at.into(), watts: -5, estimated: false }
    }

    #[test]
    fn a_number_stays_a_number() {
        let series = Series {
            id: "s".into(),
            vendor: "=EDF".into(),
            quantity: "electricity".into(),
            meter: None,
            step: 1800,
            from: String::new(),
            to: String::new(),
            readings: 1,
            watt_hours: 0,
            counts: true,
        };
        let mut csv = String::new();
        row(&mut csv, &series, &reading("2025-01-01T00:00:00+01:00"));
        assert_eq!(csv, "s,'=EDF,electricity,2025-01-01T00:00:00+01:00,1800,-5,no\r\n");
        assert_eq!(csv.matches(',').count(), HEADER.matches(',').count());
    }

    #[test]
    fn a_day_that_comes_twice_is_written_once() {
        let held = vec![reading("d1 00:00"), reading("d2 00:00")];
        let fresh = new_ones(&held, vec![reading("d2 00:00"), reading("d2 00:30"), reading("d3 00:00")]);
        assert_eq!(fresh.iter().map(|reading| reading.at.as_str()).collect::<Vec<_>>(), ["d2 00:30", "d3 00:00"]);
        assert!(new_ones(&held, vec![reading("d2 00:00")]).is_empty());
    }
}
