//! Every room as different people see it: on a phone's width, in the dark, by keyboard alone; and what a machine can tell
//! of whether a page can be read aloud. A person with a screen reader is still needed for the rest.

use anyhow::{Context as _, Result, ensure};
use harness::node::{Node, PASSPHRASE, text};
use harness::sample;
use serde_json::Value;

use crate::driver::{Browser, ENTER, Eyes, TAB};
use crate::people::{enter, go};

/// The pages that have something to show once there is data.
const ROOMS: [&str; 8] = ["/", "/data", "/who-knows", "/organisations", "/circle", "/choose", "/decide", "/settings"];

/// What is wrong with a page for somebody who hears it or types it; one line each.
pub(crate) const AUDIT: &str = r"
    const faults = [];
    const name = (element) => (element.getAttribute('aria-label') || element.textContent || element.title || '').trim()
        || (element.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent || '').join(' ').trim();
    if (!document.documentElement.lang) faults.push('no language');
    if (document.querySelectorAll('h1').length !== 1) faults.push(document.querySelectorAll('h1').length + ' first headings');
    if (!document.title.includes('Sésame')) faults.push('the title is ' + document.title);
    if (document.querySelectorAll('main').length !== 1) faults.push('not one main part');
    let level = 1;
    for (const heading of document.querySelectorAll('h1,h2,h3,h4')) {
        const here = Number(heading.tagName[1]);
        if (here > level + 1) faults.push('a heading jumps from ' + level + ' to ' + here + ': ' + heading.textContent);
        level = here;
    }
    for (const field of document.querySelectorAll('input:not([type=hidden]),select,textarea')) {
        if (!field.labels?.length && !field.getAttribute('aria-label')) faults.push('a field without a label: ' + field.name);
    }
    for (const link of document.querySelectorAll('a[href],button')) {
        if (!name(link)) faults.push('a link or button without a name: ' + link.outerHTML.slice(0, 80));
    }
    for (const picture of document.querySelectorAll('svg:not([aria-hidden=true]),img')) {
        if (picture.closest('[aria-hidden=true]')) continue;
        if (picture.getAttribute('role') !== 'img' || !name(picture)) faults.push('a picture without a name');
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of ids.filter((id, place) => ids.indexOf(id) !== place)) faults.push('two elements are called ' + id);
    for (const element of document.querySelectorAll('[aria-labelledby],[aria-describedby]')) {
        for (const part of ['aria-labelledby', 'aria-describedby']) {
            for (const id of (element.getAttribute(part) || '').split(' ').filter(Boolean)) {
                if (!document.getElementById(id)) faults.push(part + ' names nothing: ' + id);
            }
        }
    }
    for (const element of document.querySelectorAll('[tabindex]')) {
        if (Number(element.getAttribute('tabindex')) > 0) faults.push('a tabindex above 0');
    }
    return faults;
";

