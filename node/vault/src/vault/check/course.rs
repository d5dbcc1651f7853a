//! The course of a check through the journal: segment after segment, each held against the one before it.

use super::{Fault, Report, Severity, Subject, twice, walk::Walk};
use crate::{
    files::FileId,
    segment::{self, Tip},
};

/// How far the journal was read. It borrows nothing, so that a vault can go on between two steps.
pub(super) struct Course {
    /// Segments and where they end.
    spans: Vec<(u32, u64)>,
    /// Which of them is read.
    next: usize,
    /// Bytes of those before it.
    passed: u64,
    /// Where the segment before it ended, if that could be read.
    tip: Option<Tip>,
    walk: Option<Walk>,
}

impl Course {
    pub(super) fn over(spans: Vec<(u32, u64)>) -> Self {
        Self { spans, next: 0, passed: 0, tip: None, walk: None }
    }

    /// Bytes that were read.
    pub(super) fn done(&self) -> u64 {
        self.passed + self.walk.as_ref().map_or(0, Walk::done)
    }

    /// Bytes to read.
    pub(super) fn total(&self) -> u64 {
        self.spans.iter().map(|(_, end)| end).sum()
    }

    /// Passes over the segments before this one: they were compacted away meanwhile.
    pub(super) fn begin_at(&mut self, first: u32) {
        while let Some((_, end)) = self.spans.get(self.next).filter(|(number, _)| *number < first) {
            self.passed += end;
            self.next += 1;
            (self.tip, self.walk) = (None, None);
        }
    }

    /// Reads a few megabytes more. False once there is nothing more to read.
    pub(super) fn step(&mut self, subject: &Subject<'_>, report: &mut Report) -> bool {
        let Some((number, end)) = self.spans.get(self.next).copied() else { return false };
        let is_last = self.next + 1 == self.spans.len();
        let entered = self.walk.take().or_else(|| self.enter(subject, (number, end), report));
        let reached = match entered {
            Some(mut walk) => match walk.step(subject, is_last, report) {
                None => {
                    self.walk = Some(walk);
                    return true;
                }
                Some(tip) => {
                    report.bytes += walk.done();
                    Some(tip)
                }
            },
            None => None,
        };
        self.tip = reached;
        self.passed += end;
        self.next += 1;
        true
    }

    /// Opens a segment, and tells whether it follows from the one before.
    fn enter(&self, subject: &Subject<'_>, (number, end): (u32, u64), report: &mut Report) -> Option<Walk> {
        let file = FileId::Segment(number);
        let length = subject.files.length(file).ok().flatten().unwrap_or(0);
        let opened = twice(file, report, || segment::open(subject.files, subject.vault, subject.root, number));
        let Ok(Some(segment)) = opened else {
            report.add(Severity::Fatal, Fault::Segment { segment: number, bytes: end });
            return None;
        };
        let link = segment.link;
        if self.tip.is_some_and(|tip| Tip { next: 0, ..tip } != Tip { next: 0, ..link }) {
            report.add(Severity::Fatal, Fault::Chain { segment: number, batch: link.batch + 1 });
        }
        if length < end {
            report.add(Severity::Fatal, Fault::Short { segment: number, bytes: end - length });
        }
        let start = Tip { segment: number, offset: segment::HEADER_BYTES as u64, ..link };
        Some(Walk::new(number, segment.key, start, end.min(length)))
    }
}
