//! What a node can do for a person: one plain async function a capability, over the types of the local API. The JSON
//! route and the page both call it and render its answer.

pub(crate) mod backup;
pub(crate) mod care;
pub(crate) mod circle;
pub(crate) mod data;
pub(crate) mod desk;
pub(crate) mod insight;
pub(crate) mod node;
pub(crate) mod records;
pub(crate) mod said;
pub(crate) mod share;
pub(crate) mod vendor;
pub(crate) mod webhook;

use sesame_api::node::{Language, Notice};
use sesame_api::{Code, Problem};
use sesame_protocol::key;
pub(crate) use sesame_protocol::text::hex;
use sesame_protocol::time::Timestamp;
use sesame_vault::Progress;

/// A moment as RFC 3339 in UTC, to the second.
pub(crate) fn moment(at: Timestamp) -> String {
    let seconds = i64::try_from(at.seconds()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX).to_string()
}

/// Reads what [`hex`] wrote; anything else is not found rather than wrong.
pub(crate) fn unhex<const N: usize>(text: &str) -> Result<[u8; N], Problem> {
    let missing = || Problem::new(Code::NotFound).with("id", text.chars().take(80).collect::<String>());
    if text.len() != N * 2 || !text.is_ascii() {
        return Err(missing());
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).map_err(|_| missing())?;
    }
    Ok(bytes)
}

/// What a text means among things with names and ids: the one of that name, or the one whose id begins so.
pub(crate) fn matching<T: Copy>(what: &str, text: &str, named: Vec<T>, ids: &[(String, T)]) -> Result<T, Problem> {
    let text = text.trim();
    let start = text.to_lowercase();
    let found = match named.as_slice() {
        [] => ids.iter().filter(|(id, _)| is_start(id, &start)).map(|(_, found)| *found).collect(),
        _ => named,
    };
    match found.as_slice() {
        [found] => Ok(*found),
        [] => {
            let given = text.chars().take(80).collect::<String>();
            Err(Problem::new(Code::NotFound).with("what", what).with("id", given))
        }
        _ => Err(Problem::new(Code::BadValue).with("name", what).with("value", text).with("why", "ambiguous")),
    }
}

/// Six characters of an id tell it from others, and are not a word by chance.
fn is_start(id: &str, text: &str) -> bool {
    text.len() >= 6 && id.starts_with(text)
}

pub(crate) fn language(language: Language) -> key::Language {
    match language {
        Language::En => key::Language::En,
        Language::Fr => key::Language::Fr,
    }
}

pub(crate) fn progress(progress: &Progress) -> Notice {
    let (job, done, total) = match progress {
        Progress::Replaying { done, total } => ("unlock", *done, *total),
        Progress::Rebuilding { done, total } => ("rebuild", *done, *total),
    };
    Notice::Progress { job: job.to_owned(), done, total }
}
