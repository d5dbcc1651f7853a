//! The desk, as an organisation works behind it: its profile, accounts, requests and what is held.

use std::sync::Arc;

use sesame_api::desk::{
    AcceptAsk, Account, Accounts, AgainAsk, AttachAsk, DataAsk, Desk, DeskAttestation, Inbox, OpenAsk, Profile,
    ProfileField, RefuseAsk, Request, Stage, Standing,
};
use sesame_api::{Code, Problem};
use sesame_engine::desk::{self, Account as Row, Request as RequestRow, Task, Undone};
use sesame_engine::{Decision, Unreadable, limits, own, profile};
use sesame_protocol::agreement::Proffered;
use sesame_protocol::code::Kind;
use sesame_protocol::did;
use sesame_protocol::document::{Body, DocumentId, MANDATORY, OPTIONAL};
use sesame_protocol::door::Door;
use sesame_protocol::letter::LetterId;
use sesame_protocol::letter::evidence::{AccountRequest, DataRequest};
use sesame_protocol::relation::RelationId;
use sesame_protocol::terms::purpose::Purpose;
use sesame_protocol::terms::roster::Roster;
use sesame_protocol::text;

use super::circle::{bad_code, decide, wanted};
use super::{hex, moment, unhex};
use crate::app::{App, blocking};
use crate::runtime::{Counter, VaultView, chance, now};

/// Days for which data is asked for when nothing is said.
const RETENTION_DAYS: u32 = 30;

/// The organisation itself.
pub(crate) async fn desk(app: &App) -> Result<Desk, Problem> {
    let read = at_desk(app, |view| {
        let me = own::load(view)?;
        let published = profile::published(view)?;
        let draft = published.as_ref().map(|(draft, _)| draft.clone()).unwrap_or_default();
        let is_blank = |field: &&&str| draft.fields.get(**field).is_none_or(|value| value.trim().is_empty());
        let mandatory = MANDATORY.iter().map(|field| (field, true));
        let optional = OPTIONAL.iter().map(|field| (field, false));
        Ok(Desk {
            name: own::name(view)?,
            did: did::to_did(&me.identity.public()),
            link: profile::link(view)?.unwrap_or_default(),
            published: published.is_some(),
            missing: MANDATORY.iter().filter(is_blank).map(|field| (*field).to_owned()).collect(),
            fields: mandatory
                .chain(optional)
                .map(|(field, mandatory)| ProfileField { field: (*field).to_owned(), mandatory })
                .collect(),
            attestations: profile::attestations(view, now())?.iter().filter_map(attestation).collect(),
            profile: shown_profile(draft),
        })
    });
    read.await
}

/// Says this of itself from now on.
pub(crate) async fn publish(app: &App, ask: Profile) -> Result<Desk, Problem> {
    let Profile { name, subjects, markets, terms, uses, fields } = ask;
    let draft = profile::Draft { name, subjects, markets, terms, uses, fields };
    decide(app, Decision::Profile(profile::Choice::Publish(draft))).await?;
    app.open().await?.counter().renew();
    desk(app).await
}

/// Keeps what somebody says of its profile.
pub(crate) async fn attach(app: &App, ask: AttachAsk) -> Result<Desk, Problem> {
    let made = decide(app, Decision::Profile(profile::Choice::Attach { code: ask.code })).await;
    made.map_err(|problem| wanted(problem, Kind::Attestation))?;
    app.open().await?.counter().renew();
    desk(app).await
}

/// Opens a person's door.
pub(crate) async fn open(app: &App, ask: OpenAsk) -> Result<Account, Problem> {
    let door = Door::parse(&ask.code).map_err(|error| wanted(bad_code(&error), Kind::Door))?;
    let request = account_request(&ask.message, &ask.reference)?;
    let name = ask.name.trim().to_owned();
    if name.chars().count() > limits::NAME_CHARS_MAX {
        return Err(Problem::new(Code::BadValue).with("name", "name").with("most", limits::NAME_CHARS_MAX));
    }
    let opened = at_counter(app, move |counter, desk, runtime| {
        let mut rng = chance();
        let opening = (name.as_str(), request);
        runtime.block_on(desk::open(counter, desk, &door, opening, now(), &mut rng))
    });
    let id = opened.await?;
    show(app, id).await
}

