//! Numbers of registers and products: which characters, how many, and whether the check digits fit. Leaves out
//! whether the number was ever given to anybody.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use super::{Error, Scheme};

/// The SIREN of La Poste, whose establishments have their own check.
const LA_POSTE: &str = "356000000";

/// A SIREN: 9 digits with a Luhn check (INSEE).
pub(super) fn siren(text: &str) -> Result<String, Error> {
    let digits = digits(Scheme::Siren, text, &[9])?;
    if luhn(&digits) { Ok(digits) } else { Err(Error::CheckDigit { scheme: Scheme::Siren }) }
}

/// A SIRET: the SIREN and 5 more digits, Luhn over all 14. Establishments of La Poste are too many for that:
/// there the sum of the digits is a multiple of 5 (INSEE), and only the head office passes Luhn as well.
pub(super) fn siret(text: &str) -> Result<String, Error> {
    let digits = digits(Scheme::Siret, text, &[14])?;
    let is_post = digits.starts_with(LA_POSTE) && digits.bytes().map(value).sum::<u32>().is_multiple_of(5);
    if luhn(&digits) || is_post { Ok(digits) } else { Err(Error::CheckDigit { scheme: Scheme::Siret }) }
}

/// An RNA number: W and 9 digits; Corsican ones have A or B as the second.
pub(super) fn rna(text: &str) -> Result<String, Error> {
    let scheme = Scheme::Rna;
    let compact = compact(text);
    let Some(rest) = compact.strip_prefix('W') else { return Err(Error::Character { scheme }) };
    if rest.len() != 9 || !rest.is_ascii() {
        return Err(Error::Length { scheme, found: compact.chars().count() });
    }
    let is_valid =
        rest.bytes().enumerate().all(|(at, byte)| byte.is_ascii_digit() || (at == 1 && matches!(byte, b'A' | b'B')));
    if is_valid { Ok(compact) } else { Err(Error::Character { scheme }) }
}

/// An LEI: 18 letters or digits and 2 check digits; the whole, letters as 10 to 35, is 1 modulo 97 (ISO 17442, ISO 7064).
pub(super) fn lei(text: &str) -> Result<String, Error> {
    let scheme = Scheme::Lei;
    let compact = compact(text);
    if compact.chars().count() != 20 {
        return Err(Error::Length { scheme, found: compact.chars().count() });
    }
    let is_valid =
        compact.bytes().enumerate().all(|(at, byte)| byte.is_ascii_digit() || (at < 18 && byte.is_ascii_uppercase()));
    if !is_valid {
        return Err(Error::Character { scheme });
    }
    let rest = compact.chars().filter_map(|c| c.to_digit(36)).fold(0_u32, |rest, digit| {
        let shift = if digit < 10 { 10 } else { 100 };
        rest.wrapping_mul(shift).wrapping_add(digit) % 97
    });
    if rest == 1 { Ok(compact) } else { Err(Error::CheckDigit { scheme }) }
}

/// A GTIN of 8, 12, 13 or 14 digits as 14, with the GS1 check digit (which leading zeros do not change).
pub(super) fn gtin(text: &str) -> Result<String, Error> {
    let digits = digits(Scheme::Gtin, text, &[8, 12, 13, 14])?;
    let sum = digits.bytes().rev().map(value).enumerate().fold(0_u32, |sum, (at, digit)| {
        let weight = if at % 2 == 1 { 3 } else { 1 };
        sum.wrapping_add(digit.wrapping_mul(weight))
    });
    let is_zero = digits.bytes().all(|byte| byte == b'0');
    if sum.is_multiple_of(10) && !is_zero {
        Ok(format!("{digits:0>14}"))
    } else {
        Err(Error::CheckDigit { scheme: Scheme::Gtin })
    }
}

/// Upper case, without the spaces, dots and hyphens that people put between groups.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).map(|c| c.to_ascii_uppercase()).collect()
}

fn digits(scheme: Scheme, text: &str, lengths: &[usize]) -> Result<String, Error> {
    let compact = compact(text);
    if !compact.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::Character { scheme });
    }
    if lengths.contains(&compact.len()) { Ok(compact) } else { Err(Error::Length { scheme, found: compact.len() }) }
}

/// Luhn (ISO/IEC 7812-1 annex B). All zeros would pass and is nobody's number.
fn luhn(digits: &str) -> bool {
    let sum = digits.bytes().rev().map(value).enumerate().fold(0_u32, |sum, (at, digit)| {
        let doubled = digit.wrapping_mul(if at % 2 == 1 { 2 } else { 1 });
        sum.wrapping_add(doubled / 10).wrapping_add(doubled % 10)
    });
    sum > 0 && sum.is_multiple_of(10)
}

fn value(digit: u8) -> u32 {
    char::from(digit).to_digit(10).unwrap_or(0)
}
