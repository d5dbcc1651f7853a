//! Organisations, as a person deals with them: who they say they are, doors and accounts. What they ask for and were shown
//! is in [`share`](super::share), what I say of them and of myself in [`said`](super::said).

use sesame_api::circle::Waiting;
use sesame_api::vendor::{
    Account, AccountAnswerAsk, AccountStanding, BlockAsk, Door, SheetField, SheetStanding, Vendor, VendorAsk, Vendors,
};
use sesame_api::{Code, Problem};
use sesame_engine::relations::{self, Relation, Standing, Why};
use sesame_engine::{Decision, Opened, Outcome, Unreadable, vendors};
use sesame_protocol::code::Kind;
use sesame_protocol::did;
use sesame_protocol::key::IdentityId;
use sesame_protocol::letter::evidence::Body;
use sesame_protocol::relation::RelationId;

use super::circle::{decide, unexpected, wanted};
use super::{hex, matching, moment};
use crate::app::App;
use crate::runtime::{VaultView, now};

/// The organisations that I keep, by name.
pub(crate) async fn all(app: &App) -> Result<Vendors, Problem> {
    let handle = app.open().await?;
    let found = handle.read(|view| {
        let mut shown = Vec::new();
        for (id, row) in vendors::all(view)? {
            shown.push(vendor(view, &id, &row)?);
        }
        Ok(shown)
    });
    let mut vendors = found.await?;
    vendors.sort_by_key(|vendor| (vendor.name.to_lowercase(), vendor.id.clone()));
    Ok(Vendors { vendors })
}

/// One organisation.
pub(crate) async fn one(app: &App, text: &str) -> Result<Vendor, Problem> {
    let id = find(app, text).await?;
    show(app, id).await
}

/// Keeps an organisation by its link, and looks at who it says it is.
pub(crate) async fn add(app: &App, ask: VendorAsk) -> Result<Vendor, Problem> {
    let made = decide_vendor(app, Decision::Vendor(vendors::Choice::Add { code: ask.code, name: ask.name })).await;
    made.map_err(|problem| wanted(problem, Kind::Link))
}

/// Looks again at who it says it is.
pub(crate) async fn look(app: &App, text: &str) -> Result<Vendor, Problem> {
    let vendor = find(app, text).await?;
    decide_vendor(app, Decision::Vendor(vendors::Choice::Look { vendor })).await
}

/// Wants to hear nothing of it any more, or takes that back.
pub(crate) async fn block(app: &App, text: &str, ask: BlockAsk) -> Result<Vendor, Problem> {
    let vendor = find(app, text).await?;
    decide_vendor(app, Decision::Vendor(vendors::Choice::Block { vendor, blocked: ask.blocked })).await
}

/// Makes a door for an organisation.
pub(crate) async fn door(app: &App, text: &str) -> Result<Door, Problem> {
    let vendor = find(app, text).await?;
    match decide(app, Decision::Relation(relations::Choice::Door { vendor })).await? {
        Outcome::Opened(opened) => Ok(shown_door(opened)),
        other => Err(unexpected(&other)),
    }
}

/// One account.
pub(crate) async fn account(app: &App, text: &str) -> Result<Account, Problem> {
    let id = find_account(app, text).await?;
    show_account(app, id).await
}

/// The accounts that organisations ask for and that I have not decided on, the newest first.
pub(crate) async fn asking(app: &App) -> Result<Vec<Account>, Problem> {
    let handle = app.open().await?;
    let read = handle.read(|view| {
        let mut all = relations::all(view)?;
        all.retain(|(_, row)| row.standing == Standing::Asked);
        all.sort_by_key(|(_, row)| std::cmp::Reverse(row.since));
        all.iter().map(|(id, row)| shown_account(view, id, row)).collect()
    });
    read.await
}

/// Visits the organisation's desk now.
pub(crate) async fn visit(app: &App, text: &str) -> Result<Account, Problem> {
    let relation = find_account(app, text).await?;
    decide_account(app, relations::Choice::Look { relation }).await
}

