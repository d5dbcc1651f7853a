//! The description of the local API for those who write apps: `OpenAPI` 3.1, kept beside the routes as data.

use axum::http::header;
use axum::response::IntoResponse;

/// The description, as it is served at `/v1/openapi.json`.
const DOCUMENT: &str = include_str!("openapi.json");

pub(super) async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT)
}
