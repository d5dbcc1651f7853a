//! `sesame key words`: whether the 24 words that a person wrote down are those of this vault.

use serde_json::Value;
use sesame_api::node::{WordsAsk, WordsChecked};
use sesame_api::{Code, Problem};
use zeroize::Zeroize;

use super::Context;
use crate::args::Key;
use crate::{Result, ask};

/// How many words there are (BIP-39, 256 bits).
const WORDS: usize = 24;

/// Runs a command about keys.
pub(super) async fn run(context: &Context, args: &Key) -> Result<()> {
    let Key::Words { file } = args;
    // Without a node there is nothing to compare with: say so before anybody types 24 words.
    let node = context.node().await?;
    let words = ask::words(context, file.as_deref())?;
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
