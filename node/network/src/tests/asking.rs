//! Asks: sizes, deadlines, many at once, too many.

use super::*;
use crate::RefusedReason;

#[tokio::test]
async fn an_oversized_frame_is_refused_on_both_sides() {
    let small = Config { frame_bytes_max: 1000, ..by_tcp() };
    let (mut ada, mut bob) = pair(small, Config::default()).await;
    // what we would send is checked here
    bob.ask(1, &ada, Wire::Mail, vec![0; (1 << 20) + 1]).await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::TooLarge) });
    // what comes is checked there
    bob.ask(2, &ada, Wire::Mail, vec![0; 1001]).await;
    assert_eq!(ada.next().await, Event::Refused { node: Some(bob.id), reason: RefusedReason::Oversized });
    assert!(matches!(bob.next().await, Event::Answered { job: 2, result: Err(Fault::Refused | Fault::Closed) }));
    // so are answers, when they come …
    ada.ask(3, &bob, Wire::Mail, vec![0; 1000]).await;
    let (token, _) = bob.asked().await;
    bob.tell(Command::Answer { token, bytes: vec![0; 1001] }).await;
    assert_eq!(ada.next().await, Event::Answered { job: 3, result: Err(Fault::TooLarge) });
    // … and before they go
    bob.ask(4, &ada, Wire::Mail, vec![0; 1000]).await;
    let (token, _) = ada.asked().await;
    ada.tell(Command::Answer { token, bytes: vec![0; 1001] }).await;
    assert_eq!(ada.next().await, Event::Refused { node: Some(bob.id), reason: RefusedReason::Oversized });
    assert_eq!(bob.next().await, Event::Answered { job: 4, result: Err(Fault::Refused) });
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn a_slow_answer_times_out_and_comes_to_no_harm() {
    let hasty = Config { ask_timeout: Duration::from_millis(300), ..Config::default() };
    let (mut ada, mut bob) = pair(by_tcp(), hasty).await;
    bob.ask(1, &ada, Wire::Mail, vec![1]).await;
    let (token, _) = ada.asked().await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::TimedOut) });
    ada.tell(Command::Answer { token, bytes: vec![1] }).await;
    ada.tell(Command::Answer { token, bytes: vec![1] }).await;
    ada.tell(Command::Answer { token: 12_345, bytes: vec![1] }).await;
    assert_eq!(bob.drain().await, [], "one ask has one end");
    assert_eq!(ada.drain().await, []);
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn an_ask_that_is_never_answered_is_refused_at_the_deadline() {
    let lazy = Config { ask_timeout: Duration::from_millis(200), asks_per_node: 1, ..by_tcp() };
    let (mut ada, mut bob) = pair(lazy, Config::default()).await;
    bob.ask(1, &ada, Wire::Mail, vec![1]).await;
    let (token, _) = ada.asked().await;
    assert_eq!(bob.next().await, Event::Answered { job: 1, result: Err(Fault::Refused) });
    ada.tell(Command::Answer { token, bytes: vec![1] }).await;
    // the only place is free again
    exchange(&mut ada, &mut bob).await;
}

#[tokio::test]
async fn fifty_asks_in_flight_are_each_answered_once() {
    let (mut ada, mut bob) = pair(by_tcp(), Config { asks_burst: 100, ..Config::default() }).await;
    for job in 0..50_u8 {
        bob.ask(job.into(), &ada, Wire::Sync, vec![job]).await;
    }
    let (mut held, mut most, mut jobs) = (Vec::new(), 0, Vec::new());
    while jobs.len() < 50 {
        // answers in reverse, a window at a time
        while let Ok(Some(event)) = timeout(Duration::from_millis(20), ada.events.recv()).await {
            let Event::Asked { token, bytes, .. } = event else { panic!("{event:?}") };
            held.push((token, bytes));
        }
        most = most.max(held.len());
        for (token, bytes) in held.drain(..).rev() {
            ada.tell(Command::Answer { token, bytes }).await;
        }
        while let Ok(Some(event)) = timeout(Duration::from_millis(20), bob.events.recv()).await {
            let Event::Answered { job, result } = event else { panic!("{event:?}") };
            assert_eq!(result.map(|bytes| u64::from(bytes[0])), Ok(job));
            jobs.push(job);
        }
    }
    jobs.sort_unstable();
    assert_eq!(jobs, (0..50).collect::<Vec<u64>>());
    assert_eq!(most, 8, "an honest node keeps to its window");
}

