//! Numbers as files write them: digits, and watts with or without a decimal comma.

use crate::limits;

/// A power as a file gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Watts {
    /// Whole watts; nothing when the column is empty.
    pub(crate) value: Option<i64>,
    /// Whether a fraction of a watt was lost.
    pub(crate) is_rounded: bool,
}

/// A power in watts, at most [`limits::WATTS_MAX`]. A fraction after a comma or a point is rounded to the nearest watt.
/// Below zero there is no consumption, so a sign is refused.
pub(crate) fn watts(bytes: &[u8]) -> Option<Watts> {
    if bytes.is_empty() {
        return Some(Watts { value: None, is_rounded: false });
    }
    let point = bytes.iter().position(|byte| matches!(byte, b',' | b'.'));
    let (whole, fraction) = point.map_or((bytes, b"0".as_slice()), |point| (&bytes[..point], &bytes[point + 1..]));
    if fraction.is_empty() || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let up = i64::from(fraction[0] >= b'5');
    let value = digits(whole)?.checked_add(up).filter(|value| *value <= limits::WATTS_MAX)?;
    Some(Watts { value: Some(value), is_rounded: fraction.iter().any(|byte| *byte != b'0') })
}

/// A number of one to ten digits and nothing else.
pub(crate) fn digits(bytes: &[u8]) -> Option<i64> {
    let digit = |sum: i64, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'));
    if bytes.is_empty() || bytes.len() > 10 { None } else { bytes.iter().try_fold(0, digit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watts_are_whole_or_rounded_and_never_negative() {
        let whole = |value| Some(Watts { value: Some(value), is_rounded: false });
        let rounded = |value| Some(Watts { value: Some(value), is_rounded: true });
        assert_eq!(watts(b""), Some(Watts { value: None, is_rounded: false }));
        assert_eq!([watts(b"512"), watts(b"512,0"), watts(b"0")], [whole(512), whole(512), whole(0)]);
        assert_eq!([watts(b"512,4"), watts(b"512.5")], [rounded(512), rounded(513)]);
        assert_eq!(watts(b"1000000000"), whole(1_000_000_000));
        for wrong in ["-1", "+1", "1e3", "1000000001", "12345678901", ",5", "5,", "1,2,3", "0x1", "1 024"] {
            assert_eq!(watts(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
