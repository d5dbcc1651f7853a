//! `sesame desk`: an organisation's side. What it says of itself is in `desk/profile`, what is printed of accounts and
//! requests in `desk/ledger`, how its own system is told in `desk/webhook`.

mod ledger;
mod profile;
mod webhook;

use std::path::Path;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use sesame_api::client::Client;
use sesame_api::desk::{
    AcceptAsk, Account, Accounts, AgainAsk, AttachAsk, DataAsk, Desk, Inbox, OpenAsk, RefuseAsk, Request,
};
use sesame_api::vendor::{AttestAsk, Attestations, Attested};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, code, day, place, short, wording};
use crate::Result;
use crate::args::{self, Asked};
use crate::sheet::{Sheet, Tone};

/// How long a node that was opened just now may take to listen, before there is no link for want of an address.
const LISTENS_WITHIN: Duration = Duration::from_secs(2);
/// How often it is looked whether it does.
const LOOK: Duration = Duration::from_millis(50);

/// Runs a command of a desk.
pub(super) async fn run(context: &Context, args: &args::Desk) -> Result<()> {
    use args::Desk as Args;
    match args {
        Args::Show => {
            let desk: Value = context.node().await?.get("desk", &[]).await?;
            context.output.show(desk, |words, desk: Desk| profile::sheet(words, &desk))
        }
        Args::Link { svg } => link(context, svg.as_deref()).await,
        Args::Profile(args) => profile::publish(context, args).await,
        Args::Attest { vendor, field, how, days } => {
            let (vendor, field, how) = (vendor.clone(), field.clone(), how.clone());
            attest(context, AttestAsk { vendor, field, how, days: *days }).await
        }
        Args::Attestations => {
            let said: Value = context.node().await?.get("attestations", &[]).await?;
            context.output.show(said, |words, said: Attestations| profile::said(words, &said))
        }
        Args::Attach { code } => {
            let asked = AttachAsk { code: code::read(code)? };
            let desk: Value = context.node().await?.post("desk/attestations", &asked).await?;
            context.output.show(desk, |words, desk: Desk| {
                let sheet = Sheet::new().toned(Tone::Good, words.text("cli-desk-attached"));
                profile::attestations(words, &desk, sheet)
            })
        }
        Args::Open { door, name, letter } => {
            let (message, reference) = (letter.message.clone(), letter.reference.clone());
            let asked = OpenAsk { code: code::read(door)?, name: name.clone(), message, reference };
            let account: Value = context.node().await?.post("desk/doors", &asked).await?;
            done(context, account, "cli-desk-opened")
        }
        Args::Again { account, letter } => {
            let asked = AgainAsk { message: letter.message.clone(), reference: letter.reference.clone() };
            let path = place("desk/accounts", account, "/again");
            let account: Value = context.node().await?.post(&path, &asked).await?;
            done(context, account, "cli-desk-again")
        }
        Args::Ask(asked) => ask(context, asked).await,
        Args::Accept { request, account } => decide(context, request, account, true, None).await,
        Args::Refuse { request, account, alternative } => {
            decide(context, request, account, false, alternative.clone()).await
        }
        Args::Webhook(args) => webhook::run(context, args).await,
        Args::Accounts { .. } | Args::Account { .. } | Args::Inbox => look(context, args).await,
    }
}

/// What only looks at the ledger.
async fn look(context: &Context, args: &args::Desk) -> Result<()> {
    use args::Desk as Args;
    let node = context.node().await?;
    match args {
        Args::Account { account } => {
            let account: Value = node.get(&place("desk/accounts", account, ""), &[]).await?;
            context.output.show(account, |words, account: Account| ledger::account(words, &account))
        }
        Args::Accounts { after } => {
            let query: Vec<(&str, &str)> = after.as_deref().map(|after| ("after", after)).into_iter().collect();
            let page: Value = node.get("desk/accounts", &query).await?;
            context.output.show(page, |words, page: Accounts| ledger::accounts(words, &page))
        }
        _ => {
            let inbox: Value = node.get("desk/inbox", &[]).await?;
            context.output.show(inbox, |words, inbox: Inbox| ledger::inbox(words, &inbox))
        }
    }
}

