//! What a holder does with a credential: accept it, look at what could be shown, show some of it (RFC 9901 section 7.2).
//! Leaves out where it is kept, and whether it was shown before: a credential is for one audience.

use std::{collections::BTreeMap, fmt, ops::Range};

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::{
    base64url,
    claims::{Demand, Parts, holder},
    disclosure::{self, Digest, ELLIPSIS, SD, SHA_256},
    json,
    jws::{self, Token},
    key::{PublicKey, SigningKey},
    presentation::{BINDING_TYP, TransactionHash},
    unfold::unfold,
};
use crate::time::Timestamp;

/// Why a credential is not accepted or not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It does not hold.
    #[error(transparent)]
    Refused(#[from] super::Error),
    /// It came with somebody's key binding: it was shown, not issued (section 7.2).
    #[error("a presentation and not a credential")]
    Shown,
    /// It is bound to another key than the holder's.
    #[error("bound to another key")]
    OtherHolder,
    /// It has no such disclosure.
    #[error("no disclosure {place}: there are {count}")]
    NoSuch {
        /// Which one was asked for.
        place: usize,
        /// How many there are.
        count: usize,
    },
    /// What is to be shown stands within something that is not.
    #[error("disclosure {place} is within disclosure {parent}, which is not shown")]
    Orphan {
        /// What was to be shown.
        place: usize,
        /// What it is within.
        parent: usize,
    },
    /// One disclosure is to be shown twice.
    #[error("disclosure {place} is to be shown twice")]
    Twice {
        /// Which one.
        place: usize,
    },
}

/// A credential that its holder has, with every disclosure.
#[derive(Clone)]
pub struct Credential {
    text: String,
    /// Bytes of the issuer's token and its tilde.
    head: usize,
    /// SHA-256 after these bytes, which every presentation begins with.
    hashed: Sha256,
    claims: Map<String, Value>,
    disclosures: Vec<Disclosure>,
    holder: PublicKey,
}

impl Credential {
    /// Takes what an issuer sent: checks all that a verifier would check, and that it is bound to one's own key.
    pub fn accept(bytes: &[u8], demand: &Demand<'_>, key: &PublicKey) -> Result<Self, Error> {
        let parts = issued(bytes)?;
        let opened = parts.open(demand, None)?;
        let credential = Self::new(&parts, opened.claims)?;
        if credential.holder == *key { Ok(credential) } else { Err(Error::OtherHolder) }
    }

    /// Reads a credential back from one's own store: no clock and no signature, because both were checked before.
    pub fn from_store(bytes: &[u8]) -> Result<Self, Error> {
        let parts = issued(bytes)?;
        let signed = signed_claims(&parts)?;
        let claims = unfold(signed, &parts.disclosures()?)?;
        Self::new(&parts, claims)
    }

    fn new(parts: &Parts<'_>, claims: Map<String, Value>) -> Result<Self, Error> {
        let holder = holder(&claims)?;
        let disclosures = listed(parts)?;
        let head = parts.issued.len().saturating_add(1);
        let hashed = Sha256::new_with_prefix(parts.bound.get(..head).unwrap_or_default());
        Ok(Self { text: parts.bound.to_owned(), head, hashed, claims, disclosures, holder })
    }

    /// The text as it was issued, for the store.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// All claims, as if everything were shown.
    pub fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// What can be shown or left out, in the order in which it was issued.
    pub fn disclosures(&self) -> &[Disclosure] {
        &self.disclosures
    }

    /// The key that it is bound to.
    pub fn holder(&self) -> &PublicKey {
        &self.holder
    }

    /// The place of the disclosure with that path.
    pub fn find(&self, path: &str) -> Option<usize> {
        self.disclosures.iter().position(|each| each.path == path)
    }

    /// Shows some disclosures, by place, to one audience.
    pub fn present(&self, shown: &[usize], binding: &Binding<'_>, key: &SigningKey) -> Result<String, Error> {
        self.prepare(shown, binding)?.sign(key)
    }

