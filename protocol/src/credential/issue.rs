//! Issuing a credential (RFC 9901 sections 4.1 and 4.2, SD-JWT VC): salts, digests, decoys, one signature. Leaves out
//! which claims are true.

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    base64url,
    disclosure::{self, Digest, ELLIPSIS, SD, SD_ALG, SHA_256},
    json, jwk, jws,
    key::{PublicKey, SigningKey},
    unfold::PROTECTED,
};
use crate::{
    Rng,
    limits::{CREDENTIAL_BYTES_MAX, DEPTH_MAX, DISCLOSURES_MAX},
    time::Timestamp,
};

/// The type of the token of a credential (SD-JWT VC section 3.2.1).
pub const TYP: &str = "dc+sd-jwt";
/// Bytes of a salt: 128 bits are recommended (section 9.3), and nobody guesses them.
const SALT_BYTES: usize = 16;
/// Claims that are written from the fields of a template, or not at all.
const WRITTEN: [&str; 6] = ["iss", "iat", "nbf", "exp", "vct", "cnf"];

/// What a credential is made of.
#[derive(Clone, Debug)]
pub struct Template<'a> {
    /// Who states it.
    pub issuer: &'a str,
    /// The type of the credential.
    pub vct: &'a str,
    /// When it is stated, to the second. Exact times tell copies of one batch from those of another: give days.
    pub issued: Timestamp,
    /// From when it is valid, if not at once.
    pub not_before: Option<Timestamp>,
    /// Until when it is valid, if that is said.
    pub expires: Option<Timestamp>,
    /// The key of the person whom it is stated of; fresh for each copy.
    pub holder: &'a PublicKey,
    /// Everything else that is stated.
    pub claims: Map<String, Value>,
    /// What the holder may leave out, as JSON pointers into the claims (RFC 6901): `/region`, or `/address/street` for
    /// part of a claim. What is within something that may be left out itself is shown only with it.
    pub disclosable: &'a [&'a str],
    /// How many digests stand at the top, decoys included: the same for all of a kind, or the number tells something.
    pub digests: usize,
}

/// Why nothing was issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A claim that is written from a field, or that conveys digests.
    #[error("a claim may not be called {claim}")]
    Reserved {
        /// Which one.
        claim: String,
    },
    /// A claim on which validity depends.
    #[error("{claim} may not be left out")]
    Protected {
        /// Which one.
        claim: String,
    },
    /// A pointer that leads nowhere.
    #[error("there is nothing at {pointer}")]
    NoSuch {
        /// Which one.
        pointer: String,
    },
    /// One pointer stands twice.
    #[error("{pointer} stands twice")]
    Twice {
        /// Which one.
        pointer: String,
    },
    /// More claims may be left out than there are to be digests, or more digests than allowed.
    #[error("{needed} digests, and {allowed} are allowed")]
    TooManyDigests {
        /// How many are needed.
        needed: usize,
        /// How many there may be.
        allowed: usize,
    },
    /// Claims are nested too deeply to be read again.
    #[error("claims nested deeper than {DEPTH_MAX}")]
    TooDeep,
    /// The credential is too long to be read again.
    #[error("{length} bytes, and at most {CREDENTIAL_BYTES_MAX} are allowed")]
    TooLarge {
        /// How long it is.
        length: usize,
    },
}

/// Signs a credential. `kid` is the name by which readers know the key, if they know several.
pub fn issue(template: Template<'_>, key: &SigningKey, kid: Option<&str>, rng: &mut dyn Rng) -> Result<String, Error> {
    let fields = fields(&template);
    if let Some(claim) = template.claims.keys().find(|claim| WRITTEN.contains(&claim.as_str())) {
        return Err(Error::Reserved { claim: claim.clone() });
    }
    let mut concealing = Concealing::new(&template, rng)?;
    let digests = template.digests;
    let mut payload = concealing.object(template.claims, 1, Some(digests))?;
    if let Some(pointer) = concealing.pointers.iter().find(|pointer| !pointer.is_found) {
        return Err(Error::NoSuch { pointer: pointer.text.to_owned() });
    }
    payload.extend(fields);
    let mut json = Vec::with_capacity(4096);
    json::write(&mut json, &payload);
    let mut issued = Vec::with_capacity(json.len().saturating_mul(2).saturating_add(concealing.disclosures.len()));
    jws::push(&mut issued, &json, key, TYP, kid);
    issued.push(b'~');
    issued.extend_from_slice(&concealing.disclosures);
    let length = issued.len();
    if length > CREDENTIAL_BYTES_MAX { Err(Error::TooLarge { length }) } else { Ok(base64url::text(issued)) }
}

/// The claims that are written from the fields of a template.
fn fields(template: &Template<'_>) -> Map<String, Value> {
    let mut fields = Map::new();
    let dates = [("iat", Some(template.issued)), ("nbf", template.not_before), ("exp", template.expires)];
    for (claim, date) in dates {
        if let Some(date) = date {
            fields.insert(claim.to_owned(), date.seconds().into());
        }
    }
    fields.insert("iss".to_owned(), template.issuer.into());
    fields.insert("vct".to_owned(), template.vct.into());
    fields.insert("cnf".to_owned(), json!({ "jwk": jwk::to_jwk(template.holder) }));
    fields.insert(SD_ALG.to_owned(), SHA_256.into());
    fields
}

/// Walks over claims and puts digests where those stood that may be left out, the innermost first.
struct Concealing<'a> {
    /// In the order of their texts.
    pointers: Vec<Pointer<'a>>,
    /// Where the walk is, as a pointer.
    path: String,
    /// The disclosures, each followed by a tilde.
    disclosures: Vec<u8>,
    /// The JSON of one disclosure.
    json: Vec<u8>,
    rng: &'a mut dyn Rng,
}

