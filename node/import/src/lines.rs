//! A file as lines: bounded, numbered, counted for progress, in whatever encoding. Columns are split on `;` and nothing
//! more: the layouts have no quoted separators, so a quote that never closes is a wrong value on one line instead of a
//! field as long as the file.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use crate::error::{Error, LineFault};
use crate::limits;

/// The byte order mark that Enedis writes before UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The lines of a file, one after the other.
pub struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    number: u64,
    told: usize,
    progress: &'a mut dyn FnMut(u64, u64),
}

impl<'a> Lines<'a> {
    /// Stands before the first line.
    pub(crate) fn new(bytes: &'a [u8], progress: &'a mut dyn FnMut(u64, u64)) -> Self {
        let at = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        Self { bytes, at, number: 0, told: 0, progress }
    }

    /// The next line, or nothing at the end of the file. Looks at no more than [`limits::LINE_BYTES_MAX`] bytes, however
    /// long the line.
    pub(crate) fn next(&mut self) -> Result<Option<Line<'a>>, Error> {
        let rest = &self.bytes[self.at..];
        if rest.is_empty() {
            self.tell();
            return Ok(None);
        }
        self.number += 1;
        // One byte for a carriage return, one for the line feed.
        let window = &rest[..rest.len().min(limits::LINE_BYTES_MAX + 2)];
        let end = window.iter().position(|byte| *byte == b'\n');
        let text = &window[..end.unwrap_or(window.len())];
        let (text, returned) = match text {
            [text @ .., b'\r'] => (text, true),
            text => (text, false),
        };
        if text.len() > limits::LINE_BYTES_MAX {
            return Err(Error::TooLong { line: self.number, limit: limits::LINE_BYTES_MAX as u64 });
        }
        self.at += end.map_or(window.len(), |end| end + 1);
        if self.at - self.told >= limits::PROGRESS_BYTES {
            self.tell();
        }
        Ok(Some(Line { number: self.number, bytes: text, ended: end.is_some() || returned }))
    }

    /// Lines read so far.
    pub(crate) fn count(&self) -> u64 {
        self.number
    }

    fn tell(&mut self) {
        self.told = self.at;
        (self.progress)(self.at as u64, self.bytes.len() as u64);
    }
}

/// One line without its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// Its bytes.
    pub(crate) bytes: &'a [u8],
    /// Whether an end of line follows. Only the last line may lack it, and then the file may have been cut there.
    pub(crate) ended: bool,
}

impl<'a> Line<'a> {
    /// Whether there is nothing on it but white space and separators.
    pub(crate) fn is_blank(&self) -> bool {
        self.bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == b';')
    }

    /// The columns, trimmed and without the quotes round a whole column. At most `N` are returned; a line with more
    /// has the true number beside them.
    pub(crate) fn columns<const N: usize>(&self) -> ([&'a [u8]; N], usize) {
        let mut columns: [&[u8]; N] = [b""; N];
        let mut found = 0;
        for column in self.bytes.split(|byte| *byte == b';') {
            if let Some(place) = columns.get_mut(found) {
                *place = unquoted(column.trim_ascii());
            }
            found += 1;
        }
        (columns, found)
    }

    /// A fault of this line. When the file ends inside the line, that is what is wrong, and nothing else.
    pub(crate) fn fault(&self, what: LineFault) -> Error {
        Error::line(self.number, if self.ended { what } else { LineFault::Cut })
    }
}

/// The bytes that may decide on a format: bounded, without byte order mark.
pub(crate) fn head(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    &bytes[..bytes.len().min(limits::HEAD_BYTES)]
}

/// The text of some bytes: UTF-8 where they are that, else windows-1252, which holds Latin-1.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The text in lower case without French accents, to compare words with. Other letters beyond ASCII are dropped.
pub(crate) fn folded(bytes: &[u8]) -> String {
    let plain = |letter: char| match letter {
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => Some('e'),
        'à' | 'â' | 'À' => Some('a'),
        'î' | 'ï' => Some('i'),
        'ô' => Some('o'),
        'û' | 'ù' => Some('u'),
        'ç' => Some('c'),
        letter => letter.is_ascii().then(|| letter.to_ascii_lowercase()),
    };
    text(bytes).chars().filter_map(plain).collect()
}

/// What an error may repeat of a file: short, and nothing that could move a cursor or turn text round.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(4 * limits::EXCERPT_CHARS_MAX)];
    let shown = |letter: &char| letter.is_ascii_graphic() || *letter == ' ' || letter.is_alphanumeric();
    text(bytes).chars().filter(shown).take(limits::EXCERPT_CHARS_MAX).collect()
}

/// The column without the quotes round it.
fn unquoted(column: &[u8]) -> &[u8] {
    match column {
        [b'"', inner @ .., b'"'] => inner.trim_ascii(),
        column => column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<(u64, Vec<u8>, bool)>, Error> {
        let mut progress = |_, _| {};
        let mut lines = Lines::new(bytes, &mut progress);
        let mut all = Vec::new();
        while let Some(line) = lines.next()? {
            all.push((line.number, line.bytes.to_vec(), line.ended));
        }
        Ok(all)
    }

    #[test]
    fn both_ends_of_line_are_read_and_a_missing_one_is_seen() {
        let expected = vec![(1, b"a".to_vec(), true), (2, b"".to_vec(), true), (3, b"b".to_vec(), false)];
        assert_eq!(all(b"a\r\n\r\nb"), Ok(expected.clone()));
        assert_eq!(all(b"\xef\xbb\xbfa\n\nb"), Ok(expected));
    }

    #[test]
    fn a_line_of_the_longest_length_is_read_and_one_byte_more_is_refused() {
        let mut bytes = vec![b'x'; limits::LINE_BYTES_MAX];
        bytes.extend_from_slice(b"\r\ny\n");
        assert_eq!(all(&bytes).map(|lines| lines.len()), Ok(2));
        bytes.insert(0, b'x');
        assert_eq!(all(&bytes), Err(Error::TooLong { line: 1, limit: limits::LINE_BYTES_MAX as u64 }));
    }

    #[test]
    fn columns_are_trimmed_unquoted_and_counted() {
        let line = Line { number: 1, bytes: b" \"a\" ; b;;d", ended: true };
        assert_eq!(line.columns::<3>(), ([b"a".as_slice(), b"b", b""], 4));
    }

    #[test]
    fn latin_letters_are_read_in_both_encodings() {
        assert_eq!(text(b"R\xe9elle"), "Réelle");
        assert_eq!(text("Réelle".as_bytes()), "Réelle");
        assert_eq!(folded(b"ESTIM\xc9E"), "estimee");
    }

    #[test]
    fn an_excerpt_moves_no_cursor() {
        assert_eq!(excerpt("a\u{1b}[2J\u{202e}b\u{200b}é".as_bytes()), "a[2Jbé");
        assert_eq!(excerpt(&[b'x'; 500]).len(), limits::EXCERPT_CHARS_MAX);
    }
}
