//! `edf-30min`: the half-hours that EDF hands to its customers ("mes puissances atteintes").
//!
//! Latin-1 or UTF-8; a title, a heading of columns, then day after day a line `30/01/2026;;` and its rows
//! `14:30:00;512;Réelle`. A stamp is the **end** of its step, in local time: the row `00:00:00` belongs to the day under
//! which it stands and is the step that ends at its midnight. Seen in the files themselves: a day is listed from
//! `00:30:00` to `00:00:00`, and the day on which the clocks go forward lacks the stamps `02:00:00` and `02:30:00`,
//! which are ends that no step has. The other layouts of EDF are left out.

use jiff::civil::Date;

use crate::clock::{self, Clock, DAY, Shown};
use crate::draft::{Draft, Row};
use crate::error::{Error, LineFault};
use crate::format::{Format, Read};
use crate::limits;
use crate::lines::{self, Line, Lines};
use crate::value;

/// The heading of the columns, folded.
const HEADING: &str = "date et heure de releve par le distributeur;puissance atteinte (w)";

/// Half an hour, in seconds.
const STEP: u32 = 1800;

/// Half-hours of customers of EDF.
pub(crate) struct HalfHours;

impl Format for HalfHours {
    fn id(&self) -> &'static str {
        "edf-30min"
    }

    fn vendor(&self) -> &'static str {
        "EDF"
    }

    fn recognises(&self, head: &[u8]) -> bool {
        let preamble = usize::try_from(limits::PREAMBLE_LINES_MAX).unwrap_or(usize::MAX);
        head.split(|byte| *byte == b'\n').take(preamble).any(is_heading)
    }
}

impl Read for HalfHours {
    fn read(&self, lines: &mut Lines<'_>) -> Result<Draft, Error> {
        heading(lines)?;
        let draft = Draft::new(None, Some(STEP));
        let mut file = File { clock: Clock::paris(), draft, block: None, folds: Vec::new(), waiting: 0, falls: 0 };
        while let Some(line) = lines.next()? {
            if !line.is_blank() {
                file.take(&line)?;
            } else if !line.ended {
                return Err(line.fault(LineFault::Cut));
            }
        }
        file.draft.counts.lines = lines.count();
        file.close()
    }
}

/// Whether this line heads the columns.
fn is_heading(line: &[u8]) -> bool {
    line.len() <= 4 * HEADING.len() && lines::folded(line).replace('"', "").trim_start().starts_with(HEADING)
}

/// Passes over the title and the heading.
fn heading(lines: &mut Lines<'_>) -> Result<(), Error> {
    while let Some(line) = lines.next()? {
        if is_heading(line.bytes) {
            return if line.ended { Ok(()) } else { Err(line.fault(LineFault::Cut)) };
        }
        if line.number >= limits::PREAMBLE_LINES_MAX {
            let found = lines::excerpt(line.bytes);
            return Err(line.fault(LineFault::Heading { expected: "Date et heure de relève", found }));
        }
    }
    Err(Error::NoReadings)
}

/// A file while it is read.
struct File {
    clock: Clock,
    draft: Draft,
    block: Option<Block>,
    /// Days on which the clocks go back: which of two equal times comes first is known once the whole file is.
    folds: Vec<Block>,
    /// Rows under such days, which count as much as those in the draft.
    waiting: usize,
    /// How often a row is earlier than the one before, less how often it is later: above zero, newest first.
    falls: i64,
}

/// The rows under one day's line.
struct Block {
    day: Date,
    start: i64,
    length: i64,
    /// Only on the days on which the clocks go back.
    times: Vec<Time>,
    /// As in [`File::falls`], for this day.
    falls: i64,
    /// The last time seen, in seconds from the local midnight at which the day begins.
    last: Option<i64>,
}

/// A row whose instant is not known yet.
#[derive(Clone, Copy)]
struct Time {
    seconds: i64,
    row: Row,
}

impl File {
    /// Takes one line that is not blank.
    fn take(&mut self, line: &Line<'_>) -> Result<(), Error> {
        let (columns, found) = line.columns::<3>();
        let [first, value, nature] = columns;
        if first.contains(&b'/') {
            let day = day(first).ok_or_else(|| line.fault(LineFault::Date { found: lines::excerpt(first) }))?;
            if !line.ended && found < 3 {
                return Err(line.fault(LineFault::Cut));
            }
            self.leave();
            self.block = Some(Block::new(day, &self.clock));
            return Ok(());
        }
        if !first.contains(&b':') {
            return Err(line.fault(LineFault::Row { found: lines::excerpt(first) }));
        }
        if found != 3 {
            return Err(line.fault(LineFault::Columns { expected: 3, found }));
        }
        let seconds = time(first).ok_or_else(|| line.fault(LineFault::Time { found: lines::excerpt(first) }))?;
        if seconds % i64::from(STEP) != 0 {
            return Err(line.fault(LineFault::OffGrid { found: lines::excerpt(first), step: STEP }));
        }
        let watts = value::watts(value).ok_or_else(|| line.fault(LineFault::Value { found: lines::excerpt(value) }))?;
        let nature = Nature::of(nature);
        // Without an end of line only a whole word proves that the row is whole.
        if !line.ended && !nature.is_whole() {
            return Err(line.fault(LineFault::Cut));
        }
        self.draft.counts.rounded += u64::from(watts.is_rounded);
        self.draft.counts.unknown_natures += u64::from(nature == Nature::Unknown);
        let line_number = u32::try_from(line.number).unwrap_or(u32::MAX);
        let row = Row {
            end: 0,
            value: watts.value,
            estimated: matches!(nature, Nature::Estimated | Nature::PerhapsEstimated),
            line: line_number,
        };
        let block = self.block.as_mut().ok_or_else(|| line.fault(LineFault::NoDay))?;
        // The stamp 00:00:00 is the end of the day.
        let seconds = if seconds == 0 { DAY } else { seconds };
        let falls = block.last.map_or(0, |last| (last - seconds).signum());
        block.last = Some(seconds);
        block.falls += falls;
        self.falls += falls;
        self.draft.room(line_number, self.waiting)?;
        if block.length > DAY {
            self.waiting += 1;
            block.times.push(Time { seconds, row });
            return Ok(());
        }
        let end = block.end(seconds, &self.clock).ok_or_else(|| {
            line.fault(LineFault::NoSuchTime { found: format!("{} {}", block.day, lines::excerpt(first)) })
        })?;
        self.draft.push(Row { end, ..row })
    }

