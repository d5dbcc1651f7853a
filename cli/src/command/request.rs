//! `sesame request`: what organisations ask for, held against what the purpose needs, and the answer. How a request reads
//! is in `request/verdict`.

mod verdict;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use sesame_api::vendor::{AnswerAsk, Request, Requests, Share, Stage};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, day, place, share, short, wording};
use crate::args::{self, Given};
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask};

/// Runs a command about requests.
pub(super) async fn run(context: &Context, args: &args::Request) -> Result<()> {
    use args::Request as Args;
    match args {
        Args::List => {
            let requests: Value = context.node().await?.get("requests", &[]).await?;
            context.output.show(requests, |words, all: Requests| list(words, &all))
        }
        Args::Show { request } => {
            let request: Value = context.node().await?.get(&place("requests", request, ""), &[]).await?;
            context.output.show(request, |words, request: Request| verdict::sheet(words, &request))
        }
        Args::Answer { request, given, terms, days, remember } => {
            let chosen =
                AnswerAsk { values: BTreeMap::new(), terms: terms.clone(), retention_days: *days, remember: *remember };
            answer(context, request, given, chosen).await
        }
        Args::Refuse { request } => {
            let answer: Value = context.node().await?.post(&place("requests", request, "/refuse"), &json!({})).await?;
            context.output.show(answer, |words, request: Request| {
                let name = wording::organisation(words, &request.vendor_name, &request.vendor);
                Sheet::new().line(words.with("cli-request-refused", &[("vendor", (&name).into())]))
            })
        }
    }
}

/// Offers what was chosen. Values that nobody gave are what the person said before, or are asked for.
async fn answer(context: &Context, named: &str, given: &Given, mut asked: AnswerAsk) -> Result<()> {
    let node = context.node().await?;
    let request: Request = node.get(&place("requests", named, ""), &[]).await?;
    let chosen = chosen(&request, given, &lines_of(given.from.as_deref())?)?;
    for (field, value) in chosen {
        let value = match value {
            Some(value) => value,
            None => typed(context, &field)?,
        };
        asked.values.insert(field, value);
    }
    // With nothing chosen the node says why there is no smaller answer.
    let share: Value = node.post(&place("requests", &request.id, "/answer"), &asked).await?;
    context.output.show(share, |words, share: Share| offered(words, &share))
}

/// The fields to show, each with its value as far as it is known: what was given, else what was suggested.
fn chosen(request: &Request, given: &Given, lines: &str) -> Result<BTreeMap<String, Option<String>>> {
    let suggested = |field: &str| {
        let found = request.fields.iter().find(|asked| asked.field == field);
        found.map(|asked| asked.suggestion.clone()).filter(|value| !value.is_empty())
    };
    let mut chosen = BTreeMap::new();
    if given.smaller {
        chosen.extend(request.smaller.iter().map(|field| (field.clone(), suggested(field))));
    }
    for (field, value) in pairs(lines)? {
        chosen.insert(field.to_owned(), Some(value.to_owned()));
    }
    for text in &given.give {
        let (field, value) = match text.split_once('=') {
            Some((field, value)) => (field.trim(), Some(value.to_owned())),
            None => (text.trim(), suggested(text.trim())),
        };
        chosen.insert(field.to_owned(), value);
    }
    Ok(chosen)
}

/// The lines FIELD=VALUE of a text; empty lines and comments are passed over.
fn pairs(lines: &str) -> Result<Vec<(&str, &str)>> {
    let said = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    // The line itself is personal: only the option is named.
    let unnamed =
        || Problem::new(Code::BadValue).with("name", "from").with("why", "no-value").with("give", "FIELD=VALUE");
    said.map(|line| match line.split_once('=') {
        Some((field, value)) => Ok((field.trim(), value.trim())),
        None => Err(unnamed()),
    })
    .collect()
}

fn lines_of(path: Option<&Path>) -> Result<ask::Hidden> {
    path.map_or_else(|| Ok(ask::Hidden::default()), ask::whole)
}

/// A value from the person, who must be there.
fn typed(context: &Context, field: &str) -> Result<String> {
    let label = wording::field(context.words(), field);
    let question = context.words().with("cli-ask-value", &[("field", (&label).into())]);
    ask::line(context, &question, "request answer", &format!("--give {field}=… | --from FILE"))
}

fn list(words: &Words, all: &Requests) -> Sheet {
    if all.requests.is_empty() {
        return Sheet::new().line(words.text("cli-requests-none"));
    }
    let header = ["cli-organisation", "cli-purpose", "cli-asked", "cli-needed", "cli-standing", "cli-until", "cli-id"];
    let rows = all.requests.iter().map(|request| {
        vec![
            wording::organisation(words, &request.vendor_name, &request.vendor),
            wording::purpose(words, &request.purpose),
            words.number(request.fields.len() as u64),
            words.number(u64::from(request.needed)),
            wording::stage(words, request.stage),
            day(words, &request.until),
            short(&request.id),
        ]
    });
    let sheet = Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[2, 3]);
    let waiting = all.requests.iter().filter(|request| request.stage == Stage::Asked);
    waiting.fold(sheet, |sheet, request| sheet.toned(Tone::Warn, verdict::pending(words, request)))
}

/// What was offered, in the words in which terms are proffered, and what it waits for.
fn offered(words: &Words, share: &Share) -> Sheet {
    let name = wording::organisation(words, &share.vendor_name, &share.vendor);
    let fields = wording::fields(words, share.values.keys());
    let (purpose, terms) =
        (wording::purpose(words, &share.purpose), wording::known(words, "terms-roster", &share.terms));
    let args = [
        ("vendor", (&name).into()),
        ("fields", (&fields).into()),
        ("purpose", (&purpose).into()),
        ("days", share.retention_days.into()),
        ("terms", (&terms).into()),
    ];
    let sheet = Sheet::new().toned(Tone::Good, words.with("cli-request-offered", &args));
    let sheet = sheet.line(words.with("cli-request-lends", &args)).line(words.text("terms-roster-yours"));
    let sheet = sheet.line(words.with("cli-request-unseen", &args));
    share::pending(words, share, sheet)
}

#[cfg(test)]
mod tests;
