//! A desk's store in memory: the same rows as in a vault, behind the same trait, whose answers are always ready.

use std::sync::{Mutex, PoisonError};

use futures::executor::block_on;
use rand_chacha::ChaCha20Rng;
use sesame_engine::desk::webhook::Listens;
use sesame_engine::desk::{self, Account, Change, Desk, Fault, Store, Version, Waiting};
use sesame_engine::view::Memory;
use sesame_engine::{Node, View};
use sesame_protocol::hash;
use sesame_protocol::letter::evidence::How;
use sesame_protocol::relation::RelationId;
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire;

/// Accounts in memory.
pub struct MemoryStore {
    memory: Mutex<Memory>,
    /// Commits that are refused as if somebody else had been quicker, before one is taken.
    pub races: Mutex<usize>,
}

impl MemoryStore {
    /// A store over rows that are there already.
    pub fn new(memory: Memory) -> Self {
        Self { memory: Mutex::new(memory), races: Mutex::new(0) }
    }

    /// The rows again.
    pub fn into_memory(self) -> Memory {
        self.memory.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The desk as it stands.
    ///
    /// # Panics
    ///
    /// When a row cannot be read.
    pub fn desk(&self, now: Timestamp) -> Option<Desk> {
        self.with(|memory| Desk::load(memory, now).expect("memory can be read"))
    }

    /// Answers a visit; nothing when there is no desk.
    ///
    /// # Panics
    ///
    /// When the store fails.
    pub fn visit(&self, from: &Node, ask: &wire::desk::Ask, now: Timestamp, rng: &mut ChaCha20Rng) -> Option<Vec<u8>> {
        let desk = self.desk(now)?;
        let answer = block_on(desk::visit(self, &desk, from, ask, now, rng)).expect("memory does not fail");
        Some(answer.encode())
    }

    /// Does something with the rows themselves.
    pub fn with<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        work(&mut self.memory.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for MemoryStore {
    async fn find(&self, node: &Node) -> Result<Option<RelationId>, Fault> {
        self.with(|memory| desk::visitor(memory, node).map_err(|_| Fault::Failed))
    }

    async fn load(&self, id: &RelationId) -> Result<Option<(Account, Version)>, Fault> {
        self.with(|memory| desk::load(memory, id).map_err(|_| Fault::Failed))
    }

    async fn commit(&self, at: Option<(&Account, Version)>, account: &Account, change: &Change) -> Result<(), Fault> {
        let mut races = self.races.lock().unwrap_or_else(PoisonError::into_inner);
        if *races > 0 {
            *races -= 1;
            return Err(Fault::Raced);
        }
        self.with(|memory| {
            let mut fetched = desk::waiting(memory, &account.id(), 0, 1_000).map_err(|_| Fault::Failed)?;
            fetched.retain(|letter| letter.number <= change.fetched);
            let listens = Listens::load(memory).map_err(|_| Fault::Failed)?;
            let (guards, writes) = desk::writes(at, account, change, &fetched, &listens);
            for guard in guards {
                let is = memory.get(&guard.key).map_err(|_| Fault::Failed)?.map(|value| hash::plain(&value));
                if is != guard.is {
                    return Err(Fault::Raced);
                }
            }
            memory.commit(writes);
            Ok(())
        })
    }

    async fn how(&self, _: &RelationId) -> Result<How, Fault> {
        Ok(How::Erased)
    }

    async fn waiting(&self, id: &RelationId, after: u64, limit: usize) -> Result<Vec<Waiting>, Fault> {
        self.with(|memory| desk::waiting(memory, id, after, limit).map_err(|_| Fault::Failed))
    }

    fn tell(&self, _: &RelationId, _: &Change, _: Timestamp) {}
}
