//! What an open vault keeps at hand so that it can be backed up while nobody is asked for anything: keys that come from
//! its root and from the passphrase, and that open nothing else.

use sesame_protocol::seal;

use crate::{Costs, secret::Secret};

/// What seals the key of a backup. It lives as long as the vault is open.
#[derive(Clone)]
pub(crate) struct Seals {
    pub(crate) vault: [u8; 16],
    /// Wraps the key of a backup, so that the same vault can go on with it later.
    pub(crate) own: Secret,
    /// What the passphrase left, if the vault was opened with it and not with the words.
    pub(crate) typed: Option<Typed>,
    /// The public half of the key that the words give.
    pub(crate) recovery: seal::PublicKey,
}

/// A key that the passphrase gives, and what it was derived with. It is not the key that opens the vault: a backup of
/// years ago and the passphrase of that time must not open the vault of today.
#[derive(Clone)]
pub(crate) struct Typed {
    pub(crate) costs: Costs,
    pub(crate) salt: [u8; 16],
    pub(crate) key: Secret,
}

impl Seals {
    pub(crate) fn new(vault: [u8; 16], root: &Secret, typed: Option<Typed>, recovery: seal::PublicKey) -> Self {
        Self { vault, own: root.derive("sesame/1/backup/own", &[]), typed, recovery }
    }
}

impl Typed {
    /// From the key that the passphrase gives.
    pub(crate) fn new(costs: Costs, salt: [u8; 16], passphrase: &Secret) -> Self {
        Self { costs, salt, key: passphrase.derive("sesame/1/backup/passphrase", &[]) }
    }
}
