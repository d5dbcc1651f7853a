//! Documents: public, signed, copied from node to node. One block, one id, one signature; a slot that a newer
//! version takes over; an end. Leaves out what becomes of them: which are kept, shown or passed on.
//!
//! ```text
//! block = ["sesame/1/<kind>", author: 32 bytes, payload: bytes]        canonical CBOR
//! id    = CIDv1(dag-cbor, BLAKE3-256(block))                           the signature is not part of it
//! wire  = [block: bytes, signature over block: 64 bytes]               canonical CBOR
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

mod attestation;
mod card;
mod profile;
mod recommendation;
mod retraction;
pub(crate) mod seconds;

pub use attestation::Attestation;
pub(crate) use card::is_address;
pub use card::{Card, SealKey};
pub use profile::{MANDATORY, OPTIONAL, Profile};
pub use recommendation::{Marks, Recommendation};
pub use retraction::Retraction;

use cid::{Cid, multihash::Multihash};
use serde_bytes::ByteBuf;

use crate::{
    Rng, Verified, codec, hash,
    key::{self, PublicKey, Signature, SigningKey, verify, verify_batch},
    limits::{DOCUMENT_BYTES_MAX, DOCUMENT_LIFE_DAYS_MAX, PROFILE_LIFE_DAYS_MAX, VERSION_AHEAD},
    text,
    time::{Timestamp, days},
};

/// Bytes of a slot's name.
pub const SLOT_BYTES: usize = 16;
const CODEC_DAG_CBOR: u64 = 0x71;
const MULTIHASH_BLAKE3: u64 = 0x1e;

/// A document whose form is right. Only [`Verified<Document>`] says that its author signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    id: DocumentId,
    author: PublicKey,
    slot: [u8; SLOT_BYTES],
    body: Body,
    bytes: Vec<u8>,
}

impl Document {
    /// Makes a document and signs it.
    ///
    /// The same checks as for a stranger's document apply, but for time. Moments are rounded down to the second,
    /// so the body that comes back may be earlier by a fraction.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "what is signed is given away; the document holds what was read back"
    )]
    pub fn sign(body: Body, key: &SigningKey) -> Result<Verified<Self>, Error> {
        let author = key.public();
        let block = codec::encode(&(body.kind(), author, ByteBuf::from(body.encode())));
        let signature = key.sign(&block);
        let bytes = codec::encode(&(ByteBuf::from(block), signature));
        Ok(Verified::new(Unverified::parse(&bytes)?.document))
    }

    /// Reads a document that came from anywhere, and checks everything but the signature.
    ///
    /// A person's card passes here, because it travels in letters; where documents are exchanged use
    /// [`Document::decode_public`].
    pub fn decode(bytes: &[u8], now: Timestamp) -> Result<Unverified, Error> {
        let unverified = Unverified::parse(bytes)?;
        unverified.document.check_time(now)?;
        Ok(unverified)
    }

    /// Reads a document that came by synchronisation or look-up, where a person's card has no business.
    pub fn decode_public(bytes: &[u8], now: Timestamp) -> Result<Unverified, Error> {
        let unverified = Self::decode(bytes, now)?;
        if unverified.document.body.is_public() { Ok(unverified) } else { Err(Error::Private) }
    }

    /// Reads a document back from one's own store: no clock and no signature, because both were checked before.
    pub fn from_store(bytes: &[u8]) -> Result<Self, Error> {
        Unverified::parse(bytes).map(|unverified| unverified.document)
    }

    /// The hash that names it.
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// Whose key signs it.
    pub fn author(&self) -> &PublicKey {
        &self.author
    }

    /// What it says.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The place, among its author's documents, that it holds until a newer version takes it.
    pub fn slot(&self) -> &[u8] {
        &self.slot
    }

    /// The order within a slot: the larger of (last version + 1) and Unix seconds.
    pub fn version(&self) -> u64 {
        match &self.body {
            Body::Card(card) => card.version,
            Body::Profile(profile) => profile.version,
            Body::Attestation(attestation) => attestation.version,
            Body::Recommendation(recommendation) => recommendation.version,
            Body::Retraction(retraction) => retraction.version,
        }
    }

    /// When it ends; from then on it is refused and may be dropped.
    pub fn until(&self) -> Timestamp {
        match &self.body {
            Body::Card(card) => card.until,
            Body::Profile(profile) => profile.until,
            Body::Attestation(attestation) => attestation.until,
            Body::Recommendation(recommendation) => recommendation.until,
            Body::Retraction(retraction) => retraction.until,
        }
    }

    /// The bytes on the wire, signature and all.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn check_time(&self, now: Timestamp) -> Result<(), Error> {
        let ahead = now.plus(VERSION_AHEAD);
        if self.version() > ahead.seconds() {
            return Err(Error::FromTheFuture { version: self.version(), allowed: ahead.seconds() });
        }
        if self.until() <= now {
            return Err(Error::Expired { until: self.until() });
        }
        let life = match self.body {
            Body::Profile(_) => PROFILE_LIFE_DAYS_MAX,
            _ => DOCUMENT_LIFE_DAYS_MAX,
        };
        let latest = ahead.plus(days(life));
        if self.until() > latest { Err(Error::LivesTooLong { until: self.until(), latest }) } else { Ok(()) }
    }
}

