//! What a record may say: which parts each kind has and needs, how long they may be, and what a day looks like.

use sesame_protocol::limits::VALUE_CHARS_MAX;
use sesame_protocol::text;

use super::keep::{Saying, Upload};
use super::{Content, Dated, Kind, Says, Source};
use crate::decide::Refusal;
use crate::limits;

/// What is said, cleaned, with what its kind needs and nothing that it cannot have.
pub(super) fn checked(kind: Kind, saying: Saying) -> Result<Saying, Refusal> {
    let Saying { content, file, says, source } = saying;
    let Content { text, on, organisation, basis, dates, .. } = content;
    let field = |name: &str| name.to_owned();
    let text = match kind {
        Kind::Fact => value(&text)?,
        Kind::Paper => prose("title", &text, limits::TITLE_CHARS_MAX)?,
        Kind::Event | Kind::Conclusion => prose("text", &text, limits::SAID_CHARS_MAX)?,
    };
    let organisation = prose("organisation", &organisation, limits::NAME_CHARS_MAX)?.replace('\n', " ");
    let basis = prose("basis", &basis, limits::SAID_CHARS_MAX)?;
    let on = on.map(|on| check_moment(&on)).transpose()?;
    let foreign = match kind {
        Kind::Fact => [on.is_some(), !organisation.is_empty(), !basis.is_empty(), !dates.is_empty(), file.is_some()],
        Kind::Event => [false, false, !basis.is_empty(), !dates.is_empty(), file.is_some()],
        Kind::Paper => [false, false, !basis.is_empty(), false, false],
        Kind::Conclusion => [false, false, false, !dates.is_empty(), file.is_some()],
    };
    let parts = ["on", "organisation", "basis", "dates", "file"];
    if let Some((part, _)) = parts.iter().zip(foreign).find(|(_, is_foreign)| *is_foreign) {
        return Err(Refusal::NoPart { kind: kind.code(), part });
    }
    let lacking = [
        ("text", text.is_empty()),
        ("on", kind == Kind::Event && on.is_none()),
        ("organisation", kind == Kind::Conclusion && organisation.is_empty()),
    ];
    if let Some((part, _)) = lacking.iter().find(|(_, is_lacking)| *is_lacking) {
        return Err(Refusal::Blank { field: field(part) });
    }
    let text = if kind == Kind::Paper { text.replace('\n', " ") } else { text };
    if dates.len() > limits::DATES_MAX {
        return Err(Refusal::Full { what: "dates", most: limits::DATES_MAX });
    }
    let dates = dates.iter().map(dated).collect::<Result<Vec<_>, _>>()?;
    let says = match says {
        Says::Organisation(name) => match prose("organisation", &name, limits::NAME_CHARS_MAX)? {
            name if name.is_empty() => return Err(Refusal::Blank { field: field("says") }),
            name => Says::Organisation(name.replace('\n', " ")),
        },
        Says::Import if !matches!(source, Some(Source::Import(_))) => {
            return Err(Refusal::Blank { field: field("import") });
        }
        says => says,
    };
    if let Some(Upload { bytes, .. }) = &file
        && bytes.len() > limits::PAPER_BYTES_MAX
    {
        return Err(Refusal::TooLarge { most: limits::PAPER_BYTES_MAX });
    }
    let file = file.map(|Upload { name, bytes }| Upload { name: file_name(&name), bytes });
    let content = Content { text, on, organisation, basis, dates, file: None };
    Ok(Saying { content, file, says, source })
}

fn dated(dated: &Dated) -> Result<Dated, Refusal> {
    let what = prose("dates", &dated.what, limits::TITLE_CHARS_MAX)?.replace('\n', " ");
    if what.is_empty() {
        return Err(Refusal::Blank { field: "dates".to_owned() });
    }
    Ok(Dated { what, on: check_day(&dated.on)? })
}

/// A value as it may travel: cleaned, not too long.
pub(crate) fn value(text: &str) -> Result<String, Refusal> {
    prose("value", text, VALUE_CHARS_MAX)
}

fn prose(what: &'static str, text: &str, most: usize) -> Result<String, Refusal> {
    let text = text::clean_prose(text);
    if text.chars().count() > most { Err(Refusal::TooLong { what, most }) } else { Ok(text) }
}

/// The last part of a path, without what a screen or a folder could trip over.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = text::clean_prose(last).replace('\n', " ").chars().take(limits::TITLE_CHARS_MAX).collect();
    if name.is_empty() || name.starts_with('.') { format!("file{name}") } else { name }
}

/// A day of the calendar, in its one form.
fn check_day(text: &str) -> Result<String, Refusal> {
    match text.parse::<jiff::civil::Date>() {
        Ok(day) if text.len() == 10 => Ok(day.to_string()),
        _ => Err(Refusal::NoDay { text: text.chars().take(40).collect() }),
    }
}

/// A day, or a minute of one.
fn check_moment(text: &str) -> Result<String, Refusal> {
    let Some((day, hour)) = text.split_once('T') else { return check_day(text) };
    let day = check_day(day)?;
    match hour.parse::<jiff::civil::Time>() {
        Ok(time) if hour.len() == 5 => Ok(format!("{day}T{:02}:{:02}", time.hour(), time.minute())),
        _ => Err(Refusal::NoDay { text: text.chars().take(40).collect() }),
    }
}
