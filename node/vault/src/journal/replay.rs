//! Reading the journal over all its segments: which files belong to it, where each ends, and what came after the last
//! checkpoint. It holds the rule of trust: missing or broken before the checkpoint is damage, after it is a torn tail.

use std::ops::ControlFlow;

use crate::{
    Error, Files,
    checkpoint::Checkpoint,
    error::Damage,
    files::FileId,
    journal::scan::{Change, Scan},
    keys::Keys,
    secret::Secret,
    segment::{self, Segment, Tip},
};

/// The segments that make up the journal.
pub(crate) struct Extent {
    /// Number and end of each, in order; the end of the last is its file's length.
    pub(crate) spans: Vec<(u32, u64)>,
    /// Bytes of files behind it that never became segments.
    stray: u64,
}

/// What a journal is read with.
pub(crate) struct Source<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) vault: [u8; 16],
    pub(crate) root: &'a Secret,
    pub(crate) keys: &'a Keys,
    pub(crate) checkpoint: &'a Checkpoint,
    pub(crate) extent: &'a Extent,
}

/// Where reading ended.
pub(crate) struct End {
    pub(crate) tip: Tip,
    /// Bytes behind the tip that belong to no batch.
    pub(crate) dropped_bytes: u64,
    /// Batches among them that had surely been durable.
    pub(crate) lost_batches: u64,
    pub(crate) segment: Segment,
}

/// Finds the segments of the journal: those of the checkpoint, and those that were born after it.
pub(crate) fn extent(
    files: &dyn Files,
    vault: [u8; 16],
    root: &Secret,
    checkpoint: &Checkpoint,
) -> Result<Extent, Error> {
    let mut spans = checkpoint.live.clone();
    let known = checkpoint.tip.segment;
    let later = files.list()?.into_iter().filter_map(|file| match file {
        FileId::Segment(number) if number > known => Some(number),
        _ => None,
    });
    let later: Vec<u32> = later.collect();
    let mut born = Vec::new();
    let mut number = None;
    for candidate in later.iter().rev() {
        if let Some(found) = segment::open(files, vault, root, *candidate)? {
            number = Some((*candidate, found));
            break;
        }
    }
    // From the newest back to the checkpoint's last, by the links; files that no link names are left from crashes.
    while let Some((current, found)) = number {
        let before = found.link.segment;
        born.push((current, found.link));
        if before == known {
            break;
        }
        if before < known || before >= current {
            return Err(Damage::Segment { segment: current }.into());
        }
        let earlier = segment::open(files, vault, root, before)?;
        number = Some((before, earlier.ok_or(Damage::Segment { segment: before })?));
    }
    let mut stray = 0;
    for candidate in &later {
        if !born.iter().any(|(number, _)| number == candidate) {
            stray += files.length(FileId::Segment(*candidate))?.unwrap_or(0);
        }
    }
    for (number, link) in born.iter().rev() {
        let last = spans.last_mut().expect("a checkpoint lists at least its own segment");
        if last.0 == known && link.offset < last.1 {
            return Err(Damage::Segment { segment: known }.into());
        }
        last.1 = link.offset;
        spans.push((*number, 0));
    }
    let (last, _) = *spans.last().expect("a checkpoint lists at least its own segment");
    for (number, end) in &mut spans {
        let length = files.length(FileId::Segment(*number))?.unwrap_or(0);
        if length < *end {
            return Err(Damage::Segment { segment: *number }.into());
        }
        if *number == last {
            *end = length;
        }
    }
    Ok(Extent { spans, stray })
}

impl Extent {
    /// The extent of a journal whose end is known.
    pub(crate) fn of(checkpoint: &Checkpoint) -> Self {
        Self { spans: checkpoint.live.clone(), stray: 0 }
    }
}

impl Source<'_> {
    /// Where the whole journal starts.
    pub(crate) fn start(&self) -> Result<Tip, Error> {
        let (first, _) = *self.extent.spans.first().expect("a checkpoint lists at least its own segment");
        let link = self.segment(first)?.link;
        Ok(Tip { segment: first, offset: segment::HEADER_BYTES as u64, ..link })
    }

    /// Bytes from a place to the journal's end.
    pub(crate) fn bytes_from(&self, from: &Tip) -> u64 {
        let spans = self.extent.spans.iter().filter(|(number, _)| *number >= from.segment);
        spans.map(|(_, end)| end).sum::<u64>().saturating_sub(from.offset)
    }

    /// Reads every batch behind `from`, hands each with its changes to `visit`, and says where the journal ends.
    ///
    /// `visit` is told the tip behind each batch, and may break off with an error of its own.
    pub(crate) fn run(
        &self,
        from: &Tip,
        visit: &mut dyn FnMut(&Tip, &mut Vec<Change>) -> ControlFlow<Error>,
    ) -> Result<End, Error> {
        let spans = &self.extent.spans;
        let first = spans.iter().position(|(number, _)| *number == from.segment);
        let first = first.ok_or(Damage::Segment { segment: from.segment })?;
        let mut tip = *from;
        let mut changes = Vec::new();
        let mut dropped_bytes = self.extent.stray;
        let mut lost_batches = 0;
        for (number, end) in spans.iter().skip(first).copied() {
            let segment = self.segment(number)?;
            if number != tip.segment {
                let link = Tip { next: tip.next, ..segment.link };
                if link != tip {
                    return Err(Damage::Chain { batch: link.batch + 1 }.into());
                }
                tip = Tip { segment: number, offset: segment::HEADER_BYTES as u64, next: segment.link.next, ..tip };
            }
            let mut scan = Scan::new(self.files, self.vault, number, &segment.key, end);
            while tip.offset < end && scan.batch(&mut tip, self.keys, &mut changes)? {
                self.follows_checkpoint(&tip)?;
                if let ControlFlow::Break(error) = visit(&tip, &mut changes) {
                    return Err(error);
                }
                changes.clear();
            }
            let is_last = spans.last().is_some_and(|(last, _)| *last == number);
            if tip.offset < end {
                if !is_last || tip.batch < self.checkpoint.tip.batch {
                    return Err(Damage::Frame { segment: number, offset: tip.offset }.into());
                }
                dropped_bytes += end - tip.offset;
                lost_batches = scan.lost_after(&tip)?;
            }
            if is_last {
                if tip.batch < self.checkpoint.tip.batch {
                    return Err(Damage::Segment { segment: number }.into());
                }
                return Ok(End { tip, dropped_bytes, lost_batches, segment });
            }
        }
        Err(Damage::Segment { segment: tip.segment }.into())
    }

    fn follows_checkpoint(&self, tip: &Tip) -> Result<(), Error> {
        let known = &self.checkpoint.tip;
        if tip.batch == known.batch && tip.chain != known.chain {
            return Err(Damage::Chain { batch: tip.batch }.into());
        }
        Ok(())
    }

    fn segment(&self, number: u32) -> Result<Segment, Error> {
        let found = segment::open(self.files, self.vault, self.root, number)?;
        found.ok_or(Damage::Segment { segment: number }.into())
    }
}
