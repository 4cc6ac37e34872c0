//! The rules from outside: definitions as files, and what comes of them.

#![expect(clippy::unwrap_used, reason = "a test that stops has failed")]

mod definitions;
mod edges;
mod explain;
mod labor;
mod properties;
mod ranking;
mod real;
mod reference;
mod samples;
mod scoring;
mod season;
mod support;
mod tally_files;
