//! Rust sources as the checks see them: with comments and literals blanked, so that a word in a sentence is never taken
//! for code. It is no parser: it knows how text is quoted, how brackets match, and nothing of what the code means.

use crate::Fault;

/// Lines of a file at most: what a person keeps in mind at once.
pub(crate) const FILE_LINES_MAX: usize = 600;
/// Lines of a function at most, from `fn` to the closing bracket.
pub(crate) const FUNCTION_LINES_MAX: usize = 70;

/// Names that say nothing of what a module is.
const EMPTY_NAMES: [&str; 7] = ["utils", "util", "common", "helpers", "helper", "types", "manager"];

/// A function as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// The line of `fn`, from 1.
    pub(crate) line: usize,
    pub(crate) lines: usize,
    /// Whether an attribute above it makes it a test.
    pub(crate) is_test: bool,
}

/// The same text with every comment, string and character replaced by blanks. Lines stay where they are.
pub(crate) fn blanked(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        let end = literal(&signs, at).unwrap_or(at);
        if end == at {
            out.push(signs[at]);
            at += 1;
            continue;
        }
        out.extend(signs[at..end].iter().map(|sign| if *sign == '\n' { '\n' } else { ' ' }));
        at = end;
    }
    out
}

/// Where the comment or literal that begins at `at` ends; nothing when none begins there.
fn literal(signs: &[char], at: usize) -> Option<usize> {
    let next = signs.get(at + 1).copied();
    match signs[at] {
        '/' if next == Some('/') => Some(find(signs, at, |sign| sign == '\n')),
        '/' if next == Some('*') => Some(comment(signs, at)),
        '"' => Some(string(signs, at + 1)),
        'r' if !follows_word(signs, at) || follows_prefix(signs, at) => raw(signs, at + 1),
        '\'' => character(signs, at),
        _ => None,
    }
}

fn find(signs: &[char], at: usize, is_end: impl Fn(char) -> bool) -> usize {
    signs[at..].iter().position(|sign| is_end(*sign)).map_or(signs.len(), |length| at + length)
}

/// Comments of the block kind nest.
fn comment(signs: &[char], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut here = at;
    while here < signs.len() {
        match signs.get(here..here + 2) {
            Some(['/', '*']) => depth += 1,
            Some(['*', '/']) => depth -= 1,
            _ => {
                here += 1;
                continue;
            }
        }
        here += 2;
        if depth == 0 {
            break;
        }
    }
    here
}

fn string(signs: &[char], from: usize) -> usize {
    let mut here = from;
    while let Some(sign) = signs.get(here) {
        match sign {
            '\\' => here += 2,
            '"' => return here + 1,
            _ => here += 1,
        }
    }
    signs.len()
}

/// `r"…"`, `r#"…"#`; a raw identifier such as `r#type` is none.
fn raw(signs: &[char], from: usize) -> Option<usize> {
    let hashes = signs[from..].iter().take_while(|sign| **sign == '#').count();
    let mut here = from + hashes;
    if signs.get(here) != Some(&'"') {
        return None;
    }
    here += 1;
    loop {
        here = find(signs, here, |sign| sign == '"') + 1;
        if here > signs.len() {
            return Some(signs.len());
        }
        if signs[here..].iter().take(hashes).filter(|sign| **sign == '#').count() == hashes {
            return Some(here + hashes);
        }
    }
}

