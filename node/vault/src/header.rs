//! The header: what opens the vault. It holds the cost of the passphrase's derivation and the wrapped keys, in two equal
//! copies so that one bad sector loses nothing, and is read before anything is trusted: bounds first, Argon2 after.
//!
//! ```text
//! magic 8 ‖ format u16 ‖ sequence u64 ‖ vault 16 ‖ memory u32 ‖ passes u32 ‖ lanes u32 ‖ salt 16 ‖ generation u64
//! ‖ recovery public key 1216 ‖ wrap(KEK) by passphrase 72 ‖ HPKE(KEK) to recovery 1168 ‖ wrap(KFK) by KEK 72 ‖ BLAKE3 32
//! ```
//! Each wrap has everything before it as associated data. A wrap is nonce 24 ‖ key 32 ‖ tag 16.

use argon2::{Algorithm, Argon2, Params, Version};
use sesame_protocol::seal;
use zeroize::Zeroizing;

use crate::{
    Error, Files,
    cursor::Cursor,
    error::Refusal,
    files::{FileId, Slot, read_whole},
    secret::{NONCE_BYTES, Nonces, Secret, System, TAG_BYTES, chance},
    vault::{New, Unlock},
};

/// The format that this program writes, and the newest that it reads.
pub(crate) const FORMAT: u16 = 1;

const MAGIC: &[u8; 8] = b"SESAMEvh";
/// The layout takes 2.7 KB; a header of a later format may be longer, and is still told from a damaged one.
const HEADER_BYTES_MAX: u64 = 64 << 10;
const CHECK_BYTES: usize = 32;
const RECOVERY_BYTES: usize = 1216;
const RECOVERY_WRAP_BYTES: usize = 1120 + 32 + TAG_BYTES;
const WRAP_BYTES: usize = NONCE_BYTES + 32 + TAG_BYTES;
const RECOVERY_INFO: &[u8] = b"sesame/1/vault/recovery";
const PASSPHRASE_BYTES_MAX: usize = 64 << 10;

/// What deriving a key from the passphrase costs (Argon2id, RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Costs {
    /// 64 MiB, 3 passes, 4 lanes: the second recommended option of RFC 9106, 4.
    pub const STANDARD: Self = Self { memory_kib: 64 << 10, passes: 3, lanes: 4 };
    /// 19 MiB, 1 pass, 1 lane: the least that is taken.
    pub const FLOOR: Self = Self { memory_kib: 19 << 10, passes: 1, lanes: 1 };
    /// No protection at all, so that suites of debug builds are quick; a release build refuses it.
    #[cfg(debug_assertions)]
    pub const TEST: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };

    const MEMORY_KIB_MAX: u32 = 1 << 20;
    const PASSES_MAX: u32 = 20;
    const LANES_MAX: u32 = 8;

    /// Whether a vault may have these costs: not so low that guessing is cheap, not so high that opening is an attack.
    pub fn is_acceptable(self) -> bool {
        #[cfg(debug_assertions)]
        if self == Self::TEST {
            return true;
        }
        (Self::FLOOR.memory_kib..=Self::MEMORY_KIB_MAX).contains(&self.memory_kib)
            && (Self::FLOOR.passes..=Self::PASSES_MAX).contains(&self.passes)
            && (Self::FLOOR.lanes..=Self::LANES_MAX).contains(&self.lanes)
    }

    fn check(self) -> Result<(), Error> {
        let Self { memory_kib, passes, lanes } = self;
        if self.is_acceptable() { Ok(()) } else { Err(Error::Header(Refusal::Costs { memory_kib, passes, lanes })) }
    }

    fn derive(self, passphrase: &[u8], salt: &[u8; 16]) -> Result<Secret, Error> {
        self.check()?;
        if passphrase.len() > PASSPHRASE_BYTES_MAX {
            return Err(Error::Passphrase);
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .expect("costs within bounds are within Argon2's own");
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, salt, key.as_mut())
            .map_err(|_| Error::Header(Refusal::Memory))?;
        Ok(Secret::new(*key))
    }
}

/// The keys that a header gives once it is open.
pub(crate) struct Opened {
    pub(crate) vault: [u8; 16],
    pub(crate) sequence: u64,
    pub(crate) generation: u64,
    /// The key that all others come from.
    pub(crate) root: Secret,
    /// The key of the key file of `generation`.
    pub(crate) key_file: Secret,
}

/// A header's bytes, whole but not yet trusted.
struct Header {
    bytes: Vec<u8>,
    sequence: u64,
    vault: [u8; 16],
    costs: Costs,
    salt: [u8; 16],
    generation: u64,
    passphrase_at: usize,
}

/// The keys of a vault to be. Nothing is written: [`write_new`] does that when all else is durable.
pub(crate) fn fresh() -> Result<Opened, Error> {
    let mut vault = [0; 16];
    chance(&mut vault)?;
    Ok(Opened { vault, sequence: 1, generation: 1, root: Secret::random()?, key_file: Secret::random()? })
}

/// Writes the first header of a vault, in both slots; from the first of them on the vault exists.
pub(crate) fn write_new(files: &dyn Files, opened: &Opened, new: &New<'_>) -> Result<(), Error> {
    let bytes = encode(opened, new)?;
    if let Err(error) = write(files, Slot::A, &bytes) {
        // It may have its name already, and whoever is told of an error must not find a vault afterwards.
        let taken_back = files.unlink(FileId::Header(Slot::A)).and_then(|()| files.sync_dir());
        if taken_back.is_err() {
            tracing::warn!("the header of a vault that could not be made may have been left behind");
        }
        return Err(error);
    }
    // With one copy the vault is there and whole; opening writes the other again.
    if write(files, Slot::B, &bytes).is_err() {
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
                if write(files, slot.other(), &header.bytes).is_err() {
                    tracing::warn!("the second copy of the header could not be written");
                }
                return Ok(opened);
            }
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.unwrap_or(Error::Header(Refusal::Damaged)))
}

