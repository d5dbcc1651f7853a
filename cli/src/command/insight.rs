//! `sesame insight`: the finding in a sentence, totals as bars, and the chart as a file. The numbers are the node's.

use std::path::Path;

use serde_json::{Value, json};
use sesame_api::insight::{By, Finding, Insight, Total};
use sesame_api::words::Words;

use super::{Context, data, write_new};
use crate::Result;
use crate::args::{About, Insight as Args};
use crate::sheet::{Sheet, Tone};

/// Asks for the totals and draws them, or writes the chart.
pub(super) async fn run(context: &Context, args: &Args) -> Result<()> {
    let About::Energy = args.about;
    let node = context.node().await?;
    let series = match &args.series {
        Some(given) => Some(data::find(&node, given).await?.id),
        None => None,
    };
    let mut query = vec![("by", args.by.name())];
    query.extend(args.span.from.as_deref().map(|day| ("from", day)));
    query.extend(args.span.to.as_deref().map(|day| ("to", day)));
    query.extend(series.as_deref().map(|id| ("series", id)));
    if let Some(path) = &args.svg {
        let chart = node.get_text("insight/energy.svg", &query, context.words().tag()).await?;
        return write(context, path, &chart);
    }
    let insight: Value = node.get("insight/energy", &query).await?;
    context.output.show(insight, |words, insight: Insight| sheet(words, &insight))
}

fn write(context: &Context, path: &Path, chart: &str) -> Result<()> {
    write_new(path, chart.as_bytes())?;
    let file = path.display().to_string();
    let value = json!({ "file": file, "bytes": chart.len() });
    context.output.done(value, |words, _: Value| words.with("cli-svg-done", &[("file", (&file).into())]))
}

fn sheet(words: &Words, insight: &Insight) -> Sheet {
    let mut sheet = Sheet::new();
    if let Some(finding) = &insight.finding {
        sheet = sheet.title(sentence(words, finding)).gap();
    }
    let span = data::span(words, &insight.from, &insight.to);
    let energy = words.energy(insight.watt_hours);
    let head = [("vendor", (&insight.vendor).into()), ("span", (&span).into()), ("energy", (&energy).into())];
    sheet = sheet.line(words.with("cli-insight-head", &head));
    if matches!(insight.by, By::Hour | By::Weekday) {
        sheet = sheet.line(words.text("cli-insight-mean"));
    }
    let whole = insight.totals.iter().all(|total| total.missing == 0);
    let bars = insight.totals.iter().map(|total| {
        // The sign of what is missing has a column of its own, so that the numbers stay below each other.
        let sign = match (whole, total.missing) {
            (true, _) => "",
            (false, 0) => "  ",
            (false, _) => " ○",
        };
        let shown = format!("{}{sign}", words.energy(total.watt_hours));
        (label(words, insight.by, total), total.watt_hours, shown)
    });
    sheet = sheet.gap().bars(bars.collect());
    if insight.missing > 0 {
        sheet = sheet.gap().toned(Tone::Warn, words.with("cli-insight-missing", &[("count", insight.missing.into())]));
    }
    if insight.estimated > 0 {
        sheet = sheet.line(words.with("cli-insight-estimated", &[("count", insight.estimated.into())]));
    }
    sheet
}

/// A finding as one sentence with its numbers.
fn sentence(words: &Words, finding: &Finding) -> String {
    match finding {
        Finding::Night { watts, watt_hours_a_year, percent, hours, nights } => {
            let key = if *hours == 24 { "cli-finding-always" } else { "cli-finding-night" };
            let (energy, percent) = (words.energy(*watt_hours_a_year), words.percent(*percent));
            let args = [
                ("watts", (*watts).into()),
                ("energy", (&energy).into()),
                ("percent", (&percent).into()),
                ("nights", (*nights).into()),
            ];
            words.with(key, &args)
        }
    }
}

/// The label of a total in the way of the language.
fn label(words: &Words, by: By, total: &Total) -> String {
    let number = || total.label.parse::<u8>().ok();
    match by {
        By::Month => words.month(&total.label),
        By::Day => words.date(&total.label),
        By::Hour => number().map_or_else(|| total.label.clone(), |hour| words.hour(hour)),
        By::Weekday => number().map_or_else(|| total.label.clone(), |day| words.weekday(day)),
    }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    fn total(label: &str, watt_hours: u64, missing: u64) -> Total {
        Total { label: label.into(), watt_hours, present: 48, missing, estimated: 0 }
    }

    fn insight(by: By, totals: Vec<Total>) -> Insight {
        Insight {
            series: "s".into(),
            vendor: "EDF".into(),
            from: "2025-01-01".into(),
            to: "2025-02-28".into(),
            by,
            watt_hours: totals.iter().map(|total| total.watt_hours).sum(),
            totals,
            present: 96,
            missing: 2,
            estimated: 0,
            finding: Some(Finding::Night {
                watts: 151,
                watt_hours_a_year: 1_322_760,
                percent: 21,
                hours: 24,
                nights: 700,
            }),
        }
    }

    #[test]
    fn the_finding_comes_first_with_its_numbers() {
        let words = Words::of(Language::Fr);
        let totals = vec![total("2025-01", 412_400, 0), total("2025-02", 206_200, 2)];
        let text = sheet(words, &insight(By::Month, totals)).drawn(Look::default());
        let first = text.lines().next().unwrap();
        assert!(first.contains("151") && first.contains("1,3\u{a0}MWh") && first.contains("21\u{202f}%"), "{first}");
        assert!(text.contains("janvier 2025") && text.contains("412\u{a0}kWh"), "{text}");
        let bars = |month| text.lines().find(|line| line.contains(month)).unwrap().matches('█').count();
        assert_eq!(bars("janvier"), 2 * bars("février"), "{text}");
        assert!(text.lines().any(|line| line.contains("février") && line.contains('○')), "{text}");
    }

    #[test]
    fn hours_and_weekdays_have_their_names() {
        let words = Words::of(Language::Fr);
        assert_eq!(label(words, By::Hour, &total("07", 1, 0)), "7\u{a0}h");
        assert_eq!(label(words, By::Weekday, &total("1", 1, 0)), "lundi");
        assert_eq!(label(words, By::Day, &total("2025-03-02", 1, 0)), "02/03/2025");
    }
}
