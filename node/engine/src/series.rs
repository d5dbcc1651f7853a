//! Series: readings over time from one source. They are kept as one compressed chunk per source and month; two files
//! that overlap add up to one series, and where they differ both values are kept and the earlier one counts.

pub mod chunk;
mod forget;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sesame_protocol::time::Timestamp;

pub use self::forget::Forgotten;
pub(crate) use self::forget::forget;
use crate::decide::{Outcome, Refusal};
use crate::engine::{Notice, Turn};
use crate::series::chunk::{Chunk, Point};
use crate::shelf::{Key, Shelf, Write};
use crate::view::{Unreadable, View};
use crate::{limits, row};

/// The id of a series or of an import.
pub type Id = [u8; 8];

/// What a file brought, as the runtime hands it over.
#[derive(Clone, Debug)]
pub struct Import {
    /// Where the readings come from.
    pub source: Source,
    /// The id of the file's format.
    pub format: String,
    /// The name of the file.
    pub name: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// The BLAKE3 hash of the file.
    pub digest: [u8; 32],
    /// The readings, sorted, no two at the same moment.
    pub points: Vec<Point>,
    /// The file itself, compressed.
    pub original: Vec<u8>,
    /// What the reader of the file reports, kept and shown as it is.
    pub report: Report,
}

/// Where readings come from: what tells one series from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The organisation that handed them out.
    pub vendor: String,
    /// What is measured.
    pub quantity: String,
    /// The unit of the values.
    pub unit: String,
    /// The id of the meter, when the file names it.
    pub meter: Option<String>,
    /// Seconds of a step.
    pub step: u32,
    /// The time zone of the place.
    pub zone: String,
}

impl Source {
    /// The id of the series: the same source gives the same series on every import.
    pub fn id(&self) -> Id {
        let bytes = serde_ipld_dagcbor::to_vec(self).expect("a source holds nothing that CBOR cannot say");
        let hash = blake3::derive_key("sesame/1/series-id", &bytes);
        hash[..8].try_into().expect("eight bytes of thirty-two")
    }
}

/// What the reader of a file found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Readings in the file.
    pub readings: u64,
    /// Those that the organisation itself calls estimated.
    pub estimated: u64,
    /// Steps without a value.
    pub missing: u64,
    /// Local days covered.
    pub days: u64,
    /// First local day.
    pub from: String,
    /// Last local day.
    pub to: String,
    /// Days that are not whole.
    pub holes: Vec<Day>,
    /// Days with a clock change.
    pub clock_changes: Vec<Day>,
}

/// A day that differs from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The local day.
    pub day: String,
    /// Readings that it has.
    pub present: u64,
    /// Readings that it should have.
    pub expected: u64,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The id of the import.
    #[serde(with = "serde_bytes")]
    pub id: Id,
    /// The id of the series.
    #[serde(with = "serde_bytes")]
    pub series: Id,
    /// When.
    pub at: Timestamp,
    /// The name of the file.
    pub name: String,
    /// The id of its format.
    pub format: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// Readings that were new.
    pub added: u64,
    /// Readings that were there already.
    pub known: u64,
    /// Readings that were there with another value.
    pub differing: u64,
    /// What the reader of the file found.
    pub report: Report,
}

/// A series as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Where the readings come from.
    pub source: Source,
    /// Readings held.
    pub count: u64,
    /// The sum of their values.
    pub sum: i64,
    /// The start of the first, in seconds.
    pub first: i64,
    /// The start of the last, in seconds.
    pub last: i64,
}

/// Why readings cannot be stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More readings than one import may bring.
    #[error("{count} readings, at most {most}")]
    TooMany {
        /// Readings of the file.
        count: usize,
        /// The bound.
        most: usize,
    },
    /// A month does not fit into its chunk.
    #[error("the readings of {month} do not fit: {error}")]
    Chunk {
        /// The month.
        month: String,
        /// Why.
        error: chunk::Error,
    },
    /// A moment is outside the calendar.
    #[error("{at} is no moment of the calendar")]
    Moment {
        /// Seconds since 1970.
        at: i64,
    },
}

/// All series.
pub fn all(view: &dyn View) -> Result<Vec<(Id, Series)>, Unreadable> {
    let rows = row::walk(view, Shelf::Series, &[], limits::SERIES_MAX)?;
    rows.into_iter().map(|(name, series)| Ok((id_of(&name)?, series))).collect()
}

