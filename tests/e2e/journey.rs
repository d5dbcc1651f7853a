//! Two people, two nodes: one brings data home, they meet, and the one hears what the other thinks of two companies that
//! have never heard of this program.

use anyhow::{Context as _, Result, ensure};
use harness::node::{Node, text};
use harness::sample;
use serde_json::Value;

#[test]
fn a_file_comes_home_once_and_its_totals_are_its_own() -> Result<()> {
    let alice = Node::open("Alice")?;
    let file = sample::edf(7, 731);
    let (values, energy) = (sample::watts(&file).len() as u64, sample::watt_hours(&file));
    let path = alice.file("mes-puissances.csv", &file)?;

    let dry = alice.ok(&["data", "import", text(&path)?, "--dry-run"])?;
    ensure!(dry["added"] == values && dry["dry_run"] == true, "a dry run says {dry}");
    ensure!(alice.ok(&["data", "list"])?["series"] == Value::Array(Vec::new()), "a dry run kept something");

    let import = alice.ok(&["data", "import", text(&path)?])?;
    ensure!(import["readings"] == values && import["added"] == values, "{values} values became {import}");
    ensure!(import["name"] == "mes-puissances.csv" && import["format"] == "edf-30min", "{import}");
    let again = alice.fails(15, &["data", "import", text(&path)?])?;
    ensure!(again.err.contains("E1501"), "{}", again.err);

    let series = alice.ok(&["data", "list"])?["series"][0].clone();
    ensure!(series["readings"] == values && series["watt_hours"] == energy, "{energy} Wh became {series}");
    for by in ["month", "day"] {
        let insight = alice.ok(&["insight", "energy", "--by", by])?;
        let totals = insight["totals"].as_array().context("no totals")?;
        let sum: u64 = totals.iter().filter_map(|total| total["watt_hours"].as_u64()).sum();
        ensure!(insight["watt_hours"] == energy, "{energy} Wh in the file, {} by {by}", insight["watt_hours"]);
        // Each total is rounded to whole watt-hours by itself.
        ensure!(sum.abs_diff(energy) <= totals.len() as u64, "{sum} Wh by {by}, {energy} in the file");
    }
    let insight = alice.ok(&["insight"])?;
    ensure!(insight["finding"]["kind"] == "night", "no finding in {insight}");
    let chart = alice.home().join("../chart.svg");
    alice.ok(&["insight", "--svg", text(&chart)?])?;
    ensure!(std::fs::read_to_string(&chart)?.contains("<svg"), "no chart");
    let out = alice.home().join("../readings.csv");
    alice.ok(&["data", "export", "--out", text(&out)?])?;
    let exported = std::fs::read_to_string(&out)?.lines().count() as u64;
    ensure!(exported == values + 1, "{exported} lines for {values} values and a heading");
    Ok(())
}

/// Two nodes whose people have just met; each knows the other by name.
pub(crate) fn meet() -> Result<(Node, Node)> {
    let (alice, bob) = (Node::open("Alice")?, Node::open("Bob")?);
    let invited = alice.ok(&["contact", "invite", "Bob"])?;
    let code = invited["code"].as_str().context("no code")?;
    let path = bob.file("code.txt", format!("Salut,\n{code}\n").as_bytes())?;
    bob.ok(&["contact", "accept", text(&path)?, "--name", "Alice"])?;
    let is_known = |circle: &Value| circle["contacts"][0]["standing"] == "known";
    alice.wait(&["contact", "list"], is_known)?;
    bob.wait(&["contact", "list"], is_known)?;
    Ok((alice, bob))
}

fn rate(node: &Node, subject: &str, label: &str, overall: &str, words: &str) -> Result<Value> {
    node.ok(&["rate", subject, "--label", label, "--market", "04.5.1", "--overall", overall, "--text", words])
}

