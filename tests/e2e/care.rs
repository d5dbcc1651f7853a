//! A person cares for their vault: it is checked with a node and without, compacted, damaged on purpose, repaired, and given another
//! passphrase. What scripts rely on is each exit status.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use harness::http::Ask;
use harness::node::{Node, program, text};
use serde_json::{Value, json};

/// The largest segment of the journal.
fn segment(node: &Node) -> Result<PathBuf> {
    let files = fs::read_dir(node.home().join("vault"))?.filter_map(|entry| Some(entry.ok()?.path()));
    let is_segment =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("segment"));
    let largest = files.filter(is_segment).max_by_key(|path| fs::metadata(path).map_or(0, |file| file.len()));
    largest.context("no segment")
}

/// Bytes of the journal and the key file.
fn bytes(node: &Node) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(node.home().join("vault"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("segment") || name.starts_with("keys") {
            sum += entry.metadata()?.len();
        }
    }
    Ok(sum)
}

/// Says another thing of oneself again and again, until the journal is mostly dead: each time what was said before is
/// written again as its history. Twice as often is as much as a history takes.
fn wear(node: &Node) -> Result<()> {
    for round in 0..32 {
        let asked = json!({ "field": "note", "value": format!("{round}{}", "y".repeat(480)) });
        let ask = Ask::new("POST", "/v1/facts").header("Host", "node");
        let reply = node.api(&ask.body("application/json", asked.to_string().as_bytes()))?;
        ensure!(reply.status == 200, "{}", reply.text());
    }
    Ok(())
}

/// What a command that ends with this status shows to a person.
fn said(node: &Node, status: i32, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new(program()?);
    command.arg("--home").arg(node.home()).arg("--no-input").args(arguments).env("SESAME_CHEAP_VAULTS", "1");
    let output = command.output()?;
    let text = String::from_utf8(output.stdout)? + &String::from_utf8(output.stderr)?;
    ensure!(output.status.code() == Some(status), "{}: {text}", output.status);
    Ok(text)
}

fn with_passphrase<'a>(command: &'a str, file: &'a Path) -> Result<[&'a str; 3]> {
    Ok([command, "--passphrase-file", text(file)?])
}

#[test]
fn a_whole_vault_is_whole_with_its_node_and_without() -> Result<()> {
    let mut node = Node::open("Alice")?;
    let status = node.ok(&["status"])?;
    ensure!(status["vault"]["checked"] == Value::Null, "{status}");
    let found = node.ok(&["check"])?;
    ensure!(found["damaged"] == false && found["findings"] == json!([]), "{found}");
    ensure!(found["records"].as_u64() > Some(3) && found["bytes"].as_u64() > Some(500), "{found}");
    let checked = node.ok(&["status"])?["vault"]["checked"].clone();
    ensure!(checked["worst"] == Value::Null && checked["at"].is_string(), "{checked}");
    // It is remembered by the vault, and not by the process.
    node.restart()?;
    ensure!(node.ok(&["status"])?["vault"]["checked"] == checked, "forgotten");
    let said = said(&node, 0, &["status", "--lang", "en"])?;
    ensure!(said.contains("checked ") && said.contains(", whole"), "{said}");
    node.ok(&["stop"])?;
    node.fails(2, &["check"])?;
    let wrong = node.file("wrong", b"oxbow-lantern-mosaic-thimble-quarry-velvel\n")?;
    node.fails(5, &with_passphrase("check", &wrong)?)?;
    node.fails(5, &with_passphrase("compact", &wrong)?)?;
    let right = node.passphrase_file();
    let alone = node.ok(&with_passphrase("check", &right)?)?;
    ensure!(alone["damaged"] == false && alone["records"].as_u64() > found["records"].as_u64(), "{alone}");
    Ok(())
}

#[test]
fn a_locked_vault_is_checked_without_its_node_and_one_in_use_by_another_ends_with_6() -> Result<()> {
    let node = Node::open("Alice")?;
    let right = node.passphrase_file();
    node.ok(&["lock"])?;
    node.ok(&with_passphrase("check", &right)?)?;
    node.ok(&["unlock", "--passphrase-file", text(&right)?])?;
    // Without its socket the node cannot be asked; the lock of the vault still holds.
    fs::remove_file(node.home().join("run/sesame.sock"))?;
    for command in ["check", "compact"] {
        let held = node.fails(6, &with_passphrase(command, &right)?)?;
        let pid = node.pid().map(|pid| pid.to_string()).unwrap_or_default();
        ensure!(held.err.contains("E0601") && held.err.contains(&pid), "{}", held.err);
    }
    let none = Node::new()?;
    for command in ["check", "compact"] {
        none.fails(3, &with_passphrase(command, &right)?)?;
    }
    Ok(())
}

