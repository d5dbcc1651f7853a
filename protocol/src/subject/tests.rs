use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};

use super::*;

fn normal(text: &str) -> String {
    Subject::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).as_str().to_owned()
}

fn refused(text: &str) -> Error {
    Subject::parse(text).expect_err(text)
}

#[test]
fn register_numbers_have_one_form() {
    assert_eq!(normal("siren:552 081 317"), "siren:552081317");
    assert_eq!(normal(" SIREN: 552.081.317 "), "siren:552081317");
    assert_eq!(normal("siret:552 081 317 66522"), "siret:55208131766522");
    assert_eq!(normal("rna:w751004076"), "rna:W751004076");
    assert_eq!(normal("rna:W2A1000123"), "rna:W2A1000123");
    assert_eq!(normal("lei:529900t8bm49aursdo55"), "lei:529900T8BM49AURSDO55");
    assert_eq!(normal("gtin:3017620422003"), "gtin:03017620422003");
    assert_eq!(normal("gtin:96385074"), "gtin:00000096385074");
    assert_eq!(normal("gtin:036000291452"), "gtin:00036000291452");
}

#[test]
fn check_digits_are_checked() {
    assert_eq!(refused("siren:552081318"), Error::CheckDigit { scheme: Scheme::Siren });
    assert_eq!(refused("siren:000000000"), Error::CheckDigit { scheme: Scheme::Siren });
    assert_eq!(refused("siret:55208131766523"), Error::CheckDigit { scheme: Scheme::Siret });
    assert_eq!(refused("lei:529900T8BM49AURSDO56"), Error::CheckDigit { scheme: Scheme::Lei });
    assert_eq!(refused("gtin:3017620422004"), Error::CheckDigit { scheme: Scheme::Gtin });
    assert_eq!(refused("gtin:00000000000000"), Error::CheckDigit { scheme: Scheme::Gtin });
    assert_eq!(refused("siren:55208131"), Error::Length { scheme: Scheme::Siren, found: 8 });
    assert_eq!(refused("siren:5520813x7"), Error::Character { scheme: Scheme::Siren });
    assert_eq!(refused("siren:٥٥٢٠٨١٣١٧"), Error::Character { scheme: Scheme::Siren });
    assert_eq!(refused("rna:751004076"), Error::Character { scheme: Scheme::Rna });
    assert_eq!(refused("rna:W75100407"), Error::Length { scheme: Scheme::Rna, found: 9 });
    assert_eq!(refused("gtin:301762042200"), Error::CheckDigit { scheme: Scheme::Gtin });
    assert_eq!(refused("lei:é29900T8BM49AURSDO55"), Error::Character { scheme: Scheme::Lei });
}

#[test]
fn establishments_of_la_poste_have_their_own_check() {
    // The head office passes Luhn; a branch passes by its digit sum only.
    assert_eq!(normal("siret:35600000000048"), "siret:35600000000048");
    assert_eq!(normal("siret:35600000049837"), "siret:35600000049837");
    assert_eq!(refused("siret:35600000049838"), Error::CheckDigit { scheme: Scheme::Siret });
}

#[test]
fn hosts_are_found_in_what_is_pasted() {
    for text in [
        "https://www.Example.org/shop?page=2#top",
        "HTTP://example.org:8080",
        "example.org.",
        "www.example.org",
        "example.org/contact",
        "domain:EXAMPLE.org",
        "domain: https://example.org/",
        "https:\\\\example.org",
    ] {
        let found = Subject::parse(text).unwrap();
        if text.contains('\\') {
            assert!(found.is_local(), "{text}");
        } else {
            assert_eq!(found.as_str(), "domain:example.org", "{text}");
        }
    }
    assert_eq!(normal("https://crêpes-à-gogo.fr"), "domain:xn--crpes--gogo-d7a9j.fr");
    assert_eq!(normal("www.fr"), "domain:www.fr");
    assert_eq!(refused("https://shop.example@evil.org/"), Error::UserName);
    assert_eq!(refused("http://192.168.1.1/"), Error::Host);
    assert_eq!(refused("http://[::1]/"), Error::Host);
    assert_eq!(refused("https://"), Error::Host);
    assert_eq!(refused("domain:localhost"), Error::Host);
    assert_eq!(refused("domain:-a.org"), Error::Host);
    assert_eq!(refused("domain:a..org"), Error::Host);
    assert_eq!(refused("domain:a_b.org"), Error::Host);
}

