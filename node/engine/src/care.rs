//! Care: what a node remembers of how its vault was when it was last checked. The check itself is the vault's.

use serde::{Deserialize, Serialize};
use sesame_protocol::time::Timestamp;

use crate::row;
use crate::shelf::{Shelf, Write};
use crate::view::{Unreadable, View};

const CHECKED: &[u8] = b"checked";

/// A check that came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// When it ended.
    pub at: Timestamp,
    /// The worst that it found.
    pub verdict: Verdict,
    /// How many things it found.
    pub findings: u64,
}

/// The worst that a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Nothing.
    Whole,
    /// Things worth knowing; nothing is lost or in danger.
    Notice,
    /// Nothing is lost yet, but a second copy stands in, or the disk begins to fail.
    Weakened,
    /// Records are lost.
    Lost,
    /// The vault does not open any more once it is closed.
    Fatal,
}

/// The last check, if there was one.
pub fn last(view: &dyn View) -> Result<Option<Checked>, Unreadable> {
    row::get(view, Shelf::Own, CHECKED)
}

/// The write that remembers a check.
pub fn remember(checked: &Checked) -> Write {
    row::put(Shelf::Own, CHECKED, checked)
}
