//! The writing end of the journal: batches of sealed frames, appended and made durable before anybody is told. What a
//! batch means is not known here, nor how it is found again.

pub(crate) mod replay;
pub(crate) mod scan;

use std::sync::{Arc, PoisonError, RwLock};

use crate::{
    Error, Files,
    checkpoint::Checkpoint,
    error::Measure,
    files::FileId,
    frame::{self, Chain, Commit, Entry, Place, Spot},
    keys::{Keys, PAGE_RECORDS},
    secret::{Nonces, Secret},
    segment::{self, Segment, Tip},
};

/// A segment that has grown past this is followed by another: small enough to copy, large enough to be few.
pub(crate) const SEGMENT_BYTES_MAX: u64 = 64 << 20;
/// The bytes of a batch, sealed: one buffer of it is held while it is written.
pub(crate) const BATCH_BYTES_MAX: usize = 64 << 20;

/// The journal of an open vault, at its end.
pub(crate) struct Journal {
    files: Arc<dyn Files>,
    keys: Arc<RwLock<Keys>>,
    vault: [u8; 16],
    root: Secret,
    /// Live segments before the current one, and where they end.
    before: Vec<(u32, u64)>,
    segment: Segment,
    tip: Tip,
    /// The segment's tail may hold a torn batch: write to a new segment.
    is_torn: bool,
    /// A torn batch may have used keys that nobody noted: write with fresh pages.
    is_burnt: bool,
    segment_bytes_max: u64,
}

/// A batch that is ready to be appended.
struct Sealed {
    bytes: Vec<u8>,
    places: Vec<Place>,
    chain: [u8; 32],
}

impl Journal {
    /// The journal of a new vault: its first segment.
    pub(crate) fn create(
        files: Arc<dyn Files>,
        keys: Arc<RwLock<Keys>>,
        vault: [u8; 16],
        root: Secret,
    ) -> Result<Self, Error> {
        let link = Tip { segment: 0, offset: 0, batch: 0, chain: Chain::start(vault), next: 0 };
        let segment = segment::create(files.as_ref(), vault, &root, 1, link)?;
        let tip = Tip { segment: 1, offset: segment::HEADER_BYTES as u64, ..link };
        Ok(Self::at(files, keys, vault, root, Vec::new(), segment, tip, false))
    }

    /// The journal of a vault that was replayed up to `tip`, in `segment`.
    #[expect(clippy::too_many_arguments, reason = "it is the list of what a journal is")]
    pub(crate) fn at(
        files: Arc<dyn Files>,
        keys: Arc<RwLock<Keys>>,
        vault: [u8; 16],
        root: Secret,
        before: Vec<(u32, u64)>,
        segment: Segment,
        tip: Tip,
        is_torn: bool,
    ) -> Self {
        let segment_bytes_max = SEGMENT_BYTES_MAX;
        Self { files, keys, vault, root, before, segment, tip, is_torn, is_burnt: is_torn, segment_bytes_max }
    }

    pub(crate) fn tip(&self) -> &Tip {
        &self.tip
    }

    /// Bytes of all live segments.
    pub(crate) fn bytes(&self) -> u64 {
        self.before.iter().map(|(_, end)| end).sum::<u64>() + self.tip.offset
    }

    /// Rotates earlier, so that a test sees many segments.
    #[cfg(test)]
    pub(crate) fn rotate_at(&mut self, bytes: u64) {
        self.segment_bytes_max = bytes;
    }

    /// What a checkpoint says of the journal now.
    pub(crate) fn checkpoint(&self, sequence: u64, header: u64) -> Checkpoint {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let pages = self.tip.next.div_ceil(PAGE_RECORDS);
        let digest = keys.digest(pages).expect("every number in use has a page");
        let mut live = self.before.clone();
        live.push((self.tip.segment, self.tip.offset));
        Checkpoint { sequence, header, generation: keys.generation(), pages, keys: digest, tip: self.tip, live }
    }

