//! One source, one UTC calendar month: its readings as a few hundred bytes. Values are compressed columns (pco), times
//! are a first one and runs of steps, flags are runs; the head answers totals without touching the values. Which month a
//! point belongs to, sealing and padding are left to others.
//!
//! ```text
//! format u8 = 1 · width u8 (0, 2, 4 or 8)
//! head   step · count · first (zigzag) · last − first · min (zigzag) · max − min · sum − count × min · estimated
//! times  runs · (length, distance to the next run beyond one step (zigzag)) × (runs − 1)
//! flags  runs · lengths of all runs but the last; the first run is of measured points and may be 0
//! values a pco chunk with one page: value − min as u16, u32 or u64; nothing when all values are the same
//! ```
//! Numbers are little-endian base 128 (LEB128). What decodes is checked against the head, so that a damaged chunk is an
//! error and not another series.

mod varint;

use pco::metadata::DeltaEncoding;
use pco::wrapped::{FileCompressor, FileDecompressor};
use pco::{ChunkConfig, DeltaSpec, ModeSpec};
use thiserror::Error as ThisError;

use varint::Reader;

/// The longest encoded chunk, in bytes. Ten-minute readings of a month need some 6,000.
pub const ENCODED_BYTES_MAX: usize = 64 * 1024;

/// The most points of a chunk: a month of one reading a minute is 44,640.
pub const POINTS_MAX: usize = 50_000;

/// The first byte of every chunk.
const FORMAT: u8 = 1;

/// The highest level of pco; a month takes some milliseconds, once.
const LEVEL: usize = 12;

/// Readings of one source in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Seconds of a step. Points may lie off its grid; they only take more room.
    pub step: u32,
    /// The points, at least one, in order of time, no two at the same instant.
    pub points: Vec<Point>,
}

/// One reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The start of the step, in seconds since 1970 UTC.
    pub at: i64,
    /// The value, in the unit of its series.
    pub value: i64,
    /// Whether the organisation calls it estimated.
    pub estimated: bool,
}

/// What a chunk holds, without its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Seconds of a step.
    pub step: u32,
    /// How many points there are, at least one.
    pub count: u32,
    /// The sum of all values: wide enough for any.
    pub sum: i128,
    /// The smallest value.
    pub min: i64,
    /// The largest value.
    pub max: i64,
    /// The first point's instant.
    pub first: i64,
    /// The last point's instant.
    pub last: i64,
    /// How many points are estimated.
    pub estimated: u32,
}

/// Why points are no chunk, or bytes none.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// A chunk has at least one point.
    #[error("a chunk without a point")]
    Empty,
    /// The step is zero.
    #[error("a step of 0 s")]
    Step,
    /// More than [`POINTS_MAX`] points.
    #[error("{found} points, at most {limit} fit into a chunk")]
    TooMany {
        /// Points there are.
        found: u64,
        /// Points that fit.
        limit: u64,
    },
    /// More than [`ENCODED_BYTES_MAX`] bytes.
    #[error("{found} bytes, a chunk has at most {limit}")]
    TooLarge {
        /// Bytes there are.
        found: u64,
        /// Bytes that fit.
        limit: u64,
    },
    /// A point is not later than the one before.
    #[error("the point at {at} is not later than the one before")]
    Order {
        /// The point.
        at: i64,
    },
    /// The format is not one that this version reads.
    #[error("chunk format {found}, this version reads {FORMAT}")]
    Format {
        /// The first byte.
        found: u8,
    },
    /// The bytes end too early or a number in them is out of range.
    #[error("a damaged chunk: {part}")]
    Damaged {
        /// The part that is damaged: `head`, `times`, `flags` or `values`.
        part: &'static str,
    },
    /// pco did not compress.
    #[error("the values do not compress")]
    Compress,
}

impl Chunk {
    /// The chunk as bytes. The same chunk gives the same bytes.
    pub fn encode(&self) -> Result<Vec<u8>, Error> {
        let head = Head::of(self)?;
        let mut bytes = vec![FORMAT, width(&head)];
        head.write(&mut bytes);
        write_times(&self.points, self.step, &mut bytes);
        write_flags(&self.points, &mut bytes);
        write_values(&self.points, &head, &mut bytes)?;
        bounded(&bytes)?;
        Ok(bytes)
    }

    /// The chunk of these bytes. Time and memory are bounded by [`POINTS_MAX`], whatever the bytes say.
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let (head, width, mut reader) = open(bytes)?;
        let times = read_times(&head, &mut reader).ok_or(Error::Damaged { part: "times" })?;
        let flags = read_flags(&head, &mut reader).ok_or(Error::Damaged { part: "flags" })?;
        let values = read_values(&head, width, reader.rest()).ok_or(Error::Damaged { part: "values" })?;
        let point = |((at, value), estimated)| Point { at, value, estimated };
        let points = times.into_iter().zip(values).zip(flags).map(point).collect();
        let chunk = Self { step: head.step, points };
        if Head::of(&chunk)? == head { Ok(chunk) } else { Err(Error::Damaged { part: "values" }) }
    }
}

