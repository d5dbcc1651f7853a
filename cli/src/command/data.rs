//! `sesame data`: bringing files home, and looking at readings. Taking data away again is in `export`, what a person keeps
//! of themselves in `record`.

use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use sesame_api::client::{Client, UPLOAD_BYTES_MAX, escaped};
use sesame_api::data::{AllSeries, Import, Imports, Readings, Series};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, export, fact, moment, record};
use crate::args::{Data, Import as Args, Span};
use crate::sheet::{Sheet, Tone};
use crate::{Result, problem};

/// Days with holes that are named; all of them are in the JSON.
const HOLES_SHOWN: usize = 5;
/// Readings that `show` prints: two days of half-hours. `export` gives all.
const READINGS_SHOWN: usize = 96;

/// Runs a command about data.
pub(super) async fn run(context: &Context, args: &Data) -> Result<()> {
    match args {
        Data::Import(args) => import(context, args).await,
        Data::Imports => {
            let imports: Value = context.node().await?.get("imports", &[]).await?;
            context.output.show(imports, |words, imports: Imports| imports_sheet(words, &imports))
        }
        Data::List(which) => record::list(context, which).await,
        Data::Show { name, history, special, span } => record::show(context, name, *history, *special, span).await,
        Data::Export { what, out, special } => export::run(context, what.as_deref(), out.as_deref(), *special).await,
        Data::Add(args) => record::add(context, args).await,
        Data::Edit(args) => record::edit(context, args).await,
        Data::Facts => fact::list(context).await,
        Data::Find { words, which } => record::find(context, words, which).await,
        Data::Forget { name, earlier, special } => record::forget(context, name, *earlier, *special).await,
    }
}

/// The one series whose id is the given text or begins with it.
pub(super) async fn find(node: &Client, given: &str) -> Result<Series> {
    let all: AllSeries = node.get("series", &[]).await?;
    let named = |series: &&Series| series.id == given;
    if let Some(series) = all.series.iter().find(named) {
        return Ok(series.clone());
    }
    let mut alike = all.series.into_iter().filter(|series| !given.is_empty() && series.id.starts_with(given));
    match (alike.next(), alike.next()) {
        (Some(series), None) => Ok(series),
        (Some(_), Some(_)) => {
            Err(Problem::new(Code::BadValue).with("name", "series").with("value", given).with("why", "ambiguous"))
        }
        _ => Err(Problem::new(Code::NotFound).with("what", "series").with("name", given)),
    }
}

