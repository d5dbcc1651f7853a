//! *Organisations*: those that the node has met, in a file, in a rating of mine or in the advice of my circle.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use sesame_api::circle::Confidence;
use sesame_api::safe::Safe;

use super::choose::address;
use super::frame::{Frame, Room, page};
use super::visit::Open;
use crate::capability;

#[derive(Template)]
#[template(path = "organisations.html")]
pub(super) struct Organisations {
    pub(super) frame: Frame,
    pub(super) all: Vec<Organisation>,
}

/// What is known of one organisation.
#[derive(Default)]
pub(super) struct Organisation {
    pub(super) name: String,
    pub(super) readings: u64,
    pub(super) mine: Option<u8>,
    pub(super) circle: Option<u8>,
    /// Where it is shown, and where it can be rated.
    pub(super) address: String,
    pub(super) data: String,
}

/// `GET /organisations`.
pub(super) async fn show(Open(visit): Open) -> Response {
    let made = async {
        let frame = visit.room(Room::Organisations, "page-room-organisations").await?;
        // Met under one name: told apart only by it until registers are there to say more.
        let mut all: BTreeMap<String, Organisation> = BTreeMap::new();
        let met = |name: &str, subject: &str| -> Organisation {
            let clean = Safe(name).to_string();
            let address = address(if subject.is_empty() { &clean } else { subject });
            Organisation { name: clean, address, ..Organisation::default() }
        };
        for series in capability::data::series(&visit.app).await?.series {
            let new = met(&series.vendor, "");
            let known = all.entry(new.name.to_lowercase()).or_insert(new);
            known.readings += series.readings;
            if known.data.is_empty() {
                known.data = format!("/data/series/{}", series.id);
            }
        }
        for rating in capability::circle::ratings(&visit.app).await?.ratings {
            let new = met(&rating.label, &rating.subject);
            let address = new.address.clone();
            let known = all.entry(new.name.to_lowercase()).or_insert(new);
            known.address = address;
            known.mine = rating.marks.overall.filter(|_| !rating.retracted);
        }
        for advice in capability::circle::all_advice(&visit.app).await?.subjects {
            let new = met(&advice.label, &advice.subject);
            let address = new.address.clone();
            let known = all.entry(new.name.to_lowercase()).or_insert(new);
            known.address = address;
            known.circle = advice.score.filter(|_| advice.confidence != Confidence::None);
        }
        Ok(page(&Organisations { frame, all: all.into_values().collect() }))
    };
    visit.answer(made.await)
}
