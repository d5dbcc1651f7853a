//! The header: what opens the vault. It holds the cost of the passphrase's derivation and the wrapped keys, in two equal
//! copies so that one bad sector loses nothing, and is read before anything is trusted: bounds first, Argon2 after.
//!
//! ```text
//! magic 8 ‖ format u16 ‖ vault 16 ‖ memory u32 ‖ passes u32 ‖ lanes u32 ‖ salt 16 ‖ recovery public key 1216
//! ‖ wrap(KEK) by passphrase 72 ‖ HPKE(KEK) to recovery 1168 ‖ sequence u64 ‖ generation u64 ‖ wrap(KFK) by KEK 72 ‖ BLAKE3 32
//! ```
//! Each wrap has everything before it as associated data. A wrap is nonce 24 ‖ key 32 ‖ tag 16. What changes with every
//! generation of the key file stands last, so that a header can be renewed without the passphrase.
//!
//! A copy is replaced where it lies, while the other one is whole: so nothing of the wraps before stays behind.

use sesame_protocol::seal;
use zeroize::Zeroizing;

use crate::{
    Costs, Error, Files,
    backup::seals::Typed,
    cursor::Cursor,
    error::Refusal,
    files::{FileId, Slot, read_whole},
    secret::{NONCE_BYTES, Nonces, Secret, System, TAG_BYTES, chance},
    stretched::Stretched,
    vault::{New, Unlock},
};

/// The format that this program writes, and the newest that it reads.
pub(crate) const FORMAT: u16 = 1;

const MAGIC: &[u8; 8] = b"SESAMEvh";
/// The layout takes 2.7 KB; a header of a later format may be longer, and is still told from a damaged one.
const HEADER_BYTES_MAX: u64 = 64 << 10;
const RECOVERY_BYTES: usize = 1216;
/// Bytes of a key that is sealed to the recovery key.
pub(crate) const RECOVERY_WRAP_BYTES: usize = 1120 + 32 + TAG_BYTES;
/// Bytes of a wrapped key.
pub(crate) const WRAP_BYTES: usize = NONCE_BYTES + 32 + TAG_BYTES;
const RECOVERY_INFO: &[u8] = b"sesame/1/vault/recovery";

/// The keys that a header gives once it is open.
pub(crate) struct Opened {
    pub(crate) vault: [u8; 16],
    pub(crate) generation: u64,
    /// The key that all others come from.
    pub(crate) root: Secret,
    /// The key of the key file of `generation`.
    pub(crate) key_file: Secret,
    pub(crate) header: Header,
    /// What the passphrase leaves for backups, if that is what opened it.
    pub(crate) typed: Option<Typed>,
}

/// A header's bytes, whole but not yet trusted.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Header {
    bytes: Vec<u8>,
    pub(crate) sequence: u64,
    vault: [u8; 16],
    costs: Costs,
    salt: [u8; 16],
    generation: u64,
    passphrase_at: usize,
}

/// What a header is made from.
pub(crate) struct Fresh {
    pub(crate) vault: [u8; 16],
    pub(crate) generation: u64,
    pub(crate) root: Secret,
    pub(crate) key_file: Secret,
}

/// The keys of a vault to be. Nothing is written: [`write_new`] does that when all else is durable.
pub(crate) fn fresh() -> Result<Fresh, Error> {
    let mut vault = [0; 16];
    chance(&mut vault)?;
    Ok(Fresh { vault, generation: 1, root: Secret::random()?, key_file: Secret::random()? })
}

impl Fresh {
    /// The first header of the vault, and what its passphrase leaves for backups.
    pub(crate) fn header(&self, new: &New<'_>) -> Result<(Header, Typed), Error> {
        let stretched = Stretched::new(new.passphrase, new.costs)?;
        let stable = stable(self.vault, &self.root, &stretched, new.recovery)?;
        Ok((finish(stable, 1, self.generation, &self.root, &self.key_file)?, stretched.typed()))
    }
}

