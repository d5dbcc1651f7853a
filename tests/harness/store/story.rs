//! What is written in the campaigns: an endless row of batches that a seed and a number make, so that a writer who dies and
//! whoever checks after it need to agree on two numbers alone.

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

use super::{Change, Contents, apply};

/// The name that every batch writes its own number under.
const NUMBER: &[u8] = b"batch";
/// Names there are: few, so that most batches write over what is there and all of it is compared after every crash.
const NAMES: u64 = 400;

/// A row of batches.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// What makes it this one.
    pub seed: u64,
}

/// Where a story stands: how many batches were applied, and what is there then.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The story.
    pub story: Story,
    /// Batches so far.
    pub batches: u64,
    /// What they left.
    pub contents: Contents,
}

/// What a store that was opened after a crash holds, against what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All that was acknowledged.
    Acknowledged,
    /// The one batch more that was under way, whole.
    OneMore,
    /// Less than was acknowledged.
    Lost,
    /// Something that was never written, or not yet.
    Phantom,
    /// A batch by half, or values that belong to no one moment.
    Torn,
}

impl Story {
    /// The batch of a number, from 1.
    pub fn batch(self, number: u64) -> Vec<Change> {
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number));
        let count = if rng.next_u64().is_multiple_of(40) { 120 } else { 1 + rng.next_u64() % 10 };
        let mut batch = vec![Change::Put(NUMBER.to_vec(), number.to_le_bytes().to_vec())];
        for _ in 0..count {
            let name = format!("name {:03}", rng.next_u64() % NAMES).into_bytes();
            if rng.next_u64().is_multiple_of(5) {
                batch.push(Change::Drop(name));
                continue;
            }
            let length = match rng.next_u64() % 40 {
                0 => 9_000 + rng.next_u64() % 9_000,
                1..=8 => rng.next_u64() % 2_000,
                _ => rng.next_u64() % 60,
            };
            let mut value = vec![0; usize::try_from(length).expect("a few thousand fit")];
            rng.fill_bytes(&mut value);
            value.extend_from_slice(&number.to_le_bytes());
            batch.push(Change::Put(name, value));
        }
        batch
    }

    /// The story before its first batch.
    pub fn start(self) -> Chapter {
        Chapter { story: self, batches: 0, contents: Contents::new() }
    }
}

impl Chapter {
    /// Goes on until so many batches are applied.
    pub fn reach(&mut self, batches: u64) {
        while self.batches < batches {
            self.batches += 1;
            apply(&mut self.contents, &self.story.batch(self.batches));
        }
    }

    /// The batch that comes next.
    pub fn next(&self) -> Vec<Change> {
        self.story.batch(self.batches + 1)
    }

    /// Judges what was found after a crash, when this is what was acknowledged. `is_under_way` says whether one more had
    /// been begun.
    pub fn judge(&self, found: &Contents, is_under_way: bool) -> Verdict {
        if *found == self.contents {
            return Verdict::Acknowledged;
        }
        let mut more = self.clone();
        more.reach(self.batches + 1);
        if is_under_way && *found == more.contents {
            return Verdict::OneMore;
        }
        let number = found.get(NUMBER).and_then(|bytes| Some(u64::from_le_bytes(bytes.as_slice().try_into().ok()?)));
        let number = number.unwrap_or(0);
        if number < self.batches {
            Verdict::Lost
        } else if number > self.batches + u64::from(is_under_way) {
            Verdict::Phantom
        } else {
            Verdict::Torn
        }
    }
}

/// The number of writes in a batch.
pub fn writes(batch: &[Change]) -> u64 {
    batch.len() as u64
}
