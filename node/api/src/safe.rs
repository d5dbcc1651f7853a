//! One display type for every string that somebody else wrote and that a terminal is about to show: names on cards,
//! words of ratings, names of files, addresses. What it leaves out: HTML, which the page's templates escape, and JSON,
//! whose own escapes are enough.

use std::fmt;

/// Shows a string without anything that could steer a terminal or fool the eye.
///
/// Line breaks and tabs become a space, so that one value stays on one line; control characters (C0, DEL, C1, so no
/// escape sequence survives), bidirectional marks and overrides, zero-width and tag characters are left out. Letters
/// that merely look alike stay: this is about steering, not about spelling.
#[derive(Clone, Copy, Debug)]
pub struct Safe<'a>(pub &'a str);

impl fmt::Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for sign in self.0.chars() {
            match sign {
                '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => f.write_char(' ')?,
                _ if steers(sign) => {}
                _ => f.write_char(sign)?,
            }
        }
        Ok(())
    }
}

/// Whether a character can steer a terminal or hide: Unicode's Cc, the bidirectional controls of UAX 9, the zero-width
/// and invisible operators, the interlinear marks and the tag block.
fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_what_makes_them_work() {
        let hostile = "\u{1b}]52;c;cm0gLXJm\u{7}Bob\u{9b}2J\u{1b}[31m";
        assert_eq!(Safe(hostile).to_string(), "]52;c;cm0gLXJmBob2J[31m");
    }

    #[test]
    fn one_value_stays_on_one_line() {
        assert_eq!(Safe("a\nb\rc\td\u{2028}e").to_string(), "a b c d e");
    }

    #[test]
    fn nothing_turns_the_reading_round_or_hides() {
        assert_eq!(Safe("Volta\u{202e}ecnarF\u{200b}\u{2066}\u{feff}\u{e0041}").to_string(), "VoltaecnarF");
    }

    #[test]
    fn no_character_that_steers_is_ever_shown() {
        for number in 0..=0x10_FFFF_u32 {
            let Some(sign) = char::from_u32(number) else { continue };
            let shown = Safe(&sign.to_string()).to_string();
            assert!(!shown.chars().any(char::is_control), "U+{number:04X}");
        }
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        let words = "Électricité « Volta » 412\u{a0}kWh, 1\u{202f}300 €, 電気, नमस्ते";
        assert_eq!(Safe(words).to_string(), words);
    }
}
