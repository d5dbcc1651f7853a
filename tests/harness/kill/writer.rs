//! The writer that is killed, and what it says: a line for each step, before a step where that is what matters, after it
//! where something is promised.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use crate::store::Kind;
use crate::store::story::Story;

/// The variable of the environment that makes a process a writer.
pub const VARIABLE: &str = "SESAME_WRITER";

/// What a writer is to do: go on with a story in a folder.
#[derive(Clone, Debug)]
pub struct Task {
    /// The name of the kind of store.
    pub kind: String,
    /// What is written.
    pub story: Story,
    /// The batches that are there already.
    pub from: u64,
    /// The batch after which it closes and ends; a writer that is to be killed never comes to it.
    pub last: u64,
    /// What decides when it seals a checkpoint, and when it closes and opens again.
    pub seed: u64,
    /// Where.
    pub folder: PathBuf,
}

/// What a writer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// It begins to open the store.
    Opening,
    /// The store is open.
    Open,
    /// The batch of this number is durable, or so the store says.
    Acknowledged(u64),
    /// It begins to seal a checkpoint.
    Checkpointing,
    /// The checkpoint stands.
    Checkpointed,
    /// It begins to close.
    Closing,
    /// The store is closed.
    Closed,
}

impl Line {
    /// The line, if it is one of a writer's.
    pub fn parse(line: &str) -> Option<Self> {
        Some(match line {
            "opening" => Self::Opening,
            "open" => Self::Open,
            "checkpointing" => Self::Checkpointing,
            "checkpointed" => Self::Checkpointed,
            "closing" => Self::Closing,
            "closed" => Self::Closed,
            _ => Self::Acknowledged(line.strip_prefix("acknowledged ")?.parse().ok()?),
        })
    }

    /// Whether both say the same, of whatever batch.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// What whoever said this last was doing: 0 opening, 1 writing, 2 sealing a checkpoint, 3 closing.
    pub fn stage(self) -> usize {
        match self {
            Self::Opening | Self::Closed => 0,
            Self::Open | Self::Acknowledged(_) | Self::Checkpointed => 1,
            Self::Checkpointing => 2,
            Self::Closing => 3,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opening => f.write_str("opening"),
            Self::Open => f.write_str("open"),
            Self::Acknowledged(number) => write!(f, "acknowledged {number}"),
            Self::Checkpointing => f.write_str("checkpointing"),
            Self::Checkpointed => f.write_str("checkpointed"),
            Self::Closing => f.write_str("closing"),
            Self::Closed => f.write_str("closed"),
        }
    }
}

impl Task {
    /// The task as the text of a variable.
    pub fn text(&self) -> String {
        let Self { kind, story, from, last, seed, folder } = self;
        format!("{kind} {} {from} {last} {seed} {}", story.seed, folder.display())
    }

    /// The task that this process was started with, if it is a writer.
    pub fn given() -> Option<Self> {
        Self::parse(&std::env::var(VARIABLE).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.splitn(6, ' ');
        Some(Self {
            kind: words.next()?.to_owned(),
            story: Story { seed: words.next()?.parse().ok()? },
            from: words.next()?.parse().ok()?,
            last: words.next()?.parse().ok()?,
            seed: words.next()?.parse().ok()?,
            folder: Path::new(words.next()?).to_owned(),
        })
    }

    /// Writes until it is killed, has written its last, or fails.
    pub fn run(&self, kinds: &[Kind]) -> Result<()> {
        let kind = kinds.iter().find(|kind| kind.name == self.kind);
        let kind = kind.with_context(|| format!("there is no store called {}", self.kind))?;
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed);
        let mut number = self.from;
        // Whoever started it may have left half a line.
        writeln!(std::io::stdout())?;
        loop {
            say(Line::Opening)?;
            let mut store = kind.open(&self.folder)?;
            say(Line::Open)?;
            for _ in 0..=rng.next_u64() % 120 {
                if number == self.last {
                    break;
                }
                number += 1;
                store.commit(&self.story.batch(number))?;
                say(Line::Acknowledged(number))?;
                if rng.next_u64().is_multiple_of(16) {
                    say(Line::Checkpointing)?;
                    store.checkpoint()?;
                    say(Line::Checkpointed)?;
                }
            }
            say(Line::Closing)?;
            store.close()?;
            say(Line::Closed)?;
            if number == self.last {
                return Ok(());
            }
        }
    }
}

fn say(line: Line) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    Ok(out.flush()?)
}
