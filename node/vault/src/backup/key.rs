//! The key of a backup: random, kept in a file of its own in two copies, and wrapped three times. The vault that made it
//! opens it without a question, a person with the passphrase that the vault was last open with or with the 24 words. Without this file the
//! rest of the backup is noise.
//!
//! ```text
//! magic 8 ‖ format u16 ‖ backup 16 ‖ memory u32 ‖ passes u32 ‖ lanes u32 ‖ salt 16 ‖ is for a passphrase u8
//! ‖ wrap by the vault 72 ‖ wrap by passphrase 72 ‖ HPKE to recovery 1168 ‖ sealed recovery public key 1256 ‖ BLAKE3 32
//! ```
//! Each wrap has everything before it as associated data. Where no passphrase opens the backup, chance stands in the
//! place of its wrap. The public key is for the vault that is made of the backup; it is sealed under the backup's own key,
//! because it stands in the header of the vault, and nobody shall see which backups are of one person.

use sesame_protocol::seal;

use super::{
    Error,
    seals::{Seals, Typed},
};
use crate::{
    Costs, Unlock,
    cursor::{CHECK_BYTES, Cursor},
    error::Refusal,
    header::{RECOVERY_WRAP_BYTES, WRAP_BYTES, open_wrap, wrap},
    secret::{NONCE_BYTES, Nonces, Secret, System, TAG_BYTES, chance},
};

/// The format that this program writes, and the newest that it reads.
pub(crate) const FORMAT: u16 = 1;
/// More than any key file has, later formats included.
pub(crate) const KEY_BYTES_MAX: u64 = 64 << 10;

const MAGIC: &[u8; 8] = b"SESAMEbk";
const RECOVERY_INFO: &[u8] = b"sesame/1/backup/recovery";
const OWN_AT: usize = 8 + 2 + 16 + 12 + 16 + 1;
const PASSPHRASE_AT: usize = OWN_AT + WRAP_BYTES;
const RECOVERY_AT: usize = PASSPHRASE_AT + WRAP_BYTES;
const PUBLIC_AT: usize = RECOVERY_AT + RECOVERY_WRAP_BYTES;
const PUBLIC_BYTES: usize = 1216;
const CHECK_AT: usize = PUBLIC_AT + NONCE_BYTES + PUBLIC_BYTES + TAG_BYTES;

/// An open key.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) backup: [u8; 16],
    /// The public half of the key that the words give.
    pub(crate) recovery: seal::PublicKey,
    secret: Secret,
}

/// A key file's bytes, whole but not yet trusted.
pub(crate) struct KeyFile {
    bytes: Vec<u8>,
    backup: [u8; 16],
    costs: Costs,
    salt: [u8; 16],
    /// Whether a passphrase opens it.
    pub(crate) has_passphrase: bool,
}

impl Key {
    /// A fresh key.
    pub(crate) fn fresh(recovery: seal::PublicKey) -> Result<Self, Error> {
        let mut backup = [0; 16];
        chance(&mut backup)?;
        Ok(Self { backup, recovery, secret: Secret::random()? })
    }

    /// The key that names chunks: nobody without it can tell whether a content that they guess is in the backup.
    pub(crate) fn names(&self) -> Secret {
        self.secret.derive("sesame/1/backup/name", &[])
    }

    /// The key that says where chunks are cut.
    pub(crate) fn cuts(&self) -> Secret {
        self.secret.derive("sesame/1/backup/cut", &[])
    }

    /// The key of one chunk.
    pub(crate) fn chunk(&self, name: &[u8; 32]) -> Secret {
        self.secret.derive("sesame/1/backup/chunk", name)
    }

    /// The key of one snapshot's list.
    pub(crate) fn snapshot(&self, id: &[u8; 16]) -> Secret {
        self.secret.derive("sesame/1/backup/snapshot", id)
    }
}

