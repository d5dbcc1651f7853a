//! What a person keeps of themselves, at a real node: kept with its history, corrected, found whatever its accents, shut
//! away when the law calls it sensitive, forgotten for good, and taken away whole.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use harness::node::{Node, program, text};
use harness::sample;
use serde_json::{Value, json};

/// The names of the records that a search finds.
fn found(node: &Node, arguments: &[&str]) -> Result<Vec<String>> {
    let hits = node.ok(&[&["data", "find"], arguments].concat())?;
    let hits = hits["hits"].as_array().context("no hits")?;
    Ok(hits.iter().filter_map(|hit| hit["name"].as_str()).map(str::to_owned).collect())
}

#[test]
fn a_record_keeps_who_said_it_and_what_it_was_until_it_is_forgotten() -> Result<()> {
    let mut alice = Node::open("Alice")?;
    let kept = alice.ok(&["data", "add", "streetAddress=1 rue Haute", "locality=Lyon"])?;
    ensure!(kept["records"][0]["name"] == "street_address" && kept["records"][1]["name"] == "locality", "{kept}");
    alice.ok(&["data", "edit", "street_address", "2 rue Basse", "--says", "La Poste"])?;
    let shown = alice.ok(&["data", "show", "street_address", "--history"])?;
    let (newest, before) = (&shown["newest"], &shown["earlier"][0]);
    ensure!(newest["text"] == "2 rue Basse" && newest["says"] == "organisation", "{shown}");
    ensure!(newest["says_name"] == "La Poste" && before["text"] == "1 rue Haute" && before["says"] == "me", "{shown}");
    ensure!(newest["device"].as_str().is_some_and(|key| key.len() == 64) && shown["property"] == "streetAddress");
    let facts = alice.ok(&["data", "facts"])?;
    ensure!(facts["facts"].as_array().is_some_and(|facts| facts.len() == 2), "{facts}");

    let event = [
        "data",
        "add",
        "--event",
        "Appel à propos de l'électricité",
        "--date",
        "2026-02-03T14:30",
        "--vendor",
        "Volta",
    ];
    let event = alice.ok(&event)?["records"][0]["name"].as_str().context("no name")?.to_owned();
    let drawn = ["data", "add", "--conclusion", "bon payeur", "--vendor", "Volta", "--basis", "douze factures"];
    alice.ok(&drawn)?;
    // Stdin is empty here: nothing is kept, and surely no dash.
    for refused in [
        ["data", "add", "--event", "-", "--date", "2026-02-03"].as_slice(),
        &["data", "add", "email=-", "iban=-"],
        &["data", "edit", &event, "-", "--basis", "-"],
    ] {
        ensure!(alice.fails(13, refused)?.err.contains("E1304"), "{refused:?}");
    }
    ensure!(alice.fails(13, &["data", "export", "--special"])?.err.contains("E1304"));
    let list = alice.ok(&["data", "list", "--vendor", "VOLTA"])?;
    ensure!(list["records"].as_array().is_some_and(|all| all.len() == 2), "{list}");
    ensure!(found(&alice, &["ELECTRICITE"])? == [event.as_str()], "accents make a difference");
    ensure!(found(&alice, &["volta", "--kind", "event", "--to", "2026-02-03"])? == [event.as_str()]);
    ensure!(found(&alice, &["volta", "--kind", "event", "--from", "2026-02-04"])?.is_empty());
    ensure!(found(&alice, &["numero", "basse"])? == ["street_address"], "a field is not found by its label");

    let gone = alice.ok(&["data", "forget", "street_address", "--earlier"])?;
    ensure!(gone["erased"] == true && gone["versions"] == 1, "{gone}");
    ensure!(alice.ok(&["data", "show", "street_address"])?["versions"] == 1);
    let gone = alice.ok(&["data", "forget", &event])?;
    ensure!(gone["erased"] == true, "{gone}");
    for _ in 0..2 {
        ensure!(found(&alice, &["electricite"])?.is_empty(), "it is still found");
        alice.fails(14, &["data", "show", &event])?;
        alice.kill()?;
        alice.up()?;
    }
    ensure!(alice.ok(&["data", "show", "street_address"])?["newest"]["text"] == "2 rue Basse");
    Ok(())
}