#[test]
fn a_changed_byte_ends_with_7_and_says_where_how_much_and_what_to_do() -> Result<()> {
    let mut node = Node::open("Alice")?;
    node.ok(&["data", "import", text(&node.file("meter.csv", &harness::sample::edf(7, 60))?)?])?;
    node.ok(&["stop"])?;
    node.kill()?;
    let segment = segment(&node)?;
    let mut whole = fs::read(&segment)?;
    let middle = whole.len() / 2;
    whole[middle] ^= 1;
    fs::write(&segment, &whole)?;
    let right = node.passphrase_file();
    let found = node.fails(7, &with_passphrase("check", &right)?)?;
    let name = segment.file_name().context("a name")?.to_string_lossy().into_owned();
    let frames = &found.json["findings"][0];
    ensure!(found.json["damaged"] == true && found.json["worst"] == "lost", "{}", found.out);
    ensure!(frames["kind"] == "frames" && frames["file"] == name.as_str(), "{frames}");
    let (from, length) = (frames["offset"].as_u64().context("where")?, frames["bytes"].as_u64().context("how much")?);
    let place = u64::try_from(middle)?;
    ensure!((from..from + length).contains(&place), "{place} is not in {frames}");
    // A person reads the same in their own language.
    for (language, part) in [("en", "put back a backup"), ("fr", "restaurez une sauvegarde")] {
        let said = said(&node, 7, &[&with_passphrase("check", &right)?[..], &["--lang", language]].concat())?;
        ensure!(said.contains(&name) && said.contains(part), "{said}");
    }
    // The node that runs finds the same and remembers it.
    node.up()?;
    let asked = node.fails(7, &["check"])?;
    ensure!(asked.json["worst"] == "lost", "{}", asked.out);
    ensure!(node.ok(&["status"])?["vault"]["checked"]["worst"] == "lost", "it is not remembered");
    let page = node.look(&node.enter()?, "/settings")?.text();
    ensure!(page.contains("sesame check") && page.contains("backup"), "the page does not say so");
    Ok(())
}

#[test]
fn a_worn_vault_gets_smaller_with_its_node_and_without() -> Result<()> {
    let mut node = Node::open("Alice")?;
    let none = node.fails(15, &["compact"])?;
    ensure!(none.err.contains("E1503"), "{}", none.err);
    for is_running in [true, false] {
        wear(&node)?;
        let (right, facts) = (node.passphrase_file(), node.ok(&["data", "facts"])?);
        let before = bytes(&node)?;
        let freed = if is_running {
            node.ok(&["compact"])?
        } else {
            node.ok(&["stop"])?;
            node.kill()?;
            node.ok(&with_passphrase("compact", &right)?)?
        };
        let after = bytes(&node)?;
        ensure!(after * 2 < before, "{before} bytes became {after}: {freed}");
        let told = [&freed["before_bytes"], &freed["after_bytes"]].map(|bytes| bytes.as_u64().unwrap_or_default());
        ensure!(told[0] > told[1] && told[1] > 0, "{freed}");
        if !is_running {
            node.fails(15, &with_passphrase("compact", &right)?)?;
            node.up()?;
        }
        node.fails(15, &["compact"])?;
        ensure!(node.ok(&["data", "facts"])? == facts, "something is not as it was");
        ensure!(node.ok(&["check"])?["findings"] == json!([]), "it is not whole");
    }
    Ok(())
}

#[test]
fn a_passphrase_costs_what_this_machine_can_bear() -> Result<()> {
    let mut node = Node::new()?;
    node.costly();
    node.init("Alice")?;
    // Of the header magic, format and the vault's name come first; then memory in KiB and passes.
    let header = fs::read(node.home().join("vault/header.a"))?;
    let number = |at: usize| -> Result<u32> { Ok(u32::from_le_bytes(header[at..at + 4].try_into()?)) };
    let (memory, passes) = (number(26)?, number(30)?);
    ensure!(memory >= 64 << 10 && passes >= 3, "{memory} KiB, {passes} passes");
    let right = node.passphrase_file();
    let wrong = node.file("wrong", b"not the passphrase at all\n")?;
    let guess = node.fails(5, &with_passphrase("check", &wrong)?)?;
    ensure!(guess.took.as_millis() > 150, "a guess takes {:?}: {memory} KiB, {passes} passes", guess.took);
    node.ok(&with_passphrase("check", &right)?)?;
    Ok(())
}

#[test]
fn after_a_change_the_new_passphrase_opens_and_the_old_one_ends_with_5() -> Result<()> {
    let mut node = Node::new()?;
    let words = node.init("Alice")?.join(" ");
    node.up()?;
    let old = node.passphrase_file();
    let new = node.file("new", b"a kettle sings behind the northern pier\n")?;
    let (weak, wrong) = (node.file("weak", b"azerty123\n")?, node.file("wrong", b"not the passphrase at all\n")?);
    let change = |old: &Path, new: &Path, status: i32| -> Result<()> {
        let files = ["key", "passphrase", "--passphrase-file", text(old)?, "--new-passphrase-file", text(new)?];
        node.fails(status, &files).map(drop)
    };
    change(&wrong, &new, 5)?;
    change(&old, &weak, 13)?;
    node.fails(2, &["key", "passphrase", "--passphrase-file", text(&old)?])?;
    // Nothing was changed by any of them.
    node.ok(&["lock"])?;
    change(&old, &new, 4)?;
    node.ok(&["unlock", "--passphrase-file", text(&old)?])?;
    change(&old, &new, 0)?;
    change(&old, &new, 5)?;
    node.ok(&["lock"])?;
    node.fails(5, &["unlock", "--passphrase-file", text(&old)?])?;
    node.ok(&["unlock", "--passphrase-file", text(&new)?])?;
    // Whoever has the 24 words needs no old passphrase.
    let sheet = node.file("sheet", words.as_bytes())?;
    change(&sheet, &old, 0)?;
    node.ok(&["lock"])?;
    node.ok(&["unlock", "--passphrase-file", text(&old)?])?;
    let log = BufReader::new(fs::File::open(node.log())?).lines().collect::<Result<Vec<_>, _>>()?;
    ensure!(!log.iter().any(|line| line.contains("kettle")), "a passphrase is in a note");
    Ok(())
}

