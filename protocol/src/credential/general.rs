//! One text that several sign (JWS, general JSON serialization, RFC 7515 section 7.2.1): who shares something and who gets
//! it both sign the same receipt. Leaves out what the text means.
//!
//! ```json
//! {"payload":"…","signatures":[{"protected":"…","signature":"…"},{"protected":"…","signature":"…"}]}
//! ```
//!
//! The RFC leaves to the reader how many signatures must hold. Here all must: those of exactly the signers that are
//! asked for, each once. A file with one signature more or less is another file.

use serde_json::{Value, json};

use super::{
    base64url, json,
    jws::{self, Header, push_header},
    key::{PublicKey, SigningKey},
};
use crate::{
    Verified,
    limits::{SIGNATURES_MAX, SIGNED_BYTES_MAX},
};

/// One who signs.
#[derive(Clone, Copy, Debug)]
pub struct Signer<'a> {
    /// With which key.
    pub key: &'a SigningKey,
    /// The name by which readers know the key.
    pub kid: &'a str,
    /// What kind of text it is signed as.
    pub typ: &'a str,
}

/// One whose signature must be there.
#[derive(Clone, Copy, Debug)]
pub struct Signatory<'a> {
    /// The key.
    pub key: PublicKey,
    /// The name of the key in the file.
    pub kid: &'a str,
    /// What kind of text it was signed as.
    pub typ: &'a str,
}

/// What several have signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    payload: Vec<u8>,
    signers: Vec<String>,
}

impl Signed {
    /// The text.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Who signed it, by the names of their keys, in the order of the file. They are those that were asked for.
    pub fn signers(&self) -> &[String] {
        &self.signers
    }
}

/// Why a file is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Longer than any.
    #[error("{length} bytes, and at most {SIGNED_BYTES_MAX} are allowed")]
    TooLarge {
        /// How long it is.
        length: usize,
    },
    /// Not an object in JSON.
    #[error(transparent)]
    Json(#[from] json::Error),
    /// Not exactly a payload and signatures, each with a protected header and nothing beside it.
    #[error("not a payload and signatures with protected headers")]
    Form,
    /// More signatures than any has, or none.
    #[error("{count} signatures, and 1 to {SIGNATURES_MAX} are allowed")]
    Count {
        /// How many there are.
        count: usize,
    },
    /// One name signs twice.
    #[error("{kid} signs twice")]
    Twice {
        /// Which one.
        kid: String,
    },
    /// Somebody signed who was not asked for.
    #[error("signed by somebody who was not asked for")]
    Stranger,
    /// Somebody who was asked for did not sign.
    #[error("not signed by {kid}")]
    Missing {
        /// Who.
        kid: String,
    },
    /// One signature does not hold.
    #[error("signature {place}: {fault}")]
    Signature {
        /// Which one, from 0.
        place: usize,
        /// What is wrong.
        fault: jws::Error,
    },
}

/// Signs a text with every key.
pub fn sign(payload: &[u8], signers: &[Signer<'_>]) -> Result<String, Error> {
    let payload = base64url::encode(payload);
    let signatures = signers.iter().map(|signer| signature(&payload, signer)).collect();
    write(&File { payload, signatures })
}

/// Adds one signature to a file. Those that are there are not checked: verify the file first.
pub fn add(file: &str, signer: &Signer<'_>) -> Result<String, Error> {
    let mut file = File::read(file.as_bytes())?;
    let added = signature(&file.payload, signer);
    file.signatures.push(added);
    write(&file)
}

/// Checks a file: every signatory has signed, each once, and nobody else has.
pub fn verify(file: &[u8], signatories: &[Signatory<'_>]) -> Result<Verified<Signed>, Error> {
    let file = File::read(file)?;
    let mut signers = Vec::with_capacity(file.signatures.len());
    for (place, each) in file.signatures.iter().enumerate() {
        let kid = each.check(&file.payload, signatories).map_err(|refusal| match refusal {
            Refusal::Stranger => Error::Stranger,
            Refusal::Fault(fault) => Error::Signature { place, fault },
        })?;
        if signers.contains(&kid) {
            return Err(Error::Twice { kid });
        }
        signers.push(kid);
    }
    if let Some(absent) = signatories.iter().find(|signatory| !signers.iter().any(|kid| kid == signatory.kid)) {
        return Err(Error::Missing { kid: absent.kid.to_owned() });
    }
    let payload = base64url::decode(&file.payload).ok_or(Error::Form)?;
    Ok(Verified::new(Signed { payload, signers }))
}

/// A file whose form is right.
struct File {
    payload: String,
    signatures: Vec<Entry>,
}

struct Entry {
    protected: String,
    signature: String,
}

enum Refusal {
    Stranger,
    Fault(jws::Error),
}

impl From<jws::Error> for Refusal {
    fn from(fault: jws::Error) -> Self {
        Self::Fault(fault)
    }
}

impl File {
    fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > SIGNED_BYTES_MAX {
            return Err(Error::TooLarge { length: bytes.len() });
        }
        let mut map = json::object(bytes)?;
        let (payload, signatures) = (map.remove("payload"), map.remove("signatures"));
        let (Some(Value::String(payload)), Some(Value::Array(entries)), true) = (payload, signatures, map.is_empty())
        else {
            return Err(Error::Form);
        };
        check_count(entries.len())?;
        let signatures = entries.into_iter().map(Entry::read).collect::<Result<_, _>>()?;
        Ok(Self { payload, signatures })
    }
}

impl Entry {
    fn read(value: Value) -> Result<Self, Error> {
        let Value::Object(mut map) = value else { return Err(Error::Form) };
        match (map.remove("protected"), map.remove("signature"), map.is_empty()) {
            (Some(Value::String(protected)), Some(Value::String(signature)), true) => Ok(Self { protected, signature }),
            _ => Err(Error::Form),
        }
    }

    /// Checks one signature, and says whose it is.
    fn check(&self, payload: &str, signatories: &[Signatory<'_>]) -> Result<String, Refusal> {
        let header = Header::read(&self.protected)?;
        let kid = header.kid.as_deref().ok_or(jws::Error::Missing { member: "kid" })?;
        let signatory = signatories.iter().find(|signatory| signatory.kid == kid).ok_or(Refusal::Stranger)?;
        let token = [self.protected.as_str(), payload, self.signature.as_str()].join(".");
        jws::verify(&token, &signatory.key, signatory.typ)?;
        Ok(kid.to_owned())
    }
}

fn check_count(count: usize) -> Result<(), Error> {
    if (1..=SIGNATURES_MAX).contains(&count) { Ok(()) } else { Err(Error::Count { count }) }
}

/// Signs what a compact token with this header and payload would be signed over (RFC 7515 section 5.1).
fn signature(payload: &str, signer: &Signer<'_>) -> Entry {
    let mut protected = Vec::new();
    push_header(&mut protected, signer.key.algorithm(), signer.typ, Some(signer.kid));
    let protected = base64url::text(protected);
    let message = [protected.as_str(), payload].join(".");
    let signature = base64url::encode(&signer.key.sign(message.as_bytes()));
    Entry { protected, signature }
}

fn write(file: &File) -> Result<String, Error> {
    check_count(file.signatures.len())?;
    let entry = |entry: &Entry| json!({ "protected": entry.protected, "signature": entry.signature });
    let signatures: Vec<Value> = file.signatures.iter().map(entry).collect();
    let text = json!({ "payload": file.payload, "signatures": signatures }).to_string();
    if text.len() > SIGNED_BYTES_MAX { Err(Error::TooLarge { length: text.len() }) } else { Ok(text) }
}
