//! Reading one damaged segment for a repair: every frame in it that opens, wherever it lies. A frame opens by its own
//! key at its own place alone, so trying one too many is safe; how much is tried is bounded.

use zeroize::Zeroizing;

use super::super::check::{
    Fault, Report, Severity,
    window::{WINDOW_BYTES, Window},
};
use crate::{
    Files,
    files::FileId,
    frame::{self, COMMIT_RECORD, Commit, HEAD_BYTES, Head, Place, Spot},
    keys::{Keys, Known},
    secret::Secret,
    segment,
};

/// Bytes that may be opened in vain for each byte of a segment, so that a segment full of what only looks like frames
/// is given up and does not take for ever.
const SEARCH_FACTOR: u64 = 64;

/// What a damaged journal is read with.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) vault: [u8; 16],
    pub(super) keys: &'a Keys,
    /// Segment and offset of frames that opened once and not again.
    pub(super) bad: &'a std::collections::BTreeSet<(u32, u32)>,
}

/// One version of an entry, as its frame says it.
pub(super) struct Version {
    pub(super) place: Place,
    pub(super) path: Vec<u8>,
    /// Whether it gives a value; if not, it drops the entry.
    pub(super) is_put: bool,
}

/// A frame that was met.
pub(super) enum Frame {
    Record(Version),
    Commit(Commit),
    /// It has the shape of a commit, in a segment whose key is lost with its header.
    Shape,
}

/// Where it was met.
pub(super) struct Met {
    pub(super) frame: Frame,
    /// Where it ends.
    pub(super) end: u64,
    /// Whether every byte since the one before was understood.
    pub(super) is_adjacent: bool,
}

/// A segment that is being read.
pub(super) struct Walk<'a> {
    source: Source<'a>,
    segment: u32,
    key: &'a Secret,
    is_key_known: bool,
    end: u64,
    window: Window,
    scratch: Zeroizing<Vec<u8>>,
    /// Bytes that may still be opened in vain.
    budget: u64,
    /// Bytes that are no frame that opens: from, to.
    pub(super) broken: Vec<(u64, u64)>,
}

impl<'a> Walk<'a> {
    /// A walk over the segment of this number, which lies in `file` and is taken to end at `end`.
    pub(super) fn new(
        source: Source<'a>,
        (segment, file): (u32, FileId),
        key: &'a Secret,
        is_key_known: bool,
        end: u64,
    ) -> Self {
        let window = Window::new(file, end);
        let (scratch, budget, broken) = (Zeroizing::default(), end.saturating_mul(SEARCH_FACTOR), Vec::new());
        Self { source, segment, key, is_key_known, end, window, scratch, budget, broken }
    }

    /// Hands every frame that opens to `visit`.
    pub(super) fn run(
        &mut self,
        report: &mut Report,
        progress: &mut dyn FnMut(u64),
        visit: &mut dyn FnMut(Met, &mut Report),
    ) {
        let mut at = segment::HEADER_BYTES as u64;
        // What lies between is taken to be forgotten, and vouches for nothing.
        let (mut sure, mut told) = (at, at);
        let (mut next, mut is_adjacent) = (None, true);
        while at < self.end {
            if at - told >= WINDOW_BYTES as u64 {
                told = at;
                progress(at);
            }
            if let Some((frame, end)) = self.frame(at, report) {
                if sure < at && !follows(next, &frame) {
                    self.comb(sure, at, report, visit);
                    is_adjacent = false;
                }
                next = after(&frame).or(next);
                visit(Met { frame, end, is_adjacent }, report);
                (at, sure, is_adjacent) = (end, end, true);
            } else if let Some((number, end)) = self.forgotten(at, next, report) {
                next = Some(number + 1);
                at = end;
            } else {
                let from = sure;
                at = self.search(from, self.end, report);
                self.broken.push((from, at));
                (sure, next, is_adjacent) = (at, None, false);
            }
        }
        if sure < self.end && self.broken.last().is_none_or(|(_, to)| *to < self.end) {
            // Frames that were forgotten, and no commit behind them that says so.
            self.broken.push((sure, self.end));
        }
    }

    /// The frame at a place, read a second time before it counts as broken.
    fn frame(&mut self, at: u64, report: &mut Report) -> Option<(Frame, u64)> {
        if let Some(found) = self.open(at, report) {
            return Some(found);
        }
        let head = Head::parse(self.window.get(self.source.files, at, HEAD_BYTES, report));
        if let Some(head) = head {
            let end = at + (HEAD_BYTES + head.length) as u64;
            if head.record == COMMIT_RECORD && !self.is_key_known && end <= self.end {
                return Some((Frame::Shape, end));
            }
            if self.is_forgotten(head.record) {
                return None;
            }
        }
        let kept = self.window.put_aside();
        let found = self.open(at, report);
        self.window.take_back(kept);
        if found.is_some() {
            report.add(Severity::Weakened, Fault::Transient { file: FileId::Segment(self.segment), offset: at });
        }
        found
    }

