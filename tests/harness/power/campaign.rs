//! Many vaults, many cuts: a vault lives through a seeded story on recorded files, disks are made as cuts may leave them,
//! each is opened and held against what was acknowledged; and one of them is where the next life begins, so that
//! vaults which have been through several cuts are cut again.

use std::fmt;

use anyhow::{Context as _, Result, bail, ensure};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use sesame_vault::{Error, MemoryIndex};

use super::image::{Image, below};
use super::recorder::{Notes, Recorder, Shadow, Skip, memory};
use super::{Step, Trace};
use crate::store::story::{Chapter, Story, Verdict};
use crate::store::vault::{self, Open};
use crate::store::{Store, contents};

/// Cuts of one life.
const CUTS_A_LIFE: u64 = 40;
/// Faults that are kept in words.
const FAULTS_MAX: usize = 20;
/// Lives of one vault.
const LIVES: u64 = 5;

/// A campaign of power cuts against the vault.
pub struct Campaign {
    /// What makes it repeat, byte for byte but for the vault's own chance.
    pub seed: u64,
    /// How many disks are looked at.
    pub images: u64,
    /// What the vault is made to leave out.
    pub skip: Skip,
}

/// What a campaign found.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Disks looked at.
    pub images: u64,
    /// Lives that they come from.
    pub lives: u64,
    /// Batches acknowledged in them.
    pub batches: u64,
    /// Disks with no vault, cut before its making was acknowledged.
    pub absent: u64,
    /// Disks with the one batch more that was under way.
    pub one_more: u64,
    /// Disks with something at the journal's end that was dropped.
    pub torn_tails: u64,
    /// Disks whose index was made anew.
    pub rebuilt: u64,
    /// Disks that were wrong: lost, phantom or torn batches, or none that opens.
    pub wrong: u64,
    /// The faults in words, the first of them.
    pub faults: Vec<String>,
}

/// Where a life begins: a disk after a cut, and what it holds. A vault that is not made yet has none.
#[derive(Clone)]
struct Base {
    files: Image,
    index: MemoryIndex,
    chapter: Chapter,
}

/// A life that was recorded.
struct Life {
    base: Option<Base>,
    story: Story,
    trace: Trace,
    notes: Notes,
}

/// A disk after a cut, and what was promised of it.
struct Cut {
    files: Image,
    index: MemoryIndex,
    /// What was acknowledged; nothing when the vault's own making was not.
    acknowledged: Option<Chapter>,
    is_under_way: bool,
    story: Story,
}

impl Campaign {
    /// Runs it to its end.
    pub fn run(&self) -> Result<Tally> {
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed);
        let mut tally = Tally::default();
        while tally.images < self.images {
            let story = Story { seed: rng.next_u64() };
            let mut base = None;
            for _ in 0..LIVES {
                let life = Life::live(base.take(), story, self.skip, &mut rng)?;
                tally.lives += 1;
                tally.batches += life.trace.promised(life.trace.steps.len()).1;
                for _ in 0..CUTS_A_LIFE.min(self.images.saturating_sub(tally.images)) {
                    if let Some(next) = self.cut(&life, &mut rng, &mut tally) {
                        base = Some(next);
                    }
                }
                if base.is_none() {
                    break;
                }
            }
        }
        Ok(tally)
    }

    /// Makes one disk of a life and looks at it. Gives it back where a next life may begin on it.
    fn cut(&self, life: &Life, rng: &mut impl Rng, tally: &mut Tally) -> Option<Base> {
        let steps = life.trace.steps.len();
        let at = life.moment(rng);
        let cut = life.cut(at, rng);
        tally.images += 1;
        match cut.check(rng, tally) {
            Ok(next) => next,
            Err(fault) => {
                tally.wrong += 1;
                if tally.faults.len() < FAULTS_MAX {
                    let number = tally.images;
                    tally.faults.push(format!("image {number} of seed {}, step {at} of {steps}: {fault:#}", self.seed));
                }
                None
            }
        }
    }
}

impl Life {
    /// Lets a vault live for some steps, and records them.
    fn live(base: Option<Base>, story: Story, skip: Skip, rng: &mut impl Rng) -> Result<Self> {
        let notes = Notes::default();
        let (files, index, mut chapter) = match &base {
            Some(base) => (base.files.clone(), base.index.clone(), base.chapter.clone()),
            None => (Image::new(), MemoryIndex::new(), story.start()),
        };
        let recorder = Recorder::new(&files, notes.clone(), skip);
        let shadow = Shadow::new(&index, notes.clone());
        let open = || vault::open(Box::new(recorder.clone()), Box::new(shadow.clone())).map(|(vault, _)| vault);
        let mut vault = if base.is_some() {
            open().context("what was opened before does not open again")?
        } else {
            notes.note(Step::Begun);
            let made = vault::create(Box::new(recorder.clone()), Box::new(shadow.clone()))?;
            notes.note(Step::Acknowledged);
            made
        };
        for _ in 0..3 + rng.next_u64() % 12 {
            match rng.next_u64() % 12 {
                0 => vault.checkpoint()?,
                1 => vault.rebuild_index(&mut |_| {})?,
                2 => {
                    vault.close()?;
                    vault = open()?;
                }
                3 => {
                    drop(vault);
                    vault = open()?;
                }
                _ => {
                    notes.note(Step::Begun);
                    vault.commit(vault::batch(&chapter.next()))?;
                    notes.note(Step::Acknowledged);
                    chapter.reach(chapter.batches + 1);
                }
            }
        }
        Ok(Self { trace: notes.trace(files), base, story, notes })
    }

