//! Where a node can be reached: the few shapes of multiaddress that this network dials and listens on. It leaves out
//! names, relays and everything else that a multiaddress could say.

use std::{
    fmt, io,
    net::{IpAddr, TcpListener, UdpSocket},
    str::FromStr,
};

use libp2p::{Multiaddr, multiaddr::Protocol};

/// A checked multiaddress: `/ip4/…` or `/ip6/…`, then `/tcp/…` or `/udp/…/quic-v1`, and nothing after it.
///
/// It names a place and not a node: a `/p2p/…` suffix is refused, because the key is given beside the address. Port 0
/// is accepted, for listening.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Addr(String);

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Longer than any address of the accepted shapes.
    #[error("address of {bytes} bytes, at most {bytes_max} are allowed")]
    Long {
        /// Length of the text.
        bytes: usize,
        /// [`Addr::BYTES_MAX`].
        bytes_max: usize,
    },
    /// Not a multiaddress at all.
    #[error("not a multiaddress")]
    Malformed,
    /// A multiaddress, but of a shape that this network does not use.
    #[error("only /ip4 or /ip6 with /tcp or /udp/…/quic-v1 can be used")]
    Shape,
}

impl Addr {
    /// Longest text accepted, in bytes: the longest address of an accepted shape has 67.
    pub const BYTES_MAX: usize = 128;

    /// The address in its normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Translates for libp2p; `None` is impossible for a value that was parsed, and is treated as unreachable.
    pub(crate) fn multiaddr(&self) -> Option<Multiaddr> {
        self.0.parse().ok()
    }

    /// Fails where somebody listens already. libp2p sets `SO_REUSEPORT`, under which two nodes of one user would share a
    /// port and each get some of the other's connections; a plain bind does not.
    pub(crate) fn probe(&self) -> io::Result<()> {
        let address = self.multiaddr().ok_or(io::ErrorKind::InvalidInput)?;
        let mut parts = address.iter();
        let ip = match parts.next() {
            Some(Protocol::Ip4(ip)) => IpAddr::V4(ip),
            Some(Protocol::Ip6(ip)) => IpAddr::V6(ip),
            _ => return Err(io::ErrorKind::InvalidInput.into()),
        };
        match parts.next() {
            Some(Protocol::Tcp(port)) if port != 0 => TcpListener::bind((ip, port)).map(drop),
            Some(Protocol::Udp(port)) if port != 0 => UdpSocket::bind((ip, port)).map(drop),
            _ => Ok(()),
        }
    }

    /// This address with the port of another one of the same transport, where it has none of its own.
    pub(crate) fn at_port_of(&self, other: &Self) -> Option<Self> {
        let (mine, theirs) = (self.multiaddr()?, other.multiaddr()?);
        let mut found = false;
        let settled: Multiaddr = mine
            .iter()
            .zip(theirs.iter())
            .map(|(part, other)| match (&part, &other) {
                (Protocol::Tcp(0), Protocol::Tcp(_)) | (Protocol::Udp(0), Protocol::Udp(_)) => {
                    found = true;
                    other
                }
                _ => part,
            })
            .collect();
        found.then(|| Self::from_multiaddr(&settled)).flatten()
    }

    /// Translates what libp2p reports; addresses of other shapes are of no use to anybody and give `None`.
    pub(crate) fn from_multiaddr(address: &Multiaddr) -> Option<Self> {
        if has_shape(address) { Some(Self(address.to_string())) } else { None }
    }
}

impl FromStr for Addr {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text.len() > Self::BYTES_MAX {
            return Err(Error::Long { bytes: text.len(), bytes_max: Self::BYTES_MAX });
        }
        let address: Multiaddr = text.parse().map_err(|_| Error::Malformed)?;
        Self::from_multiaddr(&address).ok_or(Error::Shape)
    }
}

impl fmt::Display for Addr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn has_shape(address: &Multiaddr) -> bool {
    let mut parts = address.iter();
    let ip = matches!(parts.next(), Some(Protocol::Ip4(_) | Protocol::Ip6(_)));
    let transport = match parts.next() {
        Some(Protocol::Tcp(_)) => true,
        Some(Protocol::Udp(_)) => matches!(parts.next(), Some(Protocol::QuicV1)),
        _ => false,
    };
    ip && transport && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, proptest};

    use super::*;

    #[test]
    fn the_four_shapes_are_accepted_and_normalised() {
        for text in [
            "/ip4/127.0.0.1/tcp/0",
            "/ip4/192.0.2.7/udp/4001/quic-v1",
            "/ip6/::1/tcp/9",
            "/ip6/2001:db8::7/udp/65535/quic-v1",
        ] {
            assert_eq!(text.parse::<Addr>().map(|address| address.to_string()), Ok(text.to_owned()));
        }
        let long: Addr = "/ip6/0:0:0:0:0:0:0:1/tcp/9".parse().expect("a long spelling of ::1");
        assert_eq!(long.as_str(), "/ip6/::1/tcp/9");
    }

    #[test]
    fn other_shapes_are_refused() {
        for text in [
            "/ip4/127.0.0.1",
            "/tcp/80",
            "/ip4/127.0.0.1/udp/80",
            "/ip4/127.0.0.1/udp/80/quic",
            "/ip4/127.0.0.1/tcp/80/ws",
            "/dns4/example.org/tcp/80",
            "/ip4/127.0.0.1/tcp/80/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA",
        ] {
            assert_eq!(text.parse::<Addr>(), Err(Error::Shape), "{text}");
        }
        for text in ["", "127.0.0.1:80", "/ip4/999.0.0.1/tcp/1", "/ip4/127.0.0.1/tcp/70000"] {
            assert!(matches!(text.parse::<Addr>(), Err(Error::Malformed | Error::Shape)), "{text}");
        }
        let long = format!("/ip4/127.0.0.1/tcp/1{}", "/".repeat(Addr::BYTES_MAX));
        assert!(matches!(long.parse::<Addr>(), Err(Error::Long { bytes_max: 128, .. })));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_socket_address_survives_the_round_trip(ip in any::<std::net::IpAddr>(), port in any::<u16>(), quic in any::<bool>()) {
            let family = if ip.is_ipv4() { "ip4" } else { "ip6" };
            let tail = if quic { format!("udp/{port}/quic-v1") } else { format!("tcp/{port}") };
            let address: Addr = format!("/{family}/{ip}/{tail}").parse().expect("an accepted shape");
            assert_eq!(address.as_str().parse::<Addr>().expect("its own text"), address);
            assert_eq!(address.multiaddr().and_then(|raw| Addr::from_multiaddr(&raw)), Some(address));
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,160}") {
            let _ = text.parse::<Addr>();
        }
    }
}
