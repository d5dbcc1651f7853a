//! What the command line, the page and apps share with a node: the types of the local API, its error codes, its
//! client and the words of both languages.
//!
//! A capability of the node is one plain async function over these types; its JSON route and its page both call it
//! and render its answer, so that the two can never disagree.

pub mod backup;
pub mod care;
pub mod circle;
pub mod client;
pub mod code;
pub mod csv;
pub mod data;
pub mod desk;
pub mod insight;
pub mod node;
pub mod records;
pub mod safe;
pub mod vendor;
pub mod webhook;
pub mod words;

pub use code::{Code, Problem};
