//! Backups as a person lives them: made while the node works, tried, lost homes that come back, disks that are damaged,
//! and power that goes in the middle. `SESAME_SEED` says at which moments.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use harness::node::{Node, text};
use harness::sample;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::Value;

use crate::journey::held;

/// Another passphrase that the program accepts.
const NEW: &str = "tulip-anvil-harbour-saddle-ember-quince";
/// Times that the power goes while a backup is made.
const KILLS: u64 = 12;
/// The longest time from the start of a backup to the cut, in microseconds.
const DELAY_MICROSECONDS_MAX: u64 = 200_000;

fn place(node: &Node) -> Result<PathBuf> {
    Ok(node.home().parent().context("a home has a parent")?.join("stick/sesame"))
}

/// A node with readings, ratings and a fact; and its 24 words in a file.
fn lived() -> Result<(Node, PathBuf)> {
    let mut node = Node::new()?;
    let words = node.init("Alice")?;
    node.up()?;
    let meter = node.file("meter.csv", &sample::edf(3, 400))?;
    node.ok(&["data", "import", text(&meter)?])?;
    node.ok(&["rate", "domain:volta.example", "--label", "Volta", "--market", "04.5.1", "--overall", "82"])?;
    let file = node.file("words", words.join(" ").as_bytes())?;
    Ok((node, file))
}

#[test]
fn a_lost_home_comes_back_from_the_words_under_a_new_passphrase() -> Result<()> {
    let (mut node, words) = lived()?;
    // Enough for a few parts, of which most stay.
    let meter = node.file("more.csv", &sample::edf(4, 2500))?;
    node.ok(&["data", "import", text(&meter)?])?;
    let place = place(&node)?;
    let place = text(&place)?;
    let passphrase = node.passphrase_file();
    let passphrase = text(&passphrase)?;
    let made = node.ok(&["backup", "create", place, "--keep", "2"])?;
    ensure!(made["backup"]["passphrase"] == "today" && made["written_chunks"].as_u64() > Some(0), "{made}");
    // Where the last one went, and only what changed since.
    node.ok(&["rate", "domain:grand-courant.example", "--label", "GC", "--market", "04.5.1", "--overall", "31"])?;
    let next = node.ok(&["backup", "create"])?;
    ensure!(next["known_chunks"].as_u64() > Some(0), "{next}");
    // The open node checks without a question; the drill is done with what a person would have to type.
    let report = node.ok(&["backup", "verify", place])?;
    ensure!(report["whole"] == true && report["snapshots"].as_array().is_some_and(|all| all.len() == 2), "{report}");
    let drilled = node.ok(&["backup", "drill", place, "--passphrase-file", text(&words)?])?;
    ensure!(drilled["by_words"] == true && drilled["entries"] == next["backup"]["entries"], "{drilled}");
    let listed = node.ok(&["backup", "list"])?;
    ensure!(listed["backups"][0]["checked"].is_string(), "{listed}");
    ensure!(node.ok(&["status"])?["vault"]["backup"]["place"] == place, "no backup in the status");
    // A vault is never replaced, neither under a running node nor without one.
    node.fails(6, &["backup", "restore", place, "--passphrase-file", passphrase])?;
    let before = held(&node)?;
    node.ok(&["stop"])?;
    node.kill()?;
    node.fails(6, &["backup", "restore", place, "--passphrase-file", passphrase])?;

    fs::remove_dir_all(node.home().join("vault"))?;
    let new = node.file("new", format!("{NEW}\n").as_bytes())?;
    node.fails(5, &["backup", "restore", place, "--passphrase-file", text(&new)?])?;
    ensure!(!node.home().join("vault").exists(), "half a vault");
    let asked = ["backup", "restore", place, "--passphrase-file", text(&words)?, "--new-passphrase-file", text(&new)?];
    let restored = node.ok(&asked)?;
    ensure!(restored["snapshot"]["digest"] == next["backup"]["digest"], "{restored}");
    node.up_with(&["--passphrase-file", text(&new)?])?;
    ensure!(held(&node)? == before, "what came back is not what was there");
    // The new vault has a key of its own, and needs a place of its own.
    let refused = node.fails(13, &["backup", "create", place])?;
    ensure!(refused.err.contains("E1321"), "{}", refused.err);
    Ok(())
}

#[test]
fn a_damaged_backup_says_what_is_lost_and_gives_up_what_is_whole() -> Result<()> {
    let (mut node, _) = lived()?;
    let place = place(&node)?;
    node.ok(&["backup", "create", text(&place)?])?;
    node.kill()?;
    fs::remove_dir_all(node.home().join("vault"))?;
    let mut chunks: Vec<_> = fs::read_dir(&place)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("chunk.")))
        .collect();
    // The largest holds readings, and not who the person is.
    chunks.sort_by_key(|path| fs::metadata(path).map_or(0, |found| found.len()));
    let largest = chunks.last().context("no chunk")?;
    let mut bytes = fs::read(largest)?;
    bytes[40] ^= 1;
    fs::write(largest, bytes)?;
    let file = node.passphrase_file();
    let secret = ["--passphrase-file", text(&file)?];
    let report = node.fails(7, &[&["backup", "verify", text(&place)?], secret.as_slice()].concat())?;
    ensure!(report.json["findings"][0]["kind"] == "damaged", "{}", report.json);
    let refused = node.fails(7, &[&["backup", "restore", text(&place)?], secret.as_slice()].concat())?;
    ensure!(refused.err.contains("E0710") && !node.home().join("vault").exists(), "{}", refused.err);
    let partial = [&["backup", "restore", text(&place)?, "--partial"], secret.as_slice()].concat();
    let restored = node.ok(&partial)?;
    ensure!(restored["lost"][0]["entries"].as_u64() > Some(0), "{restored}");
    ensure!(restored["lost"][0]["rooms"].as_array().is_some_and(|rooms| !rooms.is_empty()), "{restored}");
    Ok(())
}

