//! The style sheet, the script and the icon, inside the program. Their names carry a hash of their content, so that a
//! browser may keep them for ever and never shows an old one.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

struct Asset {
    name: &'static str,
    kind: &'static str,
    content: &'static str,
    hash: String,
}

/// Hexadecimal digits of the hash in a name: enough to tell two versions apart.
const HASH_DIGITS: usize = 12;

static ASSETS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    [
        ("sesame.css", "text/css; charset=utf-8", include_str!("../../assets/sesame.css")),
        ("sesame.js", "text/javascript; charset=utf-8", include_str!("../../assets/sesame.js")),
        ("icon.svg", "image/svg+xml", include_str!("../../assets/icon.svg")),
    ]
    .map(|(name, kind, content)| {
        let hash = blake3::hash(content.as_bytes()).to_hex()[..HASH_DIGITS].to_owned();
        Asset { name, kind, content, hash }
    })
});

/// Where an asset is: `/assets/sesame.0123456789ab.css`.
pub(super) fn address(name: &str) -> String {
    let asset = ASSETS.iter().find(|asset| asset.name == name).expect("templates name only assets that exist");
    format!("/assets/{}", asset.file())
}

/// `GET /assets/{name}`. Needs no session: it is the same for everybody, and the door needs the style sheet.
pub(super) async fn serve(headers: HeaderMap, Path(name): Path<String>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.file() == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", asset.hash);
    let fixed = [(CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()), (ETAG, tag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, fixed).into_response();
    }
    (fixed, [(CONTENT_TYPE, asset.kind)], asset.content).into_response()
}

impl Asset {
    fn file(&self) -> String {
        let (stem, ending) = self.name.split_once('.').expect("an asset has an ending");
        format!("{stem}.{}.{ending}", self.hash)
    }
}