    /// Everything of a presentation but the holder's signature.
    ///
    /// Nothing is added of itself: what is within something else is shown only together with it, and who decides must
    /// see that.
    pub fn prepare(&self, shown: &[usize], binding: &Binding<'_>) -> Result<Prepared<'_>, Error> {
        let mut text = Vec::with_capacity(self.head.saturating_add(4096));
        text.extend_from_slice(self.part(0..self.head));
        for (turn, place) in shown.iter().enumerate() {
            let disclosure = self.shown(*place, shown)?;
            if shown.iter().take(turn).any(|before| before == place) {
                return Err(Error::Twice { place: *place });
            }
            text.extend_from_slice(self.part(disclosure.span.clone()));
        }
        let mut hashed = self.hashed.clone();
        hashed.update(text.get(self.head..).unwrap_or_default());
        let hash = base64url::hash(&hashed.finalize().into());
        let from = text.len();
        jws::push_header(&mut text, self.holder.algorithm(), BINDING_TYP, None);
        text.push(b'.');
        base64url::push(&mut text, &binding.claims(&hash));
        Ok(Prepared { text, from, holder: &self.holder })
    }

    fn part(&self, span: Range<usize>) -> &[u8] {
        self.text.as_bytes().get(span).unwrap_or_default()
    }

    /// A disclosure that may be shown with these others.
    fn shown(&self, place: usize, shown: &[usize]) -> Result<&Disclosure, Error> {
        let count = self.disclosures.len();
        let disclosure = self.disclosures.get(place).ok_or(Error::NoSuch { place, count })?;
        match disclosure.parent {
            Some(parent) if !shown.contains(&parent) => Err(Error::Orphan { place, parent }),
            _ => Ok(disclosure),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({} disclosures)", self.disclosures.len())
    }
}

/// Something that can be shown or left out.
#[derive(Clone, PartialEq)]
pub struct Disclosure {
    path: String,
    value: Value,
    parent: Option<usize>,
    /// Where it stands in the text, with its tilde.
    span: Range<usize>,
}

impl Disclosure {
    /// Where it stands in the claims when everything is shown (JSON pointer, RFC 6901). Elements of arrays are counted
    /// as issued, decoys included.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is shown by it alone: without what is within it and is shown or left out by itself.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The place of what it is within, which must be shown too.
    pub fn parent(&self) -> Option<usize> {
        self.parent
    }
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disclosure").field("path", &self.path).field("parent", &self.parent).finish_non_exhaustive()
    }
}

/// To whom, when and for what something is shown.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'a> {
    /// Who asked.
    pub audience: &'a str,
    /// The nonce of the question.
    pub nonce: &'a str,
    /// The moment; seconds are told.
    pub issued: Timestamp,
    /// What the holder agrees to by showing it.
    pub transaction: Option<TransactionHash>,
}

impl Binding<'_> {
    /// The payload of the holder's token (section 4.3).
    fn claims(&self, hash: &Digest) -> Vec<u8> {
        let mut out = Vec::with_capacity(512);
        out.extend_from_slice(b"{\"aud\":");
        json::push(&mut out, self.audience);
        out.extend_from_slice(b",\"iat\":");
        json::write(&mut out, &self.issued.seconds());
        out.extend_from_slice(b",\"nonce\":");
        json::push(&mut out, self.nonce);
        out.extend_from_slice(b",\"sd_hash\":\"");
        out.extend_from_slice(hash);
        out.push(b'"');
        if let Some(transaction) = &self.transaction {
            out.extend_from_slice(b",\"transaction_data_hashes\":[\"");
            out.extend_from_slice(&transaction.text());
            out.extend_from_slice(b"\"],\"transaction_data_hashes_alg\":\"");
            out.extend_from_slice(SHA_256.as_bytes());
            out.push(b'"');
        }
        out.push(b'}');
        out
    }
}

/// A presentation that only waits for the holder's signature.
#[derive(Clone)]
pub struct Prepared<'c> {
    text: Vec<u8>,
    /// Where the holder's token begins.
    from: usize,
    holder: &'c PublicKey,
}

