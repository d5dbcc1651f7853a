//! Facts: what a person has said of themselves, by field, so that it need not be typed twice. Nothing here is ever given
//! to anybody by itself. They are `records`; here is what a request for data sees of them: the value that counts, and
//! nothing of the special categories, which are never proposed to anybody.

use sesame_protocol::time::Timestamp;

use crate::decide::Refusal;
use crate::engine::{Engine, Turn};
use crate::records::{self, Choice, Content, Kind, Name, Saying, Says, schema};
use crate::view::{Unreadable, View};

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it says.
    pub value: String,
    /// When it was said.
    pub at: Timestamp,
}

/// All facts but those of the special categories, by field.
pub fn all(view: &dyn View) -> Result<Vec<(String, Fact)>, Unreadable> {
    let facts = records::facts(view)?.into_iter().filter_map(|found| {
        let newest = found.record.newest()?;
        Some((found.name.to_string(), Fact { value: newest.content.text.clone(), at: newest.at }))
    });
    Ok(facts.collect())
}

/// Remembers what was said, or forgets it for good when nothing is. What is special has a door of its own.
pub(crate) fn remember(
    field: &str,
    value: &str,
    engine: &Engine,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<(), Refusal>, Unreadable> {
    let Some(name @ Name::Field(_)) = Name::parse(field) else { return Ok(Err(Refusal::NotFound)) };
    let is_blank = match self::value(value) {
        Ok(value) => value.is_empty(),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let choice = if is_blank {
        Choice::Forget { name, whole: true, is_special: false }
    } else {
        let content = Content { text: value.to_owned(), ..Content::default() };
        let saying = Box::new(Saying { content, file: None, says: Says::Me, source: None });
        Choice::Keep { name: Some(name), kind: Kind::Fact, saying, is_special: false }
    };
    Ok(match choice.carry_out(engine, turn)? {
        // What was not there is forgotten.
        Err(refusal) if !(is_blank && refusal == Refusal::NotFound) => Err(refusal),
        _ => Ok(()),
    })
}

/// Remembers what was answered to a request, where it may be proposed again. When there is no room, or the field is of a
/// special category, the answer stands all the same.
pub(crate) fn remember_answer(
    field: &str,
    value: &str,
    engine: &Engine,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let is_ordinary = Name::parse(field).is_some_and(|name| !schema::is_special(&name));
    if is_ordinary {
        remember(field, value, engine, turn)?.ok();
    }
    Ok(())
}

/// A value as it may travel: cleaned, not too long.
pub(crate) fn value(text: &str) -> Result<String, Refusal> {
    records::value(text)
}
