//! What I keep of myself: adding, correcting, showing, finding and forgetting records, and forgetting imports.

use std::collections::BTreeSet;

use sesame_api::node::Language;
use sesame_api::records::{
    Dated, File, FindAsk, Forgotten, Hit, Hits, Holding, Kind, Record, RecordAbout, RecordAsk, Records, Says, Version,
};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_engine::records::{self, Choice, Found, Name, Saying, Upload, schema};
use sesame_engine::search::{self, Query, Sort};
use sesame_engine::{Decision, Key, Outcome, backups, erasure, series};
use sesame_protocol::time::Timestamp;

use super::circle::{decide, unexpected};
use super::{hex, moment, unhex};
use crate::app::App;
use crate::runtime::VaultView;

/// Records of one answer.
const LISTED_MAX: usize = 500;
/// Things of each kind that one search shows.
const FOUND_MAX: usize = 100;
/// Backups that are named when something is forgotten.
const HELD_MAX: usize = 8;

/// Keeps a record, or a version more of it.
pub(crate) async fn keep(app: &App, ask: RecordAsk, file: Option<(String, Vec<u8>)>) -> Result<Record, Problem> {
    let name = ask.name.as_deref().map(named).transpose()?;
    let known = match &name {
        Some(name) => find(app, name.clone()).await?,
        None => None,
    };
    let kind = match (&name, &known, ask.kind) {
        (_, Some(known), None) => known.record.kind,
        (_, _, Some(kind)) => their_kind(kind),
        (Some(Name::Field(_)), None, None) => records::Kind::Fact,
        (_, None, None) => return Err(Problem::new(Code::BadValue).with("name", "kind").with("why", "no-value")),
    };
    let special = ask.special;
    let saying = Box::new(saying(ask, file)?);
    let choice = Choice::Keep { name, kind, saying, is_special: special };
    match decide(app, Decision::Record(choice)).await? {
        Outcome::Kept(name) => one(app, &name.to_string(), special).await,
        other => Err(unexpected(&other)),
    }
}

/// A record with its history. One of the special categories is shown only to whoever says that it is wanted.
pub(crate) async fn one(app: &App, name: &str, special: bool) -> Result<Record, Problem> {
    let found = wanted(app, name, special).await?;
    shown(&found, true).ok_or_else(|| missing(name))
}

/// Records, without their history unless it is asked for. Words are for [`everything`].
pub(crate) async fn list(app: &App, ask: FindAsk) -> Result<Records, Problem> {
    let history = ask.history;
    let query = query(ask)?;
    let read = move |view: &VaultView| search::records(view, &query, LISTED_MAX, &label);
    let hits = app.open().await?.read(read).await?;
    Ok(Records {
        records: hits.records.iter().filter_map(|found| shown(found, history)).collect(),
        next: hits.next.map(|number| Name::Number(number).to_string()),
    })
}

/// Whatever has these words.
pub(crate) async fn everything(app: &App, ask: FindAsk) -> Result<Hits, Problem> {
    let query = query(ask)?;
    let read = move |view: &VaultView| search::everything(view, &query, FOUND_MAX, &label);
    let found = app.open().await?.read(read).await?;
    let mut hits: Vec<Hit> = found.records.iter().filter_map(hit).collect();
    let plain = |kind: Sort, name: String, text: &str, day: String| Hit {
        kind: kind.code().to_owned(),
        name,
        text: text.to_owned(),
        organisation: String::new(),
        day,
        special: false,
    };
    let other = |kind, (id, name): &(sesame_protocol::key::IdentityId, String)| {
        plain(kind, hex(id.as_bytes()), name, String::new())
    };
    hits.extend(found.organisations.iter().map(|found| other(Sort::Organisation, found)));
    hits.extend(found.contacts.iter().map(|found| other(Sort::Contact, found)));
    let day = |at| moment(at).chars().take(10).collect();
    hits.extend(found.imports.iter().map(|one| plain(Sort::Import, hex(&one.id), &one.name, day(one.at))));
    Ok(Hits { hits, next: found.next.map(|number| Name::Number(number).to_string()) })
}

/// The file of one version of a paper.
pub(crate) async fn file(app: &App, name: &str, about: &RecordAbout) -> Result<(String, Vec<u8>), Problem> {
    let found = wanted(app, name, about.special).await?;
    let version = match about.version {
        Some(number) => number.checked_sub(1).and_then(|place| found.record.versions.get(place)),
        None => found.record.newest(),
    };
    let nothing = || Problem::new(Code::NotFound).with("what", "file");
    let file = version.and_then(|version| version.content.file.clone()).ok_or_else(nothing)?;
    let handle = app.open().await?;
    let (name, bytes) = handle.read(move |view| Ok((file.name.clone(), records::file(view, &file)?))).await?;
    let bytes = bytes.ok_or_else(|| Problem::new(Code::FileLost).with("name", &name))?;
    Ok((name, bytes))
}

