//! Stored rows: canonical CBOR in, typed values out. A row that does not decode is never skipped in silence.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::shelf::{Key, Shelf, Write};
use crate::view::{Unreadable, View};

/// The typed value at a key.
pub(crate) fn get<T: DeserializeOwned>(view: &dyn View, shelf: Shelf, name: &[u8]) -> Result<Option<T>, Unreadable> {
    let bytes = view.get(&Key::new(shelf, name))?;
    bytes.map(|bytes| decode(shelf, &bytes)).transpose()
}

/// A write that stores a typed value.
pub(crate) fn put<T: Serialize>(shelf: Shelf, name: impl Into<Vec<u8>>, value: &T) -> Write {
    let bytes = serde_ipld_dagcbor::to_vec(value).expect("rows hold nothing that CBOR cannot say");
    Write::Put(Key::new(shelf, name), bytes)
}

/// Bytes of a row.
pub(crate) fn bytes<T: Serialize>(value: &T) -> usize {
    serde_ipld_dagcbor::to_vec(value).expect("rows hold nothing that CBOR cannot say").len()
}

/// A write that takes a value away.
pub(crate) fn drop(shelf: Shelf, name: impl Into<Vec<u8>>) -> Write {
    Write::Drop(Key::new(shelf, name))
}

/// The typed values under a prefix, in order, at most `limit`.
pub(crate) fn walk<T: DeserializeOwned>(
    view: &dyn View,
    shelf: Shelf,
    prefix: &[u8],
    limit: usize,
) -> Result<Vec<(Vec<u8>, T)>, Unreadable> {
    let rows = view.walk(shelf, prefix, None, limit)?;
    rows.into_iter().map(|(name, bytes)| Ok((name, decode(shelf, &bytes)?))).collect()
}

fn decode<T: DeserializeOwned>(shelf: Shelf, bytes: &[u8]) -> Result<T, Unreadable> {
    serde_ipld_dagcbor::from_slice(bytes).map_err(|_| Unreadable::Row { shelf })
}
