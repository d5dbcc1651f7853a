//! *Who knows what*: what each organisation was shown of the person, since when, until when, on which terms and for what;
//! what contacts were sent; and who handed data out. It is what this node can know: what organisations learned elsewhere
//! is not in it, and the page says so.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use sesame_api::circle::{Audience, Standing};
use sesame_api::data::Series;
use sesame_api::vendor::Knows as Known;
use sesame_api::words::Words;

use super::frame::{Frame, Room, page};
use super::label::{self, Mark};
use super::organisations::shown_name;
use super::visit::Open;
use crate::capability;

#[derive(Template)]
#[template(path = "knows.html")]
pub(super) struct Knows {
    pub(super) frame: Frame,
    pub(super) holders: Vec<Holder>,
    /// A row a field: how it stands with each holder, in their order.
    pub(super) things: Vec<Thing>,
    pub(super) series: Vec<Series>,
    pub(super) people: Vec<String>,
    pub(super) card: String,
    pub(super) shared: u64,
}

/// An organisation, and what it was shown.
pub(super) struct Holder {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) rows: Vec<Known>,
}

/// A field, and how it stands with each organisation: a mark and the share, or nothing.
pub(super) struct Thing {
    pub(super) label: String,
    pub(super) cells: Vec<Option<(Mark, String)>>,
}

/// `GET /who-knows`.
pub(super) async fn show(Open(visit): Open) -> Response {
    let made = async {
        let frame = visit.room(Room::Knows, "page-room-knows").await?;
        let holders = holders(visit.words, capability::share::who_knows(&visit.app).await?.rows);
        let things = things(visit.words, &holders);
        let series = capability::data::series(&visit.app).await?.series;
        let contacts = capability::circle::circle(&visit.app).await?.contacts;
        let people = contacts
            .into_iter()
            .filter(|contact| contact.standing != Standing::Asking)
            .map(|contact| contact.name)
            .collect();
        let ratings = capability::circle::ratings(&visit.app).await?.ratings;
        let shared = ratings.iter().filter(|rating| rating.audience == Audience::Contacts && !rating.retracted).count();
        let shared = u64::try_from(shared).unwrap_or(u64::MAX);
        let card = visit.status.vault.as_ref().map(|vault| vault.name.clone()).unwrap_or_default();
        Ok(page(&Knows { frame, holders, things, series, people, card, shared }))
    };
    visit.answer(made.await)
}

/// The rows by organisation, in their order.
pub(super) fn holders(words: &Words, rows: Vec<Known>) -> Vec<Holder> {
    let mut holders: Vec<Holder> = Vec::new();
    for row in rows {
        if let Some(holder) = holders.last_mut().filter(|holder| holder.id == row.vendor) {
            holder.rows.push(row);
        } else {
            let name = shown_name(words, &row.vendor_name);
            holders.push(Holder { id: row.vendor.clone(), name, rows: vec![row] });
        }
    }
    holders
}

/// The same by field. Of several shares of one field with one organisation the first counts that it still holds.
pub(super) fn things(words: &Words, holders: &[Holder]) -> Vec<Thing> {
    let mut things: BTreeMap<&str, Thing> = BTreeMap::new();
    for (place, holder) in holders.iter().enumerate() {
        for row in &holder.rows {
            let new = || Thing { label: label::field(words, &row.field), cells: vec![None; holders.len()] };
            let thing = things.entry(&row.field).or_insert_with(new);
            let Some(cell) = thing.cells.get_mut(place) else { continue };
            let mark = label::knows(row.state);
            let is_over = |mark: &Mark| *mark == label::knows(sesame_api::vendor::KnowsState::Deleted);
            if cell.as_ref().is_none_or(|(known, _)| is_over(known) && !is_over(&mark)) {
                *cell = Some((mark, share_address(&row.share)));
            }
        }
    }
    let mut things: Vec<Thing> = things.into_values().collect();
    things.sort_by_key(|thing| thing.label.to_lowercase());
    things
}

/// Where a share is shown.
pub(super) fn share_address(id: &str) -> String {
    format!("/who-knows/share/{id}")
}

impl Knows {
    /// One line about something that was shown.
    fn line(&self, row: &Known) -> String {
        let words = self.frame.words;
        let (since, until) = (words.day_of(&row.since), words.day_of(&row.until));
        let (purpose, terms) = (label::purpose(words, &row.purpose), label::terms(words, &row.terms));
        let args = [
            ("since", (&since).into()),
            ("until", (&until).into()),
            ("purpose", (&purpose).into()),
            ("terms", (&terms).into()),
        ];
        words.with("page-knows-line", &args)
    }
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;
    use sesame_api::vendor::KnowsState;

    use super::*;

    fn known(vendor: &str, field: &str, share: &str, state: KnowsState) -> Known {
        let text = str::to_owned;
        Known {
            vendor: text(vendor),
            vendor_name: text(vendor),
            field: text(field),
            value: text("412"),
            since: text("2026-03-12T00:00:00Z"),
            until: text("2026-04-11T00:00:00Z"),
            terms: text("SD-BASE"),
            purpose: text("quote"),
            share: text(share),
            state,
        }
    }

    #[test]
    fn what_is_still_held_stands_before_what_was_deleted() {
        let rows = vec![
            known("a", "iban", "1", KnowsState::Deleted),
            known("a", "iban", "2", KnowsState::Told),
            known("a", "iban", "3", KnowsState::Deleted),
            known("b", "email", "4", KnowsState::Allowed),
        ];
        let words = Words::of(Language::En);
        let holders = holders(words, rows);
        assert_eq!(holders.iter().map(|holder| holder.rows.len()).collect::<Vec<_>>(), [3, 1]);
        let things = things(words, &holders);
        let iban = things.iter().find(|thing| thing.label.contains("IBAN")).expect("the field is there");
        assert_eq!(iban.cells[0].as_ref().map(|(_, address)| address.as_str()), Some("/who-knows/share/2"));
        assert_eq!(iban.cells[1], None, "nobody showed it to b");
    }
}
