//! Checkpoints: what the journal must at least contain. Two files written in turn, sealed by a key that comes from the
//! vault's root key, so that nobody else can take the journal, the keys or the header back behind the last of them.
//!
//! ```text
//! magic 8 ‖ vault 16 ‖ slot u8 ‖ length u32 ‖ nonce 24 ‖ sealed (length bytes) ‖ tag 16
//! sealed: sequence u64 ‖ header sequence u64 ‖ generation u64 ‖ key pages u64 ‖ digest of them 32 ‖ tip 60
//!         ‖ count u32 ‖ (segment u32 ‖ end u64)*
//! ```

use crate::{
    Error, Files,
    cursor::Cursor,
    error::Damage,
    files::{FileId, Slot, read_whole},
    secret::{NONCE_BYTES, Nonces, Secret, TAG_BYTES},
    segment::Tip,
};

const MAGIC: &[u8; 8] = b"SESAMEvc";
const HEAD_BYTES: usize = 8 + 16 + 1 + 4;
/// 12 bytes a segment of 64 MiB: this is five terabytes of journal.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// A journal's extent at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    pub(crate) sequence: u64,
    /// The header's sequence number.
    pub(crate) header: u64,
    /// The key file's generation.
    pub(crate) generation: u64,
    /// Pages of the key file whose numbers are in use.
    pub(crate) pages: u64,
    /// The digest of those pages.
    pub(crate) keys: [u8; 32],
    pub(crate) tip: Tip,
    /// Every live segment and where it ends, in order.
    pub(crate) live: Vec<(u32, u64)>,
}

/// Writes a checkpoint into a slot and makes it durable.
pub(crate) fn write(
    files: &dyn Files,
    vault: [u8; 16],
    root: &Secret,
    slot: Slot,
    checkpoint: &Checkpoint,
) -> Result<(), Error> {
    let mut sealed = encode(checkpoint);
    let length = u32::try_from(sealed.len()).expect("segments are bounded far below this");
    let mut bytes = head(vault, slot, length).to_vec();
    let nonce = Nonces::draw()?.take();
    let tag = key(root).seal(&nonce, &bytes, &mut sealed);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    bytes.extend_from_slice(&tag);
    let file = FileId::Checkpoint(slot);
    let is_born = files.length(file)?.is_none();
    files.overwrite(file, 0, &bytes)?;
    files.sync(file)?;
    if is_born {
        // The next one is written over the other slot: by then this one must not be lost with its name.
        files.sync_dir()?;
    }
    Ok(())
}

/// The newest checkpoint that opens, and its slot. A slot that the disk cannot read counts as one without a checkpoint,
/// as a damaged one does; its error is told only if the other does not open either.
pub(crate) fn open(files: &dyn Files, vault: [u8; 16], root: &Secret) -> Result<(Slot, Checkpoint), Error> {
    let mut newest: Option<(Slot, Checkpoint)> = None;
    let mut refused = None;
    for slot in Slot::BOTH {
        let found = match copy(files, vault, root, slot) {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(error) => {
                tracing::warn!(?slot, %error, "a checkpoint cannot be read");
                refused = Some(error);
                continue;
            }
        };
        if newest.as_ref().is_none_or(|(_, newest)| newest.sequence < found.sequence) {
            newest = Some((slot, found));
        }
    }
    newest.ok_or_else(|| refused.unwrap_or(Damage::Checkpoint.into()))
}

/// The checkpoint of a slot; nothing if it is missing or does not open.
pub(crate) fn copy(files: &dyn Files, vault: [u8; 16], root: &Secret, slot: Slot) -> Result<Option<Checkpoint>, Error> {
    let bytes = read_whole(files, FileId::Checkpoint(slot), FILE_BYTES_MAX)?;
    Ok(bytes.and_then(|bytes| parse(bytes, vault, root, slot)))
}

fn parse(mut bytes: Vec<u8>, vault: [u8; 16], root: &Secret, slot: Slot) -> Option<Checkpoint> {
    let (found, rest) = bytes.split_at_mut_checked(HEAD_BYTES)?;
    let length = u32::from_le_bytes(*found.last_chunk()?);
    if *found != head(vault, slot, length) {
        return None;
    }
    let (nonce, rest) = rest.split_first_chunk_mut::<NONCE_BYTES>()?;
    // The file may be longer than its content: an earlier checkpoint may have listed more segments.
    let sealed = rest.get_mut(..usize::try_from(length).ok()?.checked_add(TAG_BYTES)?)?;
    decode(key(root).open(nonce, found, sealed)?)
}

fn encode(checkpoint: &Checkpoint) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(160 + 12 * checkpoint.live.len());
    for number in [checkpoint.sequence, checkpoint.header, checkpoint.generation, checkpoint.pages] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.extend_from_slice(&checkpoint.keys);
    checkpoint.tip.encode(&mut bytes);
    let count = u32::try_from(checkpoint.live.len()).expect("segments are numbered by u32");
    bytes.extend_from_slice(&count.to_le_bytes());
    for (segment, end) in &checkpoint.live {
        bytes.extend_from_slice(&segment.to_le_bytes());
        bytes.extend_from_slice(&end.to_le_bytes());
    }
    bytes
}

fn decode(bytes: &[u8]) -> Option<Checkpoint> {
    let mut cursor = Cursor::new(bytes);
    let mut found = Checkpoint {
        sequence: cursor.u64()?,
        header: cursor.u64()?,
        generation: cursor.u64()?,
        pages: cursor.u64()?,
        keys: cursor.array()?,
        tip: Tip::decode(&mut cursor)?,
        live: Vec::new(),
    };
    for _ in 0..cursor.u32()? {
        found.live.push((cursor.u32()?, cursor.u64()?));
    }
    let ends_at_tip = found.live.last() == Some(&(found.tip.segment, found.tip.offset));
    (ends_at_tip && cursor.rest().is_empty()).then_some(found)
}

fn head(vault: [u8; 16], slot: Slot, length: u32) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    head[..8].copy_from_slice(MAGIC);
    head[8..24].copy_from_slice(&vault);
    head[24] = match slot {
        Slot::A => 0,
        Slot::B => 1,
    };
    head[25..].copy_from_slice(&length.to_le_bytes());
    head
}

fn key(root: &Secret) -> Secret {
    root.derive("sesame/1/vault/checkpoint", &[])
}
