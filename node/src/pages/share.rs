//! One share: its life as dated facts, how it ends, and the receipt that both sides signed. A withdrawal is three facts
//! that are never mixed: it is no longer allowed, the organisation was told, the organisation says that it deleted.

use askama::Template;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sesame_api::vendor::{Share, Stage};
use sesame_api::words::Words;
use sesame_protocol::receipt::{self, Record};

use super::form::PostedOpen;
use super::frame::{Frame, Room, page};
use super::knows::share_address;
use super::label::{self, Mark};
use super::organisations::{request_address, shown_name};
use super::visit::{Open, Visit};
use crate::capability;

#[derive(Template)]
#[template(path = "share.html")]
pub(super) struct Shown {
    pub(super) frame: Frame,
    pub(super) name: String,
    pub(super) share: Share,
    pub(super) mark: Mark,
    pub(super) life: Vec<Fact>,
    pub(super) receipt: Option<Paper>,
}

/// One thing that happened, or that will.
pub(super) struct Fact {
    pub(super) mark: Mark,
    pub(super) when: String,
    pub(super) what: String,
}

/// A receipt, to be read.
pub(super) struct Paper {
    /// Its rows: the key of what it is, and what it says.
    pub(super) rows: Vec<(&'static str, String)>,
    /// Whether both signatures hold.
    pub(super) is_signed: bool,
}

/// `GET /who-knows/share/{id}`.
pub(super) async fn show(Open(visit): Open, Path(id): Path<String>) -> Response {
    let made = async {
        let share = capability::share::share(&visit.app, &id).await?;
        let receipt = match &share.received {
            Some(_) => Some(paper(visit.words, &capability::share::receipt(&visit.app, &share.id).await?)),
            None => None,
        };
        let frame = visit.room(Room::Knows, "page-room-knows").await?;
        Ok(page(&Shown::of(frame, share, receipt)))
    };
    visit.answer(made.await)
}

/// `GET /who-knows/share/{id}/receipt`: the file, signed by both, that stands alone.
pub(super) async fn receipt(Open(visit): Open, Path(id): Path<String>) -> Response {
    match capability::share::receipt(&visit.app, &id).await {
        Ok(text) => {
            let name: String = id.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
            let headers = [
                (CONTENT_TYPE, "application/json".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"receipt-{name}.json\"")),
            ];
            (headers, text).into_response()
        }
        Err(problem) => visit.failure(&problem),
    }
}

/// `POST /who-knows/share/{id}/withdraw`.
pub(super) async fn withdraw(Path(id): Path<String>, PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    match capability::share::withdraw(&visit.app, &id).await {
        Ok(share) => {
            let name = shown_name(visit.words, &share.vendor_name);
            let until = share.withdrawn.as_ref().map(|ending| visit.words.day_of(&ending.deadline)).unwrap_or_default();
            let args = [("name", (&name).into()), ("until", (&until).into())];
            visit.say(visit.words.with("page-withdrawn", &args));
            Visit::lead(&share_address(&share.id))
        }
        Err(problem) => visit.failure(&problem),
    }
}

impl Shown {
    pub(super) fn of(mut frame: Frame, share: Share, receipt: Option<Paper>) -> Self {
        let words = frame.words;
        let name = shown_name(words, &share.vendor_name);
        let purpose = label::purpose(words, &share.purpose);
        let args = [("name", (&name).into()), ("purpose", (&purpose).into())];
        frame.title = words.with("page-share-title", &args);
        frame.path = share_address(&share.id);
        let (mark, life) = (label::share(&share), life(words, &name, &share));
        Self { frame, name, share, mark, life, receipt }
    }

    /// What was lent, for how long and on which terms, in one sentence.
    fn lent(&self) -> String {
        let words = self.frame.words;
        let fields = label::fields(words, self.share.values.keys());
        let args = [("fields", (&fields).into()), ("days", self.share.retention_days.into())];
        words.with("page-share-lent", &args)
    }

    /// Whether there is something to take back.
    fn can_withdraw(&self) -> bool {
        self.share.withdrawn.is_none()
            && self.share.deleted.is_none()
            && !matches!(self.share.stage, Stage::Refused | Stage::Lapsed)
    }

