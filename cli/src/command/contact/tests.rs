use sesame_api::circle::Invitation;

use super::*;
use crate::sheet::Look;

fn contact(id: &str, name: &str) -> Contact {
    Contact {
        id: id.into(),
        name: name.into(),
        did: format!("did:key:{id}"),
        standing: Standing::Known,
        trust: Trust::Some,
        linked: true,
        words_en: ["able", "boat", "cat", "dawn", "echo", "fish"].map(str::to_owned).to_vec(),
        words_fr: ["ami", "blé", "clé", "dune", "eau", "fil"].map(str::to_owned).to_vec(),
        recommendations: 3,
        waiting: vec![Waiting {
            what: "acceptance".into(),
            why: "unreachable".into(),
            since: "2026-11-20T10:00:00Z".into(),
            until: "2026-12-04T10:00:00Z".into(),
        }],
    }
}

#[test]
fn a_contact_is_found_by_name_whatever_the_capitals() {
    let all = vec![contact("a1", "Bob"), contact("a2", "Chloé")];
    assert_eq!(one_of(all.clone(), "chloé").unwrap().id, "a2");
    assert_eq!(one_of(all.clone(), "a1").unwrap().id, "a1");
    assert_eq!(one_of(all, "Karim").unwrap_err().code, Code::NotFound);
}

#[test]
fn two_people_of_the_same_name_are_never_mixed_up() {
    let all = vec![contact("a1", "Bob"), contact("a2", "bob")];
    assert_eq!(one_of(all.clone(), "Bob").unwrap_err().code, Code::BadValue);
    assert_eq!(one_of(all, "a2").unwrap().id, "a2");
}

#[test]
fn the_beginning_of_an_id_is_enough_and_a_short_one_is_not() {
    let all = vec![contact("b66dc101daf43fe9", "Bob"), contact("b66dc1029daf43fe", "Chloé")];
    assert_eq!(one_of(all.clone(), "b66dc101daf4").unwrap().name, "Bob");
    assert_eq!(one_of(all, "b66dc1").unwrap_err().code, Code::NotFound);
}

#[test]
fn a_contact_without_a_card_is_still_somebody() {
    let words = Words::of(Language::En);
    let text = words_sheet(words, &contact("a1", ""), Sheet::new()).drawn(Look::default());
    assert!(text.contains(&words.text("cli-this-person")), "{text}");
}

#[test]
fn the_words_of_the_reader_come_first() {
    let words = Words::of(Language::Fr);
    let text = words_sheet(words, &contact("a1", "Bob"), Sheet::new()).drawn(Look::default());
    assert!(text.find("ami").unwrap() < text.find("able").unwrap(), "{text}");
}

#[test]
fn what_waits_says_why_and_until_when() {
    for language in [Language::En, Language::Fr] {
        let words = Words::of(language);
        let circle = Circle {
            contacts: vec![contact("a1", "Bob\u{1b}[2J")],
            invitations: vec![Invitation {
                id: "i".into(),
                name: "Karim".into(),
                code: String::new(),
                expires: "2026-12-07T10:00:00Z".into(),
            }],
        };
        let text = circle_sheet(words, &circle).drawn(Look::default());
        assert!(text.contains(&words.date("2026-12-04")), "{text}");
        assert!(text.contains(&words.date("2026-12-07")), "{text}");
        assert!(!text.contains("unreachable") && !text.contains("acknowledgement"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
    }
}
