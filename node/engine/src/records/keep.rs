//! Keeping, correcting and forgetting records.

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use super::form::checked;
use super::{Content, File, Found, Kind, Name, Record, Says, Source, Version, one, pages, schema};
use crate::decide::{Outcome, Refusal};
use crate::engine::{Engine, Notice, Turn};
use crate::shelf::{Key, Shelf};
use crate::view::{Unreadable, View as _};
use crate::{limits, row};

/// What a person may decide about records.
#[derive(Debug)]
pub enum Choice {
    /// Keeps a record, or a version more of one that is there.
    Keep {
        /// Which: the field of a fact, or a record that is corrected; a new record of another kind has no name yet.
        name: Option<Name>,
        /// What it is.
        kind: Kind,
        /// What is said.
        saying: Box<Saying>,
        /// Whether the person said that it is of a special category.
        is_special: bool,
    },
    /// Forgets a record for good.
    Forget {
        /// Which.
        name: Name,
        /// Whether the version that counts goes too, or the earlier ones alone.
        whole: bool,
        /// Whether the person said that it is of a special category.
        is_special: bool,
    },
}

/// What is said in one version.
#[derive(Clone, Debug)]
pub struct Saying {
    /// What it says; a file in it is passed over.
    pub content: Content,
    /// A file for it, instead of the one that was there.
    pub file: Option<Upload>,
    /// Who says so.
    pub says: Says,
    /// What it was taken from.
    pub source: Option<Source>,
}

/// A file as it is handed in.
#[derive(Clone)]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// What was forgotten, and which entries of the store must be out of reach before anybody says that it is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Versions of the record that went.
    pub versions: usize,
    /// Files that went with them.
    pub files: usize,
    /// The entries.
    pub entries: Vec<Key>,
}

/// How many records there are, and the last number that was given.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    last: u64,
    held: u64,
}

const COUNT: &[u8] = b"records";

impl Choice {
    pub(crate) fn carry_out(
        self,
        engine: &Engine,
        turn: &mut Turn<'_, '_>,
    ) -> Result<Result<Outcome, Refusal>, Unreadable> {
        match self {
            Self::Keep { name, kind, saying, is_special } => {
                let device = Some(ByteArray::new(engine.me.device));
                keep(name, kind, *saying, is_special, device, turn)
            }
            Self::Forget { name, whole, is_special } => forget(&name, whole, is_special, turn),
        }
    }
}