#[test]
fn what_is_special_is_nowhere_unless_it_is_asked_for() -> Result<()> {
    let alice = Node::open("Alice")?;
    for refused in [["data", "add", "religion=quaker"].as_slice(), &["data", "show", "religion"]] {
        let said = alice.fails(12, refused)?;
        ensure!(said.err.contains("E1201"), "{}", said.err);
    }
    alice.ok(&["data", "add", "religion=quaker", "--special"])?;
    let event = ["data", "add", "--event", "migraine", "--date", "2026-02-03", "--special"];
    let event = alice.ok(&event)?["records"][0]["name"].as_str().context("no name")?.to_owned();
    for refused in [["data", "show", "religion"].as_slice(), &["data", "show", &event], &["data", "forget", &event]] {
        alice.fails(12, refused)?;
    }
    for open in [["data", "list"].as_slice(), &["data", "facts"], &["data", "find", "migraine"]] {
        let answer = alice.ok(open)?.to_string();
        ensure!(!answer.contains("quaker") && !answer.contains("migraine"), "{open:?} says {answer}");
    }
    ensure!(alice.ok(&["data", "list", "--special"])?["records"].as_array().is_some_and(|all| all.len() == 2));
    ensure!(found(&alice, &["MIGR", "--special"])? == [event.as_str()]);
    let folder = alice.home().join("../ordinary");
    alice.ok(&["data", "export", text(&folder)?])?;
    let all = fs::read_to_string(folder.join("records.json"))?;
    ensure!(!all.contains("quaker") && !all.contains("migraine"), "{all}");
    let whole = alice.home().join("../whole");
    alice.ok(&["data", "export", text(&whole)?, "--special"])?;
    ensure!(fs::read_to_string(whole.join("records.json"))?.contains("quaker"));
    let gone = alice.ok(&["data", "forget", &event, "--special"])?;
    ensure!(gone["erased"] == true, "{gone}");
    Ok(())
}

#[test]
fn what_is_forgotten_names_the_backups_that_may_still_show_it() -> Result<()> {
    let alice = Node::open("Alice")?;
    alice.ok(&["data", "add", "locality=Lyon"])?;
    let gone = alice.ok(&["data", "forget", "locality"])?;
    ensure!(gone["backups"] == json!([]) && gone["backups_more"] == 0, "{gone}");
    alice.ok(&["data", "add", "locality=Lyon", "email=a@b.example"])?;
    alice.ok(&["data", "edit", "email", "c@d.example"])?;
    let meter = alice.file("edf.csv", &sample::edf(7, 60))?;
    let import = alice.ok(&["data", "import", text(&meter)?])?;
    let place = alice.home().join("../stick");
    alice.ok(&["backup", "create", text(&place)?])?;
    let import = import["id"].as_str().context("no id")?;
    for forget in [
        ["data", "forget", "locality"].as_slice(),
        &["data", "forget", "email", "--earlier"],
        &["data", "forget", import],
    ] {
        let gone = alice.ok(forget)?;
        let backups = gone["backups"].as_array().context("no backups")?;
        ensure!(backups.len() == 1 && backups[0]["at"].is_string(), "{gone}");
        ensure!(backups[0]["place"].as_str().is_some_and(|named| named.ends_with("stick")), "{gone}");
    }
    Ok(())
}

/// Every file and folder below a folder, with its rights.
fn rights(folder: &Path) -> Result<Vec<(String, u32)>> {
    let mut found = vec![(folder.display().to_string(), fs::metadata(folder)?.permissions().mode() & 0o777)];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(rights(&path)?);
        } else {
            found.push((path.display().to_string(), fs::metadata(&path)?.permissions().mode() & 0o777));
        }
    }
    Ok(found)
}