/// Whether `a` takes the place of `b`: same author, same slot, and a higher version.
///
/// One author who signs two documents with the same slot and version equivocates; then the higher id holds the
/// slot everywhere, so that all nodes agree without asking.
pub fn supersedes(a: &Document, b: &Document) -> bool {
    a.author == b.author && a.slot == b.slot && (a.version(), a.id) > (b.version(), b.id)
}

hash::bytes! {
    /// The name of a document: BLAKE3-256 of its block.
    DocumentId, 32
}

impl DocumentId {
    /// The id as other systems write it: `CIDv1`, dag-cbor, BLAKE3-256, base32.
    pub fn to_cid(&self) -> String {
        // A multihash of 32 bytes always fits; the fallback is never reached and never names anything.
        Multihash::<64>::wrap(MULTIHASH_BLAKE3, &self.0)
            .map(|hash| Cid::new_v1(CODEC_DAG_CBOR, hash).to_string())
            .unwrap_or_default()
    }

    /// Reads what [`DocumentId::to_cid`] writes, in any base.
    pub fn from_cid(text: &str) -> Result<Self, Error> {
        // The longest base that multibase has is base 2: 8 characters a byte of 36, and a prefix.
        let cid = (text.len() <= 300).then(|| Cid::try_from(text).ok()).flatten().ok_or(Error::NotACid)?;
        if cid.version() != cid::Version::V1 || cid.codec() != CODEC_DAG_CBOR || cid.hash().code() != MULTIHASH_BLAKE3 {
            return Err(Error::NotACid);
        }
        cid.hash().digest().try_into().map(Self).map_err(|_| Error::NotACid)
    }
}

/// What a document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Keys and addresses of an identity.
    Card(Card),
    /// What a vendor tells about itself.
    Profile(Profile),
    /// Somebody else's word on a field of a profile.
    Attestation(Attestation),
    /// What a persona thinks of a subject.
    Recommendation(Recommendation),
    /// The end of a slot before its time.
    Retraction(Retraction),
}

impl Body {
    /// Whether it may be copied among strangers: everything may, but a person's card.
    pub fn is_public(&self) -> bool {
        !matches!(self, Self::Card(card) if card.person)
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Card(_) => card::KIND,
            Self::Profile(_) => profile::KIND,
            Self::Attestation(_) => attestation::KIND,
            Self::Recommendation(_) => recommendation::KIND,
            Self::Retraction(_) => retraction::KIND,
        }
    }

    fn encode(&self) -> Vec<u8> {
        match self {
            Self::Card(card) => codec::encode(card),
            Self::Profile(profile) => codec::encode(profile),
            Self::Attestation(attestation) => codec::encode(attestation),
            Self::Recommendation(recommendation) => codec::encode(recommendation),
            Self::Retraction(retraction) => codec::encode(retraction),
        }
    }

    fn decode(kind: &str, payload: &[u8], author: &PublicKey) -> Result<Self, Error> {
        match kind {
            card::KIND => {
                let card: Card = codec::decode(payload, DOCUMENT_BYTES_MAX)?;
                card.check(author)?;
                Ok(Self::Card(card))
            }
            profile::KIND => {
                let profile: Profile = codec::decode(payload, DOCUMENT_BYTES_MAX)?;
                profile.check()?;
                Ok(Self::Profile(profile))
            }
            attestation::KIND => {
                let attestation: Attestation = codec::decode(payload, DOCUMENT_BYTES_MAX)?;
                attestation.check()?;
                Ok(Self::Attestation(attestation))
            }
            recommendation::KIND => {
                let recommendation: Recommendation = codec::decode(payload, DOCUMENT_BYTES_MAX)?;
                recommendation.check()?;
                Ok(Self::Recommendation(recommendation))
            }
            retraction::KIND => {
                let retraction: Retraction = codec::decode(payload, DOCUMENT_BYTES_MAX)?;
                Ok(Self::Retraction(retraction))
            }
            _ => Err(Error::UnknownKind),
        }
    }

    fn slot(&self) -> [u8; SLOT_BYTES] {
        match self {
            Self::Card(_) => slot(&("card",)),
            Self::Profile(_) => slot(&("profile",)),
            Self::Attestation(said) => slot(&("attestation", said.identity, &said.field)),
            Self::Recommendation(said) => said.slot(),
            Self::Retraction(retraction) => retraction.slot,
        }
    }
}

