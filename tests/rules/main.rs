//! The rules from outside: definitions as files, and what comes of them.

#![expect(clippy::unwrap_used, reason = "a test that stops has failed")]

mod definitions;
mod real;
mod samples;
mod tally_files;
