//! Strangers at the network port: rubbish, half handshakes, lengths that promise everything, hundreds of connections, a
//! flood of datagrams. The node goes on answering its person, stays the size it was, and still meets a friend.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use harness::node::{Node, text};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

/// What the person waits for an answer at most.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(1);
/// Memory that all of this may cost, in kibibytes.
const MEMORY_KIB_MAX: u64 = 64 * 1024;
/// The first words of every connection of libp2p (multistream-select 1.0), and the wish for Noise.
const MULTISTREAM: &[u8] = b"\x13/multistream/1.0.0\n";
const NOISE: &[u8] = b"\x07/noise\n";
/// Datagrams of the flood.
const DATAGRAMS: u32 = 10_000;

/// The port where the node listens for others, by the name of the protocol in its address.
fn port(node: &Node, protocol: &str) -> Result<u16> {
    let status = node.ok(&["status"])?;
    let listening = status["network"]["listening"].as_array().context("the node listens nowhere")?;
    let ports = listening.iter().filter_map(|address| {
        let mut parts = address.as_str()?.split('/').skip_while(|part| *part != protocol);
        parts.nth(1)?.parse().ok()
    });
    ports.into_iter().next().with_context(|| format!("no {protocol} in {listening:?}"))
}

fn dial(port: u16) -> Result<TcpStream> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_millis(300)))?;
    stream.set_write_timeout(Some(Duration::from_millis(300)))?;
    Ok(stream)
}

/// Says something and looks whether anything comes back; being cut off is what a stranger deserves.
fn say(port: u16, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut stream = dial(port)?;
    let mut answer = Vec::new();
    if stream.write_all(bytes).is_ok() {
        stream.read_to_end(&mut answer).ok();
    }
    Ok(answer)
}

fn noise(rng: &mut ChaCha20Rng, bytes: usize) -> Vec<u8> {
    let mut noise = vec![0; bytes];
    rng.fill_bytes(&mut noise);
    noise
}

/// The node answers its person at once, and is the one that it was.
fn is_well(node: &Node, memory: Option<u64>) -> Result<()> {
    let start = Instant::now();
    let status = node.ok(&["status"])?;
    let took = start.elapsed();
    println!("status in {took:?}, refused {}", status["network"]["refused"]);
    ensure!(took < ANSWER_TIME_MAX, "status took {took:?}");
    ensure!(status["state"] == "open" && status["pid"].as_u64() == node.pid().map(u64::from), "{status}");
    ensure!(status["vault"]["contacts"] == 0, "a stranger became a contact: {status}");
    if let (Some(before), Some(after)) = (memory, node.memory_kib()) {
        println!("memory: {before} KiB before, {after} KiB after");
        ensure!(after < before + MEMORY_KIB_MAX, "{} KiB more", after - before);
    }
    Ok(())
}

/// A friend can still come: what keeps strangers out keeps nobody else out.
fn meets(node: &Node) -> Result<()> {
    let friend = Node::open("Bob")?;
    let code = node.ok(&["contact", "invite"])?["code"].as_str().context("no code")?.to_owned();
    let file = friend.file("code", code.as_bytes())?;
    friend.ok(&["contact", "accept", text(&file)?])?;
    friend.wait(&["contact", "list"], |circle| circle["contacts"][0]["standing"] == "known")?;
    Ok(())
}

#[test]
fn rubbish_over_tcp_is_dropped() -> Result<()> {
    let node = Node::open("Alice")?;
    let port = port(&node, "tcp")?;
    let memory = node.memory_kib();
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let greeting = say(port, MULTISTREAM)?;
    ensure!(greeting.starts_with(MULTISTREAM), "this is no port of libp2p: {greeting:?}");
    let lengths: [&[u8]; 5] = [
        b"\xff\xff\xff\xff\x7f",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80",
        b"\x00",
        b"\xff\x7f",
    ];
    for length in lengths {
        say(port, &[length, &noise(&mut rng, 4_096)].concat())?;
        say(port, &[MULTISTREAM, length, &noise(&mut rng, 4_096)].concat())?;
        say(port, &[MULTISTREAM, NOISE, length, &noise(&mut rng, 4_096)].concat())?;
    }
    for number in 0..12 {
        let rubbish = noise(&mut rng, 1 << (number + 4));
        say(port, &rubbish)?;
        say(port, &[MULTISTREAM, NOISE, &rubbish].concat())?;
    }
    // Noise frames have a length of two bytes: the largest, then nothing; and one that is whole and means nothing.
    say(port, &[MULTISTREAM, NOISE, b"\xff\xff"].concat())?;
    say(port, &[MULTISTREAM, NOISE, b"\x00\x20", &noise(&mut rng, 32)].concat())?;
    say(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
    is_well(&node, memory)?;
    meets(&node)
}

#[test]
fn three_hundred_strangers_keep_the_person_waiting_for_nothing() -> Result<()> {
    let node = Node::open("Alice")?;
    let port = port(&node, "tcp")?;
    let memory = node.memory_kib();
    let mut rng = ChaCha20Rng::seed_from_u64(2);
    let mut held = Vec::new();
    for number in 0..300 {
        let mut stream = dial(port)?;
        let words = [MULTISTREAM, NOISE, &noise(&mut rng, 64)].concat();
        // Some say nothing, some a little, some all of it; the node may have cut them off before.
        stream.write_all(&words[..words.len() * (number % 4) / 3]).ok();
        held.push(stream);
    }
    is_well(&node, memory)?;
    drop(held);
    meets(&node)
}

#[test]
fn a_flood_of_datagrams_is_dropped() -> Result<()> {
    let node = Node::open("Alice")?;
    let port = port(&node, "udp")?;
    let memory = node.memory_kib();
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.connect((Ipv4Addr::LOCALHOST, port))?;
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let start = Instant::now();
    for number in 0..DATAGRAMS {
        let size = 1 + (rng.next_u64() % 1_400) as usize;
        let mut datagram = noise(&mut rng, size);
        if number % 2 == 0 {
            // The first byte of an Initial packet of QUIC version 1, and the version (RFC 9000, section 17.2).
            datagram.splice(..datagram.len().min(5), [0xc3, 0, 0, 0, 1]);
            datagram.resize(1_200, 0);
        }
        // What the system has no room for is dropped there already.
        socket.send(&datagram).ok();
        if number == DATAGRAMS / 2 {
            is_well(&node, memory)?;
        }
    }
    println!("{DATAGRAMS} datagrams in {:?}", start.elapsed());
    is_well(&node, memory)?;
    meets(&node)
}
