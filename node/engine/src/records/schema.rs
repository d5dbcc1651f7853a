//! What fields are called elsewhere, and which of them nothing may open by itself. Our names are those of `terms::field`;
//! schema.org has some of them (of `Person`, `PostalAddress` and `Patient`), in another spelling.

use sesame_protocol::terms::field;

use super::Name;

/// Our name and the property of schema.org that means the same.
const PROPERTIES: [(&str, &str); 17] = [
    ("birth_date", "birthDate"),
    ("birth_place", "birthPlace"),
    ("country", "addressCountry"),
    ("email", "email"),
    ("employer", "worksFor"),
    ("family_name", "familyName"),
    ("gender", "gender"),
    ("given_name", "givenName"),
    ("health_condition", "healthCondition"),
    ("honorific_prefix", "honorificPrefix"),
    ("job_title", "jobTitle"),
    ("locality", "addressLocality"),
    ("nationality", "nationality"),
    ("photo", "image"),
    ("postal_code", "postalCode"),
    ("street_address", "streetAddress"),
    ("telephone", "telephone"),
];

/// Fields of GDPR article 9, paragraph 1, that no request of the protocol names yet.
const ALSO_SPECIAL: [&str; 12] = [
    "biometric_data",
    "blood_type",
    "dna",
    "face_template",
    "fingerprint",
    "genetic_data",
    "party_membership",
    "philosophical_belief",
    "pregnancy",
    "sex_life",
    "union_membership",
    "vaccination",
];

/// The property of schema.org that means the same as a field of ours.
pub fn property(field: &str) -> Option<&'static str> {
    PROPERTIES.iter().find(|(ours, _)| *ours == field).map(|(_, property)| *property)
}

/// Our name of a property of schema.org; any other name is returned as it is.
pub fn ours(name: &str) -> &str {
    PROPERTIES.iter().find(|(_, property)| *property == name).map_or(name, |(ours, _)| ours)
}

/// Whether a name is one of the special categories whatever the person says.
pub fn is_special(name: &Name) -> bool {
    let Name::Field(field) = name else { return false };
    field.known().is_some_and(|known| known.is_special) || ALSO_SPECIAL.contains(&field.as_str())
}

/// Every field that is special, for a picker.
pub fn special() -> impl Iterator<Item = &'static str> {
    field::all().filter(|known| known.is_special).map(|known| known.name).chain(ALSO_SPECIAL)
}

#[cfg(test)]
mod tests {
    use sesame_protocol::terms::field::Field;

    use super::*;

    #[test]
    fn a_property_names_one_field_that_requests_know() {
        for (ours, property) in PROPERTIES {
            assert!(field::known(ours).is_some(), "{ours}");
            assert_eq!(super::ours(property), ours);
            assert_eq!(super::property(ours), Some(property));
        }
        assert_eq!(ours("shoe_size"), "shoe_size");
        assert_eq!(Name::parse("familyName"), Name::parse("family_name"));
    }

    #[test]
    fn what_article_9_names_is_special_and_nothing_is_listed_twice() {
        let names: Vec<_> = special().collect();
        for name in ["religion", "trade_union", "sexual_orientation", "ethnicity", "health_condition", "biometric_data"]
        {
            assert!(names.contains(&name), "{name}");
        }
        let own: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(own.len(), names.len());
        assert!(names.iter().all(|name| is_special(&Name::Field(Field::parse(name).unwrap()))));
        assert!(!is_special(&Name::parse("email").unwrap()) && !is_special(&Name::Number(1)));
    }
}
