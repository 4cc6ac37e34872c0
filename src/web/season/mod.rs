//! Seasons (积分榜) beside their boards: where each point comes from, the sources, and the stars of teams.
//!
//! Organizers' pages of sources are in `web::organizer`.

mod points;
mod screen;
mod stars;

use axum::Router;

pub(super) use points::{below_board, points, rule};
pub(super) use stars::star_marks;

use super::Web;

pub(super) fn routes() -> Router<Web> {
    stars::routes().merge(screen::routes())
}
