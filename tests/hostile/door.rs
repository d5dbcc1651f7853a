//! Who may come in at all: hosts (DNS rebinding), methods, and requests that are no HTTP. Each request carries a good
//! session, so that the door alone can keep it out.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use harness::http::Ask;
use serde_json::Value;

use crate::table::{Row, Target};

/// Hosts that are not ours, as many ways as there are to look like one; `{}` is the port.
const HOSTS: [&str; 32] = [
    "localhost.evil.tld:{}",
    "localhost.evil.tld",
    "localhost.:{}",
    "127.0.0.1.:{}",
    "LOCALHOST:{}",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "127.0.0.1:0{}",
    "127.0.0.1:{}:{}",
    "127.0.0.1:",
    ":{}",
    "127.1:{}",
    "2130706433:{}",
    "0x7f.0.0.1:{}",
    "0177.0.0.1:{}",
    "127.0.0.2:{}",
    "0.0.0.0:{}",
    "[::]:{}",
    "[0:0:0:0:0:0:0:1]:{}",
    "[::ffff:127.0.0.1]:{}",
    "::1:{}",
    "evil.tld:{}",
    "evil.tld",
    "127.0.0.1.nip.io:{}",
    "user@localhost:{}",
    "localhost:{}@evil.tld",
    "localhost:{}/",
    "http://localhost:{}",
    "localhost:{}, evil.tld",
    "sesame.local:{}",
    "",
];

#[test]
fn no_other_host_is_served() -> Result<()> {
    let target = Target::new()?;
    let port = target.node.port();
    let ours = format!("127.0.0.1:{port}");
    let visit = |hosts: &[&str]| {
        let ask = Ask::new("GET", "/data").header("Sec-Fetch-Site", "none").header("Cookie", &target.cookie);
        hosts.iter().fold(ask, |ask, host| ask.header("Host", host)).header("Connection", "close")
    };
    let mut rows = Vec::new();
    for host in HOSTS {
        let host = host.replace("{}", &port.to_string());
        rows.push(Row::new(format!("GET for {host:?}"), &visit(&[&host]), &[400, 421]));
        let form = Ask::new("POST", "/choose/rate").header("Host", &host).header("Cookie", &target.cookie);
        let form = form.header("Sec-Fetch-Site", "same-origin").header("Origin", &format!("http://{host}"));
        rows.push(Row::new(format!("POST for {host:?}"), &form.form(&target.rating()), &[400, 421]));
    }
    rows.push(Row::new("no host", &visit(&[]), &[400, 421]));
    rows.push(Row::new("our host twice", &visit(&[&ours, &ours]), &[400, 421]));
    rows.push(Row::new("our host and another", &visit(&[&ours, "evil.tld"]), &[400, 421]));
    for uri in [format!("http://{ours}/data"), "http://evil.tld/data".to_owned(), format!("https://{ours}/data")] {
        let ask = Ask::new("GET", &uri).header("Host", &ours).header("Sec-Fetch-Site", "none");
        rows.push(Row::new(format!("the address {uri}"), &ask.header("Cookie", &target.cookie), &[400, 421]));
    }
    target.hold(&rows)?;
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        let reply = target.reply(&visit(&[&format!("{host}:{port}")]))?;
        ensure!(reply.status == 200, "our own host {host} is answered with {}", reply.status);
    }
    Ok(())
}

