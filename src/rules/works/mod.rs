//! Works judged at a distance (征集): hazard reports, proposals, essays and photographs, handed in all year.
//!
//! | word | 中文 | what it is |
//! |---|---|---|
//! | collection | 征集 | what is collected, by what rules, from when to when |
//! | work | 作品 | one report, proposal, essay or photograph of one worker |
//! | checker | 核实人 | who says whether it is accepted, said before, or untrue |
//! | outcome | 核实结果 | what a checker said |
//! | deal | 分发 | works go to judges, so many for each, none of the author's unit |
//! | code | 作品编号 | what judges see in place of the author |
//!
//! The way of a work: submitted, perhaps returned and mended, checked, perhaps checked again with a reason; where a
//! collection has judges, dealt to them and marked; and the collection closed. Each event has points, each point is a
//! [`PointLine`] that names its work. Titles, texts, places and pictures are rows beside the ledger, named by salted
//! digests.
//!
//! For others: [`points_now`] gives the points of every entrant at this moment, [`unit_points`] of every unit, and
//! [`points_of`] the lines behind one entrant's. Knows no texts, no files and no clock.

pub mod rules;

mod act;
mod calendar;
mod deal;
mod desk;
mod likeness;
mod points;
mod state;
mod view;

#[cfg(test)]
mod tests;

pub use act::{Act, WorkRefusal};
pub use calendar::{Closedness, day};
pub use deal::{Judge, TooFew, Undealt, deal};
pub use desk::{Dealing, JudgeLoad, Lacking, Waits, dealing, waits};
pub use likeness::{Told, alike};
pub use points::{Event, PointLine, Uncounted};
pub use rules::Rules;
pub use state::{Check, Erasure, Stand, Version, Work};
pub use view::{
    AtJudge, CollectionView, DealtWork, OwnCollection, WorkView, checks, collection, collections, is_checker, judges,
    likely, of_code, own_collections, points_now, points_of, shows_marks, to_judge, unit_points, work, works_of,
};

pub(super) use calendar::openness;
pub(super) use deal::deal_label;
pub(super) use desk::{able, undealt};
pub(super) use state::Works;
