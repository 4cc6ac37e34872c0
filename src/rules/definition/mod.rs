//! Contest definitions: the text, its checks, and the model that the other rules work with.
//!
//! `vocabulary` is what a file may say (and the JSON Schema comes from it), [`model`] what is left after all
//! checks. On the way: `structure` holds a document against the schema, `lower` fills in the defaults, `check` asks
//! whether it makes sense. Reading is strict and reports every problem of a file at once, each with its place. Says
//! nothing in sentences: `words` does.

pub mod model;
pub mod names;
pub mod problem;

mod check;
mod lower;
mod place;
mod read;
mod structure;
mod ties;
mod vocabulary;

pub use model::Definition;
pub use problem::{Fact, Problem, Severity};
pub use read::{BYTES_MAX, Read, digest, read, schema};
