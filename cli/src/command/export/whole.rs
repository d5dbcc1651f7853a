//! `sesame data export DIR`: all that the vault holds of a person, in a folder that only they can read: JSON of every kind
//! of thing, the same as tables, readings as CSV, and the files as they came. It is made beside its place and put there
//! whole; a folder that is half there never bears the name. Nothing in it is sealed, and it says so.

use std::io::ErrorKind;
use std::path::Path;

use serde_json::{Value, json};
use sesame_api::client::{Client, escaped};
use sesame_api::data::AllSeries;
use sesame_api::{Code, Problem};
use tokio::signal::unix::{SignalKind, signal};

use super::super::Context;
use super::draft::{Draft, path};
use crate::{Result, problem};

/// Answers of records that are asked for: 500 records each, and two hundred are all that a vault holds.
const ANSWERS_MAX: usize = 1_000;
/// What has a list of its own in the API: the path, and the name of the list in its answer.
const LISTS: [(&str, &str); 8] = [
    ("imports", "imports"),
    ("series", "series"),
    ("vendors", "vendors"),
    ("requests", "requests"),
    ("shares", "shares"),
    ("attestations", "attestations"),
    ("contacts", "contacts"),
    ("ratings", "ratings"),
];
/// What is in a folder that is finished.
struct Told {
    files: u64,
    records: usize,
    lost: u64,
    left_out: usize,
}

/// Writes everything into a folder that is new or empty.
pub(super) async fn run(context: &Context, folder: &Path, special: bool) -> Result<()> {
    let node = context.node().await?;
    must_be_free(folder)?;
    let told = tokio::select! {
        // First, so that nothing is written before it listens. What is there of the folder goes with what writes it.
        biased;
        problem = interrupted() => return Err(problem),
        told = written(&node, folder, special) => told?,
    };
    let Told { files, records, lost, left_out } = told;
    let shown = folder.display().to_string();
    let value = json!({
        "folder": shown,
        "files": files,
        "records": records,
        "special": special,
        "lost": lost,
        "left_out": left_out,
    });
    context.output.done(value, |words, _: Value| {
        let mut said = vec![words.with("cli-exported", &[("folder", (&shown).into()), ("files", files.into())])];
        said.extend((lost > 0).then(|| words.with("cli-exported-lost", &[("count", lost.into())])));
        said.extend((!special).then(|| words.text("cli-exported-special")));
        said.join("\n")
    })
}

/// Waits for whoever ends the command: a key, the system, or a terminal that is closed.
async fn interrupted() -> Problem {
    let heard = |kind: SignalKind| signal(kind).map_err(|error| Problem::new(Code::Failed).with("why", error));
    let all = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(heard);
    let [mut key, mut system, mut terminal] = match all {
        [Ok(key), Ok(system), Ok(terminal)] => [key, system, terminal],
        [Err(problem), ..] | [_, Err(problem), _] | [.., Err(problem)] => return problem,
    };
    tokio::select! {
        _ = key.recv() => {}
        _ = system.recv() => {}
        _ = terminal.recv() => {}
    }
    Problem::new(Code::Interrupted)
}

async fn written(node: &Client, folder: &Path, special: bool) -> Result<Told> {
    let mut draft = Draft::beside(folder)?;
    let records = records(node, special).await?;
    draft.list("records", &records)?;
    for (path, name) in LISTS {
        let mut answer: Value = node.get(path, &[]).await?;
        if path == "shares" && !special {
            draft.left_out.extend(keep_ordinary(&mut answer));
        }
        draft.list(path, answer[name].as_array().map(Vec::as_slice).unwrap_or_default())?;
        match path {
            "imports" => originals(node, &mut draft, &answer).await?,
            "shares" => receipts(node, &mut draft, &answer, special).await?,
            _ => {}
        }
    }
    readings(node, &mut draft).await?;
    papers(node, &mut draft, &records).await?;
    let files = draft.files.len() as u64 + 1;
    let manifest = json!({
        "program": format!("sesame {}", env!("CARGO_PKG_VERSION")),
        "made": jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "special": special,
        "sealed": false,
        "files": draft.files,
        "lost": draft.lost,
        "left_out": draft.left_out,
    });
    draft.json("manifest.json", &manifest)?;
    let told = Told { files, records: records.len(), lost: draft.lost.len() as u64, left_out: draft.left_out.len() };
    draft.finish(folder)?;
    Ok(told)
}

/// Refuses what is there already, unless it is an empty folder.
fn must_be_free(folder: &Path) -> Result<()> {
    let wrong =
        |why: &str| Problem::new(Code::BadValue).with("name", "DIR").with("value", folder.display()).with("why", why);
    match std::fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(problem::disk(folder, &error)),
        Ok(meta) if !meta.is_dir() => Err(wrong("exists")),
        Ok(_) => {
            let mut entries = std::fs::read_dir(folder).map_err(|error| problem::disk(folder, &error))?;
            if entries.next().is_none() { Ok(()) } else { Err(wrong("not-empty")) }
        }
    }
}

