//! Where accounts are kept, as a desk sees it: load one, commit it against the version it was loaded in. The vault's store
//! is in the node, one in memory in the tests; a database of many machines can be another.

use std::future::Future;

use sesame_protocol::letter::evidence::How;
use sesame_protocol::relation::RelationId;
use sesame_protocol::time::Timestamp;

use super::{Account, Change, Waiting};
use crate::engine::Node;

/// In what state an account was loaded: a hash of what is stored.
pub type Version = [u8; 32];

/// Why a store did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Somebody else changed the account meanwhile: again from loading it.
    #[error("the account was changed meanwhile")]
    Raced,
    /// The store cannot be read or written now.
    #[error("the store does not answer")]
    Failed,
}

/// Accounts and what waits in them. A commit is there together with its letters, or not at all.
pub trait Store: Sync {
    /// Which relation a visitor comes in.
    fn find(&self, node: &Node) -> impl Future<Output = Result<Option<RelationId>, Fault>> + Send;

    /// One account, and the version to commit against.
    fn load(&self, id: &RelationId) -> impl Future<Output = Result<Option<(Account, Version)>, Fault>> + Send;

    /// Stores an account and what a step changed beside it. Fails with [`Fault::Raced`] if the version moved, or if there is
    /// an account where there should be none. When it returns, it is durable.
    fn commit(
        &self,
        at: Option<(&Account, Version)>,
        account: &Account,
        change: &Change,
    ) -> impl Future<Output = Result<(), Fault>> + Send;

    /// What becomes of what is deleted in an account: whether earlier states of it can still be read by anybody.
    fn how(&self, id: &RelationId) -> impl Future<Output = Result<How, Fault>> + Send;

    /// Letters that wait, in order, after a number.
    fn waiting(
        &self,
        id: &RelationId,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Waiting>, Fault>> + Send;

    /// Tells whoever works behind the desk what happened.
    fn tell(&self, id: &RelationId, change: &Change, now: Timestamp);
}
