//! `sesame key`: whether the 24 words that a person wrote down are those of this vault, and another passphrase for it.

use std::path::Path;

use serde_json::Value;
use sesame_api::care::PassphraseAsk;
use sesame_api::node::{Suggestion, WordsAsk, WordsChecked};
use sesame_api::{Code, Problem};
use zeroize::{Zeroize, Zeroizing};

use super::{Context, rotate};
use crate::args::{Key, Secret};
use crate::{Result, ask};

/// How many words there are (BIP-39, 256 bits).
const WORDS: usize = 24;

/// Runs a command about keys.
pub(super) async fn run(context: &Context, args: &Key) -> Result<()> {
    match args {
        Key::Words { file } => check_words(context, file.as_deref()).await,
        Key::Passphrase { secret, new_passphrase_file } => {
            change_passphrase(context, secret, new_passphrase_file.as_deref()).await
        }
        Key::Rotate { secret, new_passphrase_file } => {
            rotate::run(context, secret, new_passphrase_file.as_deref()).await
        }
    }
}

/// Changes the passphrase of the vault that a running node has open.
async fn change_passphrase(context: &Context, secret: &Secret, new: Option<&Path>) -> Result<()> {
    const COMMAND: &str = "key passphrase";
    let node = context.node().await?;
    // A vault that is not open takes no passphrase: say so before anybody types one.
    node.get::<Value>("vault", &[]).await?;
    let old = ask::old_passphrase(context, secret, COMMAND)?;
    let offered = match new {
        Some(_) => Zeroizing::default(),
        None => Zeroizing::new(node.get::<Suggestion>("suggestion", &[]).await?.passphrase),
    };
    let new = ask::fresh_passphrase(context, new, COMMAND, || Ok(offered))?;
    let mut asked = PassphraseAsk { old: old.to_string(), new: new.to_string() };
    let answer = node.post("vault/passphrase", &asked).await;
    asked.old.zeroize();
    asked.new.zeroize();
    let changed: Value = answer?;
    context.output.done(changed, |words, _: Value| words.text("cli-passphrase-changed"))
}

/// Checks what a person wrote down.
async fn check_words(context: &Context, file: Option<&Path>) -> Result<()> {
    // Without a node there is nothing to compare with: say so before anybody types 24 words.
    let node = context.node().await?;
    let words = ask::words(context, file)?;
    if words.len() != WORDS {
        return Err(Problem::new(Code::Words).with("count", words.len()).with("reason", "count"));
    }
    let mut asked = WordsAsk { words: words.iter().map(|word| word.to_string()).collect() };
    let answer = node.post("words/check", &asked).await;
    asked.words.iter_mut().for_each(Zeroize::zeroize);
    let checked: Value = answer?;
    if serde_json::from_value::<WordsChecked>(checked.clone()).is_ok_and(|checked| checked.right) {
        context.output.done(checked, |words, _: Value| words.text("cli-words-right"))
    } else {
        Err(Problem::new(Code::Words))
    }
}
