//! The tables of `protocol` and the words of `node/api` know nothing of each other. Here they are held together: all that a
//! data request can name has words in both languages, and no words are left for what is gone.

use std::collections::BTreeSet;

use sesame_api::node::Language;
use sesame_api::words::{self, Words};
use sesame_protocol::terms::field::{self, Category};
use sesame_protocol::terms::purpose::Purpose;
use sesame_protocol::terms::roster::{Roster, Use};
use sesame_protocol::terms::verdict::Need;

/// The keys of all that the tables name.
fn wanted() -> BTreeSet<String> {
    let fields = field::all().map(|known| format!("terms-field-{}", known.name));
    let categories = Category::ALL.map(|category| format!("terms-category-{}", category.code()));
    let purposes = Purpose::ALL
        .into_iter()
        .flat_map(|purpose| ["purpose", "needs"].map(|what| format!("terms-{what}-{}", purpose.code())));
    let roster = Roster::ALL
        .into_iter()
        .flat_map(|agreement| ["", "-means"].map(|what| format!("terms-roster-{agreement}{what}")));
    let uses = Use::ALL.map(|used| format!("terms-use-{}", used.code()));
    let needs = Need::ALL.map(|need| format!("terms-need-{}", need.code()));
    fields.chain(categories).chain(purposes).chain(roster).chain(uses).chain(needs).collect()
}

#[test]
fn all_that_a_request_can_name_has_words_and_no_words_are_left_over() {
    let families =
        ["field", "category", "purpose", "needs", "roster", "use", "need"].map(|name| format!("terms-{name}-"));
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let lacking: Vec<String> = wanted().into_iter().filter(|key| !words.has(key)).collect();
        assert!(lacking.is_empty(), "{language:?}: {lacking:?}");
        let mut there: BTreeSet<String> = words::keys(language)
            .into_iter()
            .filter(|key| families.iter().any(|family| key.starts_with(family)))
            .collect();
        assert!(there.remove("terms-roster-yours"), "said under every agreement");
        assert_eq!(there, wanted(), "{language:?}");
    }
}

#[test]
fn a_label_is_short_and_its_own() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let labels: Vec<String> =
            field::all().map(|known| words.text(&format!("terms-field-{}", known.name))).collect();
        assert!(labels.iter().all(|label| (2..=28).contains(&label.chars().count())), "{language:?}: {labels:?}");
        let own: BTreeSet<&String> = labels.iter().collect();
        assert_eq!(own.len(), labels.len(), "{language:?}");
    }
}
