//! What codes are called on a page: fields, purposes, terms, sectors, moments; and the marks, each a shape, a colour and
//! a word, so that nothing is said by colour alone.

use sesame_api::desk;
use sesame_api::safe::Safe;
use sesame_api::vendor::{KnowsState, Need, Share, SheetStanding, Stage};
use sesame_api::words::Words;
use sesame_protocol::market::Market;
use sesame_protocol::terms::roster::Roster;

use crate::capability;

/// A shape with a word beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// ◆ proven or allowed, ◇ said or under way, ○ missing or over, ✕ contradicted or refused.
    pub(super) shape: &'static str,
    /// The class of its colour.
    pub(super) class: &'static str,
    /// The key of its word.
    pub(super) key: &'static str,
}

impl Mark {
    /// ◆
    pub(super) const fn sure(key: &'static str) -> Self {
        Self { shape: "◆", class: "ok", key }
    }

    /// ◇
    pub(super) const fn open(key: &'static str) -> Self {
        Self { shape: "◇", class: "info", key }
    }

    /// ○
    pub(super) const fn none(key: &'static str) -> Self {
        Self { shape: "○", class: "plain", key }
    }

    /// ○ that somebody should look at.
    pub(super) const fn lack(key: &'static str) -> Self {
        Self { shape: "○", class: "warn", key }
    }

    /// ✕
    pub(super) const fn no(key: &'static str) -> Self {
        Self { shape: "✕", class: "danger", key }
    }
}

/// A piece of personal data; a name that is the organisation's own stays as it is.
pub(super) fn field(words: &Words, name: &str) -> String {
    known(words, &format!("terms-field-{name}"), name)
}

/// Fields in one line.
pub(super) fn fields<'a>(words: &Words, names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(|name| field(words, name)).collect::<Vec<_>>().join(", ")
}

/// What data are asked for.
pub(super) fn purpose(words: &Words, code: &str) -> String {
    known(words, &format!("terms-purpose-{code}"), code)
}

/// An agreement of the roster.
pub(super) fn terms(words: &Words, id: &str) -> String {
    known(words, &format!("terms-roster-{id}"), id)
}

/// What an agreement means; nothing when the roster does not know it.
pub(super) fn meaning(words: &Words, id: &str) -> String {
    match Roster::parse(id) {
        Ok(terms) => words.text(&format!("terms-roster-{terms}-means")),
        Err(_) => String::new(),
    }
}

/// What an agreement allows beyond the service, in one line; empty when nothing.
pub(super) fn uses(words: &Words, id: &str) -> String {
    let allows = Roster::parse(id).map(Roster::allows).unwrap_or_default();
    allows.iter().map(|used| words.text(&format!("terms-use-{}", used.code()))).collect::<Vec<_>>().join(", ")
}

/// What an organisation says of itself.
pub(super) fn profile(words: &Words, name: &str) -> String {
    known(words, &format!("page-profile-{name}"), name)
}

/// Things that an organisation says of itself, in one line.
pub(super) fn profiles<'a>(words: &Words, names: impl IntoIterator<Item = &'a String>) -> String {
    names.into_iter().map(|name| profile(words, name)).collect::<Vec<_>>().join(", ")
}

/// A sector, or its code when the list does not know it.
pub(super) fn sector(words: &Words, code: &str) -> String {
    let language = capability::language(words.language());
    Market::parse(code).map_or_else(|_| Safe(code).to_string(), |market| market.name(language).to_owned())
}

/// The word under the key of a code, or the code itself without what steers or hides.
fn known(words: &Words, key: &str, code: &str) -> String {
    if words.has(key) { words.text(key) } else { Safe(code).to_string() }
}

/// A moment (RFC 3339) as day and time where the node is: `12 Mar 2025, 14:05`. What is no moment stays as it came.
pub(super) fn when(words: &Words, moment: &str) -> String {
    let Ok(at) = moment.parse::<jiff::Timestamp>() else { return Safe(moment).to_string() };
    let here = at.to_zoned(jiff::tz::TimeZone::system());
    let (day, time) = (words.date(&here.date().to_string()), here.strftime("%H:%M").to_string());
    words.with("page-when", &[("day", (&day).into()), ("time", (&time).into())])
}

/// Whose word stands behind what an organisation says.
pub(super) fn standing(standing: SheetStanding) -> Mark {
    match standing {
        SheetStanding::Proven => Mark::sure("page-sheet-proven"),
        SheetStanding::Stated => Mark::open("page-sheet-stated"),
        SheetStanding::Missing => Mark::lack("page-sheet-missing"),
    }
}

/// Whether a purpose needs a field.
pub(super) fn need(need: Need) -> Mark {
    match need {
        Need::Needed => Mark::sure("terms-need-needed"),
        Need::Useful => Mark::open("terms-need-useful"),
        Need::Excess => Mark { shape: "✕", class: "warn", key: "terms-need-excess" },
        Need::Unknown => Mark::lack("terms-need-unknown"),
    }
}

