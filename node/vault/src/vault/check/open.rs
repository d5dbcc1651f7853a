//! Checking an open vault, its index too, in steps: batches may be committed between two of them. What is committed
//! after the beginning is not part of it.

use super::{Course, Fault, Report, Severity, Subject, checkpoints, leftovers, surroundings};
use crate::{Error, Slot, Vault, checkpoint::Checkpoint, header, keys::Keys, tree::PageRef};

/// Entries of the index that one step reads: about as long as a few megabytes of the journal take.
const ENTRIES_A_STEP: usize = 16_384;

/// A check of an open vault under way. It may be dropped at any time: nothing was written.
pub struct Checking {
    report: Report,
    /// Where the journal stood at the beginning.
    now: Checkpoint,
    course: Course,
    paging: Paging,
}

/// How far the index was read.
struct Paging {
    /// The path to go on from.
    from: Vec<u8>,
    count: u64,
    /// The root at the beginning: with another one the entries cannot be counted any more, only read.
    root: Option<PageRef>,
}

impl Checking {
    /// Bytes of the journal that were read.
    pub fn done_bytes(&self) -> u64 {
        self.course.done()
    }

    /// Bytes of the journal to read.
    pub fn total_bytes(&self) -> u64 {
        self.course.total()
    }
}

impl Vault {
    /// Checks an open vault, its index too. `progress` is told bytes read and bytes to read.
    pub fn check(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Report, Error> {
        let mut checking = self.begin_check()?;
        loop {
            let report = self.check_step(&mut checking);
            progress(checking.done_bytes(), checking.total_bytes());
            if let Some(report) = report {
                return Ok(report);
            }
        }
    }

    /// Begins a check of all that the vault holds now, with what is read at once: headers, checkpoints, the key file.
    pub fn begin_check(&self) -> Result<Checking, Error> {
        let mut report = Report::default();
        let (files, vault, root) = (self.shared.files.as_ref(), self.shared.vault, &self.root);
        surroundings(files, &mut report)?;
        for slot in Slot::BOTH {
            if !header::copy(files, slot).is_ok_and(|found| found.as_ref() == Some(&self.header)) {
                report.add(Severity::Weakened, Fault::Header(slot));
            }
        }
        checkpoints(files, vault, root, &mut report);
        let keys = self.shared.keys();
        let now = self.journal.checkpoint(0, 0);
        match Keys::open(files, vault, keys.generation(), keys.by().clone()) {
            Ok(found) if found.digest(now.pages) == Some(now.keys) => {}
            _ => report.add(Severity::Fatal, Fault::Keys { generation: keys.generation() }),
        }
        leftovers(files, keys.generation(), &now, &mut report)?;
        let course = Course::over(now.live.clone());
        let paging = Paging { from: Vec::new(), count: 0, root: self.shared.state().mark.root };
        Ok(Checking { report, now, course, paging })
    }

    /// Does one step: a few megabytes of the journal are read, or some thousand entries of the index. The report once there
    /// is nothing more to read. Between two steps batches may be committed, entries forgotten and segments compacted away.
    pub fn check_step(&self, checking: &mut Checking) -> Option<Report> {
        let Checking { report, now, course, paging } = checking;
        let keys = self.shared.keys();
        let (files, vault, root) = (self.shared.files.as_ref(), self.shared.vault, &self.root);
        let subject = Subject { files, vault, root, keys: &keys, checkpoint: now, is_open: true };
        course.begin_at(self.journal.first().0);
        if course.step(&subject, report) {
            return None;
        }
        drop(keys);
        if !self.index_step(paging)? {
            report.add(Severity::Notice, Fault::Index);
        }
        Some(std::mem::take(report))
    }

    /// Reads some entries of the index. At its end whether every page opened, and there are as many entries as it says.
    fn index_step(&self, paging: &mut Paging) -> Option<bool> {
        let state = self.shared.state();
        let Ok(mut entries) = self.shared.tree.from(state.mark.root, &paging.from) else { return Some(false) };
        for _ in 0..ENTRIES_A_STEP {
            match entries.next() {
                Ok(Some((path, _))) => {
                    paging.count += 1;
                    paging.from = path;
                }
                Ok(None) => return Some(state.mark.root != paging.root || paging.count == state.mark.records),
                Err(_) => return Some(false),
            }
        }
        // The least path behind the last one.
        paging.from.push(0);
        None
    }
}
