//! Asks of relations: what a person's node says to a vendor, under the one key that this vendor knows it by. Two vendors
//! must not learn that they have the same customer, so such an ask gets a swarm of its own, and no two are alive at once.
//! Here: whose turn it is. It leaves out the asking itself, and when to ask at all.

mod ask;
mod quic;

use std::{collections::VecDeque, future};

use tokio::task::JoinSet;
use zeroize::Zeroizing;

use crate::{Addr, Config, Fault, NodeId, config::RELATIONS_WAITING_MAX};
use ask::Bounds;

#[cfg(test)]
pub(crate) use ask::TRIP;

/// One ask of one relation.
pub(crate) struct Relation {
    pub(crate) job: u64,
    pub(crate) key: Zeroizing<[u8; 32]>,
    pub(crate) node: NodeId,
    pub(crate) at: Vec<Addr>,
    pub(crate) bytes: Vec<u8>,
}

/// The ask that is alive, and those that wait for it to end.
pub(crate) struct Relations {
    bounds: Bounds,
    waiting: VecDeque<Relation>,
    /// The job and the vendor of the ask that is alive; `None` once somebody was told how it ended.
    alive: Option<(u64, NodeId)>,
    /// At most one task, of its own so that a panic in it is its own, too. Ends with this value.
    task: JoinSet<Result<Vec<u8>, Fault>>,
}

impl Relations {
    pub(crate) fn new(config: &Config) -> Self {
        Self { bounds: Bounds::new(config), waiting: VecDeque::new(), alive: None, task: JoinSet::new() }
    }

    /// Takes an ask on, or says why not; then it has had its end.
    pub(crate) fn accept(&mut self, relation: Relation) -> Result<(), Fault> {
        if relation.bytes.len() > self.bounds.frame_bytes_max() {
            return Err(Fault::TooLarge);
        }
        if self.waiting.len() >= RELATIONS_WAITING_MAX {
            return Err(Fault::Busy);
        }
        self.waiting.push_back(relation);
        self.start();
        Ok(())
    }

    /// Ends every ask to a node.
    pub(crate) fn hang(&mut self, node: NodeId) -> Vec<u64> {
        let (ended, waiting) =
            std::mem::take(&mut self.waiting).into_iter().partition::<VecDeque<_>, _>(|one| one.node == node);
        self.waiting = waiting;
        let alive = self.alive.take_if(|(_, whom)| *whom == node);
        if alive.is_some() {
            self.task.abort_all();
        }
        alive.map(|(job, _)| job).into_iter().chain(ended.into_iter().map(|one| one.job)).collect()
    }

    /// The next ask that ends, and how; pending while none is alive. Loses nothing when it is dropped.
    pub(crate) async fn ended(&mut self) -> (u64, Result<Vec<u8>, Fault>) {
        loop {
            self.start();
            let Some(outcome) = self.task.join_next().await else {
                return future::pending().await;
            };
            // an aborted one has had its end already
            if let Some((job, _)) = self.alive.take() {
                let panicked = |_| Err(Fault::Closed);
                return (job, outcome.unwrap_or_else(panicked));
            }
        }
    }

    /// Starts the next ask, unless one is alive or has not quite ended yet.
    fn start(&mut self) {
        if self.task.is_empty()
            && let Some(relation) = self.waiting.pop_front()
        {
            self.alive = Some((relation.job, relation.node));
            self.task.spawn(ask::ask(relation, self.bounds.clone()));
        }
    }
}
