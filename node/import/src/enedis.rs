//! `enedis-load-curve`: the load curve that the grid operator Enedis hands out.
//!
//! UTF-8 with or without byte order mark; a heading and one line that says what was measured, perhaps a blank line, then
//! `Horodate;Valeur` and rows `2025-03-01T00:30:00+01:00;738`, whose values may be empty. A stamp is the **end** of its
//! step. Sources disagree on that for Enedis in general; in this layout a file asked for from 1 March to 30 April begins
//! at `00:30` of the first day and ends at `00:00` of the last, which only makes whole days of stamps that end. Other
//! layouts of Enedis (indexes, daily totals, maximum power) and power given to the grid are left out.

use crate::clock;
use crate::draft::{Draft, Row};
use crate::error::{Error, LineFault};
use crate::format::{Format, Read};
use crate::limits;
use crate::lines::{self, Line, Lines};
use crate::value;

/// The heading of the line that says what was measured, folded.
const PREAMBLE: &str = "identifiant prm;type de donnees;";

/// What that line says of a load curve, folded.
const KIND: &str = "courbe de charge";

/// The heading of the columns, folded.
const HEADING: [&str; 2] = ["horodate", "valeur"];

/// The most columns of the preamble: nine are known.
const PREAMBLE_COLUMNS: usize = 16;

/// Digits of the number of a delivery point (PRM).
const METER_DIGITS: usize = 14;

/// Load curves of the grid operator.
pub(crate) struct LoadCurve;

impl Format for LoadCurve {
    fn id(&self) -> &'static str {
        "enedis-load-curve"
    }

    fn vendor(&self) -> &'static str {
        "Enedis"
    }

    fn recognises(&self, head: &[u8]) -> bool {
        let text = lines::folded(head).replace('"', "");
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let is_preamble = lines.next().is_some_and(|line| line.starts_with(PREAMBLE));
        is_preamble && lines.next().and_then(|line| line.split(';').nth(1)).is_some_and(|kind| kind.trim() == KIND)
    }
}

impl Read for LoadCurve {
    fn read(&self, lines: &mut Lines<'_>) -> Result<Draft, Error> {
        let mut draft = preamble(lines)?;
        heading(lines)?;
        while let Some(line) = lines.next()? {
            // A row without an end of line may have lost digits of its value, and nothing in it can tell.
            if !line.ended {
                return Err(line.fault(LineFault::Cut));
            }
            if !line.is_blank() {
                take(&line, &mut draft)?;
            }
        }
        draft.counts.lines = lines.count();
        Ok(draft)
    }
}

/// The next line with something on it.
fn next<'a>(lines: &mut Lines<'a>) -> Result<Line<'a>, Error> {
    while let Some(line) = lines.next()? {
        if line.number > limits::PREAMBLE_LINES_MAX || !line.is_blank() {
            return Ok(line);
        }
    }
    Err(Error::NoReadings)
}

/// Reads what was measured. Columns are found by their names, so that one more or another order does no harm.
fn preamble(lines: &mut Lines<'_>) -> Result<Draft, Error> {
    let names = next(lines)?;
    let (columns, found) = names.columns::<PREAMBLE_COLUMNS>();
    let columns = columns.map(lines::folded);
    if columns[0] != "identifiant prm" {
        let found = lines::excerpt(names.bytes);
        return Err(names.fault(LineFault::Heading { expected: "Identifiant PRM", found }));
    }
    if found > PREAMBLE_COLUMNS {
        return Err(names.fault(LineFault::Columns { expected: PREAMBLE_COLUMNS, found }));
    }
    let line = next(lines)?;
    let (values, found) = line.columns::<PREAMBLE_COLUMNS>();
    let value = |name: &str| columns.iter().position(|column| column == name).map_or(b"".as_slice(), |at| values[at]);
    if found > PREAMBLE_COLUMNS {
        return Err(line.fault(LineFault::Columns { expected: PREAMBLE_COLUMNS, found }));
    }
    let (kind, quantity, flow, unit) =
        (value("type de donnees"), value("grandeur physique"), value("grandeur metier"), value("unite"));
    if lines::folded(kind) != KIND {
        return Err(line.fault(LineFault::Heading { expected: "Courbe de charge", found: lines::excerpt(kind) }));
    }
    if lines::folded(quantity) != "energie active" {
        return Err(line.fault(LineFault::Quantity { found: lines::excerpt(quantity) }));
    }
    if lines::folded(flow) != "consommation" {
        return Err(line.fault(LineFault::Production { found: lines::excerpt(flow) }));
    }
    if lines::folded(unit) != "w" {
        return Err(line.fault(LineFault::Unit { found: lines::excerpt(unit) }));
    }
    let (meter, step) = (meter(value("identifiant prm"), &line)?, step(value("pas en minutes"), &line)?);
    if line.ended { Ok(Draft::new(meter, step)) } else { Err(line.fault(LineFault::Cut)) }
}

