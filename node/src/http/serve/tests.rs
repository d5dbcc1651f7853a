//! Real sockets against a small router.

use std::time::Instant;

use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

async fn listening() -> (std::net::SocketAddr, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback is there");
    let address = listener.local_addr().expect("a bound socket has an address");
    let router = Router::new().route("/", get(|| async { "open" }));
    (address, tokio::spawn(serve(listener, router)))
}

async fn ask(address: std::net::SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("the listener accepts");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    // A refusal may close the connection before all was read: what came before counts.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

const PLAIN: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_request_is_answered_with_its_length() {
    let (address, _task) = listening().await;
    let answer = ask(address, PLAIN).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("content-length: 4") && answer.ends_with("open"), "{answer}");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let (address, _task) = listening().await;
    let one = ask(address, &format!("GET / HTTP/1.1\r\nhost: x\r\na: {}\r\n\r\n", "a".repeat(HEADER_BYTES_MAX))).await;
    assert!(one.starts_with("HTTP/1.1 431"), "{one}");
    let many = ask(address, &format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n", "a: b\r\n".repeat(HEADERS_MAX + 1))).await;
    assert!(many.starts_with("HTTP/1.1 431"), "{many}");
}

#[tokio::test]
async fn five_hundred_silent_connections_do_not_keep_a_person_out() {
    let (address, _task) = listening().await;
    let mut silent = Vec::new();
    for place in 0..500 {
        let mut stream = TcpStream::connect(address).await.expect("the listener accepts");
        if place % 2 == 0 {
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: ").await;
        }
        silent.push(stream);
    }
    for _ in 0..20 {
        let start = Instant::now();
        let answer = ask(address, PLAIN).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn who_asks_for_much_and_reads_nothing_does_not_keep_its_place() {
    let piece = Ok::<_, std::convert::Infallible>(Bytes::from_static(&[7; 4096]));
    let pieces = move || Body::from_stream(futures::stream::repeat(piece.clone()));
    let router = Router::new()
        .route("/whole", get(|| async { "a".repeat(1 << 20) }))
        .route("/pieces", get(move || async move { pieces() }));
    // An answer in one piece leaves its connection at rest once it was handed over; one in pieces keeps it busy.
    for (path, keeps_busy) in [("/whole", false), ("/pieces", true)] {
        let (near, mut far) = tokio::io::duplex(4096);
        let (places, is_busy) = (Places::default(), Arc::new(AtomicBool::new(false)));
        let place = Place { number: 1, places: places.clone() };
        let most = Duration::from_millis(500);
        let task = tokio::spawn(converse(Patience::new(near, most), router.clone(), Arc::clone(&is_busy), place));
        places.open().insert(1, Taken { handle: task.abort_handle(), is_busy: Arc::clone(&is_busy) });
        let asked = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").repeat(20);
        far.write_all(asked.as_bytes()).await.expect("there is room");
        tokio::time::sleep(most / 5).await;
        assert_eq!(is_busy.load(Ordering::Relaxed), keeps_busy, "{path}");
        // Shorter than the time that a connection may rest: it is the answer that is given up.
        tokio::time::timeout(HEADER_TIME_MAX / 2, task).await.expect(path).expect("no panic");
        assert!(places.open().is_empty() && !is_busy.load(Ordering::Relaxed), "{path}");
    }
}

#[test]
fn a_place_is_made_by_closing_the_longest_rest() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let places = Places::default();
        for number in 0..u64::try_from(CONNECTIONS_MAX).expect("small") {
            let handle = tokio::spawn(std::future::pending::<()>()).abort_handle();
            places.open().insert(number, Taken { handle, is_busy: Arc::new(AtomicBool::new(number < 2)) });
        }
        assert!(places.make_room());
        assert!(!places.open().contains_key(&2), "the oldest that rests goes, busy ones stay");
        assert!(places.open().contains_key(&0) && places.open().contains_key(&1));
    });
}
