//! `sesame rate`, `ratings` and `retract`: what I say of others, and to whom.

use serde_json::Value;
use sesame_api::circle::{Audience, Marks, RateAsk, Rating, Ratings, RetractAsk};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, day};
use crate::Result;
use crate::args::{Rate, Subject};
use crate::sheet::Sheet;

/// Signs a rating, or keeps it as a note to myself.
pub(super) async fn rate(context: &Context, args: Rate) -> Result<()> {
    let marks = Marks {
        overall: args.overall,
        price: args.price,
        quality: args.quality,
        service: args.service,
        honesty: args.honesty,
    };
    if marks == Marks::default() {
        let option = "--overall | --price | --quality | --service | --honesty";
        return Err(Problem::new(Code::Usage).with("command", "rate").with("reason", "marks").with("give", option));
    }
    let asked = RateAsk {
        subject: args.subject.subject,
        label: args.label,
        market: args.subject.market,
        marks,
        text: args.text,
        audience: if args.private { Audience::Myself } else { Audience::Contacts },
    };
    let rating: Value = context.node().await?.post("ratings", &asked).await?;
    context.output.done(rating, |words, rating: Rating| {
        // The node may have kept it here although it was to be sent: what is about `local:` stays with me.
        let key = match rating.audience {
            Audience::Contacts => "cli-rate-sent",
            Audience::Myself => "cli-rate-kept",
        };
        words.with(key, &[("name", (&name(&rating)).into())])
    })
}

/// Shows my ratings.
pub(super) async fn list(context: &Context) -> Result<()> {
    let ratings: Value = context.node().await?.get("ratings", &[]).await?;
    context.output.show(ratings, |words, ratings: Ratings| sheet(words, &ratings))
}

/// Takes a rating back.
pub(super) async fn retract(context: &Context, args: Subject) -> Result<()> {
    let asked = RetractAsk { subject: args.subject, market: args.market };
    let rating: Value = context.node().await?.post("ratings/retract", &asked).await?;
    context
        .output
        .done(rating, |words, rating: Rating| words.with("cli-retract-done", &[("name", (&name(&rating)).into())]))
}

/// The marks that were given, in words: "all in all 80, price 60".
pub(super) fn marks_text(words: &Words, marks: &Marks) -> String {
    let all = [
        ("cli-mark-overall", marks.overall),
        ("cli-mark-price", marks.price),
        ("cli-mark-quality", marks.quality),
        ("cli-mark-service", marks.service),
        ("cli-mark-honesty", marks.honesty),
    ];
    let given = all.into_iter().filter_map(|(key, mark)| mark.map(|mark| format!("{} {mark}", words.text(key))));
    given.collect::<Vec<_>>().join(", ")
}

fn name(rating: &Rating) -> String {
    if rating.label.is_empty() { rating.subject.clone() } else { rating.label.clone() }
}

fn sheet(words: &Words, ratings: &Ratings) -> Sheet {
    if ratings.ratings.is_empty() {
        return Sheet::new().line(words.text("cli-ratings-none"));
    }
    let header = ["cli-when", "cli-subject", "cli-market", "cli-marks", "cli-text", "cli-audience"];
    let rows = ratings.ratings.iter().map(|rating| {
        let audience = match (rating.retracted, rating.audience) {
            (true, _) => "cli-retracted",
            (false, Audience::Contacts) => "cli-audience-contacts",
            (false, Audience::Myself) => "cli-audience-myself",
        };
        vec![
            day(words, &rating.at),
            name(rating),
            rating.market.clone().unwrap_or_default(),
            marks_text(words, &rating.marks),
            rating.text.clone(),
            words.text(audience),
        ]
    });
    Sheet::new().table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[])
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    #[test]
    fn only_the_marks_that_were_given_are_shown() {
        let marks = Marks { overall: Some(80), honesty: Some(0), ..Marks::default() };
        let text = marks_text(Words::of(Language::En), &marks);
        assert!(text.contains("80") && text.contains(" 0") && text.matches(',').count() == 1, "{text}");
    }
}
