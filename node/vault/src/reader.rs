//! The committed state, and reading it. Readers hold the state's lock only to find where entries lie; what lies there
//! never changes, so they read and open it without any lock, while the writer goes on.

use std::{
    collections::{BTreeMap, btree_map},
    fmt,
    iter::Peekable,
    ops::Bound,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use zeroize::Zeroizing;

use crate::{
    Error, Files, Key,
    backup::seals::Seals,
    error::Damage,
    files::FileId,
    frame::{self, HEAD_BYTES, Head, Place, SEALED_BYTES_MAX, Spot},
    header,
    index::Lost,
    keys::{Keys, Known},
    tree::{Entries, Tree, mark::Mark, update::Change},
    vault::{FORGETTINGS_SHELF, Unlock, path},
};

/// Frames read together, at most: a few hundred of the usual size.
const RUN_BYTES_MAX: usize = 256 << 10;
/// What may lie between two of them: reading it costs less than a call.
const RUN_GAP_BYTES_MAX: usize = 1024;

/// How much a vault holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Bytes of the journal.
    pub journal_bytes: u64,
    /// Bytes of the journal that the entries take which a reader can find; the rest is dead.
    pub live_bytes: u64,
    /// Entries that a reader can find.
    pub records: u64,
    /// The number of the last batch; 0 before the first.
    pub batch: u64,
}

/// Names and values, in the order of the names.
pub type Rows = Vec<(Vec<u8>, Vec<u8>)>;

/// Reads committed entries. It is cheap to clone, and may be used from any number of threads.
///
/// It blocks on the disk: not for an asynchronous task's own thread. [`Error::Index`] means that the index must be made
/// anew ([`Vault::rebuild_index`](crate::Vault::rebuild_index)); [`Error::Corrupt`] that the journal is damaged.
///
/// Once the vault is closed or dropped every reader says [`Error::Closed`], and holds neither its keys nor its lock.
#[derive(Clone)]
pub struct Reader {
    pub(crate) door: Arc<RwLock<Door>>,
}

/// All that is there at one committed state.
pub(crate) struct Frozen {
    /// The number of the last batch.
    pub(crate) batch: u64,
    /// Paths and where their entries lie, in order.
    pub(crate) entries: Vec<(Vec<u8>, Place)>,
}

/// What a reader goes through; the vault shuts it behind the last one.
pub(crate) enum Door {
    Open(Arc<Shared>),
    /// With what the vault held last.
    Shut(Size),
}

impl Reader {
    /// The value of a key, or nothing.
    pub fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, Error> {
        let path = path(key.shelf, &key.name);
        let door = self.door();
        let shared = door.shared()?;
        let found = shared.state().find(&shared.tree, &path)?;
        found.map_or(Ok(None), |place| shared.fetch(&path, place))
    }

