//! Where a webhook is: an address that was checked. `https` anywhere; `http` only to this very machine, where nobody is in
//! between. No name and password in it: they would be shown and sent where nobody looks for a secret.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::limits;

/// An address that a webhook may have, in its normal form (WHATWG URL).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(Url);

/// Why an address is none that a webhook may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is longer than is allowed.
    #[error("an address of {chars} characters, of which {max} are allowed")]
    TooLong {
        /// How long it is.
        chars: usize,
        /// How long it may be.
        max: usize,
    },
    /// It is no address.
    #[error("no address such as https://example.com/hook")]
    Malformed,
    /// It begins with something else than `https`.
    #[error("neither https nor http to this machine")]
    Scheme,
    /// It is `http` to another machine, where anybody in between reads along.
    #[error("http to another machine")]
    Plain,
    /// It holds a name or a password.
    #[error("a name or a password in the address")]
    Credentials,
    /// It ends in a fragment, which is never sent.
    #[error("a fragment in the address")]
    Fragment,
}

impl Error {
    /// The rule that was broken, as a stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "too-long",
            Self::Malformed => "no-address",
            Self::Scheme => "scheme",
            Self::Plain => "plain",
            Self::Credentials => "credentials",
            Self::Fragment => "fragment",
        }
    }
}

impl Address {
    /// Reads an address as somebody typed it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let chars = text.chars().count();
        let max = limits::ADDRESS_CHARS_MAX;
        if chars > max {
            return Err(Error::TooLong { chars, max });
        }
        // The reader of the standard would pass over tabs and line ends in silence.
        if text.chars().any(|sign| sign.is_control() || sign.is_whitespace()) {
            return Err(Error::Malformed);
        }
        let url = Url::parse(text).map_err(|_| Error::Malformed)?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Error::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::Credentials);
        }
        if url.fragment().is_some() {
            return Err(Error::Fragment);
        }
        if url.scheme() == "http" && !is_here(&url) {
            return Err(Error::Plain);
        }
        Ok(Self(url))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is `http`, and so to this machine alone.
    pub fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The host as a name to look up or an address to dial, an IPv6 address without brackets.
    pub fn host(&self) -> String {
        match self.0.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => String::new(),
        }
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(443)
    }

    /// Host and port as the `Host` header has them (RFC 9110, section 7.2).
    pub fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Path and query as the first line of a request has them (RFC 9112, section 3.2.1).
    pub fn target(&self) -> String {
        let path = self.0.path();
        self.0.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
    }
}

/// Whether it is this machine whatever a name server says.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl TryFrom<String> for Address {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0.into()
    }
}

/// Scheme and host alone: path and query may hold what lets somebody in.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({}://{}…)", self.0.scheme(), self.authority())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_nobody_reads_along_at_is_taken() {
        for (given, code) in [
            ("", "no-address"),
            ("example.com/hook", "no-address"),
            ("https://", "no-address"),
            ("https://exam ple.com", "no-address"),
            ("https://example.com/a\nb", "no-address"),
            ("ftp://example.com", "scheme"),
            ("javascript:alert(1)", "scheme"),
            ("http://example.com/hook", "plain"),
            ("http://127.0.0.1.example.com/", "plain"),
            ("http://localhost.example.com/", "plain"),
            ("http://10.0.0.1/", "plain"),
            ("http://[::2]/", "plain"),
            ("https://me@example.com/", "credentials"),
            ("https://me:secret@example.com/", "credentials"),
            ("http://127.0.0.1@example.com/", "credentials"),
            ("https://example.com/#part", "fragment"),
        ] {
            assert_eq!(Address::parse(given).unwrap_err().code(), code, "{given}");
        }
        let long = format!("https://example.com/{}", "x".repeat(limits::ADDRESS_CHARS_MAX));
        assert_eq!(Address::parse(&long), Err(Error::TooLong { chars: 2_068, max: 2_048 }));
        for given in ["https://example.com", "http://127.0.0.1:8080/hook?a=b", "http://[::1]/", "http://localhost:1/"] {
            assert!(Address::parse(given).is_ok(), "{given}");
        }
    }

    #[test]
    fn an_address_is_taken_apart_as_it_is_dialled() {
        let parts = |given: &str| {
            let address = Address::parse(given).unwrap();
            (address.host(), address.port(), address.authority(), address.target())
        };
        let of = |host: &str, port, authority: &str, target: &str| {
            (host.to_owned(), port, authority.to_owned(), target.to_owned())
        };
        assert_eq!(parts(" HTTPS://Example.com "), of("example.com", 443, "example.com", "/"));
        assert_eq!(
            parts("https://bücher.example/ä?k=ü"),
            of("xn--bcher-kva.example", 443, "xn--bcher-kva.example", "/%C3%A4?k=%C3%BC")
        );
        assert_eq!(parts("http://[::1]:8080/a?"), of("::1", 8080, "[::1]:8080", "/a?"));
    }

    #[test]
    fn what_may_let_somebody_in_is_in_no_note() {
        let address = Address::parse("https://example.com/hook/T0KEN?key=s3cret").unwrap();
        assert_eq!(format!("{address:?}"), "Address(https://example.com…)");
    }
}
