//! Whose program is at the other end of a loopback connection. A browser sends its cookies for a host to every port of
//! it: another user of this machine who gets a page of theirs opened from another port learns the session's cookie, and
//! could say it here over a plain socket, with headers that no browser would let a page choose. The kernel knows who
//! opened a socket; what neither the node's user nor root opened is dropped before a byte of it is read.
//!
//! The kernel's word is its table `/proc/net/tcp` (see `proc_net(5)`). Where there is none, cookie and headers have to do. What
//! other programs of the person's own do is not kept out.

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

/// Whether the other end of a connection belongs to the user of the node, or to root.
pub(super) async fn is_ours(stream: &TcpStream) -> bool {
    let (Ok(SocketAddr::V4(peer)), Ok(SocketAddr::V4(own))) = (stream.peer_addr(), stream.local_addr()) else {
        return false;
    };
    for pause in [Duration::ZERO, SECOND_LOOK] {
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        match tokio::task::spawn_blocking(move || look_up(peer, own)).await {
            Ok(Ok(Some(user))) => return may_pass(user),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the system does not say whose connections these are");
                return true;
            }
            Ok(Ok(None)) | Err(_) => {}
        }
    }
    false
}

fn may_pass(user: u32) -> bool {
    user == 0 || user == rustix::process::getuid().as_raw()
}

/// The user who opened the socket at `peer` that is connected to `own`. An error means that there is no table at all.
fn look_up(peer: SocketAddrV4, own: SocketAddrV4) -> io::Result<Option<u32>> {
    let [plain, mapped] = TABLES.map(|path| File::open(path).map(|file| BufReader::new(file.take(TABLE_BYTES_MAX))));
    if let Some(user) = user(plain?, &column(peer), &column(own)) {
        return Ok(Some(user));
    }
    // A machine without IPv6 has no second table, and nobody who could stand in it.
    Ok(mapped.ok().and_then(|table| user(table, &mapped_column(peer), &mapped_column(own))))
}

/// The user of the entry with these two addresses; nothing if no line that can be read is that entry.
fn user(mut table: impl BufRead, local: &str, remote: &str) -> Option<u32> {
    let addresses = format!("{local} {remote} ");
    let mut line = Vec::new();
    // Thousands of lines for one connection: each is looked at where it lies, and only ours is taken apart.
    while table.read_until(b'\n', &mut line).ok()? > 0 {
        if let Some(user) = user_of(&line, &addresses) {
            return Some(user);
        }
        line.clear();
    }
    None
}

/// Reads one line: number, local and remote address, state, queues, timer, retransmits, user, timeout, inode.
fn user_of(line: &[u8], addresses: &str) -> Option<u32> {
    let number = line.iter().position(|byte| *byte == b':')?;
    let rest = line.get(number + 2..)?.strip_prefix(addresses.as_bytes())?;
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
