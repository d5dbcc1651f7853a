//! Base64url without padding (RFC 4648 section 5, RFC 7515 section 2): one text for each bytes. Padding, spaces and bits
//! left over at the end are refused.

use base64::{
    Engine,
    engine::general_purpose::{GeneralPurpose, URL_SAFE_NO_PAD},
};

const ENGINE: GeneralPurpose = URL_SAFE_NO_PAD;

/// Characters of 32 bytes.
pub(super) const HASH_CHARS: usize = 43;

pub(super) fn encode(bytes: &[u8]) -> String {
    ENGINE.encode(bytes)
}

/// Appends instead of making a text.
pub(super) fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    let start = out.len();
    // Without padding, every three bytes begun take four characters, less one for each byte that is missing.
    let length = bytes.len().saturating_mul(4).div_ceil(3);
    out.resize(start.saturating_add(length), b'A');
    let written = ENGINE.encode_slice(bytes, out.get_mut(start..).unwrap_or_default());
    debug_assert_eq!(written, Ok(length), "the room is as long as the text");
}

/// A text that was put together of base64url, dots and tildes.
#[expect(clippy::expect_used, reason = "what is pushed is ASCII")]
pub(super) fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("base64url, dots and tildes are ASCII")
}

/// The 43 characters of a hash, without a place on the heap.
pub(super) fn hash(bytes: &[u8; 32]) -> [u8; HASH_CHARS] {
    let mut text = [b'A'; HASH_CHARS];
    // 32 bytes always fit into 43 characters, so there is no error to tell.
    let written = ENGINE.encode_slice(bytes, &mut text);
    debug_assert_eq!(written, Ok(HASH_CHARS), "32 bytes take 43 characters");
    text
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    ENGINE.decode(text).ok()
}

pub(super) fn decode_array<const LENGTH: usize>(text: &str) -> Option<[u8; LENGTH]> {
    decode(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn bytes_have_one_text() {
        assert_eq!(decode("AQ"), Some(vec![1]));
        for other in ["AR", "AQ==", "AQ=", "A", "AQ\n", " AQ", "A+8", "A/8"] {
            assert_eq!(decode(other), None, "{other}");
        }
        assert_eq!(decode_array::<1>("AQ"), Some([1]));
        assert_eq!(decode_array::<2>("AQ"), None);
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes: Vec<u8>, word in any::<[u8; 32]>()) {
            let mut out = b"~".to_vec();
            push(&mut out, &bytes);
            prop_assert_eq!(text(out), format!("~{}", encode(&bytes)));
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
            prop_assert_eq!(hash(&word).to_vec(), encode(&word).into_bytes());
        }

        #[test]
        fn a_text_that_is_read_is_the_one_that_is_written(text in "[A-Za-z0-9_=-]{0,12}") {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
