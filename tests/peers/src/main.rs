//! Comparisons: each row measures what the product does against a peer or a bare limit, in one run on one machine, and
//! prints a line a goal: the row, the figure, the goal, and whether it meets it.
//!
//! `cargo run --release -p sesame-peers -- [ROW…] [--json]`

mod series;
mod wire;

use anyhow::{Result, bail};

/// A figure beside its goal.
struct Line {
    row: &'static str,
    what: &'static str,
    figure: f64,
    goal: f64,
    unit: &'static str,
}

/// What measures a row.
type Measure = fn() -> Result<Vec<Line>>;

/// The rows there are.
const ROWS: [(&str, Measure); 2] = [("P6", series::measure), ("P16", wire::measure)];

fn main() -> Result<()> {
    let (flags, wanted): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word.starts_with("--"));
    if let Some(flag) = flags.iter().find(|flag| *flag != "--json") {
        bail!("unknown flag {flag}: there is only --json");
    }
    if let Some(row) = wanted.iter().find(|row| !ROWS.iter().any(|(name, _)| name == row)) {
        bail!("unknown row {row}: there are {}", ROWS.map(|(name, _)| name).join(", "));
    }
    println!("sesame {} on {}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH);
    for (name, measure) in ROWS {
        if wanted.is_empty() || wanted.iter().any(|row| row == name) {
            for line in measure()? {
                line.print(!flags.is_empty());
            }
        }
    }
    Ok(())
}

impl Line {
    /// Prints the line. Smaller is better in every row there is.
    fn print(&self, as_json: bool) {
        let verdict = if self.figure <= self.goal { "meets" } else { "short" };
        let Self { row, what, figure, goal, unit } = self;
        if as_json {
            let line = serde_json::json!({ "row": row, "what": what, "figure": figure, "goal": goal, "unit": unit, "verdict": verdict });
            println!("{line}");
        } else {
            println!("{row:4} {what}: {figure:.4} {unit} (goal ≤ {goal}) {verdict}");
        }
    }
}

/// The middle one of several measurements.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
