use std::collections::BTreeSet;

use super::*;
use crate::terms::field;

fn market(code: &str) -> Option<Market> {
    Market::parse(code).ok()
}

fn needed(needs: &Needs) -> Vec<&'static str> {
    needs.needed.iter().copied().flatten().copied().flatten().copied().collect()
}

#[test]
fn every_purpose_has_a_row_for_any_market_and_no_row_stands_twice() {
    let mut seen = BTreeSet::new();
    for (purpose, begins, _) in ROWS {
        assert!(seen.insert((purpose, begins)), "{purpose} {begins}");
        assert!(begins.is_empty() || Market::parse(begins).is_ok(), "{begins}");
    }
    assert!(Purpose::ALL.iter().all(|purpose| seen.contains(&(purpose, &""))));
}

#[test]
fn every_name_in_the_table_is_known_and_stands_in_one_place_of_its_row() {
    for (purpose, begins, needs) in ROWS {
        for name in needed(needs).iter().chain(needs.useful) {
            assert!(field::known(name).is_some(), "{purpose} {begins}: {name}");
        }
        let useful: BTreeSet<_> = needs.useful.iter().collect();
        assert_eq!(useful.len(), needs.useful.len(), "{purpose} {begins}");
        assert!(needed(needs).iter().all(|name| !useful.contains(name)), "{purpose} {begins}");
        assert!(needs.needed.iter().all(|choice| choice.iter().all(|way| !way.is_empty()) && !choice.is_empty()));
    }
}

#[test]
fn special_categories_serve_care_and_studies_of_health_alone() {
    for (purpose, begins, needs) in ROWS {
        let is_special = |name: &&str| field::known(name).is_some_and(|known| known.is_special);
        let any = needed(needs).iter().chain(needs.useful).any(is_special);
        let may = *purpose == Purpose::Care || (*purpose == Purpose::Study && *begins == "06");
        assert_eq!(any, may, "{purpose} {begins}");
    }
}

#[test]
fn a_quote_for_electricity_needs_no_name_no_age_and_no_account() {
    let needs = Purpose::Quote.needs(market("04.5.1"));
    for name in ["given_name", "family_name", "birth_date", "iban", "telephone", "meter_point", "street_address"] {
        assert!(!needs.could_use(&Field::parse(name).unwrap()), "{name}");
    }
    for name in ["electricity_year_kwh", "electricity_month_kwh", "household_size", "postal_code"] {
        assert!(needs.could_need(&Field::parse(name).unwrap()), "{name}");
    }
}

#[test]
fn a_market_that_is_known_roughly_is_given_the_benefit_of_the_doubt() {
    let total = Field::parse("electricity_year_kwh").unwrap();
    for market in [None, market("04"), market("04.5"), market("04.5.1")] {
        assert!(Purpose::Quote.could_use(market, &total), "{market:?}");
    }
    for market in [market("04.5.2"), market("09"), market("12.1")] {
        assert!(!Purpose::Quote.could_use(market, &total), "{market:?}");
    }
    assert!(!Purpose::Quote.could_use(None, &Field::parse("iban").unwrap()), "no quote anywhere takes an account");
}

#[test]
fn the_longest_code_that_fits_decides() {
    let quote = |code| Purpose::Quote.needs(market(code));
    assert_ne!(quote("04.5.1"), quote("04.5.2"));
    assert_eq!(quote("04.5.3"), quote("04.5"), "a class without a row has its group's");
    assert_eq!(quote("04.1"), Purpose::Quote.needs(None));
    assert_eq!(quote("12.1.3"), quote("12.1"));
    assert_eq!(Purpose::Delivery.needs(market("09.5")), Purpose::Delivery.needs(None));
}
