use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::*;
use crate::{
    limits::ASKED_FIELDS_MAX,
    market::{self, Market},
    terms::{field, purpose::Purpose, roster::Roster},
    time::days,
};

fn named(names: &[&str]) -> Vec<Field> {
    names.iter().map(|name| Field::parse(name).unwrap()).collect()
}

fn electricity(names: &[&str], retention_days: u32) -> Ask {
    let ask = Ask::new(Purpose::Quote, named(names), retention_days).unwrap();
    ask.in_market(Market::parse("04.5.1").unwrap())
}

fn needs_of(verdict: &Verdict) -> Vec<(&str, Need)> {
    verdict.fields.iter().map(|(field, finding)| (field.as_str(), finding.need)).collect()
}

#[test]
fn a_quote_for_which_seven_things_are_asked_needs_three() {
    let asked = [
        "given_name",
        "family_name",
        "birth_date",
        "iban",
        "electricity_year_kwh",
        "postal_code",
        "contract_power_kva",
    ];
    let verdict = verdict(&electricity(&asked, 30), &Earlier::new());
    assert_eq!((verdict.count(Need::Needed), verdict.count(Need::Excess)), (3, 4));
    let three = named(&["contract_power_kva", "electricity_year_kwh", "postal_code"]);
    assert_eq!(verdict.smaller.fields.iter().cloned().collect::<Vec<_>>(), three);
    assert_eq!(verdict.smaller.retention_days, 30);
    assert!(verdict.is_too_much());
}

#[test]
fn an_ask_for_what_is_needed_is_left_alone() {
    let verdict = verdict(&electricity(&["electricity_month_kwh", "postal_code"], 90), &Earlier::new());
    assert_eq!(needs_of(&verdict), [("electricity_month_kwh", Need::Needed), ("postal_code", Need::Needed)]);
    assert_eq!((verdict.retention_days_max, verdict.smaller.retention_days), (None, 90));
    assert!(!verdict.is_too_much());
}

#[test]
fn of_several_ways_the_least_telling_one_that_is_whole_is_taken() {
    let all = ["electricity_month_kwh", "electricity_year_kwh", "heating", "household_size", "dwelling_area_m2"];
    let found = verdict(&electricity(&all, 1), &Earlier::new());
    let needed: Vec<_> = found.smaller.fields.iter().map(Field::as_str).collect();
    assert_eq!(needed, ["electricity_year_kwh"]);
    assert_eq!(found.count(Need::Useful), 4, "what another field already gives is useful at most");
    let household = ["heating", "household_size", "dwelling_area_m2"];
    assert_eq!(verdict(&electricity(&household, 1), &Earlier::new()).count(Need::Needed), 3);
    let part = verdict(&electricity(&["household_size"], 1), &Earlier::new());
    assert_eq!(part.count(Need::Needed), 1, "who asks for less than is needed gets that");
}

#[test]
fn a_name_of_the_asker_s_own_is_unknown_and_never_proposed() {
    let verdict = verdict(&electricity(&["lifestyle_score", "postal_code"], 30), &Earlier::new());
    assert_eq!(needs_of(&verdict), [("lifestyle_score", Need::Unknown), ("postal_code", Need::Needed)]);
    assert!(verdict.is_too_much());
}

#[test]
fn what_was_asked_before_and_what_is_special_is_said() {
    let asked = ["religion", "postal_code"];
    let then = Timestamp::from_seconds(1_700_000_000);
    let earlier = Earlier::from([(Field::parse("religion").unwrap(), then)]);
    let verdict = verdict(&electricity(&asked, 30), &earlier);
    let religion = verdict.fields[&Field::parse("religion").unwrap()];
    assert_eq!(religion, Finding { need: Need::Excess, before: Some(then), is_special: true });
    let code = verdict.fields[&Field::parse("postal_code").unwrap()];
    assert_eq!((code.before, code.is_special), (None, false));
}

#[test]
fn keeping_passing_on_and_wider_terms_are_marked() {
    let partner = Subject::parse("domain:broker.example").unwrap();
    let shop = Subject::parse("domain:volta.example").unwrap();
    let ask = electricity(&["postal_code"], 91).by([shop.clone()]).unwrap();
    let ask = ask.passed_to([partner.clone(), shop]).unwrap().under(Roster::BaseAt);
    let found = verdict(&ask, &Earlier::new());
    assert_eq!((found.retention_days_max, found.smaller.retention_days), (Some(90), 90));
    assert_eq!(found.others, [partner]);
    assert_eq!(found.uses, [Use::Analytics, Use::Tracking]);
    assert!(found.is_too_much() && found.count(Need::Needed) == 1);
    // handing data back to me is nothing that the organisation gains
    let fair = verdict(&electricity(&["postal_code"], 90).under(Roster::BaseDp), &Earlier::new());
    assert!(fair.uses.is_empty() && !fair.is_too_much());
}

