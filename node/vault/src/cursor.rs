//! Reading fixed little-endian layouts from a slice. Every read may find the end: nothing then, never a panic.

use crate::{Costs, Error};

/// BLAKE3 of all that stands before it, at the end of a layout: for accidents, not against whoever means it.
pub(crate) const CHECK_BYTES: usize = 32;

/// A place in a slice of bytes.
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What stands before a check value that is right; nothing if it is wrong.
    pub(crate) fn checked(bytes: &'a [u8]) -> Option<Self> {
        let (body, check) = bytes.split_last_chunk::<CHECK_BYTES>()?;
        (blake3::hash(body).as_bytes() == check).then(|| Self::new(body))
    }

    /// Whether the bytes begin as a layout of this kind does: its magic, then the format that is known. A newer format
    /// says so, and is not read on.
    pub(crate) fn begins(&mut self, magic: [u8; 8], known: u16) -> Result<bool, Error> {
        if self.array() != Some(magic) {
            return Ok(false);
        }
        match self.u16() {
            Some(found) if found > known => Err(Error::Newer { found, known }),
            found => Ok(found == Some(known)),
        }
    }

    /// Costs, as they were written; not yet looked at.
    pub(crate) fn costs(&mut self) -> Option<Costs> {
        Some(Costs { memory_kib: self.u32()?, passes: self.u32()?, lanes: self.u32()? })
    }

    pub(crate) fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*taken)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array().map(|[byte]: [u8; 1]| byte)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }
}