#[test]
fn a_file_that_was_cut_short_gives_up_what_is_whole_when_asked() -> Result<()> {
    let (mut node, _) = lived()?;
    let file = place(&node)?.with_file_name("one.sesame");
    fs::create_dir_all(file.parent().context("no folder")?)?;
    let made = node.ok(&["backup", "create", text(&file)?, "--file"])?;
    node.kill()?;
    fs::remove_dir_all(node.home().join("vault"))?;
    let mut bytes = fs::read(&file)?;
    // The list stands last, in two copies.
    let list = bytes.windows(9).position(|window| window == b"SESAMEbp\x04").context("no list")?;
    bytes.truncate(list + 100);
    fs::write(&file, bytes)?;
    let passphrase = node.passphrase_file();
    let secret = ["--passphrase-file", text(&passphrase)?];
    let report = node.fails(7, &[&["backup", "verify", text(&file)?], secret.as_slice()].concat())?;
    let kinds = report.json["findings"].as_array().context("no findings")?;
    ensure!(kinds.iter().any(|finding| finding["kind"] == "no_list"), "{}", report.json);
    let refused = node.fails(7, &[&["backup", "restore", text(&file)?], secret.as_slice()].concat())?;
    ensure!(refused.err.contains(r#""reason":"list""#) && !node.home().join("vault").exists(), "{}", refused.err);
    let restored = node.ok(&[&["backup", "restore", text(&file)?, "--partial"], secret.as_slice()].concat())?;
    ensure!(restored["snapshot"].is_null() && restored["entries"] == made["backup"]["entries"], "{restored}");
    node.up()?;
    Ok(())
}

#[test]
fn one_file_does_as_a_folder_does_and_what_is_no_backup_is_said_to_be_none() -> Result<()> {
    let (node, words) = lived()?;
    let path = node.file("not-a-backup", b"letters")?;
    let secret = text(&words)?;
    node.fails(13, &["backup", "verify", text(&path)?, "--passphrase-file", secret])?;
    node.fails(13, &["backup", "create", text(&path)?, "--file"])?;
    node.fails(14, &["backup", "verify", "/nowhere/at/all", "--passphrase-file", secret])?;
    let file = path.with_file_name("one.sesame");
    node.ok(&["backup", "create", text(&file)?, "--file"])?;
    ensure!(node.ok(&["backup", "verify", text(&file)?])?["whole"] == true, "not whole");
    node.ok(&["backup", "drill", text(&file)?, "--passphrase-file", secret])?;
    let left: Vec<_> = fs::read_dir(node.home())?.filter_map(Result::ok).map(|entry| entry.file_name()).collect();
    ensure!(!left.iter().any(|name| name.to_string_lossy().starts_with("drill")), "{left:?}");
    Ok(())
}

#[test]
fn a_power_cut_in_the_middle_of_a_backup_leaves_the_earlier_ones_whole() -> Result<()> {
    let seed = std::env::var("SESAME_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_123);
    println!("seed {seed}");
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let (mut node, _) = lived()?;
    let place = place(&node)?;
    let place = text(&place)?;
    let file = node.passphrase_file();
    node.ok(&["backup", "create", place])?;
    let mut made = 1;
    let mut cut = 0;
    for kill in 0..KILLS {
        let days = u32::try_from(20 + kill)?;
        let meter = node.file("more.csv", &sample::edf(kill + 10, days))?;
        // Its days may be known already: then there is nothing new, and that is fine.
        node.run(&["data", "import", text(&meter)?])?;
        let delay = Duration::from_micros(rng.next_u64() % DELAY_MICROSECONDS_MAX);
        let pid = node.pid().context("no process")?;
        let answer = std::thread::scope(|scope| {
            let backup = scope.spawn(|| node.run(&["backup", "create", place]));
            std::thread::sleep(delay);
            let killed = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
            (killed, backup.join())
        });
        ensure!(answer.0?.success(), "the node could not be killed");
        let answer = answer.1.map_err(|_| anyhow::anyhow!("the backup panicked"))??;
        node.kill()?;
        let report = node.ok(&["backup", "verify", place, "--passphrase-file", text(&file)?]);
        // A copy of the newest list may be missing: that is told with status 7 and costs nothing.
        let report = match report {
            Ok(report) => report,
            Err(_) => node.fails(7, &["backup", "verify", place, "--passphrase-file", text(&file)?])?.json,
        };
        let states = report["snapshots"].as_array().context("no states")?;
        let is_loss = |finding: &Value| finding["loss"] == true;
        ensure!(!report["findings"].as_array().into_iter().flatten().any(is_loss), "{report}");
        ensure!(states.iter().all(|state| state["whole"] == true), "{report}");
        ensure!(states.len() >= made + usize::from(answer.status == 0), "{} of {made} are left", states.len());
        made = states.len();
        cut += u32::from(answer.status != 0);
        node.up()?;
    }
    println!("{cut} of {KILLS} backups were cut short");
    ensure!(cut > 0, "no backup was cut short");
    node.ok(&["backup", "create", place])?;
    let drilled = node.ok(&["backup", "drill", place, "--passphrase-file", text(&file)?])?;
    ensure!(drilled["by_words"] == false, "{drilled}");
    Ok(())
}
