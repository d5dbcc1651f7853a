//! What a disk may hold after a power cut: the model of a file system that promises what fsync promises and nothing else.

use std::collections::BTreeMap;

use rand_core::Rng;

use super::{Step, Trace};

/// Files by name.
pub type Image = BTreeMap<String, Vec<u8>>;

/// What a disk writes whole, or tears once.
const SECTOR: u64 = 512;

/// A file as the disk has it, and what was asked since.
#[derive(Clone, Debug, Default)]
struct Node {
    durable: Vec<u8>,
    pending: Vec<Change>,
    /// What a program sees that reads it.
    live: Vec<u8>,
}

/// A change of a file that no sync covers yet.
#[derive(Clone, Debug)]
enum Change {
    Write { at: u64, bytes: Vec<u8> },
    Length(u64),
}

/// A change of the folder that no sync covers yet.
#[derive(Clone, Debug)]
enum Entry {
    Born(String, usize),
    Renamed(String, String, usize),
    Unlinked(String),
}

/// A folder in the middle of its work.
#[derive(Clone, Debug, Default)]
struct Folder {
    nodes: Vec<Node>,
    durable: BTreeMap<String, usize>,
    live: BTreeMap<String, usize>,
    pending: Vec<Entry>,
}

/// How a cut treats what was not synced.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Lost,
    Kept,
    /// As a file system with a journal would: the first so many.
    Prefix,
    /// Each for itself.
    Scattered,
}

impl Fate {
    fn pick(rng: &mut impl Rng) -> Self {
        match rng.next_u32() % 6 {
            0 => Self::Lost,
            1 => Self::Kept,
            2 => Self::Prefix,
            _ => Self::Scattered,
        }
    }

    /// Which of so many changes happened.
    fn decide(self, count: usize, rng: &mut impl Rng) -> Vec<bool> {
        let prefix = below(count as u64 + 1, rng);
        let odds = 1 + rng.next_u32() % 9;
        let is_kept = |at: usize| match self {
            Self::Lost => false,
            Self::Kept => true,
            Self::Prefix => (at as u64) < prefix,
            Self::Scattered => rng.next_u32() % 10 < odds,
        };
        (0..count).map(is_kept).collect()
    }
}

impl Trace {
    /// A disk as a cut just before the step `cut` may leave it.
    pub fn image(&self, cut: usize, rng: &mut impl Rng) -> Image {
        let mut folder = Folder::new(&self.start);
        for step in &self.steps[..cut] {
            folder.take(step);
        }
        folder.settle(rng)
    }
}

impl Folder {
    fn new(start: &Image) -> Self {
        let mut folder = Self::default();
        for (name, bytes) in start {
            folder.durable.insert(name.clone(), folder.nodes.len());
            folder.nodes.push(Node { durable: bytes.clone(), pending: Vec::new(), live: bytes.clone() });
        }
        folder.live = folder.durable.clone();
        folder
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Write { file, at, bytes } => self.node(file).take(Change::Write { at: *at, bytes: bytes.clone() }),
            Step::Length { file, length } => self.node(file).take(Change::Length(*length)),
            Step::Rename { from, to } => {
                if let Some(node) = self.live.remove(from) {
                    self.live.insert(to.clone(), node);
                    self.pending.push(Entry::Renamed(from.clone(), to.clone(), node));
                }
            }
            Step::Unlink { file } => {
                if self.live.remove(file).is_some() {
                    self.pending.push(Entry::Unlinked(file.clone()));
                }
            }
            Step::Sync { file } => {
                let node = self.node(file);
                node.durable.clone_from(&node.live);
                node.pending.clear();
            }
            Step::SyncFolder => {
                self.durable.clone_from(&self.live);
                self.pending.clear();
            }
            Step::Begun | Step::Acknowledged => {}
        }
    }

    /// The file of a name, which is born if it is not there.
    fn node(&mut self, file: &str) -> &mut Node {
        let next = self.nodes.len();
        let number = *self.live.entry(file.to_owned()).or_insert(next);
        if number == next {
            self.nodes.push(Node::default());
            self.pending.push(Entry::Born(file.to_owned(), next));
        }
        &mut self.nodes[number]
    }

    fn settle(mut self, rng: &mut impl Rng) -> Image {
        let kept = Fate::pick(rng).decide(self.pending.len(), rng);
        for (entry, _) in self.pending.iter().zip(kept).filter(|(_, is_kept)| *is_kept) {
            match entry {
                Entry::Born(name, node) => {
                    self.durable.insert(name.clone(), *node);
                }
                Entry::Renamed(from, to, node) => {
                    self.durable.insert(to.clone(), *node);
                    if self.durable.get(from) == Some(node) {
                        self.durable.remove(from);
                    }
                }
                Entry::Unlinked(name) => {
                    self.durable.remove(name);
                }
            }
        }
        self.durable.iter().map(|(name, node)| (name.clone(), self.nodes[*node].settle(rng))).collect()
    }
}

impl Node {
    fn take(&mut self, change: Change) {
        change.apply(&mut self.live, 0);
        self.pending.push(change);
    }

