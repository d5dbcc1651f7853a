//! The vault in *Settings*: its health in a sentence, a check, freeing space, another passphrase, and what lies where.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use sesame_api::care::{Health, PassphraseAsk, Place, Report};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::form::PostedOpen;
use super::frame::{Trouble, status_of};
use super::settings;
use super::visit::Visit;
use crate::capability;

/// How long a page waits for a check or a compaction; after that it says how far it is.
const WAIT: Duration = Duration::from_secs(8);

/// What the section shows.
pub(super) struct Care {
    /// How the vault is.
    pub(super) sentence: String,
    /// Whether something was found that wants doing.
    pub(super) is_damaged: bool,
    /// Whether a check or a compaction is under way.
    pub(super) is_working: bool,
    /// Whether there is space to free.
    pub(super) is_freeable: bool,
    /// What the check that was just asked for found, each with what to do.
    pub(super) findings: Vec<(String, String)>,
    /// What lies where.
    pub(super) places: Vec<Place>,
}

impl Care {
    pub(super) fn of(words: &Words, health: Health, report: Option<&Report>) -> Self {
        let said = |report: &Report| {
            let found = report.findings.iter().take(FINDINGS_SHOWN);
            found.map(|finding| (finding.sentence(words), finding.remedy(words))).collect()
        };
        Self {
            sentence: health.sentence(words, &|at| words.day_of(at)),
            is_damaged: health.is_damaged(),
            is_working: health.working.is_some(),
            is_freeable: health.freeable,
            findings: report.map(said).unwrap_or_default(),
            places: health.places,
        }
    }
}

/// Findings that a page lists; the command lists more.
const FINDINGS_SHOWN: usize = 20;

/// `POST /settings/vault/check`: checks the vault.
pub(super) async fn check(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    match tokio::time::timeout(WAIT, capability::care::check(&visit.app)).await {
        Ok(Ok(report)) if report.findings.is_empty() => {
            visit.say(report.sentence(visit.words));
            back()
        }
        Ok(Ok(report)) => visit.answer(settings::view(visit, None, Some(&report), None).await),
        Ok(Err(problem)) => again(visit, &problem, None).await,
        // It goes on, and the sentence says how far it is.
        Err(_) => back(),
    }
}

/// `POST /settings/vault/compact`: frees what nothing needs any more.
pub(super) async fn compact(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    match tokio::time::timeout(WAIT, capability::care::compact(&visit.app)).await {
        Ok(Ok(compacted)) => {
            let bytes = |bytes| visit.words.bytes(bytes);
            let freed = bytes(compacted.before_bytes.saturating_sub(compacted.after_bytes));
            let (before, after) = (bytes(compacted.before_bytes), bytes(compacted.after_bytes));
            let args = [("freed", (&freed).into()), ("before", (&before).into()), ("after", (&after).into())];
            visit.say(visit.words.with("page-care-freed", &args));
            back()
        }
        Ok(Err(problem)) => again(visit, &problem, None).await,
        Err(_) => back(),
    }
}

/// `POST /settings/vault/passphrase`: gives the vault another passphrase.
pub(super) async fn passphrase(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let (old, new) = (posted.raw("old"), posted.raw("new"));
    if new != posted.raw("again") {
        let problem = Problem::new(Code::BadValue).with("field", visit.words.text("page-care-again"));
        return again(visit, &problem, Some("again")).await;
    }
    let ask = PassphraseAsk { old: old.to_owned(), new: new.to_owned() };
    match capability::care::passphrase(&visit.app, ask).await {
        Ok(_) => {
            visit.say(visit.words.text("page-care-changed"));
            back()
        }
        Err(problem) => {
            let field = if problem.code == Code::Passphrase { "old" } else { "new" };
            again(visit, &problem, Some(field)).await
        }
    }
}

fn back() -> Response {
    Visit::lead("/settings#vault")
}

async fn again(visit: &Visit, problem: &Problem, field: Option<&str>) -> Response {
    let trouble = Some(Trouble::of(visit.words, problem, field));
    (status_of(problem), visit.answer(settings::view(visit, trouble, None, None).await)).into_response()
}