/// All records with their history.
async fn records(node: &Client, special: bool) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    let mut before: Option<String> = None;
    for _ in 0..ANSWERS_MAX {
        let mut query = vec![("history", "true"), ("special", if special { "true" } else { "false" })];
        query.extend(before.as_deref().map(|before| ("before", before)));
        let answer: Value = node.get("records", &query).await?;
        all.extend(answer["records"].as_array().cloned().unwrap_or_default());
        match answer["next"].as_str() {
            Some(next) => before = Some(next.to_owned()),
            None => return Ok(all),
        }
    }
    Err(Problem::new(Code::Failed).with("why", "the node gives records without end"))
}

/// The imported files as they came.
async fn originals(node: &Client, draft: &mut Draft, imports: &Value) -> Result<()> {
    for import in imports["imports"].as_array().into_iter().flatten() {
        let id = import["id"].as_str().unwrap_or_default();
        let bytes = node.get_bytes(&format!("imports/{}/file", escaped(id)), &[]).await;
        draft.file_or_lost("imports", id, import["name"].as_str().unwrap_or_default(), bytes)?;
    }
    Ok(())
}

/// Takes out of shares the values that are of a special category, and returns which: the node says what is.
fn keep_ordinary(answer: &mut Value) -> Vec<Value> {
    let mut gone = Vec::new();
    for share in answer["shares"].as_array_mut().into_iter().flatten() {
        let fields: Vec<String> = special_of(share).map(str::to_owned).collect();
        for field in fields {
            if let Some(values) = share["values"].as_object_mut() {
                values.remove(&field);
            }
            gone.push(json!({ "file": "shares.json", "share": share["id"], "field": field }));
        }
    }
    gone
}

/// The fields of a share that are of a special category.
fn special_of(share: &Value) -> impl Iterator<Item = &str> {
    share["special"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The receipts of what was shown; a share that has none yet is passed over. A receipt is signed and cannot be cut,
/// so that one that names a field of a special category is left out whole.
async fn receipts(node: &Client, draft: &mut Draft, shares: &Value, special: bool) -> Result<()> {
    for share in shares["shares"].as_array().into_iter().flatten() {
        let id = share["id"].as_str().unwrap_or_default();
        if !special && special_of(share).next().is_some() {
            if share["received"].is_string() {
                draft.left_out.push(json!({ "file": path("receipts", id, "receipt.json"), "share": id }));
            }
            continue;
        }
        match node.get_bytes(&format!("shares/{}/receipt", escaped(id)), &[]).await {
            Ok(bytes) => draft.file("receipts", id, "receipt.json", &bytes)?,
            Err(problem) if problem.code == Code::NotFound => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
}

/// The readings of every source, one table each.
async fn readings(node: &Client, draft: &mut Draft) -> Result<()> {
    let all: AllSeries = node.get("series", &[]).await?;
    for series in &all.series {
        let mut csv = super::HEADER.to_owned();
        for reading in super::readings(node, series).await? {
            super::row(&mut csv, series, &reading);
        }
        draft.file("readings", &series.id, ".csv", csv.as_bytes())?;
    }
    Ok(())
}

/// The files of papers, those of earlier versions too.
async fn papers(node: &Client, draft: &mut Draft, records: &[Value]) -> Result<()> {
    for record in records {
        let name = record["name"].as_str().unwrap_or_default();
        let earlier = record["earlier"].as_array().into_iter().flatten().rev();
        let mut seen: Option<&Value> = None;
        for (number, version) in (1_usize..).zip(earlier.chain([&record["newest"]])) {
            let file = &version["file"];
            if file.is_null() || seen == Some(file) {
                continue;
            }
            seen = Some(file);
            let (number, special) = (number.to_string(), record["special"].to_string());
            let query = [("version", number.as_str()), ("special", special.as_str())];
            let bytes = node.get_bytes(&format!("records/{}/file", escaped(name)), &query).await;
            let title = file["name"].as_str().unwrap_or_default();
            draft.file_or_lost("papers", &format!("{name}-{number}"), title, bytes)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_organisation_was_shown_of_a_special_category_is_left_out_and_named() {
        let mut answer = json!({ "shares": [
            { "id": "ab", "special": ["religion"], "values": { "email": "a@b.example", "religion": "quaker" } },
            { "id": "cd", "special": [], "values": { "email": "a@b.example" } },
        ] });
        let gone = keep_ordinary(&mut answer);
        assert_eq!(gone, [json!({ "file": "shares.json", "share": "ab", "field": "religion" })]);
        assert!(!answer.to_string().contains("quaker"), "{answer}");
        assert_eq!(answer["shares"][0]["values"], json!({ "email": "a@b.example" }));
        assert_eq!(special_of(&answer["shares"][0]).collect::<Vec<_>>(), ["religion"], "its receipt would be written");
        assert_eq!(special_of(&answer["shares"][1]).count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_empty_and_a_link_are_refused() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("file"), b"x").unwrap();
        assert_eq!(must_be_free(home.path()).unwrap_err().facts["why"], "not-empty");
        assert!(must_be_free(&home.path().join("new")).is_ok());
        std::os::unix::fs::symlink(home.path(), home.path().join("link")).unwrap();
        assert_eq!(must_be_free(&home.path().join("link")).unwrap_err().facts["why"], "exists");
    }
}
