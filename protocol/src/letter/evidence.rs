//! Evidence: letters of a relation, signed, so that either side can show later what the other said. A person's node
//! signs with the relation's key, an organisation with its identity key. What each kind says is in the modules below.
//!
//! ```text
//! letter = [suite: 1, sort: 1, recipient key hash, null, sealed: bytes]       exactly one of the size classes long
//! sealed = HPKE(base, info = ["sesame/1/letter", suite, key hash], aad = class: u32 BE, padded)
//! inner  = [block: bytes, signature over block: 64 bytes]
//! block  = ["sesame/1/letter/<kind>", from, [to, key hash, number, id, sent, expires, re, body]: bytes]
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

mod account;
mod disclosure;

pub use account::{AccountRequest, Answer, Closing, Verdict};
pub use disclosure::{Agreed, DataRequest, Deletion, How, Presented, Proffer, Receipt, Refusal, Withdrawal};

use serde::{Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;
use zeroize::Zeroizing;

use super::{
    Error, LetterId, MILLIS_PER_MINUTE, check_span, check_time,
    envelope::{self, Envelope, Sort},
    info, moment,
};
use crate::{
    Rng, Verified, codec, hash,
    key::{PublicKey, Signature, SigningKey, verify},
    limits::LETTER_BYTES_MAX,
    relation::Party,
    seal as hpke,
    seal::{KeyHash, Mode},
    time::Timestamp,
};

/// A letter between a person's relation and an organisation, as its writer meant it and as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Who writes.
    pub from: Party,
    /// Who is written to.
    pub to: Party,
    /// The writer's count of letters in this relation, from 1; the reader asks for what comes after the last it has.
    pub number: u64,
    /// A random name; a letter that comes twice is read once.
    pub id: LetterId,
    /// When it was written, in whole minutes.
    pub sent: Timestamp,
    /// When it stops mattering, in whole minutes, 30 days away at most.
    pub expires: Timestamp,
    /// The letter that this one answers.
    pub re: Option<LetterId>,
    /// What it says.
    pub body: Body,
}

/// Declares [`Body`] once: each kind with the type of what it says.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident($body:ty) = $kind:literal;)*) => {
        /// What a letter of a relation says. Serialisable for the two stores; on the wire each kind is a block of its own.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Body {
            $($(#[$doc])* $variant($body),)*
        }

        impl Body {
            /// The kind, as it stands in the block.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => concat!("sesame/1/letter/", $kind),)* }
            }

            fn payload(&self, head: Head) -> Vec<u8> {
                match self { $(Self::$variant(body) => head.payload(body),)* }
            }

            fn check(&self) -> Result<(), Error> {
                match self { $(Self::$variant(body) => body.check(),)* }
            }

            fn read(kind: &str, payload: &[u8]) -> Result<(Head, Self), Error> {
                match kind {
                    $(concat!("sesame/1/letter/", $kind) => {
                        let (head, body) = Head::read::<$body>(payload)?;
                        Ok((head, Self::$variant(body)))
                    })*
                    _ => Err(Error::UnknownKind),
                }
            }
        }
    };
}

kinds! {
    /// An organisation asks to open an account.
    AccountRequest(AccountRequest) = "account-request";
    /// The person's node answers a request for an account.
    Answer(Answer) = "account-answer";
    /// The person ends the relation.
    Closing(Closing) = "closing";
    /// An organisation asks for data.
    DataRequest(DataRequest) = "data-request";
    /// The person, or the organisation, says no.
    Refusal(Refusal) = "refusal";
    /// The person offers what may be had, on which terms: an agreement with one signature.
    Proffer(Proffer) = "proffer";
    /// The organisation signs the same agreement.
    Agreed(Agreed) = "agreed";
    /// The person shows what was agreed.
    Presented(Presented) = "presentation";
    /// The organisation signs the receipt.
    Receipt(Receipt) = "receipt";
    /// The person takes an agreement back.
    Withdrawal(Withdrawal) = "withdrawal";
    /// The organisation says that it deleted what it had.
    Deletion(Deletion) = "deletion";
}

/// What a letter may say, and when it is well formed beyond its encoding.
trait Says: Serialize + DeserializeOwned {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// What stands in front of every body.
struct Head {
    to: Party,
    key: KeyHash,
    number: u64,
    id: LetterId,
    sent: u64,
    expires: u64,
    re: Option<LetterId>,
}

type Payload<B> = (Party, KeyHash, u64, LetterId, u64, u64, Option<LetterId>, B);

impl Head {
    fn payload<B: Serialize>(self, body: &B) -> Vec<u8> {
        codec::encode(&(self.to, self.key, self.number, self.id, self.sent, self.expires, self.re, body))
    }

    fn read<B: Serialize + DeserializeOwned>(payload: &[u8]) -> Result<(Self, B), Error> {
        let (to, key, number, id, sent, expires, re, body): Payload<B> = codec::decode(payload, LETTER_BYTES_MAX)?;
        Ok((Self { to, key, number, id, sent, expires, re }, body))
    }
}

/// A letter whose signature holds, and the signed bytes, which prove it to anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The letter.
    pub letter: Evidence,
    inner: Vec<u8>,
}

