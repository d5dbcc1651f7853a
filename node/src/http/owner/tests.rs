use std::net::Ipv4Addr;

use tokio::net::{TcpListener, TcpSocket};

use super::*;

const HEAD: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

/// A line as the kernel writes it, for a socket of 127.0.0.1.
fn line(local: u16, remote: u16, state: &str, user: &str, inode: &str) -> String {
    let (local, remote) = (column(at(local)), column(at(remote)));
    format!(
        "  12: {local} {remote} {state} 00000000:00000000 00:00000000 00000000 {user:>5}        0 {inode} 1 \
         0000000000000000 20 4 30 10 -1\n"
    )
}

fn at(port: u16) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::LOCALHOST, port)
}

/// Whose the socket at port 40000 is that is connected to port 7373.
fn found(lines: &[String]) -> Option<u32> {
    let caller = (at(40_000), at(7373));
    let mut found = BTreeMap::new();
    read(format!("{HEAD}{}", lines.concat()).as_bytes(), column, &[caller], &mut found);
    found.remove(&caller)
}

#[test]
fn many_are_found_in_one_reading_and_each_is_its_own() {
    let users = |port: u16| (!port.is_multiple_of(7)).then(|| u32::from(port % 5) + 1000);
    let callers: Vec<_> = (40_000..40_064).map(|port| (at(port), at(7373))).collect();
    let lines = callers.iter().rev().filter_map(|(peer, _)| {
        let user = users(peer.port())?.to_string();
        Some(line(peer.port(), 7373, "01", &user, "9"))
    });
    let mut found = BTreeMap::new();
    read(lines.collect::<String>().as_bytes(), column, &callers, &mut found);
    for caller in &callers {
        assert_eq!(found.get(caller).copied(), users(caller.0.port()), "{caller:?}");
    }
    // The second table is asked for the others only.
    let (known, missing) = ((at(40_000), at(7373)), (at(40_005), at(7373)));
    assert!(!found.contains_key(&missing));
    let entry = |caller: Ends| {
        line(0, 0, "01", "7", "9").replace(
            &format!("{} {}", column(at(0)), column(at(0))),
            &format!("{} {}", mapped_column(caller.0), mapped_column(caller.1)),
        )
    };
    let before = found[&known];
    read((entry(known) + &entry(missing)).as_bytes(), mapped_column, &callers, &mut found);
    assert_eq!((found[&known], found[&missing]), (before, 7));
}

#[test]
fn an_entry_tells_its_user_and_no_other_entry_does() {
    let others = [
        line(7373, 0, "0A", "1000", "5"),
        // Our own end of the same connection, and connections that share one address with it.
        line(7373, 40_000, "01", "1000", "6"),
        line(40_000, 7374, "01", "1001", "7"),
        line(40_001, 7373, "01", "1002", "8"),
    ];
    assert_eq!(found(&others), None);
    for (user, is_first) in [(1000, true), (1003, true), (1003, false), (0, false), (u32::MAX, false)] {
        let mut lines = others.to_vec();
        lines.insert(if is_first { 0 } else { 4 }, line(40_000, 7373, "01", &user.to_string(), "9"));
        assert_eq!(found(&lines), Some(user));
    }
    assert_eq!(found(&[]), None);
}

#[test]
fn a_connection_that_its_program_has_closed_is_nobodys() {
    // The kernel says user 0 of both: a request said and left behind must not pass for one of root.
    let closed = [line(40_000, 7373, "06", "0", "0"), line(40_000, 7373, "04", "0", "0")];
    assert_eq!(found(&closed), None);
    let again = [closed.concat(), line(40_000, 7373, "01", "1001", "3")];
    assert_eq!(found(&again), Some(1001));
}

#[test]
fn lines_that_are_none_are_passed_over() {
    let whole = line(40_000, 7373, "01", "1000", "9");
    for cut in 0..whole.len() {
        let head = whole[..cut].to_owned() + "\n";
        assert!(matches!(found(&[head, line(40_000, 7373, "01", "7", "9")]), Some(7 | 1000)), "cut at {cut}");
    }
    for (user, inode) in [("-1", "9"), ("4294967296", "9"), ("root", "9"), ("1000", "-9"), ("1000", "x"), ("", "")] {
        assert_eq!(found(&[line(40_000, 7373, "01", user, inode)]), None, "{user} {inode}");
    }
    let rubbish = ["\n".into(), " : : :\n".into(), "\u{1F600}\n".repeat(9), "0 ".repeat(5000) + "\n", whole];
    assert_eq!(found(&rubbish), Some(1000));
}

#[test]
#[cfg(target_endian = "little")]
fn addresses_are_written_as_the_kernel_writes_them() {
    assert_eq!(column(at(7373)), "0100007F:1CCD");
    assert_eq!(mapped_column(at(80)), "0000000000000000FFFF00000100007F:0050");
}

#[tokio::test]
async fn a_connection_of_our_own_passes_over_both_protocols_and_a_closed_one_does_not() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("loopback is there");
    let address = listener.local_addr().expect("a bound socket has an address");
    let mapped = SocketAddr::new(Ipv4Addr::LOCALHOST.to_ipv6_mapped().into(), address.port());
    let mut callers = vec![TcpStream::connect(address).await.expect("the listener accepts")];
    // Without IPv6 no program calls that way.
    if let Ok(socket) = TcpSocket::new_v6() {
        callers.push(socket.connect(mapped).await.expect("the listener accepts"));
    }
    for caller in callers {
        let (stream, _) = listener.accept().await.expect("somebody calls");
        let ends = ends(&stream).expect("the listener speaks IPv4");
        let passed = ours(vec![stream]).await;
        assert_eq!(passed.len(), 1, "{caller:?}");
        // Without a table nobody is told from anybody.
        let Ok(users) = look_up(&[ends]) else { continue };
        assert_eq!(users.get(&ends).copied(), Some(rustix::process::getuid().as_raw()));
        drop(caller);
        assert!(ours(passed).await.is_empty(), "a connection without a program behind it passes");
    }
    assert!(!may_pass(rustix::process::getuid().as_raw().wrapping_add(1).max(1)));
}
