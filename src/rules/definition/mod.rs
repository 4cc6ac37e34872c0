//! Contest definitions: the text, its checks, and the model that the other rules work with.
//!
//! [`vocabulary`] is what a file may say (and the JSON Schema comes from it), [`model`] what is left after all
//! checks. Reading is strict and reports every problem of a file at once, each with its place. Says nothing in
//! sentences: `words` does.

pub mod model;

pub use model::Definition;
