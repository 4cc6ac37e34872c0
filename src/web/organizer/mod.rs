//! The organizer at a desk: contests made from definitions, units, entrants, lots, and what is next.
//!
//! Every page of a contest begins with a [`Desk`], which lets organizers of this contest and administrators in and
//! nobody else. What an action said stands in the address it leads to as a key, never as text.

mod bank;
mod cards;
mod cast;
mod checklist;
pub(in crate::web) mod collections;
mod create;
mod definition;
mod desk;
mod effect;
mod entrant;
mod entrants;
mod heads;
mod import;
mod labor;
mod ladders;
mod list;
mod lots;
mod moments;
mod papers;
mod people;
mod phases;
mod print;
mod reading;
mod roster;
mod season;
mod sheets;
mod stages;
mod trail;
mod units;
pub(in crate::web) mod upload;
mod values;
mod workers;

use axum::Router;

pub(in crate::web) use desk::{Desk, Place};
pub(in crate::web) use entrants::{CSV, XLSX, attachment};
pub(in crate::web) use moments::{Zone, read_day};
pub(in crate::web) use upload::{LIST_BYTES_MAX, Upload, limit as upload_limit};

use super::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .merge(list::routes())
        .merge(create::routes())
        .merge(checklist::routes())
        .merge(definition::routes())
        .merge(units::routes())
        .merge(heads::routes())
        .merge(entrants::routes())
        .merge(entrant::routes())
        .merge(import::routes())
        .merge(labor::routes())
        .merge(ladders::routes())
        .merge(lots::routes())
        .merge(people::routes())
        .merge(roster::routes())
        .merge(cards::routes())
        .merge(collections::routes())
        .merge(season::routes())
        .merge(stages::routes())
        .merge(phases::routes())
        .merge(values::routes())
        .merge(workers::routes())
        .merge(bank::routes())
        .merge(papers::routes())
        .merge(print::routes())
        .merge(trail::routes())
}
