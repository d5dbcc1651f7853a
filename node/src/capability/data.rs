//! My data: imports and series.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use sesame_api::data::{AllSeries, Hole, Import, ImportAsk, Imports, Reading, Readings, Series};
use sesame_api::{Code, Problem};
use sesame_engine::series::chunk::Point;
use sesame_engine::series::{self, Day, Imported, Original, Report, Source};
use sesame_engine::{Decision, Outcome, Refusal};

use super::{hex, moment, unhex};
use crate::app::{App, blocking};
use crate::runtime::now;

/// Bytes of a file: years of half-hours take a few.
pub(crate) const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Bytes of a file once it is compressed: with the readings it has to fit into one batch of the vault. Files of meters
/// shrink to a tenth; one that does not is something else.
const ORIGINAL_BYTES_MAX: usize = 40 * 1024 * 1024;
/// Readings of one answer.
const READINGS_MAX: usize = 20_000;
/// Characters of a file's name that are kept.
const NAME_CHARS_MAX: usize = 120;

/// Reads a file and keeps what is new in it: all of it, or nothing.
pub(crate) async fn import(app: &App, ask: ImportAsk, bytes: Vec<u8>) -> Result<Import, Problem> {
    let handle = app.open().await?;
    let is_dry = ask.dry_run;
    let read = blocking(move || read_file(&ask, &bytes)).await?;
    if is_dry {
        let planned = handle.read(move |view| series::plan(view, &read, now())).await?;
        let planned = planned.map_err(|error| Problem::new(Code::BadFile).with("why", error))?;
        return Ok(Import { id: String::new(), dry_run: true, ..shown(&planned) });
    }
    match handle.decide(Decision::Import(Box::new(read))).await? {
        Ok(Outcome::Imported(imported)) => Ok(shown(&imported)),
        Ok(other) => Err(Problem::new(Code::Failed).with("why", format!("{other:?}"))),
        Err(refusal) => Err(super::circle::problem(&refusal)),
    }
}

/// The imports, newest first.
pub(crate) async fn imports(app: &App) -> Result<Imports, Problem> {
    let imports = app.open().await?.read(|view| series::imports(view)).await?;
    Ok(Imports { imports: imports.iter().map(shown).collect() })
}

/// The file of an import, as it came.
pub(crate) async fn original(app: &App, id: &str) -> Result<Vec<u8>, Problem> {
    let missing = || Problem::new(Code::NotFound).with("what", "import").with("name", id);
    let wanted = unhex::<8>(id).map_err(|_| missing())?;
    let handle = app.open().await?;
    let lost = || Problem::new(Code::FileLost).with("name", id);
    let (packed, length) = match handle.read(move |view| series::original(view, &wanted)).await? {
        Original::Missing => return Err(missing()),
        Original::Lost => return Err(lost()),
        Original::There { packed, bytes } => (packed, bytes),
    };
    let unpacked = blocking(move || {
        let mut bytes = Vec::new();
        let read = flate2::read::DeflateDecoder::new(packed.as_slice()).take(FILE_BYTES_MAX as u64 + 1);
        let is_whole = { read }.read_to_end(&mut bytes).is_ok() && bytes.len() as u64 == length;
        Ok(is_whole.then_some(bytes))
    });
    unpacked.await?.ok_or_else(lost)
}

/// The series.
pub(crate) async fn series(app: &App) -> Result<AllSeries, Problem> {
    let all = app.open().await?.read(|view| series::all(view)).await?;
    let longest = all.iter().max_by_key(|(_, series)| series.count).map(|(id, _)| *id);
    let series = all.iter().map(|(id, series)| shown_series(*id, series, longest == Some(*id))).collect();
    Ok(AllSeries { series })
}

/// The readings of a series between two local days, both included.
pub(crate) async fn readings(app: &App, id: &str, from: Option<&str>, to: Option<&str>) -> Result<Readings, Problem> {
    let wanted = unhex::<8>(id)?;
    let all = series(app).await?;
    let series = all.series.into_iter().find(|series| series.id == id);
    let series = series.ok_or_else(|| Problem::new(Code::NotFound).with("id", id))?;
    let handle = app.open().await?;
    let row = handle.read(|view| series::all(view)).await?.into_iter().find(|(id, _)| *id == wanted);
    let (_, row) = row.ok_or_else(|| Problem::new(Code::NotFound).with("id", id))?;
    let zone = zone(&row.source.zone)?;
    let start = match from {
        Some(day) => bound(day, &zone, 0)?,
        None => row.first,
    };
    let end = match to {
        Some(day) => bound(day, &zone, 1)?,
        None => row.last + i64::from(row.source.step),
    };
    let mut points = handle.read(move |view| series::points(view, &wanted, start, end)).await?;
    let more = points.len() > READINGS_MAX;
    points.truncate(READINGS_MAX);
    let readings = points.iter().map(|point| reading(point, &zone)).collect();
    Ok(Readings { series, readings, more })
}

/// The readings of one series, or of the one that counts, with its row: what insight is computed on.
pub(crate) async fn points(app: &App, id: Option<&str>) -> Result<(series::Id, series::Series, Vec<Point>), Problem> {
    let handle = app.open().await?;
    let wanted = id.map(unhex::<8>).transpose()?;
    let all = handle.read(|view| series::all(view)).await?;
    let found = match wanted {
        Some(id) => all.into_iter().find(|(other, _)| *other == id),
        None => all.into_iter().max_by_key(|(_, series)| series.count),
    };
    let Some((id, row)) = found else {
        return Err(Problem::new(Code::NotFound).with("what", "series"));
    };
    let points = handle.read(move |view| series::points(view, &id, i64::MIN, i64::MAX)).await?;
    Ok((id, row, points))
}

