//! Links: made, counted, hung, blocked, lost.

use super::*;
use crate::RefusedReason;

#[tokio::test]
async fn two_nodes_exchange_on_every_protocol_by_tcp_and_by_quic() {
    for (config, path) in [(by_tcp(), Path::Tcp), (by_quic(), Path::Quic)] {
        let (mut ada, mut bob) = (Node::start(1, config).await, Node::start(2, Config::default()).await);
        bob.dial(&ada).await;
        assert_eq!(bob.next().await, Event::Linked { node: ada.id, path });
        assert_eq!(ada.next().await, Event::Linked { node: bob.id, path });
        for (job, protocol) in (0..).zip(LINKED) {
            let question = vec![7; 300_000];
            bob.ask(job, &ada, protocol, question.clone()).await;
            let Event::Asked { token, node, protocol: heard, bytes } = ada.next().await else { panic!("no ask") };
            assert_eq!((node, heard, bytes), (bob.id, protocol, question));
            ada.tell(Command::Answer { token, bytes: Vec::new() }).await;
            assert_eq!(bob.next().await, Event::Answered { job, result: Ok(Vec::new()) });
            // and against the direction of the dial
            ada.ask(job, &bob, protocol, vec![1]).await;
            let (token, _) = bob.asked().await;
            bob.tell(Command::Answer { token, bytes: vec![2] }).await;
            assert_eq!(ada.next().await, Event::Answered { job, result: Ok(vec![2]) });
        }
    }
}

#[tokio::test]
async fn many_connections_are_one_link() {
    let (mut ada, mut bob) = (Node::start(1, by_both()).await, Node::start(2, by_both()).await);
    ada.dial(&bob).await;
    bob.dial(&ada).await;
    let is_link = |event: &Event| matches!(event, Event::Linked { .. } | Event::Unlinked(_));
    let (ada_id, bob_id) = (ada.id, bob.id);
    for (node, other) in [(&mut ada, bob_id), (&mut bob, ada_id)] {
        let links: Vec<Event> = node.drain().await.into_iter().filter(is_link).collect();
        assert!(matches!(links[..], [Event::Linked { node, .. }] if node == other), "{links:?}");
    }
    bob.dial(&ada).await;
    assert_eq!(bob.drain().await, [], "a link that stands is not told again");
    ada.tell(Command::Hang(bob.id)).await;
    assert_eq!(ada.drain().await, [Event::Unlinked(bob.id)]);
    assert_eq!(bob.drain().await, [Event::Unlinked(ada.id)]);
}

#[tokio::test]
async fn a_node_that_comes_back_replaces_what_is_left_of_its_old_link() {
    for config in [by_tcp(), by_quic()] {
        let (mut ada, mut ghost) = pair(Config { replaced_after: SILENCE, ..config }, by_both()).await;
        tokio::time::sleep(SILENCE).await;
        // The same key again, while the old connection still stands: as after a kill that nobody was told of.
        let mut bob = Node::start(2, by_both()).await;
        bob.dial(&ada).await;
        assert_eq!(bob.linked().await.0, ada.id);
        assert_eq!(ada.linked().await.0, bob.id);
        ghost.wait_for(Event::Unlinked(ada.id)).await;
        for job in 0..8 {
            ada.ask(job, &bob, Wire::Sync, vec![1]).await;
            let (token, _) = bob.asked().await;
            bob.tell(Command::Answer { token, bytes: vec![2] }).await;
            assert_eq!(ada.answered().await, (job, Ok(vec![2])));
        }
    }
}

#[tokio::test]
async fn a_node_is_found_again_where_it_was() {
    let Node { at: before, commands, mut events, .. } = Node::start(1, by_both()).await;
    commands.send(Command::Stop).await.expect("the network runs");
    while timeout(PATIENCE, events.recv()).await.expect("an end").is_some() {}
    let mut again = Node::start(1, Config { before: before.clone(), ..by_both() }).await;
    again.at.sort();
    assert_eq!(again.at, {
        let mut before = before.clone();
        before.sort();
        before
    });
    // While it holds them, another one takes what is free.
    let other = Node::start(2, Config { before: before.clone(), ..by_both() }).await;
    assert!(other.at.iter().all(|at| !before.contains(at)), "{:?}", other.at);
}

#[tokio::test]
async fn a_dial_that_fails_is_told() {
    let (ada, mut bob) = (Node::start(1, by_tcp()).await, Node::start(2, by_tcp()).await);
    let nobody = node_id(&[9; 32]);
    bob.tell(Command::Dial { node: nobody, at: Vec::new() }).await;
    assert_eq!(bob.next().await, Event::Unreachable(nobody));
    bob.tell(Command::Dial { node: nobody, at: vec![address("/ip4/127.0.0.1/tcp/1")] }).await;
    assert_eq!(bob.next().await, Event::Unreachable(nobody));
    bob.tell(Command::Dial { node: nobody, at: ada.at.clone() }).await;
    assert_eq!(bob.next().await, Event::Unreachable(nobody), "another key lives there");
    bob.tell(Command::Dial { node: bob.id, at: bob.at.clone() }).await;
    assert_eq!(bob.next().await, Event::Unreachable(bob.id), "a node does not dial itself");
    let impossible = NodeId::from_bytes([0xff; 32]);
    bob.tell(Command::Dial { node: impossible, at: ada.at.clone() }).await;
    assert_eq!(bob.next().await, Event::Unreachable(impossible));
}

