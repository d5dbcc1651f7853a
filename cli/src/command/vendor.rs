//! `sesame vendor`: the organisations that a person keeps, who they say they are, and doors for them. Accounts are in
//! `account`.

use std::path::Path;

use serde_json::{Value, json};
use sesame_api::vendor::{BlockAsk, Door, SheetField, SheetStanding, Vendor, VendorAsk, Vendors};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, account, code, day, place, short, wording};
use crate::args;
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask};

/// Runs a command about organisations.
pub(super) async fn run(context: &Context, args: &args::Vendor) -> Result<()> {
    use args::Vendor as Args;
    match args {
        Args::Add { link, name } => add(context, link, name).await,
        Args::List => {
            let vendors: Value = context.node().await?.get("vendors", &[]).await?;
            context.output.show(vendors, |words, all: Vendors| list(words, &all))
        }
        Args::Show { vendor } => {
            let vendor: Value = context.node().await?.get(&place("vendors", vendor, ""), &[]).await?;
            context.output.show(vendor, |words, vendor: Vendor| sheet(words, &vendor))
        }
        Args::Look { vendor } => {
            let vendor: Value = context.node().await?.post(&place("vendors", vendor, "/look"), &json!({})).await?;
            context.output.done(vendor, |words, vendor: Vendor| named(words, "cli-vendor-look", &vendor))
        }
        Args::Door { vendor, svg } => door(context, vendor, svg.as_deref()).await,
        Args::Block { vendor, undo, yes } => block(context, vendor, !undo, *yes).await,
        Args::Accounts => account::list(context).await,
        Args::Visit { account } => account::visit(context, account).await,
        Args::Accept { account } => account::answer(context, account, true).await,
        Args::Refuse { account } => account::answer(context, account, false).await,
        Args::Close { account, yes } => account::close(context, account, *yes).await,
    }
}

async fn add(context: &Context, given: &str, name: &str) -> Result<()> {
    let asked = VendorAsk { code: code::read(given)?, name: name.to_owned() };
    let vendor: Value = context.node().await?.post("vendors", &asked).await?;
    context.output.show(vendor, |words, vendor: Vendor| {
        let key = if vendor.name.is_empty() { "cli-vendor-added-nameless" } else { "cli-vendor-added" };
        let sheet = Sheet::new().toned(Tone::Good, named(words, key, &vendor));
        if vendor.seen.is_none() { sheet.line(named(words, "cli-vendor-asking", &vendor)) } else { sheet }
    })
}

async fn door(context: &Context, vendor: &str, svg: Option<&Path>) -> Result<()> {
    let node = context.node().await?;
    code::must_be_new("svg", svg)?;
    let found: Vendor = node.get(&place("vendors", vendor, ""), &[]).await?;
    let door: Value = node.post(&place("vendors", &found.id, "/door"), &json!({})).await?;
    code::save(context, svg, code::of(&door), "cli-door-file")?;
    context.output.show(door, |words, door: Door| door_sheet(words, &found, &door))
}

async fn block(context: &Context, vendor: &str, blocked: bool, yes: bool) -> Result<()> {
    let node = context.node().await?;
    let found: Vendor = node.get(&place("vendors", vendor, ""), &[]).await?;
    if blocked && !yes {
        let question = named(context.words(), "cli-vendor-block-ask", &found);
        if !ask::agrees(context, &question, "vendor block", "--yes")? {
            return Err(Problem::new(Code::Interrupted));
        }
    }
    let vendor: Value = node.post(&place("vendors", &found.id, "/block"), &BlockAsk { blocked }).await?;
    let key = if blocked { "cli-vendor-blocked" } else { "cli-vendor-unblocked" };
    context.output.done(vendor, |words, vendor: Vendor| named(words, key, &vendor))
}

/// A sentence about an organisation, with its name and with an id that can be typed.
fn named(words: &Words, key: &str, vendor: &Vendor) -> String {
    let (name, id) = (wording::organisation(words, &vendor.name, &vendor.id), short(&vendor.id));
    words.with(key, &[("vendor", (&name).into()), ("id", (&id).into())])
}

fn list(words: &Words, all: &Vendors) -> Sheet {
    if all.vendors.is_empty() {
        return Sheet::new().line(words.text("cli-vendors-none"));
    }
    let header = ["cli-organisation", "cli-vendor-profile", "cli-accounts", "cli-id"].map(|key| words.text(key));
    let rows = all.vendors.iter().map(|vendor| {
        let accounts = vendor.accounts.iter().map(|account| wording::account(words, account.standing));
        vec![
            wording::organisation(words, &vendor.name, &vendor.id),
            openness(words, vendor),
            accounts.collect::<Vec<_>>().join(", "),
            short(&vendor.id),
        ]
    });
    let mut sheet = Sheet::new().table(header.to_vec(), rows.collect(), &[]);
    for account in all.vendors.iter().flat_map(|vendor| &vendor.accounts) {
        sheet = account::pending(words, account, sheet);
    }
    sheet
}

