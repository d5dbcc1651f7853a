//! Kill -9, many times: a writer in a process of its own applies one batch after the other and says so on a pipe; it is
//! killed at a moment that a seed picks, while it opens, writes, seals a checkpoint or closes; then the store is opened
//! here and held against what was acknowledged. The page cache survives this: for power cuts see [`crate::power`].

pub mod writer;

use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::store::story::{Chapter, Story, Verdict, writes};
use crate::store::{Kind, contents};
use writer::{Line, Task};

/// The longest time from a writer's start to its end, when only the clock decides.
const DELAY_MICROSECONDS_MAX: u64 = 200_000;
/// The longest time from what a writer said to its end.
const STEP_MICROSECONDS_MAX: u64 = 3_000;
/// How long a writer may stay silent before it counts as stuck.
const PATIENCE: Duration = Duration::from_secs(30);
/// Cycles on one store: enough to grow it past one segment, few enough to read it again each time.
const CYCLES_A_STORE: u64 = 250;
/// Faults that are kept in words.
const FAULTS_MAX: usize = 20;
/// Lines of a writer that may wait to be read.
const LINES_MAX: usize = 1 << 16;
/// Acknowledged writes for each cycle, below which a campaign goes on: fifty thousand in a thousand.
const WRITES_A_CYCLE: u64 = 50;

/// A campaign against one kind of store.
pub struct Campaign<'a> {
    /// The kind.
    pub kind: Kind,
    /// What makes it repeat, but for what the system's own clock adds.
    pub seed: u64,
    /// How many times a writer is killed, at least.
    pub cycles: u64,
    /// How a writer is started.
    pub writer: &'a dyn Fn(&Task) -> Result<Command>,
}

/// What a campaign found.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Writers killed.
    pub cycles: u64,
    /// Batches acknowledged.
    pub batches: u64,
    /// Writes in them.
    pub writes: u64,
    /// Batches that were there although nobody had been told.
    pub one_more: u64,
    /// Writers that died while they opened, wrote, sealed a checkpoint, closed.
    pub died: [u64; 4],
    /// Acknowledged batches that were gone.
    pub lost: u64,
    /// Batches that were there and never written.
    pub phantom: u64,
    /// Batches that were there by half.
    pub torn: u64,
    /// Stores that did not open, or could not be read.
    pub failed: u64,
    /// The faults in words, the first of them.
    pub faults: Vec<String>,
}

/// When a writer is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// So long after it was started.
    After(Duration),
    /// So long after it said this for the nth time.
    At(Line, u64, Duration),
}

/// What is known of a writer that was killed.
struct Death {
    /// The last batch that it acknowledged.
    acknowledged: Option<u64>,
    last: Option<Line>,
    /// What it could not do, if it ended by itself.
    failure: Option<String>,
}

impl Moment {
    fn pick(rng: &mut impl Rng) -> Self {
        let micros = |rng: &mut dyn FnMut() -> u64, most: u64| Duration::from_micros(rng() % most);
        let mut draw = || rng.next_u64();
        // Some steps take a part of a millisecond: half of the moments are early.
        let most = if draw() % 2 == 0 { STEP_MICROSECONDS_MAX } else { STEP_MICROSECONDS_MAX / 10 };
        let step = micros(&mut draw, most);
        match draw() % 8 {
            0 => Self::At(Line::Opening, 1, micros(&mut draw, 20_000)),
            1 => Self::At(Line::Closing, 1 + draw() % 3, step),
            2 => Self::At(Line::Checkpointing, 1 + draw() % 3, step),
            3 => Self::At(Line::Acknowledged(0), 1 + draw() % 60, step),
            _ => Self::After(micros(&mut draw, DELAY_MICROSECONDS_MAX)),
        }
    }
}