/// Forgets a record for good, or what it was before.
pub(crate) async fn forget(app: &App, name: &str, about: &RecordAbout) -> Result<Forgotten, Problem> {
    let found = wanted(app, name, about.special).await?;
    let noted = found.record.versions.first().map(|version| version.at);
    let (backups, backups_more) = held(app, noted).await?;
    let choice = Choice::Forget { name: found.name, whole: !about.earlier, is_special: about.special };
    match decide(app, Decision::Record(choice)).await? {
        Outcome::Forgotten(gone) => Ok(Forgotten {
            backups,
            backups_more,
            name: name.to_owned(),
            versions: gone.versions as u64,
            files: gone.files as u64,
            readings: 0,
            readings_kept: 0,
            erased: is_erased(app, gone.entries).await?,
        }),
        other => Err(unexpected(&other)),
    }
}

/// Forgets an import for good: its file, and the readings that no other import of the same source may share.
pub(crate) async fn forget_import(app: &App, id: &str) -> Result<Forgotten, Problem> {
    let wanted = unhex::<8>(id).map_err(|_| Problem::new(Code::NotFound).with("what", "import").with("name", id))?;
    let all = app.open().await?.read(|view| series::imports(view)).await?;
    let noted = all.iter().find(|import| import.id == wanted).map(|import| import.at);
    let (backups, backups_more) = held(app, noted).await?;
    match decide(app, Decision::ForgetImport { id: wanted }).await {
        Ok(Outcome::ForgottenImport(gone)) => Ok(Forgotten {
            backups,
            backups_more,
            name: id.to_owned(),
            versions: 0,
            files: 1,
            readings: gone.readings,
            readings_kept: gone.kept,
            erased: is_erased(app, gone.entries).await?,
        }),
        Ok(other) => Err(unexpected(&other)),
        Err(problem) if problem.code == Code::NotFound => Err(problem.with("what", "import").with("name", id)),
        Err(problem) => Err(problem),
    }
}

/// The remembered backups that may hold what was noted at a moment, or all of them when that moment is not known: the
/// newest, and how many more.
async fn held(app: &App, noted: Option<Timestamp>) -> Result<(Vec<Holding>, u64), Problem> {
    let since = noted.unwrap_or(Timestamp::from_seconds(0));
    let mut all = app.open().await?.read(move |view| backups::since(view, since)).await?;
    let more = all.len().saturating_sub(HELD_MAX) as u64;
    all.truncate(HELD_MAX);
    Ok((all.into_iter().map(|backup| Holding { place: backup.place, at: moment(backup.at) }).collect(), more))
}

