//! Erasing: what the engine says is to go for good is put out of reach in the vault, before anything else is written.

use sesame_api::{Code, Problem};
use sesame_engine::erasure::{self, Erasure, Extent};
use sesame_engine::limits;

use super::{Loop, now, unreadable};

impl Loop {
    /// Erases everything that is asked for, once something of it is due. A crash on the way leaves the rest to the next
    /// opening: what was erased is struck off afterwards, and erasing twice is right.
    pub(super) fn erase_due(&mut self) -> Result<(), Problem> {
        while self.erasing.is_some_and(|due| due <= now()) {
            let pending = erasure::pending(&self.view, limits::ERASED_AT_ONCE).map_err(|error| unreadable(&error))?;
            if pending.iter().all(|erasure| erasure.due > now()) {
                self.erasing = pending.iter().map(|erasure| erasure.due).min();
                return Ok(());
            }
            let struck = [self.erase(&pending, Extent::Whole)?, self.erase(&pending, Extent::Older)?];
            self.write(struck.concat())?;
        }
        Ok(())
    }

    /// As [`erase_due`](Self::erase_due); on a full disk it is left for later: what was decided stands, and the erasing is
    /// tried again before anything else is written.
    pub(super) fn erase_if_room(&mut self) -> Result<(), Problem> {
        match self.erase_due() {
            Err(problem) if problem.code == Code::NoSpace => {
                tracing::warn!("no space to erase what was deleted; it is tried again");
                Ok(())
            }
            other => other,
        }
    }

    /// Erases entries to one extent; the writes that strike them off.
    fn erase(&mut self, pending: &[Erasure], extent: Extent) -> Result<Vec<sesame_engine::Write>, Problem> {
        let meant: Vec<_> = pending.iter().filter(|erasure| erasure.extent == extent).collect();
        if meant.is_empty() {
            return Ok(Vec::new());
        }
        let key = |erasure: &&Erasure| sesame_vault::Key { shelf: erasure.shelf, name: erasure.name.clone() };
        let keys: Vec<_> = meant.iter().map(key).collect();
        let moment = now();
        let forgotten = self.mending(|vault| match extent {
            Extent::Whole => vault.forget(&keys, moment.seconds()),
            Extent::Older => vault.forget_older(&keys, moment.seconds()),
        })?;
        if forgotten.broken > 0 {
            // A version behind a bad sector keeps its key until the vault is compacted. Nobody may say that it is gone.
            tracing::warn!(broken = forgotten.broken, "older versions could not be found to be erased");
            let again = moment.plus(limits::ERASED_WITHIN);
            return Ok(meant.into_iter().map(|erasure| erasure::put_off(erasure, again)).collect());
        }
        Ok(meant.into_iter().map(erasure::done).collect())
    }
}
