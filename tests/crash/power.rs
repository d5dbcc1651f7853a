//! Power that goes: disks as a cut may leave them, each opened and read. `SESAME_IMAGES` says how many disks, `SESAME_SEED`
//! which.

use anyhow::{Result, ensure};
use harness::power::campaign::{Campaign, Tally};
use harness::power::image::Image;
use harness::power::recorder::{Notes, Recorder, Skip, memory};
use harness::store::story::Story;
use harness::store::vault;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sesame_vault::MemoryIndex;

/// Disks looked at unless `SESAME_IMAGES` says otherwise.
const IMAGES: u64 = 1000;
/// Disks of a vault that is broken on purpose: it has to be caught by then.
const IMAGES_PLANTED: u64 = 300;

fn campaign(skip: Skip, images: u64) -> Result<Tally> {
    let tally = Campaign { seed: crate::seed("power"), images, skip }.run()?;
    println!("syncs left out: {skip:?}; {tally}");
    Ok(tally)
}

#[test]
fn what_was_acknowledged_is_on_every_disk_that_a_power_cut_may_leave() -> Result<()> {
    let images = crate::number("SESAME_IMAGES", IMAGES);
    let tally = campaign(Skip::Nothing, images)?;
    ensure!(tally.wrong == 0, "{:#?}", tally.faults);
    // The cuts met what they are there for.
    for (what, count) in
        [("torn tails", tally.torn_tails), ("batches more", tally.one_more), ("no vault", tally.absent)]
    {
        ensure!(count > 0, "no disk with {what} among {images}");
    }
    Ok(())
}

#[test]
fn a_vault_that_leaves_out_one_kind_of_sync_is_caught() -> Result<()> {
    for skip in [Skip::Segments, Skip::Drafts, Skip::Checkpoints, Skip::Folder] {
        let tally = campaign(skip, IMAGES_PLANTED)?;
        ensure!(tally.wrong > 0, "{skip:?}: nothing was found among {} disks", tally.images);
        println!("  such as: {}", tally.faults[0]);
    }
    Ok(())
}

/// The two checkpoints are written in turn. The second is born by that, and the first is overwritten after it: a cut in
/// that moment once took the name of the one and tore the other.
#[test]
fn a_checkpoint_that_was_just_born_is_not_lost_with_its_name() -> Result<()> {
    let (notes, story) = (Notes::default(), Story { seed: 3 });
    let files = Recorder::new(&Image::new(), notes.clone(), Skip::Nothing);
    let mut made = vault::create(Box::new(files), Box::new(MemoryIndex::new()))?;
    let born = notes.len();
    for number in 1..=3 {
        made.commit(vault::batch(&story.batch(number)))?;
        made.checkpoint()?;
    }
    let trace = notes.trace(Image::new());
    let mut rng = ChaCha20Rng::seed_from_u64(crate::seed("power"));
    for cut in born..=trace.steps.len() {
        for _ in 0..40 {
            let image = trace.image(cut, &mut rng);
            let opened = vault::open(Box::new(memory(&image)), Box::new(MemoryIndex::new()));
            ensure!(opened.is_ok(), "cut before step {cut}: {:?}", opened.err());
        }
    }
    Ok(())
}
