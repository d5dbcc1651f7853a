//! Care for the vault without a node, and the change of its passphrase.

use std::path::Path;

use sesame_api::care::{Compacted, PassphraseAsk, PassphraseChanged, Report};
use sesame_api::{Code, Problem};
use sesame_engine::own;
use sesame_vault::{Disk, Error, Step, Stretched, Vault};
use zeroize::{Zeroize, Zeroizing};

use super::{App, blocking, check_passphrase, composed, vault_problem, whole, with_typed};
use crate::capability::care;
use crate::config::Config;

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
