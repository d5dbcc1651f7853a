//! `sesame init`: makes the vault and shows the 24 words once. A running node without a vault makes it; without a node
//! this program does it itself and starts nothing.

use serde_json::Value;
use sesame_api::node::{InitAsk, Initialised};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use zeroize::{Zeroize, Zeroizing};

use super::Context;
use crate::args::Init;
use crate::ask::Hidden;
use crate::sheet::{Sheet, Tone, columns};
use crate::{Result, ask, home};

/// Columns of the sheet of words.
const COLUMNS: usize = 4;

/// Makes the vault.
pub(super) async fn run(context: &Context, args: &Init) -> Result<()> {
    let node = match context.node().await {
        Ok(node) => Some(node),
        Err(problem) if problem.code == Code::NoNode => None,
        Err(problem) => return Err(problem),
    };
    if node.is_none() && context.home.join(home::VAULT).exists() {
        return Err(Problem::new(Code::VaultExists).with("file", context.home.display()));
    }
    let name = match &args.name {
        Some(name) => name.clone(),
        None if ask::can_ask(context) => {
            let key = if args.vendor { "cli-ask-vendor-name" } else { "cli-ask-name" };
            ask::line(context, &context.words().text(key), "init", "--name NAME")?
        }
        None => String::new(),
    };
    let passphrase = match ask::given(context, &args.secret)? {
        Some(given) => given,
        None => ask::new_passphrase(context, &offered(context.words())?, "init", "--passphrase-file FILE")?,
    };
    let language = context.words().language();
    let mut asked = InitAsk { passphrase: passphrase.to_string(), name, language, vendor: args.vendor, quick: false };
    let made = match node {
        Some(node) => {
            let made = node.post::<Value>("init", &asked).await;
            asked.passphrase.zeroize();
            made?
        }
        None => here(context, asked)?,
    };
    context.output.show(made, |words, made: Initialised| sheet(words, &made, args.vendor))
}

/// Makes the vault in this process; slow on purpose, because opening one is.
fn here(context: &Context, asked: InitAsk) -> Result<Value> {
    home::make(&context.home)?;
    let made = sesame_node::create(&context.home, asked)?;
    serde_json::to_value(&made).map_err(|error| Problem::new(Code::Failed).with("why", error))
}

/// The passphrase that a node would offer.
fn offered(words: &Words) -> Result<Hidden> {
    Ok(Zeroizing::new(sesame_node::suggestion(words.language())?.passphrase))
}

/// The words with their numbers, down the columns, and what to do with them.
fn sheet(words: &Words, made: &Initialised, vendor: bool) -> Sheet {
    let rows = made.words.len().div_ceil(COLUMNS);
    let width = made.words.iter().map(|word| columns(word)).max().unwrap_or(0);
    let mut sheet =
        Sheet::new().toned(Tone::Good, words.text("cli-init-done")).gap().line(words.text("cli-init-words")).gap();
    for row in 0..rows {
        let cells = (0..COLUMNS).filter_map(|column| {
            let place = column * rows + row;
            let word = made.words.get(place)?;
            let blank = width - columns(word);
            Some(format!("{:>2} {word}{:blank$}", place + 1, ""))
        });
        sheet = sheet.line(format!("  {}", cells.collect::<Vec<_>>().join("   ")).trim_end());
    }
    let lines = ["cli-init-paper", "cli-init-check", "cli-init-next"];
    let sheet = lines.into_iter().fold(sheet.gap(), |sheet, key| sheet.line(words.text(key)));
    if vendor { sheet.line(words.text("cli-init-vendor")) } else { sheet }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    #[test]
    fn the_words_stand_in_four_columns_with_their_numbers() {
        let made = Initialised { words: (1..=24).map(|n| format!("word{n}")).collect(), did: "did:key:z".into() };
        let text = sheet(Words::of(Language::En), &made, false).drawn(Look::default());
        let first = text.lines().find(|line| line.contains(" 1 word1 ")).unwrap();
        for part in [" 7 word7 ", "13 word13", "19 word19"] {
            assert!(first.contains(part), "{first}");
        }
        let rows = text.lines().filter(|line| (1..=6).any(|n| line.contains(&format!(" {n} word{n} "))));
        assert_eq!(rows.count(), 6, "{text}");
    }

    #[test]
    fn an_organisation_is_told_to_say_who_it_is_and_a_person_is_not() {
        let made = Initialised { words: vec!["word".into(); 24], did: "did:key:z".into() };
        for language in [Language::En, Language::Fr] {
            let text = |vendor| sheet(Words::of(language), &made, vendor).drawn(Look::default());
            assert!(text(true).contains("sesame desk profile") && text(true).contains("sesame desk link"));
            assert!(!text(false).contains("desk"));
        }
    }

    #[test]
    fn an_offer_is_six_words_and_never_the_same() {
        for language in [Language::En, Language::Fr] {
            let (one, other) = (offered(Words::of(language)).unwrap(), offered(Words::of(language)).unwrap());
            assert_eq!(one.split('-').count(), 6);
            assert_ne!(*one, *other);
        }
    }
}
