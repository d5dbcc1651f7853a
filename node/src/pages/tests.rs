//! What holds for all pages: hostile text stays text, every word exists in both languages, and a real node serves every
//! route with every header.

mod hostile;
mod rooms;
mod sample;
mod whole;

use std::collections::BTreeSet;
use std::path::Path;

use sesame_api::node::Language;
use sesame_api::words::Words;

/// Every `page-…` in a source or template of the page.
fn keys(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            keys(&path, found);
        } else {
            let text = std::fs::read_to_string(&path).expect("sources are text");
            for part in text.split('"').filter(|part| part.starts_with("page-")) {
                if part.len() > 5
                    && part.bytes().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-')
                {
                    found.insert(part.to_owned());
                }
            }
        }
    }
}

#[test]
fn every_sentence_of_the_page_exists_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    keys(&root.join("src/pages"), &mut found);
    keys(&root.join("templates"), &mut found);
    for kind in ["known", "changed", "trust"] {
        for part in ["what", "why", "action"] {
            found.insert(format!("page-decide-{kind}-{part}"));
        }
    }
    for kind in ["import", "invite", "rate", "more"] {
        for part in ["title", "why", "action"] {
            found.insert(format!("page-next-{kind}-{part}"));
        }
    }
    assert!(found.len() > 300, "only {} keys found", found.len());
    for language in [Language::En, Language::Fr] {
        let missing: Vec<&String> = found.iter().filter(|key| !Words::of(language).has(key)).collect();
        assert!(missing.is_empty(), "{language:?}: {missing:?}");
    }
}

#[test]
fn no_template_styles_or_scripts_inline() {
    fn look(folder: &Path) {
        for entry in std::fs::read_dir(folder).expect("the templates are there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                look(&path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("templates are text");
            for wrong in [
                " style=",
                "<style",
                "javascript:",
                " onclick",
                " onload",
                " onerror",
                " onsubmit",
                "http://",
                "https://",
                "<script>",
            ] {
                assert!(!text.contains(wrong), "{} has {wrong}", path.display());
            }
        }
    }
    look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
}
