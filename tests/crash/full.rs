//! Disks that fill up, at two hundred sizes: nothing is corrupt, reads go on, a write says that there is no space and
//! changes nothing, and everything goes on when there is space again. Once in memory, and once on a real file system.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use harness::budget::Budget;
use harness::store::story::{Chapter, Story, Verdict};
use harness::store::vault::{self, Open, open_folder};
use harness::store::{Store, contents};
use sesame_vault::{Error, MemoryIndex, Vault};

/// Sizes of disks, from nothing to enough.
const SIZES: u64 = 200;
/// Batches of the story.
const BATCHES: u64 = 25;
/// Refused writes after which a disk counts as full.
const REFUSALS: u64 = 4;
/// The folder of the small file system, in a process that has one.
const FOLDER: &str = "SESAME_SMALL_DISK";

fn is_no_space(error: &Error) -> bool {
    matches!(error, Error::NoSpace)
}

fn open(disk: &Budget) -> Result<Vault, Error> {
    vault::open(Box::new(disk.clone()), Box::new(MemoryIndex::new())).map(|(vault, _)| vault)
}

fn create(disk: &Budget) -> Result<Vault, Error> {
    vault::create(Box::new(disk.clone()), Box::new(MemoryIndex::new()))
}

/// What is in the vault is what was acknowledged.
fn hold(chapter: &Chapter, store: &Open, when: &str) -> Result<()> {
    let verdict = chapter.judge(&contents(store)?, false);
    ensure!(verdict == Verdict::Acknowledged, "{verdict:?} {when}, after {} batches", chapter.batches);
    Ok(())
}

/// Writes until the disk refused a few times or the story ends. Gives how often it was refused.
fn fill(store: &mut Open, chapter: &mut Chapter, most: u64) -> Result<u64> {
    let mut refusals = 0;
    while refusals < REFUSALS && chapter.batches < most {
        match store.vault().commit(vault::batch(&chapter.next())) {
            Ok(_) => chapter.reach(chapter.batches + 1),
            Err(error) if is_no_space(&error) => {
                refusals += 1;
                hold(chapter, store, "when it was refused")?;
            }
            Err(error) => return Err(error).context("a full disk is not called so"),
        }
        if chapter.batches.is_multiple_of(3) {
            match store.vault().checkpoint() {
                Err(error) if !is_no_space(&error) => return Err(error).context("a checkpoint on a full disk"),
                _ => {}
            }
        }
    }
    Ok(refusals)
}

/// A whole life on a disk of a size. Says how often it was refused.
fn live(disk: &Budget, bytes: u64) -> Result<u64> {
    let mut refused = 0;
    let made = match create(disk) {
        Ok(made) => made,
        Err(error) if is_no_space(&error) => {
            refused += 1;
            ensure!(matches!(open(disk), Err(Error::Missing)), "a making that found no space left a vault");
            disk.resize(u64::MAX);
            let made = create(disk).context("it cannot be made when there is space again")?;
            disk.resize(bytes);
            made
        }
        Err(error) => return Err(error).context("a full disk is not called so"),
    };
    let (mut store, mut chapter) = (Open::new(made), Story { seed: 7 }.start());
    refused += fill(&mut store, &mut chapter, BATCHES)?;
    drop(store);
    let mut store = Open::new(open(disk).context("it does not open on a full disk")?);
    hold(&chapter, &store, "opened on a full disk")?;
    refused += fill(&mut store, &mut chapter, BATCHES)?;
    disk.resize(u64::MAX);
    ensure!(fill(&mut store, &mut chapter, BATCHES + 2)? == 0, "it is refused although there is space again");
    hold(&chapter, &store, "with space again")?;
    Box::new(store).close()?;
    hold(&chapter, &Open::new(open(disk)?), "in the end")?;
    Ok(refused)
}

