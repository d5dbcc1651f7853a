//! A person and an organisation at their own pages, from the first run of a desk to the proof that what was shown is
//! deleted, by clicks alone. On the way every page is looked at on a desk and on a phone, read as a screen reader would,
//! and held to its contrast.

#[path = "said.rs"]
mod said;

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use harness::node::Node;

use crate::driver::{Browser, Eyes};
use crate::people::{enter, go};
use crate::rooms::{AUDIT, CONTRAST};

/// How long two nodes may take for what one click begins.
const TIME_MAX: Duration = Duration::from_secs(30);
/// The widths that pages are looked at in: a desk and a phone.
const WIDTHS: [u32; 2] = [1280, 360];

/// What the organisation says of itself, by field.
const SAID: [(&str, &str); 5] = [
    ("legal_name", "Volta SAS"),
    ("register_number", "552 081 317 R.C.S. Lyon"),
    ("seat", "12 rue de la Dynamo, 69003 Lyon"),
    ("privacy_contact", "dpo@volta.example"),
    ("data_location", "Lyon, France"),
];

/// A person and an organisation, and one browser that is at both pages.
struct Story {
    browser: Browser,
    alice: Node,
    volta: Node,
    tag: &'static str,
    /// Whether pages are looked at on the way.
    is_looked_at: bool,
    faults: std::cell::RefCell<Vec<String>>,
}

impl Story {
    fn begin(eyes: Eyes, tag: &'static str, is_looked_at: bool) -> Result<Self> {
        let alice = Node::open("Alice")?;
        let mut volta = Node::new()?;
        volta.up_with(&[])?;
        let browser = Browser::new(eyes)?;
        let story = Self { browser, alice, volta, tag, is_looked_at, faults: std::cell::RefCell::default() };
        story.first_run()?;
        enter(&story.browser, &story.alice)?;
        story.browser.open(&format!("http://127.0.0.1:{}/settings?lang={tag}", story.alice.port()))?;
        story.browser.arrives("/settings")?;
        Ok(story)
    }

    /// The first run of an organisation: a passphrase, and straight to the 24 words.
    fn first_run(&self) -> Result<()> {
        let browser = &self.browser;
        browser.open(&self.volta.ticket()?)?;
        browser.arrives("/setup/language")?;
        browser.click(&format!("a[hreflang={}].button", self.tag))?;
        browser.arrives("/setup/passphrase")?;
        let offered = browser.text("#suggestion")?;
        browser.type_into("#passphrase", &offered)?;
        browser.type_into("#again", &offered)?;
        browser.type_into("#name", "Volta")?;
        ensure!(browser.value("input[name=kind][value=person]", "checked")? == "true", "a person is the ordinary way");
        browser.click("input[name=kind][value=vendor]")?;
        self.look("01-first-run")?;
        browser.click("main form button.main")?;
        browser.arrives("/setup/words")?;
        self.volta("/")?;
        browser.arrives("/desk")?;
        ensure!(browser.count("body.desk")? == 1, "the desk looks like a person's page");
        self.look("02-desk-empty")
    }

    fn alice(&self, path: &str) -> Result<()> {
        go(&self.browser, &self.alice, path)
    }

    fn volta(&self, path: &str) -> Result<()> {
        self.browser.open(&format!("http://127.0.0.1:{}{path}", self.volta.port()))
    }

