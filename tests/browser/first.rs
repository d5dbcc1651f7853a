//! The first run in the browser, from the ticket that a node without a vault prints to Home: a language, a passphrase, a
//! file, the first finding, and the 24 words, of which three are typed.

use anyhow::{Context as _, Result, ensure};
use harness::node::{Node, text};
use harness::sample;

use crate::driver::{Browser, Eyes};

/// Goes through the first run; the browser is at Home afterwards, the node open.
fn run(browser: &Browser, node: &Node, tag: &str) -> Result<()> {
    let shot = |step: &str| browser.shot(&format!("first-{tag}-{step}"));
    browser.open(&node.ticket()?)?;
    browser.arrives("/setup/language")?;
    shot("1-language")?;
    browser.click(&format!("a[hreflang={tag}].button"))?;
    browser.arrives("/setup/passphrase")?;
    ensure!(browser.value("html", "lang")? == tag, "the page is not in the language that was chosen");
    shot("2-passphrase")?;
    let offered = browser.text("#suggestion")?;
    ensure!(offered.split('-').count() == 6, "the offer is no six words: {} signs", offered.len());
    browser.type_into("#passphrase", &offered)?;
    browser.type_into("#again", &offered)?;
    browser.type_into("#name", "Alice")?;
    browser.click("main form button.main")?;
    browser.arrives("/setup/import")?;
    shot("3-import")?;
    // A reload loses nothing and asks for nothing twice.
    browser.open(&format!("http://127.0.0.1:{}/setup", node.port()))?;
    browser.arrives("/setup/import")?;

    let file = node.file("mes-puissances.csv", &sample::edf(7, 731))?;
    browser.type_into("#file", text(&file)?)?;
    browser.click("#drop button.main")?;
    browser.arrives("/data/look")?;
    shot("4-look")?;
    browser.click("form[action='/data/keep'] button")?;
    browser.arrives("/setup/finding")?;
    let finding = browser.text("figure.finding .sentence")?;
    ensure!(finding.chars().any(|sign| sign.is_ascii_digit()), "a finding without a number: {finding}");
    ensure!(browser.count("figure.finding svg[role=img]")? == 1, "a finding without its chart");
    shot("5-finding")?;
    browser.click("main a.button.main")?;
    browser.arrives("/setup/words")?;
    let words = browser.texts("ol.sheet li")?;
    ensure!(words.len() == 24, "the sheet has {} words", words.len());
    browser.click("main a.button.main")?;
    browser.arrives("/setup/check")?;
    let asked = places(browser)?;
    // Wrong first: it says so and keeps the person where they are.
    for place in &asked {
        browser.type_into(&format!("#word-{place}"), "abaca")?;
    }
    browser.click("main form button.main")?;
    ensure!(
        browser.text("#problem")?.contains("E0502"),
        "wrong words are not said to be wrong: {}",
        browser.text("#problem")?
    );
    browser.forgive()?;
    shot("6-check")?;
    browser.open(&format!("http://127.0.0.1:{}/setup/check", node.port()))?;
    for place in places(browser)? {
        let word = words.get(place - 1).context("a word that is not on the sheet is asked for")?;
        browser.type_into(&format!("#word-{place}"), word)?;
    }
    browser.click("main form button.main")?;
    browser.arrives("/")?;
    shot("7-home")?;
    let status = node.ok(&["status"])?;
    ensure!(status["state"] == "open" && status["vault"]["words_checked"] == true, "{status}");
    ensure!(status["vault"]["name"] == "Alice" && status["vault"]["readings"].as_u64() > Some(30_000), "{status}");
    Ok(())
}

/// The places of the words that are asked for.
fn places(browser: &Browser) -> Result<Vec<usize>> {
    let names = browser.ask("return [...document.querySelectorAll('input[name^=word-]')].map(field => field.name)")?;
    let names: Vec<String> = serde_json::from_value(names)?;
    let places = names.iter().filter_map(|name| name.strip_prefix("word-")?.parse().ok()).collect::<Vec<usize>>();
    ensure!(places.len() == 3, "{} words are asked for", places.len());
    Ok(places)
}

fn bare() -> Result<Node> {
    let mut node = Node::new()?;
    node.up_with(&[])?;
    Ok(node)
}

#[test]
fn a_first_run_in_french_leads_from_nothing_to_a_finding() -> Result<()> {
    let node = bare()?;
    let browser = Browser::new(Eyes::default())?;
    run(&browser, &node, "fr")
}

#[test]
fn a_first_run_in_english_needs_no_javascript() -> Result<()> {
    let node = bare()?;
    let browser = Browser::new(Eyes { scripts: false, ..Eyes::default() })?;
    browser.open(&node.ticket()?)?;
    browser.open(&format!("http://127.0.0.1:{}/setup/passphrase", node.port()))?;
    // Scripts show this button; here it stays away, which also proves that they do not run.
    ensure!(browser.value("[data-show]", "hidden")? == "true", "scripts run");
    node.ok(&["stop"])?;
    let node = bare()?;
    run(&browser, &node, "en")
}
