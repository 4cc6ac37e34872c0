//! Answering papers (答题): the JSON that phones speak, the page of an open paper, and its result.
//!
//! Before a paper is closed everything here is made of [`Face`](crate::rules::items::Face)s.

mod api;
mod form;
mod page;
mod result;

use axum::Router;

pub(super) use page::asked;

use super::{Error, Result, Web, Who};
use crate::rules::names::{ContestId, EntrantId, PaperId};

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(api::routes()).merge(page::routes())
}

/// The worker who asks, in their own contest.
fn worker(who: &Who, contest: &ContestId) -> Result<EntrantId> {
    who.actor(contest)?.entrant.ok_or(Error::Forbidden)
}

fn address(contest: &ContestId, paper: &PaperId) -> String {
    format!("/contests/{contest}/papers/{paper}")
}
