//! The webhook at the desk's own page, by clicks alone: set, tested, refused, given a new secret, switched off; with scripts
//! and without, on a desk and on a phone.

use anyhow::{Context as _, Result, ensure};
use harness::node::Node;
use harness::receiver::{Answer, Receiver};

use crate::driver::{Browser, Eyes};
use crate::people::go;
use crate::rooms::{AUDIT, CONTRAST};

const PATH: &str = "/desk/webhook";

/// A desk, its browser, and the system that is told.
struct Story {
    browser: Browser,
    volta: Node,
    receiver: Receiver,
    tag: &'static str,
}

impl Story {
    fn begin(eyes: Eyes, tag: &'static str) -> Result<Self> {
        let (browser, volta, receiver) = (Browser::new(eyes)?, Node::open_desk("Volta")?, Receiver::new()?);
        let way = volta.ok(&["ui", "--print"])?;
        browser.open(way["url"].as_str().context("no ticket")?)?;
        browser.arrives("/desk")?;
        browser.open(&format!("http://127.0.0.1:{}/settings?lang={tag}", volta.port()))?;
        browser.arrives("/settings")?;
        Ok(Self { browser, volta, receiver, tag })
    }

    /// The page in both widths, as a person sees it and as a machine reads it.
    fn look(&self, name: &str) -> Result<()> {
        for width in [1280, 360] {
            self.browser.resize(width)?;
            self.browser.shot(&format!("webhook-{}-{name}-{width}", self.tag))?;
            let found = self.browser.ask("return document.documentElement.scrollWidth")?;
            ensure!(found.as_u64() <= Some(u64::from(width)), "{name} is {found} wide in a window of {width}");
        }
        let heard: Vec<String> = serde_json::from_value(self.browser.ask(AUDIT)?)?;
        ensure!(heard.is_empty(), "{name}: {heard:?}");
        let least = self.browser.ask(CONTRAST)?;
        ensure!(least[0].as_f64().context("no text")? >= 4.5, "{name}: the contrast is {least}");
        self.browser.resize(1280)
    }

    /// The one sentence that says how it fares.
    fn state(&self) -> Result<String> {
        self.browser.text("#state p")
    }

    /// Presses the button of a form, and is led back.
    fn press(&self, what: &str) -> Result<()> {
        self.browser.click(&format!("form[action='{PATH}{what}'] button"))?;
        self.browser.arrives(PATH)
    }

    /// Presses the button of a form, and is told what is wrong.
    fn press_in_vain(&self, what: &str) -> Result<String> {
        self.browser.click(&format!("form[action='{PATH}{what}'] button"))?;
        let problem = self.browser.text("#problem")?;
        self.browser.forgive()?;
        Ok(problem)
    }

    /// Sets it; what is wrong is said and kept to be mended. Gives the secret that is shown.
    fn set(&self) -> Result<String> {
        let browser = &self.browser;
        browser.click("#webhook a.button")?;
        browser.arrives(PATH)?;
        ensure!(browser.count("#off")? == 0 && browser.count("#rotate")? == 0, "there is nothing to switch off");
        browser.type_into("#url", "http://volta.example/hook")?;
        let problem = self.press_in_vain("")?;
        ensure!(problem.contains("E1304"), "{problem}");
        ensure!(browser.value("#url", "value")? == "http://volta.example/hook", "what was typed is gone");
        self.look("1-wrong")?;
        browser.retype("#url", &self.receiver.url())?;
        self.press("")?;
        let secret = browser.value("#secret-text", "value")?;
        ensure!(secret.starts_with("whsec_") && browser.count("p.notice")? == 1, "{}", browser.text("main")?);
        self.look("2-set")?;
        go(browser, &self.volta, PATH)?;
        ensure!(browser.count("#secret")? == 0, "the secret is shown again");
        Ok(secret)
    }
}

fn deal(story: &Story) -> Result<()> {
    let browser = &story.browser;
    let first = story.set()?;
    let before = story.state()?;
    story.press("/test")?;
    ensure!(story.receiver.wait(1)?[0].json()["type"] == "test" && browser.count("p.notice")? == 1, "no test came");
    ensure!(story.state()? != before, "it still says {before}");
    story.look("3-told")?;
    story.receiver.answer(Answer::Status(500));
    let problem = story.press_in_vain("/test")?;
    ensure!(problem.contains("E1003") && problem.contains("500"), "{problem}");
    story.look("4-refused")?;
    story.press("/rotate")?;
    let second = browser.value("#secret-text", "value")?;
    ensure!(second.starts_with("whsec_") && second != first, "the secret is the same");
    story.look("5-rotated")?;
    story.receiver.answer(Answer::Status(410));
    story.press_in_vain("/test")?;
    go(browser, &story.volta, PATH)?;
    ensure!(browser.count("#rotate")? == 0 && story.state()?.contains("410"), "{}", browser.text("main")?);
    story.look("6-gone")?;
    story.press("/off")?;
    ensure!(browser.count("#off")? == 0 && browser.value("#url", "value")?.is_empty(), "it is still there");
    story.look("7-off")
}

#[test]
fn a_webhook_is_set_tested_and_switched_off_at_the_page() -> Result<()> {
    deal(&Story::begin(Eyes::default(), "fr")?)
}

#[test]
fn a_webhook_needs_no_javascript() -> Result<()> {
    deal(&Story::begin(Eyes { scripts: false, ..Eyes::default() }, "en")?)
}