impl Signed {
    /// What proves the letter: `[block, signature]`, to be kept and shown.
    pub fn proof(&self) -> &[u8] {
        &self.inner
    }

    /// Reads a proof again, of whoever holds `signer`. No clock: what was said stays said.
    pub fn from_proof(proof: &[u8], signer: &PublicKey) -> Result<Verified<Self>, Error> {
        read(proof, signer).map(|(signed, _)| signed)
    }
}

/// Seals a letter to a key, signed; the result has exactly the length of one of the size classes. Times are rounded down
/// to the minute. What the recipient would refuse is not sealed.
pub fn seal(
    letter: &Evidence,
    to: &hpke::PublicKey,
    signer: &SigningKey,
    rng: &mut dyn Rng,
) -> Result<(Vec<u8>, Verified<Signed>), Error> {
    let key = to.hash();
    let head = Head {
        to: letter.to,
        key,
        number: letter.number,
        id: letter.id,
        sent: letter.sent.millis() / MILLIS_PER_MINUTE,
        expires: letter.expires.millis() / MILLIS_PER_MINUTE,
        re: letter.re,
    };
    let block = codec::encode(&(letter.body.kind(), letter.from, ByteBuf::from(letter.body.payload(head))));
    let signature = signer.sign(&block);
    let inner = Zeroizing::new(codec::encode(&(ByteBuf::from(block.as_slice()), signature)));
    let (signed, _) = read_block(&block, &inner)?;
    let signed = Verified::new(signed);
    let class = envelope::class_of(inner.len(), Sort::Evidence).ok_or(Error::TooLarge { length: inner.len() })?;
    let padded = envelope::pad(&inner, class, Sort::Evidence)?;
    let sealed = hpke::seal(to, Mode::Base, &info(&key), &envelope::aad(class, None), &padded, rng)?;
    let bytes = Envelope::evidence(key, sealed).encode();
    debug_assert_eq!(bytes.len(), class, "padding hits the class");
    Ok((bytes, signed))
}

/// Who a letter must be between, and how that is checked.
#[derive(Clone, Copy, Debug)]
pub struct Between<'a> {
    /// Who reads.
    pub me: Party,
    /// Who must have written.
    pub from: Party,
    /// Whose signature must hold.
    pub signer: &'a PublicKey,
}

/// Opens a letter, and checks its signature, that it is between these two, for this key, and for now.
///
/// The caller must check afterwards that the id was not seen before.
pub fn open(
    bytes: &[u8],
    key: &hpke::SecretKey,
    between: Between<'_>,
    now: Timestamp,
) -> Result<Verified<Signed>, Error> {
    let envelope = Envelope::decode(bytes)?;
    let hash = key.hash();
    if envelope.address().key != hash {
        return Err(Error::OtherKey);
    }
    if envelope.address().label.is_some() {
        return Err(Error::UnknownKind);
    }
    let aad = envelope::aad(bytes.len(), None);
    let padded = hpke::open(key, Mode::Base, &info(&hash), &aad, envelope.sealed())?;
    let (signed, named) = read(envelope::unpad(&padded)?, between.signer)?;
    if named != hash {
        return Err(Error::OtherKey);
    }
    if signed.letter.to != between.me {
        return Err(Error::Misaddressed);
    }
    if signed.letter.from != between.from {
        return Err(if signed.letter.from == between.me { Error::Reflected } else { Error::OtherWriter });
    }
    check_time(signed.letter.sent, signed.letter.expires, now)?;
    Ok(signed)
}

/// Checks the signature, and only then reads what it is under. Also says for which sealing key the letter was.
fn read(inner: &[u8], signer: &PublicKey) -> Result<(Verified<Signed>, KeyHash), Error> {
    let (block, signature): (ByteBuf, Signature) = codec::decode(inner, LETTER_BYTES_MAX)?;
    if !verify(signer, &block, &signature) {
        return Err(Error::BadSignature);
    }
    let (signed, key) = read_block(&block, inner)?;
    Ok((Verified::new(signed), key))
}

/// Reads what is signed. Whoever calls knows that the signature holds.
fn read_block(block: &[u8], inner: &[u8]) -> Result<(Signed, KeyHash), Error> {
    let (kind, from, payload): (String, Party, ByteBuf) = codec::decode(block, LETTER_BYTES_MAX)?;
    let (head, body) = Body::read(&kind, &payload)?;
    body.check()?;
    let (sent, expires) = (moment(head.sent)?, moment(head.expires)?);
    check_span(sent, expires)?;
    let Head { to, key, number, id, re, .. } = head;
    let letter = Evidence { from, to, number, id, sent, expires, re, body };
    Ok((Signed { letter, inner: inner.to_vec() }, key))
}

/// The hash of a body, by which another letter refers to exactly what was said.
pub fn digest<B: Serialize>(body: &B) -> [u8; 32] {
    hash::labelled("sesame/1/body", &[&codec::encode(body)])
}

#[cfg(test)]
mod tests;
