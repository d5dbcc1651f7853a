//! The page, the local API and the command line tell the same: one capability, three ways to see it.

use anyhow::{Context as _, Result, ensure};
use harness::http::Ask;
use harness::node::{Node, text};
use harness::sample;
use sesame_api::node::Language;
use sesame_api::words::Words;

#[test]
fn page_api_and_command_show_the_same_totals() -> Result<()> {
    let node = Node::open("Alice")?;
    let path = node.file("meter.csv", &sample::edf(11, 400))?;
    node.ok(&["data", "import", text(&path)?])?;
    let insight = node.ok(&["insight", "energy", "--by", "month"])?;
    let api =
        node.api(&Ask::new("GET", "/v1/insight/energy?by=month").header("Host", "node").header("Connection", "close"))?;
    ensure!(api.status == 200 && api.json() == insight, "the API says {}, the command {insight}", api.text());

    let cookie = node.enter()?;
    let series = insight["series"].as_str().context("no series")?;
    let csv = node.look(&cookie, &format!("/data/series/{series}/totals.csv?by=month"))?;
    let csv = csv.text();
    let totals = insight["totals"].as_array().context("no totals")?;
    for total in totals {
        let (label, energy) = (total["label"].as_str().unwrap_or_default(), total["watt_hours"].to_string());
        let line = csv.lines().find(|line| line.contains(label)).with_context(|| format!("no {label} in {csv}"))?;
        ensure!(line.split([',', ';']).any(|cell| cell == energy), "{label}: {energy} Wh, and the page says {line}");
    }
    let energy = insight["watt_hours"].as_u64().context("no energy")?;
    for (language, tag) in [(Language::En, "en"), (Language::Fr, "fr")] {
        let cookie = format!("{cookie}; sesame-language={tag}");
        let page = node.look(&cookie, &format!("/data/series/{series}?by=month"))?;
        ensure!(page.status == 200, "the page of the series: {}", page.status);
        let words = Words::of(language);
        let month = totals[3]["watt_hours"].as_u64().context("no month")?;
        for shown in [words.energy(energy), words.energy(month)] {
            ensure!(page.text().contains(&shown), "{tag}: {shown:?} is not on the page");
        }
    }
    Ok(())
}

#[test]
fn half_a_watt_hour_is_rounded_alike_everywhere() -> Result<()> {
    let node = Node::open("Alice")?;
    let is_odd = |file: &[u8]| sample::watts(file).iter().sum::<u64>() % 2 == 1;
    let file = (1..20).map(|seed| sample::edf(seed, 3)).find(|file| is_odd(file)).context("no file with a half")?;
    let path = node.file("meter.csv", &file)?;
    node.ok(&["data", "import", text(&path)?])?;
    let series = node.ok(&["data", "list"])?["series"][0]["watt_hours"].clone();
    let insight = node.ok(&["insight"])?["watt_hours"].clone();
    ensure!(series == insight, "the series has {series} Wh, the insight {insight} Wh");
    Ok(())
}

#[test]
fn an_open_node_at_rest_says_what_it_holds() -> Result<()> {
    let mut node = Node::new()?;
    node.costly();
    node.init("Alice")?;
    node.up()?;
    let path = node.file("meter.csv", &sample::edf(11, 731))?;
    node.ok(&["data", "import", text(&path)?])?;
    node.ok(&["insight"])?;
    let Some(memory) = node.memory_kib() else { return Ok(()) };
    println!("memory of an open node with two years of half-hours: {memory} KiB (debug build)");
    // Opening takes 64 MiB for the passphrase alone; what stays held beyond all of it is a leak.
    ensure!(memory < 256 * 1024, "{memory} KiB");
    Ok(())
}
