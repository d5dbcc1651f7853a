//! `sesame data add`, `edit`, `list`, `show`, `find` and `forget`: records, and finding them again. What a sheet looks like
//! is in `sheets`; facts have a short list of their own in `fact`.

mod sheets;

use std::path::Path;

use serde_json::{Value, json};
use sesame_api::client::{Client, escaped};
use sesame_api::data::AllSeries;
use sesame_api::records::{Dated, Forgotten, Hits, Kind, Record, RecordAsk, Records};
use sesame_api::{Code, Problem};

use super::{Context, data, wording};
use crate::args::{Add, Edit, Said, Span, Which};
use crate::{Result, ask, problem};

/// Bytes of a paper's file; the node refuses larger ones too.
const PAPER_BYTES_MAX: u64 = 16 << 20;
/// The signs of the id of an import.
const IMPORT_SIGNS: usize = 16;

/// Keeps records.
pub(super) async fn add(context: &Context, args: &Add) -> Result<()> {
    let texts = [&args.event, &args.conclusion, &args.title, &args.said.basis];
    let values = args.words.iter().map(|word| word.split_once('=').map_or(word.as_str(), |(_, value)| value));
    once(texts.into_iter().flatten().map(String::as_str).chain(values))?;
    let node = context.node().await?;
    let base = asked(&args.said, RecordAsk { import: args.import.clone(), ..RecordAsk::default() })?;
    let other = |kind, text: String| RecordAsk { kind: Some(kind), text, ..base.clone() };
    let mut asks = Vec::new();
    if let Some(text) = &args.event {
        asks.push(other(Kind::Event, given(text)?));
    } else if let Some(text) = &args.conclusion {
        asks.push(other(Kind::Conclusion, given(text)?));
    } else if let Some(title) = &args.title {
        asks.push(other(Kind::Paper, given(title)?));
    } else if let Some(paper) = &args.paper {
        let named = paper.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        asks.push(other(Kind::Paper, named.unwrap_or_default()));
    } else {
        for (field, value) in facts(context, &args.words)? {
            asks.push(RecordAsk { name: Some(field), text: value, ..base.clone() });
        }
    }
    let mut kept = Vec::new();
    for ask in asks {
        kept.push(keep(context, &node, ask, args.paper.as_deref()).await?);
    }
    context.output.done(json!({ "records": kept }), |words, kept: Records| {
        let said = |record: &Record| match (record.special, record.kind) {
            (true, _) => words.with("cli-record-kept-special", &[("name", (&record.name).into())]),
            (false, Kind::Fact) => {
                words.with("cli-fact-added", &[("field", (&wording::field(words, &record.name)).into())])
            }
            _ => words.with("cli-record-kept", &[("name", (&record.name).into())]),
        };
        kept.records.iter().map(said).collect::<Vec<_>>().join("\n")
    })
}

/// Corrects a record: what is not said stays as it was.
pub(super) async fn edit(context: &Context, args: &Edit) -> Result<()> {
    once([&args.text, &args.said.basis].into_iter().flatten().map(String::as_str))?;
    let node = context.node().await?;
    let (known, special) = one(context, &node, &args.name, args.said.special).await?;
    let newest = known.newest;
    let text = args.text.as_deref().map(given).transpose()?.unwrap_or(newest.text);
    let before = RecordAsk {
        name: Some(known.name),
        text,
        on: newest.on,
        organisation: newest.organisation,
        basis: newest.basis,
        dates: newest.dates,
        ..RecordAsk::default()
    };
    let ask = RecordAsk { special, ..asked(&args.said, before)? };
    let record = keep(context, &node, ask, args.paper.as_deref()).await?;
    context
        .output
        .done(record, |words, record: Record| words.with("cli-record-corrected", &[("name", (&record.name).into())]))
}

/// Shows what is kept: readings first, then records by kind.
pub(super) async fn list(context: &Context, which: &Which) -> Result<()> {
    let node = context.node().await?;
    let mut query = query(which);
    if which.kind.is_none() {
        query.push(("kind", "fact,event,paper,conclusion"));
    }
    let records: Value = node.get("records", &query).await?;
    let is_narrow = which.kind.is_some() || which.vendor.is_some() || which.before.is_some();
    let series: Value = if is_narrow { json!({ "series": [] }) } else { node.get("series", &[]).await? };
    let value = json!({ "series": series["series"], "records": records["records"], "next": records["next"] });
    context.output.show(value.clone(), |words, all: AllSeries| {
        let records: Records = serde_json::from_value(value).unwrap_or_default();
        let sheet = match (all.series.is_empty(), records.records.is_empty()) {
            (true, false) => crate::sheet::Sheet::new(),
            (false, false) => data::series_sheet(words, &all).gap(),
            _ => data::series_sheet(words, &all),
        };
        sheets::records(words, &records, sheet)
    })
}