/// A character, told from a lifetime by the quote that ends it.
fn character(signs: &[char], at: usize) -> Option<usize> {
    match (signs.get(at + 1)?, signs.get(at + 2)) {
        ('\\', _) => Some((find(signs, at + 3, |sign| sign == '\'') + 1).min(signs.len())),
        (_, Some('\'')) => Some(at + 3),
        _ => None,
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

fn follows_word(signs: &[char], at: usize) -> bool {
    at > 0 && is_word(signs[at - 1])
}

/// The `b` of `br"…"` and the `c` of `cr"…"`.
fn follows_prefix(signs: &[char], at: usize) -> bool {
    at > 0 && matches!(signs[at - 1], 'b' | 'c') && !follows_word(signs, at - 1)
}

/// Where a word stands alone in a text, as byte positions.
pub(crate) fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

/// The number of the line on which a byte stands, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Every function with a body in a blanked text.
pub(crate) fn functions(blank: &str) -> Vec<Function> {
    words(blank, "fn").filter_map(|at| function(blank, at)).collect()
}

fn function(blank: &str, at: usize) -> Option<Function> {
    let after = blank[at + 2..].trim_start();
    let name: String = after.chars().take_while(|sign| is_word(*sign)).collect();
    let open = body(blank, at).filter(|_| !name.is_empty())?;
    let mut depth = 0_usize;
    let close = blank[open..].char_indices().find_map(|(place, sign)| {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(open + place)
    })?;
    let line = line_of(blank, at);
    Some(Function { name, line, lines: line_of(blank, close) + 1 - line, is_test: is_test(blank, at) })
}

/// Where the body of a function begins; nothing when it has none.
fn body(blank: &str, at: usize) -> Option<usize> {
    let mut depth = 0_isize;
    for (place, sign) in blank[at..].char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(at + place),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Attributes stand between the end of what is above and the function itself.
fn is_test(blank: &str, at: usize) -> bool {
    let from = blank[..at].rfind(['}', '{', ';']).map_or(0, |end| end + 1);
    let above: String = blank[from..at].split_whitespace().collect();
    ["#[test]", "#[tokio::test]", "#[tokio::test("].iter().any(|attribute| above.contains(attribute))
        && !above.contains("#[ignore")
}

/// Everything that one source must hold to, whatever crate it is of.
pub(crate) fn check(path: &str, text: &str) -> Vec<Fault> {
    let blank = blanked(text);
    let mut faults = Vec::new();
    let mut fault = |line: usize, rule: String| faults.push(Fault { path: path.to_owned(), line, rule });
    let lines = text.lines().count();
    if lines > FILE_LINES_MAX {
        fault(lines, format!("{lines} lines; {FILE_LINES_MAX} at most"));
    }
    if !text.starts_with("//!") && !path.ends_with("/tests.rs") {
        fault(1, "no module doc".to_owned());
    }
    for function in functions(&blank).into_iter().filter(|function| function.lines > FUNCTION_LINES_MAX) {
        let Function { name, line, lines, .. } = function;
        fault(line, format!("`{name}` has {lines} lines; {FUNCTION_LINES_MAX} at most"));
    }
    if path.ends_with("/mod.rs") {
        fault(1, "`mod.rs`; write `x.rs` and `x/part.rs`".to_owned());
    }
    for part in path.trim_end_matches(".rs").split('/').filter(|part| EMPTY_NAMES.contains(part)) {
        fault(1, format!("a module called `{part}` says nothing"));
    }
    for (line, name) in modules(&blank).into_iter().filter(|(_, name)| EMPTY_NAMES.contains(&name.as_str())) {
        fault(line, format!("a module called `{name}` says nothing"));
    }
    for line in globs(path, &blank) {
        fault(line, "a glob; only `use super::*` in tests".to_owned());
    }
    let unfinished = [["to", "do!"], ["unimpl", "emented!"]].map(|parts| parts.concat());
    for name in unfinished {
        for at in blank.match_indices(&name).map(|(at, _)| at) {
            fault(line_of(&blank, at), format!("`{name}` is not finished"));
        }
    }
    faults
}

fn modules(blank: &str) -> Vec<(usize, String)> {
    let named = |at: usize| {
        let name: String = blank[at + 3..].trim_start().chars().take_while(|sign| is_word(*sign)).collect();
        (line_of(blank, at), name)
    };
    words(blank, "mod").map(named).collect()
}

/// The lines of `use` with a star in them, but for `use super::*` in tests.
fn globs(path: &str, blank: &str) -> Vec<usize> {
    let is_tests = path.ends_with("/tests.rs") || path.contains("/tests/");
    let inside = blank.find("mod tests {").unwrap_or(blank.len());
    let uses = words(blank, "use").filter_map(|at| blank[at..].find(';').map(|length| (at, &blank[at..at + length])));
    let is_bad = |at: usize, text: &str| {
        let text: String = text.split_whitespace().collect();
        text.contains('*') && !(text == "usesuper::*" && (is_tests || at > inside))
    };
    uses.filter(|(at, text)| is_bad(*at, text)).map(|(at, _)| line_of(blank, at)).collect()
}

/// What a crate that only computes may not name: paths under `std`, and crates.
pub(crate) fn named(path: &str, text: &str, banned: &[&str]) -> Vec<Fault> {
    let blank = blanked(text);
    let mut faults = Vec::new();
    for name in banned {
        let (root, leaf) = name.split_once("::").unwrap_or(("", name));
        for at in words(&blank, leaf) {
            if root.is_empty() || is_under(&blank, at, root) {
                let line = line_of(&blank, at);
                faults.push(Fault { path: path.to_owned(), line, rule: format!("names `{name}`") });
            }
        }
    }
    faults
}

/// Whether the word at `at` comes after `root::`, directly or in a group of one `use`.
fn is_under(blank: &str, at: usize, root: &str) -> bool {
    let before = blank[..at].trim_end();
    if let Some(above) = before.strip_suffix("::") {
        return above.ends_with(root);
    }
    let statement = &before[before.rfind(';').map_or(0, |end| end + 1)..];
    let group = format!("{root}::{{");
    words(statement, "use").next().is_some() && statement.contains(&group)
}
