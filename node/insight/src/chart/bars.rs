//! A bar chart: zero-based, hatched where readings are missing, outlined where they are estimated. Bars of one kind are
//! one path, so that a chart of two years of days stays small.

use std::fmt::Write as _;

use super::scale::Scale;
use super::{CHARACTER, TEXT, escaped, label, open, pixels, prefix, size, texts, width};

/// The height of the hatching above a bar that is not whole, in pixels: how much is missing is not known.
const CAP: f64 = 10.0;

/// A bar chart.
pub struct Bars<'a> {
    /// The prefix of the ids in the chart, different for each chart of a page.
    pub id: &'a str,
    /// The finding, as a sentence.
    pub title: &'a str,
    /// What the chart shows for those who do not see it: least, most, trend.
    pub description: &'a str,
    /// The unit of the scale, such as `kWh`.
    pub unit: &'a str,
    /// The bars, from left to right.
    pub bars: &'a [Bar],
    /// Pixels from left to right, within [`super::SIZE_MIN`] and [`super::SIZE_MAX`].
    pub width: u32,
    /// Pixels from top to bottom, within the same bounds.
    pub height: u32,
    /// Writes a number of the scale in the language of the reader.
    pub number: &'a dyn Fn(f64) -> String,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What stands below it, when there is room.
    pub label: String,
    /// Its length. Below zero, and what is no number, is drawn as zero.
    pub value: f64,
    /// Whether readings are missing.
    pub state: State,
    /// The part of the value that is estimated, 0 to 1.
    pub estimated: f64,
}

/// Whether readings are missing behind a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// None is.
    Whole,
    /// Some are: the value is a least one, and the bar ends in hatching.
    Partial,
    /// All are: there is no bar, only hatching.
    Missing,
}

/// Draws a bar chart.
pub fn bars(chart: &Bars<'_>) -> String {
    let id = prefix(chart.id);
    let (wide, high) = (size(chart.width), size(chart.height));
    let largest = chart.bars.iter().map(Bar::length).fold(0.0, f64::max);
    let scale = Scale::to(largest);
    let ticks: Vec<(f64, String)> = scale.ticks().map(|tick| (tick, (chart.number)(tick))).collect();
    let left = ticks.iter().map(|(_, text)| width(text)).fold(0.0, f64::max) + 10.0;
    let plot =
        Plot { left: left.min(wide / 2.0), right: wide - 4.0, top: 2.0 * TEXT, bottom: high - 2.0 * TEXT, scale };
    let mut svg = open(&id, chart.title, chart.description, wide, high);
    let _ = write!(
        svg,
        "<defs><pattern id=\"{id}-hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><path class=\"chart-hatch\" d=\"M0 0V5\" stroke=\"currentColor\" \
         stroke-width=\"2.5\"/></pattern></defs>"
    );
    svg.push_str(&plot.rules(&ticks));
    svg.push_str(&plot.bars(chart.bars, &id));
    svg.push_str(&texts(&(plot.numbers(&ticks, chart.unit) + &plot.labels(chart.bars))));
    svg.push_str("</svg>");
    svg
}

impl Bar {
    /// What is drawn.
    fn length(&self) -> f64 {
        if self.value.is_finite() && self.state != State::Missing { self.value.max(0.0) } else { 0.0 }
    }

    /// The estimated part, within bounds.
    fn guessed(&self) -> f64 {
        if self.estimated.is_finite() { self.estimated.clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// Where the bars are.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    scale: Scale,
}

impl Plot {
    /// The height at which a value lies.
    fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * value / self.scale.top
    }

    /// The room of one bar and its gap.
    fn slot(&self, bars: &[Bar]) -> f64 {
        (self.right - self.left) / f64::from(u32::try_from(bars.len().max(1)).unwrap_or(u32::MAX))
    }

    /// Lines across, the lowest one strong.
    fn rules(&self, ticks: &[(f64, String)]) -> String {
        let (left, right) = (pixels(self.left), pixels(self.right));
        let line = |(place, (tick, _)): (usize, &(f64, String))| {
            let opacity = if place == 0 { "1" } else { "0.25" };
            format!("<path d=\"M{left} {}H{right}\" stroke-opacity=\"{opacity}\"/>", pixels(self.y(*tick)))
        };
        let lines: String = ticks.iter().enumerate().map(line).collect();
        format!("<g class=\"chart-rule\" stroke=\"currentColor\">{lines}</g>")
    }

    /// One path a kind: solid, outlined, hatched.
    fn bars(&self, bars: &[Bar], id: &str) -> String {
        let slot = self.slot(bars);
        let gap = if slot > 4.0 { slot * 0.25 } else { 0.0 };
        let (mut solid, mut outlined, mut hatched) = (String::new(), String::new(), String::new());
        let mut left = self.left + gap / 2.0;
        for bar in bars {
            let box_of = |from: f64, to: f64| {
                let (left, wide) = (pixels(left), pixels(slot - gap));
                format!("M{left} {}h{wide}V{}h-{wide}z", pixels(from), pixels(to))
            };
            let (measured, end) = (self.y(bar.length() * (1.0 - bar.guessed())), self.y(bar.length()));
            if measured < self.bottom {
                solid += &box_of(self.bottom, measured);
            }
            if end < measured {
                outlined += &box_of(measured, end);
            }
            match bar.state {
                State::Whole => {}
                State::Partial => hatched += &box_of(end, (end - CAP).max(0.0)),
                State::Missing => hatched += &box_of(self.bottom, self.top),
            }
            left += slot;
        }
        let mut paths = String::new();
        let mut path = |shape: &str, attributes: &str| {
            if !shape.is_empty() {
                let _ = write!(paths, "<path {attributes} d=\"{shape}\"/>");
            }
        };
        path(&hatched, &format!("fill=\"url(#{id}-hatch)\""));
        path(&solid, "class=\"chart-bar\" fill=\"currentColor\"");
        path(&outlined, "class=\"chart-bar\" fill=\"currentColor\" fill-opacity=\"0.12\" stroke=\"currentColor\"");
        paths
    }

    /// The numbers of the scale and its unit above them.
    fn numbers(&self, ticks: &[(f64, String)], unit: &str) -> String {
        let number = |(tick, text): &(f64, String)| label(self.left - 6.0, self.y(*tick) + TEXT / 3.0, "end", text);
        let numbers: String = ticks.iter().map(number).collect();
        numbers + &label(2.0, TEXT, "start", unit)
    }

    /// The labels below the bars: every one, or every second, third… so that none touches the next.
    fn labels(&self, bars: &[Bar]) -> String {
        let slot = self.slot(bars);
        let widest = bars.iter().map(|bar| width(&escaped(&bar.label))).fold(CHARACTER, f64::max);
        let mut labels = String::new();
        let (mut middle, mut free) = (self.left + slot / 2.0, f64::MIN);
        for bar in bars {
            let (start, end) = (middle - widest / 2.0, middle + widest / 2.0);
            // Half a label may stand below the numbers on the left, and none beyond the right.
            if start >= free && end <= self.right + 4.0 {
                labels += &label(middle, self.bottom + 1.4 * TEXT, "middle", &bar.label);
                free = end + CHARACTER;
            }
            middle += slot;
        }
        labels
    }
}