#[test]
fn a_full_disk_of_any_size_corrupts_nothing_and_all_goes_on_when_there_is_space() -> Result<()> {
    let endless = Budget::new(u64::MAX);
    ensure!(live(&endless, u64::MAX)? == 0, "an endless disk refuses");
    let (whole, mut refusing, mut refusals) = (endless.used(), 0, 0);
    for size in 0..SIZES {
        let bytes = whole * size / SIZES;
        let refused = live(&Budget::new(bytes), bytes).with_context(|| format!("a disk of {bytes} bytes"))?;
        refusing += u64::from(refused > 0);
        refusals += refused;
    }
    println!("{SIZES} disks of up to {whole} bytes: {refusing} were full, {refusals} writes refused, nothing corrupt");
    ensure!(refusing > SIZES * 8 / 10, "only {refusing} of {SIZES} disks were full");
    Ok(())
}

#[test]
fn a_disk_that_says_it_took_what_it_did_not_is_caught() {
    let bytes = 60_000;
    let lived = live(&Budget::lying(bytes), bytes);
    assert!(lived.is_err(), "a disk that lies was not noticed");
}

/// Files that take space from the vault, a page of memory at a time, and give it back.
fn ballast(folder: &Path, bytes: usize) -> Result<()> {
    Ok(std::fs::write(folder.join("ballast"), vec![1; bytes])?)
}

#[test]
#[ignore = "needs a small file system of its own: the test below gives it one"]
fn a_life_on_a_small_file_system() -> Result<()> {
    let root = std::env::var_os(FOLDER).context("no folder")?;
    let root = Path::new(&root);
    let mut refused = 0;
    for round in 0..10 {
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs"]).arg(root).status()?;
        ensure!(mount.success(), "no tmpfs can be mounted");
        // Each round leaves another room, down to half of a page.
        ballast(root, 900_000 + round * 41_007)?;
        let folder = root.join("vault");
        let mut store = Open::new(open_folder(&folder)?);
        let mut chapter = Story { seed: 70 + round as u64 }.start();
        refused += fill(&mut store, &mut chapter, 2_000)?;
        hold(&chapter, &store, "full")?;
        drop(store);
        let mut store = Open::new(open_folder(&folder).context("it does not open on a full disk")?);
        hold(&chapter, &store, "opened on a full disk")?;
        std::fs::remove_file(root.join("ballast"))?;
        let reached = chapter.batches + 3;
        ensure!(fill(&mut store, &mut chapter, reached)? == 0, "it is refused although there is space again");
        Box::new(store).close()?;
        hold(&chapter, &Open::new(open_folder(&folder)?), "in the end")?;
        ensure!(Command::new("umount").arg(root).status()?.success(), "it cannot be taken away again");
    }
    println!("refused {refused}");
    ensure!(refused >= 10, "the disk was never full");
    Ok(())
}

/// Where a process may mount what nobody else sees: as the owner of the machine, or in a name space of its own users.
fn room() -> Option<&'static [&'static str]> {
    let ways: [&[&str]; 2] = [&["--mount"], &["--mount", "--map-root-user"]];
    ways.into_iter().find(|way| {
        let mut command = Command::new("unshare");
        command.args(*way).args(["mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
        command.output().is_ok_and(|done| done.status.success())
    })
}

#[test]
fn a_real_file_system_that_fills_up_corrupts_nothing() -> Result<()> {
    let Some(way) = room() else {
        ensure!(
            std::env::var("CI").as_deref() != Ok("true"),
            "no file system can be mounted: unshare or mount refuses"
        );
        println!("skipped: no file system can be mounted here (unshare or mount refuses)");
        return Ok(());
    };
    let folder = tempfile::Builder::new().prefix("sesame-full-").tempdir()?;
    let done = Command::new("unshare")
        .args(way)
        .arg(std::env::current_exe()?)
        .args(["--ignored", "--exact", "--nocapture", "full::a_life_on_a_small_file_system"])
        .env(FOLDER, folder.path())
        .output()?;
    let said = String::from_utf8_lossy(&done.stdout);
    if !done.status.success() {
        bail!("{said}{}", String::from_utf8_lossy(&done.stderr));
    }
    println!(
        "ten real file systems of 2 MiB: {}",
        said.lines().find(|line| line.contains("refused")).unwrap_or_default()
    );
    Ok(())
}
