//! `sesame advice`: a sentence first, then the score with its reasons and its price of manipulation. Computed by the
//! node; here it is only told.

use serde_json::Value;
use sesame_api::circle::{Advice, AllAdvice, Confidence, Reason};
use sesame_api::words::Words;

use super::{Context, contact, day, rate};
use crate::Result;
use crate::args;
use crate::sheet::{Sheet, Tone};

/// Asks about one subject, or about everything that the circle knows.
pub(super) async fn run(context: &Context, args: &args::Advice) -> Result<()> {
    let node = context.node().await?;
    let Some(subject) = &args.subject else {
        let all: Value = node.get("advice", &[]).await?;
        return context.output.show(all, |words, all: AllAdvice| list(words, &all));
    };
    let advice: Value = node.get("advice", &[("subject", subject)]).await?;
    context.output.show(advice, |words, advice: Advice| sheet(words, &advice, args.why))
}

fn sheet(words: &Words, advice: &Advice, why: bool) -> Sheet {
    let name = name(advice);
    let mut sheet = match advice.score {
        None => Sheet::new().line(words.with("cli-advice-none", &[("name", (&name).into())])),
        Some(score) => {
            let args =
                [("name", (&name).into()), ("score", score.into()), ("voices", voices(advice.confidence).into())];
            let price = words.with("cli-advice-price", &[("points", advice.price.into())]);
            Sheet::new().title(words.with("cli-advice-score", &args)).line(price)
        }
    };
    if !advice.reasons.is_empty() {
        sheet = sheet.gap().line(words.text("cli-advice-reasons"));
    }
    for reason in &advice.reasons {
        sheet = sheet.line(format!("  {}", reason_line(words, reason)));
        if !reason.text.is_empty() {
            sheet = sheet.line(format!("    {}", words.with("cli-quote", &[("text", (&reason.text).into())])));
        }
        if why {
            sheet = sheet.line(format!("    {}", rate::marks_text(words, &reason.marks)));
            sheet = sheet.line(format!("    {}", reason.id));
        }
    }
    if let Some(mine) = &advice.mine {
        let marks = rate::marks_text(words, &mine.marks);
        sheet = sheet.gap().line(words.with("cli-advice-mine", &[("marks", (&marks).into())]));
    }
    if why {
        sheet = sheet.gap().line(words.text("cli-advice-how"));
    }
    if advice.score.is_none() && advice.reasons.iter().any(|reason| reason.percent == 0) {
        sheet = sheet.gap().toned(Tone::Warn, words.text("cli-advice-untrusted"));
    }
    sheet
}

/// One voice: who, how much it weighs, what mark, when.
fn reason_line(words: &Words, reason: &Reason) -> String {
    let (percent, date) = (words.percent(reason.percent.into()), day(words, &reason.at));
    let trust = contact::trust_word(words, reason.trust);
    let args = [
        ("name", (&reason.through).into()),
        ("mark", reason.mark.into()),
        ("percent", (&percent).into()),
        ("trust", (&trust).into()),
        ("date", (&date).into()),
    ];
    words.with(if reason.percent == 0 { "cli-reason-silent" } else { "cli-reason" }, &args)
}

fn list(words: &Words, all: &AllAdvice) -> Sheet {
    if all.subjects.is_empty() {
        return Sheet::new().line(words.text("cli-advice-empty"));
    }
    let header = ["cli-subject", "cli-score", "cli-voices", "cli-price-points", "cli-mine"];
    let rows = all.subjects.iter().map(|advice| {
        let mine = advice.mine.as_ref().and_then(|mine| mine.marks.overall);
        vec![
            name(advice),
            advice.score.map_or_else(|| "–".to_owned(), |score| score.to_string()),
            words.with("cli-voices-count", &[("voices", voices(advice.confidence).into())]),
            if advice.score.is_some() { advice.price.to_string() } else { String::new() },
            mine.map_or_else(String::new, |mark| mark.to_string()),
        ]
    });
    Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[1, 3, 4])
}

/// How many voices, as the words choose by it.
fn voices(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::None => "none",
        Confidence::One => "one",
        Confidence::Two => "two",
        Confidence::Many => "many",
    }
}

fn name(advice: &Advice) -> String {
    if advice.label.is_empty() { advice.subject.clone() } else { advice.label.clone() }
}

#[cfg(test)]
mod tests {
    use sesame_api::circle::{Marks, Trust};
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    fn advice(score: Option<u8>, percent: u8) -> Advice {
        Advice {
            subject: "domain:volta.example".into(),
            label: "Volta".into(),
            score,
            confidence: Confidence::One,
            price: 40,
            reasons: vec![Reason {
                through: "Bob\u{9b}31m".into(),
                contact: "a1".into(),
                percent,
                trust: Trust::Some,
                mark: 80,
                marks: Marks { overall: Some(80), ..Marks::default() },
                text: "clear\nbills".into(),
                at: "2026-11-20T10:00:00Z".into(),
                id: "bafy".into(),
            }],
            mine: None,
        }
    }

    #[test]
    fn the_score_comes_with_its_price_and_its_reasons() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = sheet(words, &advice(Some(80), 100), false).drawn(Look::default());
            for part in ["Volta", "80", "40", "Bob", "clear bills"] {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains("bafy") && !text.contains('\u{9b}'), "{text}");
            assert!(sheet(words, &advice(Some(80), 100), true).drawn(Look::default()).contains("bafy"));
        }
    }

    #[test]
    fn nobody_who_weighs_means_no_score_and_says_so() {
        let words = Words::of(Language::Fr);
        let text = sheet(words, &advice(None, 0), false).drawn(Look::default());
        assert!(text.starts_with(&words.with("cli-advice-none", &[("name", "Volta".into())])), "{text}");
        assert!(text.contains(&words.text("cli-advice-untrusted")), "{text}");
    }
}