    /// A step before which the power goes: any of them, or, as often, a sync, before which most is at stake.
    fn moment(&self, rng: &mut impl Rng) -> usize {
        let steps = &self.trace.steps;
        let is_sync = |at: &usize| matches!(steps[*at], Step::Sync { .. } | Step::SyncFolder);
        let syncs: Vec<usize> = (0..steps.len()).filter(is_sync).collect();
        let any = usize::try_from(below(steps.len() as u64 + 1, rng)).expect("a trace fits into memory");
        if rng.next_u32().is_multiple_of(2) { any } else { syncs.get(any % syncs.len().max(1)).copied().unwrap_or(any) }
    }

    fn cut(&self, at: usize, rng: &mut impl Rng) -> Cut {
        let files = self.trace.image(at, rng);
        let none = MemoryIndex::new();
        let base = self.base.as_ref().map_or(&none, |base| &base.index);
        let index = match rng.next_u32() % 3 {
            0 => none.fork(),
            1 => self.notes.index(base, at, u64::MAX),
            _ => self.notes.index(base, at, rng.next_u64() % 8),
        };
        let (begun, acknowledged) = self.trace.promised(at);
        let chapter = |batches| {
            let mut chapter = self.base.as_ref().map_or_else(|| self.story.start(), |base| base.chapter.clone());
            chapter.reach(chapter.batches + batches);
            chapter
        };
        let is_under_way = begun > acknowledged;
        // The first that a new vault acknowledges is its own making.
        let acknowledged = match (&self.base, acknowledged) {
            (Some(_), batches) => Some(chapter(batches)),
            (None, 0) => None,
            (None, batches) => Some(chapter(batches - 1)),
        };
        Cut { files, index, acknowledged, is_under_way, story: self.story }
    }
}

impl Cut {
    /// Opens the disk, reads all of it, and at times writes on. Gives the disk as it was, with what it holds.
    fn check(self, rng: &mut impl Rng, tally: &mut Tally) -> Result<Option<Base>> {
        let files = memory(&self.files);
        let open = || vault::open(Box::new(files.clone()), Box::new(self.index.fork()));
        let (vault, opening) = match open() {
            Err(Error::Missing) if self.acknowledged.is_none() => {
                tally.absent += 1;
                if rng.next_u32().is_multiple_of(4) {
                    vault::create(Box::new(files.clone()), Box::new(MemoryIndex::new()))
                        .context("after a making that was cut off, another fails")?;
                }
                return Ok(None);
            }
            opened => opened.context("it does not open")?,
        };
        ensure!(opening.lost_batches == 0, "{} batches that nobody was told of count as lost", opening.lost_batches);
        tally.rebuilt += u64::from(opening.index_rebuilt);
        tally.torn_tails += u64::from(opening.dropped_bytes > 0);
        let mut chapter = self.acknowledged.clone().unwrap_or_else(|| self.story.start());
        let mut store = Open::new(vault);
        match chapter.judge(&contents(&store)?, self.is_under_way && self.acknowledged.is_some()) {
            Verdict::Acknowledged => {}
            Verdict::OneMore => {
                tally.one_more += 1;
                chapter.reach(chapter.batches + 1);
            }
            verdict => bail!("{verdict:?} after {} batches", chapter.batches),
        }
        let base = Base { files: self.files.clone(), index: self.index.fork(), chapter: chapter.clone() };
        if rng.next_u32().is_multiple_of(4) {
            store.commit(&chapter.next()).context("it takes no batch after a cut")?;
            chapter.reach(chapter.batches + 1);
            drop(store);
            let (vault, _) = open().context("it does not open a second time")?;
            let verdict = chapter.judge(&contents(&Open::new(vault))?, false);
            ensure!(verdict == Verdict::Acknowledged, "{verdict:?} after a batch that was written after a cut");
        }
        Ok(Some(base))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { images, lives, batches, absent, one_more, torn_tails, rebuilt, wrong, .. } = self;
        write!(
            f,
            "{images} disks after cuts in {lives} lives with {batches} batches acknowledged: {absent} before there was a \
            vault, {one_more} with one batch more, {torn_tails} with a torn tail, {rebuilt} with an index made anew; {wrong} wrong"
        )
    }
}
