//! Letters: private, sealed to one recipient, delivered once. Leaves out delivery, retries and what a letter
//! sets in motion; whoever opens one must still remember its id until it has expired.
//!
//! There are two sorts. *Conversation*, below, goes between contacts: authenticated by the pair's key and not signed,
//! so that no contact can prove to a third person what was written. [`evidence`] goes between a person and an
//! organisation, and is signed, so that either can.
//!
//! ```text
//! letter = [suite: 1, sort, recipient key hash, label, sealed: bytes]     exactly one of the size classes long
//! sealed = HPKE(psk, info = ["sesame/1/letter", suite, key hash], aad = class: u32 BE ‖ label, padded)
//! padded = length of inner: u32 BE ‖ inner ‖ zeros
//! inner  = ["sesame/1/letter/<kind>", from, [to, key hash, number, id, sent, expires, re, body]: bytes]
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

mod acknowledgement;
mod contact;
mod envelope;
pub mod evidence;

pub use acknowledgement::Acknowledgement;
pub use contact::{Acceptance, Update, Welcome};
pub use envelope::{Address, CLASSES_BYTES, SUITE, address};

use serde::{Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;
use zeroize::Zeroizing;

use self::envelope::{Envelope, Sort};
use crate::{
    Rng, Verified, codec, hash,
    key::IdentityId,
    limits::{LETTER_BYTES_MAX, LETTER_LIFE_DAYS_MAX, VERSION_AHEAD},
    pair::PairKey,
    seal as hpke,
    seal::{KeyHash, Mode},
    text,
    time::{Timestamp, days},
};

const MILLIS_PER_MINUTE: u64 = 60_000;

/// A letter, as its writer meant it and as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who writes. The pair's key proves it only if the reader checks that the key is this contact's.
    pub from: IdentityId,
    /// Who is written to.
    pub to: IdentityId,
    /// The writer's count of letters to this recipient; a gap or a step back tells of a loss or a roll-back.
    pub number: u64,
    /// A random name; a letter that comes twice is read once.
    pub id: LetterId,
    /// When it was written, in whole minutes: finer clocks tell machines apart.
    pub sent: Timestamp,
    /// When it stops mattering, in whole minutes, 30 days away at most.
    pub expires: Timestamp,
    /// The letter that this one answers.
    pub re: Option<LetterId>,
    /// What it says.
    pub body: Body,
}

hash::bytes! {
    /// The random name of a letter.
    LetterId, 16
}

/// What a letter says. Serialisable for a sender's own store; on the wire each kind is a block of its own.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// The guest answers an invitation.
    Acceptance(Acceptance),
    /// The inviter answers the guest; from here both know the agreed key.
    Welcome(Welcome),
    /// New keys, addresses or personas.
    Update(Update),
    /// What was received and what was refused; never acknowledged itself.
    Acknowledgement(Acknowledgement),
}

impl Body {
    fn kind(&self) -> &'static str {
        match self {
            Self::Acceptance(_) => contact::ACCEPTANCE,
            Self::Welcome(_) => contact::WELCOME,
            Self::Update(_) => contact::UPDATE,
            Self::Acknowledgement(_) => acknowledgement::KIND,
        }
    }
}

/// Seals a letter under the pair's key; the result has exactly the length of one of the size classes.
///
/// Times are rounded down to the minute. The caller chooses the key of the current week.
pub fn seal(letter: &Letter, to: &hpke::PublicKey, pair: &PairKey, rng: &mut dyn Rng) -> Result<Vec<u8>, Error> {
    let key = to.hash();
    let inner = encode(letter, key);
    // Read back as the recipient will: what it would refuse is not sent.
    decode(&inner, &key)?;
    let label = pair.label();
    let class = envelope::class_of(inner.len(), Sort::Conversation).ok_or(Error::TooLarge { length: inner.len() })?;
    let padded = envelope::pad(&inner, class, Sort::Conversation)?;
    let secret = pair.secret();
    let sealed = hpke::seal(
        to,
        Mode::Psk { psk: &secret, id: &label },
        &info(&key),
        &envelope::aad(class, Some(&label)),
        &padded,
        rng,
    )?;
    let bytes = Envelope::conversation(key, label, sealed).encode();
    debug_assert_eq!(bytes.len(), class, "padding hits the class");
    Ok(bytes)
}

