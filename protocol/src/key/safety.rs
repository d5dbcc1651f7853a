//! The six words that two people compare aloud to know that nobody stands between them.

use super::{identity::IdentityId, seed::Language};
use crate::hash;

const WORDS: usize = 6;
const BITS_PER_WORD: usize = 11;

/// Six words for two identities, the same in either order.
///
/// They are 66 bits of a hash: fewer could be ground by someone who makes identities until the words fit.
pub fn safety_words(one: &IdentityId, other: &IdentityId, language: Language) -> [&'static str; WORDS] {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    let hash = hash::labelled("sesame/1/safety", &[low.as_bytes(), high.as_bytes()]);
    let list = language.list();
    std::array::from_fn(|word| {
        let bits = word * BITS_PER_WORD..(word + 1) * BITS_PER_WORD;
        list[bits.fold(0, |sum, bit| (sum << 1) | usize::from(hash[bit / 8] >> (7 - bit % 8) & 1))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_read_the_same_words() {
        let (a, b) = (IdentityId::from_bytes([1; 32]), IdentityId::from_bytes([2; 32]));
        assert_eq!(safety_words(&a, &b, Language::Fr), safety_words(&b, &a, Language::Fr));
        assert_ne!(safety_words(&a, &b, Language::En), safety_words(&a, &a, Language::En));
    }

    #[test]
    fn the_two_languages_say_the_same_numbers() {
        let (a, b) = (IdentityId::from_bytes([1; 32]), IdentityId::from_bytes([2; 32]));
        let place = |language: Language| {
            safety_words(&a, &b, language).map(|word| language.list().iter().position(|listed| *listed == word))
        };
        assert_eq!(place(Language::En), place(Language::Fr));
    }
}