/// Changes a byte in the middle of a file.
fn damage(file: &Path) -> Result<()> {
    let mut bytes = fs::read(file)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    Ok(fs::write(file, bytes)?)
}

#[test]
fn a_damaged_vault_is_repaired_and_says_what_it_lost() -> Result<()> {
    let mut node = Node::new()?;
    let words = node.init("Alice")?.join(" ");
    node.up()?;
    node.ok(&["data", "import", text(&node.file("meter.csv", &harness::sample::edf(7, 60))?)?])?;
    node.ok(&["data", "add", "note", "the key is under the mat"])?;
    let facts = node.ok(&["data", "facts"])?;
    let right = node.passphrase_file();
    let repair = with_passphrase("repair", &right)?;
    // The node has it open, and is told apart from a vault that is merely held.
    node.fails(6, &repair)?;
    node.ok(&["stop"])?;
    node.kill()?;
    let none = node.fails(15, &repair)?;
    ensure!(none.err.contains("E1504"), "{}", none.err);
    damage(&segment(&node)?)?;
    let wrong = node.file("wrong", b"not the passphrase at all\n")?;
    node.fails(5, &with_passphrase("repair", &wrong)?)?;
    node.fails(7, &with_passphrase("check", &right)?)?;
    let sheet = node.file("sheet", words.as_bytes())?;
    let repaired = node.ok(&with_passphrase("repair", &sheet)?)?;
    let salvage = &repaired["salvage"];
    ensure!(salvage["entries"].as_u64() > Some(5), "{repaired}");
    ensure!(salvage["losses"][0]["room"] == "data" && salvage["losses"][0]["gone"] == 1, "{repaired}");
    ensure!(salvage["named"][0]["verdict"] == "gone" && salvage["unnamed"] == 0, "{repaired}");
    ensure!(salvage["end_known"] == true && salvage["findings"][0]["kind"] == "frames", "{repaired}");
    let kept = PathBuf::from(repaired["damaged"].as_str().context("no folder")?);
    ensure!(kept.starts_with(node.home()) && kept.join("header.a").exists(), "{}", kept.display());
    // From here on it is a vault like any other, with the same passphrase.
    ensure!(node.ok(&with_passphrase("check", &right)?)?["findings"] == json!([]), "not whole");
    node.fails(15, &repair)?;
    node.up()?;
    ensure!(node.ok(&["data", "facts"])? == facts, "a fact is not as it was");
    ensure!(node.ok(&["check"])?["findings"] == json!([]), "not whole");
    // What was lost is the file as it came; its readings are there, and what needs the file says what is missing.
    ensure!(node.ok(&["data", "list"])?["series"][0]["readings"].as_u64() > Some(2000), "readings are lost");
    let out = node.home().join("out");
    let exported = node.run(&["data", "export", text(&out)?])?;
    ensure!(exported.status == 0 && exported.json["lost"] == 1, "{exported:?}");
    let manifest: Value = serde_json::from_slice(&fs::read(out.join("manifest.json"))?)?;
    ensure!(manifest["lost"][0].as_str().is_some_and(|name| name.ends_with("meter.csv")), "{manifest}");
    ensure!(node.ok(&["status"])?["state"] == "open", "the node ails");
    Ok(())
}

#[test]
fn a_repair_says_in_both_languages_what_it_did_and_what_can_not_be_done() -> Result<()> {
    for (language, saved, hopeless) in
        [("en", "Lost: one entry", "put back a backup"), ("fr", "Perdu\u{a0}: une entrée", "restaurez une sauvegarde")]
    {
        let mut node = Node::open("Alice")?;
        node.ok(&["data", "import", text(&node.file("meter.csv", &harness::sample::edf(7, 60))?)?])?;
        node.ok(&["stop"])?;
        node.kill()?;
        damage(&segment(&node)?)?;
        let right = node.passphrase_file();
        let repair = [&with_passphrase("repair", &right)?[..], &["--lang", language]].concat();
        let said = said(&node, 0, &repair)?;
        ensure!(said.contains(saved) && said.contains("vault.damaged-"), "{said}");
        let vault = node.home().join("vault");
        for header in ["header.a", "header.b"] {
            damage(&vault.join(header))?;
        }
        let refused = self::said(&node, 7, &repair)?;
        ensure!(refused.contains("E0702") && refused.contains(hopeless), "{refused}");
    }
    Ok(())
}
