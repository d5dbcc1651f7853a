//! How a request reads: the three sentences of the verdict, every field with its mark, how long, who else, on which terms,
//! and the smaller answer.

use sesame_api::vendor::{AskedField, Need, Request, Source, Stage};
use sesame_api::words::Words;

use super::super::{day, short, wording};
use crate::sheet::{Sheet, Tone};

/// All of a request.
pub(super) fn sheet(words: &Words, request: &Request) -> Sheet {
    let name = wording::organisation(words, &request.vendor_name, &request.vendor);
    let mut sheet = Sheet::new().title(over_asking(words, request));
    if !request.why.is_empty() {
        let args = [("vendor", (&name).into()), ("text", (&request.why).into())];
        sheet = sheet.line(words.with("cli-request-why", &args));
    }
    let header = ["cli-need", "cli-what", "cli-field", "cli-value-known", "cli-note"].map(|key| words.text(key));
    let rows = request.fields.iter().map(|asked| row(words, asked)).collect();
    sheet = sheet.gap().table(header.to_vec(), rows, &[]).gap();
    sheet = conditions(words, request, sheet);
    match request.stage {
        Stage::Asked => {
            let (until, id) = (day(words, &request.until), short(&request.id));
            let decide = words.with("cli-request-decide", &[("until", (&until).into()), ("id", (&id).into())]);
            sheet.gap().line(smaller(words, request)).toned(Tone::Warn, decide)
        }
        stage => {
            let sheet = sheet.gap().line(wording::stage(words, stage));
            request.no.iter().fold(sheet, |sheet, no| sheet.line(wording::no(words, &name, no)))
        }
    }
}

/// "Volta asks for 7 things. A quote needs 1. The other 6 are marked."
pub(super) fn over_asking(words: &Words, request: &Request) -> String {
    let name = wording::organisation(words, &request.vendor_name, &request.vendor);
    let count = request.fields.len() as u64;
    let asks = words.with("terms-verdict-asks", &[("vendor", (&name).into()), ("count", count.into())]);
    let needs = words.with(&format!("terms-needs-{}", request.purpose), &[("needed", request.needed.into())]);
    let others = count.saturating_sub(u64::from(request.needed));
    let marked = match request.needed {
        0 => words.text("terms-verdict-all-marked"),
        _ => words.with("terms-verdict-marked", &[("excess", others.into())]),
    };
    format!("{asks} {needs} {marked}")
}

/// That it waits for me, until when, and what ends it.
pub(super) fn pending(words: &Words, request: &Request) -> String {
    let name = wording::organisation(words, &request.vendor_name, &request.vendor);
    let (since, until, id) = (day(words, &request.at), day(words, &request.until), short(&request.id));
    let args =
        [("vendor", (&name).into()), ("since", (&since).into()), ("until", (&until).into()), ("id", (&id).into())];
    words.with("cli-request-waits", &args)
}

/// A field: a sign with its word, what it is, its name for `--give`, what is known, and what else there is to say of it.
fn row(words: &Words, asked: &AskedField) -> Vec<String> {
    let (sign, need) = match asked.need {
        Need::Needed => ('●', "terms-need-needed"),
        Need::Useful => ('◐', "terms-need-useful"),
        Need::Excess => ('✕', "terms-need-excess"),
        Need::Unknown => ('?', "terms-need-unknown"),
    };
    let source = match asked.source {
        Source::None => String::new(),
        Source::Said => words.with("cli-source-said", &[("value", (&asked.suggestion).into())]),
        Source::Readings => words.with("cli-source-readings", &[("value", (&asked.suggestion).into())]),
    };
    let mut notes = Vec::new();
    if asked.need == Need::Unknown {
        notes.push(words.text("terms-verdict-unknown"));
    }
    if asked.special {
        notes.push(words.text("terms-verdict-special"));
    }
    if asked.identifies {
        notes.push(words.text("cli-request-identifies"));
    }
    if let Some(before) = &asked.before {
        let date = day(words, before);
        notes.push(words.with("terms-verdict-before", &[("date", (&date).into())]));
    }
    let need = format!("{sign} {}", words.text(need));
    vec![need, wording::field(words, &asked.field), asked.field.clone(), source, notes.join(" ")]
}

/// For how long, to whom else, on which terms.
fn conditions(words: &Words, request: &Request, sheet: Sheet) -> Sheet {
    let (asked, justified) = (request.retention_days, request.retention_days_justified);
    let mut sheet = if asked > justified {
        let args = [("days", asked.into()), ("longest", justified.into())];
        sheet.toned(Tone::Warn, words.with("terms-verdict-retention", &args))
    } else {
        sheet.line(words.with("cli-request-retention", &[("days", asked.into())]))
    };
    sheet = if request.recipients.is_empty() {
        sheet.line(words.text("terms-verdict-nobody-else"))
    } else {
        let names = request.recipients.join(", ");
        sheet.toned(Tone::Warn, words.with("terms-verdict-others", &[("names", (&names).into())]))
    };
    let terms = wording::terms(words, &request.terms);
    sheet = sheet.line(words.with("cli-request-terms", &[("terms", (&terms).into())]));
    let means = format!("{}-means", request.terms);
    let told = wording::known(words, "terms-roster", &means);
    if told != means {
        sheet = sheet.line(format!("    {told}"));
    }
    if request.terms_are_looser { sheet.toned(Tone::Warn, words.text("cli-request-looser")) } else { sheet }
}

/// What would be enough.
fn smaller(words: &Words, request: &Request) -> String {
    if request.smaller.is_empty() {
        return words.text("terms-verdict-smaller-none");
    }
    let (fields, id) = (wording::fields(words, &request.smaller), short(&request.id));
    let args = [("fields", (&fields).into()), ("days", request.smaller_days.into()), ("id", (&id).into())];
    words.with("cli-request-smaller", &args)
}