impl Campaign<'_> {
    /// Runs it to its end: so many cycles, and a good number of writes.
    pub fn run(&self) -> Result<Tally> {
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed);
        let mut tally = Tally::default();
        let mut number = 0;
        while tally.cycles < self.cycles || (tally.writes < self.cycles * WRITES_A_CYCLE && !tally.is_hopeless(self)) {
            let home = tempfile::Builder::new().prefix("sesame-kill-").tempdir()?;
            let story = Story { seed: self.seed.wrapping_add(number << 32) };
            self.store(&home.path().join("store"), story.start(), &mut rng, &mut tally)?;
            number += 1;
        }
        Ok(tally)
    }

    /// Kills the writers of one store, until it was enough or something is wrong with it.
    fn store(&self, folder: &Path, mut chapter: Chapter, rng: &mut impl Rng, tally: &mut Tally) -> Result<()> {
        self.kind.open(folder)?.close()?;
        for _ in 0..CYCLES_A_STORE.min(self.cycles) {
            let seed = rng.next_u64();
            let (kind, folder) = (self.kind.name.to_owned(), folder.to_owned());
            let task = Task { kind, story: chapter.story, from: chapter.batches, last: u64::MAX, seed, folder };
            let moment = Moment::pick(rng);
            let death = self.kill(&task, moment)?;
            tally.cycles += 1;
            tally.died[death.last.map_or(0, Line::stage)] += 1;
            let before = chapter.batches;
            chapter.reach(death.acknowledged.unwrap_or(before));
            tally.batches += chapter.batches - before;
            tally.writes += (before..chapter.batches).map(|n| writes(&chapter.story.batch(n + 1))).sum::<u64>();
            let place = format!("{} of seed {}, cycle {}, {moment:?}", self.kind.name, self.seed, tally.cycles);
            if let Some(failure) = death.failure {
                tally.failed += 1;
                tally.fault(format!("{place}: {failure}"));
                return Ok(());
            }
            // Whoever closes, or opens, has begun no batch.
            let is_under_way = death.last.is_some_and(|line| line.stage() == 1);
            let is_closed = rng.next_u64().is_multiple_of(2);
            if let Err(fault) = self.check(&task.folder, &mut chapter, is_under_way, is_closed, tally) {
                tally.fault(format!("{place}: {fault:#}"));
                return Ok(());
            }
        }
        Ok(())
    }

    /// Starts a writer, lets it work and kills it.
    fn kill(&self, task: &Task, moment: Moment) -> Result<Death> {
        let mut command = (self.writer)(task)?;
        let start = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().context("a writer without a pipe")?;
        let (sender, lines) = sync_channel(LINES_MAX);
        let reading = thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if let Some(line) = Line::parse(&line)
                    && sender.send(line).is_err()
                {
                    return;
                }
            }
        });
        let mut death = Death { acknowledged: None, last: None, failure: None };
        death.follow(&lines, start, moment);
        end(&mut child)?;
        while let Ok(line) = lines.recv() {
            death.hear(line);
        }
        reading.join().ok();
        Ok(death)
    }

    /// Opens the store and holds it against the chapter.
    fn check(
        &self,
        folder: &Path,
        chapter: &mut Chapter,
        is_under_way: bool,
        is_closed: bool,
        tally: &mut Tally,
    ) -> Result<()> {
        let opened = self.kind.open(folder).and_then(|store| Ok((contents(store.as_ref())?, store)));
        let (found, store) = opened.inspect_err(|_| tally.failed += 1)?;
        let verdict = chapter.judge(&found, is_under_way);
        let fault = match verdict {
            Verdict::Acknowledged => None,
            Verdict::OneMore => {
                tally.one_more += 1;
                chapter.reach(chapter.batches + 1);
                None
            }
            Verdict::Lost => Some(&mut tally.lost),
            Verdict::Phantom => Some(&mut tally.phantom),
            Verdict::Torn => Some(&mut tally.torn),
        };
        if let Some(count) = fault {
            *count += 1;
            bail!("{verdict:?} after {} batches", chapter.batches);
        }
        if is_closed {
            store.close().context("it does not close").inspect_err(|_| tally.failed += 1)?;
        }
        Ok(())
    }
}

impl Death {
    /// Hears a writer until its moment has come.
    fn follow(&mut self, lines: &Receiver<Line>, start: Instant, moment: Moment) {
        let mut left = match moment {
            Moment::After(_) => 0,
            Moment::At(_, times, _) => times,
        };
        let mut until = match moment {
            Moment::After(delay) => start + delay,
            Moment::At(..) => start + PATIENCE,
        };
        loop {
            match lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    self.hear(line);
                    if let Moment::At(wanted, _, delay) = moment
                        && left > 0
                        && wanted.is_like(line)
                    {
                        left -= 1;
                        if left == 0 {
                            until = Instant::now() + delay;
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) if left > 0 => {
                    self.failure = Some(format!("the writer was silent for {} s", PATIENCE.as_secs()));
                    return;
                }
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => {
                    self.failure = Some(format!("the writer ended by itself, its last word {:?}", self.last));
                    return;
                }
            }
        }
    }

    fn hear(&mut self, line: Line) {
        if let Line::Acknowledged(number) = line {
            self.acknowledged = Some(number);
        }
        self.last = Some(line);
    }
}

fn end(child: &mut Child) -> Result<()> {
    // One that is gone already was heard of.
    child.kill().ok();
    child.wait()?;
    Ok(())
}

impl Tally {
    /// Faults that anybody would call so.
    pub fn wrong(&self) -> u64 {
        self.lost + self.phantom + self.torn + self.failed
    }

    fn fault(&mut self, text: String) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(text);
        }
    }

    /// A store that acknowledges next to nothing is not waited for.
    fn is_hopeless(&self, campaign: &Campaign<'_>) -> bool {
        self.cycles >= 3 * campaign.cycles
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cycles, batches, writes, one_more, lost, phantom, torn, failed, .. } = self;
        let [opening, writing, sealing, closing] = self.died;
        write!(
            f,
            "{cycles} kills ({opening} opening, {writing} writing, {sealing} at a checkpoint, {closing} closing), \
            {writes} writes acknowledged in {batches} batches, {one_more} batches more; \
            {lost} lost, {phantom} phantom, {torn} torn, {failed} failed to open"
        )
    }
}
