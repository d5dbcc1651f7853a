//! The stores that the vault is compared with, each as a [`Kind`] of the campaigns, set to be durable where its makers say
//! how: SQLite and SQLCipher with a write-ahead log and `synchronous = FULL`, redb as it is, sled with its own flush
//! and, as another kind, with the fdatasync that its flush leaves out.

mod redb;
mod sled;
#[cfg(feature = "sqlcipher")]
mod sqlite;

use anyhow::{Result, ensure};
use harness::store::Kind;
use harness::store::vault::ON_DISK;

pub(crate) use self::sled::{SLED, SLED_SYNCED};
#[cfg(feature = "sqlcipher")]
pub(crate) use self::sqlite::{SQLCIPHER, SQLITE};

/// Every kind that this build has, the vault first.
pub(crate) fn all() -> Vec<Kind> {
    vec![
        ON_DISK,
        SLED,
        SLED_SYNCED,
        self::redb::REDB,
        #[cfg(feature = "sqlcipher")]
        SQLITE,
        #[cfg(feature = "sqlcipher")]
        SQLCIPHER,
    ]
}

/// The kinds of these names; all of them when none is named.
pub(crate) fn chosen(named: &[String]) -> Result<Vec<Kind>> {
    if cfg!(not(feature = "sqlcipher")) {
        eprintln!("SQLite and SQLCipher are left out: add --features sqlcipher");
    }
    let all = all();
    for name in named {
        let names: Vec<&str> = all.iter().map(|kind| kind.name).collect();
        ensure!(names.contains(&name.as_str()), "there is no store called {name}; this build has {}", names.join(", "));
    }
    Ok(all.into_iter().filter(|kind| named.is_empty() || named.iter().any(|name| name == kind.name)).collect())
}
