//! Every function of the store on both databases, and the rooms on top of it: nothing lost, nothing doubled,
//! nothing changed afterwards.

#![allow(unreachable_pub, dead_code, reason = "a test crate has no outside; its verbs are a vocabulary")]
#![allow(clippy::unwrap_used, reason = "a test that stops has failed")]

#[path = "../support/mod.rs"]
mod support;

mod banks;
mod hall;
mod ladder;
mod ledger;
mod logins;
mod lots;
mod papers;
mod people;
mod room;
mod rows;
mod schema;
mod season;
mod workers;
