//! Reading one segment from front to back, batch by batch, in bounded memory. A batch that is not whole, verified and
//! chained to the one before it does not exist; which of the reasons it was, nobody needs to know.

use crate::{
    Error, Files,
    files::FileId,
    frame::{self, Chain, Commit, Head, Place, Spot},
    keys::{Keys, Known},
    secret::Secret,
    segment::Tip,
    vault::BATCH_WRITES_MAX,
};

/// Bytes read at once: a few frames of the largest size, many of the usual one.
const WINDOW_BYTES: usize = 4 << 20;

/// One change that a batch made.
pub(crate) struct Change {
    pub(crate) path: Vec<u8>,
    /// No place means that the entry was dropped.
    pub(crate) place: Option<Place>,
    pub(crate) record: u64,
}

/// A segment being read.
pub(crate) struct Scan<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) vault: [u8; 16],
    pub(crate) segment: u32,
    pub(crate) key: &'a Secret,
    pub(crate) end: u64,
    window: Vec<u8>,
    window_at: u64,
}

impl<'a> Scan<'a> {
    /// Starts reading a segment that is taken to end at `end`.
    pub(crate) fn new(files: &'a dyn Files, vault: [u8; 16], segment: u32, key: &'a Secret, end: u64) -> Self {
        Self { files, vault, segment, key, end, window: Vec::new(), window_at: 0 }
    }

    /// Reads the batch after `tip` into `changes` and moves `tip` behind it; false if there is no such batch, and what
    /// `changes` then holds means nothing.
    pub(crate) fn batch(&mut self, tip: &mut Tip, keys: &Keys, changes: &mut Vec<Change>) -> Result<bool, Error> {
        let mut chain = Chain::follow(&tip.chain);
        let mut at = tip.offset;
        let mut next = tip.next;
        let mut count = 0_usize;
        let mut first = None;
        loop {
            let Some((head, mut sealed)) = self.frame(at)? else { return Ok(false) };
            let spot = Spot { vault: self.vault, segment: self.segment, offset: at };
            let length = (frame::HEAD_BYTES + head.length) as u64;
            if head.record == frame::COMMIT_RECORD {
                let Some(commit) = frame::open_commit(spot, &head, self.key, &mut sealed) else { return Ok(false) };
                let follows = commit.batch == tip.batch + 1
                    && Some(commit.first) == first
                    && commit.last + 1 == next
                    && commit.count as usize == count
                    && commit.chain == chain.end();
                if follows {
                    let Commit { batch, chain, .. } = commit;
                    *tip = Tip { segment: self.segment, offset: at + length, batch, chain, next };
                }
                return Ok(follows);
            }
            if (count > 0 && head.record != next) || head.record < next || count == BATCH_WRITES_MAX {
                return Ok(false);
            }
            first = first.or(Some(head.record));
            next = head.record + 1;
            count += 1;
            chain.add(head.record, &sealed);
            let key = match keys.find(head.record) {
                Known::Key(key) => Some(key),
                // It counts in the chain, and says nothing.
                Known::Forgotten => None,
                Known::Never => return Ok(false),
            };
            if let Some(key) = key {
                let Some(read) = frame::open_record(spot, &head, &key, &mut sealed) else { return Ok(false) };
                let Ok(offset) = u32::try_from(at) else { return Ok(false) };
                let length = u32::try_from(head.length).expect("a frame's length was read from 32 bits");
                let place = Place { segment: self.segment, offset, length, record: head.record };
                let place = read.value.is_some().then_some(place);
                changes.push(Change { path: read.path, place, record: head.record });
            }
            at += length;
        }
    }

    /// How many batches behind the place where reading broke off had surely been durable: a batch is written only after
    /// the one before it was. None is what a crash leaves; any other number means that the disk lost what it had.
    pub(crate) fn lost_after(&mut self, tip: &Tip) -> Result<u64, Error> {
        let mut mark = [0xff; 12];
        mark[..4].copy_from_slice(&frame::COMMIT_LENGTH.to_le_bytes());
        let mut newest = tip.batch + 1;
        let mut at = tip.offset;
        while at + frame::COMMIT_BYTES as u64 <= self.end {
            let window = self.window(at, mark.len())?;
            let Some(step) = window.windows(mark.len()).position(|bytes| bytes == mark) else {
                at += (window.len().max(mark.len()) - mark.len() + 1) as u64;
                continue;
            };
            at += step as u64;
            if let Some((head, mut sealed)) = self.frame(at)? {
                let spot = Spot { vault: self.vault, segment: self.segment, offset: at };
                let commit = frame::open_commit(spot, &head, self.key, &mut sealed);
                newest = newest.max(commit.map_or(0, |commit| commit.batch));
            }
            at += 1;
        }
        Ok(newest - tip.batch - 1)
    }

    fn frame(&mut self, at: u64) -> Result<Option<(Head, Vec<u8>)>, Error> {
        let Some(head) = Head::parse(self.window(at, frame::HEAD_BYTES)?) else { return Ok(None) };
        let length = frame::HEAD_BYTES + head.length;
        let window = self.window(at, length)?;
        Ok(window.get(frame::HEAD_BYTES..length).map(|sealed| (head, sealed.to_vec())))
    }

    /// The bytes from `at` on, `length` of them at least unless the segment ends before.
    fn window(&mut self, at: u64, length: usize) -> Result<&[u8], Error> {
        let inside = at.checked_sub(self.window_at).and_then(|skip| usize::try_from(skip).ok());
        if let Some(skip) = inside
            && skip + length <= self.window.len()
        {
            return Ok(&self.window[skip..]);
        }
        let left = usize::try_from(self.end.saturating_sub(at)).unwrap_or(usize::MAX);
        self.window.resize(left.min(WINDOW_BYTES.max(length)), 0);
        let read = self.files.read_at(FileId::Segment(self.segment), at, &mut self.window)?;
        self.window.truncate(read);
        self.window_at = at;
        Ok(&self.window)
    }
}
