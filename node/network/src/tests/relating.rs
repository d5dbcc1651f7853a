//! Relations: a vendor is asked under one key and hears of no other.

use tokio::time::Instant;

use super::*;
use crate::{RefusedReason, config::RELATIONS_WAITING_MAX, relation};

/// The keys of two relations of one person.
const FIRST: u8 = 71;
const SECOND: u8 = 72;

fn at_desk(config: Config) -> Config {
    Config { desk: true, ..config }
}

fn of(key: u8) -> NodeId {
    node_id(&[key; 32])
}

/// An ask of a relation, for a vendor with this id at these places.
fn relation(job: u64, key: u8, node: NodeId, at: &[Addr]) -> Command {
    Command::Relation { job, key: Zeroizing::new([key; 32]), node, at: at.to_vec(), bytes: vec![key] }
}

impl Node {
    async fn relate(&self, job: u64, key: u8, vendor: &Self) {
        self.tell(relation(job, key, vendor.id, &vendor.at)).await;
    }

    /// Answers the next ask as a desk, and checks that it is a customer's.
    async fn serve(&mut self, customer: NodeId, answer: &[u8]) {
        let event = self.next().await;
        let Event::Asked { token, node, protocol: Wire::Desk, .. } = event else { panic!("{event:?}") };
        assert_eq!(node, customer);
        self.tell(Command::Answer { token, bytes: answer.to_vec() }).await;
    }
}

/// An address that swallows what comes, and the socket that does.
async fn a_hole() -> (Addr, tokio::net::UdpSocket) {
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
    let port = socket.local_addr().expect("it is bound").port();
    (address(&format!("/ip4/127.0.0.1/udp/{port}/quic-v1")), socket)
}

#[tokio::test]
async fn a_relation_is_answered_and_the_vendor_sees_its_key_alone() {
    for (config, path) in [(by_quic(), Path::Quic), (by_tcp(), Path::Tcp), (by_both(), Path::Quic)] {
        let mut shop = Node::start(1, at_desk(config)).await;
        let mut bob = Node::start(2, by_both()).await;
        bob.relate(5, FIRST, &shop).await;
        assert_eq!(shop.next().await, Event::Linked { node: of(FIRST), path });
        shop.serve(of(FIRST), b"welcome").await;
        assert_eq!(bob.next().await, Event::Answered { job: 5, result: Ok(b"welcome".to_vec()) });
        assert_eq!(shop.next().await, Event::Unlinked(of(FIRST)));
        // the device has neither a link with the vendor nor its address
        assert_eq!(bob.drain().await, []);
        bob.ask(6, &shop, Wire::Hello, vec![1]).await;
        assert_eq!(bob.answered().await, (6, Err(Fault::Unreachable)));
        assert_eq!(shop.drain().await, [], "nobody else came");
    }
}

#[tokio::test]
async fn large_frames_pass_both_ways() {
    for config in [by_quic(), by_tcp()] {
        let mut shop = Node::start(1, at_desk(config)).await;
        let mut bob = Node::start(2, Config::default()).await;
        let (key, bytes) = (Zeroizing::new([FIRST; 32]), vec![7; 1 << 20]);
        bob.tell(Command::Relation { job: 1, key, node: shop.id, at: shop.at.clone(), bytes: bytes.clone() }).await;
        let (token, heard) = shop.asked().await;
        assert_eq!(heard, bytes);
        shop.tell(Command::Answer { token, bytes: heard }).await;
        assert_eq!(bob.answered().await, (1, Ok(bytes)));
    }
}

#[tokio::test]
async fn where_quic_is_swallowed_tcp_is_tried_in_time() {
    let mut shop = Node::start(1, at_desk(by_tcp())).await;
    let mut bob = Node::start(2, Config { dial_timeout: Duration::from_secs(2), ..Config::default() }).await;
    let (hole, _socket) = a_hole().await;
    bob.tell(relation(1, FIRST, shop.id, &[shop.at[0].clone(), hole])).await;
    assert_eq!(shop.linked().await, (of(FIRST), Path::Tcp));
    shop.serve(of(FIRST), b"welcome").await;
    assert_eq!(bob.answered().await, (1, Ok(b"welcome".to_vec())));
}