    /// The file's bytes after a cut.
    fn settle(&self, rng: &mut impl Rng) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        if self.pending.is_empty() {
            return bytes;
        }
        // Space that was given to the file and never written: zeroes, or what was there of another file.
        let filler = if rng.next_u32().is_multiple_of(4) { 0xa5 } else { 0 };
        let fate = Fate::pick(rng);
        let pieces: Vec<Change> = match fate {
            Fate::Scattered => self.pending.iter().flat_map(Change::sectors).collect(),
            _ => self.pending.clone(),
        };
        let kept = fate.decide(pieces.len(), rng);
        for (piece, _) in pieces.iter().zip(kept).filter(|(_, is_kept)| *is_kept) {
            match (fate, piece) {
                (Fate::Scattered, Change::Write { at, bytes: sector }) if rng.next_u32().is_multiple_of(12) => {
                    torn(*at, sector, rng).apply(&mut bytes, filler);
                }
                _ => piece.apply(&mut bytes, filler),
            }
        }
        if matches!(fate, Fate::Scattered) && rng.next_u32().is_multiple_of(3) {
            let (least, most) = self.lengths();
            Change::Length(least + below(most - least + 1, rng)).apply(&mut bytes, filler);
        }
        bytes
    }

    /// The shortest and the longest that the file may be: a disk forgets what was not synced, and invents nothing.
    fn lengths(&self) -> (u64, u64) {
        let mut length = self.durable.len() as u64;
        let (mut least, mut most) = (length, length);
        for change in &self.pending {
            length = match change {
                Change::Write { at, bytes } => length.max(at + bytes.len() as u64),
                Change::Length(length) => *length,
            };
            (least, most) = (least.min(length), most.max(length));
        }
        (least, most)
    }
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>, filler: u8) {
        let place = |at: u64| usize::try_from(at).expect("files of a campaign fit into memory");
        match self {
            Self::Write { at, bytes } => {
                let (from, to) = (place(*at), place(*at) + bytes.len());
                if file.len() < to {
                    file.resize(to, filler);
                }
                file[from..to].copy_from_slice(bytes);
            }
            Self::Length(length) => file.resize(place(*length), filler),
        }
    }

    /// The change in pieces that a disk writes one by one, in any order.
    fn sectors(&self) -> Vec<Self> {
        let Self::Write { at, bytes } = self else { return vec![self.clone()] };
        let mut pieces = Vec::new();
        let (mut at, mut rest) = (*at, bytes.as_slice());
        while !rest.is_empty() {
            let room = usize::try_from(SECTOR - at % SECTOR).expect("a sector is small");
            let (piece, more) = rest.split_at(room.min(rest.len()));
            pieces.push(Self::Write { at, bytes: piece.to_vec() });
            at += piece.len() as u64;
            rest = more;
        }
        pieces
    }
}

/// A sector of which one end was written.
fn torn(at: u64, sector: &[u8], rng: &mut impl Rng) -> Change {
    let cut = usize::try_from(below(sector.len() as u64, rng)).expect("a sector is small");
    if rng.next_u32().is_multiple_of(2) {
        Change::Write { at, bytes: sector[..cut].to_vec() }
    } else {
        Change::Write { at: at + cut as u64, bytes: sector[cut..].to_vec() }
    }
}

/// A number below a bound.
pub(super) fn below(bound: u64, rng: &mut impl Rng) -> u64 {
    rng.next_u64() % bound.max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    fn write(file: &str, at: u64, bytes: &[u8]) -> Step {
        Step::Write { file: file.to_owned(), at, bytes: bytes.to_vec() }
    }

    fn sync(file: &str) -> Step {
        Step::Sync { file: file.to_owned() }
    }

    fn images(steps: Vec<Step>) -> BTreeSet<Image> {
        let trace = Trace { start: Image::new(), steps };
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        (0..2000).map(|_| trace.image(trace.steps.len(), &mut rng)).collect()
    }

    #[test]
    fn what_was_synced_with_its_folder_is_in_every_image() {
        let rename = Step::Rename { from: "a".to_owned(), to: "b".to_owned() };
        let all = images(vec![write("a", 0, &[7; 2000]), sync("a"), rename, Step::SyncFolder]);
        assert_eq!(all, BTreeSet::from([Image::from([("b".to_owned(), vec![7; 2000])])]));
    }

    #[test]
    fn what_was_not_synced_may_be_there_or_not_and_in_any_part() {
        let all = images(vec![write("a", 0, &[1; 1024]), sync("a"), Step::SyncFolder, write("a", 512, &[2; 1536])]);
        let files: BTreeSet<&Vec<u8>> = all.iter().map(|image| &image["a"]).collect();
        let has = |wanted: &[(u8, usize)]| {
            let bytes: Vec<u8> = wanted.iter().flat_map(|(byte, times)| vec![*byte; *times]).collect();
            files.contains(&bytes)
        };
        assert!(has(&[(1, 1024)]) && has(&[(1, 512), (2, 1536)]), "all or nothing");
        assert!(has(&[(1, 1024), (0, 512), (2, 512)]), "the last sector alone");
        let is_odd = |file: &[u8]| (1025..2048).contains(&file.len());
        assert!(files.iter().any(|file| is_odd(file) && file[1024..].iter().all(|byte| *byte == 2)), "length behind");
        assert!(
            files.iter().any(|file| file.len() > 1024 && file[1024..].iter().all(|byte| *byte == 0)),
            "length ahead"
        );
        assert!(
            files.iter().any(|file| file.len() == 2048 && file[512..1024].windows(2).any(|two| two == [2, 1])),
            "torn"
        );
        assert!(files.iter().all(|file| file.len() >= 1024 && file[..512] == [1; 512]), "what was synced");
    }

    #[test]
    fn a_folder_that_was_not_synced_may_have_the_old_names_the_new_ones_or_some() {
        let base = vec![write("old", 0, b"x"), sync("old"), Step::SyncFolder];
        let unlink = Step::Unlink { file: "old".to_owned() };
        let all = images([base, vec![write("new", 0, b"y"), sync("new"), unlink]].concat());
        let names: BTreeSet<Vec<&str>> = all.iter().map(|image| image.keys().map(String::as_str).collect()).collect();
        assert_eq!(names, BTreeSet::from([vec!["new"], vec!["new", "old"], vec!["old"], vec![]]));
    }
}
