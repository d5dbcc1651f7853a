//! Credentials: what somebody states of a person, signed once, shown in parts. SD-JWT with key binding (RFC 9901) in its
//! compact form, and the signed tokens (JWS, RFC 7515) that it is made of.
//!
//! ```text
//! issuer ──issue──► credential ──accept──► holder ──present──► presentation ──read, verify──► Verified<Disclosed>
//! ```
//!
//! Two algorithms and no more: ES256, which other wallets read, and Ed25519. The key says which one is meant, never the
//! header. Salted digests hide what is not shown, and nothing else: whoever sees two presentations of one credential
//! knows that they are of one, so a credential is shown to one audience only. Leaves out trust in issuers, status lists
//! and where credentials are kept.
//!
//! ```
//! use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
//! use sesame_protocol::{
//!     credential::{Demand, Expected, Issuer, Presentation, hold::{Binding, Credential}, issue::{self, Template}, key::SigningKey},
//!     time::{Timestamp, days},
//! };
//!
//! let (issuer, holder) = (SigningKey::es256([1; 32]), SigningKey::es256([2; 32]));
//! let now = Timestamp::from_seconds(1_800_000_000);
//! let template = Template {
//!     issuer: "https://grid.example",
//!     vct: "urn:example:meter",
//!     issued: now,
//!     not_before: None,
//!     expires: Some(now.plus(days(30))),
//!     holder: &holder.public(),
//!     claims: serde_json::json!({"region": "Rhône", "yearly_kwh": 4120}).as_object().unwrap().clone(),
//!     disclosable: &["/region", "/yearly_kwh"],
//!     digests: 8,
//! };
//! let issued = issue::issue(template, &issuer, None, &mut ChaCha20Rng::from_seed([3; 32])).unwrap();
//!
//! let trusted = [Issuer { name: Some("https://grid.example"), key: issuer.public() }];
//! let demand = Demand { issuers: &trusted, typ: issue::TYP, vct: Some("urn:example:meter"), required: &["exp"], now };
//! let credential = Credential::accept(issued.as_bytes(), &demand, &holder.public()).unwrap();
//! let region = credential.find("/region").unwrap();
//! let binding = Binding { audience: "https://shop.example", nonce: "n-0S6", issued: now, transaction: None };
//! let sent = credential.present(&[region], &binding, &holder).unwrap();
//!
//! let expected = Expected {
//!     credential: demand,
//!     audience: "https://shop.example",
//!     nonce: "n-0S6",
//!     earliest: now,
//!     latest: now,
//!     transaction: None,
//! };
//! let shown = Presentation::read(sent.as_bytes()).unwrap().verify(&expected).unwrap();
//! assert_eq!(shown.claims()["region"], "Rhône");
//! assert!(!shown.claims().contains_key("yearly_kwh"));
//! ```

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

mod alone;
mod base64url;
mod claims;
mod disclosure;
mod error;
pub mod es256;
pub mod general;
pub mod hold;
pub mod issue;
pub mod json;
pub mod jwk;
pub mod jws;
pub mod key;
mod presentation;
mod unfold;

pub use alone::Alone;
pub use claims::{Demand, Issuer};
pub use error::Error;
pub use presentation::{Disclosed, Expected, Presentation, TransactionHash};

#[cfg(test)]
mod tests;