/// Where something stands that may be left out, and whether the walk has come there.
struct Pointer<'a> {
    text: &'a str,
    is_found: bool,
}

impl<'a> Concealing<'a> {
    fn new(template: &Template<'a>, rng: &'a mut dyn Rng) -> Result<Self, Error> {
        let needed = template.digests.max(template.disclosable.len());
        if needed > DISCLOSURES_MAX {
            return Err(Error::TooManyDigests { needed, allowed: DISCLOSURES_MAX });
        }
        let pointer = |text: &&'a str| Pointer { text, is_found: false };
        let mut pointers: Vec<_> = template.disclosable.iter().map(pointer).collect();
        pointers.sort_unstable_by_key(|pointer| pointer.text);
        let first = |pointer: &Pointer<'a>| pointer.text.split('/').nth(1).unwrap_or_default();
        if let Some(claim) = pointers.iter().map(first).find(|claim| PROTECTED.contains(claim)) {
            return Err(Error::Protected { claim: claim.to_owned() });
        }
        let mut neighbours = pointers.iter().zip(pointers.iter().skip(1));
        if let Some((pointer, _)) = neighbours.find(|(one, next)| one.text == next.text) {
            return Err(Error::Twice { pointer: pointer.text.to_owned() });
        }
        let disclosures = Vec::with_capacity(4096);
        Ok(Self { pointers, path: String::new(), disclosures, json: Vec::with_capacity(256), rng })
    }

    fn value(&mut self, value: Value, depth: usize) -> Result<Value, Error> {
        match value {
            Value::Object(map) => self.object(map, depth.saturating_add(1), None).map(Value::Object),
            Value::Array(items) => self.array(items, depth.saturating_add(1)).map(Value::Array),
            plain => Ok(plain),
        }
    }

    /// `filled` is how many digests the object is to have in the end, if it is filled up with decoys.
    fn object(
        &mut self,
        map: Map<String, Value>,
        depth: usize,
        filled: Option<usize>,
    ) -> Result<Map<String, Value>, Error> {
        check_depth(depth)?;
        let mut kept = Map::new();
        let mut digests = Vec::new();
        for (name, value) in map {
            if [SD, ELLIPSIS, SD_ALG].contains(&name.as_str()) {
                return Err(Error::Reserved { claim: name });
            }
            let length = self.path.len();
            self.path.push('/');
            self.path.push_str(&json::escaped(&name));
            let value = self.value(value, depth)?;
            if self.is_to_be_concealed() {
                digests.push(self.disclose(Some(&name), &value));
            } else {
                kept.insert(name, value);
            }
            self.path.truncate(length);
        }
        self.fill(&mut digests, filled)?;
        if !digests.is_empty() {
            // Sorted, so that the order tells nothing (section 4.2.4.1).
            digests.sort_unstable();
            kept.insert(SD.to_owned(), digests.iter().map(text).collect());
        }
        Ok(kept)
    }

    fn array(&mut self, items: Vec<Value>, depth: usize) -> Result<Vec<Value>, Error> {
        check_depth(depth)?;
        let mut kept = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let length = self.path.len();
            self.path.push('/');
            self.path.push_str(&index.to_string());
            let item = self.value(item, depth)?;
            kept.push(if self.is_to_be_concealed() {
                json!({ ELLIPSIS: text(&self.disclose(None, &item)) })
            } else {
                item
            });
            self.path.truncate(length);
        }
        Ok(kept)
    }

    /// Whether a pointer leads to where the walk is.
    fn is_to_be_concealed(&mut self) -> bool {
        let found = self.pointers.binary_search_by(|pointer| pointer.text.cmp(&self.path));
        let pointer = found.ok().and_then(|place| self.pointers.get_mut(place));
        pointer.is_some_and(|pointer| !std::mem::replace(&mut pointer.is_found, true))
    }

    /// Writes a disclosure and gives its digest.
    fn disclose(&mut self, name: Option<&str>, value: &Value) -> Digest {
        let mut salt = [0; SALT_BYTES];
        self.rng.fill_bytes(&mut salt);
        self.json.clear();
        self.json.extend_from_slice(b"[\"");
        base64url::push(&mut self.json, &salt);
        self.json.push(b'"');
        if let Some(name) = name {
            self.json.push(b',');
            json::push(&mut self.json, name);
        }
        self.json.push(b',');
        json::write(&mut self.json, value);
        self.json.push(b']');
        let start = self.disclosures.len();
        base64url::push(&mut self.disclosures, &self.json);
        let digest = disclosure::digest(self.disclosures.get(start..).unwrap_or_default());
        self.disclosures.push(b'~');
        digest
    }

    /// Adds decoys: hashes of chance, which nothing tells from the others (section 4.2.5).
    fn fill(&mut self, digests: &mut Vec<Digest>, filled: Option<usize>) -> Result<(), Error> {
        let needed = digests.len();
        let Some(missing) = filled.unwrap_or(needed).checked_sub(needed) else {
            return Err(Error::TooManyDigests { needed, allowed: filled.unwrap_or(needed) });
        };
        for _ in 0..missing {
            let mut chance = [0; 32];
            self.rng.fill_bytes(&mut chance);
            digests.push(base64url::hash(&Sha256::digest(chance).into()));
        }
        Ok(())
    }
}

fn text(digest: &Digest) -> Value {
    Value::String(base64url::text(digest.to_vec()))
}

/// The array `_sd` is one level below what it stands in, and the reader counts it.
fn check_depth(depth: usize) -> Result<(), Error> {
    if depth < DEPTH_MAX { Ok(()) } else { Err(Error::TooDeep) }
}