fn subjects(advice: &Value) -> Vec<(String, Option<u64>)> {
    let all = advice["subjects"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut subjects: Vec<_> =
        all.iter().map(|one| (one["subject"].as_str().unwrap_or_default().to_owned(), one["score"].as_u64())).collect();
    subjects.sort();
    subjects
}

/// What must be the same before and after a restart; what is only for the moment is left out.
pub(crate) fn held(node: &Node) -> Result<Vec<Value>> {
    let mut contacts = node.ok(&["contact", "list"])?;
    for contact in contacts["contacts"].as_array_mut().into_iter().flatten() {
        contact["linked"] = Value::Null;
        contact["waiting"] = Value::Null;
    }
    let advice = node.ok(&["advice"])?;
    Ok(vec![contacts, node.ok(&["data", "list"])?, node.ok(&["data", "imports"])?, node.ok(&["ratings"])?, advice])
}

#[test]
fn one_hears_the_other_and_nothing_is_lost_when_the_power_goes() -> Result<()> {
    let (mut alice, mut bob) = meet()?;
    let path = alice.file("meter.csv", &sample::edf(3, 60))?;
    alice.ok(&["data", "import", text(&path)?])?;

    let words = |node: &Node| node.ok(&["contact", "list"]).map(|circle| circle["contacts"][0]["words_fr"].clone());
    let (hers, his) = (words(&alice)?, words(&bob)?);
    ensure!(hers == his && hers.as_array().is_some_and(|words| words.len() == 6), "{hers} and {his}");
    for (node, other) in [(&alice, "Bob"), (&bob, "Alice")] {
        let contact = node.ok(&["contact", "verify", other, "--same"])?;
        ensure!(contact["standing"] == "verified", "{contact}");
    }

    rate(&bob, "domain:volta.example", "Volta", "82", "Des factures claires.")?;
    rate(&bob, "domain:grand-courant.example", "Grand Courant", "31", "Trois appels pour un remboursement.")?;
    rate(&bob, "Marcel", "Marcel", "90", "Le boulanger du coin.")?;
    let both = |advice: &Value| advice["subjects"].as_array().is_some_and(|all| all.len() >= 2);
    let silent = alice.wait(&["advice"], both)?;
    ensure!(subjects(&silent).iter().all(|(_, score)| score.is_none()), "a word that weighs nothing counts: {silent}");
    ensure!(!silent.to_string().contains("Marcel"), "a note about somebody local was sent: {silent}");

    alice.ok(&["contact", "trust", "Bob", "much"])?;
    let advice = alice.ok(&["advice"])?;
    let expected =
        [("domain:grand-courant.example".to_owned(), Some(31)), ("domain:volta.example".to_owned(), Some(82))];
    ensure!(subjects(&advice) == expected, "{advice}");
    let one = alice.ok(&["advice", "domain:volta.example"])?;
    let reason = &one["reasons"][0];
    ensure!(
        reason["through"] == "Bob" && reason["text"] == "Des factures claires." && reason["percent"] == 100,
        "{one}"
    );
    let bobs = bob.ok(&["advice", "domain:volta.example"])?;
    ensure!(bobs["score"].is_null(), "his own word counts in his own score: {bobs}");

    let before = (held(&alice)?, held(&bob)?);
    let linked = |circle: &Value| circle["contacts"][0]["linked"] == true;
    // Both at once, as after a power cut in the whole street: each is found where it was.
    bob.kill()?;
    alice.restart()?;
    bob.up()?;
    for node in [&alice, &bob] {
        node.wait(&["contact", "list"], linked)?;
    }
    ensure!(held(&alice)? == before.0, "Alice had {:?} and has {:?}", before.0, held(&alice)?);
    ensure!(held(&bob)? == before.1, "Bob had {:?} and has {:?}", before.1, held(&bob)?);

    bob.ok(&["retract", "domain:volta.example", "--market", "04.5.1"])?;
    rate(&bob, "domain:tiers.example", "Tiers", "55", "")?;
    let news = |advice: &Value| {
        let all = subjects(advice);
        all.iter().any(|(name, score)| name == "domain:tiers.example" && *score == Some(55))
            && all.iter().all(|(name, score)| name != "domain:volta.example" || score.is_none())
    };
    alice.wait(&["advice"], news)?;
    Ok(())
}

#[test]
fn an_invitation_works_once_and_never_for_oneself() -> Result<()> {
    let (alice, bob) = (Node::open("Alice")?, Node::open("Bob")?);
    let code = alice.ok(&["contact", "invite"])?["code"].as_str().context("no code")?.to_owned();
    alice.fails(12, &["contact", "accept", &code])?;
    bob.ok(&["contact", "accept", &code])?;
    bob.wait(&["contact", "list"], |circle| circle["contacts"][0]["standing"] == "known")?;
    let own = bob.ok(&["contact", "list"])?;
    ensure!(
        own["contacts"][0]["name"] == "Alice",
        "a contact without a name of mine has not the name of its card: {own}"
    );
    let chloe = Node::open("Chloé")?;
    // She cannot know that it was used; her node says so as soon as his says so to her.
    chloe.run(&["contact", "accept", &code])?;
    let refused = |circle: &Value| {
        let waiting = circle["contacts"][0]["waiting"].as_array().map(Vec::as_slice).unwrap_or_default();
        waiting.iter().any(|one| one["why"] == "refused")
    };
    chloe.wait(&["contact", "list"], refused)?;
    let hers = alice.ok(&["contact", "list"])?;
    ensure!(hers["contacts"].as_array().is_some_and(|all| all.len() == 1), "{hers}");
    bob.fails(13, &["contact", "accept", "SESAME:1:NOTACODE"])?;
    bob.fails(14, &["contact", "trust", "Nobody", "some"])?;
    Ok(())
}
