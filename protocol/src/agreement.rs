//! An agreement: what one person shows one organisation, for what, on which terms and for how long. The person writes
//! and signs it; the organisation signs the same bytes, or does not. Without both signatures there is nothing to present.
//!
//! ```text
//! block     = ["sesame/1/agreement", relation, payload: bytes]       canonical CBOR
//! id        = CIDv1(dag-cbor, BLAKE3-256(block))
//! proffered = [block: bytes, signature of the relation]
//! agreed    = [block: bytes, signature of the relation, signature of the organisation]
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{
    Verified, codec,
    document::{DocumentId, seconds},
    hash,
    key::{IdentityId, PublicKey, Signature, SigningKey, verify},
    letter::{LetterId, evidence::DataRequest},
    limits::AGREEMENT_BYTES_MAX,
    relation::RelationId,
    time::{Timestamp, days},
};

const KIND: &str = "sesame/1/agreement";

/// What is agreed. Whoever holds a [`Verified<Agreement>`] knows that both sides signed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The organisation.
    pub vendor: IdentityId,
    /// The key that it signs with; keys change, and this one must be the one that signs.
    pub vendor_key: PublicKey,
    /// The letter that asked.
    pub request: LetterId,
    /// The hash of what it asked, word for word.
    #[serde(with = "serde_bytes")]
    pub asked: [u8; 32],
    /// The fields that are shown, in ascending order: some of those asked for, never others.
    pub fields: Vec<String>,
    /// The purpose, as asked.
    pub purpose: String,
    /// The terms, by the roster's id.
    pub terms: String,
    /// Days that the organisation may keep what it is shown.
    pub retention_days: u32,
    /// Who else may receive it: nobody but those named.
    pub recipients: Vec<String>,
    /// The nonce of the request.
    #[serde(with = "serde_bytes")]
    pub nonce: [u8; 16],
    /// The `did:key` that issues what the person says of themselves.
    pub issuer: String,
    /// The `did:key` that the credential is bound to.
    pub holder: String,
    /// When the person signed.
    #[serde(with = "seconds")]
    pub made: Timestamp,
}

impl Terms {
    /// Whether this is an answer to that request and within it: the same purpose and nonce, no field, recipient or day
    /// more than was asked for.
    pub fn are_within(&self, request: &LetterId, asked: &DataRequest) -> bool {
        self.request == *request
            && self.asked == crate::letter::evidence::digest(asked)
            && self.nonce == asked.nonce
            && self.purpose == asked.purpose
            && !self.fields.is_empty()
            && self.fields.is_sorted_by(|one, next| one < next)
            && self.fields.iter().all(|field| asked.fields.contains(field))
            && self.retention_days <= asked.retention_days
            && self.recipients.iter().all(|recipient| asked.recipients.contains(recipient))
    }

    /// Until when the organisation may keep what it is shown.
    pub fn until(&self) -> Timestamp {
        self.made.plus(days(u64::from(self.retention_days)))
    }
}

/// An agreement that the person has signed, and the organisation not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proffered {
    terms: Terms,
    relation: RelationId,
    id: DocumentId,
    block: Vec<u8>,
    signature: Signature,
}

impl Proffered {
    /// Writes and signs an agreement, as the person.
    pub fn sign(terms: &Terms, relation: &SigningKey) -> Self {
        let block = codec::encode(&(KIND, relation.public(), ByteBuf::from(codec::encode(terms))));
        Self {
            terms: terms.clone(),
            relation: relation.public().into(),
            id: DocumentId::from_bytes(hash::plain(&block)),
            signature: relation.sign(&block),
            block,
        }
    }

    /// Reads what the person of this relation signed.
    pub fn read(bytes: &[u8], relation: &PublicKey) -> Result<Verified<Self>, Error> {
        let (block, signature): (ByteBuf, Signature) = codec::decode(bytes, AGREEMENT_BYTES_MAX)?;
        Self::check(block.into_vec(), signature, relation).map(Verified::new)
    }