    /// The three facts of a withdrawal.
    fn ending(&self) -> Option<[Fact; 3]> {
        let words = self.frame.words;
        let ending = self.share.withdrawn.as_ref()?;
        let say = |key: &str| words.with(key, &[("name", (&self.name).into())]);
        let at = |moment: &str| label::when(words, moment);
        let stopped = Fact {
            mark: Mark::sure("page-ending-stopped"),
            when: at(&ending.at),
            what: say("page-ending-stopped-means"),
        };
        let told = match &ending.told {
            Some(told) => {
                Fact { mark: Mark::sure("page-ending-told"), when: at(told), what: say("page-ending-told-means") }
            }
            None => Fact {
                mark: Mark::none("page-ending-not-told"),
                when: String::new(),
                what: say("page-ending-not-told-means"),
            },
        };
        let until = words.day_of(&ending.deadline);
        let deleted = match &self.share.deleted {
            Some(deleted) => {
                Fact { mark: Mark::open("page-ending-deleted"), when: at(&deleted.at), what: say(how(&deleted.how)) }
            }
            None if self.share.overdue => {
                Fact { mark: Mark::no("page-ending-overdue"), when: until, what: say("page-ending-overdue-means") }
            }
            None => {
                let args = [("name", (&self.name).into()), ("until", (&until).into())];
                let what = words.with("page-ending-awaited-means", &args);
                Fact { mark: Mark::none("page-ending-awaited"), when: String::new(), what }
            }
        };
        Some([stopped, told, deleted])
    }

    fn request(&self) -> String {
        request_address(&self.share.id)
    }
}

/// The key of how something was deleted.
fn how(how: &str) -> &'static str {
    if how == "erased" { "page-ending-deleted-erased" } else { "page-ending-deleted-dropped" }
}

/// What happened, in order; what was withdrawn stands apart.
fn life(words: &Words, name: &str, share: &Share) -> Vec<Fact> {
    let mut life = Vec::new();
    let mut add = |mark: Mark, moment: &str, key: &str| {
        let what = words.with(key, &[("name", name.into())]);
        life.push(Fact { mark, when: label::when(words, moment), what });
    };
    add(Mark::sure("page-life-offered"), &share.offered, "page-life-offered-means");
    if let Some(shown) = &share.shown {
        add(Mark::sure("page-life-shown"), shown, "page-life-shown-means");
    }
    if let Some(received) = &share.received {
        add(Mark::sure("page-life-received"), received, "page-life-received-means");
    }
    // A word of deletion without a withdrawal: its time was over.
    if let Some(deleted) = share.deleted.as_ref().filter(|_| share.withdrawn.is_none()) {
        add(Mark::open("page-ending-deleted"), &deleted.at, how(&deleted.how));
    } else if share.shown.is_some() && share.withdrawn.is_none() {
        add(Mark::none("page-life-due"), &share.due, "page-life-due-means");
    }
    life
}

/// A receipt as a person reads it: what the file says, and whether its signatures hold.
pub(super) fn paper(words: &Words, text: &str) -> Paper {
    match receipt::Receipt::read_alone(text) {
        Ok(receipt) => Paper { rows: rows(words, receipt.record()), is_signed: true },
        Err(_) => Paper { rows: Vec::new(), is_signed: false },
    }
}

fn rows(words: &Words, record: &Record) -> Vec<(&'static str, String)> {
    let processing = &record.pii_processing;
    let fields: Vec<String> = processing.pii_information.iter().map(|one| one.pii_type.clone()).collect();
    let days = processing.retention_period.trim_start_matches('P').trim_end_matches('D');
    let days =
        days.parse::<u64>().map_or_else(|_| days.to_owned(), |days| words.with("page-days", &[("count", days.into())]));
    let terms = processing.privacy_notice.rsplit('#').next().unwrap_or_default();
    let mut rows = vec![("page-receipt-when", label::when(words, &record.event.event_time))];
    for party in record.party_identification.iter().filter(|party| party.party_type == "organisation") {
        rows.push(("page-receipt-who", party.party_name.clone()));
        rows.push(("page-receipt-where", party.party_address.clone()));
        rows.push(("page-receipt-contact", party.party_contact.clone()));
    }
    rows.push(("page-receipt-what", label::fields(words, &fields)));
    rows.push(("page-receipt-why", label::purpose(words, &processing.purpose)));
    rows.push(("page-receipt-terms", label::terms(words, terms)));
    rows.push(("page-receipt-days", days));
    rows.push(("page-receipt-kept", processing.storage_locations.join(", ")));
    rows.push(("page-receipt-law", processing.jurisdiction.clone()));
    rows.push(("page-receipt-id", record.record_id.clone()));
    rows
}
