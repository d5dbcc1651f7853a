//! `sesame lock` and `sesame unlock`: the node keeps running either way.

use serde_json::{Value, json};
use sesame_api::node::{State, Status, UnlockAsk};
use sesame_api::{Code, Problem};
use zeroize::Zeroize;

use super::Context;
use crate::args::Secret;
use crate::{Result, ask};

/// Locks the vault.
pub(super) async fn lock(context: &Context) -> Result<()> {
    let status: Value = context.node().await?.post("lock", &json!({})).await?;
    context.output.done(status, |words, _: Value| words.text("cli-lock-done"))
}

/// Opens the vault; one that is open already asks for nothing.
pub(super) async fn unlock(context: &Context, secret: &Secret) -> Result<()> {
    let node = context.node().await?;
    let before: Value = node.get("status", &[]).await?;
    match state_of(&before) {
        Some(State::Open) => return context.output.done(before, |words, _: Value| words.text("cli-unlock-already")),
        Some(State::Bare) => return Err(Problem::new(Code::NoVault)),
        _ => {}
    }
    let passphrase = ask::passphrase(context, secret, "unlock")?;
    let mut unlock = UnlockAsk { passphrase: passphrase.to_string() };
    let answer = node.post("unlock", &unlock).await;
    unlock.passphrase.zeroize();
    let status: Value = answer?;
    context.output.done(status, |words, _: Value| words.text("cli-unlock-done"))
}

/// The state that a status tells.
fn state_of(status: &Value) -> Option<State> {
    serde_json::from_value::<Status>(status.clone()).ok().map(|status| status.state)
}