#[test]
fn where_nothing_is_needed_the_smaller_answer_is_none() {
    let ask = Ask::new(Purpose::Advertising, named(&["email", "religion"]), 10_000).unwrap();
    let verdict = verdict(&ask, &Earlier::new());
    assert!(verdict.smaller.fields.is_empty());
    assert_eq!(needs_of(&verdict), [("email", Need::Useful), ("religion", Need::Excess)]);
}

fn some_field() -> impl Strategy<Value = Field> {
    let known: Vec<&str> = field::all().map(|known| known.name).collect();
    prop_oneof![
        4 => prop::sample::select(known).prop_map(|name| Field::parse(name).unwrap()),
        1 => "own_[a-z]{1,3}".prop_map(|name| Field::parse(&name).unwrap()),
    ]
}

fn some_market() -> impl Strategy<Value = Option<Market>> {
    let all: Vec<Market> = market::all().collect();
    prop_oneof![Just(None), prop::sample::select(all).prop_map(Some)]
}

fn some_subjects() -> impl Strategy<Value = Vec<Subject>> {
    prop::collection::vec("domain:[a-e]\\.example".prop_map(|text| Subject::parse(&text).unwrap()), 0..8)
}

fn some_ask() -> impl Strategy<Value = Ask> {
    let purposes = prop::sample::select(Purpose::ALL.to_vec());
    let fields = prop::collection::vec(some_field(), 1..=ASKED_FIELDS_MAX);
    (purposes, fields, any::<u32>(), some_market()).prop_map(|(purpose, fields, retention_days, market)| {
        let ask = Ask::new(purpose, fields, retention_days).unwrap();
        match market {
            Some(market) => ask.in_market(market),
            None => ask,
        }
    })
}

proptest! {
    #[test]
    fn the_smaller_answer_is_part_of_the_ask_and_holds_nothing_but_what_is_needed(
        ask in some_ask(), earlier in prop::collection::btree_map(some_field(), any::<u32>(), 0..8),
    ) {
        let earlier: Earlier = earlier
            .into_iter()
            .map(|(field, day)| (field, Timestamp::default().plus(days(day.into()))))
            .collect();
        let found = verdict(&ask, &earlier);
        prop_assert_eq!(found.fields.keys().collect::<Vec<_>>(), ask.fields().iter().collect::<Vec<_>>());
        prop_assert!(found.smaller.fields.is_subset(ask.fields()));
        prop_assert!(found.smaller.retention_days <= ask.retention_days());
        for (field, finding) in &found.fields {
            prop_assert_eq!(finding.need == Need::Needed, found.smaller.fields.contains(field));
            prop_assert_eq!(finding.need == Need::Unknown, field.known().is_none());
            prop_assert_eq!(finding.before, earlier.get(field).copied());
            let could_use = ask.purpose().could_use(ask.market(), field);
            prop_assert_eq!(finding.need == Need::Excess, field.known().is_some() && !could_use);
        }
        let counted: usize = Need::ALL.into_iter().map(|need| found.count(need)).sum();
        prop_assert_eq!(counted, found.fields.len());
    }

    #[test]
    fn the_smaller_answer_asked_again_is_the_answer_itself(ask in some_ask()) {
        let found = verdict(&ask, &Earlier::new());
        if found.smaller.fields.is_empty() {
            return Ok(());
        }
        let again = Ask::new(ask.purpose(), found.smaller.fields.clone(), found.smaller.retention_days).unwrap();
        let again = match ask.market() {
            Some(market) => again.in_market(market),
            None => again,
        };
        let second = verdict(&again, &Earlier::new());
        prop_assert_eq!(&second.smaller, &found.smaller);
        prop_assert!(!second.is_too_much());
    }

    #[test]
    fn the_order_in_which_things_are_named_makes_no_difference(
        purpose in prop::sample::select(Purpose::ALL.to_vec()),
        fields in prop::collection::vec(some_field(), 1..ASKED_FIELDS_MAX / 2),
        recipients in some_subjects(),
    ) {
        let one = Ask::new(purpose, fields.clone(), 100).unwrap().passed_to(recipients.clone()).unwrap();
        let turned = fields.iter().rev().chain(&fields).cloned();
        let two = Ask::new(purpose, turned, 100).unwrap();
        let two = two.passed_to(recipients.into_iter().rev()).unwrap();
        prop_assert_eq!(verdict(&one, &Earlier::new()), verdict(&two, &Earlier::new()));
    }
}
