//! Power cuts: the node is killed at moments that a seed picks while files come in. What was acknowledged is there
//! afterwards, and nothing is there by half. `SESAME_KILLS` says how many times, `SESAME_SEED` which moments.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use harness::http::Ask;
use harness::node::Node;
use harness::sample;
use jiff::Span;
use jiff::civil::date;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::Value;

/// Times that the power goes unless `SESAME_KILLS` says otherwise.
const KILLS: u64 = 20;
/// Days of one file: below thirty the sample has no torn day, so that its values are easy to count.
const DAYS: u32 = 28;
/// The longest time from the start of the imports to the cut, in microseconds.
const DELAY_MICROSECONDS_MAX: u64 = 250_000;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn name_of(number: u32) -> String {
    format!("file-{number:05}.csv")
}

/// The file of a number: each covers its own days.
fn file(number: u32) -> Vec<u8> {
    let first = date(2001, 1, 1).saturating_add(Span::new().days(i64::from(number * DAYS)));
    sample::edf_from(u64::from(number), DAYS, first)
}

/// Imports one file after the other until it is told to stop or the node is gone. Gives the numbers that were
/// acknowledged, and the first that was not.
fn import(node: &Node, mut number: u32, stop: &AtomicBool) -> (Vec<u32>, u32) {
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let target = format!("/v1/imports?name={}", name_of(number));
        let ask = Ask::new("POST", &target).header("Host", "node").header("Connection", "close");
        match node.api(&ask.body("application/octet-stream", &file(number))) {
            Ok(reply) if reply.status == 200 => acknowledged.push(number),
            _ => return (acknowledged, number),
        }
        number += 1;
    }
    (acknowledged, number)
}

/// Half a watt-hour may be rounded either way.
fn is_near(told: &Value, watt_hours: u64) -> bool {
    told.as_u64().is_some_and(|told| told.abs_diff(watt_hours) <= 1)
}

/// Every import that is listed is whole, and nothing else is there.
fn check(node: &Node, acknowledged: &[u32]) -> Result<usize> {
    let imports = node.ok(&["data", "imports"])?;
    let imports = imports["imports"].as_array().context("no imports")?;
    let listed: BTreeMap<&str, &Value> =
        imports.iter().filter_map(|import| Some((import["name"].as_str()?, import))).collect();
    ensure!(listed.len() == imports.len(), "a file is listed twice");
    for number in acknowledged {
        ensure!(listed.contains_key(name_of(*number).as_str()), "{} was acknowledged and is gone", name_of(*number));
    }
    let (mut values, mut watts) = (0, 0);
    for (name, import) in &listed {
        let number: u32 = name.trim_start_matches("file-").trim_end_matches(".csv").parse()?;
        let held = sample::watts(&file(number));
        ensure!(import["added"] == held.len() as u64, "{name} has {} values and added {}", held.len(), import["added"]);
        values += held.len() as u64;
        watts += held.iter().sum::<u64>();
    }
    let series = node.ok(&["data", "list"])?["series"][0].clone();
    if listed.is_empty() {
        ensure!(series.is_null(), "nothing is listed and {series} is there");
        return Ok(0);
    }
    ensure!(series["readings"] == values, "the files have {values} values, the series {}", series["readings"]);
    ensure!(
        is_near(&series["watt_hours"], watts / 2),
        "the files have {} Wh, the series {}",
        watts / 2,
        series["watt_hours"]
    );
    // The sums above are kept beside the readings; this one is computed from them.
    let insight = node.ok(&["insight"])?;
    ensure!(
        is_near(&insight["watt_hours"], watts / 2),
        "the readings make {} Wh, not {}",
        insight["watt_hours"],
        watts / 2
    );
    ensure!(insight["present"] == values, "{} readings, not {values}", insight["present"]);
    Ok(listed.len())
}

#[test]
fn what_was_acknowledged_survives_every_power_cut_and_nothing_is_there_by_half() -> Result<()> {
    let kills = number("SESAME_KILLS", KILLS);
    let seed = number("SESAME_SEED", 20_251_123);
    println!("seed {seed}, {kills} power cuts");
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut node = Node::open("Alice")?;
    let (mut all, mut next, mut listed) = (Vec::new(), 0, 0);
    for cut in 0..kills {
        let delay = Duration::from_micros(rng.next_u64() % DELAY_MICROSECONDS_MAX);
        let stop = AtomicBool::new(false);
        let pid = node.pid().context("no node")?;
        let (acknowledged, reached) = std::thread::scope(|scope| {
            let importer = scope.spawn(|| import(&node, next, &stop));
            std::thread::sleep(delay);
            let killed = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
            stop.store(true, Ordering::Relaxed);
            killed.map(|_| importer.join().unwrap_or_default())
        })?;
        node.restart()?;
        all.extend(acknowledged);
        listed = check(&node, &all).with_context(|| format!("after cut {cut} of seed {seed}, {delay:?} in"))?;
        // The file that was cut off may be there or not; its days are not used again.
        next = reached + 1;
    }
    println!("{} imports acknowledged, {listed} listed", all.len());
    ensure!(all.len() as u64 > kills / 2, "only {} imports were acknowledged: the cuts prove little", all.len());
    Ok(())
}
