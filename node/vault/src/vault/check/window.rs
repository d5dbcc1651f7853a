//! Reading a segment through a window of a few megabytes, on a disk that may fail: what it does not read at once is read
//! again, then in small parts, so that one bad sector hides no more than itself.

use std::io;

use super::{Fault, Report, Severity};
use crate::{Files, files::FileId};

/// Bytes read at once.
pub(in crate::vault) const WINDOW_BYTES: usize = 4 << 20;
/// Where a window cannot be read it is read in parts of this size.
pub(in crate::vault) const SECTOR_BYTES: usize = 4096;

/// A part of a segment, in memory.
pub(in crate::vault) struct Window {
    file: FileId,
    /// Where the segment is taken to end.
    end: u64,
    bytes: Vec<u8>,
    at: u64,
    /// Bytes that are read at least.
    ahead: usize,
}

impl Window {
    pub(in crate::vault) fn new(file: FileId, end: u64) -> Self {
        Self { file, end, bytes: Vec::new(), at: 0, ahead: WINDOW_BYTES }
    }

    /// The bytes from `at` on, `length` of them at least unless the segment ends before.
    pub(in crate::vault) fn get(&mut self, files: &dyn Files, at: u64, length: usize, report: &mut Report) -> &[u8] {
        let inside = at.checked_sub(self.at).and_then(|skip| usize::try_from(skip).ok());
        let skip = inside.filter(|skip| skip + length <= self.bytes.len());
        if let Some(skip) = skip {
            return &self.bytes[skip..];
        }
        let left = usize::try_from(self.end.saturating_sub(at)).unwrap_or(usize::MAX);
        self.bytes.clear();
        self.bytes.resize(left.min(self.ahead.max(length)), 0);
        self.at = at;
        self.fill(files, report);
        &self.bytes
    }

    /// Puts the window aside, so that what is read next comes from the disk again, in small parts.
    pub(in crate::vault) fn put_aside(&mut self) -> (Vec<u8>, u64) {
        self.ahead = SECTOR_BYTES;
        (std::mem::take(&mut self.bytes), self.at)
    }

    /// Takes back what was put aside.
    pub(in crate::vault) fn take_back(&mut self, kept: (Vec<u8>, u64)) {
        self.ahead = WINDOW_BYTES;
        (self.bytes, self.at) = kept;
    }

    /// Reads the window, and what the disk does not read in small parts; what it never reads stays empty.
    fn fill(&mut self, files: &dyn Files, report: &mut Report) {
        let (file, at) = (self.file, self.at);
        for is_again in [false, true] {
            match files.read_at(file, at, &mut self.bytes) {
                Ok(read) => {
                    self.bytes.truncate(read);
                    if is_again {
                        report.add(Severity::Weakened, Fault::Transient { file, offset: at });
                    }
                    return;
                }
                // There is nothing to read again.
                Err(error) if error.kind() == io::ErrorKind::NotFound => return self.bytes.clear(),
                Err(_) => {}
            }
        }
        let mut lost: Option<(u64, u64)> = None;
        for (part, bytes) in self.bytes.chunks_mut(SECTOR_BYTES).enumerate() {
            let offset = at + (part * SECTOR_BYTES) as u64;
            let length = bytes.len() as u64;
            let is_read = (0..2).any(|_| files.read_at(file, offset, bytes).is_ok());
            lost = match lost {
                Some((from, run)) if is_read => {
                    report.add(Severity::Lost, Fault::Unreadable { file, offset: from, bytes: run });
                    None
                }
                Some((from, run)) => Some((from, run + length)),
                None => (!is_read).then_some((offset, length)),
            };
            if !is_read {
                bytes.fill(0);
            }
        }
        if let Some((offset, bytes)) = lost {
            report.add(Severity::Lost, Fault::Unreadable { file, offset, bytes });
        }
    }
}
