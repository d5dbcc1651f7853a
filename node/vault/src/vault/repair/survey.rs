//! What a damaged journal still says: for each entry the newest version that opens and counts, which record numbers are
//! accounted for, and how far the journal is known to have gone.
//!
//! A version counts if its batch is known to have been durable: a commit frame behind it opens, or a checkpoint, the
//! header of a later segment or the index says that the journal went further. A commit frame that is damaged *inside*
//! the journal takes nothing with it, because a batch is written only after the one before it was durable. At the
//! journal's very end it does: there nobody can tell damage from a batch that a crash cut off.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use super::{
    super::{
        check::{Fault, Report, Severity, twice},
        forget::FORGETTINGS_SHELF,
    },
    Loss, Losses, Verdict,
    numbers::Numbers,
    walk::{Frame, Met, Source, Version, Walk},
};
use crate::{
    Error,
    checkpoint::Checkpoint,
    files::FileId,
    frame::Place,
    journal::{BATCH_BYTES_MAX, SEGMENT_BYTES_MAX},
    secret::Secret,
    segment::{self, Remains, Tip},
    vault::Key,
};

/// The longest segment that is read: one that is full but for a byte takes a largest batch more.
const LENGTH_MAX: u64 = SEGMENT_BYTES_MAX + BATCH_BYTES_MAX as u64 + (1 << 20);

/// A name that stands for a path: a million paths would take much more memory.
pub(super) type Blinded = [u8; 16];

/// The newest version of an entry.
pub(super) struct Newest {
    pub(super) place: Place,
    pub(super) shelf: u16,
    /// Whether the entry is to be given back; if not, it was dropped.
    pub(super) is_put: bool,
    /// Whether the index names the entry.
    pub(super) is_named: bool,
}

/// A segment that belongs to the journal.
struct Part {
    file: FileId,
    key: Secret,
    link: Option<Tip>,
    length: u64,
    /// Where it ends, if something says so.
    end: Option<u64>,
    /// Up to where its batches are known to have been durable.
    durable: u64,
}

/// What is known from elsewhere of how far the journal went.
pub(super) struct Known<'a> {
    pub(super) checkpoint: Option<&'a Checkpoint>,
    /// The place for which the index stands.
    pub(super) index: Option<Tip>,
    /// The generation of the key file.
    pub(super) generation: u64,
}

/// What a journal says.
pub(super) struct Survey {
    blind: Secret,
    pub(super) newest: BTreeMap<Blinded, Newest>,
    /// Record numbers that were met, or are known to have been left out.
    numbers: Numbers,
    /// The lowest number that the journal can have.
    lowest: u64,
    /// How far the journal is known to have gone: the last batch, its chain, the next number.
    pub(super) reached: Tip,
    /// The file of each segment by its number.
    pub(super) files: BTreeMap<u32, FileId>,
    /// Whether the journal has the batch for which the index stands.
    pub(super) is_index_ours: bool,
    /// Bytes behind the last batch.
    pub(super) tail_bytes: u64,
    /// The last batch whose commit frame opened.
    last: u64,
    /// The highest generation of the key file that a batch was written under.
    pub(super) generation: u64,
    /// The highest generation that a note speaks of; one that did not come may be noted.
    pub(super) noted: u64,
    /// Whether the last segment is there in name alone.
    is_end_blank: bool,
}

