//! The judge at a tablet: the day with its numbers, the sheet with its large controls, and the same over the API.
//!
//! A judge sees draw numbers, never names or list ids, and never another judge's marks. Each tap is a mark with an
//! operation id of the device's own; the page works as a plain form before its script does.

mod api;
pub(super) mod control;
mod day;
mod place;
mod sheet;

use axum::Router;

pub(super) use place::mark_value;

use super::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(day::routes()).merge(sheet::routes()).merge(api::routes())
}