impl Prepared<'_> {
    /// Signs. The key must be the one that the credential is bound to.
    pub fn sign(mut self, key: &SigningKey) -> Result<String, Error> {
        if key.public() != *self.holder {
            return Err(Error::OtherHolder);
        }
        jws::finish(&mut self.text, self.from, key);
        Ok(base64url::text(self.text))
    }
}

impl fmt::Debug for Prepared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prepared({} bytes)", self.text.len())
    }
}

/// Cuts what an issuer sent, and refuses what somebody has shown.
fn issued(bytes: &[u8]) -> Result<Parts<'_>, Error> {
    let parts = Parts::read(bytes)?;
    if parts.binding.is_empty() { Ok(parts) } else { Err(Error::Shown) }
}

fn signed_claims(parts: &Parts<'_>) -> Result<Map<String, Value>, super::Error> {
    let token = Token::read(parts.issued).map_err(super::Error::Issued)?;
    token.claims().map_err(super::Error::Issued)
}

/// Lists the disclosures of a credential that was found to hold, with where each belongs.
fn listed(parts: &Parts<'_>) -> Result<Vec<Disclosure>, Error> {
    let texts = parts.disclosures()?;
    let mut start = parts.issued.len().saturating_add(1);
    let mut listing = Listing { places: BTreeMap::new(), found: Vec::with_capacity(texts.len()) };
    for (place, text) in texts.iter().enumerate() {
        let end = start.saturating_add(text.len()).saturating_add(1);
        listing.places.insert(disclosure::digest(text.as_bytes()), (place, *text));
        listing.found.push(Disclosure { path: String::new(), value: Value::Null, parent: None, span: start..end });
        start = end;
    }
    let claims = Value::Object(signed_claims(parts)?);
    listing.value(claims, "", None)?;
    Ok(listing.found)
}

/// Walks over claims and notes where each disclosure belongs.
struct Listing<'t> {
    places: BTreeMap<Digest, (usize, &'t str)>,
    found: Vec<Disclosure>,
}

impl<'t> Listing<'t> {
    /// Gives the value without what is disclosed by itself. `unfold` has bounded depth and excluded rings before.
    fn value(&mut self, value: Value, path: &str, parent: Option<usize>) -> Result<Value, super::Error> {
        match value {
            Value::Object(map) => self.object(map, path, parent).map(Value::Object),
            Value::Array(items) => self.array(items, path, parent).map(Value::Array),
            plain => Ok(plain),
        }
    }

    fn object(
        &mut self,
        mut map: Map<String, Value>,
        path: &str,
        parent: Option<usize>,
    ) -> Result<Map<String, Value>, super::Error> {
        let digests = map.remove(SD);
        for digest in digests.as_ref().and_then(Value::as_array).into_iter().flatten() {
            if let Some((place, text)) = self.sent(digest) {
                let (name, value) = disclosure::property(text)?;
                self.note(place, value, format!("{path}/{}", json::escaped(&name)), parent)?;
            }
        }
        let plain = map.into_iter().map(|(name, value)| {
            let below = format!("{path}/{}", json::escaped(&name));
            Ok((name, self.value(value, &below, parent)?))
        });
        plain.collect()
    }

    fn array(&mut self, items: Vec<Value>, path: &str, parent: Option<usize>) -> Result<Vec<Value>, super::Error> {
        let mut kept = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let below = format!("{path}/{index}");
            match item.get(ELLIPSIS) {
                None => kept.push(self.value(item, &below, parent)?),
                Some(digest) => {
                    if let Some((place, text)) = self.sent(digest) {
                        let element = disclosure::element(text)?;
                        self.note(place, element, below, parent)?;
                    }
                }
            }
        }
        Ok(kept)
    }

    fn sent(&self, digest: &Value) -> Option<(usize, &'t str)> {
        let digest: Digest = digest.as_str()?.as_bytes().try_into().ok()?;
        self.places.get(&digest).copied()
    }

    fn note(&mut self, place: usize, value: Value, path: String, parent: Option<usize>) -> Result<(), super::Error> {
        let value = self.value(value, &path, Some(place))?;
        if let Some(disclosure) = self.found.get_mut(place) {
            disclosure.path = path;
            disclosure.value = value;
            disclosure.parent = parent;
        }
        Ok(())
    }
}
