//! What organisations, accounts, fields, purposes and terms are called: codes of the API in the person's language. What an
//! organisation named itself is shown as it is.

use sesame_api::circle::Waiting;
use sesame_api::vendor::{AccountStanding, KnowsState, No, Stage};
use sesame_api::words::Words;

use super::{day, short};

/// A field of personal data.
pub(super) fn field(words: &Words, name: &str) -> String {
    known(words, "terms-field", name)
}

/// Fields of personal data, as a list within a sentence.
pub(super) fn fields<'a>(words: &Words, names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| field(words, name)).collect();
    names.join(", ")
}

/// What a piece of data is wanted for.
pub(super) fn purpose(words: &Words, code: &str) -> String {
    known(words, "terms-purpose", code)
}

/// Terms of the roster: their name and their id.
pub(super) fn terms(words: &Words, id: &str) -> String {
    let name = known(words, "terms-roster", id);
    if name == id { name } else { format!("{name} ({id})") }
}

/// A field of what an organisation says of itself.
pub(super) fn said(words: &Words, name: &str) -> String {
    known(words, "org-field", name)
}

/// Several of these, as a list within a sentence.
pub(super) fn all_said(words: &Words, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| said(words, name)).collect();
    names.join(", ")
}

/// The name of an organisation; one that was not reached yet may have none.
pub(super) fn organisation(words: &Words, name: &str, id: &str) -> String {
    if name.is_empty() { words.with("org-nameless", &[("id", (&short(id)).into())]) } else { name.to_owned() }
}

/// What waits for an organisation, why, and what would end it.
pub(super) fn waiting(words: &Words, vendor: &str, waiting: &Waiting) -> String {
    let (since, until) = (day(words, &waiting.since), day(words, &waiting.until));
    let args = [
        ("vendor", vendor.into()),
        ("what", (&waiting.what).into()),
        ("why", (&waiting.why).into()),
        ("since", (&since).into()),
        ("until", (&until).into()),
    ];
    words.with("org-waiting", &args)
}

/// How far an account is.
pub(super) fn account(words: &Words, standing: AccountStanding) -> String {
    words.text(match standing {
        AccountStanding::Door => "org-account-door",
        AccountStanding::Asked => "org-account-asked",
        AccountStanding::Open => "org-account-open",
        AccountStanding::Refused => "org-account-refused",
        AccountStanding::Missing => "org-account-missing",
        AccountStanding::Closed => "org-account-closed",
    })
}

/// How far a request or a share is.
pub(super) fn stage(words: &Words, stage: Stage) -> String {
    words.text(match stage {
        Stage::Asked => "org-stage-asked",
        Stage::Offered => "org-stage-offered",
        Stage::Agreed => "org-stage-agreed",
        Stage::Shared => "org-stage-shared",
        Stage::Refused => "org-stage-refused",
        Stage::Lapsed => "org-stage-lapsed",
    })
}

/// How something that was shown stands.
pub(super) fn state(words: &Words, state: KnowsState) -> String {
    words.text(match state {
        KnowsState::Allowed => "org-state-allowed",
        KnowsState::Withdrawn => "org-state-withdrawn",
        KnowsState::Told => "org-state-told",
        KnowsState::Deleted => "org-state-deleted",
        KnowsState::Overdue => "org-state-overdue",
    })
}

/// Who said no, and why.
pub(super) fn no(words: &Words, vendor: &str, no: &No) -> String {
    let who = if no.mine { "me" } else { "them" };
    words.with("org-no", &[("vendor", vendor.into()), ("who", who.into()), ("reason", (&no.reason).into())])
}

/// A code in words; one that this program does not know is shown as it is.
pub(super) fn known(words: &Words, family: &str, code: &str) -> String {
    let key = format!("{family}-{code}");
    if words.has(&key) { words.text(&key) } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    #[test]
    fn what_is_known_has_words_and_what_is_not_is_shown_as_it_is() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            assert_ne!(field(words, "email"), "email");
            assert_ne!(said(words, "seat"), "seat");
            assert_eq!(field(words, "their-own.name"), "their-own.name");
            assert!(terms(words, "SD-BASE").ends_with("(SD-BASE)"));
            assert_eq!(terms(words, "X"), "X");
        }
    }

    #[test]
    fn everything_that_can_wait_says_why_and_until_when() {
        let whats = ["door", "answer", "refusal", "offer", "presentation", "withdrawal", "closing", "letter"];
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let mut seen = Vec::new();
            for what in whats {
                for why in ["not_opened", "malformed", "not_tried", "unreachable"] {
                    let one = Waiting {
                        what: what.into(),
                        why: why.into(),
                        since: "2026-11-20T10:00:00Z".into(),
                        until: "2026-12-04T10:00:00Z".into(),
                    };
                    let text = waiting(words, "Volta", &one);
                    assert!(text.contains("Volta") && text.contains(&words.date("2026-12-04")), "{text}");
                    assert!(!text.contains(why) && !seen.contains(&text), "{what} {why}: {text}");
                    seen.push(text);
                }
            }
        }
    }
}
