//! An organisation whose own system is told what happens at its desk: real nodes, a real receiver, signatures checked with
//! nothing of the program. The receiver is down, refuses, hangs; the node dies between what happened and its telling.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use harness::node::Node;
use harness::receiver::{Answer, Heard, Receiver, url};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::organisations::{asked, customer, visits, volta};

/// How far the clocks of sender and receiver may be apart, in seconds, as receivers check it.
const TOLERANCE: u64 = 300;

/// Whether one of the signatures of a message is that of a secret.
fn is_signed_by(secret: &str, heard: &Heard) -> Result<bool> {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").context("no secret")?)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key)?;
    let (id, at) = (heard.header("webhook-id"), heard.header("webhook-timestamp"));
    mac.update(format!("{id}.{at}.{}", heard.body).as_bytes());
    let wanted = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    ensure!(now.abs_diff(at.parse()?) < TOLERANCE, "it is of {at}, and now is {now}");
    Ok(heard.header("webhook-signature").split(' ').any(|signature| signature == wanted))
}

fn secret_of(made: &Value) -> Result<String> {
    let secret = made["secret"].as_str().with_context(|| format!("no secret in {made}"))?;
    ensure!(secret.starts_with("whsec_") && STANDARD.decode(&secret[6..])?.len() == 32, "{secret}");
    Ok(secret.to_owned())
}

/// The body of a message, when it is of this type.
fn body_of<'h>(heard: &'h [Heard], kind: &str) -> Result<(&'h Heard, Value)> {
    let found = heard.iter().find(|heard| heard.json()["type"] == kind);
    let found = found.with_context(|| format!("no {kind} in {heard:?}"))?;
    Ok((found, found.json()))
}

#[test]
fn an_organisations_own_system_is_told_what_happens_and_nothing_of_anybody() -> Result<()> {
    let (alice, mut volta, receiver) = (Node::open("Alice")?, volta()?, Receiver::new()?);
    // Whatever is worth a note is noted: the secrets must be in none of it.
    volta.trace();
    volta.restart()?;
    let none = volta.ok(&["desk", "webhook", "show"])?;
    ensure!(none["state"] == "none" && none["url"] == Value::Null, "{none}");
    let first = secret_of(&volta.ok(&["desk", "webhook", "set", &receiver.url()])?)?;
    volta.ok(&["desk", "webhook", "test"])?;
    let heard = receiver.wait(1)?;
    ensure!(is_signed_by(&first, &heard[0])? && heard[0].json()["data"] == json!({}), "{heard:?}");
    ensure!(heard[0].header("content-type") == "application/json", "{heard:?}");

    // A share arrives, and is taken back.
    let account = customer(&alice, &volta)?;
    let request = asked(&alice, &volta, &account, &["electricity_year_kwh"])?;
    alice.ok(&["data", "add", "electricity_year_kwh", "4120"])?;
    alice.ok(&["request", "answer", "Volta", "--smaller"])?;
    visits(&alice, &account, &["share", "show", &request], |share| share["received"].is_string())?;
    alice.ok(&["share", "withdraw", &request])?;
    visits(&alice, &account, &["share", "show", &request], |share| share["deleted"].is_object())?;
    let heard = receiver.wait(4)?;
    let types: Vec<_> = heard.iter().map(|heard| heard.json()["type"].clone()).collect();
    ensure!(json!(types) == json!(["test", "account.opened", "share.held", "share.deleted"]), "{heard:?}");
    for heard in &heard {
        ensure!(is_signed_by(&first, heard)?, "not signed: {heard:?}");
        for told in ["4120", "electricity", "Alice", "Customer", "C-42"] {
            ensure!(!format!("{heard:?}").contains(told), "{told} is told: {heard:?}");
        }
    }
    // What is told leads to what it is about.
    let (_, held) = body_of(&heard, "share.held")?;
    let id = held["data"]["account"].as_str().context("no account")?;
    let shown = volta.ok(&["desk", "account", id])?;
    ensure!(shown["id"] == id && shown["requests"][0]["id"] == held["data"]["request"], "{held}: {shown}");
    let fares = volta.wait(&["desk", "webhook", "show"], |shown| shown["state"] == "idle")?;
    ensure!(fares["waiting"] == 0 && fares["taken"].is_string() && fares["failed"] == Value::Null, "{fares}");

    // For a day after a rotation both secrets sign.
    let second = secret_of(&volta.ok(&["desk", "webhook", "rotate"])?)?;
    volta.ok(&["desk", "webhook", "test"])?;
    let last = receiver.wait(5)?.pop().context("nothing was heard")?;
    ensure!(first != second && is_signed_by(&first, &last)? && is_signed_by(&second, &last)?, "{last:?}");
    ensure!(!volta.run(&["desk", "webhook", "show"])?.out.contains("whsec_"), "the secret is shown again");

    volta.ok(&["desk", "webhook", "off"])?;
    volta.fails(15, &["desk", "webhook", "off"])?;
    volta.fails(14, &["desk", "webhook", "test"])?;
    alice.fails(12, &["desk", "webhook", "show"])?;
    alice.fails(12, &["desk", "webhook", "set", &receiver.url()])?;
    let log = std::fs::read_to_string(volta.log())?;
    for secret in ["whsec_", &first[6..], &second[6..], "T0KENinPATH", "K3YinQUERY"] {
        ensure!(!log.contains(secret), "{secret} is in a note");
    }
    ensure!(log.contains("share.held"), "nothing was noted");
    Ok(())
}

