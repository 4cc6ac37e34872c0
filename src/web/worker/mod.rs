//! The worker (职工) on a phone: the door of a contest, and the page of one's own.
//!
//! Everything is plain forms: it works in the browsers inside messengers, old engines included, and without script. A
//! session of one contest opens no other.

mod door;
mod me;
mod papers;
mod pin;

use axum::Router;

use super::{Error, Page, Result, Web};
use crate::rules::names::{ContestId, EntrantId};

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(door::routes()).merge(me::routes()).merge(pin::routes())
}

/// Whose page this is; `None` for somebody who has to come in first.
///
/// # Errors
/// [`Error::Forbidden`] for a worker of another contest.
fn own(page: &Page, contest: &ContestId) -> Result<Option<EntrantId>> {
    let Some(visitor) = &page.visitor else { return Ok(None) };
    match (&visitor.contest, &visitor.entrant) {
        (Some(other), Some(_)) if other != contest => Err(Error::Forbidden),
        (Some(_), Some(entrant)) => Ok(Some(entrant.clone())),
        _ => Ok(None),
    }
}

/// The door of a contest.
fn door_of(contest: &ContestId) -> String {
    format!("/contests/{contest}/log-in")
}

/// A worker's own page.
fn page_of(contest: &ContestId) -> String {
    format!("/contests/{contest}/me")
}
