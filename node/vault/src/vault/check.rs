//! Checking a vault: every byte that matters is read and opened, and what is wrong is listed with its place and its
//! weight. Nothing is written. What to do about a finding is for others: repair is in a module of its own.

mod course;
mod open;
mod walk;
pub(super) mod window;

use std::fmt;

use self::course::Course;
pub use self::open::Checking;
use super::Unlock;
use crate::{
    Error, Files, Slot,
    checkpoint::{self, Checkpoint},
    files::FileId,
    header::{self, Header, Opened},
    journal::replay,
    keys::Keys,
    secret::Secret,
    segment,
};

/// Findings that a report lists; those beyond are counted.
const FINDINGS_MAX: usize = 1000;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// What is wrong, in the order in which it was met; at most a thousand.
    pub findings: Vec<Finding>,
    /// Findings beyond those.
    pub more: u64,
    /// Bytes of the journal that were read.
    pub bytes: u64,
    /// Batches that are whole.
    pub batches: u64,
    /// Records that opened: all versions, not only the newest.
    pub records: u64,
    /// Records that were forgotten: their frames are there, and open for nobody.
    pub forgotten: u64,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is, and where.
    pub fault: Fault,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is lost or in danger.
    Notice,
    /// Nothing is lost yet: a second copy stands in, or the disk begins to fail.
    Weakened,
    /// Records are lost; the rest can be read.
    Lost,
    /// The vault does not open as it is.
    Fatal,
}

/// What is wrong. File names are given, names of entries never. Whoever shows it has words for each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A read failed, or did not verify, and was right the second time: a disk or its cable begins to fail.
    #[error("{file:?} was read wrongly at {offset} and rightly the second time")]
    Transient {
        /// The file.
        file: FileId,
        /// Bytes from its start.
        offset: u64,
    },
    /// The disk does not read these bytes.
    #[error("the disk does not read {bytes} bytes of {file:?} at {offset}")]
    Unreadable {
        /// The file.
        file: FileId,
        /// Bytes from its start.
        offset: u64,
        /// How many.
        bytes: u64,
    },
    /// A copy of the header is missing, damaged or does not open.
    #[error("copy {0:?} of the header is missing or damaged")]
    Header(Slot),
    /// The two copies of the header are not the same: a change of keys was interrupted. Opening ends it.
    #[error("the two copies of the header differ")]
    HeadersDiffer,
    /// The header is older than the checkpoint says: it was put back.
    #[error("the header was put back to an older one")]
    HeaderRolledBack,
    /// A checkpoint is missing or damaged.
    #[error("checkpoint {0:?} is missing or damaged")]
    Checkpoint(Slot),
    /// The key file is missing, damaged or older than the checkpoint says: no record opens without it.
    #[error("key file {generation} is missing, damaged or older than it should be")]
    Keys {
        /// The key file's generation.
        generation: u64,
    },
    /// A segment is missing, or its header does not open.
    #[error("segment {segment} with {bytes} bytes is missing or has no header")]
    Segment {
        /// The segment's number.
        segment: u32,
        /// Bytes that it should have.
        bytes: u64,
    },
    /// A segment ends before it should.
    #[error("segment {segment} lacks its last {bytes} bytes")]
    Short {
        /// The segment's number.
        segment: u32,
        /// Bytes that are missing.
        bytes: u64,
    },
    /// Bytes of a segment are no frame that opens: the records in them are lost.
    #[error("{bytes} bytes of segment {segment} at {offset} do not verify")]
    Frames {
        /// The segment's number.
        segment: u32,
        /// Bytes from its start.
        offset: u64,
        /// How many.
        bytes: u64,
    },
    /// A batch does not follow from those before it.
    #[error("batch {batch} in segment {segment} does not follow from those before it")]
    Chain {
        /// The segment's number.
        segment: u32,
        /// The batch.
        batch: u64,
    },
    /// Bytes behind the last batch that belong to none: what a crash leaves. Opening drops them.
    #[error("{bytes} bytes behind the last batch belong to none")]
    Torn {
        /// How many.
        bytes: u64,
    },
    /// A file of the vault's that nothing names: what a crash leaves. Opening removes it.
    #[error("{0:?} is left over")]
    Leftover(FileId),
    /// A file in the vault's folder that is none of its own.
    #[error("a file that is not the vault's lies in its folder")]
    Stray {
        /// Its name.
        name: String,
    },
    /// More than the owner may use a file or the folder, or could until it was narrowed just now.
    #[error("{name} was open to others ({mode:o})")]
    Mode {
        /// Its name; `.` is the folder.
        name: String,
        /// Its mode.
        mode: u32,
    },
    /// The index does not fit the journal. Nothing is lost: it can be made anew.
    #[error("the index must be made anew")]
    Index,
}