/// The imports, newest first.
pub fn imports(view: &dyn View) -> Result<Vec<Imported>, Unreadable> {
    let mut imports: Vec<Imported> =
        row::walk(view, Shelf::Import, &[], limits::IMPORTS_MAX)?.into_iter().map(|(_, import)| import).collect();
    imports.sort_by_key(|import| std::cmp::Reverse(import.at));
    Ok(imports)
}

/// The readings of a series from one moment to before another, in order.
pub fn points(view: &dyn View, series: &Id, from: i64, to: i64) -> Result<Vec<Point>, Unreadable> {
    let mut points = Vec::new();
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = view.walk(Shelf::Chunk, series, after.as_deref(), 64)?;
        let Some((last, _)) = rows.last() else { return Ok(points) };
        after = Some(last.clone());
        for (_, bytes) in &rows {
            let head = chunk::head(bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Chunk })?;
            if head.last >= from && head.first < to {
                let chunk = decode(bytes)?;
                points.extend(chunk.points.into_iter().filter(|point| (from..to).contains(&point.at)));
            }
        }
    }
}

/// The file of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Original {
    /// There is no such import.
    Missing,
    /// A piece of it is lost: the vault was damaged once.
    Lost,
    /// It is there.
    There {
        /// The file, compressed as it was handed over.
        packed: Vec<u8>,
        /// How many bytes it has.
        bytes: u64,
    },
}

/// The file of an import, as far as its pieces are there; that they make as many bytes as it had is for whoever unpacks it.
pub fn original(view: &dyn View, import: &Id) -> Result<Original, Unreadable> {
    let Some(Imported { bytes, .. }) = row::get(view, Shelf::Import, import)? else { return Ok(Original::Missing) };
    let pieces = row::walk::<ByteBuf>(view, Shelf::Original, import, limits::ORIGINAL_PIECES_MAX)?;
    let are_in_a_row = (0_u32..).zip(&pieces).all(|(number, (name, _))| name.ends_with(&number.to_be_bytes()));
    if !are_in_a_row {
        return Ok(Original::Lost);
    }
    Ok(Original::There { packed: pieces.into_iter().flat_map(|(_, piece)| piece.into_vec()).collect(), bytes })
}

/// What an import would do, without doing it.
pub fn plan(view: &dyn View, import: &Import, now: Timestamp) -> Result<Result<Imported, Error>, Unreadable> {
    Ok(merge(view, import, now)?.map(|merged| merged.imported))
}

/// Takes an import in: all of it, or nothing.
pub(crate) fn import(import: &Import, turn: &mut Turn<'_, '_>) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let merged = match merge(turn.view, import, turn.now)? {
        Ok(merged) => merged,
        Err(error) => return Ok(Err(error.into())),
    };
    let is_known = turn.view.get(&Key::new(Shelf::Import, merged.imported.id))?.is_some();
    if is_known || merged.imported.added + merged.imported.differing == 0 {
        return Ok(Err(Refusal::NothingNew(Box::new(merged.imported))));
    }
    // What is kept can be listed: an import beyond the bound would be there and nowhere to be seen.
    if turn.view.walk(Shelf::Import, &[], None, limits::IMPORTS_MAX)?.len() == limits::IMPORTS_MAX {
        return Ok(Err(Refusal::Full { what: "imports", most: limits::IMPORTS_MAX }));
    }
    turn.view.lay(merged.writes);
    turn.put(Shelf::Import, &merged.imported.id, &merged.imported);
    for (number, piece) in import.original.chunks(limits::ORIGINAL_PIECE_BYTES).enumerate() {
        let number = u32::try_from(number).expect("a file within its bound has few pieces");
        let name = [merged.imported.id.as_slice(), &number.to_be_bytes()].concat();
        turn.put(Shelf::Original, &name, &ByteBuf::from(piece));
    }
    turn.tell(Notice::Data);
    Ok(Ok(Outcome::Imported(Box::new(merged.imported))))
}

struct Merged {
    imported: Imported,
    writes: Vec<Write>,
}