/// What a chunk holds, from its first bytes. Only [`Chunk::decode`] checks that the rest agrees.
pub fn head(bytes: &[u8]) -> Result<Head, Error> {
    open(bytes).map(|(head, ..)| head)
}

impl Head {
    /// Counts a chunk, and refuses what is none.
    fn of(chunk: &Chunk) -> Result<Self, Error> {
        let points = &chunk.points;
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return Err(Error::Empty) };
        if chunk.step == 0 {
            return Err(Error::Step);
        }
        if points.len() > POINTS_MAX {
            return Err(Error::TooMany { found: points.len() as u64, limit: POINTS_MAX as u64 });
        }
        if let Some(pair) = points.windows(2).find(|pair| pair[1].at <= pair[0].at) {
            return Err(Error::Order { at: pair[1].at });
        }
        let count = |points: usize| u32::try_from(points).unwrap_or(u32::MAX);
        Ok(Self {
            step: chunk.step,
            count: count(points.len()),
            sum: points.iter().map(|point| i128::from(point.value)).sum(),
            min: points.iter().map(|point| point.value).min().unwrap_or(first.value),
            max: points.iter().map(|point| point.value).max().unwrap_or(first.value),
            first: first.at,
            last: last.at,
            estimated: count(points.iter().filter(|point| point.estimated).count()),
        })
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        let above = self.sum - i128::from(self.count) * i128::from(self.min);
        varint::write(self.step.into(), bytes);
        varint::write(self.count.into(), bytes);
        varint::write_signed(self.first, bytes);
        varint::write(self.last.abs_diff(self.first).into(), bytes);
        varint::write_signed(self.min, bytes);
        varint::write(self.max.abs_diff(self.min).into(), bytes);
        varint::write(u128::try_from(above).unwrap_or(0), bytes);
        varint::write(self.estimated.into(), bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let step = u32::try_from(reader.number()?).ok().filter(|step| *step > 0)?;
        let count = u32::try_from(reader.number()?).ok().filter(|count| *count > 0)?;
        let first = reader.signed()?;
        let last = first.checked_add_unsigned(u64::try_from(reader.number()?).ok()?)?;
        let min = reader.signed()?;
        let max = min.checked_add_unsigned(u64::try_from(reader.number()?).ok()?)?;
        let least = i128::from(count).checked_mul(min.into())?;
        let sum = least.checked_add(i128::try_from(reader.number()?).ok()?)?;
        let estimated = u32::try_from(reader.number()?).ok().filter(|estimated| *estimated <= count)?;
        Some(Self { step, count, sum, min, max, first, last, estimated })
    }

    /// How many points there are, as a length.
    fn length(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }
}

/// Reads up to the end of the head.
fn open(bytes: &[u8]) -> Result<(Head, u8, Reader<'_>), Error> {
    bounded(bytes)?;
    let (format, width, rest) = match bytes {
        [format, width, rest @ ..] => (*format, *width, rest),
        _ => return Err(Error::Damaged { part: "head" }),
    };
    if format != FORMAT {
        return Err(Error::Format { found: format });
    }
    let mut reader = Reader::new(rest);
    let head = Head::read(&mut reader).ok_or(Error::Damaged { part: "head" })?;
    if head.length() > POINTS_MAX {
        return Err(Error::TooMany { found: head.count.into(), limit: POINTS_MAX as u64 });
    }
    Ok((head, width, reader))
}

fn bounded(bytes: &[u8]) -> Result<(), Error> {
    let found = bytes.len() as u64;
    let limit = ENCODED_BYTES_MAX as u64;
    if found > limit { Err(Error::TooLarge { found, limit }) } else { Ok(()) }
}

/// Times as runs of points that are one step apart, with what the distance between two runs is beyond one step.
fn write_times(points: &[Point], step: u32, bytes: &mut Vec<u8>) {
    let mut runs: Vec<(usize, i128)> = Vec::new();
    let mut length = 1;
    for pair in points.windows(2) {
        let beyond = i128::from(pair[1].at) - i128::from(pair[0].at) - i128::from(step);
        if beyond == 0 {
            length += 1;
        } else {
            runs.push((length, beyond));
            length = 1;
        }
    }
    varint::write(runs.len() as u128 + 1, bytes);
    for (length, beyond) in runs {
        varint::write(length as u128, bytes);
        varint::write_zigzag(beyond, bytes);
    }
}

fn read_times(head: &Head, reader: &mut Reader<'_>) -> Option<Vec<i64>> {
    let step = i64::from(head.step);
    let runs = reader.length(head.length())?;
    let mut times = vec![head.first];
    for _ in 1..runs {
        let length = reader.length(head.length().checked_sub(times.len())?)?;
        for _ in 1..length {
            times.push(times.last()?.checked_add(step)?);
        }
        let next = i128::from(*times.last()?).checked_add(step.into())?.checked_add(reader.zigzag()?)?;
        times.push(i64::try_from(next).ok()?);
    }
    while times.len() < head.length() {
        times.push(times.last()?.checked_add(step)?);
    }
    (times.len() == head.length()).then_some(times)
}

