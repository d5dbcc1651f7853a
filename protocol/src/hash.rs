//! Labelled hashes, so that no hash made for one use is ever valid for another, and the fixed-size byte
//! strings that are made of them. Leaves out keyed derivation, which is in `key`.

use std::fmt;

/// BLAKE3-256 of a label followed by parts.
///
/// Nothing separates the parts: every part but the last must have a fixed length, and no label may be the
/// beginning of another.
pub fn labelled(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(label.as_bytes());
    for part in parts {
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// BLAKE3-256 of bytes that carry their own label, such as a document's block.
pub fn plain(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// The first `N` bytes of a hash; `N` is at most 32.
pub(crate) fn short<const N: usize>(hash: &[u8; 32]) -> [u8; N] {
    let mut out = [0; N];
    for (to, from) in out.iter_mut().zip(hash) {
        *to = *from;
    }
    out
}

/// Writes a type's name and four bytes in hexadecimal, for logs; never a way to compare.
pub(crate) fn brief(f: &mut fmt::Formatter<'_>, name: &str, bytes: &[u8]) -> fmt::Result {
    write!(f, "{name}(")?;
    for byte in bytes.iter().take(4) {
        write!(f, "{byte:02x}")?;
    }
    f.write_str("…)")
}

/// Declares a fixed-size public byte string: an id, a hash, a commitment.
macro_rules! bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(#[serde(with = "serde_bytes")] [u8; $length]);

        impl $name {
            /// Wraps bytes as they are; any value of this length is one.
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }
        }

        /// Four bytes in hexadecimal, for logs; never a way to compare.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::hash::brief(f, stringify!($name), &self.0)
            }
        }
    };
}
pub(crate) use bytes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_label_is_another_hash() {
        assert_ne!(labelled("sesame/1/next", &[b"x"]), labelled("sesame/1/safety", &[b"x"]));
        assert_eq!(labelled("a", &[b"b", b"c"]), plain(b"abc"));
    }
}