    /// At most `limit` entries of a shelf whose names start with `prefix`, in the order of their names, from behind
    /// `after` on. All of them are of one committed state.
    ///
    /// Fewer than `limit` mean that there are no more. The values of all are in memory at once: choose `limit` for it.
    #[expect(clippy::similar_names, reason = "a shelf is called so everywhere")]
    pub fn walk(&self, shelf: u16, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Rows, Error> {
        let first = path(shelf, prefix);
        let after = after.map(|after| path(shelf, after)).filter(|after| *after >= first);
        let door = self.door();
        let shared = door.shared()?;
        let mut places = Vec::new();
        {
            let state = shared.state();
            let mut merged = Merged::new(&state, &shared.tree, after.as_ref().unwrap_or(&first), after.is_some())?;
            while places.len() < limit
                && let Some((path, place)) = merged.next()?
            {
                if !path.starts_with(&first) {
                    break;
                }
                places.push((path, place));
            }
        }
        shared.fetch_all(places)
    }

    /// How much the vault holds now, or held when it was closed.
    pub fn size(&self) -> Size {
        match &*self.door() {
            Door::Open(shared) => shared.state().size,
            Door::Shut(size) => *size,
        }
    }

    /// What is there at this moment: every path and where its entry lies, in order, without the notes of forgetting, which
    /// are about this journal. The writer waits meanwhile; the entries themselves are read afterwards, with
    /// [`take`](Self::take).
    pub(crate) fn freeze(&self) -> Result<Frozen, Error> {
        let notes = path(FORGETTINGS_SHELF, b"");
        let door = self.door();
        let shared = door.shared()?;
        let state = shared.state();
        let mut merged = Merged::new(&state, &shared.tree, &path(0, b""), false)?;
        let mut entries = Vec::new();
        while let Some(entry) = merged.next()?.filter(|(path, _)| *path < notes) {
            entries.push(entry);
        }
        Ok(Frozen { batch: state.size.batch, entries })
    }

    /// The values at these places, in order; fewer if some of them were forgotten since.
    pub(crate) fn take(&self, places: Vec<(Vec<u8>, Place)>) -> Result<Rows, Error> {
        self.door().shared()?.fetch_all(places)
    }

    /// What backups of this vault are sealed with.
    pub(crate) fn seals(&self) -> Result<Seals, Error> {
        Ok(self.door().shared()?.seals().clone())
    }

    /// Whether this opens the vault: [`Error::Passphrase`] if it does not. As slow as opening; the vault goes on meanwhile.
    pub fn opens(&self, unlock: &Unlock<'_>) -> Result<(), Error> {
        // The door is not held while the passphrase is stretched: a vault that closes does not wait for it.
        let newest = header::newest(self.door().shared()?.files.as_ref())?;
        header::open_copy(&newest, unlock).map(drop)
    }

    /// The key file's generation.
    pub(crate) fn generation(&self) -> Result<u64, Error> {
        Ok(self.door().shared()?.keys().generation())
    }

    fn door(&self) -> RwLockReadGuard<'_, Door> {
        self.door.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Door {
    fn shared(&self) -> Result<&Shared, Error> {
        match self {
            Self::Open(shared) => Ok(shared),
            Self::Shut(_) => Err(Error::Closed),
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Reader").finish_non_exhaustive()
    }
}

/// What the writer and the readers have in common.
pub(crate) struct Shared {
    pub(crate) files: Arc<dyn Files>,
    pub(crate) keys: Arc<RwLock<Keys>>,
    pub(crate) tree: Tree,
    pub(crate) vault: [u8; 16],
    /// What backups are sealed with.
    pub(crate) seals: RwLock<Seals>,
    state: RwLock<State>,
}

/// One committed state: the tree of the index, and what came after it.
pub(crate) struct State {
    pub(crate) mark: Mark,
    pub(crate) recent: BTreeMap<Vec<u8>, Option<Place>>,
    /// Bytes of the journal when the tree was last brought up to date.
    pub(crate) indexed_bytes: u64,
    pub(crate) size: Size,
}

impl State {
    /// Where a path's entry lies.
    pub(crate) fn find(&self, tree: &Tree, path: &[u8]) -> Result<Option<Place>, Lost> {
        match self.recent.get(path) {
            Some(place) => Ok(*place),
            None => tree.get(self.mark.root, path),
        }
    }

    /// Puts a place, or nothing, where `previous` was.
    pub(crate) fn replace(&mut self, path: Vec<u8>, place: Option<Place>, previous: Option<Place>) {
        let size = &mut self.size;
        size.records = (size.records + u64::from(place.is_some())).saturating_sub(u64::from(previous.is_some()));
        let [grown, shrunk] = [place, previous].map(|place| place.map_or(0, Place::frame_bytes));
        size.live_bytes = (size.live_bytes + grown).saturating_sub(shrunk);
        self.recent.insert(path, place);
    }

    /// What came after the tree, in order.
    pub(crate) fn changes(&self) -> Vec<Change<'_>> {
        self.recent.iter().map(|(path, place)| (path.as_slice(), *place)).collect()
    }
}

impl Shared {
    pub(crate) fn new(
        files: Arc<dyn Files>,
        keys: Arc<RwLock<Keys>>,
        tree: Tree,
        vault: [u8; 16],
        seals: Seals,
        state: State,
    ) -> Self {
        Self { files, keys, tree, vault, seals: RwLock::new(seals), state: RwLock::new(state) }
    }

    pub(crate) fn seals(&self) -> RwLockReadGuard<'_, Seals> {
        self.seals.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn keys(&self) -> RwLockReadGuard<'_, Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of an entry. Nothing if its key was forgotten and the index is not yet behind it.
    pub(crate) fn fetch(&self, path: &[u8], place: Place) -> Result<Option<Vec<u8>>, Error> {
        let mut bytes = self.read(place, frame_bytes(place)?)?;
        self.open(path, place, &mut bytes)
    }

    /// The names and values of many entries. Frames that lie together are read together.
    fn fetch_all(&self, places: Vec<(Vec<u8>, Place)>) -> Result<Rows, Error> {
        let mut rows = Rows::with_capacity(places.len());
        let mut run = Zeroizing::new(Vec::new());
        let mut run_at = (0, 0);
        let mut places = places.into_iter();
        while let Some((mut path, place)) = places.next() {
            let length = frame_bytes(place)?;
            let skip = place.offset.checked_sub(run_at.1).filter(|_| place.segment == run_at.0);
            let mut range = skip.map(|skip| skip as usize..skip as usize + length);
            if range.as_ref().is_none_or(|range| range.end > run.len()) {
                run = self.read(place, run_bytes(place, length, places.as_slice())?)?;
                run_at = (place.segment, place.offset);
                range = Some(0..length);
            }
            let bytes = range.and_then(|range| run.get_mut(range)).ok_or_else(|| damage(place))?;
            if let Some(value) = self.open(&path, place, bytes)? {
                path.drain(..2);
                rows.push((path, value));
            }
        }
        Ok(rows)
    }

    fn read(&self, place: Place, length: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut bytes = Zeroizing::new(vec![0; length]);
        let read = match self.files.read_at(FileId::Segment(place.segment), u64::from(place.offset), &mut bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Damage::Segment { segment: place.segment }.into());
            }
            read => read?,
        };
        bytes.truncate(read);
        Ok(bytes)
    }

