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

use super::{Vault, Write, forget::note_key};
use crate::{
    Costs, Error, Stretched,
    error::Damage,
    files::{self, FileId, Slot},
    segment,
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

    /// Gives the vault another passphrase, and what deriving a key from it shall cost. The 24 words stay as they are.
    ///
    /// After an error, or a crash on the way, one of the two passphrases opens. A copy of the vault from before still
    /// opens with the old one, and shows the key that seals this one too.
    pub fn change_passphrase(&mut self, passphrase: &[u8], costs: Costs) -> Result<(), Error> {
        self.take_passphrase(&Stretched::new(passphrase, costs)?)
    }

    /// As [`change_passphrase`](Self::change_passphrase), with one that was stretched elsewhere: quick.
    pub fn take_passphrase(&mut self, passphrase: &Stretched) -> Result<(), Error> {
        self.settle()?;
        let header = self.header.rekeyed(&self.root, self.shared.keys().by(), passphrase)?;
        let first = self.header.spare(self.shared.files.as_ref())?;
        self.shared.seals.write().unwrap_or_else(PoisonError::into_inner).typed = Some(passphrase.typed());
        self.header = header;
        self.unsettled = Some(Unsettled { first });
        self.settle()
    }

    /// What opening by the passphrase costs.
    pub fn costs(&self) -> Costs {
        self.header.costs()
    }

    /// Does what keeps a promise or frees room; on a full disk once more, with the room that was kept for it.
    pub(super) fn with_room<T>(&mut self, mut act: impl FnMut(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        match act(self) {
            Err(Error::NoSpace) if self.shared.files.give_room()? => {
                tracing::warn!("the disk is full; the room that was kept for it is used");
                act(self)
            }
            done => done,
        }
    }

    /// Keeps room for a full disk again, if there is any.
    pub(super) fn keep_room(&self) {
        if let Err(error) = self.shared.files.keep_room() {
            tracing::warn!(%error, "no room can be kept for a full disk");
        }
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

    /// Clears away what a crash left: key files of other generations, a file that was being written, segments and keys
    /// that a compaction had left behind. Worth a try, and no reason not to open.
    pub(super) fn clear_away(&mut self) {
        if let Err(error) = self.clear_files().and_then(|()| self.erase_keys()) {
            tracing::warn!(%error, "what a crash left could not be cleared away");
        }
        self.keep_room();
    }

    fn clear_files(&self) -> Result<(), Error> {
        let files = self.shared.files.as_ref();
        let current = self.shared.keys().generation();
        let (first, _) = self.journal.first();
        for file in files.list()? {
            match file {
                FileId::Draft => files::scrub(files, file)?,
                FileId::Keys(generation) if generation != current => files::scrub(files, file)?,
                // The checkpoint names those that count, and the journal begins with the first of them.
                FileId::Segment(number) if number < first => files.unlink(file)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes the keys of all records out of the world that lay before the journal's beginning.
    pub(super) fn erase_keys(&mut self) -> Result<(), Error> {
        let from = {
            let files = self.shared.files.as_ref();
            let (first, _) = self.journal.first();
            let found = segment::open(files, self.shared.vault, &self.root, first)?;
            found.ok_or(Damage::Segment { segment: first })?.link.next
        };
        let generation = self.shared.keys().generation() + 1;
        if !self.shared.keys().reaches_below(from) {
            return Ok(());
        }
        // A note that came to nothing would be taken for this generation's.
        self.commit([Write::Drop(note_key(generation))])?;
        self.turn(&BTreeSet::new(), from, Vec::new())?;
        self.index()?;
        self.seal_checkpoint()
    }
}
