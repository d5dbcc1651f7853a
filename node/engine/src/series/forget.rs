//! Forgetting an import: its file, what it said otherwise, and the readings of every month that no other import of the
//! same source touches. A month that two files brought cannot be told apart any more: its readings stay, and are counted.

use std::time::Duration;

use super::{Id, Imported, Series, chunk, imports};
use crate::decide::{Outcome, Refusal};
use crate::engine::{Notice, Turn};
use crate::row;
use crate::shelf::{Key, Shelf};
use crate::view::{Unreadable, View as _};

/// A local day begins at most so far from midnight in UTC.
const DAY: Duration = Duration::from_hours(24);
/// Months of one series at most: the calendar has no more than three bytes of them, and a thousand years are enough.
const MONTHS_MAX: usize = 12_000;

/// What was forgotten with an import, and which entries must be out of reach before anybody says that it is erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Readings that went.
    pub readings: u64,
    /// Readings of months that another import touches too: they stay.
    pub kept: u64,
    /// The entries.
    pub entries: Vec<Key>,
}

/// Forgets an import for good.
pub(crate) fn forget(id: Id, turn: &mut Turn<'_, '_>) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let Some(import) = turn.get::<Imported>(Shelf::Import, &id)? else { return Ok(Err(Refusal::NotFound)) };
    let mut forgotten = Forgotten::default();
    let mut gone = vec![Key::new(Shelf::Import, id)];
    let under = |shelf, prefix: &[u8], turn: &Turn<'_, '_>| turn.view.walk(shelf, prefix, None, MONTHS_MAX);
    for (place, _) in under(Shelf::Original, &id, turn)? {
        gone.push(Key::new(Shelf::Original, place));
    }
    for (place, _) in under(Shelf::Rival, &import.series, turn)? {
        if place.ends_with(&id) {
            gone.push(Key::new(Shelf::Rival, place));
        }
    }
    let others: Vec<Imported> =
        imports(turn.view)?.into_iter().filter(|other| other.series == import.series && other.id != id).collect();
    let mut left: Option<Series> = None;
    let row: Option<Series> = row::get(turn.view, Shelf::Series, &import.series)?;
    for (place, bytes) in under(Shelf::Chunk, &import.series, turn)? {
        let head = chunk::head(&bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Chunk })?;
        let is_mine = touches(&import, &head);
        if is_mine && !others.iter().any(|other| touches(other, &head)) {
            forgotten.readings += u64::from(head.count);
            gone.push(Key::new(Shelf::Chunk, place));
            continue;
        }
        forgotten.kept += if is_mine { u64::from(head.count) } else { 0 };
        let Some(row) = &row else { continue };
        let blank = || Series { source: row.source.clone(), count: 0, sum: 0, first: i64::MAX, last: i64::MIN };
        let left = left.get_or_insert_with(blank);
        left.count += u64::from(head.count);
        left.sum = left.sum.saturating_add(i64::try_from(head.sum).unwrap_or(i64::MAX));
        left.first = left.first.min(head.first);
        left.last = left.last.max(head.last);
    }
    match left {
        Some(left) => turn.put(Shelf::Series, &import.series, &left),
        None => gone.push(Key::new(Shelf::Series, import.series)),
    }
    for key in &gone {
        turn.erase(key.shelf, &key.name);
    }
    forgotten.entries = gone;
    turn.tell(Notice::Data);
    Ok(Ok(Outcome::ForgottenImport(Box::new(forgotten))))
}

/// Whether an import may have brought a reading of a chunk. What has no days is taken to touch everything.
fn touches(import: &Imported, head: &chunk::Head) -> bool {
    let second = |day: &str| {
        let day: jiff::civil::Date = day.parse().ok()?;
        Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
    };
    let day = i64::try_from(DAY.as_secs()).unwrap_or(i64::MAX);
    let begins = second(&import.report.from).map_or(i64::MIN, |from| from.saturating_sub(day));
    let ends = second(&import.report.to).map_or(i64::MAX, |to| to.saturating_add(2 * day));
    begins <= head.last && head.first < ends
}

#[cfg(test)]
mod tests {
    use super::super::chunk::Point;
    use super::super::{Import, Report, Source, all, points};
    use super::*;
    use crate::decide::Decision;
    use crate::records::tests::Person;

    /// Hourly readings of one place, from one day to another, all of one value.
    fn readings(number: u8, from: &str, to: &str, value: i64) -> Decision {
        let source = Source {
            vendor: "EDF".into(),
            quantity: "electricity".into(),
            unit: "W".into(),
            meter: None,
            step: 3600,
            zone: "Europe/Paris".into(),
        };
        let second = |day: &str| {
            let day: jiff::civil::Date = day.parse().unwrap();
            day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
        };
        let hours = (second(from)..second(to) + 86_400).step_by(3600);
        Decision::Import(Box::new(Import {
            source,
            format: "edf-30min".into(),
            name: format!("{number}.csv"),
            bytes: 9,
            digest: [number; 32],
            points: hours.map(|at| Point { at, value, estimated: false }).collect(),
            original: vec![number; 9],
            report: Report { from: from.into(), to: to.into(), ..Report::default() },
        }))
    }

    fn forget(alice: &mut Person, number: u8) -> (u64, u64) {
        match alice.decide(Decision::ForgetImport { id: [number; 8] }) {
            Ok(Outcome::ForgottenImport(forgotten)) => (forgotten.readings, forgotten.kept),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_import_takes_its_own_months_with_it_and_leaves_the_shared_ones() {
        let mut alice = Person::new();
        alice.decide(readings(1, "2026-01-05", "2026-03-10", 100)).unwrap();
        alice.decide(readings(2, "2026-03-08", "2026-04-20", 200)).unwrap();
        let held = all(&alice.memory).unwrap()[0].1.count;
        let (gone, kept) = forget(&mut alice, 1);
        assert_eq!(gone, (27 + 28) * 24, "January and February");
        assert_eq!(kept, 31 * 24, "March belongs to both");
        let (id, series) = all(&alice.memory).unwrap().remove(0);
        let left = points(&alice.memory, &id, i64::MIN, i64::MAX).unwrap();
        assert_eq!((series.count, left.len() as u64), (held - gone, held - gone));
        assert_eq!(series.sum, left.iter().map(|point| point.value).sum::<i64>());
        assert_eq!((series.first, series.last), (left[0].at, left[left.len() - 1].at));
        let of_one = |shelf| alice.memory.rows().filter(|(key, _)| key.shelf == shelf).count();
        assert_eq!((of_one(Shelf::Import), of_one(Shelf::Original), of_one(Shelf::Rival)), (1, 1, 1));

        assert_eq!(forget(&mut alice, 2), (held - gone, 0));
        let readings = [Shelf::Series, Shelf::Chunk, Shelf::Rival, Shelf::Import, Shelf::Original];
        assert_eq!(alice.memory.rows().filter(|(key, _)| readings.contains(&key.shelf)).count(), 0);
        let again = alice.decide(Decision::ForgetImport { id: [2; 8] });
        assert!(matches!(again, Err(Refusal::NotFound)), "{again:?}");
    }
}