#[tokio::test]
async fn a_blocked_node_cannot_link_until_it_is_unblocked() {
    let (mut ada, mut bob) = pair(by_both(), by_both()).await;
    ada.tell(Command::Block(bob.id)).await;
    assert_eq!(ada.next().await, Event::Unlinked(bob.id));
    bob.wait_for(Event::Unlinked(ada.id)).await;
    bob.dial(&ada).await;
    assert_eq!(ada.drain().await, [], "a blocked node is turned away without a word");
    ada.dial(&bob).await;
    assert_eq!(ada.next().await, Event::Unreachable(bob.id));
    ada.ask(1, &bob, Wire::Mail, vec![1]).await;
    assert_eq!(ada.answered().await, (1, Err(Fault::Unreachable)));
    ada.tell(Command::Unblock(bob.id)).await;
    bob.drain().await;
    bob.dial(&ada).await;
    assert_eq!(ada.linked().await.0, bob.id);
}

#[tokio::test]
async fn a_hung_link_ends_its_asks_and_can_be_made_again() {
    let (mut ada, mut bob) = pair(by_quic(), Config::default()).await;
    bob.ask(1, &ada, Wire::Hello, vec![1]).await;
    let (token, _) = ada.asked().await;
    bob.tell(Command::Hang(ada.id)).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Closed) });
    assert_eq!(bob.next().await, Event::Unlinked(ada.id));
    ada.wait_for(Event::Unlinked(bob.id)).await;
    ada.tell(Command::Answer { token, bytes: vec![1] }).await;
    bob.tell(Command::Dial { node: ada.id, at: Vec::new() }).await;
    assert_eq!(bob.linked().await.0, ada.id, "the address is still known");
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn an_ask_dials_by_itself_where_the_address_is_known() {
    let (mut ada, mut bob) = pair(by_tcp(), Config::default()).await;
    bob.tell(Command::Hang(ada.id)).await;
    bob.wait_for(Event::Unlinked(ada.id)).await;
    exchange(&mut ada, &mut bob).await;
    ada.ask(3, &bob, Wire::Mail, vec![3]).await;
    let (token, _) = bob.asked().await;
    bob.tell(Command::Answer { token, bytes: vec![4] }).await;
    assert_eq!(ada.answered().await, (3, Ok(vec![4])), "over the link that the other made");
    bob.tell(Command::Hang(ada.id)).await;
    ada.wait_for(Event::Unlinked(bob.id)).await;
    ada.ask(4, &bob, Wire::Mail, vec![3]).await;
    assert_eq!(ada.answered().await, (4, Err(Fault::Unreachable)), "nobody told where it listens");
}

#[tokio::test]
async fn stop_ends_the_task_and_the_links() {
    for config in [by_tcp(), by_quic()] {
        let (mut ada, mut bob) = pair(config, Config::default()).await;
        bob.ask(5, &ada, Wire::Mail, vec![1]).await;
        ada.asked().await;
        ada.tell(Command::Stop).await;
        assert_eq!(timeout(PATIENCE, ada.events.recv()).await, Ok(None));
        assert!(ada.commands.is_closed());
        let mut seen = [bob.next().await, bob.next().await];
        seen.sort_by_key(|event| matches!(event, Event::Unlinked(_)));
        assert_eq!(seen, [Event::Answered { job: 5, result: Err(Fault::Closed) }, Event::Unlinked(ada.id)]);
    }
}

#[tokio::test]
async fn a_network_ends_with_its_runtime() {
    let Node { commands, events, .. } = Node::start(1, by_tcp()).await;
    drop(events);
    timeout(PATIENCE, commands.closed()).await.expect("nobody listens any more");
    let mut other = Node::start(1, by_tcp()).await;
    drop(other.commands);
    assert_eq!(timeout(PATIENCE, other.events.recv()).await, Ok(None));
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let ada = Node::start(1, by_both()).await;
    for taken in &ada.at {
        let config = Config { listen: vec![taken.clone()], ..Config::default() };
        let error = spawn(Zeroizing::new([2; 32]), config).expect_err("the port is taken");
        assert!(matches!(&error, Error::Listen { address, .. } if address == taken), "{error}");
    }
}

#[tokio::test]
async fn an_impossible_bound_is_an_error() {
    for bytes in [0, crate::FRAME_BYTES_CEILING + 1] {
        let config = Config { frame_bytes_max: bytes, ..Config::default() };
        assert!(matches!(spawn(Zeroizing::new([1; 32]), config), Err(Error::Frame { .. })));
    }
}

#[test]
fn without_a_runtime_there_is_no_network() {
    assert!(matches!(spawn(Zeroizing::new([1; 32]), Config::default()), Err(Error::NoRuntime)));
}

#[tokio::test]
async fn one_address_cannot_take_every_place() {
    let mut ada = Node::start(1, Config { connections_per_address: 2, ..by_tcp() }).await;
    let mut guests = Vec::new();
    for seed in 2..4 {
        let guest = Node::start(seed, Config::default()).await;
        guest.dial(&ada).await;
        ada.linked().await;
        guests.push(guest);
    }
    let mut surplus = Node::start(4, Config::default()).await;
    surplus.dial(&ada).await;
    assert_eq!(surplus.next().await, Event::Unreachable(ada.id));
    assert_eq!(ada.next().await, Event::Refused { node: None, reason: RefusedReason::Limit });
    guests[0].tell(Command::Stop).await;
    ada.wait_for(Event::Unlinked(guests[0].id)).await;
    surplus.dial(&ada).await;
    assert_eq!(ada.linked().await.0, surplus.id, "a place is free again");
}
