//! Canonical DAG-CBOR: one value, one encoding. The library underneath accepts more than that (measured:
//! integers and lengths that are not minimal, unsorted keys, floats, unknown fields), so bytes are scanned
//! before they reach it, and what it read is encoded again and compared. Leaves out what the values mean.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used))]

use serde::{Serialize, de::DeserializeOwned};

use crate::limits::{DEPTH_MAX, ITEMS_MAX};

/// Why bytes are not the canonical encoding of what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are more than this kind may have; nothing was read.
    #[error("{length} bytes, and at most {max} are allowed")]
    TooLarge {
        /// How many there are.
        length: usize,
        /// How many there may be.
        max: usize,
    },
    /// The bytes end inside a value, or a declared length goes beyond them.
    #[error("the bytes end inside a value that starts at byte {at}")]
    Truncated {
        /// Where the value starts.
        at: usize,
    },
    /// Bytes follow the value.
    #[error("more bytes follow the value that ends at byte {at}")]
    Trailing {
        /// Where the value ends.
        at: usize,
    },
    /// Arrays and maps are nested too deep.
    #[error("nested deeper than {max} levels")]
    TooDeep {
        /// The deepest allowed.
        max: usize,
    },
    /// There are too many items.
    #[error("more than {max} items")]
    TooMany {
        /// The most allowed.
        max: usize,
    },
    /// A float, a tag, an indefinite length or a number that is not minimal.
    #[error("byte {at} starts something that canonical DAG-CBOR does not have")]
    Forbidden {
        /// Where it starts.
        at: usize,
    },
    /// The bytes are CBOR, but not this structure.
    #[error("the structure is not the expected one")]
    Shape,
    /// The bytes say the right thing in another way than the canonical one.
    #[error("the encoding is not canonical")]
    NotCanonical,
}

/// Encodes a value canonically.
///
/// Only types of this protocol go in: no floats, no maps with keys other than text.
///
/// # Panics
///
/// Never for types of this protocol; for a type whose own `Serialize` fails.
#[expect(clippy::expect_used, reason = "writing to memory cannot fail, and these types hold nothing that CBOR lacks")]
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    serde_ipld_dagcbor::to_vec(value).expect("values of this protocol are encodable")
}

/// Decodes a value, and accepts only the one encoding that [`encode`] gives for it.
///
/// The size is checked first, then the shape of the whole input is scanned (depth, lengths, forbidden kinds),
/// and only then is it read, so hostile bytes cost time linear in `max` and no deep stack.
pub fn decode<T: Serialize + DeserializeOwned>(bytes: &[u8], max: usize) -> Result<T, Error> {
    if bytes.len() > max {
        return Err(Error::TooLarge { length: bytes.len(), max });
    }
    scan(bytes)?;
    let value: T = serde_ipld_dagcbor::from_slice(bytes).map_err(|_| Error::Shape)?;
    if encode(&value) == bytes { Ok(value) } else { Err(Error::NotCanonical) }
}

/// Walks over one value without building it (RFC 8949 section 3, DAG-CBOR strictness).
fn scan(bytes: &[u8]) -> Result<(), Error> {
    let mut at = 0_usize;
    let mut items = 0_usize;
    // How many items each open array or map still expects; bounded by DEPTH_MAX.
    let mut open: Vec<u64> = Vec::with_capacity(DEPTH_MAX);
    loop {
        items = items.saturating_add(1);
        if items > ITEMS_MAX {
            return Err(Error::TooMany { max: ITEMS_MAX });
        }
        let head = Head::read(bytes, at)?;
        let rest = u64::try_from(bytes.len().saturating_sub(head.end)).unwrap_or(u64::MAX);
        let children = match head.major {
            0 | 1 => 0,
            2 | 3 if head.value <= rest => {
                at = head.end.saturating_add(usize::try_from(head.value).unwrap_or(usize::MAX));
                0
            }
            // Every child takes at least one byte, so a declared count is held to what is there.
            4 if head.value <= rest => head.value,
            5 if head.value <= rest / 2 => head.value.saturating_mul(2),
            2..=5 => return Err(Error::Truncated { at }),
            6 if head.value == 42 => 1,
            7 if matches!(head.value, 20..=22) => 0,
            _ => return Err(Error::Forbidden { at }),
        };
        if !matches!(head.major, 2 | 3) {
            at = head.end;
        }
        if children > 0 {
            if open.len() >= DEPTH_MAX {
                return Err(Error::TooDeep { max: DEPTH_MAX });
            }
            open.push(children);
            continue;
        }
        // A value is complete: close every array and map that ends with it.
        loop {
            let Some(left) = open.last_mut() else {
                return if at == bytes.len() { Ok(()) } else { Err(Error::Trailing { at }) };
            };
            *left = left.saturating_sub(1);
            if *left > 0 {
                break;
            }
            open.pop();
        }
    }
}

/// The first byte of an item and the number that follows it.
struct Head {
    major: u8,
    value: u64,
    end: usize,
}

impl Head {
    fn read(bytes: &[u8], at: usize) -> Result<Self, Error> {
        let first = *bytes.get(at).ok_or(Error::Truncated { at })?;
        let (major, info) = (first >> 5, first & 0x1f);
        let width = match info {
            0..=23 => 0,
            24..=27 if major != 7 => 1_usize << (info & 3),
            _ => return Err(Error::Forbidden { at }),
        };
        let start = at.saturating_add(1);
        let end = start.saturating_add(width);
        let tail = bytes.get(start..end).ok_or(Error::Truncated { at })?;
        let value = if width == 0 {
            u64::from(info)
        } else {
            tail.iter().fold(0, |sum: u64, byte| (sum << 8) | u64::from(*byte))
        };
        let minimal = match width {
            1 => value > 23,
            2 => value > 0xff,
            4 => value > 0xffff,
            8 => value > 0xffff_ffff,
            _ => true,
        };
        if minimal { Ok(Self { major, value, end }) } else { Err(Error::Forbidden { at }) }
    }
}

/// A list of byte strings, which serde would otherwise write as lists of numbers.
pub(crate) mod blobs {
    use serde::{Deserialize, Deserializer, Serializer};
    use serde_bytes::{ByteBuf, Bytes};

    pub(crate) fn serialize<S: Serializer>(list: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(list.iter().map(|bytes| Bytes::new(bytes)))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
        let list = Vec::<ByteBuf>::deserialize(deserializer)?;
        Ok(list.into_iter().map(ByteBuf::into_vec).collect())
    }
}

#[cfg(test)]
mod tests;
