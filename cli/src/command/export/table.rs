//! A list of things as a table (RFC 4180): a column for each part that is a plain value, parts of parts with a dot between
//! their names. What is a list of things itself stands in the JSON alone.

use serde_json::Value;
use sesame_api::csv::cell;

/// Parts of parts of parts are told apart no more.
const DEPTH_MAX: usize = 3;

/// The table, with its first line.
pub(super) fn of(all: &[Value]) -> String {
    let rows: Vec<Vec<(String, String)>> = all.iter().map(flat).collect();
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    let mut text = line(columns.iter().map(|name| cell(name)));
    for row in &rows {
        let value = |name: &&str| row.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value).to_owned();
        text.push_str(&line(columns.iter().map(value)));
    }
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = cells.collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// The plain values of a thing, ready for a cell each.
fn flat(thing: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk("", thing, DEPTH_MAX, &mut found);
    found
}

fn walk(name: &str, value: &Value, depth: usize, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(parts) if depth > 0 => {
            for (part, value) in parts {
                let name = if name.is_empty() { part.clone() } else { format!("{name}.{part}") };
                walk(&name, value, depth - 1, found);
            }
        }
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let texts: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            found.push((name.to_owned(), cell(&texts.join("; "))));
        }
        Value::String(text) => found.push((name.to_owned(), cell(text))),
        Value::Number(_) | Value::Bool(_) => found.push((name.to_owned(), value.to_string())),
        Value::Null => found.push((name.to_owned(), String::new())),
        Value::Array(_) | Value::Object(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_plain_value_has_a_column_and_no_text_runs() {
        let all = [
            json!({ "name": "=1+1", "count": -3, "newest": { "text": "a,b", "file": null }, "dates": [{ "on": "x" }] }),
            json!({ "name": "-x", "terms": ["SD-BASE", "@B"], "newest": { "text": "\t=2" } }),
        ];
        let text = of(&all);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.len(), 4, "{text}");
        let columns: std::collections::BTreeSet<&str> = lines[0].split(',').collect();
        assert_eq!(columns, ["count", "name", "newest.file", "newest.text", "terms"].into());
        assert!(lines[1].contains("'=1+1") && lines[1].contains("-3") && lines[1].contains("\"a,b\""), "{text}");
        assert!(
            lines[2].contains("'-x") && lines[2].contains("\"\t'=2\"") && lines[2].contains("\"SD-BASE; '@B\""),
            "{text}"
        );
    }
}