/// A page of accounts.
pub(crate) async fn accounts(app: &App, after: Option<&str>) -> Result<Accounts, Problem> {
    let after = after.map(unhex::<32>).transpose()?.map(RelationId::from_bytes);
    let read = at_desk(app, move |view| {
        let rows = desk::accounts(view, after.as_ref(), limits::DESK_PAGE_MAX)?;
        let next = (rows.len() == limits::DESK_PAGE_MAX).then(|| rows.last().map(|row| hex(row.id().as_bytes())));
        let accounts = rows.iter().map(|row| account(view, row)).collect::<Result<Vec<_>, _>>()?;
        Ok(Accounts { accounts, next: next.flatten() })
    });
    read.await
}

/// One account.
pub(crate) async fn one(app: &App, text: &str) -> Result<Account, Problem> {
    let id = find(app, text).await?;
    show(app, id).await
}

/// Asks for the account once more, after the person's node refused it.
pub(crate) async fn again(app: &App, text: &str, ask: AgainAsk) -> Result<Account, Problem> {
    let request = account_request(&ask.message, &ask.reference)?;
    act(app, text, Task::Request(request)).await
}

/// Asks for data.
pub(crate) async fn ask(app: &App, text: &str, ask: DataAsk) -> Result<Account, Problem> {
    let bad =
        |name: &str, why: &dyn std::fmt::Display| Problem::new(Code::BadValue).with("name", name).with("why", why);
    Purpose::parse(&ask.purpose).map_err(|error| bad("purpose", &error))?;
    let terms = ask.terms.unwrap_or_else(|| Roster::Base.id().to_owned());
    Roster::parse(&terms).map_err(|error| bad("terms", &error))?;
    let mut fields: Vec<String> = ask.fields.iter().map(|field| field.trim().to_owned()).collect();
    fields.sort();
    fields.dedup();
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(|error| Problem::new(Code::Failed).with("why", error))?;
    let asked = DataRequest {
        fields,
        purpose: ask.purpose,
        why: text::clean_prose(&ask.why),
        retention_days: ask.retention_days.unwrap_or(RETENTION_DAYS),
        recipients: ask.recipients.iter().map(|recipient| recipient.trim().to_owned()).collect(),
        terms,
        nonce,
    };
    asked.validate().map_err(|error| bad("request", &error))?;
    act(app, text, Task::Ask(asked)).await
}

/// Signs what a person proffers.
pub(crate) async fn accept(app: &App, request: &str, ask: AcceptAsk) -> Result<Account, Problem> {
    let request = LetterId::from_bytes(unhex(request)?);
    let seen = ask.agreement.filter(|cid| !cid.is_empty()).map(|cid| DocumentId::from_cid(&cid)).transpose();
    let seen = seen.map_err(|error| Problem::new(Code::BadValue).with("name", "agreement").with("why", error))?;
    act(app, &ask.account, Task::Accept(request, seen)).await
}

/// Does not sign it; perhaps other terms would do.
pub(crate) async fn refuse(app: &App, request: &str, ask: RefuseAsk) -> Result<Account, Problem> {
    let request = LetterId::from_bytes(unhex(request)?);
    let alternative = ask.alternative.filter(|terms| !terms.trim().is_empty());
    if let Some(Err(error)) = alternative.as_deref().map(Roster::parse) {
        return Err(Problem::new(Code::BadValue).with("name", "alternative").with("why", error));
    }
    act(app, &ask.account, Task::Refuse(request, alternative)).await
}