    /// Opens a frame where it lies, and checks that it is the one that the place means, of the entry that is asked for.
    fn open(&self, path: &[u8], place: Place, bytes: &mut [u8]) -> Result<Option<Vec<u8>>, Error> {
        let key = match self.keys().find(place.record) {
            Known::Key(key) => key,
            Known::Forgotten => return Ok(None),
            Known::Never => return Err(damage(place)),
        };
        let spot = Spot { vault: self.vault, segment: place.segment, offset: u64::from(place.offset) };
        let (head, sealed) = bytes.split_at_mut_checked(HEAD_BYTES).ok_or_else(|| damage(place))?;
        let fits = |head: &Head| head.record == place.record && head.length == sealed.len();
        let head = Head::parse(head).filter(fits).ok_or_else(|| damage(place))?;
        let found = frame::open_record(spot, &head, &key, sealed).filter(|found| found.path == path);
        let value = found.and_then(|found| found.value).ok_or_else(|| damage(place))?;
        Ok(Some(value.to_vec()))
    }
}

fn damage(place: Place) -> Error {
    Damage::Frame { segment: place.segment, offset: u64::from(place.offset) }.into()
}

/// Bytes of the frame at a place.
fn frame_bytes(place: Place) -> Result<usize, Error> {
    let length = place.length as usize;
    if length <= SEALED_BYTES_MAX { Ok(HEAD_BYTES + length) } else { Err(damage(place)) }
}

/// Bytes to read at a place of which `length` are wanted, when the entries that follow lie close behind.
fn run_bytes(place: Place, length: usize, next: &[(Vec<u8>, Place)]) -> Result<usize, Error> {
    let mut run = length;
    for (_, other) in next {
        let Some(skip) = other.offset.checked_sub(place.offset).filter(|_| other.segment == place.segment) else {
            break;
        };
        let (start, end) = (skip as usize, skip as usize + frame_bytes(*other)?);
        if start < run || start - run > RUN_GAP_BYTES_MAX || end > RUN_BYTES_MAX {
            break;
        }
        run = end;
    }
    Ok(run)
}

/// The entries of a state in order: those of the tree, and over them what came after it.
struct Merged<'a> {
    recent: Peekable<btree_map::Range<'a, Vec<u8>, Option<Place>>>,
    tree: Entries<'a>,
    ahead: Option<(Vec<u8>, Place)>,
}

impl<'a> Merged<'a> {
    fn new(state: &'a State, tree: &'a Tree, from: &[u8], is_excluded: bool) -> Result<Self, Lost> {
        let start = if is_excluded { Bound::Excluded(from) } else { Bound::Included(from) };
        let recent = state.recent.range::<[u8], _>((start, Bound::Unbounded)).peekable();
        let mut tree = tree.from(state.mark.root, from)?;
        let mut ahead = tree.next()?;
        if is_excluded && ahead.as_ref().is_some_and(|(path, _)| path == from) {
            ahead = tree.next()?;
        }
        Ok(Self { recent, tree, ahead })
    }

    fn next(&mut self) -> Result<Option<(Vec<u8>, Place)>, Lost> {
        loop {
            let is_recent = match (self.recent.peek(), &self.ahead) {
                (Some((recent, _)), Some((ahead, _))) => {
                    if *recent == ahead {
                        self.ahead = self.tree.next()?;
                        true
                    } else {
                        *recent < ahead
                    }
                }
                (Some(_), None) => true,
                (None, _) => false,
            };
            if !is_recent {
                let next = if self.ahead.is_some() { self.tree.next()? } else { None };
                return Ok(std::mem::replace(&mut self.ahead, next));
            }
            if let Some((path, Some(place))) = self.recent.next() {
                return Ok(Some((path.clone(), *place)));
            }
        }
    }
}
