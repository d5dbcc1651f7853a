//! A sheet of text for the terminal: sentences, pairs, tables and bars, drawn for a width and with or without colour.
//! Whatever is put on it loses what could steer the terminal. It knows no language.

use std::fmt::Write as _;
use std::io::IsTerminal;

use comfy_table::{CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};
use sesame_api::safe::Safe;

/// Tables: a line under the header and nothing else.
const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());
/// The widest bar, in columns.
const BAR_COLUMNS_MAX: usize = 40;
/// What a terminal is at least: narrower ones wrap by themselves.
const COLUMNS_MIN: u16 = 40;

/// What is to be shown.
#[derive(Default)]
pub(crate) struct Sheet {
    parts: Vec<Part>,
}

/// How it is drawn.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Look {
    /// Columns of the terminal; nothing when it is no terminal, and then nothing is wrapped.
    pub(crate) width: Option<u16>,
    /// Whether colour may be used. Nothing is said by colour alone.
    pub(crate) colour: bool,
}

/// How a sentence stands out. A sign goes with the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// All is well.
    Good,
    /// Something wants doing.
    Warn,
    /// Something is wrong.
    Bad,
}

enum Part {
    Line(String),
    Title(String),
    Toned(Tone, String),
    Pairs(Vec<(String, String)>),
    Table(Vec<String>, Vec<Vec<String>>, Vec<usize>),
    Bars(Vec<(String, u64, String)>),
    Drawn(String),
    Gap,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A sentence.
    pub(crate) fn line(mut self, text: impl AsRef<str>) -> Self {
        self.parts.push(Part::Line(safe(text)));
        self
    }

    /// A heading.
    pub(crate) fn title(mut self, text: impl AsRef<str>) -> Self {
        self.parts.push(Part::Title(safe(text)));
        self
    }

    /// A sentence that says how things are.
    pub(crate) fn toned(mut self, tone: Tone, text: impl AsRef<str>) -> Self {
        self.parts.push(Part::Toned(tone, safe(text)));
        self
    }

    /// Names and values, the values below each other.
    pub(crate) fn pairs<T: AsRef<str>>(mut self, pairs: impl IntoIterator<Item = (String, T)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (safe(name), safe(value))).collect();
        self.parts.push(Part::Pairs(pairs));
        self
    }

    /// A table; `right` are the columns of numbers.
    pub(crate) fn table(mut self, header: Vec<String>, rows: Vec<Vec<String>>, right: &[usize]) -> Self {
        let rows = rows.into_iter().map(|row| row.iter().map(safe).collect()).collect();
        self.parts.push(Part::Table(header, rows, right.to_owned()));
        self
    }

    /// Bars from zero: a label, an amount and the amount in words.
    pub(crate) fn bars(mut self, bars: Vec<(String, u64, String)>) -> Self {
        self.parts.push(Part::Bars(bars));
        self
    }

    /// Lines that the program has drawn itself, such as a QR code. Never for what somebody else wrote.
    pub(crate) fn drawn_by_us(mut self, lines: String) -> Self {
        self.parts.push(Part::Drawn(lines));
        self
    }

    /// An empty line.
    pub(crate) fn gap(mut self) -> Self {
        self.parts.push(Part::Gap);
        self
    }

    /// The sheet as text.
    pub(crate) fn drawn(&self, look: Look) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Line(line) => push(&mut text, line),
                Part::Title(line) => push(&mut text, &look.wrapped("1", line)),
                Part::Toned(tone, line) => push(&mut text, &look.toned(*tone, line)),
                Part::Pairs(pairs) => draw_pairs(&mut text, pairs),
                Part::Table(header, rows, right) => draw_table(&mut text, header, rows, right, look),
                Part::Bars(bars) => draw_bars(&mut text, bars, look),
                Part::Drawn(lines) => push(&mut text, lines),
                Part::Gap => text.push('\n'),
            }
        }
        text
    }
}

impl Look {
    /// How a stream is drawn: colour on a terminal unless `NO_COLOR` is set (no-color.org) or the terminal is dumb.
    pub(crate) fn of(stream: &impl IsTerminal) -> Self {
        if !stream.is_terminal() {
            return Self::default();
        }
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self { width: Table::new().width().map(|width| width.max(COLUMNS_MIN)), colour: !refused && !dumb }
    }

