//! The second half of the story: Alice and two suppliers. One says who it is, asks for seven things and gets one, on her
//! terms; the other does not say where it pays its taxes, and her node refuses it by itself.

use std::collections::BTreeMap;

use serde_json::json;
use sesame_api::desk::{self, DataAsk, Desk, OpenAsk, Profile};
use sesame_api::vendor::{
    Account, AccountAnswerAsk, AccountStanding, AnswerAsk, Door, Request, Requests, Share, Stage as Reached, Vendor,
    VendorAsk,
};
use sesame_api::words::Arg;
use sesame_api::{Code, Problem};

use super::Teller;
use super::stage::{Actor, Stage};
use super::story::{BAD, GOOD, MARKET, wait};
use crate::Result;

/// What Volta asks for. A quote needs one of these.
const ASKED: [&str; 7] =
    ["birth_date", "electricity_month_kwh", "email", "family_name", "household_size", "iban", "telephone"];
/// What Volta would like to keep it for.
const ASKED_DAYS: u32 = 365;

/// Tells the second half.
pub(super) async fn tell(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    refused(stage, teller).await?;
    let account = opened(stage, teller).await?;
    let request = requested(stage, teller, &account).await?;
    let share = shared(stage, teller, &request).await?;
    receipt(stage, teller, &share).await?;
    withdrawn(stage, teller, &share).await
}

/// A supplier says who it is; all that is mandatory, but for what it keeps to itself.
async fn publish(actor: &Actor, subject: &str, without: &str) -> Result<String> {
    let client = actor.client().await?;
    let said = [
        ("legal_name", actor.name),
        ("register_number", "RCS Lyon 000 000 000"),
        ("seat", "1 rue de la Pile, 69007 Lyon"),
        ("tax_country", "FR"),
        ("privacy_contact", "donnees@fournisseur.example"),
        ("data_location", "Lyon, FR"),
    ];
    let fields = said.iter().filter(|(field, _)| *field != without);
    let profile = Profile {
        name: actor.name.to_owned(),
        subjects: vec![subject.to_owned()],
        markets: vec![MARKET.to_owned()],
        terms: vec!["SD-BASE".to_owned()],
        uses: vec!["quote".to_owned()],
        fields: fields.map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect(),
    };
    let _: Desk = client.put("desk/profile", &profile).await?;
    wait("link", async || {
        let desk: Desk = client.get("desk", &[]).await?;
        Ok(Some(desk.link).filter(|link| !link.is_empty()))
    })
    .await
}

/// Alice keeps a supplier by its link, and hands it a door; it opens it and asks for an account.
async fn knock(alice: &Actor, supplier: &Actor, link: String) -> Result<Account> {
    let (hers, theirs) = (alice.client().await?, supplier.client().await?);
    let vendor: Vendor = hers.post("vendors", &VendorAsk { code: link, name: String::new() }).await?;
    let door: Door = hers.post(&format!("vendors/{}/door", vendor.id), &json!({})).await?;
    let open =
        OpenAsk { code: door.code, name: "A. M.".to_owned(), message: String::new(), reference: "C-1042".to_owned() };
    let _: desk::Account = theirs.post("desk/doors", &open).await?;
    let mut account: Account = hers.post(&format!("accounts/{}/visit", door.account), &json!({})).await?;
    account = wait("account", async || {
        let found: Account = hers.get(&format!("accounts/{}", door.account), &[]).await?;
        Ok(Some(found).filter(|found| found.standing != AccountStanding::Door))
    })
    .await
    .unwrap_or(account);
    Ok(account)
}

async fn refused(stage: &Stage, teller: &mut Teller<'_>) -> Result<()> {
    let link = publish(&stage.courant, BAD, "tax_country").await?;
    let account = knock(&stage.alice, &stage.courant, link).await?;
    let is_told = account.standing == AccountStanding::Missing && account.missing == ["tax_country"];
    if !is_told {
        return Err(Problem::new(Code::Failed).with("what", "account").with("found", json!(account.standing)));
    }
    // Its desk hears why: the refusal was left there by the same visit, or is by the next.
    let client = stage.courant.client().await?;
    wait("refusal", async || {
        let accounts: desk::Accounts = client.get("desk/accounts", &[]).await?;
        Ok(accounts.accounts.into_iter().find(|account| account.standing == desk::Standing::Missing))
    })
    .await?;
    teller.line("refusal", "demo-refusal", &[("name", Arg::Text(stage.courant.name))]).await
}