/// Opens a letter, and checks that it is meant for `me`, for this key, and for now.
///
/// The caller found `key` and `pair` by [`address`], and must check afterwards that `from` is the contact
/// whose pair key this is, and that the id was not seen before.
pub fn open(
    bytes: &[u8],
    key: &hpke::SecretKey,
    pair: &PairKey,
    me: &IdentityId,
    now: Timestamp,
) -> Result<Verified<Letter>, Error> {
    let envelope = Envelope::decode(bytes)?;
    let hash = key.hash();
    if envelope.address().key != hash {
        return Err(Error::OtherKey);
    }
    let label = envelope.address().label.ok_or(Error::UnknownKind)?;
    if label != pair.label() {
        return Err(Error::OtherPair);
    }
    let secret = pair.secret();
    let aad = envelope::aad(bytes.len(), Some(&label));
    let padded = hpke::open(key, Mode::Psk { psk: &secret, id: &label }, &info(&hash), &aad, envelope.sealed())?;
    let letter = decode(envelope::unpad(&padded)?, &hash)?;
    if letter.to != *me {
        return Err(Error::Misaddressed);
    }
    if letter.from == *me {
        return Err(Error::Reflected);
    }
    check_time(letter.sent, letter.expires, now)?;
    Ok(Verified::new(letter))
}

/// The payload, with the body in the place of the type parameter.
type Payload<B> = (IdentityId, KeyHash, u64, LetterId, u64, u64, Option<LetterId>, B);

fn encode(letter: &Letter, key: KeyHash) -> Zeroizing<Vec<u8>> {
    let payload = match &letter.body {
        Body::Acceptance(body) => payload(letter, key, body),
        Body::Welcome(body) => payload(letter, key, body),
        Body::Update(body) => payload(letter, key, body),
        Body::Acknowledgement(body) => payload(letter, key, body),
    };
    Zeroizing::new(codec::encode(&(letter.body.kind(), letter.from, ByteBuf::from(payload))))
}

fn payload<B: Serialize>(letter: &Letter, key: KeyHash, body: &B) -> Vec<u8> {
    let sent = letter.sent.millis() / MILLIS_PER_MINUTE;
    let expires = letter.expires.millis() / MILLIS_PER_MINUTE;
    codec::encode(&(letter.to, key, letter.number, letter.id, sent, expires, letter.re, body))
}

fn decode(inner: &[u8], key: &KeyHash) -> Result<Letter, Error> {
    let (kind, from, payload): (String, IdentityId, ByteBuf) = codec::decode(inner, LETTER_BYTES_MAX)?;
    match kind.as_str() {
        contact::ACCEPTANCE => read(&payload, from, key, Acceptance::check, Body::Acceptance),
        contact::WELCOME => read(&payload, from, key, Welcome::check, Body::Welcome),
        contact::UPDATE => read(&payload, from, key, Update::check, Body::Update),
        acknowledgement::KIND => read(&payload, from, key, Acknowledgement::check, Body::Acknowledgement),
        _ => Err(Error::UnknownKind),
    }
}

fn read<B: Serialize + DeserializeOwned>(
    payload: &[u8],
    from: IdentityId,
    key: &KeyHash,
    check: fn(&B) -> Result<(), Error>,
    wrap: fn(B) -> Body,
) -> Result<Letter, Error> {
    let (to, named, number, id, sent, expires, re, body): Payload<B> = codec::decode(payload, LETTER_BYTES_MAX)?;
    if named != *key {
        return Err(Error::OtherKey);
    }
    check(&body)?;
    let (sent, expires) = (moment(sent)?, moment(expires)?);
    check_span(sent, expires)?;
    Ok(Letter { from, to, number, id, sent, expires, re, body: wrap(body) })
}

