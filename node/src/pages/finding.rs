//! One finding: a sentence with a number, the chart behind it, how it was computed and its table. Home and the first run
//! show it the same way.

use sesame_api::insight::{By, Finding as Fact, InsightAsk};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::series::{Row, rows};
use super::visit::Visit;
use crate::capability;

/// A finding, ready to be shown.
pub(super) struct Finding {
    /// The sentence.
    pub(super) sentence: String,
    /// What it means, in a second sentence.
    pub(super) meaning: String,
    /// The chart: SVG made by the node from numbers alone.
    pub(super) chart: String,
    /// The chart in words: span, lowest and highest.
    pub(super) description: String,
    /// How it was computed.
    pub(super) how: String,
    /// The numbers of the chart.
    pub(super) rows: Vec<Row>,
    /// Where the readings behind it are.
    pub(super) source: String,
}

/// The finding in the series that counts; nothing when there are no readings or too few.
pub(super) async fn of(visit: &Visit) -> Result<Option<Finding>, Problem> {
    let ask = InsightAsk { by: By::Hour, ..InsightAsk::default() };
    let insight = match capability::insight::energy(&visit.app, ask.clone()).await {
        Ok(insight) => insight,
        Err(problem) if problem.code == Code::NotFound => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let Some(fact) = &insight.finding else { return Ok(None) };
    let words = visit.words;
    let chart = capability::insight::energy_svg(&visit.app, ask, words.language()).await?;
    let [sentence, meaning, how] = told(words, fact, &words.date(&insight.from), &words.date(&insight.to));
    Ok(Some(Finding {
        sentence,
        meaning,
        chart,
        description: super::series::description(words, &insight),
        how,
        rows: rows(words, &insight),
        source: format!("/data/series/{}?by=hour", insight.series),
    }))
}

fn told(words: &Words, fact: &Fact, from: &str, to: &str) -> [String; 3] {
    match *fact {
        Fact::Night { watts, watt_hours_a_year, percent, hours, nights } => {
            let (kind, meaning) = if hours == 24 {
                ("page-finding-always", "page-finding-always-meaning")
            } else {
                ("page-finding-night", "page-finding-night-meaning")
            };
            let year = words.energy(watt_hours_a_year);
            let percent = words.percent(percent);
            let how = [
                ("nights", nights.into()),
                ("watts", watts.into()),
                ("hours", hours.into()),
                ("from", from.into()),
                ("to", to.into()),
            ];
            [
                words.with(kind, &[("watts", watts.into()), ("year", (&year).into())]),
                words.with(meaning, &[("percent", (&percent).into())]),
                words.with("page-finding-night-how", &how),
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;

    #[test]
    fn what_runs_at_night_only_is_not_said_to_run_all_day() {
        let words = Words::of(Language::En);
        let night =
            |hours| Fact::Night { watts: 100, watt_hours_a_year: 100 * hours * 365, percent: 20, hours, nights: 300 };
        let [sentence, _, how] = told(words, &night(6), "a", "b");
        assert!(sentence.contains("between midnight and 6:00") && how.contains("6 hours a day"), "{sentence} {how}");
        let [sentence, _, how] = told(words, &night(24), "a", "b");
        assert!(sentence.contains("Day and night") && how.contains("24 hours a day"), "{sentence} {how}");
    }
}
