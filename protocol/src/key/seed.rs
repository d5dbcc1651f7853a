//! The seed that everything of a person comes from, and its 24 words (BIP-39, English or French).
//!
//! The seed is the BIP-39 *entropy* itself: no PBKDF2 and no passphrase, so the words of a wallet are not
//! accepted as something else by accident, and nothing slow stands between words and keys.

use std::{collections::BTreeMap, fmt, sync::LazyLock};

use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use zeroize::Zeroizing;

use super::{derive, identity::Rotation, online::Online};
use crate::{limits::SEED_WORDS, seal};

const BITS_PER_WORD: usize = 11;
const ENTROPY_BYTES: usize = 32;

/// Thirty-two bytes of entropy, from which every key that is not random comes.
///
/// It is shown once as words and never stored. Dropping it wipes it.
#[derive(Clone)]
pub struct Seed(Zeroizing<[u8; ENTROPY_BYTES]>);

impl Seed {
    /// Takes entropy as it is; the caller answers for its quality.
    pub fn from_entropy(entropy: [u8; ENTROPY_BYTES]) -> Self {
        Self(Zeroizing::new(entropy))
    }

    /// The 24 words, in the spelling of the BIP-39 list (accents of the French list are decomposed).
    pub fn words(&self, language: Language) -> Vec<&'static str> {
        let checked = self.checked();
        let list = language.list();
        (0..SEED_WORDS)
            .map(|word| {
                let bits = word * BITS_PER_WORD..(word + 1) * BITS_PER_WORD;
                list[bits.fold(0, |sum, bit| (sum << 1) | usize::from(checked[bit / 8] >> (7 - bit % 8) & 1))]
            })
            .collect()
    }

    /// Reads 24 words in either language; the checksum tells which.
    ///
    /// Case, accents and the form of accents do not matter. A phrase can fit both languages, by extreme chance: that
    /// is [`WordsError::Ambiguous`], and [`Seed::from_words_in`] settles it by asking the person.
    pub fn from_words(words: &[impl AsRef<str>]) -> Result<Self, WordsError> {
        let english = Self::from_words_in(words, Language::En);
        let french = Self::from_words_in(words, Language::Fr);
        match (english, french) {
            (Ok(_), Ok(_)) => Err(WordsError::Ambiguous),
            (Ok(seed), Err(_)) | (Err(_), Ok(seed)) => Ok(seed),
            (Err(one), Err(other)) => Err(one.nearer(other)),
        }
    }

    /// Reads 24 words in one language.
    pub fn from_words_in(words: &[impl AsRef<str>], language: Language) -> Result<Self, WordsError> {
        if words.len() != SEED_WORDS {
            return Err(WordsError::Count { found: words.len() });
        }
        let mut checked = Zeroizing::new([0_u8; ENTROPY_BYTES + 1]);
        for (position, word) in words.iter().enumerate() {
            let index = language.index(word.as_ref()).ok_or(WordsError::Unknown { position: position + 1 })?;
            for bit in 0..BITS_PER_WORD {
                let at = position * BITS_PER_WORD + bit;
                let set = u8::from(index >> (BITS_PER_WORD - 1 - bit) & 1 == 1);
                checked[at / 8] |= set << (7 - at % 8);
            }
        }
        let mut entropy = Zeroizing::new([0; ENTROPY_BYTES]);
        entropy.copy_from_slice(&checked[..ENTROPY_BYTES]);
        let seed = Self(entropy);
        if *seed.checked() == *checked { Ok(seed) } else { Err(WordsError::Checksum) }
    }

    /// The root that identities come from; never stored.
    pub fn rotation(&self) -> Rotation {
        Rotation::new(derive(self.0.as_slice(), &("sesame/1", "rotation")))
    }

    /// The root that a vault keeps; a new `era` after a restore gives other keys for everything but the identity.
    pub fn online(&self, era: u32) -> Online {
        Online::from_bytes(*derive(self.0.as_slice(), &("sesame/1", "online", era)))
    }

    /// The sealing key that opens a vault from the words alone: the vault keeps only its public half.
    pub fn recovery(&self) -> seal::SecretKey {
        seal::SecretKey::from_bytes(*derive(self.0.as_slice(), &("sesame/1", "recovery")))
    }

    /// The entropy followed by its checksum: the first byte of its SHA-256 (BIP-39).
    fn checked(&self) -> Zeroizing<[u8; ENTROPY_BYTES + 1]> {
        let mut out = Zeroizing::new([0; ENTROPY_BYTES + 1]);
        out[..ENTROPY_BYTES].copy_from_slice(self.0.as_slice());
        out[ENTROPY_BYTES] = Sha256::digest(self.0.as_slice())[0];
        out
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(redacted)")
    }
}

/// The two languages of this protocol: of the words, and of the names of markets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

impl Language {
    pub(super) fn list(self) -> &'static [&'static str; 2048] {
        match self {
            Self::En => bip39::Language::English.word_list(),
            Self::Fr => bip39::Language::French.word_list(),
        }
    }

    fn index(self, word: &str) -> Option<usize> {
        static ENGLISH: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| Language::En.folded());
        static FRENCH: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| Language::Fr.folded());
        let folded = match self {
            Self::En => &ENGLISH,
            Self::Fr => &FRENCH,
        };
        folded.get(fold(word).as_str()).copied()
    }

    fn folded(self) -> BTreeMap<String, usize> {
        self.list().iter().enumerate().map(|(index, word)| (fold(word).to_string(), index)).collect()
    }
}

/// Lower case without accents: the first four letters tell words apart in both lists, accents or not.
fn fold(word: &str) -> Zeroizing<String> {
    // A word of either list has at most eight letters; more is not one, and is not worth copying.
    Zeroizing::new(
        word.trim().chars().take(24).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect(),
    )
}

/// Why words are not a seed. Never says which words: they are a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WordsError {
    /// There are not 24.
    #[error("{found} words, and 24 are needed")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// One is in neither list.
    #[error("word {position} is not in the list")]
    Unknown {
        /// Which one, counted from 1.
        position: usize,
    },
    /// All are in a list, and together they are not a seed: one is wrong, or two changed places.
    #[error("the words do not fit together")]
    Checksum,
    /// They are a seed in English and another one in French.
    #[error("the words fit in both languages")]
    Ambiguous,
}

impl WordsError {
    /// Of what is wrong in two languages, what is wrong in the one that was meant.
    fn nearer(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown { position: one }, Self::Unknown { position: two }) => {
                Self::Unknown { position: one.max(two) }
            }
            (Self::Unknown { .. }, other) => other,
            (this, _) => this,
        }
    }
}

#[cfg(test)]
mod tests;
