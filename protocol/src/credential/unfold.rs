//! Putting disclosures where their digests stand (RFC 9901 section 7.1 steps 3 to 5): at any level, in arrays, in other
//! disclosures. What no disclosure was sent for disappears without a trace.

use serde_json::{Map, Value};

use super::{
    Error,
    disclosure::{self, Digest, ELLIPSIS, SD, SD_ALG, SHA_256},
};
use crate::limits::DEPTH_MAX;

/// Claims on which validity depends: whoever holds the credential must not be able to leave them out (section 9.7, and
/// SD-JWT VC section 3.2.2.2).
pub(super) const PROTECTED: [&str; 10] =
    ["iss", "aud", "exp", "nbf", "cnf", "vct", "vct#integrity", "aka_vcts", "status", SD_ALG];
/// Single entries of `aud` may be hidden (section 9.7).
const OPEN_WITHIN: &str = "aud";

/// The claims with everything that was disclosed in its place.
///
/// A digest is followed once, so the work is bounded by what was sent.
pub(super) fn unfold(mut claims: Map<String, Value>, disclosures: &[&str]) -> Result<Map<String, Value>, Error> {
    match claims.remove(SD_ALG) {
        None => {}
        Some(Value::String(name)) if name == SHA_256 => {}
        Some(_) => return Err(Error::Hash),
    }
    for claim in PROTECTED.into_iter().filter(|claim| *claim != OPEN_WITHIN) {
        if claims.get(claim).is_some_and(conceals) {
            return Err(Error::Protected { claim });
        }
    }
    let mut walk = Walk::new(disclosures)?;
    walk.object(&mut claims, Level::Top)?;
    walk.finish()?;
    Ok(claims)
}

/// Whether there is a digest anywhere in a value.
fn conceals(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.contains_key(SD) || map.contains_key(ELLIPSIS) || map.values().any(conceals),
        Value::Array(items) => items.iter().any(conceals),
        _ => false,
    }
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Top,
    Below(usize),
}

impl Level {
    fn down(self) -> Result<Self, Error> {
        match self {
            Self::Top => Ok(Self::Below(2)),
            Self::Below(depth) if depth < DEPTH_MAX => Ok(Self::Below(depth.saturating_add(1))),
            Self::Below(_) => Err(Error::TooDeep),
        }
    }
}

/// A disclosure that was sent, and whether a digest led to it.
struct Sent<'t> {
    digest: Digest,
    text: &'t str,
    is_used: bool,
}

struct Walk<'t> {
    /// In the order of their digests.
    sent: Vec<Sent<'t>>,
    /// Every digest that led nowhere.
    unmatched: Vec<String>,
}

impl<'t> Walk<'t> {
    fn new(texts: &[&'t str]) -> Result<Self, Error> {
        let sent = |text: &&'t str| Sent { digest: disclosure::digest(text.as_bytes()), text, is_used: false };
        let mut sent: Vec<_> = texts.iter().map(sent).collect();
        sent.sort_unstable_by_key(|each| each.digest);
        let is_twice = sent.iter().zip(sent.iter().skip(1)).any(|(one, next)| one.digest == next.digest);
        if is_twice { Err(Error::DisclosedTwice) } else { Ok(Self { sent, unmatched: Vec::new() }) }
    }

    /// The disclosure of a digest, if it was sent.
    fn take(&mut self, digest: String) -> Result<Option<&'t str>, Error> {
        let found = self.sent.binary_search_by(|each| each.digest.as_slice().cmp(digest.as_bytes()));
        let Some(sent) = found.ok().and_then(|place| self.sent.get_mut(place)) else {
            self.unmatched.push(digest);
            return Ok(None);
        };
        if std::mem::replace(&mut sent.is_used, true) { Err(Error::DigestTwice) } else { Ok(Some(sent.text)) }
    }

    fn value(&mut self, value: &mut Value, level: Level) -> Result<(), Error> {
        match value {
            Value::Object(map) => self.object(map, level.down()?),
            Value::Array(items) => self.array(items, level.down()?),
            _ => Ok(()),
        }
    }

    fn object(&mut self, map: &mut Map<String, Value>, level: Level) -> Result<(), Error> {
        let digests = match map.remove(SD) {
            None => Vec::new(),
            Some(Value::Array(digests)) => digests,
            Some(_) => return Err(Error::Digests),
        };
        if map.contains_key(ELLIPSIS) {
            return Err(Error::Ellipsis);
        }
        if map.contains_key(SD_ALG) {
            return Err(Error::HashNested);
        }
        for value in map.values_mut() {
            self.value(value, level)?;
        }
        for digest in digests {
            let Value::String(digest) = digest else { return Err(Error::Digests) };
            if let Some(text) = self.take(digest)? {
                self.property(map, text, level)?;
            }
        }
        Ok(())
    }

    fn property(&mut self, map: &mut Map<String, Value>, text: &str, level: Level) -> Result<(), Error> {
        let (name, mut value) = disclosure::property(text)?;
        if let Some(claim) = PROTECTED.into_iter().find(|claim| level == Level::Top && *claim == name) {
            return Err(Error::Protected { claim });
        }
        if map.contains_key(&name) {
            return Err(Error::NameTaken);
        }
        self.value(&mut value, level)?;
        map.insert(name, value);
        Ok(())
    }

    fn array(&mut self, items: &mut Vec<Value>, level: Level) -> Result<(), Error> {
        for mut item in std::mem::take(items) {
            match disclosure::placeholder(&item)? {
                None => {
                    self.value(&mut item, level)?;
                    items.push(item);
                }
                Some(digest) => {
                    if let Some(text) = self.take(digest.to_owned())? {
                        let mut element = disclosure::element(text)?;
                        self.value(&mut element, level)?;
                        items.push(element);
                    }
                }
            }
        }
        Ok(())
    }

    /// Steps 4 and 5: no digest twice, no disclosure left over.
    fn finish(mut self) -> Result<(), Error> {
        self.unmatched.sort_unstable();
        let is_twice = self.unmatched.iter().zip(self.unmatched.iter().skip(1)).any(|(one, next)| one == next);
        if is_twice {
            return Err(Error::DigestTwice);
        }
        if self.sent.iter().all(|sent| sent.is_used) { Ok(()) } else { Err(Error::Unreferenced) }
    }
}
