//! What goes wrong, and with which exit status: each is a promise to scripts.

use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};
use harness::node::{Node, text};
use harness::sample;

#[test]
fn a_wrong_passphrase_ends_with_5_and_the_right_one_opens() -> Result<()> {
    let mut node = Node::new()?;
    node.init("Alice")?;
    let wrong = node.file("wrong", b"oxbow-lantern-mosaic-thimble-quarry-velvel\n")?;
    let up = node.fails(5, &["up", "--passphrase-file", text(&wrong)?])?;
    ensure!(up.err.contains("E0501"), "{}", up.err);
    node.up_with(&[])?;
    node.fails(4, &["data", "list"])?;
    node.fails(4, &["contact", "invite"])?;
    node.fails(5, &["unlock", "--passphrase-file", text(&wrong)?])?;
    ensure!(node.ok(&["status"])?["state"] == "locked", "a wrong passphrase changed the state");
    let right = node.passphrase_file();
    node.ok(&["unlock", "--passphrase-file", text(&right)?])?;
    node.ok(&["data", "list"])?;
    ensure!(node.ok(&["lock"])?["state"] == "locked", "it does not lock");
    node.fails(4, &["ratings"])?;
    let nobody = node.fails(2, &["unlock"])?;
    ensure!(nobody.err.contains("--passphrase-file"), "it does not say what to give: {}", nobody.err);
    Ok(())
}

#[test]
fn one_vault_has_one_node() -> Result<()> {
    let node = Node::open("Alice")?;
    let file = node.passphrase_file();
    let second = node.fails(6, &["up", "--passphrase-file", text(&file)?])?;
    ensure!(second.err.contains("E0601"), "{}", second.err);
    // Without its socket the first one cannot be asked; the lock of the vault still holds.
    fs::remove_file(node.home().join("run/sesame.sock"))?;
    let third = node.fails(6, &["up", "--passphrase-file", text(&file)?])?;
    ensure!(third.err.contains("E0601"), "{}", third.err);
    let pid = node.pid().map(|pid| pid.to_string()).unwrap_or_default();
    ensure!(third.err.contains(&pid), "it does not say who holds the vault ({pid}): {}", third.err);
    Ok(())
}

#[test]
fn a_port_that_is_taken_is_said_and_no_other_is_taken_in_silence() -> Result<()> {
    let taken = std::net::TcpListener::bind("127.0.0.1:0")?;
    let port = taken.local_addr()?.port().to_string();
    let node = Node::new()?;
    let up = node.fails(6, &["up", "--page-port", &port])?;
    ensure!(up.err.contains("E0602") && up.err.contains(&port), "{}", up.err);
    Ok(())
}

#[test]
fn without_a_node_or_a_vault_a_command_says_so() -> Result<()> {
    let mut node = Node::new()?;
    for command in [&["status"][..], &["data", "list"], &["stop"], &["ui"], &["advice", "domain:a.example"]] {
        node.fails(3, command)?;
    }
    node.up_with(&[])?;
    ensure!(node.ok(&["status"])?["state"] == "bare", "a node without a vault is not bare");
    let no_vault = node.fails(3, &["data", "list"])?;
    ensure!(no_vault.err.contains("E0302"), "{}", no_vault.err);
    let weak = node.file("weak", b"azerty123\n")?;
    node.fails(13, &["init", "--name", "Alice", "--passphrase-file", text(&weak)?])?;
    node.init("Alice")?;
    let file = node.passphrase_file();
    node.fails(6, &["init", "--name", "Alice", "--passphrase-file", text(&file)?])?;
    node.ok(&["stop"])?;
    node.fails(3, &["status"])?;
    Ok(())
}

#[test]
fn a_command_line_that_is_wrong_ends_with_2() -> Result<()> {
    let node = Node::new()?;
    for wrong in [&["nonsense"][..], &["data", "import"], &["rate", "x", "--overall", "101"], &["--no-such-option"]] {
        node.fails(2, wrong)?;
    }
    Ok(())
}

