//! The story of the demo, step by step. It asks the nodes over their local API like any other client, and believes
//! nothing that they did not answer.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use sesame_api::circle::{
    AcceptAsk, Advice, Circle, Contact, Invitation, InviteAsk, Marks, RateAsk, Rating, Standing, Trust, TrustAsk,
    VerifyAsk,
};
use sesame_api::data::{AllSeries, Import};
use sesame_api::insight::{Finding, Insight};
use sesame_api::node::{Language, Status};
use sesame_api::words::Arg;
use sesame_api::{Code, Problem};

use super::stage::{Actor, Stage};
use super::{Teller, deal};
use crate::Result;
use crate::problem;

/// Two suppliers, by what everybody calls them: they are spoken of whether they have a node or not.
pub(super) const GOOD: &str = "domain:volta-energie.example";
pub(super) const BAD: &str = "domain:grand-courant.example";
/// Electricity, in COICOP 2018.
pub(super) const MARKET: &str = "04.5.1";
/// How long something that crosses the network may take.
const ARRIVES: Duration = Duration::from_secs(30);

/// Tells the whole story.
pub(super) async fn tell(stage: &mut Stage, teller: &mut Teller<'_>) -> Result<()> {
    teller.line("start", "demo-start", &[]).await?;
    data(stage, teller).await?;
    sealed(stage, teller).await?;
    finding(stage, teller).await?;
    meet(stage, teller).await?;
    rate(stage, teller).await?;
    advice(stage, teller).await?;
    deal::tell(stage, teller).await?;
    restart(stage, teller).await?;
    teller.line("end", "demo-end", &[]).await
}

/// Alice drops in two years of her meter.
async fn data(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    let file = sesame_node::sample();
    let query = [("name", "mes-puissances-atteintes-30min.csv")];
    let import: Import = stage.alice.client().await?.send("imports", &query, file, |_, _| ()).await?;
    let facts = [
        ("readings", Arg::Count(import.added)),
        ("days", Arg::Count(import.days)),
        ("missing", Arg::Count(import.missing)),
        ("clock-changes", Arg::Count(import.clock_changes.len() as u64)),
    ];
    teller.line("import", "demo-import", &facts).await
}

/// Her files are searched for what they hold.
async fn sealed(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    // None is shorter than five bytes: what is sealed is chance, and among megabytes of chance three letters do turn up.
    let secrets = ["Alice", "electricity", "mes-puissances", "2025-", "/2025"];
    let mut searched = 0;
    let found = search(&stage.alice.home.join("vault"), &secrets, &mut searched)?;
    if let Some(path) = found {
        return Err(Problem::new(Code::Failed).with("file", path).with("what", "in clear"));
    }
    teller.line("sealed", "demo-sealed", &[("bytes", Arg::Count(searched / 1024))]).await
}

/// What she did not know.
async fn finding(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    let insight: Insight = stage.alice.client().await?.get("insight/energy", &[]).await?;
    let Some(Finding::Night { watts, watt_hours_a_year, percent, hours, .. }) = insight.finding else {
        return Err(Problem::new(Code::Failed).with("what", "no finding"));
    };
    let energy = teller.context.words().energy(watt_hours_a_year);
    let facts = [("watts", Arg::Count(watts)), ("energy", Arg::Text(&energy)), ("percent", Arg::Count(percent))];
    let key = if hours == 24 { "demo-finding-always" } else { "demo-finding-night" };
    teller.line("finding", key, &facts).await
}

/// Alice meets Bob, and Chloé: a link, a secret that works once, six words that both sides see.
async fn meet(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    for guest in [&stage.bob, &stage.chloe] {
        let words = befriend(&stage.alice, guest, teller.context.words().language()).await?;
        teller
            .line("contact", "demo-contact", &[("name", Arg::Text(guest.name)), ("words", Arg::Text(&words))])
            .await?;
    }
    Ok(())
}

async fn befriend(host: &Actor, guest: &Actor, language: Language) -> Result<String> {
    let (alice, other) = (host.client().await?, guest.client().await?);
    let ask = InviteAsk { name: guest.name.to_owned() };
    let invitation: Invitation = wait("invitation", async || match alice.post("invitations", &ask).await {
        Ok(invitation) => Ok(Some(invitation)),
        // Right after the start the node may not know its own address yet.
        Err(problem) if problem.code == Code::Network => Ok(None),
        Err(problem) => Err(problem),
    })
    .await?;
    let ask = AcceptAsk { code: invitation.code, name: host.name.to_owned() };
    let _: Contact = other.post("contacts", &ask).await?;
    let hers = known(host, guest.name).await?;
    let theirs = known(guest, host.name).await?;
    if hers.words_fr != theirs.words_fr || hers.words_en != theirs.words_en {
        return Err(Problem::new(Code::KeyChanged).with("contact", guest.name));
    }
    for (client, contact) in [(&alice, &hers), (&other, &theirs)] {
        let _: Contact = client.post(&format!("contacts/{}/verify", contact.id), &VerifyAsk { same: true }).await?;
    }
    let trust = TrustAsk { trust: Trust::Much };
    let _: Contact = alice.post(&format!("contacts/{}/trust", hers.id), &trust).await?;
    let words = match language {
        Language::En => hers.words_en,
        Language::Fr => hers.words_fr,
    };
    Ok(words.join(" "))
}

