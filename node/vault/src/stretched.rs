//! A passphrase, stretched ahead of its use: what takes half a second or more is done before a vault is asked for anything.

use std::fmt;

use crate::{
    Costs, Error,
    backup::seals::Typed,
    secret::{Secret, chance},
};

/// A passphrase under fresh chance, stretched (Argon2id, RFC 9106). No vault knows it yet.
pub struct Stretched {
    pub(crate) costs: Costs,
    pub(crate) salt: [u8; 16],
    pub(crate) key: Secret,
}

impl Stretched {
    /// Stretches a passphrase, as slow as the costs say: not for a thread that others wait for.
    pub fn new(passphrase: &[u8], costs: Costs) -> Result<Self, Error> {
        let mut salt = [0; 16];
        chance(&mut salt)?;
        Ok(Self { costs, salt, key: costs.derive(passphrase, &salt)? })
    }

    /// What each guess of it costs.
    pub fn costs(&self) -> Costs {
        self.costs
    }

    /// What it leaves for backups.
    pub(crate) fn typed(&self) -> Typed {
        Typed::new(self.costs, self.salt, &self.key)
    }
}

impl fmt::Debug for Stretched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Stretched").field("costs", &self.costs).finish_non_exhaustive()
    }
}