#[test]
fn a_file_that_is_no_file_of_ours_ends_with_13_and_leaves_nothing() -> Result<()> {
    let node = Node::open("Alice")?;
    let whole = sample::edf(5, 40);
    // In the middle of a value, so that a row is torn and the file is not just shorter.
    let torn = whole.windows(7).rposition(|part| part.ends_with(b";R\xe9el")).unwrap_or(whole.len() / 2) + 3;
    let noise: Vec<u8> = (0..200_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    let mut strange = whole.clone();
    let middle = strange.len() / 2;
    strange.splice(middle..middle, b"\r\n12:30;four hundred;R\xe9elle\r\n".iter().copied());
    let zeros = vec![0; 1 << 20];
    let files: [(&str, &[u8]); 7] = [
        ("noise.csv", &noise),
        ("half.csv", &whole[..torn]),
        ("empty.csv", b""),
        ("blank.csv", b"\r\n \r\n"),
        ("strange.csv", &strange),
        ("zeros.csv", &zeros),
        ("page.html", b"<!doctype html><title>Connexion</title><form action=/login>"),
    ];
    for (name, bytes) in files {
        let path = node.file(name, bytes)?;
        let answer = node.fails(13, &["data", "import", text(&path)?])?;
        ensure!(answer.err.contains("E13"), "{name}: {}", answer.err);
    }
    node.fails(14, &["data", "import", "no-such-file.csv"])?;
    ensure!(node.ok(&["status"])?["vault"]["readings"] == 0, "something of a refused file was kept");
    ensure!(
        node.ok(&["data", "imports"])?["imports"].as_array().is_some_and(Vec::is_empty),
        "a refused file is listed"
    );
    Ok(())
}

#[test]
fn who_gives_no_name_is_somebody() -> Result<()> {
    let mut node = Node::new()?;
    let file = node.passphrase_file();
    node.fails(13, &["init", "--name", "a\u{202e}b", "--passphrase-file", text(&file)?])?;
    node.ok(&["--lang", "fr", "init", "--passphrase-file", text(&file)?])?;
    node.up()?;
    ensure!(node.ok(&["status"])?["vault"]["name"] == "Quelqu\u{2019}un", "{}", node.ok(&["status"])?);
    node.ok(&["contact", "invite"])?;
    Ok(())
}

#[test]
fn the_24_words_open_the_vault_in_place_of_the_passphrase() -> Result<()> {
    let mut node = Node::new()?;
    let words = node.init("Alice")?;
    node.up()?;
    node.ok(&["lock"])?;
    let mut wrong = words.clone();
    wrong.swap(3, 4);
    for (typed, status) in [(wrong.join(" "), 5), (words[..23].join(" "), 5), (words.join("  "), 0)] {
        let file = node.file("words", typed.as_bytes())?;
        let answer = node.run(&["unlock", "--passphrase-file", text(&file)?])?;
        ensure!(answer.status == status, "{status} was expected: {}{}", answer.out, answer.err);
    }
    ensure!(node.ok(&["status"])?["state"] == "open", "the words did not open the vault");
    Ok(())
}

#[test]
fn a_line_without_an_end_is_refused_at_once() -> Result<()> {
    let node = Node::open("Alice")?;
    let before = node.memory_kib();
    for (name, megabytes) in [("long.csv", 80), ("just-below.csv", 63)] {
        let mut bytes = sample::edf(5, 2);
        bytes.resize(megabytes << 20, b'7');
        let path = node.file(name, &bytes)?;
        let answer = node.fails(13, &["data", "import", text(&path)?])?;
        ensure!(answer.err.contains("E1303"), "{}", answer.err);
        ensure!(answer.took < Duration::from_secs(5), "{megabytes} MB took {:?}", answer.took);
    }
    if let (Some(before), Some(after)) = (before, node.memory_kib()) {
        println!("memory of the node: {before} KiB before, {after} KiB after a line of 63 MB");
        ensure!(after < before + 96 * 1024, "{} KiB stay held", after - before);
    }
    Ok(())
}
