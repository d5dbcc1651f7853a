//! What a session of the page remembers between two requests, in memory only: a file that is being looked at before it
//! is kept, an invitation that was just made, one sentence to say on the next page. All of it goes when the session
//! ends or the vault is locked.

use std::time::Instant;

use sesame_api::circle::Invitation;
use sesame_api::data::Import;
use zeroize::{Zeroize, Zeroizing};

/// The largest file that a preview holds in memory, in bytes: the bound of an import.
pub(crate) const DRAFT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// What one session remembers.
#[derive(Default)]
pub(crate) struct Memory {
    /// A sentence for the next page, in the language of the person.
    pub(crate) notice: Option<String>,
    /// The file that was read but not kept yet. One a session.
    pub(crate) draft: Option<Draft>,
    /// The invitation that was made last, with its code.
    pub(crate) invitation: Option<Invitation>,
    /// The secret of a webhook that was just made, for the one page that shows it.
    pub(crate) secret: Option<Zeroizing<String>>,
}

/// A file between *look* and *keep*.
pub(crate) struct Draft {
    /// The file, overwritten when dropped.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
    /// What a dry run says of it.
    pub(crate) found: Import,
    /// When it was handed in.
    pub(crate) since: Instant,
}

impl Drop for Memory {
    fn drop(&mut self) {
        if let Some(invitation) = &mut self.invitation {
            invitation.code.zeroize();
        }
    }
}