fn encode(opened: &Opened, new: &New<'_>) -> Result<Vec<u8>, Error> {
    let recovery: &[u8] = new.recovery.as_bytes();
    if recovery.len() != RECOVERY_BYTES {
        return Err(Error::Header(Refusal::Recovery));
    }
    let mut salt = [0; 16];
    chance(&mut salt)?;
    let mut bytes = Vec::with_capacity(4096);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&opened.sequence.to_le_bytes());
    bytes.extend_from_slice(&opened.vault);
    for cost in [new.costs.memory_kib, new.costs.passes, new.costs.lanes] {
        bytes.extend_from_slice(&cost.to_le_bytes());
    }
    bytes.extend_from_slice(&salt);
    bytes.extend_from_slice(&opened.generation.to_le_bytes());
    bytes.extend_from_slice(recovery);
    let passphrase = new.costs.derive(new.passphrase, &salt)?;
    let mut nonces = Nonces::draw()?;
    wrap(&mut bytes, &passphrase, &opened.root, &mut nonces);
    let sealed = seal::seal(new.recovery, seal::Mode::Base, RECOVERY_INFO, &bytes, opened.root.bytes(), &mut System)
        .map_err(|_| Error::Header(Refusal::Recovery))?;
    if sealed.len() != RECOVERY_WRAP_BYTES {
        return Err(Error::Header(Refusal::Recovery));
    }
    bytes.extend_from_slice(&sealed);
    wrap(&mut bytes, &wrapping(&opened.root), &opened.key_file, &mut nonces);
    let check = blake3::hash(&bytes);
    bytes.extend_from_slice(check.as_bytes());
    Ok(bytes)
}

fn parse(bytes: Vec<u8>) -> Result<Header, Error> {
    fields(bytes)?.ok_or(Error::Header(Refusal::Damaged))
}

/// Reads the layout; the check value at the end is for accidents, the wraps are what nobody can forge.
fn fields(bytes: Vec<u8>) -> Result<Option<Header>, Error> {
    let Some((body, check)) = bytes.split_last_chunk::<CHECK_BYTES>() else { return Ok(None) };
    if blake3::hash(body).as_bytes() != check {
        return Ok(None);
    }
    let mut cursor = Cursor::new(body);
    if cursor.array() != Some(*MAGIC) {
        return Ok(None);
    }
    match cursor.u16() {
        Some(FORMAT) => {}
        Some(found) if found > FORMAT => return Err(Error::Newer { found, known: FORMAT }),
        _ => return Ok(None),
    }
    let mut read = || {
        let sequence = cursor.u64()?;
        let vault = cursor.array()?;
        let costs = Costs { memory_kib: cursor.u32()?, passes: cursor.u32()?, lanes: cursor.u32()? };
        let salt = cursor.array()?;
        let generation = cursor.u64()?;
        cursor.slice(RECOVERY_BYTES)?;
        let passphrase_at = body.len() - cursor.rest().len();
        let whole = cursor.rest().len() == 2 * WRAP_BYTES + RECOVERY_WRAP_BYTES;
        whole.then_some((sequence, vault, costs, salt, generation, passphrase_at))
    };
    let Some((sequence, vault, costs, salt, generation, passphrase_at)) = read() else { return Ok(None) };
    costs.check()?;
    Ok(Some(Header { bytes, sequence, vault, costs, salt, generation, passphrase_at }))
}

fn unwrap(header: &Header, unlock: &Unlock<'_>) -> Result<Opened, Error> {
    let recovery_at = header.passphrase_at + WRAP_BYTES;
    let key_file_at = recovery_at + RECOVERY_WRAP_BYTES;
    let bytes = &header.bytes;
    let root = match unlock {
        Unlock::Passphrase(passphrase) => {
            let key = header.costs.derive(passphrase, &header.salt)?;
            open_wrap(&key, bytes, header.passphrase_at)
        }
        Unlock::Recovery(key) => {
            let sealed = &bytes[recovery_at..key_file_at];
            seal::open(key, seal::Mode::Base, RECOVERY_INFO, &bytes[..recovery_at], sealed)
                .ok()
                .and_then(|plain| Some(Secret::new(plain.as_slice().try_into().ok()?)))
        }
    };
    let root = root.ok_or(Error::Passphrase)?;
    let key_file = open_wrap(&wrapping(&root), bytes, key_file_at).ok_or(Error::Header(Refusal::Damaged))?;
    let Header { vault, sequence, generation, .. } = *header;
    Ok(Opened { vault, sequence, generation, root, key_file })
}

fn wrapping(root: &Secret) -> Secret {
    root.derive("sesame/1/vault/wrap", &[])
}

fn wrap(header: &mut Vec<u8>, by: &Secret, key: &Secret, nonces: &mut Nonces) {
    let nonce = nonces.take();
    let mut sealed = *key.bytes();
    let tag = by.seal(&nonce, header, &mut sealed);
    header.extend_from_slice(&nonce);
    header.extend_from_slice(&sealed);
    header.extend_from_slice(&tag);
}

fn open_wrap(by: &Secret, header: &[u8], at: usize) -> Option<Secret> {
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

/// Replaces a copy whole: it is the old one or the new one, whatever happens.
fn write(files: &dyn Files, slot: Slot, bytes: &[u8]) -> Result<(), Error> {
    files.unlink(FileId::Draft)?;
    files.append(FileId::Draft, bytes)?;
    files.sync(FileId::Draft)?;
    files.rename(FileId::Draft, FileId::Header(slot))?;
    files.sync_dir()?;
    Ok(())
}
