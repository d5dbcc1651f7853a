//! Tables as files (RFC 4180). A cell that a spreadsheet would take for a formula gets a leading apostrophe.

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
            self.cell(cell);
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

    fn cell(&mut self, cell: &str) {
        // A number may begin with a minus; a formula may not.
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
        let quoted = is_formula || cell.contains(['"', ',', '\r', '\n']);
        if quoted {
            self.0.push('"');
        }
        if is_formula {
            self.0.push('\'');
        }
        self.0.push_str(&cell.replace('"', "\"\""));
        if quoted {
            self.0.push('"');
        }
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
        table.row(&["say \"yes\", now", "plain"]);
        assert_eq!(
            table.0,
            "a,b\r\n\"'=1+1\",-12\r\n\"'@x\",\"'+cmd|' /C calc'!A0\"\r\n\"say \"\"yes\"\", now\",plain\r\n"
        );
    }
}
