//! What words from a peer may hold: no character that hides, reorders or controls what a screen shows, and no
//! more of them than fit. Leaves out language and escaping: pages escape for themselves.

/// Why a text may not travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing is left but spaces.
    #[error("empty")]
    Empty,
    /// There are too many characters.
    #[error("{found} characters, and at most {max} are allowed")]
    TooLong {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// A control, direction-changing or invisible character.
    #[error("U+{code:04X} cannot be seen or changes what is seen")]
    Hidden {
        /// The character.
        code: u32,
    },
    /// Spaces stand at an end.
    #[error("a space stands at the beginning or the end")]
    Padded,
}

/// Bytes as lower-case hexadecimal, two digits each.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}

/// Checks a name: one line, not empty, nothing invisible.
pub fn check_name(text: &str, chars_max: usize) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if text.trim() != text {
        return Err(Error::Padded);
    }
    check_length(text, chars_max)?;
    match text.chars().find(|c| is_hidden(*c) || is_joiner(*c)) {
        Some(c) => Err(Error::Hidden { code: u32::from(c) }),
        None => Ok(()),
    }
}

/// Checks a free text: it may be empty, have several lines, and join letters as some scripts need.
pub(crate) fn check_prose(text: &str, chars_max: usize) -> Result<(), Error> {
    check_length(text, chars_max)?;
    match text.chars().find(|c| is_hidden(*c) && *c != '\n') {
        Some(c) => Err(Error::Hidden { code: u32::from(c) }),
        None => Ok(()),
    }
}

/// A free text as it may travel: line ends are one kind, a tab is a space, and what cannot be seen is left out. A text
/// that was pasted from elsewhere is full of such, and nobody should have to look for them.
pub fn clean_prose(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    lines.chars().filter(|c| *c == '\n' || !is_hidden(*c)).collect::<String>().trim().to_owned()
}

fn check_length(text: &str, max: usize) -> Result<(), Error> {
    let found = text.chars().count();
    if found > max { Err(Error::TooLong { found, max }) } else { Ok(()) }
}

/// Controls, direction marks and invisible characters (Unicode `Cc`, most of `Cf`, and fillers that show as nothing).
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00ad | 0x034f | 0x061c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b | 0x200e | 0x200f
            | 0x2028..=0x202e | 0x2060..=0x206f | 0x2800 | 0x3164 | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
            | 0x1_d173..=0x1_d17a | 0xe_0000..=0xe_0fff)
}

/// The two joiners, which some scripts and many emoji need, and which show as nothing elsewhere.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_refused() {
        for c in ['\u{202e}', '\u{200b}', '\u{feff}', '\u{0}', '\u{7}', '\u{2066}', '\u{ad}', '\u{e0041}'] {
            assert_eq!(check_prose(&format!("a{c}b"), 10), Err(Error::Hidden { code: u32::from(c) }));
            assert!(check_name(&format!("a{c}b"), 10).is_err());
        }
        assert!(check_name("a\u{200d}b", 10).is_err());
        assert!(check_prose("a\u{200d}b\nc", 10).is_ok());
        assert!(check_name("a\nb", 10).is_err());
    }

    #[test]
    fn a_pasted_text_is_cleaned() {
        let pasted = " a\tb\r\nc\u{ad}d\u{200b}\u{feff}e\u{2028}f \u{1f469}\u{200d}\u{1f33e}\r";
        assert_eq!(clean_prose(pasted), "a b\ncde\nf \u{1f469}\u{200d}\u{1f33e}");
        assert!(check_prose(&clean_prose(pasted), 500).is_ok());
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert!(check_name("éééé", 4).is_ok());
        assert_eq!(check_name("ééééé", 4), Err(Error::TooLong { found: 5, max: 4 }));
        assert_eq!(check_name("  ", 4), Err(Error::Empty));
        assert_eq!(check_name("a ", 4), Err(Error::Padded));
        assert!(check_prose("", 4).is_ok());
    }
}
