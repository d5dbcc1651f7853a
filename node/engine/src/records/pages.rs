//! What is searched: the words of every ordinary record that is no fact, folded, sixty-four records a row. Reading a row
//! of the vault costs the same whether it is short or long, so that a hundred thousand records are looked through in
//! fifteen hundred reads. Facts are few and are read themselves; the special drawer has no row here, on purpose.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Kind, Record};
use crate::engine::Turn;
use crate::shelf::Shelf;
use crate::view::{Unreadable, View};
use crate::{limits, row};

/// What the search knows of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number.
    pub number: u64,
    /// What it is.
    pub kind: Kind,
    /// The day that it is about.
    pub day: String,
    /// Its organisations, folded.
    pub organisation: String,
    /// All its words, folded.
    pub words: String,
}

/// Writes what the search knows of a record, over what it knew.
pub(super) fn note(number: u64, record: &Record, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(newest) = record.newest() else { return Ok(()) };
    let content = &newest.content;
    let dates = content.dates.iter().map(|dated| dated.what.as_str());
    let file = content.file.iter().map(|file| file.name.as_str());
    let organisation = record.organisations();
    let parts = [content.text.as_str(), &organisation, &content.basis].into_iter().chain(dates).chain(file);
    let line = Line {
        number,
        kind: record.kind,
        day: record.day(),
        words: fold(&parts.collect::<Vec<_>>().join(" ")),
        organisation,
    };
    let mut lines = page(number, turn)?;
    lines.push(line);
    lines.iter_mut().for_each(bound);
    lines.sort_by_key(|line| line.number);
    turn.put(Shelf::Words, &place(number), &lines);
    Ok(())
}

/// Cuts what would make the row too large to be kept: the beginning of a long text is found, its end is not.
fn bound(line: &mut Line) {
    let cut = |text: &mut String, most| text.truncate(text.floor_char_boundary(most));
    cut(&mut line.words, limits::LINE_WORDS_BYTES_MAX);
    cut(&mut line.organisation, limits::LINE_ORGANISATION_BYTES_MAX);
}

/// Takes a record out, and out of all that was written of it before.
pub(super) fn strike(number: u64, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let lines = page(number, turn)?;
    turn.erase(Shelf::Words, &place(number));
    if !lines.is_empty() {
        turn.put(Shelf::Words, &place(number), &lines);
    }
    Ok(())
}

/// All lines, by number.
pub(super) fn all(view: &dyn View) -> Result<Vec<Line>, Unreadable> {
    let mut lines = Vec::new();
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = view.walk(Shelf::Words, &[], after.as_deref(), 256)?;
        let Some((last, _)) = rows.last() else { return Ok(lines) };
        after = Some(last.clone());
        for (_, bytes) in &rows {
            let page: Vec<Line> =
                serde_ipld_dagcbor::from_slice(bytes).map_err(|_| Unreadable::Row { shelf: Shelf::Words })?;
            lines.extend(page);
        }
    }
}

/// The other lines of a record's page.
fn page(number: u64, turn: &Turn<'_, '_>) -> Result<Vec<Line>, Unreadable> {
    let mut lines: Vec<Line> = row::get(turn.view, Shelf::Words, &place(number))?.unwrap_or_default();
    lines.retain(|line| line.number != number);
    Ok(lines)
}

fn place(number: u64) -> [u8; 8] {
    (number / limits::LINES_PER_PAGE).to_be_bytes()
}

/// The words of a text without accents and capitals, a space before each: `« Été » à Œuilly` is ` ete a oeuilly`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 1);
    let mut is_between = true;
    for letter in text.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter)) {
        if !letter.is_alphanumeric() {
            is_between = true;
            continue;
        }
        if is_between {
            folded.push(' ');
            is_between = false;
        }
        match letter {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            _ => folded.push(letter),
        }
    }
    folded
}

/// Whether every word of a folded query begins a word of a folded text.
pub fn matches(text: &str, query: &str) -> bool {
    query.split(' ').filter(|word| !word.is_empty()).all(|word| {
        text.match_indices(word).any(|(at, _)| at.checked_sub(1).and_then(|at| text.as_bytes().get(at)) == Some(&b' '))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::*;

    #[test]
    fn accents_capitals_and_signs_make_no_difference() {
        assert_eq!(fold("« Été » à Œuilly"), " ete a oeuilly");
        assert_eq!(fold("L'ÉLECTRICITÉ"), fold("l’e\u{301}lectricite"));
        assert_eq!(fold("STRASSE"), fold("Straße"));
        assert_eq!(fold("İstanbul"), " istanbul");
        assert_eq!(fold("ﬁnance №5"), " finance no5");
        assert_eq!(fold(" \u{202e}-- "), "");
    }

    #[test]
    fn a_word_is_found_by_its_beginning_and_not_by_its_middle() {
        let text = fold("Facture d'électricité, janvier");
        assert!(matches(&text, &fold("ELEC fact")) && matches(&text, ""));
        assert!(!matches(&text, &fold("tricite")) && !matches(&text, &fold("facture février")));
        assert!(matches(&fold("xab ab"), &fold("ab")));
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_itself_and_folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let folded = fold(&text);
            prop_assert!(matches(&folded, &folded));
            prop_assert!(fold(&folded) == folded);
        }
    }
}
