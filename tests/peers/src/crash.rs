//! The campaign of killed writers (`tests/harness/kill.rs`) against every store of this build: the same story, the same
//! moments. A kill leaves the page cache alone, so a store that never syncs may look as good here as one that does.

use std::process::Command;

use anyhow::{Context as _, Result};
use harness::kill::Campaign;
use harness::kill::writer::{Task, VARIABLE};

use crate::stores;

/// Writers killed for each store unless `SESAME_KILLS` says otherwise.
const KILLS: u64 = 1000;

/// This same program, told to write.
fn command(task: &Task) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.env(VARIABLE, task.text());
    Ok(command)
}

/// Writes until it is killed.
pub(crate) fn write(task: &Task) -> Result<()> {
    task.run(&stores::all())
}

/// Runs the campaign against each store, or against those that are named.
pub(crate) fn run(named: &[String]) -> Result<()> {
    let given = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (seed, cycles) = (given("SESAME_SEED").unwrap_or(20_261_123), given("SESAME_KILLS").unwrap_or(KILLS));
    println!("seed {seed}, {cycles} kills for each store");
    for kind in stores::chosen(named)? {
        let tally = Campaign { kind, seed, cycles, writer: &command }.run().context(kind.name)?;
        println!("{:14} {tally}", kind.name);
        for fault in &tally.faults {
            println!("{:14} {fault}", "");
        }
    }
    Ok(())
}