    /// What the person signed, of an agreement that may have the second signature or not; only the person's is checked.
    pub fn of_agreed(bytes: &[u8], relation: &PublicKey) -> Result<Self, Error> {
        let proffered = codec::decode::<(ByteBuf, Signature)>(bytes, AGREEMENT_BYTES_MAX);
        let (block, signature) = proffered.or_else(|_| {
            let agreed = codec::decode::<(ByteBuf, Signature, Signature)>(bytes, AGREEMENT_BYTES_MAX);
            agreed.map(|(block, signature, _)| (block, signature))
        })?;
        Self::check(block.into_vec(), signature, relation)
    }

    fn check(block: Vec<u8>, signature: Signature, relation: &PublicKey) -> Result<Self, Error> {
        if !verify(relation, &block, &signature) {
            return Err(Error::BadSignature);
        }
        let (kind, author, payload): (String, PublicKey, ByteBuf) = codec::decode(&block, AGREEMENT_BYTES_MAX)?;
        if kind != KIND {
            return Err(Error::UnknownKind);
        }
        if author != *relation {
            return Err(Error::OtherRelation);
        }
        let terms = codec::decode(&payload, AGREEMENT_BYTES_MAX)?;
        Ok(Self { terms, relation: author.into(), id: DocumentId::from_bytes(hash::plain(&block)), block, signature })
    }

    /// What is proffered.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The name of the agreement, the same before and after the second signature.
    pub fn id(&self) -> DocumentId {
        self.id
    }

    /// The bytes to be sent.
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(&(ByteBuf::from(self.block.as_slice()), self.signature))
    }

    /// Signs it, as the organisation that it names.
    pub fn countersign(&self, vendor: &SigningKey) -> Result<Verified<Agreement>, Error> {
        if vendor.public() != self.terms.vendor_key {
            return Err(Error::OtherVendor);
        }
        let countersigned = vendor.sign(&self.block);
        Ok(Verified::new(Agreement { proffered: self.clone(), countersigned }))
    }
}

/// An agreement with both signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    proffered: Proffered,
    countersigned: Signature,
}

impl Agreement {
    /// Reads an agreement, and checks both signatures by the keys that it must be between.
    pub fn read(bytes: &[u8], relation: &PublicKey, vendor: &PublicKey) -> Result<Verified<Self>, Error> {
        let (block, signature, countersigned): (ByteBuf, Signature, Signature) =
            codec::decode(bytes, AGREEMENT_BYTES_MAX)?;
        let proffered = Proffered::check(block.into_vec(), signature, relation)?;
        if proffered.terms.vendor_key != *vendor {
            return Err(Error::OtherVendor);
        }
        if !verify(vendor, &proffered.block, &countersigned) {
            return Err(Error::BadSignature);
        }
        Ok(Verified::new(Self { proffered, countersigned }))
    }

    /// What is agreed.
    pub fn terms(&self) -> &Terms {
        &self.proffered.terms
    }

    /// The relation that it is in.
    pub fn relation(&self) -> RelationId {
        self.proffered.relation
    }

    /// Its name.
    pub fn id(&self) -> DocumentId {
        self.proffered.id
    }

    /// The bytes that both sides keep.
    pub fn encode(&self) -> Vec<u8> {
        codec::encode(&(ByteBuf::from(self.proffered.block.as_slice()), self.proffered.signature, self.countersigned))
    }

    /// The transaction data of `OpenID4VP` 1.0 (section 8.4) that a presentation under this agreement is bound to: base64url
    /// of a JSON object that names the agreement. The key-binding JWT carries the SHA-256 of this text.
    pub fn transaction_data(&self) -> String {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let json = format!(
            r#"{{"type":"urn:sesame:agreement:1","credential_ids":["person"],"agreement":"{}"}}"#,
            self.id().to_cid()
        );
        URL_SAFE_NO_PAD.encode(json)
    }
}

/// Why bytes are not an agreement between these two.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// They are not the canonical encoding of one.
    #[error(transparent)]
    Codec(#[from] codec::Error),
    /// It is something else that was signed.
    #[error("not an agreement")]
    UnknownKind,
    /// It is of another relation.
    #[error("of another relation")]
    OtherRelation,
    /// It is with another organisation, or under another key of it.
    #[error("with another organisation or key")]
    OtherVendor,
    /// A signature does not hold.
    #[error("a signature does not hold")]
    BadSignature,
}

#[cfg(test)]
mod tests;