impl Report {
    /// The worst of what was found; nothing if all is well.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Whether something is damaged. Who could read sealed files is worth a word, and no damage.
    pub fn is_damaged(&self) -> bool {
        let is_damage =
            |found: &Finding| found.severity >= Severity::Weakened && !matches!(found.fault, Fault::Mode { .. });
        self.findings.iter().any(is_damage)
    }

    pub(super) fn add(&mut self, severity: Severity, fault: Fault) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { severity, fault });
        } else {
            self.more += 1;
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fault, formatter)
    }
}

/// What the journal is checked with.
struct Subject<'a> {
    files: &'a dyn Files,
    vault: [u8; 16],
    root: &'a Secret,
    keys: &'a Keys,
    checkpoint: &'a Checkpoint,
    /// Whether the journal ends where the checkpoint does: it is open, and nothing is written meanwhile.
    is_open: bool,
}

/// Checks a vault that no node holds. `progress` is told bytes read and bytes to read.
///
/// An error means that there was nothing to check with: the wrong passphrase, no vault, a newer format. What is damaged
/// is in the report, however bad it is.
pub fn check(files: &dyn Files, unlock: &Unlock<'_>, progress: &mut dyn FnMut(u64, u64)) -> Result<Report, Error> {
    let mut report = Report::default();
    surroundings(files, &mut report)?;
    let Some(Opened { vault, generation, root, key_file, header, .. }) = headers(files, unlock, &mut report)? else {
        return Ok(report);
    };
    let (Some(newest), _) = checkpoints(files, vault, &root, &mut report) else { return Ok(report) };
    if header.sequence < newest.header {
        report.add(Severity::Fatal, Fault::HeaderRolledBack);
    }
    let Ok(keys) = Keys::open(files, vault, generation, key_file) else {
        report.add(Severity::Fatal, Fault::Keys { generation });
        return Ok(report);
    };
    let digest = keys.digest(newest.pages);
    if digest.is_none() || generation == newest.generation && digest != Some(newest.keys) {
        report.add(Severity::Fatal, Fault::Keys { generation });
    }
    leftovers(files, generation, &newest, &mut report)?;
    let spans = spans(files, vault, &root, &newest)?;
    let subject = Subject { files, vault, root: &root, keys: &keys, checkpoint: &newest, is_open: false };
    let mut course = Course::over(spans);
    while course.step(&subject, &mut report) {
        progress(course.done(), course.total());
    }
    Ok(report)
}

/// What else lies in the folder, and who may use it.
fn surroundings(files: &dyn Files, report: &mut Report) -> Result<(), Error> {
    for (name, mode) in files.wide()? {
        report.add(Severity::Weakened, Fault::Mode { name, mode });
    }
    for name in files.strays()? {
        report.add(Severity::Notice, Fault::Stray { name });
    }
    Ok(())
}

/// Reads a thing, and once more if the disk fails: what is right the second time is told as such.
pub(super) fn twice<T>(file: FileId, report: &mut Report, read: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
    match read() {
        Err(Error::Disk(_)) => {
            let found = read()?;
            report.add(Severity::Weakened, Fault::Transient { file, offset: 0 });
            Ok(found)
        }
        found => found,
    }
}