/// The lowest contrast between a text and what is behind it, and which text (WCAG 2.2, 1.4.3).
pub(crate) const CONTRAST: &str = r"
    const parse = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
    const light = (rgb) => {
        const [r, g, b] = rgb.slice(0, 3).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        for (let here = element; here; here = here.parentElement) {
            const colour = parse(getComputedStyle(here).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    let least = [99, ''];
    for (const element of document.querySelectorAll('main *, header *, footer *, nav *')) {
        if (element.closest('svg,.unseen,.skip') || !element.checkVisibility()) continue;
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!own) continue;
        const pair = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
        const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (ratio < least[0]) least = [ratio, element.outerHTML.slice(0, 120)];
    }
    return least;
";

/// A node with data, a contact's invitation and ratings, so that no room is empty.
fn furnished() -> Result<Node> {
    let node = Node::open("Alice")?;
    let path = node.file("mes-puissances.csv", &sample::edf(7, 731))?;
    node.ok(&["data", "import", text(&path)?])?;
    node.ok(&["contact", "invite", "Bob"])?;
    let long = "Une entreprise au nom très long qui ne tient sur aucune ligne de téléphone";
    node.ok(&[
        "rate",
        "domain:grand-courant-et-compagnie-de-distribution.example",
        "--label",
        long,
        "--overall",
        "31",
    ])?;
    node.ok(&[
        "rate",
        "domain:volta.example",
        "--label",
        "Volta",
        "--market",
        "04.5.1",
        "--overall",
        "82",
        "--text",
        "Clair.",
    ])?;
    Ok(node)
}

/// The rooms, and the pages behind them that a person comes to.
fn pages(node: &Node) -> Result<Vec<String>> {
    let list = node.ok(&["data", "list"])?;
    let id = list["series"][0]["id"].as_str().context("no series")?.to_owned();
    let mut pages: Vec<String> = ROOMS.iter().map(|room| (*room).to_owned()).collect();
    pages.push(format!("/data/series/{id}"));
    pages.push("/choose/about?subject=domain:volta.example".to_owned());
    Ok(pages)
}

fn file_name(path: &str) -> String {
    let name: String = path.chars().map(|sign| if sign.is_ascii_alphabetic() { sign } else { '-' }).collect();
    let name = name.trim_matches('-').split("-subject").next().unwrap_or_default().to_owned();
    if name.is_empty() { "home".to_owned() } else { name.chars().take(20).collect() }
}

#[test]
fn every_room_can_be_read_aloud() -> Result<()> {
    let node = furnished()?;
    let browser = Browser::new(Eyes::default())?;
    enter(&browser, &node)?;
    let mut wrong = Vec::new();
    for tag in ["fr", "en"] {
        browser.open(&format!("http://127.0.0.1:{}/settings?lang={tag}", node.port()))?;
        browser.arrives("/settings")?;
        for path in pages(&node)? {
            go(&browser, &node, &path)?;
            let faults: Vec<String> = serde_json::from_value(browser.ask(AUDIT)?)?;
            wrong.extend(faults.into_iter().map(|fault| format!("{tag} {path}: {fault}")));
            browser.shot(&format!("room-{tag}-{}", file_name(&path)))?;
            ensure!(browser.value("html", "lang")? == tag, "{path} is not in {tag}");
        }
    }
    ensure!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[test]
fn nothing_runs_off_a_phone() -> Result<()> {
    let node = furnished()?;
    let browser = Browser::new(Eyes { width: 320, ..Eyes::default() })?;
    enter(&browser, &node)?;
    let mut wrong = Vec::new();
    for tag in ["fr", "en"] {
        browser.open(&format!("http://127.0.0.1:{}/settings?lang={tag}", node.port()))?;
        browser.arrives("/settings")?;
        for path in pages(&node)? {
            go(&browser, &node, &path)?;
            let width = browser.ask("return document.documentElement.scrollWidth")?;
            if width.as_u64() > Some(320) {
                let who = "return [...document.querySelectorAll('main *, header *, footer *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.scroll,.plot,svg')).slice(0, 3).map(e => e.outerHTML.slice(0, 90))";
                wrong.push(format!("{tag} {path}: {width} pixels, {}", browser.ask(who)?));
            }
            if tag == "fr" {
                browser.shot(&format!("phone-{}", file_name(&path)))?;
            }
        }
    }
    ensure!(wrong.is_empty(), "{} pages are too wide\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[test]
fn every_text_can_be_told_from_its_ground_by_day_and_in_the_dark() -> Result<()> {
    let node = furnished()?;
    for dark in [false, true] {
        let browser = Browser::new(Eyes { dark, ..Eyes::default() })?;
        enter(&browser, &node)?;
        let mut least = (99.0, String::new());
        for path in pages(&node)? {
            go(&browser, &node, &path)?;
            let found = browser.ask(CONTRAST)?;
            let ratio = found[0].as_f64().context("no text")?;
            if ratio < least.0 {
                least = (ratio, format!("{path} {}", found[1]));
            }
            if dark {
                browser.shot(&format!("dark-{}", file_name(&path)))?;
            }
        }
        println!("dark {dark}: the lowest contrast is {:.1}, {}", least.0, least.1);
        ensure!(least.0 >= 4.5, "the contrast is {:.2} at {}", least.0, least.1);
        let ground =
            browser.ask("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")?;
        let sum: u64 = ground.as_array().into_iter().flatten().take(3).filter_map(Value::as_u64).sum();
        ensure!((sum < 200) == dark, "the ground is {ground}");
    }
    Ok(())
}

#[test]
fn the_keyboard_alone_is_enough() -> Result<()> {
    let node = furnished()?;
    let browser = Browser::new(Eyes::default())?;
    enter(&browser, &node)?;
    node.ok(&["lock"])?;
    go(&browser, &node, "/unlock")?;
    browser.press(TAB)?;
    let first = browser.ask("return document.activeElement.className")?;
    ensure!(first == "skip", "the first stop is {first}, not the way to the main part");
    reach(&browser, "document.activeElement.id === 'passphrase'", 12)?;
    browser.press(&format!("{PASSPHRASE}{ENTER}"))?;
    browser.arrives("/")?;

    go(&browser, &node, "/choose")?;
    reach(&browser, "document.activeElement.id === 'subject'", 40)?;
    let ring = browser.ask("const style = getComputedStyle(document.activeElement); return [style.outlineStyle, parseFloat(style.outlineWidth)]")?;
    ensure!(ring[0] != "none" && ring[1].as_f64() >= Some(2.0), "the focus cannot be seen: {ring}");
    browser.press("domain:clavier.example")?;
    reach(&browser, "document.activeElement.id === 'overall'", 6)?;
    browser.press("64")?;
    reach(&browser, "document.activeElement.matches('#rate button.main')", 12)?;
    browser.press(ENTER)?;
    browser.arrives("/choose/about?subject=domain")?;
    let ratings = node.ok(&["ratings"])?;
    ensure!(ratings["ratings"][0]["marks"]["overall"] == 64, "{ratings}");
    browser.shot("keyboard-rated")?;
    Ok(())
}

/// Presses Tab until the focus is where it should be.
fn reach(browser: &Browser, fits: &str, most: usize) -> Result<()> {
    for _ in 0..most {
        browser.press(TAB)?;
        if browser.ask(&format!("return {fits}"))? == true {
            return Ok(());
        }
    }
    anyhow::bail!("{most} steps do not lead to where {fits}")
}

#[test]
fn home_is_a_picture_for_the_papers() -> Result<()> {
    let node = furnished()?;
    let browser = Browser::new(Eyes::default())?;
    enter(&browser, &node)?;
    let shot = browser.shot("home")?;
    let picture = std::fs::read(&shot)?;
    ensure!(picture.starts_with(b"\x89PNG") && picture.len() > 20_000, "the picture has {} bytes", picture.len());
    if std::env::var("SESAME_WRITE_DOCS").is_ok_and(|wanted| wanted == "1") {
        let docs = harness::root().join("docs");
        std::fs::create_dir_all(&docs)?;
        std::fs::copy(&shot, docs.join("home.png"))?;
    }
    Ok(())
}