/// Decides on a request for an account.
pub(crate) async fn answer(app: &App, text: &str, ask: AccountAnswerAsk) -> Result<Account, Problem> {
    let relation = find_account(app, text).await?;
    decide_account(app, relations::Choice::Answer { relation, accept: ask.accept }).await
}

/// Ends an account.
pub(crate) async fn close(app: &App, text: &str) -> Result<Account, Problem> {
    let relation = find_account(app, text).await?;
    decide_account(app, relations::Choice::Close { relation }).await
}

/// An organisation by id, by the beginning of its id, or by name when only one has it.
pub(crate) async fn find(app: &App, text: &str) -> Result<IdentityId, Problem> {
    let wanted = text.trim().to_lowercase();
    let all = app.open().await?.read(|view| vendors::all(view)).await?;
    let named = all.iter().filter(|(_, vendor)| vendor.shown_name().to_lowercase() == wanted).map(|(id, _)| *id);
    let ids = all.iter().map(|(id, _)| (hex(id.as_bytes()), *id));
    matching("vendor", text, named.collect(), &ids.collect::<Vec<_>>())
}

/// An account by id, by the beginning of its id, or by the name of the organisation when there is only one with it.
async fn find_account(app: &App, text: &str) -> Result<RelationId, Problem> {
    let wanted = text.trim().to_lowercase();
    let handle = app.open().await?;
    let read = handle.read(move |view| {
        let vendors = vendors::all(view)?;
        let mut named = Vec::new();
        let all = relations::all(view)?;
        for (id, relation) in &all {
            let vendor = vendors.iter().find(|(vendor, _)| *vendor == relation.vendor);
            let is_live = !matches!(relation.standing, Standing::Closed | Standing::Refused);
            if is_live && vendor.is_some_and(|(_, vendor)| vendor.shown_name().to_lowercase() == wanted) {
                named.push(*id);
            }
        }
        Ok((named, all.iter().map(|(id, _)| (hex(id.as_bytes()), *id)).collect::<Vec<_>>()))
    });
    let (named, ids) = read.await?;
    matching("account", text, named, &ids)
}

async fn decide_vendor(app: &App, decision: Decision) -> Result<Vendor, Problem> {
    match decide(app, decision).await? {
        Outcome::Vendor(id) => show(app, id).await,
        other => Err(unexpected(&other)),
    }
}

async fn decide_account(app: &App, choice: relations::Choice) -> Result<Account, Problem> {
    match decide(app, Decision::Relation(choice)).await? {
        Outcome::Relation(id) => show_account(app, id).await,
        other => Err(unexpected(&other)),
    }
}

async fn show(app: &App, id: IdentityId) -> Result<Vendor, Problem> {
    let handle = app.open().await?;
    let found = handle.read(move |view| match vendors::one(view, &id)? {
        Some(row) => vendor(view, &id, &row).map(Some),
        None => Ok(None),
    });
    found.await?.ok_or_else(|| Problem::new(Code::NotFound))
}

async fn show_account(app: &App, id: RelationId) -> Result<Account, Problem> {
    let handle = app.open().await?;
    let found = handle.read(move |view| match relations::one(view, &id)? {
        Some(row) => shown_account(view, &id, &row).map(Some),
        None => Ok(None),
    });
    found.await?.ok_or_else(|| Problem::new(Code::NotFound))
}

fn vendor(view: &VaultView, id: &IdentityId, row: &vendors::Vendor) -> Result<Vendor, Unreadable> {
    let profile = row.read_profile();
    let mut accounts = Vec::new();
    for (relation, found) in relations::all(view)?.into_iter().filter(|(_, found)| found.vendor == *id) {
        accounts.push(shown_account(view, &relation, &found)?);
    }
    accounts.sort_by(|one, other| other.since.cmp(&one.since));
    let sheet = if row.seen.is_some() { vendors::judge(view, row, now())? } else { Vec::new() };
    let codes =
        |list: fn(&sesame_protocol::document::Profile) -> Vec<String>| profile.as_ref().map(list).unwrap_or_default();
    Ok(Vendor {
        id: hex(id.as_bytes()),
        name: row.shown_name(),
        did: row.key().map(|key| did::to_did(&key)).unwrap_or_default(),
        since: moment(row.since),
        seen: row.seen.map(moment),
        blocked: row.blocked,
        sheet: sheet.into_iter().map(sheet_field).collect(),
        missing: if row.seen.is_some() { row.missing() } else { Vec::new() },
        subjects: codes(|profile| profile.subjects.iter().map(|subject| subject.as_str().to_owned()).collect()),
        markets: codes(|profile| profile.markets.iter().map(|market| market.code().to_owned()).collect()),
        terms: codes(|profile| profile.terms.clone()),
        uses: codes(|profile| profile.uses.clone()),
        accounts,
    })
}

