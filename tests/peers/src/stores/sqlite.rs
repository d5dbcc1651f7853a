//! SQLite, and SQLCipher with a raw key of 256 bits so that no derivation is measured: a write-ahead log, and
//! `synchronous = FULL`, which is what makes a commit durable in that mode. A table with row ids, because values of
//! 1 KiB would not fit into the pages of one without; a scan is in its own order. The page cache is the usual one of 2 MB.

use std::path::Path;

use anyhow::Result;
use harness::store::{Change, Kind, Store};
use rusqlite::{Connection, OptionalExtension as _};

/// Plain SQLite.
pub(crate) const SQLITE: Kind = Kind { name: "sqlite", open: |folder| open(folder, false) };
/// SQLCipher.
pub(crate) const SQLCIPHER: Kind = Kind { name: "sqlcipher", open: |folder| open(folder, true) };

const KEY: &str = "PRAGMA key = \"x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'\"";

struct Sqlite(Connection);

fn open(folder: &Path, is_sealed: bool) -> Result<Box<dyn Store>> {
    std::fs::create_dir_all(folder)?;
    let db = Connection::open(folder.join("store.db"))?;
    if is_sealed {
        db.execute_batch(KEY)?;
    }
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.execute_batch("CREATE TABLE IF NOT EXISTS entries (name BLOB PRIMARY KEY, value BLOB NOT NULL)")?;
    Ok(Box::new(Sqlite(db)))
}

impl Store for Sqlite {
    fn commit(&mut self, changes: &[Change]) -> Result<()> {
        let writing = self.0.transaction()?;
        {
            let mut put = writing.prepare_cached("INSERT OR REPLACE INTO entries VALUES (?1, ?2)")?;
            let mut drop = writing.prepare_cached("DELETE FROM entries WHERE name = ?1")?;
            for change in changes {
                match change {
                    Change::Put(name, value) => put.execute((name, value))?,
                    Change::Drop(name) => drop.execute([name])?,
                };
            }
        }
        Ok(writing.commit()?)
    }

    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>> {
        let mut get = self.0.prepare_cached("SELECT value FROM entries WHERE name = ?1")?;
        Ok(get.query_row([name], |row| row.get(0)).optional()?)
    }

    fn scan(&self, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<()> {
        let mut all = self.0.prepare_cached("SELECT name, value FROM entries")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            visit(row.get_ref(0)?.as_blob()?, row.get_ref(1)?.as_blob()?);
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<()> {
        self.0.close().map_err(|(_, error)| error.into())
    }
}
