//! What an organisation says of itself: read, changed as the command says, and published again.

use serde_json::Value;
use sesame_api::desk::{Desk, Profile};
use sesame_api::vendor::Attestations;
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::super::{Context, day, wording};
use crate::args;
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask};

/// Changes what is given, keeps the rest, and publishes.
pub(super) async fn publish(context: &Context, args: &args::Profile) -> Result<()> {
    let node = context.node().await?;
    let before = match &args.from {
        Some(path) => {
            let text = ask::whole(path)?;
            serde_json::from_str(&text).map_err(|error| {
                Problem::new(Code::BadFile).with("file", path.display()).with("what", "profile").with("why", error)
            })?
        }
        None => node.get::<Desk>("desk", &[]).await?.profile,
    };
    let desk: Value = node.put("desk/profile", &changed(before, args)?).await?;
    context.output.show(desk, |words, desk: Desk| {
        lacks(words, &desk.missing, Sheet::new().toned(Tone::Good, words.text("cli-desk-published")))
    })
}

/// The profile with what the command gives in place of what was there.
fn changed(mut profile: Profile, args: &args::Profile) -> Result<Profile> {
    if let Some(name) = &args.name {
        name.clone_into(&mut profile.name);
    }
    let lists = [
        (&mut profile.subjects, &args.claim),
        (&mut profile.markets, &args.market),
        (&mut profile.terms, &args.accept_terms),
        (&mut profile.uses, &args.uses),
    ];
    for (list, given) in lists {
        if !given.is_empty() {
            list.clone_from(given);
        }
    }
    for text in &args.set {
        let (field, value) = text.split_once('=').ok_or_else(|| {
            Problem::new(Code::BadValue).with("name", "set").with("value", text).with("give", "FIELD=VALUE")
        })?;
        profile.fields.insert(field.trim().to_owned(), value.trim().to_owned());
    }
    for field in &args.unset {
        if profile.fields.remove(field.trim()).is_none() {
            return Err(Problem::new(Code::NotFound).with("name", field));
        }
    }
    Ok(profile)
}

/// All that an organisation says, what it could still say, its link, and what others say.
pub(super) fn sheet(words: &Words, desk: &Desk) -> Sheet {
    let profile = &desk.profile;
    let name = if profile.name.is_empty() { &desk.name } else { &profile.name };
    let mut pairs = vec![(words.text("cli-identity"), desk.did.clone())];
    if !desk.link.is_empty() {
        pairs.push((words.text("cli-link"), desk.link.clone()));
    }
    let named = |list: &[String], name: fn(&Words, &str) -> String| {
        list.iter().map(|one| name(words, one)).collect::<Vec<_>>().join(", ")
    };
    let as_it_is = |_: &Words, text: &str| text.to_owned();
    let lists = [
        ("cli-claims", named(&profile.subjects, as_it_is)),
        ("cli-market", named(&profile.markets, as_it_is)),
        ("cli-signs", named(&profile.terms, wording::terms)),
        ("cli-uses", named(&profile.uses, wording::purpose)),
    ];
    let said = lists.into_iter().filter(|(_, text)| !text.is_empty());
    pairs.extend(said.map(|(key, text)| (words.text(key), text)));
    let header = ["cli-what", "cli-field", "cli-says", "cli-note"].map(|key| words.text(key));
    let rows = desk.fields.iter().map(|field| {
        let value = profile.fields.get(&field.field).cloned().unwrap_or_default();
        let note = match (field.mandatory, value.is_empty()) {
            (true, true) => words.text("org-missing"),
            (true, false) => words.text("cli-mandatory"),
            (false, _) => String::new(),
        };
        vec![wording::said(words, &field.field), field.field.clone(), value, note]
    });
    let sheet = Sheet::new().title(name).pairs(pairs).gap().table(header.to_vec(), rows.collect(), &[]).gap();
    let sheet = if desk.published { sheet } else { sheet.toned(Tone::Warn, words.text("cli-desk-unpublished")) };
    attestations(words, desk, lacks(words, &desk.missing, sheet))
}

/// What is mandatory and not said, with what comes of it.
pub(super) fn lacks(words: &Words, missing: &[String], sheet: Sheet) -> Sheet {
    if missing.is_empty() {
        return sheet.line(words.text("cli-desk-complete"));
    }
    let missing = missing.iter().map(|field| format!("{} ({field})", wording::said(words, field)));
    let missing = missing.collect::<Vec<_>>().join(", ");
    sheet.toned(Tone::Warn, words.with("cli-desk-lacks", &[("fields", (&missing).into())]))
}

/// What others say of it. Whoever looks believes those whom they know.
pub(super) fn attestations(words: &Words, desk: &Desk, sheet: Sheet) -> Sheet {
    let lines = desk.attestations.iter().map(|said| {
        let (field, until) = (wording::said(words, &said.field), day(words, &said.until));
        let args = [
            ("field", (&field).into()),
            ("by", (&said.by).into()),
            ("how", (&said.how).into()),
            ("until", (&until).into()),
        ];
        words.with("cli-desk-attestation", &args)
    });
    lines.fold(sheet, |sheet, line| sheet.line(format!("  {line}")))
}

