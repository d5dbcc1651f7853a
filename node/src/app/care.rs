//! Care for the vault without a node: checking, compacting and repairing it, new keys. And the change of its passphrase.

use std::path::Path;

use sesame_api::care::{Compacted, PassphraseAsk, PassphraseChanged, Repaired, Report, Rotated};
use sesame_api::{Code, Problem};
use sesame_engine::own;
use sesame_vault::{Disk, Error, Repairing, Rotation, Step, Stretched, Unlock, Vault};
use zeroize::{Zeroize, Zeroizing};

use super::{App, blocking, check_passphrase, composed, vault_problem, whole, with_typed};
use crate::backup::jump;
use crate::capability::{care, moment};
use crate::config::Config;
use crate::runtime::now;

/// Checks the vault of a home folder that no node holds. Nothing is written. `progress` is told bytes read and to read.
pub fn check(home: &Path, typed: &[u8], progress: &mut dyn FnMut(u64, u64)) -> Result<Report, Problem> {
    let (config, typed) = alone(home, typed)?;
    let disk = Disk::open(&config.vault()).map_err(|error| vault_problem(&error))?;
    let report = with_typed(&typed, |unlock| sesame_vault::check(&disk, &unlock, progress));
    report.map(|report| care::report(&report)).map_err(|error| vault_problem(&error))
}

/// Compacts the vault of a home folder that no node holds. `progress` is told bytes read and to read.
pub fn compact(home: &Path, typed: &[u8], progress: &mut dyn FnMut(u64, u64)) -> Result<Compacted, Problem> {
    let (config, typed) = alone(home, typed)?;
    let mut work = || {
        let (mut vault, _) = with_typed(&typed, |unlock| Vault::open(&config.vault(), unlock, &mut |_| ()))?;
        let before = vault.wear();
        let step = if before.has_something_to_free() { vault.compact(progress)? } else { Step::Done };
        let after = vault.wear();
        vault.close()?;
        if step == Step::Done { Ok((before, after)) } else { Err(Error::NoSpace) }
    };
    let (before, after) = work().map_err(|error| vault_problem(&error))?;
    care::compacted(before, after)
}

/// Repairs the vault of a home folder that no node holds: all that is whole goes into a new vault that takes its place, and
/// the damaged one is kept beside it. `progress` is told how far it is.
///
/// A repair that was interrupted after all was written only has to be brought to its end; then `typed` may be empty.
pub fn repair(home: &Path, typed: &[u8], progress: &mut dyn FnMut(Repairing)) -> Result<Repaired, Problem> {
    let config = Config::load(home)?;
    let typed = composed(typed)?;
    let now = moment(now());
    let day = now.split('T').next().unwrap_or_default();
    // Whatever was stored last may be lost, and the numbers that the node counts with it.
    let repaired =
        with_typed(&typed, |unlock| sesame_vault::repair_folder(&config.vault(), day, &unlock, &mut jump, progress));
    match repaired.map_err(|error| vault_problem(&error))? {
        sesame_vault::Repaired::Needless => Err(Problem::new(Code::NothingToRepair)),
        sesame_vault::Repaired::Finished => Ok(Repaired { salvage: None, damaged: None }),
        sesame_vault::Repaired::Done { salvage, damaged } => {
            Ok(Repaired { salvage: Some(care::salvage(&salvage)), damaged: Some(damaged.display().to_string()) })
        }
    }
}

/// Puts all that is in the vault of a home folder, which no node may hold, under new keys, and destroys the old ones. `typed`
/// is its passphrase or the 24 words. `fresh` is told whether it was the words, and may give another passphrase; it must
/// then. `progress` is told bytes done and to do.
pub fn rotate(
    home: &Path,
    typed: &[u8],
    fresh: &mut dyn FnMut(bool) -> Result<Option<Zeroizing<String>>, Problem>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Rotated, Problem> {
    let (config, typed) = alone(home, typed)?;
    let begun = with_typed(&typed, |unlock| {
        let by_words = matches!(unlock, Unlock::Recovery(_));
        Rotation::begin(&config.vault(), unlock).map(|begun| (begun, by_words))
    });
    let (begun, by_words) = begun.map_err(|error| vault_problem(&error))?;
    let passphrase = match fresh(by_words)? {
        Some(fresh) => {
            let fresh = composed(fresh.as_bytes())?;
            check_passphrase(&fresh, "")?;
            fresh
        }
        None if by_words => return Err(Problem::new(Code::BadValue).with("name", "passphrase")),
        None => typed,
    };
    let work = || begun.finish(passphrase.as_bytes(), config.costs()?, &mut |now| progress(now.done, now.total));
    work().map(|entries| Rotated { entries }).map_err(|error| vault_problem(&error))
}

/// The settings of a home folder with a vault in it, and what was typed to open that.
fn alone(home: &Path, typed: &[u8]) -> Result<(Config, Zeroizing<String>), Problem> {
    let config = Config::load(home)?;
    if !sesame_vault::exists(&config.vault()) {
        return Err(Problem::new(Code::NoVault));
    }
    Ok((config, composed(typed)?))
}

impl App {
    /// Gives the open vault another passphrase. Whoever asks must know the old one, or the 24 words, although it is open:
    /// somebody may have sat down at it. What takes long goes on beside the loop.
    pub(crate) async fn change_passphrase(&self, mut ask: PassphraseAsk) -> Result<PassphraseChanged, Problem> {
        let (old, new) = (composed(ask.old.as_bytes()), composed(ask.new.as_bytes()));
        ask.old.zeroize();
        ask.new.zeroize();
        let (old, new) = (old?, new?);
        let app = self.clone();
        whole(async move {
            let _changing = app.0.changing.lock().await;
            let handle = app.open().await?;
            let reader = handle.clone();
            blocking(move || {
                let opened = with_typed(&old, |unlock| reader.opens(&unlock));
                opened.map_err(|error| vault_problem(&error))
            })
            .await?;
            check_passphrase(&new, &handle.read(|view| own::name(view)).await?)?;
            let config = app.config().clone();
            let stretched = blocking(move || {
                let stretched = config.costs().and_then(|costs| Stretched::new(new.as_bytes(), costs));
                stretched.map_err(|error| vault_problem(&error))
            })
            .await?;
            let costs = stretched.costs();
            handle.rekey(stretched).await?;
            Ok(PassphraseChanged { memory_kib: costs.memory_kib, passes: costs.passes })
        })
        .await
    }
}
