//! What the readings tell: totals, and one finding.

use serde::{Deserialize, Serialize};

/// How totals are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// One total a calendar month.
    #[default]
    Month,
    /// One total a local day.
    Day,
    /// The mean day, hour by hour (0 to 23, local time).
    Hour,
    /// The mean week, day by day (Monday first).
    Weekday,
}

/// `GET /v1/insight/energy?from=…&to=…&by=…&series=…`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsightAsk {
    /// First local day (`YYYY-MM-DD`); the first there is when absent.
    #[serde(default)]
    pub from: Option<String>,
    /// Last local day, included; the last there is when absent.
    #[serde(default)]
    pub to: Option<String>,
    /// How totals are grouped.
    #[serde(default)]
    pub by: By,
    /// The id of a series; the one that counts when absent.
    #[serde(default)]
    pub series: Option<String>,
}

/// Totals over a span, with the chart and the finding that go with them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Insight {
    /// The id of the series.
    pub series: String,
    /// The organisation that handed the readings out.
    pub vendor: String,
    /// First local day of the span.
    pub from: String,
    /// Last local day of the span, included.
    pub to: String,
    /// How the totals are grouped.
    pub by: By,
    /// The totals, in order.
    pub totals: Vec<Total>,
    /// All of the span, in watt-hours.
    pub watt_hours: u64,
    /// Readings in the span.
    pub present: u64,
    /// Readings that the span should have and has not.
    pub missing: u64,
    /// Readings in the span that the organisation calls estimated.
    pub estimated: u64,
    /// One thing that the person may not know.
    pub finding: Option<Finding>,
}

/// One total. For `hour` and `weekday` it is a mean per day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// `2025-01`, `2025-01-31`, `00` to `23`, or `1` (Monday) to `7`.
    pub label: String,
    /// Energy in watt-hours.
    pub watt_hours: u64,
    /// Readings behind it.
    pub present: u64,
    /// Readings that it should have and has not.
    pub missing: u64,
    /// Readings that the organisation calls estimated.
    pub estimated: u64,
}

/// A finding: one sentence with a number, made of facts so that each language says it its own way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Finding {
    /// What runs at night, every night.
    Night {
        /// Watts drawn in the quietest hour of a usual night (median over nights).
        watts: u64,
        /// What that makes over a year, in watt-hours.
        watt_hours_a_year: u64,
        /// Its part of all that was used in the span, in percent.
        percent: u64,
        /// Hours a day that count: 24 when it goes on by day, 6 when it does not.
        hours: u64,
        /// Whole nights that were looked at.
        nights: u64,
    },
}
