//! What is stored survives: processes that are killed, power that goes, disks that fill up, two programs that start at once.
//! Each campaign is short here and long by a variable (`docs/CONTRIBUTING.md`), prints its seed, and is first shown
//! stores that are broken on purpose, which it has to catch.

#[path = "crash/damage.rs"]
mod damage;
#[path = "crash/double.rs"]
mod double;
#[path = "crash/full.rs"]
mod full;
#[path = "crash/kill.rs"]
mod kill;
#[path = "crash/power.rs"]
mod power;

/// A number that a variable of the environment gives.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The seed of a campaign, printed, so that a failure can be had again.
fn seed(campaign: &str) -> u64 {
    let seed = number("SESAME_SEED", 20_261_123);
    println!("{campaign}: seed {seed}, sesame {} on {}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    seed
}
