//! The local API keeps to its description: every operation of `openapi.json` is asked of real nodes, a person's and an
//! organisation's, until it has answered once as it should and once with a problem; each answer is held against its
//! schema. So are the routes of the sources, and every method that no route should have.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use harness::http::{Ask, Reply};
use harness::node::{Node, PASSPHRASE};
use harness::receiver::Receiver;
use serde_json::{Value, json};

use crate::description::{Description, METHODS, Operation, apart, served};

/// How long something may take to become so.
const TIME_MAX: Duration = Duration::from_secs(40);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(100);
/// What answers whatever the state of the node is: no problem is to be had from it.
const ALWAYS: [&str; 7] = [
    "GET /v1/openapi.json",
    "GET /v1/status",
    "GET /v1/suggestion",
    "GET /v1/events",
    "POST /v1/lock",
    "POST /v1/ticket",
    "POST /v1/stop",
];

/// Who asks, and what was heard.
struct Walk {
    description: Description,
    /// What answered as it should.
    worked: BTreeSet<Operation>,
    /// What answered with a problem.
    failed: BTreeSet<Operation>,
    faults: BTreeSet<String>,
}

impl Walk {
    /// Asks `POST /v1/things/{id}` with the id in its place, and holds the answer against the description.
    fn send(&mut self, node: &Node, line: &str, id: &str, kind: &str, body: &[u8]) -> Result<Reply> {
        let (method, target) = line.split_once(' ').context("a method and a path")?;
        let operation = (method.to_owned(), target.split('?').next().unwrap_or_default().to_owned());
        let ask = Ask::new(method, &target.replace("{id}", id)).header("Host", "node");
        let reply = node.api(&if body.is_empty() { ask } else { ask.body(kind, body) })?;
        for fault in self.description.faults(&operation, &reply) {
            self.faults.insert(format!("{method} {}, status {}: {fault}", operation.1, reply.status));
        }
        let heard = if reply.status < 400 { &mut self.worked } else { &mut self.failed };
        heard.insert(operation);
        Ok(reply)
    }

    /// The answer of an operation that works, with a body that is as described.
    fn call(&mut self, node: &Node, line: &str, id: &str, body: &Value) -> Result<Value> {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        if !body.is_null() {
            let (method, path) = line.split_once(' ').context("a method and a path")?;
            for fault in self.description.faults_of_ask(&(method.to_owned(), path.to_owned()), body) {
                self.faults.insert(format!("{line}, as it is asked: {fault}"));
            }
        }
        let reply = self.send(node, line, id, "application/json", &bytes)?;
        ensure!(reply.status < 300, "{line} is answered with {}: {}", reply.status, reply.text());
        Ok(reply.json())
    }

    fn get(&mut self, node: &Node, line: &str, id: &str) -> Result<Value> {
        self.call(node, line, id, &Value::Null)
    }

    /// Asks again until it is so.
    fn until(&mut self, node: &Node, line: &str, id: &str, is_so: impl Fn(&Value) -> bool) -> Result<Value> {
        let end = Instant::now() + TIME_MAX;
        loop {
            let found = self.get(node, line, id)?;
            if is_so(&found) {
                return Ok(found);
            }
            ensure!(Instant::now() < end, "{line} says to the end: {found}");
            std::thread::sleep(LOOK);
        }
    }

    /// Visits a desk until an answer is so: a visit that finds nothing yet is no failure.
    fn visit(
        &mut self,
        person: &Node,
        account: &str,
        [line, id]: [&str; 2],
        is_so: impl Fn(&Value) -> bool,
    ) -> Result<Value> {
        let end = Instant::now() + TIME_MAX;
        loop {
            self.get(person, "POST /v1/accounts/{id}/visit", account)?;
            for _ in 0..20 {
                std::thread::sleep(LOOK);
                let found = self.get(person, line, id)?;
                if is_so(&found) {
                    return Ok(found);
                }
            }
            ensure!(Instant::now() < end, "{line} never became so");
        }
    }

