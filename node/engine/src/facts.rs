//! Facts: what a person has said of themselves, by field, so that it need not be typed twice. Nothing here is ever given
//! to anybody by itself.

use serde::{Deserialize, Serialize};
use sesame_protocol::limits::VALUE_CHARS_MAX;
use sesame_protocol::text;
use sesame_protocol::time::Timestamp;

use crate::decide::Refusal;
use crate::engine::Turn;
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{limits, row};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it says.
    pub value: String,
    /// When it was said.
    pub at: Timestamp,
}

/// All facts, by field.
pub fn all(view: &dyn View) -> Result<Vec<(String, Fact)>, Unreadable> {
    let rows = row::walk(view, Shelf::Fact, &[], limits::FACTS_MAX)?;
    Ok(rows.into_iter().map(|(name, fact)| (String::from_utf8_lossy(&name).into_owned(), fact)).collect())
}

/// Remembers what was said, or forgets it for good when nothing is.
pub(crate) fn remember(field: &str, value: &str, turn: &mut Turn<'_, '_>) -> Result<Result<(), Refusal>, Unreadable> {
    if value.is_empty() {
        turn.erase(Shelf::Fact, field.as_bytes());
        return Ok(Ok(()));
    }
    let known: Option<Fact> = turn.get(Shelf::Fact, field.as_bytes())?;
    if known.is_none() && all(turn.view)?.len() >= limits::FACTS_MAX {
        return Ok(Err(Refusal::Full { what: "facts", most: limits::FACTS_MAX }));
    }
    if known.is_none_or(|known| known.value != value) {
        turn.put(Shelf::Fact, field.as_bytes(), &Fact { value: value.to_owned(), at: turn.now });
    }
    Ok(Ok(()))
}

/// A value as it may travel: cleaned, not blank, not too long.
pub(crate) fn value(text: &str) -> Result<String, Refusal> {
    let value = text::clean_prose(text);
    if value.chars().count() > VALUE_CHARS_MAX {
        return Err(Refusal::TooLong { what: "value", most: VALUE_CHARS_MAX });
    }
    Ok(value)
}
