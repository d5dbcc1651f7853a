//! `sesame data facts`: the facts that a person keeps, with who asked for them last. All else about them is in `record`.

use serde_json::Value;
use sesame_api::vendor::Facts;
use sesame_api::words::Words;

use super::{Context, day, wording};
use crate::Result;
use crate::sheet::Sheet;

/// Shows what was said.
pub(super) async fn list(context: &Context) -> Result<()> {
    let facts: Value = context.node().await?.get("facts", &[]).await?;
    context.output.show(facts, |words, facts: Facts| sheet(words, &facts))
}

fn sheet(words: &Words, facts: &Facts) -> Sheet {
    if facts.facts.is_empty() {
        return Sheet::new().line(words.text("cli-facts-none"));
    }
    let header = ["cli-what", "cli-field", "cli-value", "cli-when", "cli-asked-last"].map(|key| words.text(key));
    let rows = facts.facts.iter().map(|fact| {
        let asked = match (&fact.asked_by_name, &fact.asked_at) {
            (Some(name), Some(at)) => format!("{name}, {}", day(words, at)),
            _ => String::new(),
        };
        vec![wording::field(words, &fact.field), fact.field.clone(), fact.value.clone(), day(words, &fact.at), asked]
    });
    Sheet::new().table(header.to_vec(), rows.collect(), &[])
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;
    use sesame_api::vendor::Fact;

    use super::*;
    use crate::sheet::Look;

    #[test]
    fn a_fact_is_shown_with_its_label_and_the_name_that_commands_take() {
        let fact = Fact {
            field: "email".into(),
            value: "a\u{1b}[2J@b.example".into(),
            at: "2026-11-20T10:00:00Z".into(),
            asked_by: Some("ab".into()),
            asked_by_name: Some("Vol\u{1b}[2Jta".into()),
            asked_at: Some("2026-11-21T10:00:00Z".into()),
        };
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = sheet(words, &Facts { facts: vec![fact.clone()] }).drawn(Look::default());
            for part in
                [wording::field(words, "email"), " email ".into(), "@b.example".into(), words.date("2026-11-21")]
            {
                assert!(text.contains(&part), "{part}: {text}");
            }
            assert!(!text.contains('\u{1b}'), "{text}");
            assert!(sheet(words, &Facts::default()).drawn(Look::default()).contains("sesame data add"));
        }
    }
}
