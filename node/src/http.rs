//! The loopback listener: who may speak to it, what every answer carries, how much it accepts, and the sessions of
//! the page. It knows nothing of rooms, vaults or words; [`crate::pages`] and the routes sit behind it.
//!
//! A request meets, in this order: [`serve`]'s question whose program calls and its limits, [`dress`] (headers on every answer), [`guard`] (host, origin,
//! fetch metadata), and then the session or the bearer token that its route asks for.

mod guard;
mod headers;
mod memory;
mod owner;
mod patience;
mod serve;
mod sessions;

pub(crate) use guard::{Guard, guard};
pub(crate) use headers::{REFERRER_OF_PAGES, dress};
pub(crate) use memory::{DRAFT_BYTES_MAX, Draft};
pub(crate) use serve::{HEADER_TIME_MAX, serve};
pub(crate) use sessions::{Session, Sessions};

/// The largest body that a request to the page or the local API may have: forms and JSON.
pub(crate) const BODY_BYTES_MAX: usize = 1024 * 1024;

/// The largest body of an import: 64 MiB of file, and what multipart puts round it.
pub(crate) const IMPORT_BYTES_MAX: usize = DRAFT_BYTES_MAX + 64 * 1024;
