//! Tells the webhook of the desk what happened, for as long as the vault is open: beside the loop, one message at a time. What
//! waits and when it is due is the engine's; this reads it, sends it and brings back what came of it. A vault that is locked
//! keeps what waits.

mod send;

pub(super) use send::Courier;

use std::sync::Arc;
use std::time::{Duration, Instant};

use sesame_engine::desk::Fault;
use sesame_engine::desk::webhook::{Batch, Next, Outcome, Webhook};
use sesame_engine::{Unreadable, limits};
use sesame_protocol::time::Timestamp;

use super::desk::failed;
use super::{Counter, VaultView, chance, now};

/// How often it is looked what is due, and what is too much, when nothing happens.
const LOOK: Duration = Duration::from_secs(30);

/// Tells what happens, until the vault is closed.
pub(super) async fn tell(counter: Counter) {
    let mut trimmed = Instant::now();
    while counter.is_open() {
        let wait = match round(&counter).await {
            Ok(wait) => wait,
            Err(fault) => {
                tracing::error!(%fault, "the webhook could not be looked after");
                LOOK
            }
        };
        if trimmed.elapsed() >= LOOK {
            trimmed = Instant::now();
            if let Err(fault) = change(&counter, |hook, view, _| Ok(hook.trim(view)?.map(|batch| ((), batch)))).await {
                tracing::error!(%fault, "what waits for the webhook could not be bounded");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(wait.min(LOOK)) => {}
            () = counter.rung() => {}
        }
    }
}

/// Sends what is due, if anything is. Gives how long nothing will be.
async fn round(counter: &Counter) -> Result<Duration, Fault> {
    let courier = counter.courier().await;
    let due = match read(counter, |hook, view, now| hook.next(view, now)).await? {
        Next::Nothing => return Ok(LOOK),
        Next::At(at) => return Ok(Duration::from_millis(at.millis().saturating_sub(now().millis()))),
        Next::Send(due) => due,
    };
    let outcome = courier.send(&due.message).await;
    note(outcome);
    change(counter, move |hook, view, now| Ok(hook.settle(&due, outcome, view, now)?.map(|batch| ((), batch)))).await?;
    Ok(Duration::ZERO)
}

/// Sends a message that tells of nothing. Gives what came of it; nothing when no webhook listens.
pub(crate) async fn test(counter: &Counter) -> Result<Option<Outcome>, Fault> {
    let courier = counter.courier().await;
    let made = read(counter, |hook, _, now| Ok(hook.test(now, &mut chance()))).await?;
    let Some(message) = made else { return Ok(None) };
    let outcome = courier.send(&message).await;
    note(outcome);
    change(counter, move |hook, view, now| Ok(hook.tested(outcome, view, now)?.map(|batch| ((), batch)))).await?;
    Ok(Some(outcome))
}

/// Says how a try ended; never where it went, which may let somebody in.
fn note(outcome: Outcome) {
    match outcome {
        Outcome::Taken => tracing::debug!("the webhook took a message"),
        Outcome::Failed { why, .. } => {
            tracing::info!(why = why.code(), status = why.status(), "the webhook did not take a message");
        }
    }
}

/// Changes the webhook: reads it, decides, commits; again from reading it when somebody else was quicker. Gives nothing when
/// there was nothing to change.
pub(crate) async fn change<T, F>(counter: &Counter, step: F) -> Result<Option<T>, Fault>
where
    T: Send + 'static,
    F: Fn(Webhook, &VaultView, Timestamp) -> Result<Option<(T, Batch)>, Unreadable> + Send + Sync + 'static,
{
    let step = Arc::new(step);
    for _ in 0..limits::RACES_MAX {
        let step = step.clone();
        let Some((done, (guards, writes))) = read(counter, move |hook, view, now| step(hook, view, now)).await? else {
            return Ok(None);
        };
        match counter.put(guards, writes).await {
            Ok(()) => {
                counter.ring();
                return Ok(Some(done));
            }
            Err(Fault::Raced) => {}
            Err(fault) => return Err(fault),
        }
    }
    Err(Fault::Raced)
}

/// Reads the webhook, on a thread where blocking is fine.
async fn read<T, F>(counter: &Counter, query: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnOnce(Webhook, &VaultView, Timestamp) -> Result<T, Unreadable> + Send + 'static,
{
    let view = counter.view().clone();
    let read = tokio::task::spawn_blocking(move || query(Webhook::load(&view)?, &view, now()));
    let read = read.await.map_err(|_| Fault::Failed)?;
    read.map_err(|error| failed(&error))
}
