//! Terms: what an organisation may ask for, what a purpose really needs, what the standard agreements allow, and the
//! verdict on one data request. Tables and pure functions of them. Leaves out the letters that carry requests and
//! agreements, and what a person decides after all.

#![cfg_attr(
    not(test),
    deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)
)]

pub mod ask;
pub mod field;
pub mod purpose;
pub mod roster;
pub mod verdict;
