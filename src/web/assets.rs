//! The files of `static/`: in the program itself, at addresses that change with their content.
//!
//! One digest over all of them stands in the address, so that modules import each other by plain relative names
//! and browsers keep everything for ever.

use axum::{
    Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::{Error, Web};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// The address of a file of `static/`.
pub(super) fn url(name: &str) -> String {
    format!("/static/{}/{name}", version())
}

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/static/{version}/{*name}", get(file))
}

/// A file that must stand at the root: a service worker controls only what lies below its own address.
#[expect(dead_code, reason = "the judge's service worker will be the first")]
pub(super) fn at_root(name: &str) -> Response {
    answer(name, "no-cache")
}

async fn file(Path((asked, name)): Path<(String, String)>) -> Response {
    // An old page may still ask by the old address: it gets today's file, and does not keep it.
    answer(&name, if asked == version() { "public, max-age=31536000, immutable" } else { "no-cache" })
}

fn answer(name: &str, keep: &'static str) -> Response {
    let Some(file) = Files::get(name) else { return Error::NotFound.into_response() };
    let kind = file.metadata.mimetype().to_owned();
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep.to_owned())], file.data).into_response()
}

/// Twelve hex digits over names and contents.
fn version() -> String {
    #[cfg(not(debug_assertions))]
    {
        static VERSION: std::sync::LazyLock<String> = std::sync::LazyLock::new(digest);
        VERSION.clone()
    }
    // While developing, files are read from the folder and may change under a running program.
    #[cfg(debug_assertions)]
    digest()
}

fn digest() -> String {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut all = Sha256::new();
    for name in names {
        all.update(name.as_bytes());
        all.update(Files::get(&name).map(|file| file.metadata.sha256_hash()).unwrap_or_default());
    }
    data_encoding::HEXLOWER.encode(&all.finalize()[..6])
}
