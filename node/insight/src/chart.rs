//! Charts as SVG text, for a page and for a file.
//!
//! An SVG is named by its title and described for those who do not see it (`role="img"`, `<title>`, `<desc>`). There is
//! no script, no `<style>` and no `style=` in it: only classes and presentation attributes, so that the strictest content
//! policy lets it pass and it still looks right alone. Everything is painted in `currentColor`; the page gives light and
//! dark by setting `color` on these classes:
//!
//! | class | what |
//! | --- | --- |
//! | `chart-bar` | bars: solid where measured, outlined where estimated |
//! | `chart-hatch` | hatching where readings are missing |
//! | `chart-rule` | the base line and the lines of the scale |
//! | `chart-text` | numbers, labels and the unit |
//!
//! and, for a heat map, `chart-heat-0` (least) to `chart-heat-4` (most), on which a page sets `color` and
//! `fill-opacity: 1`. The words come from the caller, escaped here; so does the way in which numbers are written. The
//! same input gives the same text.

mod bars;
mod heat;
mod scale;

pub use bars::{Bar, Bars, State, bars};
pub use heat::{HeatMap, HeatRow, heat};

/// The height of text in all charts, in pixels.
const TEXT: f64 = 12.0;

/// The mean width of a character at that height, rather too wide than too narrow.
const CHARACTER: f64 = 7.2;

/// The smallest width and height of a chart in pixels: below, nothing can be read.
pub const SIZE_MIN: u32 = 120;

/// The largest width and height of a chart in pixels.
pub const SIZE_MAX: u32 = 4096;

/// A width or a height within bounds.
fn size(pixels: u32) -> f64 {
    f64::from(pixels.clamp(SIZE_MIN, SIZE_MAX))
}

/// How wide a text is, about.
fn width(text: &str) -> f64 {
    f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX)) * CHARACTER
}

/// The opening of a chart, up to its description. `id` is the prefix of every id in it.
fn open(id: &str, title: &str, description: &str, width: f64, height: f64) -> String {
    let (width, height) = (pixels(width), pixels(height));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escaped(title),
        escaped(description)
    )
}

/// A text at a place; `anchor` is `start`, `middle` or `end`.
fn label(x: f64, y: f64, anchor: &str, text: &str) -> String {
    let (x, y, text) = (pixels(x), pixels(y), escaped(text));
    format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>")
}

/// What holds all texts of a chart.
fn texts(inner: &str) -> String {
    format!(
        "<g class=\"chart-text\" fill=\"currentColor\" font-size=\"{TEXT}\" font-family=\"system-ui, sans-serif\">{inner}</g>"
    )
}

/// The prefix of the ids of a chart: letters, digits and hyphens of what was given, or `chart`.
fn prefix(id: &str) -> String {
    let kept: String = id.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(64).collect();
    if kept.starts_with(|letter: char| letter.is_ascii_alphabetic()) { kept } else { format!("chart{kept}") }
}

/// A coordinate to a tenth of a pixel, as short as it can be.
fn pixels(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), ToOwned::to_owned)
}

/// Text that is nothing but text in XML. Characters that XML 1.0 cannot hold (section 2.2) and those that turn the
/// direction of text are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
