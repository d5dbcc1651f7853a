//! What a webhook is sent, and what came of it. A message names an event, an account and a request, and holds nothing that
//! anybody was shown: whoever runs the receiver asks the desk for what they need.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sesame_protocol::text::hex;
use sesame_protocol::time::Timestamp;

use super::Settings;
use super::address::Address;
use super::queue::Row;

/// A message, ready to be sent by POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Where to.
    pub address: Address,
    /// The header `webhook-id`: the same however often it is tried.
    pub id: String,
    /// The header `webhook-timestamp`: when this try is made, in seconds since 1970.
    pub seconds: u64,
    /// The header `webhook-signature`: one signature a secret, with blanks between them.
    pub signature: String,
    /// The body, JSON.
    pub body: String,
}

/// What a receiver did with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It took it: a status from 200 to 299.
    Taken,
    /// It did not.
    Failed {
        /// Why.
        why: Failure,
        /// The pause that it asked for (`Retry-After`).
        pause: Option<Duration>,
    },
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// No name server knows the host.
    Unresolved,
    /// Nobody answers there.
    Unreachable,
    /// The receiver cannot prove that it is the one that was meant.
    Untrusted,
    /// There was no answer in time.
    Late,
    /// What came was no answer of HTTP.
    Broken,
    /// A status that is no yes.
    Status(u16),
}

impl Failure {
    /// The reason as a stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unresolved => "unresolved",
            Self::Unreachable => "unreachable",
            Self::Untrusted => "untrusted",
            Self::Late => "late",
            Self::Broken => "broken",
            Self::Status(410) => "gone",
            Self::Status(300..=399) => "redirect",
            Self::Status(_) => "status",
        }
    }

    /// The status, where there was one.
    pub const fn status(self) -> Option<u16> {
        match self {
            Self::Status(status) => Some(status),
            _ => None,
        }
    }

    /// Whether the receiver wants nothing more, ever (*Delivery success and failure*).
    pub(super) const fn is_final(self) -> bool {
        matches!(self, Self::Status(410))
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: String,
    data: Data,
}

#[derive(Serialize)]
struct Data {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
}

/// The message that tells of an event.
pub(super) fn telling(settings: &Settings, row: &Row, now: Timestamp) -> Message {
    let request = row.told.event.request().map(|id| hex(id.as_bytes()));
    let data = Data { account: Some(hex(row.account.as_bytes())), request };
    let body = Body { kind: row.told.event.name(), timestamp: moment(row.told.at), data };
    signed(settings, &row.told.id, &body, now)
}

/// A message that tells of nothing, to see whether the receiver takes it.
pub(super) fn test(settings: &Settings, id: [u8; 16], now: Timestamp) -> Message {
    let body = Body { kind: "test", timestamp: moment(now), data: Data { account: None, request: None } };
    signed(settings, &id, &body, now)
}

fn signed(settings: &Settings, id: &[u8; 16], body: &Body<'_>, now: Timestamp) -> Message {
    let id = format!("msg_{}", hex(id));
    let seconds = now.seconds();
    let body = serde_json::to_string(body).expect("texts and an object are JSON");
    let signatures = settings.secrets(now).map(|secret| secret.sign(&id, seconds, &body));
    let signature = signatures.collect::<Vec<_>>().join(" ");
    Message { address: settings.address.clone(), id, seconds, signature, body }
}

/// A moment as RFC 3339 in UTC, to the second.
fn moment(at: Timestamp) -> String {
    let seconds = i64::try_from(at.seconds()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX).to_string()
}
