//! Care for the vault between two turns: a check or a compaction goes on step by step, and what waits for the loop waits
//! for one step at most (a few megabytes: some hundredths of a second). It also says when the node compacts by itself.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use sesame_api::care::{Chore, Working};
use sesame_api::{Code, Problem};
use sesame_engine::care::{self, Checked, Verdict};
use sesame_vault::{Checking, Compaction, Error, Fault, Report, Severity, Step, Stretched, Wear};
use tokio::sync::mpsc::{self, error::TryRecvError};
use tokio::sync::oneshot;

use super::{Happening, Loop, TURN_MAX, held, now};
use crate::app::vault_problem;

/// How long nothing may have been written before the node compacts by itself: whoever imports or talks is let finish.
pub(crate) const QUIET: Duration = Duration::from_mins(1);
/// How long it waits for such a moment at most: a desk that is never quiet would otherwise grow without end.
const PATIENCE: Duration = Duration::from_hours(1);
/// How many may wait for one check or one compaction.
const WAITING_MAX: usize = 64;

/// Whom to tell what came of a chore.
pub(super) type Waiting = oneshot::Sender<Result<Tended, Problem>>;

/// What came of a chore.
#[derive(Clone, Debug)]
pub(crate) enum Tended {
    /// What a check found.
    Checked(Report),
    /// What was worn before a compaction, and is now.
    Compacted(Wear, Wear),
}

/// What the loop does for the vault, and for whom.
struct Job {
    chore: Chore,
    work: Work,
    waiting: Vec<Waiting>,
}

enum Work {
    /// It has not begun.
    Due,
    Check(Box<Checking>),
    Compact(Compaction, Wear),
}

/// What is to be done for the vault: at most one job of each kind, the first of them under way.
pub(super) struct Tending {
    jobs: VecDeque<Job>,
    rest: Rest,
}

impl Tending {
    pub(super) fn new(quiet: Duration, now: Instant) -> Self {
        Self { jobs: VecDeque::new(), rest: Rest { quiet, busy: now, worn: None, not_before: now } }
    }

    /// Asks for a chore. Who asks for one that is wanted already hears what comes of that.
    pub(super) fn ask(&mut self, chore: Chore, waiting: Waiting) {
        match self.jobs.iter_mut().find(|job| job.chore == chore) {
            Some(job) if job.waiting.len() >= WAITING_MAX => {
                waiting.send(Err(Problem::new(Code::Busy))).ok();
            }
            Some(job) => job.waiting.push(waiting),
            None => self.jobs.push_back(Job { chore, work: Work::Due, waiting: vec![waiting] }),
        }
    }

    /// Something was written.
    pub(super) fn wrote(&mut self) {
        self.rest.busy = Instant::now();
    }

    /// Looks whether the vault is worn enough to be compacted unasked.
    pub(super) fn look(&mut self, wear: Wear) {
        self.rest.look(wear.is_worth_compacting(), Instant::now());
    }

    /// When the node is to compact by itself; nothing while it compacts, or has no reason to.
    pub(super) fn due(&self) -> Option<Instant> {
        let is_wanted = self.jobs.iter().any(|job| job.chore == Chore::Compact);
        self.rest.due().filter(|_| !is_wanted)
    }

    /// A moment came: a compaction that is due begins.
    pub(super) fn woke(&mut self) {
        if self.due().is_some_and(|due| due <= Instant::now()) {
            tracing::info!("much of the vault is dead; it is compacted");
            self.jobs.push_back(Job { chore: Chore::Compact, work: Work::Due, waiting: Vec::new() });
        }
    }
}

/// Since when the vault is worn and the node busy.
#[derive(Debug)]
struct Rest {
    quiet: Duration,
    /// When something was last written.
    busy: Instant,
    /// Since when the vault is worth compacting.
    worn: Option<Instant>,
    /// One that came to nothing is not tried again before.
    not_before: Instant,
}

impl Rest {
    fn look(&mut self, is_worn: bool, now: Instant) {
        self.worn = if is_worn { self.worn.or(Some(now)) } else { None };
    }

    fn due(&self) -> Option<Instant> {
        self.worn.map(|worn| (self.busy + self.quiet).min(worn + PATIENCE).max(self.not_before))
    }

    /// A compaction ended, well or not.
    fn ended(&mut self, is_well: bool, now: Instant) {
        self.worn = None;
        if !is_well {
            self.not_before = now + PATIENCE;
        }
    }
}

