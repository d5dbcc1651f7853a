//! The accounts of `sesame vendor`: how far each is, what waits and why, and what a person decides about one.

use serde::Deserialize;
use serde_json::{Value, json};
use sesame_api::vendor::{Account, AccountAnswerAsk, AccountStanding, Vendors};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, day, moment, place, short, wording};
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask};

/// Shows all accounts.
pub(super) async fn list(context: &Context) -> Result<()> {
    let vendors: Vendors = context.node().await?.get("vendors", &[]).await?;
    let accounts: Vec<Account> = vendors.vendors.into_iter().flat_map(|vendor| vendor.accounts).collect();
    context.output.show(json!({ "accounts": accounts }), |words, all: Accounts| sheet(words, &all.accounts))
}

/// The accounts of all organisations, as they are printed for programs.
#[derive(Deserialize)]
struct Accounts {
    accounts: Vec<Account>,
}

/// Goes to the desk now.
pub(super) async fn visit(context: &Context, account: &str) -> Result<()> {
    let answer: Value = context.node().await?.post(&place("accounts", account, "/visit"), &json!({})).await?;
    context.output.done(answer, |words, account: Account| named(words, "cli-account-visit", &account))
}

/// Says yes or no to an account that is asked for.
pub(super) async fn answer(context: &Context, account: &str, accept: bool) -> Result<()> {
    let asked = AccountAnswerAsk { accept };
    let answer: Value = context.node().await?.post(&place("accounts", account, "/answer"), &asked).await?;
    let key = if accept { "cli-account-accepted" } else { "cli-account-refused" };
    decided(context, answer, key)
}

/// Ends an account.
pub(super) async fn close(context: &Context, account: &str, yes: bool) -> Result<()> {
    let node = context.node().await?;
    let found: Account = node.get(&place("accounts", account, ""), &[]).await?;
    if !yes {
        let question = named(context.words(), "cli-account-close-ask", &found);
        if !ask::agrees(context, &question, "vendor close", "--yes")? {
            return Err(Problem::new(Code::Interrupted));
        }
    }
    let answer: Value = node.delete(&place("accounts", &found.id, "")).await?;
    decided(context, answer, "cli-account-closed")
}

fn decided(context: &Context, answer: Value, key: &str) -> Result<()> {
    context.output.show(answer, |words, account: Account| {
        let sheet = Sheet::new().toned(Tone::Good, named(words, key, &account));
        pending(words, &account, sheet)
    })
}

/// A sentence about an account, with the name of its organisation and with an id that can be typed.
fn named(words: &Words, key: &str, account: &Account) -> String {
    let (name, id) = (wording::organisation(words, &account.vendor_name, &account.vendor), short(&account.id));
    words.with(key, &[("vendor", (&name).into()), ("id", (&id).into())])
}

fn sheet(words: &Words, accounts: &[Account]) -> Sheet {
    if accounts.is_empty() {
        return Sheet::new().line(words.text("cli-accounts-none"));
    }
    let header = ["cli-organisation", "cli-standing", "cli-since", "cli-visited", "cli-visits-next", "cli-id"];
    let rows = accounts.iter().map(|account| {
        let at = |moment_of: &Option<String>| moment_of.as_ref().map(|at| moment(words, at)).unwrap_or_default();
        vec![
            wording::organisation(words, &account.vendor_name, &account.vendor),
            wording::account(words, account.standing),
            day(words, &account.since),
            at(&account.visited),
            at(&account.next),
            short(&account.id),
        ]
    });
    let sheet = Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[]);
    accounts.iter().fold(sheet, |sheet, account| pending(words, account, sheet))
}

/// One account among other things: how far it is, then what is pending in it.
pub(super) fn about(words: &Words, account: &Account, sheet: Sheet) -> Sheet {
    let (standing, since, id) =
        (wording::account(words, account.standing), day(words, &account.since), short(&account.id));
    let args = [("id", (&id).into()), ("standing", (&standing).into()), ("since", (&since).into())];
    pending(words, account, sheet.line(words.with("cli-account-line", &args)))
}

/// What is pending in an account, each with why and what would end it: a question to me, a refusal of my node's own, and
/// what waits for the organisation.
pub(super) fn pending(words: &Words, account: &Account, mut sheet: Sheet) -> Sheet {
    let name = wording::organisation(words, &account.vendor_name, &account.vendor);
    if account.standing == AccountStanding::Asked {
        sheet = sheet.toned(Tone::Warn, named(words, "cli-account-asks", account));
        if !account.message.is_empty() {
            let quote = words.with("cli-quote", &[("text", (&account.message).into())]);
            sheet = sheet.line(format!("    {quote}"));
        }
        if !account.reference.is_empty() {
            let reference = words.with("cli-account-reference", &[("reference", (&account.reference).into())]);
            sheet = sheet.line(format!("    {reference}"));
        }
    }
    if account.standing == AccountStanding::Missing {
        let missing = wording::all_said(words, &account.missing);
        let args = [("vendor", (&name).into()), ("fields", (&missing).into())];
        sheet = sheet.toned(Tone::Warn, words.with("org-account-missing-why", &args));
    }
    let lines = account.waiting.iter().map(|waiting| wording::waiting(words, &name, waiting));
    lines.fold(sheet, |sheet, line| sheet.toned(Tone::Warn, line))
}

#[cfg(test)]
mod tests {
    use sesame_api::circle::Waiting;
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    fn account(standing: AccountStanding) -> Account {
        Account {
            id: "a1b2c3d4e5f60718".into(),
            vendor: "f0".into(),
            vendor_name: "Vol\u{1b}[2Jta".into(),
            standing,
            missing: vec!["seat".into(), "their-own".into()],
            since: "2026-11-20T10:00:00Z".into(),
            message: "Bien\u{202e}venue\nchez nous".into(),
            reference: "C-\u{9b}42".into(),
            visited: None,
            next: Some("2026-11-21T10:00:00Z".into()),
            waiting: vec![Waiting {
                what: "answer".into(),
                why: "unreachable".into(),
                since: "2026-11-20T10:00:00Z".into(),
                until: "2026-12-18T10:00:00Z".into(),
            }],
            door: None,
        }
    }

    #[test]
    fn every_standing_reads_well_and_steers_nothing() {
        use AccountStanding::{Asked, Closed, Door, Missing, Open, Refused};
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let mut seen = Vec::new();
            for standing in [Door, Asked, Open, Refused, Missing, Closed] {
                let text = sheet(words, &[account(standing)]).drawn(Look::default());
                assert!(text.contains(&words.date("2026-12-18")) && text.contains("a1b2c3d4e5f6"), "{text}");
                assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']) && !text.contains("unreachable"), "{text}");
                assert!(!seen.contains(&text), "{text}");
                seen.push(text);
            }
        }
    }

    #[test]
    fn a_question_shows_what_was_said_and_how_to_answer() {
        let words = Words::of(Language::Fr);
        let text = pending(words, &account(AccountStanding::Asked), Sheet::new()).drawn(Look::default());
        for part in ["Bienvenue chez nous", "C-42", "sesame vendor accept a1b2c3d4e5f6", "sesame vendor refuse"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn a_refusal_of_the_node_itself_names_what_is_missing() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = pending(words, &account(AccountStanding::Missing), Sheet::new()).drawn(Look::default());
            assert!(text.contains(&wording::said(words, "seat")) && text.contains("their-own"), "{text}");
        }
    }
}
