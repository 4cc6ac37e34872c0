//! Boards as pages: `/contests/{id}` for phones and desks, `/contests/{id}/screen` for halls, `/` with all contests.
//!
//! Each is whole HTML first; `static/board.js` and `static/screen.js` then move it by the frames of
//! [`super::live`]. The data is [`crate::app::boards::shown`]: what is not in it cannot be shown here.

mod home;
mod page;
mod rows;
mod screen;
mod why;

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use maud::Markup;
use serde::Deserialize;

pub(super) use rows::status_key;

use super::{Page, Result, Web};
use crate::rules::names::ContestId;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(home::home))
        .route("/contests/{id}", get(board))
        .route("/contests/{id}/screen", get(hall))
        .merge(why::routes())
}

/// What an address says about the view of a board.
#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    /// A table's key.
    table: Option<String>,
    /// The number or name that somebody seeks.
    #[serde(default)]
    q: String,
}

async fn board(
    page: Page,
    State(web): State<Web>,
    Path(contest): Path<ContestId>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let newest = web.hub.newest(&web.app, &contest).await?;
    let body = page::board(page.lang, &newest.board, &asked);
    Ok(page.wide().script("board.js").show(&newest.board.title, &body))
}

async fn hall(page: Page, State(web): State<Web>, Path(contest): Path<ContestId>) -> Result<Markup> {
    let newest = web.hub.newest(&web.app, &contest).await?;
    let body = screen::screen(page.lang, &newest.board);
    Ok(page.theme("hall").script("screen.js").show(&newest.board.title, &body))
}

#[cfg(test)]
mod tests;