#[test]
fn everything_is_taken_away_whole_and_an_import_is_forgotten_with_its_readings() -> Result<()> {
    let alice = Node::open("Alice")?;
    let meter = sample::edf(7, 60);
    let path = alice.file("=cmd()|'.csv", &meter)?;
    let import = alice.ok(&["data", "import", text(&path)?])?;
    let id = import["id"].as_str().context("no id")?;
    let lease = [b"%PDF-1.7 ".as_slice(), &[0, 255, 7].repeat(200_000)].concat();
    let path = alice.file("-bail.pdf", &lease)?;
    let paper = ["data", "add", "--paper", text(&path)?, "--title", "=HYPERLINK(1)", "--day", "préavis=2027-03-01"];
    let kept = alice.ok(&paper)?["records"][0].clone();
    ensure!(
        kept["newest"]["file"]["bytes"] == lease.len() && kept["newest"]["dates"][0]["on"] == "2027-03-01",
        "{kept}"
    );
    let name = kept["name"].as_str().context("no name")?;
    alice.ok(&["data", "edit", name, "Bail", "--date", "2024-06-01"])?;
    ensure!(found(&alice, &["preavis", "bail"])? == [name], "a paper is not found by its days");

    let folder = alice.home().join("../mine");
    let told = alice.ok(&["data", "export", text(&folder)?])?;
    ensure!(told["records"] == 1, "{told}");
    for (path, mode) in rights(&folder)? {
        let right = if Path::new(&path).is_dir() { 0o700 } else { 0o600 };
        ensure!(mode == right, "{path} has {mode:o}");
    }
    let only = |kind: &str| -> Result<Vec<u8>> {
        let mut files = fs::read_dir(folder.join(kind))?;
        let file = files.next().context("no file")??.path();
        ensure!(files.next().is_none(), "more than one of {kind}");
        Ok(fs::read(file)?)
    };
    ensure!(only("imports")? == meter && only("papers")? == lease, "a file is not as it came");
    let lines = String::from_utf8(only("readings")?)?.lines().count() as u64;
    ensure!(import["readings"] == lines - 1, "{lines} lines for {import}");
    let records: Value = serde_json::from_slice(&fs::read(folder.join("records.json"))?)?;
    ensure!(records["records"][0]["earlier"][0]["text"] == "=HYPERLINK(1)", "{records}");
    for table in ["records.csv", "imports.csv"] {
        let text = fs::read_to_string(folder.join(table))?;
        let cells = text.split([',', '\n']).map(|cell| cell.trim_start_matches('"'));
        let armed: Vec<_> = cells.filter(|cell| cell.starts_with(['=', '+', '@', '\t'])).collect();
        ensure!(armed.is_empty(), "{table}: {armed:?}");
    }
    for name in ["vendors", "shares", "contacts", "ratings", "series", "manifest"] {
        let value: Value = serde_json::from_slice(&fs::read(folder.join(format!("{name}.json")))?)?;
        ensure!(value.is_object(), "{name}: {value}");
    }
    alice.fails(13, &["data", "export", text(&folder)?])?;

    let gone = alice.ok(&["data", "forget", id])?;
    ensure!(gone["erased"] == true && gone["readings"] == import["readings"] && gone["readings_kept"] == 0, "{gone}");
    ensure!(alice.ok(&["data", "imports"])?["imports"] == json!([]));
    ensure!(alice.ok(&["data", "list"])?["series"] == json!([]));
    alice.fails(14, &["data", "forget", id])?;
    let again = alice.file("again.csv", &meter)?;
    ensure!(alice.ok(&["data", "import", text(&again)?])?["added"] == import["readings"], "it is not forgotten");
    Ok(())
}

#[test]
fn what_makes_no_sense_is_refused_and_nothing_is_kept() -> Result<()> {
    let alice = Node::open("Alice")?;
    let large = alice.file("large.bin", &vec![0; (16 << 20) + 1])?;
    let long = "x".repeat(2_001);
    let refused: [(i32, &[&str]); 12] = [
        (2, &["data", "add", "--event", "x"]),
        (13, &["data", "add", "--event", "x", "--date", "2026-02-30"]),
        (13, &["data", "add", "--event", &long, "--date", "2026-02-03"]),
        (2, &["data", "add", "--conclusion", "x"]),
        (13, &["data", "add", "--paper", text(&large)?]),
        (14, &["data", "add", "--paper", "/nowhere/at/all"]),
        (13, &["data", "add", "é=1"]),
        (13, &["data", "add", "email="]),
        (14, &["data", "add", "email=a@b.example", "--import", "0000000000000000"]),
        (13, &["data", "find", "x", "--kind", "secrets"]),
        (14, &["data", "edit", "R7", "x"]),
        (14, &["data", "forget", "0123456789abcdef"]),
    ];
    for (status, arguments) in refused {
        alice.fails(status, arguments).with_context(|| format!("{:?}", &arguments[..3]))?;
    }
    ensure!(alice.ok(&["data", "list"])?["records"] == json!([]));
    Ok(())
}

#[test]
fn an_export_that_is_interrupted_leaves_nothing_behind() -> Result<()> {
    // A node that takes every question and answers none.
    let node = Node::new()?;
    fs::create_dir_all(node.home().join("run"))?;
    let _silent = UnixListener::bind(node.home().join("run/sesame.sock"))?;
    let (folder, part) = (node.home().join("../mine"), node.home().join("../.mine.part"));
    for signal in ["INT", "TERM", "HUP"] {
        let mut command = Command::new(program()?);
        command.arg("--home").arg(node.home()).args(["data", "export", text(&folder)?]);
        let mut export = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let end = Instant::now() + Duration::from_secs(20);
        while !part.exists() {
            ensure!(Instant::now() < end && export.try_wait()?.is_none(), "nothing is written");
            std::thread::sleep(Duration::from_millis(20));
        }
        ensure!(Command::new("kill").args(["-s", signal, &export.id().to_string()]).status()?.success());
        let ended = loop {
            if let Some(ended) = export.try_wait()? {
                break ended;
            }
            if Instant::now() > end {
                export.kill()?;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        ensure!(ended.code() == Some(130), "{signal}: {ended}");
        ensure!(!part.exists() && !folder.exists(), "{signal} leaves something");
    }
    Ok(())
}
