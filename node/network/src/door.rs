//! How many connections may stand or be negotiated: in all, of one node, from one address. It stands in for
//! `libp2p-connection-limits`, which keeps an entry for every node that ever connected (its `established_per_peer` is
//! never emptied) and knows no addresses. It leaves out who is welcome.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    net::{IpAddr, Ipv6Addr},
    task::{Context, Poll},
};

use libp2p::{
    Multiaddr, PeerId,
    core::{Endpoint, transport::PortUse},
    multiaddr::Protocol,
    swarm::{
        ConnectionDenied, ConnectionId, FromSwarm, NetworkBehaviour, THandler, THandlerInEvent, THandlerOutEvent,
        ToSwarm, dummy,
    },
};

use crate::config::{CONNECTIONS_PER_NODE, INCOMING_MAX, OUTGOING_MAX, PENDING_MAX};

/// Counts connections and turns the surplus away.
pub(crate) struct Door {
    per_address: usize,
    /// Every connection that is negotiated or stands: bounded by the limits themselves.
    visits: BTreeMap<ConnectionId, Visit>,
}

struct Visit {
    /// Where an incoming connection is from; `None` for those that were dialled.
    from: Option<IpAddr>,
    incoming: bool,
    /// Known once it stands.
    peer: Option<PeerId>,
}

/// A bound is reached.
#[derive(Debug, thiserror::Error)]
#[error("{standing} connections of this kind, at most {most} are taken")]
pub(crate) struct Full {
    standing: usize,
    most: usize,
}

impl Door {
    pub(crate) fn new(per_address: usize) -> Self {
        Self { per_address, visits: BTreeMap::new() }
    }

    fn check(&self, most: usize, counts: impl Fn(&Visit) -> bool) -> Result<(), ConnectionDenied> {
        let standing = self.visits.values().filter(|visit| counts(visit)).count();
        if standing < most { Ok(()) } else { Err(ConnectionDenied::new(Full { standing, most })) }
    }

    fn establish(&self, peer: PeerId, incoming: bool, most: usize) -> Result<THandler<Self>, ConnectionDenied> {
        self.check(most, |visit| visit.incoming == incoming && visit.peer.is_some())?;
        self.check(CONNECTIONS_PER_NODE, |visit| visit.peer == Some(peer))?;
        Ok(dummy::ConnectionHandler)
    }
}

impl NetworkBehaviour for Door {
    type ConnectionHandler = dummy::ConnectionHandler;
    type ToSwarm = Infallible;

    fn handle_pending_inbound_connection(
        &mut self,
        id: ConnectionId,
        _: &Multiaddr,
        remote: &Multiaddr,
    ) -> Result<(), ConnectionDenied> {
        let from = place(remote);
        self.check(PENDING_MAX, |visit| visit.incoming && visit.peer.is_none())?;
        self.check(self.per_address, |visit| visit.incoming && visit.from == from)?;
        self.visits.insert(id, Visit { from, incoming: true, peer: None });
        Ok(())
    }

    fn handle_established_inbound_connection(
        &mut self,
        _: ConnectionId,
        peer: PeerId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        self.establish(peer, true, INCOMING_MAX)
    }

    fn handle_pending_outbound_connection(
        &mut self,
        id: ConnectionId,
        _: Option<PeerId>,
        _: &[Multiaddr],
        _: Endpoint,
    ) -> Result<Vec<Multiaddr>, ConnectionDenied> {
        self.check(PENDING_MAX, |visit| !visit.incoming && visit.peer.is_none())?;
        self.visits.insert(id, Visit { from: None, incoming: false, peer: None });
        Ok(Vec::new())
    }

    fn handle_established_outbound_connection(
        &mut self,
        _: ConnectionId,
        peer: PeerId,
        _: &Multiaddr,
        _: Endpoint,
        _: PortUse,
    ) -> Result<THandler<Self>, ConnectionDenied> {
        self.establish(peer, false, OUTGOING_MAX)
    }

    fn on_swarm_event(&mut self, event: FromSwarm<'_>) {
        match event {
            FromSwarm::ConnectionEstablished(connection) => {
                if let Some(visit) = self.visits.get_mut(&connection.connection_id) {
                    visit.peer = Some(connection.peer_id);
                }
            }
            FromSwarm::ConnectionClosed(connection) => {
                self.visits.remove(&connection.connection_id);
            }
            FromSwarm::DialFailure(failure) => {
                self.visits.remove(&failure.connection_id);
            }
            FromSwarm::ListenFailure(failure) => {
                self.visits.remove(&failure.connection_id);
            }
            _ => {}
        }
    }

    fn on_connection_handler_event(&mut self, _: PeerId, _: ConnectionId, event: THandlerOutEvent<Self>) {
        match event {}
    }

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<ToSwarm<Infallible, THandlerInEvent<Self>>> {
        Poll::Pending
    }
}

/// What one household can be told by: the IPv4 address, or the first 64 bits of the IPv6 address, since a /64 is what
/// one customer is given (RFC 6177).
fn place(remote: &Multiaddr) -> Option<IpAddr> {
    match remote.iter().next()? {
        Protocol::Ip4(ip) => Some(IpAddr::V4(ip)),
        Protocol::Ip6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            Some(ip.to_ipv4_mapped().map_or(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)), IpAddr::V4))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knock(door: &mut Door, id: usize, from: &str) -> bool {
        let from: Multiaddr = from.parse().expect("an address");
        let here: Multiaddr = "/ip4/192.0.2.1/tcp/1".parse().expect("an address");
        door.handle_pending_inbound_connection(ConnectionId::new_unchecked(id), &here, &from).is_ok()
    }

    #[test]
    fn one_address_cannot_take_every_place() {
        let mut door = Door::new(2);
        assert!(knock(&mut door, 1, "/ip4/192.0.2.7/tcp/1"));
        assert!(knock(&mut door, 2, "/ip4/192.0.2.7/udp/1/quic-v1"));
        assert!(!knock(&mut door, 3, "/ip4/192.0.2.7/tcp/3"));
        assert!(knock(&mut door, 4, "/ip4/192.0.2.8/tcp/1"));
        assert!(knock(&mut door, 5, "/ip6/2001:db8:1:2::1/tcp/1"));
        assert!(knock(&mut door, 6, "/ip6/2001:db8:1:2:ffff::9/tcp/1"));
        assert!(!knock(&mut door, 7, "/ip6/2001:db8:1:2:8::/tcp/1"), "a /64 is one household");
        assert!(knock(&mut door, 8, "/ip6/2001:db8:1:3::1/tcp/1"));
    }

    #[test]
    fn no_more_than_the_bound_negotiate_at_once() {
        let mut door = Door::new(usize::MAX);
        let taken = (0..1000).filter(|id| knock(&mut door, *id, "/ip4/192.0.2.7/tcp/1")).count();
        assert_eq!(taken, PENDING_MAX);
        assert_eq!(door.visits.len(), PENDING_MAX);
    }
}
