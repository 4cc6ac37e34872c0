//! The ledger's vocabulary: what an entry is, how it is bound into a leaf, and how old kinds are read.
//!
//! An entry records a *decision*; whoever folds it applies it and never decides again. Here is no storage and
//! no clock: times and salts are arguments.

mod about;
pub mod entry;
pub mod indicator;
mod kinds;
pub mod ladder;
pub mod leaf;
pub mod paper;
pub mod season;
pub mod tree;
pub mod works;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use entry::Entry;
pub use kinds::kinds;

/// An entry with its place in a contest's ledger. Sequence numbers start at 1 and have no gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub seq: u64,
    pub epoch: u32,
    pub at: Instant,
    pub entry: Entry,
}

/// Milliseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

/// What a view was computed from: grows with every entry and with every deadline that passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    pub epoch: u32,
    pub seq: u64,
    pub deadline: Instant,
}
