//! *Who knows what*: who holds something about the person, as far as this node can know it. Today that is what
//! organisations handed out, and what the node itself sends to contacts; the rest is said to be missing.

use askama::Template;
use axum::response::Response;
use sesame_api::circle::{Audience, Standing};
use sesame_api::data::Series;

use super::frame::{Frame, Room, page};
use super::visit::Open;
use crate::capability;

#[derive(Template)]
#[template(path = "knows.html")]
pub(super) struct Knows {
    pub(super) frame: Frame,
    pub(super) series: Vec<Series>,
    pub(super) people: Vec<String>,
    pub(super) card: String,
    pub(super) shared: u64,
}

/// `GET /who-knows`.
pub(super) async fn show(Open(visit): Open) -> Response {
    let made = async {
        let frame = visit.room(Room::Knows, "page-room-knows").await?;
        let series = capability::data::series(&visit.app).await?.series;
        let contacts = capability::circle::circle(&visit.app).await?.contacts;
        let people = contacts
            .into_iter()
            .filter(|contact| contact.standing != Standing::Asking)
            .map(|contact| contact.name)
            .collect();
        let ratings = capability::circle::ratings(&visit.app).await?.ratings;
        let shared = ratings.iter().filter(|rating| rating.audience == Audience::Contacts && !rating.retracted).count();
        let card = visit.status.vault.as_ref().map(|vault| vault.name.clone()).unwrap_or_default();
        Ok(page(&Knows { frame, series, people, card, shared: u64::try_from(shared).unwrap_or(u64::MAX) }))
    };
    visit.answer(made.await)
}