fn keep(
    name: Option<Name>,
    kind: Kind,
    saying: Saying,
    is_special: bool,
    device: Option<ByteArray<32>>,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let saying = match checked(kind, saying) {
        Ok(saying) => saying,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(Source::Import(import)) = &saying.source
        && turn.view.get(&Key::new(Shelf::Import, *import))?.is_none()
    {
        return Ok(Err(Refusal::NotFound));
    }
    let (name, before) = match known(name, kind, turn)? {
        Ok(known) => known,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let must_be_special = schema::is_special(&name) || before.as_ref().is_some_and(|known| known.is_special);
    if must_be_special && !is_special {
        return Ok(Err(Refusal::Special));
    }
    let counted: Count = turn.get(Shelf::Own, COUNT)?.unwrap_or_default();
    let mut count = counted;
    if let Some(refusal) = full(&name, before.as_ref(), is_special, count, turn)? {
        return Ok(Err(refusal));
    }
    let name = if name == Name::Number(0) { Name::Number(count.next()) } else { name };
    let (mut content, mut pieces) = (saying.content, Vec::new());
    let there = before.as_ref().and_then(|known| known.record.newest()?.content.file.clone());
    content.file = match saying.file {
        Some(upload) if !there.as_ref().is_some_and(|file| is_in(file, &upload)) => {
            let file = described(&upload, count.next());
            pieces = upload.bytes;
            Some(file)
        }
        _ => there,
    };
    let version = Version { content, says: saying.says, at: turn.now, device, source: saying.source };
    if before.as_ref().and_then(|known| known.record.newest()).is_some_and(|newest| is_same(newest, &version)) {
        return Ok(Ok(Outcome::Kept(name)));
    }
    let leaves = before.as_ref().is_some_and(|known| !known.is_special && is_special);
    count.held += u64::from(before.is_none() && matches!(name, Name::Number(_)));
    let mut record = before.map_or(Record { kind, versions: Vec::new() }, |known| known.record);
    record.versions.push(version);
    if row::bytes(&record) > limits::ROW_BYTES_MAX {
        return Ok(Err(Refusal::Full { what: "versions", most: record.versions.len().saturating_sub(1) }));
    }
    // From here on there are writes, and no refusal any more.
    if let Some(file) = record.newest().and_then(|newest| newest.content.file.as_ref()) {
        store(file.number, &pieces, turn);
    }
    if leaves {
        leave(&name, turn)?;
    }
    if count != counted {
        turn.put(Shelf::Own, COUNT, &count);
    }
    write(&name, is_special, &record, turn)?;
    turn.tell(Notice::Data);
    Ok(Ok(Outcome::Kept(name)))
}

/// Which record is meant, and what it is so far. A new one that is no fact has the number 0 until it gets its own.
fn known(
    name: Option<Name>,
    kind: Kind,
    turn: &Turn<'_, '_>,
) -> Result<Result<(Name, Option<Found>), Refusal>, Unreadable> {
    let known = match &name {
        Some(name) => one(turn.view, name)?,
        None => None,
    };
    Ok(match (name, known) {
        (Some(_), Some(known)) if known.record.kind != kind => Err(Refusal::NotFound),
        (Some(name), Some(known)) => Ok((name, Some(known))),
        (Some(name @ Name::Field(_)), None) if kind == Kind::Fact => Ok((name, None)),
        (None, _) if kind != Kind::Fact => Ok((Name::Number(0), None)),
        _ => Err(Refusal::NotFound),
    })
}

impl Count {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

/// Writes a record, and what the search knows of it.
fn write(name: &Name, is_special: bool, record: &Record, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let key = name.place(is_special);
    turn.put(key.shelf, &key.name, record);
    match name {
        Name::Number(number) if !is_special => pages::note(*number, record, turn),
        _ => Ok(()),
    }
}

/// Takes a record out of the ordinary drawer, for the other one.
fn leave(name: &Name, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let key = name.place(false);
    turn.erase(key.shelf, &key.name);
    match name {
        Name::Number(number) => pages::strike(*number, turn),
        Name::Field(_) => Ok(()),
    }
}

/// Why there is no room for one version more.
fn full(
    name: &Name,
    before: Option<&Found>,
    is_special: bool,
    count: Count,
    turn: &Turn<'_, '_>,
) -> Result<Option<Refusal>, Unreadable> {
    let is_in = |shelf, most| Ok(turn.view.walk(shelf, &[], None, most)?.len() >= most);
    let refusal = |what, most| Ok(Some(Refusal::Full { what, most }));
    match before {
        Some(known) if known.record.versions.len() >= limits::VERSIONS_MAX => {
            return refusal("versions", limits::VERSIONS_MAX);
        }
        Some(known) if known.is_special == is_special => return Ok(None),
        _ => {}
    }
    if is_special {
        return if is_in(Shelf::Special, limits::SPECIAL_MAX)? {
            refusal("records", limits::SPECIAL_MAX)
        } else {
            Ok(None)
        };
    }
    match name {
        Name::Field(_) if is_in(Shelf::Fact, limits::FACTS_MAX)? => refusal("facts", limits::FACTS_MAX),
        Name::Number(_) if count.held >= limits::RECORDS_MAX as u64 => refusal("records", limits::RECORDS_MAX),
        _ => Ok(None),
    }
}

fn is_same(one: &Version, other: &Version) -> bool {
    one.content == other.content && one.says == other.says && one.source == other.source
}

/// Whether a file is kept already, under the same name.
fn is_in(file: &File, upload: &Upload) -> bool {
    file.name == upload.name && file.digest == *blake3::hash(&upload.bytes).as_bytes()
}

/// A file under a number of its own.
fn described(upload: &Upload, number: u64) -> File {
    let (bytes, digest) = (upload.bytes.len() as u64, *blake3::hash(&upload.bytes).as_bytes());
    File { number, name: upload.name.clone(), bytes, digest }
}

/// Writes the pieces of a file; of one that is there already there are none to write.
fn store(number: u64, bytes: &[u8], turn: &mut Turn<'_, '_>) {
    for (piece, bytes) in (0_u32..).zip(bytes.chunks(limits::ORIGINAL_PIECE_BYTES)) {
        let place = [number.to_be_bytes().as_slice(), &piece.to_be_bytes()].concat();
        turn.put(Shelf::File, &place, &ByteBuf::from(bytes));
    }
}

fn forget(
    name: &Name,
    whole: bool,
    is_special: bool,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(known) = one(turn.view, name)? else { return Ok(Err(Refusal::NotFound)) };
    if known.is_special && !is_special {
        return Ok(Err(Refusal::Special));
    }
    let files = known.record.files();
    let mut record = known.record;
    let last = if whole { None } else { record.versions.pop() };
    let versions = record.versions.len();
    let kept = last.as_ref().and_then(|last| Some(last.content.file.as_ref()?.number));
    let gone: Vec<u64> = files.into_iter().filter(|number| Some(*number) != kept).collect();
    let mut entries = Vec::new();
    for number in &gone {
        let pieces = limits::PAPER_BYTES_MAX.div_ceil(limits::ORIGINAL_PIECE_BYTES);
        for (place, _) in turn.view.walk(Shelf::File, &number.to_be_bytes(), None, pieces)? {
            turn.erase(Shelf::File, &place);
            entries.push(Key::new(Shelf::File, place));
        }
    }
    let key = name.place(known.is_special);
    turn.erase(key.shelf, &key.name);
    if let (Name::Number(number), false) = (name, known.is_special) {
        pages::strike(*number, turn)?;
        entries.push(Key::new(Shelf::Words, (number / limits::LINES_PER_PAGE).to_be_bytes()));
    }
    entries.push(key);
    if let Some(last) = last {
        write(name, known.is_special, &Record { kind: record.kind, versions: vec![last] }, turn)?;
    } else if let Name::Number(_) = name {
        let mut count: Count = turn.get(Shelf::Own, COUNT)?.unwrap_or_default();
        count.held = count.held.saturating_sub(1);
        turn.put(Shelf::Own, COUNT, &count);
    }
    turn.tell(Notice::Data);
    Ok(Ok(Outcome::Forgotten(Box::new(Forgotten { versions, files: gone.len(), entries }))))
}

/// Facts that an older program kept get the form of today, and those of special categories go to their own drawer.
pub(crate) fn settle(turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (place, bytes) in turn.view.walk(Shelf::Fact, &[], None, limits::FACTS_MAX)? {
        let record = super::read(Shelf::Fact, &bytes)?;
        let name = Name::at(Shelf::Fact, &place)?;
        let is_special = schema::is_special(&name);
        if is_special {
            turn.erase(Shelf::Fact, &place);
        }
        let is_of_today = serde_ipld_dagcbor::from_slice::<Record>(&bytes).is_ok();
        if is_special || !is_of_today {
            write(&name, is_special, &record, turn)?;
        }
    }
    Ok(())
}