/// The name of a slot: it is derived and not carried, so nobody can put two subjects into one slot.
fn slot<T: serde::Serialize>(what: &T) -> [u8; SLOT_BYTES] {
    hash::short(&hash::labelled("sesame/1/slot", &[&codec::encode(what)]))
}

/// A document whose signature is still to be checked.
#[derive(Clone, Debug)]
#[must_use = "a document that is not verified says nothing"]
pub struct Unverified {
    document: Document,
    block: Vec<u8>,
    signature: Signature,
}

impl Unverified {
    /// The document as it claims to be, to sort out what is not wanted before paying for the signature.
    pub fn claimed(&self) -> &Document {
        &self.document
    }

    /// Checks the signature.
    pub fn verify(self) -> Result<Verified<Document>, Error> {
        if verify(&self.document.author, &self.block, &self.signature) {
            Ok(Verified::new(self.document))
        } else {
            Err(Error::BadSignature { id: self.document.id })
        }
    }

    /// Checks many signatures at once; the answers are in the order of the documents, and the same as alone.
    pub fn verify_all(all: Vec<Self>, rng: &mut dyn Rng) -> Vec<Result<Verified<Document>, Error>> {
        let items: Vec<key::Signed<'_>> = all
            .iter()
            .map(|each| key::Signed { key: &each.document.author, message: &each.block, signature: &each.signature })
            .collect();
        let answers = verify_batch(&items, rng);
        all.into_iter()
            .zip(answers)
            .map(|(each, holds)| {
                if holds { Ok(Verified::new(each.document)) } else { Err(Error::BadSignature { id: each.document.id }) }
            })
            .collect()
    }

    fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let (block, signature): (ByteBuf, Signature) = codec::decode(bytes, DOCUMENT_BYTES_MAX)?;
        let (kind, author, payload): (String, PublicKey, ByteBuf) = codec::decode(&block, DOCUMENT_BYTES_MAX)?;
        let body = Body::decode(&kind, &payload, &author)?;
        let document =
            Document { id: DocumentId(hash::plain(&block)), author, slot: body.slot(), body, bytes: bytes.to_vec() };
        Ok(Self { document, block: block.into_vec(), signature })
    }
}

/// Why a document is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a canonical document.
    #[error(transparent)]
    Codec(#[from] codec::Error),
    /// This version knows no such kind.
    #[error("a document of an unknown kind")]
    UnknownKind,
    /// A person's card came where only public documents go.
    #[error("a person's card travels in letters only")]
    Private,
    /// The version is later than a wrong clock explains; accepting it would block the slot.
    #[error("version {version}, and at most {allowed} is believed now")]
    FromTheFuture {
        /// The version.
        version: u64,
        /// The latest that is believed.
        allowed: u64,
    },
    /// The end has come.
    #[error("ended at {until}")]
    Expired {
        /// The end.
        until: Timestamp,
    },
    /// The end is further away than this kind may live.
    #[error("ends at {until}, and {latest} is the latest allowed")]
    LivesTooLong {
        /// The end.
        until: Timestamp,
        /// The latest end that is accepted now.
        latest: Timestamp,
    },
    /// The author did not sign this.
    #[error("the signature on {id:?} is not its author's")]
    BadSignature {
        /// Which document.
        id: DocumentId,
    },
    /// The first card of an identity does not fit its id.
    #[error("the key and the commitment do not make this identity")]
    NotItsInception,
    /// A text has something that may not travel, or too much of it.
    #[error("{field}: {error}")]
    Text {
        /// Which text.
        field: &'static str,
        /// What is wrong.
        error: text::Error,
    },
    /// A list is too long.
    #[error("{found} {field}, and at most {max} are allowed")]
    TooMany {
        /// Of what.
        field: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// A list says something twice.
    #[error("{field} are not in order, or one stands twice")]
    Unordered {
        /// Of what.
        field: &'static str,
    },
    /// An address is empty, too long or not printable.
    #[error("an address that cannot be one")]
    Address,
    /// A mark is above 100.
    #[error("a mark of {mark}, and at most 100 is one")]
    Mark {
        /// The mark.
        mark: u8,
    },
    /// Neither a mark nor a text.
    #[error("nothing is said")]
    Empty,
    /// A subject that never leaves its node.
    #[error("a local subject does not travel")]
    Local,
    /// The text is not the CID of a document.
    #[error("not the id of a document")]
    NotACid,
}

#[cfg(test)]
mod tests;
