//! What the suites share: a world of simulated nodes, real nodes as processes, campaigns against stores, and the places of
//! sample data.

pub mod budget;
pub mod desk;
pub mod http;
pub mod kill;
pub mod node;
pub mod power;
pub mod receiver;
pub mod sample;
pub mod store;
pub mod world;

use std::path::{Path, PathBuf};

/// The folder of the project: where cargo runs this test, which is not always where the test was built.
pub fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()).join("..")
}

/// The seeds of a campaign: the one of `SESAME_SEED`, or as many as `SESAME_SEEDS` says.
pub fn seeds(usual: u64) -> std::ops::Range<u64> {
    let given = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    match given("SESAME_SEED") {
        Some(seed) => seed..seed.saturating_add(1),
        None => 0..given("SESAME_SEEDS").unwrap_or(usual),
    }
}

/// The folder that cargo builds into.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
