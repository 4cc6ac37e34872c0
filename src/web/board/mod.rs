//! Boards as pages: `/contests/{id}` for phones and desks, `/contests/{id}/screen` for halls, `/` with all contests; and
//! beside a board, why somebody stands where they do, and who won prizes that were drawn.
//!
//! Each is whole HTML first; `static/board.js` and `static/screen.js` then move it by the frames of
//! [`super::live`]. The data is [`crate::app::boards::shown`]: what is not in it cannot be shown here.

mod awarded;
mod branch;
mod door;
mod drawn;
mod home;
mod page;
pub(super) mod rows;
mod screen;
mod why;

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use maud::{Markup, html};
use serde::Deserialize;

pub(super) use rows::status_key;

use super::{Page, Result, Web, labor, organizer::Zone};
use crate::rules::{
    names::{ContestId, Id},
    view::{self, Audience},
};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/", get(home::home))
        .route("/contests/{id}", get(board))
        .route("/contests/{id}/screen", get(hall))
        .merge(drawn::routes())
        .merge(branch::routes())
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
    /// A ladder, or nothing for the standings where there are ladders: on the hall's screen.
    ladder: Option<String>,
}

async fn board(
    page: Page,
    State(web): State<Web>,
    Path(contest): Path<ContestId>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let newest = web.hub.newest(&web.app, &contest).await?;
    let season = super::season::below_board(&page, &web.app, &contest).await?;
    let beside = page::Beside {
        door: door::way(&web.app, &page, &contest).await?,
        awards: awarded::list(&web.app, page.lang, &contest).await?,
        below: season,
    };
    let body = html! {
        (page::board(page.lang, &newest.board, &asked, &beside))
        (drawn::link(&web.app, page.lang, &contest).await?)
        (labor::link(&web.app, page.lang, &contest).await?)
    };
    Ok(page.wide().script("board.js").show(&newest.board.title, &body))
}

/// With ladders it shows a ladder; `?ladder=` without a name shows the standings.
async fn hall(
    page: Page,
    State(web): State<Web>,
    Path(contest): Path<ContestId>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let newest = web.hub.newest(&web.app, &contest).await?;
    let board = &newest.board;
    let wanted = asked.ladder.as_deref();
    let ladder = board.ladders.iter().find(|one| wanted == Some(one.key.as_str()));
    let ladder = ladder.or(board.ladders.first().filter(|_| wanted != Some("")));
    let Some(ladder) = ladder else {
        let body = screen::screen(page.lang, board);
        return Ok(page.theme("hall").script("screen.js").show(&board.title, &body));
    };
    let heading = web.app.read(&contest, view::heading).await?;
    let seen = web.app.ladder(&contest, &Id::new(&ladder.key), &Audience::Public).await?;
    let body = super::ladder::hall(page.lang, board, &seen, &Zone::of(&heading));
    Ok(page.theme("hall").style("star.css").script("hall.js").show(&board.title, &body))
}

#[cfg(test)]
mod tests;