/// The newest header that opens, after telling of both.
pub(super) fn headers(files: &dyn Files, unlock: &Unlock<'_>, report: &mut Report) -> Result<Option<Opened>, Error> {
    let mut whole: Vec<(Slot, Header)> = Vec::new();
    let mut bad = Vec::new();
    let mut exists = false;
    for slot in Slot::BOTH {
        let file = FileId::Header(slot);
        exists |= files.length(file)?.is_some();
        match twice(file, report, || header::copy(files, slot)) {
            Ok(Some(header)) => whole.push((slot, header)),
            Err(error @ Error::Newer { .. }) => return Err(error),
            Ok(None) | Err(_) => bad.push(slot),
        }
    }
    if !exists {
        return Err(Error::Missing);
    }
    whole.sort_by_key(|(_, header)| std::cmp::Reverse(header.sequence));
    let differ = matches!(whole.as_slice(), [(_, one), (_, other)] if one != other);
    if differ {
        report.add(Severity::Weakened, Fault::HeadersDiffer);
    }
    let mut opened = None;
    let mut refused = None;
    for (slot, header) in &whole {
        match header::open_copy(header, unlock) {
            Ok(found) => {
                opened = Some(found);
                break;
            }
            Err(Error::Header(_)) => bad.push(*slot),
            Err(error) => refused = Some(error),
        }
    }
    let severity = if opened.is_some() { Severity::Weakened } else { Severity::Fatal };
    match (opened, refused) {
        (None, Some(error)) => Err(error),
        (opened, _) => {
            for slot in bad {
                report.add(severity, Fault::Header(slot));
            }
            Ok(opened)
        }
    }
}

/// The newest checkpoint that opens, after telling of both; and whether none is missing that could tell of more.
pub(super) fn checkpoints(
    files: &dyn Files,
    vault: [u8; 16],
    root: &Secret,
    report: &mut Report,
) -> (Option<Checkpoint>, bool) {
    let mut found = Vec::new();
    let mut bad = Vec::new();
    for slot in Slot::BOTH {
        let read = || checkpoint::copy(files, vault, root, slot);
        match twice(FileId::Checkpoint(slot), report, read) {
            Ok(Some(checkpoint)) => found.push(checkpoint),
            Ok(None) | Err(_) => bad.push(slot),
        }
    }
    // A vault that was made and never closed has written one of them only.
    let is_young = matches!(found.as_slice(), [only] if only.sequence == 1);
    let severity = if found.is_empty() { Severity::Fatal } else { Severity::Weakened };
    let are_all_there = bad.is_empty() || is_young;
    for slot in bad.into_iter().filter(|_| !is_young) {
        report.add(severity, Fault::Checkpoint(slot));
    }
    (found.into_iter().max_by_key(|checkpoint| checkpoint.sequence), are_all_there)
}

/// Files of the vault's that nothing names.
fn leftovers(files: &dyn Files, generation: u64, newest: &Checkpoint, report: &mut Report) -> Result<(), Error> {
    let first = newest.live.first().map_or(0, |(number, _)| *number);
    for file in files.list()? {
        let is_left = match file {
            FileId::Draft => true,
            FileId::Keys(found) => found != generation,
            FileId::Segment(number) => number < first,
            _ => false,
        };
        if is_left {
            report.add(Severity::Notice, Fault::Leftover(file));
        }
    }
    Ok(())
}

/// The segments to read: those that opening would take, or, where it would refuse, all that may belong to the journal.
fn spans(files: &dyn Files, vault: [u8; 16], root: &Secret, newest: &Checkpoint) -> Result<Vec<(u32, u64)>, Error> {
    if let Ok(extent) = replay::extent(files, vault, root, newest) {
        return Ok(extent.spans);
    }
    let mut spans = newest.live.clone();
    for file in files.list()? {
        if let FileId::Segment(number) = file
            && number > newest.tip.segment
            && segment::open(files, vault, root, number).is_ok_and(|found| found.is_some())
        {
            spans.push((number, files.length(file)?.unwrap_or(0)));
        }
    }
    Ok(spans)
}
