//! What a node decides. The engine takes what happened (an [`Input`]), reads committed state through a [`View`], and
//! answers with a [`Step`]: what to write, and what to do once that is durable. It owns no file, socket, clock or
//! source of chance, so the same inputs and the same seed always give the same bytes.
//!
//! [`turn`] is the only way in: the runtime and the simulator both call it and nothing else.

pub mod advice;
pub mod contacts;
mod decide;
pub mod documents;
mod engine;
mod hello;
pub mod intake;
pub mod limits;
pub mod mail;
pub mod own;
mod pairs;
pub mod ratings;
mod row;
pub mod series;
pub mod shelf;
mod sync;
pub mod view;

pub use decide::{AskId, Decision, Outcome, Refusal};
pub use engine::{Effect, Engine, Fault, Input, JobId, Node, Notice, Protocol, Step, Token, turn};
pub use shelf::{Key, Shelf, Write};
pub use view::{Rows, Unreadable, View};
