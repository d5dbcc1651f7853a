//! An organisation's own system, as a webhook sees it: a server on loopback that keeps what it hears and answers as it is
//! told. It checks nothing of what it hears: whoever asks it does.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::Value;

/// How long one is waited for, and how long a caller may take to say what it wants.
const TIME_MAX: Duration = Duration::from_mins(1);
/// The largest message that is read, in bytes.
const BYTES_MAX: usize = 64 * 1024;

/// A server that listens until the test ends.
#[derive(Debug)]
pub struct Receiver {
    port: u16,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug)]
struct Shared {
    answer: Answer,
    heard: Vec<Heard>,
    held: Vec<TcpStream>,
}

/// What it answers.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// This status, and nothing else.
    Status(u16),
    /// Nothing: the line stays open.
    Silence,
}

/// A message that it heard.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as it came.
    pub body: String,
}

impl Heard {
    /// A header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

impl Receiver {
    /// One that takes everything.
    pub fn new() -> io::Result<Self> {
        Self::on(0, Answer::Status(200))
    }

    /// A port at which nobody listens.
    pub fn nowhere() -> io::Result<u16> {
        Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
    }

    /// One that listens at this port and answers so.
    pub fn on(port: u16, answer: Answer) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Mutex::new(Shared { answer, heard: Vec::new(), held: Vec::new() }));
        let also = shared.clone();
        // It ends with the test's process: it waits for callers and holds nothing else.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Whoever says nothing that can be read is let go.
                serve(stream, &also).ok();
            }
        });
        Ok(Self { port, shared })
    }

    /// Its address, with what a real one may have in it.
    pub fn url(&self) -> String {
        url(self.port)
    }

    /// Answers so from now on.
    pub fn answer(&self, answer: Answer) {
        lock(&self.shared).answer = answer;
    }

    /// All that it heard.
    pub fn heard(&self) -> Vec<Heard> {
        lock(&self.shared).heard.clone()
    }

    /// All that it heard, once that is this many messages.
    pub fn wait(&self, count: usize) -> Result<Vec<Heard>> {
        let until = Instant::now() + TIME_MAX;
        loop {
            let heard = self.heard();
            if heard.len() >= count {
                return Ok(heard);
            }
            ensure!(Instant::now() < until, "{} of {count} messages came: {heard:?}", heard.len());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The address of a receiver at a port of this machine: path and query hold what lets somebody in, as they often do.
pub fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}/hook/T0KENinPATH?key=K3YinQUERY")
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, shared: &Mutex<Shared>) -> io::Result<()> {
    stream.set_read_timeout(Some(TIME_MAX))?;
    let heard = read(&mut stream)?;
    let mut shared = lock(shared);
    shared.heard.push(heard);
    match shared.answer {
        Answer::Silence => shared.held.push(stream),
        Answer::Status(status) => {
            let place = if (300..400).contains(&status) { "Location: http://127.0.0.1:1/\r\n" } else { "" };
            write!(stream, "HTTP/1.1 {status} Said\r\n{place}Content-Length: 0\r\n\r\n")?;
        }
    }
    Ok(())
}

fn read(stream: &mut TcpStream) -> io::Result<Heard> {
    let wrong = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece)?;
        bytes.extend_from_slice(&piece[..count]);
        if count == 0 || bytes.len() > BYTES_MAX {
            return Err(wrong("a message without end"));
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let pairs = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        let headers: BTreeMap<String, String> =
            pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
        let length = headers.get("content-length").and_then(|length| length.parse().ok());
        if body.len() >= length.ok_or_else(|| wrong("a message without a length"))? {
            return Ok(Heard { headers, body: body.to_owned() });
        }
    }
}
