//! Ladders (擂台): the star board and what a worker does there, as pages and as JSON; the part of the hall's screen.
//!
//! Whatever is not allowed is told beside each name by the same function that refuses it. Organizers' pages of ladders
//! are in `web::organizer`.

mod acts;
mod api;
mod bouts;
mod lines;
mod page;
mod screen;
mod seen;

use axum::Router;

pub(super) use bouts::{came_of, mine, todo};
pub(super) use screen::hall;

use super::{Error, Page, Web};
use crate::{
    app::{self, called::Called},
    rules::{
        command::Refusal,
        ladder::LadderRefusal,
        names::{ContestId, EntrantId, Id},
        view::Audience,
    },
    words::Language,
};

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(api::routes()).merge(page::routes()).merge(acts::routes())
}

/// The star board of a ladder.
pub(super) fn address(contest: &ContestId, ladder: &Id) -> String {
    format!("/contests/{contest}/ladders/{ladder}")
}

/// Workers see what they may do; everybody else sees what the public sees, whoever they are.
fn audience(page: &Page, contest: &ContestId) -> Audience {
    match &page.visitor {
        Some(visitor) if visitor.contest.as_ref() == Some(contest) => {
            visitor.entrant.clone().map_or(Audience::Public, Audience::Entrant)
        }
        _ => Audience::Public,
    }
}

/// A name, a draw number, or nobody's.
fn name(lang: Language, called: &Called, entrant: &EntrantId) -> String {
    super::board::rows::label(lang, &called.who(entrant))
}

/// A ladder that the definition does not have is no page.
fn no_such_page(error: app::Error) -> Error {
    match error {
        app::Error::Refused(Refusal::Ladder(LadderRefusal::UnknownLadder(_))) => Error::NotFound,
        error => Error::App(error),
    }
}