/// How far a request is.
pub(super) fn stage(stage: Stage) -> Mark {
    match stage {
        Stage::Asked => Mark::open("page-stage-asked"),
        Stage::Offered => Mark::open("page-stage-offered"),
        Stage::Agreed => Mark::open("page-stage-agreed"),
        Stage::Shared => Mark::sure("page-stage-shared"),
        Stage::Refused => Mark::none("page-stage-refused"),
        Stage::Lapsed => Mark::none("page-stage-lapsed"),
    }
}

/// How a share stands: its end counts before how far it came.
pub(super) fn share(share: &Share) -> Mark {
    match &share.withdrawn {
        _ if share.deleted.is_some() => knows(KnowsState::Deleted),
        _ if share.overdue => knows(KnowsState::Overdue),
        Some(ending) if ending.told.is_some() => knows(KnowsState::Told),
        Some(_) => knows(KnowsState::Withdrawn),
        None => stage(share.stage),
    }
}

/// How something that was shown stands.
pub(super) fn knows(state: KnowsState) -> Mark {
    match state {
        KnowsState::Allowed => Mark::sure("page-knows-allowed"),
        KnowsState::Withdrawn => Mark::lack("page-knows-withdrawn"),
        KnowsState::Told => Mark::open("page-knows-told"),
        KnowsState::Deleted => Mark::none("page-knows-deleted"),
        KnowsState::Overdue => Mark::no("page-knows-overdue"),
    }
}

/// How far an account is at the desk.
pub(super) fn desk_standing(standing: desk::Standing) -> Mark {
    match standing {
        desk::Standing::Asked => Mark::open("page-desk-asked"),
        desk::Standing::Open => Mark::sure("page-desk-open"),
        desk::Standing::Refused => Mark::none("page-desk-refused"),
        desk::Standing::Missing => Mark::no("page-desk-missing"),
        desk::Standing::Closed => Mark::none("page-desk-closed"),
    }
}

/// How far a request is at the desk.
pub(super) fn desk_stage(stage: desk::Stage) -> Mark {
    match stage {
        desk::Stage::Asked => Mark::open("page-desk-stage-asked"),
        desk::Stage::Proffered => Mark::lack("page-desk-stage-proffered"),
        desk::Stage::Agreed => Mark::open("page-desk-stage-agreed"),
        desk::Stage::Held => Mark::sure("page-desk-stage-held"),
        desk::Stage::Refused => Mark::none("page-desk-stage-refused"),
        desk::Stage::Ended => Mark::none("page-desk-stage-ended"),
    }
}

/// The key of what waits.
pub(super) fn waiting_what(what: &str) -> &'static str {
    match what {
        "acceptance" => "page-waiting-acceptance",
        "welcome" => "page-waiting-welcome",
        "update" => "page-waiting-update",
        "acknowledgement" => "page-waiting-acknowledgement",
        "door" => "page-waiting-door",
        "answer" => "page-waiting-answer",
        "refusal" => "page-waiting-refusal",
        "offer" => "page-waiting-offer",
        "presentation" => "page-waiting-presentation",
        "withdrawal" => "page-waiting-withdrawal",
        "closing" => "page-waiting-closing",
        _ => "page-waiting-letter",
    }
}

/// The key of why a letter to a person waits.
pub(super) fn waiting_why(why: &str) -> &'static str {
    match why {
        "unreachable" => "page-why-unreachable",
        "refused" => "page-why-refused",
        _ => "page-why-not-tried",
    }
}

/// The key of why something for a desk waits.
pub(super) fn desk_why(why: &str) -> &'static str {
    match why {
        "unreachable" => "page-why-desk-unreachable",
        "not_opened" => "page-why-desk-not-opened",
        "malformed" => "page-why-desk-malformed",
        _ => "page-why-desk-not-tried",
    }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;
    use sesame_protocol::document::{MANDATORY, OPTIONAL};

    use super::*;

    #[test]
    fn all_that_a_profile_may_say_has_words() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            for name in MANDATORY.iter().chain(&OPTIONAL) {
                assert!(words.has(&format!("page-profile-{name}")), "{language:?}: {name}");
            }
        }
    }

    #[test]
    fn a_name_that_nobody_knows_stays_as_it_is_without_what_steers() {
        let words = Words::of(Language::Fr);
        assert_eq!(field(words, "iban"), "Compte bancaire (IBAN)");
        assert_eq!(field(words, "x_loyalty-2"), "x_loyalty-2");
        assert_eq!(field(words, "x\u{202e}y"), "xy");
        assert_eq!(meaning(words, "SD-BY"), "");
    }

    #[test]
    fn a_moment_is_shown_with_its_time_and_anything_else_as_it_came() {
        let words = Words::of(Language::En);
        assert!(when(words, "2026-03-12T13:05:00Z").contains("Mar 2026"));
        assert_eq!(when(words, "yesterday"), "yesterday");
    }
}
