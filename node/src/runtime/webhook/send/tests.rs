//! Receivers of every kind on this machine: kind ones, ones that hang, lead elsewhere or never end, and ones that are not who
//! was meant. What they were sent is read from the wire.

use std::future::Future;
use std::sync::Mutex;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::*;

const HURRY: Duration = Duration::from_millis(300);

fn courier(trusted: Option<TlsConnector>) -> Courier {
    let trusted = OnceCell::new_with(Some(trusted));
    Courier { connect: CONNECT_TIME_MAX, whole: WHOLE_TIME_MAX, trusted }
}

fn message(address: &str) -> Message {
    Message {
        address: Address::parse(address).unwrap(),
        id: "msg_00".to_owned(),
        seconds: 1_614_265_330,
        signature: "v1,AAAA v1,BBBB".to_owned(),
        body: "{\"type\":\"test\"}".to_owned(),
    }
}

/// Reads one request, head and body.
async fn heard(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"{\"type\":\"test\"}") {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the request ended early");
    }
    String::from_utf8(bytes).unwrap()
}

/// Sends a message to a receiver that answers with these bytes. Gives what came of it, and what it was sent.
async fn sent_to(answer: &'static [u8]) -> (Outcome, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let receiver = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = heard(&mut stream).await;
        stream.write_all(answer).await.unwrap();
        request
    };
    let (courier, message) = (courier(None), message(&format!("http://127.0.0.1:{port}/hook?a=b")));
    tokio::join!(courier.send(&message), receiver)
}

fn no(status: u16, pause: Option<u64>) -> Outcome {
    Outcome::Failed { why: Failure::Status(status), pause: pause.map(Duration::from_secs) }
}

fn failed(why: Failure) -> Outcome {
    Outcome::Failed { why, pause: None }
}

