//! `sesame share`: what organisations were offered and shown, and the way back. The life of a share is told as the facts
//! that it is made of: what was asked of the other side, what it was told, and what it says it did are three things.

use std::path::Path;

use serde_json::{Value, json};
use sesame_api::client::Client;
use sesame_api::vendor::{Share, Shares, Stage, WhoKnows};
use sesame_api::words::Words;

use super::{Context, day, moment, place, short, wording, write_new};
use crate::Result;
use crate::args;
use crate::output::Output;
use crate::sheet::{Sheet, Tone};

/// Runs a command about shares.
pub(super) async fn run(context: &Context, args: &args::Share) -> Result<()> {
    use args::Share as Args;
    let node = context.node().await?;
    match args {
        Args::List => {
            let shares: Value = node.get("shares", &[]).await?;
            context.output.show(shares, |words, all: Shares| list(words, &all))
        }
        Args::Show { share } => {
            let share: Value = node.get(&place("shares", share, ""), &[]).await?;
            context.output.show(share, |words, share: Share| sheet(words, &share))
        }
        Args::Withdraw { share } => {
            let share: Value = node.post(&place("shares", share, "/withdraw"), &json!({})).await?;
            context.output.show(share, |words, share: Share| withdrawn(words, &share))
        }
        Args::Receipt { share, out } => receipt(context, &node, share, out.as_deref()).await,
        Args::WhoKnows => {
            let rows: Value = node.get("who-knows", &[]).await?;
            context.output.show(rows, |words, all: WhoKnows| who_knows(words, &all))
        }
    }
}

/// The receipt as it is: a byte more or less, and its signatures no longer hold.
async fn receipt(context: &Context, node: &Client, share: &str, out: Option<&Path>) -> Result<()> {
    let receipt = node.get_text(&place("shares", share, "/receipt"), &[], context.words().tag()).await?;
    let Some(path) = out else { return Output::raw(receipt.as_bytes()) };
    write_new(path, receipt.as_bytes())?;
    let file = path.display().to_string();
    let value = json!({ "file": file, "bytes": receipt.len() });
    context.output.done(value, |words, _: Value| words.with("cli-receipt-done", &[("file", (&file).into())]))
}

fn list(words: &Words, all: &Shares) -> Sheet {
    if all.shares.is_empty() {
        return Sheet::new().line(words.text("cli-shares-none"));
    }
    let header = ["cli-organisation", "cli-what", "cli-purpose", "cli-standing", "cli-until", "cli-id"];
    let rows = all.shares.iter().map(|share| {
        vec![
            wording::organisation(words, &share.vendor_name, &share.vendor),
            wording::fields(words, share.values.keys()),
            wording::purpose(words, &share.purpose),
            standing(words, share),
            day(words, &share.due),
            short(&share.id),
        ]
    });
    let sheet = Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[]);
    all.shares.iter().fold(sheet, |sheet, share| pending(words, share, sheet))
}

/// How a share stands, in a few words: what came last counts.
fn standing(words: &Words, share: &Share) -> String {
    match (&share.withdrawn, &share.deleted) {
        (_, Some(_)) => words.text("org-state-deleted"),
        _ if share.overdue => words.text("org-state-overdue"),
        (Some(withdrawn), None) if withdrawn.told.is_some() => words.text("org-state-told"),
        (Some(_), None) => words.text("org-state-withdrawn"),
        (None, None) => wording::stage(words, share.stage),
    }
}

fn sheet(words: &Words, share: &Share) -> Sheet {
    let name = wording::organisation(words, &share.vendor_name, &share.vendor);
    let purpose = wording::purpose(words, &share.purpose);
    let title = words.with("cli-share-title", &[("vendor", (&name).into()), ("purpose", (&purpose).into())]);
    let days = words.with("cli-days", &[("days", share.retention_days.into())]);
    let values = share.values.iter().map(|(field, value)| (wording::field(words, field), value.clone()));
    let sheet = Sheet::new().title(title).pairs(values).gap().pairs([
        (words.text("cli-terms"), wording::terms(words, &share.terms)),
        (words.text("cli-kept-for"), days),
        (words.text("cli-until"), day(words, &share.due)),
        (words.text("cli-agreement"), share.agreement.clone()),
        (words.text("cli-id"), share.id.clone()),
    ]);
    let sheet = life(words, share, &name, sheet.gap());
    pending(words, share, sheet)
}