/// What I have said of organisations, each with its code.
pub(super) fn said(words: &Words, said: &Attestations) -> Sheet {
    if said.attestations.is_empty() {
        return Sheet::new().line(words.text("cli-attestations-none"));
    }
    said.attestations.iter().fold(Sheet::new(), |sheet, said| {
        let (field, until) = (wording::said(words, &said.field), day(words, &said.until));
        let args = [
            ("vendor", (&said.vendor_name).into()),
            ("field", (&field).into()),
            ("value", (&said.value).into()),
            ("how", (&said.how).into()),
            ("until", (&until).into()),
        ];
        let key = match (said.ended, said.changed) {
            (true, _) => "cli-attestation-ended",
            (false, true) => "cli-attestation-changed",
            (false, false) => "cli-attestation-live",
        };
        sheet.line(words.with("cli-attestation", &args)).line(words.with(key, &args)).line(&said.code).gap()
    })
}

#[cfg(test)]
mod tests {
    use sesame_api::desk::{DeskAttestation, ProfileField};
    use sesame_api::node::Language;
    use sesame_api::vendor::Attested;

    use super::*;
    use crate::sheet::Look;

    fn given(set: &[&str], unset: &[&str]) -> args::Profile {
        let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        args::Profile { market: vec!["04.5.1".into()], set: all(set), unset: all(unset), ..args::Profile::default() }
    }

    fn before() -> Profile {
        Profile {
            name: "Volta".into(),
            markets: vec!["08.3.0".into()],
            terms: vec!["SD-BASE".into()],
            fields: [("seat".to_owned(), "Lyon".to_owned()), ("owners".to_owned(), "Its staff".to_owned())].into(),
            ..Profile::default()
        }
    }

    fn desk() -> Desk {
        Desk {
            name: "Volta".into(),
            did: "did:key:z6Mk".into(),
            link: "SESAME:L1:ABC".into(),
            profile: Profile { name: "Vol\u{1b}[2Jta".into(), ..before() },
            published: true,
            missing: vec!["tax_country".into()],
            fields: vec![
                ProfileField { field: "seat".into(), mandatory: true },
                ProfileField { field: "tax_country".into(), mandatory: true },
                ProfileField { field: "owners".into(), mandatory: false },
            ],
            attestations: vec![DeskAttestation {
                field: "seat".into(),
                value: "Lyon".into(),
                by: "Chlo\u{202e}é".into(),
                how: "was\nthere".into(),
                until: "2027-01-01T10:00:00Z".into(),
            }],
        }
    }

    #[test]
    fn what_is_not_given_stays_as_it_was() {
        let after = changed(before(), &given(&["seat = Paris", "mediator=a=b"], &["owners"])).unwrap();
        assert_eq!((after.name.as_str(), after.markets, after.terms), ("Volta", vec!["04.5.1".into()], before().terms));
        let fields: Vec<_> = after.fields.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
        assert_eq!(fields, [("mediator", "a=b"), ("seat", "Paris")]);
        assert_eq!(changed(before(), &given(&["seat"], &[])).unwrap_err().code, Code::BadValue);
        assert_eq!(changed(before(), &given(&[], &["tax_country"])).unwrap_err().code, Code::NotFound);
    }

    #[test]
    fn what_was_said_of_others_says_whether_it_still_holds() {
        let one = |ended, changed| Attested {
            id: "1".into(),
            vendor: "ab".into(),
            vendor_name: "Vol\u{1b}[2Jta".into(),
            field: "seat".into(),
            value: "Lyon".into(),
            how: "was\nthere".into(),
            at: "2026-01-01T10:00:00Z".into(),
            until: "2027-01-01T10:00:00Z".into(),
            ended,
            changed,
            code: "SESAME:A1:ABC".into(),
        };
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let shown = |attestations| said(words, &Attestations { attestations }).drawn(Look::default());
            assert_eq!(shown(Vec::new()).trim_end(), words.text("cli-attestations-none"));
            let texts = [one(false, false), one(false, true), one(true, true)].map(|one| shown(vec![one]));
            for text in &texts {
                assert!(text.contains("SESAME:A1:ABC") && text.contains("Lyon"), "{text}");
                assert!(text.contains(&words.date("2027-01-01")) && !text.contains('\u{1b}'), "{text}");
            }
            assert!(texts[0] != texts[1] && texts[1] != texts[2], "{texts:?}");
        }
    }

    #[test]
    fn what_is_mandatory_and_not_said_is_named_with_what_comes_of_it() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = sheet(words, &desk()).drawn(Look::default());
            let missing = format!("{} (tax_country)", wording::said(words, "tax_country"));
            for part in [missing.as_str(), "SESAME:L1:ABC", "Lyon", "was there", &words.date("2027-01-01")] {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
            let whole = lacks(words, &[], Sheet::new()).drawn(Look::default());
            assert_eq!(whole.trim_end(), words.text("cli-desk-complete"));
        }
    }
}
