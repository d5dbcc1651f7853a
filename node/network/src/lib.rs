//! The one crate that knows libp2p: it links nodes over TCP and QUIC, carries asks and their answers between them, and
//! says so in plain types. It promises that no libp2p type leaves it, that everything a peer can make grow is bounded,
//! and that a panic in the stack below costs a restart and not the node. A vendor is asked from a stack of its own, under
//! a key of its own. It leaves out who a node belongs to, what the bytes mean, and whether a stranger is welcome: those are
//! questions for the runtime.
//!
//! ```
//! use sesame_network::{Command, Config, Event, Wire, node_id, spawn};
//! use zeroize::Zeroizing;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let listen = Config { listen: vec!["/ip4/127.0.0.1/tcp/0".parse()?], ..Config::default() };
//! let (_ada, mut at_ada) = spawn(Zeroizing::new([1; 32]), listen)?;
//! let (bob, mut at_bob) = spawn(Zeroizing::new([2; 32]), Config::default())?;
//!
//! let Some(Event::Listening(address)) = at_ada.recv().await else { panic!("no address") };
//! bob.send(Command::Dial { node: node_id(&[1; 32]), at: vec![address] }).await?;
//! let Some(Event::Linked { node, .. }) = at_bob.recv().await else { panic!("no link") };
//! assert_eq!(node, node_id(&[1; 32]));
//!
//! bob.send(Command::Ask { job: 7, node, protocol: Wire::Hello, bytes: b"it is Bob".to_vec() }).await?;
//! # Ok(())
//! # }
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

mod address;
mod asks;
mod behaviour;
mod codec;
mod config;
mod door;
mod identity;
mod inbox;
mod line;
mod pace;
mod relation;
mod seam;
mod supervisor;
mod worker;

#[cfg(test)]
mod tests;

pub use address::{Addr, Error as AddrError};
pub use config::{Config, FRAME_BYTES_CEILING};
pub use identity::{NodeId, node_id};
pub use seam::{Command, Event, Fault, Path, RefusedReason, Wire};
pub use supervisor::{Error, spawn};