impl Loop {
    /// Waits for what happens next. While there is work on the vault, one step of it is done instead of waiting. False
    /// once nobody can tell the loop anything any more.
    pub(super) fn next(
        &mut self,
        happenings: &mut mpsc::Receiver<Happening>,
        batch: &mut Vec<Happening>,
    ) -> Result<bool, Problem> {
        while self.tend()? {
            loop {
                match happenings.try_recv() {
                    Ok(happening) => batch.push(happening),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return Ok(!batch.is_empty()),
                }
                if batch.len() >= TURN_MAX {
                    break;
                }
            }
            if !batch.is_empty() {
                return Ok(true);
            }
        }
        Ok(happenings.blocking_recv_many(batch, TURN_MAX) > 0)
    }

    /// Takes a passphrase that was stretched already.
    pub(super) fn take_passphrase(&mut self, passphrase: &Stretched) -> Result<(), Problem> {
        self.vault.take_passphrase(passphrase).map_err(|error| vault_problem(&error))
    }

    /// Does one step of the job that is first. False when there is none.
    fn tend(&mut self) -> Result<bool, Problem> {
        let Some(mut job) = self.tending.jobs.pop_front() else { return Ok(false) };
        let mut done = self.work(&mut job);
        if matches!(done, Err(Error::Index(_))) {
            // What the index lost is in the journal; the chore goes on where it was.
            self.rebuild()?;
            done = self.work(&mut job);
        }
        match done {
            Ok(None) => {
                *held(&self.working) = job.progress();
                self.tending.jobs.push_front(job);
            }
            Ok(Some(tended)) => self.tended(job, &Ok(tended))?,
            Err(error) => self.tended(job, &Err(vault_problem(&error)))?,
        }
        Ok(true)
    }

    /// One step.
    fn work(&mut self, job: &mut Job) -> Result<Option<Tended>, Error> {
        match &mut job.work {
            Work::Due => {
                let wear = self.vault.wear();
                job.work = match job.chore {
                    Chore::Check => Work::Check(Box::new(self.vault.begin_check()?)),
                    Chore::Compact if !wear.has_something_to_free() => return Ok(Some(Tended::Compacted(wear, wear))),
                    Chore::Compact => Work::Compact(self.vault.begin_compaction()?, wear),
                };
                Ok(None)
            }
            Work::Check(checking) => Ok(self.vault.check_step(checking).map(Tended::Checked)),
            Work::Compact(compaction, before) => match self.vault.compact_step(compaction)? {
                Step::More => Ok(None),
                Step::Done => Ok(Some(Tended::Compacted(*before, self.vault.wear()))),
                Step::NoRoom { .. } => Err(Error::NoSpace),
            },
        }
    }

    /// A job came to its end: what it found is remembered, and whoever waits is told.
    fn tended(&mut self, job: Job, tended: &Result<Tended, Problem>) -> Result<(), Problem> {
        *held(&self.working) = None;
        match tended {
            Ok(Tended::Checked(report)) => {
                if report.findings.iter().any(|finding| finding.fault == Fault::Index) {
                    self.rebuild()?;
                }
                self.remember(report)?;
            }
            Ok(Tended::Compacted(before, after)) => {
                tracing::info!(?before, ?after, "the vault was compacted");
                // The copies stand behind the last checkpoint.
                self.dirty.get_or_insert_with(Instant::now);
            }
            Err(problem) => tracing::warn!(%problem, "the vault could not be cared for"),
        }
        if job.chore == Chore::Compact {
            self.tending.rest.ended(tended.is_ok(), Instant::now());
        }
        for waiting in job.waiting {
            waiting.send(tended.clone()).ok();
        }
        self.checkpoint(None)
    }

    /// Notes when the vault was checked and what was found. A full disk is no reason not to tell.
    fn remember(&mut self, report: &Report) -> Result<(), Problem> {
        let verdict = match report.worst() {
            None => Verdict::Whole,
            Some(Severity::Notice) => Verdict::Notice,
            Some(Severity::Weakened) => Verdict::Weakened,
            Some(Severity::Lost) => Verdict::Lost,
            Some(Severity::Fatal) => Verdict::Fatal,
        };
        let findings = (report.findings.len() as u64).saturating_add(report.more);
        let checked = care::remember(&Checked { at: now(), verdict, findings });
        match self.write(vec![checked]) {
            Err(problem) if problem.code == Code::NoSpace => {
                tracing::warn!("no space to note when the vault was checked");
                Ok(())
            }
            written => written,
        }
    }
}

impl Job {
    fn progress(&self) -> Option<Working> {
        let (done_bytes, total_bytes) = match &self.work {
            Work::Due => return None,
            Work::Check(checking) => (checking.done_bytes(), checking.total_bytes()),
            Work::Compact(compaction, _) => (compaction.done_bytes, compaction.total_bytes),
        };
        Some(Working { chore: self.chore, done_bytes, total_bytes })
    }
}

#[cfg(test)]
mod tests;
