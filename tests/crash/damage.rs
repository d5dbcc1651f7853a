//! Every bit of a vault's files flipped, and every file cut at every length: found, or without any effect. That each byte
//! is never believed is shown beside the vault's own code, with and without its index; this is the whole of it, bits and
//! cuts, through the front door. One place in `SESAME_STEP` is looked at, all of them when it is 1.

use anyhow::{Context as _, Result, bail, ensure};
use harness::power::image::Image;
use harness::power::recorder::{image, memory};
use harness::store::vault::{self, Open};
use harness::store::{Change, Contents, Store, apply, contents};
use sesame_vault::{Memory, MemoryIndex};

/// One place in so many is looked at unless `SESAME_STEP` says otherwise: a number that shares no factor with a byte.
const STEP: u64 = 61;

/// What came of all that was done to the files.
#[derive(Debug, Default)]
struct Tally {
    found: u64,
    harmless: u64,
    /// Read as if nothing had happened, with other contents.
    silent: u64,
}

/// What opens files and gives what is in them, or says that they are damaged.
type Reading = fn(&Image) -> Result<Contents>;

impl Tally {
    fn look(&mut self, image: &Image, expected: &Contents, read: Reading) {
        match read(image) {
            Err(_) => self.found += 1,
            Ok(contents) if contents == *expected => self.harmless += 1,
            Ok(_) => self.silent += 1,
        }
    }
}

/// Does everything to each file in turn.
fn campaign(whole: &Image, expected: &Contents, read: Reading, step: u64) -> Result<Tally> {
    let step = usize::try_from(step.max(1))?;
    let mut tally = Tally::default();
    for (name, bytes) in whole {
        for bit in (0..bytes.len() * 8).step_by(step) {
            let mut changed = whole.clone();
            changed.get_mut(name).context("the file is there")?[bit / 8] ^= 1 << (bit % 8);
            tally.look(&changed, expected, read);
        }
        for length in (0..bytes.len()).step_by(step.div_ceil(8)) {
            let mut cut = whole.clone();
            cut.get_mut(name).context("the file is there")?.truncate(length);
            tally.look(&cut, expected, read);
        }
    }
    Ok(tally)
}

/// A vault with a few batches, closed; and what is in it.
fn told() -> Result<(Image, Contents)> {
    let files = Memory::new();
    let made = vault::create(Box::new(files.clone()), Box::new(MemoryIndex::new()))?;
    let (mut store, mut model) = (Open::new(made), Contents::new());
    for batch in 0..4_u8 {
        let mut changes: Vec<_> = (0..4_u8).map(|name| Change::Put(vec![name], vec![batch; 40])).collect();
        changes.push(Change::Drop(vec![batch]));
        store.commit(&changes)?;
        apply(&mut model, &changes);
    }
    Box::new(store).close()?;
    Ok((image(&files), model))
}

/// Opens a vault that was closed. What it says it dropped counts as found: a vault that was closed has nothing to drop.
fn read(image: &Image) -> Result<Contents> {
    let (vault, opening) = vault::open(Box::new(memory(image)), Box::new(MemoryIndex::new()))?;
    if opening.dropped_bytes > 0 || opening.lost_batches > 0 {
        bail!("{} bytes were dropped", opening.dropped_bytes);
    }
    contents(&Open::new(vault))
}

/// A store without a seal, as a table of names and values of 40 bytes: what the campaign must be able to tell apart.
fn read_unsealed(image: &Image) -> Result<Contents> {
    let table = image.get("table").context("no table")?;
    let rows = table.chunks(41).map(|row| row.split_first().context("half a row"));
    rows.map(|row| row.map(|(name, value)| (vec![*name], value.to_vec()))).collect()
}

#[test]
fn a_bit_that_flips_or_a_file_that_is_cut_is_found_or_harmless() -> Result<()> {
    let (whole, expected) = told()?;
    ensure!(read(&whole)? == expected, "the vault is not what was written");
    let tally = campaign(&whole, &expected, read, crate::number("SESAME_STEP", STEP))?;
    println!("{} bytes in {} files: {tally:?}", whole.values().map(Vec::len).sum::<usize>(), whole.len());
    ensure!(tally.silent == 0, "{tally:?}");
    ensure!(tally.found > 0 && tally.harmless > 0, "{tally:?}");
    Ok(())
}

#[test]
fn a_store_without_a_seal_is_caught() -> Result<()> {
    let expected: Contents = (0..4_u8).map(|name| (vec![name], vec![7; 40])).collect();
    let table = expected.iter().flat_map(|(name, value)| [name.as_slice(), value].concat()).collect();
    let tally = campaign(&Image::from([("table".to_owned(), table)]), &expected, read_unsealed, 1)?;
    ensure!(tally.silent > 0, "{tally:?}");
    Ok(())
}