/// The first second of a local day, or of a day some days later.
pub(crate) fn bound(day: &str, zone: &jiff::tz::TimeZone, later: i64) -> Result<i64, Problem> {
    let wrong =
        || Problem::new(Code::BadValue).with("name", "day").with("value", day.chars().take(40).collect::<String>());
    let date: jiff::civil::Date = day.parse().map_err(|_| wrong())?;
    let date = date.checked_add(jiff::Span::new().days(later)).map_err(|_| wrong())?;
    Ok(date.to_zoned(zone.clone()).map_err(|_| wrong())?.timestamp().as_second())
}

/// A time zone by name.
pub(crate) fn zone(name: &str) -> Result<jiff::tz::TimeZone, Problem> {
    jiff::tz::TimeZone::get(name).map_err(|error| Problem::new(Code::Failed).with("why", error))
}

/// The local day of a moment.
pub(crate) fn day(at: i64, zone: &jiff::tz::TimeZone) -> String {
    let moment = jiff::Timestamp::from_second(at).unwrap_or(jiff::Timestamp::MAX);
    moment.to_zoned(zone.clone()).date().to_string()
}

fn read_file(ask: &ImportAsk, bytes: &[u8]) -> Result<series::Import, Problem> {
    let parsed =
        sesame_import::parse(bytes, ask.format.as_deref(), &mut |_, _| ()).map_err(|error| bad_file(&error))?;
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
    let original = deflate.write_all(bytes).and_then(|()| deflate.finish());
    let original = original.map_err(|error| Problem::new(Code::Failed).with("why", error))?;
    if original.len() > ORIGINAL_BYTES_MAX {
        return Err(Problem::new(Code::TooLarge).with("most", ORIGINAL_BYTES_MAX));
    }
    let days = |days: &[sesame_import::Day]| days.iter().map(known_day).collect();
    let report = &parsed.report;
    Ok(series::Import {
        format: parsed.format.to_owned(),
        name: file_name(&ask.name),
        bytes: bytes.len() as u64,
        digest: *blake3::hash(bytes).as_bytes(),
        original,
        report: Report {
            readings: report.readings,
            estimated: report.estimated,
            missing: report.missing,
            days: report.days,
            from: report.from.to_string(),
            to: report.to.to_string(),
            holes: days(&report.holes),
            clock_changes: days(&report.clock_changes),
        },
        source: Source {
            vendor: parsed.vendor.to_owned(),
            quantity: parsed.quantity.to_owned(),
            unit: parsed.unit.to_owned(),
            meter: parsed.meter,
            step: parsed.step,
            zone: parsed.zone.to_owned(),
        },
        points: parsed
            .readings
            .iter()
            .map(|reading| Point { at: reading.at, value: reading.value, estimated: reading.estimated })
            .collect(),
    })
}

fn known_day(day: &sesame_import::Day) -> Day {
    Day { day: day.day.to_string(), present: day.present, expected: day.expected }
}

/// The last part of a path, without what a terminal or a page could trip over.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect()
}

fn bad_file(error: &sesame_import::Error) -> Problem {
    use sesame_import::Error;
    let code = match error {
        Error::UnknownFormat { .. } | Error::NoSuchFormat { .. } | Error::Empty => Code::UnknownFormat,
        Error::TooLarge { .. } | Error::TooLong { .. } => Code::TooLarge,
        _ => Code::BadFile,
    };
    let problem = Problem::new(code).with("why", error);
    error.facts().into_iter().fold(problem, |problem, (name, value)| problem.with(name, value))
}

fn shown(imported: &Imported) -> Import {
    let holes = |days: &[Day]| {
        let hole = |day: &Day| Hole { day: day.day.clone(), present: day.present, expected: day.expected };
        days.iter().map(hole).collect()
    };
    let report = &imported.report;
    Import {
        id: hex(&imported.id),
        name: imported.name.clone(),
        format: imported.format.clone(),
        at: moment(imported.at),
        bytes: imported.bytes,
        series: hex(&imported.series),
        readings: report.readings,
        added: imported.added,
        known: imported.known,
        differing: imported.differing,
        estimated: report.estimated,
        missing: report.missing,
        days: report.days,
        from: report.from.clone(),
        to: report.to.clone(),
        holes: holes(&report.holes),
        clock_changes: holes(&report.clock_changes),
        dry_run: false,
    }
}

fn shown_series(id: series::Id, series: &series::Series, counts: bool) -> Series {
    let source = &series.source;
    let zone = zone(&source.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let watt_hours = sesame_insight::watt_hours(series.sum.into(), source.step.into());
    Series {
        id: hex(&id),
        vendor: source.vendor.clone(),
        quantity: source.quantity.clone(),
        meter: source.meter.as_deref().map(last_four),
        step: source.step,
        from: day(series.first, &zone),
        to: day(series.last, &zone),
        readings: series.count,
        watt_hours: u64::try_from(watt_hours).unwrap_or_default(),
        counts,
    }
}

/// The id of a meter is personal: four digits are enough to tell two apart.
fn last_four(meter: &str) -> String {
    let digits: Vec<char> = meter.chars().rev().take(4).collect();
    std::iter::once('…').chain(digits.into_iter().rev()).collect()
}

fn reading(point: &Point, zone: &jiff::tz::TimeZone) -> Reading {
    let at = jiff::Timestamp::from_second(point.at).unwrap_or(jiff::Timestamp::MAX);
    let at = at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    Reading { at, watts: point.value, estimated: point.estimated }
}

/// The refusal that an import of a known file meets, for the words of the error.
pub(crate) fn nothing_new(refusal: &Refusal) -> Option<Problem> {
    let Refusal::NothingNew(imported) = refusal else { return None };
    Some(Problem::new(Code::NothingNew).with("name", &imported.name).with("known", imported.known))
}
