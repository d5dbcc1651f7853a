//! What each purpose needs, as a table. Whatever a purpose needs can mostly be had in several ways; the ways are listed
//! with the one that tells least about the person first.

use super::Purpose;
use crate::{market::Market, terms::field::Field};

/// One thing that a purpose needs, as ways to have it: each way is a set of fields that will do. Least telling first.
pub type Choice = &'static [&'static [&'static str]];

/// What a purpose needs, and what would help it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Everything without which it cannot be served.
    pub needed: &'static [Choice],
    /// What makes it better and can be left out. The ways that were not taken are useful, too.
    pub useful: &'static [&'static str],
}

impl Needs {
    /// Whether a field is in any way of any choice.
    pub fn could_need(&self, field: &Field) -> bool {
        self.needed.iter().copied().flatten().any(|way| way.contains(&field.as_str()))
    }

    /// Whether a field would help.
    pub fn could_use(&self, field: &Field) -> bool {
        self.useful.contains(&field.as_str()) || self.could_need(field)
    }
}

/// What a purpose needs in a market: the row of the longest code that the market's begins with.
pub(super) fn of(purpose: Purpose, market: Option<Market>) -> &'static Needs {
    let code = market.as_ref().map_or("", Market::code);
    let rows = ROWS.iter().filter(|(whose, begins, _)| *whose == purpose && code.starts_with(begins));
    rows.max_by_key(|(_, begins, _)| begins.len()).map_or(&NOTHING, |(_, _, needs)| needs)
}

/// The rows for what is within a market: all of the purpose's where there is none.
pub(super) fn within(purpose: Purpose, market: Option<Market>) -> impl Iterator<Item = &'static Needs> {
    let rows = ROWS.iter().filter(move |(whose, begins, _)| {
        *whose == purpose && begins.starts_with(market.as_ref().map_or("", Market::code))
    });
    rows.map(|(_, _, needs)| needs)
}

const NOTHING: Needs = Needs { needed: &[], useful: &[] };

const GIVEN_NAME: Choice = &[&["given_name"]];
const FAMILY_NAME: Choice = &[&["family_name"]];
const BIRTH_DATE: Choice = &[&["birth_date"]];
const POSTAL_CODE: Choice = &[&["postal_code"]];
/// Where a letter arrives.
const ADDRESS: Choice = &[&["street_address", "postal_code", "locality"]];
/// One way to get through, not two.
const REACH: Choice = &[&["email"], &["telephone"]];
const POWER: Choice = &[&["contract_power_kva"]];
const METER: Choice = &[&["meter_point"]];
/// A year says less of a life than a month, and both more exactly what is used than a guess from the household.
const ELECTRICITY: Choice =
    &[&["electricity_year_kwh"], &["electricity_month_kwh"], &["household_size", "dwelling_area_m2", "heating"]];
const GAS: Choice = &[&["gas_year_kwh"], &["household_size", "dwelling_area_m2", "heating"]];