fn sheet_field(judged: vendors::Judged) -> SheetField {
    let vendors::Judged { field, value, mandatory, standing } = judged;
    let (standing, by, how, until) = match standing {
        vendors::Standing::Proven { by, how, until } => {
            (SheetStanding::Proven, Some(by), Some(how), Some(moment(until)))
        }
        vendors::Standing::Stated { by_stranger } => (SheetStanding::Stated, by_stranger, None, None),
        vendors::Standing::Missing => (SheetStanding::Missing, None, None, None),
    };
    SheetField { field, value, mandatory, standing, by, how, until }
}

fn shown_account(view: &VaultView, id: &RelationId, row: &Relation) -> Result<Account, Unreadable> {
    let missing = match &row.standing {
        Standing::Missing(fields) => fields.clone(),
        _ => Vec::new(),
    };
    let vendor = vendors::one(view, &row.vendor)?;
    let request = row.request.as_ref();
    Ok(Account {
        id: hex(id.as_bytes()),
        vendor: hex(row.vendor.as_bytes()),
        vendor_name: vendor.map(|vendor| vendor.shown_name()).unwrap_or_default(),
        standing: match row.standing {
            Standing::Door => AccountStanding::Door,
            Standing::Asked => AccountStanding::Asked,
            Standing::Open => AccountStanding::Open,
            Standing::Refused => AccountStanding::Refused,
            Standing::Missing(_) => AccountStanding::Missing,
            Standing::Closed => AccountStanding::Closed,
        },
        missing,
        since: moment(row.since),
        message: request.map(|request| request.message.clone()).unwrap_or_default(),
        reference: request.map(|request| request.reference.clone()).unwrap_or_default(),
        visited: row.visited.map(moment),
        next: row.is_visited(now()).then(|| moment(row.next)),
        waiting: waiting(view, id, row, |_| true)?,
        door: relations::door(view, id)?.map(shown_door),
    })
}

/// What waits in a relation, why, and what would end it: the door, and letters that were not left yet.
pub(super) fn waiting(
    view: &VaultView,
    id: &RelationId,
    row: &Relation,
    is_shown: impl Fn(&relations::Outgoing) -> bool,
) -> Result<Vec<Waiting>, Unreadable> {
    let why = match row.why {
        None | Some(Why::NotTried) => "not_tried",
        Some(Why::Unreachable) => "unreachable",
        Some(Why::NotOpened) => "not_opened",
        Some(Why::Malformed) => "malformed",
    };
    let mut shown = Vec::new();
    if row.standing == Standing::Door {
        let (since, until) = (moment(row.since), moment(row.expires));
        shown.push(Waiting { what: "door".to_owned(), why: why.to_owned(), since, until });
    }
    for (_, letter) in relations::outgoing(view, id)?.iter().filter(|(_, letter)| is_shown(letter)) {
        let what = match letter.body {
            Body::Answer(_) => "answer",
            Body::Refusal(_) => "refusal",
            Body::Proffer(_) => "offer",
            Body::Presented(_) => "presentation",
            Body::Withdrawal(_) => "withdrawal",
            Body::Closing(_) => "closing",
            _ => "letter",
        };
        let (since, until) = (moment(letter.sent), moment(letter.expires));
        shown.push(Waiting { what: what.to_owned(), why: why.to_owned(), since, until });
    }
    Ok(shown)
}

fn shown_door(opened: Opened) -> Door {
    Door { account: hex(opened.relation.as_bytes()), code: opened.code, expires: moment(opened.expires) }
}
