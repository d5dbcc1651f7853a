//! Changes, told as they happen (server-sent events), so that the script can offer *Refresh*. It never carries data:
//! only which room changed.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{Stream, unfold};
use sesame_api::node::Notice;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::visit::Visit;

/// How often a quiet stream looks whether its session still lives.
const LOOK: Duration = Duration::from_secs(20);

struct Follower {
    visit: Visit,
    notices: Receiver<Notice>,
    _place: OwnedSemaphorePermit,
}

/// `GET /events`. Ends when the session ends; listening does not keep a session alive.
pub(super) async fn follow(visit: Visit) -> Response {
    let Some(place) = visit.app.sessions().listen() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let notices = visit.app.notices();
    let stream = events(Follower { visit, notices, _place: place });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(LOOK)).into_response()
}

fn events(follower: Follower) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(follower, |mut follower| async {
        loop {
            if !follower.visit.app.sessions().is_live(&follower.visit.session) {
                return None;
            }
            let event = match tokio::time::timeout(LOOK, follower.notices.recv()).await {
                Err(_) => continue,
                Ok(Err(RecvError::Closed)) => return None,
                // Some were missed: whatever they were, the page may be old.
                Ok(Err(RecvError::Lagged(_))) => Event::default().event("changed").data("all"),
                Ok(Ok(Notice::State { .. })) => Event::default().event("state").data("state"),
                Ok(Ok(Notice::Changed { room })) => Event::default().event("changed").data(one_line(&room)),
                Ok(Ok(Notice::Progress { job, done, total })) => {
                    Event::default().event("progress").data(format!("{} {done} {total}", one_line(&job)))
                }
            };
            return Some((Ok(event), follower));
        }
    })
}

/// A name without what would break the framing of an event.
fn one_line(name: &str) -> String {
    name.chars().filter(|sign| !sign.is_control()).take(32).collect()
}