/// In a few words: whether it is blocked, was reached, and leaves something unsaid.
fn openness(words: &Words, vendor: &Vendor) -> String {
    if vendor.blocked {
        return words.text("cli-vendor-is-blocked");
    }
    match (&vendor.seen, vendor.missing.len() as u64) {
        (None, _) => words.text("cli-vendor-unseen"),
        (Some(_), count) => words.with("cli-vendor-lacks", &[("count", count.into())]),
    }
}

/// Who an organisation says it is: the fields with whose word stands behind them, what it works with, my accounts.
fn sheet(words: &Words, vendor: &Vendor) -> Sheet {
    let title = wording::organisation(words, &vendor.name, &vendor.id);
    let mut pairs = vec![(words.text("cli-id"), vendor.id.clone())];
    if !vendor.did.is_empty() {
        pairs.push((words.text("cli-identity"), vendor.did.clone()));
    }
    pairs.push((words.text("cli-vendor-since"), day(words, &vendor.since)));
    let seen = vendor.seen.as_ref().map_or_else(|| words.text("cli-vendor-unseen"), |seen| day(words, seen));
    pairs.push((words.text("cli-vendor-seen"), seen));
    let mut sheet = Sheet::new().title(title).pairs(pairs);
    if vendor.blocked {
        sheet = sheet.toned(Tone::Warn, words.text("cli-vendor-is-blocked"));
    }
    if !vendor.sheet.is_empty() {
        let header = ["cli-standing-word", "cli-field", "cli-says", "cli-whose-word"].map(|key| words.text(key));
        let rows = vendor.sheet.iter().map(|field| field_row(words, field)).collect();
        sheet = sheet.gap().table(header.to_vec(), rows, &[]);
    }
    if !vendor.missing.is_empty() {
        let missing = wording::all_said(words, &vendor.missing);
        sheet = sheet.toned(Tone::Warn, words.with("cli-vendor-missing", &[("fields", (&missing).into())]));
    }
    sheet = sheet.gap().pairs(dealings(words, vendor));
    for account in &vendor.accounts {
        sheet = account::about(words, account, sheet);
    }
    if vendor.accounts.is_empty() && !vendor.blocked {
        sheet = sheet.line(named(words, "cli-vendor-next", vendor));
    }
    sheet
}

/// One field: a sign with its word, the field, what it says, and whose word that is.
fn field_row(words: &Words, field: &SheetField) -> Vec<String> {
    let until = field.until.as_ref().map(|until| day(words, until)).unwrap_or_default();
    let (by, how) = (field.by.clone().unwrap_or_default(), field.how.clone().unwrap_or_default());
    let args = [("by", (&by).into()), ("how", (&how).into()), ("until", (&until).into())];
    let (standing, whose) = match field.standing {
        SheetStanding::Proven => ("org-proven", words.with("org-proven-by", &args)),
        SheetStanding::Stated if by.is_empty() => ("org-stated", words.text("org-stated-alone")),
        SheetStanding::Stated => ("org-stated", words.with("org-stated-stranger", &args)),
        SheetStanding::Missing => ("org-missing", words.text("org-missing-mandatory")),
    };
    vec![words.text(standing), wording::said(words, &field.field), field.value.clone(), whose]
}

/// What it claims to be, serves, signs and uses data for.
fn dealings(words: &Words, vendor: &Vendor) -> Vec<(String, String)> {
    let list = |all: &[String], name: fn(&Words, &str) -> String| {
        all.iter().map(|one| name(words, one)).collect::<Vec<_>>().join(", ")
    };
    let as_it_is = |_: &Words, text: &str| text.to_owned();
    let all = [
        ("cli-claims", list(&vendor.subjects, as_it_is)),
        ("cli-market", list(&vendor.markets, as_it_is)),
        ("cli-signs", list(&vendor.terms, wording::terms)),
        ("cli-uses", list(&vendor.uses, wording::purpose)),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (words.text(key), text)).collect()
}

fn door_sheet(words: &Words, vendor: &Vendor, door: &Door) -> Sheet {
    let name = wording::organisation(words, &vendor.name, &vendor.id);
    let (until, id) = (day(words, &door.expires), short(&door.account));
    let args = [("vendor", (&name).into()), ("until", (&until).into()), ("id", (&id).into())];
    let sheet = Sheet::new().title(words.with("cli-door-head", &args)).gap();
    let sheet = code::shown(words, sheet, &door.code, "--svg");
    ["cli-door-say", "cli-door-next"].into_iter().fold(sheet, |sheet, key| sheet.line(words.with(key, &args)))
}

#[cfg(test)]
mod tests;