    /// Ends the day that is being read.
    fn leave(&mut self) {
        self.folds.extend(self.block.take().filter(|block| !block.times.is_empty()));
    }

    /// Ends the file: the days of 25 hours find their order.
    fn close(mut self) -> Result<Draft, Error> {
        self.leave();
        for mut block in std::mem::take(&mut self.folds) {
            let falls = if block.falls == 0 { self.falls } else { block.falls };
            if falls > 0 {
                block.times.reverse();
            }
            for row in block.unfold(&self.clock) {
                self.draft.push(row)?;
            }
        }
        Ok(self.draft)
    }
}

impl Block {
    fn new(day: Date, clock: &Clock) -> Self {
        let (start, end) = clock.span(day);
        Self { day, start, length: end - start, times: Vec::new(), falls: 0, last: None }
    }

    /// The instant of a stamp on a day on which no time comes twice.
    fn end(&self, seconds: i64, clock: &Clock) -> Option<i64> {
        if self.length == DAY {
            return Some(self.start + seconds);
        }
        match self.shown(seconds, clock) {
            Shown::Never => None,
            Shown::Once(at) | Shown::Twice(at, _) => Some(at),
        }
    }

    fn shown(&self, seconds: i64, clock: &Clock) -> Shown {
        if seconds == DAY {
            return Shown::Once(self.start + self.length);
        }
        let minutes = i32::try_from(seconds / 60).unwrap_or(0);
        let (hour, minute) = (i8::try_from(minutes / 60).unwrap_or(0), i8::try_from(minutes % 60).unwrap_or(0));
        clock.shown(self.day.at(hour, minute, 0, 0))
    }

    /// The rows of a day of 25 hours, oldest first: a time that comes twice is the earlier one as long as that lies after
    /// the row before, else the later one. A single one without a neighbour to tell is the earlier one.
    fn unfold(&self, clock: &Clock) -> Vec<Row> {
        let mut before = i64::MIN;
        let instant = |time: &Time| {
            let end = match self.shown(time.seconds, clock) {
                Shown::Never => None,
                Shown::Once(at) => Some(at),
                Shown::Twice(earlier, later) => Some(if earlier > before { earlier } else { later }),
            };
            before = end.unwrap_or(before);
            end.map(|end| Row { end, ..time.row })
        };
        self.times.iter().filter_map(instant).collect()
    }
}

/// Whether a value was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    Measured,
    Estimated,
    /// `Estimé` may be cut off `Estimée`.
    PerhapsEstimated,
    Unknown,
}

impl Nature {
    fn of(word: &[u8]) -> Self {
        if word == b"R\xe9elle" || word == "Réelle".as_bytes() {
            return Self::Measured;
        }
        match lines::folded(word).as_str() {
            "reelle" | "relle" => Self::Measured,
            "estimee" => Self::Estimated,
            "estime" => Self::PerhapsEstimated,
            _ => Self::Unknown,
        }
    }

    /// Whether no more letters can be missing.
    fn is_whole(self) -> bool {
        matches!(self, Self::Measured | Self::Estimated)
    }
}

/// A day as `31/01/2025`.
fn day(bytes: &[u8]) -> Option<Date> {
    let [day @ .., b'/', m, n, b'/', y1, y2, y3, y4] = bytes else { return None };
    let day = i8::try_from(value::digits(day).filter(|_| day.len() == 2)?).ok()?;
    let month = i8::try_from(value::digits(&[*m, *n])?).ok()?;
    let year = i16::try_from(value::digits(&[*y1, *y2, *y3, *y4])?).ok()?;
    clock::date(year, month, day)
}

/// A time as `14:30:00` or `14:30`, in seconds from midnight.
fn time(bytes: &[u8]) -> Option<i64> {
    let mut parts = bytes.split(|byte| *byte == b':').map(|part| value::digits(part).filter(|_| part.len() == 2));
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let is_time = parts.next().is_none() && hours < 24 && minutes < 60 && seconds < 60;
    is_time.then_some(hours * 3600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests;
