//! Handing in a file: look at it first (a dry run), then keep it or not. Between the two the file is in the memory of
//! the session and nowhere else.

use std::time::Instant;

use askama::Template;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sesame_api::data::{Import, ImportAsk};
use sesame_api::safe::Safe;
use sesame_api::{Code, Problem};
use zeroize::Zeroizing;

use super::facts::Typed;
use super::form::PostedOpen;
use super::frame::{Frame, Room, Trouble, page, status_of};
use super::visit::{Open, Turned, Visit};
use super::{data, setup};
use crate::app::App;
use crate::capability;
use crate::http::{DRAFT_BYTES_MAX, Draft};

/// Characters of a file name that are kept.
const NAME_CHARS_MAX: usize = 120;

/// A file that was handed in.
struct Handed {
    name: String,
    bytes: Zeroizing<Vec<u8>>,
}

/// `POST /data/look`: reads a file without keeping it. The form token comes before the file, so that a foreign form is
/// refused before its file is read.
pub(super) async fn look(State(app): State<App>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Open(visit) = match Open::from_request_parts(&mut parts, &app).await {
        Ok(open) => open,
        Err(turned) => return turned.into_response(),
    };
    let Ok(mut form) = Multipart::from_request(Request::from_parts(parts, body), &app).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if !has_token(&visit, &mut form).await {
        return Turned::Stale(visit.words).into_response();
    }
    match examine(&visit, &mut form).await {
        Ok(draft) => {
            visit.app.sessions().recall(&visit.session, |memory| memory.draft = Some(draft));
            Visit::lead("/data/look")
        }
        Err(problem) => {
            let trouble = Some(Trouble::of(visit.words, &problem, Some("file")));
            let shown = if setup::is_under_way(&visit) {
                setup::import_view(&visit, trouble)
            } else {
                visit.answer(data::view(&visit, trouble, Typed::default()).await)
            };
            (status_of(&problem), shown).into_response()
        }
    }
}

async fn has_token(visit: &Visit, form: &mut Multipart) -> bool {
    let Ok(Some(mut field)) = form.next_field().await else { return false };
    if field.name() != Some("token") {
        return false;
    }
    let mut token = Vec::new();
    while let Ok(Some(chunk)) = field.chunk().await {
        token.extend_from_slice(&chunk);
        if token.len() > 128 {
            return false;
        }
    }
    std::str::from_utf8(&token).is_ok_and(|token| visit.session.is_token(token))
}

async fn examine(visit: &Visit, form: &mut Multipart) -> Result<Draft, Problem> {
    let handed = loop {
        match form.next_field().await {
            Ok(Some(field)) if field.name() == Some("file") => break read(field).await?,
            Ok(Some(_)) => {}
            Ok(None) => return Err(Problem::new(Code::BadValue).with("field", "file")),
            Err(error) => return Err(torn(&error)),
        }
    };
    if handed.bytes.is_empty() {
        return Err(Problem::new(Code::BadFile).with("file", &handed.name));
    }
    let ask = ImportAsk { name: handed.name, format: None, dry_run: true };
    let found = capability::data::import(&visit.app, ask, handed.bytes.to_vec()).await?;
    Ok(Draft { bytes: handed.bytes, found, since: Instant::now() })
}

async fn read(mut field: Field<'_>) -> Result<Handed, Problem> {
    let name = plain_name(field.file_name().unwrap_or_default());
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(|error| torn(&error))? {
        if bytes.len() + chunk.len() > DRAFT_BYTES_MAX {
            return Err(too_large().with("file", &name));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Handed { name, bytes })
}

/// The name of a file without folders, and without what could turn a line round or hide in it.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    Safe(last).to_string().chars().take(NAME_CHARS_MAX).collect()
}

fn torn(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { Problem::new(Code::BadFile) }
}

fn too_large() -> Problem {
    Problem::new(Code::TooLarge).with("limit_bytes", DRAFT_BYTES_MAX)
}

#[derive(Template)]
#[template(path = "look.html")]
pub(super) struct Look {
    pub(super) frame: Frame,
    pub(super) found: Import,
}

/// `GET /data/look`: what is in the file, before it is kept.
pub(super) async fn preview(Open(visit): Open) -> Response {
    let found = visit
        .app
        .sessions()
        .recall(&visit.session, |memory| memory.draft.as_ref().map(|draft| draft.found.clone()))
        .flatten();
    let Some(found) = found else { return Visit::lead(way_back(&visit)) };
    let made = async {
        let mut frame = visit.room(Room::Data, "page-look-title").await?;
        "/data/look".clone_into(&mut frame.path);
        if setup::is_under_way(&visit) {
            frame.room = Room::Setup;
        }
        Ok(page(&Look { frame, found }))
    };
    visit.answer(made.await)
}

/// `POST /data/keep`: keeps what was looked at.
pub(super) async fn keep(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    let draft = visit.app.sessions().recall(&visit.session, |memory| memory.draft.take()).flatten();
    let Some(draft) = draft else { return Visit::lead(way_back(visit)) };
    let ask = ImportAsk { name: draft.found.name.clone(), format: Some(draft.found.format.clone()), dry_run: false };
    match capability::data::import(&visit.app, ask, draft.bytes.to_vec()).await {
        Ok(import) => {
            visit
                .say(visit.words.with("page-kept", &[("count", import.added.into()), ("file", (&import.name).into())]));
            Visit::lead(if setup::is_under_way(visit) { "/setup/finding" } else { "/" })
        }
        Err(problem) => {
            let trouble = Some(Trouble::of(visit.words, &problem, Some("file")));
            let view = data::view(visit, trouble, Typed::default()).await;
            (status_of(&problem), visit.answer(view)).into_response()
        }
    }
}

/// `POST /data/drop`: forgets the file.
pub(super) async fn drop(PostedOpen(posted): PostedOpen) -> Response {
    let visit = &posted.visit;
    visit.app.sessions().recall(&visit.session, |memory| memory.draft = None);
    visit.say(visit.words.text("page-dropped"));
    Visit::lead(way_back(visit))
}

fn way_back(visit: &Visit) -> &'static str {
    if setup::is_under_way(visit) { "/setup/import" } else { "/data" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_its_last_part_and_nothing_hidden() {
        assert_eq!(plain_name("/home/alice/relevés.csv"), "relevés.csv");
        assert_eq!(plain_name("C:\\Users\\a\\x.csv"), "x.csv");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\u{202e}vsc.exe\u{7}\u{200b}"), "avsc.exe");
        assert_eq!(plain_name(&"é".repeat(500)).chars().count(), NAME_CHARS_MAX);
    }
}
