//! redb, as it comes: each commit is durable when it returns.

use std::path::Path;

use ::redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use anyhow::Result;
use harness::store::{Change, Kind, Store};

pub(crate) const REDB: Kind = Kind { name: "redb", open };

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("entries");

struct Redb(Database);

fn open(folder: &Path) -> Result<Box<dyn Store>> {
    std::fs::create_dir_all(folder)?;
    let db = Database::create(folder.join("store.redb"))?;
    let making = db.begin_write()?;
    making.open_table(TABLE)?;
    making.commit()?;
    Ok(Box::new(Redb(db)))
}

impl Store for Redb {
    fn commit(&mut self, changes: &[Change]) -> Result<()> {
        let writing = self.0.begin_write()?;
        {
            let mut table = writing.open_table(TABLE)?;
            for change in changes {
                match change {
                    Change::Put(name, value) => table.insert(name.as_slice(), value.as_slice())?,
                    Change::Drop(name) => table.remove(name.as_slice())?,
                };
            }
        }
        Ok(writing.commit()?)
    }

    fn get(&self, name: &[u8]) -> Result<Option<Vec<u8>>> {
        let table = self.0.begin_read()?.open_table(TABLE)?;
        Ok(table.get(name)?.map(|value| value.value().to_vec()))
    }

    fn scan(&self, visit: &mut dyn FnMut(&[u8], &[u8])) -> Result<()> {
        let table = self.0.begin_read()?.open_table(TABLE)?;
        for entry in table.iter()? {
            let (name, value) = entry?;
            visit(name.value(), value.value());
        }
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}
