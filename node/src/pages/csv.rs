//! Tables as files (RFC 4180), whose cells no spreadsheet takes for formulas.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A table that is written row by row.
pub(super) struct Table(String);

impl Table {
    /// A table with its first row: names that do not depend on the language, as in JSON.
    pub(super) fn new(head: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.row(head);
        table
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: &[&str]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.0.push_str(&sesame_api::csv::cell(cell));
        }
        self.0.push_str("\r\n");
    }

    /// The answer that a browser saves under `name`, which must be plain ASCII.
    pub(super) fn answer(self, name: &str) -> Response {
        let name: String =
            name.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.')).collect();
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        ];
        (headers, self.0).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_text_and_a_number_stays() {
        let mut table = Table::new(&["a", "b"]);
        table.row(&["=1+1", "-12"]);
        table.row(&["@x", "+cmd|' /C calc'!A0"]);
        table.row(&["say \"yes\", now", "Bob;=cmd"]);
        let lines = ["a,b", "'=1+1,-12", "'@x,'+cmd|' /C calc'!A0", "\"say \"\"yes\"\", now\",\"Bob;'=cmd\"", ""];
        assert_eq!(table.0, lines.join("\r\n"));
    }
}