async fn link(context: &Context, svg: Option<&Path>) -> Result<()> {
    let node = context.node().await?;
    code::must_be_new("svg", svg)?;
    let until = Instant::now() + LISTENS_WITHIN;
    let mut desk: Desk = node.get("desk", &[]).await?;
    while desk.link.is_empty() {
        if Instant::now() > until {
            return Err(Problem::new(Code::Network));
        }
        tokio::time::sleep(LOOK).await;
        desk = node.get("desk", &[]).await?;
    }
    code::save(context, svg, &desk.link, "cli-link-file")?;
    let value = json!({ "code": desk.link, "missing": desk.missing });
    context.output.show(value, |words, link: Link| {
        let sheet = Sheet::new().title(words.text("cli-link-head")).gap();
        let sheet = code::shown(words, sheet, &link.code, "--svg").line(words.text("cli-link-say"));
        profile::lacks(words, &link.missing, sheet)
    })
}

/// The link as it is printed for programs, with what people's nodes would miss.
#[derive(Deserialize)]
struct Link {
    code: String,
    missing: Vec<String>,
}

/// Says that a field of somebody else's profile is true, and prints the code for them.
async fn attest(context: &Context, asked: AttestAsk) -> Result<()> {
    let attested: Value = context.node().await?.post("attestations", &asked).await?;
    context.output.show(attested, |words, attested: Attested| {
        let (field, until) = (wording::said(words, &attested.field), day(words, &attested.until));
        let name = &attested.vendor_name;
        let args = [("vendor", name.into()), ("field", (&field).into()), ("until", (&until).into())];
        let sheet = Sheet::new().title(words.with("cli-attest-head", &args)).gap().line(&attested.code).gap();
        sheet.line(words.with("cli-attest-say", &args))
    })
}

async fn ask(context: &Context, args: &Asked) -> Result<()> {
    let asked = DataAsk {
        fields: args.fields.clone(),
        purpose: args.purpose.clone(),
        why: args.why.clone(),
        retention_days: args.days,
        recipients: args.recipients.clone(),
        terms: args.terms.clone(),
    };
    let path = place("desk/accounts", &args.account, "/ask");
    let account: Value = context.node().await?.post(&path, &asked).await?;
    done(context, account, "cli-desk-asked")
}

/// Signs what a person proffers, or does not.
async fn decide(
    context: &Context,
    request: &str,
    account: &str,
    accept: bool,
    alternative: Option<String>,
) -> Result<()> {
    let node = context.node().await?;
    let (account, request) = find(&node, account, request).await?;
    let (path, key) = if accept { ("/accept", "cli-desk-signed") } else { ("/refuse", "cli-desk-refused") };
    let path = place("desk/requests", &request.id, path);
    let answer: Value = if accept {
        node.post(&path, &AcceptAsk { account: account.id, agreement: request.agreement.clone() }).await?
    } else {
        node.post(&path, &RefuseAsk { account: account.id, alternative }).await?
    };
    done(context, answer, key)
}

/// An account, and the one request in it whose id begins as given.
async fn find(node: &Client, account: &str, given: &str) -> Result<(Account, Request)> {
    let account: Account = node.get(&place("desk/accounts", account, ""), &[]).await?;
    let request = one_of(&account.requests, given)?.clone();
    Ok((account, request))
}

fn one_of<'a>(requests: &'a [Request], given: &str) -> Result<&'a Request> {
    let wanted = given.trim().to_lowercase();
    let mut found =
        requests.iter().filter(|request| request.id == wanted || wanted.len() >= 6 && request.id.starts_with(&wanted));
    match (found.next(), found.next()) {
        (Some(request), None) => Ok(request),
        (Some(_), Some(_)) => {
            Err(Problem::new(Code::BadValue).with("name", "request").with("value", given).with("why", "ambiguous"))
        }
        (None, _) => Err(Problem::new(Code::NotFound).with("what", "request").with("name", given)),
    }
}

/// Says that something was done with an account; what it waits for now is part of the sentence.
fn done(context: &Context, account: Value, key: &str) -> Result<()> {
    context.output.show(account, |words, account: Account| {
        let (name, id) = (called(words, &account.name, &account.id), short(&account.id));
        let args = [("account", (&name).into()), ("id", (&id).into())];
        Sheet::new().toned(Tone::Good, words.with(key, &args))
    })
}

/// How the desk calls an account; without a name, by the beginning of its id.
fn called(words: &Words, name: &str, id: &str) -> String {
    if name.is_empty() { words.with("cli-desk-nameless", &[("id", (&short(id)).into())]) } else { name.to_owned() }
}

#[cfg(test)]
mod tests;