/// What is held, soonest end first, and what waits for a decision.
pub(crate) async fn inbox(app: &App) -> Result<Inbox, Problem> {
    let read = at_desk(app, |view| {
        let of = |whens: Vec<(sesame_protocol::time::Timestamp, RelationId, LetterId)>| {
            let mut shown = Vec::new();
            for (_, relation, id) in whens {
                let Some((row, _)) = desk::load(view, &relation)? else { continue };
                shown.extend(row.requests.iter().filter(|found| found.id == id).map(|found| request(&row, found)));
            }
            Ok::<_, Unreadable>(shown)
        };
        let todo = of(desk::todo(view, limits::DESK_PAGE_MAX)?)?;
        let mut held = of(desk::due(view, limits::DESK_PAGE_MAX)?)?;
        held.retain(|request| request.stage == Stage::Held);
        Ok(Inbox { todo, held })
    });
    read.await
}

async fn act(app: &App, text: &str, task: Task) -> Result<Account, Problem> {
    let id = find(app, text).await?;
    let done = at_counter(app, move |counter, desk, runtime| {
        let mut rng = chance();
        runtime.block_on(desk::act(counter, desk, &id, task, now(), &mut rng))
    });
    done.await?;
    show(app, id).await
}

/// Does something at the counter, on a thread where blocking is fine.
async fn at_counter<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&Counter, &desk::Desk, &tokio::runtime::Handle) -> Result<T, Undone> + Send + 'static,
) -> Result<T, Problem> {
    let counter = app.open().await?.counter().clone();
    blocking(move || {
        let desk: Option<Arc<desk::Desk>> = counter.desk().map_err(|_| Problem::new(Code::Busy))?;
        let desk = desk.ok_or_else(not_a_desk)?;
        work(&counter, &desk, &tokio::runtime::Handle::current()).map_err(undone_problem)
    })
    .await
}

/// Reads what a desk has; a person's node has none, and says so rather than that nothing is there.
async fn at_desk<T: Send + 'static>(
    app: &App,
    read: impl FnOnce(&VaultView) -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, Problem> {
    let handle = app.open().await?;
    let found = handle.read(|view| if own::is_person(view)? { Ok(None) } else { read(view).map(Some) });
    found.await?.ok_or_else(not_a_desk)
}

fn undone_problem(undone: Undone) -> Problem {
    match undone {
        Undone::NoAccount => Problem::new(Code::NotFound),
        Undone::OpenAlready => Problem::new(Code::Invitation).with("why", "door-open"),
        Undone::OtherVendor => Problem::new(Code::Invitation).with("why", "door-other"),
        Undone::Ended => Problem::new(Code::Invitation).with("why", "door-ended"),
        Undone::Cannot(desk::Cannot::NothingThere) => Problem::new(Code::NothingToDecide),
        Undone::Cannot(desk::Cannot::NotOpen) => Problem::new(Code::Refused).with("reason", "not-open"),
        Undone::Cannot(desk::Cannot::TooMany) => Problem::new(Code::Refused).with("reason", "too-many"),
        Undone::Store(_) => Problem::new(Code::Busy),
    }
}

pub(super) fn not_a_desk() -> Problem {
    Problem::new(Code::Refused).with("reason", "not-a-desk")
}

fn account_request(message: &str, reference: &str) -> Result<AccountRequest, Problem> {
    let request = AccountRequest { message: text::clean_prose(message), reference: reference.trim().to_owned() };
    let valid = request.validate();
    valid.map_err(|error| Problem::new(Code::BadValue).with("name", "message").with("why", error))?;
    Ok(request)
}

/// An account by id, by the beginning of its id, or by what the desk calls it among the first accounts.
async fn find(app: &App, text: &str) -> Result<RelationId, Problem> {
    if let Ok(id) = unhex::<32>(text.trim()) {
        return Ok(RelationId::from_bytes(id));
    }
    let wanted = text.trim().to_lowercase();
    let rows = at_desk(app, |view| {
        let mut rows = Vec::new();
        let mut after = None;
        while rows.len() < limits::ACCOUNTS_NAMED_MAX {
            let page = desk::accounts(view, after.as_ref(), limits::DESK_PAGE_MAX)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id());
            rows.extend(page.into_iter().map(|row| (row.name.to_lowercase(), row.id())));
        }
        Ok(rows)
    });
    let rows = rows.await?;
    let named = rows.iter().filter(|(name, _)| *name == wanted).map(|(_, id)| *id).collect();
    let ids: Vec<_> = rows.iter().map(|(_, id)| (hex(id.as_bytes()), *id)).collect();
    super::matching("account", text, named, &ids)
}

