//! What a node decides. The engine takes what happened (an [`Input`]), reads committed state through a [`View`], and
//! answers with a [`Step`]: what to write, and what to do once that is durable. It owns no file, socket, clock or
//! source of chance, so the same inputs and the same seed always give the same bytes.
//!
//! [`turn`] is the only way in: the runtime and the simulator both call it and nothing else.

pub mod advice;
pub mod backups;
pub mod care;
pub mod contacts;
mod decide;
pub mod desk;
pub mod documents;
mod engine;
pub mod erasure;
pub mod facts;
mod hello;
pub mod intake;
pub mod limits;
pub mod mail;
pub mod own;
mod pairs;
pub mod profile;
pub mod ratings;
pub mod records;
pub mod relations;
mod row;
pub mod search;
pub mod series;
pub mod shares;
pub mod shelf;
mod sync;
pub mod vendors;
pub mod view;
mod visits;

pub use decide::{AskId, Decision, Invited, Opened, Outcome, Refusal};
pub use engine::{Effect, Engine, Fault, Guard, Input, JobId, Node, Notice, Protocol, Step, Token, turn};
pub use shelf::{Key, Shelf, Write};
pub use view::{Rows, Unreadable, View};
pub use visits::Errand;
