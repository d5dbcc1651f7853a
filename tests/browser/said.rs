//! What a person says at the page: of themselves, to be suggested, and of an organisation, for it to show.

use anyhow::{Context as _, Result, ensure};
use harness::node::Node;

use super::Story;

impl Story {
    /// Alice sees what was remembered and who asked for it, changes it, adds to it and forgets it.
    pub(super) fn facts(&self) -> Result<()> {
        let browser = &self.browser;
        self.alice("/data")?;
        let facts = browser.text("#facts")?;
        let asked = self.say("Asked for last by Volta", "Demandé en dernier par Volta");
        ensure!(facts.contains("412") && facts.contains(asked), "{facts}");
        browser.click("#facts li details summary")?;
        self.look("30-facts")?;
        browser.retype("#value-1", "433")?;
        browser.click("#facts li form[action='/data/facts'] button")?;
        self.is_done("/data")?;
        ensure!(browser.text("#facts li")?.contains("433"), "{}", browser.text("#facts li")?);

        browser.type_into("#fact-value", "+33 6 00 00 00 00")?;
        browser.click("#facts > form button")?;
        ensure!(browser.text("#problem")?.contains("E1304"), "{}", browser.text("#problem")?);
        ensure!(browser.value("#fact-value", "value")?.starts_with("+33"), "what was typed is gone");
        browser.forgive()?;
        self.look("31-facts-wrong")?;
        browser.click("#fact-field option[value=telephone]")?;
        browser.click("#facts > form button")?;
        self.is_done("/data")?;
        let unasked = self.say("Nobody has asked for it yet", "Personne ne l’a encore demandé");
        ensure!(browser.count("#facts li")? == 2, "{}", browser.text("#facts")?);
        // Volta did ask for the telephone, among too many things: that is said, too.
        ensure!(!browser.text("#facts")?.contains(unasked), "{}", browser.text("#facts")?);
        for left in [1, 0] {
            browser.click("#facts li details summary")?;
            browser.click("#facts li form[action$='/forget'] button")?;
            self.is_done("/data")?;
            ensure!(browser.count("#facts li")? == left, "{}", browser.text("#facts")?);
        }
        self.look("32-facts-none")
    }

    /// Alice says that the seat is where they say; Volta attaches it, and says something of another organisation itself.
    pub(super) fn attest(&self, path: &str) -> Result<()> {
        let browser = &self.browser;
        self.alice(path)?;
        browser.click("#said details summary")?;
        browser.click("#word input[value=seat]")?;
        browser.type_into("#how", self.say("I was there on 3 May.", "J’y étais le 3 mai."))?;
        browser.retype("#days", "90")?;
        self.look("33-attest")?;
        browser.click("#word button")?;
        self.is_done(path)?;
        browser.click("#said li details summary")?;
        self.look("34-attested")?;
        let code = browser.value("#said textarea", "value")?;
        ensure!(code.starts_with("SESAME:A1:"), "the attestation is {code}");
        let file = browser.value("#said a[download]", "pathname")?;
        let saved = self.alice.look(&self.alice.enter()?, &file)?;
        ensure!(saved.text().trim() == code, "the file holds {}", saved.text());
        let name = saved.header("content-disposition").context("no name")?;
        ensure!(name == "attachment; filename=\"attestation-seat.txt\"", "it is saved as {name}");

        self.volta("/desk/attestations")?;
        self.look("35-desk-attestations-empty")?;
        browser.type_into("#code", &self.link()?)?;
        browser.click("form[action='/desk/attestations'] button")?;
        let other = self.say("This is the link of an organisation", "C’est le lien d’une organisation");
        ensure!(browser.text("#problem")?.contains(other), "{}", browser.text("#problem")?);
        browser.forgive()?;
        self.look("36-desk-attestations-wrong")?;
        browser.retype("#code", &code)?;
        browser.click("form[action='/desk/attestations'] button")?;
        self.is_done("/desk/attestations")?;
        ensure!(browser.text("#attestations")?.contains("Alice"), "{}", browser.text("#attestations")?);
        self.attest_another()
    }

    fn link(&self) -> Result<String> {
        let desk = self.volta.ok(&["desk", "link"])?;
        Ok(desk["code"].as_str().context("no link")?.to_owned())
    }

    /// The desk looks at another organisation, and says that it is so.
    fn attest_another(&self) -> Result<()> {
        let browser = &self.browser;
        let courant = Node::open_desk("Grand Courant")?;
        courant.ok(&[
            "desk",
            "profile",
            "--name",
            "Grand Courant",
            "--set",
            "seat=Lille",
            "--set",
            "tax_country=FR",
        ])?;
        let link = courant.ok(&["desk", "link"])?["code"].as_str().context("no link")?.to_owned();
        browser.type_into("#link", &link)?;
        browser.click("form[action='/desk/attestations/of'] button")?;
        browser.arrives("/desk/attestations/of/")?;
        let path = browser.path()?;
        self.until(&self.volta, &path, "#word")?;
        ensure!(browser.text("h1")? == "Grand Courant", "it is called {}", browser.text("h1")?);
        browser.click("#word input[value=seat]")?;
        browser.type_into("#how", self.say("Seen in the register.", "Vu au registre."))?;
        browser.retype("#days", "30")?;
        self.look("37-desk-attest")?;
        browser.click("#word button")?;
        self.is_done(&path)?;
        // They say something else from now on, and the attestation says nothing of that.
        courant.ok(&["desk", "profile", "--set", "seat=Paris"])?;
        browser.click("form[action$='/look'] button")?;
        self.until(&self.volta, &path, "#said .pill.warn")?;
        self.look("38-desk-attest-changed")?;
        self.volta("/desk/attestations")?;
        ensure!(browser.text("#said")?.contains("Grand Courant"), "{}", browser.text("#said")?);
        self.look("39-desk-attestations")?;
        self.volta("/desk/profile")?;
        self.look("40-desk-profile")
    }
}