/// Waits until both nodes know each other.
async fn known(actor: &Actor, name: &str) -> Result<Contact> {
    let client = actor.client().await?;
    wait("contact", async || {
        let circle: Circle = client.get("contacts", &[]).await?;
        Ok(circle.contacts.into_iter().find(|contact| contact.name == name && contact.standing == Standing::Known))
    })
    .await
}

/// Bob and Chloé say what they think of two companies that have no node.
async fn rate(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    let words = teller.context.words();
    let said = [
        (&stage.bob, GOOD, "Volta Énergie", 84, "demo-said-good"),
        (&stage.bob, BAD, "Grand Courant", 35, "demo-said-fair"),
        (&stage.chloe, BAD, "Grand Courant", 12, "demo-said-bad"),
    ];
    for (actor, subject, label, mark, key) in said {
        let ask = RateAsk {
            subject: subject.to_owned(),
            label: label.to_owned(),
            market: Some(MARKET.to_owned()),
            marks: Marks { overall: Some(mark), ..Marks::default() },
            text: words.text(key),
            ..RateAsk::default()
        };
        let _: Rating = actor.client().await?.post("ratings", &ask).await?;
    }
    teller.line("rating", "demo-rating", &[]).await
}

/// The signed recommendations reach Alice.
async fn advice(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    for (subject, voices) in [(GOOD, 1), (BAD, 2)] {
        let advice = heard(&stage.alice, subject, voices).await?;
        let Some(score) = advice.score else {
            return Err(Problem::new(Code::NotFound).with("what", subject));
        };
        let names: Vec<&str> = advice.reasons.iter().map(|reason| reason.through.as_str()).collect();
        let last = advice.reasons.last().map(|reason| reason.text.as_str()).unwrap_or_default();
        let facts = [
            ("subject", Arg::Text(subject.trim_start_matches("domain:"))),
            ("score", Arg::Count(score.into())),
            ("names", Arg::Text(&names.join(", "))),
            ("text", Arg::Text(last)),
            ("price", Arg::Count(advice.price.into())),
        ];
        teller.line("advice", "demo-advice", &facts).await?;
    }
    Ok(())
}

async fn heard(actor: &Actor, subject: &str, voices: usize) -> Result<Advice> {
    let client = actor.client().await?;
    wait("advice", async || {
        let advice: Advice = client.get("advice", &[("subject", subject)]).await?;
        Ok(Some(advice).filter(|advice| advice.reasons.len() == voices))
    })
    .await
}

/// Alice's and Bob's nodes are killed and started again; nothing is lost.
async fn restart(stage: &mut Stage, teller: &mut Teller<'_>) -> Result<()> {
    let before = held(&stage.alice).await?;
    for actor in [&mut stage.alice, &mut stage.bob] {
        actor.kill();
        actor.start()?;
        actor.unlock().await?;
    }
    let after = held(&stage.alice).await?;
    if before != after {
        let problem = Problem::new(Code::Corrupt).with("expected", json!(before)).with("found", json!(after));
        return Err(problem);
    }
    let facts = [("readings", Arg::Count(after.0)), ("contacts", Arg::Count(after.1)), ("voices", Arg::Count(after.2))];
    teller.line("restart", "demo-restart", &facts).await
}

/// Readings, contacts and voices that Alice holds.
async fn held(actor: &Actor) -> Result<(u64, u64, u64)> {
    let client = actor.client().await?;
    let status: Status = client.get("status", &[]).await?;
    let series: AllSeries = client.get("series", &[]).await?;
    let mut voices = 0;
    for subject in [GOOD, BAD] {
        let advice: Advice = client.get("advice", &[("subject", subject)]).await?;
        voices += advice.reasons.len() as u64;
    }
    let readings = series.series.iter().map(|series| series.readings).sum();
    Ok((readings, status.vault.map_or(0, |vault| vault.contacts), voices))
}

/// Asks again until there is an answer, or it has taken too long.
pub(super) async fn wait<T>(what: &str, mut ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let end = Instant::now() + ARRIVES;
    loop {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        if Instant::now() > end {
            return Err(Problem::new(Code::Busy).with("what", what).with("seconds", ARRIVES.as_secs()));
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// The first file under a folder that holds one of the secrets; counts the bytes that it looked at.
fn search(folder: &Path, secrets: &[&str], searched: &mut u64) -> Result<Option<String>> {
    let entries = std::fs::read_dir(folder).map_err(|error| problem::disk(folder, &error))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if let Some(found) = search(&path, secrets, searched)? {
                return Ok(Some(found));
            }
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|error| problem::disk(&path, &error))?;
        *searched += bytes.len() as u64;
        let holds = |secret: &&str| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        if secrets.iter().any(holds) {
            return Ok(Some(path.display().to_string()));
        }
    }
    Ok(None)
}
