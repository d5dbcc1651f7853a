//! The proof that something was checked. Leaves out how: each kind checks itself and only then wraps.

use std::ops::Deref;

/// A value whose signature or seal was checked by this crate.
///
/// There is no public constructor: a function that takes a `Verified<T>` cannot be handed anything else.
/// What was checked is said where the value is made ([`Unverified::verify`](crate::document::Unverified::verify),
/// [`letter::open`](crate::letter::open)); time passes, so an end may have come since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }

    /// Gives the value up together with the proof.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