impl KeyFile {
    /// The file that keeps a key.
    pub(crate) fn seal(key: &Key, seals: &Seals) -> Result<Self, Error> {
        let (mut salt, mut costs) = ([0; 16], Costs::FLOOR);
        match &seals.typed {
            Some(typed) => (salt, costs) = (typed.salt, typed.costs),
            None => chance(&mut salt)?,
        }
        let mut bytes = Vec::with_capacity(CHECK_AT + CHECK_BYTES);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        bytes.extend_from_slice(&key.backup);
        for cost in [costs.memory_kib, costs.passes, costs.lanes] {
            bytes.extend_from_slice(&cost.to_le_bytes());
        }
        bytes.extend_from_slice(&salt);
        bytes.push(u8::from(seals.typed.is_some()));
        wrap(&mut bytes, &seals.own, &key.secret)?;
        if let Some(typed) = &seals.typed {
            wrap(&mut bytes, &typed.key, &key.secret)?;
        } else {
            let mut nothing = [0; WRAP_BYTES];
            chance(&mut nothing)?;
            bytes.extend_from_slice(&nothing);
        }
        let sealed =
            seal::seal(&seals.recovery, seal::Mode::Base, RECOVERY_INFO, &bytes, key.secret.bytes(), &mut System)
                .map_err(|_| Error::Refused(Refusal::Recovery))?;
        bytes.extend_from_slice(&sealed);
        let nonce = Nonces::draw()?.take();
        let mut public = key.recovery.as_bytes().to_vec();
        let tag = public_key(&key.secret).seal(&nonce, &bytes, &mut public);
        for part in [nonce.as_slice(), &public, &tag] {
            bytes.extend_from_slice(part);
        }
        let check = blake3::hash(&bytes);
        bytes.extend_from_slice(check.as_bytes());
        let has_passphrase = seals.typed.is_some();
        Ok(Self { bytes, backup: key.backup, costs, salt, has_passphrase })
    }

    /// Reads the layout; nothing if it is none. The costs are looked at here, before anything is derived.
    pub(crate) fn parse(bytes: Vec<u8>) -> Result<Option<Self>, Error> {
        let Some(mut cursor) = Cursor::checked(&bytes) else { return Ok(None) };
        let length = cursor.rest().len();
        if !cursor.begins(*MAGIC, FORMAT)? {
            return Ok(None);
        }
        let mut fields = || {
            let (backup, costs, salt) = (cursor.array()?, cursor.costs()?, cursor.array()?);
            let has_passphrase = match cursor.u8()? {
                0 => false,
                1 => true,
                _ => return None,
            };
            (length == CHECK_AT).then_some((backup, costs, salt, has_passphrase))
        };
        let Some((backup, costs, salt, has_passphrase)) = fields() else { return Ok(None) };
        costs.check()?;
        Ok(Some(Self { bytes, backup, costs, salt, has_passphrase }))
    }

    /// Whether nothing better can be written: the passphrase of today opens it, or nobody here knows that passphrase.
    pub(crate) fn is_current(&self, seals: &Seals) -> bool {
        let is_of = |typed: &Typed| self.has_passphrase && (typed.costs, typed.salt) == (self.costs, self.salt);
        seals.typed.as_ref().is_none_or(is_of)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Opens it for the vault that made it; nothing for any other.
    pub(crate) fn open_own(&self, seals: &Seals) -> Option<Key> {
        open_wrap(&seals.own, self.bytes.get(..PASSPHRASE_AT)?, OWN_AT).and_then(|secret| self.opened(secret))
    }

    /// Opens it for a person.
    pub(crate) fn open(&self, unlock: &Unlock<'_>) -> Result<Key, Error> {
        let secret = match unlock {
            Unlock::Passphrase(_) if !self.has_passphrase => None,
            Unlock::Passphrase(passphrase) => {
                let typed = Typed::new(self.costs, self.salt, &self.costs.derive(passphrase, &self.salt)?);
                self.bytes.get(..RECOVERY_AT).and_then(|bytes| open_wrap(&typed.key, bytes, PASSPHRASE_AT))
            }
            Unlock::Recovery(key) => self.bytes.get(..PUBLIC_AT).and_then(|bytes| {
                let (before, sealed) = bytes.split_at_checked(RECOVERY_AT)?;
                let plain = seal::open(key, seal::Mode::Base, RECOVERY_INFO, before, sealed).ok()?;
                Some(Secret::new(plain.as_slice().try_into().ok()?))
            }),
        };
        secret.and_then(|secret| self.opened(secret)).ok_or(Error::Passphrase)
    }

    fn opened(&self, secret: Secret) -> Option<Key> {
        let (before, rest) = self.bytes.get(..CHECK_AT)?.split_at_checked(PUBLIC_AT)?;
        let (nonce, sealed) = rest.split_first_chunk()?;
        let mut sealed = sealed.to_vec();
        let public = public_key(&secret).open(nonce, before, &mut sealed)?;
        let recovery = seal::PublicKey::from_bytes(public).ok()?;
        Some(Key { backup: self.backup, recovery, secret })
    }
}

fn public_key(secret: &Secret) -> Secret {
    secret.derive("sesame/1/backup/public", &[])
}