impl Survey {
    /// Reads all segments. `progress` is told bytes read and bytes to read.
    pub(super) fn take(
        source: Source<'_>,
        root: &Secret,
        known: &Known<'_>,
        report: &mut Report,
        losses: &mut Losses,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, Error> {
        let (parts, is_end_blank) = parts(source, root, known, report)?;
        let mut survey = Self { is_end_blank, ..Self::new(root, known, &parts) };
        let total: u64 = parts.values().map(|part| part.length).sum();
        let mut done = 0;
        // The segment and the number behind the last frame, where nothing between is unknown.
        let mut before: Option<(u32, u64)> = None;
        for (number, part) in &parts {
            let link = part.link.as_ref();
            before = match (before, link) {
                (Some((segment, next)), Some(link)) if link.segment == segment => {
                    survey.numbers.add(next..link.next);
                    Some((*number, link.next))
                }
                (_, Some(link)) => Some((*number, link.next)),
                (_, None) => None,
            };
            let told = &mut |read| progress(done + read, total);
            before = survey.read(source, *number, part, known, before, report, losses, told);
            done += part.length;
        }
        progress(total, total);
        Ok(survey)
    }

    fn new(root: &Secret, known: &Known<'_>, parts: &BTreeMap<u32, Part>) -> Self {
        let start = Tip { segment: 0, offset: 0, batch: 0, chain: [0; 32], next: 0 };
        // What lay before the first live segment has left the journal. Without a checkpoint nothing says which that is.
        let first = known.checkpoint.and_then(|known| Some(parts.get(&known.live.first()?.0)?.link?.next));
        let mut survey = Self {
            blind: root.derive("sesame/1/vault/repair/blind", &[]),
            newest: BTreeMap::new(),
            numbers: Numbers::default(),
            lowest: first.unwrap_or(0),
            reached: start,
            files: parts.iter().map(|(number, part)| (*number, part.file)).collect(),
            is_index_ours: false,
            tail_bytes: 0,
            last: 0,
            generation: 0,
            noted: 0,
            is_end_blank: false,
        };
        let tips = known.checkpoint.iter().map(|checkpoint| checkpoint.tip);
        for tip in tips.chain(known.index).chain(parts.values().filter_map(|part| part.link)) {
            survey.reach(&tip);
        }
        let ours =
            known.checkpoint.iter().map(|checkpoint| checkpoint.tip).chain(parts.values().filter_map(|p| p.link));
        survey.is_index_ours = known.index.is_some_and(|index| ours.into_iter().any(|tip| is_same(&tip, &index)));
        survey
    }

    /// Reads one segment, and returns what `before` is for the next.
    #[expect(clippy::too_many_arguments, reason = "it is the list of what a segment is read with")]
    fn read(
        &mut self,
        source: Source<'_>,
        number: u32,
        part: &Part,
        known: &Known<'_>,
        mut before: Option<(u32, u64)>,
        report: &mut Report,
        losses: &mut Losses,
        progress: &mut dyn FnMut(u64),
    ) -> Option<(u32, u64)> {
        let end = part.end.unwrap_or(part.length).min(part.length);
        let short = part.end.unwrap_or(part.durable).saturating_sub(part.length);
        if short > 0 {
            report.add(Severity::Lost, Fault::Short { segment: number, bytes: short });
        }
        let mut walk = Walk::new(source, (number, part.file), &part.key, part.link.is_some(), end);
        let mut waiting: Vec<Version> = Vec::new();
        let mut committed = part.durable.min(end);
        walk.run(report, progress, &mut |met, report| {
            let Met { frame, end, is_adjacent } = met;
            let next = before.filter(|_| is_adjacent).map(|(_, next)| next);
            match frame {
                Frame::Record(version) => {
                    report.records += 1;
                    let record = version.place.record;
                    self.numbers.add(next.map_or(record, |next| next.min(record))..record + 1);
                    before = Some((number, record + 1));
                    waiting.push(version);
                }
                Frame::Commit(commit) => {
                    report.batches += 1;
                    let next = commit.last.saturating_add(1);
                    before = Some((number, next));
                    let tip = Tip { segment: number, offset: end, batch: commit.batch, chain: commit.chain, next };
                    self.reach(&tip);
                    self.last = self.last.max(tip.batch);
                    self.generation = self.generation.max(commit.generation);
                    self.is_index_ours |= known.index.is_some_and(|index| is_same(&tip, &index));
                    committed = committed.max(end);
                }
                Frame::Shape => committed = committed.max(end),
            }
            if end <= committed {
                waiting.drain(..).for_each(|version| self.count(&version, known.generation));
            }
        });
        for version in waiting {
            losses.add(Loss::new(&version.path, Verdict::Unproven));
        }
        let broken = std::mem::take(&mut walk.broken);
        report.bytes += end;
        let is_open = part.end.is_none();
        for (from, to) in &broken {
            let to = if is_open { (*to).min(committed) } else { *to };
            if *from < to {
                report.add(Severity::Lost, Fault::Frames { segment: number, offset: *from, bytes: to - from });
            }
        }
        if is_open && committed.max(segment::HEADER_BYTES as u64) < end {
            let bytes = end - committed.max(segment::HEADER_BYTES as u64);
            self.tail_bytes += bytes;
            report.add(Severity::Notice, Fault::Torn { bytes });
        }
        before.filter(|_| short == 0 && broken.last().is_none_or(|(_, to)| *to < end))
    }

    fn count(&mut self, version: &Version, generation: u64) {
        let shelf = shelf(&version.path);
        if let Some(noted) = note(&version.path) {
            self.noted = self.noted.max(noted);
        }
        if is_empty_note(&version.path, generation) {
            return;
        }
        let found = Newest { place: version.place, shelf, is_put: version.is_put, is_named: false };
        match self.newest.entry(blinded(&self.blind, &version.path)) {
            Entry::Occupied(mut kept) if kept.get().place.record < found.place.record => *kept.get_mut() = found,
            Entry::Occupied(_) => {}
            Entry::Vacant(entry) => {
                entry.insert(found);
            }
        }
    }

    fn reach(&mut self, tip: &Tip) {
        if tip.batch >= self.reached.batch {
            (self.reached.batch, self.reached.chain) = (tip.batch, tip.chain);
        }
        self.reached.next = self.reached.next.max(tip.next);
        self.reached.segment = self.reached.segment.max(tip.segment);
    }

    /// Whether the last batch that anything tells of was found where it should be.
    pub(super) fn is_end_known(&self) -> bool {
        self.last == self.reached.batch && self.tail_bytes == 0 && !self.is_end_blank
    }

    /// The newest version of a path.
    pub(super) fn find(&mut self, path: &[u8]) -> Option<&mut Newest> {
        self.newest.get_mut(&blinded(&self.blind, path))
    }

    /// How many record numbers from `from` on were used and are not accounted for, but for those that `is_gone` says were
    /// taken out of the world.
    pub(super) fn missing(&self, from: u64, is_gone: impl Fn(u64) -> bool) -> u64 {
        let ranges = self.numbers.missing(self.lowest.max(from)..self.reached.next);
        ranges.into_iter().flatten().filter(|number| !is_gone(*number)).count() as u64
    }
}

/// The segments of the journal by their numbers: those that a checkpoint or a later segment names, and those behind. And
/// whether a file behind all of them is there in name alone: what was in it left no trace.
fn parts(
    source: Source<'_>,
    root: &Secret,
    known: &Known<'_>,
    report: &mut Report,
) -> Result<(BTreeMap<u32, Part>, bool), Error> {
    let first = known.checkpoint.and_then(|known| known.live.first()).map_or(0, |(number, _)| *number);
    let mut parts: BTreeMap<u32, Part> = BTreeMap::new();
    let mut blank = None;
    for file in source.files.list()? {
        let FileId::Segment(name) = file else { continue };
        let read = || segment::remains(source.files, source.vault, root, file);
        // A header that cannot be read is one that does not verify; the frames behind it can be whole.
        let found = twice(file, report, read).unwrap_or_else(|_| Remains { link: None, key: root.clone() });
        let number = found.link.map_or(name, |(number, _)| number);
        if number < first {
            report.add(Severity::Notice, Fault::Leftover(file));
            continue;
        }
        let length = source.files.length(file)?.unwrap_or(0).min(LENGTH_MAX);
        if found.link.is_none() && length <= segment::HEADER_BYTES as u64 {
            // It holds no frame; where one should be, it is missed below.
            blank = blank.max(Some(number));
            report.add(Severity::Notice, Fault::Leftover(file));
            continue;
        }
        if found.link.is_none() {
            report.add(Severity::Lost, Fault::Segment { segment: number, bytes: length });
        }
        let (Remains { link, key }, durable) = (found, 0);
        let part = Part { file, key, link: link.map(|(_, link)| link), length, end: None, durable };
        // Of two that say the same number, one is a copy under another name; what proves its number comes first.
        let is_better = |kept: &Part| (part.link.is_some(), number == name) > (kept.link.is_some(), false);
        if parts.get(&number).is_none_or(is_better) {
            parts.insert(number, part);
        }
    }
    bound(&mut parts, first, known, report);
    let last = parts.keys().next_back().copied();
    Ok((parts, blank > last))
}

/// Says where segments end, takes out those that never counted, and tells of those that are missing.
fn bound(parts: &mut BTreeMap<u32, Part>, first: u32, known: &Known<'_>, report: &mut Report) {
    let live: BTreeMap<u32, u64> = known.checkpoint.iter().flat_map(|known| known.live.iter().copied()).collect();
    let mut ends = live.clone();
    let mut void = BTreeSet::new();
    let tip = known.checkpoint.map(|known| known.tip);
    if let Some(tip) = tip {
        ends.remove(&tip.segment);
        // One that begins before the journal was known to go on elsewhere was given up before it counted.
        parts.retain(|number, part| *number <= tip.segment || part.link.is_none_or(|link| link.batch >= tip.batch));
    }
    for (number, part) in parts.iter() {
        if let Some(link) = part.link {
            ends.entry(link.segment).or_insert(link.offset);
            // Files that no link names were left by a crash before they became segments.
            void.extend(parts.range(link.segment.saturating_add(1)..*number).map(|(between, _)| *between));
        }
    }
    for number in void {
        if !live.contains_key(&number) {
            parts.remove(&number);
        }
    }
    for tip in [tip, known.index].into_iter().flatten() {
        match parts.get_mut(&tip.segment) {
            Some(part) => part.durable = part.durable.max(tip.offset),
            None => {
                ends.entry(tip.segment).or_insert(tip.offset);
            }
        }
    }
    for (number, end) in ends {
        match parts.get_mut(&number) {
            Some(part) => (part.end, part.durable) = (Some(end), end),
            // Without a checkpoint it may as well have left the journal long ago; its record numbers will tell.
            None if number >= first.max(1) && known.checkpoint.is_some() => {
                report.add(Severity::Lost, Fault::Segment { segment: number, bytes: end });
            }
            None => {}
        }
    }
}

fn is_same(one: &Tip, other: &Tip) -> bool {
    one.batch == other.batch && one.chain == other.chain
}

fn blinded(by: &Secret, path: &[u8]) -> Blinded {
    let mut blinded = [0; 16];
    blinded.copy_from_slice(&by.hash(&[path])[..16]);
    blinded
}

/// The generation that a note speaks of, if this is the path of one.
fn note(path: &[u8]) -> Option<u64> {
    let Key { shelf, name } = Key::of(path);
    (shelf == FORGETTINGS_SHELF).then(|| name.try_into().ok().map(u64::from_be_bytes)).flatten()
}

/// Whether this is the note of a forgetting that did not come to its end. It would say that it had.
pub(super) fn is_empty_note(path: &[u8], generation: u64) -> bool {
    note(path).is_some_and(|noted| noted > generation)
}

pub(super) fn shelf(path: &[u8]) -> u16 {
    path.first_chunk().map_or(0, |shelf| u16::from_be_bytes(*shelf))
}
