//! P3, P4 and P5: the vault on a real disk beside SQLCipher and sled, in turns in one run. Records of 1 KiB that cannot be
//! compressed, under names of 16 bytes by chance, in batches of a hundred, each batch durable. What a figure is depends on
//! the disk below the folder for temporary files (`TMPDIR`): in memory, syncing costs nothing.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
#[cfg(feature = "sqlcipher")]
use anyhow::ensure;
use harness::store::vault::ON_DISK;
use harness::store::{Change, Kind, Store};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::stores::SLED_SYNCED;
use crate::{Goal, Line, median};

const BATCH: u64 = 100;
const VALUE_BYTES: usize = 1024;
const NAME_BYTES: usize = 16;
/// Rounds of which the median counts, each on new stores.
const ROUNDS: usize = 5;
/// Batches of a round of P3.
const BATCHES: u64 = 200;
/// Records that P4 and P5 read and rewrite.
const RECORDS: u64 = 40_000;
/// Gets of a round.
#[cfg(feature = "sqlcipher")]
const GETS: u64 = 20_000;
/// Rounds of reading.
#[cfg(feature = "sqlcipher")]
const READINGS: usize = 7;

/// The name of a record.
fn name(number: u64) -> Vec<u8> {
    blake3::hash(&number.to_le_bytes()).as_bytes()[..NAME_BYTES].to_vec()
}

