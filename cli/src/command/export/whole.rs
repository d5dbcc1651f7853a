//! `sesame data export DIR`: all that the vault holds of a person, in a folder that only they can read: JSON of every kind
//! of thing, the same as tables, readings as CSV, and the files as they came. It is made beside its place and put there
//! whole; a folder that is half there never bears the name. Nothing in it is sealed, and it says so.

use std::fs::{DirBuilder, File};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sesame_api::client::{Client, escaped};
use sesame_api::data::AllSeries;
use sesame_api::{Code, Problem};

use super::super::{Context, write_new};
use super::table;
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
/// Characters of a name that go into that of a file.
const NAME_CHARS_MAX: usize = 80;

/// A folder that is being made, and taken away again unless it is finished.
struct Draft {
    folder: PathBuf,
    files: Vec<Value>,
    /// Files that the vault no longer has whole.
    lost: Vec<String>,
    /// What is of a special category and was not asked for.
    left_out: Vec<Value>,
    is_whole: bool,
}

/// Writes everything into a folder that is new or empty.
pub(super) async fn run(context: &Context, folder: &Path, special: bool) -> Result<()> {
    let node = context.node().await?;
    must_be_free(folder)?;
    let mut draft = Draft::beside(folder)?;
    let records = records(&node, special).await?;
    draft.list("records", &records)?;
    for (path, name) in LISTS {
        let mut answer: Value = node.get(path, &[]).await?;
        if path == "shares" && !special {
            draft.left_out.extend(keep_ordinary(&mut answer));
        }
        draft.list(path, answer[name].as_array().map(Vec::as_slice).unwrap_or_default())?;
        match path {
            "imports" => originals(&node, &mut draft, &answer).await?,
            "shares" => receipts(&node, &mut draft, &answer, special).await?,
            _ => {}
        }
    }
    readings(&node, &mut draft).await?;
    papers(&node, &mut draft, &records).await?;
    let count = draft.files.len() as u64 + 1;
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
    let (lost, left_out) = (draft.lost.len() as u64, draft.left_out.len());
    draft.finish(folder)?;
    let shown = folder.display().to_string();
    let value = json!({
        "folder": shown,
        "files": count,
        "records": records.len(),
        "special": special,
        "lost": lost,
        "left_out": left_out,
    });
    context.output.done(value, |words, _: Value| {
        let mut said = vec![words.with("cli-exported", &[("folder", (&shown).into()), ("files", count.into())])];
        said.extend((lost > 0).then(|| words.with("cli-exported-lost", &[("count", lost.into())])));
        said.extend((!special).then(|| words.text("cli-exported-special")));
        said.join("\n")
    })
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

impl Draft {
    /// A new folder beside the one that it will become.
    fn beside(folder: &Path) -> Result<Self> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| {
            Problem::new(Code::BadValue).with("name", "DIR").with("value", folder.display()).with("give", "DIR")
        })?;
        let draft = folder.with_file_name(format!(".{name}.{}.part", std::process::id()));
        DirBuilder::new().mode(0o700).create(&draft).map_err(|error| problem::disk(&draft, &error))?;
        Ok(Self { folder: draft, files: Vec::new(), lost: Vec::new(), left_out: Vec::new(), is_whole: false })
    }

    /// A list as JSON, and as a table when there is something in it.
    fn list(&mut self, name: &str, all: &[Value]) -> Result<()> {
        self.json(&format!("{name}.json"), &json!({ name: all }))?;
        if all.is_empty() {
            return Ok(());
        }
        self.write(&format!("{name}.csv"), table::of(all).as_bytes())
    }

    fn json(&mut self, name: &str, value: &Value) -> Result<()> {
        let mut text = serde_json::to_string_pretty(value).map_err(|error| problem::unreadable(&error))?;
        text.push('\n');
        self.write(name, text.as_bytes())
    }

    /// A file below a folder of its kind, under an id of ours and the name that it came with.
    fn file(&mut self, kind: &str, id: &str, name: &str, bytes: &[u8]) -> Result<()> {
        let folder = self.folder.join(kind);
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(problem::disk(&folder, &error)),
            _ => {}
        }
        self.write(&path(kind, id, name), bytes)
    }

    /// The same, or its name among what is lost: one file that the vault no longer has whole keeps back no other.
    fn file_or_lost(&mut self, kind: &str, id: &str, name: &str, bytes: Result<Vec<u8>>) -> Result<()> {
        match bytes {
            Ok(bytes) => self.file(kind, id, name, &bytes),
            Err(problem) if problem.code == Code::FileLost => {
                self.lost.push(path(kind, id, name));
                Ok(())
            }
            Err(problem) => Err(problem),
        }
    }

    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        write_new(&path, bytes)?;
        File::open(&path).and_then(|file| file.sync_all()).map_err(|error| problem::disk(&path, &error))?;
        self.files.push(json!({ "file": name, "bytes": bytes.len() }));
        Ok(())
    }

    /// Puts the folder where it belongs. An empty folder that stands there gives way; one that got something meanwhile
    /// does not.
    fn finish(mut self, folder: &Path) -> Result<()> {
        let failed = |error: std::io::Error| problem::disk(folder, &error);
        File::open(&self.folder).and_then(|dir| dir.sync_all()).map_err(failed)?;
        std::fs::rename(&self.folder, folder).map_err(|error| match error.kind() {
            ErrorKind::DirectoryNotEmpty => {
                let problem = Problem::new(Code::BadValue).with("name", "DIR").with("value", folder.display());
                problem.with("why", "not-empty")
            }
            _ => failed(error),
        })?;
        self.is_whole = true;
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent).and_then(|dir| dir.sync_all()).map_err(failed)
    }
}

