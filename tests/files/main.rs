//! Files, written and read back by other programs.

#![allow(unreachable_pub, clippy::unwrap_used, reason = "a test crate has no outside, and fails by panicking")]

mod documents;
mod lists;
mod paper;
mod printed;
mod tables;
