//! The desk's store over the vault, and how visits reach it: beside the engine, off the loop, each commit a guarded batch
//! that the loop takes like everything else that is written.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sesame_engine::desk::webhook::Listens;
use sesame_engine::desk::{self, Account, Change, Desk, Fault, Store, Task, Version, Waiting};
use sesame_engine::{Node, Refusal, Unreadable, limits};
use sesame_protocol::letter::evidence::How;
use sesame_protocol::relation::RelationId;
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire;
use tokio::sync::{MutexGuard, Notify, mpsc, oneshot};

use super::webhook::Courier;
use super::{Happening, VaultView, chance, held, now};

/// How often what is due is looked for.
const SWEPT_EVERY: Duration = Duration::from_secs(30);
/// How long the desk's own keys and papers are kept in memory between visits.
const KEPT: Duration = Duration::from_secs(1);

/// The desk as it was read, and when.
type Kept = (Instant, Arc<Desk>);

/// The way to the desk of this node.
#[derive(Clone)]
pub(crate) struct Counter {
    inbox: mpsc::WeakSender<Happening>,
    view: VaultView,
    kept: Arc<Mutex<Option<Kept>>>,
    bell: Arc<Notify>,
    courier: Arc<tokio::sync::Mutex<Courier>>,
}

impl Counter {
    pub(super) fn new(inbox: mpsc::WeakSender<Happening>, view: VaultView) -> Self {
        let courier = Arc::new(tokio::sync::Mutex::new(Courier::new()));
        Self { inbox, view, kept: Arc::default(), bell: Arc::default(), courier }
    }

    /// Committed state.
    pub(super) fn view(&self) -> &VaultView {
        &self.view
    }

    /// Whether the vault is open.
    pub(super) fn is_open(&self) -> bool {
        self.inbox.upgrade().is_some()
    }

    /// Something happened that a webhook may want to be told.
    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Waits until something happens.
    pub(super) async fn rung(&self) {
        self.bell.notified().await;
    }

    /// Who carries messages to the webhook, once no other message is under way.
    pub(super) async fn courier(&self) -> MutexGuard<'_, Courier> {
        self.courier.lock().await
    }

    /// The desk as it stands; nothing when this node has none. Blocks.
    pub(crate) fn desk(&self) -> Result<Option<Arc<Desk>>, Unreadable> {
        if let Some((since, desk)) = &*held(&self.kept)
            && since.elapsed() < KEPT
        {
            return Ok(Some(desk.clone()));
        }
        let fresh = Desk::load(&self.view, now())?.map(Arc::new);
        *held(&self.kept) = fresh.clone().map(|desk| (Instant::now(), desk));
        Ok(fresh)
    }

    /// What the desk shows has changed.
    pub(crate) fn renew(&self) {
        *held(&self.kept) = None;
    }

    /// Answers a visit; nothing when there is no desk here, or the frame is none. Blocks.
    pub(super) fn visit(&self, from: &Node, bytes: &[u8]) -> Option<Vec<u8>> {
        let ask = wire::desk::Ask::decode(bytes).ok()?;
        let desk = self.desk().ok().flatten()?;
        let mut rng = chance();
        let visit = desk::visit(self, &desk, from, &ask, now(), &mut rng);
        match tokio::runtime::Handle::current().block_on(visit) {
            Ok(answer) => Some(answer.encode()),
            Err(error) => {
                tracing::warn!(%error, "a visit could not be answered");
                None
            }
        }
    }

    /// Stores what was decided here, if what it was decided on still stands.
    pub(super) async fn put(
        &self,
        guards: Vec<sesame_engine::Guard>,
        writes: Vec<sesame_engine::Write>,
    ) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        let inbox = self.inbox.upgrade().ok_or(Fault::Failed)?;
        inbox.send(Happening::Store(guards, writes, reply)).await.map_err(|_| Fault::Failed)?;
        drop(inbox);
        match answer.await {
            Ok(Ok(Ok(_))) => Ok(()),
            Ok(Ok(Err(Refusal::Raced))) => Err(Fault::Raced),
            _ => Err(Fault::Failed),
        }
    }
}

pub(super) fn failed(error: &Unreadable) -> Fault {
    tracing::error!(%error, "stored state could not be read at the desk");
    Fault::Failed
}

impl Store for Counter {
    async fn find(&self, node: &Node) -> Result<Option<RelationId>, Fault> {
        desk::visitor(&self.view, node).map_err(|error| failed(&error))
    }

    async fn load(&self, id: &RelationId) -> Result<Option<(Account, Version)>, Fault> {
        desk::load(&self.view, id).map_err(|error| failed(&error))
    }

    async fn commit(&self, at: Option<(&Account, Version)>, account: &Account, change: &Change) -> Result<(), Fault> {
        let mut fetched = Vec::new();
        if change.fetched > 0 {
            fetched = desk::waiting(&self.view, &account.id(), 0, limits::POST_PER_RELATION_MAX)
                .map_err(|error| failed(&error))?;
            fetched.retain(|letter| letter.number <= change.fetched);
        }
        let listens = Listens::load(&self.view).map_err(|error| failed(&error))?;
        let (guards, writes) = desk::writes(at, account, change, &fetched, &listens);
        self.put(guards, writes).await
    }

    async fn how(&self, id: &RelationId) -> Result<How, Fault> {
        let has_earlier = desk::has_earlier(&self.view, id).map_err(|error| failed(&error))?;
        Ok(if has_earlier { How::Dropped } else { How::Erased })
    }

    async fn waiting(&self, id: &RelationId, after: u64, limit: usize) -> Result<Vec<Waiting>, Fault> {
        desk::waiting(&self.view, id, after, limit).map_err(|error| failed(&error))
    }

    fn tell(&self, _: &RelationId, change: &Change, _: Timestamp) {
        for told in &change.events {
            tracing::info!(event = told.event.name(), "at the desk");
        }
        if !change.events.is_empty() {
            self.ring();
        }
    }
}

/// Deletes what is due, for as long as the node is open.
pub(super) async fn sweep(counter: Counter) {
    loop {
        tokio::time::sleep(SWEPT_EVERY).await;
        if counter.inbox.upgrade().is_none() {
            return;
        }
        let counter = counter.clone();
        let swept = tokio::task::spawn_blocking(move || sweep_once(&counter)).await;
        match swept {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "what is due at the desk could not be read"),
            Err(error) => tracing::error!(%error, "looking for what is due at the desk failed"),
        }
    }
}

fn sweep_once(counter: &Counter) -> Result<(), Unreadable> {
    let Some(desk) = counter.desk()? else { return Ok(()) };
    let moment = now();
    for when in desk::due(&counter.view, limits::DESK_PAGE_MAX)? {
        let (at, relation, _) = when;
        if at > moment {
            return Ok(());
        }
        let mut rng = chance();
        let done = desk::act(counter, &desk, &relation, Task::Due, moment, &mut rng);
        match tokio::runtime::Handle::current().block_on(done) {
            Ok(()) => {}
            Err(desk::Undone::NoAccount) => {
                // Its account is gone: the row leads nowhere.
                let dropped = counter.put(Vec::new(), vec![desk::drop_due(&when)]);
                tokio::runtime::Handle::current().block_on(dropped).ok();
            }
            Err(error) => tracing::warn!(%error, "what is due at the desk could not be deleted"),
        }
    }
    Ok(())
}
