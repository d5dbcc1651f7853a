//! What a person has said of themselves, in *My data*: shown with who asked for it last, added, changed and forgotten.
//! Nothing of it is given to anybody from here.

use axum::response::{IntoResponse, Response};
use sesame_api::records::RecordAbout;
use sesame_api::vendor::{Fact, FactAsk};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_protocol::limits::VALUE_CHARS_MAX;
use sesame_protocol::terms::field::{self, Category};

use super::data;
use super::form::PostedOpen;
use super::frame::{Trouble, status_of};
use super::label;
use super::organisations::shown_name;
use super::records::with_held;
use super::visit::Visit;
use crate::capability;

/// Where the section is.
const PLACE: &str = "/data#facts";

/// One fact, as it is shown.
pub(super) struct Line {
    pub(super) fact: Fact,
    pub(super) label: String,
    /// Since when, in one line.
    pub(super) since: String,
    /// Who asked for it last, and where that organisation is.
    pub(super) asked: Option<(String, String)>,
}

/// The form for one more fact, with what is in it.
pub(super) struct Form {
    pub(super) groups: Vec<Group>,
    /// A name of the person's own choice.
    pub(super) own: String,
    pub(super) value: String,
    pub(super) value_chars_max: usize,
}

/// Fields that are about the same, each with its name, label and whether it is chosen.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) fields: Vec<(&'static str, String, bool)>,
}

/// What was in a form that was refused.
#[derive(Clone, Copy, Default)]
pub(super) struct Typed<'a> {
    field: &'a str,
    own: &'a str,
    value: &'a str,
}

impl Line {
    pub(super) fn of(words: &Words, fact: Fact) -> Self {
        let day = words.day_of(&fact.at);
        let asked = fact.asked_by.as_ref().zip(fact.asked_at.as_ref()).map(|(id, at)| {
            let name = shown_name(words, fact.asked_by_name.as_deref().unwrap_or_default());
            let at = words.day_of(at);
            let said = words.with("page-fact-asked", &[("name", (&name).into()), ("day", (&at).into())]);
            (said, format!("/organisations/{id}"))
        });
        Self {
            label: label::field(words, &fact.field),
            since: words.with("page-fact-since", &[("day", (&day).into())]),
            asked,
            fact,
        }
    }
}

impl Form {
    /// What is said already has a form of its own, and is not offered again.
    pub(super) fn of(words: &Words, said: &[Line], typed: Typed<'_>) -> Self {
        let is_free = |name: &str| name == typed.field || !said.iter().any(|line| line.fact.field == name);
        let group = |category: Category| {
            // What is special has a form of its own, which asks once more.
            let of =
                field::all().filter(|known| !known.is_special && known.category == category && is_free(known.name));
            let fields: Vec<_> =
                of.map(|known| (known.name, label::field(words, known.name), known.name == typed.field)).collect();
            Group { name: words.text(&format!("page-desk-group-{}", category.code())), fields }
        };
        Self {
            groups: Category::ALL.into_iter().map(group).filter(|group| !group.fields.is_empty()).collect(),
            own: typed.own.to_owned(),
            value: typed.value.to_owned(),
            value_chars_max: VALUE_CHARS_MAX,
        }
    }
}

/// What the section shows.
pub(super) async fn section(visit: &Visit, typed: Typed<'_>) -> Result<(Vec<Line>, Form), Problem> {
    let facts = capability::said::facts(&visit.app).await?.facts.into_iter();
    let lines: Vec<Line> = facts.map(|fact| Line::of(visit.words, fact)).collect();
    let form = Form::of(visit.words, &lines, typed);
    Ok((lines, form))
}

/// `POST /data/facts`: remembers something, or changes it.
pub(super) async fn remember(PostedOpen(posted): PostedOpen) -> Response {
    let (visit, words) = (&posted.visit, posted.visit.words);
    let value = posted.field("value").replace("\r\n", "\n");
    let typed = Typed { field: posted.field("field"), own: posted.field("own"), value: &value };
    let field = posted.filled("own").or(posted.filled("field")).unwrap_or_default();
    let nothing = |key: &str| Problem::new(Code::BadValue).with("name", words.text(key)).with("why", "no-value");
    // Nothing would forget it, which has a form of its own.
    let (place, made) = if field.is_empty() {
        ("fact-field", Err(nothing("page-fact-field")))
    } else if value.is_empty() {
        ("fact-value", Err(nothing("page-fact-value")))
    } else {
        let ask = FactAsk { field: field.to_owned(), value: value.clone() };
        let place = if typed.own.is_empty() { "fact-value" } else { "fact-own" };
        (place, capability::said::remember(&visit.app, ask).await)
    };
    match made {
        Ok(_) => {
            let label = label::field(words, field);
            visit.say(words.with("page-fact-remembered", &[("field", (&label).into())]));
            Visit::lead(PLACE)
        }
        Err(problem) => {
            let trouble = Trouble::of(words, &problem, Some(place));
            (status_of(&problem), visit.answer(data::view(visit, Some(trouble), typed).await)).into_response()
        }
    }
}

/// `POST /data/facts/forget`.
pub(super) async fn forget(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let field = posted.field("field");
    let label = label::field(visit.words, field);
    let said = visit.words.with("page-fact-forgotten", &[("field", (&label).into())]);
    let said = match capability::records::forget(&visit.app, field, &RecordAbout::default()).await {
        Ok(gone) => Ok(with_held(visit.words, said, &gone)),
        // What was not there is forgotten.
        Err(problem) if problem.code == Code::NotFound => Ok(said),
        Err(problem) => Err(problem),
    };
    match said {
        Ok(said) => {
            visit.say(said);
            Visit::lead(PLACE)
        }
        Err(problem) => visit.failure(&problem),
    }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    #[test]
    fn what_is_said_is_not_offered_again_unless_it_was_refused() {
        let words = Words::of(Language::Fr);
        let fact = Fact {
            field: "email".into(),
            value: "a@b.example".into(),
            at: "2026-11-20T10:00:00Z".into(),
            asked_by: None,
            asked_by_name: None,
            asked_at: None,
        };
        let said = [Line::of(words, fact)];
        let offered = |typed| {
            let groups = Form::of(words, &said, typed).groups.into_iter();
            groups.flat_map(|group| group.fields).map(|(name, _, chosen)| (name, chosen)).collect::<Vec<_>>()
        };
        let fresh = offered(Typed::default());
        assert!(fresh.len() > 20 && fresh.iter().all(|(name, chosen)| *name != "email" && !chosen), "{fresh:?}");
        let again = offered(Typed { field: "email", ..Typed::default() });
        assert_eq!(again.iter().filter(|(_, chosen)| *chosen).collect::<Vec<_>>(), [&("email", true)]);
    }
}
