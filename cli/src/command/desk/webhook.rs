//! `sesame desk webhook`: whether and how the organisation's own system is told what happens at the desk.

use std::path::Path;

use serde_json::{Value, json};
use sesame_api::webhook::{Made, SetAsk, Webhook};
use sesame_api::words::Words;

use super::super::{Context, moment};
use crate::args;
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask};

/// Where the node has it.
const PATH: &str = "desk/webhook";

/// Runs a command about the webhook.
pub(super) async fn run(context: &Context, args: &args::Webhook) -> Result<()> {
    use args::Webhook as Args;
    let node = context.node().await?;
    match args {
        Args::Show => {
            let webhook: Value = node.get(PATH, &[]).await?;
            context.output.show(webhook, |words, webhook: Webhook| sheet(words, &webhook))
        }
        Args::Set { url } => {
            let asked = SetAsk { url: address(url)? };
            let made: Value = node.put(PATH, &asked).await?;
            context.output.show(made, |words, made: Made| {
                let key = if made.secret.is_some() { "cli-webhook-set" } else { "webhook-moved" };
                handed(words, &made, key)
            })
        }
        Args::Rotate => {
            let made: Value = node.post(&format!("{PATH}/rotate"), &json!({})).await?;
            context.output.show(made, |words, made: Made| handed(words, &made, "cli-webhook-rotated"))
        }
        Args::Test => {
            let webhook: Value = node.post(&format!("{PATH}/test"), &json!({})).await?;
            context.output.show(webhook, |words, webhook: Webhook| {
                let sheet = Sheet::new().toned(Tone::Good, words.text("webhook-taken"));
                sheet.line(webhook.sentence(words, &|at| moment(words, at)))
            })
        }
        Args::Off => {
            node.delete::<Value>(PATH).await?;
            context.output.done(json!({ "state": "none" }), |words, _: Value| words.text("cli-webhook-off"))
        }
    }
}

/// The address that was given: itself, or what stands on stdin for `-`. An address may hold what lets somebody in, and then a
/// list of processes should not.
fn address(given: &str) -> Result<String> {
    if given == "-" { Ok(ask::whole(Path::new("-"))?.trim().to_owned()) } else { Ok(given.to_owned()) }
}

/// What was done, and the secret if there is a new one.
fn handed(words: &Words, made: &Made, key: &str) -> Sheet {
    let sheet = Sheet::new().toned(Tone::Good, words.text(key));
    let Some(secret) = &made.secret else { return sheet };
    let sheet = sheet.gap().line(words.text("webhook-secret-once")).gap().line(secret);
    overlap(words, &made.webhook, sheet)
}

/// How it fares: the sentence first, then the moments behind it.
fn sheet(words: &Words, webhook: &Webhook) -> Sheet {
    let sheet = Sheet::new().line(webhook.sentence(words, &|at| moment(words, at)));
    let Some(url) = &webhook.url else { return sheet };
    let sheet = match webhook.missed(words) {
        Some(missed) => sheet.toned(Tone::Warn, missed),
        None => sheet,
    };
    let at = |at: &Option<String>| at.as_ref().map_or_else(|| words.text("cli-webhook-never"), |at| moment(words, at));
    let failed = webhook.failed.as_ref().map_or_else(
        || words.text("cli-webhook-never"),
        |failed| {
            let (at, why) = (moment(words, &failed.at), failed.clause(words));
            words.with("cli-webhook-failure", &[("at", (&at).into()), ("why", (&why).into())])
        },
    );
    let sheet = sheet.pairs([
        (words.text("cli-webhook-address"), url.clone()),
        (words.text("cli-webhook-since"), at(&webhook.since)),
        (words.text("cli-webhook-taken"), at(&webhook.taken)),
        (words.text("cli-webhook-failed"), failed),
    ]);
    overlap(words, webhook, sheet)
}

fn overlap(words: &Words, webhook: &Webhook, sheet: Sheet) -> Sheet {
    let Some(until) = &webhook.overlap else { return sheet };
    let until = moment(words, until);
    sheet.gap().line(words.with("webhook-overlap", &[("until", (&until).into())]))
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;
    use sesame_api::webhook::{Failed, State};

    use super::*;
    use crate::sheet::Look;

    const AT: &str = "2025-11-20T10:00:00Z";

    fn failing() -> Webhook {
        Webhook {
            state: State::Failing,
            url: Some("https://example.com/ho\u{1b}[2Jok".into()),
            since: Some(AT.into()),
            waiting: 3,
            tries: 2,
            tries_max: 10,
            next: Some(AT.into()),
            failed: Some(Failed { at: AT.into(), why: "status".into(), status: Some(503) }),
            given_up: 1,
            dropped: 1,
            overlap: Some(AT.into()),
            ..Webhook::default()
        }
    }

    #[test]
    fn what_waits_says_why_and_what_would_end_it() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = sheet(words, &failing()).drawn(Look::default());
            let why = failing().failed.unwrap().clause(words);
            for part in ["3", "503", "8", "https://example.com/ho", why.as_str(), &words.text("cli-webhook-never")] {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains('\u{1b}') && !text.contains("webhook-"), "{text}");
            assert!(text.contains(&failing().missed(words).unwrap()), "{text}");
        }
    }

    #[test]
    fn a_secret_is_shown_when_there_is_a_new_one_and_never_else() {
        let words = Words::of(Language::En);
        let made = |secret: Option<&str>| Made { webhook: failing(), secret: secret.map(str::to_owned) };
        let shown = handed(words, &made(Some("whsec_abc")), "cli-webhook-set").drawn(Look::default());
        assert!(shown.contains("\nwhsec_abc\n"), "{shown}");
        let moved = handed(words, &made(None), "webhook-moved").drawn(Look::default());
        assert!(!moved.contains("whsec_") && !moved.contains(&words.text("webhook-secret-once")), "{moved}");
    }

    #[test]
    fn an_address_on_the_command_line_is_taken_as_it_is() {
        assert_eq!(address("https://example.com/-").unwrap(), "https://example.com/-");
    }
}
