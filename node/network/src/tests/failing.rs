//! Panics in the stack, and what they cost.

use super::*;
use crate::codec::TRIP;

#[tokio::test]
async fn a_panic_in_the_task_costs_the_links_and_not_the_node() {
    for config in [by_tcp(), by_quic()] {
        let (mut ada, mut bob) = pair(config, Config::default()).await;
        ada.ask(1, &bob, Wire::Mail, vec![1]).await;
        bob.asked().await;
        bob.ask(2, &ada, Wire::Mail, vec![1]).await;
        let (stale, _) = ada.asked().await;
        ada.tell(Command::Trip).await;
        assert_eq!(ada.next().await, Event::Unlinked(bob.id));
        assert_eq!(ada.next().await, Event::Answered { job: 1, result: Err(Fault::Closed) });
        // while there is no stack, commands are still answered
        ada.ask(3, &bob, Wire::Mail, vec![1]).await;
        ada.wait_for(Event::Restarted { times: 1 }).await;
        let at = ada.wait(|event| if let Event::Listening(at) = event { Some(at) } else { None }).await;
        assert_eq!([at].as_slice(), ada.at, "it comes back where it was");
        bob.wait_for(Event::Unlinked(ada.id)).await;
        ada.tell(Command::Answer { token: stale, bytes: vec![1] }).await;
        bob.dial(&ada).await;
        assert_eq!(bob.linked().await.0, ada.id);
        exchange(&mut ada, &mut bob).await;
    }
}

#[tokio::test]
async fn a_panic_in_the_task_of_a_connection_is_noticed() {
    let (mut ada, mut bob) = pair(by_tcp(), Config::default()).await;
    bob.ask(1, &ada, Wire::Hello, TRIP.to_vec()).await;
    assert_eq!(ada.next().await, Event::Unlinked(bob.id));
    ada.wait_for(Event::Restarted { times: 1 }).await;
    let seen = bob.drain().await;
    assert!(seen.contains(&Event::Unlinked(ada.id)), "{seen:?}");
    assert!(seen.contains(&Event::Answered { job: 1, result: Err(Fault::Closed) }), "{seen:?}");
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn a_block_survives_a_panic() {
    let (mut ada, mut bob) = pair(by_tcp(), Config::default()).await;
    ada.tell(Command::Block(bob.id)).await;
    ada.tell(Command::Trip).await;
    ada.wait_for(Event::Restarted { times: 1 }).await;
    ada.drain().await;
    bob.drain().await;
    bob.dial(&ada).await;
    assert_eq!(ada.drain().await, []);
    ada.tell(Command::Trip).await;
    ada.wait_for(Event::Restarted { times: 2 }).await;
}

#[tokio::test]
async fn a_stop_is_obeyed_between_two_runs() {
    let mut ada = Node::start(1, by_tcp()).await;
    ada.tell(Command::Trip).await;
    ada.tell(Command::Stop).await;
    assert_eq!(timeout(PATIENCE, ada.events.recv()).await, Ok(None));
}
