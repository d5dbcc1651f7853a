//! A desk with many accounts: all of them are found again, page by page, and what a page takes is printed.
//! `SESAME_ACCOUNTS` says how many; 10,000 for the figure.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use harness::http::Ask;
use harness::node::{Node, text};
use serde_json::{Value, json};
use sesame_protocol::door::{Door, Link};
use sesame_protocol::key::{PublicKey, Seed};
use sesame_protocol::relation::{Keys, Salt};
use sesame_protocol::time::Timestamp;

#[test]
fn a_desk_finds_all_its_accounts_again_page_by_page() -> Result<()> {
    let accounts: u64 = std::env::var("SESAME_ACCOUNTS").ok().and_then(|text| text.parse().ok()).unwrap_or(250);
    let mut desk = Node::new()?;
    let file = desk.passphrase_file();
    desk.ok(&["init", "--vendor", "--name", "Volta", "--passphrase-file", text(&file)?])?;
    desk.up()?;
    let link = wait_for_link(&desk)?;
    let online = Seed::from_entropy([7; 32]).online(0);
    let began = Instant::now();
    for number in 0..accounts {
        let mut salt = [0; 32];
        salt[..8].copy_from_slice(&number.to_be_bytes());
        let keys = Keys::derive(&online, &Salt::from_bytes(salt));
        let node = PublicKey::from_bytes(&keys.node())?;
        let seal = keys.seal.public().hash();
        let expires = Timestamp::from_seconds(4_000_000_000);
        let door = Door { vendor: link.vendor, relation: keys.sign.public(), node, seal, expires };
        let ask = json!({ "code": door.to_code(&keys.sign), "name": format!("customer {number}") });
        let opened = call(&desk, "POST", "/v1/desk/doors", Some(&ask))?;
        ensure!(opened["standing"] == "asked", "{opened}");
    }
    let opened = began.elapsed();
    let (mut found, mut after, mut slowest) = (0, String::new(), Duration::ZERO);
    loop {
        let began = Instant::now();
        let page = call(&desk, "GET", &format!("/v1/desk/accounts{after}"), None)?;
        slowest = slowest.max(began.elapsed());
        found += page["accounts"].as_array().context("no accounts")?.len() as u64;
        match page["next"].as_str() {
            Some(next) => after = format!("?after={next}"),
            None => break,
        }
    }
    ensure!(found == accounts, "{found} of {accounts} accounts");
    let began = Instant::now();
    let inbox = call(&desk, "GET", "/v1/desk/inbox", None)?;
    ensure!(inbox["held"] == json!([]), "{inbox}");
    println!(
        "{accounts} accounts opened in {opened:.1?}; slowest page of accounts {slowest:.1?}, inbox {:.1?}",
        began.elapsed()
    );
    Ok(())
}

fn wait_for_link(desk: &Node) -> Result<Link> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let shown = call(desk, "GET", "/v1/desk", None)?;
        match shown["link"].as_str().filter(|link| !link.is_empty()) {
            Some(link) => return Ok(Link::parse(link)?),
            None => ensure!(Instant::now() < end, "the desk never had an address: {shown}"),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn call(desk: &Node, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    let ask = Ask::new(method, path).header("Host", "node");
    let ask = match body {
        Some(body) => ask.body("application/json", body.to_string().as_bytes()),
        None => ask,
    };
    Ok(desk.api(&ask)?.json())
}