/// Imports the files one after the other. A file that fails does not stop the others; the first problem that is more
/// than "nothing new" decides the exit status.
async fn import(context: &Context, args: &Args) -> Result<()> {
    let node = context.node().await?;
    let mut last: Option<Problem> = None;
    let mut added = false;
    for path in &args.files {
        match one(context, &node, path, args).await {
            Ok(()) => added = true,
            Err(problem) => {
                if let Some(earlier) = last.take() {
                    context.output.problem(&earlier);
                }
                let worse = problem.code != Code::NothingNew;
                last = Some(problem);
                if worse && matches!(last.as_ref().map(|problem| problem.code), Some(Code::NoNode | Code::Locked)) {
                    break;
                }
            }
        }
    }
    match last {
        Some(problem) if problem.code == Code::NothingNew && added => {
            context.output.problem(&problem);
            Ok(())
        }
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

async fn one(context: &Context, node: &Client, path: &Path, args: &Args) -> Result<()> {
    let name = path.file_name().map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into_owned());
    let size = std::fs::metadata(path).map_err(|error| problem::disk(path, &error))?.len();
    if size > UPLOAD_BYTES_MAX {
        return Err(Problem::new(Code::TooLarge).with("file", &name).with("limit", UPLOAD_BYTES_MAX));
    }
    let bytes = std::fs::read(path).map_err(|error| problem::disk(path, &error))?;
    let mut query = vec![("name", name.as_str())];
    if let Some(format) = &args.format {
        query.push(("format", format));
    }
    if args.dry_run {
        query.push(("dry_run", "true"));
    }
    let bar = bar(context, &name, size);
    let moving = bar.clone();
    let progress = move |done, _| {
        moving.set_position(done);
        if done == size {
            moving.enable_steady_tick(Duration::from_millis(120));
        }
    };
    let answer = node.send("imports", &query, bytes, progress).await;
    bar.finish_and_clear();
    let report: Value = answer
        .map_err(|problem| if problem.facts.contains_key("file") { problem } else { problem.with("file", &name) })?;
    context.output.show(report, |words, import: Import| import_sheet(words, &import))
}

/// A bar with a rate and an end, where there is a terminal to draw it on.
fn bar(context: &Context, name: &str, size: u64) -> ProgressBar {
    if !context.output.draws() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(size).with_message(sesame_api::safe::Safe(name).to_string());
    let style = ProgressStyle::with_template("{spinner} {msg}  {bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// What an import found and did.
fn import_sheet(words: &Words, import: &Import) -> Sheet {
    let (from, to) = (words.date(&import.from), words.date(&import.to));
    let told = [
        ("name", (&import.name).into()),
        ("readings", import.readings.into()),
        ("days", import.days.into()),
        ("from", (&from).into()),
        ("to", (&to).into()),
    ];
    let mut sheet = Sheet::new().toned(Tone::Good, words.with("cli-import-read", &told));
    let counts = [
        ("added", import.added),
        ("known", import.known),
        ("differing", import.differing),
        ("estimated", import.estimated),
        ("missing", import.missing),
    ];
    let pairs = counts.into_iter().filter(|(name, count)| *count > 0 || *name == "added");
    let pairs: Vec<_> =
        pairs.map(|(name, count)| (words.text(&format!("cli-import-{name}")), words.number(count))).collect();
    sheet = sheet.pairs(pairs);
    for hole in import.holes.iter().take(HOLES_SHOWN) {
        let day = words.date(&hole.day);
        let args = [("day", (&day).into()), ("present", hole.present.into()), ("expected", hole.expected.into())];
        sheet = sheet.toned(Tone::Warn, words.with("cli-import-hole", &args));
    }
    if import.holes.len() > HOLES_SHOWN {
        let more = (import.holes.len() - HOLES_SHOWN) as u64;
        sheet = sheet.line(format!("  {}", words.with("cli-import-holes-more", &[("count", more.into())])));
    }
    if !import.clock_changes.is_empty() {
        let count = import.clock_changes.len() as u64;
        sheet = sheet.line(format!("  {}", words.with("cli-import-clock", &[("count", count.into())])));
    }
    if import.dry_run {
        sheet = sheet.line(format!("  {}", words.text("cli-import-dry")));
    }
    sheet
}

fn imports_sheet(words: &Words, imports: &Imports) -> Sheet {
    if imports.imports.is_empty() {
        return Sheet::new().line(words.text("cli-imports-none"));
    }
    let header = ["cli-when", "cli-file", "cli-format", "cli-days-span", "cli-readings", "cli-added"];
    let rows = imports.imports.iter().map(|import| {
        vec![
            moment(words, &import.at),
            import.name.clone(),
            import.format.clone(),
            span(words, &import.from, &import.to),
            words.number(import.readings),
            words.number(import.added),
        ]
    });
    Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[4, 5])
}

pub(super) fn series_sheet(words: &Words, all: &AllSeries) -> Sheet {
    if all.series.is_empty() {
        return Sheet::new().line(words.text("cli-series-none"));
    }
    let header = ["cli-id", "cli-source", "cli-quantity", "cli-meter", "cli-days-span", "cli-readings", "cli-energy"];
    let rows = all.series.iter().map(|series| {
        vec![
            series.id.clone(),
            if series.counts { format!("{} *", series.vendor) } else { series.vendor.clone() },
            quantity(words, &series.quantity),
            series.meter.clone().unwrap_or_default(),
            span(words, &series.from, &series.to),
            words.number(series.readings),
            words.energy(series.watt_hours),
        ]
    });
    let sheet = Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[5, 6]);
    if all.series.iter().any(|series| series.counts) { sheet.line(words.text("cli-series-counts")) } else { sheet }
}

/// Shows the readings of a source.
pub(super) async fn show(context: &Context, given: &str, days: &Span) -> Result<()> {
    let node = context.node().await?;
    let series = find(&node, given).await?;
    let mut query = Vec::new();
    query.extend(days.from.as_deref().map(|day| ("from", day)));
    query.extend(days.to.as_deref().map(|day| ("to", day)));
    let readings: Value = node.get(&format!("series/{}", escaped(&series.id)), &query).await?;
    context.output.show(readings, |words, readings: Readings| readings_sheet(words, &readings))
}

fn readings_sheet(words: &Words, answer: &Readings) -> Sheet {
    let series = &answer.series;
    let minutes = u64::from(series.step / 60);
    let step = words.with("cli-series-step", &[("minutes", minutes.into())]);
    let sheet = Sheet::new().title(format!("{} · {}", series.vendor, quantity(words, &series.quantity))).pairs([
        (words.text("cli-id"), series.id.clone()),
        (words.text("cli-days-span"), span(words, &series.from, &series.to)),
        (words.text("cli-readings"), format!("{} · {step}", words.number(series.readings))),
        (words.text("cli-energy"), words.energy(series.watt_hours)),
    ]);
    let header = ["cli-when", "cli-power", "cli-note"].map(|key| words.text(key)).to_vec();
    let rows = answer.readings.iter().take(READINGS_SHOWN).map(|reading| {
        // The text of the moment has the local offset: its own day and hour are what the organisation printed.
        let hour = reading.at.get(11..16).unwrap_or_default();
        let note = if reading.estimated { words.text("cli-estimated") } else { String::new() };
        vec![format!("{} {hour}", words.day_of(&reading.at)), watts(words, reading.watts), note]
    });
    let sheet = sheet.gap().table(header, rows.collect(), &[1]);
    if answer.more || answer.readings.len() > READINGS_SHOWN {
        return sheet.line(words.with("cli-readings-more", &[("count", (READINGS_SHOWN as u64).into())]));
    }
    sheet
}

fn watts(words: &Words, watts: i64) -> String {
    let sign = if watts < 0 { "-" } else { "" };
    format!("{sign}{}\u{a0}W", words.number(watts.unsigned_abs()))
}

/// The first and the last day.
pub(super) fn span(words: &Words, from: &str, to: &str) -> String {
    format!("{} – {}", words.date(from), words.date(to))
}

/// What is measured, in words; what this program does not know is shown as it is.
fn quantity(words: &Words, quantity: &str) -> String {
    let key = format!("cli-quantity-{quantity}");
    if words.has(&key) { words.text(&key) } else { quantity.to_owned() }
}

#[cfg(test)]
mod tests;
