//! Every rule with its refusal. One `check` per table: somebody asks, and is told why not.

mod day;
mod refusals;
