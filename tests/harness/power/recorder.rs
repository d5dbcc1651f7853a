//! The vault's files and its index, in memory, with everything noted that is asked of them.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use sesame_vault::{Changes, FileId, Files, Index, Lost, Memory, MemoryIndex};

use super::image::Image;
use super::{Step, Trace};

/// What was noted so far; a clone notes in the same place.
#[derive(Clone, Default)]
pub struct Notes {
    steps: Arc<Mutex<Vec<Step>>>,
    applied: Arc<Mutex<Vec<Applied>>>,
}

/// Changes of the index after so many steps; none means that it began anew.
type Applied = (usize, Option<Changes>);

/// A sync that a planted vault leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// None: as it should be.
    Nothing,
    /// Every sync of a segment.
    Segments,
    /// Every sync of a header or a key file before it gets its name.
    Drafts,
    /// Every sync of a checkpoint.
    Checkpoints,
    /// Every sync of the folder.
    Folder,
}

/// Files in memory that note every step; a clone is the same files.
#[derive(Clone)]
pub struct Recorder {
    files: Memory,
    notes: Notes,
    skip: Skip,
}

/// An index in memory that notes every change; a clone is the same index.
#[derive(Clone)]
pub struct Shadow {
    index: MemoryIndex,
    notes: Notes,
}

impl Notes {
    /// Notes a step.
    pub fn note(&self, step: Step) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
    }

    fn note_index(&self, changes: Option<Changes>) {
        let at = self.len();
        self.applied.lock().unwrap_or_else(PoisonError::into_inner).push((at, changes));
    }

    /// Steps so far.
    pub fn len(&self) -> usize {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The trace of all steps, from these files on.
    pub fn trace(&self, start: Image) -> Trace {
        Trace { start, steps: self.steps.lock().unwrap_or_else(PoisonError::into_inner).clone() }
    }

    /// The index after so many of the changes that were made to it before the step `cut`; all of them are `u64::MAX`.
    pub fn index(&self, base: &MemoryIndex, cut: usize, changes: u64) -> MemoryIndex {
        let index = base.fork();
        let applied = self.applied.lock().unwrap_or_else(PoisonError::into_inner);
        let before = applied.iter().take_while(|(at, _)| *at <= cut).count() as u64;
        let count = usize::try_from(changes.min(before)).expect("it was counted in memory");
        for (_, changes) in applied.iter().take(count) {
            let done = changes.as_ref().map_or_else(|| index.reset(), |changes| index.apply(changes));
            done.expect("memory takes everything");
        }
        index
    }
}

impl Recorder {
    /// Files that are there already, and where to note what happens to them.
    pub fn new(image: &Image, notes: Notes, skip: Skip) -> Self {
        Self { files: memory(image), notes, skip }
    }
}

impl Shadow {
    /// An index that is there already, and where to note what happens to it.
    pub fn new(index: &MemoryIndex, notes: Notes) -> Self {
        Self { index: index.fork(), notes }
    }
}

/// An image as files that a vault opens.
pub fn memory(image: &Image) -> Memory {
    let files = Memory::new();
    for (name, bytes) in image {
        files.set(FileId::parse(name).expect("the vault names its files"), bytes.clone());
    }
    files
}

/// All files that a vault has.
pub fn image(files: &Memory) -> Image {
    let names = files.list().expect("memory lists its files");
    names.into_iter().map(|file| (file.name(), files.bytes(file).unwrap_or_default())).collect()
}

impl Files for Recorder {
    fn append(&self, file: FileId, bytes: &[u8]) -> io::Result<u64> {
        let at = self.files.append(file, bytes)?;
        self.notes.note(Step::Write { file: file.name(), at, bytes: bytes.to_vec() });
        Ok(at)
    }

    fn overwrite(&self, file: FileId, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.files.overwrite(file, at, bytes)?;
        self.notes.note(Step::Write { file: file.name(), at, bytes: bytes.to_vec() });
        Ok(())
    }

    fn truncate(&self, file: FileId, length: u64) -> io::Result<()> {
        self.files.truncate(file, length)?;
        self.notes.note(Step::Length { file: file.name(), length });
        Ok(())
    }

    fn sync(&self, file: FileId) -> io::Result<()> {
        self.files.sync(file)?;
        let is_skipped = match file {
            FileId::Segment(_) => self.skip == Skip::Segments,
            FileId::Draft => self.skip == Skip::Drafts,
            FileId::Checkpoint(_) => self.skip == Skip::Checkpoints,
            _ => false,
        };
        if !is_skipped {
            self.notes.note(Step::Sync { file: file.name() });
        }
        Ok(())
    }

    fn sync_dir(&self) -> io::Result<()> {
        if self.skip != Skip::Folder {
            self.notes.note(Step::SyncFolder);
        }
        Ok(())
    }

    fn read_at(&self, file: FileId, at: u64, into: &mut [u8]) -> io::Result<usize> {
        self.files.read_at(file, at, into)
    }

    fn length(&self, file: FileId) -> io::Result<Option<u64>> {
        self.files.length(file)
    }

    fn rename(&self, from: FileId, to: FileId) -> io::Result<()> {
        self.files.rename(from, to)?;
        self.notes.note(Step::Rename { from: from.name(), to: to.name() });
        Ok(())
    }

    fn unlink(&self, file: FileId) -> io::Result<()> {
        self.files.unlink(file)?;
        self.notes.note(Step::Unlink { file: file.name() });
        Ok(())
    }

    fn list(&self) -> io::Result<Vec<FileId>> {
        self.files.list()
    }
}

impl Index for Shadow {
    fn load(&self, blind: &[u8; 16]) -> Result<Option<Vec<u8>>, Lost> {
        self.index.load(blind)
    }

    fn apply(&self, changes: &Changes) -> Result<(), Lost> {
        self.notes.note_index(Some(changes.clone()));
        self.index.apply(changes)
    }

    fn flush(&self) -> Result<(), Lost> {
        self.index.flush()
    }

    fn reset(&self) -> Result<(), Lost> {
        self.notes.note_index(None);
        self.index.reset()
    }
}
