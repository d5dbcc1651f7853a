//! A person puts all under new keys: with the passphrase or the words, and killed on the way.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Result, ensure};
use harness::node::{Node, program, text};

#[test]
fn after_a_rotation_everything_is_there_and_an_old_header_opens_it_no_more() -> Result<()> {
    let mut node = Node::new()?;
    let words = node.init("Alice")?.join(" ");
    node.up()?;
    node.ok(&["data", "import", text(&node.file("meter.csv", &harness::sample::edf(7, 60))?)?])?;
    node.ok(&["data", "add", "note", "the key is under the mat"])?;
    let before = (node.ok(&["data", "facts"])?, node.ok(&["data", "list"])?);
    let (old, new) = (node.passphrase_file(), node.file("new", b"a kettle sings behind the northern pier\n")?);
    let rotate = ["key", "rotate", "--passphrase-file", text(&old)?];
    node.fails(6, &rotate)?;
    node.ok(&["stop"])?;
    node.kill()?;
    let vault = node.home().join("vault");
    let stolen = ["header.a", "header.b"].map(|name| (vault.join(name), fs::read(vault.join(name))));
    let wrong = node.file("wrong", b"not the passphrase at all\n")?;
    node.fails(5, &["key", "rotate", "--passphrase-file", text(&wrong)?])?;
    let sheet = node.file("sheet", words.as_bytes())?;
    // Whoever has only the words must choose a passphrase, and there is nobody to ask.
    node.fails(2, &["key", "rotate", "--passphrase-file", text(&sheet)?])?;
    let weak = node.file("weak", b"azerty123\n")?;
    node.fails(13, &[&rotate[..], &["--new-passphrase-file", text(&weak)?]].concat())?;
    ensure!(node.ok(&rotate)?["entries"].as_u64() > Some(5), "nothing was rotated");
    let again = ["key", "rotate", "--passphrase-file", text(&sheet)?, "--new-passphrase-file", text(&new)?];
    node.ok(&again)?;
    node.fails(5, &["check", "--passphrase-file", text(&old)?])?;
    ensure!(node.ok(&["check", "--passphrase-file", text(&new)?])?["damaged"] == false, "it is not whole");
    ensure!(fs::read_dir(node.home())?.all(|entry| entry.is_ok_and(|entry| entry.file_name() != "vault.rotating")));
    let whole = ["header.a", "header.b"].map(|name| (vault.join(name), fs::read(vault.join(name))));
    for (path, bytes) in stolen {
        fs::write(path, bytes?)?;
    }
    ensure!(
        node.fails(7, &["check", "--passphrase-file", text(&old)?]).is_ok(),
        "the old header opens the new journal"
    );
    for (path, bytes) in whole {
        fs::write(path, bytes?)?;
    }
    fs::copy(&new, &old)?;
    node.up()?;
    ensure!((node.ok(&["data", "facts"])?, node.ok(&["data", "list"])?) == before, "something is not as it was");
    Ok(())
}

#[test]
fn a_rotation_that_is_killed_at_any_moment_leaves_one_whole_vault() -> Result<()> {
    let mut node = Node::open("Alice")?;
    node.ok(&["data", "import", text(&node.file("meter.csv", &harness::sample::edf(7, 400))?)?])?;
    let facts = node.ok(&["data", "list"])?;
    node.ok(&["stop"])?;
    node.kill()?;
    let passphrase = node.passphrase_file();
    let (mut killed, mut done) = (0, 0);
    for round in 0..24_u64 {
        let mut command = std::process::Command::new(program()?);
        command.arg("--home").arg(node.home()).args(["--no-input", "key", "rotate", "--passphrase-file"]);
        command.arg(&passphrase).env("SESAME_CHEAP_VAULTS", "1").stdout(Stdio::null()).stderr(Stdio::null());
        let mut rotating = command.spawn()?;
        std::thread::sleep(Duration::from_millis(round * 8));
        rotating.kill()?;
        if rotating.wait()?.success() {
            done += 1;
        } else {
            killed += 1;
        }
        let checked = node.ok(&["check", "--passphrase-file", text(&passphrase)?])?;
        ensure!(checked["damaged"] == false, "after {} ms: {checked}", round * 8);
    }
    ensure!(killed > 4, "{killed} were killed, {done} came to their end");
    node.up()?;
    ensure!(node.ok(&["data", "list"])? == facts, "something is not as it was");
    let beside = fs::read_dir(node.home())?.filter_map(Result::ok).map(|entry| entry.file_name());
    ensure!(beside.into_iter().all(|name| name != "vault.rotating"), "the opening did not clear up");
    Ok(())
}
