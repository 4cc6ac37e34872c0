//! `/figures/{contest}`: those who write a labor competition's figures, at a desk or a tablet: owners of indicators
//! (归口部门), liaisons and units for their own, the leading group that signs, the office. Each sees what is theirs.
//!
//! Every page begins with a `Clerk`, which knows whose figures these are. What the public sees of them is not here.

mod clerk;
mod evidence;
mod figure;
mod grid;
mod home;
mod import;
mod line;
mod look;
mod moved;
mod revise;

use axum::Router;

pub(in crate::web) use clerk::{may_read, names_of};
pub(in crate::web) use figure::address;
pub(in crate::web) use home::{due, place, stage_pill, why};
pub(in crate::web) use line::{Line, alone, provisional, standing};
pub(in crate::web) use moved::{fingerprint, moved};

use super::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .merge(home::routes())
        .merge(grid::routes())
        .merge(import::routes())
        .merge(figure::routes())
        .merge(revise::routes())
        .merge(evidence::routes())
}
