//! A browser that is driven: Chromium by its own driver, in the protocol of `WebDriver` (W3C) and, where that has no word,
//! of the browser's own tools. One driver and one profile a test; both end with it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use harness::http::Ask;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long the driver may take to start, and a page to show what is waited for.
const TIME_MAX: Duration = Duration::from_secs(20);
/// The name of an element in an answer (`WebDriver`, section 11).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The Tab key (`WebDriver`, section 17.4.2).
pub(crate) const TAB: &str = "\u{e004}";
/// The Enter key.
pub(crate) const ENTER: &str = "\u{e007}";

/// How a page is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Eyes {
    /// Whether pages may run scripts.
    pub(crate) scripts: bool,
    /// The width of the window, in pixels.
    pub(crate) width: u32,
    /// Whether the person likes it dark.
    pub(crate) dark: bool,
}

impl Default for Eyes {
    fn default() -> Self {
        Self { scripts: true, width: 1180, dark: false }
    }
}

/// A browser.
pub(crate) struct Browser {
    child: Child,
    port: u16,
    session: String,
    folder: TempDir,
}

impl Browser {
    /// Starts a browser with a profile of its own.
    pub(crate) fn new(eyes: Eyes) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("sesame-browser-").tempdir()?;
        let said = folder.path().join("driver");
        let child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(File::create(&said)?)
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver is not here; install chromium and chromium-driver")?;
        let mut browser = Self { child, port: 0, session: String::new(), folder };
        browser.port = port(&said)?;
        let mut flags = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--hide-scrollbars".to_owned(),
        ];
        flags.push(format!("--user-data-dir={}", browser.folder.path().join("profile").display()));
        // 1 allows, 2 blocks.
        let scripts = if eyes.scripts { 1 } else { 2 };
        let options = json!({
            "args": flags,
            "prefs": { "profile.managed_default_content_settings.javascript": scripts, "intl.accept_languages": "en" },
        });
        let wanted = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        let made = browser.call("POST", "", &json!({ "capabilities": { "alwaysMatch": wanted } }))?;
        let session = made["sessionId"].as_str().with_context(|| format!("no session in {made}"))?;
        session.clone_into(&mut browser.session);
        browser.resize(eyes.width)?;
        let scheme = if eyes.dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.tool("Emulation.setEmulatedMedia", &features)?;
        Ok(browser)
    }

    /// Opens an address and waits until it is loaded.
    pub(crate) fn open(&self, url: &str) -> Result<()> {
        self.call("POST", "/url", &json!({ "url": url }))?;
        Ok(())
    }

    /// The path of the address that is shown.
    pub(crate) fn path(&self) -> Result<String> {
        let url = self.call("GET", "/url", &Value::Null)?;
        let url = url.as_str().unwrap_or_default();
        Ok(url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default())
    }

    /// Waits until the path begins like this.
    pub(crate) fn arrives(&self, path: &str) -> Result<()> {
        let until = Instant::now() + TIME_MAX;
        loop {
            let here = self.path()?;
            if here == path || (path.len() > 1 && here.starts_with(path)) {
                return self.quiet();
            }
            let page = || self.text("main").unwrap_or_default();
            ensure!(Instant::now() < until, "the page is at {here}, not at {path}\n{}", page());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The text of the first element that fits, as it is seen.
    pub(crate) fn text(&self, css: &str) -> Result<String> {
        let element = self.find(css)?;
        let text = self.call("GET", &format!("/element/{element}/text"), &Value::Null)?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The texts of all elements that fit.
    pub(crate) fn texts(&self, css: &str) -> Result<Vec<String>> {
        let found = self.call("POST", "/elements", &json!({ "using": "css selector", "value": css }))?;
        let mut texts = Vec::new();
        for element in found.as_array().into_iter().flatten() {
            let id = element[ELEMENT].as_str().context("an element without an id")?;
            let text = self.call("GET", &format!("/element/{id}/text"), &Value::Null)?;
            texts.push(text.as_str().unwrap_or_default().to_owned());
        }
        Ok(texts)
    }

    /// How many elements fit.
    pub(crate) fn count(&self, css: &str) -> Result<usize> {
        let found = self.call("POST", "/elements", &json!({ "using": "css selector", "value": css }))?;
        Ok(found.as_array().map_or(0, Vec::len))
    }

    /// The value of an attribute or a property of the first element that fits.
    pub(crate) fn value(&self, css: &str, name: &str) -> Result<String> {
        let element = self.find(css)?;
        let value = self.call("GET", &format!("/element/{element}/property/{name}"), &Value::Null)?;
        Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    /// Clicks the first element that fits.
    pub(crate) fn click(&self, css: &str) -> Result<()> {
        let element = self.find(css)?;
        self.call("POST", &format!("/element/{element}/click"), &json!({})).with_context(|| format!("click {css}"))?;
        Ok(())
    }

    /// Types into the first element that fits; for a file field, the path of the file.
    pub(crate) fn type_into(&self, css: &str, text: &str) -> Result<()> {
        let element = self.find(css)?;
        self.call("POST", &format!("/element/{element}/value"), &json!({ "text": text }))
            .with_context(|| format!("type into {css}"))?;
        Ok(())
    }

    /// Types into the first element that fits, in place of what is in it.
    pub(crate) fn retype(&self, css: &str, text: &str) -> Result<()> {
        let element = self.find(css)?;
        self.call("POST", &format!("/element/{element}/clear"), &json!({})).with_context(|| format!("clear {css}"))?;
        self.type_into(css, text)
    }

    /// Presses keys where the focus is.
    pub(crate) fn press(&self, keys: &str) -> Result<()> {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        self.call("POST", "/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }))?;
        Ok(())
    }

    /// Runs a script of this suite in the page, and gives what it returns.
    pub(crate) fn ask(&self, script: &str) -> Result<Value> {
        self.call("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Fails when the console holds an error or a broken policy since the last look.
    pub(crate) fn quiet(&self) -> Result<()> {
        let said = self.call("POST", "/se/log", &json!({ "type": "browser" }))?;
        let bad: Vec<&str> = said
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| ["SEVERE", "WARNING"].contains(&entry["level"].as_str().unwrap_or_default()))
            .filter_map(|entry| entry["message"].as_str())
            .collect();
        ensure!(bad.is_empty(), "the console of {} says {bad:#?}", self.path()?);
        Ok(())
    }

    /// Forgets what the console held: for a refusal that was wanted.
    pub(crate) fn forgive(&self) -> Result<()> {
        self.call("POST", "/se/log", &json!({ "type": "browser" }))?;
        Ok(())
    }

    /// Saves a picture of the whole page, and holds the page to be quiet.
    pub(crate) fn shot(&self, name: &str) -> Result<PathBuf> {
        self.quiet()?;
        let whole = self.tool("Page.captureScreenshot", &json!({ "captureBeyondViewport": true, "format": "png" }))?;
        let bytes = STANDARD.decode(whole["data"].as_str().context("no picture")?)?;
        let path = shots()?.join(format!("{name}.png"));
        fs::write(&path, bytes)?;
        Ok(path)
    }

    /// Makes the window as wide as this.
    pub(crate) fn resize(&self, width: u32) -> Result<()> {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.tool("Emulation.setDeviceMetricsOverride", &size)?;
        Ok(())
    }

    /// A command of the browser's own tools.
    pub(crate) fn tool(&self, command: &str, parameters: &Value) -> Result<Value> {
        self.call("POST", "/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    fn find(&self, css: &str) -> Result<String> {
        let until = Instant::now() + TIME_MAX;
        loop {
            let found = self.call("POST", "/elements", &json!({ "using": "css selector", "value": css }))?;
            if let Some(id) = found[0][ELEMENT].as_str() {
                return Ok(id.to_owned());
            }
            if Instant::now() > until {
                bail!("there is no {css} at {}", self.path()?);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let target =
            if self.session.is_empty() { "/session".to_owned() } else { format!("/session/{}{path}", self.session) };
        let ask =
            Ask::new(method, &target).header("Host", &format!("localhost:{}", self.port)).header("Connection", "close");
        let ask = if method == "POST" {
            ask.body("application/json; charset=utf-8", body.to_string().as_bytes())
        } else {
            ask
        };
        let reply = ask.to_port(self.port).with_context(|| format!("{method} {path}"))?;
        let value = reply.json()["value"].clone();
        ensure!(reply.status == 200, "{method} {path} {body}: {} {}", reply.status, value["message"]);
        Ok(value)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser; without that the browser would stay.
        if !self.session.is_empty() {
            self.call("DELETE", "", &Value::Null).ok();
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The folder of the pictures.
pub(crate) fn shots() -> Result<PathBuf> {
    let folder = std::env::var_os("SESAME_SHOTS").map_or_else(|| harness::target().join("shots"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The port that the driver says it took.
fn port(said: &Path) -> Result<u16> {
    let until = Instant::now() + TIME_MAX;
    loop {
        let text = fs::read_to_string(said)?;
        let digits = text
            .rsplit("on port ")
            .next()
            .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        if let Some(port) = digits.filter(|_| text.contains("successfully")).and_then(|digits| digits.parse().ok()) {
            return Ok(port);
        }
        ensure!(Instant::now() < until, "chromedriver does not start: {text}");
        std::thread::sleep(Duration::from_millis(30));
    }
}