impl Header {
    /// The header that follows this one, for another generation of the key file.
    pub(crate) fn renewed(&self, root: &Secret, key_file: &Secret, generation: u64) -> Result<Self, Error> {
        let stable = self.bytes[..self.sequence_at()].to_vec();
        finish(stable, self.sequence + 1, generation, root, key_file)
    }

    /// The header that follows this one, under another passphrase.
    pub(crate) fn rekeyed(&self, root: &Secret, key_file: &Secret, passphrase: &Stretched) -> Result<Self, Error> {
        let stable = stable(self.vault, root, passphrase, &self.recovery()?)?;
        finish(stable, self.sequence + 1, self.generation, root, key_file)
    }

    /// The public half of the key that the 24 words give.
    pub(crate) fn recovery(&self) -> Result<seal::PublicKey, Error> {
        let public = &self.bytes[self.passphrase_at - RECOVERY_BYTES..self.passphrase_at];
        seal::PublicKey::from_bytes(public).map_err(|_| Error::Header(Refusal::Recovery))
    }

    /// What opening by the passphrase costs.
    pub(crate) fn costs(&self) -> Costs {
        self.costs
    }

    fn recovery_at(&self) -> usize {
        self.passphrase_at + WRAP_BYTES
    }

    fn sequence_at(&self) -> usize {
        self.recovery_at() + RECOVERY_WRAP_BYTES
    }

    fn key_file_at(&self) -> usize {
        self.sequence_at() + 16
    }

    /// The copy to write first when this header is replaced: the other one is whole and stands in meanwhile.
    pub(crate) fn spare(&self, files: &dyn Files) -> Result<Slot, Error> {
        let is_whole = read(files, Slot::B)?.is_some_and(|bytes| bytes == self.bytes);
        Ok(if is_whole { Slot::A } else { Slot::B })
    }

    /// Writes this header into a slot, over what lies there.
    pub(crate) fn replace(&self, files: &dyn Files, slot: Slot) -> Result<(), Error> {
        replace(files, slot, &self.bytes)
    }
}

/// Writes the first header of a vault, in both slots; from the first of them on the vault exists.
pub(crate) fn write_new(files: &dyn Files, header: &Header) -> Result<(), Error> {
    if let Err(error) = write(files, Slot::A, &header.bytes) {
        // It may have its name already, and whoever is told of an error must not find a vault afterwards.
        let taken_back = files.unlink(FileId::Header(Slot::A)).and_then(|()| files.sync_dir());
        if taken_back.is_err() {
            tracing::warn!("the header of a vault that could not be made may have been left behind");
        }
        return Err(error);
    }
    // With one copy the vault is there and whole; opening writes the other again.
    if write(files, Slot::B, &header.bytes).is_err() {
        tracing::warn!("the second copy of the header could not be written");
    }
    Ok(())
}

