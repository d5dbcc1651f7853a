//! Reading one segment for a check: from frame to frame, and past what does not open, to the next that does. What
//! fails is read a second time before it counts. It goes step by step, and keeps nothing locked between two steps.

use zeroize::Zeroizing;

use super::{
    Fault, Report, Severity, Subject,
    window::{WINDOW_BYTES, Window},
};
use crate::{
    files::FileId,
    frame::{self, COMMIT_RECORD, Chain, Commit, HEAD_BYTES, Head, Spot},
    keys::Known,
    secret::Secret,
    segment::Tip,
};

/// How far record numbers may jump over what does not open.
const JUMP_MAX: u64 = 1 << 24;

/// A segment under check, and how far it was read.
pub(super) struct Walk {
    segment: u32,
    key: Secret,
    end: u64,
    at: u64,
    batch: Batch,
    window: Window,
    scratch: Zeroizing<Vec<u8>>,
}

/// What a frame is.
enum Kind {
    Record,
    Forgotten,
    Commit(Commit),
}

/// The batch that is being read.
struct Batch {
    /// Where the last one ended.
    tip: Tip,
    chain: Chain,
    next: u64,
    first: Option<u64>,
    count: u32,
    /// Whether every frame of it opened.
    is_whole: bool,
}

impl Batch {
    fn after(tip: Tip) -> Self {
        Self { chain: Chain::follow(&tip.chain), next: tip.next, first: None, count: 0, is_whole: true, tip }
    }
}

impl Walk {
    pub(super) fn new(segment: u32, key: Secret, start: Tip, end: u64) -> Self {
        let window = Window::new(FileId::Segment(segment), end);
        let (at, batch) = (start.offset, Batch::after(start));
        Self { segment, key, end, at, batch, window, scratch: Zeroizing::default() }
    }

    /// Bytes of the segment that were read.
    pub(super) fn done(&self) -> u64 {
        self.at
    }

    /// Reads a few megabytes more; at the segment's end, where its last batch ends. What does not open is passed over in
    /// one step, however long it is: a segment at most.
    pub(super) fn step(&mut self, subject: &Subject<'_>, is_last: bool, report: &mut Report) -> Option<Tip> {
        let (from, end, segment) = (self.at, self.end, self.segment);
        while self.at < end {
            let at = self.at;
            if at - from >= WINDOW_BYTES as u64 {
                return None;
            }
            if let Some((head, kind)) = self.frame(subject, at, self.batch.next, report) {
                self.at += (HEAD_BYTES + head.length) as u64;
                self.take(subject, &head, &kind, report);
                continue;
            }
            let to = self.resume(subject, at, self.batch.next, report);
            self.at = to;
            if to == end && self.is_tail(subject, is_last) {
                report.add(Severity::Notice, self.torn());
                return Some(self.batch.tip);
            }
            report.add(Severity::Lost, Fault::Frames { segment, offset: at, bytes: to - at });
            self.batch.is_whole = false;
        }
        if self.batch.count > 0 && self.is_tail(subject, is_last) {
            report.add(Severity::Notice, self.torn());
        } else if self.batch.count > 0 && self.batch.is_whole {
            report.add(Severity::Fatal, Fault::Chain { segment, batch: self.batch.tip.batch + 1 });
        }
        Some(self.batch.tip)
    }

    fn torn(&self) -> Fault {
        Fault::Torn { bytes: self.end - self.batch.tip.offset }
    }

    /// Behind the checkpoint a tail that belongs to no batch is what a crash leaves.
    fn is_tail(&self, subject: &Subject<'_>, is_last: bool) -> bool {
        is_last && !subject.is_open && self.batch.tip.batch >= subject.checkpoint.tip.batch
    }

