//! Two people at their own pages: one invites, the other accepts, both see the same six words; one rates, the other
//! chooses how much that weighs and sees it with its reason. Cookies carry the port, so one browser holds both.

use anyhow::{Result, ensure};
use harness::node::Node;

use crate::driver::{Browser, Eyes};

/// Goes into the page of a node.
pub(crate) fn enter(browser: &Browser, node: &Node) -> Result<()> {
    let url = node.ok(&["ui", "--print"])?["url"].as_str().unwrap_or_default().to_owned();
    browser.open(&url)?;
    browser.arrives("/")
}

/// Opens a page of a node in which the person already is. The answer to a form that was sent just before may come after it
/// and take its place: then it is opened again.
pub(crate) fn go(browser: &Browser, node: &Node, path: &str) -> Result<()> {
    let url = format!("http://127.0.0.1:{}{path}", node.port());
    browser.open(&url)?;
    browser.arrives(path).or_else(|_| {
        browser.open(&url)?;
        browser.arrives(path)
    })
}

fn known(node: &Node) -> Result<()> {
    node.wait(&["contact", "list"], |circle| circle["contacts"][0]["standing"] == "known").map(|_| ())
}

fn meet_and_hear(eyes: Eyes, tag: &str) -> Result<()> {
    let (alice, bob) = (Node::open("Alice")?, Node::open("Bob")?);
    let browser = Browser::new(eyes)?;
    let shot = |step: &str| browser.shot(&format!("people-{tag}-{step}"));
    enter(&browser, &alice)?;
    enter(&browser, &bob)?;

    go(&browser, &alice, &format!("/circle?lang={tag}")).or_else(|_| browser.arrives("/circle"))?;
    browser.type_into("#for", "Bob")?;
    browser.click("form[action='/circle/invite'] button")?;
    browser.arrives("/circle/invitation")?;
    let code = browser.value("#invitation-code", "value")?;
    ensure!(code.starts_with("SESAME:"), "the code has no beginning");
    ensure!(browser.count("figure.qr svg[role=img]")? == 1, "there is no picture of the code");
    shot("1-invitation")?;

    go(&browser, &bob, "/circle")?;
    browser.type_into("#code", &code)?;
    browser.type_into("#name", "Alice")?;
    browser.click("form[action='/circle/accept'] button")?;
    browser.arrives("/circle/contact/")?;
    known(&alice)?;
    known(&bob)?;
    let mut seen = Vec::new();
    for node in [&alice, &bob] {
        go(&browser, node, "/circle")?;
        browser.click("ul.people a")?;
        browser.arrives("/circle/contact/")?;
        seen.push(browser.texts("#words > ol.words li")?);
        if node.port() == alice.port() {
            shot("2-words")?;
        }
        browser.click("#words form:has(input[value=yes]) button")?;
        browser.arrives("/circle/contact/")?;
        ensure!(browser.count("p.notice")? == 1, "nothing says that the words were kept");
    }
    ensure!(seen[0].len() == 6 && seen[0] == seen[1], "the words differ: {seen:?}");

    go(&browser, &bob, "/choose")?;
    browser.type_into("#subject", "domain:volta.example")?;
    browser.type_into("#label", "Volta")?;
    browser.type_into("#overall", "82")?;
    browser.type_into("#rate #text", "Des factures claires.")?;
    browser.click("#rate button.main")?;
    browser.arrives("/choose/about?subject=domain")?;
    shot("3-rated")?;
    alice.wait(&["advice"], |advice| advice["subjects"].as_array().is_some_and(|all| !all.is_empty()))?;

    go(&browser, &alice, "/choose/about?subject=domain:volta.example")?;
    ensure!(browser.count("p.score")? == 0, "a word that weighs nothing makes a score");
    go(&browser, &alice, "/circle")?;
    browser.click("ul.people a")?;
    browser.arrives("/circle/contact/")?;
    browser.click("#trust input[value=much]")?;
    browser.click("#trust button")?;
    browser.arrives("/circle/contact/")?;
    go(&browser, &alice, "/choose")?;
    ensure!(browser.text("article.card .figure")?.starts_with("82"), "the card says {}", browser.text("article.card")?);
    shot("4-choose")?;
    go(&browser, &alice, "/choose/about?subject=domain:volta.example")?;
    let reasons = browser.text("ul.ratings")?;
    ensure!(reasons.contains("Bob") && reasons.contains("Des factures claires."), "the reason is {reasons}");
    shot("5-advice")?;
    Ok(())
}

#[test]
fn two_people_meet_and_one_hears_the_other() -> Result<()> {
    meet_and_hear(Eyes::default(), "fr")
}

#[test]
fn two_people_meet_without_javascript() -> Result<()> {
    meet_and_hear(Eyes { scripts: false, ..Eyes::default() }, "en")
}