/// Shows a record, or the readings of a source when no record has the name.
pub(super) async fn show(context: &Context, name: &str, history: bool, special: bool, days: &Span) -> Result<()> {
    let node = context.node().await?;
    let record = match one(context, &node, name, special).await {
        Err(problem) if problem.code == Code::NotFound => {
            // What is neither is told as a source: so it always was.
            return data::show(context, name, days).await;
        }
        other => other?.0,
    };
    let record = serde_json::to_value(record).map_err(|error| problem::unreadable(&error))?;
    context.output.show(record, |words, record: Record| sheets::record(words, &record, history))
}

/// Finds things by their words.
pub(super) async fn find(context: &Context, words: &[String], which: &Which) -> Result<()> {
    let words = words.join(" ");
    let mut query = query(which);
    query.push(("words", &words));
    let hits: Value = context.node().await?.get("find", &query).await?;
    context.output.show(hits, |words, hits: Hits| sheets::hits(words, &hits))
}

/// Forgets a record, or an import.
pub(super) async fn forget(context: &Context, name: &str, earlier: bool, special: bool) -> Result<()> {
    let node = context.node().await?;
    let is_import = name.len() == IMPORT_SIGNS && name.bytes().all(|sign| sign.is_ascii_hexdigit());
    let path = format!("records/{}", escaped(name));
    let mut special = special;
    let forgotten: Result<Value> = loop {
        let flag = special.to_string();
        let query = [("special", flag.as_str()), ("earlier", if earlier { "true" } else { "false" })];
        match node.delete_with(&path, &query).await {
            Err(problem) if is_closed(&problem) && !special => special = goes_on(context, problem, "data forget")?,
            other => break other,
        }
    };
    let forgotten = match forgotten {
        Err(problem) if problem.code == Code::NotFound && is_import => {
            node.delete(&format!("imports/{}", escaped(name))).await?
        }
        other => other?,
    };
    context.output.done(forgotten, |words, gone: Forgotten| sheets::forgotten(words, &gone, earlier))
}

/// A record with its history, and whether it was opened as a special one.
async fn one(context: &Context, node: &Client, name: &str, special: bool) -> Result<(Record, bool)> {
    let path = format!("records/{}", escaped(name));
    let open = async |special: bool| node.get(&path, &[("special", if special { "true" } else { "false" })]).await;
    match open(special).await {
        Err(problem) if is_closed(&problem) && !special => {
            let special = goes_on(context, problem, "data show")?;
            Ok((open(special).await?, special))
        }
        found => Ok((found?, special)),
    }
}

async fn keep(context: &Context, node: &Client, ask: RecordAsk, file: Option<&Path>) -> Result<Value> {
    let mut ask = ask;
    let bytes = file.map(read).transpose()?;
    loop {
        let kept = match &bytes {
            None => node.post("records", &ask).await,
            Some((name, bytes)) => {
                let record = serde_json::to_string(&ask).map_err(|error| problem::unreadable(&error))?;
                let query = [("record", record.as_str()), ("name", name.as_str())];
                node.send("papers", &query, bytes.clone(), |_, _| ()).await
            }
        };
        match kept {
            Err(problem) if is_closed(&problem) && !ask.special => {
                ask.special = goes_on(context, problem, "data add")?;
            }
            other => return other,
        }
    }
}

/// The file of a paper.
fn read(path: &Path) -> Result<(String, Vec<u8>)> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let size = std::fs::metadata(path).map_err(|error| problem::disk(path, &error))?.len();
    if size > PAPER_BYTES_MAX {
        return Err(Problem::new(Code::TooLarge).with("file", &name).with("limit", PAPER_BYTES_MAX));
    }
    Ok((name, std::fs::read(path).map_err(|error| problem::disk(path, &error))?))
}

