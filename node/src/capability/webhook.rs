//! The webhook of the desk: where the organisation's own system is told what happened, and how that goes.

use sesame_api::webhook::{Failed, Made, SetAsk, State, Webhook};
use sesame_api::{Code, Problem};
use sesame_engine::desk::Fault;
use sesame_engine::desk::webhook::{Address, Failure, Outcome, Webhook as Row, address};
use sesame_engine::{Unreadable, limits, own};
use sesame_protocol::time::Timestamp;

use super::desk::not_a_desk;
use super::moment;
use crate::app::App;
use crate::runtime::{Counter, VaultView, chance, now, webhook};

/// The webhook, and how it fares.
pub(crate) async fn show(app: &App) -> Result<Webhook, Problem> {
    let handle = app.open().await?;
    let read = handle.read(|view| {
        if own::is_person(view)? {
            return Ok(None);
        }
        shown(&Row::load(view)?, view).map(Some)
    });
    read.await?.ok_or_else(not_a_desk)
}

/// Tells this address from now on. Its secret is in the answer, if it has a new one, and nowhere else.
pub(crate) async fn set(app: &App, ask: SetAsk) -> Result<Made, Problem> {
    let counter = counter(app).await?;
    let address = Address::parse(&ask.url).map_err(bad_address)?;
    let step = move |hook: Row, _: &VaultView, now| Ok(Some(hook.set(address.clone(), now, &mut chance())));
    let secret = webhook::change(&counter, step).await.map_err(undone)?;
    Ok(Made { webhook: show(app).await?, secret: secret.flatten().map(|secret| secret.to_string()) })
}

/// Makes a new secret. It is in the answer and nowhere else.
pub(crate) async fn rotate(app: &App) -> Result<Made, Problem> {
    let counter = counter(app).await?;
    listens(app).await?;
    let step = |hook: Row, _: &VaultView, now| Ok(hook.rotate(now, &mut chance()));
    let secret = webhook::change(&counter, step).await.map_err(undone)?.ok_or_else(none)?;
    Ok(Made { webhook: show(app).await?, secret: Some(secret.to_string()) })
}

/// Sends a message that tells of nothing, and waits until it is taken.
pub(crate) async fn test(app: &App) -> Result<Webhook, Problem> {
    let counter = counter(app).await?;
    listens(app).await?;
    match webhook::test(&counter).await.map_err(undone)?.ok_or_else(none)? {
        Outcome::Taken => show(app).await,
        Outcome::Failed { why, .. } => Err(not_taken(why)),
    }
}

/// Tells nobody any more.
pub(crate) async fn off(app: &App) -> Result<(), Problem> {
    let counter = counter(app).await?;
    let step = |hook: Row, view: &VaultView, _| hook.off(view).map(|batch| batch.map(|batch| ((), batch)));
    let done = webhook::change(&counter, step).await.map_err(undone)?;
    done.ok_or_else(|| Problem::new(Code::NothingToDecide).with("reason", "no-webhook"))
}

/// The way to the desk, at an organisation's node.
async fn counter(app: &App) -> Result<Counter, Problem> {
    let handle = app.open().await?;
    if handle.read(|view| own::is_person(view)).await? {
        return Err(not_a_desk());
    }
    Ok(handle.counter().clone())
}

/// Refuses what needs a webhook that listens.
async fn listens(app: &App) -> Result<(), Problem> {
    match show(app).await?.state {
        State::None => Err(none()),
        State::Gone => Err(Problem::new(Code::Refused).with("reason", "webhook-gone")),
        State::Idle | State::Sending | State::Failing => Ok(()),
    }
}

fn none() -> Problem {
    Problem::new(Code::NotFound).with("what", "webhook")
}

fn undone(fault: Fault) -> Problem {
    tracing::warn!(%fault, "the webhook could not be changed");
    Problem::new(Code::Busy)
}

/// Which rule an address breaks; never the address, which may hold what lets somebody in.
fn bad_address(error: address::Error) -> Problem {
    let problem = Problem::new(Code::BadValue).with("name", "url").with("why", error.code());
    match error {
        address::Error::TooLong { max, .. } => problem.with("most", max),
        _ => problem,
    }
}

fn not_taken(why: Failure) -> Problem {
    let problem = Problem::new(Code::Receiver).with("why", why.code());
    match why.status() {
        Some(status) => problem.with("status", status),
        None => problem,
    }
}

fn shown(hook: &Row, view: &VaultView) -> Result<Webhook, Unreadable> {
    let tries_max = u64::try_from(limits::TOLD_AGAIN_AFTER.len()).map_or(u64::MAX, |again| again.saturating_add(1));
    let Some(settings) = hook.settings() else { return Ok(Webhook { tries_max, ..Webhook::default() }) };
    let health = hook.health();
    let (waiting, oldest) = hook.waiting(view)?;
    let state = match (settings.gone, waiting, health.tries) {
        (Some(_), ..) => State::Gone,
        (None, 0, _) => State::Idle,
        (None, _, 0) => State::Sending,
        (None, ..) => State::Failing,
    };
    let failed =
        |(at, why): (Timestamp, Failure)| Failed { at: moment(at), why: why.code().to_owned(), status: why.status() };
    Ok(Webhook {
        state,
        url: Some(settings.address.as_str().to_owned()),
        since: Some(moment(settings.since)),
        gone: settings.gone.map(moment),
        waiting: u64::try_from(waiting).unwrap_or(u64::MAX),
        oldest: oldest.map(moment),
        taken: health.taken.map(moment),
        failed: health.failed.map(failed),
        tries: u64::from(health.tries),
        tries_max,
        next: (state == State::Failing).then(|| moment(health.next)),
        given_up: health.given_up,
        dropped: health.dropped,
        overlap: settings.overlap(now()).filter(|_| state != State::Gone).map(moment),
    })
}