#[tokio::test]
async fn a_message_is_sent_with_its_headers_and_every_status_of_success_takes_it() {
    let (outcome, request) = sent_to(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
    assert_eq!(outcome, Outcome::Taken);
    assert!(request.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{request}");
    for line in [
        "\r\nhost: 127.0.0.1:",
        "\r\ncontent-type: application/json\r\n",
        "\r\ncontent-length: 15\r\n",
        "\r\nwebhook-id: msg_00\r\n",
        "\r\nwebhook-timestamp: 1614265330\r\n",
        "\r\nwebhook-signature: v1,AAAA v1,BBBB\r\n",
    ] {
        assert!(request.contains(line), "{line}: {request}");
    }
    for answer in [&b"HTTP/1.1 204 No Content\r\n\r\n"[..], b"HTTP/1.0 299 Fine\r\n\r\n"] {
        assert_eq!(sent_to(answer).await.0, Outcome::Taken);
    }
}

#[tokio::test]
async fn no_other_status_takes_it_and_a_pause_is_heard() {
    for (answer, outcome) in [
        (&b"HTTP/1.1 500 Oops\r\n\r\n"[..], no(500, None)),
        (b"HTTP/1.1 410 Gone\r\n\r\n", no(410, None)),
        (b"HTTP/1.1 429 Later\r\nRetry-After: 7\r\n\r\n", no(429, Some(7))),
        (b"HTTP/1.1 503 Later\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n\r\n", no(503, None)),
        (b"HTTP/1.1 503 Later\r\nRetry-After: 99999999999999999999\r\n\r\n", no(503, None)),
    ] {
        assert_eq!(sent_to(answer).await.0, outcome);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place =
        format!("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{}/\r\n\r\n", elsewhere.local_addr().unwrap().port());
    let (outcome, _) = sent_to(place.leak().as_bytes()).await;
    assert_eq!(outcome, no(302, None));
    assert!(timeout(HURRY, elsewhere.accept()).await.is_err(), "it was followed");
}

#[tokio::test]
async fn what_is_no_answer_of_http_is_none() {
    for answer in [&b"SSH-2.0-OpenSSH_9.9\r\n"[..], b"", b"HTTP/1.1 200", b"\0\0\0\0", b"HTTP/1.1 999999 OK\r\n\r\n"] {
        assert_eq!(sent_to(answer).await.0, failed(Failure::Broken), "{answer:?}");
    }
}

/// A receiver that does this with whoever comes; the port it listens at.
async fn receiver<F>(serve: impl FnOnce(TcpStream) -> F + Send + 'static) -> u16
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { serve(listener.accept().await.unwrap().0).await });
    port
}

#[tokio::test]
async fn a_receiver_that_hangs_or_drips_is_left_in_time() {
    let hurried = Courier { whole: HURRY, ..courier(None) };
    let silent = receiver(async |stream| {
        let _held = stream;
        std::future::pending::<()>().await;
    });
    let drips = receiver(async |mut stream: TcpStream| {
        heard(&mut stream).await;
        for sign in b"HTTP/1.1 200 OK\r\nX: ".iter().chain(std::iter::repeat(&b'x')) {
            if stream.write_all(&[*sign]).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    for port in [silent.await, drips.await] {
        let began = std::time::Instant::now();
        assert_eq!(hurried.send(&message(&format!("http://localhost:{port}/"))).await, failed(Failure::Late));
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read() {
    let written = Arc::new(Mutex::new(0_usize));
    let count = written.clone();
    let port = receiver(async move |mut stream: TcpStream| {
        heard(&mut stream).await;
        let mut piece = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        while stream.write_all(&piece).await.is_ok() {
            *count.lock().unwrap() += piece.len();
            piece = vec![b'x'; 64 * 1024];
        }
    });
    let port = port.await;
    assert_eq!(courier(None).send(&message(&format!("http://127.0.0.1:{port}/"))).await, Outcome::Taken);
    tokio::time::sleep(HURRY).await;
    let stopped = *written.lock().unwrap();
    tokio::time::sleep(HURRY).await;
    assert_eq!(*written.lock().unwrap(), stopped, "somebody reads on");
    // What the system takes in by itself, on both sides.
    assert!(stopped < 32 << 20, "{stopped} bytes were taken in");

    let endless = receiver(async |mut stream: TcpStream| {
        heard(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n").await.ok();
        while stream.write_all(b"X-More: 0123456789\r\n").await.is_ok() {}
    });
    let port = endless.await;
    let outcome = courier(None).send(&message(&format!("http://127.0.0.1:{port}/"))).await;
    assert_eq!(outcome, failed(Failure::Broken), "a head without end");
}

#[tokio::test]
async fn nobody_there_and_no_such_host_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let courier = courier(None);
    assert_eq!(courier.send(&message(&format!("http://127.0.0.1:{port}/"))).await, failed(Failure::Unreachable));
    // RFC 6761, section 6.4: no name server knows one.
    assert_eq!(courier.send(&message("https://nobody.invalid/")).await, failed(Failure::Unresolved));
}

/// One who speaks TLS under a certificate of its own making for `localhost`. Its port, and the certificate.
async fn sealed() -> (u16, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.key_pair.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let acceptor = TlsAcceptor::from(Arc::new(config.with_single_cert(vec![certificate.clone()], key).unwrap()));
    let port = receiver(async move |stream: TcpStream| {
        let Ok(mut stream) = acceptor.accept(stream).await else { return };
        heard(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.ok();
        stream.shutdown().await.ok();
    });
    (port.await, certificate)
}

#[tokio::test]
async fn https_tells_nobody_who_cannot_prove_to_be_the_one_that_was_meant() {
    for (host, is_trusted, outcome) in [
        ("localhost", true, Outcome::Taken),
        ("127.0.0.1", true, failed(Failure::Untrusted)),
        ("localhost", false, failed(Failure::Untrusted)),
    ] {
        let (port, certificate) = sealed().await;
        let (_, other) = sealed().await;
        let mut roots = RootCertStore::empty();
        roots.add(if is_trusted { certificate } else { other }).unwrap();
        let courier = courier(trusting(roots));
        assert_eq!(courier.send(&message(&format!("https://{host}:{port}/"))).await, outcome, "{host} {is_trusted}");
    }
    let plain = receiver(async |mut stream: TcpStream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.ok();
    });
    let courier = courier(trusting(RootCertStore::empty()));
    let outcome = courier.send(&message(&format!("https://localhost:{}/", plain.await))).await;
    assert_eq!(outcome, failed(Failure::Broken), "it does not fall back to what is not sealed");
}
