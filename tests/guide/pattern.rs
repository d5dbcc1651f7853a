//! What a page says of an output, held against the output. Leaves out where either comes from.

use std::collections::BTreeMap;

/// Words that a page has met, by their names.
pub(crate) type Names = BTreeMap<String, String>;

/// One part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// `[..]`
    Any,
    /// `[NAME]`
    Named(String),
}

/// Whether the output is what was expected; names that are met here are kept, when all of it is.
pub(crate) fn matches(expected: &[String], found: &str, names: &mut Names) -> Option<()> {
    let expected: Vec<String> = expected.iter().map(|line| plain(line)).collect();
    let found: Vec<String> = found.lines().map(plain).collect();
    let trimmed = |lines: &[String]| lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let met = rest(&expected[..trimmed(&expected)], &found[..trimmed(&found)], names)?;
    *names = met;
    Some(())
}

/// A command with the words in place of their names.
pub(crate) fn filled(command: &str, names: &Names) -> String {
    names.iter().fold(command.to_owned(), |command, (name, word)| command.replace(&format!("[{name}]"), word))
}

/// Typography is for the reader: every kind of space is one.
fn plain(line: &str) -> String {
    line.replace(['\u{a0}', '\u{202f}'], " ").trim_end().to_owned()
}

fn rest(expected: &[String], found: &[String], names: &Names) -> Option<Names> {
    let Some((first, later)) = expected.split_first() else { return found.is_empty().then(|| names.clone()) };
    if first == "..." {
        return (0..=found.len()).find_map(|skipped| rest(later, &found[skipped..], names));
    }
    let (line, others) = found.split_first()?;
    let mut names = names.clone();
    is_line(&parts(first), line, &mut names).then(|| rest(later, others, &names))?
}

fn parts(line: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut left = line;
    while let Some(at) = left.find('[') {
        let (text, from) = left.split_at(at);
        let inner = from.find(']').map(|end| &from[1..end]);
        let part = match inner {
            Some("..") => Part::Any,
            Some(name) if !name.is_empty() && name.bytes().all(|sign| sign.is_ascii_uppercase()) => {
                Part::Named(name.to_owned())
            }
            _ => {
                parts.push(Part::Text(format!("{text}[")));
                left = &from[1..];
                continue;
            }
        };
        parts.push(Part::Text(text.to_owned()));
        parts.push(part);
        left = &from[inner.map_or(1, |inner| inner.len() + 2)..];
    }
    parts.push(Part::Text(left.to_owned()));
    parts
}

fn is_line(parts: &[Part], line: &str, names: &mut Names) -> bool {
    let Some((first, later)) = parts.split_first() else { return line.is_empty() };
    let ends = || line.char_indices().map(|(at, _)| at).chain([line.len()]);
    match first {
        Part::Text(text) => line.strip_prefix(text.as_str()).is_some_and(|left| is_line(later, left, names)),
        Part::Any => ends().any(|end| is_line(later, &line[end..], names)),
        Part::Named(name) => {
            if let Some(word) = names.get(name) {
                let left = line.strip_prefix(word.as_str());
                return left.is_some_and(|left| is_line(later, left, &mut names.clone()));
            }
            let longest = line.find(char::is_whitespace).unwrap_or(line.len());
            if longest == 0 {
                return false;
            }
            names.insert(name.clone(), line[..longest].to_owned());
            is_line(later, &line[longest..], names)
        }
    }
}

#[cfg(test)]
fn is(expected: &str, found: &str) -> bool {
    let expected: Vec<String> = expected.lines().map(str::to_owned).collect();
    matches(&expected, found, &mut Names::new()).is_some()
}

#[test]
fn what_varies_may_vary_and_nothing_else() {
    for (expected, found) in [
        ("a b", "a\u{202f}b  \n\n"),
        ("a [..] c", "a long way to c"),
        ("since [..], PID [..].", "since 9, PID 12."),
        ("a\n...\nz", "a\nz"),
        ("a\n...\nz", "a\nb\nc\nz"),
        ("[one] [", "[one] ["),
        ("...", ""),
    ] {
        assert!(is(expected, found), "{expected:?} {found:?}");
    }
    for (expected, found) in [
        ("a", "b"),
        ("a", "a\nb"),
        ("a\nb", "a"),
        ("a [..] c", "a b"),
        ("a\n...\nz", "a\nb"),
        ("", "a"),
        ("[CODE]", "a b"),
    ] {
        assert!(!is(expected, found), "{expected:?} {found:?}");
    }
}

#[test]
fn a_word_is_the_same_wherever_its_name_stands() {
    let mut names = Names::new();
    assert!(matches(&["code: [CODE].".to_owned()], "code: X7", &mut names).is_none());
    assert!(names.is_empty(), "what did not match leaves nothing behind");
    assert!(
        matches(&["code: [CODE]".to_owned(), "[CODE] again".to_owned()], "code: X7\nX7 again", &mut names).is_some()
    );
    assert_eq!(filled("accept [CODE] [OTHER]", &names), "accept X7 [OTHER]");
    assert!(matches(&["[CODE]".to_owned()], "X8", &mut names).is_none());
}
