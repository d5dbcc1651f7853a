//! Callers that take their time or take all the places, and files of the node that others on the machine may look at.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::table::Target;

/// What a person waits for a page at most, while others do their worst.
const PAGE_TIME_MAX: Duration = Duration::from_secs(1);
/// How long a head may take: the node says ten seconds.
const HEAD_TIME_MAX: Duration = Duration::from_secs(13);

#[test]
fn five_hundred_callers_who_never_finish_keep_nobody_out() -> Result<()> {
    let target = Target::new()?;
    let mut held = Vec::new();
    for number in 0..500 {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, target.node.port()))?;
        stream.set_read_timeout(Some(HEAD_TIME_MAX))?;
        if number % 3 > 0 {
            // The node may have let it go already: that is its right.
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127").ok();
        }
        held.push(stream);
    }
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        let start = Instant::now();
        let reply = target.reply(&target.own("GET", "/data"))?;
        ensure!(reply.status == 200, "a page is answered with {}", reply.status);
        slowest = slowest.max(start.elapsed());
    }
    println!("the slowest of 20 pages among 500 callers: {slowest:?}");
    ensure!(slowest < PAGE_TIME_MAX, "a page took {slowest:?}");
    let start = Instant::now();
    let mut last = held.pop().context("no caller")?;
    let mut rest = Vec::new();
    // Closed is closed, whether by an end, a reset or a word of refusal before it.
    let ended = last.read_to_end(&mut rest);
    ensure!(start.elapsed() < HEAD_TIME_MAX, "a head without an end is waited for: {ended:?}");
    Ok(())
}

#[test]
fn a_head_that_comes_a_byte_a_second_is_not_waited_for() -> Result<()> {
    let target = Target::new()?;
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, target.node.port()))?;
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    let start = Instant::now();
    for byte in b"GET / HTTP/1.1\r\nHost: 127.0.0.1:7373\r\n" {
        let mut answer = [0; 1024];
        let is_gone = stream.write_all(&[*byte]).is_err() || matches!(stream.read(&mut answer), Ok(0));
        if is_gone {
            println!("let go after {:?}", start.elapsed());
            return Ok(());
        }
        // An answer before the end of the head is a refusal, and the end comes with the next read.
        ensure!(start.elapsed() < HEAD_TIME_MAX, "a slow head is still waited for after {:?}", start.elapsed());
    }
    anyhow::bail!("the head came to its end in {:?}", start.elapsed())
}

/// Every folder and file below a folder, and the folder.
fn all(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(all(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    Ok(found)
}

#[test]
fn nobody_else_on_the_machine_may_look_into_a_home() -> Result<()> {
    let target = Target::new()?;
    let home = target.node.home();
    let settings = home.join("config.toml");
    let paths = all(&home)?;
    ensure!(paths.iter().any(|path| path.ends_with("run/sesame.sock")) && paths.len() > 5, "{paths:?}");
    for path in paths {
        let mode = fs::symlink_metadata(&path)?.permissions().mode() & 0o7777;
        // The settings were written by this test, not by the node; no secret is in them, and the folder is closed.
        ensure!(mode.trailing_zeros() >= 6 || path == settings, "{} has the mode {mode:o}", path.display());
    }
    Ok(())
}
