//! P6: two years of half-hours, stored. Journal bytes against the CSV they came from (the index and the kept file
//! apart), and the time to read a year and total it by day.

use std::time::Instant;

use anyhow::{Context, Result};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sesame_engine::series::chunk::Point;
use sesame_engine::series::{self, Import, Report, Source};
use sesame_engine::view::Memory;
use sesame_engine::{Decision, Effect, Engine, Input, Outcome, Shelf, Write, own, turn};
use sesame_protocol::key::Seed;
use sesame_protocol::time::Timestamp;
use sesame_vault::{Costs, Key, MemoryIndex, New, Vault};

use crate::{Goal, Line, median};

/// Rounds of which the median counts.
const ROUNDS: usize = 15;

pub(crate) fn measure() -> Result<Vec<Line>> {
    let csv = sesame_node::sample();
    let parsed = sesame_import::parse(&csv, None, &mut |_, _| ())?;
    let writes = decide(&parsed)?;
    let bytes = journal_bytes(&writes)?;
    #[expect(clippy::cast_precision_loss, reason = "sizes of files are far below 2^53")]
    let share = bytes as f64 / csv.len() as f64;
    Ok(vec![
        Line { row: "P6", what: "journal bytes per byte of CSV", figure: share, goal: Goal::AtMost(0.065), unit: "" },
        Line {
            row: "P6",
            what: "a year read and totalled by day",
            figure: year(&writes)?,
            goal: Goal::AtMost(1.0),
            unit: "ms",
        },
    ])
}

/// What the engine writes for the file, the file itself apart.
fn decide(parsed: &sesame_import::Parsed) -> Result<Vec<Write>> {
    let mut rng = ChaCha20Rng::seed_from_u64(6);
    let now = Timestamp::from_seconds(1_772_323_200);
    let mut memory = Memory::default();
    memory.commit(own::birth(
        &Seed::from_entropy([6; 32]),
        own::Born { name: "Alice", is_person: true },
        now,
        &mut rng,
    )?);
    let mut engine = Engine::open(&memory)?;
    let import = Import {
        source: Source {
            vendor: parsed.vendor.to_owned(),
            quantity: parsed.quantity.to_owned(),
            unit: parsed.unit.to_owned(),
            meter: None,
            step: parsed.step,
            zone: parsed.zone.to_owned(),
        },
        format: parsed.format.to_owned(),
        name: "sample.csv".to_owned(),
        bytes: 0,
        digest: [6; 32],
        points: parsed.readings.iter().map(|r| Point { at: r.at, value: r.value, estimated: r.estimated }).collect(),
        original: Vec::new(),
        report: Report::default(),
    };
    let asked = Input::Asked { ask: 1, decision: Decision::Import(Box::new(import)) };
    let step = turn(&mut engine, &memory, vec![asked], now, &mut rng)?;
    let imported =
        step.effects.iter().any(|effect| matches!(effect, Effect::Reply { outcome: Ok(Outcome::Imported(_)), .. }));
    anyhow::ensure!(imported, "the engine refused its own sample");
    Ok(step.writes)
}

/// How much the journal grows by the import.
fn journal_bytes(writes: &[Write]) -> Result<u64> {
    let words = sesame_protocol::seal::SecretKey::from_bytes([6; 32]);
    let recovery = words.public();
    let new =
        New { passphrase: b"a passphrase of the comparison", costs: Costs::FLOOR, recovery: &recovery, first: &[] };
    let mut vault = Vault::create_in(Box::new(sesame_vault::Memory::new()), Box::new(MemoryIndex::new()), new)?;
    let before = vault.size().journal_bytes;
    let writes: Vec<_> = writes
        .iter()
        .map(|write| match write {
            Write::Put(key, value) => sesame_vault::Write::Put(place(key), value.clone()),
            Write::Drop(key) => sesame_vault::Write::Drop(place(key)),
        })
        .collect();
    vault.commit(&writes)?;
    Ok(vault.size().journal_bytes - before)
}

/// Milliseconds to decode a year and total it by day.
fn year(writes: &[Write]) -> Result<f64> {
    let mut memory = Memory::default();
    memory.commit(writes.to_vec());
    let (id, row) = series::all(&memory)?.pop().context("one series")?;
    let to = row.first + 365 * 86_400;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let points = series::points(&memory, &id, row.first, to)?;
        let points: Vec<_> =
            points.iter().map(|p| sesame_insight::Point { at: p.at, watts: p.value, estimated: p.estimated }).collect();
        let series = sesame_insight::Series { step: row.source.step, zone: &row.source.zone, points: &points };
        let span = series.whole_span()?.context("a year of readings")?;
        let totals = sesame_insight::totals(&series, span, sesame_insight::By::Day)?;
        anyhow::ensure!(totals.groups.len() >= 365, "{} days", totals.groups.len());
        rounds.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(median(rounds))
}

fn place(key: &sesame_engine::Key) -> Key {
    let shelf: Shelf = key.shelf;
    Key { shelf: shelf as u16, name: key.name.clone() }
}