    fn open(&mut self, at: u64, report: &mut Report) -> Option<(Frame, u64)> {
        let head = Head::parse(self.window.get(self.source.files, at, HEAD_BYTES, report))?;
        let key = match self.source.keys.find(head.record) {
            _ if head.record == COMMIT_RECORD => None,
            Known::Key(key) => Some(key),
            Known::Forgotten | Known::Never => return None,
        };
        let offset = u32::try_from(at).ok().filter(|at| !self.source.bad.contains(&(self.segment, *at)))?;
        let length = HEAD_BYTES + head.length;
        let sealed = self.window.get(self.source.files, at, length, report).get(HEAD_BYTES..length)?;
        self.scratch.clear();
        self.scratch.extend_from_slice(sealed);
        let (spot, end) = (Spot { vault: self.source.vault, segment: self.segment, offset: at }, at + length as u64);
        let Some(key) = key else {
            let commit = frame::open_commit(spot, &head, self.key, &mut self.scratch)?;
            self.is_key_known = true;
            return Some((Frame::Commit(commit), end));
        };
        let read = frame::open_record(spot, &head, &key, &mut self.scratch)?;
        let length = u32::try_from(head.length).ok()?;
        let place = Place { segment: self.segment, offset, length, record: head.record };
        Some((Frame::Record(Version { place, path: read.path, is_put: read.value.is_some() }), end))
    }

    fn is_forgotten(&self, number: u64) -> bool {
        number != COMMIT_RECORD && matches!(self.source.keys.find(number), Known::Forgotten)
    }

    /// The number and the end of what may be a frame that was forgotten: nobody can open it, and only what follows it
    /// can speak for it.
    fn forgotten(&mut self, at: u64, next: Option<u64>, report: &mut Report) -> Option<(u64, u64)> {
        let head = Head::parse(self.window.get(self.source.files, at, HEAD_BYTES, report))?;
        let end = at + (HEAD_BYTES + head.length) as u64;
        let is_one = self.is_forgotten(head.record) && next.is_none_or(|next| head.record >= next) && end <= self.end;
        is_one.then_some((head.record, end))
    }

    /// Hands out what opens in a part that was passed over by mistake.
    fn comb(&mut self, from: u64, to: u64, report: &mut Report, visit: &mut dyn FnMut(Met, &mut Report)) {
        self.broken.push((from, to));
        let mut at = self.search(from, to, report);
        while at < to {
            let Some((frame, end)) = self.open(at, report) else { return };
            visit(Met { frame, end, is_adjacent: false }, report);
            at = self.search(end, to, report);
        }
    }

    /// The first place from `from` on at which a frame opens; `to` if there is none before it.
    fn search(&mut self, from: u64, to: u64, report: &mut Report) -> u64 {
        let limit = self.source.keys.end();
        let mut at = from;
        while at + HEAD_BYTES as u64 <= to {
            let window = self.window.get(self.source.files, at, HEAD_BYTES, report);
            let may_be = |bytes: &[u8]| {
                let record = bytes.get(4..12).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
                record.is_some_and(|record| record == COMMIT_RECORD || record < limit)
            };
            let Some(step) = window.windows(12).position(may_be) else {
                at += (window.len().max(12) - 11) as u64;
                continue;
            };
            at += step as u64;
            if at >= to {
                break;
            }
            if self.open(at, report).is_some() {
                return at;
            }
            let length =
                Head::parse(self.window.get(self.source.files, at, HEAD_BYTES, report)).map_or(0, |head| head.length);
            let Some(budget) = self.budget.checked_sub((length as u64).max(1)) else { return to };
            self.budget = budget;
            at += 1;
        }
        to
    }
}

/// Whether a frame is the one that must follow after forgotten ones up to `next`.
fn follows(next: Option<u64>, frame: &Frame) -> bool {
    match frame {
        Frame::Record(version) => next == Some(version.place.record),
        Frame::Commit(commit) => next == Some(commit.last.saturating_add(1)),
        Frame::Shape => true,
    }
}

/// The number that comes after a frame.
fn after(frame: &Frame) -> Option<u64> {
    match frame {
        Frame::Record(version) => Some(version.place.record + 1),
        Frame::Commit(commit) => Some(commit.last.saturating_add(1)),
        Frame::Shape => None,
    }
}
