//! Codes as pictures to be photographed. Every page that shows one has the same code as text beside it.

use std::fmt::Write as _;

use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// A QR code as one path on a grid.
pub(super) struct Picture {
    pub(super) size: usize,
    pub(super) path: String,
}

impl Picture {
    /// Draws a code; nothing when it is too long for one, which leaves the text to hand over.
    pub(super) fn of(code: &str) -> Option<Self> {
        let drawn = QrCode::with_error_correction_level(code, EcLevel::L).ok()?;
        let width = drawn.width();
        let mut path = String::new();
        for (row, line) in drawn.to_colors().chunks(width).enumerate() {
            for (column, _) in line.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
                // Four modules of quiet zone (ISO/IEC 18004, 6.3.8).
                write!(path, "M{} {}h1v1h-1z", column + 4, row + 4).expect("a string takes all that is written to it");
            }
        }
        Some(Self { size: width + 8, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_becomes_a_square_picture_with_a_quiet_zone() {
        let picture = Picture::of("SESAME:1:MFRGGZDFMZTWQ2LK").expect("short codes fit");
        assert!(picture.size >= 21 + 8);
        assert!(picture.path.starts_with("M4 4h1v1h-1z"), "the first finder begins behind the quiet zone");
    }

    #[test]
    fn a_code_that_is_too_long_has_no_picture() {
        assert!(Picture::of(&"A".repeat(10_000)).is_none());
    }
}