    fn take(&mut self, subject: &Subject<'_>, head: &Head, kind: &Kind, report: &mut Report) {
        let (at, batch) = (self.at, &mut self.batch);
        let Kind::Commit(commit) = kind else {
            let is_forgotten = matches!(kind, Kind::Forgotten);
            report.forgotten += u64::from(is_forgotten);
            report.records += u64::from(!is_forgotten);
            // What was opened where it lies still ends in its tag.
            batch.chain.add(head.record, &self.scratch);
            batch.first = batch.first.or(Some(head.record));
            batch.next = head.record + 1;
            batch.count += 1;
            return;
        };
        let follows = commit.batch == batch.tip.batch + 1
            && Some(commit.first) == batch.first
            && commit.last + 1 == batch.next
            && commit.count == batch.count
            && commit.chain == batch.chain.end();
        let known = &subject.checkpoint.tip;
        let is_known = commit.batch != known.batch || commit.chain == known.chain;
        if batch.is_whole && !follows || !is_known {
            report.add(Severity::Fatal, Fault::Chain { segment: self.segment, batch: commit.batch });
        }
        report.batches += u64::from(batch.is_whole && follows);
        let next = batch.next.max(commit.last.saturating_add(1));
        *batch =
            Batch::after(Tip { segment: self.segment, offset: at, batch: commit.batch, chain: commit.chain, next });
    }

    /// The frame at a place; nothing if it does not open, the second time neither. The scratch then holds it.
    fn frame(&mut self, subject: &Subject<'_>, at: u64, next: u64, report: &mut Report) -> Option<(Head, Kind)> {
        if let Some(found) = self.open(subject, at, next, report) {
            return Some(found);
        }
        // What was read may be at fault, not what lies there.
        let kept = self.window.put_aside();
        let found = self.open(subject, at, next, report);
        self.window.take_back(kept);
        let found = found?;
        report.add(Severity::Weakened, Fault::Transient { file: FileId::Segment(self.segment), offset: at });
        Some(found)
    }

    fn open(&mut self, subject: &Subject<'_>, at: u64, next: u64, report: &mut Report) -> Option<(Head, Kind)> {
        let head = Head::parse(self.window.get(subject.files, at, HEAD_BYTES, report))?;
        if head.record < next {
            return None;
        }
        let length = HEAD_BYTES + head.length;
        let mut scratch = std::mem::take(&mut self.scratch);
        let sealed = self.window.get(subject.files, at, length, report).get(HEAD_BYTES..length);
        scratch.clear();
        scratch.extend_from_slice(sealed.unwrap_or_default());
        self.scratch = scratch;
        (self.scratch.len() == head.length).then_some(())?;
        let spot = Spot { vault: subject.vault, segment: self.segment, offset: at };
        if head.record == COMMIT_RECORD {
            let commit = frame::open_commit(spot, &head, &self.key, &mut self.scratch)?;
            return Some((head, Kind::Commit(commit)));
        }
        match subject.keys.find(head.record) {
            Known::Key(key) => {
                frame::open_record(spot, &head, &key, &mut self.scratch)?;
                Some((head, Kind::Record))
            }
            // Nobody can open it; the chain of its batch still vouches for it.
            Known::Forgotten => Some((head, Kind::Forgotten)),
            Known::Never => None,
        }
    }

    /// Where reading can go on behind a place that does not open: the next frame that does, or the end.
    fn resume(&mut self, subject: &Subject<'_>, broken: u64, next: u64, report: &mut Report) -> u64 {
        // The head may be right, and only what it is the head of wrong.
        if let Some(head) =
            Head::parse(self.window.get(subject.files, broken, HEAD_BYTES, report)).filter(|head| head.record >= next)
        {
            let behind = broken + (HEAD_BYTES + head.length) as u64;
            let after = if head.record == COMMIT_RECORD { next } else { head.record + 1 };
            if self.open(subject, behind, after, report).is_some() {
                return behind;
            }
        }
        let mut at = broken + 1;
        while at + HEAD_BYTES as u64 <= self.end {
            let window = self.window.get(subject.files, at, HEAD_BYTES, report);
            let may_be = |bytes: &[u8]| {
                let record = bytes.get(4..12).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
                record.is_some_and(|record| record == COMMIT_RECORD || (next..next + JUMP_MAX).contains(&record))
            };
            let Some(step) = window.windows(12).position(may_be) else {
                at += (window.len().max(12) - 11) as u64;
                continue;
            };
            at += step as u64;
            // Anything can look like a frame that was forgotten: only what opens counts here.
            if let Some((_, Kind::Record | Kind::Commit(_))) = self.open(subject, at, next, report) {
                return at;
            }
            at += 1;
        }
        self.end
    }
}
