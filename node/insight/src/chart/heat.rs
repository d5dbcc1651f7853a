//! A heat map: rows of cells in five shades, from the least to the most. Shades are hard to compare, so a page shows the
//! values in a table beside it.

use super::{TEXT, label, open, pixels, prefix, size, texts, width};

/// How strong each shade is when no page sets its colour.
const SHADES: [&str; 5] = ["0.12", "0.3", "0.5", "0.72", "1"];

/// A heat map.
pub struct HeatMap<'a> {
    /// The prefix of the ids in the chart, different for each chart of a page.
    pub id: &'a str,
    /// The finding, as a sentence.
    pub title: &'a str,
    /// What the chart shows for those who do not see it.
    pub description: &'a str,
    /// What stands above the columns, when there is room.
    pub columns: &'a [String],
    /// The rows, from top to bottom.
    pub rows: &'a [HeatRow],
    /// Pixels from left to right, within [`super::SIZE_MIN`] and [`super::SIZE_MAX`].
    pub width: u32,
    /// Pixels from top to bottom, within the same bounds.
    pub height: u32,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// What stands before it.
    pub label: String,
    /// One value a column; nothing where there is none.
    pub values: Vec<Option<f64>>,
}

/// Draws a heat map. Cells without a value are left blank.
pub fn heat(map: &HeatMap<'_>) -> String {
    let id = prefix(map.id);
    let (wide, high) = (size(map.width), size(map.height));
    let left = (map.rows.iter().map(|row| width(&row.label)).fold(0.0, f64::max) + 8.0).min(wide / 2.0);
    let top = 1.6 * TEXT;
    let count = |length: usize| f64::from(u32::try_from(length.max(1)).unwrap_or(u32::MAX));
    let (cell, line) = ((wide - left) / count(map.columns.len()), (high - top) / count(map.rows.len()));
    let values = map.rows.iter().flat_map(|row| row.values.iter().flatten()).copied().filter(|value| value.is_finite());
    let (least, most) = values.fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)));
    let mut shapes: [String; 5] = Default::default();
    let mut labels = String::new();
    let mut y = top;
    for row in map.rows {
        labels += &label(left - 6.0, y + line / 2.0 + TEXT / 3.0, "end", &row.label);
        let mut x = left;
        for value in row.values.iter().take(map.columns.len()) {
            if let Some(value) = value.filter(|value| value.is_finite()) {
                let (wide, high) = (pixels(cell - 1.0), pixels(line - 1.0));
                let shape = format!("M{} {}h{wide}v{high}h-{wide}z", pixels(x), pixels(y));
                shapes[shade(value, least, most)] += &shape;
            }
            x += cell;
        }
        y += line;
    }
    let widest = map.columns.iter().map(|column| width(column)).fold(0.0, f64::max);
    let (mut middle, mut free) = (left + cell / 2.0, f64::MIN);
    for column in map.columns {
        if middle - widest / 2.0 >= free {
            labels += &label(middle, TEXT, "middle", column);
            free = middle + widest / 2.0 + TEXT / 3.0;
        }
        middle += cell;
    }
    let shaded = |(shade, shape): (usize, &String)| {
        format!(
            "<path class=\"chart-heat-{shade}\" fill=\"currentColor\" fill-opacity=\"{}\" d=\"{shape}\"/>",
            SHADES[shade]
        )
    };
    let drawn = shapes.iter().enumerate().filter(|(_, shape)| !shape.is_empty());
    let cells: String = drawn.map(shaded).collect();
    format!("{}{cells}{}</svg>", open(&id, map.title, map.description, wide, high), texts(&labels))
}

/// The shade of a value between the least and the most: five equal parts.
fn shade(value: f64, least: f64, most: f64) -> usize {
    let part = (value - least) / (most - least);
    [0.2, 0.4, 0.6, 0.8].iter().filter(|bound| part >= **bound).count()
}
