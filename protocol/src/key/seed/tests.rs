use proptest::prelude::{any, prop_assert_eq, proptest};

use super::*;

/// From the test vectors of BIP-39 (trezor/python-mnemonic, vectors.json).
const ENGLISH: [(&str, &str); 4] = [
    (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
         abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
    ),
    (
        "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
        "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful \
         legal winner thank year wave sausage worth title",
    ),
    (
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
    ),
    (
        "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
        "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel \
         tennis maple dilemma loan word shrug inflict delay length",
    ),
];

fn unhex(text: &str) -> [u8; 32] {
    std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
}

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn the_vectors_of_bip_39_hold_in_english() {
    for (entropy, words) in ENGLISH {
        let seed = Seed::from_entropy(unhex(entropy));
        assert_eq!(seed.words(Language::En), split(words));
        assert_eq!(*Seed::from_words(&split(words)).unwrap().0, unhex(entropy));
    }
}

/// The French list has no official vectors; its words stand at the same indices, so the English ones carry over.
#[test]
fn the_vectors_of_bip_39_hold_in_french() {
    let zero = "abaisser ".repeat(23) + "anaphore";
    let seed = Seed::from_words(&split(&zero)).unwrap();
    assert_eq!(*seed.0, [0; 32]);
    for (entropy, _) in ENGLISH {
        let seed = Seed::from_entropy(unhex(entropy));
        let expected = bip39::Mnemonic::from_entropy_in(bip39::Language::French, &unhex(entropy)).unwrap();
        assert_eq!(seed.words(Language::Fr), expected.words().collect::<Vec<_>>());
    }
}

#[test]
fn case_accents_and_their_form_do_not_matter() {
    let seed = Seed::from_entropy(std::array::from_fn(|at| u8::try_from(at).unwrap() * 7));
    let listed = seed.words(Language::Fr);
    assert!(listed.iter().any(|word| word.chars().any(is_combining_mark)), "the phrase has an accent");
    let spellings: [fn(&str) -> String; 4] = [
        |word| word.nfc().collect(),
        |word| word.nfkd().filter(|c| !is_combining_mark(*c)).collect(),
        |word| word.nfc().collect::<String>().to_uppercase(),
        |word| format!(" {word} "),
    ];
    for spelling in spellings {
        let words: Vec<String> = listed.iter().map(|word| spelling(word)).collect();
        assert_eq!(*Seed::from_words(&words).unwrap().0, *seed.0, "{words:?}");
    }
}

#[test]
fn no_two_words_of_a_list_become_one_without_accents() {
    for language in [Language::En, Language::Fr] {
        let folded: std::collections::BTreeSet<String> =
            language.list().iter().map(|word| fold(word).to_string()).collect();
        assert_eq!(folded.len(), 2048);
    }
}

#[test]
fn wrong_words_are_told_apart() {
    let words = split(ENGLISH[3].1);
    assert_eq!(Seed::from_words(&words[..23]).unwrap_err(), WordsError::Count { found: 23 });
    let mut swapped = words.clone();
    swapped.swap(0, 1);
    assert_eq!(Seed::from_words(&swapped).unwrap_err(), WordsError::Checksum);
    let mut unknown = words.clone();
    unknown[5] = "xylophones";
    assert_eq!(Seed::from_words(&unknown).unwrap_err(), WordsError::Unknown { position: 6 });
    assert!(!format!("{:?} {}", unknown, WordsError::Unknown { position: 6 }).is_empty());
    assert!(!WordsError::Unknown { position: 6 }.to_string().contains("xylophones"));
}

/// Words that stand in both lists at the same or other places make phrases that fit both.
#[test]
fn words_that_fit_both_languages_are_ambiguous() {
    let shared: Vec<&str> =
        Language::En.list().iter().copied().filter(|word| Language::Fr.index(word).is_some()).collect();
    assert!(shared.len() > 50);
    // A plain generator, so that the search is the same every time; one in 65,536 phrases fits both.
    let mut state = 1_u64;
    let found = (0..2_000_000).find_map(|_| {
        let words: Vec<&str> = (0..24)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                shared[usize::try_from(state >> 33).unwrap() % shared.len()]
            })
            .collect();
        let fits = |language: Language| Seed::from_words_in(&words, language).is_ok();
        (fits(Language::En) && fits(Language::Fr)).then_some(words)
    });
    let words = found.unwrap();
    assert_eq!(Seed::from_words(&words).unwrap_err(), WordsError::Ambiguous);
    let english = Seed::from_words_in(&words, Language::En).unwrap();
    let french = Seed::from_words_in(&words, Language::Fr).unwrap();
    assert_ne!(*english.0, *french.0);
}

#[test]
fn a_seed_never_shows_itself() {
    assert_eq!(format!("{:?}", Seed::from_entropy([7; 32])), "Seed(redacted)");
    assert_eq!(format!("{:?}", Seed::from_entropy([7; 32]).online(0)), "Online(redacted)");
    assert_eq!(format!("{:?}", Seed::from_entropy([7; 32]).rotation()), "Rotation(redacted)");
}

proptest! {
    #[test]
    fn words_come_back_as_their_seed(entropy in any::<[u8; 32]>()) {
        let seed = Seed::from_entropy(entropy);
        for language in [Language::En, Language::Fr] {
            prop_assert_eq!(*Seed::from_words_in(&seed.words(language), language).unwrap().0, entropy);
        }
    }
}