#[tokio::test]
async fn two_relations_are_never_alive_together() {
    for config in [by_quic(), by_tcp()] {
        let mut shop = Node::start(1, at_desk(config)).await;
        let mut bob = Node::start(2, Config::default()).await;
        bob.relate(1, FIRST, &shop).await;
        bob.relate(2, SECOND, &shop).await;
        assert_eq!(shop.linked().await.0, of(FIRST));
        let (token, _) = shop.asked().await;
        assert_eq!(shop.drain().await, [], "the second waits for the first");
        shop.tell(Command::Answer { token, bytes: vec![1] }).await;
        assert_eq!(shop.next().await, Event::Unlinked(of(FIRST)));
        assert_eq!(shop.linked().await.0, of(SECOND));
        shop.serve(of(SECOND), &[2]).await;
        assert_eq!(bob.next().await, Event::Answered { job: 1, result: Ok(vec![1]) });
        assert_eq!(bob.next().await, Event::Answered { job: 2, result: Ok(vec![2]) });
        assert_eq!(shop.next().await, Event::Unlinked(of(SECOND)));
    }
}

#[tokio::test]
async fn a_node_that_is_no_desk_is_said_to_lack_it() {
    let (shop, mut bob) = (Node::start(1, by_both()).await, Node::start(2, Config::default()).await);
    bob.relate(1, FIRST, &shop).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Unsupported) });
}

#[tokio::test]
async fn the_device_itself_asks_no_desk() {
    let (mut shop, mut bob) = pair(at_desk(by_both()), Config::default()).await;
    bob.ask(1, &shop, Wire::Desk, vec![1]).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Unsupported) });
    assert_eq!(shop.drain().await, []);
    // nor does a desk ask
    shop.ask(2, &bob, Wire::Desk, vec![1]).await;
    assert_eq!(shop.next().await, Event::Answered { job: 2, result: Err(Fault::Unsupported) });
}

#[tokio::test]
async fn a_vendor_can_ask_a_relation_nothing() {
    for config in [by_quic(), by_tcp()] {
        let mut shop = Node::start(1, at_desk(config)).await;
        let mut bob = Node::start(2, Config::default()).await;
        bob.relate(1, FIRST, &shop).await;
        let (token, _) = shop.asked().await;
        for (job, protocol) in (10..).zip(LINKED) {
            shop.tell(Command::Ask { job, node: of(FIRST), protocol, bytes: vec![1] }).await;
            assert_eq!(shop.next().await, Event::Answered { job, result: Err(Fault::Unsupported) });
        }
        shop.tell(Command::Answer { token, bytes: vec![1] }).await;
        assert_eq!(bob.next().await, Event::Answered { job: 1, result: Ok(vec![1]) });
    }
}

#[tokio::test]
async fn who_took_over_an_address_learns_nothing_by_quic() {
    let (mut impostor, mut bob) = (Node::start(9, at_desk(by_quic())).await, Node::start(2, Config::default()).await);
    bob.tell(relation(1, FIRST, of(1), &impostor.at)).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Unreachable) });
    let seen = impostor.drain().await;
    assert_eq!(seen, [Event::Refused { node: None, reason: RefusedReason::Handshake }], "no key was shown");
}

#[tokio::test]
async fn who_took_over_an_address_is_asked_nothing_by_tcp() {
    let (mut impostor, mut bob) = (Node::start(9, at_desk(by_tcp())).await, Node::start(2, Config::default()).await);
    bob.tell(relation(1, FIRST, of(1), &impostor.at)).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Unreachable) });
    let seen = impostor.drain().await;
    assert!(!seen.iter().any(|event| matches!(event, Event::Asked { .. })), "{seen:?}");
}

