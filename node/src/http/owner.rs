//! Whose program is at the other end of a loopback connection. A browser sends its cookies for a host to every port of
//! it: another user of this machine who gets a page of theirs opened from another port learns the session's cookie, and
//! could say it here over a plain socket, with headers that no browser would let a page choose. The kernel knows who
//! opened a socket; what neither the node's user nor root opened is dropped before a byte of it is read.
//!
//! The kernel's word is its table `/proc/net/tcp` (see `proc_net(5)`). Where there is none, cookie and headers have to do. What
//! other programs of the person's own do is not kept out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::net::{SocketAddr, SocketAddrV4};
use std::time::Duration;

use tokio::net::TcpStream;

/// The sockets of IPv4, and those of IPv6, where a browser's own may stand under its mapped address (RFC 4291, 2.5.5.2).
const TABLES: [&str; 2] = ["/proc/net/tcp", "/proc/net/tcp6"];

/// What is read of a table: 100,000 sockets. Beyond that the machine has other worries than this page.
const TABLE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// How long to wait before a table is read again: it changes while it is read, and may lack an entry for once.
const SECOND_LOOK: Duration = Duration::from_millis(5);

/// The two ends of a connection: the caller's, and ours.
type Ends = (SocketAddrV4, SocketAddrV4);

/// The connections whose other end belongs to the user of the node, or to root. The rest are dropped.
///
/// The table is read once for all of them: it has a line for every connection of the machine.
pub(super) async fn ours(streams: Vec<TcpStream>) -> Vec<TcpStream> {
    let mut unknown: Vec<_> = streams.into_iter().filter_map(|stream| Some((ends(&stream)?, stream))).collect();
    let mut ours = Vec::new();
    for pause in [Duration::ZERO, SECOND_LOOK] {
        if unknown.is_empty() {
            break;
        }
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        let asked: Vec<_> = unknown.iter().map(|(ends, _)| *ends).collect();
        match tokio::task::spawn_blocking(move || look_up(&asked)).await {
            Ok(Ok(users)) => {
                let is_known = |(ends, _): &mut (Ends, TcpStream)| users.contains_key(ends);
                let known = unknown.extract_if(.., is_known).collect::<Vec<_>>();
                ours.extend(known.into_iter().filter(|(ends, _)| may_pass(users[ends])).map(|(_, stream)| stream));
            }
            Ok(Err(error)) => {
                tracing::debug!(%error, "the system does not say whose connections these are");
                ours.extend(unknown.drain(..).map(|(_, stream)| stream));
            }
            Err(error) => tracing::debug!(%error, "nobody looked whose connections these are"),
        }
    }
    ours
}

fn ends(stream: &TcpStream) -> Option<Ends> {
    match (stream.peer_addr(), stream.local_addr()) {
        (Ok(SocketAddr::V4(peer)), Ok(SocketAddr::V4(own))) => Some((peer, own)),
        _ => None,
    }
}

fn may_pass(user: u32) -> bool {
    user == 0 || user == rustix::process::getuid().as_raw()
}

/// The users who opened the callers' sockets, as far as the tables know them. An error means that there is no table.
fn look_up(asked: &[Ends]) -> io::Result<BTreeMap<Ends, u32>> {
    let [plain, mapped] = TABLES.map(|path| File::open(path).map(|file| BufReader::new(file.take(TABLE_BYTES_MAX))));
    let mut found = BTreeMap::new();
    read(plain?, column, asked, &mut found);
    // A machine without IPv6 has no second table, and nobody who could stand in it.
    if let Ok(mapped) = mapped {
        read(mapped, mapped_column, asked, &mut found);
    }
    Ok(found)
}

/// Looks through one table for those who were not found yet; a line that cannot be read is nobody's.
fn read(mut table: impl BufRead, write: fn(SocketAddrV4) -> String, asked: &[Ends], found: &mut BTreeMap<Ends, u32>) {
    let missing = asked.iter().filter(|ends| !found.contains_key(ends));
    let addresses = |(peer, own): &Ends| format!("{} {} ", write(*peer), write(*own)).into_bytes();
    let mut wanted: BTreeMap<Vec<u8>, Ends> = missing.map(|ends| (addresses(ends), *ends)).collect();
    let length = wanted.keys().next().map_or(0, Vec::len);
    let mut line = Vec::new();
    while !wanted.is_empty() && table.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        if let Some((addresses, rest)) = parted(&line, length)
            && let Some(ends) = wanted.get(addresses)
            && let Some(user) = user_of(rest)
        {
            found.insert(*ends, user);
            wanted.remove(addresses);
        }
        line.clear();
    }
}

/// A line without its number: the addresses, local and remote, and what follows them.
fn parted(line: &[u8], length: usize) -> Option<(&[u8], &[u8])> {
    let number = line.iter().position(|byte| *byte == b':')?;
    line.get(number + 2..)?.split_at_checked(length)
}

/// The user in the columns behind the addresses: state, queues, timer, retransmits, user, timeout, inode.
fn user_of(rest: &[u8]) -> Option<u32> {
    let mut columns = std::str::from_utf8(rest).ok()?.split_ascii_whitespace();
    let user = columns.nth(4)?.parse().ok()?;
    // What its program has closed has no inode any more, and the kernel then says root of everybody's.
    let inode: u64 = columns.nth(1)?.parse().ok()?;
    (inode > 0).then_some(user)
}

/// An address as the table of IPv4 writes it: the bytes of the network as a number of this machine.
fn column(address: SocketAddrV4) -> String {
    format!("{:08X}:{:04X}", u32::from_ne_bytes(address.ip().octets()), address.port())
}

/// The same address as the table of IPv6 writes it.
fn mapped_column(address: SocketAddrV4) -> String {
    let prefix = u32::from_ne_bytes([0, 0, 0xff, 0xff]);
    format!("{:08X}{:08X}{prefix:08X}{}", 0, 0, column(address))
}

#[cfg(test)]
mod tests;