    /// What a node without a vault answers: a problem to nearly everything, to what nobody knows, and to methods that
    /// nothing has.
    fn bare(&mut self, node: &Node) -> Result<()> {
        let operations = self.description.operations();
        for operation in &operations {
            let line = format!("{} {}", operation.0, operation.1);
            if ALWAYS.contains(&line.as_str()) {
                continue;
            }
            let reply = self.send(node, &line, "00", "application/json", b"{}")?;
            ensure!(reply.status >= 400, "{line} works without a vault: {}", reply.text());
            if self.description.takes_json(operation) {
                let reply = self.send(node, &line, "00", "application/json", br#"{"unlisted":1}"#)?;
                let name = &reply.json()["facts"]["name"];
                ensure!(name == "body", "{line} takes a field that nobody described: {}", reply.text());
            }
        }
        for path in operations.iter().map(|(_, path)| path).collect::<BTreeSet<_>>() {
            for method in METHODS.iter().filter(|method| !operations.contains(&((**method).to_owned(), path.clone()))) {
                let ask = Ask::new(method, &path.replace("{id}", "00")).header("Host", "node");
                let reply = node.api(&ask)?.json();
                let is_turned_away = reply["code"] == "E1304" && reply["facts"]["name"] == "method";
                ensure!(is_turned_away, "{method} {path} is served and not described: {reply}");
            }
        }
        Ok(())
    }

    /// A vault is made, locked and opened.
    fn vault(&mut self, node: &Node) -> Result<()> {
        let made = json!({ "passphrase": PASSPHRASE, "name": "Alice", "language": "en" });
        let words = self.call(node, "POST /v1/init", "", &made)?["words"].clone();
        let checked = self.call(node, "POST /v1/words/check", "", &json!({ "words": words }))?;
        ensure!(checked["right"] == true, "{checked}");
        for line in ["GET /v1/openapi.json", "GET /v1/status", "GET /v1/suggestion", "POST /v1/ticket", "POST /v1/lock"]
        {
            self.get(node, line, "")?;
        }
        self.call(node, "POST /v1/unlock", "", &json!({ "passphrase": PASSPHRASE }))?;
        self.until(node, "GET /v1/status", "", |status| status["state"] == "open")?;
        self.care(node)?;
        self.follow(node)
    }

    /// The vault is checked, compacted and given another passphrase, which is the same.
    fn care(&mut self, node: &Node) -> Result<()> {
        let nothing = self.send(node, "POST /v1/vault/compact", "", "", b"")?;
        ensure!(nothing.json()["code"] == "E1503", "{}", nothing.text());
        for round in 0..60 {
            let value = format!("{round}{}", "y".repeat(480));
            self.call(node, "POST /v1/facts", "", &json!({ "field": "note", "value": value }))?;
        }
        self.get(node, "POST /v1/vault/check", "")?;
        self.get(node, "POST /v1/vault/compact", "")?;
        let health = self.get(node, "GET /v1/vault", "")?;
        ensure!(health["checked"]["findings"] == 0 && health["freeable"] == false, "{health}");
        self.call(node, "POST /v1/facts", "", &json!({ "field": "note", "value": "" }))?;
        let (old, new) = (PASSPHRASE, PASSPHRASE);
        self.call(node, "POST /v1/vault/passphrase", "", &json!({ "old": old, "new": new }))?;
        Ok(())
    }

    /// The stream of events begins as it is described; it ends with the node.
    fn follow(&mut self, node: &Node) -> Result<()> {
        let mut stream = UnixStream::connect(node.home().join("run/sesame.sock"))?;
        stream.set_read_timeout(Some(TIME_MAX))?;
        stream.write_all(b"GET /v1/events HTTP/1.1\r\nHost: node\r\n\r\n")?;
        let (mut head, mut sign) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut sign)?;
            head.extend(sign);
        }
        let text = String::from_utf8(head)?.to_lowercase();
        ensure!(text.starts_with("http/1.1 200") && text.contains("content-type: text/event-stream"), "{text}");
        self.worked.insert(("GET".to_owned(), "/v1/events".to_owned()));
        Ok(())
    }

    /// A file, its series and what they tell.
    fn data(&mut self, node: &Node) -> Result<()> {
        let file = harness::sample::edf(7, 60);
        let kind = "application/octet-stream";
        let reply = self.send(node, "POST /v1/imports?name=edf.csv", "", kind, &file)?;
        ensure!(reply.status == 200, "{}", reply.text());
        ensure!(self.get(node, "GET /v1/imports", "")?["imports"][0]["name"] == "edf.csv", "no import");
        let series = self.get(node, "GET /v1/series", "")?["series"][0]["id"].as_str().context("no series")?.to_owned();
        self.get(node, "GET /v1/series/{id}", &series)?;
        for by in ["month", "hour"] {
            self.get(node, &format!("GET /v1/insight/energy?by={by}"), "")?;
        }
        let drawn = self.send(node, "GET /v1/insight/energy.svg?by=day", "", "", b"")?;
        ensure!(drawn.text().contains("<svg"), "no picture");
        for (field, value) in [("email", "a@b.example"), ("iban", "x"), ("iban", "")] {
            self.call(node, "POST /v1/facts", "", &json!({ "field": field, "value": value }))?;
        }
        self.records(node)
    }

    /// Records are kept, shown, found and forgotten; the import last.
    fn records(&mut self, node: &Node) -> Result<()> {
        let event = json!({ "kind": "event", "text": "A call", "on": "2026-02-03", "organisation": "Volta" });
        let name = self.call(node, "POST /v1/records", "", &event)?["name"].as_str().context("no name")?.to_owned();
        let paper = r#"{"kind":"paper","text":"Lease","dates":[{"what":"notice","on":"2027-03-01"}]}"#;
        let line = format!("POST /v1/papers?name=a.pdf&record={}", harness::http::escaped(paper));
        let reply = self.send(node, &line, "", "application/octet-stream", b"%PDF")?;
        ensure!(reply.status == 200, "{}", reply.text());
        let lease = reply.json()["name"].as_str().context("no name")?.to_owned();
        let file = self.send(node, "GET /v1/records/{id}/file?version=1", &lease, "", b"")?;
        ensure!(file.body == b"%PDF", "{}", file.text());
        self.get(node, "GET /v1/records?history=true&kind=event,paper", "")?;
        self.get(node, "GET /v1/records/{id}", &lease)?;
        ensure!(self.get(node, "GET /v1/find?words=CALL", "")?["hits"][0]["name"] == name.as_str(), "it is not found");
        self.get(node, "DELETE /v1/records/{id}", &name)?;
        let import = self.get(node, "GET /v1/imports", "")?["imports"][0]["id"].as_str().context("no id")?.to_owned();
        let file = self.send(node, "GET /v1/imports/{id}/file", &import, "", b"")?;
        ensure!(file.body == harness::sample::edf(7, 60), "the file is not as it came");
        self.get(node, "DELETE /v1/imports/{id}", &import)?;
        Ok(())
    }

    /// Two people meet, rate, advise and part.
    fn circle(&mut self, alice: &Node, bob: &Node) -> Result<()> {
        let invited = self.call(alice, "POST /v1/invitations", "", &json!({ "name": "Bob" }))?;
        self.get(alice, "GET /v1/contacts", "")?;
        self.call(bob, "POST /v1/contacts", "", &json!({ "code": invited["code"], "name": "Alice" }))?;
        let met = |circle: &Value| circle["contacts"][0]["standing"] == "known";
        self.until(bob, "GET /v1/contacts", "", met)?;
        let met = self.until(alice, "GET /v1/contacts", "", met)?["contacts"][0].clone();
        let id = met["id"].as_str().context("no id")?;
        self.call(alice, "POST /v1/contacts/{id}/verify", id, &json!({ "same": true }))?;
        self.call(alice, "POST /v1/contacts/{id}/trust", id, &json!({ "trust": "much" }))?;
        let said = json!({ "subject": "domain:volta.example", "label": "Volta", "market": "04.5.1",
            "marks": { "overall": 80, "price": 60 }, "text": "Clear bills.", "audience": "contacts" });
        self.call(alice, "POST /v1/ratings", "", &said)?;
        self.call(bob, "POST /v1/ratings", "", &said)?;
        let is_advised = |advice: &Value| advice["reasons"][0]["mark"] == 80;
        self.until(alice, "GET /v1/advice?subject=domain:volta.example", "", is_advised)?;
        self.get(alice, "GET /v1/advice", "")?;
        self.get(alice, "GET /v1/ratings", "")?;
        let retracted = json!({ "subject": "domain:volta.example", "market": "04.5.1" });
        self.call(alice, "POST /v1/ratings/retract", "", &retracted)?;
        self.get(alice, "DELETE /v1/contacts/{id}", id)?;
        Ok(())
    }

    /// An organisation says who it is, a person keeps it and says that a part of it is true.
    fn meet(&mut self, alice: &Node, volta: &Node) -> Result<String> {
        let fields = ["legal_name", "register_number", "seat", "privacy_contact", "tax_country", "data_location"];
        let fields: serde_json::Map<_, _> = fields.map(|field| (field.to_owned(), json!("Lyon"))).into_iter().collect();
        let profile = json!({ "name": "Volta", "subjects": ["siren:552081317"], "markets": ["04.5.1"],
            "terms": ["SD-BASE"], "uses": ["quote"], "fields": fields });
        self.call(volta, "PUT /v1/desk/profile", "", &profile)?;
        let desk = self.until(volta, "GET /v1/desk", "", |desk| desk["link"] != "")?;
        self.call(alice, "POST /v1/vendors", "", &json!({ "code": desk["link"], "name": "" }))?;
        let kept = self.until(alice, "GET /v1/vendors", "", |all| all["vendors"][0]["seen"].is_string())?;
        let id = kept["vendors"][0]["id"].as_str().context("no id")?.to_owned();
        for line in ["GET /v1/vendors/{id}", "POST /v1/vendors/{id}/look"] {
            self.get(alice, line, &id)?;
        }
        let asked = json!({ "vendor": id, "field": "seat", "how": "I was there.", "days": 30 });
        let said = self.call(alice, "POST /v1/attestations", "", &asked)?;
        ensure!(self.get(alice, "GET /v1/attestations", "")?["attestations"][0] == said, "it is not kept: {said}");
        let held = self.call(volta, "POST /v1/desk/attestations", "", &json!({ "code": said["code"] }))?;
        ensure!(held["attestations"][0]["value"] == "Lyon", "{held}");
        Ok(id)
    }

    /// An account opens; the ids by which the person and the desk call it.
    fn open(&mut self, alice: &Node, volta: &Node, vendor: &str) -> Result<(String, String)> {
        let door = self.get(alice, "POST /v1/vendors/{id}/door", vendor)?;
        let mine = door["account"].as_str().context("no account")?.to_owned();
        let opening = json!({ "code": door["code"], "name": "Customer 42", "message": "Hello.", "reference": "C-42" });
        let theirs = self.call(volta, "POST /v1/desk/doors", "", &opening)?;
        let theirs = theirs["id"].as_str().context("no id")?.to_owned();
        self.call(volta, "POST /v1/desk/accounts/{id}/again", &theirs, &json!({ "message": "Hello again." }))?;
        self.visit(alice, &mine, ["GET /v1/accounts/{id}", &mine], |account| account["standing"] == "asked")?;
        self.call(alice, "POST /v1/accounts/{id}/answer", &mine, &json!({ "accept": true }))?;
        let is_told = |account: &Value| account["waiting"] == json!([]);
        self.visit(alice, &mine, ["GET /v1/accounts/{id}", &mine], is_told)?;
        self.until(volta, "GET /v1/desk/accounts/{id}", &theirs, |account| account["standing"] == "open")?;
        ensure!(self.get(volta, "GET /v1/desk/accounts", "")?["accounts"][0]["id"] == theirs.as_str(), "no account");
        Ok((mine, theirs))
    }

    /// The desk asks for something; the request as the person has it.
    fn ask(&mut self, alice: &Node, volta: &Node, (mine, theirs): (&str, &str), field: &str) -> Result<String> {
        let asked = json!({ "fields": [field], "purpose": "quote", "why": "For a quote.", "retention_days": 365,
            "recipients": [], "terms": "SD-BASE-A" });
        self.call(volta, "POST /v1/desk/accounts/{id}/ask", theirs, &asked)?;
        let of = |all: &Value| all["requests"][0]["fields"][0]["field"] == field;
        let all = self.visit(alice, mine, ["GET /v1/requests", ""], of)?;
        let id = all["requests"][0]["id"].as_str().context("no id")?.to_owned();
        self.get(alice, "GET /v1/requests/{id}", &id)?;
        Ok(id)
    }

    /// Terms of the person's are on their way to the desk, and wait there.
    fn offer(&mut self, alice: &Node, volta: &Node, mine: &str, request: &str, field: &str) -> Result<Value> {
        let answer =
            json!({ "values": { field: "4120" }, "terms": "SD-BASE-DP", "retention_days": 20, "remember": true });
        self.call(alice, "POST /v1/requests/{id}/answer", request, &answer)?;
        let is_left = |share: &Value| share["waiting"] == json!([]);
        self.visit(alice, mine, ["GET /v1/shares/{id}", request], is_left)?;
        let inbox = self.until(volta, "GET /v1/desk/inbox", "", |inbox| inbox["todo"][0]["offered"][0] == field)?;
        Ok(inbox["todo"][0].clone())
    }

    /// One request is agreed on and withdrawn, one refused by the person, one by the desk.
    fn share(&mut self, alice: &Node, volta: &Node, mine: &str, theirs: &str) -> Result<()> {
        let field = "electricity_year_kwh";
        let request = self.ask(alice, volta, (mine, theirs), field)?;
        let todo = self.offer(alice, volta, mine, &request, field)?;
        let signed = json!({ "account": theirs, "agreement": todo["agreement"] });
        self.call(volta, "POST /v1/desk/requests/{id}/accept", todo["id"].as_str().context("no id")?, &signed)?;
        self.visit(alice, mine, ["GET /v1/shares/{id}", &request], |share| share["received"].is_string())?;
        self.until(volta, "GET /v1/desk/inbox", "", |inbox| inbox["held"][0]["values"][field] == "4120")?;
        for line in ["GET /v1/shares", "GET /v1/who-knows", "GET /v1/facts"] {
            self.get(alice, line, "")?;
        }
        self.get(alice, "GET /v1/shares/{id}/receipt", &request)?;
        self.get(alice, "POST /v1/shares/{id}/withdraw", &request)?;
        self.visit(alice, mine, ["GET /v1/shares/{id}", &request], |share| share["deleted"].is_object())?;

        let request = self.ask(alice, volta, (mine, theirs), "email")?;
        self.get(alice, "POST /v1/requests/{id}/refuse", &request)?;
        let request = self.ask(alice, volta, (mine, theirs), "telephone")?;
        let todo = self.offer(alice, volta, mine, &request, "telephone")?;
        let refused = json!({ "account": theirs, "alternative": "SD-BASE" });
        self.call(volta, "POST /v1/desk/requests/{id}/refuse", todo["id"].as_str().context("no id")?, &refused)?;
        self.visit(alice, mine, ["GET /v1/requests/{id}", &request], |request| request["stage"] == "refused")?;
        self.get(alice, "DELETE /v1/accounts/{id}", mine)?;
        Ok(())
    }

    /// A backup is made, listed, checked by the node, and said to have been checked without it.
    fn backups(&mut self, node: &Node) -> Result<()> {
        let place = node.home().with_file_name("backups").display().to_string();
        let made = self.call(node, "POST /v1/backups", "", &json!({ "place": place, "keep": 2 }))?;
        let report = self.call(node, "POST /v1/backups/check", "", &json!({ "place": place }))?;
        ensure!(report["whole"] == true, "{report}");
        self.call(node, "POST /v1/backups/checked", "", &json!({ "ids": [made["backup"]["id"]] }))?;
        let all = self.get(node, "GET /v1/backups", "")?;
        ensure!(all["backups"][0]["checked"].is_string(), "{all}");
        Ok(())
    }

    /// The desk tells a system of its own, under two secrets one after the other, and stops.
    fn webhook(&mut self, volta: &Node) -> Result<()> {
        let receiver = Receiver::new()?;
        let set = self.call(volta, "PUT /v1/desk/webhook", "", &json!({ "url": receiver.url() }))?;
        self.get(volta, "POST /v1/desk/webhook/test", "")?;
        let rotated = self.get(volta, "POST /v1/desk/webhook/rotate", "")?;
        ensure!(set["secret"].is_string() && set["secret"] != rotated["secret"], "the secret is the same");
        let shown = self.get(volta, "GET /v1/desk/webhook", "")?;
        ensure!(shown["taken"].is_string() && !receiver.heard().is_empty(), "{shown}");
        self.get(volta, "DELETE /v1/desk/webhook", "")?;
        Ok(())
    }
}