    /// Appends one batch and returns where its entries lie, once they are durable.
    ///
    /// After an error nothing of the batch counts, its record numbers are spent, and the journal goes on.
    pub(crate) fn append(&mut self, entries: &[Entry<'_>]) -> Result<Vec<Place>, Error> {
        self.prepare(entries.len() as u64)?;
        let Sealed { bytes, places, chain } = self.seal(entries)?;
        // Whatever happens now, these numbers have been used.
        let next = self.tip.next + entries.len() as u64;
        self.tip.next = next;
        let file = FileId::Segment(self.tip.segment);
        let appended = match self.files.append(file, &bytes) {
            Ok(at) if at == self.tip.offset => Ok(()),
            Ok(_) => Err(std::io::Error::from(std::io::ErrorKind::InvalidData)),
            Err(error) => Err(error),
        };
        if let Err(error) = appended {
            self.is_torn = self.files.truncate(file, self.tip.offset).is_err();
            return Err(error.into());
        }
        if let Err(error) = self.files.sync(file) {
            // After a failed sync the system may claim that the next one worked: this tail is not built upon.
            self.is_torn = true;
            let _ = self.files.truncate(file, self.tip.offset);
            return Err(error.into());
        }
        self.tip = Tip {
            segment: self.tip.segment,
            offset: self.tip.offset + bytes.len() as u64,
            batch: self.tip.batch + 1,
            chain,
            next,
        };
        Ok(places)
    }

    /// Sees to a segment that takes the batch, and to durable keys for all of it.
    fn prepare(&mut self, count: u64) -> Result<(), Error> {
        if self.is_burnt {
            let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
            self.tip.next = keys.skip(self.files.as_ref(), self.tip.next)?;
            self.is_burnt = false;
        }
        self.keys.write().unwrap_or_else(PoisonError::into_inner).cover(self.files.as_ref(), self.tip.next + count)?;
        if self.is_torn || self.tip.offset >= self.segment_bytes_max {
            self.next_segment()?;
        }
        Ok(())
    }

    fn next_segment(&mut self) -> Result<(), Error> {
        let number = self.tip.segment + 1;
        let number = match self.files.list()?.last() {
            Some(FileId::Segment(last)) if *last >= number => last + 1,
            _ => number,
        };
        let segment = segment::create(self.files.as_ref(), self.vault, &self.root, number, self.tip)?;
        self.before.push((self.tip.segment, self.tip.offset));
        self.segment = segment;
        self.tip.segment = number;
        self.tip.offset = segment::HEADER_BYTES as u64;
        self.is_torn = false;
        Ok(())
    }

    /// Goes on in a new segment and with a new key page, and returns the last segment before them.
    pub(crate) fn part(&mut self) -> Result<u32, Error> {
        self.prepare(0)?;
        let last = self.tip.segment;
        self.tip.next = self.tip.next.next_multiple_of(PAGE_RECORDS);
        self.next_segment()?;
        Ok(last)
    }

    /// The oldest segment and where it ends.
    pub(crate) fn first(&self) -> (u32, u64) {
        self.before.first().copied().unwrap_or((self.tip.segment, self.tip.offset))
    }

    /// Takes the oldest segment out of the journal, which then begins with the one after it.
    pub(crate) fn retire(&mut self) {
        self.before.remove(0);
    }

    /// Puts a segment back that was taken out.
    pub(crate) fn restore(&mut self, first: (u32, u64)) {
        self.before.insert(0, first);
    }

    fn seal(&self, entries: &[Entry<'_>]) -> Result<Sealed, Error> {
        let mut nonces = Nonces::draw()?;
        let mut chain = Chain::follow(&self.tip.chain);
        let mut bytes = Vec::new();
        let mut places = Vec::with_capacity(entries.len());
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        for (record, entry) in (self.tip.next..).zip(entries) {
            let start = bytes.len();
            let key = keys.record(record).expect("numbers are covered before they are used");
            let place = frame::seal_record(&mut bytes, self.spot(start), record, &key, nonces.take(), entry);
            chain.add(record, &bytes[start + frame::HEAD_BYTES..]);
            places.push(place);
            if bytes.len() > BATCH_BYTES_MAX {
                return Err(Error::TooLarge { what: Measure::BatchBytes, found: bytes.len(), max: BATCH_BYTES_MAX });
            }
        }
        let chain = chain.end();
        let commit = Commit {
            batch: self.tip.batch + 1,
            first: self.tip.next,
            last: self.tip.next + entries.len() as u64 - 1,
            count: u32::try_from(entries.len()).expect("a batch has at most 65,536 writes"),
            chain,
            generation: keys.generation(),
        };
        let spot = self.spot(bytes.len());
        frame::seal_commit(&mut bytes, spot, &self.segment.key, nonces.take(), &commit);
        Ok(Sealed { bytes, places, chain })
    }

    fn spot(&self, start: usize) -> Spot {
        Spot { vault: self.vault, segment: self.tip.segment, offset: self.tip.offset + start as u64 }
    }
}
