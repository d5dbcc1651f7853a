//! The headers that keep a page from doing harm are on every answer: of every route that the router has, of what does not
//! exist, and of what is refused. The routes are read from the router's own source, so that a new one is held too.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use harness::http::{Ask, Reply};

use crate::table::Target;

/// The policy, whole: one word more would be a hole.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Every path that the sources of the page and of the API name, with something in place of what varies.
fn routes() -> Result<BTreeSet<String>> {
    let mut routes = BTreeSet::new();
    for (file, prefix) in [("pages.rs", ""), ("routes.rs", "/v1")] {
        let path = harness::root().join("node/src").join(file);
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let paths = text.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
        routes.extend(paths.map(|path| {
            format!("{prefix}{path}").replace("{id}", "0").replace("{ticket}", "0").replace("{name}", "0")
        }));
    }
    Ok(routes)
}

/// What is missing or wrong in the headers of an answer.
fn faults(reply: &Reply) -> Vec<String> {
    let fixed = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    let wrong = fixed.iter().filter(|(name, value)| reply.header(name) != Some(value));
    let mut faults: Vec<String> = wrong.map(|(name, _)| format!("{name}: {:?}", reply.header(name))).collect();
    if !matches!(reply.header("referrer-policy"), Some("no-referrer" | "same-origin")) {
        faults.push(format!("referrer-policy: {:?}", reply.header("referrer-policy")));
    }
    if reply.header("permissions-policy").is_none() || reply.header("cache-control").is_none() {
        faults.push("permissions-policy or cache-control is missing".to_owned());
    }
    let allowed = reply.headers.iter().filter(|(name, _)| name.starts_with("access-control-"));
    faults.extend(allowed.map(|(name, value)| format!("{name}: {value}")));
    faults
}

#[test]
fn every_answer_of_every_route_is_dressed() -> Result<()> {
    let target = Target::new()?;
    let routes = routes()?;
    ensure!(routes.len() > 40, "only {} routes were found", routes.len());
    let mut wrong = Vec::new();
    let mut count = 0;
    let misses = ["/nothing", "/v1/nothing", "/data/nothing", "/enter/nothing/more"];
    for path in routes.iter().map(String::as_str).chain(misses).filter(|path| *path != "/events") {
        let asks = [
            target.own("GET", path),
            target.own("HEAD", path),
            target.own("POST", path).form(&[("token", "0")]),
            target.node.ask("GET", path).header("Connection", "close"),
            target.node.ask("PUT", path).header("Connection", "close"),
            Ask::new("GET", path).header("Host", "evil.tld").header("Connection", "close"),
            target.own("GET", path).header("Sec-Fetch-Site", "cross-site"),
        ];
        for ask in asks {
            let reply = target.reply(&ask)?;
            count += 1;
            for fault in faults(&reply) {
                wrong.push(format!("{ask:?} {}: {fault}", reply.status));
            }
        }
    }
    println!("{count} answers of {} routes", routes.len());
    ensure!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[test]
fn no_page_has_anything_inline_or_from_elsewhere() -> Result<()> {
    let target = Target::new()?;
    target.node.ok(&[
        "rate",
        "domain:a.example",
        "--overall",
        "40",
        "--text",
        "<script>alert(1)</script><img src=http://evil.tld>",
    ])?;
    for path in ["/", "/data", "/circle", "/choose", "/decide", "/who-knows", "/organisations", "/settings"] {
        let reply = target.reply(&target.own("GET", path))?;
        let text = reply.text();
        ensure!(reply.status == 200 && reply.header("cache-control") == Some("no-store"), "{path}: {}", reply.status);
        let inline = ["<script>", " style=", "<style", " onclick=", " onload=", " onsubmit=", "javascript:"];
        for bad in inline.iter().filter(|bad| text.contains(**bad)) {
            ensure!(false, "{path} has {bad}");
        }
        for part in text.split(&['"', '\''][..]).filter(|part| part.starts_with("http") || part.starts_with("//")) {
            ensure!(part.starts_with("http://www.w3.org/"), "{path} names {part}");
        }
    }
    Ok(())
}