async fn opened(stage: &Stage, teller: &mut Teller<'_>) -> Result<Account> {
    let link = publish(&stage.volta, GOOD, "").await?;
    let account = knock(&stage.alice, &stage.volta, link).await?;
    let client = stage.alice.client().await?;
    let yes = AccountAnswerAsk { accept: true };
    let account: Account = client.post(&format!("accounts/{}/answer", account.id), &yes).await?;
    let theirs = stage.volta.client().await?;
    wait("account", async || {
        let accounts: desk::Accounts = theirs.get("desk/accounts", &[]).await?;
        Ok(accounts.accounts.into_iter().find(|account| account.standing == desk::Standing::Open))
    })
    .await?;
    teller.line("account", "demo-account", &[("name", Arg::Text(stage.volta.name))]).await?;
    Ok(account)
}

async fn requested(stage: &Stage, teller: &mut Teller<'_>, account: &Account) -> Result<Request> {
    let ask = DataAsk {
        fields: ASKED.iter().map(|field| (*field).to_owned()).collect(),
        purpose: "quote".to_owned(),
        why: String::new(),
        retention_days: Some(ASKED_DAYS),
        recipients: Vec::new(),
        terms: None,
    };
    let desk = stage.volta.client().await?;
    let _: desk::Account = desk.post(&format!("desk/accounts/{}/ask", account.id), &ask).await?;
    let client = stage.alice.client().await?;
    let _: Account = client.post(&format!("accounts/{}/visit", account.id), &json!({})).await?;
    let request = wait("request", async || {
        let requests: Requests = client.get("requests", &[]).await?;
        Ok(requests.requests.into_iter().find(|request| request.stage == Reached::Asked))
    })
    .await?;
    let facts = [
        ("name", Arg::Text(stage.volta.name)),
        ("count", Arg::Count(request.fields.len() as u64)),
        ("needed", Arg::Count(request.needed.into())),
        ("excess", Arg::Count(request.excess.into())),
        ("days", Arg::Count(request.retention_days.into())),
        ("most", Arg::Count(request.retention_days_justified.into())),
    ];
    teller.line("request", "demo-request", &facts).await?;
    Ok(request)
}

async fn shared(stage: &Stage, teller: &mut Teller<'_>, request: &Request) -> Result<Share> {
    let client = stage.alice.client().await?;
    // Nothing is given but what is needed, with what her own readings say.
    let smaller = AnswerAsk { values: BTreeMap::new(), ..AnswerAsk::default() };
    let _: Share = client.post(&format!("requests/{}/answer", request.id), &smaller).await?;
    let share = reached(stage, &request.id, |share| share.stage == Reached::Shared).await?;
    let (field, value) = share.values.first_key_value().ok_or_else(|| Problem::new(Code::Failed))?;
    if share.values.len() != 1 || field != "electricity_month_kwh" {
        return Err(Problem::new(Code::Failed).with("what", "share"));
    }
    let energy = teller.context.words().energy(1000 * value.parse::<u64>().unwrap_or_default());
    let facts = [
        ("name", Arg::Text(stage.volta.name)),
        ("value", Arg::Text(&energy)),
        ("days", Arg::Count(share.retention_days.into())),
    ];
    teller.line("share", "demo-share", &facts).await?;
    Ok(share)
}

async fn receipt(stage: &Stage, teller: &mut Teller<'_>, share: &Share) -> Result<()> {
    let client = stage.alice.client().await?;
    let receipt: serde_json::Value = client.get(&format!("shares/{}/receipt", share.id), &[]).await?;
    let signatures = receipt["signatures"].as_array().map_or(0, Vec::len) as u64;
    let facts = [("name", Arg::Text(stage.volta.name)), ("signatures", Arg::Count(signatures))];
    teller.line("receipt", "demo-receipt", &facts).await
}

async fn withdrawn(stage: &Stage, teller: &mut Teller<'_>, share: &Share) -> Result<()> {
    let client = stage.alice.client().await?;
    let _: Share = client.post(&format!("shares/{}/withdraw", share.id), &json!({})).await?;
    teller.line("withdrawal", "demo-withdrawal", &[("name", Arg::Text(stage.volta.name))]).await?;
    reached(stage, &share.id, |share| share.deleted.is_some()).await?;
    // What Volta says is held against its own disk, as far as its own program shows it.
    let inbox: desk::Inbox = stage.volta.client().await?.get("desk/inbox", &[]).await?;
    if !inbox.held.is_empty() {
        return Err(Problem::new(Code::Failed).with("what", "deletion"));
    }
    teller.line("deletion", "demo-deletion", &[("name", Arg::Text(stage.volta.name))]).await
}

async fn reached(stage: &Stage, id: &str, is_there: impl Fn(&Share) -> bool) -> Result<Share> {
    let client = stage.alice.client().await?;
    wait("share", async || {
        let share: Share = client.get(&format!("shares/{id}"), &[]).await?;
        Ok(Some(share).filter(&is_there))
    })
    .await
}
