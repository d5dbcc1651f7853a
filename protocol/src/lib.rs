//! What two Sésame nodes must agree on: ids, keys, signatures, documents, letters and frames.
//!
//! The crate promises three things. It has no input or output, no clock and no source of chance: the moment
//! and the random generator are arguments. Bytes that came from outside are bounded before they are read, and
//! reading them never panics. A [`Verified`] value can only be made here, by checking it.
//!
//! ```
//! use sesame_protocol::{key::Seed, subject::Subject};
//!
//! let seed = Seed::from_entropy([7; 32]);
//! let persona = seed.online(0).persona(4, 2026);
//! let signature = persona.sign(b"well served");
//! assert!(sesame_protocol::key::verify(&persona.public(), b"well served", &signature));
//!
//! let subject = Subject::parse("https://www.example.org/shop?page=2").unwrap();
//! assert_eq!(subject.as_str(), "domain:example.org");
//! ```

pub mod agreement;
pub mod code;
pub mod codec;
pub mod credential;
pub mod did;
pub mod document;
pub mod door;
pub mod hash;
pub mod invitation;
pub mod key;
pub mod letter;
pub mod limits;
pub mod market;
pub mod pair;
pub mod receipt;
pub mod relation;
pub mod seal;
pub mod subject;
pub mod sync;
pub mod terms;
pub mod text;
pub mod time;
mod verified;
pub mod wire;

pub use verified::Verified;

/// A cryptographically secure source of chance, handed in by the caller.
///
/// It is an object-safe name for [`rand_core::CryptoRng`]; every such generator is one.
pub trait Rng: rand_core::CryptoRng {}

impl<T: rand_core::CryptoRng + ?Sized> Rng for T {}
