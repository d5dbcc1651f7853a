//! Turning the key file over to its next generation: how keys leave the world. A crash at any step leaves the one
//! generation or the other whole, and what is left of the old one is cleared away by the next opening.
//!
//! 1. the new key file, under a fresh key, durable under its own name: nothing names it yet;
//! 2. the spare copy of the header, written over where it lies, durable: from here on the new generation is what opens;
//! 3. the other copy likewise: nothing on the disk leads to the old generation's key any more;
//! 4. the old key file written over with chance, durable, removed.

use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError},
};

use super::Vault;
use crate::{
    Error,
    files::{self, FileId, Slot},
};

/// A turn that is past the point from which it may only go forward.
pub(super) struct Unsettled {
    /// The copy of the header that is written first.
    first: Slot,
}

impl Vault {
    /// Takes the keys of these records, and of all below `from`, out of the world; `gone` are the entries that go with
    /// them.
    ///
    /// After an error it has happened or it has not: what is read and written goes on as if it had, and before anything
    /// else is written the turn is brought to its end.
    pub(super) fn turn(&mut self, numbers: &BTreeSet<u64>, from: u64, gone: Vec<Vec<u8>>) -> Result<(), Error> {
        self.settle()?;
        let shared = Arc::clone(&self.shared);
        let files = shared.files.as_ref();
        let (keys, before) = {
            let keys = shared.keys();
            (keys.without(numbers, from)?, keys.generation())
        };
        let header = self.header.renewed(&self.root, keys.by(), keys.generation())?;
        let first = self.header.spare(files)?;
        if let Err(error) = keys.write(files) {
            // Nothing names it: to leave it would only take room, and the next turn writes over it.
            for file in [FileId::Draft, FileId::Keys(keys.generation())] {
                let _ = files.unlink(file);
            }
            return Err(error);
        }
        // What is on the disk may be the new generation from now on, whatever it says.
        {
            let mut state = shared.state_mut();
            *shared.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
            for path in gone {
                let previous = state.find(&shared.tree, &path).ok().flatten();
                state.replace(path, None, previous);
            }
        }
        self.header = header;
        self.unsettled = Some(Unsettled { first });
        self.leftovers.push(before);
        self.settle()
    }

    /// Brings a turn to its end that an error interrupted. Nothing else may be written before: it would belong to a
    /// generation that a crash could undo.
    pub(super) fn settle(&mut self) -> Result<(), Error> {
        let files = self.shared.files.as_ref();
        if let Some(Unsettled { first }) = self.unsettled {
            for slot in [first, first.other()] {
                self.header.replace(files, slot)?;
            }
            self.unsettled = None;
        }
        // Their keys are gone; they are cleared away with the next occasion at the latest.
        self.leftovers.retain(|generation| match files::scrub(files, FileId::Keys(*generation)) {
            Ok(()) => false,
            Err(error) => {
                tracing::warn!(%error, "an old key file could not be removed yet");
                true
            }
        });
        Ok(())
    }

    /// Clears away what a crash left: key files of other generations and a file that was being written. Worth a try, and
    /// no reason not to open.
    pub(super) fn clear_away(&mut self) {
        let files = self.shared.files.as_ref();
        let current = self.shared.keys().generation();
        let cleared = files.list().map_err(Error::from).and_then(|all| {
            let is_left = |file: &FileId| match file {
                FileId::Keys(generation) => *generation != current,
                file => *file == FileId::Draft,
            };
            all.into_iter().filter(is_left).try_for_each(|file| files::scrub(files, file))
        });
        if let Err(error) = cleared {
            tracing::warn!(%error, "what a crash left could not be cleared away");
        }
    }
}
