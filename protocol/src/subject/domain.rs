//! Host names: found in what was pasted, and brought into one form. Leaves out whether the host exists.
//!
//! The form is the ASCII one (IDNA, UTS 46), lower case, without a final dot and without a leading `www.`:
//! people paste both, and mean the same shop.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use super::Error;

/// The host of a web address or of a bare host with a dot; `None` if the text is neither.
///
/// A text that names `http` must be a valid address; one that only looks like a host is a name if it is not.
pub(super) fn from_pasted(text: &str) -> Option<Result<String, Error>> {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(normal(text));
    }
    let host = text.split(['/', '?', '#']).next().unwrap_or(text);
    if text.contains(char::is_whitespace) || text.contains('@') || !host.contains('.') {
        return None;
    }
    normal(text).ok().map(Ok)
}

/// The normal form of a host, or of an address that has one.
pub(super) fn normal(text: &str) -> Result<String, Error> {
    let lower = text.to_ascii_lowercase();
    let rest = ["http://", "https://"].into_iter().find_map(|scheme| lower.strip_prefix(scheme)).unwrap_or(&lower);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(Error::UserName);
    }
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) => return Err(Error::Host),
        None => authority,
    };
    let ascii = idna::domain_to_ascii_strict(host.trim_end_matches('.')).map_err(|_| Error::Host)?;
    let mut host = ascii.as_str();
    // Not the last two labels: `www.fr` is a host of its own.
    while let Some(rest) = host.strip_prefix("www.").filter(|rest| rest.contains('.')) {
        host = rest;
    }
    let top = host.rsplit('.').next().unwrap_or_default();
    // An address in numbers is not a name: a top-level domain has a letter (RFC 3696 section 2).
    let is_name = host.contains('.') && top.len() >= 2 && top.bytes().any(|byte| byte.is_ascii_alphabetic());
    if is_name { Ok(host.to_owned()) } else { Err(Error::Host) }
}