async fn show(app: &App, id: RelationId) -> Result<Account, Problem> {
    let found = at_desk(app, move |view| match desk::load(view, &id)? {
        Some((row, _)) => account(view, &row).map(Some),
        None => Ok(None),
    });
    found.await?.ok_or_else(|| Problem::new(Code::NotFound))
}

fn account(view: &VaultView, row: &Row) -> Result<Account, Unreadable> {
    let waiting = desk::waiting(view, &row.id(), 0, limits::POST_PER_RELATION_MAX)?;
    let (standing, missing) = match &row.standing {
        desk::Standing::Asked => (Standing::Asked, Vec::new()),
        desk::Standing::Open => (Standing::Open, Vec::new()),
        desk::Standing::Refused => (Standing::Refused, Vec::new()),
        desk::Standing::Missing(fields) => (Standing::Missing, fields.clone()),
        desk::Standing::Closed => (Standing::Closed, Vec::new()),
    };
    Ok(Account {
        id: hex(row.id().as_bytes()),
        name: row.name.clone(),
        standing,
        missing,
        since: moment(row.since),
        visited: row.visited.map(moment),
        waiting: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
        requests: row.requests.iter().rev().map(|found| request(row, found)).collect(),
    })
}

fn request(account: &Row, row: &RequestRow) -> Request {
    let offered = Proffered::of_agreed(&row.agreement, &account.relation).ok();
    let terms = offered.as_ref().map(Proffered::terms);
    Request {
        id: hex(row.id.as_bytes()),
        account: hex(account.id().as_bytes()),
        account_name: account.name.clone(),
        fields: row.asked.fields.clone(),
        purpose: row.asked.purpose.clone(),
        retention_days: row.asked.retention_days,
        at: moment(row.at),
        stage: match row.stage {
            desk::Stage::Asked => Stage::Asked,
            desk::Stage::Proffered => Stage::Proffered,
            desk::Stage::Agreed => Stage::Agreed,
            desk::Stage::Held => Stage::Held,
            desk::Stage::Refused => Stage::Refused,
            desk::Stage::Ended => Stage::Ended,
        },
        agreement: offered.as_ref().map(|offered| offered.id().to_cid()),
        offered: terms.map(|terms| terms.fields.clone()).unwrap_or_default(),
        terms: terms.map(|terms| terms.terms.clone()),
        offered_days: terms.map(|terms| terms.retention_days),
        values: row.held.as_ref().map(|held| held.values.clone()).unwrap_or_default(),
        held: row.held.as_ref().map(|held| moment(held.at)),
        due: row.held.as_ref().map(|held| moment(held.due)),
        no: row.no.as_ref().map(|no| no.reason.clone()),
        no_is_mine: row.no.as_ref().is_some_and(|no| no.mine),
        deleted: row.ended.map(|ended| moment(ended.at)),
        deleted_why: row.ended.map(|ended| match ended.why {
            desk::Why::Withdrawn => "withdrawn".to_owned(),
            desk::Why::Due => "due".to_owned(),
            desk::Why::Closed => "closed".to_owned(),
            desk::Why::PutBack => "put_back".to_owned(),
        }),
    }
}

fn attestation(signed: &sesame_protocol::document::Document) -> Option<DeskAttestation> {
    let Body::Attestation(said) = signed.body() else { return None };
    Some(DeskAttestation {
        field: said.field.clone(),
        value: said.value.clone(),
        by: said.by.clone(),
        how: said.how.clone(),
        until: moment(said.until),
    })
}

fn shown_profile(draft: profile::Draft) -> Profile {
    let profile::Draft { name, subjects, markets, terms, uses, fields } = draft;
    Profile { name, subjects, markets, terms, uses, fields }
}