#[test]
fn what_happened_is_told_once_the_receiver_is_up_and_again_under_its_name_after_a_crash() -> Result<()> {
    let (alice, mut volta) = (Node::open("Alice")?, volta()?);
    let receiver = Receiver::on(0, Answer::Status(503))?;
    volta.ok(&["desk", "webhook", "set", &receiver.url()])?;
    // The first try is refused, the second hears no answer.
    std::thread::scope(|scope| {
        let turned = scope.spawn(|| receiver.wait(1).map(|_| receiver.answer(Answer::Silence)));
        customer(&alice, &volta)?;
        turned.join().expect("waiting does not panic")
    })?;
    let failing = volta.ok(&["desk", "webhook", "show"])?;
    ensure!(failing["state"] == "failing" && failing["waiting"] == 1 && failing["tries"] == 1, "{failing}");
    ensure!(failing["failed"]["status"] == 503 && failing["next"].is_string(), "{failing}");
    receiver.wait(2)?;
    volta.kill()?;
    receiver.answer(Answer::Status(204));
    volta.up()?;
    let heard = receiver.wait(3)?;
    let first = &heard[0];
    ensure!(first.json()["type"] == "account.opened", "{heard:?}");
    for again in &heard {
        ensure!(again.header("webhook-id") == first.header("webhook-id") && again.body == first.body, "{heard:?}");
    }
    let told = volta.wait(&["desk", "webhook", "show"], |shown| shown["state"] == "idle")?;
    ensure!(told["waiting"] == 0 && told["given_up"] == 0 && told["taken"].is_string(), "{told}");
    ensure!(receiver.heard().len() == 3, "what was taken is told again");
    Ok(())
}

#[test]
fn a_receiver_that_says_no_is_heard_and_one_that_is_gone_ends_it() -> Result<()> {
    let (volta, receiver) = (Node::open_desk("Volta")?, Receiver::new()?);
    for (given, why) in [
        ("http://example.com/", "plain"),
        ("https://me:s3cret@example.com/", "credentials"),
        ("ftp://example.com/", "scheme"),
        ("nonsense", "no-address"),
    ] {
        let refused = volta.fails(13, &["desk", "webhook", "set", given])?;
        let said = format!("{}{}", refused.out, refused.err);
        ensure!(said.contains("E1304") && said.contains(why) && !said.contains("s3cret"), "{given}: {said}");
    }
    let first = secret_of(&volta.ok(&["desk", "webhook", "set", &url(Receiver::nowhere()?)])?)?;
    let nobody = volta.fails(10, &["desk", "webhook", "test"])?;
    ensure!(nobody.err.contains("E1003") && nobody.err.contains("unreachable"), "{}", nobody.err);
    let moved = volta.ok(&["desk", "webhook", "set", &receiver.url()])?;
    ensure!(moved["secret"] == Value::Null, "one that listens has another secret: {moved}");
    for (status, why) in [(500, "status"), (302, "redirect"), (404, "status")] {
        receiver.answer(Answer::Status(status));
        volta.fails(10, &["desk", "webhook", "test"])?;
        let shown = volta.ok(&["desk", "webhook", "show"])?;
        ensure!(shown["failed"]["why"] == why && shown["failed"]["status"] == status, "{shown}");
    }
    receiver.answer(Answer::Status(410));
    volta.fails(10, &["desk", "webhook", "test"])?;
    let gone = volta.ok(&["desk", "webhook", "show"])?;
    ensure!(gone["state"] == "gone" && gone["gone"].is_string(), "{gone}");
    let heard = receiver.heard().len();
    volta.fails(12, &["desk", "webhook", "test"])?;
    volta.fails(12, &["desk", "webhook", "rotate"])?;
    ensure!(receiver.heard().len() == heard, "it is told something");
    receiver.answer(Answer::Status(200));
    let again = secret_of(&volta.ok(&["desk", "webhook", "set", &receiver.url()])?)?;
    ensure!(first != again, "it has the secret of before");
    let taken = volta.ok(&["desk", "webhook", "test"])?;
    ensure!(taken["state"] == "idle" && taken["taken"].is_string(), "{taken}");
    Ok(())
}

#[test]
fn a_vault_that_is_locked_keeps_what_waits_until_it_is_opened() -> Result<()> {
    let (alice, volta) = (Node::open("Alice")?, volta()?);
    let port = Receiver::nowhere()?;
    volta.ok(&["desk", "webhook", "set", &url(port)])?;
    customer(&alice, &volta)?;
    volta.wait(&["desk", "webhook", "show"], |shown| shown["state"] == "failing")?;
    volta.ok(&["lock"])?;
    let receiver = Receiver::on(port, Answer::Status(200))?;
    std::thread::sleep(std::time::Duration::from_secs(7));
    ensure!(receiver.heard().is_empty(), "a locked vault tells something");
    volta.ok(&["unlock", "--passphrase-file", harness::node::text(&volta.passphrase_file())?])?;
    // A test that is taken sends what waits at once, however long it would have waited.
    volta.ok(&["desk", "webhook", "test"])?;
    let heard = receiver.wait(2)?;
    body_of(&heard, "account.opened")?;
    Ok(())
}
