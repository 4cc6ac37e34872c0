//! `/organizer/{contest}/ladders`: ladders at a desk: who is on them, leave, moves of people, the queue of a challenge
//! day, results that did not come from a paper, the end of a season.

mod acts;
mod page;

use axum::Router;

use crate::web::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(page::routes()).merge(acts::routes())
}
