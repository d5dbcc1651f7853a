//! Why a credential or a presentation is refused: one variant for each rule of RFC 9901 sections 7.1 to 7.3, and for the
//! bounds that are put in front of them.

use super::{jwk, jws};
use crate::{
    limits::{CREDENTIAL_BYTES_MAX, DEPTH_MAX, DISCLOSURES_MAX},
    time::Timestamp,
};

/// The rule that was broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Longer than any.
    #[error("{length} bytes, and at most {CREDENTIAL_BYTES_MAX} are allowed")]
    TooLarge {
        /// How long it is.
        length: usize,
    },
    /// A character that is neither of base64url nor a dot nor a tilde.
    #[error("a character that does not belong there")]
    Character,
    /// No tilde, or the last part is neither empty nor a token: the last tilde must not be left out (section 4).
    #[error("the last part is neither empty nor a key binding token")]
    Tilde,
    /// More disclosures than any has.
    #[error("{count} disclosures, and at most {DISCLOSURES_MAX} are allowed")]
    TooManyDisclosures {
        /// How many there are.
        count: usize,
    },
    /// Nothing between two tildes.
    #[error("an empty disclosure")]
    EmptyDisclosure,
    /// The issuer's token does not hold.
    #[error("issuer's token: {0}")]
    Issued(jws::Error),
    /// The key that signed is not the key of the issuer that is named.
    #[error("the issuer that is named is not the one whose key signed")]
    Issuer,
    /// A hash that is not used here; SHA-256 is.
    #[error("the hash of the digests is not sha-256")]
    Hash,
    /// `_sd_alg` below the top.
    #[error("the hash of the digests is named below the top")]
    HashNested,
    /// `_sd` is not an array of texts.
    #[error("_sd is not an array of digests")]
    Digests,
    /// `...` where it conveys no digest, or with something beside it.
    #[error("... stands where it conveys no digest")]
    Ellipsis,
    /// A disclosure is not JSON in base64url.
    #[error("a disclosure is not JSON in base64url")]
    NotADisclosure,
    /// A disclosure is not an array of as many elements as its place demands.
    #[error("a disclosure of {found} elements where {expected} are demanded")]
    Arity {
        /// Three for a claim, two for an element.
        expected: usize,
        /// How many there are; 0 also when it is no array.
        found: usize,
    },
    /// The salt of a disclosure is not a text.
    #[error("the salt of a disclosure is not a text")]
    Salt,
    /// The name in a disclosure is not a text.
    #[error("the name in a disclosure is not a text")]
    Name,
    /// A disclosure names a claim `_sd`, `...` or `_sd_alg`.
    #[error("a disclosure of a name that is reserved")]
    ReservedName,
    /// A disclosure names a claim that is there already.
    #[error("a disclosure of a name that is taken")]
    NameTaken,
    /// A claim on which validity depends is disclosed selectively, whole or in part.
    #[error("{claim} may not be disclosed selectively")]
    Protected {
        /// Which one.
        claim: &'static str,
    },
    /// One disclosure is sent twice.
    #[error("a disclosure is sent twice")]
    DisclosedTwice,
    /// One digest stands in two places.
    #[error("a digest stands in two places")]
    DigestTwice,
    /// No digest leads to a disclosure.
    #[error("a disclosure that no digest leads to")]
    Unreferenced,
    /// Claims and disclosures are nested too deeply.
    #[error("claims nested deeper than {DEPTH_MAX}")]
    TooDeep,
    /// A claim that is demanded is missing.
    #[error("no {claim}")]
    Missing {
        /// Which one.
        claim: String,
    },
    /// A date that is not a number of whole seconds.
    #[error("{claim} is not a number of seconds")]
    NotADate {
        /// Which one.
        claim: &'static str,
    },
    /// Its time is over.
    #[error("expired at {at}")]
    Expired {
        /// Since when.
        at: Timestamp,
    },
    /// Its time has not come.
    #[error("not valid before {at}")]
    NotYetValid {
        /// From when.
        at: Timestamp,
    },
    /// The credential is for somebody else.
    #[error("issued for somebody else")]
    Audience,
    /// The credential is of another type.
    #[error("a credential of another type")]
    Type,
    /// It is bound to no key, or to one that cannot be read.
    #[error("holder's key: {0}")]
    Holder(jwk::Error),
    /// Proof of the holder's key is demanded and not there (section 7.3 step 2).
    #[error("key binding is demanded and missing")]
    BindingMissing,
    /// Proof of the holder's key is there and was not asked for.
    #[error("key binding where none was asked for")]
    BindingUnasked,
    /// The holder's token does not hold.
    #[error("key binding: {0}")]
    Binding(jws::Error),
    /// A claim of the holder's token is missing, or is not of its kind.
    #[error("key binding has no {claim}, or not as it should be")]
    BindingClaim {
        /// Which one.
        claim: &'static str,
    },
    /// The holder's token was made before the window.
    #[error("key binding of {at}, and the window opens at {earliest}")]
    Stale {
        /// When it was made.
        at: Timestamp,
        /// When the window opens.
        earliest: Timestamp,
    },
    /// The holder's token was made after the window.
    #[error("key binding of {at}, and the window closes at {latest}")]
    Ahead {
        /// When it was made.
        at: Timestamp,
        /// When the window closes.
        latest: Timestamp,
    },
    /// The holder's token was made for somebody else.
    #[error("key binding for somebody else")]
    BindingAudience,
    /// The holder's token answers another question.
    #[error("key binding with another nonce")]
    Nonce,
    /// The holder's token was made for other disclosures.
    #[error("key binding over other disclosures")]
    BindingHash,
    /// The holder was to agree to something, and the token does not say so.
    #[error("key binding does not name what was to be agreed to")]
    TransactionMissing,
    /// The holder agreed to something else.
    #[error("key binding names something else than what was to be agreed to")]
    Transaction,
    /// The holder agreed to something that was not asked.
    #[error("key binding agrees to something that was not asked")]
    TransactionUnasked,
}
