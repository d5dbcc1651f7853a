//! The fields that are known, in the order of their names. Names after schema.org (`Person`, `PostalAddress`) where it
//! has them; the others are what energy, telecom, bank and insurance forms ask for in France.

use super::{Category, Known, Shape, Unit};

/// Sorted by name, because it is searched by halves.
pub(super) const KNOWN: &[Known] = &[
    special("allergies", Category::Health, Shape::Text),
    identifying("bank_statement", Category::Money, Shape::File),
    identifying("birth_date", Category::Identity, Shape::Date),
    identifying("birth_place", Category::Identity, Shape::Text),
    identifying("browsing_history", Category::Habits, Shape::File),
    plain("contract_power_kva", Category::Energy, Shape::Number(Unit::KilovoltAmpere)),
    plain("country", Category::Place, Shape::Country),
    plain("current_operator", Category::Telecom, Shape::Text),
    plain("current_supplier", Category::Energy, Shape::Text),
    identifying("device_id", Category::Habits, Shape::Text),
    special("disability", Category::Health, Shape::Text),
    identifying("driving_licence", Category::Papers, Shape::File),
    plain("dwelling_area_m2", Category::Home, Shape::Number(Unit::SquareMetre)),
    plain("dwelling_type", Category::Home, Shape::Text),
    // Half-hours tell when a home is empty; whose home it is they do not.
    plain("electricity_load_curve", Category::Energy, Shape::File),
    plain("electricity_month_kwh", Category::Energy, Shape::Number(Unit::KilowattHour)),
    plain("electricity_year_kwh", Category::Energy, Shape::Number(Unit::KilowattHour)),
    reaching("email", Category::Contact, Shape::Email),
    plain("employer", Category::Work, Shape::Text),
    special("ethnicity", Category::Conviction, Shape::Text),
    identifying("family_name", Category::Identity, Shape::Text),
    plain("gas_year_kwh", Category::Energy, Shape::Number(Unit::KilowattHour)),
    plain("gender", Category::Identity, Shape::Text),
    identifying("given_name", Category::Identity, Shape::Text),
    special("health_condition", Category::Health, Shape::Text),
    plain("heating", Category::Home, Shape::Text),
    plain("honorific_prefix", Category::Identity, Shape::Text),
    plain("household_size", Category::Home, Shape::Number(Unit::Person)),
    identifying("iban", Category::Money, Shape::Text),
    identifying("identity_card", Category::Papers, Shape::File),
    plain("income", Category::Money, Shape::Number(Unit::EuroAYear)),
    plain("interests", Category::Habits, Shape::Text),
    plain("job_title", Category::Work, Shape::Text),
    plain("locality", Category::Place, Shape::Text),
    // Four places with their hours are enough to single nearly everybody out (de Montjoye et al., 2013).
    identifying("location_history", Category::Habits, Shape::File),
    special("medication", Category::Health, Shape::Text),
    // The number of a point of delivery is that of one home.
    identifying("meter_point", Category::Energy, Shape::Text),
    plain("mobile_data_month_gb", Category::Telecom, Shape::Number(Unit::Gigabyte)),
    plain("nationality", Category::Identity, Shape::Country),
    identifying("passport", Category::Papers, Shape::File),
    identifying("payment_card", Category::Money, Shape::Text),
    // A picture is biometric only when a machine makes it so (GDPR, recital 51).
    identifying("photo", Category::Identity, Shape::File),
    special("political_opinion", Category::Conviction, Shape::Text),
    plain("postal_code", Category::Place, Shape::PostalCode),
    reaching("proof_of_address", Category::Papers, Shape::File),
    plain("purchase_history", Category::Habits, Shape::File),
    special("religion", Category::Conviction, Shape::Text),
    special("sexual_orientation", Category::Conviction, Shape::Text),
    identifying("social_security_number", Category::Papers, Shape::Text),
    reaching("street_address", Category::Place, Shape::Text),
    identifying("tax_notice", Category::Money, Shape::File),
    reaching("telephone", Category::Contact, Shape::Telephone),
    special("trade_union", Category::Conviction, Shape::Text),
];

/// Says neither who somebody is nor how to reach them.
const fn plain(name: &'static str, category: Category, shape: Shape) -> Known {
    Known { name, category, identifies: false, reaches: false, is_special: false, shape }
}

const fn identifying(name: &'static str, category: Category, shape: Shape) -> Known {
    Known { name, category, identifies: true, reaches: false, is_special: false, shape }
}

const fn reaching(name: &'static str, category: Category, shape: Shape) -> Known {
    Known { name, category, identifies: true, reaches: true, is_special: false, shape }
}

/// Of GDPR article 9, paragraph 1.
const fn special(name: &'static str, category: Category, shape: Shape) -> Known {
    Known { name, category, identifies: false, reaches: false, is_special: true, shape }
}