#[tokio::test]
async fn a_vendor_that_cannot_be_reached_is_told_so() {
    let mut bob = Node::start(2, Config { dial_timeout: Duration::from_millis(300), ..Config::default() }).await;
    let (hole, _socket) = a_hole().await;
    let nobody = address("/ip4/127.0.0.1/tcp/1");
    let impossible = NodeId::from_bytes([0xff; 32]);
    for (node, at) in [(of(1), vec![]), (of(1), vec![hole]), (of(1), vec![nobody.clone()]), (impossible, vec![nobody])]
    {
        bob.tell(relation(1, FIRST, node, &at)).await;
        assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Unreachable) });
    }
}

#[tokio::test]
async fn a_silent_vendor_times_out_within_the_bound() {
    let hasty = Config { ask_timeout: Duration::from_millis(400), ..Config::default() };
    for config in [by_quic(), by_tcp()] {
        let (mut shop, mut bob) = (Node::start(1, at_desk(config)).await, Node::start(2, hasty.clone()).await);
        let started = Instant::now();
        bob.relate(1, FIRST, &shop).await;
        shop.asked().await;
        assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::TimedOut) });
        assert!(started.elapsed() < hasty.ask_timeout + hasty.dial_timeout, "{:?}", started.elapsed());
        assert_eq!(shop.next().await, Event::Unlinked(of(FIRST)));
    }
}

#[tokio::test]
async fn a_frame_over_the_bound_is_neither_sent_nor_taken() {
    let small = Config { frame_bytes_max: 1000, ..Config::default() };
    let (mut shop, mut bob) = (Node::start(1, at_desk(by_quic())).await, Node::start(2, small).await);
    bob.relate(1, FIRST, &shop).await;
    let (token, _) = shop.asked().await;
    shop.tell(Command::Answer { token, bytes: vec![0; 1001] }).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::TooLarge) });
    assert_eq!(shop.next().await, Event::Unlinked(of(FIRST)));
    let key = Zeroizing::new([FIRST; 32]);
    bob.tell(Command::Relation { job: 2, key, node: shop.id, at: shop.at.clone(), bytes: vec![0; 1001] }).await;
    assert_eq!(bob.next().await, Event::Answered { job: 2, result: Err(Fault::TooLarge) });
    assert_eq!(shop.drain().await, []);
}

#[tokio::test]
async fn a_blocked_vendor_is_asked_nothing_until_it_is_unblocked() {
    let (mut shop, mut bob) = (Node::start(1, at_desk(by_quic())).await, Node::start(2, Config::default()).await);
    bob.relate(1, FIRST, &shop).await;
    bob.relate(2, SECOND, &shop).await;
    shop.asked().await;
    // the one that is alive and the one that waits
    bob.tell(Command::Block(shop.id)).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Unreachable) });
    assert_eq!(bob.next().await, Event::Answered { job: 2, result: Err(Fault::Unreachable) });
    assert_eq!(shop.next().await, Event::Unlinked(of(FIRST)));
    bob.relate(3, FIRST, &shop).await;
    assert_eq!(bob.next().await, Event::Answered { job: 3, result: Err(Fault::Unreachable) });
    assert_eq!(shop.drain().await, []);
    bob.tell(Command::Unblock(shop.id)).await;
    bob.relate(4, FIRST, &shop).await;
    assert_eq!(shop.linked().await.0, of(FIRST));
    shop.serve(of(FIRST), &[4]).await;
    assert_eq!(bob.next().await, Event::Answered { job: 4, result: Ok(vec![4]) });
}

#[tokio::test]
async fn hanging_up_ends_the_ask_and_lets_the_next_one_go() {
    let (mut shop, mut mill) = (Node::start(1, at_desk(by_quic())).await, Node::start(3, at_desk(by_quic())).await);
    let mut bob = Node::start(2, Config::default()).await;
    bob.relate(1, FIRST, &shop).await;
    bob.relate(2, SECOND, &mill).await;
    shop.asked().await;
    bob.tell(Command::Hang(shop.id)).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Closed) });
    assert_eq!(shop.next().await, Event::Unlinked(of(FIRST)));
    assert_eq!(mill.linked().await.0, of(SECOND));
    mill.serve(of(SECOND), &[2]).await;
    assert_eq!(bob.next().await, Event::Answered { job: 2, result: Ok(vec![2]) });
}