#[test]
fn no_method_but_ours_is_served_and_reading_changes_nothing() -> Result<()> {
    let target = Target::new()?;
    let mut rows = Vec::new();
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"] {
        for path in ["/", "/choose/rate", "/settings/lock"] {
            let ask = target.node.ask("POST", path);
            let text =
                String::from_utf8_lossy(&ask.header("Cookie", &target.cookie).bytes()).replacen("POST", method, 1);
            rows.push(Row::raw(format!("{method} {path}"), text.as_bytes(), &[400, 405]));
        }
    }
    let preflight = target.node.ask("OPTIONS", "/v1/ratings").header("Access-Control-Request-Method", "POST");
    rows.push(Row::new("a preflight", &preflight, &[403, 405]));
    rows.push(Row::raw("CONNECT", b"CONNECT evil.tld:80 HTTP/1.1\r\nHost: evil.tld\r\n\r\n", &[400, 405, 421]));
    rows.push(Row::raw("OPTIONS *", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", &[400, 405, 421]));
    let changing =
        ["/settings/lock", "/settings/words", "/data/keep", "/data/drop", "/circle/invite", "/circle/accept"];
    for path in changing.into_iter().chain(["/choose/rate", "/choose/retract", "/circle/contact/x/remove"]) {
        for method in ["GET", "HEAD"] {
            let address = format!("{path}?token={}&subject=domain:victim.example&overall=0", target.token);
            rows.push(Row::new(format!("{method} {path}"), &target.own(method, &address), &[405]));
        }
    }
    target.hold(&rows)
}

#[test]
fn what_is_no_http_is_refused() -> Result<()> {
    let target = Target::new()?;
    let host =
        format!("Host: 127.0.0.1:{}\r\nSec-Fetch-Site: none\r\nCookie: {}\r\n", target.node.port(), target.cookie);
    let long = "a".repeat(20_000);
    let many = (0..100).map(|number| format!("x-{number}: y")).collect::<Vec<_>>().join("\r\n") + "\r\n";
    let rows = [
        ("rubbish", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 this is TLS\r\n\r\n".to_vec(), &[400, 0][..]),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), &[400, 505, 0]),
        ("zeros", vec![0; 4096], &[400, 0]),
        ("a header of 20 KB", format!("GET / HTTP/1.1\r\n{host}x: {long}\r\n\r\n").into_bytes(), &[431]),
        ("a hundred headers", format!("GET / HTTP/1.1\r\n{host}{many}\r\n").into_bytes(), &[431]),
        ("an address of 20 KB", format!("GET /{long} HTTP/1.1\r\n{host}\r\n").into_bytes(), &[414, 431]),
        ("a line without an end", vec![b'A'; 100_000], &[400, 414, 431, 0]),
        ("a zero in a header", format!("GET / HTTP/1.1\r\n{host}x: a\0b\r\n\r\n").into_bytes(), &[400]),
        ("a folded header", format!("GET / HTTP/1.1\r\n{host}x: a\r\n b\r\n\r\n").into_bytes(), &[400]),
        ("a blank before the colon", format!("GET / HTTP/1.1\r\n{host}x : a\r\n\r\n").into_bytes(), &[400]),
        (
            "two lengths",
            format!("POST / HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab").into_bytes(),
            &[400],
        ),
        ("a length below nothing", format!("POST / HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n").into_bytes(), &[400]),
    ];
    let rows: Vec<Row> = rows.into_iter().map(|(what, bytes, right)| Row::raw(what, &bytes, right)).collect();
    target.hold(&rows)
}

#[test]
fn paths_that_climb_lead_nowhere() -> Result<()> {
    let target = Target::new()?;
    let mut rows = Vec::new();
    let paths = [
        "/../config.toml",
        "/%2e%2e/config.toml",
        "/..%2f..%2fetc/passwd",
        "/assets/../../config.toml",
        "/assets/..%2f..%2fconfig.toml",
        "/assets/%00",
        "/assets/",
        "/data/series/..%2f..%2fx",
        "/data/series/ffffffffffffffff",
        "/circle/contact/%3Cscript%3E",
        "/enter/",
        "//evil.tld/",
        "/%ff%fe",
    ];
    for path in paths {
        rows.push(Row::new(path, &target.own("GET", path), &[400, 404]));
    }
    target.hold(&rows)?;
    let led = target.reply(&target.own("GET", "//evil.tld/?lang=fr"))?;
    let place = led.header("location").unwrap_or_default();
    ensure!(!place.starts_with("//"), "a visitor is led to another host: {place}");
    let hostile = target.reply(&target.own("GET", "/choose/about?subject=%3Cscript%3Ealert(1)%3C/script%3E"))?;
    ensure!(!hostile.text().contains("<script>alert"), "a text of the address becomes a script");
    Ok(())
}

#[test]
fn the_local_api_takes_nobody_over_loopback() -> Result<()> {
    let target = Target::new()?;
    let api = target.node.api(&Ask::new("GET", "/v1/openapi.json").header("Host", "node"))?.json();
    let paths = api["paths"].as_object().cloned().unwrap_or_default();
    ensure!(paths.len() > 15, "the description of the API has {} paths", paths.len());
    let mut rows = Vec::new();
    for (path, methods) in &paths {
        let path = path.replace("{id}", "x");
        let path = if path.starts_with("/v1") { path } else { format!("/v1{path}") };
        for method in methods.as_object().into_iter().flat_map(|all| all.keys()).map(|method| method.to_uppercase()) {
            if !["GET", "POST", "PUT", "DELETE"].contains(&method.as_str()) {
                continue;
            }
            // Over loopback the node takes no other method than a page's at all.
            let refused: &[u16] = if method == "PUT" { &[405] } else { &[401, 403] };
            let own = target.own(&method, &path).body("application/json", b"{}");
            rows.push(Row::new(format!("{method} {path} with a session"), &own, refused));
            let app = target
                .own(&method, &path)
                .header("Authorization", "Bearer 0123456789abcdef")
                .body("application/json", b"{}");
            rows.push(Row::new(format!("{method} {path} with a token of nobody"), &app, refused));
            let plain = Ask::new(&method, &path).header("Host", &format!("127.0.0.1:{}", target.node.port()));
            rows.push(Row::new(
                format!("{method} {path} with nothing"),
                &plain.body("application/json", b"{}"),
                refused,
            ));
        }
    }
    target.hold(&rows)?;
    let reply = target.reply(&target.own("GET", "/v1/status"))?;
    ensure!(
        reply.json()["facts"] == Value::Object(serde_json::Map::new()),
        "a refusal tells something: {}",
        reply.text()
    );
    Ok(())
}

/// A user of every Unix, who owns nothing (`nobody`).
const ANOTHER_USER: u32 = 65_534;

/// Sends a request from a process of its own, as another user if one is given. Gives what came back, if it waits for it.
fn sent_by(user: Option<u32>, port: u16, ask: &Ask, waits: bool) -> Result<String> {
    let then = if waits { "cat <&3" } else { "" };
    let mut command = Command::new("bash");
    command.arg("-c").arg(format!("exec 3<>/dev/tcp/127.0.0.1/{port} && cat >&3; {then}")).current_dir("/");
    if let Some(user) = user {
        command.uid(user);
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    // The node may have let it go already: that is what it is for.
    child.stdin.take().context("no way in")?.write_all(&ask.bytes()).ok();
    Ok(String::from_utf8_lossy(&child.wait_with_output()?.stdout).into_owned())
}

#[test]
fn another_user_is_not_let_in_by_a_cookie_that_leaked() -> Result<()> {
    // A browser sends its cookies to every port of a host: another user's server there learns the one of the session.
    let target = Target::new()?;
    let (port, ours) =
        (target.node.port(), std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(target.node.home())?));
    if ours != 0 {
        println!("skipped: only root can act as another user");
        return Ok(());
    }
    let page = target.own("GET", "/data");
    let form = target.own("POST", "/choose/rate").form(&target.rating());
    let before = target.state()?;
    for _ in 0..20 {
        let read = sent_by(Some(ANOTHER_USER), port, &page, true)?;
        ensure!(read.is_empty(), "another user reads {read}");
        // Who does not stay for the answer leaves a connection that belongs to nobody.
        sent_by(Some(ANOTHER_USER), port, &form, false)?;
    }
    let after = target.state()?;
    ensure!(before == after, "another user changed the state from {before} to {after}");
    let own = sent_by(None, port, &page, true)?;
    ensure!(own.starts_with("HTTP/1.1 200"), "the person's own program is answered with {own}");
    let own = sent_by(None, port, &form, true)?;
    ensure!(own.starts_with("HTTP/1.1 303"), "the person's own program is answered with {own}");
    Ok(())
}
