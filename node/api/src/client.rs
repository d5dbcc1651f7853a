//! The client of the local API over the node's Unix socket. One connection a call, every wait and every answer bounded.
//! It knows paths, JSON and problems; what the answers mean is for whoever asked.

mod upload;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::UnixStream;

use crate::{Code, Problem};
use upload::Upload;

/// Where the socket is, below the home folder of a node.
pub const SOCKET: &str = "run/sesame.sock";
/// Before every path.
const ROOT: &str = "/v1/";
/// The longest answer that is read: a span of readings stays far below it, a runaway node does not fill the memory.
pub const ANSWER_BYTES_MAX: usize = 64 << 20;
/// The largest file that is sent; the node refuses larger ones too.
pub const UPLOAD_BYTES_MAX: u64 = 64 << 20;
/// How long a connection may take: the node is on this machine.
const CONNECT_SECONDS: u64 = 3;
/// How long an ordinary answer may take.
const ANSWER_SECONDS: u64 = 30;
/// How long what works through a whole vault or file may take: opening, making, importing.
const WORK_SECONDS: u64 = 15 * 60;

/// A way to the node of one home folder. Paths are those below `/v1/`, such as `contacts`; what goes into one must have
/// passed through [`escaped`].
#[derive(Clone, Debug)]
pub struct Client {
    socket: PathBuf,
}

impl Client {
    /// Finds the node of a home folder. [`Code::NoNode`] when nobody listens there; [`Code::Unauthorised`] when the
    /// socket belongs to somebody else.
    pub async fn connect(home: &Path) -> Result<Self, Problem> {
        let client = Self { socket: home.join(SOCKET) };
        client.dial().await?;
        Ok(client)
    }

    /// Asks for something and reads the JSON answer.
    pub async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T, Problem> {
        let request = request(Method::GET, path, query, Full::new(Bytes::new()), "");
        read(&self.call(request, ANSWER_SECONDS).await?)
    }

    /// Asks for something with words in it that is no JSON, such as a chart; `language` is `en` or `fr`.
    pub async fn get_text(
        &self,
        path: &str,
        query: &[(&str, &str)],
        language: &'static str,
    ) -> Result<String, Problem> {
        let mut request = request(Method::GET, path, query, Full::new(Bytes::new()), "");
        request.headers_mut().insert(ACCEPT_LANGUAGE, HeaderValue::from_static(language));
        let answer = self.call(request, ANSWER_SECONDS).await?;
        String::from_utf8(answer).map_err(|_| unreadable("the answer is not UTF-8"))
    }

    /// Asks for a file as it is.
    pub async fn get_bytes(&self, path: &str, query: &[(&str, &str)]) -> Result<Vec<u8>, Problem> {
        let request = request(Method::GET, path, query, Full::new(Bytes::new()), "");
        self.call(request, WORK_SECONDS).await
    }