/// What happened to it, in order, each step with when, or that it has not happened.
fn life(words: &Words, share: &Share, name: &str, mut sheet: Sheet) -> Sheet {
    let is_signed = share.shown.is_some() || matches!(share.stage, Stage::Agreed | Stage::Shared);
    sheet = sheet.line(step(words, "offered", name, Some(&share.offered)));
    sheet = match &share.no {
        Some(no) => sheet.line(format!("✕ {}", wording::no(words, name, no))),
        None if is_signed => sheet.line(format!("✓ {}", words.text("cli-share-signed"))),
        None => sheet.line(step(words, "unsigned", name, None)),
    };
    if share.shown.is_some() || share.no.is_none() && share.withdrawn.is_none() {
        sheet = sheet.line(step(words, "shown", name, share.shown.as_ref()));
        sheet = sheet.line(step(words, "receipt", name, share.received.as_ref()));
    }
    if let Some(withdrawn) = &share.withdrawn {
        sheet = sheet.line(step(words, "withdrawn", name, Some(&withdrawn.at)));
        sheet = sheet.line(step(words, "told", name, withdrawn.told.as_ref()));
        if share.shown.is_some() && share.deleted.is_none() {
            let until = day(words, &withdrawn.deadline);
            sheet = sheet.line(format!("○ {}", words.with("cli-share-proof-due", &[("until", (&until).into())])));
        }
    }
    if let Some(deleted) = &share.deleted {
        let (at, how) = (moment(words, &deleted.at), wording::known(words, "org-deleted", &deleted.how));
        let args = [("vendor", name.into()), ("at", (&at).into()), ("how", (&how).into())];
        sheet = sheet.line(format!("✓ {}", words.with("cli-share-deleted", &args)));
    }
    if share.overdue {
        sheet = sheet.toned(Tone::Bad, words.with("cli-share-overdue", &[("vendor", name.into())]));
    }
    sheet
}

/// One step: a sign, what happened, and when; or what has not happened yet.
fn step(words: &Words, what: &str, name: &str, at: Option<&String>) -> String {
    let (sign, when) = match at {
        Some(at) => ('✓', moment(words, at)),
        None => ('○', "no".to_owned()),
    };
    let args = [("what", what.into()), ("vendor", name.into()), ("when", (&when).into())];
    format!("{sign} {}", words.with("cli-share-step", &args))
}

/// What waits, why, and what would end it.
pub(super) fn pending(words: &Words, share: &Share, sheet: Sheet) -> Sheet {
    let name = wording::organisation(words, &share.vendor_name, &share.vendor);
    let lines = share.waiting.iter().map(|waiting| wording::waiting(words, &name, waiting));
    lines.fold(sheet, |sheet, line| sheet.toned(Tone::Warn, line))
}

/// What a withdrawal does, and what it cannot do.
fn withdrawn(words: &Words, share: &Share) -> Sheet {
    let name = wording::organisation(words, &share.vendor_name, &share.vendor);
    let deadline = share.withdrawn.as_ref().map(|withdrawn| day(words, &withdrawn.deadline)).unwrap_or_default();
    let key = if share.shown.is_some() { "cli-share-withdrawn" } else { "cli-share-withdrawn-unseen" };
    let args = [("vendor", (&name).into()), ("until", (&deadline).into())];
    pending(words, share, Sheet::new().toned(Tone::Good, words.with(key, &args)))
}

fn who_knows(words: &Words, all: &WhoKnows) -> Sheet {
    if all.rows.is_empty() {
        return Sheet::new().line(words.text("cli-knows-none"));
    }
    let header = ["cli-organisation", "cli-what", "cli-value", "cli-purpose", "cli-since", "cli-until", "cli-standing"];
    let rows = all.rows.iter().map(|row| {
        vec![
            wording::organisation(words, &row.vendor_name, &row.vendor),
            wording::field(words, &row.field),
            row.value.clone(),
            wording::purpose(words, &row.purpose),
            day(words, &row.since),
            day(words, &row.until),
            wording::state(words, row.state),
        ]
    });
    Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[])
}

#[cfg(test)]
mod tests;