/// Where a file lies in the folder.
fn path(kind: &str, id: &str, name: &str) -> String {
    let between = if name.starts_with('.') { "" } else { "-" };
    format!("{kind}/{}{between}{}", plain(id), plain(name))
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_whole {
            // What could not be taken away bears no name that anybody asked for; there is nobody left to tell.
            std::fs::remove_dir_all(&self.folder).ok();
        }
    }
}

/// A name that is one part of a path and hides nothing, whoever chose it.
fn plain(name: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || "._- ()".contains(sign);
    name.chars().map(|sign| if is_plain(sign) { sign } else { '_' }).take(NAME_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_name_is_one_part_of_a_path() {
        assert_eq!(plain("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(plain("a\0b\n\u{202e}c\\d"), "a_b__c_d");
        assert_eq!(plain("relevé (1).pdf"), "relevé (1).pdf");
        assert_eq!(plain(&"é".repeat(500)).chars().count(), NAME_CHARS_MAX);
    }

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
    fn a_folder_comes_whole_or_not_at_all_and_for_its_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("mine");
        let entries = || std::fs::read_dir(home.path()).unwrap().count();
        let mut draft = Draft::beside(&folder).unwrap();
        draft.file("papers", "R1-1", "../x", b"x").unwrap();
        drop(draft);
        assert_eq!(entries(), 0, "what was not finished is gone");

        let mut draft = Draft::beside(&folder).unwrap();
        draft.file("papers", "R1-1", "../x", b"x").unwrap();
        draft.finish(&folder).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join("papers"))), (0o700, 0o700));
        assert_eq!(mode(&folder.join("papers/R1-1.._x")), 0o600);
        assert_eq!(entries(), 1);

        let refused = must_be_free(&folder).unwrap_err();
        assert_eq!(refused.facts["why"], "not-empty");
        let late = Draft::beside(&folder).unwrap().finish(&folder).unwrap_err();
        assert_eq!((late.facts["why"].as_str(), entries()), ("not-empty", 1));
        assert!(must_be_free(&home.path().join("new")).is_ok());
        std::os::unix::fs::symlink(home.path(), home.path().join("link")).unwrap();
        assert_eq!(must_be_free(&home.path().join("link")).unwrap_err().facts["why"], "exists");
    }
}