#[tokio::test]
async fn a_panic_costs_the_ask_and_nothing_else() {
    let (mut ada, mut bob) = pair(by_tcp(), Config::default()).await;
    let mut shop = Node::start(3, at_desk(by_quic())).await;
    // one in the ask's own task …
    let (key, bytes) = (Zeroizing::new([FIRST; 32]), relation::TRIP.to_vec());
    bob.tell(Command::Relation { job: 1, key, node: shop.id, at: shop.at.clone(), bytes }).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Closed) });
    // … and one in that of its connection
    bob.relate(2, SECOND, &shop).await;
    let (token, _) = shop.asked().await;
    shop.tell(Command::Answer { token, bytes: crate::codec::TRIP.to_vec() }).await;
    assert_eq!(bob.next().await, Event::Answered { job: 2, result: Err(Fault::Closed) });
    bob.relate(3, FIRST, &shop).await;
    let (token, _) = shop.asked().await;
    shop.tell(Command::Answer { token, bytes: vec![3] }).await;
    assert_eq!(bob.next().await, Event::Answered { job: 3, result: Ok(vec![3]) });
    assert_eq!(ada.drain().await, [], "the device's own link was not touched");
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn a_panic_of_the_device_does_not_reach_a_relation() {
    let (mut shop, mut bob) = (Node::start(1, at_desk(by_quic())).await, Node::start(2, Config::default()).await);
    bob.relate(1, FIRST, &shop).await;
    let (token, _) = shop.asked().await;
    bob.tell(Command::Trip).await;
    // while there is no stack, relations are taken on all the same
    bob.relate(2, SECOND, &shop).await;
    shop.tell(Command::Answer { token, bytes: vec![1] }).await;
    assert_eq!(bob.answered().await, (1, Ok(vec![1])));
    let (token, _) = shop.asked().await;
    shop.tell(Command::Answer { token, bytes: vec![2] }).await;
    assert_eq!(bob.answered().await, (2, Ok(vec![2])));
}

#[tokio::test]
async fn only_a_few_wait_and_they_keep_their_order() {
    let (mut shop, mut bob) = (Node::start(1, at_desk(by_quic())).await, Node::start(2, Config::default()).await);
    let most = u64::try_from(RELATIONS_WAITING_MAX).expect("small") + 1;
    for job in 0..=most {
        bob.relate(job, FIRST, &shop).await;
    }
    assert_eq!(bob.next().await, Event::Answered { job: most, result: Err(Fault::Busy) });
    for job in 0..most {
        let (token, _) = shop.asked().await;
        shop.tell(Command::Answer { token, bytes: Vec::new() }).await;
        assert_eq!(bob.next().await, Event::Answered { job, result: Ok(Vec::new()) });
    }
}

#[tokio::test]
async fn stop_ends_a_relation_too() {
    for config in [by_quic(), by_tcp()] {
        let (mut shop, mut bob) = (Node::start(1, at_desk(config)).await, Node::start(2, Config::default()).await);
        bob.relate(1, FIRST, &shop).await;
        shop.asked().await;
        bob.tell(Command::Stop).await;
        assert_eq!(timeout(PATIENCE, bob.events.recv()).await, Ok(None));
        assert_eq!(shop.next().await, Event::Unlinked(of(FIRST)));
    }
}

#[test]
fn a_command_in_a_log_shows_neither_key_nor_bytes() {
    let key = Zeroizing::new([0xab; 32]);
    let shown = format!("{:?}", Command::Relation { job: 1, key, node: of(1), at: Vec::new(), bytes: vec![0xcd; 9] });
    assert_eq!(shown, format!("Relation {{ job: 1, node: {:?}, at: [], bytes: 9 bytes, .. }}", of(1)));
}