/// Whether nothing of these entries waits to be erased any more: the loop erases before it answers, unless the disk is
/// full.
async fn is_erased(app: &App, entries: Vec<Key>) -> Result<bool, Problem> {
    let read = move |view: &VaultView| {
        for key in &entries {
            if erasure::is_pending(view, key)? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    app.open().await?.read(read).await
}

async fn find(app: &App, name: Name) -> Result<Option<Found>, Problem> {
    app.open().await?.read(move |view| records::one(view, &name)).await
}

/// A record that is there, and that the person knows to be special if it is.
async fn wanted(app: &App, text: &str, special: bool) -> Result<Found, Problem> {
    let name = named(text).map_err(|_| missing(text))?;
    // Whether there is one at all is nobody's business either.
    let is_closed = |special: bool, is_special: bool| is_special && !special;
    let closed = || Problem::new(Code::Refused).with("reason", "special");
    if is_closed(special, schema::is_special(&name)) {
        return Err(closed());
    }
    let found = find(app, name).await?.ok_or_else(|| missing(text))?;
    if is_closed(special, found.is_special) { Err(closed()) } else { Ok(found) }
}

fn missing(name: &str) -> Problem {
    Problem::new(Code::NotFound).with("what", "record").with("name", name.chars().take(80).collect::<String>())
}

fn named(text: &str) -> Result<Name, Problem> {
    let wrong =
        || Problem::new(Code::BadValue).with("name", "name").with("value", text.chars().take(80).collect::<String>());
    Name::parse(text).ok_or_else(wrong)
}

fn saying(ask: RecordAsk, file: Option<(String, Vec<u8>)>) -> Result<Saying, Problem> {
    let RecordAsk { text, on, organisation, basis, dates, says, import, credential, .. } = ask;
    let wrong = |name: &str| Problem::new(Code::BadValue).with("name", name);
    let import = import.map(|id| unhex::<8>(&id).map_err(|_| wrong("import"))).transpose()?;
    let credential = credential.map(|hash| unhex::<32>(&hash).map_err(|_| wrong("credential"))).transpose()?;
    let source = match (import, credential) {
        (Some(_), Some(_)) => return Err(wrong("credential")),
        (Some(import), None) => Some(records::Source::Import(import)),
        (None, credential) => credential.map(records::Source::Credential),
    };
    let says = match (says, &source) {
        (Some(name), _) => records::Says::Organisation(name),
        (None, Some(records::Source::Import(_))) => records::Says::Import,
        (None, _) => records::Says::Me,
    };
    let dates = dates.into_iter().map(|Dated { what, on }| records::Dated { what, on }).collect();
    let on = on.filter(|on| !on.is_empty());
    let content = records::Content { text, on, organisation, basis, dates, file: None };
    Ok(Saying { content, file: file.map(|(name, bytes)| Upload { name, bytes }), says, source })
}

fn query(ask: FindAsk) -> Result<Query, Problem> {
    let FindAsk { words, organisation, from, to, kind, special, before, .. } = ask;
    let wrong = |name: &str, value: &str| {
        Problem::new(Code::BadValue).with("name", name).with("value", value.chars().take(40).collect::<String>())
    };
    let mut kinds = BTreeSet::new();
    for code in kind.split(',').map(str::trim).filter(|code| !code.is_empty()) {
        let sort = Sort::ALL.into_iter().find(|sort| sort.code() == code);
        kinds.insert(sort.ok_or_else(|| wrong("kind", code))?);
    }
    let day = |name: &str, day: Option<String>| match day.filter(|day| !day.is_empty()) {
        Some(day) if day.parse::<jiff::civil::Date>().is_ok_and(|known| known.to_string() == day) => Ok(Some(day)),
        Some(day) => Err(wrong(name, &day)),
        None => Ok(None),
    };
    let before = match before.as_deref().filter(|before| !before.is_empty()) {
        None => None,
        Some(before) => match Name::parse(before) {
            Some(Name::Number(number)) => Some(number),
            _ => return Err(wrong("before", before)),
        },
    };
    let (from, to) = (day("from", from)?, day("to", to)?);
    Ok(Query { words, organisation, from, to, kinds, is_special: special, before })
}

/// What a field is called in both languages: a person may look for either.
fn label(field: &str) -> String {
    let key = format!("terms-field-{field}");
    let all = [Language::En, Language::Fr].map(Words::of);
    all.into_iter().filter(|words| words.has(&key)).map(|words| words.text(&key)).collect::<Vec<_>>().join(" ")
}

fn hit(found: &Found) -> Option<Hit> {
    let newest = found.record.newest()?;
    Some(Hit {
        kind: found.record.kind.code().to_owned(),
        name: found.name.to_string(),
        text: newest.content.text.clone(),
        organisation: newest.content.organisation.clone(),
        day: found.record.day(),
        special: found.is_special,
    })
}

fn shown(found: &Found, with_history: bool) -> Option<Record> {
    let (newest, earlier) = found.record.versions.split_last()?;
    let name = found.name.to_string();
    Some(Record {
        property: schema::property(&name).map(str::to_owned),
        kind: our_kind(found.record.kind),
        special: found.is_special,
        day: found.record.day(),
        versions: found.record.versions.len() as u64,
        newest: version(newest),
        earlier: if with_history { earlier.iter().rev().map(version).collect() } else { Vec::new() },
        name,
    })
}

fn version(version: &records::Version) -> Version {
    let records::Version { content, says, at, device, source } = version;
    let (says, says_name) = match says {
        records::Says::Me => (Says::Me, None),
        records::Says::Organisation(name) => (Says::Organisation, Some(name.clone())),
        records::Says::Import => (Says::Import, None),
    };
    let (import, credential) = match source {
        Some(records::Source::Import(id)) => (Some(hex(id)), None),
        Some(records::Source::Credential(hash)) => (None, Some(hex(hash))),
        None => (None, None),
    };
    let dated = |dated: &records::Dated| Dated { what: dated.what.clone(), on: dated.on.clone() };
    let file = |file: &records::File| File { name: file.name.clone(), bytes: file.bytes, blake3: hex(&file.digest) };
    Version {
        text: content.text.clone(),
        on: content.on.clone(),
        organisation: content.organisation.clone(),
        basis: content.basis.clone(),
        dates: content.dates.iter().map(dated).collect(),
        file: content.file.as_ref().map(file),
        says,
        says_name,
        at: moment(*at),
        device: device.as_ref().map(|device| hex(device.as_ref())),
        import,
        credential,
    }
}

fn our_kind(kind: records::Kind) -> Kind {
    match kind {
        records::Kind::Fact => Kind::Fact,
        records::Kind::Event => Kind::Event,
        records::Kind::Paper => Kind::Paper,
        records::Kind::Conclusion => Kind::Conclusion,
    }
}

fn their_kind(kind: Kind) -> records::Kind {
    match kind {
        Kind::Fact => records::Kind::Fact,
        Kind::Event => records::Kind::Event,
        Kind::Paper => records::Kind::Paper,
        Kind::Conclusion => records::Kind::Conclusion,
    }
}

#[cfg(test)]
mod tests;