/// The routes, as the sources of the node have them.
fn routes() -> Result<BTreeSet<Operation>> {
    let folder = harness::root().join("node/src");
    let mut sources = vec![folder.join("routes.rs")];
    for entry in fs::read_dir(folder.join("routes"))? {
        sources.push(entry?.path());
    }
    let mut found = BTreeSet::new();
    for source in sources.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        found.extend(served(&fs::read_to_string(source)?));
    }
    Ok(found)
}

/// A description that is a little wrong is caught by a real answer: a field that it forgot, one that is never there, one of
/// another type.
fn is_caught(node: &Node, document: &Value) -> Result<()> {
    let reply = node.api(&Ask::new("GET", "/v1/status").header("Host", "node"))?;
    let operation = ("GET".to_owned(), "/v1/status".to_owned());
    let faults = |name: &str, planted: Value| -> Result<Vec<String>> {
        let mut document = document.clone();
        document["components"]["schemas"]["Status"][name] = planted;
        Ok(Description::new(document)?.faults(&operation, &reply))
    };
    let status = &document["components"]["schemas"]["Status"];
    ensure!(faults("required", status["required"].clone())?.is_empty(), "the status is not as it is described");
    let (mut fewer, mut other) = (status["properties"].clone(), status["properties"].clone());
    fewer.as_object_mut().context("no properties")?.remove("home");
    other["pid"] = json!({ "type": "string" });
    let planted = [("properties", fewer, "home"), ("properties", other, "/pid"), ("required", json!(["mood"]), "mood")];
    for (name, planted, said) in planted {
        let found = faults(name, planted)?;
        ensure!(found.len() == 1 && found[0].contains(said), "{said} is not caught: {found:?}");
    }
    Ok(())
}

