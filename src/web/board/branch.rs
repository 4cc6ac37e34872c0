//! `/contests/{id}/branch`: the board of a branch of the units, for its liaison, and for organizers any branch.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use maud::{Markup, html};

use super::{Asked, page as board_page, rows::percent};
use crate::{
    app::App,
    rules::{
        names::{ContestId, UnitPath},
        view,
    },
    web::{Page, Result, Web, Who, partials},
};

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/contests/{id}/branch", get(show))
}

/// `q` names the branch; the own one without it.
async fn show(
    page: Page,
    Who(visitor): Who,
    State(app): State<App>,
    Path(contest): Path<ContestId>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let actor = Who(visitor).actor(&contest)?;
    let unit = Some(asked.q.trim()).filter(|unit| !unit.is_empty()).map(UnitPath::new);
    let found = app.board_of_branch(&contest, &actor, unit.as_ref()).await?;
    let units = app.read(&contest, view::units).await?;
    let (branch, shown) = found.unzip();
    let name = branch.as_ref().map_or_else(|| page.say("board-branch").into_owned(), |unit| unit.leaf().to_owned());
    let below = units.iter().filter(|unit| branch.as_ref().is_none_or(|branch| unit.is_within(branch)));
    let below: Vec<&UnitPath> = below.filter(|unit| Some(*unit) != branch.as_ref()).collect();
    let body = html! {
        p.over { a href={ "/contests/" (contest) } { (page.say("board-to-board")) } }
        h1 { (name) }
        @if let Some(branch) = &branch { p.quiet-text { (branch) } }
        @if let Some(shown) = &shown {
            @if shown.notice.frozen_at_ms.is_some() { p { (page.say("board-why-frozen")) } }
            @if shown.tables.is_empty() { (partials::empty(&page.say("board-branch-none"), &html! {})) }
            @for table in &shown.tables { (board_page::plain(page.lang, shown, table)) }
        }
        @if !below.is_empty() {
            section {
                h2 { (page.say("board-branches")) }
                ul { @for unit in below {
                    li { a href={ "/contests/" (contest) "/branch?q=" (percent(unit.as_str())) } { (unit) } }
                } }
            }
        }
    };
    Ok(page.wide().show(&name, &body))
}