/// Lays the readings of a file over what is there, month by month.
fn merge(view: &dyn View, import: &Import, now: Timestamp) -> Result<Result<Merged, Error>, Unreadable> {
    if import.points.len() > limits::READINGS_PER_IMPORT_MAX {
        let (count, most) = (import.points.len(), limits::READINGS_PER_IMPORT_MAX);
        return Ok(Err(Error::TooMany { count, most }));
    }
    let series = import.source.id();
    let mut imported = Imported {
        id: import.digest[..8].try_into().expect("eight bytes of thirty-two"),
        series,
        at: now,
        name: import.name.clone(),
        format: import.format.clone(),
        bytes: import.bytes,
        added: 0,
        known: 0,
        differing: 0,
        report: import.report.clone(),
    };
    let blank = Series { source: import.source.clone(), count: 0, sum: 0, first: i64::MAX, last: i64::MIN };
    let mut row: Series = row::get(view, Shelf::Series, &series)?.unwrap_or(blank);
    let mut writes = Vec::new();
    let mut rest = import.points.as_slice();
    while let Some(point) = rest.first() {
        let Some(month) = Month::of(point.at) else { return Ok(Err(Error::Moment { at: point.at })) };
        let (points, later) = rest.split_at(rest.partition_point(|point| point.at < month.end));
        rest = later;
        let name = [series.as_slice(), &month.name()].concat();
        let before = match view.get(&Key::new(Shelf::Chunk, name.clone()))? {
            Some(bytes) => decode(&bytes)?.points,
            None => Vec::new(),
        };
        let laid = lay(before, points, &mut imported, &mut row);
        let too_big = |error| Error::Chunk { month: month.text(), error };
        let chunks = [(Shelf::Chunk, name.clone(), laid.kept, laid.is_changed), {
            let rival = [name.as_slice(), &imported.id].concat();
            let is_any = !laid.differing.is_empty();
            (Shelf::Rival, rival, laid.differing, is_any)
        }];
        for (shelf, name, points, _) in chunks.into_iter().filter(|(.., is_needed)| *is_needed) {
            match (Chunk { step: import.source.step, points }).encode() {
                Ok(bytes) => writes.push(Write::Put(Key::new(shelf, name), bytes)),
                Err(error) => return Ok(Err(too_big(error))),
            }
        }
    }
    writes.push(row::put(Shelf::Series, series, &row));
    Ok(Ok(Merged { imported, writes }))
}

struct Laid {
    kept: Vec<Point>,
    differing: Vec<Point>,
    is_changed: bool,
}

fn lay(before: Vec<Point>, points: &[Point], imported: &mut Imported, series: &mut Series) -> Laid {
    let mut kept: BTreeMap<i64, Point> = before.into_iter().map(|point| (point.at, point)).collect();
    let mut differing = Vec::new();
    let added = imported.added;
    for point in points {
        match kept.get(&point.at) {
            None => {
                kept.insert(point.at, *point);
                imported.added += 1;
                series.count += 1;
                series.sum = series.sum.saturating_add(point.value);
                series.first = series.first.min(point.at);
                series.last = series.last.max(point.at);
            }
            Some(there) if there.value == point.value => imported.known += 1,
            Some(_) => {
                imported.differing += 1;
                differing.push(*point);
            }
        }
    }
    Laid { kept: kept.into_values().collect(), differing, is_changed: imported.added > added }
}

/// A calendar month in UTC.
struct Month {
    year: i16,
    /// 1 to 12.
    number: i8,
    /// The first second after it.
    end: i64,
}

impl Month {
    fn of(at: i64) -> Option<Self> {
        let date = jiff::Timestamp::from_second(at).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
        let next = date.first_of_month().checked_add(jiff::Span::new().months(1)).ok()?;
        let end = next.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
        Some(Self { year: date.year(), number: date.month(), end })
    }

    /// In order of time, after 1 BC.
    fn name(&self) -> [u8; 3] {
        let [high, low] = self.year.to_be_bytes();
        [high, low, self.number.to_be_bytes()[0]]
    }

    fn text(&self) -> String {
        format!("{:04}-{:02}", self.year, self.number)
    }
}

fn decode(bytes: &[u8]) -> Result<Chunk, Unreadable> {
    chunk::Chunk::decode(bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Chunk })
}

fn id_of(name: &[u8]) -> Result<Id, Unreadable> {
    name.try_into().map_err(|_| Unreadable::Row { shelf: Shelf::Series })
}
