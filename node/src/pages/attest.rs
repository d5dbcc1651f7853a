//! What I say of an organisation: the form that makes an attestation, and those that were made, each with the code to
//! hand over. A person finds them on the organisation's sheet, an organisation in a room of its desk.

use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sesame_api::safe::Safe;
use sesame_api::vendor::{AttestAsk, Attested, SheetField, Vendor};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_engine::limits::ATTESTED_DAYS_MAX;

use super::form::Posted;
use super::label::{self, Mark};
use super::organisations::shown_name;
use super::picture::Picture;
use super::visit::{Open, Visit};
use crate::capability;

/// Days that are offered: a year.
const DAYS: u32 = 365;

/// Something that I have said, as it is shown.
pub(super) struct Said {
    pub(super) attested: Attested,
    /// Of whom and what, in one line.
    pub(super) head: String,
    /// How far it is.
    pub(super) mark: Mark,
    /// What that means, in one line.
    pub(super) line: String,
    pub(super) picture: Option<Picture>,
}

/// The form of an attestation, with what is in it.
pub(super) struct Form {
    /// What the organisation says of itself: field, label, value, and whether it is chosen.
    pub(super) fields: Vec<(String, String, String, bool)>,
    pub(super) how: String,
    pub(super) days: String,
    pub(super) days_max: u32,
    /// Whether it was filled in and refused.
    pub(super) is_open: bool,
}

impl Said {
    /// `is_named` when the line does not stand under the organisation's name.
    pub(super) fn of(words: &Words, attested: Attested, is_named: bool) -> Self {
        let (field, until) = (label::profile(words, &attested.field), words.day_of(&attested.until));
        let name = shown_name(words, &attested.vendor_name);
        let head = if is_named {
            words.with("page-attest-head", &[("name", (&name).into()), ("field", (&field).into())])
        } else {
            field
        };
        let mark = match (attested.ended, attested.changed) {
            (true, _) => Mark::none("page-attest-ended"),
            (false, true) => Mark::lack("page-attest-changed"),
            (false, false) => Mark::sure("page-attest-live"),
        };
        let line = words.with(&format!("{}-means", mark.key), &[("until", (&until).into()), ("name", (&name).into())]);
        let picture = Some(attested.code.as_str()).filter(|_| !attested.ended).and_then(Picture::of);
        Self { attested, head, mark, line, picture }
    }
}

impl Form {
    /// An empty form on what an organisation says of itself.
    pub(super) fn empty(words: &Words, vendor: &Vendor) -> Self {
        Self::on(words, vendor, "", "", &DAYS.to_string(), false)
    }

    /// The form as it was filled in, so that nothing is typed twice.
    pub(super) fn typed(words: &Words, vendor: &Vendor, posted: &Posted) -> Self {
        Self::on(words, vendor, posted.field("field"), posted.field("how"), posted.field("days"), true)
    }

    fn on(words: &Words, vendor: &Vendor, chosen: &str, how: &str, days: &str, is_open: bool) -> Self {
        let said = vendor.sheet.iter().filter(|field| !field.value.trim().is_empty());
        let choice = |said: &SheetField| {
            let value = Safe(&said.value).to_string();
            (said.field.clone(), label::profile(words, &said.field), value, said.field == chosen)
        };
        let (how, days) = (how.to_owned(), days.to_owned());
        Self { fields: said.map(choice).collect(), how, days, days_max: ATTESTED_DAYS_MAX, is_open }
    }
}

/// What I have said of one organisation, newest first.
pub(super) async fn about(visit: &Visit, vendor: &str) -> Result<Vec<Said>, Problem> {
    let all = capability::said::attestations(&visit.app).await?.attestations.into_iter();
    Ok(all.filter(|said| said.vendor == vendor).map(|said| Said::of(visit.words, said, false)).collect())
}

/// Makes the attestation that a form describes. What was wrong comes with the field of the form that it is about.
pub(super) async fn make(posted: &Posted, vendor: &str) -> Result<Attested, (Problem, &'static str)> {
    let (visit, words) = (&posted.visit, posted.visit.words);
    let bad = |key: &str| Problem::new(Code::BadValue).with("name", words.text(key));
    let Some(field) = posted.filled("field") else {
        return Err((bad("page-attest-field").with("why", "no-value"), "word"));
    };
    let Some(how) = posted.filled("how") else {
        return Err((bad("page-attest-how").with("why", "no-value"), "how"));
    };
    let days = posted.field("days").parse::<u32>().ok().filter(|days| (1..=ATTESTED_DAYS_MAX).contains(days));
    let Some(days) = days else {
        return Err((bad("page-attest-days").with("give", format!("1–{ATTESTED_DAYS_MAX}")), "days"));
    };
    let (vendor, field, how) = (vendor.to_owned(), field.to_owned(), how.replace("\r\n", "\n"));
    let made = capability::said::attest(&visit.app, AttestAsk { vendor, field, how, days }).await;
    let made = made.map_err(|problem| (problem, "word"))?;
    visit.say(words.text("page-attest-made"));
    Ok(made)
}

/// `GET /attestations/{id}`: the code as a file, as `sesame desk attach` takes it.
pub(super) async fn file(Open(visit): Open, Path(id): Path<String>) -> Response {
    match capability::said::attestation(&visit.app, &id).await {
        Ok(said) => {
            let headers = [
                (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"attestation-{}.txt\"", said.field)),
            ];
            (headers, format!("{}\n", said.code)).into_response()
        }
        Err(problem) => visit.failure(&problem),
    }
}
