//! A running node: the loop that lets the engine decide, the intake that checks what comes from outside, the local
//! API, and the page. It translates between the crates beside it, which do not know each other.
//!
//! Data goes down and comes back once: people and peers → [`runtime`] → engine → vault → effects. Reads never pass
//! through the loop: they see what the vault has committed.

mod app;
pub mod backup;
mod capability;
mod config;
mod http;
mod pages;
mod routes;
mod runtime;
mod server;

pub use app::{Ready, Start, check, compact, create, repair, rotate, run};
pub use capability::node::suggestion;
pub use config::Config;
pub use sesame_vault::{RepairPhase, Repairing};

/// A made-up file for the demo, in the layout of a real export: two years of one home's half-hours, always the same.
pub fn sample() -> Vec<u8> {
    sesame_import::sample::edf(7, 727, jiff::civil::date(2024, 2, 4))
}
