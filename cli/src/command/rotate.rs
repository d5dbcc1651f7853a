//! `sesame key rotate`: all that is in the vault under new keys, and the old ones destroyed. No node may hold it meanwhile.

use std::path::Path;

use sesame_api::care::Rotated;
use sesame_api::{Code, Problem};
use zeroize::Zeroizing;

use super::Context;
use super::bar::Bar;
use super::care::{holder, typed};
use crate::args::Secret;
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask, problem};

const COMMAND: &str = "key rotate";

/// Rotates the keys of the vault of the home folder. `new` is a file with another passphrase for it.
pub(super) async fn run(context: &Context, secret: &Secret, new: Option<&Path>) -> Result<()> {
    if holder(context).await?.is_some() {
        return Err(Problem::new(Code::VaultInUse));
    }
    let typed = typed(context, secret, COMMAND)?;
    // Whoever typed the words has no passphrase to go on with.
    let mut fresh = |by_words: bool| {
        let is_asked = by_words || new.is_some();
        let offer = || Ok(Zeroizing::new(sesame_node::suggestion(context.words().language())?.passphrase));
        is_asked.then(|| ask::fresh_passphrase(context, new, COMMAND, offer)).transpose()
    };
    let bar = Bar::new(context, "cli-rotate-bar");
    let rotated =
        sesame_node::rotate(&context.home, typed.as_bytes(), &mut fresh, &mut |done, total| bar.at(done, total))?;
    drop(bar);
    let rotated = serde_json::to_value(rotated).map_err(|error| problem::unreadable(&error))?;
    context.output.show(rotated, |words, rotated: Rotated| {
        let done = words.with("cli-rotated", &[("entries", rotated.entries.into())]);
        Sheet::new().toned(Tone::Good, done).line(words.text("cli-rotated-backups"))
    })
}
