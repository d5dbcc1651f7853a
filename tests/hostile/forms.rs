//! Forms that another page sends in the person's name, and tickets and tokens that are somebody else's.

use anyhow::{Context as _, Result, ensure};
use harness::http::Ask;

use crate::table::{Row, Target, token};

#[test]
fn no_other_page_sends_a_form() -> Result<()> {
    let target = Target::new()?;
    let port = target.node.port();
    let ours = format!("http://127.0.0.1:{port}");
    let form = |site: &[&str], origin: &[&str], kind: &str| {
        let ask = Ask::new("POST", "/choose/rate").header("Host", &format!("127.0.0.1:{port}"));
        let ask = site.iter().fold(ask, |ask, value| ask.header("Sec-Fetch-Site", value));
        let ask = origin.iter().fold(ask, |ask, value| ask.header("Origin", value)).header("Cookie", &target.cookie);
        let ask = ask.form(&target.rating());
        let bytes = String::from_utf8_lossy(&ask.bytes()).replace("application/x-www-form-urlencoded", kind);
        bytes.into_bytes()
    };
    let plain = "application/x-www-form-urlencoded";
    let mut rows = Vec::new();
    let sites: [&[&str]; 8] = [
        &["cross-site"],
        &["same-site"],
        &["none"],
        &[""],
        &[],
        &["same-origin", "cross-site"],
        &["SAME-ORIGIN"],
        &["same-origin, none"],
    ];
    for site in sites {
        for kind in [plain, "text/plain", "multipart/form-data; boundary=x", "application/json"] {
            rows.push(Row::raw(format!("a form from {site:?} as {kind}"), &form(site, &[&ours], kind), &[403]));
        }
    }
    let others = ["null", "http://evil.tld", "https://127.0.0.1", "http://127.0.0.1", "http://localhost", ""];
    let ports = [
        format!("https://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
        format!("{ours}/"),
        format!("http://127.0.0.1:{}", port ^ 1),
    ];
    for origin in others.iter().copied().chain(ports.iter().map(String::as_str)) {
        rows.push(Row::raw(
            format!("a form with the origin {origin:?}"),
            &form(&["same-origin"], &[origin], plain),
            &[403],
        ));
    }
    rows.push(Row::raw("a form without an origin", &form(&["same-origin"], &[], plain), &[403]));
    rows.push(Row::raw("a form with two origins", &form(&["same-origin"], &[&ours, &ours], plain), &[403]));
    for path in ["/", "/data", "/events", "/data/series/x/readings.csv", "/chart/energy.svg"] {
        for site in ["cross-site", "same-site", ""] {
            let ask = Ask::new("GET", path).header("Host", &format!("127.0.0.1:{port}"));
            let ask = ask.header("Sec-Fetch-Site", site).header("Cookie", &target.cookie);
            rows.push(Row::new(format!("GET {path} from {site:?}"), &ask, &[403]));
        }
    }
    let foreign = target.own("GET", "/events").header("Origin", "http://evil.tld");
    rows.push(Row::new("events for another origin", &foreign, &[403]));
    target.hold(&rows)
}

#[test]
fn a_form_without_its_token_does_nothing() -> Result<()> {
    let target = Target::new()?;
    let others = target.node.enter()?;
    let other = token(&target.node, &others)?;
    ensure!(other != target.token, "two sessions have one form token");
    let mut rows = Vec::new();
    let fields = |token: &'static str| vec![("token", token), ("subject", "domain:victim.example"), ("overall", "0")];
    let post = |path: &str, fields: &[(&str, &str)]| target.own("POST", path).form(fields);
    for path in [
        "/choose/rate",
        "/settings/lock",
        "/circle/invite",
        "/circle/accept",
        "/data/keep",
        "/data/drop",
        "/choose/retract",
    ] {
        rows.push(Row::new(format!("{path} without a token"), &post(path, &fields("")[1..]), &[403]));
        rows.push(Row::new(format!("{path} with an empty token"), &post(path, &fields("")), &[403]));
        rows.push(Row::new(
            format!("{path} with zeros"),
            &post(path, &fields("0000000000000000000000000000000000000000000000000000000000000000")),
            &[403],
        ));
        let theirs = [("token", other.as_str()), ("subject", "domain:victim.example"), ("overall", "0")];
        rows.push(Row::new(format!("{path} with another session's token"), &post(path, &theirs), &[403]));
        let nobody = target.node.ask("POST", path).form(&target.rating());
        rows.push(Row::new(format!("{path} without a session"), &nobody, &[401]));
    }
    let twice = format!("{}; {}", target.cookie, others);
    let ask = target.node.ask("POST", "/choose/rate").header("Cookie", &twice).form(&target.rating());
    rows.push(Row::new("two sessions at once", &ask, &[401]));
    let json = target.own("POST", "/choose/rate").body("application/json", b"{\"subject\":\"x\"}");
    rows.push(Row::new("JSON for a form", &json, &[400, 403, 415]));
    let big = vec![b'a'; 2 << 20];
    let large = target.own("POST", "/choose/rate").body("application/x-www-form-urlencoded", &big);
    rows.push(Row::new("a form of 2 MB", &large, &[413]));
    let file = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc\r\n--x--\r\n";
    let upload = target.own("POST", "/data/look").body("multipart/form-data; boundary=x", file);
    rows.push(Row::new("a file without a token", &upload, &[403]));
    let torn = target.own("POST", "/data/look").body("multipart/form-data; boundary=x", b"--x\r\nContent-");
    rows.push(Row::new("half a file form", &torn, &[400, 403]));
    let unbound = target.own("POST", "/data/look").body("multipart/form-data", file);
    rows.push(Row::new("a file form without a boundary", &unbound, &[400, 403]));
    target.hold(&rows)
}

#[test]
fn a_ticket_works_once() -> Result<()> {
    let target = Target::new()?;
    let url = target.node.ok(&["ui", "--print"])?["url"].as_str().unwrap_or_default().to_owned();
    let path = url.find("/enter/").map(|at| url[at..].to_owned()).context("no ticket")?;
    let head = target.reply(&target.node.ask("HEAD", &path))?;
    ensure!(head.header("set-cookie").is_none(), "HEAD spends a ticket");
    let foreign = target.reply(&Ask::new("GET", &path).header("Host", "evil.tld").header("Sec-Fetch-Site", "none"))?;
    ensure!(foreign.status == 421, "a ticket is taken for another host: {}", foreign.status);
    let first = target.reply(&target.node.ask("GET", &path))?;
    let cookie = first.header("set-cookie").context("a ticket gives no cookie")?;
    ensure!(first.status == 303 && first.header("location") == Some("/"), "{first:?}");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        ensure!(cookie.contains(part), "{part} is missing in {cookie}");
    }
    let again = target.reply(&target.node.ask("GET", &path))?;
    ensure!(again.status == 401 && again.header("set-cookie").is_none(), "a ticket works twice: {}", again.status);
    for guess in ["AAAAAAAAAAAAAAAAAAAAAA", "%2e%2e", "a", &"a".repeat(8_000)] {
        let reply = target.reply(&target.node.ask("GET", &format!("/enter/{guess}")))?;
        ensure!(
            reply.status >= 400 && reply.header("set-cookie").is_none(),
            "a guess is answered with {}",
            reply.status
        );
    }
    Ok(())
}

#[test]
fn a_locked_node_shows_nothing_of_what_it_holds() -> Result<()> {
    let target = Target::new()?;
    target.node.ok(&["rate", "domain:hidden.example", "--overall", "40"])?;
    target.node.ok(&["lock"])?;
    for path in ["/", "/data", "/circle", "/choose", "/settings", "/choose/about?subject=domain:hidden.example"] {
        let reply = target.reply(&target.own("GET", path))?;
        ensure!(reply.status == 303 && !reply.text().contains("hidden"), "{path}: {} {}", reply.status, reply.text());
    }
    let form = target.own("POST", "/choose/rate").form(&target.rating());
    let reply = target.reply(&form)?;
    ensure!(reply.header("location") == Some("/unlock"), "a form of a locked node: {}", reply.status);
    Ok(())
}
