//! Requests over plain HTTP/1.1, written byte for byte: what a hostile caller sends is no request that a client library
//! would let through. Every wait and every answer is bounded. It knows nothing of what it asks for.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long an answer may take: unlocking and importing are the slowest things asked for.
const ANSWER_TIME_MAX: Duration = Duration::from_mins(1);
/// The largest answer that is read, in bytes: a screenshot of a whole page stays below it.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// A request, written as it is said: nothing is corrected, nothing is added but the length of a body.
#[derive(Clone, Debug)]
pub struct Ask {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
}

impl Ask {
    /// A request without any header.
    pub fn new(method: &str, target: &str) -> Self {
        Self { method: method.to_owned(), target: target.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    /// The same request with one header more; twice the same name sends it twice.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same request with a body and its length.
    #[must_use]
    pub fn body(mut self, kind: &str, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self.header("Content-Type", kind).header("Content-Length", &body.len().to_string())
    }

    /// The same request with a form as its body.
    #[must_use]
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        self.body("application/x-www-form-urlencoded", pairs.collect::<Vec<_>>().join("&").as_bytes())
    }

    /// The bytes that are sent.
    pub fn bytes(&self) -> Vec<u8> {
        let mut text = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            text.extend([name, ": ", value, "\r\n"]);
        }
        text.push_str("\r\n");
        let mut bytes = text.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// Sends it to a port of this machine.
    pub fn to_port(&self, port: u16) -> io::Result<Reply> {
        raw_to_port(port, &self.bytes())
    }

    /// Sends it to a Unix socket.
    pub fn to_socket(&self, path: &Path) -> io::Result<Reply> {
        let stream = UnixStream::connect(path)?;
        stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
        stream.set_write_timeout(Some(ANSWER_TIME_MAX))?;
        converse(stream, &self.bytes())
    }
}

impl Reply {
    /// The value of a header that is there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter().filter(|(key, _)| key == name);
        match (all.next(), all.next()) {
            (Some((_, value)), None) => Some(value),
            _ => None,
        }
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// Sends bytes, whatever they are, to a port of this machine and reads one answer.
pub fn raw_to_port(port: u16, bytes: &[u8]) -> io::Result<Reply> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
    stream.set_write_timeout(Some(ANSWER_TIME_MAX))?;
    converse(stream, bytes)
}

/// Writes a text the way that a form or an address carries it.
pub fn escaped(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// A server may refuse before it has read everything: what it says then counts, not that it stopped listening.
fn converse(mut stream: impl Read + Write, bytes: &[u8]) -> io::Result<Reply> {
    let sent = stream.write_all(bytes).and_then(|()| stream.flush());
    match (read(&mut stream), sent) {
        (Ok(reply), _) => Ok(reply),
        (Err(_), Err(error)) | (Err(error), Ok(())) => Err(error),
    }
}

/// Reads one answer: its head, then as much as its head promises.
pub fn read(stream: &mut impl Read) -> io::Result<Reply> {
    let until = Instant::now() + ANSWER_TIME_MAX;
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            break end + 4;
        }
        if more(stream, &mut bytes, until)? == 0 {
            return Err(io::Error::new(
                ErrorKind::UnexpectedEof,
                format!("an answer ended after {} bytes", bytes.len()),
            ));
        }
    };
    let (status, headers) = head_of(&bytes[..head])?;
    let value = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut body = bytes.split_off(head);
    if value("transfer-encoding") == Some("chunked") {
        while !body.ends_with(b"0\r\n\r\n") && more(stream, &mut body, until)? > 0 {}
        body = unchunked(&body)?;
    } else if let Some(length) = value("content-length").and_then(|length| length.parse::<usize>().ok()) {
        while body.len() < length && more(stream, &mut body, until)? > 0 {}
    } else if status >= 200 && status != 204 && status != 304 {
        while more(stream, &mut body, until)? > 0 {}
    }
    Ok(Reply { status, headers, body })
}

fn more(stream: &mut impl Read, bytes: &mut Vec<u8>, until: Instant) -> io::Result<usize> {
    if bytes.len() > ANSWER_BYTES_MAX || Instant::now() > until {
        return Err(io::Error::new(ErrorKind::TimedOut, "an answer has no end"));
    }
    let mut piece = [0; 16 * 1024];
    let count = stream.read(&mut piece)?;
    bytes.extend_from_slice(&piece[..count]);
    Ok(count)
}

fn head_of(head: &[u8]) -> io::Result<(u16, Vec<(String, String)>)> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::new(ErrorKind::InvalidData, format!("no answer of HTTP: {text}")))?;
    let pairs = lines.filter_map(|line| line.split_once(':'));
    Ok((status, pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect()))
}

/// The body that was sent in pieces (RFC 9112, section 7.1).
fn unchunked(mut bytes: &[u8]) -> io::Result<Vec<u8>> {
    let wrong = || io::Error::new(ErrorKind::InvalidData, "a body in pieces cannot be read");
    let mut body = Vec::new();
    loop {
        let line = find(bytes, b"\r\n").ok_or_else(wrong)?;
        let size = std::str::from_utf8(&bytes[..line]).ok().and_then(|text| usize::from_str_radix(text, 16).ok());
        let size = size.ok_or_else(wrong)?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(bytes.get(line + 2..line + 2 + size).ok_or_else(wrong)?);
        bytes = bytes.get(line + 2 + size + 2..).ok_or_else(wrong)?;
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_to_where_its_head_says() {
        let mut whole: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd";
        assert_eq!(read(&mut whole).unwrap().body, b"abcd");
        let mut pieces: &[u8] =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        assert_eq!(read(&mut pieces).unwrap().text(), "abcde");
        let mut torn: &[u8] = b"HTTP/1.1 200";
        assert!(read(&mut torn).is_err());
    }

    #[test]
    fn a_request_is_sent_as_it_is_said() {
        let ask = Ask::new("POST", "/x").header("Host", "a").header("Host", "b").form(&[("a b", "ü&")]);
        let text = String::from_utf8(ask.bytes()).unwrap();
        assert!(text.starts_with("POST /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n"), "{text}");
        assert!(text.ends_with("Content-Length: 15\r\n\r\na%20b=%C3%BC%26"), "{text}");
    }
}