/// Flags as the lengths of runs, beginning with measured points.
fn write_flags(points: &[Point], bytes: &mut Vec<u8>) {
    let mut runs: Vec<usize> = Vec::new();
    let (mut state, mut length) = (false, 0);
    for point in points {
        if point.estimated != state {
            runs.push(length);
            (state, length) = (point.estimated, 0);
        }
        length += 1;
    }
    varint::write(runs.len() as u128 + 1, bytes);
    for length in runs {
        varint::write(length as u128, bytes);
    }
}

fn read_flags(head: &Head, reader: &mut Reader<'_>) -> Option<Vec<bool>> {
    let runs = reader.length(head.length().checked_add(1)?)?;
    let mut flags = Vec::with_capacity(head.length());
    let mut state = false;
    for _ in 1..runs {
        let length = usize::try_from(reader.number()?).ok()?;
        let end = flags.len().checked_add(length).filter(|end| *end <= head.length())?;
        flags.resize(end, state);
        state = !state;
    }
    flags.resize(head.length(), state);
    Some(flags)
}

/// Bytes of a value above the smallest one; none when all are the same.
fn width(head: &Head) -> u8 {
    match head.max.abs_diff(head.min) {
        0 => 0,
        range if u16::try_from(range).is_ok() => 2,
        range if u32::try_from(range).is_ok() => 4,
        _ => 8,
    }
}

fn write_values(points: &[Point], head: &Head, bytes: &mut Vec<u8>) -> Result<(), Error> {
    let above = |point: &Point| point.value.abs_diff(head.min);
    let column = match width(head) {
        0 => return Ok(()),
        2 => best(&points.iter().filter_map(|point| u16::try_from(above(point)).ok()).collect::<Vec<_>>()),
        4 => best(&points.iter().filter_map(|point| u32::try_from(above(point)).ok()).collect::<Vec<_>>()),
        _ => best(&points.iter().map(above).collect::<Vec<_>>()),
    };
    bytes.extend(column.ok_or(Error::Compress)?);
    Ok(())
}

/// The shortest of several ways to compress; which one wins depends on the house. Convolution is not among them: it gained
/// nothing on two years of half-hours, and pco 1.1 panics when the last 512 values are fewer than its order.
fn best<T: pco::data_types::Number>(values: &[T]) -> Option<Vec<u8>> {
    let deltas = [DeltaSpec::NoOp, DeltaSpec::TryConsecutive(1), DeltaSpec::TryConsecutive(2), DeltaSpec::TryLookback];
    let columns = deltas.into_iter().filter_map(|delta| compress(values, delta));
    columns.min_by_key(Vec::len)
}

fn compress<T: pco::data_types::Number>(values: &[T], delta: DeltaSpec) -> Option<Vec<u8>> {
    let config =
        ChunkConfig::default().with_compression_level(LEVEL).with_mode_spec(ModeSpec::Auto).with_delta_spec(delta);
    let file = FileCompressor::default();
    let mut chunk = file.chunk_compressor(values, &config).ok()?;
    let bytes = file.write_header(Vec::new()).ok()?;
    let bytes = chunk.write_meta(bytes).ok()?;
    chunk.write_page(0, bytes).ok()
}

fn read_values(head: &Head, width: u8, bytes: &[u8]) -> Option<Vec<i64>> {
    let count = head.length();
    let above: Vec<u64> = match width {
        0 => bytes.is_empty().then(|| vec![0; count])?,
        2 => decompress::<u16>(count, bytes)?.into_iter().map(u64::from).collect(),
        4 => decompress::<u32>(count, bytes)?.into_iter().map(u64::from).collect(),
        8 => decompress::<u64>(count, bytes)?,
        _ => return None,
    };
    above.into_iter().map(|above| head.min.checked_add_unsigned(above)).collect()
}

/// Decompresses into room for exactly `count` values. pco allocates by its bins, at most 2^15 of them, and by its
/// window, which the bytes cannot make larger than the page.
fn decompress<T: pco::data_types::Number + Default>(count: usize, bytes: &[u8]) -> Option<Vec<T>> {
    let (file, bytes) = FileDecompressor::new(bytes).ok()?;
    let (mut chunk, bytes) = file.chunk_decompressor::<T, _>(bytes).ok()?;
    // Never written here (see `best`), so bytes that ask for it are damaged.
    if matches!(chunk.meta().delta_encoding, DeltaEncoding::Conv1(_)) {
        return None;
    }
    let mut page = chunk.page_decompressor(bytes, count).ok()?;
    let mut values = vec![T::default(); count];
    let progress = page.read(&mut values).ok()?;
    (progress.finished && progress.n_processed == count).then_some(values)
}

#[cfg(test)]
mod tests;
