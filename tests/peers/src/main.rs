//! Comparisons: each row measures what the product does against a peer or a bare limit, in one run on one machine, and
//! prints a line a goal: the row, the figure, the goal, and whether it meets it.
//!
//! `cargo run --release -p sesame-peers -- [ROW…] [--json]`; row P9 also needs `--features sd-jwt`, P4 and a part of P3
//! `--features sqlcipher`. `… -- crash [STORE…]` kills writers of each store instead, `… -- power [STORE…]` cuts
//! their power.

mod crash;
#[cfg_attr(not(feature = "sd-jwt"), path = "credentials/absent.rs")]
mod credentials;
mod power;
mod series;
mod speed;
mod stores;
mod wire;

use anyhow::{Result, bail};
use harness::kill::writer::Task;

/// A figure beside its goal.
struct Line {
    row: &'static str,
    what: &'static str,
    figure: f64,
    goal: Goal,
    unit: &'static str,
}

/// What a figure should be.
#[derive(Clone, Copy)]
enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

/// What measures a row.
type Measure = fn() -> Result<Vec<Line>>;

/// The rows there are.
const ROWS: [(&str, Measure); 6] = [
    ("P3", speed::writing),
    ("P4", speed::reading),
    ("P5", speed::room),
    ("P6", series::measure),
    ("P9", credentials::measure),
    ("P16", wire::measure),
];

fn main() -> Result<()> {
    if let Some(task) = Task::given() {
        return crash::write(&task);
    }
    let (flags, wanted): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word.starts_with("--"));
    if let Some(flag) = flags.iter().find(|flag| *flag != "--json") {
        bail!("unknown flag {flag}: there is only --json");
    }
    match wanted.split_first() {
        Some((first, named)) if first == "crash" => return crash::run(named),
        Some((first, named)) if first == "power" => return power::run(named),
        _ => {}
    }
    if let Some(row) = wanted.iter().find(|row| !ROWS.iter().any(|(name, _)| name == row)) {
        bail!("unknown row {row}: there are crash, power, {}", ROWS.map(|(name, _)| name).join(", "));
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
    fn print(&self, as_json: bool) {
        let Self { row, what, figure, goal, unit } = self;
        let (sign, goal, is_met) = match *goal {
            Goal::AtMost(goal) => ('≤', goal, *figure <= goal),
            Goal::AtLeast(goal) => ('≥', goal, *figure >= goal),
        };
        let verdict = if is_met { "meets" } else { "short" };
        if as_json {
            let goal = serde_json::json!({ "sign": sign, "value": goal });
            let line = serde_json::json!({ "row": row, "what": what, "figure": figure, "goal": goal, "unit": unit, "verdict": verdict });
            println!("{line}");
        } else {
            println!("{row:4} {what}: {figure:.4} {unit} (goal {sign} {goal}) {verdict}");
        }
    }
}

/// The middle one of several measurements.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
