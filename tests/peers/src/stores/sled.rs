//! sled 0.34, plain: with its own flush, and with an fdatasync of its file after it, because `sync_file_range`, which is
//! what its flush calls, does not empty the cache of a disk.

use std::fs::File;
use std::path::Path;

use anyhow::Result;
use harness::store::{Change, Kind, Store};

/// With its own flush after each batch.
pub(crate) const SLED: Kind = Kind { name: "sled", open: |folder| open(folder, false) };
/// With fdatasync too.
pub(crate) const SLED_SYNCED: Kind = Kind { name: "sled-fdatasync", open: |folder| open(folder, true) };

struct Sled {
    db: sled::Db,
    /// The file that holds the data, where it is synced.
    file: Option<File>,
}

fn open(folder: &Path, is_synced: bool) -> Result<Box<dyn Store>> {
    let db = sled::Config::new().path(folder).flush_every_ms(None).open()?;
    let file = if is_synced { Some(File::open(folder.join("db"))?) } else { None };
    Ok(Box::new(Sled { db, file }))
}

impl Store for Sled {
    fn commit(&mut self, changes: &[Change]) -> Result<()> {
        let mut batch = sled::Batch::default();
        for change in changes {
            match change {
                Change::Put(name, value) => batch.insert(name.as_slice(), value.as_slice()),
                Change::Drop(name) => batch.remove(name.as_slice()),
            }
        }
        self.db.apply_batch(batch)?;
        self.db.flush()?;
        if let Some(file) = &self.file {
            file.sync_data()?;
        }
        Ok(())
    }

    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.db.get(name)?.map(|value| value.to_vec()))
    }

    fn scan(&self, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<()> {
        for entry in self.db.iter() {
            let (name, value) = entry?;
            visit(&name, &value);
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<()> {
        self.db.flush()?;
        Ok(())
    }
}