    /// Opens a page again until something is on it.
    fn until(&self, node: &Node, path: &str, css: &str) -> Result<()> {
        let until = Instant::now() + TIME_MAX;
        loop {
            go(&self.browser, node, path)?;
            if self.browser.count(css)? > 0 {
                return Ok(());
            }
            if Instant::now() > until {
                bail!("{path} has no {css}\n{}", self.browser.text("main")?);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Waits until the page, which a form leads back to, says what was done.
    fn is_done(&self, path: &str) -> Result<()> {
        let until = Instant::now() + TIME_MAX;
        while self.browser.count(".notice")? == 0 {
            ensure!(Instant::now() < until, "{path} does not say what was done");
            std::thread::sleep(Duration::from_millis(50));
        }
        self.browser.arrives(path)
    }

    /// Opens a page again until its main part says something.
    fn until_said(&self, node: &Node, path: &str, words: &str) -> Result<()> {
        let until = Instant::now() + TIME_MAX;
        loop {
            go(&self.browser, node, path)?;
            let said = self.browser.text("main")?;
            if said.contains(words) {
                return Ok(());
            }
            ensure!(Instant::now() < until, "{path} does not say {words:?}\n{said}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Says a thing in the language of the story.
    fn say(&self, english: &'static str, french: &'static str) -> &'static str {
        if self.tag == "fr" { french } else { english }
    }

    /// Looks at the page in both widths, in one of them also as a machine reads it, and keeps what is wrong for the end.
    fn look(&self, name: &str) -> Result<()> {
        self.browser.quiet()?;
        if !self.is_looked_at {
            return Ok(());
        }
        let mut faults = self.faults.borrow_mut();
        for width in WIDTHS {
            self.browser.resize(width)?;
            self.browser.shot(&format!("organisations-{}-{name}-{width}", self.tag))?;
            let found = self.browser.ask("return document.documentElement.scrollWidth")?;
            if found.as_u64() > Some(u64::from(width)) {
                faults.push(format!("{name} is {found} wide in a window of {width}"));
            }
        }
        let heard: Vec<String> = serde_json::from_value(self.browser.ask(AUDIT)?)?;
        faults.extend(heard.into_iter().map(|fault| format!("{name}: {fault}")));
        let least = self.browser.ask(CONTRAST)?;
        if least[0].as_f64().context("no text")? < 4.5 {
            faults.push(format!("{name}: the contrast is {least}"));
        }
        self.browser.resize(WIDTHS[0])
    }

    /// Publishes the profile, with the country of its taxes or without.
    fn publish(&self, tax_country: &str) -> Result<()> {
        let browser = &self.browser;
        self.volta("/desk/profile")?;
        if tax_country.is_empty() {
            for (field, value) in SAID {
                browser.type_into(&format!("#field-{field}"), value)?;
            }
            browser.type_into("#subjects", "domain:volta.example")?;
            browser.click("#market-1 option[value='04.5.1']")?;
            browser.click("input[name=terms][value=SD-BASE]")?;
            browser.click("input[name=uses][value=quote]")?;
        } else {
            browser.type_into("#field-tax_country", tax_country)?;
        }
        browser.click("#profile button.main")?;
        browser.arrives("/desk/profile")?;
        ensure!(browser.count("p.notice")? == 1, "nothing says that it was published");
        Ok(())
    }

    /// Volta publishes and hands out its link; Alice keeps it and sees who it says it is. Gives the page of Volta at Alice's.
    fn meet(&self) -> Result<String> {
        let browser = &self.browser;
        self.publish("")?;
        self.look("03-desk-profile")?;
        ensure!(browser.count("figure.qr svg[role=img]")? == 1, "the link has no picture");
        let link = browser.value("#link-code", "value")?;
        ensure!(link.starts_with("SESAME:L1:"), "the link is {link}");

        self.alice("/organisations")?;
        self.look("04-organisations-empty")?;
        browser.type_into("#code", "SESAME:L1:NONSENSE")?;
        browser.click("form[action='/organisations/add'] button")?;
        ensure!(browser.text("#problem")?.contains("E1306"), "a wrong link is taken: {}", browser.text("#problem")?);
        browser.forgive()?;
        self.alice("/organisations")?;
        browser.type_into("#code", &link)?;
        browser.click("form[action='/organisations/add'] button")?;
        browser.arrives("/organisations/")?;
        let path = browser.path()?;
        self.until(&self.alice, &path, ".sheet-fields")?;
        ensure!(browser.text("h1")? == "Volta", "it is called {}", browser.text("h1")?);
        ensure!(browser.count(".sheet-fields .pill.warn")? == 1, "one mandatory field is missing");
        self.look("05-organisation")?;
        Ok(path)
    }

    /// A door, which Alice's own node keeps shut until Volta says where it pays tax; then an account.
    fn account(&self, path: &str) -> Result<String> {
        let browser = &self.browser;
        browser.click(&format!("form[action='{path}/door'] button"))?;
        browser.arrives(path)?;
        let door = browser.value("#door-code", "value")?;
        ensure!(door.starts_with("SESAME:D1:"), "the door is {door}");
        self.look("06-door")?;

        self.volta("/desk")?;
        browser.type_into("#code", &door)?;
        browser.type_into("#name", "Client 4711")?;
        browser.type_into("#message", self.say("Welcome to Volta.", "Bienvenue chez Volta."))?;
        browser.type_into("#reference", "C-4711")?;
        browser.click("form[action='/desk/open'] button")?;
        browser.arrives("/desk/accounts/")?;
        let account = browser.path()?;
        self.look("07-desk-account")?;

        self.visit(path)?;
        self.until(&self.alice, path, "article .shape.danger")?;
        self.look("08-refused-by-the-node")?;
        let refused = self.say("Refused by the person’s node", "Refusé par le nœud");
        self.until_said(&self.volta, &account, refused)?;
        self.look("09-desk-refused")?;

        self.publish("France")?;
        self.volta(&account)?;
        browser.type_into("#message", self.say("Welcome to Volta.", "Bienvenue chez Volta."))?;
        browser.click("form[action$='/again'] button")?;
        browser.arrives(&account)?;
        self.visit(path)?;
        self.until(&self.alice, path, ".pair")?;
        self.look("10-account-asked")?;
        self.alice("/decide")?;
        self.look("11-decide-account")?;
        self.alice("/")?;
        self.look("12-home")?;
        self.alice(path)?;
        browser.click(".pair form:has(input[value=accept]) button")?;
        browser.arrives(path)?;
        self.until(&self.volta, &account, "#ask")?;
        Ok(account)
    }

    /// Volta asks for four things. Gives the page of the request at Alice's.
    fn ask(&self, path: &str, account: &str) -> Result<String> {
        let browser = &self.browser;
        browser.click("#purpose option[value=quote]")?;
        for field in ["electricity_month_kwh", "household_size", "telephone", "religion"] {
            let group = format!("#ask details:has(input[value={field}]):not([open]) summary");
            if browser.count(&group)? > 0 {
                browser.click(&group)?;
            }
            browser.click(&format!("#ask input[value={field}]"))?;
        }
        browser.type_into("#own", "x_score")?;
        let why = self.say("To send you a price that fits.", "Pour vous envoyer un prix qui convient.");
        browser.type_into("#why", why)?;
        browser.retype("#days", "365")?;
        self.look("13-desk-ask")?;
        browser.click("#ask button.main")?;
        self.is_done(account)?;

        self.visit(path)?;
        self.until(&self.alice, path, "a[href^='/organisations/requests/']")?;
        self.look("14-organisation-open")?;
        self.alice("/decide")?;
        self.look("15-decide-request")?;
        browser.click(".card a[href^='/organisations/requests/']")?;
        browser.arrives("/organisations/requests/")?;
        browser.path()
    }

    /// Alice gives the one thing that is needed, on her terms. Gives the page of the share.
    fn answer(&self) -> Result<String> {
        let browser = &self.browser;
        let asks = self.say("Volta asks for 5 things.", "Volta demande 5 informations.");
        ensure!(browser.text("h1")? == asks, "the verdict is {}", browser.text("h1")?);
        let needs = self.say("A quote needs one. The other 4 are marked.", "Pour un devis, une seule suffit.");
        ensure!(browser.text(".lead")?.starts_with(needs), "{}", browser.text(".lead")?);
        ensure!(browser.count(".tick")? == 5, "five things are asked for");
        ensure!(browser.value(".smaller .tick", "checked")? == "true", "what is needed is ticked");
        let label = || browser.text(".answer .pair button");
        let one = self.say("Answer with one", "Répondre avec une seule");
        ensure!(label()? == one, "the button says {}", label()?);
        // Ticking one more is a choice, and the button says so, without a script.
        browser.click("input[value=household_size]")?;
        let ticked = self.say("Answer with what is ticked", "Répondre avec ce qui est coché");
        ensure!(label()? == ticked, "the button says {}", label()?);
        self.look("16-request")?;
        browser.click(".answer .pair button")?;
        // The browser itself stops nothing here: what is ticked without an answer is said by the node.
        ensure!(browser.text("#problem")?.contains("E1304"), "{}", browser.text("#problem")?);
        browser.forgive()?;
        self.look("17-request-wrong")?;
        browser.click("input[value=household_size]")?;
        browser.type_into("#value-electricity_month_kwh", "412")?;
        browser.click("input[name=remember]")?;
        browser.click(".answer .pair button")?;
        browser.arrives("/who-knows/share/")?;
        browser.path()
    }

    /// It is shown, both have the receipt, and *Who knows what* says who knows what.
    fn shown(&self, share: &str, account: &str) -> Result<()> {
        let browser = &self.browser;
        self.look("18-share-offered")?;
        self.until(&self.alice, share, "#receipt")?;
        self.look("19-share")?;
        let signed = self.say("Both signatures hold.", "Les deux signatures sont valables.");
        ensure!(browser.text("#receipt")?.contains(signed), "{}", browser.text("#receipt")?);
        let cookie = self.alice.enter()?;
        let receipt = self.alice.look(&cookie, &format!("{share}/receipt"))?;
        ensure!(receipt.header("content-type") == Some("application/json"), "the receipt is no file");
        let saved = receipt.header("content-disposition").unwrap_or_default().to_owned();
        ensure!(saved.starts_with("attachment; filename=\"receipt-"), "it is saved as {saved}");
        ensure!(receipt.json()["signatures"].as_array().map(Vec::len) == Some(2), "{}", receipt.text());

        self.alice("/who-knows")?;
        let known = browser.text("main")?;
        ensure!(known.contains("Volta") && known.contains("412"), "{known}");
        self.look("20-who-knows")?;
        self.alice("/")?;
        self.look("21-home-known")?;
        self.until_said(&self.volta, "/desk/inbox", "412")?;
        self.look("22-desk-inbox")?;
        self.volta(account)?;
        self.look("23-desk-held")
    }

    /// Alice takes it back; the three facts follow one another, and nothing is left at Volta's.
    fn withdraw(&self, share: &str, account: &str) -> Result<()> {
        let browser = &self.browser;
        self.alice(share)?;
        browser.click("#withdraw button")?;
        browser.arrives(share)?;
        ensure!(browser.count("#ending li")? == 3, "a withdrawal is three facts");
        let deleted = self.say("They say that it is deleted", "Ils disent l’avoir effacé");
        self.until_said(&self.alice, share, deleted)?;
        ensure!(browser.count("#withdraw")? == 0, "what is over can be taken back again");
        self.look("24-share-deleted")?;
        self.alice("/who-knows")?;
        self.look("25-who-knows-deleted")?;
        self.volta("/desk/inbox")?;
        ensure!(!browser.text("main")?.contains("412"), "the desk still shows it");
        self.volta(account)?;
        ensure!(!browser.text("main")?.contains("412"), "the account still shows it");
        self.look("26-desk-deleted")
    }

    /// Alice offers terms that Volta does not sign at once; a clerk says which would do, she takes them, and it is signed.
    fn alternative(&self, path: &str, account: &str) -> Result<()> {
        let browser = &self.browser;
        self.volta(account)?;
        browser.click("#purpose option[value=quote]")?;
        browser.click("#ask details:has(input[value=postal_code]) summary")?;
        browser.click("#ask input[value=postal_code]")?;
        browser.click("#ask button.main")?;
        self.is_done(account)?;
        self.visit(path)?;
        self.until(&self.alice, path, "a[href^='/organisations/requests/']")?;
        browser.click("a[href^='/organisations/requests/']")?;
        browser.arrives("/organisations/requests/")?;
        let request = browser.path()?;
        browser.type_into("#value-postal_code", "69003")?;
        browser.click("input[value=SD-BASE-DP]")?;
        browser.click(".answer .pair button")?;
        browser.arrives("/who-knows/share/")?;
        let share = browser.path()?;

        self.until(&self.volta, "/desk/decide", ".pair")?;
        self.look("27-desk-decide")?;
        browser.click("select[name=alternative] option[value=SD-BASE-A]")?;
        browser.click(".pair button[formaction$='/refuse']")?;
        browser.arrives(account)?;
        self.visit(path)?;
        self.until(&self.alice, &request, ".terms .pill")?;
        self.look("28-request-alternative")?;
        browser.click("input[value=SD-BASE-A]")?;
        browser.retype("#value-postal_code", "69003")?;
        browser.click(".answer .pair button")?;
        browser.arrives(&share)?;
        self.until(&self.volta, "/desk/decide", ".pair")?;
        browser.click(".pair button")?;
        browser.arrives(account)?;
        self.visit(path)?;
        self.until(&self.alice, &share, "#receipt")?;
        self.alice("/organisations")?;
        self.look("29-organisations")
    }

    /// Alice's node goes to Volta's desk.
    fn visit(&self, path: &str) -> Result<()> {
        self.alice(path)?;
        self.browser.click("form[action$='/visit'] button")?;
        self.browser.arrives(path)
    }

    fn end(self) -> Result<()> {
        let faults = self.faults.into_inner();
        ensure!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
        Ok(())
    }
}

fn deal(story: Story) -> Result<()> {
    let organisation = story.meet()?;
    let account = story.account(&organisation)?;
    story.ask(&organisation, &account)?;
    let share = story.answer()?;
    story.shown(&share, &account)?;
    story.withdraw(&share, &account)?;
    story.alternative(&organisation, &account)?;
    story.facts()?;
    story.attest(&organisation)?;
    story.end()
}

#[test]
fn a_person_deals_with_an_organisation_and_takes_it_all_back() -> Result<()> {
    deal(Story::begin(Eyes { width: WIDTHS[0], ..Eyes::default() }, "fr", true)?)
}

#[test]
fn dealing_with_an_organisation_needs_no_javascript() -> Result<()> {
    deal(Story::begin(Eyes { scripts: false, ..Eyes::default() }, "en", false)?)
}