#[tokio::test]
async fn a_node_paces_itself_below_what_its_peer_allows() {
    let strict = Config { asks_burst: 8, asks_per_second: 20, ..by_tcp() };
    let (mut ada, bob) = pair(strict.clone(), Config { listen: Vec::new(), ..strict }).await;
    for job in 0..16 {
        bob.ask(job, &ada, Wire::Sync, vec![1]).await;
    }
    for _ in 0..16 {
        let Event::Asked { token, bytes, .. } = ada.next().await else { panic!("turned away") };
        ada.tell(Command::Answer { token, bytes }).await;
    }
}

#[tokio::test]
async fn too_many_asks_are_turned_away_and_in_the_end_the_node() {
    let strict = Config { asks_burst: 4, asks_per_second: 1, ..by_tcp() };
    let wild = Config { asks_burst: 1000, asks_per_second: 1000, asks_per_node: 24, ..Config::default() };
    let (mut ada, mut bob) = pair(strict, wild).await;
    for job in 0..200 {
        bob.ask(job, &ada, Wire::Hello, vec![1]).await;
    }
    for _ in 0..4 {
        let event = ada.next().await;
        assert!(matches!(event, Event::Asked { .. }), "{event:?}");
    }
    assert_eq!(ada.next().await, Event::Refused { node: Some(bob.id), reason: RefusedReason::TooMany });
    ada.wait_for(Event::Unlinked(bob.id)).await;
    let mut ends = Vec::new();
    while ends.len() < 200 {
        ends.push(bob.answered().await.1.expect_err("nobody answers"));
    }
    assert!(ends.contains(&Fault::Refused), "first turned away");
    assert!(ends.contains(&Fault::Closed), "then cut off");
    bob.dial(&ada).await;
    assert!(ada.drain().await.is_empty(), "and kept out for a while");
    ada.tell(Command::Unblock(bob.id)).await;
    bob.drain().await;
    bob.dial(&ada).await;
    assert_eq!(ada.linked().await.0, bob.id);
}

#[tokio::test]
async fn more_asks_outstanding_than_allowed_are_turned_away() {
    let wide = Config { asks_per_node: 20, ..Config::default() };
    let (mut ada, mut bob) = pair(by_tcp(), wide).await;
    for job in 0..12 {
        bob.ask(job, &ada, LINKED[usize::try_from(job % 3).expect("small")], vec![1]).await;
    }
    let seen = ada.drain().await;
    assert_eq!(seen.iter().filter(|event| matches!(event, Event::Asked { .. })).count(), 8);
    assert!(seen.contains(&Event::Refused { node: Some(bob.id), reason: RefusedReason::TooMany }));
    let turned_away = bob.drain().await;
    assert_eq!(turned_away.len(), 4);
    assert!(turned_away.iter().all(|event| matches!(event, Event::Answered { result: Err(Fault::Refused), .. })));
}

#[tokio::test]
async fn a_runtime_that_does_not_read_stalls_its_peers_and_loses_nothing() {
    let wide = Config { asks_per_node: 8, asks_burst: 10_000, asks_per_second: 10_000, ..by_tcp() };
    let mut ada = Node::start(1, wide.clone()).await;
    let mut guests = Vec::new();
    for seed in 2..27 {
        let guest = Node::start(seed, Config { listen: Vec::new(), ..wide.clone() }).await;
        guest.dial(&ada).await;
        guests.push(guest);
    }
    // 25 links and 200 asks are more events than the channel and the outbox take
    for guest in &guests {
        for job in 0..8 {
            guest.ask(job, &ada, Wire::Sync, vec![1]).await;
        }
    }
    tokio::time::sleep(SILENCE).await;
    assert_eq!(ada.events.len(), crate::config::EVENTS_MAX, "the channel is full");
    // commands are still taken
    ada.tell(Command::Block(node_id(&[99; 32]))).await;
    for _ in 0..200 {
        let (token, bytes) = ada.asked().await;
        ada.tell(Command::Answer { token, bytes }).await;
    }
    for guest in &mut guests {
        for _ in 0..8 {
            assert_eq!(guest.answered().await.1, Ok(vec![1]));
        }
    }
}

#[tokio::test]
async fn a_runtime_that_asks_without_end_is_told_to_wait() {
    let mut bob = Node::start(2, Config::default()).await;
    let void = node_id(&[3; 32]);
    // an address where nobody answers: a listener that never speaks
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = silent.local_addr().expect("it is bound").port();
    bob.tell(Command::Dial { node: void, at: vec![address(&format!("/ip4/127.0.0.1/tcp/{port}"))] }).await;
    for job in 0..=1024 {
        bob.tell(Command::Ask { job, node: void, protocol: Wire::Mail, bytes: vec![1] }).await;
    }
    assert_eq!(bob.answered().await, (1024, Err(Fault::Busy)));
    bob.tell(Command::Hang(void)).await;
    for _ in 0..1024 {
        assert_eq!(bob.answered().await.1, Err(Fault::Closed));
    }
}
