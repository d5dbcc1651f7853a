//! Writers that are killed (`SIGKILL`), and the stores that a killed writer must give away. `SESAME_KILLS` says how many
//! die, `SESAME_SEED` when.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use harness::kill::writer::{Task, VARIABLE};
use harness::kill::{Campaign, Tally};
use harness::store::vault::{self, ON_DISK, Open};
use harness::store::{Change, Kind, Store};

/// Writers killed unless `SESAME_KILLS` says otherwise.
const KILLS: u64 = 20;
/// Writers of a broken store: it has to be caught by then.
const KILLS_PLANTED: u64 = 12;
/// Campaigns over a planted fault, until one finds it.
const CAMPAIGNS_PLANTED: u64 = 5;
const KINDS: [Kind; 3] = [ON_DISK, LATE, HALVES];

/// Acknowledges a batch before it writes it.
const LATE: Kind = Kind { name: "late", open: |folder| Ok(Box::new(Late { inner: inner(folder)?, waiting: None })) };
/// Writes a batch as two.
const HALVES: Kind = Kind { name: "halves", open: |folder| Ok(Box::new(Halves { inner: inner(folder)? })) };

struct Late {
    inner: Open,
    waiting: Option<Vec<Change>>,
}

struct Halves {
    inner: Open,
}

fn inner(folder: &Path) -> Result<Open> {
    Ok(Open::new(vault::open_folder(folder)?))
}

impl Store for Late {
    fn commit(&mut self, batch: &[Change]) -> Result<()> {
        match self.waiting.replace(batch.to_vec()) {
            Some(before) => self.inner.commit(&before),
            None => Ok(()),
        }
    }
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>> {
        self.inner.get(name)
    }
    fn scan(&self, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<()> {
        self.inner.scan(visit)
    }
    fn close(mut self: Box<Self>) -> Result<()> {
        if let Some(last) = self.waiting.take() {
            self.inner.commit(&last)?;
        }
        Box::new(self.inner).close()
    }
}

impl Store for Halves {
    fn commit(&mut self, batch: &[Change]) -> Result<()> {
        let (first, second) = batch.split_at(batch.len() / 2);
        self.inner.commit(first)?;
        std::thread::sleep(Duration::from_millis(2));
        self.inner.commit(second)
    }
    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>> {
        self.inner.get(name)
    }
    fn scan(&self, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<()> {
        self.inner.scan(visit)
    }
    fn close(self: Box<Self>) -> Result<()> {
        Box::new(self.inner).close()
    }
}

/// The writer is this same program, told to run one test that is left out otherwise.
fn command(task: &Task) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--ignored", "--exact", "--nocapture", "kill::the_writer_that_is_killed"]);
    command.env(VARIABLE, task.text());
    Ok(command)
}

fn campaign(kind: Kind, seed: u64, cycles: u64) -> Result<Tally> {
    let tally = Campaign { kind, seed, cycles, writer: &command }.run()?;
    println!("{}: {tally}", kind.name);
    Ok(tally)
}

#[test]
#[ignore = "the process that the campaign kills; it ends no other way"]
fn the_writer_that_is_killed() -> Result<()> {
    Task::given().with_context(|| format!("{VARIABLE} does not say what to write"))?.run(&KINDS)
}

#[test]
fn what_was_acknowledged_survives_a_kill_at_any_moment_and_nothing_else_is_there() -> Result<()> {
    let tally = campaign(ON_DISK, crate::seed("kill"), crate::number("SESAME_KILLS", KILLS))?;
    ensure!(tally.wrong() == 0, "{:#?}", tally.faults);
    let least = tally.cycles * 50;
    ensure!(tally.writes >= least, "only {} writes were acknowledged, {least} at least", tally.writes);
    let [opening, writing, ..] = tally.died;
    ensure!(opening > 0 && writing > 0, "all died at the same step: {:?}", tally.died);
    Ok(())
}

/// Whether one of a few campaigns finds what was planted. On a busy machine all the kills of one may fall on openings.
fn catches(kind: Kind, found: fn(&Tally) -> u64) -> Result<bool> {
    for round in 0..CAMPAIGNS_PLANTED {
        if found(&campaign(kind, crate::seed("kill") + round, KILLS_PLANTED)?) > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

#[test]
fn a_store_that_acknowledges_too_early_is_caught() -> Result<()> {
    ensure!(catches(LATE, |tally| tally.lost)?, "nothing was found lost");
    Ok(())
}

#[test]
fn a_store_that_writes_a_batch_in_two_is_caught() -> Result<()> {
    ensure!(catches(HALVES, |tally| tally.torn)?, "nothing was found torn");
    Ok(())
}