/// The fourteen digits, or nothing when the column is empty.
fn meter(bytes: &[u8], line: &Line<'_>) -> Result<Option<String>, Error> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits != METER_DIGITS || bytes.len() != METER_DIGITS {
        return Err(line.fault(LineFault::Meter { found: digits }));
    }
    Ok(Some(lines::text(bytes).into_owned()))
}

/// The step in seconds, or nothing when the column is empty: then the rows tell.
fn step(bytes: &[u8], line: &Line<'_>) -> Result<Option<u32>, Error> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let seconds = value::digits(bytes).and_then(|minutes| minutes.checked_mul(60));
    let known = limits::STEPS.into_iter().find(|step| Some(i64::from(*step)) == seconds);
    known.map(Some).ok_or_else(|| line.fault(LineFault::Step { found: lines::excerpt(bytes) }))
}

/// Passes over the heading of the columns.
fn heading(lines: &mut Lines<'_>) -> Result<(), Error> {
    let line = next(lines)?;
    let (columns, found) = line.columns::<2>();
    if columns.map(lines::folded) != HEADING || found > 2 {
        let found = lines::excerpt(line.bytes);
        return Err(line.fault(LineFault::Heading { expected: "Horodate;Valeur", found }));
    }
    if line.ended { Ok(()) } else { Err(line.fault(LineFault::Cut)) }
}

/// Takes one row.
fn take(line: &Line<'_>, draft: &mut Draft) -> Result<(), Error> {
    let (columns, found) = line.columns::<2>();
    if found != 2 {
        return Err(line.fault(LineFault::Columns { expected: 2, found }));
    }
    let end = stamp(columns[0]).ok_or_else(|| line.fault(LineFault::Stamp { found: lines::excerpt(columns[0]) }))?;
    let watts =
        value::watts(columns[1]).ok_or_else(|| line.fault(LineFault::Value { found: lines::excerpt(columns[1]) }))?;
    draft.counts.rounded += u64::from(watts.is_rounded);
    let number = u32::try_from(line.number).unwrap_or(u32::MAX);
    draft.push(Row { end, value: watts.value, estimated: false, line: number })
}

/// An instant as RFC 3339 writes it (section 5.6), the colon of the offset not insisted on, in seconds since 1970 UTC.
/// A time without an offset is refused: twice a year it would be two instants.
fn stamp(bytes: &[u8]) -> Option<i64> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't' | b' ', rest @ ..] = bytes else { return None };
    let [h1, h2, b':', n1, n2, b':', s1, s2, zone @ ..] = rest else { return None };
    let year = i16::try_from(value::digits(&[*y1, *y2, *y3, *y4])?).ok()?;
    let month = i8::try_from(value::digits(&[*m1, *m2])?).ok()?;
    let day = i8::try_from(value::digits(&[*d1, *d2])?).ok()?;
    let (hours, minutes) = (value::digits(&[*h1, *h2])?, value::digits(&[*n1, *n2])?);
    let seconds = value::digits(&[*s1, *s2])?;
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let midnight = clock::utc(clock::date(year, month, day)?);
    Some(midnight + hours * 3600 + minutes * 60 + seconds - offset(zone)?)
}

/// An offset from UTC in seconds, at most fourteen hours, perhaps after a fraction of a second that is zero.
fn offset(zone: &[u8]) -> Option<i64> {
    let zone = match zone {
        [b'.', rest @ ..] => {
            let digits = rest.iter().take_while(|byte| **byte == b'0').count();
            rest.get(digits..).filter(|_| digits > 0)?
        }
        zone => zone,
    };
    let (sign, h1, h2, m1, m2) = match zone {
        [b'Z' | b'z'] => return Some(0),
        [sign, h1, h2, b':', m1, m2] | [sign, h1, h2, m1, m2] => (sign, h1, h2, m1, m2),
        _ => return None,
    };
    let (hours, minutes) = (value::digits(&[*h1, *h2])?, value::digits(&[*m1, *m2])?);
    let seconds = (hours <= 14 && minutes < 60).then_some(hours * 3600 + minutes * 60)?;
    match sign {
        b'+' => Some(seconds),
        b'-' => Some(-seconds),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
