//! *My data*: hand in a file, see what came in, and where it is; and what I said of myself, which is in [`facts`].

use askama::Template;
use axum::response::Response;
use sesame_api::Problem;
use sesame_api::data::{Import, Series};

use super::facts::{self, Typed};
use super::frame::{Frame, Room, Trouble, page};
use super::visit::{Open, Visit};
use crate::capability;

#[derive(Template)]
#[template(path = "data.html")]
pub(super) struct Data {
    pub(super) frame: Frame,
    pub(super) series: Vec<Series>,
    pub(super) imports: Vec<Import>,
    pub(super) facts: Vec<facts::Line>,
    pub(super) form: facts::Form,
}

/// `GET /data`.
pub(super) async fn show(Open(visit): Open) -> Response {
    visit.answer(view(&visit, None, Typed::default()).await)
}

/// The room, with what went wrong with the last file, or with a fact and what was typed then.
pub(super) async fn view(visit: &Visit, trouble: Option<Trouble>, typed: Typed<'_>) -> Result<Response, Problem> {
    let mut frame = visit.room(Room::Data, "page-room-data").await?;
    frame.trouble = trouble;
    let series = capability::data::series(&visit.app).await?.series;
    let imports = capability::data::imports(&visit.app).await?.imports;
    let (facts, form) = facts::section(visit, typed).await?;
    Ok(page(&Data { frame, series, imports, facts, form }))
}

/// What is measured, in the words of the person.
pub(super) fn quantity(frame: &Frame, quantity: &str) -> String {
    match quantity {
        "electricity" => frame.text("page-quantity-electricity"),
        "gas" => frame.text("page-quantity-gas"),
        other => other.to_owned(),
    }
}

/// Where a file came from, in the words of the person.
pub(super) fn format(frame: &Frame, format: &str) -> String {
    match format {
        "edf-30min" => frame.text("page-format-edf-30min"),
        "enedis-load-curve" => frame.text("page-format-enedis-load-curve"),
        other => other.to_owned(),
    }
}