/// Opens the newest header that opens; a copy that is missing, unreadable or damaged is then written again from it.
pub(crate) fn open(files: &dyn Files, unlock: &Unlock<'_>) -> Result<Opened, Error> {
    let mut whole = Vec::new();
    let mut refused = None;
    for slot in Slot::BOTH {
        // The disk may fail under one copy: that is what the other is for.
        let header = match read(files, slot) {
            Ok(None) => continue,
            Ok(Some(bytes)) => parse(bytes),
            Err(error) => Err(error),
        };
        match header {
            Ok(header) => whole.push((slot, header)),
            Err(error @ Error::Newer { .. }) => return Err(error),
            // A disk that fails says more than a copy that is damaged.
            Err(Error::Header(Refusal::Damaged)) if refused.is_some() => {}
            Err(error) => refused = Some(error),
        }
    }
    if whole.is_empty() {
        return Err(refused.unwrap_or(Error::Missing));
    }
    whole.sort_by_key(|(_, header)| std::cmp::Reverse(header.sequence));
    if let [(_, first), (_, second)] = whole.as_slice()
        && first.bytes == second.bytes
    {
        return unwrap(first, unlock);
    }
    for (slot, header) in whole {
        match unwrap(&header, unlock) {
            Ok(opened) => {
                // Worth a try, and no reason not to open: the disk may be full.
                if replace(files, slot.other(), &header.bytes).is_err() {
                    tracing::warn!("the second copy of the header could not be written");
                }
                return Ok(opened);
            }
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.unwrap_or(Error::Header(Refusal::Damaged)))
}

/// The part of a header that stays when the key file changes.
fn stable(
    vault: [u8; 16],
    root: &Secret,
    passphrase: &Stretched,
    recovery: &seal::PublicKey,
) -> Result<Vec<u8>, Error> {
    let public: &[u8] = recovery.as_bytes();
    if public.len() != RECOVERY_BYTES {
        return Err(Error::Header(Refusal::Recovery));
    }
    let Stretched { costs, salt, key } = passphrase;
    let mut bytes = Vec::with_capacity(4096);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&vault);
    for cost in [costs.memory_kib, costs.passes, costs.lanes] {
        bytes.extend_from_slice(&cost.to_le_bytes());
    }
    bytes.extend_from_slice(salt);
    bytes.extend_from_slice(public);
    wrap(&mut bytes, key, root)?;
    let sealed = seal::seal(recovery, seal::Mode::Base, RECOVERY_INFO, &bytes, root.bytes(), &mut System)
        .map_err(|_| Error::Header(Refusal::Recovery))?;
    if sealed.len() != RECOVERY_WRAP_BYTES {
        return Err(Error::Header(Refusal::Recovery));
    }
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

/// Adds to the stable part what goes with one generation of the key file.
fn finish(
    mut bytes: Vec<u8>,
    sequence: u64,
    generation: u64,
    root: &Secret,
    key_file: &Secret,
) -> Result<Header, Error> {
    bytes.extend_from_slice(&sequence.to_le_bytes());
    bytes.extend_from_slice(&generation.to_le_bytes());
    wrap(&mut bytes, &wrapping(root), key_file)?;
    let check = blake3::hash(&bytes);
    bytes.extend_from_slice(check.as_bytes());
    parse(bytes)
}

/// A copy of the header as it lies there; nothing if it is missing.
pub(crate) fn copy(files: &dyn Files, slot: Slot) -> Result<Option<Header>, Error> {
    read(files, slot)?.map(parse).transpose()
}

/// The newest copy of the header that is whole. Nothing is written.
pub(crate) fn newest(files: &dyn Files) -> Result<Header, Error> {
    let copies = Slot::BOTH.into_iter().filter_map(|slot| copy(files, slot).ok().flatten());
    copies.max_by_key(|header| header.sequence).ok_or(Error::Header(Refusal::Damaged))
}

/// Opens one copy of the header. Nothing is written.
pub(crate) fn open_copy(header: &Header, unlock: &Unlock<'_>) -> Result<Opened, Error> {
    unwrap(header, unlock)
}

fn parse(bytes: Vec<u8>) -> Result<Header, Error> {
    fields(bytes)?.ok_or(Error::Header(Refusal::Damaged))
}

/// Reads the layout; the check value at the end is for accidents, the wraps are what nobody can forge.
fn fields(bytes: Vec<u8>) -> Result<Option<Header>, Error> {
    let Some(mut cursor) = Cursor::checked(&bytes) else { return Ok(None) };
    let length = cursor.rest().len();
    if !cursor.begins(*MAGIC, FORMAT)? {
        return Ok(None);
    }
    let mut read = || {
        let (vault, costs, salt) = (cursor.array()?, cursor.costs()?, cursor.array()?);
        cursor.slice(RECOVERY_BYTES)?;
        let passphrase_at = length - cursor.rest().len();
        cursor.slice(WRAP_BYTES + RECOVERY_WRAP_BYTES)?;
        let (sequence, generation) = (cursor.u64()?, cursor.u64()?);
        (cursor.rest().len() == WRAP_BYTES).then_some((sequence, vault, costs, salt, generation, passphrase_at))
    };
    let Some((sequence, vault, costs, salt, generation, passphrase_at)) = read() else { return Ok(None) };
    costs.check()?;
    Ok(Some(Header { bytes, sequence, vault, costs, salt, generation, passphrase_at }))
}

fn unwrap(header: &Header, unlock: &Unlock<'_>) -> Result<Opened, Error> {
    let (recovery_at, sequence_at) = (header.recovery_at(), header.sequence_at());
    let bytes = &header.bytes;
    let mut typed = None;
    let root = match unlock {
        Unlock::Passphrase(passphrase) => {
            let key = header.costs.derive(passphrase, &header.salt)?;
            typed = Some(Typed::new(header.costs, header.salt, &key));
            open_wrap(&key, bytes, header.passphrase_at)
        }
        Unlock::Recovery(key) => {
            let sealed = &bytes[recovery_at..sequence_at];
            seal::open(key, seal::Mode::Base, RECOVERY_INFO, &bytes[..recovery_at], sealed)
                .ok()
                .and_then(|plain| Some(Secret::new(plain.as_slice().try_into().ok()?)))
        }
    };
    let root = root.ok_or(Error::Passphrase)?;
    let key_file = open_wrap(&wrapping(&root), bytes, header.key_file_at());
    let key_file = key_file.ok_or(Error::Header(Refusal::Damaged))?;
    let Header { vault, generation, .. } = *header;
    Ok(Opened { vault, generation, root, key_file, header: header.clone(), typed })
}

fn wrapping(root: &Secret) -> Secret {
    root.derive("sesame/1/vault/wrap", &[])
}

/// Seals a key under another and appends it; all that stands before is bound to it.
pub(crate) fn wrap(header: &mut Vec<u8>, by: &Secret, key: &Secret) -> Result<(), Error> {
    let nonce = Nonces::draw()?.take();
    let mut sealed = *key.bytes();
    let tag = by.seal(&nonce, header, &mut sealed);
    header.extend_from_slice(&nonce);
    header.extend_from_slice(&sealed);
    header.extend_from_slice(&tag);
    Ok(())
}

/// Opens what [`wrap`] appended at a place.
pub(crate) fn open_wrap(by: &Secret, header: &[u8], at: usize) -> Option<Secret> {
    let (before, wrap) = header.split_at_checked(at)?;
    let mut cursor = Cursor::new(wrap);
    let nonce = cursor.array()?;
    let mut sealed = Zeroizing::new(cursor.array::<{ 32 + TAG_BYTES }>()?);
    let plain = by.open(&nonce, before, sealed.as_mut())?;
    Some(Secret::new((&*plain).try_into().ok()?))
}

fn read(files: &dyn Files, slot: Slot) -> Result<Option<Vec<u8>>, Error> {
    let file = FileId::Header(slot);
    match read_whole(files, file, HEADER_BYTES_MAX)? {
        None if files.length(file)?.is_some() => Ok(Some(Vec::new())),
        found => Ok(found),
    }
}

/// Writes over a copy where it lies. The other copy must be whole: this one may end up as neither the old nor the new.
fn replace(files: &dyn Files, slot: Slot, bytes: &[u8]) -> Result<(), Error> {
    let file = FileId::Header(slot);
    let Some(length) = files.length(file)? else { return write(files, slot, bytes) };
    files.overwrite(file, 0, bytes)?;
    if length > bytes.len() as u64 {
        files.truncate(file, bytes.len() as u64)?;
    }
    files.sync(file)?;
    Ok(())
}

/// Makes a copy that is not there: it is there whole or not at all.
fn write(files: &dyn Files, slot: Slot, bytes: &[u8]) -> Result<(), Error> {
    files.unlink(FileId::Draft)?;
    files.append(FileId::Draft, bytes)?;
    files.sync(FileId::Draft)?;
    files.rename(FileId::Draft, FileId::Header(slot))?;
    files.sync_dir()?;
    Ok(())
}