    /// Asks for a change and reads the JSON answer; an answer without a body reads as `()`.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, ask: &impl Serialize) -> Result<T, Problem> {
        let body = serde_json::to_vec(ask).map_err(unreadable)?;
        let request = request(Method::POST, path, &[], Full::new(Bytes::from(body)), "application/json");
        read(&self.call(request, WORK_SECONDS).await?)
    }

    /// Puts something in the place of what is there and reads the JSON answer.
    pub async fn put<T: DeserializeOwned>(&self, path: &str, ask: &impl Serialize) -> Result<T, Problem> {
        let body = serde_json::to_vec(ask).map_err(unreadable)?;
        let request = request(Method::PUT, path, &[], Full::new(Bytes::from(body)), "application/json");
        read(&self.call(request, WORK_SECONDS).await?)
    }

    /// Asks for something to be removed.
    pub async fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T, Problem> {
        self.delete_with(path, &[]).await
    }

    /// Asks for something to be removed, with a word on how.
    pub async fn delete_with<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T, Problem> {
        let request = request(Method::DELETE, path, query, Full::new(Bytes::new()), "");
        read(&self.call(request, ANSWER_SECONDS).await?)
    }

    /// Sends a file and reads the JSON answer. `progress` is told the bytes handed over and the bytes in all; the node
    /// works on after the last of them.
    pub async fn send<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, &str)],
        bytes: Vec<u8>,
        progress: impl FnMut(u64, u64) + Send + Unpin + 'static,
    ) -> Result<T, Problem> {
        let request = request(Method::POST, path, query, Upload::new(bytes, progress), "application/octet-stream");
        read(&self.call(request, WORK_SECONDS).await?)
    }

    async fn dial(&self) -> Result<UnixStream, Problem> {
        let path = self.socket.display();
        let connected = tokio::time::timeout(Duration::from_secs(CONNECT_SECONDS), UnixStream::connect(&self.socket));
        let error = match connected.await {
            Err(_) => return Err(Problem::new(Code::Busy).with("seconds", CONNECT_SECONDS)),
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => error,
        };
        Err(match error.kind() {
            ErrorKind::PermissionDenied => Problem::new(Code::Unauthorised).with("file", path),
            // A path of more than 107 bytes fits no socket address: no node can listen there either.
            ErrorKind::InvalidInput => Problem::new(Code::Setting).with("name", "home").with("value", path),
            ErrorKind::NotFound | ErrorKind::ConnectionRefused | ErrorKind::NotADirectory => {
                Problem::new(Code::NoNode).with("file", path)
            }
            _ => Problem::new(Code::NoNode).with("file", path).with("why", error),
        })
    }

    /// One connection, one request, one bounded answer.
    async fn call<B>(&self, request: Request<B>, seconds: u64) -> Result<Vec<u8>, Problem>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: std::error::Error + Send + Sync + 'static,
    {
        let stream = self.dial().await?;
        let exchange = async {
            let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| self.gone())?;
            let answer = async move {
                let answer = sender.send_request(request).await.map_err(|_| self.gone())?;
                let status = answer.status();
                let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
                let body = body.map_err(|error| {
                    if error.is::<LengthLimitError>() {
                        Problem::new(Code::TooLarge).with("limit", ANSWER_BYTES_MAX)
                    } else {
                        self.gone()
                    }
                })?;
                Ok::<_, Problem>((status, body.to_bytes()))
            };
            // The answer owns the sender: when it is there, the connection ends by itself.
            let (answer, _) = tokio::join!(answer, connection);
            answer
        };
        let limit = Duration::from_secs(seconds);
        let busy = |_| Problem::new(Code::Busy).with("seconds", seconds);
        let (status, body) = tokio::time::timeout(limit, exchange).await.map_err(busy)??;
        if status.is_success() { Ok(body.to_vec()) } else { Err(refusal(status, &body)) }
    }

    /// The node went away in the middle of an answer.
    fn gone(&self) -> Problem {
        Problem::new(Code::NoNode).with("file", self.socket.display())
    }
}

/// Builds a request; paths and types are the program's own, the values of the query are escaped.
fn request<B: Body>(method: Method, path: &str, query: &[(&str, &str)], body: B, kind: &str) -> Request<B> {
    let mut target = format!("{ROOT}{path}");
    for (place, (name, value)) in query.iter().enumerate() {
        target.push(if place == 0 { '?' } else { '&' });
        target.push_str(name);
        target.push('=');
        target.push_str(&escaped(value));
    }
    let mut request =
        Request::builder().method(method).uri(target).header(HOST, "localhost").header(ACCEPT, "application/json");
    if !kind.is_empty() {
        request = request.header(CONTENT_TYPE, kind);
    }
    if let Some(length) = body.size_hint().exact() {
        request = request.header(CONTENT_LENGTH, length);
    }
    request.body(body).expect("paths are the program's own and values are escaped")
}

/// A value for a query or a path: all but the unreserved characters of RFC 3986, section 2.3, as `%XX`.
pub fn escaped(value: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("writing into a string never fails");
        }
    }
    text
}

/// An answer as the type that the caller expects; no body at all reads as `null`.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let body = if body.iter().all(u8::is_ascii_whitespace) { b"null" } else { body };
    serde_json::from_slice(body).map_err(unreadable)
}

/// The problem that the node sent, or one that says what came instead of it.
fn refusal(status: StatusCode, body: &[u8]) -> Problem {
    serde_json::from_slice(body).unwrap_or_else(|_| match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::MISDIRECTED_REQUEST => {
            Problem::new(Code::Unauthorised)
        }
        StatusCode::NOT_FOUND => Problem::new(Code::NotFound),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Code::TooLarge),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => Problem::new(Code::Busy),
        _ => Problem::new(Code::Failed).with("why", format!("HTTP {}", status.as_u16())),
    })
}

/// What was sent or came back is not what both sides agreed on: an older or newer node, most likely.
fn unreadable(error: impl std::fmt::Display) -> Problem {
    Problem::new(Code::Failed).with("why", error)
}

#[cfg(test)]
mod tests;