#[test]
fn a_bare_name_is_local_and_keeps_its_case() {
    let name = Subject::parse("  Boulangerie   Ｍartin ").unwrap();
    assert_eq!((name.as_str(), name.name()), ("local:boulangerie martin", "Boulangerie Martin"));
    assert!(name.is_local());
    assert_eq!(name, Subject::parse("local:BOULANGERIE MARTIN").unwrap());
    assert_eq!(name.to_string(), "local:Boulangerie Martin");
    assert!(Subject::parse("Dr. Martin").unwrap().is_local());
    assert!(Subject::parse("192.168.1.1").unwrap().is_local());
    assert!(Subject::parse("someone@example.org").unwrap().is_local());
    assert_eq!(Subject::parse("shoes: the shop").unwrap().as_str(), "local:shoes: the shop");
    assert_eq!(normal("place:FR/Lyon/Boulangerie  Martin"), "place:fr/lyon/boulangerie martin");
}

#[test]
fn identifiers_of_the_decentralised_kind() {
    let key = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
    assert_eq!(normal(key), key);
    assert_eq!(normal("did:web:example.org"), "did:web:example.org");
    for text in ["did:key:z6Mk", "did:", "did:web", "did:web:", "did:WEB:x", "did:web:a b", "did:web:a:"] {
        assert_eq!(refused(text), Error::Did, "{text}");
    }
}

#[test]
fn what_hides_or_overflows_is_refused() {
    assert_eq!(refused("exam\u{200b}ple.org"), Error::Hidden { code: 0x200b });
    assert_eq!(refused("a\u{202e}b"), Error::Hidden { code: 0x202e });
    assert_eq!(refused("a\u{0}b"), Error::Hidden { code: 0 });
    assert_eq!(refused("place:a\u{200d}b"), Error::Hidden { code: 0x200d });
    assert_eq!(refused(""), Error::Empty);
    assert_eq!(refused("local:  "), Error::Empty);
    assert!(matches!(refused(&"a".repeat(81)), Error::TooLong { .. }));
    assert!(matches!(refused(&"a".repeat(5000)), Error::TooLong { .. }));
    assert!(matches!(refused(&"ﷺ".repeat(80)), Error::TooLong { .. }));
}

#[test]
fn only_the_normal_form_is_read_from_a_peer() {
    let read = |text: &str| crate::codec::decode::<Subject>(&crate::codec::encode(text), 300);
    assert!(read("siren:552081317").is_ok());
    assert!(read("local:Boulangerie Martin").is_ok());
    for text in ["siren:552 081 317", "SIREN:552081317", "example.org", "domain:www.example.org", "gtin:3017620422003"]
    {
        assert!(read(text).is_err(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_normal_form_of_a_normal_form_is_itself(text in "\\PC{0,40}") {
        if let Ok(subject) = Subject::parse(&text) {
            let again = Subject::parse(subject.as_str());
            prop_assert_eq!(again.as_ref().map(Subject::as_str), Ok(subject.as_str()));
            let shown = Subject::parse(&subject.to_string()).unwrap();
            prop_assert_eq!(shown.as_str(), subject.as_str());
            prop_assert_eq!(shown.to_string(), subject.to_string());
        }
    }

    #[test]
    fn every_scheme_settles(scheme in prop::sample::select(Scheme::ALL.to_vec()), rest in "[a-zA-Z0-9 .:/İſΣßẞﬁéÅ-]{0,30}") {
        if let Ok(subject) = Subject::parse(&format!("{scheme}:{rest}")) {
            let again = Subject::parse(subject.as_str()).unwrap();
            prop_assert_eq!(again.as_str(), subject.as_str());
            let bytes = crate::codec::encode(&subject);
            prop_assert_eq!(crate::codec::decode::<Subject>(&bytes, 1000).unwrap().to_string(), subject.to_string());
        }
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = Subject::parse(&text);
        for scheme in Scheme::ALL {
            let _ = Subject::parse(&format!("{scheme}:{text}"));
        }
    }
}
