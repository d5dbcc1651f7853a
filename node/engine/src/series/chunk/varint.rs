//! Numbers in as few bytes as they need: little-endian base 128, signed ones folded so that small ones stay short. A
//! reader never looks past its bytes and never takes more than nineteen for one number, which is what 128 bits need.

/// Writes a number.
pub(super) fn write(mut number: u128, bytes: &mut Vec<u8>) {
    while number > 0x7f {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or(0));
}

/// Writes a number that may be below zero.
pub(super) fn write_signed(number: i64, bytes: &mut Vec<u8>) {
    write_zigzag(number.into(), bytes);
}

/// Writes a number of up to 66 bits that may be below zero: 0, −1, 1, −2… become 0, 1, 2, 3…
pub(super) fn write_zigzag(number: i128, bytes: &mut Vec<u8>) {
    let folded = (number << 1) ^ (number >> 127);
    write(folded.cast_unsigned(), bytes);
}

/// Reads numbers from bytes.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Stands before the first byte.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes
    }

    /// The next number.
    pub(super) fn number(&mut self) -> Option<u128> {
        let mut number = 0_u128;
        for place in 0..19_u32 {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            let digit = u128::from(byte & 0x7f);
            let shift = place.checked_mul(7)?;
            let shifted = digit.checked_shl(shift).filter(|shifted| shifted.checked_shr(shift) == Some(digit))?;
            number |= shifted;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// The next number, which is at least 1 and at most `limit`.
    pub(super) fn length(&mut self, limit: usize) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|length| (1..=limit).contains(length))
    }

    /// The next number, which may be below zero, in 64 bits.
    pub(super) fn signed(&mut self) -> Option<i64> {
        i64::try_from(self.zigzag()?).ok()
    }

    /// The next number, which may be below zero.
    pub(super) fn zigzag(&mut self) -> Option<i128> {
        let folded = self.number()?;
        Some((folded >> 1).cast_signed() ^ (folded & 1).cast_signed().wrapping_neg())
    }
}
