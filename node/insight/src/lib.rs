//! What readings tell: totals over local days, what runs at night, and both as charts.
//!
//! Everything is pure: readings go in, numbers and SVG come out. Energy is added up in whole watt-seconds and rounded
//! once, so that months add up to their year to the watt-hour and a half-hour. Which series counts, what the words are
//! and where the readings lie is for the caller; this crate knows no other crate of the house.
//!
//! ```
//! use jiff::civil::date;
//! use sesame_insight::{By, Point, Series, Span, totals};
//!
//! // 1 January 2025, 00:00 in Paris: 500 W for half an hour.
//! let points = [Point { at: 1_735_686_000, watts: 500, estimated: false }];
//! let series = Series { step: 1800, zone: "Europe/Paris", points: &points };
//! let day = totals(&series, Span { from: date(2025, 1, 1), to: date(2025, 1, 1) }, By::Day)?;
//! assert_eq!((day.watt_hours, day.present, day.missing), (250, 1, 47));
//! # Ok::<(), sesame_insight::Error>(())
//! ```

mod calendar;
pub mod chart;
mod error;
mod heat;
mod night;
mod series;
mod totals;

pub use error::Error;
pub use heat::{Heat, heat};
pub use night::{Night, night};
pub use series::{Point, Series, Span};
pub use totals::{By, Total, Totals, totals, watt_hours};
