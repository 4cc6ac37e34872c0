//! The way from a board to where workers come in, or to one's own page for those who are in.

use maud::{Markup, html};

use crate::{
    app::{self, App},
    rules::{names::ContestId, view},
    web::{
        Page, Result,
        partials::{self, Look},
    },
};

/// Nothing where workers have nothing to do; nobody else is led there.
pub(super) async fn way(app: &App, page: &Page, contest: &ContestId) -> Result<Markup> {
    let has_door = match app.has_door(contest).await {
        // Whoever shows a board of elsewhere has no workers here.
        Err(app::Error::NotFound) => false,
        has_door => has_door?,
    };
    if !has_door {
        return Ok(html! {});
    }
    let visitor = page.visitor.as_ref();
    let is_in = visitor.is_some_and(|one| one.entrant.is_some() && one.contest.as_ref() == Some(contest));
    let (way, key) = if is_in {
        ("me", "board-door-mine")
    } else if visitor.is_some() {
        // Staff have doors of their own.
        return Ok(html! {});
    } else if app.read(contest, view::has_papers).await? {
        ("log-in", "board-door-papers")
    } else {
        ("log-in", "board-door")
    };
    Ok(html! {
        p.row #door { (partials::link_button(&format!("/contests/{contest}/{way}"), &page.say(key), Look::Primary)) }
    })
}
