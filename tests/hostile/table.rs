//! How a table of hostile requests is held against a node: the status of each, and a state that stays as it was.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use harness::http::{Ask, Reply, raw_to_port};
use harness::node::Node;
use serde_json::Value;

/// A node with a session, as a person with the page open has it: what is attacked is one thing at a time.
pub(crate) struct Target {
    /// The node.
    pub(crate) node: Node,
    /// The cookie of the session.
    pub(crate) cookie: String,
    /// The form token of the session.
    pub(crate) token: String,
}

/// One hostile request and the statuses that are right for it.
pub(crate) struct Row {
    what: String,
    bytes: Vec<u8>,
    right: Vec<u16>,
}

impl Row {
    /// A request that has to be answered with one of these.
    pub(crate) fn new(what: impl Into<String>, ask: &Ask, right: &[u16]) -> Self {
        Self::raw(what, &ask.bytes(), right)
    }

    /// Bytes that have to be answered with one of these; 0 stands for no answer at all.
    pub(crate) fn raw(what: impl Into<String>, bytes: &[u8], right: &[u16]) -> Self {
        Self { what: what.into(), bytes: bytes.to_vec(), right: right.to_vec() }
    }
}

impl Target {
    /// An open node and a session in it.
    pub(crate) fn new() -> Result<Self> {
        let node = Node::open("Alice")?;
        let cookie = node.enter()?;
        let token = token(&node, &cookie)?;
        let target = Self { node, cookie, token };
        target.settle()?;
        Ok(target)
    }

    /// Waits until the node has written down what it has to after its start.
    fn settle(&self) -> Result<()> {
        let mut last = self.state()?;
        for _ in 0..50 {
            std::thread::sleep(Duration::from_millis(200));
            let state = self.state()?;
            if state == last && state[1]["batch"].as_u64() > Some(1) {
                return Ok(());
            }
            last = state;
        }
        bail!("the node does not come to rest: {last}")
    }

    /// A request as the page itself makes it, session and all; a form carries its token.
    pub(crate) fn own(&self, method: &str, target: &str) -> Ask {
        self.node.ask(method, target).header("Cookie", &self.cookie).header("Connection", "close")
    }

    /// The fields of a rating that is right in every way.
    pub(crate) fn rating(&self) -> Vec<(&str, &str)> {
        vec![("token", &self.token), ("subject", "domain:victim.example"), ("label", "Victim"), ("overall", "0")]
    }

    /// What may not change: everything that the vault says of itself, its batch number first.
    pub(crate) fn state(&self) -> Result<Value> {
        let status = self.node.ok(&["status"])?;
        Ok(serde_json::json!([status["state"], status["vault"], status["pid"]]))
    }

    /// Sends every row and holds each answer, and the state afterwards, to what is right.
    pub(crate) fn hold(&self, rows: &[Row]) -> Result<()> {
        let before = self.state()?;
        let mut wrong = Vec::new();
        for row in rows {
            let status = raw_to_port(self.node.port(), &row.bytes).map_or(0, |reply| reply.status);
            if !row.right.contains(&status) {
                wrong.push(format!("{}: {status}, not {:?}", row.what, row.right));
            }
        }
        println!("{} hostile requests", rows.len());
        ensure!(wrong.is_empty(), "{} of {} are answered wrongly\n{}", wrong.len(), rows.len(), wrong.join("\n"));
        let after = self.state()?;
        ensure!(before == after, "the state changed from {before} to {after}");
        // The session is still good, and so is the node.
        let home = self.reply(&self.own("GET", "/"))?;
        ensure!(home.status == 200, "the person's own page is answered with {}", home.status);
        Ok(())
    }

    /// Sends one request.
    pub(crate) fn reply(&self, ask: &Ask) -> Result<Reply> {
        self.node.page(ask)
    }
}

/// The form token of a session.
pub(crate) fn token(node: &Node, cookie: &str) -> Result<String> {
    let page = node.look(cookie, "/settings")?.text();
    let token = page.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    Ok(token.context("no form token")?.to_owned())
}

#[test]
fn a_table_with_a_hole_in_it_is_found() -> Result<()> {
    let target = Target::new()?;
    let open = target.own("GET", "/");
    ensure!(target.hold(&[Row::new("the person's own page", &open, &[403])]).is_err(), "a wrong status is not found");
    let own = target.own("POST", "/choose/rate").form(&target.rating());
    ensure!(target.hold(&[Row::new("the person's own form", &own, &[303])]).is_err(), "a changed state is not found");
    Ok(())
}
