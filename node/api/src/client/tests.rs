use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixListener;

use super::*;

/// A folder of its own under the system's temporary one, removed at the end.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sesame-client-{}-{name}", std::process::id()));
        std::fs::create_dir_all(path.join("run")).unwrap();
        Self(path)
    }

    fn listen(&self) -> UnixListener {
        UnixListener::bind(self.0.join(SOCKET)).unwrap()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Answers every connection with the same bytes and gives back the last request that came whole.
fn answer(listener: UnixListener, bytes: &'static [u8]) -> tokio::task::JoinHandle<Vec<u8>> {
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (mut seen, mut piece) = (Vec::new(), [0; 4096]);
            loop {
                let count = stream.read(&mut piece).await.unwrap();
                seen.extend_from_slice(&piece[..count]);
                if count == 0 || whole(&seen) {
                    break;
                }
            }
            if !seen.is_empty() {
                stream.write_all(bytes).await.unwrap();
                stream.shutdown().await.unwrap();
                return seen;
            }
        }
    })
}

/// Whether the head and as many bytes as it announces are there.
fn whole(seen: &[u8]) -> bool {
    let text = String::from_utf8_lossy(seen);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    body.len() >= length.unwrap_or(0)
}

#[tokio::test]
async fn without_a_socket_there_is_no_node() {
    let home = Home::new("none");
    let problem = Client::connect(&home.0).await.unwrap_err();
    assert_eq!(problem.code, Code::NoNode);
    assert!(problem.facts["file"].ends_with(SOCKET));
}

#[tokio::test]
async fn a_socket_that_nobody_answers_is_no_node() {
    let home = Home::new("refused");
    drop(home.listen());
    assert_eq!(Client::connect(&home.0).await.unwrap_err().code, Code::NoNode);
}

#[tokio::test]
async fn a_problem_of_the_node_arrives_with_its_facts() {
    let home = Home::new("problem");
    let listener = home.listen();
    let body = br#"HTTP/1.1 409 Conflict
content-length: 35

{"code":"E0401","facts":{"a":"b"}} "#;
    let seen = answer(listener, body);
    let client = Client::connect(&home.0).await.unwrap();
    let problem = client.get::<serde_json::Value>("series", &[("from", "a b&c=é")]).await.unwrap_err();
    assert_eq!(problem, Problem::new(Code::Locked).with("a", "b"));
    let seen = String::from_utf8(seen.await.unwrap()).unwrap();
    assert!(seen.starts_with("GET /v1/series?from=a%20b%26c%3D%C3%A9 HTTP/1.1\r\n"), "{seen}");
}

#[tokio::test]
async fn a_file_is_sent_whole_and_its_progress_told() {
    let home = Home::new("send");
    let seen = answer(home.listen(), b"HTTP/1.1 204 No Content\r\n\r\n");
    let client = Client::connect(&home.0).await.unwrap();
    let told = Arc::new(AtomicU64::new(0));
    let teller = Arc::clone(&told);
    let file = vec![b'x'; 600_000];
    let progress = move |done, total| {
        assert_eq!(total, 600_000);
        teller.store(done, Ordering::Relaxed);
    };
    client.send::<()>("imports", &[("name", "f.csv")], file, progress).await.unwrap();
    assert_eq!(told.load(Ordering::Relaxed), 600_000);
    let seen = seen.await.unwrap();
    let body = seen.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    assert_eq!(seen[body..], vec![b'x'; 600_000]);
}

#[tokio::test]
async fn a_node_that_hangs_up_is_no_node() {
    let home = Home::new("gone");
    let seen = answer(home.listen(), b"");
    let client = Client::connect(&home.0).await.unwrap();
    let problem = client.post::<()>("lock", &()).await.unwrap_err();
    assert_eq!(problem.code, Code::NoNode);
    seen.await.unwrap();
}

#[test]
fn what_is_no_problem_becomes_one_by_its_status() {
    let code = |status| refusal(status, b"<html>").code;
    assert_eq!(code(StatusCode::UNAUTHORIZED), Code::Unauthorised);
    assert_eq!(code(StatusCode::PAYLOAD_TOO_LARGE), Code::TooLarge);
    assert_eq!(code(StatusCode::SERVICE_UNAVAILABLE), Code::Busy);
    assert_eq!(code(StatusCode::INTERNAL_SERVER_ERROR), Code::Failed);
}