#[test]
fn every_answer_of_the_local_api_is_as_it_is_described() -> Result<()> {
    let mut alice = Node::new()?;
    alice.up_with(&[])?;
    let document = alice.api(&Ask::new("GET", "/v1/openapi.json").header("Host", "node"))?.json();
    is_caught(&alice, &document)?;
    let description = Description::new(document)?;
    let operations = description.operations();
    ensure!(apart(&routes()?, &operations).is_empty(), "{:#?}", apart(&routes()?, &operations));

    let empty = BTreeSet::new;
    let mut walk = Walk { description, worked: empty(), failed: empty(), faults: BTreeSet::new() };
    walk.bare(&alice)?;
    walk.vault(&alice)?;
    walk.data(&alice)?;
    walk.circle(&alice, &Node::open("Bob")?)?;
    let volta = Node::open_desk("Volta")?;
    let vendor = walk.meet(&alice, &volta)?;
    let (mine, theirs) = walk.open(&alice, &volta, &vendor)?;
    walk.share(&alice, &volta, &mine, &theirs)?;
    walk.webhook(&volta)?;
    walk.backups(&alice)?;
    walk.call(&alice, "POST /v1/vendors/{id}/block", &vendor, &json!({ "blocked": true }))?;
    walk.get(&volta, "POST /v1/stop", "")?;

    ensure!(walk.faults.is_empty(), "{:#?}", walk.faults);
    let silent: Vec<_> = operations.difference(&walk.worked).collect();
    ensure!(silent.is_empty(), "these never answered as they should: {silent:?}");
    let is_asked = |(method, path): &&Operation| !ALWAYS.contains(&format!("{method} {path}").as_str());
    let silent: Vec<_> = operations.difference(&walk.failed).filter(is_asked).collect();
    ensure!(silent.is_empty(), "these never answered with a problem: {silent:?}");
    Ok(())
}
