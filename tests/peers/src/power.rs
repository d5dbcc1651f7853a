//! The campaign of power cuts (`tests/harness/power.rs`) against every store of this build, the vault with its real disk
//! and index among them: what a writer asks of the system is recorded by strace, disks are made as a cut may leave them,
//! and each is opened and held against what the writer had acknowledged. `sync_file_range` counts for nothing: it does
//! not empty a disk's cache. Any fsync of any folder counts for all folders of the store.

mod strace;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use harness::kill::writer::{Task, VARIABLE};
use harness::power::Trace;
use harness::power::image::Image;
use harness::store::story::{Chapter, Story, Verdict};
use harness::store::{Kind, contents};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::stores;

/// Disks looked at for each store unless `SESAME_IMAGES` says otherwise.
const IMAGES: u64 = 1000;
/// Disks made from one recording.
const IMAGES_A_RECORDING: u64 = 200;
/// Batches of a recording.
const BATCHES: u64 = 40;

/// What a campaign found.
#[derive(Default)]
struct Tally {
    images: u64,
    one_more: u64,
    lost: u64,
    phantom: u64,
    torn: u64,
    failed: u64,
    first: Option<String>,
}

/// Runs the campaign against each store, or against those that are named.
pub(crate) fn run(named: &[String]) -> Result<()> {
    if let Err(reason) = strace::is_there() {
        println!("skipped: {reason:#}");
        return Ok(());
    }
    let given = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (seed, images) = (given("SESAME_SEED").unwrap_or(20_261_123), given("SESAME_IMAGES").unwrap_or(IMAGES));
    println!("seed {seed}, {images} disks after cuts for each store");
    for kind in stores::chosen(named)? {
        let tally = campaign(kind, seed, images).context(kind.name)?;
        let Tally { images, one_more, lost, phantom, torn, failed, first } = tally;
        println!(
            "{:14} {images} disks after cuts, {one_more} with one batch more; \
            {lost} lost, {phantom} phantom, {torn} torn, {failed} failed to open",
            kind.name
        );
        if let Some(first) = first {
            println!("{:14} such as: {first}", "");
        }
    }
    Ok(())
}

fn campaign(kind: Kind, seed: u64, images: u64) -> Result<Tally> {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut tally = Tally::default();
    while tally.images < images {
        let home = tempfile::tempdir()?;
        let story = Story { seed: rng.next_u64() };
        let trace = record(kind, story, rng.next_u64(), home.path())?;
        let (_, acknowledged) = trace.promised(trace.steps.len());
        ensure!(acknowledged == BATCHES, "{acknowledged} batches were recorded, not {BATCHES}");
        for _ in 0..IMAGES_A_RECORDING.min(images - tally.images) {
            let cut = usize::try_from(rng.next_u64() % (trace.steps.len() as u64 + 1))?;
            let image = trace.image(cut, &mut rng);
            let mut chapter = story.start();
            chapter.reach(trace.promised(cut).1);
            tally.images += 1;
            if let Err(fault) = check(kind, &image, &chapter, &mut tally) {
                let (number, steps) = (tally.images, trace.steps.len());
                tally.first.get_or_insert_with(|| format!("disk {number}, step {cut} of {steps}: {fault:#}"));
            }
        }
    }
    Ok(tally)
}

/// Runs a writer to its end below strace, on a store that was made before.
fn record(kind: Kind, story: Story, seed: u64, home: &Path) -> Result<Trace> {
    let folder = home.join("store");
    kind.open(&folder)?.close()?;
    let start = read(&folder, "")?;
    let task = Task { kind: kind.name.to_owned(), story, from: 0, last: BATCHES, seed, folder: folder.clone() };
    let mut command = Command::new(std::env::current_exe()?);
    command.env(VARIABLE, task.text());
    let steps = strace::record(&command, &folder, &start, &home.join("trace"))?;
    Ok(Trace { start, steps })
}

/// Opens a disk and judges what is there.
fn check(kind: Kind, image: &Image, chapter: &Chapter, tally: &mut Tally) -> Result<()> {
    let memory = Path::new("/dev/shm");
    let home = if memory.is_dir() { tempfile::tempdir_in(memory)? } else { tempfile::tempdir()? };
    let folder = home.path().join("store");
    for (name, bytes) in image {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().context("a file without a folder")?)?;
        fs::write(path, bytes)?;
    }
    let found = kind.open(&folder).and_then(|store| contents(store.as_ref()));
    let found = found.inspect_err(|_| tally.failed += 1)?;
    let verdict = chapter.judge(&found, true);
    match verdict {
        Verdict::Acknowledged => return Ok(()),
        Verdict::OneMore => {
            tally.one_more += 1;
            return Ok(());
        }
        Verdict::Lost => tally.lost += 1,
        Verdict::Phantom => tally.phantom += 1,
        Verdict::Torn => tally.torn += 1,
    }
    bail!("{verdict:?} after {} batches", chapter.batches)
}

/// All files below a folder, by their path from it.
fn read(folder: &Path, above: &str) -> Result<Image> {
    let mut image = Image::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            image.extend(read(&entry.path(), &format!("{name}/"))?);
        } else if strace::counts(&name) {
            image.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(image)
}