fn is_closed(problem: &Problem) -> bool {
    problem.code == Code::Refused && problem.facts.get("reason").is_some_and(|reason| reason == "special")
}

/// Asks once more before the drawer of the special categories is opened. Nobody to ask leaves it closed.
fn goes_on(context: &Context, problem: Problem, command: &str) -> Result<bool> {
    let question = context.words().text("cli-record-special-ask");
    match ask::agrees(context, &question, command, "--special") {
        Ok(true) => Ok(true),
        _ => Err(problem),
    }
}

/// What was typed, or all of stdin for `-`: an argument is seen by every process.
fn given(text: &str) -> Result<String> {
    if text == "-" { Ok(ask::whole(Path::new("-"))?.trim().to_owned()) } else { Ok(text.to_owned()) }
}

/// Refuses `-` for more than one thing: stdin is read once.
fn once<'a>(texts: impl Iterator<Item = &'a str>) -> Result<()> {
    if texts.filter(|text| *text == "-").count() > 1 {
        return Err(Problem::new(Code::BadValue).with("name", "-").with("why", "stdin-once"));
    }
    Ok(())
}

/// What the options say, over what was there before.
fn asked(said: &Said, before: RecordAsk) -> Result<RecordAsk> {
    let day = |text: &String| {
        let (what, on) = text.rsplit_once('=').ok_or_else(|| {
            Problem::new(Code::BadValue).with("name", "day").with("value", text).with("give", "WHAT=YYYY-MM-DD")
        })?;
        Ok(Dated { what: what.to_owned(), on: on.to_owned() })
    };
    let days = said.days.iter().map(day).collect::<Result<Vec<_>>>()?;
    Ok(RecordAsk {
        on: said.on.clone().or(before.on),
        organisation: said.vendor.clone().unwrap_or(before.organisation),
        basis: said.basis.as_deref().map(given).transpose()?.unwrap_or(before.basis),
        dates: if days.is_empty() { before.dates } else { days },
        says: said.says.clone(),
        special: said.special,
        ..before
    })
}

/// Fields and values: `FIELD=VALUE` each, or one field and its value, which the person is asked for when it is not given:
/// an argument is seen by every process.
fn facts(context: &Context, words: &[String]) -> Result<Vec<(String, String)>> {
    let pairs: Vec<_> = words.iter().filter_map(|word| word.split_once('=')).collect();
    let is_field = |field: &str| field.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"._-".contains(&sign));
    let facts: Vec<(String, String)> = match words {
        [] => return Err(problem::give("data add", "FIELD=VALUE | --paper FILE | --event TEXT | --conclusion TEXT")),
        _ if pairs.len() == words.len() && pairs.iter().all(|(field, _)| is_field(field)) => {
            pairs.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect()
        }
        [field] => vec![(field.clone(), "?".to_owned())],
        [field, value] => vec![(field.clone(), value.clone())],
        _ => return Err(problem::give("data add", "FIELD=VALUE")),
    };
    let typed = words.len() == 1 && !words[0].contains('=');
    let filled = facts.into_iter().map(|(field, value)| {
        let value = match value.as_str() {
            "-" => given("-")?,
            _ if typed => {
                let label = wording::field(context.words(), &field);
                let question = context.words().with("cli-ask-value", &[("field", (&label).into())]);
                ask::line(context, &question, "data add", "VALUE | -")?
            }
            _ => value,
        };
        // Nothing would forget it, which has a command of its own.
        if value.trim().is_empty() {
            return Err(Problem::new(Code::BadValue).with("name", &field).with("why", "no-value"));
        }
        Ok((field, value))
    });
    filled.collect()
}

fn query(which: &Which) -> Vec<(&str, &str)> {
    let given = [
        ("organisation", &which.vendor),
        ("from", &which.from),
        ("to", &which.to),
        ("kind", &which.kind),
        ("before", &which.before),
    ];
    let given = given.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    given.chain(which.special.then_some(("special", "true"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stdin_is_given_to_one_thing_alone() {
        assert!(once(["-", "x", "--"].into_iter()).is_ok());
        let twice = once(["-", "x", "-"].into_iter()).unwrap_err();
        assert_eq!((twice.code, twice.facts["why"].as_str()), (Code::BadValue, "stdin-once"));
        assert_eq!(given("--").unwrap(), "--");
    }
}