/// A moment that was written in minutes.
fn moment(minutes: u64) -> Result<Timestamp, Error> {
    minutes.checked_mul(MILLIS_PER_MINUTE).map(Timestamp::from_millis).ok_or(Error::Time)
}

fn check_span(sent: Timestamp, expires: Timestamp) -> Result<(), Error> {
    let is_sane = sent < expires && expires <= sent.plus(days(LETTER_LIFE_DAYS_MAX));
    if is_sane { Ok(()) } else { Err(Error::Time) }
}

fn check_time(sent: Timestamp, expires: Timestamp, now: Timestamp) -> Result<(), Error> {
    if expires <= now {
        return Err(Error::Expired { expires });
    }
    // Ids are remembered until letters expire, so a wrong clock must not make that for ever.
    if sent > now.plus(VERSION_AHEAD) {
        return Err(Error::FromTheFuture { sent });
    }
    Ok(())
}

fn info(key: &KeyHash) -> Vec<u8> {
    codec::encode(&("sesame/1/letter", SUITE, key))
}

/// Why a letter was not sealed or is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a canonical letter.
    #[error(transparent)]
    Codec(#[from] codec::Error),
    /// The length is none of the size classes.
    #[error("{length} bytes is not the size of a letter")]
    Size {
        /// The length.
        length: usize,
    },
    /// There is more to say than the largest class holds.
    #[error("{length} bytes do not fit in a letter")]
    TooLarge {
        /// How much there is.
        length: usize,
    },
    /// The suite is not known to this version.
    #[error("sealed with the unknown suite {suite}")]
    UnknownSuite {
        /// The suite.
        suite: u8,
    },
    /// This version knows no such kind, or it is of the other sort.
    #[error("a letter of an unknown kind")]
    UnknownKind,
    /// The letter is for another key than the one given.
    #[error("sealed to another key")]
    OtherKey,
    /// The letter is under another pair's or another week's key.
    #[error("under another pair key")]
    OtherPair,
    /// Opening failed.
    #[error(transparent)]
    Seal(#[from] hpke::Error),
    /// The padding is not what it must be.
    #[error("the padding is wrong")]
    Padding,
    /// It was written to somebody else, and sealed again to this reader.
    #[error("written to somebody else")]
    Misaddressed,
    /// It is not of the one that it had to be of.
    #[error("written by somebody else")]
    OtherWriter,
    /// The signature is not the writer's.
    #[error("the signature does not hold")]
    BadSignature,
    /// It is one's own letter, sent back.
    #[error("one's own letter came back")]
    Reflected,
    /// It has expired.
    #[error("expired at {expires}")]
    Expired {
        /// When.
        expires: Timestamp,
    },
    /// It was sent later than a wrong clock explains.
    #[error("sent at {sent}, which is to come")]
    FromTheFuture {
        /// When.
        sent: Timestamp,
    },
    /// It expires before it was sent, or lives longer than 30 days.
    #[error("the times of sending and expiring do not fit")]
    Time,
    /// A list in it is too long.
    #[error("{found} {field}, and at most {max} are allowed")]
    TooMany {
        /// Of what.
        field: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// A list says something twice, or is not in order.
    #[error("{field} are not in order, or one stands twice")]
    Unordered {
        /// Of what.
        field: &'static str,
    },
    /// A text has something that may not travel, or too much of it, or is no name where one is expected.
    #[error("{field}: {error}")]
    Text {
        /// Which text.
        field: &'static str,
        /// What is wrong.
        error: text::Error,
    },
    /// A code that is not on the list of such codes.
    #[error("the {field} is not on the list")]
    Unlisted {
        /// Which code.
        field: &'static str,
    },
    /// Data would be kept for no time, or longer than any purpose takes.
    #[error("{days} days of retention")]
    Retention {
        /// How many days.
        days: u32,
    },
}

#[cfg(test)]
mod tests;
