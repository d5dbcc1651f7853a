//! The webhook of a desk: what it is, how it fares, and the sentence that says so wherever it is shown.

use serde::{Deserialize, Serialize};

use crate::words::Words;

/// `GET /v1/desk/webhook`: the webhook and how it fares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// How it fares.
    pub state: State,
    /// Where it is; nothing when none is set.
    pub url: Option<String>,
    /// Since when it is told what happens.
    pub since: Option<String>,
    /// Since when it is off, because the receiver wanted nothing more.
    pub gone: Option<String>,
    /// Events that wait to be told.
    pub waiting: u64,
    /// When the first of them happened.
    pub oldest: Option<String>,
    /// When a message was last taken.
    pub taken: Option<String>,
    /// When one was last not taken, and why.
    pub failed: Option<Failed>,
    /// How often the first of what waits was tried.
    pub tries: u64,
    /// How often it is tried at most.
    pub tries_max: u64,
    /// When it is tried again.
    pub next: Option<String>,
    /// Messages that were given up after their last try.
    pub given_up: u64,
    /// Events that were dropped untold.
    pub dropped: u64,
    /// Until when the secret before this one signs too.
    pub overlap: Option<String>,
}

/// How a webhook fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// None is set.
    #[default]
    None,
    /// It was told all that happened.
    Idle,
    /// Something is on its way.
    Sending,
    /// What is first was not taken, and is tried again.
    Failing,
    /// It is off: the receiver wanted nothing more.
    Gone,
}

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// When.
    pub at: String,
    /// Why: `unresolved`, `unreachable`, `untrusted`, `late`, `broken`, `redirect`, `gone` or `status`.
    pub why: String,
    /// The status of the answer, if there was one.
    pub status: Option<u16>,
}

/// `PUT /v1/desk/webhook`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAsk {
    /// Where the organisation's own system listens.
    pub url: String,
}

/// A webhook that was set or whose secret was replaced.
#[derive(Clone, Serialize, Deserialize)]
pub struct Made {
    /// The webhook.
    pub webhook: Webhook,
    /// Its secret, which no other answer holds; nothing when it kept the one it had.
    pub secret: Option<String>,
}

impl Webhook {
    /// How it fares, why it waits and what would end that, in one sentence or two. `when` writes a moment.
    pub fn sentence(&self, words: &Words, when: &dyn Fn(&str) -> String) -> String {
        let moment = |at: &Option<String>| at.as_deref().map_or_else(|| "never".to_owned(), when);
        let waiting = self.waiting;
        match self.state {
            State::None => words.text("webhook-none"),
            State::Idle => words.with("webhook-idle", &[("taken", (&moment(&self.taken)).into())]),
            State::Sending => words.with("webhook-sending", &[("waiting", waiting.into())]),
            State::Failing => {
                let why = self.failed.as_ref().map(|failed| failed.clause(words)).unwrap_or_default();
                let (next, left) = (moment(&self.next), self.tries_max.saturating_sub(self.tries));
                let args = [
                    ("waiting", waiting.into()),
                    ("why", (&why).into()),
                    ("next", (&next).into()),
                    ("left", left.into()),
                ];
                words.with("webhook-failing", &args)
            }
            State::Gone => words.with("webhook-gone", &[("gone", (&moment(&self.gone)).into())]),
        }
    }

    /// What it will not be told any more; nothing when it missed nothing.
    pub fn missed(&self, words: &Words) -> Option<String> {
        let count = self.given_up.saturating_add(self.dropped);
        (count > 0).then(|| words.with("webhook-missed", &[("count", count.into())]))
    }
}

impl Failed {
    /// Why, as a clause.
    pub fn clause(&self, words: &Words) -> String {
        let status = self.status.map(|status| status.to_string()).unwrap_or_default();
        words.with(&format!("webhook-why-{}", self.why), &[("status", (&status).into())])
    }
}