/// Purpose, beginning of the market's code, needs. A row is chosen by the longest beginning, and says all: nothing is
/// inherited from a shorter one.
const ROWS: &[(Purpose, &str, Needs)] = &[
    // A price depends on what is wanted, not on who wants it; the answer comes back the way that the request came.
    (Purpose::Quote, "", Needs { needed: &[], useful: &["postal_code", "country", "email"] }),
    // The tariff of the network depends on the place and the power, the rest on what is used.
    (
        Purpose::Quote,
        "04.5.1",
        Needs {
            needed: &[ELECTRICITY, POSTAL_CODE, POWER],
            useful: &["current_supplier", "dwelling_type", "electricity_load_curve", "email"],
        },
    ),
    (
        Purpose::Quote,
        "04.5.2",
        Needs { needed: &[GAS, POSTAL_CODE], useful: &["current_supplier", "dwelling_type", "email"] },
    ),
    // Wood, oil, heat, or not said which: how much, and whereto.
    (
        Purpose::Quote,
        "04.5",
        Needs {
            needed: &[
                &[
                    &["gas_year_kwh"],
                    &["electricity_year_kwh"],
                    &["electricity_month_kwh"],
                    &["household_size", "dwelling_area_m2", "heating"],
                ],
                POSTAL_CODE,
            ],
            useful: &["current_supplier", "dwelling_type", "contract_power_kva", "email"],
        },
    ),
    // A mobile line is priced by its data; a fixed one by what reaches the place.
    (
        Purpose::Quote,
        "08.3",
        Needs {
            needed: &[&[&["mobile_data_month_gb"], &["postal_code"]]],
            useful: &["street_address", "locality", "current_operator", "household_size", "email"],
        },
    ),
    // Insuring a home takes the home; insuring a person or a driver takes the age.
    (
        Purpose::Quote,
        "12.1",
        Needs {
            needed: &[&[&["dwelling_type", "dwelling_area_m2"], &["birth_date"]], POSTAL_CODE],
            useful: &["household_size", "email"],
        },
    ),
    // Credit is priced by what somebody can pay back.
    (
        Purpose::Quote,
        "12.2",
        Needs { needed: &[&[&["income"]]], useful: &["household_size", "job_title", "postal_code", "email"] },
    ),
    // Who is bound, where their letters go, and one way to get through. No age: whoever contracts says that they may.
    (
        Purpose::Contract,
        "",
        Needs { needed: &[GIVEN_NAME, FAMILY_NAME, ADDRESS, REACH], useful: &["honorific_prefix", "country"] },
    ),
    // The meter is what is supplied, and the power what is subscribed to.
    (
        Purpose::Contract,
        "04.5.1",
        Needs {
            needed: &[GIVEN_NAME, FAMILY_NAME, ADDRESS, REACH, METER, POWER],
            useful: &["honorific_prefix", "electricity_year_kwh", "current_supplier"],
        },
    ),
    (
        Purpose::Contract,
        "04.5.2",
        Needs {
            needed: &[GIVEN_NAME, FAMILY_NAME, ADDRESS, REACH, METER],
            useful: &["honorific_prefix", "gas_year_kwh", "current_supplier"],
        },
    ),
    // Insurers and banks contract with a person of an age.
    (
        Purpose::Contract,
        "12",
        Needs {
            needed: &[GIVEN_NAME, FAMILY_NAME, BIRTH_DATE, ADDRESS, REACH],
            useful: &["honorific_prefix", "birth_place", "nationality", "dwelling_type", "dwelling_area_m2", "income"],
        },
    ),
    // A name on the bell and an address; a carrier that cannot get in would like to call.
    (
        Purpose::Delivery,
        "",
        Needs { needed: &[FAMILY_NAME, ADDRESS], useful: &["given_name", "country", "telephone", "email"] },
    ),
    // A bill names who owes (Code de commerce, article L441-9), and is paid in one way.
    (
        Purpose::Billing,
        "",
        Needs {
            needed: &[FAMILY_NAME, ADDRESS, &[&["iban"], &["payment_card"]]],
            useful: &["given_name", "honorific_prefix", "country", "email"],
        },
    ),
    // Somebody must be able to answer.
    (Purpose::Support, "", Needs { needed: &[REACH], useful: &["given_name", "family_name", "postal_code"] }),
    // A fault of the supply is a fault at a place.
    (
        Purpose::Support,
        "04.5",
        Needs { needed: &[REACH, METER], useful: &["given_name", "family_name", "postal_code"] },
    ),
    // One paper is enough, and the names to compare it with.
    (
        Purpose::IdentityCheck,
        "",
        Needs {
            needed: &[GIVEN_NAME, FAMILY_NAME, &[&["identity_card"], &["passport"], &["driving_licence"]]],
            useful: &["birth_date", "birth_place"],
        },
    ),
    // Against money laundering the law wants to know where and when a customer was born, and where they live.
    (
        Purpose::IdentityCheck,
        "12",
        Needs {
            needed: &[
                GIVEN_NAME,
                FAMILY_NAME,
                BIRTH_DATE,
                &[&["identity_card"], &["passport"], &["driving_licence"]],
                &[&["proof_of_address"]],
            ],
            useful: &["birth_place", "nationality", "income", "job_title"],
        },
    ),
    // Where the news go; what about is chosen, not asked.
    (Purpose::Newsletter, "", Needs { needed: &[&[&["email"]]], useful: &["given_name", "interests"] }),
    // Nobody needs advertising, so it needs nothing of anybody.
    (Purpose::Advertising, "", Needs { needed: &[], useful: &["email", "interests", "postal_code"] }),
    // Nor does anybody need a profile.
    (Purpose::Profiling, "", Needs { needed: &[], useful: &["interests", "purchase_history"] }),
    // What a study needs is for the study to say: nothing here is owed to it, and nothing that identifies helps it.
    (
        Purpose::Study,
        "",
        Needs {
            needed: &[],
            useful: &[
                "postal_code",
                "gender",
                "household_size",
                "dwelling_type",
                "dwelling_area_m2",
                "income",
                "job_title",
                "purchase_history",
                "interests",
            ],
        },
    ),
    // One of energy is about what is used.
    (
        Purpose::Study,
        "04.5",
        Needs {
            needed: &[&[&["electricity_year_kwh"], &["gas_year_kwh"], &["electricity_month_kwh"]]],
            useful: &[
                "postal_code",
                "household_size",
                "dwelling_type",
                "dwelling_area_m2",
                "heating",
                "contract_power_kva",
                "electricity_load_curve",
            ],
        },
    ),
    // One of health may ask about health; each such answer takes an explicit yes.
    (
        Purpose::Study,
        "06",
        Needs {
            needed: &[],
            useful: &[
                "postal_code",
                "gender",
                "household_size",
                "job_title",
                "health_condition",
                "medication",
                "allergies",
                "disability",
            ],
        },
    ),
    // A number to recognise the card by; the name is for politeness.
    (
        Purpose::Loyalty,
        "",
        Needs { needed: &[REACH], useful: &["given_name", "family_name", "postal_code", "purchase_history"] },
    ),
    // An association knows its members, and must be able to call them to its meetings.
    (
        Purpose::Membership,
        "",
        Needs {
            needed: &[GIVEN_NAME, FAMILY_NAME, &[&["email"], &["street_address", "postal_code", "locality"]]],
            useful: &["honorific_prefix", "telephone"],
        },
    ),
    // The wrong patient is the worst mistake: name and birth date together, then what hurts, and who pays.
    (
        Purpose::Care,
        "",
        Needs {
            needed: &[
                GIVEN_NAME,
                FAMILY_NAME,
                BIRTH_DATE,
                REACH,
                &[&["social_security_number"]],
                &[&["health_condition"]],
            ],
            useful: &[
                "gender",
                "allergies",
                "medication",
                "disability",
                "street_address",
                "postal_code",
                "locality",
                "honorific_prefix",
            ],
        },
    ),
    // A file is opened for one person; what it needs beyond that depends on the file.
    (
        Purpose::Administration,
        "",
        Needs {
            needed: &[GIVEN_NAME, FAMILY_NAME, BIRTH_DATE, ADDRESS],
            useful: &[
                "honorific_prefix",
                "birth_place",
                "nationality",
                "country",
                "email",
                "telephone",
                "household_size",
                "income",
                "tax_notice",
                "proof_of_address",
                "identity_card",
                "passport",
                "social_security_number",
            ],
        },
    ),
];

#[cfg(test)]
mod tests;
