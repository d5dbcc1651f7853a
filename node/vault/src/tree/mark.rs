//! The mark of the index: which root it has, and up to which batch of which journal. An index whose mark is missing,
//! does not open, or names a batch that the journal does not have is not used.
//!
//! ```text
//! nonce 24 ‖ sealed: root u8 (0 none, 1) ‖ reference 24 ‖ free page u64 ‖ records u64 ‖ bytes u64
//! ‖ generation u64 ‖ tip 60 ‖ tag 16
//! ```

use super::{PageRef, Tree, short};
use crate::{
    cursor::Cursor,
    index::{Blind, Lost},
    secret::{NONCE_BYTES, Nonces},
    segment::Tip,
};

/// What the index stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) root: Option<PageRef>,
    /// The lowest page number that was never used.
    pub(crate) free: u64,
    /// Entries in the tree.
    pub(crate) records: u64,
    /// Bytes of the journal that their frames take.
    pub(crate) bytes: u64,
    /// The generation of the key file whose gaps the tree knows: it names nothing that was forgotten up to it.
    pub(crate) generation: u64,
    /// The journal's place up to which all is applied.
    pub(crate) tip: Tip,
}

impl Mark {
    /// The mark of an empty tree.
    pub(crate) fn empty(tip: Tip, generation: u64) -> Self {
        Self { root: None, free: 0, records: 0, bytes: 0, generation, tip }
    }
}

impl Tree {
    /// The index's mark; nothing if it has none that opens.
    pub(crate) fn mark(&self) -> Result<Option<Mark>, Lost> {
        let Some(mut bytes) = self.index().load(&self.mark_blind())? else { return Ok(None) };
        let Some((nonce, sealed)) = bytes.split_first_chunk_mut::<NONCE_BYTES>() else { return Ok(None) };
        Ok(self.seal.open(nonce, &self.mark_aad(), sealed).and_then(|plain| decode(plain)))
    }

    /// The mark as an entry of the index.
    pub(crate) fn seal_mark(&self, mark: &Mark) -> Result<(Blind, Option<Vec<u8>>), Lost> {
        let mut plain = Vec::with_capacity(160);
        plain.push(u8::from(mark.root.is_some()));
        plain.extend_from_slice(&mark.root.map_or([0; PageRef::BYTES], PageRef::to_bytes));
        for number in [mark.free, mark.records, mark.bytes, mark.generation] {
            plain.extend_from_slice(&number.to_le_bytes());
        }
        mark.tip.encode(&mut plain);
        let nonce = Nonces::draw().map_err(|_| Lost::Failed)?.take();
        let tag = self.seal.seal(&nonce, &self.mark_aad(), &mut plain);
        Ok((self.mark_blind(), Some([nonce.as_slice(), &plain, &tag].concat())))
    }

    fn mark_blind(&self) -> Blind {
        short(self.blind.hash(&[b"mark"]))
    }

    fn mark_aad(&self) -> [u8; 20] {
        let mut aad = [0; 20];
        aad[..16].copy_from_slice(&self.vault);
        aad[16..].copy_from_slice(b"mark");
        aad
    }
}

fn decode(bytes: &[u8]) -> Option<Mark> {
    let mut cursor = Cursor::new(bytes);
    let has_root = cursor.u8()? == 1;
    let root = PageRef::from_bytes(cursor.slice(PageRef::BYTES)?)?;
    let (free, records, bytes, generation) = (cursor.u64()?, cursor.u64()?, cursor.u64()?, cursor.u64()?);
    let tip = Tip::decode(&mut cursor)?;
    let root = has_root.then_some(root);
    cursor.rest().is_empty().then_some(Mark { root, free, records, bytes, generation, tip })
}
