//! Sentences, in the reader's language. PURE, like the rules: typed problems and keys come in, text goes out.

pub mod accumulated;
mod award;
pub mod explain;
pub mod indicator;
mod items;
pub mod ladder;
mod language;
pub mod paper;
pub mod problem;
mod refusal;
pub mod season;
mod texts;
pub mod trail;
pub mod why;
pub mod worked;
pub mod works;

pub use explain::explain;
pub use language::Language;
