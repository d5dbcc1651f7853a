//! Why readings cannot be added up.

use jiff::civil::Date;
use thiserror::Error as ThisError;

/// What is wrong with the question or with the series. Readings themselves are never refused.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// The time zone is not in the database that is part of the program.
    #[error("there is no time zone {zone:?}")]
    Zone {
        /// The name that was given.
        zone: String,
    },
    /// Hours cannot be told apart with such a step.
    #[error("a step of {step} s does not divide an hour")]
    Step {
        /// Seconds of the step.
        step: u32,
    },
    /// The span ends before it begins.
    #[error("the span ends on {to}, before it begins on {from}")]
    Span {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
    /// The span is longer than [`crate::Span::DAYS_MAX`].
    #[error("a span of {days} days, at most {limit} are added up")]
    TooLong {
        /// Days of the span.
        days: u64,
        /// Days accepted.
        limit: u64,
    },
    /// A day of the span is so far away that it is no instant.
    #[error("{day} is too far away")]
    Far {
        /// The day.
        day: Date,
    },
}