/// A hundred records from a number on.
fn batch(from: u64, rng: &mut impl Rng) -> Vec<Change> {
    let mut put = |number| {
        let mut value = vec![0; VALUE_BYTES];
        rng.fill_bytes(&mut value);
        Change::Put(name(number), value)
    };
    (from..from + BATCH).map(&mut put).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of a measurement are far below 2^53")]
fn ratio(of: u64, to: u64) -> f64 {
    of as f64 / to as f64
}

/// Puts a second, each batch durable, on a new store.
fn puts(kind: Kind, seed: u64) -> Result<f64> {
    let home = tempfile::tempdir()?;
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut store = kind.open(&home.path().join("store"))?;
    let batches: Vec<_> = (0..BATCHES).map(|number| batch(number * BATCH, &mut rng)).collect();
    let began = Instant::now();
    for batch in &batches {
        store.commit(batch)?;
    }
    let seconds = began.elapsed().as_secs_f64();
    store.close()?;
    Ok(ratio(BATCHES * BATCH, 1) / seconds)
}

/// P3: the ratio of one run is that of two medians, taken in turns.
pub(crate) fn writing() -> Result<Vec<Line>> {
    let peers = peers();
    let mut figures = vec![Vec::new(); peers.len() + 1];
    for round in 0..ROUNDS {
        figures[0].push(puts(ON_DISK, round as u64)?);
        for (place, (peer, ..)) in peers.iter().enumerate() {
            figures[place + 1].push(puts(*peer, round as u64)?);
        }
    }
    if cfg!(not(feature = "sqlcipher")) {
        eprintln!("P3   not measured against SQLCipher: add --features sqlcipher");
    }
    let mut medians = figures.into_iter().map(median);
    let ours = medians.next().unwrap_or_default();
    println!("     vault: {ours:.0} puts a second");
    Ok(peers
        .into_iter()
        .zip(medians)
        .map(|((peer, what, goal), theirs)| {
            println!("     {}: {theirs:.0} puts a second", peer.name);
            Line { row: "P3", what, figure: ours / theirs, goal: Goal::AtLeast(goal), unit: "times its speed" }
        })
        .collect())
}

/// What P3 is held against, and its goals.
fn peers() -> Vec<(Kind, &'static str, f64)> {
    vec![
        #[cfg(feature = "sqlcipher")]
        (crate::stores::SQLCIPHER, "durable puts of 1 KiB, batches of 100, against SQLCipher", 3.5),
        (SLED_SYNCED, "durable puts of 1 KiB, batches of 100, against plain sled and fdatasync", 1.8),
    ]
}

/// Fills a store with the records of P4 and P5.
fn fill(store: &mut dyn Store, rng: &mut impl Rng) -> Result<()> {
    for number in 0..RECORDS / BATCH {
        store.commit(&batch(number * BATCH, rng))?;
    }
    Ok(())
}

/// A store as it is after it was filled, closed and opened again.
fn filled(kind: Kind, folder: &Path) -> Result<Box<dyn Store>> {
    let mut store = kind.open(folder)?;
    fill(store.as_mut(), &mut ChaCha20Rng::seed_from_u64(4))?;
    store.close()?;
    kind.open(folder)
}

/// Gets by chance, a second.
#[cfg(feature = "sqlcipher")]
fn gets(store: &dyn Store, round: u64) -> Result<f64> {
    let mut rng = ChaCha20Rng::seed_from_u64(round);
    let names: Vec<_> = (0..GETS).map(|_| name(rng.next_u64() % RECORDS)).collect();
    let began = Instant::now();
    for name in &names {
        let found = store.get(name)?;
        ensure!(found.is_some_and(|value| value.len() == VALUE_BYTES), "a record is missing");
    }
    Ok(ratio(GETS, 1) / began.elapsed().as_secs_f64())
}

/// Records scanned a second.
#[cfg(feature = "sqlcipher")]
fn scanned(store: &dyn Store) -> Result<f64> {
    let (mut count, mut bytes) = (0, 0);
    let began = Instant::now();
    store.scan(&mut |name, value| {
        count += 1;
        bytes += name.len() + value.len();
    })?;
    let seconds = began.elapsed().as_secs_f64();
    ensure!(count == RECORDS && bytes as u64 == logical_bytes(), "{count} records of {bytes} bytes");
    Ok(ratio(count, 1) / seconds)
}

fn logical_bytes() -> u64 {
    RECORDS * (NAME_BYTES + VALUE_BYTES) as u64
}

/// P4: both stores open beside each other, read in turns.
#[cfg(feature = "sqlcipher")]
pub(crate) fn reading() -> Result<Vec<Line>> {
    let home = tempfile::tempdir()?;
    let ours = filled(ON_DISK, &home.path().join("ours"))?;
    let theirs = filled(crate::stores::SQLCIPHER, &home.path().join("theirs"))?;
    let mut figures: [Vec<f64>; 4] = Default::default();
    for round in 0..READINGS {
        for (place, store) in [&ours, &theirs].into_iter().enumerate() {
            figures[place].push(gets(store.as_ref(), round as u64)?);
            figures[place + 2].push(scanned(store.as_ref())?);
        }
    }
    let [our_gets, their_gets, our_scan, their_scan] = figures.map(median);
    println!("     vault: {our_gets:.0} gets a second, {our_scan:.0} records scanned a second");
    println!("     sqlcipher: {their_gets:.0} gets a second, {their_scan:.0} records scanned a second");
    let unit = "times its speed";
    let line = |what, figure, goal| Line { row: "P4", what, figure, goal: Goal::AtLeast(goal), unit };
    Ok(vec![
        line("gets by chance, 1 KiB, against SQLCipher", our_gets / their_gets, 1.5),
        line("a scan of everything against SQLCipher", our_scan / their_scan, 1.0),
    ])
}

/// P4, in a build without the store that it is measured against.
#[cfg(not(feature = "sqlcipher"))]
#[expect(clippy::unnecessary_wraps, reason = "as the other rows")]
pub(crate) fn reading() -> Result<Vec<Line>> {
    eprintln!("P4   not measured: add --features sqlcipher");
    Ok(Vec::new())
}

/// P5: bytes on the disk, index and all, for each byte of names and values, after half of the records were rewritten.
pub(crate) fn room() -> Result<Vec<Line>> {
    let home = tempfile::tempdir()?;
    let folder = home.path().join("store");
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let mut store = filled(ON_DISK, &folder)?;
    for number in (0..RECORDS / BATCH).step_by(2) {
        store.commit(&batch(number * BATCH, &mut rng))?;
    }
    store.close()?;
    let (all, index) = (bytes(&folder)?, bytes(&folder.join("index"))?);
    println!("     vault: journal, keys and headers {} bytes, index {index} bytes", all - index);
    let what = "disk per logical byte, 1 KiB records, half of them rewritten, not compacted";
    Ok(vec![Line { row: "P5", what, figure: ratio(all, logical_bytes()), goal: Goal::AtMost(1.15), unit: "" }])
}

/// Bytes of all files below a folder.
fn bytes(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { bytes(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}
