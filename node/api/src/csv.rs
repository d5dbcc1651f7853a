//! Cells of tables as files (RFC 4180) that a spreadsheet will open: quoted where that is needed, and no text in one can
//! become a formula. Used by the command line and by the page, so that both write the same cell. What it leaves out:
//! rows and columns, which each of them has its own.

/// What one spreadsheet or another ends a cell with, besides the comma: which of them it is depends on the country that
/// it is set to.
const BETWEEN: [char; 4] = [';', '\t', '\r', '\n'];
/// What a formula begins with (OWASP, CSV Injection).
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A cell of text.
///
/// It is quoted when it has to be (RFC 4180, section 2, rules 5 to 7), and also when a spreadsheet that splits at
/// semicolons or tabs would cut it. An apostrophe stands before whatever would begin a formula, at the beginning and
/// behind everything that may end a cell, quotes and spaces passed over: the quotes of a cell are no quotes to a program
/// that cuts the line elsewhere. Numbers stay numbers; those with a plus are telephone numbers.
pub fn cell(text: &str) -> String {
    let text = if is_number(text) { text.to_owned() } else { disarmed(text) };
    let is_quoted = text.contains(BETWEEN) || text.contains([',', '"']);
    if is_quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn disarmed(text: &str) -> String {
    let mut disarmed = String::with_capacity(text.len() + 1);
    let mut is_first = true;
    for sign in text.chars() {
        if is_first && FORMULA.contains(&sign) {
            disarmed.push('\'');
        }
        disarmed.push(sign);
        is_first = BETWEEN.contains(&sign) || (is_first && matches!(sign, '"' | ' '));
    }
    disarmed
}

fn is_number(text: &str) -> bool {
    let is_plain = |sign: u8| sign.is_ascii_digit() || b"+-.eE".contains(&sign);
    !text.starts_with('+') && text.bytes().all(is_plain) && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    /// A cell as a reader of RFC 4180 finds it.
    fn read(cell: &str) -> String {
        match cell.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"').unwrap().replace("\"\"", "\""),
            None => cell.to_owned(),
        }
    }

    #[test]
    fn a_formula_becomes_text_wherever_a_spreadsheet_may_cut() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+1", "'-1+1"),
            ("+33612345678", "'+33612345678"),
            ("Bob;=cmd|'/C calc'!A0", "\"Bob;'=cmd|'/C calc'!A0\""),
            ("a\t=1", "\"a\t'=1\""),
            ("a\r\n@b", "\"a\r\n'@b\""),
            ("a; \"=b", "\"a; \"\"'=b\""),
            ("a=b-c", "a=b-c"),
            ("-inf", "'-inf"),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    #[test]
    fn quotes_and_commas_are_kept_by_quoting_and_numbers_stay_as_they_are() {
        assert_eq!(cell("say \"yes\", now"), "\"say \"\"yes\"\", now\"");
        assert_eq!(cell("Volta"), "Volta");
        for number in ["-12", "0.5", "-1.5e-7", "4120"] {
            assert_eq!(cell(number), number);
        }
    }

    proptest! {
        #[test]
        fn no_text_begins_a_formula_and_none_is_lost(text in "[-=+@;,\"' \t\r\na1.]{0,24}|\\PC{0,24}") {
            let written = cell(&text);
            let bare = |text: &str| text.replace('\'', "");
            prop_assert_eq!(bare(&read(&written)), bare(&text));
            prop_assert_eq!(written.starts_with('"'), written.contains([',', ';', '\t', '\r', '\n', '"']));
            if !is_number(&text) {
                for part in written.split(BETWEEN) {
                    prop_assert!(!part.trim_start_matches(['"', ' ']).starts_with(FORMULA), "{written:?} has {part:?}");
                }
            }
        }
    }
}