    /// What opens and closes a text that announces a problem.
    pub(crate) fn alarm(self) -> (&'static str, &'static str) {
        if self.colour { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") }
    }

    fn toned(self, tone: Tone, line: &str) -> String {
        let (sign, colour) = match tone {
            Tone::Good => ('✓', "32"),
            Tone::Warn => ('!', "33"),
            Tone::Bad => ('✗', "31"),
        };
        format!("{} {line}", self.wrapped(colour, &sign.to_string()))
    }

    fn wrapped(self, colour: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

fn safe(text: impl AsRef<str>) -> String {
    Safe(text.as_ref()).to_string()
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The columns that a text takes: signs are counted, without the accents that stand beside their letter (the French
/// list of BIP-39 is decomposed).
pub(crate) fn columns(text: &str) -> usize {
    text.chars().filter(|sign| !('\u{300}'..='\u{36F}').contains(sign)).count()
}

fn draw_pairs(text: &mut String, pairs: &[(String, String)]) {
    let width = pairs.iter().map(|(name, _)| columns(name)).max().unwrap_or(0);
    for (name, value) in pairs {
        let blank = width - columns(name);
        writeln!(text, "  {name}{:blank$}  {value}", "").expect("writing into a string never fails");
    }
}

fn draw_table(text: &mut String, header: &[String], rows: &[Vec<String>], right: &[usize], look: Look) {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row.clone());
    }
    if let Some(width) = look.width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width);
    }
    for place in right {
        if let Some(column) = table.column_mut(*place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    push(text, &table.trim_fmt());
}

fn draw_bars(text: &mut String, bars: &[(String, u64, String)], look: Look) {
    let most = bars.iter().map(|(_, amount, _)| *amount).max().unwrap_or(0);
    let label = bars.iter().map(|(label, ..)| columns(label)).max().unwrap_or(0);
    let value = bars.iter().map(|(.., value)| columns(value)).max().unwrap_or(0);
    let room = usize::from(look.width.unwrap_or(80)).saturating_sub(label + value + 6).clamp(8, BAR_COLUMNS_MAX);
    for (name, amount, shown) in bars {
        let bar = bar(*amount, most, room);
        let (before, after) = (label - columns(name), value - columns(shown));
        let blank = room - columns(&bar);
        let line = format!("  {name}{:before$}  {}{:blank$}  {:after$}{shown}", "", look.wrapped("36", &bar), "", "");
        push(text, line.trim_end());
    }
}

/// A bar in eighths of a column, from zero; the longest fills the room.
fn bar(amount: u64, most: u64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if most == 0 {
        return String::new();
    }
    let steps = u128::from(amount) * (room as u128 * 8) / u128::from(most);
    let steps = usize::try_from(steps).expect("at most eight steps a column");
    format!("{}{}", "█".repeat(steps / 8), EIGHTHS[steps % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { width: None, colour: false };

    #[test]
    fn nothing_that_steers_comes_through_any_part() {
        let hostile = "a\u{1b}[31mb\u{9b}c\u{202e}d\ne";
        let sheet = Sheet::new()
            .line(hostile)
            .title(hostile)
            .toned(Tone::Bad, hostile)
            .pairs([(hostile.to_owned(), hostile)])
            .table(vec!["x".into()], vec![vec![hostile.into()]], &[]);
        let text = sheet.drawn(PLAIN);
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{text:?}");
        assert_eq!(text.matches("a[31mbcd e").count(), 6, "{text:?}");
    }

    #[test]
    fn a_bar_is_as_long_as_its_amount() {
        assert_eq!(bar(0, 10, 10), "");
        assert_eq!(bar(10, 10, 10), "██████████");
        assert_eq!(bar(5, 10, 10), "█████");
        assert_eq!(bar(1, 16, 10), "▋");
        assert_eq!(bar(u64::MAX, u64::MAX, 40).chars().count(), 40);
        assert_eq!(bar(0, 0, 40), "");
    }

    #[test]
    fn a_table_keeps_to_the_width() {
        let long = "word ".repeat(60);
        let sheet = Sheet::new().table(vec!["name".into(), "text".into()], vec![vec!["Bob".into(), long]], &[]);
        let text = sheet.drawn(Look { width: Some(60), colour: false });
        assert!(text.lines().all(|line| columns(line) <= 60), "{text}");
    }

    #[test]
    fn without_colour_there_is_no_escape_at_all() {
        let sheet = Sheet::new().title("t").toned(Tone::Good, "fine").bars(vec![("a".into(), 3, "3".into())]);
        assert!(!sheet.drawn(PLAIN).contains('\u{1b}'));
        assert!(sheet.drawn(Look { width: Some(80), colour: true }).contains('\u{1b}'));
    }
}
